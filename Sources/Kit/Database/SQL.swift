import Core

/// A value bound into a statement or read out of a row. Both engines know exactly these.
package enum Value: Sendable, Hashable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
    case id(ID)
    case flag(Bool)

    /// PostgreSQL's text cannot hold a zero byte, and nothing a person types has one, so neither engine gets it.
    fileprivate var withoutZero: Value {
        guard case .text(let text) = self, text.utf8.contains(0) else { return self }
        return .text(text.replacing("\u{0}", with: ""))
    }
}

/// A statement as text with bound values. Written once, it is spelled for either engine when it runs.
///
///     let sql: SQL = "SELECT name FROM territory WHERE id = \(id) AND \(sight.covers("id"))"
///
/// An interpolated value is always bound, never pasted; an interpolated `SQL` is put in as it is.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    enum Piece: Sendable {
        case text(String)
        case value(Value)
        case word(SchemaWord)
        case appendOnly(String)
        case rows([Value], columns: Int)
    }

    private(set) var pieces: [Piece]

    package init(stringLiteral value: String) { pieces = [.text(value)] }

    package init(stringInterpolation: Interpolation) { pieces = stringInterpolation.pieces }

    private init(pieces: [Piece]) { self.pieces = pieces }

    /// A name that comes from code, not from a request: a table or a column.
    package init(name: StaticString) { pieces = [.text(name.description)] }

    /// A table named by a `Governed` kind, which is a constant of its type.
    init(kind: String) { pieces = [.text(kind)] }

    /// For a migration: from now on rows of the table can be added and read, and nothing else. Whoever owns the
    /// database can take the triggers away; what was altered then is for the audit trail's chain to show.
    package static func appendOnly(_ table: StaticString) -> SQL { SQL(pieces: [.appendOnly(table.description)]) }

    /// One text after the other, with the values of both.
    package static func + (left: SQL, right: SQL) -> SQL { SQL(pieces: left.pieces + right.pieces) }

    /// Adds a text and its values at the end.
    package static func += (left: inout SQL, right: SQL) { left.pieces += right.pieces }

    package static let empty: SQL = ""

    /// Parts with a separator between them. The separator is text of the code, never of a person.
    package static func joined(_ parts: [SQL], by separator: String) -> SQL {
        var all: [Piece] = []
        for (index, part) in parts.enumerated() {
            if index > 0 { all.append(.text(separator)) }
            all += part.pieces
        }
        return SQL(pieces: all)
    }

    /// `?, ?, ?`: the values of an IN list. Never empty: an empty list matches nothing.
    package static func list(_ ids: [ID]) -> SQL {
        ids.isEmpty ? "NULL" : joined(ids.map { "\($0)" }, by: ", ")
    }

    /// Values for `IN (…)`; of none, `NULL`, which nothing is in.
    package static func list(_ texts: [String]) -> SQL {
        texts.isEmpty ? "NULL" : joined(texts.map { "\($0)" }, by: ", ")
    }

    /// `(?, ?), (?, ?)`: the rows of a VALUES list, given value by value.
    ///
    /// - Parameters:
    ///   - values: as many as `columns` times the number of rows, at least one row.
    ///   - columns: how many values make a row, 1 or more.
    package static func rows(_ values: [Value], columns: Int) -> SQL {
        SQL(pieces: [.rows(values, columns: columns)])
    }

    /// Gathers a literal: text stays text, values become bindings.
    package struct Interpolation: StringInterpolationProtocol {
        var pieces: [Piece] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(interpolationCount * 2 + 1)
        }

        package mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { pieces.append(.text(literal)) }
        }

        package mutating func appendInterpolation(_ sql: SQL) { pieces += sql.pieces }
        package mutating func appendInterpolation(_ word: SchemaWord) { pieces.append(.word(word)) }
        package mutating func appendInterpolation(_ value: Value) { pieces.append(.value(value)) }
        package mutating func appendInterpolation(_ id: ID) { pieces.append(.value(.id(id))) }
        package mutating func appendInterpolation(_ id: ID?) { pieces.append(.value(id.map(Value.id) ?? .null)) }
        package mutating func appendInterpolation(_ text: String) { pieces.append(.value(.text(text))) }
        package mutating func appendInterpolation(_ text: String?) {
            pieces.append(.value(text.map(Value.text) ?? .null))
        }
        package mutating func appendInterpolation(_ number: Int) { pieces.append(.value(.integer(Int64(number)))) }
        package mutating func appendInterpolation(_ number: Int64) { pieces.append(.value(.integer(number))) }
        package mutating func appendInterpolation(_ number: Int?) {
            pieces.append(.value(number.map { .integer(Int64($0)) } ?? .null))
        }
        package mutating func appendInterpolation(_ number: Int64?) {
            pieces.append(.value(number.map(Value.integer) ?? .null))
        }
        package mutating func appendInterpolation(_ flag: Bool) { pieces.append(.value(.flag(flag))) }
        package mutating func appendInterpolation(_ bytes: [UInt8]) { pieces.append(.value(.bytes(bytes))) }
        package mutating func appendInterpolation(_ bytes: [UInt8]?) {
            pieces.append(.value(bytes.map(Value.bytes) ?? .null))
        }
        package mutating func appendInterpolation(_ day: Day) { pieces.append(.value(.text(day.isoText))) }
        package mutating func appendInterpolation(_ day: Day?) {
            pieces.append(.value(day.map { .text($0.isoText) } ?? .null))
        }
        package mutating func appendInterpolation(_ instant: Instant) {
            pieces.append(.value(.integer(instant.milliseconds)))
        }
        package mutating func appendInterpolation(_ instant: Instant?) {
            pieces.append(.value(instant.map { .integer($0.milliseconds) } ?? .null))
        }
    }

    /// The text and values for one engine.
    package func spelled(for engine: EngineKind) -> (text: String, values: [Value]) {
        var text = ""
        var values: [Value] = []
        text.reserveCapacity(pieces.count * 24)
        values.reserveCapacity(pieces.count / 2)
        for piece in pieces {
            switch piece {
            case .text(let part): text += part
            case .word(let word): text += word.spelled(for: engine)
            case .appendOnly(let table):
                switch engine {
                case .sqlite: text += SQLiteAppendOnly.statements(for: table)
                case .postgres: text += PostgresAppendOnly.statements(for: table)
                }
            case .value(let value):
                values.append(value.withoutZero)
                switch engine {
                case .sqlite: text += "?"
                case .postgres: text += "$\(values.count)"
                }
            case .rows(let all, let columns):
                text += SQL.places(of: all.count, columns: columns, from: values.count + 1, for: engine)
                values.reserveCapacity(values.count + all.count)
                for value in all { values.append(value.withoutZero) }
            }
        }
        return (text, values)
    }

    private static func places(of count: Int, columns: Int, from first: Int, for engine: EngineKind) -> String {
        let row = (0..<columns)
        switch engine {
        case .sqlite:
            let one = "(" + row.map { _ in "?" }.joined(separator: ", ") + ")"
            return one + String(repeating: ", " + one, count: count / columns - 1)
        case .postgres:
            return stride(from: first, to: first + count, by: columns)
                .map { start in "(" + row.map { "$\(start + $0)" }.joined(separator: ", ") + ")" }
                .joined(separator: ", ")
        }
    }
}

