import Core
import Criteria
import Database
import Organisation
import Recognition

extension Surveys {
    /// A survey of an area for a year. Frozen once concluded.
    package struct Survey: Governed {
        package static let kind = "survey"

        package let id: ID
        package let area: TerritoryTitle
        package let commune: TerritoryTitle?
        package let year: Int
        /// Counts the surveys of an area for a year, from 1.
        package let number: Int
        package let title: String
        package let level: Criteria.Level
        package let areaClass: String?
        /// The economic region of the area, as it was then: thresholds may differ by it.
        package let region: String?
        package let criteriaSet: ID
        package let begunAt: Instant
        package let concludedOn: Day?
        package let organisation: String?
        package let revision: Int
        package let place: [ID]

        package var aim: Criteria.Aim { Criteria.Aim(title, level: level, areaClass: areaClass, region: region) }
    }

    /// Where a survey's value comes from.
    package enum Source: String, Sendable, CaseIterable, Codable {
        case typed
        /// Last year's dossier, the value that counted there.
        case dossier
        /// What an office holds.
        case office
    }

    /// One value of a survey, and where it comes from.
    package struct Entry: Sendable {
        package let value: Criteria.Value
        package let source: Source
        /// The office's name, or the dossier's year.
        package let holder: String?

        package init(value: Criteria.Value, source: Source, holder: String?) {
            self.value = value
            self.source = source
            self.holder = holder
        }
    }

    /// What a survey begins with.
    package struct NewSurvey: Sendable {
        package let area: ID
        package let year: Int
        package let title: String
        package let level: Criteria.Level
        package let areaClass: String?
        package let region: String?
        package let criteriaSet: ID
        package let values: [String: Entry]

        package init(
            area: ID, year: Int, title: String, level: Criteria.Level, areaClass: String?, region: String?,
            criteriaSet: ID, values: [String: Entry]
        ) {
            self.area = area
            self.year = year
            self.title = title
            self.level = level
            self.areaClass = areaClass
            self.region = region
            self.criteriaSet = criteriaSet
            self.values = values
        }
    }
}

/// Reads and writes surveys. Reading takes a `Sight`.
package enum SurveysStore {}

extension SurveysStore {
    private static let columns: SQL = """
        s.id, s.territory_id, s.year, s.number, s.title, s.level, s.area_class, s.region, s.criteria_set_id,
        s.begun_at, s.concluded_on, s.revision, o.name AS organisation, t.kind AS area_kind, t.designation AS area_designation,
        t.name AS area_name, p.id AS commune_id, p.kind AS commune_kind, p.designation AS commune_designation,
        p.name AS commune_name
        """
    private static let joins: SQL = """
        survey s JOIN territory t ON t.id = s.territory_id LEFT JOIN territory p ON p.id = t.parent_id
        LEFT JOIN organisation o ON o.id = s.organisation_id
        """

    /// A survey of an area this person may see.
    package static func survey(_ id: ID, seenBy sight: Sight, _ reader: any Reader) throws -> Surveys.Survey {
        let row = try reader.one(
            "SELECT \(columns) FROM \(joins) WHERE s.id = \(id) AND \(sight.covers("s.territory_id"))")
        return try survey(row, place: OrganisationStore.path(of: row.id("territory_id"), reader))
    }

    /// The surveys of an area, newest first. The area must have been looked up with Sight.
    package static func surveys(of area: ID, _ reader: any Reader) throws -> [Surveys.Survey] {
        let place = try OrganisationStore.path(of: area, reader)
        return try reader.rows(
            """
            SELECT \(columns) FROM \(joins) WHERE s.territory_id = \(area) ORDER BY s.year DESC, s.number DESC LIMIT 50
            """
        ).map { try survey($0, place: place) }
    }

    /// The values of a survey, by indicator.
    package static func entries(of survey: ID, _ reader: any Reader) throws -> [String: Surveys.Entry] {
        var found: [String: Surveys.Entry] = [:]
        for row in try reader.rows(
            "SELECT code, value, source, holder FROM survey_value WHERE survey_id = \(survey)")
        {
            guard let value = Surveys.ValueCode.value(try row.text("value")),
                let source = Surveys.Source(rawValue: try row.text("source"))
            else { continue }
            found[try row.text("code")] = Surveys.Entry(
                value: value, source: source, holder: try row.optionalText("holder"))
        }
        return found
    }

