import ArgumentParser
import Database
import Documents
import People

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Bring the database's schema up to this program.")

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let settings = try options.settings()
        let house = try await House.open(settings, log: Logs.make(settings), for: .making)
        try house.refuseFailingDisk()
        do {
            let steps = try await house.database.migrate(SchemaOrder.migrations)
            Terminal.print(steps.isEmpty ? "nothing to do" : steps.joined(separator: "\n"))
            if try await house.isEmpty() { Terminal.say(settings.emptyWords) }
        } catch let unfit as UnfitDatabase {
            throw stop(unfit.description, ExitCodes.data)
        }
        try house.database.close()
    }
}

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read the audit trail again from its first record and name the first that was altered.")

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let settings = try options.settings()
        let house = try await House.open(settings, log: Logs.make(settings), for: .looking)
        let report = try await house.database.read { try Audit.verify($0) }
        for fault in report.broken { Terminal.print(fault.description) }
        Terminal.print("\(report.records) records in \(report.lanes) lanes, \(report.broken.count) broken")
        try house.database.close()
        if !report.broken.isEmpty { throw ExitCodes.data }
    }
}

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what about this installation is unsafe; exit code 65 when something is.")

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let settings = try options.settings()
        let house = try await House.open(settings, log: Logs.make(settings), for: .looking)
        let health = try await house.database.engine.health()
        Terminal.print(health.version)
        var worries: [String] = []
        for warning in health.warnings { Terminal.print("note: \(warning)") }
        if try await !house.database.isMigrated(SchemaOrder.migrations) {
            worries.append("the schema is older than this program")
        }
        if house.database.gate.isShut {
            worries.append("the last run ended with a failing disk; serve looks at the database before it writes again")
        }
        // An older schema may not have the table to ask; that stands above.
        if house.seal.isMissing, (try? await house.database.read { try PeopleStore.holdsSealedSecrets($0) }) == true {
            worries.append("the key file \(settings.keyPath) is missing: codes of telephones are not accepted")
        }
        if house.demonstration == nil, !settings.isSecure {
            worries.append("cookies are not bound to HTTPS: serve with --secure behind a server with a certificate")
        }
        if !Picture.isThere { worries.append("libvips is not installed: no photograph can be taken in") }
        _ = try house.site()
        for worry in worries { Terminal.print("unsafe: \(worry)") }
        try house.database.close()
        if !worries.isEmpty { throw ExitCodes.data }
        Terminal.print("well")
    }
}
