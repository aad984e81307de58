import Documents
import Foundation
import Testing

@testable import Goals

@Suite("Goals: the feature")
struct GoalsFeatureTests {
    @Test func itIsMountedUnderItsOwnName() {
        let files = ContentStore(root: NSTemporaryDirectory())
        #expect(GoalsFeature.feature(files: files).name == "goals")
    }
}
