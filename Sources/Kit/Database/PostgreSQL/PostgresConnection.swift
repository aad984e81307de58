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
    let handle: OpaquePointer
    var prepared: [String: PostgresStatement] = [:]
    /// What goes to the server together with the next statement, before it.
    var ahead: [PostgresAhead] = []
    /// A warning that came during a COMMIT: the row may be on no standby although COMMIT "succeeded".
    private let notices = Notices()
    let deadline: Deadline
    /// The answer to the last snapshot's ROLLBACK has not been fetched yet.
    private var owesAnswer = false
    /// How many statements were carried out.
    var answered = 0

    final class Notices { var states: [String] = [] }

    /// Connects and sets the session up. Throws `UnfitDatabase` when the server would lose acknowledged commits.
    /// A server that does not answer is given up after five seconds for each of its addresses, where the conninfo
    /// names no `connect_timeout` of its own.
    init(_ conninfo: String, schema: String?, deadline: Deadline) throws {
        self.deadline = deadline
        // Of two values for one name the later counts, and what the conninfo says comes later.
        let handle = "connect_timeout".withCString { timeout in
            "5".withCString { seconds in
                "dbname".withCString { name in
                    conninfo.withCString { conninfo in
                        PQconnectdbParams([timeout, name, nil], [seconds, conninfo, nil], 1)
                    }
                }
            }
        }
        guard let handle else { throw PostgresFault(state: "", message: "out of memory") }
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
        let watch = deadline.begin(socket: PQsocket(handle))
        defer { deadline.end(watch) }
        try run(
            "SET client_encoding = 'UTF8'; SET TimeZone = 'UTC'; SET default_transaction_isolation = 'repeatable read'")
        if let schema { try run("SET search_path = \"\(schema)\"") }
        try refuseUnfitServer()
    }

    deinit { PQfinish(handle) }

    private func refuseUnfitServer() throws {
        for name in ["fsync", "full_page_writes", "synchronous_commit"] {
            let value = try rows("SELECT current_setting(\(name)) AS value").first?.text("value") ?? ""
            // `local` and `remote_write` acknowledge what a standby may lose.
            guard value == "on" || value == "remote_apply" else {
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

    func run(_ statement: String) throws {
        if !ahead.isEmpty { PQclear(try journey(to: nil)) }
        settle()
        let result = PQexec(handle, statement)
        defer { PQclear(result) }
        try check(result)
    }

    func begin() throws { try run("BEGIN ISOLATION LEVEL REPEATABLE READ") }

    /// The server may see a race where there is none, and again and again: when somebody's long transaction anywhere
    /// on it made it forget the details of the short ones since. So whoever lost one stays alone for the next try,
    /// and then needs no guard against races. Taking a lock on a table looks at no data: the transaction sees what
    /// those it waited for have written.
    func begin(alone: Bool) throws {
        if alone { deadline.renew(socket: socket) }
        ahead = [
            .text("BEGIN ISOLATION LEVEL " + (alone ? "REPEATABLE READ" : "SERIALIZABLE")),
            .text("LOCK TABLE lane IN " + (alone ? "SHARE ROW EXCLUSIVE MODE" : "ROW EXCLUSIVE MODE")),
        ]
    }

    func commit() throws {
        // Whatever may still refuse has its say before the COMMIT goes.
        if !ahead.isEmpty { PQclear(try journey(to: nil)) }
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
        ahead = []
        settle()
        if PQtransactionStatus(handle) != PQTRANS_IDLE { try? run("ROLLBACK") }
    }

    /// From here to `endSnapshot` all reads see the database as it was at the first of them.
    func openSnapshot() { ahead = [.text("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")] }

    /// Sends the ROLLBACK and does not wait: the page is made meanwhile. Whoever uses the connection next fetches the
    /// answer first.
    func endSnapshot() {
        // What waited for a statement that did not come; where nothing was read, the opening itself.
        ahead = []
        if PQtransactionStatus(handle) == PQTRANS_INTRANS, PQsendQuery(handle, "ROLLBACK") == 1 {
            owesAnswer = true
        } else {
            abandon()
        }
    }

    func settle() {
        guard owesAnswer else { return }
        owesAnswer = false
        while let result = PQgetResult(handle) { PQclear(result) }
    }

    func check(_ result: OpaquePointer?) throws {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return
        default: throw fault(result)
        }
    }

    func fault(_ result: OpaquePointer?) -> PostgresFault {
        let state = PQresultErrorField(result, CChar(UInt8(ascii: "C")).asDiagnostic).map { String(cString: $0) } ?? ""
        let message =
            result.map { String(cString: PQresultErrorMessage($0)) } ?? String(cString: PQerrorMessage(handle))
        return PostgresFault(state: isBroken ? "" : state, message: message)
    }
}

extension CChar {
    fileprivate var asDiagnostic: Int32 { Int32(self) }
}
