import Testing

@testable import Goals

@Suite("Goals: the feature")
struct GoalsFeatureTests {
    @Test func itIsMountedUnderItsOwnName() {
        #expect(GoalsFeature.feature().name == "goals")
    }
}
