import Testing

@testable import Ballots

@Suite("Ballots: the feature")
struct BallotsFeatureTests {
    @Test func itIsMountedUnderItsOwnName() {
        #expect(BallotsFeature.feature().name == "ballots")
    }
}
