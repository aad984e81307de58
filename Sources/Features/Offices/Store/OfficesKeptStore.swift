import Core
import Criteria
import Database
import Organisation
import Recognition

extension Offices {
    /// A figure that a dossier rests on and that no office changes any more: the dossier went on with it.
    package struct Kept: Sendable, Equatable {
        package let dossier: ID
        package let area: ID
        package let code: String
        package let state: Recognition.State
        package let value: Criteria.Value
        /// Since when the dossier has it.
        package let at: Instant

        /// Whether the office said something else afterwards.
        package func isPassed(by held: Held) -> Bool { held.value != value && held.at > at }
    }
}

extension Recognition.State {
    /// Whether somebody decided: the figures are the ground of a decision.
    var isDecided: Bool { self == .recognised || self == .refused }
}

extension OfficesStore {
    /// The states in which a dossier keeps its figures whatever an office says.
    private static let gone = Recognition.State.allCases.filter {
        $0 != .assessing && $0 != .returned && $0 != .withdrawn
    }

    /// What the dossiers of some areas keep that went on already, by area.
    package static func kept(
        areas: [ID], year: Int, setCode: String, _ reader: any Reader
    ) throws -> [ID: [Offices.Kept]] {
        let dossiers = try RecognitionStore.supplyable(areas: areas, year: year, setCode: setCode, reader)
            .filter { !$0.takesValues }
        let entries = try RecognitionStore.entries(of: dossiers.map(\.id), reader)
        let kept = dossiers.flatMap { dossier in
            entries[dossier.id, default: []].filter { $0.side == .own }.map {
                Offices.Kept(
                    dossier: dossier.id, area: dossier.area, code: $0.code, state: dossier.state, value: $0.value,
                    at: $0.at)
            }
        }
        return Dictionary(grouping: kept, by: \.area)
    }

    /// Which of these changes a dossier that went on does not follow.
    static func keeping(
        _ changes: [Offices.Change], in grid: Offices.Grid, _ reader: any Reader
    ) throws -> [(kept: Offices.Kept, change: Offices.Change)] {
        let areas = Array(Set(changes.map(\.cell.area))).sorted()
        let kept = try kept(areas: areas, year: grid.year, setCode: grid.setCode, reader)
        guard !kept.isEmpty else { return [] }
        return changes.flatMap { change in
            kept[change.cell.area, default: []].filter { $0.code == change.cell.code && $0.value != change.after }
                .map { ($0, change) }
        }
    }

    /// What offices changed since a moment that dossiers of these areas no longer follow, by dossier: for home.
    static func passed(
        areas: [ID], since: Instant, _ reader: any Reader
    ) throws -> [Offices.Passed] {
        guard !areas.isEmpty else { return [] }
        let rows = try reader.rows(
            """
            SELECT d.id, d.territory_id, d.year, d.state, v.code, v.value, v.at, o.name AS office
            FROM office_value v JOIN dossier d ON d.territory_id = v.territory_id AND d.year = v.year
            JOIN criteria_set s ON s.id = d.criteria_set_id AND s.code = v.set_code
            JOIN office_grid g ON g.id = v.grid_id JOIN organisation o ON o.id = g.organisation_id
            WHERE v.territory_id IN (\(SQL.list(areas))) AND v.at >= \(since)
            AND d.state IN (\(SQL.list(gone.map(\.rawValue)))) ORDER BY d.id, v.code
            """)
        guard !rows.isEmpty else { return [] }
        let entries = try RecognitionStore.entries(of: Array(Set(rows.map { try $0.id("id") })).sorted(), reader)
        var found: [ID: Offices.Passed] = [:]
        for row in rows {
            let (dossier, code) = (try row.id("id"), try row.text("code"))
            guard let entry = entries[dossier]?.first(where: { $0.side == .own && $0.code == code }),
                try entry.at < row.instant("at"), try entry.value != value(row.text("value"), "value")
            else { continue }
            var passed =
                try found[dossier]
                ?? Offices.Passed(
                    dossier: dossier, area: row.id("territory_id"), year: row.integer("year"),
                    state: state(row))
            passed.codes.append(code)
            let office = try row.text("office")
            if !passed.offices.contains(office) { passed.offices.append(office) }
            found[dossier] = passed
        }
        return found.values.sorted { $0.dossier < $1.dossier }
    }

    private static func state(_ row: Row) throws -> Recognition.State {
        let word = try row.text("state")
        guard let state = Recognition.State(rawValue: word) else {
            throw UnknownOfficesWord(column: "state", word: word)
        }
        return state
    }
}

extension Offices {
    /// A dossier that keeps figures which offices changed after it went on.
    struct Passed: Sendable, Equatable {
        let dossier: ID
        let area: ID
        let year: Int
        let state: Recognition.State
        var codes: [String] = []
        var offices: [String] = []
    }
}
