import Testing

@testable import Practices

@Suite("Practices: the feature")
struct PracticesFeatureTests {
    @Test func itIsMountedUnderItsOwnName() {
        #expect(PracticesFeature.feature().name == "practices")
    }
}
