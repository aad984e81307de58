import CPostgres
import Core

/// What PostgreSQL answered instead of a result.
package struct PostgresFault: Error, CustomStringConvertible {
    /// Five letters, such as 40001; empty when the connection itself is gone.
    package let state: String
    package let message: String

    package var description: String { state.isEmpty ? message : "\(state): \(message)" }
}

/// One blocking connection through libpq. It belongs to one thread. Every statement is prepared once and kept.
final class PostgresConnection: WritingConnection {
    private var handle: OpaquePointer
    private var prepared: [String: String] = [:]
    /// A warning that came during a COMMIT: the row may be on no standby although COMMIT "succeeded".
    private let notices = Notices()
    /// A snapshot was asked for and is opened together with its first statement, in one journey.
    private var isToOpen = false
    /// The answer to the last snapshot's ROLLBACK has not been fetched yet.
    private var owesAnswer = false

    final class Notices { var states: [String] = [] }

    /// Connects and sets the session up. Throws `UnfitDatabase` when the server would lose acknowledged commits.
    init(_ conninfo: String, schema: String?) throws {
        guard let handle = PQconnectdb(conninfo) else { throw PostgresFault(state: "", message: "out of memory") }
        self.handle = handle
        guard PQstatus(handle) == CONNECTION_OK else {
            // Whatever is thrown from here on, `deinit` gives the handle back.
            throw PostgresFault(state: "", message: String(cString: PQerrorMessage(handle)))
        }
        PQsetNoticeReceiver(
            handle,
            { keeper, result in
                guard let keeper, let state = PQresultErrorField(result, CChar(UInt8(ascii: "C")).asDiagnostic) else {
                    return
                }
                Unmanaged<Notices>.fromOpaque(keeper).takeUnretainedValue().states.append(String(cString: state))
            }, Unmanaged.passUnretained(notices).toOpaque())
        try run(
            "SET client_encoding = 'UTF8'; SET TimeZone = 'UTC'; SET default_transaction_isolation = 'serializable'")
        if let schema { try run("SET search_path = \"\(schema)\"") }
        try refuseUnfitServer()
    }

    deinit { PQfinish(handle) }

    private func refuseUnfitServer() throws {
        for name in ["fsync", "full_page_writes", "synchronous_commit"] {
            let value = try rows("SELECT current_setting(\(name)) AS value").first?.text("value") ?? ""
            if value == "off" || value == "local" && name != "synchronous_commit" {
                throw UnfitDatabase("PostgreSQL has \(name) = \(value); acknowledged records could be lost")
            }
        }
    }

    /// The socket, so that a deadline can shut it from another thread. Never a cancel: a cancelled COMMIT answers
    /// success for a row that no standby has.
    var socket: Int32 { PQsocket(handle) }

    var isBroken: Bool { PQstatus(handle) != CONNECTION_OK }

    /// Whether the server ended this connection while nobody used it. Its farewell lies in the socket and is read
    /// first; the end of the connection shows behind it.
    var wasDropped: Bool {
        for _ in 1...2 where !isBroken { PQconsumeInput(handle) }
        return isBroken
    }

    func rows(_ sql: SQL) throws -> [Row] {
        let result = try send(sql)
        defer { PQclear(result) }
        let count = PQnfields(result)
        let columns = Row.Columns((0..<count).map { String(cString: PQfname(result, $0)) })
        let types = (0..<count).map { PQftype(result, $0) }
        return try (0..<PQntuples(result)).map { row in
            Row(columns: columns, values: try (0..<count).map { try value(result, row, $0, types[Int($0)]) })
        }
    }

