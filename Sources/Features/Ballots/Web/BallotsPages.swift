import Core
import Web

/// A ballot for those who handle it: its days, its codes, what they may do now, and its result.
struct BallotsBallotOutput: Output {
    struct Batch: Encodable, Sendable {
        let id: ID
        let kind: Ballots.BatchKind
        let codes: Int
        let by: String?
        let at: Instant
        let cancelledAt: Instant?
        let mayCancel: Bool
    }

    struct Later: Encodable, Sendable {
        let before: Day
        let after: Day
        let reason: String
        let by: String?
        let at: Instant
    }

    /// What this person may do now.
    struct May: Encodable, Sendable {
        let issue: Bool
        let extend: Bool
        let close: Bool
        let giveUp: Bool
        let kiosk: Bool
    }

    let ballot: BallotsAbout
    let codes: Ballots.Codes
    let paper: Int
    let codesLeft: Int
    let sparesLeft: Int
    let sparesMost: Int
    let batches: [Batch]
    let extensions: [Later]
    let may: May
    /// Words' key of why this person may not handle it.
    let barred: String?
    /// The opening key is not on this machine although there are answers to open.
    let isKeyMissing: Bool
    let givenUp: String?
    /// Nil until closing, and where few answered.
    let tally: BallotsTallyAnswer?
    let hash: String?
    /// Whether the box still says what was frozen.
    let holds: Bool?
    /// The page of what it is about.
    let subject: String?

    static var sample: BallotsBallotOutput {
        BallotsBallotOutput(
            ballot: BallotsSamples.about, codes: Ballots.Codes(households: 114, spares: 2, burnt: 30), paper: 100,
            codesLeft: 4, sparesLeft: 9, sparesMost: 11,
            batches: [
                Batch(
                    id: BallotsSamples.id, kind: .household, codes: 114, by: "Sample", at: BallotsSamples.instant,
                    cancelledAt: BallotsSamples.instant, mayCancel: true)
            ],
            extensions: [
                Later(
                    before: BallotsSamples.day, after: BallotsSamples.day.adding(days: 2), reason: "Rain",
                    by: "Sample", at: BallotsSamples.instant)
            ], may: May(issue: true, extend: true, close: true, giveUp: true, kiosk: true),
            barred: "ballots.refusal.closed", isKeyMissing: true, givenUp: "Sample",
            tally: BallotsTallyAnswer(BallotsSamples.tally), hash: String(repeating: "0", count: 64), holds: true,
            subject: "/dossiers")
    }

    struct Content: Sendable {
        struct Cancelling: Sendable {
            let about: String
            let form: FormView
        }

        let head: WebHead
        let notice: WebNotice
        let barred: WebNotice?
        let facts: WebFacts
        let extensions: WebRows?
        let batches: WebTable?
        let cancelling: [Cancelling]
        let codes: FormView?
        let codesText: String
        let spares: FormView?
        let sparesText: String
        let longer: FormView?
        let closing: FormView?
        let givingUp: FormView?
        let kiosk: FormView?
        let result: WebTable?
        let few: String?
        let trust: WebFacts?
        let links: [WebLink]
    }

    private var home: String { "/ballots/\(ballot.id)" }

    func page(_ view: View) -> Page {
        let title = view("ballots.ballot.title", ["area": view.ballotPlace(ballot.area)])
        let format = view.language.format
        return Page(
            "ballots-ballot", title: title,
            Content(
                head: WebHead(
                    title: title, lead: ballot.subject(view),
                    crumbs: [WebCrumb(view("ballots.list.title"), "/ballots")], status: ballot.status(view)),
                notice: notice(view), barred: barred.map { WebNotice(.plain, text: view($0)) }, facts: facts(view),
                extensions: extensions.isEmpty
                    ? nil
                    : WebRows(
                        rows: extensions.map { later in
                            WebLine(
                                title: view(
                                    "ballots.later",
                                    ["before": view.day(later.before), "after": view.day(later.after)]),
                                text: later.reason,
                                right: [later.by, format.moment(later.at)].compactMap { $0 }.joined(separator: ", "))
                        }),
                batches: batches.isEmpty ? nil : table(view),
                cancelling: batches.filter(\.mayCancel).map { batch in
                    Content.Cancelling(
                        about: view(
                            "ballots.batch.cancel",
                            ["count": format.integer(batch.codes), "at": format.moment(batch.at)]),
                        form: view.form(
                            BallotsCancelForm.self, action: "\(home)/batches/\(batch.id)/cancellation",
                            hasPrimary: false))
                },
                codes: may.issue && codesLeft > 0
                    ? view.form(
                        BallotsCodesForm.self, action: "\(home)/codes",
                        filled: ["count": "\(min(codesLeft, Ballots.Allowance.batchMost))"],
                        hasPrimary: codes.households == 0) : nil,
                codesText: [
                    view("ballots.codes.text", ["left": format.integer(codesLeft)]),
                    ballot.kind == .recognition ? view("ballots.codes.part") : nil,
                ].compactMap { $0 }.joined(separator: " "),
                spares: may.issue && codes.households > 0 && sparesLeft > 0
                    ? view.form(
                        BallotsSparesForm.self, action: "\(home)/spares", filled: ["count": "1"], hasPrimary: false,
                        apart: "spares")
                    : nil,
                sparesText: view(
                    "ballots.spares.text",
                    ["most": format.integer(sparesMost), "left": format.integer(sparesLeft)]),
                longer: may.extend
                    ? view.form(BallotsExtensionForm.self, action: "\(home)/extension", hasPrimary: false) : nil,
                closing: may.close
                    ? view.form(BallotsCloseForm.self, action: "\(home)/closing", hasPrimary: ballot.stage == .over)
                    : nil,
                givingUp: may.giveUp
                    ? view.form(BallotsGiveUpForm.self, action: "\(home)/giving-up", hasPrimary: false) : nil,
                kiosk: may.kiosk
                    ? view.form(BallotsKioskForm.self, action: "\(home)/kiosk", hasPrimary: false) : nil,
                result: tally?.table(ballot, view),
                few: ballot.stage == .closed && tally == nil
                    ? view(ballot.kind == .practice ? "ballots.result.few" : "ballots.result.elsewhere") : nil,
                trust: hash.map { BallotsTrust.facts($0, holds: holds, view) },
                links: [
                    subject.map { WebLink($0, view("ballots.link.subject")) },
                    WebLink("/vote/\(ballot.id)", view("ballots.link.vote")),
                    may.issue ? WebLink("\(home)/specimen", view("ballots.link.specimen")) : nil,
                    hash == nil ? nil : WebLink("/vote/\(ballot.id)/result", view("ballots.link.result")),
                    hash == nil ? nil : WebLink("\(home)/minutes", view("ballots.link.minutes")),
                ].compactMap { $0 }))
    }

