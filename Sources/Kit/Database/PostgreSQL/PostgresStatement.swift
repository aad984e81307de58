import CPostgres
import Core

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A statement that the server has prepared, by its text; what its answers look like is learnt from the first of them.
final class PostgresStatement {
    let name: String
    private var shape: (columns: Row.Columns, types: [Oid])?

    init(name: String) { self.name = name }

    func shape(of result: OpaquePointer?) -> (columns: Row.Columns, types: [Oid]) {
        if let shape { return shape }
        let count = PQnfields(result)
        let found = (
            columns: Row.Columns((0..<count).map { String(cString: PQfname(result, $0)) }),
            types: (0..<count).map { PQftype(result, $0) }
        )
        shape = found
        return found
    }
}

/// What goes to the server together with the statement behind it.
enum PostgresAhead {
    /// BEGIN, a lock, a savepoint.
    case text(String)
    case asking(SQL, ([Row]) throws -> Void)
    case writing(SQL, (Int) throws -> Void)

    var isText: Bool {
        if case .text = self { true } else { false }
    }
}

/// One statement with its values as the server takes them.
struct PostgresCall {
    let statement: PostgresStatement
    /// All values in a row, and where each begins; nil where it is null.
    private var joined: [UInt8] = []
    private var starts: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ statement: PostgresStatement, _ values: [Value]) {
        self.statement = statement
        starts.reserveCapacity(values.count)
        lengths.reserveCapacity(values.count)
        formats.reserveCapacity(values.count)
        for value in values {
            let start = joined.count
            var isBinary = false
            switch value {
            case .null: break
            case .integer(let number): joined += "\(number)".utf8
            case .flag(let flag): joined.append(flag ? 116 : 102)
            case .text(let text): joined += text.utf8
            case .bytes(let bytes):
                joined += bytes
                isBinary = true
            case .id(let id):
                withUnsafeBytes(of: id.high.bigEndian) { joined += $0 }
                withUnsafeBytes(of: id.low.bigEndian) { joined += $0 }
                isBinary = true
            }
            if case .null = value { starts.append(nil) } else { starts.append(start) }
            lengths.append(Int32(joined.count - start))
            formats.append(isBinary ? 1 : 0)
            // What goes as text ends as C wants it.
            joined.append(0)
        }
        joined.append(0)
    }

    /// Hands C the statement's name, the number of values, and each value's start, length and format.
    func with<Answer>(
        _ body: (UnsafePointer<CChar>, Int32, UnsafePointer<UnsafePointer<CChar>?>?, [Int32], [Int32]) -> Answer
    ) -> Answer {
        joined.withUnsafeBytes { buffer in
            let start = buffer.baseAddress.map { $0.assumingMemoryBound(to: CChar.self) }
            let pointers: [UnsafePointer<CChar>?] = starts.map { place in place.flatMap { start?.advanced(by: $0) } }
            return pointers.withUnsafeBufferPointer { pointers in
                statement.name.withCString { name in
                    body(name, Int32(starts.count), pointers.baseAddress, lengths, formats)
                }
            }
        }
    }
}

extension PostgresConnection {
    func rows(_ sql: SQL) throws -> [Row] {
        let call = try call(sql)
        let result = try send(call)
        defer { PQclear(result) }
        return try rows(of: result, call.statement)
    }

    func rows(_ first: SQL, and second: SQL) throws -> ([Row], [Row]) {
        var found: [Row] = []
        ahead.append(.asking(first) { found = $0 })
        let last = try rows(second)
        return (found, last)
    }

    @discardableResult func execute(_ sql: SQL) throws -> Int {
        let result = try send(call(sql))
        defer { PQclear(result) }
        return touched(result)
    }

    func setSavepoint() throws { ahead.append(.text("SAVEPOINT act")) }

    /// Nothing to be done while the savepoint has not even been set.
    func moveSavepoint() throws {
        if !ahead.contains(where: \.isText) { ahead += [.text("RELEASE act"), .text("SAVEPOINT act")] }
    }

    func goBack() throws {
        if ahead.contains(where: \.isText) {
            ahead.removeAll { !$0.isText }
        } else {
            ahead = []
            try run("ROLLBACK TO act")
        }
    }

    func soon(asking sql: SQL, _ check: @escaping ([Row]) throws -> Void) throws { ahead.append(.asking(sql, check)) }

    func soon(writing sql: SQL, _ check: @escaping (Int) throws -> Void) throws { ahead.append(.writing(sql, check)) }