    @discardableResult func execute(_ sql: SQL) throws -> Int {
        let result = try send(sql)
        defer { PQclear(result) }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    func run(_ statement: String) throws {
        settle()
        let result = PQexec(handle, statement)
        defer { PQclear(result) }
        try check(result)
    }

    func begin() throws { try run("BEGIN ISOLATION LEVEL SERIALIZABLE") }

    /// The server may see a race where there is none, and again and again: when somebody's long transaction anywhere
    /// on it made it forget the details of the short ones since. So whoever lost one stays alone for the next try,
    /// and then needs no guard against races. Taking a lock on a table looks at no data: the transaction sees what
    /// those it waited for have written.
    func begin(alone: Bool) throws {
        try run(
            alone
                ? "BEGIN ISOLATION LEVEL REPEATABLE READ; LOCK TABLE lane IN SHARE ROW EXCLUSIVE MODE"
                : "BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE lane IN ROW EXCLUSIVE MODE")
    }

    func commit() throws {
        settle()
        notices.states.removeAll()
        let result = PQexec(handle, "COMMIT")
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        if isBroken { throw OutcomeUnknown(reason: "the connection broke during COMMIT") }
        guard status == PGRES_COMMAND_OK else { throw fault(result) }
        // A transaction that had failed answers COMMIT with ROLLBACK, and that is no commit.
        guard String(cString: PQcmdStatus(result)) == "COMMIT" else {
            throw PostgresFault(state: "25P02", message: "the transaction had failed")
        }
        if notices.states.contains("01000") { throw OutcomeUnknown(reason: "the wait for the standby was cut short") }
    }

    func mayRetry(after error: any Error) -> Bool {
        guard let fault = error as? PostgresFault else { return false }
        return fault.state == "40001" || fault.state == "40P01"
    }

    func refusal(for error: any Error) -> Refusal? {
        guard let fault = error as? PostgresFault else { return nil }
        switch fault.state {
        case "53100": return Refusal(.full, "web.refusal.diskFull")
        case "", "57P01", "57P02", "57P03": return Refusal(.unavailable, "web.refusal.databaseAway")
        default: return nil
        }
    }

    func abandon() {
        settle()
        if PQtransactionStatus(handle) != PQTRANS_IDLE { try? run("ROLLBACK") }
    }

    /// From here to `endSnapshot` all reads see the database as it was at the first of them.
    func openSnapshot() { isToOpen = true }

    /// Sends the ROLLBACK and does not wait: the page is made meanwhile. Whoever uses the connection next fetches the
    /// answer first.
    func endSnapshot() {
        if isToOpen {
            isToOpen = false
        } else if PQtransactionStatus(handle) == PQTRANS_INTRANS, PQsendQuery(handle, "ROLLBACK") == 1 {
            owesAnswer = true
        } else {
            abandon()
        }
    }

    private func settle() {
        guard owesAnswer else { return }
        owesAnswer = false
        while let result = PQgetResult(handle) { PQclear(result) }
    }

    /// BEGIN and the first statement together. Whatever went wrong with the first is the answer.
    private func opening(_ statement: () -> Int32) throws -> OpaquePointer? {
        isToOpen = false
        guard PQenterPipelineMode(handle) == 1 else { throw fault(nil) }
        let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
        let isSent =
            PQsendQueryParams(handle, begin, 0, nil, nil, nil, nil, 0) == 1 && statement() == 1
            && PQpipelineSync(handle) == 1
        defer { PQexitPipelineMode(handle) }
        guard isSent else { throw fault(nil) }
        // Each statement's result is followed by nothing, the last of all by the mark of the end.
        var results: [OpaquePointer?] = []
        while !isBroken, results.count < 2 || PQresultStatus(results[results.count - 1]) != PGRES_PIPELINE_SYNC {
            if let result = PQgetResult(handle) { results.append(result) }
        }
        // The statement's own result is the caller's to clear.
        let own = results.count > 1 ? results.remove(at: 1) : nil
        defer { for result in results { PQclear(result) } }
        do {
            guard let begun = results.first, own != nil else { throw fault(nil) }
            try check(begun)
        } catch {
            PQclear(own)
            throw error
        }
        return own
    }

    private func send(_ sql: SQL) throws -> OpaquePointer? {
        settle()
        let (text, values) = sql.spelled(for: .postgres)
        let name = try preparedName(text)
        var storage: [[UInt8]?] = []
        var formats: [Int32] = []
        storage.reserveCapacity(values.count)
        formats.reserveCapacity(values.count)
        for value in values {
            switch value {
            case .null: storage.append(nil); formats.append(0)
            case .integer(let number): storage.append(Array("\(number)".utf8) + [0]); formats.append(0)
            case .flag(let flag): storage.append(flag ? [116, 0] : [102, 0]); formats.append(0)
            case .text(let text): storage.append(Array(text.utf8) + [0]); formats.append(0)
            case .bytes(let bytes): storage.append(bytes.isEmpty ? [] : bytes); formats.append(1)
            case .id(let id): storage.append(id.bytes); formats.append(1)
            }
        }
        let lengths = zip(storage, values).map { bytes, value -> Int32 in
            if case .text = value { return Int32((bytes?.count ?? 1) - 1) }
            return Int32(bytes?.count ?? 0)
        }
        let count = Int32(values.count)
        let result = try withPointers(storage) { pointers in
            isToOpen
                ? try opening { PQsendQueryPrepared(handle, name, count, pointers, lengths, formats, 1) }
                : PQexecPrepared(handle, name, count, pointers, lengths, formats, 1)
        }
        do { try check(result) } catch {
            PQclear(result)
            throw error
        }
        return result
    }

    /// Hands C the start of each value, all of them copied into one piece of memory for the time of the call.
    private func withPointers<Answer>(
        _ storage: [[UInt8]?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) throws -> Answer
    ) rethrows -> Answer {
        var joined: [UInt8] = []
        var starts: [Int?] = []
        for bytes in storage {
            starts.append(bytes == nil ? nil : joined.count)
            joined += bytes ?? []
        }
        joined.append(0)
        return try joined.withUnsafeBytes { buffer in
            let start = buffer.baseAddress.map { $0.assumingMemoryBound(to: CChar.self) }
            let pointers: [UnsafePointer<CChar>?] = starts.map { place in place.flatMap { start?.advanced(by: $0) } }
            return try pointers.withUnsafeBufferPointer { try body($0.baseAddress) }
        }
    }

    private func preparedName(_ text: String) throws -> String {
        if let name = prepared[text] { return name }
        let name = "s\(prepared.count)"
        let result = PQprepare(handle, name, text, 0, nil)
        defer { PQclear(result) }
        try check(result)
        prepared[text] = name
        return name
    }

    private func check(_ result: OpaquePointer?) throws {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return
        default: throw fault(result)
        }
    }

