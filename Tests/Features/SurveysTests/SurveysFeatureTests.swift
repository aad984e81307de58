import Testing

@testable import Surveys

@Suite("Surveys: the feature")
struct SurveysFeatureTests {
    @Test func itIsMountedUnderItsOwnName() {
        #expect(SurveysFeature.feature().name == "surveys")
    }
}
