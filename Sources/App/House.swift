import ArgumentParser
import Ballots
import Core
import Database
import Documents
import Foundation
import Logging
import People
import Web

/// Everything open: settings, world, database and files. Made once by a command.
package struct House: Sendable {
    package let settings: Settings
    package let live: Live
    package let database: Database
    package let files: ContentStore
    /// The mark of a demonstration, set when its database was made; nil in a real office.
    package let demonstration: Day?
    /// What the secrets in the database are sealed with.
    package let seal: PeopleSeal
    let log: Logger

    /// What a command opens the database for.
    package enum Purpose: Sendable {
        /// To make it where there is none yet. Every other command is turned away from a folder without a database, so
        /// that a mistyped one is not taken for an empty installation in good order.
        case making
        case working
        /// To look at what is there; nothing is made beside it either.
        case looking
    }

    /// Opens the database.
    ///
    /// - Throws: an exit code with words where there is none, or none that can be used.
    package static func open(
        _ settings: Settings, log: Logger, for purpose: Purpose = .working
    ) async throws -> House {
        Memory.keepTogether()
        let live = Live()
        if purpose != .making, settings.postgres == nil,
            !FileManager.default.fileExists(atPath: settings.databasePath)
        {
            throw nothing(at: settings.databasePath, "is not there")
        }
        let database = try connect(settings, live.world, log: log)
        do {
            let isThere = try await isPrepared(database)
            guard isThere || purpose == .making else {
                try? database.close()  // it ends in any case
                throw nothing(
                    at: settings.postgres == nil ? settings.databasePath : "the PostgreSQL database",
                    "holds nothing of this program")
            }
            let demonstration = try? await database.read { reader in
                try reader.first("SELECT value FROM installation WHERE name = 'demonstration_day'")?.day("value")
            }
            live.demonstrationDay.set(demonstration ?? nil)
            if FailureMark(settings).isThere {
                database.gate.keepShut(because: "the last run ended with a failing disk")
            }
            let files = ContentStore(root: settings.filesPath)
            let seal = try await KeyFile(settings.keyPath).seal(
                for: database, mayMake: purpose != .looking, log: log)
            return House(
                settings: settings, live: live, database: database, files: files, demonstration: demonstration ?? nil,
                seal: seal, log: log)
        } catch let unfit as UnfitDatabase {
            throw stop(unfit.description, ExitCodes.data)
        } catch let fault as PostgresFault {
            throw stop("PostgreSQL: \(fault.message)", ExitCodes.unavailable)
        }
    }

    private static func nothing(at place: String, _ what: String) -> ExitCode {
        stop(
            """
            \(place) \(what). Look at --data and --postgres; a new office begins with kieumau init, a trial with \
            kieumau seed demo
            """, ExitCodes.data)
    }

    private static func isPrepared(_ database: Database) async throws -> Bool {
        let tables: SQL =
            switch database.engine.kind {
            case .sqlite: "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration'"
            case .postgres:
                """
                SELECT tablename AS name FROM pg_tables
                WHERE schemaname = current_schema() AND tablename = 'schema_migration'
                """
            }
        return try await database.read { try $0.first(tables) != nil }
    }

    /// Whether nobody can sign in: a database that was made and not set up.
    func isEmpty() async throws -> Bool {
        try await database.read { try $0.first("SELECT person_id FROM account LIMIT 1") == nil }
    }

    private static func connect(_ settings: Settings, _ world: World, log: Logger) throws -> Database {
        do {
            if let conninfo = settings.postgres {
                return Database(engine: try PostgresEngine(conninfo), world: world, log: log)
            }
            try FileManager.default.createDirectory(
                atPath: settings.data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            return Database(engine: try SQLiteEngine(path: settings.databasePath), world: world, log: log)
        } catch let unfit as UnfitDatabase {
            throw stop(unfit.description, ExitCodes.unavailable)
        } catch let fault as PostgresFault {
            throw stop("PostgreSQL: \(fault.message)", ExitCodes.unavailable)
        } catch let error as CocoaError {
            throw stop("cannot make the folder \(settings.data): \(error.localizedDescription)", ExitCodes.cannotCreate)
        }
    }

    /// Before a command that writes: after a run that ended with a failing disk only `serve`, which looks first, does.
    func refuseFailingDisk() throws {
        guard database.gate.isShut else { return }
        throw stop(
            "the last run ended with a failing disk (\(FailureMark(settings).path)): start serve, which looks at the database",
            ExitCodes.failing)
    }

    /// Whether what is in the database is whole: a seed that was interrupted leaves its mark on PostgreSQL.
    func isSeedFinished() async throws -> Bool {
        try await database.read { try $0.first("SELECT value FROM installation WHERE name = 'seed'") == nil }
    }

    /// Where the keys of ballots are kept.
    package var ballotKeys: BallotsKeys { BallotKeyFolder(settings.ballotKeysPath).keys }

    /// - Parameter assets: as read already; nil to read them now.
    package func site(_ assets: Result<Assets, any Error>? = nil) throws -> Site {
        do {
            return try Wiring.site(
                database: database, files: files, assets: try assets?.get() ?? Assets(root: settings.assets),
                settings: SiteSettings(
                    isSecure: settings.isSecure, isDemonstration: demonstration != nil, address: settings.address),
                slipAddress: settings.publicAddress?.description, seal: seal,
                ballots: ballotKeys, moveDay: { [live] day in live.demonstrationDay.set(day) }, log: log)
        } catch let fault as AssetFault {
            throw stop(fault.description, ExitCodes.configuration)
        }
    }
}
