import Core
import Foundation

/// One operation's share of the lane's transaction. It lives as long as the effect runs.
package final class Transaction: Writer {
    private let connection: any WritingConnection
    /// The instant of the act, the same for all its rows.
    package let now: Instant
    package let ids: IDSource
    private(set) var details: [Detail] = []

    /// One change as the audit trail keeps it.
    struct Detail {
        let what: String
        let before: String?
        let after: String?
    }

    init(connection: any WritingConnection, now: Instant, ids: IDSource) {
        self.connection = connection
        self.now = now
        self.ids = ids
    }

    /// Asks within the transaction: it sees what it wrote.
    package func rows(_ sql: SQL) throws -> [Row] { try connection.rows(sql) }

    /// - Returns: how many rows were touched.
    @discardableResult package func execute(_ sql: SQL) throws -> Int { try connection.execute(sql) }

    /// Adds what changed to the audit record of this act. Values are those a reader of the trail must see to
    /// understand it; never a secret, never what a ballot or a resident said.
    package func note(_ what: String, from before: String? = nil, to after: String? = nil) {
        details.append(Detail(what: what, before: before, after: after))
    }

    /// Moves a subject's revision on, from the one the permit named. Refused when somebody was faster.
    package func move(_ kind: StaticString, _ id: ID, from revision: Int) throws {
        try connection.soon(
            writing: "UPDATE \(SQL(name: kind)) SET revision = revision + 1 WHERE id = \(id) AND revision = \(revision)"
        ) { touched in
            guard touched == 1 else { throw Ground.moved }
        }
    }

    /// A question whose answer may refuse the act, together with the act's first statement.
    func soon(asking sql: SQL, _ check: @escaping ([Row]) throws -> Void) throws {
        try connection.soon(asking: sql, check)
    }

    var detailJSON: String { "[" + details.map(\.line).joined(separator: ",") + "]" }
}

extension JSONEncoder {
    /// Keys in order and slashes plain, so that the same value is the same bytes on every machine.
    package static var steady: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
