import Core
import Database
import Documents
import Logging
import ServiceLifecycle

/// Takes away kept files that no row refers to: what was put and then refused, what was replaced, what was taken out.
///
/// A file goes when it was not put for thirty days (`age`) and no column of `references` names it. Whoever puts it again
/// meanwhile keeps it (`ContentStore.remove(_:unlessPutSince:)`). The thirty days are for whoever goes back to an older
/// backup of the database while the files stay: rows that are not there any more do not cost files yet.
package struct ContentSweep: Sendable {
    /// What a sweep did.
    package struct Report: Sendable, Equatable {
        package var removed: Int
        /// Files that a crash had left half written.
        package var unfinished: Int
        /// The folder holds the files of another database: nothing was touched.
        package var isElsewhere: Bool

        package init(removed: Int = 0, unfinished: Int = 0, isElsewhere: Bool = false) {
            self.removed = removed
            self.unfinished = unfinished
            self.isElsewhere = isElsewhere
        }
    }

    /// In seconds.
    package static let age = 30 * 86_400
    private static let batch = 500

    private let database: Database
    private let files: ContentStore
    private let references: [ContentReference]

    package init(_ database: Database, _ files: ContentStore, references: [ContentReference] = Wiring.contents) {
        self.database = database
        self.files = files
        self.references = references
    }

    /// - Parameter seconds: how long a file was not put.
    package func sweep(olderThan seconds: Int = ContentSweep.age) async throws -> Report {
        var report = Report()
        guard try !files.shelves().isEmpty else { return report }
        guard try await files.claim(for: owner()) else {
            report.isElsewhere = true
            return report
        }
        let now = Int(database.world.clock.now().milliseconds / 1_000)
        let limit = try files.limit(asOf: now, olderThan: seconds)
        for shelf in try files.shelves() {
            var old = try files.old(on: shelf, before: limit)[...]
            while !old.isEmpty {
                let batch = Array(old.prefix(Self.batch))
                old = old.dropFirst(Self.batch)
                let references = references
                let needed = try await database.read { try Self.needed(batch, by: references, $0) }
                for address in batch where !needed.contains(address) {
                    if try files.remove(address, unlessPutSince: limit) { report.removed += 1 }
                }
            }
            report.unfinished += try files.removeUnfinished(on: shelf, before: limit)
        }
        return report
    }

    /// Which of these are recorded somewhere by a row that needs them.
    package static func needed(
        _ addresses: [ContentAddress], by references: [ContentReference] = Wiring.contents, _ reader: any Reader
    ) throws -> Set<ContentAddress> {
        var needed: Set<ContentAddress> = []
        for reference in references {
            let (table, column) = (SQL(name: reference.table), SQL(name: reference.column))
            let condition: SQL = reference.isNeeded.map { "AND \(SQL(name: $0))" } ?? ""
            for row in try reader.rows(
                """
                SELECT DISTINCT \(column) AS address FROM \(table)
                WHERE \(column) IN (\(SQL.list(addresses.map(\.hex)))) \(condition)
                """)
            {
                if let address = ContentAddress(try row.text("address")) { needed.insert(address) }
            }
        }
        return needed
    }

    /// What tells this database from another one that was pointed at the same folder; made at the first sweep.
    private func owner() async throws -> String {
        let known: @Sendable (any Reader) throws -> String? = { reader in
            try reader.first("SELECT value FROM installation WHERE name = 'files'")?.text("value")
        }
        if let owner = try await database.read(known) { return owner }
        return try await database.unattended(
            .job,
            giving: { tx in
                if let owner = try known(tx) { return owner }
                let owner = "\(tx.ids.next())"
                try tx.execute("INSERT INTO installation (name, value) VALUES ('files', \(owner))")
                tx.note("installation.files", to: owner)
                return owner
            })
    }
}

/// Sweeps beside the server, for the first time an hour after its start and then once a day.
package struct SweepService: Service {
    /// Before the first round and between two rounds.
    package static let pauses = (first: Duration.seconds(3_600), next: Duration.seconds(86_400))

    private let sweep: ContentSweep
    private let database: Database
    private let log: Logger
    private let wait: @Sendable (Duration) async throws -> Void

    /// - Parameter wait: waits so long, or throws when there is nothing more to wait for.
    package init(
        _ sweep: ContentSweep, _ database: Database, log: Logger,
        wait: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.sweep = sweep
        self.database = database
        self.log = log
        self.wait = wait
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var pause = Self.pauses.first
            while !Task.isCancelled {
                // Whatever ends the waiting ends the rounds: the program is on its way out.
                do { try await wait(pause) } catch { return }
                guard !Task.isCancelled else { return }
                pause = Self.pauses.next
                if !database.gate.isShut { await once() }
            }
        }
    }

    /// A fault is told and the next round comes all the same.
    private func once() async {
        do {
            let report = try await sweep.sweep()
            if report.isElsewhere {
                log.warning("the folder of files belongs to another database (files/.owner): it is not swept")
            } else if report.removed + report.unfinished > 0 {
                log.notice(
                    "\(report.removed) files that no record needs are gone, \(report.unfinished) unfinished ones too")
            }
        } catch {
            log.error("the files were not swept", metadata: ["error": "\(error)"])
        }
    }
}
