import Core
import Database
import TestKit
import Testing

@testable import Ballots

/// PostgreSQL's write-ahead log, read record by record as whoever keeps a replica or an archive of it can: what was put
/// into the ballot's tables and taken out of them, in order, with its place on disk and its writing transaction.
struct BallotsLog: Sendable {
    enum Verb: Sendable { case put, taken }

    struct Record: Sendable {
        let table: String
        let verb: Verb
        let transaction: Int
        /// As `ctid` says it: page and number on the page.
        let place: String
    }

    private let database: Database
    private let slot: String
    private let begin: String

    /// From now on. A slot keeps the server from throwing away what it no longer needs itself.
    ///
    /// - Returns: nil on the embedded engine, whose log is a file that lies among the copies.
    static func keep(_ database: Database) async throws -> BallotsLog? {
        guard database.engine.kind == .postgres else { return nil }
        let slot = "ballots_\(UInt64.random(in: 0...(.max)))"
        let begin = try await database.maintenance(reason: .test) { connection in
            try connection.run("BEGIN")
            // Cases side by side do not make it twice.
            try connection.run("SELECT pg_advisory_xact_lock(7202)")
            try connection.run("CREATE EXTENSION IF NOT EXISTS pg_walinspect SCHEMA public")
            try connection.run("COMMIT")
            try connection.run("SELECT pg_create_physical_replication_slot('\(slot)', true)")
            return try connection.rows("SELECT pg_current_wal_flush_lsn()::text AS here")
        }
        return BallotsLog(database: database, slot: slot, begin: try #require(begin.first).text("here"))
    }

    /// What was written about seals and answers since and holds, in its order; lets the server go on as it likes. What
    /// a transaction wrote that was then carried out again left its traces too, and they are no news.
    func read() async throws -> [Record] {
        var files: [String: String] = [:]
        for table in ["ballot_seal", "ballot_answer"] {
            let row = try await database.read {
                try $0.one("SELECT pg_relation_filenode(\(table)::regclass)::text AS node")
            }
            files[try row.text("node")] = table
        }
        let sought = files.keys.sorted().joined(separator: "|")
        let (begin, slot, named) = (begin, slot, files)
        return try await database.maintenance(reason: .test) { connection in
            // The file's number stands behind those of the tablespace and the database.
            let pattern = "rel [0-9]+/[0-9]+/(\(sought)) fork main"
            let rows = try connection.rows(
                """
                SELECT w.record_type, w.xid::text AS xid, w.description, w.block_ref
                FROM public.pg_get_wal_records_info(\(begin)::pg_lsn, pg_current_wal_flush_lsn()) w
                WHERE w.resource_manager IN ('Heap', 'Heap2') AND w.block_ref ~ \(pattern)
                    AND pg_xact_status(w.xid::text::xid8) = 'committed'
                ORDER BY w.start_lsn
                """)
            try connection.run("SELECT pg_drop_replication_slot('\(slot)')")
            return try rows.compactMap { try Self.record($0, named) }
        }
    }

    private static func record(_ row: Row, _ files: [String: String]) throws -> Record? {
        let (kind, block, said) = (try row.text("record_type"), try row.text("block_ref"), try row.text("description"))
        let verb: Verb? = kind.hasPrefix("INSERT") ? .put : kind.hasPrefix("DELETE") ? .taken : nil
        guard let verb else {
            // Taking dead rows off a page and hints on it say nothing of one row.
            #expect(
                !kind.contains("UPDATE") && !kind.contains("MULTI"), "a record that is not understood: \(kind) \(said)")
            return nil
        }
        let file = try #require(block.firstMatch(of: /rel \d+\/\d+\/(\d+) fork main blk (\d+)/), "\(block)")
        let number = try #require(said.firstMatch(of: /off:? (\d+)/), "\(said)")
        return Record(
            table: files[String(file.output.1)] ?? "", verb: verb, transaction: Int(try row.text("xid")) ?? 0,
            place: "(\(file.output.2),\(number.output.1))")
    }
}