    private func fault(_ result: OpaquePointer?) -> PostgresFault {
        let state = PQresultErrorField(result, CChar(UInt8(ascii: "C")).asDiagnostic).map { String(cString: $0) } ?? ""
        let message =
            result.map { String(cString: PQresultErrorMessage($0)) } ?? String(cString: PQerrorMessage(handle))
        return PostgresFault(state: isBroken ? "" : state, message: message)
    }

    private func value(_ result: OpaquePointer?, _ row: Int32, _ column: Int32, _ type: Oid) throws -> Value {
        if PQgetisnull(result, row, column) == 1 { return .null }
        let length = Int(PQgetlength(result, row, column))
        guard let start = PQgetvalue(result, row, column) else { return .null }
        let bytes = UnsafeRawBufferPointer(start: start, count: length)
        switch type {
        case 20: return .integer(Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)))
        case 23: return .integer(Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self))))
        case 21: return .integer(Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self))))
        case 16: return .flag(bytes.first != 0)
        case 17: return .bytes(Array(bytes))
        case 25, 1043, 19, 705: return .text(String(decoding: bytes, as: UTF8.self))
        case 2950:
            guard let id = ID(bytes: bytes) else { throw RowFault(column: "\(column)", found: "\(length) bytes") }
            return .id(id)
        default:
            throw RowFault(
                column: String(cString: PQfname(result, column)),
                found: "PostgreSQL type \(type); cast it to one both engines know, such as CAST(sum(n) AS BIGINT)")
        }
    }
}

extension CChar {
    fileprivate var asDiagnostic: Int32 { Int32(self) }
}
