import Core
import Criteria
import Database
import Organisation

extension Recognition {
    /// A value that an office puts into a dossier, or takes back.
    package struct Supplied: Sendable {
        package let dossier: ID
        package let code: String
        /// Nil: taken back. What the area had typed before stands again; otherwise the cell is empty.
        package let value: Criteria.Value?
        package let office: ID?
        package let note: String?

        package init(dossier: ID, code: String, value: Criteria.Value?, office: ID?, note: String? = nil) {
            self.note = note
            self.dossier = dossier
            self.code = code
            self.value = value
            self.office = office
        }
    }

    /// A dossier that an office's values may concern.
    package struct Supplyable: Sendable {
        package let id: ID
        package let area: ID
        package let title: String
        package let criteriaSet: ID
        package let state: State
        package let due: Day?

        /// Values flow in as long as the area has the dossier in hand and nobody has voted on it or sees it posted.
        package var takesValues: Bool { state == .assessing || state == .returned }
    }
}

extension RecognitionStore {
    /// The dossiers of some areas in a year, under any version of a set; withdrawn ones are not among them.
    package static func supplyable(
        areas: [ID], year: Int, setCode: String, _ reader: any Reader
    ) throws -> [Recognition.Supplyable] {
        guard !areas.isEmpty else { return [] }
        return try reader.rows(
            """
            SELECT d.id, d.territory_id, d.title, d.criteria_set_id, d.state, d.due_on FROM dossier d
            JOIN criteria_set s ON s.id = d.criteria_set_id
            WHERE d.territory_id IN (\(SQL.list(areas))) AND d.year = \(year) AND s.code = \(setCode)
            AND d.state <> 'withdrawn' ORDER BY d.id
            """
        ).map {
            Recognition.Supplyable(
                id: try $0.id("id"), area: try $0.id("territory_id"), title: try $0.text("title"),
                criteriaSet: try $0.id("criteria_set_id"), state: try $0.choice("state"),
                due: try $0.optionalDay("due_on"))
        }
    }

    /// Puts offices' values into dossiers, many at once: what stands there is read in one query, and values and
    /// history are written some hundred rows at a time. What is the same already is passed over.
    ///
    /// - Parameter new: at most one for each dossier and code; the dossiers take values (`takesValues`).
    /// - Returns: how many values changed.
    @discardableResult
    package static func supply(
        _ new: [Recognition.Supplied], source: Recognition.Source = .office, person: ID?, at: Instant,
        ids: IDSource, _ writer: any Writer
    ) throws -> Int {
        guard !new.isEmpty else { return 0 }
        let now = try standing(new, writer)
        let earlier = try typedBefore(new.filter { $0.value == nil }, writer)
        var values = BulkInsert(
            """
            INSERT INTO indicator_value (dossier_id, side, code, value_kind, value_number, value_text, note, entered_by,
                at, version, source, office_id) VALUES \

            """, columns: 12,
            tail: """
                 ON CONFLICT (dossier_id, side, code) DO UPDATE SET value_kind = excluded.value_kind,
                value_number = excluded.value_number, value_text = excluded.value_text, note = excluded.note,
                entered_by = excluded.entered_by, at = excluded.at, version = indicator_value.version + 1,
                waits_since = NULL, confirmed_by = NULL, confirmed_at = NULL, source = excluded.source,
                office_id = excluded.office_id
                """, writer)
        var history = BulkInsert(
            """
            INSERT INTO indicator_value_history (dossier_id, code, id, side, value_kind, value_number, value_text, note,
                entered_by, at, version, outcome, source, office_id) VALUES \

            """, columns: 14, writer)
        var emptied: [Key] = []
        var count = 0
        for one in new {
            let key = Key(dossier: one.dossier, code: one.code)
            let current = now[key]
            var put: Put
            if let value = one.value {
                guard current?.value != value || current?.source != source || current?.office != one.office else {
                    continue
                }
                put = Put(value: value, note: one.note, person: person, at: at, source: source, office: one.office)
            } else if let current, current.source != .area {
                // What is taken back stays in the history, and what the area had typed counts again.
                try history.add(
                    current.put.row(
                        key, id: ids.next(), version: current.version, outcome: "undone", at: at, by: person))
                guard let before = earlier[key] else {
                    emptied.append(key)
                    count += 1
                    continue
                }
                put = before
            } else {
                continue
            }
            count += 1
            let version = (current?.version ?? 0) + 1
            try values.add(put.value(key))
            if one.value == nil { put.at = at }
            try history.add(
                put.row(key, id: ids.next(), version: version, outcome: "saved", at: put.at, by: put.person))
        }
        try values.flush()
        try history.flush()
        for (dossier, keys) in Dictionary(grouping: emptied, by: \.dossier) {
            try writer.execute(
                """
                DELETE FROM indicator_value WHERE dossier_id = \(dossier) AND side = 'self'
                AND code IN (\(SQL.list(keys.map(\.code))))
                """)
        }
        return count
    }

