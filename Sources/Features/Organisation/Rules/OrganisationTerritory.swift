import Core

/// A unit of the tree as it stands today, or as it stood when it ended.
package struct Territory: Governed, Codable, Equatable {
    package static let kind = "territory"

    package let id: ID
    package let kind: TerritoryKind
    package let designation: Designation
    /// The proper name without its kind: "Đơn Dương", "5".
    package let name: String
    /// The code of the General Statistics Office; re-used by other units at other times.
    package let code: String?
    package let parent: ID?
    /// The first day; `Day.first` when nobody knows it.
    package let validFrom: Day
    /// The first day without; nil while it stands.
    package let validUntil: Day?
    package let revision: Int
    /// Itself and all above it, nearest first.
    package let place: [ID]

    package init(
        id: ID, kind: TerritoryKind, designation: Designation, name: String, code: String?, parent: ID?,
        validFrom: Day, validUntil: Day?, revision: Int, place: [ID]
    ) {
        self.id = id
        self.kind = kind
        self.designation = designation
        self.name = name
        self.code = code
        self.parent = parent
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.revision = revision
        self.place = place
    }

    package var title: TerritoryTitle { TerritoryTitle(id: id, kind: kind, designation: designation, name: name) }
    /// False once it was merged, split or abolished.
    package var stands: Bool { validUntil == nil }
}

/// A residential area (khu dân cư) with its profile. As a subject of a permit it is its territory's row.
package struct Area: Governed, Codable, Equatable {
    package static let kind = "territory"

    package let territory: Territory
    package let areaKind: AreaKind
    /// Nil when nobody has given the number.
    package let households: Int?
    package let people: Int?
    /// The class by which criteria ask different thresholds: "rural", "town" or another word of the criteria set.
    package let areaClass: String?
    /// The economic region, where criteria ask different thresholds by it: "highlands" or another word of the sets.
    package let region: String?
    /// The year of the two numbers.
    package let asOf: Int?
    /// There is no such area: it belongs to the demonstration and is shown with "(minh họa)" on public pages.
    package let isInvented: Bool

    package init(
        territory: Territory, areaKind: AreaKind, households: Int?, people: Int?, areaClass: String?,
        region: String? = nil, asOf: Int?, isInvented: Bool
    ) {
        self.territory = territory
        self.areaKind = areaKind
        self.households = households
        self.people = people
        self.areaClass = areaClass
        self.region = region
        self.asOf = asOf
        self.isInvented = isInvented
    }

    package var id: ID { territory.id }
    package var name: String { territory.name }
    package var place: [ID] { territory.place }
    package var revision: Int { territory.revision }
    package var title: TerritoryTitle { territory.title }
}

/// A unit as it is named in a line of text.
package struct TerritoryTitle: Codable, Sendable, Hashable {
    package let id: ID
    package let kind: TerritoryKind
    package let designation: Designation
    package let name: String

    package init(id: ID, kind: TerritoryKind, designation: Designation, name: String) {
        self.id = id
        self.kind = kind
        self.designation = designation
        self.name = name
    }

    /// "thôn Thông Xanh", "xã Đơn Dương"; the words come from the pages' language.
    package func named(_ words: (String, [String: String]) -> String) -> String {
        words("organisation.named.\(designation.rawValue)", ["name": name])
    }

    /// The same at the head of a line: "Thôn Thông Xanh".
    package func headed(_ words: (String, [String: String]) -> String) -> String {
        named(words).capitalisedFirst
    }
}

extension TerritoryTitle {
    private static let mark = ".designation"

    /// For words that a page puts together later, as those of what waits at home: the bare name under `place`, and what
    /// kind of unit it is beside it.
    package func arguments(as place: String = "area") -> [String: String] {
        [place: name, place + TerritoryTitle.mark: designation.rawValue]
    }

    /// The units among such arguments as they stand inside a sentence, "thôn Thông Xanh"; names without a kind are left out.
    package static func named(
        in arguments: [String: String], _ words: (String, [String: String]) -> String
    ) -> [String: String] {
        var named: [String: String] = [:]
        for (key, kind) in arguments where key.hasSuffix(mark) {
            let place = String(key.dropLast(mark.count))
            guard let name = arguments[place], let designation = Designation(rawValue: kind) else { continue }
            named[place] = words("organisation.named.\(designation.rawValue)", ["name": name])
        }
        return named
    }
}

extension [TerritoryTitle] {
    /// "Thôn Thông Xanh, xã Đơn Dương": the nearest first, as an address goes in Vietnam.
    package func line(_ words: (String, [String: String]) -> String) -> String {
        map { $0.named(words) }.joined(separator: ", ").capitalisedFirst
    }
}

extension String {
    /// With a capital first letter, the rest as it is.
    var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}

/// An organisation on a territory: committee, union, branch, office, school.
package struct Organisation: Governed, Codable, Equatable {
    package static let kind = "organisation"

    package let id: ID
    package let kind: OrganisationKind
    package let name: String
    package let territory: ID
    package let parent: ID?
    package let validFrom: Day
    package let validUntil: Day?
    package let revision: Int
    /// Its territory and all above it, nearest first.
    package let place: [ID]

    package init(
        id: ID, kind: OrganisationKind, name: String, territory: ID, parent: ID?, validFrom: Day, validUntil: Day?,
        revision: Int, place: [ID]
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.territory = territory
        self.parent = parent
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.revision = revision
        self.place = place
    }
}

/// What became of a unit on a day.
package enum SuccessionKind: String, Sendable, CaseIterable, Codable {
    case merge
    case split
    case rename
    case abolish
}
