import Core
import Criteria
import Database
import Organisation

extension Recognition {
    /// Which person acts, in whose name and when: what a row of the story says besides the act.
    package struct Deed: Sendable {
        /// Nil when the product itself acts (a reminder) or a seed does not say.
        package let person: ID?
        package let organisation: ID?
        package let at: Instant
        /// Whose office it was done in, where it was held by delegation: both names are shown.
        package let giver: ID?

        package init(person: ID?, organisation: ID?, at: Instant, giver: ID? = nil) {
            self.person = person
            self.organisation = organisation
            self.at = at
            self.giver = giver
        }

        /// What a permit's holder does in a transaction.
        package init<Subject>(_ permit: Permit<Subject>, _ tx: Transaction) {
            self.init(
                person: permit.actor.person, organisation: permit.grant?.organisation, at: tx.now,
                giver: permit.grant?.giver)
        }
    }

    /// The dossier (hồ sơ) of one area for one title of one year.
    package struct Dossier: Governed {
        package static let kind = "dossier"

        package let id: ID
        package let area: TerritoryTitle
        /// The unit above the area; nil for one at the top.
        package let commune: TerritoryTitle?
        package let year: Int
        /// The title's code in its criteria set.
        package let title: String
        package let level: Criteria.Level
        /// As it was when the dossier was registered; thresholds may depend on it.
        package let areaClass: String?
        /// The economic region of the area, as it was then; thresholds may depend on it too.
        package var region: String?
        /// The households that meetings, posting and ballot are measured against, as they were then; later only the
        /// commune changes them. Nil where none were recorded then.
        package var households: Int?
        /// The version of the criteria that was frozen with it.
        package let criteriaSet: ID
        /// The version of the rules of recognition that was frozen with it; nil where its set says them itself.
        package var rules: ID?
        /// The area's own indicators as they were agreed, in the format of a criteria file.
        package var own: String?
        package let state: State
        package let since: Instant
        /// The last day on which the awaited act is in time.
        package let due: Day?
        /// How often it was submitted.
        package let round: Int
        /// Who sent it back, while it is being mended.
        package var returnedBy: Party?
        /// While it is being reviewed: a meeting with a quorum voted on it.
        package var isReviewed = false
        package let registeredAt: Instant
        package let revision: Int
        /// The area and all above it, the area first.
        package let place: [ID]

        package var aim: Criteria.Aim { Criteria.Aim(title, level: level, areaClass: areaClass, region: region) }

        package var stage: LifeCycle.Stage { LifeCycle.stage(state) }

        package func isLate(on today: Day) -> Bool { due.map { $0 < today } ?? false }
    }

    /// What a new dossier is made of.
    package struct Registration: Sendable {
        package let area: ID
        package let year: Int
        package let title: String
        package let level: Criteria.Level
        package let areaClass: String?
        package let region: String?
        package let criteriaSet: ID
        /// Nil: whatever rules are in force on the day of registration.
        package let rules: ID?

        package init(
            area: ID, year: Int, title: String, level: Criteria.Level, areaClass: String?, region: String? = nil,
            criteriaSet: ID, rules: ID? = nil
        ) {
            self.area = area
            self.year = year
            self.title = title
            self.level = level
            self.areaClass = areaClass
            self.region = region
            self.criteriaSet = criteriaSet
            self.rules = rules
        }
    }
}

extension Recognition.Dossier {
    /// The columns a dossier is read from, for `d`, its area `t` and the unit above it `p`.
    static let columns: SQL = """
        d.id, d.territory_id, d.year, d.title, d.level, d.area_class, d.region, d.households, d.criteria_set_id, d.rules_id, \
        d.own_indicators, d.state, \
        d.state_since, d.due_on, d.round, d.registered_at, d.revision, t.kind AS area_kind, t.designation AS area_designation, \
        t.name AS area_name, p.id AS commune_id, p.kind AS commune_kind, p.designation AS commune_designation, \
        p.name AS commune_name, \
        CASE WHEN d.state = 'returned' THEN (SELECT count(*) FROM appraisal b WHERE b.dossier_id = d.id \
            AND b.round = d.round AND b.conclusion = 'returned') ELSE 0 END AS by_panel, \
        CASE WHEN d.state = 'reviewing' THEN (SELECT count(*) FROM review_sitting rs WHERE rs.dossier_id = d.id \
            AND rs.replaced_at IS NULL AND rs.present >= rs.needed AND rs.is_rest = \(false)) ELSE 0 END AS reviewed
        """

    static let joins: SQL = """
        JOIN territory t ON t.id = d.territory_id LEFT JOIN territory p ON p.id = t.parent_id
        """

    init(_ row: Row, place: [ID]) throws {
        id = try row.id("id")
        area = try TerritoryTitle.read(row, "territory_id", "area")
        commune = try row.optionalID("commune_id") == nil ? nil : TerritoryTitle.read(row, "commune_id", "commune")
        year = try row.integer("year")
        title = try row.text("title")
        level = try row.choice("level")
        areaClass = try row.optionalText("area_class")
        region = try row.optionalText("region")
        households = try row.optionalInteger("households")
        criteriaSet = try row.id("criteria_set_id")
        rules = try row.optionalID("rules_id")
        own = try row.optionalText("own_indicators")
        state = try row.choice("state")
        since = try row.instant("state_since")
        due = try row.optionalDay("due_on")
        round = try row.integer("round")
        returnedBy = state == .returned ? try row.integer("by_panel") > 0 ? .panel : .commune : nil
        isReviewed = try row.integer("reviewed") > 0
        registeredAt = try row.instant("registered_at")
        revision = try row.integer("revision")
        self.place = place
    }
}

extension TerritoryTitle {
    /// From the columns `<prefix>_kind`, `<prefix>_designation` and `<prefix>_name`.
    static func read(_ row: Row, _ id: String, _ prefix: String) throws -> TerritoryTitle {
        TerritoryTitle(
            id: try row.id(id), kind: try row.choice("\(prefix)_kind"),
            designation: try row.choice("\(prefix)_designation"), name: try row.text("\(prefix)_name"))
    }
}

/// A stored word that the program does not know: written by a newer one.
struct UnknownWord: Error {
    let column: String
    let word: String
}

extension Row {
    func choice<Choice: RawRepresentable<String>>(_ column: String) throws -> Choice {
        let word = try text(column)
        guard let choice = Choice(rawValue: word) else { throw UnknownWord(column: column, word: word) }
        return choice
    }

    func optionalChoice<Choice: RawRepresentable<String>>(_ column: String) throws -> Choice? {
        try optionalText(column) == nil ? nil : choice(column)
    }
}
