import Core
import Foundation

/// What an operation came to.
struct OperationOutcome: Sendable {
    let id: ID
    let fingerprint: [UInt8]
    let actor: ID?
    let at: Instant
    let receipt: Receipt
    /// Written once and never asked for again here.
    private(set) var seconds: Int?

    init(operation: Operation, actor: ID?, at: Instant, receipt: Receipt) {
        id = operation.id
        fingerprint = operation.fingerprint
        seconds = operation.seconds
        self.actor = actor
        self.at = at
        self.receipt = receipt
    }

    private init(row: Row) throws {
        id = try row.id("id")
        fingerprint = try row.bytes("fingerprint")
        actor = try row.optionalID("actor_id")
        at = try row.instant("at")
        receipt = try JSONDecoder().decode(Receipt.self, from: Data(try row.text("receipt").utf8))
    }

    static func find(_ ids: [ID], _ reader: any Reader) throws -> [ID: OperationOutcome] {
        guard !ids.isEmpty else { return [:] }
        var found: [ID: OperationOutcome] = [:]
        for piece in Journal.pieces(of: ids) {
            for row in try reader.rows(
                """
                SELECT id, fingerprint, actor_id, at, receipt FROM operation WHERE id IN (\(SQL.list(piece)))
                """)
            {
                let outcome = try OperationOutcome(row: row)
                found[outcome.id] = outcome
            }
        }
        return found
    }

    /// The first result again, for the same person asking for the same thing; a conflict otherwise.
    func answer(to operation: Operation, by actor: ID?) -> Result<Written, any Error> {
        guard operation.fingerprint == fingerprint, self.actor == actor else {
            return .failure(Refusal(.conflict, "web.refusal.operationReused"))
        }
        return .success(Written(receipt: receipt, repeated: true))
    }
}

/// The operations and audit records of one transaction, written together at its end: on PostgreSQL each statement
/// is work of the server's own, so they go in a few large ones, and in one journey.
struct Journal {
    struct Line {
        let record: AuditRecord
        let link: [UInt8]
    }

    private var outcomes: [OperationOutcome] = []
    private var lines: [Line] = []

    mutating func add(_ outcome: OperationOutcome) { outcomes.append(outcome) }

    mutating func add(_ line: Line) { lines.append(line) }

    /// An operation that stands in this very batch already: the same tap, sent twice.
    func outcome(of id: ID) -> OperationOutcome? { outcomes.first { $0.id == id } }

    func write(_ connection: any WritingConnection) throws {
        for piece in Journal.pieces(of: outcomes) {
            let rows = piece.map { outcome -> SQL in
                """
                (\(outcome.id), \(outcome.fingerprint), \(outcome.actor), \(outcome.at), \(outcome.receipt.line), \
                \(outcome.seconds))
                """
            }
            let statement: SQL = """
                INSERT INTO operation (id, fingerprint, actor_id, at, receipt, seconds) VALUES \(SQL.joined(rows, by: ", "))
                ON CONFLICT (id) DO NOTHING
                """
            try connection.soon(writing: statement) { kept in
                guard kept == rows.count else { throw Overtaken.operation }
            }
        }
        for piece in Journal.pieces(of: lines) {
            let rows = piece.map { line -> SQL in
                let r = line.record
                return """
                    (\(r.lane), \(r.number), \(r.at), \(r.operation), \(r.actor), \(r.act), \(r.capability), \
                    \(r.grant), \(r.subjectKind), \(r.subject), \(r.detail), \(line.link))
                    """
            }
            let statement: SQL = """
                INSERT INTO audit (lane, number, at, operation_id, actor_id, act, capability, grant_id, \
                subject_kind, subject_id, detail, link) VALUES \(SQL.joined(rows, by: ", "))
                """
            try connection.soon(writing: statement) { _ in }
        }
    }

    /// Cuts a list into lengths of 32, 16, 8, 4, 2 and 1, so that only six texts of a statement ever exist to be
    /// prepared.
    static func pieces<Element>(of all: [Element]) -> [[Element]] {
        var pieces: [[Element]] = []
        var start = 0
        while start < all.count {
            var length = 32
            while length > all.count - start { length /= 2 }
            pieces.append(Array(all[start..<start + length]))
            start += length
        }
        return pieces
    }
}
