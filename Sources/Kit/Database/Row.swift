import Core

/// One row of an answer, read by the names of its columns. A missing or ill-typed column is a fault that names
/// the column, because it can only come from a statement and its reader having drifted apart.
package struct Row: Sendable {
    /// The names of one answer's columns, shared by its rows.
    final class Columns: Sendable {
        let names: [String]
        init(_ names: [String]) { self.names = names }
    }

    let columns: Columns
    let values: [Value]

    /// The value as the engine gave it.
    ///
    /// - Throws: `RowFault` where the statement has no such column; so do all below.
    package func value(_ name: String) throws -> Value {
        guard let index = columns.names.firstIndex(of: name) else {
            throw RowFault(column: name, found: "no such column")
        }
        return values[index]
    }

    /// An id, however the engine keeps it.
    ///
    /// - Throws: `RowFault` for null, as the others without "optional" do.
    package func id(_ name: String) throws -> ID {
        guard let id = try optionalID(name) else { throw RowFault(column: name, found: "null") }
        return id
    }

    /// An id; nil for null.
    package func optionalID(_ name: String) throws -> ID? {
        switch try value(name) {
        case .null: return nil
        case .id(let id): return id
        case .bytes(let bytes):
            guard let id = ID(bytes: bytes) else { throw RowFault(column: name, found: "\(bytes.count) bytes") }
            return id
        case let other: throw RowFault(column: name, found: "\(other)")
        }
    }

    /// A text.
    package func text(_ name: String) throws -> String {
        guard let text = try optionalText(name) else { throw RowFault(column: name, found: "null") }
        return text
    }

    /// A text; nil for null.
    package func optionalText(_ name: String) throws -> String? {
        switch try value(name) {
        case .null: return nil
        case .text(let text): return text
        case let other: throw RowFault(column: name, found: "\(other)")
        }
    }

    /// A whole number.
    package func integer(_ name: String) throws -> Int {
        guard let number = try optionalInteger(name) else { throw RowFault(column: name, found: "null") }
        return number
    }

    /// A whole number; nil for null.
    package func optionalInteger(_ name: String) throws -> Int? {
        switch try value(name) {
        case .null: return nil
        case .integer(let number): return Int(number)
        case let other: throw RowFault(column: name, found: "\(other)")
        }
    }

    /// Yes or no, also where the engine keeps it as a number.
    package func flag(_ name: String) throws -> Bool {
        switch try value(name) {
        case .flag(let flag): return flag
        case .integer(let number): return number != 0
        case let other: throw RowFault(column: name, found: "\(other)")
        }
    }

    /// Bytes.
    package func bytes(_ name: String) throws -> [UInt8] {
        guard let bytes = try optionalBytes(name) else { throw RowFault(column: name, found: "null") }
        return bytes
    }

    /// Bytes, those of an id among them; nil for null.
    package func optionalBytes(_ name: String) throws -> [UInt8]? {
        switch try value(name) {
        case .null: return nil
        case .bytes(let bytes): return bytes
        case .id(let id): return id.bytes
        case let other: throw RowFault(column: name, found: "\(other)")
        }
    }

    /// A day, kept as ISO text.
    package func day(_ name: String) throws -> Day {
        guard let day = try optionalDay(name) else { throw RowFault(column: name, found: "null") }
        return day
    }

    /// A day, kept as ISO text; nil for null.
    package func optionalDay(_ name: String) throws -> Day? {
        guard let text = try optionalText(name) else { return nil }
        guard let day = Day(iso: text) else { throw RowFault(column: name, found: text) }
        return day
    }

    /// An instant, kept in milliseconds since 1970.
    package func instant(_ name: String) throws -> Instant {
        Instant(milliseconds: Int64(try integer(name)))
    }

    /// An instant, kept in milliseconds since 1970; nil for null.
    package func optionalInstant(_ name: String) throws -> Instant? {
        try optionalInteger(name).map { Instant(milliseconds: Int64($0)) }
    }
}

/// A statement and its reader have drifted apart.
package struct RowFault: Error, CustomStringConvertible {
    let column: String
    let found: String

    package var description: String { "column \(column): \(found)" }
}

/// Whoever can be asked: a snapshot of the database for reading.
package protocol Reader {
    /// All rows of the answer.
    func rows(_ sql: SQL) throws -> [Row]
    /// The rows of two answers; a server is asked for both in one journey.
    func rows(_ first: SQL, and second: SQL) throws -> ([Row], [Row])
}

extension Reader {
    /// One after the other, where nothing is saved by asking for both at once.
    package func rows(_ first: SQL, and second: SQL) throws -> ([Row], [Row]) { (try rows(first), try rows(second)) }

    /// The first row; nil when there is none.
    package func first(_ sql: SQL) throws -> Row? { try rows(sql).first }

    /// The row that must be there for this person, or `NotFound`.
    package func one(_ sql: SQL) throws -> Row {
        guard let row = try first(sql) else { throw NotFound() }
        return row
    }
}

/// A reader that may also change things, inside a transaction that someone else opened.
package protocol Writer: Reader {
    /// Runs one statement; answers how many rows it touched.
    @discardableResult func execute(_ sql: SQL) throws -> Int
}