/// The two engines. SQLite is embedded and the default; PostgreSQL is for more than one machine.
package enum EngineKind: String, Sendable, CaseIterable {
    case sqlite
    case postgres
}

/// The closed list of words that the engines spell differently. A new one needs a decision note
/// (docs/decisions, "one SQL text for two engines").
package enum SchemaWord: Sendable, CaseIterable {
    /// A column type: sixteen bytes.
    case id
    /// A column type: milliseconds UTC.
    case instant
    /// A column type: ISO text of ten letters.
    case day
    /// A column type: 0 or 1, read `WHERE flag` on both.
    case flag
    /// A column type: whole numbers of 64 bits.
    case integer
    /// A column type: text compared byte by byte.
    case text
    /// A column type: text holding JSON, read in Swift.
    case json
    /// A column type: bytes.
    case bytes
    /// What closes a CREATE TABLE.
    case endOfTable
    /// What closes a CREATE TABLE whose primary key is also its order on disk.
    case endOfTableByKey
    /// Behind the primary key of such a table: its column `content` lies beside the key, so that reading along the key
    /// touches nothing else. On the embedded engine the whole row lies there anyway.
    case withContent
    /// Rows that another instance holds are passed over; the embedded engine has one writer and needs no word.
    case skipLocked
    /// Waits for whoever holds the row.
    case lockRow

    func spelled(for engine: EngineKind) -> String {
        switch (self, engine) {
        case (.id, .sqlite): "BLOB"
        case (.id, .postgres): "UUID"
        case (.instant, .sqlite), (.integer, .sqlite), (.flag, .sqlite): "INTEGER"
        case (.instant, .postgres), (.integer, .postgres): "BIGINT"
        case (.flag, .postgres): "BOOLEAN"
        case (.day, .sqlite), (.text, .sqlite), (.json, .sqlite): "TEXT"
        case (.day, .postgres), (.text, .postgres), (.json, .postgres): "TEXT COLLATE \"C\""
        case (.bytes, .sqlite): "BLOB"
        case (.bytes, .postgres): "BYTEA"
        case (.endOfTable, .sqlite): "STRICT"
        case (.endOfTableByKey, .sqlite): "STRICT, WITHOUT ROWID"
        case (.endOfTable, .postgres), (.endOfTableByKey, .postgres): ""
        case (.withContent, .sqlite): ""
        case (.withContent, .postgres): "INCLUDE (content)"
        case (.skipLocked, .sqlite), (.lockRow, .sqlite): ""
        case (.skipLocked, .postgres): "FOR UPDATE SKIP LOCKED"
        case (.lockRow, .postgres): "FOR UPDATE"
        }
    }
}

extension Sight {
    /// The condition that a territory column is one of those this person may see.
    package func covers(_ column: SQL) -> SQL {
        roots.isEmpty
            ? "1 = 0"
            : """
            EXISTS (SELECT 1 FROM territory_closure sight WHERE sight.descendant_id = \(column) \
            AND sight.ancestor_id IN (\(SQL.list(roots))))
            """
    }
}
