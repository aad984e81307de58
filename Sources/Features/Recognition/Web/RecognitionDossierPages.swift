import Core
import Criteria
import Organisation
import Web

/// A dossier as a story: where it is, who has it, what it earned, where the sides differ, what happened.
struct RecognitionDossierOutput: Output {
    struct Group: Encodable, Sendable {
        let code: String
        let name: RecognitionName
        let maximum: Int
        /// The least points of the group, in hundredths; nil without a floor.
        let floor: Int?
        /// By side: `self`, and those that put something of their own.
        let points: [String: Int]
        let isUnderFloor: Bool
        let firstCode: String
    }

    struct Difference: Encodable, Sendable {
        let code: String
        let name: RecognitionName
        let own: RecognitionValueAnswer?
        let check: RecognitionValueAnswer?
        let appraisal: RecognitionValueAnswer?
        let verdict: RecognitionVerdictAnswer
        let returnedAt: Instant?
        let returnReason: String?
    }

    struct Event: Encodable, Sendable {
        let action: String
        let at: Instant
        let actor: String?
        /// For whom it was done, on an office held by delegation.
        var giver: String?
        /// The body; nil of the area's own people who are counted with none of the area's.
        let organisation: String?
        /// Whose act it is: `area`, `commune`, `panel`; nil where the body says it.
        let party: Recognition.Party?
        let reason: String?
        /// Of a return: the indicators with their reasons.
        let returns: [String: String]
    }

    struct Reason: Encodable, Sendable {
        /// Words' key, and what fills its places.
        let key: String
        let vietnamese: [String: String]
        let english: [String: String]
    }

    let dossier: RecognitionDossierAnswer
    let households: Int?
    let people: Int?
    let held: RecognitionHeldAnswer?
    /// The held title in both languages.
    let heldName: RecognitionName?
    /// What this person may do to it now.
    let actions: [Recognition.Action]
    let decision: ID?
    let decisionIsDraft: Bool
    /// The days on which the stations were passed; of what was handed in again the first one.
    let passed: [String: Day]
    let sides: [Recognition.Side]
    let groups: [Group]
    let totals: [String: Int]
    let maximum: Int
    let minimum: Int?
    let filled: Int
    let indicatorCount: Int
    /// Why it does not pass for its title; empty when it does.
    let reasons: [Reason]
    let differences: [Difference]
    let evidence: [RecognitionEvidenceAnswer]
    let events: [Event]
    let calendar: [String: Day]
    /// Review meeting, posting and ballot.
    let path: RecognitionPathAnswer
    /// What the area's survey before registration found; nil when it registered without one.
    var survey: RecognitionSurveyMark?

    static var sample: RecognitionDossierOutput {
        RecognitionDossierOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set), households: 214,
            people: 858, held: RecognitionHeldAnswer(RecognitionSamples.held, on: RecognitionSamples.day),
            heldName: .sample,
            actions: [.withdraw, .accept], decision: RecognitionSamples.id, decisionIsDraft: true,
            passed: ["registration": RecognitionSamples.day], sides: [.own, .check],
            groups: RecognitionGroups.of(RecognitionSamples.assessment, [.own, .check]),
            totals: ["self": 400, "check": 0], maximum: 500, minimum: 400, filled: 1, indicatorCount: 2,
            reasons: RecognitionGroups.reasons(RecognitionSamples.assessment.score(.own)),
            differences: RecognitionGroups.differences(RecognitionSamples.assessment, [RecognitionSamples.returned]),
            evidence: [.sample],
            events: [RecognitionGroups.event(RecognitionSamples.event, [RecognitionSamples.returned])],
            calendar: ["registrationEnds": RecognitionSamples.day], path: .sample, survey: .sample)
    }

    func may(_ action: Recognition.Action) -> Bool { actions.contains(action) }
}

/// Makes the parts of a dossier's answer from what the store and the rules say.
enum RecognitionGroups {
    static func of(_ assessment: Recognition.Assessment, _ sides: [Recognition.Side]) -> [RecognitionDossierOutput
        .Group]
    {
        let scores = sides.map { ($0, assessment.score($0)) }
        return assessment.standards.map { standard, indicators in
            var points: [String: Int] = [:]
            var isUnder = false
            var floor: Int?
            for (side, score) in scores {
                guard let group = score.groups.first(where: { $0.code == standard.code }) else { continue }
                points[side.rawValue] = group.points
                isUnder = !group.isFloorMet
                floor = group.floor.map { $0.needed(of: group.maximum) }
            }
            return RecognitionDossierOutput.Group(
                code: standard.code, name: RecognitionName(standard.name), maximum: standard.maximum, floor: floor,
                points: points, isUnderFloor: isUnder, firstCode: indicators.first?.code ?? "")
        }
    }

    static func reasons(_ score: Criteria.Score) -> [RecognitionDossierOutput.Reason] {
        score.reasons.map {
            RecognitionDossierOutput.Reason(
                key: $0.words, vietnamese: $0.arguments(in: .vi), english: $0.arguments(in: .en))
        }
    }

    /// The indicators where another side put another value, and those that were sent back last.
    static func differences(
        _ assessment: Recognition.Assessment, _ returns: [Recognition.Return]
    ) -> [RecognitionDossierOutput.Difference] {
        let lastRound = returns.map(\.round).max()
        let back = Dictionary(
            returns.filter { $0.round == lastRound }.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let differing = Set(assessment.differing)
        let side = Recognition.Side.allCases.last(where: assessment.hasEntries) ?? .own
        return assessment.indicators.compactMap { indicator in
            let code = indicator.code
            guard differing.contains(code) || back[code] != nil else { return nil }
            func value(_ side: Recognition.Side) -> RecognitionValueAnswer? {
                assessment.entry(code, side).map { RecognitionValueAnswer($0, indicator) }
            }
            return RecognitionDossierOutput.Difference(
                code: code, name: RecognitionName(indicator.name), own: value(.own), check: value(.check),
                appraisal: value(.appraisal),
                verdict: RecognitionVerdictAnswer(assessment.verdict(indicator, side), of: indicator),
                returnedAt: back[code]?.at, returnReason: back[code]?.reason)
        }
    }

    static func event(_ event: Recognition.Event, _ returns: [Recognition.Return]) -> RecognitionDossierOutput.Event {
        let isReturn = event.action == Recognition.Action.sendBack.rawValue
        let own = isReturn ? returns.filter { $0.round == event.round } : []
        return RecognitionDossierOutput.Event(
            action: event.action, at: event.at, actor: event.actor, giver: event.giver,
            organisation: event.organisation, party: event.party,
            reason: event.reason,
            returns: Dictionary(own.map { ($0.code, $0.reason) }, uniquingKeysWith: { first, _ in first }))
    }
}
