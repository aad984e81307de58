import Core
import Organisation
import Web

/// What the rows behind a figure are narrowed to.
struct HomeRowsFilter: Encodable, Sendable {
    var standing: HomeStanding?
    /// All whose registration stands, wherever they are.
    var isRegistered = false
    /// A commune, or whatever unit the figure was of.
    var under: ID?
    var isLate = false
    /// The last dossier of the page before.
    var after: ID?

    /// What the address says for those whose registration stands, beside the standings.
    static let registered = "registered"

    func address(after: ID? = nil) -> String {
        var parts: [String] = []
        if let standing { parts.append("standing=\(standing.rawValue)") }
        if isRegistered { parts.append("standing=\(HomeRowsFilter.registered)") }
        if let under { parts.append("under=\(under)") }
        if isLate { parts.append("late=yes") }
        if let after { parts.append("after=\(after)") }
        return parts.isEmpty ? "/overview" : "/overview?" + parts.joined(separator: "&")
    }
}

/// The dossiers of this year behind a figure of home: the same question, row by row.
struct HomeRowsOutput: Output {
    struct Line: Encodable, Sendable {
        let dossier: ID
        let area: TerritoryTitle
        let commune: TerritoryTitle?
        let title: String
        let state: String
        let standing: HomeStanding
        let due: Day?
    }

    let filter: HomeRowsFilter
    let territory: TerritoryTitle?
    let year: Int
    let lines: [Line]
    let next: ID?
    /// This person's own filters.
    var views: [SavedView] = []

    struct Content: Sendable {
        let head: WebHead
        let views: WebViews?
        let table: WebTable?
        let empty: WebEmpty?
        let pager: WebPager?
    }

    func page(_ view: View) -> Page {
        let texts = HomeTexts(view: view)
        let title = view("home.rows.title", ["year": "\(year)"])
        return Page(
            "home-rows", title: title,
            Content(
                head: WebHead(
                    title: title, lead: lead(texts), crumbs: [WebCrumb(view("home.nav"), "/"), WebCrumb(title)]),
                views: .over(.overview, views, address: filter.address()),
                table: lines.isEmpty ? nil : table(texts),
                empty: lines.isEmpty
                    ? WebEmpty(
                        title: view("home.rows.none"), text: view("home.rows.noneText"),
                        example: WebLink("/", view("home.rows.back"))) : nil,
                pager: WebPager.ifNeeded(
                    previous: filter.after == nil ? nil : filter.address(), next: next.map { filter.address(after: $0) }
                )))
    }

    /// "Xã Đồng Thông: đang bổ sung, quá hạn".
    private func lead(_ texts: HomeTexts) -> String {
        var parts: [String] = []
        if let standing = filter.standing { parts.append(texts.view("home.standing.\(standing.rawValue)")) }
        if filter.isRegistered { parts.append(texts.view("home.rows.registered")) }
        if filter.isLate { parts.append(texts.view("home.rows.late")) }
        if parts.isEmpty { parts.append(texts.view("home.rows.all")) }
        let said = parts.joined(separator: ", ")
        guard let territory else { return said }
        return texts.view("home.rows.lead", ["territory": texts.headed(territory), "said": said])
    }

    private func table(_ texts: HomeTexts) -> WebTable {
        let view = texts.view
        return WebTable(
            columns: ["area", "commune", "won", "state", "due"].map { WebColumn(view("home.rows.\($0)")) },
            rows: lines.map { line in
                WebRow([
                    .head(texts.headed(line.area), href: texts.dossierHref(line.dossier)),
                    .text(line.commune.map { texts.headed($0) } ?? "—"),
                    .text(texts.title(line.title)), .status(texts.status(line.standing)),
                    line.due.map { .status(view.deadline($0), also: view.day($0)) } ?? .text("—"),
                ])
            })
    }
}
