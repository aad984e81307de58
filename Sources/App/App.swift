// App: the program `kieumau`: its commands, its settings, and the wiring of all features. It is the only room that
// knows every feature.
//
//   Wiring, SchemaOrder    which features there are and in which order their tables come to be
//   Settings               environment, file and options, in one order of precedence
//   Live                   the real clock, ids and secrets
//   Commands/              init, serve, migrate, seed, verify, doctor, user
//   Demonstration/         what `seed demo` reads from the folder Demonstration and puts in through the features' stores

import ArgumentParser

/// `kieumau` alone prints what it can do.
package struct Kieumau: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "kieumau",
        abstract: "Kiểu Mẫu: model residential areas, from criteria to recognition.",
        subcommands: [Init.self, Serve.self, Migrate.self, Seed.self, Verify.self, Doctor.self, User.self])

    package init() {}

    /// Runs the command that the arguments name, and ends the process.
    package static func start() async { await main() }
}

/// What an exit code says, as in sysexits.h.
package enum ExitCodes {
    /// Something typed on the command line is wrong.
    package static let usage = ExitCode(64)
    /// The database or a file cannot be used as it is.
    package static let data = ExitCode(65)
    /// The address or the database is taken or away.
    package static let unavailable = ExitCode(69)
    /// A file could not be made.
    package static let cannotCreate = ExitCode(73)
    /// A failing disk: the supervisor starts the program again, and it checks itself first.
    package static let failing = ExitCode(75)
    /// A setting is unknown or makes no sense.
    package static let configuration = ExitCode(78)
}

/// Ends the command with words and a code, never with a crash.
func stop(_ words: String, _ code: ExitCode) -> ExitCode {
    Terminal.say(words)
    return code
}
