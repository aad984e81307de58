import Core
import Criteria
import Database
import Documents
import Organisation
import People

/// An indicator as practices name it: by codes that survive new versions, with its name of today.
package struct PracticeCriterion: Codable, Sendable, Equatable {
    package let set: String
    package let code: String
    /// Empty when no set of today knows the code any more.
    package let vi: String
    package let en: String
    /// Its page; nil when no set of today knows it.
    package let href: String?

    package init(set: String, code: String, vi: String, en: String, href: String?) {
        self.set = set
        self.code = code
        self.vi = vi
        self.en = en
        self.href = href
    }

    /// "III.2. Đường có rãnh thoát nước".
    package func shown(in language: Language) -> String {
        let name = language == .en && !en.isEmpty ? en : vi
        return name.isEmpty ? code : "\(code). \(name)"
    }

    /// As it stands in a choice: the codes of set and indicator.
    package var key: String { "\(set)/\(code)" }
}

/// A practice (cách làm hay).
package struct Practice: Governed, Encodable {
    package static let kind = "practice"

    package let id: ID
    package let area: TerritoryTitle
    /// The unit above it; nil for one at the top.
    package let above: TerritoryTitle?
    /// In whose name it was told.
    package let organisation: PersonName
    package let criterion: PracticeCriterion
    package let text: PracticeText
    package let state: PracticeState
    package let sharedAt: Instant
    package let confirmedAt: Instant?
    package let isPublic: Bool
    package let withdrawnWhy: String?
    package let lookedOn: Day?
    /// At the last look; nil while nobody looked.
    package let isAlive: Bool?
    /// How many places say that they followed it.
    package let followers: Int
    package let revision: Int
    package let place: [ID]

    private enum CodingKeys: CodingKey {
        case id, area, above, organisation, criterion, text, state, sharedAt, confirmedAt, isPublic, withdrawnWhy
        case lookedOn, isAlive, followers, revision, place
    }
}

/// A picture of a practice: closed until the commune lets it out.
package struct PracticePicture: Codable, Sendable, Equatable {
    package let id: ID
    package let width: Int
    package let height: Int
    package let caption: String?
    package let isReleased: Bool

    package init(id: ID, width: Int, height: Int, caption: String?, isReleased: Bool) {
        self.id = id
        self.width = width
        self.height = height
        self.caption = caption
        self.isReleased = isReleased
    }
}

/// Somebody followed: where, since when, what changed, what came of it, what was different.
package struct PracticeFollowing: Codable, Sendable, Equatable {
    package let area: TerritoryTitle
    package let above: TerritoryTitle?
    package let since: Day
    package let changed: String
    package let result: String?
    package let different: String?
    package let organisation: String

    package init(
        area: TerritoryTitle, above: TerritoryTitle?, since: Day, changed: String, result: String?, different: String?,
        organisation: String
    ) {
        self.area = area
        self.above = above
        self.since = since
        self.changed = changed
        self.result = result
        self.different = different
        self.organisation = organisation
    }
}

/// One look of the commune. The name is for those who act there; the public never gets it.
package struct PracticeLook: Codable, Sendable, Equatable {
    package let day: Day
    package let isAlive: Bool
    package let words: String?
    package let organisation: String
    package let by: String?

    package init(day: Day, isAlive: Bool, words: String?, organisation: String, by: String?) {
        self.day = day
        self.isAlive = isAlive
        self.words = words
        self.organisation = organisation
        self.by = by
    }
}

/// What narrows a list of practices; nil or empty leaves it wide.
package struct PracticeFilter: Sendable {
    package var words: [String]
    package var set: String?
    package var code: String?
    /// A commune, an area: what stands there.
    package var under: ID?
    package var isAlive: Bool?
    package var state: PracticeState?

    package init(
        words: [String] = [], set: String? = nil, code: String? = nil, under: ID? = nil, isAlive: Bool? = nil,
        state: PracticeState? = nil
    ) {
        self.words = words
        self.set = set
        self.code = code
        self.under = under
        self.isAlive = isAlive
        self.state = state
    }
}

/// Indicators by their codes, each set read once.
package struct PracticeCriteria {
    private var known: [String: (id: ID, set: CriteriaSet)?] = [:]
    private let today: Day
    private let reader: any Reader

    package init(today: Day, _ reader: any Reader) {
        self.today = today
        self.reader = reader
    }

    /// An indicator by the code of its set and its own, with its name and where it is described. Of a set that is not
    /// kept
    /// here it has no name and no address.
    package mutating func find(_ set: String, _ code: String) throws -> PracticeCriterion {
        let found = try kept(set)
        guard let found, let indicator = found.set.indicator(code) else {
            return PracticeCriterion(set: set, code: code, vi: "", en: "", href: nil)
        }
        return PracticeCriterion(
            set: set, code: code, vi: indicator.name.vi, en: indicator.name.en,
            href: CriteriaFeature.href(found.id, indicator: code))
    }

    private mutating func kept(_ code: String) throws -> (id: ID, set: CriteriaSet)? {
        if let kept = known[code] { return kept }
        var found: (id: ID, set: CriteriaSet)?
        for subject in CriteriaSet.Subject.allCases where found == nil {
            found = try CriteriaStore.current(code: code, subject, on: today, reader)
        }
        known[code] = .some(found)
        return found
    }

    /// What can be told of at a place: the indicators of the sets that apply there.
    package static func all(for territory: ID, today: Day, _ reader: any Reader) throws -> [PracticeCriterion] {
        try [CriteriaSet.Subject.residentialArea, .commune].flatMap { subject -> [PracticeCriterion] in
            guard let found = try CriteriaStore.current(subject, on: today, for: territory, reader) else { return [] }
            return found.set.indicators.map {
                PracticeCriterion(
                    set: found.set.code, code: $0.code, vi: $0.name.vi, en: $0.name.en,
                    href: CriteriaFeature.href(found.id, indicator: $0.code))
            }
        }
    }
}
