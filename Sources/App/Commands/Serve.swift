import ArgumentParser
import Core
import Database
import Foundation
import Hummingbird
import Logging
import People
import ServiceLifecycle
import Web

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the pages and the interface.")

    @OptionGroup var options: SettingOptions
    @Option(help: "Address to listen on.") var host: String?
    @Option(help: "Port to listen on.") var port: Int?
    @Option(help: "Where people reach it, such as https://kieumau.example.vn: the only name requests may ask for.")
    var publicAddress: String?
    @Flag(help: "Reached through HTTPS by a server in front: cookies are bound to it.") var secure = false

    func run() async throws {
        let settings = try options.settings(
            host: host, port: port, publicAddress: publicAddress, secure: secure ? true : nil)
        let log = Logs.make(settings)
        // Pages are read while the database opens: neither waits for the other.
        async let reading = Self.assets(settings)
        let house = try await House.open(settings, log: log)
        guard try await house.database.isMigrated(SchemaOrder.migrations) else {
            throw stop("the database has an older schema; run: kieumau migrate --data \(settings.data)", ExitCodes.data)
        }
        guard try await house.isSeedFinished() else {
            throw stop(
                "a seed was begun in this database and not finished; seed it again, or take an empty one",
                ExitCodes.data)
        }
        let isForThisMachine = SiteAddress.isThisMachine(settings.host)
        let isReachedFromOutside = !(settings.publicAddress.map { SiteAddress.isThisMachine($0.host) } ?? true)
        if house.demonstration != nil, !isForThisMachine || isReachedFromOutside {
            throw stop(
                """
                a demonstration is served on 127.0.0.1 only, and under no other address: its people can be entered \
                without a password
                """, ExitCodes.configuration)
        }
        let sealed = try await PeopleStore.sealSecrets(house.seal, house.live.world.secrets, house.database)
        if sealed > 0 { log.notice("\(sealed) secrets of telephones are sealed now") }
        if !isForThisMachine, settings.publicAddress == nil {
            throw stop(
                "\(settings.host) can be reached from outside: say under which address people do, with --public-address",
                ExitCodes.configuration)
        }
        let health = try await house.database.engine.health()
        for warning in health.warnings { log.warning("\(health.version): \(warning)") }
        // A failing disk is told below, and this is no time to look for it.
        if (try? await house.isEmpty()) == true { Terminal.say(settings.emptyWords) }
        let assets = await reading
        let site = try house.site(assets)
        let cast = try await cast(house)
        let jobs = JobService(
            runner: JobRunner(house.database, effects: Wiring.jobEffects(house.ballotKeys), log: log), seconds: 5)
        var app = Application(
            router: site.router(),
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(address: .hostname(settings.host, port: settings.port), serverName: nil),
            onServerRunning: { _ in
                announce(settings, house, cast)
                try? assets.get().readTheRest { log.error("\($0)") }
            }, logger: log)
        app.addServices(jobs)
        app.addServices(
            SweepService(ContentSweep(house.database, house.files), house.database, log: log))
        let mark = FailureMark(settings)
        if let check = CheckService.ifNeeded(house.database, mark, log: log) { app.addServices(check) }
        app.addServices(FailureService(house.database, mark, clock: house.live.world.clock, log: log))
        do {
            try await app.runService(gracefulShutdownSignals: [.sigterm, .sigint])
        } catch let failing as DiskFailing {
            // The database is left as it is: closing it would write.
            throw stop("the disk failed: \(failing.reason)", ExitCodes.failing)
        } catch {
            let text = "\(error)"
            if text.contains("errno: 98") || text.lowercased().contains("address already in use") {
                throw stop(
                    "port \(settings.port) on \(settings.host) is in use; choose another with --port",
                    ExitCodes.unavailable)
            }
            throw stop("the server ended: \(text)", ExitCodes.unavailable)
        }
        try house.database.close()
    }

    private static func assets(_ settings: Settings) async -> Result<Assets, any Error> {
        Result { try Assets(root: settings.assets) }
    }

    private func announce(_ settings: Settings, _ house: House, _ cast: [String]) {
        let address = settings.listening
        Terminal.print("Kiểu Mẫu: \(address)")
        if let people = settings.publicAddress { Terminal.print("  \(people)") }
        guard house.demonstration != nil else { return }
        Terminal.print("Dữ liệu minh họa. Chọn một người để vào xem: \(address)/demonstration/people")
        for name in cast {
            let asked = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            Terminal.print("  \(name): \(address)/demonstration/people?q=\(asked)")
        }
    }

    /// The first holder of each role, for the lines above.
    private func cast(_ house: House) async throws -> [String] {
        guard house.demonstration != nil else { return [] }
        return try await house.database.read { reader in
            try reader.rows(
                """
                SELECT r.role, min(p.name) AS name FROM role_assignment r JOIN person p ON p.id = r.person_id
                GROUP BY r.role ORDER BY r.role LIMIT 12
                """
            ).map { try $0.text("name") }
        }
    }
}

/// Carries out due jobs beside the server.
struct JobService: Service {
    let runner: JobRunner
    let seconds: Double

    func run() async throws {
        await cancelWhenGracefulShutdown { await runner.run(every: seconds) }
    }
}

/// The program's log: one line each, to standard error.
enum Logs {
    static func make(_ settings: Settings) -> Logger {
        var log = Logger(label: "kieumau") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = Logger.Level(rawValue: settings.logLevel) ?? .notice
        return log
    }
}