    /// Begins a survey with what is known already.
    ///
    /// - Throws: `.conflict` when one of the area is open.
    package static func begin(
        _ new: Surveys.NewSurvey, by person: ID?, for organisation: ID?, _ tx: Transaction
    ) throws -> ID {
        guard
            try tx.first("SELECT id FROM survey WHERE territory_id = \(new.area) AND concluded_on IS NULL") == nil
        else { throw Refusal(.conflict, "surveys.refusal.openAlready") }
        let last = try tx.one(
            """
            SELECT coalesce(max(number), 0) AS last FROM survey
            WHERE territory_id = \(new.area) AND year = \(new.year)
            """
        ).integer("last")
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO survey (id, territory_id, year, number, title, level, area_class, region, criteria_set_id,
                begun_at, begun_by, organisation_id, revision)
            VALUES (\(id), \(new.area), \(new.year), \(last + 1), \(new.title), \(new.level.rawValue),
                \(new.areaClass), \(new.region), \(new.criteriaSet), \(tx.now), \(person), \(organisation), 1)
            """)
        for (code, entry) in new.values.sorted(by: { $0.key < $1.key }) {
            try put(code, entry, of: id, by: person, tx)
        }
        tx.note("survey.begin", to: "\(new.year), \(new.title), \(new.values.count)")
        return id
    }

    /// Puts values; those given as nil are taken out.
    package static func save(
        _ values: [String: Surveys.Entry?], of survey: Surveys.Survey, by person: ID?, _ tx: Transaction
    ) throws {
        try tx.move("survey", survey.id, from: survey.revision)
        for (code, entry) in values.sorted(by: { $0.key < $1.key }) {
            if let entry {
                try put(code, entry, of: survey.id, by: person, tx)
            } else {
                try tx.execute("DELETE FROM survey_value WHERE survey_id = \(survey.id) AND code = \(code)")
            }
        }
        tx.note("survey.values", to: "\(values.count)")
    }

    private static func put(
        _ code: String, _ entry: Surveys.Entry, of survey: ID, by person: ID?, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO survey_value (survey_id, code, value, source, holder, entered_by, at)
            VALUES (\(survey), \(code), \(Surveys.ValueCode.text(entry.value)), \(entry.source.rawValue),
                \(entry.holder), \(person), \(tx.now))
            ON CONFLICT (survey_id, code) DO UPDATE SET value = excluded.value, source = excluded.source,
                holder = excluded.holder, entered_by = excluded.entered_by, at = excluded.at
            """)
    }

    /// Freezes a survey with its day and what falls short.
    package static func conclude(
        _ survey: Surveys.Survey, _ findings: Surveys.Findings, by person: ID?, _ tx: Transaction
    ) throws {
        try tx.move("survey", survey.id, from: survey.revision)
        try tx.execute(
            """
            UPDATE survey SET concluded_on = \(tx.now.day), concluded_by = \(person),
                indicators = \(findings.indicators.count), gaps = \(findings.unmet), unknown = \(findings.unknown)
            WHERE id = \(survey.id) AND concluded_on IS NULL
            """)
        for (place, gap) in findings.gaps.enumerated() {
            try tx.execute(
                """
                INSERT INTO survey_gap (survey_id, code, place, effort, is_mandatory)
                VALUES (\(survey.id), \(gap.code), \(place), \(gap.effort.rawValue), \(gap.isMandatory))
                """)
        }
        tx.note("survey.conclude", to: "\(findings.unmet) of \(findings.indicators.count)")
    }

    private static func survey(_ row: Row, place: [ID]) throws -> Surveys.Survey {
        Surveys.Survey(
            id: try row.id("id"), area: try title(row, "territory_id", "area"),
            commune: try row.optionalID("commune_id") == nil ? nil : title(row, "commune_id", "commune"),
            year: try row.integer("year"), number: try row.integer("number"), title: try row.text("title"),
            level: Criteria.Level(rawValue: try row.text("level")) ?? .province,
            areaClass: try row.optionalText("area_class"), region: try row.optionalText("region"),
            criteriaSet: try row.id("criteria_set_id"),
            begunAt: try row.instant("begun_at"), concludedOn: try row.optionalDay("concluded_on"),
            organisation: try row.optionalText("organisation"), revision: try row.integer("revision"), place: place)
    }

    /// A unit's name from the columns `<prefix>_kind`, `<prefix>_designation` and `<prefix>_name`.
    static func title(_ row: Row, _ id: String, _ prefix: String) throws -> TerritoryTitle {
        guard let kind = TerritoryKind(rawValue: try row.text("\(prefix)_kind")),
            let designation = Designation(rawValue: try row.text("\(prefix)_designation"))
        else { throw UnknownWord(column: prefix) }
        return TerritoryTitle(
            id: try row.id(id), kind: kind, designation: designation, name: try row.text("\(prefix)_name"))
    }
}

/// A stored word that the program does not know: written by a newer one.
struct UnknownWord: Error {
    let column: String
}
