import Core
import Organisation
import Web

/// What the list of areas is narrowed to.
struct PortalFilter: Encodable, Sendable {
    /// Instead of a title: areas that hold none.
    static let noTitle = "none"

    /// Words of a name, with or without marks.
    var words = ""
    var commune: ID?
    var title: String?
    var level: String?
    /// The last area of the page before.
    var after: ID?

    /// The address of the list with other choices than these.
    func address(title: String?? = nil, level: String?? = nil, after: ID? = nil) -> String {
        var parts: [String] = []
        if !words.isEmpty { parts.append("q=\(PortalFilter.escaped(words))") }
        if let commune { parts.append("commune=\(commune)") }
        if let title = title ?? self.title { parts.append("title=\(PortalFilter.escaped(title))") }
        if let level = level ?? self.level { parts.append("level=\(PortalFilter.escaped(level))") }
        if let after { parts.append("after=\(after)") }
        return parts.isEmpty ? "/portal/areas" : "/portal/areas?" + parts.joined(separator: "&")
    }

    var isNarrowed: Bool { !words.isEmpty || commune != nil || title != nil || level != nil }

    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var out = ""
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"):
                out.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                out += "%"
                out.append(digits[Int(byte >> 4)])
                out.append(digits[Int(byte & 15)])
            }
        }
        return out
    }
}

struct PortalAreaLine: Encodable, Sendable {
    let area: TerritoryTitle
    let isInvented: Bool
    let commune: TerritoryTitle?
    let households: Int?
    /// The title it holds today.
    let title: PortalTitle?
}

/// Areas with their titles, fifty at a time.
struct PortalAreasOutput: Output {
    let filter: PortalFilter
    let communes: [TerritoryTitle]
    /// How many areas hold which title, over all: for the choices above the list.
    let titles: [PortalTitleCount]
    let lines: [PortalAreaLine]
    let next: ID?

    struct Search: Sendable {
        struct Option: Sendable {
            let value: String
            let label: String
            let selected: Bool
        }

        let words: String
        let communes: [Option]
        let title: String?
        let level: String?
    }

    struct Content: Sendable {
        let head: WebHead
        let search: Search
        let titleFilters: WebFilters
        let levelFilters: WebFilters?
        let table: WebTable?
        let empty: WebEmpty?
        let pager: WebPager?
    }

    func page(_ view: View) -> Page {
        let texts = PortalTexts(view: view)
        let title = view("portal.areas.title")
        return Page(
            "portal-areas", title: title,
            Content(
                head: WebHead(title: title, lead: view("portal.areas.lead"), crumbs: [texts.crumb, WebCrumb(title)]),
                search: search(texts), titleFilters: titleFilters(texts), levelFilters: levelFilters(texts),
                table: lines.isEmpty ? nil : table(texts), empty: lines.isEmpty ? empty(view) : nil,
                pager: WebPager.ifNeeded(
                    previous: filter.after == nil ? nil : filter.address(),
                    next: next.map { filter.address(after: $0) })))
    }

    private func search(_ texts: PortalTexts) -> Search {
        Search(
            words: filter.words,
            communes: [
                Search.Option(value: "", label: texts.view("portal.areas.allCommunes"), selected: filter.commune == nil)
            ]
                + communes.map {
                    Search.Option(value: $0.id.description, label: texts.headed($0), selected: $0.id == filter.commune)
                }, title: filter.title, level: filter.level)
    }

    private func titleFilters(_ texts: PortalTexts) -> WebFilters {
        var seen: Set<String> = []
        let codes = titles.map(\.title).filter { seen.insert($0).inserted }
        return WebFilters(
            label: texts.view("portal.areas.byTitle"),
            links: [
                WebFilter(
                    filter.address(title: .some(nil)), texts.view("portal.areas.all"), current: filter.title == nil)
            ]
                + codes.map { code in
                    WebFilter(
                        filter.address(title: .some(code)),
                        texts.title(code, titles.first { $0.title == code }?.name), current: filter.title == code)
                }
                + [
                    WebFilter(
                        filter.address(title: .some(PortalFilter.noTitle)), texts.view("portal.areas.noTitle"),
                        current: filter.title == PortalFilter.noTitle)
                ])
    }

    private func levelFilters(_ texts: PortalTexts) -> WebFilters? {
        let levels = ["commune", "district", "province", "national"].filter { level in
            titles.contains { $0.level == level }
        }
        guard levels.count > 1 else { return nil }
        return WebFilters(
            label: texts.view("portal.areas.byLevel"),
            links: [
                WebFilter(
                    filter.address(level: .some(nil)), texts.view("portal.areas.allLevels"),
                    current: filter.level == nil)
            ]
                + levels.map {
                    WebFilter(
                        filter.address(level: .some($0)), texts.view("portal.levelHead.\($0)"),
                        current: filter.level == $0)
                })
    }

    private func table(_ texts: PortalTexts) -> WebTable {
        WebTable(
            columns: [
                WebColumn(texts.view("portal.areas.area")), WebColumn(texts.view("portal.areas.commune")),
                WebColumn(texts.view("portal.areas.households"), isNumber: true),
                WebColumn(texts.view("portal.areas.held")), WebColumn(texts.view("portal.areas.until")),
            ],
            rows: lines.map { line in
                WebRow([
                    .head(texts.headed(line.area, isInvented: line.isInvented), href: texts.areaHref(line.area.id)),
                    .text(line.commune.map { texts.headed($0) }),
                    .number(line.households.map { texts.format.integer($0) } ?? "—"),
                    .status(status(line.title, texts)),
                    .text(until(line.title, texts)),
                ])
            })
    }

    private func until(_ title: PortalTitle?, _ texts: PortalTexts) -> String {
        guard let title else { return "—" }
        return title.until.map { texts.view.day($0) } ?? texts.view("portal.areas.noEnd")
    }

    private func status(_ title: PortalTitle?, _ texts: PortalTexts) -> WebStatus {
        title.map { WebStatus(.done, texts.titleAndLevel($0)) } ?? WebStatus(.none, texts.view("portal.areas.noTitle"))
    }

    private func empty(_ view: View) -> WebEmpty {
        filter.isNarrowed
            ? WebEmpty(
                title: view("portal.areas.nothing"), text: view("portal.areas.nothingText"),
                example: WebLink("/portal/areas", view("portal.areas.clear")))
            : WebEmpty(title: view("portal.areas.none"), text: view("portal.areas.noneText"))
    }
}
