import Core
import Organisation
import Web

extension View {
    /// "thôn Thông Xanh"
    func ballotPlace(_ title: TerritoryTitle) -> String { title.named { self($0, $1) } }

    /// "Thôn Thông Xanh, xã Đơn Dương"
    func ballotLine(_ area: TerritoryTitle, _ commune: TerritoryTitle?) -> String {
        [area, commune].compactMap { $0 }.line { self($0, $1) }
    }

    /// A question as it stands on a slip, in the reader's language.
    func question(_ question: Ballots.Question, of ballot: BallotsAbout) -> String {
        guard question.code == Ballots.Question.overall else {
            return language == .en && !question.en.isEmpty ? question.en : question.vi
        }
        return self(
            "ballots.question.\(ballot.kind.rawValue)",
            ["area": ballotPlace(ballot.area), "title": ballot.title(language), "year": "\(ballot.year)"])
    }
}

/// What a page says of a ballot: what it asks, of whom and until when. All of it is public.
struct BallotsAbout: Encodable, Sendable {
    let id: ID
    let area: TerritoryTitle
    let commune: TerritoryTitle?
    let kind: Ballots.Kind
    let titleVi: String
    let titleEn: String
    let year: Int
    let questions: [Ballots.Question]
    let households: Int
    let from: Day
    let last: Day
    let stage: Ballots.Ballot.Stage

    init(_ ballot: Ballots.Ballot, on day: Day) {
        id = ballot.id
        area = ballot.area
        commune = ballot.commune
        kind = ballot.purpose.kind
        titleVi = ballot.purpose.titleVi
        titleEn = ballot.purpose.titleEn
        year = ballot.purpose.year
        questions = ballot.questions.questions
        households = ballot.households
        from = ballot.window.from
        last = ballot.window.last
        stage = ballot.stage(on: day)
    }

    func title(_ language: Language) -> String { language == .en && !titleEn.isEmpty ? titleEn : titleVi }

    /// "Ballot about the title “Model residential area” 2026", or that it is for practice.
    func subject(_ view: View) -> String {
        view("ballots.about.\(kind.rawValue)", ["title": title(view.language), "year": "\(year)"])
    }

    func days(_ view: View) -> String {
        view("ballots.days", ["from": view.day(from), "last": view.day(last)])
    }

    func status(_ view: View) -> WebStatus {
        let state: WebState =
            switch stage {
            case .ahead: .notbegun
            case .open: .waiting
            case .over: .late
            case .closed: .done
            case .givenUp: .none
            }
        return WebStatus(state, view("ballots.stage.\(stage.rawValue)"))
    }
}

/// How a tally is shown: not at all with few slips.
package struct BallotsTallyAnswer: Encodable, Sendable {
    let valid: Int
    let lines: [Ballots.Tally.Line]

    /// Nil where answers could be guessed.
    package init?(_ tally: Ballots.Tally) {
        guard tally.valid >= Ballots.fewSlips else { return nil }
        valid = tally.valid
        lines = tally.lines
    }

    func table(_ about: BallotsAbout, _ view: View) -> WebTable {
        let format = view.language.format
        return WebTable(
            columns: [
                WebColumn(view("ballots.column.question")), WebColumn(view("ballots.answer.satisfied"), isNumber: true),
                WebColumn(view("ballots.answer.unsatisfied"), isNumber: true),
                WebColumn(view("ballots.answer.noOpinion"), isNumber: true),
            ],
            rows: lines.map { line in
                let asked = about.questions.first { $0.code == line.code }
                return WebRow([
                    .head(asked.map { view.question($0, of: about) } ?? line.code),
                    .number(format.integer(line.satisfied)), .number(format.integer(line.unsatisfied)),
                    .number(format.integer(line.noOpinion)),
                ])
            })
    }
}

/// Values for the description of the interface and the check of templates.
enum BallotsSamples {
    static let id = ID(high: 0x7000, low: 1 << 63 | 1)
    static let day = Day(iso: "2026-11-10") ?? .first
    static let instant = Instant(milliseconds: 1_794_279_600_000)
    static let area = TerritoryTitle(id: id, kind: .area, designation: .thon, name: "Sample")
    static let commune = TerritoryTitle(id: id, kind: .commune, designation: .commune, name: "Sample")

    static let ballot = Ballots.Ballot(
        id: id, area: area, commune: commune,
        purpose: Ballots.Purpose(
            kind: .recognition, subject: id, titleVi: "Sample title", titleEn: "Sample title", year: 2026),
        questions: Ballots.QuestionSet(topics: [Ballots.Question(code: "roads", vi: "Roads", en: "Roads")]),
        households: 214, paper: 100, window: Ballots.Window(from: day, last: day.adding(days: 9)), publicKey: [],
        codesMark: [], at: instant, closedAt: nil, givenUp: nil, spoilt: 0,
        frozen: Ballots.Frozen("subject\nsalt 00\n"), revision: 1, place: [id])

    static let about = BallotsAbout(ballot, on: day)

    static let tally = Ballots.Tally(
        valid: 30,
        lines: [
            Ballots.Tally.Line(code: "overall", satisfied: 25, unsatisfied: 3, noOpinion: 2),
            Ballots.Tally.Line(code: "roads", satisfied: 20, unsatisfied: 6, noOpinion: 4),
        ])
}
