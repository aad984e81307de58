import Core
import Organisation

/// Who has a dossier in hand, as a body that can be urged. Bodies and areas are named, persons never (people.md
/// rule 11), and only to those whose sight covers them.
package enum HomeHolder: String, CaseIterable, Sendable, Codable {
    case area, commune, panel, decider
}

/// A dossier that is past the day of its awaited step.
package struct HomeOverdue: Sendable, Equatable {
    package let dossier: ID
    package let area: TerritoryTitle
    package let commune: TerritoryTitle
    package let holder: HomeHolder
    /// The act that is waited for, as the life cycle calls it: "submit".
    package let awaited: String
    /// It was sent back before, so that the area mends and does not begin.
    package let isMending: Bool
    package let due: Day

    package init(
        dossier: ID, area: TerritoryTitle, commune: TerritoryTitle, holder: HomeHolder, awaited: String,
        isMending: Bool, due: Day
    ) {
        self.dossier = dossier
        self.area = area
        self.commune = commune
        self.holder = holder
        self.awaited = awaited
        self.isMending = isMending
        self.due = due
    }

    /// What is late, as the last word of a key: one of `HomeLate.parts`.
    package var what: String { isMending ? "mend" : awaited }
}

/// One line of "Đang chậm": one body, or several areas that are late with the same step since the same day.
package struct HomeLateLine: Sendable, Equatable, Codable {
    package let holder: HomeHolder
    /// The areas late, in the order given; of a commune or a decider the areas it keeps waiting.
    package let areas: [TerritoryTitle]
    package let commune: TerritoryTitle
    package let what: String
    package let due: Day
    /// The dossier to open; nil when there are several.
    package let dossier: ID?
}

/// A commune with everything that is late in it.
package struct HomeLateCommune: Sendable, Equatable, Codable {
    /// How many of what: one of `HomeLate.parts`.
    package struct Part: Sendable, Equatable, Codable {
        package let what: String
        package let count: Int
    }

    package let commune: TerritoryTitle
    package let parts: [Part]
    /// The oldest day among them.
    package let due: Day
}

/// Gathers what is past its day into lines.
package enum HomeLate {
    /// Those past their day, the oldest first; the same step since the same day in the same hands is one line. A
    /// commune's officers read them.
    package static func lines(_ overdue: [HomeOverdue]) -> [HomeLateLine] {
        var order: [Key] = []
        var groups: [Key: [HomeOverdue]] = [:]
        for one in overdue.enumerated().sorted(by: { ($0.element.due, $0.offset) < ($1.element.due, $1.offset) }) {
            let key = Key(one.element)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(one.element)
        }
        return order.compactMap { key in
            guard let group = groups[key], let first = group.first else { return nil }
            return HomeLateLine(
                holder: key.holder, areas: group.map(\.area), commune: first.commune, what: key.what, due: key.due,
                dossier: group.count == 1 ? first.dossier : nil)
        }
    }

    /// By commune, the one with the oldest first. The level above reads them.
    package static func communes(_ overdue: [HomeOverdue]) -> [HomeLateCommune] {
        var order: [ID] = []
        var groups: [ID: [HomeOverdue]] = [:]
        for one in overdue {
            if groups[one.commune.id] == nil { order.append(one.commune.id) }
            groups[one.commune.id, default: []].append(one)
        }
        let communes = order.compactMap { id -> HomeLateCommune? in
            guard let group = groups[id], let first = group.first, let due = group.map(\.due).min() else { return nil }
            let counts = Dictionary(group.map { ($0.what, 1) }, uniquingKeysWith: +)
            return HomeLateCommune(
                commune: first.commune,
                parts: parts.compactMap { what in counts[what].map { HomeLateCommune.Part(what: what, count: $0) } },
                due: due)
        }
        return communes.enumerated().sorted { ($0.element.due, $0.offset) < ($1.element.due, $1.offset) }.map(\.element)
    }

    /// What can be late, in the order of the life cycle.
    package static let parts = [
        "handIn", "post", "submit", "mend", "accept", "forward", "conclude", "propose", "recognise",
    ]

    private struct Key: Hashable {
        let holder: HomeHolder
        let commune: ID
        let what: String
        let due: Day

        init(_ one: HomeOverdue) {
            holder = one.holder
            commune = one.commune.id
            what = one.what
            due = one.due
        }
    }
}
