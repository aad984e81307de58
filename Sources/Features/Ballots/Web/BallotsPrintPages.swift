import Core
import Documents
import Synchronization
import Web

/// The codes of one answer, on their way from where they were drawn to the page that prints them.
final class BallotsPrinted: Sendable {
    private let kept = Mutex<[Ballots.Code]>([])

    var codes: [Ballots.Code] { kept.withLock { $0 } }

    func keep(_ codes: [Ballots.Code]) { kept.withLock { $0 = codes } }
}

/// Slips with codes, six on a sheet of A4 with lines to cut along. They stand on this page once; nobody can show them
/// again, the product included. Nothing on a slip tells whose it is, and slips have no numbers.
struct BallotsSlipsOutput: Output {
    let ballot: BallotsAbout
    let kind: Ballots.BatchKind
    /// Empty when the same press was sent twice: the codes went to the first answer.
    let codes: [Ballots.Code]
    /// To look at before any code is issued; its code is none.
    var isSpecimen = false

    private enum CodingKeys: String, CodingKey { case ballot, kind }

    static var sample: BallotsSlipsOutput {
        BallotsSlipsOutput(
            ballot: BallotsSamples.about, kind: .spare, codes: [Ballots.Code(number: 123_456_789_012_345)])
    }

    struct Content: Sendable {
        struct Slip: Sendable {
            let code: String
            let qrPath: String?
            let qrSize: Int?
        }

        let back: WebLink
        let about: String
        let count: String
        let gone: WebNotice?
        let question: String
        let topics: String?
        let address: String
        let last: String
        let trace: String
        let slips: [Slip]
    }

    func page(_ view: View) -> Page {
        let title = view("ballots.paper.slips", ["area": view.ballotPlace(ballot.area)])
        let overall = ballot.questions.first ?? Ballots.Question(code: Ballots.Question.overall, vi: "")
        return Page(
            "ballots-slips", title: title,
            Content(
                back: WebLink("/ballots/\(ballot.id)", view("ballots.paper.back")), about: title,
                count: isSpecimen
                    ? view("ballots.paper.specimen")
                    : view("ballots.paper.count", ["count": view.language.format.integer(codes.count)]),
                gone: codes.isEmpty ? WebNotice(.error, text: view("ballots.paper.gone")) : nil,
                question: view.question(overall, of: ballot),
                topics: ballot.questions.count > 1
                    ? view("ballots.paper.topics", ["count": "\(ballot.questions.count - 1)"]) : nil,
                address: view.absolute("/vote").split(separator: "//").last.map(String.init) ?? "",
                last: view("ballots.paper.last", ["last": view.day(ballot.last)]),
                trace: view(view.isDemonstration ? "ballots.paper.invented" : "ballots.paper.secret"),
                slips: codes.map { code in
                    let drawn = try? QRCode(view.absolute("/vote/\(ballot.id)") + "#" + code.digits)
                    return Content.Slip(code: code.shown, qrPath: drawn?.squares, qrSize: drawn?.wholeSide)
                }))
    }
}

/// The minutes of a closed box on A4, with the hash of its result and a code that opens the check.
struct BallotsMinutesOutput: Output {
    let ballot: BallotsAbout
    let codes: Ballots.Codes
    let spoilt: Int
    let closedOn: Day
    let hash: String
    let revision: Int
    /// Nil where few answered, and where paper was counted beside it.
    let tally: BallotsTallyAnswer?

    static var sample: BallotsMinutesOutput {
        BallotsMinutesOutput(
            ballot: BallotsSamples.about, codes: Ballots.Codes(households: 114, spares: 2, burnt: 30), spoilt: 1,
            closedOn: BallotsSamples.day, hash: String(repeating: "0", count: 64), revision: 3,
            tally: BallotsTallyAnswer(BallotsSamples.tally))
    }

    struct Content: Sendable {
        struct Row: Sendable {
            let name: String
            let value: String
        }

        let back: WebLink
        let document: WebDocumentHead
        let about: String
        let body: String
        let rows: [Row]
        let tally: WebTable?
        let few: String?
        let hash: String
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let format = view.language.format
        let title = view("ballots.paper.minutes", ["area": view.ballotPlace(ballot.area)])
        let path = "/vote/\(ballot.id)/result"
        let drawn = try? QRCode(view.absolute(path))
        func row(_ key: String, _ count: Int) -> Content.Row {
            Content.Row(name: view("ballots.fact.\(key)"), value: format.integer(count))
        }
        return Page(
            "ballots-minutes", title: title,
            Content(
                back: WebLink("/ballots/\(ballot.id)", view("ballots.paper.back")),
                document: WebDocumentHead(
                    issuer: (ballot.commune ?? ballot.area).headed { view($0, $1) }.uppercased(),
                    symbol: view("ballots.paper.symbol"), place: (ballot.commune ?? ballot.area).name,
                    dayText: view(
                        "ballots.paper.day",
                        ["day": "\(closedOn.day)", "month": "\(closedOn.month)", "year": "\(closedOn.year)"])),
                about: ballot.subject(view),
                body: view(
                    "ballots.paper.body",
                    [
                        "area": view.ballotPlace(ballot.area), "from": view.day(ballot.from),
                        "last": view.day(ballot.last),
                    ]),
                rows: [
                    row("households", ballot.households), row("codes", codes.households), row("spares", codes.spares),
                    row("burnt", codes.burnt), row("spoilt", spoilt),
                ], tally: tally?.table(ballot, view),
                few: tally == nil
                    ? view(ballot.kind == .practice ? "ballots.result.few" : "ballots.result.elsewhere") : nil,
                hash: Ballots.Frozen(text: "", hash: hash).shownHash,
                trace: WebTrace(
                    isDemo: view.isDemonstration, printed: format.moment(view.now), record: "\(ballot.id)",
                    revision: "\(revision)", valid: view("ballots.paper.check"), qrPath: drawn?.squares,
                    qrSize: drawn?.wholeSide)))
    }
}
