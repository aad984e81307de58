import Core
import Criteria
import Organisation
import Web

/// The parts that several answers share.

/// A grid as every page begins with it.
struct OfficesGridAnswer: Encodable, Sendable {
    let id: ID
    let organisation: ID
    let office: String
    let place: TerritoryTitle
    let year: Int
    let due: Day
    let objectionsUntil: Day
    let revision: Int
    /// Filled cells, and all of them.
    let filled: Int
    let expected: Int

    init(_ grid: Offices.Grid, _ filling: Offices.Filling?) {
        id = grid.id
        organisation = grid.organisation
        office = grid.organisationName
        place = grid.territory
        year = grid.year
        due = grid.due
        objectionsUntil = grid.objectionsUntil
        revision = grid.revision
        filled = filling?.filled ?? 0
        expected = filling?.expected ?? 0
    }

    var href: String { "/offices/\(id)" }
    var missing: Int { max(0, expected - filled) }

    /// How it stands against its day.
    func status(_ view: View) -> WebStatus {
        // Another office was chosen for all its columns.
        if expected == 0 { return WebStatus(.none, view("offices.status.ended")) }
        if missing == 0 { return WebStatus(.done, view("offices.status.full")) }
        return view.deadline(due, ahead: filled == 0 ? .notbegun : .waiting)
    }

    func crumbs(_ view: View) -> [WebCrumb] {
        [
            WebCrumb(view("offices.title"), "/offices"),
            WebCrumb(
                place.headed { view($0, $1) }, "/offices/missing?place=\(place.id)&year=\(year)"),
        ]
    }
}

/// An indicator as a column's head and a value's rule.
struct OfficesColumnAnswer: Encodable, Sendable {
    struct Choice: Encodable, Sendable {
        let code: String
        let name: String
    }

    let code: String
    let nameVi: String
    let nameEn: String
    let kind: String
    let unit: String
    let of: String
    let grades: [Choice]
    let notApplicableIf: String?

    init(_ indicator: Criteria.Indicator) {
        code = indicator.code
        nameVi = indicator.name.vi
        nameEn = indicator.name.en
        kind = indicator.kind.word
        unit = indicator.kind == .percentage ? Criteria.Measure.percent.rawValue : indicator.unit.rawValue
        of = indicator.of
        notApplicableIf = indicator.notApplicableIf
        if case .grade(let choices) = indicator.kind {
            grades = choices.map { Choice(code: $0.code, name: $0.name) }
        } else {
            grades = []
        }
    }

    func name(_ view: View) -> String { view.language == .en && !nameEn.isEmpty ? nameEn : nameVi }

    func unitText(_ view: View) -> String? {
        switch unit {
        case Criteria.Measure.none.rawValue: nil
        case Criteria.Measure.percent.rawValue: "%"
        default: view("criteria.unit.\(unit).many")
        }
    }

    /// What may be pasted into a cell of it.
    func example(_ view: View) -> String {
        kind == "yesNo" ? view("offices.template.yes") : grades.first?.name ?? "95,8"
    }

    var isChoice: Bool { kind == "yesNo" || kind == "grade" }

    /// What a list of answers offers, the empty one first.
    func options(_ typed: String, _ view: View) -> [WebOption] {
        var options = [WebOption(value: "", label: view("offices.cell.empty"), selected: typed.isEmpty)]
        func add(_ value: String, _ label: String) {
            options.append(WebOption(value: value, label: label, selected: typed == value))
        }
        if kind == "yesNo" {
            add("yes", view("recognition.value.yes"))
            add("no", view("recognition.value.no"))
        } else {
            for grade in grades { add(grade.code, grade.name) }
        }
        if notApplicableIf != nil { add(Offices.Typed.notApplicable, view("recognition.value.notApplicable")) }
        return options
    }

    /// What "KAD" means and in which of these columns it may stand; nil where it may in none.
    static func notApplicable(_ columns: [OfficesColumnAnswer], _ view: View) -> String? {
        let codes = columns.filter { $0.notApplicableIf != nil }.map(\.code)
        guard !codes.isEmpty else { return nil }
        let place = ["mark": Offices.Typed.notApplicable, "codes": codes.joined(separator: ", ")]
        return view(codes.count == columns.count ? "offices.kad.everywhere" : "offices.kad.some", place)
    }

    static let sample = OfficesColumnAnswer(
        Criteria.Indicator(
            "V.1", Criteria.Name("Sample", en: "Sample"), kind: .grade([Criteria.Choice("good", "Good")]), unit: .none,
            of: "households", comparison: .atLeast, thresholds: [], notApplicableIf: "None"))
}

/// A value in an answer.
struct OfficesValueAnswer: Encodable, Sendable {
    /// `yes`, `quantity`, `grade` or `na`.
    let kind: String
    /// As it is typed into a cell.
    let typed: String
    let unit: String
    let gradeName: String?

    init(_ value: Criteria.Value, _ column: OfficesColumnAnswer) {
        typed = Offices.Typed.text(value)
        unit = column.unit
        switch value {
        case .yes: (kind, gradeName) = ("yes", nil)
        case .quantity: (kind, gradeName) = ("quantity", nil)
        case .grade(let code): (kind, gradeName) = ("grade", column.grades.first { $0.code == code }?.name)
        case .notApplicable: (kind, gradeName) = ("na", nil)
        }
    }

    func shown(_ view: View) -> String {
        switch kind {
        case "yes": return view(typed == "yes" ? "recognition.value.yes" : "recognition.value.no")
        case "quantity":
            guard let quantity = Quantity.parse(typed) else { return typed }
            return CriteriaTexts(view).quantity(quantity, Criteria.Measure(rawValue: unit) ?? .none)
        case "grade": return gradeName ?? typed
        default: return view("recognition.value.notApplicable")
        }
    }

    static let sample = OfficesValueAnswer(.grade("good"), .sample)
}

/// A refusal as a part of an answer: its words' key with what fills the places.
struct OfficesFaultAnswer: Encodable, Sendable {
    let key: String
    let arguments: [String: String]

    init(_ refusal: Refusal) {
        key = refusal.key
        arguments = refusal.arguments
    }

    func shown(_ view: View) -> String { view(key, arguments) }

    static let sample = OfficesFaultAnswer(Refusal(.invalid, "offices.paste.fault.notFound", ["name": "Thong Xan"]))
}

enum OfficesSamples {
    static let id = ID(high: 1, low: 1)
    static let day = Day(ordinal: 20_700)
    static let place = TerritoryTitle(id: id, kind: .commune, designation: .commune, name: "Sample")
    static let area = TerritoryTitle(id: id, kind: .area, designation: .thon, name: "Sample")
    static let grid = OfficesGridAnswer(
        Offices.Grid(
            id: id, organisation: id, organisationName: "Sample", territory: place, criteriaSet: id, setCode: "SET",
            year: 2026, due: day, objectionsUntil: day, revision: 2, place: [id]),
        Offices.Filling(filled: 3, expected: 4))
}

extension View {
    /// "Thôn Thông Xanh".
    func headed(_ title: TerritoryTitle) -> String { title.headed { self($0, $1) } }

    func number(_ number: Int) -> String { language.format.integer(number) }

    /// A day as it is typed into a field, which has no room for the name of a month.
    func typed(_ day: Day) -> String { language == .vi ? self.day(day) : day.isoText }
}
