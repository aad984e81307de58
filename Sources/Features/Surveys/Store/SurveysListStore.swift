import Core
import Database
import Organisation

extension Surveys {
    /// An area as a line of the commune's list.
    package struct Line: Sendable {
        package let area: TerritoryTitle
        /// The last survey for the year; nil when there is none.
        package let survey: ID?
        package let concludedOn: Day?
        package let gaps: Int?
        package let unknown: Int?
        package let planned: Int
        package let done: Int
        package let isRegistered: Bool
    }

    /// How many areas fall short in an indicator.
    package struct GapCount: Sendable {
        package let code: String
        package let areas: Int
        package let near: Int
        /// Areas that had no value for it: nobody knows whether they fall short.
        package let unknown: Int
    }
}

extension SurveysStore {
    /// The areas below a unit with their last survey for a year, in official order, by pages.
    ///
    /// - Parameters:
    ///   - code: only areas that fall short in this indicator, by a concluded survey.
    ///   - after: the area that ends the page before.
    package static func lines(
        year: Int, under unit: ID, code: String? = nil, seenBy sight: Sight, after: ID? = nil, limit: Int = 100,
        _ reader: any Reader
    ) throws -> (lines: [Surveys.Line], next: ID?) {
        var condition: SQL = "c.ancestor_id = \(unit) AND c.descendant_kind = 'area' AND \(sight.covers("t.id"))"
        if let code {
            condition += """
                 AND s.concluded_on IS NOT NULL AND EXISTS (SELECT 1 FROM survey_gap g
                    WHERE g.survey_id = s.id AND g.code = \(code) AND g.effort <> 'unknown')
                """
        }
        if let after,
            let key = try reader.first("SELECT sort_key FROM territory WHERE id = \(after)")?.text("sort_key")
        {
            condition += " AND (c.sort_key > \(key) OR (c.sort_key = \(key) AND t.id > \(after)))"
        }
        let rows = try reader.rows(
            """
            SELECT t.id, t.kind AS area_kind, t.designation AS area_designation, t.name AS area_name,
                s.id AS survey_id, s.concluded_on, s.gaps, s.unknown,
                (SELECT count(*) FROM plan_item i WHERE i.survey_id = s.id) AS planned,
                (SELECT count(*) FROM plan_item i WHERE i.survey_id = s.id AND i.done_on IS NOT NULL) AS done,
                (SELECT count(*) FROM dossier d WHERE d.territory_id = t.id AND d.year = \(year)
                    AND d.state <> 'withdrawn') AS registered
            FROM territory_closure c JOIN territory t ON t.id = c.descendant_id
            LEFT JOIN survey s ON s.territory_id = t.id AND s.year = \(year)
                AND \(code == nil ? isLast : isLastConcluded)
            WHERE \(condition) ORDER BY c.sort_key, t.id LIMIT \(limit + 1)
            """)
        let lines = try rows.prefix(limit).map { row in
            Surveys.Line(
                area: try title(row, "id", "area"), survey: try row.optionalID("survey_id"),
                concludedOn: try row.optionalDay("concluded_on"), gaps: try row.optionalInteger("gaps"),
                unknown: try row.optionalInteger("unknown"), planned: try row.integer("planned"),
                done: try row.integer("done"), isRegistered: try row.integer("registered") > 0)
        }
        return (lines, rows.count > limit ? lines.last?.area.id : nil)
    }

