import Core
import Criteria
import Organisation
import Recognition
import Web

/// One re-check: what was found on the spot, what fell, what was said to it, and the next step with its form.
struct RechecksOneOutput: Output {
    struct Line: Encodable, Sendable {
        struct Grade: Encodable, Sendable {
            let code: String
            let name: String
        }

        let code: String
        let name: String
        /// The group in which it is looked at; nil where the list is one page.
        let part: String?
        let why: Rechecks.Why
        /// "yesNo", "percentage" …
        let kind: String
        let unit: String
        let grades: [Grade]
        /// What the title asks for; in the words of its set.
        let bound: RechecksValueAnswer?
        let comparison: String
        let granted: RechecksValueAnswer?
        let first: RechecksValueAnswer?
        let firstNote: String?
        /// The office whose figure was taken instead of looking, and the paper it rests on.
        let office: String?
        let paper: String?
        let again: RechecksValueAnswer?
        let againNote: String?
        let lookedBy: String?
        /// `met`, `unmet`, `notApplicable` or `missing`.
        let outcome: String
        let wasUnmet: Bool
        /// Does not meet the title today and is to be mended.
        let isLacking: Bool
        /// Met it at recognition, as far as that is known, and does not today.
        let hasFallen: Bool
        let isMended: Bool
    }

    /// A group of the list, looked at on a page of its own.
    struct PartAnswer: Encodable, Sendable {
        let code: String
        let name: String
        let listed: Int
        let looked: Int
        /// The one whose fields are shown.
        let isCurrent: Bool
    }

    struct Piece: Encodable, Sendable {
        let id: ID
        let code: String
        let side: Rechecks.Side
        let kind: Recognition.EvidenceKind
        let hasFile: Bool
        let fileName: String?
        let office: String?
        let seenOn: Day?
        let seen: String?
        let by: String?
        let at: Instant
    }

    /// A notice; a draft until number, day, signer and scan of the signed paper are in.
    struct NoticeAnswer: Encodable, Sendable {
        let isDraft: Bool
        let term: RechecksTermAnswer
        let number: String?
        let day: Day?
        let signer: String?
        let office: String?
        let mendUntil: Day?
        /// Who drafted it.
        let by: String?
        let at: Instant
        let reasons: [String: String]

        init(_ notice: Rechecks.Notice) {
            isDraft = notice.isDraft
            term = RechecksTermAnswer(notice.term)
            number = notice.paper?.signed.number
            day = notice.paper?.signed.day
            signer = notice.paper?.signed.signer
            office = notice.paper?.signed.office
            mendUntil = notice.paper?.mendUntil
            by = notice.by
            at = notice.at
            reasons = notice.reasons
        }
    }

    struct SaidAnswer: Encodable, Sendable {
        let text: String
        let by: String?
        let at: Instant
        let done: [String: String]
    }

    struct HearingAnswer: Encodable, Sendable {
        let day: Day
        /// "08:00".
        let time: String
        let place: String
        /// Why a withdrawal is considered.
        let reason: String
        /// Of the invitation, as the office numbers it.
        let number: String?
        let invitedBy: String?
        let invitedAt: Instant
        let came: Bool?
        let present: [Recognition.Attendee]
        let minutes: String?
        let heldBy: String?
        let heldAt: Instant?
        /// Why its day was put off; then the next invitation counts.
        let putOff: String?
    }

    struct EventAnswer: Encodable, Sendable {
        let action: Rechecks.Action
        let by: String?
        let organisation: String?
        let reason: String?
        let at: Instant
    }

    let recheck: RechecksAnswer
    let lines: [Line]
    /// Empty where the list is short enough for one page.
    let parts: [PartAnswer]
    let actions: [Rechecks.Action]
    let mayAddEvidence: Bool
    /// Words' key of why this person must leave the next step to another.
    let barred: String?
    let notices: [NoticeAnswer]
    let answers: [SaidAnswer]
    let hearings: [HearingAnswer]
    let evidence: [Piece]
    let events: [EventAnswer]
    let mendUntil: Day
    /// What the rules give for mending.
    let mending: RechecksTermAnswer
    let firstHearing: Day

    func may(_ action: Rechecks.Action) -> Bool { actions.contains(action) }
    var lacking: [Line] { lines.filter(\.isLacking) }
    var isComplete: Bool { lines.allSatisfy { $0.first != nil } }

