import Core
import Database
import Organisation

extension Surveys {
    /// Items of one plan that are not done.
    package struct OpenItems: Sendable {
        package let survey: ID
        package let area: TerritoryTitle
        package let year: Int
        package var count: Int
        /// What the earliest one says, and its last day.
        package let first: String
        package let due: Day
        /// Who answers, the earliest first.
        package var owners: [String]
    }
}

extension SurveysStore {
    /// More open items than so many are not looked at for home.
    private static let most = 100

    /// The items that are not done and whose last day is before a day, by plan, the earliest first; of this year's
    /// plans and the last one's.
    static func open(
        _ condition: SQL, before day: Day, _ isNone: Bool, _ reader: any Reader
    ) throws -> [Surveys.OpenItems] {
        guard !isNone else { return [] }
        var found: [Surveys.OpenItems] = []
        for row in try reader.rows(
            """
            SELECT s.id, s.year, i.what, i.until_on, o.name AS owner_name, t.id AS area_id, t.kind AS area_kind,
                t.designation AS area_designation, t.name AS area_name
            FROM plan_item i JOIN survey s ON s.id = i.survey_id JOIN territory t ON t.id = s.territory_id
            JOIN organisation o ON o.id = i.owner_id
            WHERE \(condition) AND i.done_on IS NULL AND i.until_on < \(day) AND s.year >= \(day.year - 1)
            ORDER BY i.until_on, i.id LIMIT \(most)
            """)
        {
            let (survey, owner) = (try row.id("id"), try row.text("owner_name"))
            if let place = found.firstIndex(where: { $0.survey == survey }) {
                found[place].count += 1
                if !found[place].owners.contains(owner) { found[place].owners.append(owner) }
            } else {
                found.append(
                    Surveys.OpenItems(
                        survey: survey, area: try title(row, "area_id", "area"), year: try row.integer("year"),
                        count: 1, first: try row.text("what"), due: try row.day("until_on"), owners: [owner]))
            }
        }
        return found
    }
}