    /// In how many areas below a unit each indicator falls short, by the last concluded surveys of a year.
    package static func gapCounts(
        year: Int, under unit: ID, _ reader: any Reader
    ) throws -> [Surveys.GapCount] {
        try reader.rows(
            """
            SELECT g.code, count(CASE WHEN g.effort <> 'unknown' THEN 1 END) AS areas,
                count(CASE WHEN g.effort = 'near' THEN 1 END) AS near,
                count(CASE WHEN g.effort = 'unknown' THEN 1 END) AS unknown
            FROM survey_gap g JOIN survey s ON s.id = g.survey_id
            WHERE s.year = \(year) AND s.concluded_on IS NOT NULL AND \(isLastConcluded) AND EXISTS (
                SELECT 1 FROM territory_closure c WHERE c.descendant_id = s.territory_id AND c.ancestor_id = \(unit))
            GROUP BY g.code ORDER BY areas DESC, g.code
            """
        ).map {
            Surveys.GapCount(
                code: try $0.text("code"), areas: try $0.integer("areas"), near: try $0.integer("near"),
                unknown: try $0.integer("unknown"))
        }
    }

    /// How many areas there are below a unit, and how many of them concluded a survey for a year.
    package static func surveyed(
        year: Int, under unit: ID, _ reader: any Reader
    ) throws -> (areas: Int, surveyed: Int) {
        let areas = try OrganisationStore.count(under: unit, kind: .area, reader)
        let surveyed = try reader.one(
            """
            SELECT count(DISTINCT s.territory_id) AS many FROM survey s
            WHERE s.year = \(year) AND s.concluded_on IS NOT NULL AND EXISTS (
                SELECT 1 FROM territory_closure c WHERE c.descendant_id = s.territory_id AND c.ancestor_id = \(unit))
            """
        ).integer("many")
        return (areas, surveyed)
    }

    /// The set that most surveys of a year below a unit were made against: it names the indicators of the counts.
    package static func usualSet(year: Int, under unit: ID, _ reader: any Reader) throws -> ID? {
        try reader.first(
            """
            SELECT s.criteria_set_id, count(*) AS many FROM survey s
            WHERE s.year = \(year) AND s.concluded_on IS NOT NULL AND EXISTS (
                SELECT 1 FROM territory_closure c WHERE c.descendant_id = s.territory_id AND c.ancestor_id = \(unit))
            GROUP BY s.criteria_set_id ORDER BY many DESC, s.criteria_set_id LIMIT 1
            """)?.id("criteria_set_id")
    }

    /// Of these areas those without a concluded survey and without a dossier for a year, in order.
    package static func unsurveyed(_ areas: [ID], year: Int, _ reader: any Reader) throws -> [TerritoryTitle] {
        try reader.rows(
            """
            SELECT t.id, t.kind AS area_kind, t.designation AS area_designation, t.name AS area_name
            FROM territory t WHERE t.id IN (\(SQL.list(areas))) AND t.kind = 'area' AND t.valid_until IS NULL
                AND NOT EXISTS (SELECT 1 FROM survey s WHERE s.territory_id = t.id AND s.year = \(year)
                    AND s.concluded_on IS NOT NULL)
                AND NOT EXISTS (SELECT 1 FROM dossier d WHERE d.territory_id = t.id AND d.year = \(year))
            ORDER BY t.sort_key, t.id LIMIT 20
            """
        ).map { try title($0, "id", "area") }
    }

    private static let isLast: SQL = """
        NOT EXISTS (SELECT 1 FROM survey n WHERE n.territory_id = s.territory_id AND n.year = s.year
            AND n.number > s.number)
        """

    private static let isLastConcluded: SQL = """
        NOT EXISTS (SELECT 1 FROM survey n WHERE n.territory_id = s.territory_id AND n.year = s.year
            AND n.number > s.number AND n.concluded_on IS NOT NULL)
        """
}

extension SurveysStore {
    /// How many indicators fell short, by concluded survey.
    package static func gapsOf(_ surveys: [ID], _ reader: any Reader) throws -> [ID: Int] {
        var found: [ID: Int] = [:]
        for row in try reader.rows(
            "SELECT id, gaps FROM survey WHERE id IN (\(SQL.list(surveys))) AND gaps IS NOT NULL")
        {
            found[try row.id("id")] = try row.integer("gaps")
        }
        return found
    }
}