    static var sample: RechecksOneOutput {
        let (day, instant) = (RechecksSamples.day, RechecksSamples.instant)
        return RechecksOneOutput(
            recheck: .sample,
            lines: RechecksParts.lines(
                RechecksSamples.finding, [Rechecks.Listed("III.3", .mandatory), Rechecks.Listed("V.1", .changed)],
                [
                    Rechecks.Look(
                        found: .init("III.3", turn: 1, .quantity(Quantity(thousandths: 80_000))), note: "Sample",
                        by: "Sample", at: instant, office: "Sample", paper: "Sample")
                ]),
            parts: [
                PartAnswer(
                    code: "III", name: "Sample", listed: 2, looked: 1,
                    isCurrent: true)
            ], actions: Rechecks.Action.allCases, mayAddEvidence: true, barred: "rechecks.refusal.apart.wrote",
            notices: [NoticeAnswer(RechecksSamples.notice)],
            answers: [SaidAnswer(text: "Sample", by: "Sample", at: instant, done: ["III.3": "Sample"])],
            hearings: [
                HearingAnswer(
                    day: day, time: "08:00", place: "Sample", reason: "Sample", number: "15", invitedBy: "Sample",
                    invitedAt: instant, came: true, present: [Recognition.Attendee("Sample", duty: "Sample")],
                    minutes: "Sample", heldBy: "Sample", heldAt: instant, putOff: "Sample")
            ],
            evidence: [
                Piece(
                    id: RechecksSamples.id, code: "III.3", side: .commune, kind: .picture, hasFile: true,
                    fileName: "a.jpg", office: "Sample", seenOn: day, seen: "Sample", by: "Sample", at: instant)
            ],
            events: [
                EventAnswer(action: .look, by: "Sample", organisation: "Sample", reason: "Sample", at: instant)
            ],
            mendUntil: day, mending: RechecksTermAnswer(.calendar(30)), firstHearing: day)
    }
}

/// Makes the parts of a re-check's answer from what the store and the rules say.
enum RechecksParts {
    static func lines(
        _ finding: Rechecks.Finding, _ listed: [Rechecks.Listed], _ looks: [Rechecks.Look]
    ) -> [RechecksOneOutput.Line] {
        let whys = Dictionary(listed.map { ($0.code, $0.why) }, uniquingKeysWith: { first, _ in first })
        let lacking = Set(finding.lacking)
        let parts = finding.parts
        return finding.listed.compactMap { code in
            guard let indicator = finding.set.indicator(code) else { return nil }
            func look(_ turn: Int) -> Rechecks.Look? {
                looks.first { $0.found.code == code && $0.found.turn == turn }
            }
            func shown(_ value: Criteria.Value?) -> RechecksValueAnswer? {
                value.map { RechecksValueAnswer($0, indicator) }
            }
            var grades: [RechecksOneOutput.Line.Grade] = []
            if case .grade(let choices) = indicator.kind {
                grades = choices.map { .init(code: $0.code, name: $0.name) }
            }
            return RechecksOneOutput.Line(
                code: code, name: indicator.name.vi, part: parts.first { $0.codes.contains(code) }?.code,
                why: whys[code] ?? .all, kind: indicator.kind.word,
                unit: indicator.kind == .percentage ? Criteria.Measure.percent.rawValue : indicator.unit.rawValue,
                grades: grades, bound: indicator.bound(for: finding.aim).map { bound($0, indicator) },
                comparison: indicator.comparison.rawValue, granted: shown(finding.grantedValue(code)),
                first: shown(finding.value(code, turn: 1)), firstNote: look(1)?.note,
                office: look(1)?.office, paper: look(1)?.paper,
                again: shown(finding.value(code, turn: 2)), againNote: look(2)?.note,
                lookedBy: look(2)?.by ?? look(1)?.by, outcome: finding.outcome(code, turn: 1).rawValue,
                wasUnmet: finding.wasUnmet(code), isLacking: lacking.contains(code),
                hasFallen: finding.hasFallen(code), isMended: finding.isMended(code))
        }
    }

    private static func bound(_ bound: Criteria.Bound, _ indicator: Criteria.Indicator) -> RechecksValueAnswer {
        switch bound {
        case .yes(let yes): RechecksValueAnswer(.yes(yes), indicator)
        case .quantity(let quantity): RechecksValueAnswer(.quantity(quantity), indicator)
        case .grade(let code): RechecksValueAnswer(.grade(code), indicator)
        }
    }
}

extension [RechecksOneOutput.Line] {
    /// Why nothing stands under "at recognition"; nil where something stands at each line.
    func grantedNote(_ recheck: RechecksAnswer, _ view: View) -> String? {
        if recheck.isFromRegister { return view("rechecks.granted.register") }
        let missing = filter { $0.granted == nil }.map(\.code)
        return missing.isEmpty
            ? nil : view("rechecks.granted.missing", ["codes": missing.joined(separator: ", ")])
    }
}

extension View {
    /// "Thôn Thông Xanh", at the head of a line.
    func headed(_ title: TerritoryTitle) -> String { title.headed { self($0, $1) } }
}
