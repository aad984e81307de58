import Core
import Foundation
import GRDB
import GRDBSQLite
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The embedded engine: one file, one process, one writing connection that also makes the checkpoints, and readers.
///
/// One writer is not a convenience. SQLite 3.7.0 to 3.51.2 has a race in WAL mode by which a committed transaction
/// can vanish when two connections write or checkpoint at the same instant (fixed in 3.51.3, 3.50.7 and 3.44.6).
/// The shape kept here cannot reach it, and a lock beside the file keeps a second process out.
package final class SQLiteEngine: Engine {
    package let kind = EngineKind.sqlite
    /// Writes, and nothing else: its own readers are never asked.
    private let pool: DatabasePool
    private let readers: SQLiteReaders
    private let lock: FileLock

    /// Opens or creates the file. Throws `UnfitDatabase` when another process has it open or a setting that
    /// durability needs did not take.
    package init(path: String, readers: Int = 4) throws {
        lock = try FileLock(beside: path)
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
                    PRAGMA secure_delete = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -8000;
                    """)
        }
        self.readers = SQLiteReaders(path: path, configuration: configuration, most: readers)
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB lowers it to NORMAL when it turns WAL on; then a power cut could take back acknowledged commits.
            try pool.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try SQLiteEngine.checkSettings(db)
            }
        } catch let error as DatabaseError {
            throw UnfitDatabase("cannot open \(path): \(error.message ?? "no reason given")")
        }
    }

    private static func checkSettings(_ db: GRDB.Database) throws {
        let wanted = [
            "journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "trusted_schema": "0",
            "cell_size_check": "1", "secure_delete": "1", "mmap_size": "0",
        ]
        for (name, value) in wanted {
            // An engine built without mapping answers nothing to mmap_size, which is as good as 0.
            let found = try String.fetchOne(db, sql: "PRAGMA \(name)") ?? (name == "mmap_size" ? "0" : "")
            guard found.lowercased() == value else {
                throw UnfitDatabase("PRAGMA \(name) is \(found), but durability needs \(value)")
            }
        }
    }

    package func read<Answer: Sendable>(
        _ body: @escaping @Sendable (any Reader) throws -> Answer
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            readers.ask { found in
                continuation.resume(with: Result { try body(SQLiteConnection(found.get())) })
            }
        }
    }

    package func onWriter(isPatient: Bool, _ body: @escaping @Sendable (any WritingConnection) -> Void) {
        pool.asyncWriteWithoutTransaction { db in body(SQLiteConnection(db)) }
    }

    package func isFailing(_ error: any Error) -> Bool {
        guard let fault = error as? DatabaseError else { return false }
        return [.SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB].contains(fault.resultCode)
    }

    package func check() async throws -> [String] {
        do {
            return try await read { reader in
                try reader.rows("PRAGMA quick_check(20)").map { try $0.text("quick_check") }.filter { $0 != "ok" }
            }
        } catch let fault as DatabaseError where isFailing(fault) {
            return [fault.description]
        }
    }

    package func health() async throws -> EngineHealth {
        let number = Int(sqlite3_libversion_number())
        let fixed =
            number >= 3_051_003 || (3_050_007..<3_051_000).contains(number) || (3_044_006..<3_045_000).contains(number)
        return EngineHealth(
            version: "SQLite \(String(cString: sqlite3_libversion()))",
            warnings: fixed
                ? []
                : ["this SQLite has the WAL-reset race: never open the file with a second program while it is served"])
    }

    package func close() throws {
        try readers.close()
        try pool.close()
        lock.release()
    }
}

/// A GRDB connection spoken to in our own values. Statements are prepared once per connection and kept by GRDB;
/// stepping and binding go straight to SQLite, because a list page reads some six hundred values.
struct SQLiteConnection: WritingConnection {
    private let db: GRDB.Database

    init(_ db: GRDB.Database) { self.db = db }

    func rows(_ sql: SQL) throws -> [Row] {
        try withStatement(sql) { statement in
            let handle = statement.sqliteStatement
            // GRDB keeps the names with the prepared statement; made anew they would cost more than the row.
            let columns = Row.Columns(statement.columnNames)
            let count = Int32(columns.names.count)
            var rows: [Row] = []
            while try step(handle) {
                rows.append(Row(columns: columns, values: (0..<count).map { SQLiteConnection.value(handle, $0) }))
            }
            return rows
        }
    }

    @discardableResult func execute(_ sql: SQL) throws -> Int {
        try withStatement(sql) { statement in
            while try step(statement.sqliteStatement) {}
            return Int(sqlite3_changes(db.sqliteConnection))
        }
    }

    /// Straight to SQLite: a savepoint for every operation would otherwise be compiled and looked at by GRDB each time.
    func run(_ statement: String) throws {
        let code = sqlite3_exec(db.sqliteConnection, statement, nil, nil, nil)
        guard code == SQLITE_OK else { throw fault(code) }
    }

    func begin() throws { try runKept("BEGIN IMMEDIATE") }

    func moveSavepoint() throws {
        try runKept("RELEASE act")
        try runKept("SAVEPOINT act")
    }

    func commit() throws { try runKept("COMMIT") }

    /// Prepared once and kept: what stands around every batch and between every two operations of it.
    private func runKept(_ text: String) throws {
        let handle = try db.cachedStatement(sql: text).sqliteStatement
        defer { sqlite3_reset(handle) }
        _ = try step(handle)
    }

    /// There is one writer, so nothing can have come between.
    func mayRetry(after error: any Error) -> Bool { false }

    func refusal(for error: any Error) -> Refusal? {
        guard let fault = error as? DatabaseError, fault.resultCode == .SQLITE_FULL else { return nil }
        return Refusal(.full, "web.refusal.diskFull")
    }

    func abandon() {
        // After an error SQLite may have ended the transaction by itself; then there is nothing to roll back.
        if db.isInsideTransaction { try? run("ROLLBACK") }
    }

    private func withStatement<Answer>(_ sql: SQL, _ body: (Statement) throws -> Answer) throws -> Answer {
        let (text, values) = sql.spelled(for: .sqlite)
        let statement = try db.cachedStatement(sql: text)
        let handle = statement.sqliteStatement
        defer {
            sqlite3_reset(handle)
            sqlite3_clear_bindings(handle)
        }
        for (index, value) in values.enumerated() { try bind(value, to: handle, at: Int32(index + 1)) }
        return try body(statement)
    }

    private func step(_ handle: OpaquePointer) throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw fault(code)
        }
    }

    private func bind(_ value: Value, to handle: OpaquePointer, at place: Int32) throws {
        // SQLITE_TRANSIENT: SQLite takes its own copy.
        let copy = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        let code: Int32
        switch value {
        case .null: code = sqlite3_bind_null(handle, place)
        case .integer(let number): code = sqlite3_bind_int64(handle, place, number)
        case .flag(let flag): code = sqlite3_bind_int64(handle, place, flag ? 1 : 0)
        case .text(var text):
            code = text.withUTF8 { buffer in
                buffer.withMemoryRebound(to: CChar.self) { letters in
                    letters.baseAddress.map { sqlite3_bind_text(handle, place, $0, Int32(letters.count), copy) }
                        ?? sqlite3_bind_text(handle, place, "", 0, copy)
                }
            }
        case .bytes(let bytes):
            code =
                bytes.isEmpty
                ? sqlite3_bind_zeroblob(handle, place, 0)
                : bytes.withUnsafeBytes { sqlite3_bind_blob(handle, place, $0.baseAddress, Int32($0.count), copy) }
        case .id(let id):
            let halves = (id.high.bigEndian, id.low.bigEndian)
            code = withUnsafeBytes(of: halves) { sqlite3_bind_blob(handle, place, $0.baseAddress, 16, copy) }
        }
        guard code == SQLITE_OK else { throw fault(code) }
    }

    private func fault(_ code: Int32) -> DatabaseError {
        let found = ResultCode(rawValue: sqlite3_extended_errcode(db.sqliteConnection))
        // Where SQLite could not make one of its files longer it speaks of input and output, whatever the reason was.
        let isFull =
            found.primaryResultCode == .SQLITE_IOERR
            && [ENOSPC, EDQUOT].contains(sqlite3_system_errno(db.sqliteConnection))
        return DatabaseError(
            resultCode: isFull ? .SQLITE_FULL : found, message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
    }

    private static func value(_ handle: OpaquePointer, _ column: Int32) -> Value {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, column))
        case SQLITE_TEXT:
            let count = Int(sqlite3_column_bytes(handle, column))
            guard let start = sqlite3_column_text(handle, column) else { return .text("") }
            return .text(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            let count = Int(sqlite3_column_bytes(handle, column))
            guard let start = sqlite3_column_blob(handle, column) else { return .bytes([]) }
            let bytes = UnsafeRawBufferPointer(start: start, count: count)
            if count == 16 {
                return .id(
                    ID(
                        high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                        low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))))
            }
            return .bytes(Array(bytes))
        default: return .null
        }
    }
}

/// An exclusive lock on a file beside the database, held until it is released or the process ends.
final class FileLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// Beside the file itself: two links to one file are one database, and two locks would guard neither.
    init(beside path: String) throws {
        let name = URL(fileURLWithPath: path).resolvingSymlinksInPath().path + ".lock"
        let file = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw UnfitDatabase("cannot create \(name): \(String(cString: strerror(errno)))") }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw UnfitDatabase("another kieumau process has \(path) open")
        }
        descriptor = Mutex(file)
    }

    deinit { release() }

    /// Once only: the number may soon belong to another file.
    func release() {
        descriptor.withLock { descriptor in
            if let file = descriptor {
                // Let go aloud: a child that was just begotten may still hold the file for a moment.
                flock(file, LOCK_UN)
                close(file)
            }
            descriptor = nil
        }
    }
}
