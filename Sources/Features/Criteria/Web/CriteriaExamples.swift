import Core
import Database
import Organisation
import Web

/// An area that met an indicator under the very same set, with what everybody may read of it: no reason, no note, no
/// small number (docs/people.md, rule 4).
package struct CriteriaExample: Sendable {
    /// How much of the value everybody may read.
    package enum Shown: Sendable, Equatable {
        case value(Criteria.Value)
        /// A count from 1 to 4 that may point at somebody.
        case underFive
        /// Met; by how much would give somebody away.
        case met
    }

    package let area: TerritoryTitle
    package let commune: TerritoryTitle?
    /// The name of the title it won.
    package let title: String
    package let year: Int
    package let shown: Shown
    /// Its public page.
    package let href: String?

    package init(
        area: TerritoryTitle, commune: TerritoryTitle?, title: String, year: Int, shown: Shown, href: String?
    ) {
        self.area = area
        self.commune = commune
        self.title = title
        self.year = year
        self.shown = shown
        self.href = href
    }
}

/// How an area did it, told by itself and confirmed by its commune: a line that leads to the whole story.
package struct CriteriaPractice: Encodable, Sendable {
    package let name: String
    package let area: TerritoryTitle
    package let commune: TerritoryTitle?
    /// How many places say that they followed it.
    package let followers: Int
    /// At the commune's last look; nil while it has not looked again.
    package let isAlive: Bool?
    package let href: String

    package init(
        name: String, area: TerritoryTitle, commune: TerritoryTitle?, followers: Int, isAlive: Bool?, href: String
    ) {
        self.name = name
        self.area = area
        self.commune = commune
        self.followers = followers
        self.isAlive = isAlive
        self.href = href
    }

    static let sample = CriteriaPractice(
        name: "Be gom vo thuoc", area: CriteriaExample.sample.area, commune: CriteriaExample.sample.commune,
        followers: 2, isAlive: true, href: "/practices/1")

    func line(_ view: View) -> WebLine {
        let count = view("criteria.practice.followers", ["count": view.language.format.integer(followers)])
        return WebLine(
            title: name, href: href, text: ([area] + [commune].compactMap(\.self)).line { view($0, $1) },
            right: followers > 0 ? count : nil,
            status: isAlive.map {
                WebStatus($0 ? .done : .none, view("criteria.practice.\($0 ? "alive" : "stopped")"))
            })
    }
}

/// Where examples come from: this feature does not know who was recognised, so whoever wires the features says it.
package struct CriteriaExamples: Sendable {
    /// What is looked for.
    package struct Ask: Sendable {
        package let id: ID
        package let set: CriteriaSet
        package let indicator: Criteria.Indicator
        package let today: Day
    }

    /// More would be a list of areas, and that is another page.
    package static let most = 3

    /// Practices on an indicator's page; the list of them is another page.
    package static let mostPractices = 5

    package let find: @Sendable (Ask, any Reader) throws -> [CriteriaExample]
    /// Confirmed practices of the indicator, whatever version of the set they were told under.
    package let practices: @Sendable (Ask, any Reader) throws -> [CriteriaPractice]

    package init(
        practices: @escaping @Sendable (Ask, any Reader) throws -> [CriteriaPractice] = { _, _ in [] },
        _ find: @escaping @Sendable (Ask, any Reader) throws -> [CriteriaExample]
    ) {
        self.find = find
        self.practices = practices
    }

    package static let none = CriteriaExamples { _, _ in [] }
}

/// An example in JSON.
struct CriteriaExampleAnswer: Encodable, Sendable {
    let area: TerritoryTitle
    let commune: TerritoryTitle?
    let title: String
    let year: Int
    /// As in the file: "92.5", "yes"; nil where a small number is not shown.
    let value: String?

    init(_ example: CriteriaExample) {
        area = example.area
        commune = example.commune
        title = example.title
        year = example.year
        if case .value(let value) = example.shown {
            self.value = value.bound.map { Criteria.Format.text($0) }
        } else {
            value = nil
        }
    }
}

extension Criteria.Value {
    /// The value as something to reach, for words; nil for what does not apply.
    var bound: Criteria.Bound? {
        switch self {
        case .yes(let yes): .yes(yes)
        case .quantity(let quantity): .quantity(quantity)
        case .grade(let code): .grade(code)
        case .notApplicable: nil
        }
    }
}

extension CriteriaExample {
    func line(of indicator: Criteria.Indicator, _ texts: CriteriaTexts, _ view: View) -> WebLine {
        let reached: String
        switch shown {
        case .value(let value): reached = value.bound.map { texts.bound($0, of: indicator) } ?? ""
        case .underFive: reached = view("criteria.example.underFive")
        case .met: reached = view("criteria.example.met")
        }
        return WebLine(
            title: ([area] + [commune].compactMap(\.self)).line { view($0, $1) }, href: href,
            text: view("criteria.example.title", ["title": title, "year": "\(year)"]), right: reached)
    }

    static let sample = CriteriaExample(
        area: TerritoryTitle(id: ID(high: 1, low: 5), kind: .area, designation: .thon, name: "Thong Xanh"),
        commune: TerritoryTitle(id: ID(high: 1, low: 6), kind: .commune, designation: .commune, name: "Don Duong"),
        title: "Kieu mau", year: 2026, shown: .value(.quantity(Quantity(thousandths: 92_500))),
        href: "/portal/areas/1")
}