    private struct Key: Hashable {
        let dossier: ID
        let code: String
    }

    /// A value with everything a row keeps of it.
    private struct Put {
        let value: Criteria.Value
        var counted: String?
        let note: String?
        let person: ID?
        var at: Instant
        let source: Recognition.Source
        let office: ID?

        private var what: [Value] {
            let (kind, number, text) = RecognitionStore.columns(of: value, counted)
            return [.text(kind), number.map(Value.integer) ?? .null, .optional(text), .optional(note)]
        }

        func value(_ key: Key) -> [Value] {
            [.id(key.dossier), .text("self"), .text(key.code)] + what + [
                .optional(person), .integer(at.milliseconds), .integer(1), .text(source.rawValue), .optional(office),
            ]
        }

        func row(_ key: Key, id: ID, version: Int, outcome: String, at: Instant, by: ID?) -> [Value] {
            [.id(key.dossier), .text(key.code), .id(id), .text("self")] + what + [
                .optional(by), .integer(at.milliseconds), .integer(Int64(version)), .text(outcome),
                .text(source.rawValue), .optional(office),
            ]
        }
    }

    private struct Standing {
        let put: Put
        let version: Int
        var value: Criteria.Value { put.value }
        var source: Recognition.Source { put.source }
        var office: ID? { put.office }
    }

    private static func standing(
        _ new: [Recognition.Supplied], _ reader: any Reader
    ) throws -> [Key: Standing] {
        var found: [Key: Standing] = [:]
        for row in try reader.rows(
            """
            SELECT v.dossier_id, v.code, v.value_kind, v.value_number, v.value_text, v.note, v.entered_by, v.at,
                v.version, v.source, v.office_id
            FROM indicator_value v WHERE v.dossier_id IN (\(SQL.list(Array(Set(new.map(\.dossier))).sorted())))
            AND v.side = 'self' AND v.code IN (\(SQL.list(Array(Set(new.map(\.code))).sorted())))
            """)
        {
            found[Key(dossier: try row.id("dossier_id"), code: try row.text("code"))] = Standing(
                put: try put(row), version: try row.integer("version"))
        }
        return found
    }

    /// What the area typed last at these indicators before an office filled them in.
    private static func typedBefore(
        _ taken: [Recognition.Supplied], _ reader: any Reader
    ) throws -> [Key: Put] {
        guard !taken.isEmpty else { return [:] }
        var found: [Key: Put] = [:]
        for row in try reader.rows(
            """
            SELECT v.dossier_id, v.code, v.value_kind, v.value_number, v.value_text, v.note, v.entered_by, v.at,
                v.source, v.office_id
            FROM indicator_value_history v WHERE v.dossier_id IN (\(SQL.list(Array(Set(taken.map(\.dossier))).sorted())))
            AND v.code IN (\(SQL.list(Array(Set(taken.map(\.code))).sorted()))) AND v.side = 'self'
            AND v.outcome = 'saved' AND v.source = 'area' ORDER BY v.id
            """)
        {
            found[Key(dossier: try row.id("dossier_id"), code: try row.text("code"))] = try put(row)
        }
        return found
    }

    private static func put(_ row: Row) throws -> Put {
        Put(
            value: try value(row), counted: try counted(row), note: try row.optionalText("note"),
            person: try row.optionalID("entered_by"),
            at: try row.instant("at"), source: try row.choice("source"), office: try row.optionalID("office_id"))
    }
}
