import ArgumentParser
import Core
import Database
import People

/// For the day when the key file is lost for good: nothing that it sealed will ever be read again. Everybody's telephone
/// is forgotten; who must have one is led to set it up at the next sign-in, and the next start makes a new key.
struct ForgetSecondSteps: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget-second-steps",
        abstract: "Forget everybody's telephone and recovery codes: only where the key file is lost for good.")

    @OptionGroup var options: SettingOptions
    @Flag(help: "The key file is lost for good, and everybody is to set the second step up again.")
    var keyIsLost = false

    func run() async throws {
        guard keyIsLost else {
            throw stop(
                "until they set it up again people sign in with the password alone; if the key file is lost for good, add --key-is-lost",
                ExitCodes.usage)
        }
        let settings = try options.settings()
        let house = try await House.open(settings, log: Logs.make(settings))
        try house.refuseFailingDisk()
        let seal = house.seal
        guard try await !house.database.read({ try PeopleStore.opens(seal, $0) }) else {
            throw stop(
                "the key in \(settings.keyPath) opens what was sealed: nothing is lost, and nothing was forgotten",
                ExitCodes.data)
        }
        let count = try await house.database.unattended(.commandLine, giving: { try PeopleStore.forgetSecondSteps($0) })
        Terminal.print("\(count) second steps are forgotten")
        try house.database.close()
    }
}
