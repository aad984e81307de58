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

    /// Opens the database; makes the folder and the schema of a new embedded one.
    package static func open(_ settings: Settings, log: Logger, mustExist: Bool = true) async throws -> House {
        let live = Live()
        let database = try connect(settings, live.world, log: log)
        do {
            if settings.postgres == nil, try await !isPrepared(database) {
                try await database.migrate(SchemaOrder.migrations)
            }
            let demonstration = try? await database.read { reader in
                try reader.first("SELECT value FROM installation WHERE name = 'demonstration_day'")?.day("value")
            }
            live.demonstrationDay.set(demonstration ?? nil)
            if FailureMark(settings).isThere {
                database.gate.keepShut(because: "the last run ended with a failing disk")
            }
            let files = ContentStore(root: settings.filesPath)
            let seal = try await KeyFile(settings.keyPath).seal(for: database, log: log)
            return House(
                settings: settings, live: live, database: database, files: files, demonstration: demonstration ?? nil,
                seal: seal, log: log)
        } catch let unfit as UnfitDatabase {
            throw stop(unfit.description, ExitCodes.data)
        }
    }

    private static func isPrepared(_ database: Database) async throws -> Bool {
        let tables = try await database.read { reader in
            try reader.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration'").count
        }
        return tables > 0
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

    package func site() throws -> Site {
        do {
            return try Wiring.site(
                database: database, files: files, assets: try Assets(root: settings.assets),
                settings: SiteSettings(
                    isSecure: settings.isSecure, isDemonstration: demonstration != nil, address: settings.address),
                slipAddress: settings.publicAddress?.description, seal: seal,
                ballots: ballotKeys, moveDay: { [live] day in live.demonstrationDay.set(day) }, log: log)
        } catch let fault as AssetFault {
            throw stop(fault.description, ExitCodes.configuration)
        }
    }
}
