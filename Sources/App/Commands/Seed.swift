import ArgumentParser
import Core
import Database
import Documents
import Foundation
import Synchronization

struct Seed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fill a new database with invented data.", subcommands: [SeedDemo.self, SeedCountry.self])
}

struct SeedDemo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "A living district with its people and a year of records, all invented.")

    @OptionGroup var options: SettingOptions
    @Flag(help: "Where there is a database already, leave it as it is and end well.") var ifEmpty = false

    func run() async throws {
        let settings = try options.settings()
        let start = ContinuousClock.now
        let clock = SeedClock(ids: .demonstration())
        let target = SeedTarget(settings, clock: clock)
        if ifEmpty, try await target.isFilled() {
            Terminal.print("\(target.place) is not empty: it stays as it is")
            return
        }
        var progress = Progress("demo", of: 1)
        let counts = try await target.fill { database, files in
            try await seedDemonstration(
                into: database, files: files, ballots: BallotKeyFolder(settings.ballotKeysPath).keys,
                assetsRoot: settings.assets, clock: { clock.move(to: $0) },
                progress: { done, all in
                    if done == 1 { progress = Progress("demo", of: all) }
                    progress.reached(done)
                })
        }
        target.report(counts, since: start)
    }
}

/// A clock that a seed moves through the story it tells; the machine's until it is moved.
final class SeedClock: Sendable {
    private let told = Mutex<Instant?>(nil)
    private let machine = Live().world
    private let ids: IDSource?

    /// - Parameter ids: names for records; nil for those of the machine.
    init(ids: IDSource? = nil) { self.ids = ids }

    func move(to instant: Instant) { told.withLock { $0 = instant } }

    /// Ids grow, so that rows written one after the other stand together on disk.
    var world: World {
        let clock = Clock { [self] in told.withLock { $0 } ?? machine.clock.now() }
        return World(clock: clock, ids: ids ?? machine.ids, secrets: machine.secrets)
    }
}
