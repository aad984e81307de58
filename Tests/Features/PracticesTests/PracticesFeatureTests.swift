import Documents
import Foundation
import Testing

@testable import Practices

@Suite("Practices: the feature")
struct PracticesFeatureTests {
    @Test func itIsMountedUnderItsOwnName() {
        #expect(PracticesFeature.feature(files: ContentStore(root: NSTemporaryDirectory())).name == "practices")
    }
}
