import ArgumentParser

/// The parts of `Benchmarks/run` that must be measured from within. Not part of the product.
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kieumau-bench",
        subcommands: [
            LimitsCommand.self, ServeCommand.self, SavesCommand.self, SpreadsheetCommand.self, ScoringCommand.self,
            SearchCommand.self, PhotographCommand.self, BallotsCommand.self, GridCommand.self,
            MovesCommand.self,
        ])

    static func start() async { await main() }
}

await Bench.start()
