import Core
import Database
import Web

/// What is typed into "tìm".
struct SearchQuery: Form {
    static let name = "organisation.search"
    static let fields: [Field] = [Field("q", .text(80), optional: true)]
    init?(_ read: FormReader) { _ = read.text("q") }
}

/// Everything a person may find, by kinds; features register theirs.
struct SearchOutput: Output {
    struct Group: Encodable, Sendable {
        /// Words' key of the heading.
        let label: String
        let hits: [SearchHit]
        /// There are more than are shown.
        let hasMore: Bool
    }

    static let limit = 20

    let typed: String?
    let groups: [Group]

    static var sample: SearchOutput {
        SearchOutput(
            typed: "thong xanh",
            groups: [
                Group(
                    label: "organisation.search.areas",
                    hits: [
                        SearchHit(
                            kind: "area", id: ID(high: 1, low: 1), href: "/areas/1", name: "Thong Xanh",
                            title: .sample(.thon), place: .sample(.commune), about: "2026")
                    ], hasMore: true)
            ])
    }

    static func of(_ call: Call<Actor>, kinds: [SearchKind]) throws -> SearchOutput {
        let typed = String((call.query["q"] ?? "").prefix(80))
        let words = VietnameseText.searchWords(typed)
        guard !words.isEmpty else { return SearchOutput(typed: nil, groups: []) }
        let groups = try kinds.filter { $0.isFor(call.who) }.map { kind in
            let hits = try kind.find(words, call.sight, limit + 1, call.reader)
            return Group(label: kind.label, hits: Array(hits.prefix(limit)), hasMore: hits.count > limit)
        }
        return SearchOutput(typed: typed, groups: groups.filter { !$0.hits.isEmpty })
    }

    struct Content: Sendable {
        struct GroupContent: Sendable {
            let title: String
            let rows: WebRows
            let more: String?
        }

        let head: WebHead
        let form: FilterContent
        let groups: [GroupContent]
        let empty: WebEmpty?
        let hint: String?
    }

    func page(_ view: View) -> Page {
        let count = groups.reduce(0) { $0 + $1.hits.count }
        let title = view("organisation.search.title")
        var fields = view.form(SearchQuery.self, action: "/search", filled: ["q": typed ?? ""]).fields
        for index in fields.indices {
            fields[index].type = "search"
            fields[index].isOptional = false
        }
        return Page(
            "organisation-search", title: title,
            Content(
                head: WebHead(
                    title: title,
                    lead: typed == nil ? nil : view("organisation.search.found", ["count": view.number(count)])),
                form: FilterContent(
                    action: "/search", fields: fields, verb: view("organisation.search.verb"), clear: nil),
                groups: groups.map { content($0, view) },
                empty: typed != nil && count == 0
                    ? WebEmpty(
                        title: view("organisation.search.none.title", ["typed": typed ?? ""]),
                        text: view("organisation.search.none.text"), first: view("organisation.search.none.first"))
                    : nil,
                hint: typed == nil ? view("organisation.search.how") : nil))
    }

    /// A paper is called by what it is before its number; other names say it themselves.
    private func named(_ hit: SearchHit, _ view: View) -> String {
        let key = "organisation.search.named.\(hit.kind)"
        return view.words.has(key) ? view(key, ["name": hit.name]) : hit.name
    }

    private func content(_ group: Group, _ view: View) -> Content.GroupContent {
        Content.GroupContent(
            title: view(group.label),
            rows: WebRows(
                rows: group.hits.map { hit in
                    WebLine(
                        title: hit.title.map { view.headed($0) } ?? named(hit, view), href: hit.href,
                        text: ([hit.about] + [hit.place.map { view.headed($0) }]).compactMap { $0 }.joined(
                            separator: " · "))
                }),
            more: group.hasMore ? view("organisation.search.more", ["count": view.number(SearchOutput.limit)]) : nil)
    }
}

/// "Mục lục": every page that the person may begin at, of all features.
struct ContentsOutput: Output {
    struct Entry: Encodable, Sendable {
        /// Words' key.
        let label: String
        let href: String
    }

    let entries: [Entry]

    static var sample: ContentsOutput {
        ContentsOutput(entries: [Entry(label: "organisation.nav.areas", href: "/areas")])
    }

    static func of(_ call: Call<Visitor>, navigation: [NavigationItem]) -> ContentsOutput {
        ContentsOutput(
            entries: navigation.filter { $0.isFor(call.signedIn) }.map { Entry(label: $0.label, href: $0.href) })
    }

    struct Content: Sendable {
        let head: WebHead
        let rows: WebRows
    }

    func page(_ view: View) -> Page {
        let title = view("organisation.contents.title")
        return Page(
            "organisation-contents", title: title,
            Content(
                head: WebHead(title: title, lead: view("organisation.contents.lead")),
                rows: WebRows(
                    rows: entries.map { entry in
                        let about = entry.label + "About"
                        return WebLine(
                            title: view(entry.label), href: entry.href, text: view.words.has(about) ? view(about) : nil)
                    })))
    }
}
