import App
import ArgumentParser
import Core
import Database
import Foundation
import Hummingbird
import Logging
import People
import Web

extension Bench {
    static var log: Logger {
        var log = Logger(label: "kieumau-bench") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = .error
        return log
    }

    static func settings(data: String, postgres: String?, port: Int = 0) throws -> Settings {
        Settings(
            data: data, postgres: postgres, host: "127.0.0.1", port: port, isSecure: false,
            assets: FileManager.default.currentDirectoryPath, logLevel: "error")
    }
}

/// The product's own server with a few routes beside it that show what the machine can do at best: the same bytes
/// without asking anything, and the same questions with fixed bytes.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve")

    @Option var data: String
    @Option var postgres: String?
    @Option var port: Int
    /// The length of the list page, taken by the caller from the page itself.
    @Option var bytes: Int = 20_000

    func run() async throws {
        let settings = try Bench.settings(data: data, postgres: postgres, port: port)
        let house = try await House.open(settings, log: Bench.log)
        let site = try house.site()
        let router = site.router()
        let page = [UInt8](repeating: UInt8(ascii: "x"), count: bytes)
        router.get("/limit/bytes") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
                body: .init(byteBuffer: .init(bytes: page)))
        }
        site.mountLimit(of: "GET /areas", answering: page, at: "/limit/areas", on: router)
        let sessions = try await openSessions(house)
        let app = Application(
            router: router,
            configuration: .init(address: .hostname(settings.host, port: settings.port), serverName: nil),
            onServerRunning: { _ in
                FileHandle.standardOutput.write(Data((sessions + "\n").utf8))
            }, logger: Bench.log)
        try await app.runService(gracefulShutdownSignals: [.sigterm, .sigint])
        try house.database.close()
    }

    /// Somebody who may fill in every dossier, which no real person may: the load comes from one session.
    private func openSaver(_ house: House, _ holders: [(String, ID)]) async throws -> String {
        guard let person = holders.first(where: { $0.0 == "frontWorkCommitteeHead" })?.1 else { return "" }
        let now = house.database.world.clock.now()
        return try await house.database.unattended(
            .seed,
            giving: { tx in
                let country = try tx.one("SELECT id FROM territory WHERE kind = 'country' ORDER BY id LIMIT 1").id("id")
                let body = try tx.one("SELECT id FROM organisation ORDER BY id LIMIT 1").id("id")
                try PeopleStore.addRole(
                    tx.ids.next(), person: person, role: .frontWorkCommitteeHead, organisation: body,
                    territory: country,
                    from: now.day, tx)
                return try PeopleStore.openSession(person, now: now, tx)
            })
    }

    /// A session for one holder of each role, and the addresses worth measuring, as one line of JSON.
    private func openSessions(_ house: House) async throws -> String {
        let (holders, dossiers) = try await house.database.read { reader in
            let holders = try reader.rows(
                """
                SELECT role, person_id FROM role_assignment ORDER BY role, person_id
                """
            ).map { (try $0.text("role"), try $0.id("person_id")) }
            let dossiers = try reader.rows(
                """
                SELECT d.id, d.territory_id FROM dossier d WHERE d.state = 'assessing' ORDER BY d.id LIMIT 64
                """
            ).map { (try $0.id("id"), try $0.id("territory_id")) }
            return (holders, dossiers)
        }
        var tokens: [String: String] = [:]
        for (role, person) in holders where tokens[role] == nil {
            let now = house.database.world.clock.now()
            tokens[role] = try await house.database.unattended(
                .seed,
                giving: { tx in
                    try PeopleStore.openSession(person, now: now, tx)
                })
        }
        let saver = try await openSaver(house, holders)
        let said: [String: Any] = [
            "tokens": tokens, "dossiers": dossiers.map { $0.0.description }, "saver": saver,
        ]
        return String(decoding: try JSONSerialization.data(withJSONObject: said, options: .sortedKeys), as: UTF8.self)
    }
}
