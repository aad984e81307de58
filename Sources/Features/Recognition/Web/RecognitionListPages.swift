import Core
import Criteria
import Organisation
import Web

/// The dossiers a person may see, for the commune and the levels above.
struct RecognitionListOutput: Output {
    struct TitleChoice: Encodable, Sendable {
        let code: String
        let name: RecognitionName
    }

    let year: Int
    let years: [Int]
    let state: Recognition.State?
    let title: String?
    let search: String
    let titles: [TitleChoice]
    let counts: [String: Int]
    let dossiers: [RecognitionLineAnswer]
    /// Send it as `after` for the next page.
    let next: ID?
    /// Send it as `before` for the page before.
    let previous: ID?
    /// This person's own filters.
    let views: [SavedView]

    static let sampleLine = RecognitionLineAnswer(
        Recognition.Line(RecognitionSamples.dossier), RecognitionSamples.set)

    static var sample: RecognitionListOutput {
        RecognitionListOutput(
            year: 2026, years: [2026], state: .submitted, title: "model", search: "thong",
            titles: [TitleChoice(code: "model", name: .sample)], counts: ["submitted": 1], dossiers: [sampleLine],
            next: RecognitionSamples.id, previous: RecognitionSamples.id,
            views: [SavedView(id: RecognitionSamples.id, list: .dossiers, name: "Model", query: "title=model")])
    }

    struct Content: Sendable {
        struct Choice: Sendable {
            let value: String
            let label: String
            let selected: Bool
        }

        let head: WebHead
        let states: WebFilters
        let views: WebViews?
        let action: String
        let search: String
        let state: String?
        let years: [Choice]
        let titles: [Choice]
        let table: WebTable?
        let pager: WebPager?
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.list.heading", ["year": "\(year)"])
        return Page(
            "recognition-list", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("recognition.list.lead", ["count": view.language.format.integer(all)])),
                states: WebFilters(label: view("recognition.list.states"), links: stateLinks(view)),
                views: .over(.dossiers, views, address: address(state: state)), action: "/dossiers", search: search,
                state: state?.rawValue,
                years: years.map { Content.Choice(value: "\($0)", label: "\($0)", selected: $0 == year) },
                titles: [Content.Choice(value: "", label: view("recognition.list.allTitles"), selected: title_ == nil)]
                    + titles.map {
                        Content.Choice(value: $0.code, label: $0.name.shown(view), selected: $0.code == title_)
                    },
                table: dossiers.isEmpty ? nil : table(view),
                pager: WebPager.ifNeeded(
                    previous: previous.map { address(state: state, before: $0) },
                    next: next.map { address(state: state, after: $0) }),
                empty: dossiers.isEmpty ? empty(view) : nil))
    }

    /// The title narrowed to; `title` is taken by the page's own within `page`.
    private var title_: String? { title }

    private var all: Int { counts.values.reduce(0, +) }

    private func stateLinks(_ view: View) -> [WebFilter] {
        let format = view.language.format
        let whole = WebFilter(
            address(state: nil, after: nil), view("recognition.list.all"), current: state == nil,
            count: format.integer(all))
        return [whole]
            + Recognition.State.allCases.compactMap { each in
                guard let count = counts[each.rawValue], count > 0 || each == state else { return nil }
                return WebFilter(
                    address(state: each, after: nil),
                    // Before the meeting and after it.
                    view(each == .reviewing ? "recognition.list.reviewing" : "recognition.state.\(each.rawValue)"),
                    current: each == state, count: format.integer(count))
            }
    }

    private func address(state: Recognition.State?, after: ID? = nil, before: ID? = nil) -> String {
        RecognitionAddress.with(
            "/dossiers",
            [
                ("year", "\(year)"), ("state", state?.rawValue), ("title", title), ("search", search),
                ("after", after?.description), ("before", before?.description),
            ])
    }

    private func table(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("recognition.column.area")), WebColumn(view("recognition.column.title")),
                WebColumn(view("recognition.column.state")), WebColumn(view("recognition.column.since")),
                WebColumn(view("recognition.column.due")),
            ],
            rows: dossiers.map { line in
                WebRow([
                    .head(
                        view.named(line.area), href: "/dossiers/\(line.id)",
                        also: line.commune.map { view.named($0) }),
                    .text(line.titleName.shown(view), also: view("criteria.level.\(line.level)")),
                    .status(view.status(line.state, at: line.level, isReviewed: line.isReviewed)),
                    .text(view.day(line.since.day)),
                    line.due.map { due in
                        due < view.today ? .status(view.deadline(due), also: view.day(due)) : .text(view.day(due))
                    } ?? .text(nil),
                ])
            })
    }

    private func empty(_ view: View) -> WebEmpty {
        if all == 0, search.isEmpty {
            return WebEmpty(
                title: view("recognition.list.empty", ["year": "\(year)"]), text: view("recognition.list.emptyText"),
                first: view("recognition.list.emptyFirst"))
        }
        return WebEmpty(
            title: view("recognition.list.nothingFound"), text: view("recognition.list.nothingFoundText"),
            action: WebButton("/dossiers?year=\(year)", view("recognition.list.showAll")))
    }
}

/// Addresses with a query.
enum RecognitionAddress {
    /// The path with what is not empty behind it.
    static func with(_ path: String, _ query: [(String, String?)]) -> String {
        let parts = query.compactMap { name, value -> String? in
            guard let value, !value.isEmpty else { return nil }
            return "\(name)=\(escaped(value))"
        }
        return parts.isEmpty ? path : path + "?" + parts.joined(separator: "&")
    }

    static func escaped(_ text: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        var out = ""
        for byte in text.utf8 {
            if plain.contains(byte) {
                out.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                out += "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }
        return out
    }
}
