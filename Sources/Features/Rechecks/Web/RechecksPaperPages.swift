import Core
import Organisation
import Recognition
import Web

/// A notice, an invitation to be heard, or the minutes of a hearing on A4.
struct RechecksPaperOutput: Output {
    enum Paper: String, Encodable, Sendable { case notice, invitation, hearing }

    let paper: Paper
    let recheck: RechecksAnswer
    let issuer: String
    let superior: String?
    let place: String
    let day: Day
    let name: String?
    let lines: [RechecksOneOutput.Line]
    /// By indicator.
    let reasons: [String: String]
    /// The notice itself, where it is the paper.
    let notice: RechecksOneOutput.NoticeAnswer?
    let mendUntil: Day?
    let hearing: RechecksOneOutput.HearingAnswer?
    /// The invitation whose day was put off, and in whose place this one stands.
    var replaces: RechecksOneOutput.HearingAnswer? = nil
    /// What the area answered in writing.
    let answers: [RechecksOneOutput.SaidAnswer]

    static var sample: RechecksPaperOutput {
        RechecksPaperOutput(
            paper: .hearing, recheck: .sample, issuer: "Sample", superior: "Sample", place: "Sample",
            day: RechecksSamples.day, name: "Sample", lines: RechecksOneOutput.sample.lines,
            reasons: ["III.3": "Sample"], notice: RechecksOneOutput.sample.notices.first,
            mendUntil: RechecksSamples.day,
            hearing: RechecksOneOutput.sample.hearings.first, replaces: RechecksOneOutput.sample.hearings.first,
            answers: RechecksOneOutput.sample.answers)
    }

    struct Content: Sendable {
        struct Row: Sendable {
            let code: String
            let name: String
            let granted: String
            let found: String
            let reason: String
        }

        /// A block in which somebody signs.
        struct Sign: Sendable {
            let office: String
            let blank: String
        }

        struct Person: Sendable {
            let number: String
            let name: String
            let duty: String
        }

        let back: WebLink
        let document: WebDocumentHead
        let title: String
        let about: String
        let addressee: String?
        let body: [String]
        let rows: [Row]
        let hasRows: Bool
        /// Who signs the minutes.
        let people: [Person]
        let hasPeople: Bool
        let grantedNote: String?
        let closing: [String]
        /// Of a notice and an invitation; minutes have blocks for all who sign.
        let sign: WebDocumentSign?
        let signs: [Sign]
        let hasSigns: Bool
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let heading = view("rechecks.paper.\(paper.rawValue).title")
        let inside = recheck.areaNameInside(view)
        let shown = lines.filter { reasons[$0.code] != nil }
        return Page(
            "rechecks-paper", title: heading,
            Content(
                back: WebLink("/rechecks/\(recheck.id)", view("rechecks.paper.back")),
                document: WebDocumentHead(
                    superior: superior.map { [$0.uppercased()] } ?? [], issuer: issuer.uppercased(),
                    number: paper == .invitation ? hearing?.number : notice?.number,
                    symbol: notice?.number == nil || paper != .notice
                        ? view("rechecks.paper.\(paper.rawValue).symbol") : nil, place: place,
                    dayText: isDraft
                        ? view(
                            "recognition.paper.openDay",
                            ["month": "\(view.today.month)", "year": "\(view.today.year)"])
                        : view.language.format.paperDate(day), isDraft: isDraft),
                title: heading,
                about: view(
                    "rechecks.paper.\(paper.rawValue).about", ["area": inside, "title": recheck.titleName]),
                addressee: paper == .hearing ? nil : view("rechecks.paper.\(paper.rawValue).to", ["area": inside]),
                body: body(view),
                rows: shown.map { line in
                    Content.Row(
                        code: line.code, name: line.name,
                        granted: line.granted?.shown(view) ?? view("rechecks.granted.none"),
                        found: line.first?.shown(view) ?? "–", reason: reasons[line.code] ?? "")
                }, hasRows: !shown.isEmpty, people: people, hasPeople: !people.isEmpty,
                grantedNote: shown.isEmpty ? nil : shown.grantedNote(recheck, view), closing: closing(view),
                sign: paper == .hearing
                    ? nil
                    : WebDocumentSign(
                        recipients: [
                            view("rechecks.paper.recipientArea", ["area": recheck.areaName(view)]),
                            view(
                                "rechecks.paper.recipientCommune",
                                ["commune": recheck.commune.map { $0.named { view($0, $1) } } ?? ""]),
                            view("recognition.paper.recipientFile"),
                        ], authority: view("recognition.paper.authority"), office: notice?.office?.uppercased(),
                        signer: name,
                        blank: isDraft ? view("recognition.paper.blank") : nil),
                signs: signs(view), hasSigns: paper == .hearing,
                trace: view.trace(
                    record: recheck.id, revision: recheck.revision,
                    valid: view(isDraft ? "recognition.paper.notValid" : "rechecks.paper.valid"),
                    opens: "/rechecks/\(recheck.id)")))
    }

