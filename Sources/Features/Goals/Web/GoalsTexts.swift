import Core
import Criteria
import Documents
import Organisation
import Web

/// A name in both languages, as an answer.
struct GoalsName: Encodable, Sendable, Equatable {
    let vi: String
    let en: String

    init(_ name: Criteria.Name) {
        vi = name.vi
        en = name.en
    }

    func shown(_ view: View) -> String { view.language == .en && !en.isEmpty ? en : vi }

    static let sample = GoalsName(Criteria.Name("Sample", en: "Sample"))
}

/// A document as an answer.
struct GoalsDocumentAnswer: Encodable, Sendable {
    let number: String
    let day: Day
    let body: String

    init(_ document: Goals.Document) {
        number = document.number
        day = document.day
        body = document.body
    }

    func shown(_ view: View) -> String {
        view("goals.document", ["number": number, "day": view.day(day), "body": body])
    }

    static let sample = GoalsDocumentAnswer(
        Goals.Document(number: "15-NQ", day: GoalsSamples.day, body: "Party committee"))
}

/// A choice of a form that is a record.
struct GoalsChoice: Encodable, Sendable {
    let id: ID
    let label: String
    /// Of a unit that is no more: the day on which it ended.
    let endedOn: Day?
    let unit: TerritoryTitle?

    func option(_ view: View) -> WebOption {
        guard let unit else { return WebOption(value: "\(id)", label: label) }
        let name = view.headed(unit)
        return WebOption(
            value: "\(id)",
            label: endedOn.map { view("goals.former", ["unit": name, "day": view.day($0.adding(days: -1))]) } ?? name)
    }

    static let sample = GoalsChoice(
        id: GoalsSamples.id, label: "Sample", endedOn: GoalsSamples.day, unit: GoalsSamples.unit)
}

/// Values for samples.
enum GoalsSamples {
    static let id = ID(high: 0x7000, low: 1 << 63 | 1)
    static let day = Day(ordinal: 20_767)
    static let instant = day.start
    static let unit = TerritoryTitle(id: id, kind: .commune, designation: .commune, name: "Sample")
    static let area = TerritoryTitle(id: id, kind: .area, designation: .thon, name: "Sample")
}

extension View {
    /// "thôn Thông Xanh".
    func named(_ unit: TerritoryTitle) -> String { unit.named { self($0, $1) } }

    /// "Thôn Thông Xanh".
    func headed(_ unit: TerritoryTitle) -> String { unit.headed { self($0, $1) } }

    func number(_ number: Int) -> String { language.format.integer(number) }

    /// "2026" or "nhiệm kỳ 2025-2030".
    func span(_ span: Goals.Span) -> String {
        self(span.isTerm ? "goals.span.term" : "goals.span.year", ["span": span.code])
    }

    /// "xã kiểu mẫu": the name a register gives, or the title's own words.
    func unitTitle(_ title: Goals.UnitTitle, _ name: String) -> String {
        title.isNamed || !name.isEmpty ? name : self("goals.unitTitle.\(title.rawValue)")
    }

    /// The foot of a printed list: where it came from and when.
    func trace(_ record: String, opens path: String) -> WebTrace {
        // Without a code where the address is longer than one holds.
        let code = try? QRCode(absolute(path))
        return WebTrace(
            isDemo: isDemonstration, printed: language.format.moment(now), record: record, revision: "1",
            valid: self("goals.printValid"), qrPath: code?.squares, qrSize: code?.wholeSide)
    }
}

/// Addresses of this feature's pages. What is put in is a code, a number or an id; only words looked for are escaped.
enum GoalsAddress {
    static func targets(
        under unit: ID? = nil, _ span: Goals.Span? = nil, q: String? = nil, after: ID? = nil
    ) -> String {
        with(
            "/targets",
            [
                ("under", unit?.description), ("span", span?.code), ("q", q.map(escaped)),
                ("after", after?.description),
            ])
    }

    static func rows(
        _ figure: Goals.Figure, under unit: ID, title: String? = nil, _ span: Goals.Span? = nil,
        level: Criteria.Level? = nil, after: ID? = nil
    ) -> String {
        with(
            "/targets/rows",
            [
                ("figure", figure.rawValue), ("under", unit.description), ("title", title), ("span", span?.code),
                ("level", level?.rawValue), ("after", after?.description),
            ])
    }

    static func register(
        under unit: ID? = nil, title: Goals.UnitTitle? = nil, communes: Bool = false, isAll: Bool = false,
        q: String? = nil, after: ID? = nil
    ) -> String {
        with(
            "/unit-titles",
            [
                ("under", unit?.description), ("title", title?.rawValue), ("kind", communes ? "communes" : nil),
                ("all", isAll ? "yes" : nil), ("q", q.map(escaped)), ("after", after?.description),
            ])
    }

    static func goals(q: String? = nil, standing: Goals.GoalStanding? = nil, after: ID? = nil) -> String {
        with(
            "/goals",
            [("q", q.map(escaped)), ("standing", standing?.rawValue), ("after", after?.description)])
    }

    /// Words within a query: letters, digits and a few signs as they are, every other byte as %2C.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122: escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default: escaped += "%" + Hex.text([byte]).uppercased()
            }
        }
        return escaped
    }

    private static func with(_ path: String, _ query: [(String, String?)]) -> String {
        let parts = query.compactMap { name, value in value.map { "\(name)=\($0)" } }
        return parts.isEmpty ? path : path + "?" + parts.joined(separator: "&")
    }
}
