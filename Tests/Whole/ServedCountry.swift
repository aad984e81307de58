import App
import Core
import Database
import Foundation
import Logging
import People
import Synchronization
import TestKit
import Testing

/// A small invented country that the program itself serves, is killed over, and serves again.
struct ServedCountry {
    let options: [String]
    private let folder: String
    private let schema: TestDatabase?
    private let port: Int

    init(_ engine: TestEngine) async throws {
        folder = KieuMau.folder()
        port = try FreePort.next()
        if engine == .postgres {
            let test = try await TestDatabase(.postgres, .product, fresh: true)
            test.close()
            schema = test
            options = try KieuMau.options(for: test, in: folder)
        } else {
            schema = nil
            options = ["--data", folder]
        }
        let seeded = try KieuMau.run(["seed", "country", "--scale", "60", "--dossiers", "3"] + options)
        try #require(seeded.code == 0, "\(seeded.said)")
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    /// Looks at what is there while no program runs.
    func look<Answer: Sendable>(_ body: @escaping @Sendable (any Reader) throws -> Answer) async throws -> Answer {
        let database = try open(Live().world)
        defer { try? database.close() }  // it was only read
        return try await database.read(body)
    }

    private func open(_ world: World) throws -> Database {
        let engine: any Engine =
            if let schema {
                try PostgresEngine(schema.address[1], schema: schema.address[2], readers: 1)
            } else {
                try SQLiteEngine(path: folder + "/kieumau.sqlite", readers: 1)
            }
        return Database(engine: engine, world: world, log: .silent)
    }

    /// One saver for each dossier that assesses itself, four at most, all with the session of one person who may fill
    /// in everywhere, which no real person may.
    func savers() async throws -> [HTTPSaver] {
        let live = Live()
        let database = try open(live.world)
        let (day, person, dossiers) = try await database.read { reader in
            (
                try reader.one("SELECT value FROM installation WHERE name = 'demonstration_day'").day("value"),
                try reader.one(
                    """
                    SELECT person_id FROM role_assignment WHERE role = \(Role.frontWorkCommitteeHead.rawValue)
                    ORDER BY person_id LIMIT 1
                    """
                ).id("person_id"),
                try reader.rows(
                    """
                    SELECT d.id, v.version FROM dossier d LEFT JOIN indicator_value v
                    ON v.dossier_id = d.id AND v.side = 'self' AND v.code = \(HTTPSaver.code)
                    WHERE d.state = 'assessing' ORDER BY d.id LIMIT 4
                    """
                ).map { (id: try $0.id("id"), version: try $0.optionalInteger("version") ?? 0) }
            )
        }
        live.demonstrationDay.set(day)
        let now = live.world.clock.now()
        let token = try await database.unattended(
            .seed,
            giving: { tx in
                let country = try tx.one("SELECT id FROM territory WHERE kind = 'country' ORDER BY id LIMIT 1").id("id")
                let body = try tx.one("SELECT id FROM organisation ORDER BY id LIMIT 1").id("id")
                try PeopleStore.addRole(
                    tx.ids.next(), person: person, role: .frontWorkCommitteeHead, organisation: body,
                    territory: country, from: now.day, tx)
                return try PeopleStore.openSession(person, now: now, tx)
            })
        try database.close()
        try #require(!dossiers.isEmpty)
        return dossiers.map { HTTPSaver(dossier: $0.id, version: $0.version, token: token, port: port) }
    }

    /// Serves, lets all of them save as fast as they can, and kills the program some milliseconds after so many answers:
    /// by the clock alone a busy machine would be killed before it did anything.
    func serveUntilKilled(_ savers: [HTTPSaver], after answers: Int, _ milliseconds: Int) async throws -> [HTTPSaver] {
        let program = try start()
        let before = savers.map(\.answered.count).reduce(0, +)
        let count = Mutex(before)
        let saving = Task {
            await Self.all(savers) { saver in
                await saver.saving(rounds: .max) { count.withLock { $0 += 1 } }
            }
        }
        let patience = ContinuousClock.now + .seconds(30)
        while count.withLock({ $0 }) < before + answers, program.process.isRunning, ContinuousClock.now < patience {
            try await Task.sleep(for: .milliseconds(2))
        }
        try await Task.sleep(for: .milliseconds(milliseconds))
        program.kill()
        return await saving.value
    }

    /// Serves until each of them has saved so often, and stops the program as an operator does.
    func serve(_ savers: [HTTPSaver], rounds: Int) async throws -> [HTTPSaver] {
        let program = try start()
        let done = await Self.all(savers) { await $0.saving(rounds: rounds) {} }
        program.stop()
        return done
    }

    private func start() throws -> RunningProgram {
        let program = try RunningProgram(["serve", "--port", "\(port)", "--log-level", "error"] + options)
        try program.wait(for: "http://127.0.0.1:\(port)")
        return program
    }

    private static func all(
        _ savers: [HTTPSaver], _ work: @escaping @Sendable (HTTPSaver) async -> HTTPSaver
    ) async -> [HTTPSaver] {
        await withTaskGroup(of: HTTPSaver.self) { group in
            for saver in savers { group.addTask { await work(saver) } }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.dossier < $1.dossier }
        }
    }
}