    private func notice(_ view: View) -> WebNotice {
        if isKeyMissing { return WebNotice(.error, text: view("ballots.notice.keyMissing")) }
        if let givenUp {
            return WebNotice(
                .plain,
                text: view(
                    "ballots.notice.givenUp", ["reason": view.words.has(givenUp) ? view(givenUp) : givenUp]))
        }
        let days = ["last": view.day(ballot.last), "from": view.day(ballot.from)]
        switch ballot.stage {
        case .over: return WebNotice(.wait, text: view("ballots.notice.over", days))
        case .closed: return WebNotice(.done, text: view("ballots.notice.closed", days))
        case .ahead: return WebNotice(.plain, text: view("ballots.notice.ahead", days))
        case .givenUp: return WebNotice(.plain, text: view("ballots.stage.givenUp"))
        case .open:
            return WebNotice(
                .ask, text: view(codes.households == 0 ? "ballots.notice.noCodes" : "ballots.notice.open", days))
        }
    }

    private func facts(_ view: View) -> WebFacts {
        let format = view.language.format
        return WebFacts(facts: [
            WebFact(view("ballots.fact.days"), ballot.days(view)),
            WebFact(view("ballots.fact.households"), format.integer(ballot.households)),
            WebFact(view("ballots.fact.paper"), format.integer(paper)),
            WebFact(view("ballots.fact.codes"), format.integer(codes.households)),
            WebFact(view("ballots.fact.spares"), format.integer(codes.spares)),
            WebFact(view("ballots.fact.burnt"), format.integer(codes.burnt)),
        ])
    }

    /// How many codes of a batch were used is told of all batches together only: a batch may be one household's.
    private func table(_ view: View) -> WebTable {
        let format = view.language.format
        return WebTable(
            columns: [
                WebColumn(view("ballots.column.batch")), WebColumn(view("ballots.column.codes"), isNumber: true),
                WebColumn(view("ballots.column.stage")),
            ],
            rows: batches.map { batch in
                WebRow([
                    .head(
                        view("ballots.batch.\(batch.kind.rawValue)"),
                        also: [batch.by, format.moment(batch.at)].compactMap { $0 }.joined(separator: ", ")),
                    .number(format.integer(batch.codes)),
                    .status(
                        batch.cancelledAt != nil
                            ? WebStatus(.none, view("ballots.batch.cancelled"))
                            : [.closed, .givenUp].contains(ballot.stage)
                                ? WebStatus(.none, view("ballots.batch.over"))
                                : WebStatus(.done, view("ballots.batch.stands"))),
                ])
            })
    }
}

/// The hash of a frozen result and whether it holds, as it is shown on a page.
package enum BallotsTrust {
    /// The sum of a frozen result, and whether the result still has it.
    package static func facts(_ hash: String, holds: Bool?, _ view: View) -> WebFacts {
        WebFacts(facts: [
            WebFact(view("ballots.fact.hash"), Ballots.Frozen(text: "", hash: hash).shownHash),
            WebFact(
                view("ballots.fact.holds"), "",
                status: holds == true
                    ? WebStatus(.done, view("ballots.holds.yes")) : WebStatus(.unmet, view("ballots.holds.no"))),
        ])
    }
}
