import Core
import Criteria
import Organisation
import Web

/// The panel's work on one dossier. A member sees of a blind indicator only their own value and how many have scored.
struct RecognitionAppraisalOutput: Output {
    struct Score: Encodable, Sendable {
        let member: String
        let value: RecognitionValueAnswer
        let note: String?
    }

    struct Line: Encodable, Sendable {
        let code: String
        let name: RecognitionName
        let kind: String
        let grades: [RecognitionIndicatorOutput.Choice]
        let unit: String
        /// Scored blind: judged, mandatory, or drawn.
        let isJudged: Bool
        /// The draw asks two members for it.
        let isDrawn: Bool
        /// The reader's own score of it is waited for.
        let isMine: Bool
        let threshold: RecognitionIndicatorOutput.Threshold?
        let own: RecognitionValueAnswer?
        let check: RecognitionValueAnswer?
        let note: String?
        /// The reader's own blind value.
        let mine: RecognitionValueAnswer?
        let mineNote: String?
        /// All values, once they are open.
        let scores: [Score]
        let scored: Int
        /// How many members' scores are waited for.
        let expected: Int
        let isOpen: Bool
        let scoresDiffer: Bool
        /// What the minutes say so far, and why.
        let panel: RecognitionValueAnswer?
        let reason: String?
        let verdict: RecognitionVerdictAnswer

        /// Stands on top of the matrix.
        var differs: Bool {
            scoresDiffer || reason != nil || (check != nil && own != nil && check?.typed != own?.typed)
                || (panel != nil && panel?.typed != (check ?? own)?.typed)
        }
    }

    struct Seat: Encodable, Sendable {
        let name: String
        let duty: Recognition.PanelDuty
        let declared: Recognition.Declaration?
        let tie: String?
        let reason: String?
        /// They gave their seat to another.
        let hasLeft: Bool
    }

    struct Problem: Encodable, Sendable {
        let key: String
        let arguments: [String: String]

        init(_ refusal: Refusal) {
            key = refusal.key
            arguments = refusal.arguments
        }
    }

    struct Visited: Encodable, Sendable {
        let day: Day
        let isAnnounced: Bool
        let members: [String]
        let looks: Int
    }

    let dossier: RecognitionDossierAnswer
    let panel: RecognitionPanelAnswer
    let seats: [Seat]
    let lines: [Line]
    let confirmations: [RecognitionConfirmationAnswer]
    /// Some values have an office that holds them and was not asked yet.
    let mayAsk: Bool
    /// Read by the area or the commune after the minutes were closed: nobody's own scores are in it.
    let isOutside: Bool
    let isClosed: Bool
    let mayScore: Bool
    /// Why the reader may not score, where they are a member.
    let barred: Problem?
    /// Leads the work on this dossier, and has said that nothing ties them to its area.
    let mayPreside: Bool
    /// The same, once no score is blind any more.
    let maySettle: Bool
    let presiding: String?
    let visits: [Visited]
    let ballot: RecognitionPanelBallotAnswer?
    let background: RecognitionBackgroundAnswer
    let total: Int
    let maximum: Int
    let reasons: [RecognitionDossierOutput.Reason]
    let ballotFaults: [String]
    /// By the set's rule on the values so far.
    let finding: Recognition.PanelConclusion
    /// What still keeps the minutes from being closed.
    let lacking: [Problem]
    let end: Recognition.Appraisal.End?
    let endedAt: Instant?
    let ender: String?
    let deviation: String?
    let remark: String?
    /// Who was there besides the members when the minutes were closed.
    let attended: [Recognition.Attendee]

