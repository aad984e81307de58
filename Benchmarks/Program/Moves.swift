import App
import ArgumentParser
import Core
import Criteria
import Database
import Foundation
import Logging
import Organisation
import Recognition

/// A new version of a 47-indicator set with running dossiers on the old one: how long it takes to tell the difference,
/// to look at what moving means for all of them, and to move them in one act.
struct MovesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "moves")

    /// A folder for the embedded engine's file.
    @Option var data: String
    @Option var postgres: String?
    @Option var dossiers: Int = 5_000

    func run() async throws {
        let world = World(
            clock: Clock { Instant(milliseconds: 1_787_184_000_000) }, ids: .counting(), secrets: .system)
        let log = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let database: Database
        if let postgres {
            database = Database(engine: try PostgresEngine(postgres), world: world, log: log)
        } else {
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
            database = Database(engine: try SQLiteEngine(path: data + "/moves.db"), world: world, log: log)
        }
        try await database.migrate(SchemaOrder.migrations)
        let (country, province, second) = try await begin(database, world)
        let difference = difference()
        let target = Recognition.MoveTarget.criteria(id: second, code: "BENCH", version: 2)

        var start = ContinuousClock.now
        let seal = try await database.read { reader in
            let all = try RecognitionStore.candidates(for: target, under: province, reader)
            guard all.count == dossiers else { throw MovesIncomplete(dossiers: all.count) }
            var planner = RecognitionMovePlanner(target, reader)
            for candidate in all { _ = try planner.plan(candidate) }
            return RecognitionStore.seal(all)
        }
        let preview = (ContinuousClock.now - start).inSeconds

        start = ContinuousClock.now
        let moved = try await database.unattended(
            .seed,
            giving: { tx in
                try RecognitionStore.move(
                    to: target, under: province, until: .reviewing, seen: seal,
                    Recognition.Deed(person: nil, organisation: nil, at: tx.now), tx)
            })
        let moving = (ContinuousClock.now - start).inSeconds
        guard moved.count == dossiers else { throw MovesIncomplete(dossiers: moved.count) }
        _ = country
        print(
            """
            {"dossiers": \(dossiers), "indicators": \(Self.indicators), "difference": \(difference * 1_000), \
            "preview": \(preview), "move": \(moving)}
            """)
    }

    private static let indicators = 47

    /// In seconds, of the median of many.
    private func difference() -> Double {
        guard let old = Criteria.YAML.read(Self.criteria(1)).set, let new = Criteria.YAML.read(Self.criteria(2)).set
        else { return .nan }
        let times = (0..<21).map { _ in
            let start = ContinuousClock.now
            let changes = Criteria.difference(from: old, to: new)
            return changes.isEmpty ? Double.nan : (ContinuousClock.now - start).inSeconds
        }
        return times.sorted()[times.count / 2]
    }

    /// Ten of the indicators have another threshold in the second version, and there is one more.
    private static func criteria(_ version: Int) -> String {
        let lines = (1...(indicators + version - 1)).map { number in
            """
                  - {code: I.\(number), name: Chỉ tiêu \(number), kind: percentage, of: hộ, operator: ">=", \
            threshold: \(number % 5 == 0 ? 50 + version : 60), verifier: Xã, suppliedBy: area, \
            evidence: [{document: Báo cáo}], basis: giả định, answerable: Mặt trận}
            """
        }
        return """
            code: BENCH
            version: \(version)
            label: demonstration
            name: Bench
            effectiveFrom: 2026-01-0\(version)
            subject: residentialArea
            titles:
              - {code: model, name: Kiểu mẫu, pass: {required: every}}
            groups:
              - code: I
                name: Nhóm
                indicators:
            \(lines.joined(separator: "\n"))
            """
    }

    private func begin(_ database: Database, _ world: World) async throws -> (country: ID, province: ID, second: ID) {
        let (country, province) = (world.ids.next(), world.ids.next())
        let communes = (1...max(1, dossiers / 25)).map { (id: world.ids.next(), name: "Xã số \($0)") }
        let areas = (0..<dossiers).map { number in
            (id: world.ids.next(), name: "Khu số \(number + 1)", commune: communes[number % communes.count].id)
        }
        let body = world.ids.next()
        try await database.maintenance(reason: .benchmark) { connection in
            try OrganisationStore.addTerritories(
                [
                    NewTerritory(id: country, .country, "Nước", parent: nil),
                    NewTerritory(id: province, .province, "Tỉnh", parent: country),
                ] + communes.map { NewTerritory(id: $0.id, .commune, $0.name, parent: province) }
                    + areas.map { NewTerritory(id: $0.id, .thon, $0.name, parent: $0.commune) }, connection)
            try OrganisationStore.addOrganisations(
                [NewOrganisation(id: body, .frontCommittee, "Mặt trận", territory: province, parent: nil)], connection)
        }
        let first = try await database.unattended(
            .seed, giving: { try CriteriaStore.addPublished(Self.criteria(1), for: country, $0) })
        let told = areas.map { area in
            Recognition.ToldDossier(
                id: world.ids.next(),
                registration: Recognition.Registration(
                    area: area.id, year: 2026, title: "model", level: .province, areaClass: nil, criteriaSet: first),
                acts: [.init(.register, at: world.clock.now())],
                values: (1...Self.indicators).map {
                    Recognition.NewValue(
                        code: "I.\($0)", value: .quantity(Quantity(thousandths: 70_000)), note: nil)
                }, filledAt: world.clock.now(), area: body, commune: body)
        }
        let ids = world.ids
        try await database.maintenance(reason: .benchmark) { connection in
            try RecognitionStore.add(told, ids: ids, connection)
        }
        let second = try await database.unattended(
            .seed, giving: { try CriteriaStore.addPublished(Self.criteria(2), for: country, $0) })
        return (country, province, second)
    }
}

/// The dossiers that should have moved did not.
struct MovesIncomplete: Error {
    let dossiers: Int
}
