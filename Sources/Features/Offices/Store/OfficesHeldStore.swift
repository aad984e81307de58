import Core
import Criteria
import Database
import Organisation
import Recognition

extension OfficesStore {
    /// What offices hold of some areas for a criteria set and a year, whether or not there are dossiers: for surveys
    /// and for dossiers that begin. A value given under another version of the set counts where the indicator of the
    /// same code still accepts it. The areas must have been looked up with Sight.
    package static func held(
        areas: [ID], set: ID, year: Int, _ reader: any Reader
    ) throws -> [ID: [String: Offices.Held]] {
        guard !areas.isEmpty else { return [:] }
        let criteria = try CriteriaStore.set(set, reader)
        let indicators = Dictionary(
            criteria.indicators.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        var found: [ID: [String: Offices.Held]] = [:]
        for held in try held(
            """
            v.territory_id IN (\(SQL.list(areas))) AND v.year = \(year) AND v.set_code = \(criteria.code)
            """, reader)
        {
            guard let indicator = indicators[held.code], Criteria.refusal(of: held.value, for: indicator) == nil else {
                continue
            }
            found[held.area, default: [:]][held.code] = held
        }
        return found
    }

    /// Which office is asked for which indicators of an area in a year, by code; of several the one due first. Offices
    /// of the unit above it.
    package static func asked(
        of area: ID, setCode: String, year: Int, _ reader: any Reader
    ) throws -> [String: Offices.Asked] {
        try asked("c.descendant_id = \(area) AND g.year = \(year) AND g.set_code = \(setCode)", reader)
    }

    private static func asked(_ condition: SQL, _ reader: any Reader) throws -> [String: Offices.Asked] {
        var found: [String: Offices.Asked] = [:]
        for row in try reader.rows(
            """
            SELECT k.code, g.id, g.due_on, g.objections_until, g.organisation_id, o.name
            FROM territory_closure c JOIN office_grid g ON g.territory_id = c.ancestor_id
            JOIN office_grid_column k ON k.grid_id = g.id JOIN organisation o ON o.id = g.organisation_id
            WHERE \(condition) ORDER BY g.due_on DESC, g.id DESC
            """)
        {
            found[try row.text("code")] = Offices.Asked(
                grid: try row.id("id"), organisation: try row.id("organisation_id"), office: try row.text("name"),
                due: try row.day("due_on"), objectionsUntil: try row.day("objections_until"))
        }
        return found
    }

    /// What of a dossier comes from offices, as recognition shows and heeds it.
    ///
    /// - Parameter isWhole: with objections and papers.
    package static func supply(
        of dossier: Recognition.Dossier, on today: Day, isWhole: Bool = true, _ reader: any Reader
    ) throws -> [String: RecognitionSupply] {
        let asked = try asked(
            "c.descendant_id = \(dossier.area.id) AND g.year = \(dossier.year) AND g.set_code = "
                + "(SELECT s.code FROM criteria_set s WHERE s.id = \(dossier.criteriaSet))", reader)
        guard !asked.isEmpty else { return [:] }
        let entries = Dictionary(
            try RecognitionStore.entries(of: dossier.id, reader).filter { $0.side == .own }.map { ($0.code, $0) },
            uniquingKeysWith: { first, _ in first })
        let open = Set(
            isWhole
                ? try objections(of: dossier.area.id, year: dossier.year, reader).filter { $0.outcome == nil }
                    .map(\.code) : [])
        let papers = isWhole ? try papers(ofGrids: Array(Set(asked.values.map(\.grid))), reader) : [:]
        let mending = dossier.state == .returned ? dossier.due : nil
        return asked.reduce(into: [:]) { found, pair in
            let (code, asked) = pair
            let entry = entries[code]
            let isHeld = entry?.source == .office
            let standing: RecognitionSupply.Standing =
                isHeld
                ? .held
                : entry != nil || Offices.Terms.mayType(isHeld: false, due: asked.due, today: today)
                    ? .late : .awaited
            found[code] = RecognitionSupply(
                office: entry?.office ?? asked.office, standing: standing, due: asked.due,
                objectionsUntil: isHeld
                    ? entry.map {
                        Offices.Terms.objectionEnds(
                            told: asked.objectionsUntil, changed: $0.at.day, mendingUntil: mending)
                    } : nil,
                isObjected: open.contains(code),
                papers: papers[asked.grid, default: []].filter { $0.codes.contains(code) }.map {
                    RecognitionSupply.Paper(name: $0.caption, href: OfficesRoutes.file($0.id))
                },
                href: OfficesRoutes.area(dossier.area.id, year: dossier.year))
        }
    }

    /// Takes what offices hold already into a dossier that was registered just now.
    package static func takeIn(dossier id: ID, _ tx: Transaction) throws {
        let dossier = try RecognitionStore.dossier(id, unattended: tx)
        let set = try CriteriaStore.set(dossier.criteriaSet, tx)
        let codes = Set(set.codes(for: dossier.title))
        let held = try held(areas: [dossier.area.id], set: dossier.criteriaSet, year: dossier.year, tx)
        let new = (held[dossier.area.id] ?? [:]).values.filter { codes.contains($0.code) }.sorted { $0.code < $1.code }
        let count = try RecognitionStore.supply(
            new.map {
                Recognition.Supplied(
                    dossier: id, code: $0.code, value: $0.value, office: $0.organisation, note: $0.note)
            }, person: nil, at: tx.now, ids: tx.ids, tx)
        if count > 0 { tx.note("dossier.supplied", to: "\(count)") }
    }

    private static let atOnce = 400

    /// Takes what offices hold already into dossiers that moved to another version just now.
    ///
    /// - Parameter fresh: by dossier the indicators that are new to it. What is counted otherwise than before is left
    ///   open: an office's figure of before does not fit it any more than the area's.
    package static func takeIn(fresh: [ID: [String]], _ tx: Transaction) throws {
        let dossiers = fresh.filter { !$0.value.isEmpty }.keys.sorted()
        var count = 0
        for start in stride(from: 0, to: dossiers.count, by: atOnce) {
            count += try takeIn(fresh, into: Array(dossiers[start..<min(start + atOnce, dossiers.count)]), tx)
        }
        if count > 0 { tx.note("dossier.supplied", to: "\(count)") }
    }

    private static func takeIn(_ fresh: [ID: [String]], into dossiers: [ID], _ tx: Transaction) throws -> Int {
        struct Key: Hashable {
            let set: ID
            let year: Int
        }
        let rows = try tx.rows(
            """
            SELECT d.id, d.territory_id, d.year, d.criteria_set_id FROM dossier d
            WHERE d.id IN (\(SQL.list(dossiers))) AND d.state = \(Recognition.State.assessing.rawValue)
            """)
        let groups = try Dictionary(grouping: rows) {
            Key(set: try $0.id("criteria_set_id"), year: try $0.integer("year"))
        }
        var new: [Recognition.Supplied] = []
        for (key, rows) in groups {
            let areas = Set(try rows.map { try $0.id("territory_id") }).sorted()
            let held = try held(areas: areas, set: key.set, year: key.year, tx)
            for row in rows {
                let dossier = try row.id("id")
                let here = held[try row.id("territory_id")] ?? [:]
                new += (fresh[dossier] ?? []).compactMap { here[$0] }.map {
                    Recognition.Supplied(
                        dossier: dossier, code: $0.code, value: $0.value, office: $0.organisation, note: $0.note)
                }
            }
        }
        new.sort { ($0.dossier, $0.code) < ($1.dossier, $1.code) }
        return try RecognitionStore.supply(new, person: nil, at: tx.now, ids: tx.ids, tx)
    }
}

extension Offices {
    /// An office that is asked for an indicator.
    package struct Asked: Sendable, Equatable {
        package let grid: ID
        package let organisation: ID
        package let office: String
        package let due: Day
        package let objectionsUntil: Day
    }
}