    /// A notice is one until its signed paper is entered.
    private var isDraft: Bool { notice?.isDraft == true }

    /// Who signs the minutes: the area, where it came, whoever wrote them, whoever led.
    private func signs(_ view: View) -> [Content.Sign] {
        guard paper == .hearing else { return [] }
        return ((hearing?.came == true ? ["area"] : []) + ["secretary", "chair"]).map {
            Content.Sign(
                office: view("rechecks.paper.hearing.sign.\($0)"), blank: view("rechecks.paper.hearing.sign.blank"))
        }
    }

    private func body(_ view: View) -> [String] {
        switch paper {
        case .notice: noticeBody(view)
        case .invitation: invitationBody(view)
        case .hearing: hearingBody(view)
        }
    }

    private func closing(_ view: View) -> [String] {
        switch paper {
        case .notice: noticeClosing(view)
        case .invitation: invitationClosing(view)
        case .hearing:
            [view("rechecks.paper.hearing.\(hearing?.came == true ? "closing" : "closingAbsent")")]
        }
    }

    private var people: [Content.Person] {
        guard paper == .hearing, let hearing else { return [] }
        return hearing.present.enumerated().map {
            Content.Person(number: "\($0 + 1)", name: $1.name, duty: $1.duty ?? "")
        }
    }

    /// When, where and about what; the indicators stand in the table below.
    private func invitationBody(_ view: View) -> [String] {
        guard let hearing else { return [] }
        return [
            view(
                "rechecks.paper.invitation.body",
                [
                    "area": recheck.areaNameInside(view), "title": recheck.titleName, "number": recheck.number,
                    "day": view.day(recheck.day),
                ]),
            view(
                "rechecks.paper.invitation.when",
                ["time": hearing.time, "day": view.language.format.weekdayAndDay(hearing.day)]),
            view("rechecks.paper.invitation.where", ["place": hearing.place]),
            view("rechecks.paper.invitation.what", ["reason": hearing.reason]),
        ]
            + (replaces.map { former in
                [
                    view(
                        "rechecks.paper.invitation.replaces",
                        [
                            "time": former.time, "day": view.day(former.day), "invited": view.day(former.invitedAt.day),
                            "why": former.putOff ?? "",
                        ])
                ]
            } ?? []) + [view("rechecks.paper.invitation.lines")]
    }

    private func invitationClosing(_ view: View) -> [String] {
        ["heard", "written", "absent"].map { view("rechecks.paper.invitation.\($0)") }
    }

    private func noticeBody(_ view: View) -> [String] {
        let isKnown = lines.filter { reasons[$0.code] != nil }.allSatisfy(\.hasFallen)
        return [
            view(
                "rechecks.paper.notice.\(isKnown ? "body" : "bodyLacking")",
                [
                    "area": recheck.areaName(view), "title": recheck.titleName, "number": recheck.number,
                    "day": view.day(recheck.day), "year": "\(recheck.year)",
                ])
        ]
    }

    private func noticeClosing(_ view: View) -> [String] {
        [
            view(
                mendUntil == nil ? "rechecks.paper.notice.term" : "rechecks.paper.notice.until",
                ["day": mendUntil.map { view.day($0) } ?? "", "term": notice?.term.shown(view) ?? ""]),
            view("rechecks.paper.notice.rights"),
        ]
    }

    private func hearingBody(_ view: View) -> [String] {
        guard let hearing else { return [] }
        return [
            view(
                "rechecks.paper.hearing.body",
                [
                    "time": hearing.time, "day": view.day(hearing.day), "place": hearing.place,
                    "area": recheck.areaNameInside(view),
                    "title": recheck.titleName, "invited": view.day(hearing.invitedAt.day),
                ]),
            hearing.came == true
                ? view("rechecks.paper.hearing.came") : view("rechecks.hearing.absent"),
        ] + answers.map { view("rechecks.paper.hearing.answer", ["day": view.day($0.at.day), "text": $0.text]) }
            + [hearing.minutes.map { view("rechecks.paper.hearing.said", ["text": $0]) }].compactMap { $0 }
    }
}