    func catchUp() throws {
        if ahead.contains(where: { !$0.isText }) { PQclear(try journey(to: nil)) }
    }

    private func call(_ sql: SQL) throws -> PostgresCall {
        settle()
        let (text, values) = sql.spelled(for: .postgres)
        if let known = prepared[text] { return PostgresCall(known, values) }
        let statement = PostgresStatement(name: "s\(prepared.count)")
        let result = PQprepare(handle, statement.name, text, 0, nil)
        defer { PQclear(result) }
        try check(result)
        prepared[text] = statement
        return PostgresCall(statement, values)
    }

    private func send(_ call: PostgresCall) throws -> OpaquePointer? {
        answered &+= 1
        // A long act of many statements (an import of a country) goes on; one statement without an answer does not.
        if answered.isMultiple(of: 64) { deadline.renew(socket: socket) }
        guard ahead.isEmpty else { return try journey(to: call) }
        let result = call.with { PQexecPrepared(handle, $0, $1, $2, $3, $4, 1) }
        do { try check(result) } catch {
            PQclear(result)
            throw error
        }
        return result
    }

    /// Carries out all that goes ahead and then `own`, in one journey, and answers with what `own` came to. Of several
    /// faults the first is thrown; the server has carried out nothing behind it.
    func journey(to own: PostgresCall?) throws -> OpaquePointer? {
        settle()
        let company = ahead
        ahead = []
        let calls: [PostgresCall?] = try company.map { piece in
            switch piece {
            case .text: nil
            case .asking(let sql, _), .writing(let sql, _): try call(sql)
            }
        }
        guard PQenterPipelineMode(handle) == 1 else { throw fault(nil) }
        var isSent = true
        for (piece, call) in zip(company, calls) where isSent {
            if case .text(let text) = piece {
                isSent = PQsendQueryParams(handle, text, 0, nil, nil, nil, nil, 0) == 1
            } else if let call {
                isSent = post(call)
            }
        }
        if let own, isSent { isSent = post(own) }
        isSent = isSent && PQpipelineSync(handle) == 1
        defer { PQexitPipelineMode(handle) }
        guard isSent else {
            // Half a journey is on its way, and nobody could tell its answers from those of the next: the line is cut.
            defer { shutdown(socket, Int32(SHUT_RDWR)) }
            throw fault(nil)
        }
        // Each statement's result is followed by nothing, the last of all by the mark of the end.
        var results: [OpaquePointer?] = []
        while !isBroken {
            guard let result = PQgetResult(handle) else { continue }
            if PQresultStatus(result) == PGRES_PIPELINE_SYNC {
                PQclear(result)
                break
            }
            results.append(result)
        }
        // The statement's own result is the caller's to clear.
        let answer = own != nil && results.count > company.count ? results.remove(at: company.count) : nil
        defer { for result in results { PQclear(result) } }
        do {
            guard results.count >= company.count, answer != nil || own == nil else { throw fault(nil) }
            for ((piece, call), result) in zip(zip(company, calls), results) {
                try check(result)
                switch piece {
                case .text: break
                case .asking(_, let hold): if let call { try hold(rows(of: result, call.statement)) }
                case .writing(_, let hold): try hold(touched(result))
                }
            }
            if own != nil { try check(answer) }
        } catch {
            PQclear(answer)
            throw error
        }
        return answer
    }

    private func post(_ call: PostgresCall) -> Bool {
        call.with { PQsendQueryPrepared(handle, $0, $1, $2, $3, $4, 1) } == 1
    }

    private func touched(_ result: OpaquePointer?) -> Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    private func rows(of result: OpaquePointer?, _ statement: PostgresStatement) throws -> [Row] {
        let (columns, types) = statement.shape(of: result)
        let count = Int32(types.count)
        return try (0..<PQntuples(result)).map { row in
            Row(columns: columns, values: try (0..<count).map { try value(result, row, $0, types[Int($0)]) })
        }
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
            guard length == 16 else { throw RowFault(column: "\(column)", found: "\(length) bytes") }
            // Most of a page's values; letter by letter they cost a third of the reading.
            return .id(
                ID(
                    high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                    low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))))
        default:
            throw RowFault(
                column: String(cString: PQfname(result, column)),
                found: "PostgreSQL type \(type); cast it to one both engines know, such as CAST(sum(n) AS BIGINT)")
        }
    }
}
