import Documents
import Foundation
import Testing

@testable import Rechecks

@Suite("Rechecks: the feature")
struct RechecksFeatureTests {
    @Test func itIsMountedUnderItsOwnName() {
        let feature = RechecksFeature.feature(files: ContentStore(root: NSTemporaryDirectory()))
        #expect(feature.name == "rechecks")
        let names = feature.routes.map { "\($0.method.rawValue) \($0.path)" }
        #expect(Set(names).count == names.count)
    }
}
