import Testing

@testable import Offices

@Suite("Offices: the feature")
struct OfficesFeatureTests {
    @Test func itIsMountedUnderItsOwnName() {
        #expect(OfficesFeature.feature().name == "offices")
    }
}
