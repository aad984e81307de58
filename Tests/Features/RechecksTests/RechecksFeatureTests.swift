import Testing

@testable import Rechecks

@Suite("Rechecks: the feature")
struct RechecksFeatureTests {
    @Test func itIsMountedUnderItsOwnName() {
        #expect(RechecksFeature.feature().name == "rechecks")
    }
}
