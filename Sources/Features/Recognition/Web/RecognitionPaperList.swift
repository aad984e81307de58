import Core
import Web

/// A list of papers (submissions, decisions, panels): what waits to be made, what there is, by what it is narrowed, the
/// pages before and behind.
struct RecognitionPaperList: Sendable {
    let head: WebHead
    let waiting: [WebDuty]
    let narrowing: Narrowing?
    let table: WebTable?
    let pager: WebPager?
    let empty: WebEmpty?
    private let title: String

    init(
        title: String, lead: String, waiting: [WebDuty], narrowing: Narrowing? = nil, table: WebTable?,
        pager: WebPager? = nil, empty: WebEmpty?
    ) {
        self.title = title
        head = WebHead(title: title, lead: lead)
        self.waiting = waiting
        self.narrowing = narrowing
        self.table = table
        self.pager = pager
        self.empty = empty
    }

    var page: Page { Page("recognition-decisions", title: title, self) }

    /// The choices by which the list is narrowed.
    struct Narrowing: Sendable {
        struct Choice: Sendable {
            let value: String
            let label: String
            let selected: Bool
        }

        /// One of several lists of choices.
        struct Titles: Sendable {
            let choices: [Choice]
        }

        let action: String
        let state: String?
        let years: [Choice]
        let titles: Titles?
        let states: WebFilters?
    }
}

/// What a list of papers is narrowed to, as its address carries it.
struct RecognitionPaperNarrowing: Encodable, Sendable {
    let year: Int?
    let state: String?
    let title: String?
    /// Years to choose from.
    let years: [Int]
    let titles: [RecognitionListOutput.TitleChoice]

    init(_ filter: Recognition.PaperFilter, years: [Int], titles: [RecognitionListOutput.TitleChoice] = []) {
        year = filter.year
        state = filter.state
        title = filter.title
        self.years = Array(Set(years + (filter.year.map { [$0] } ?? []))).sorted(by: >)
        self.titles = titles
    }

    static let sample = RecognitionPaperNarrowing(
        .init(year: 2026, state: "draft", title: "model"), years: [2026, 2025],
        titles: [.init(code: "model", name: .sample)])

    var isNone: Bool { year == nil && state == nil && title == nil }

    func address(_ path: String, state: String?, after: ID? = nil, before: ID? = nil) -> String {
        RecognitionAddress.with(
            path,
            [
                ("year", year.map { "\($0)" }), ("state", state), ("title", title), ("after", after?.description),
                ("before", before?.description),
            ])
    }

    func pager(_ path: String, previous: ID?, next: ID?) -> WebPager? {
        WebPager.ifNeeded(
            previous: previous.map { address(path, state: state, before: $0) },
            next: next.map { address(path, state: state, after: $0) })
    }

    /// - Parameter states: those a paper can stand in, with what they are called.
    func shown(_ path: String, states: [(String, String)] = [], _ view: View) -> RecognitionPaperList.Narrowing {
        typealias Choice = RecognitionPaperList.Narrowing.Choice
        let all = WebFilter(address(path, state: nil), view("recognition.list.all"), current: state == nil)
        return RecognitionPaperList.Narrowing(
            action: path, state: state,
            years: [Choice(value: "", label: view("recognition.list.allYears"), selected: year == nil)]
                + years.map { Choice(value: "\($0)", label: "\($0)", selected: $0 == year) },
            titles: titles.isEmpty
                ? nil
                : .init(
                    choices: [Choice(value: "", label: view("recognition.list.allTitles"), selected: title == nil)]
                        + titles.map {
                            Choice(value: $0.code, label: $0.name.shown(view), selected: $0.code == title)
                        }),
            states: states.isEmpty
                ? nil
                : WebFilters(
                    label: view("recognition.list.states"),
                    links: [all]
                        + states.map { code, label in
                            WebFilter(address(path, state: code), label, current: state == code)
                        }))
    }

    /// Nothing matches what was asked for.
    func nothing(_ path: String, _ view: View) -> WebEmpty {
        WebEmpty(
            title: view("recognition.list.noPaper"), text: view("recognition.list.noPaperText"),
            action: WebButton(path, view("recognition.list.showAll")))
    }
}

extension Call where Who == Actor {
    /// Which part of a list of papers is asked for.
    var paperTurn: Recognition.PaperTurn {
        Recognition.PaperTurn(
            after: query["after"].flatMap { ID($0) }, before: query["before"].flatMap { ID($0) })
    }

    /// What a list of papers is narrowed to.
    var paperFilter: Recognition.PaperFilter {
        Recognition.PaperFilter(
            year: query["year"].flatMap { Int($0) }, state: query["state"].flatMap(\.nilWhenEmpty),
            title: query["title"].flatMap(\.nilWhenEmpty))
    }
}
