import Core
import Documents
import Organisation
import Web

/// What the register says of a title.
struct PortalTitle: Encodable, Sendable {
    /// "outstanding", "model".
    let title: String
    /// As the decision has it: "Khu dân cư kiểu mẫu".
    let name: String
    /// commune, district, province, national.
    let level: String
    let year: Int
    let decision: ID
    let number: String
    let day: Day
    /// The body that decided.
    let body: String
    let from: Day
    /// The last day; nil where no term is set.
    let until: Day?
    let endedOn: Day?
    /// renewed, raised, withdrawn, lapsed, merged.
    let endedWhy: String?
    /// The number of the decision that took it back.
    var endedBy: String?
    /// Entered from a decision that was made before this system.
    var isEarlier = false
}

/// How many areas hold a title at a level.
struct PortalTitleCount: Encodable, Sendable {
    let title: String
    let name: String
    let level: String
    let count: Int
}

/// A target of the year beside what came of it.
struct PortalTargetCount: Encodable, Sendable {
    let title: String
    let target: Int
    /// Areas recognised by a signed decision of the year.
    let met: Int
}

/// A commune with its areas and holders.
struct PortalCommune: Encodable, Sendable {
    struct Held: Encodable, Sendable {
        let title: String
        let count: Int
    }

    let commune: TerritoryTitle
    let areas: Int
    let titles: [Held]

    func count(_ title: String) -> Int { titles.first { $0.title == title }?.count ?? 0 }
}

/// An issued decision as a line.
struct PortalDecisionLine: Encodable, Sendable {
    let id: ID
    let title: String
    /// Nil when it recognises nobody.
    let name: String?
    let level: String
    let year: Int
    let number: String
    let day: Day
    let body: String
    /// It takes titles back.
    let isWithdrawal: Bool
    /// How many areas it recognises, or takes the title back from.
    let areas: Int
}

/// Turns what is public into the components of its pages, in the reader's language. No pronoun: the portal speaks to
/// everybody.
struct PortalTexts {
    let view: View

    var format: Format { view.language.format }

    /// The foot of a print, with a code that opens the page again.
    ///
    /// - Parameter worth: the key of the sentence on what the print is worth.
    func trace(_ record: String, worth: String = "portal.printed", opens path: String) -> WebTrace {
        // Without a code where the address is longer than one holds.
        let code = try? QRCode(view.absolute(path))
        return WebTrace(
            isDemo: view.isDemonstration, printed: format.moment(view.now), record: record, revision: "1",
            valid: view(worth), qrPath: code?.squares, qrSize: code?.wholeSide)
    }

    func headed(_ place: TerritoryTitle, isInvented: Bool = false) -> String {
        let name = place.headed { view($0, $1) }
        // A name that says it already does not say it twice.
        guard isInvented, !name.contains("(") else { return name }
        return view("portal.invented", ["name": name])
    }

    func named(_ place: TerritoryTitle) -> String { place.named { view($0, $1) } }

    /// "Xã Đơn Dương, tỉnh Lâm Đồng".
    func line(_ places: [TerritoryTitle]) -> String { places.line { view($0, $1) } }

    /// "Khu dân cư kiểu mẫu"; a title without words of its own has the name of its decision.
    func title(_ code: String, _ name: String?) -> String {
        let key = "portal.title.\(code)"
        return view.words.has(key) ? view(key) : name ?? code
    }

    func level(_ level: String) -> String { view("portal.level.\(level)") }

    /// "Khu dân cư kiểu mẫu, cấp tỉnh".
    func titleAndLevel(_ title: PortalTitle) -> String {
        view("portal.titleAndLevel", ["title": self.title(title.title, title.name), "level": level(title.level)])
    }

    func counted(_ key: String, _ count: Int, _ more: [String: String] = [:]) -> String {
        view(
            "\(key).\(count == 1 ? "one" : "many")",
            more.merging(["count": format.integer(count)]) { given, _ in given })
    }

    /// "17", "92,5": hundredths of a point.
    func points(_ hundredths: Int) -> String {
        format.quantity(Quantity(thousandths: Int64(hundredths) * 10))
    }

    func areaHref(_ id: ID) -> String { "/portal/areas/\(id)" }

    func decisionHref(_ id: ID) -> String { "/portal/decisions/\(id)" }

    var crumb: WebCrumb { WebCrumb(view("portal.name"), "/portal") }

    func decisions(_ lines: [PortalDecisionLine]) -> WebRows {
        WebRows(
            rows: lines.map { line in
                WebLine(
                    title: view("portal.decision.title", ["number": line.number]), href: decisionHref(line.id),
                    text: counted(
                        line.isWithdrawal ? "portal.decision.lineWithdrawn" : "portal.decision.line", line.areas,
                        ["title": title(line.title, line.name), "level": level(line.level), "body": line.body]),
                    right: view.day(line.day))
            })
    }
}