    /// - Parameters:
    ///   - isOutside: read by the area or the commune, once the minutes are closed.
    ///   - mayAsk: offices hold values that they were not asked about.
    init(_ work: Recognition.PanelWork, reader: ID, isOutside: Bool = false, mayAsk: Bool = false) {
        let appraised = work.appraised
        let finding = work.finding
        let standing = work.scoring.standings.first { $0.seat.person == reader }
        let isOpen = work.appraisal.endedAt == nil && work.dossier.state == .forwarded
        dossier = RecognitionDossierAnswer(work.dossier, work.assessment.set)
        panel = RecognitionPanelAnswer(work.panel)
        seats = work.scoring.standings.map {
            Seat(
                name: $0.seat.name, duty: $0.seat.duty, declared: $0.declaration, tie: $0.tie?.word,
                reason: $0.seat.person == reader ? $0.reason : nil, hasLeft: $0.hasLeft)
        }
        let names = Dictionary(
            (work.panel.members + work.panel.former).map { ($0.person, $0.name) },
            uniquingKeysWith: { first, _ in first })
        lines = work.assessment.indicators.map { Self.line($0, work, appraised, names, isOutside ? nil : reader) }
        confirmations = work.confirmations.compactMap { confirmation in
            work.assessment.indicators.first { $0.code == confirmation.code }.map {
                RecognitionConfirmationAnswer(confirmation, $0)
            }
        }
        self.isOutside = isOutside
        isClosed = work.scoring.isClosed
        mayScore = isOpen && !isOutside && (standing?.isAble ?? false)
        barred = isOpen && !isOutside ? standing?.refusalToScore.map(Problem.init) : nil
        mayPreside = isOpen && !isOutside && work.refusalToPreside(reader) == nil
        maySettle = mayPreside && work.scoring.refusalWhileBlind == nil
        self.mayAsk = mayAsk && mayPreside
        presiding = work.presiding?.name
        visits = work.visits.map {
            Visited(day: $0.day, isAnnounced: $0.isAnnounced, members: $0.members.map(\.name), looks: $0.looks.count)
        }
        ballot = work.preceding.ballot.map {
            RecognitionPanelBallotAnswer($0, Recognition.Terms.of(work.assessment.set, for: work.dossier.title))
        }
        background = RecognitionBackgroundAnswer(work.preceding.background)
        total = finding.score.total
        maximum = finding.score.maximum
        reasons = RecognitionGroups.reasons(finding.score)
        ballotFaults = finding.ballotFaults.map {
            switch $0 {
            case .missing: "missing"
            case .response: "response"
            case .satisfaction: "satisfaction"
            }
        }
        self.finding = finding.conclusion
        lacking = isOpen ? work.closing.refusals.map(Problem.init) : []
        end = work.appraisal.end
        endedAt = work.appraisal.endedAt
        ender = work.appraisal.ender
        deviation = work.appraisal.reason
        remark = work.appraisal.remark
        attended = work.appraisal.attended
    }

    private static func line(
        _ indicator: Criteria.Indicator, _ work: Recognition.PanelWork, _ appraised: Recognition.Assessment,
        _ names: [ID: String], _ reader: ID?
    ) -> Line {
        let code = indicator.code
        let asked = RecognitionIndicatorParts.asked(indicator, work.assessment)
        let scoring = work.scoring
        let isOpen = scoring.isOpen(code)
        func answer(_ value: Criteria.Value?) -> RecognitionValueAnswer? {
            value.map { RecognitionValueAnswer($0, indicator) }
        }
        let visible = scoring.visible(code, to: reader)
        return Line(
            code: code, name: asked.name, kind: asked.kind, grades: asked.grades, unit: asked.unit,
            isJudged: work.judged.contains(code), isDrawn: scoring.drawn[code] != nil,
            isMine: reader.map(scoring.assigned(code).contains) ?? false, threshold: asked.thresholds.first,
            own: answer(work.assessment.effective(code, .own)),
            check: answer(work.assessment.entry(code, .check)?.value),
            note: work.assessment.entry(code, .own)?.note,
            mine: reader.flatMap { reader in answer(visible.first { $0.person == reader }?.value) },
            mineNote: reader.flatMap { reader in visible.first { $0.person == reader }?.note },
            scores: isOpen && reader != nil
                ? visible.map {
                    Score(
                        member: names[$0.person] ?? "", value: RecognitionValueAnswer($0.value, indicator),
                        note: $0.note)
                } : [],
            scored: scoring.count(code), expected: scoring.assigned(code).count, isOpen: isOpen,
            scoresDiffer: scoring.differs(code),
            panel: answer(work.panelValue(code)), reason: scoring.settlements[code]?.reason,
            verdict: RecognitionVerdictAnswer(appraised.verdict(indicator, .appraisal), of: indicator))
    }

    static var sample: RecognitionAppraisalOutput {
        RecognitionAppraisalOutput(RecognitionSamples.work, reader: RecognitionSamples.id, mayAsk: true)
    }
}
