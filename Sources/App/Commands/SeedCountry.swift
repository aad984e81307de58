import ArgumentParser
import Core
import Foundation

struct SeedCountry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "country",
        abstract: "An invented country of any size, to try and to measure with: 100,000 areas are a whole one.")

    @OptionGroup var options: SettingOptions
    @Option(help: "How many residential areas, 1 to 1,000,000.") var scale = 10_000
    @Option(help: "One area in so many has a dossier with all its values; 0 for none.") var dossiers = 20
    @Option(help: "The same number makes the same country.") var seed: UInt64 = 1

    func validate() throws {
        guard (1...1_000_000).contains(scale) else { throw ValidationError("--scale must be from 1 to 1000000") }
        guard dossiers >= 0 else { throw ValidationError("--dossiers cannot be negative") }
    }

    func run() async throws {
        let settings = try options.settings()
        let start = ContinuousClock.now
        let target = SeedTarget(settings, clock: SeedClock())
        var progress = Progress("areas", of: scale)
        let counts = try await target.fill { database, _ in
            let story = try DemonstrationFiles.read(settings.assets + "/Demonstration")
            let work = CountrySeed(
                database: database, dossierEvery: dossiers, criteria: story.criteria, today: story.year.today)
            try await work.write(Country(scale: scale, seed: seed), seed: seed) { progress.reached($0) }
            return try await DemonstrationCount.all(of: story.year.today, database)
        }
        target.report(counts, since: start)
    }
}
