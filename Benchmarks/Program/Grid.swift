import App
import ArgumentParser
import Core
import Criteria
import Database
import Foundation
import Logging
import Offices
import Organisation
import Recognition

/// An office's grid of 26 areas and 27 indicators with a running dossier for each area: how long it takes to read a
/// pasted text against it, to save it into grid and dossiers as one act, and to take that back.
struct GridCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "grid")

    /// A folder for the embedded engine's file.
    @Option var data: String
    @Option var postgres: String?
    @Option var areas: Int = 26
    @Option var indicators: Int = 27
    @Option var rounds: Int = 9

    func run() async throws {
        let world = World(
            clock: Clock { Instant(milliseconds: 1_794_193_200_000) }, ids: .counting(), secrets: .system)
        let log = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let database: Database
        if let postgres {
            database = Database(engine: try PostgresEngine(postgres), world: world, log: log)
        } else {
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
            database = Database(engine: try SQLiteEngine(path: data + "/grid.db"), world: world, log: log)
        }
        try await database.migrate(SchemaOrder.migrations)
        let grid = try await begin(database, world)
        var (reading, saving, undoing): ([Double], [Double], [Double]) = ([], [], [])
        for round in 0..<rounds {
            let text = text(round)
            var start = ContinuousClock.now
            let changes = try await database.read { reader in
                let ground = try OfficesStore.ground(of: OfficesStore.grid(grid, unattended: reader), reader)
                return try Offices.Paste.read(Offices.PastedText.rows(text), on: ground).changes([:], on: ground)
            }
            reading.append((ContinuousClock.now - start).inSeconds * 1_000)
            guard changes.count == areas * indicators else { throw GridIncomplete(cells: changes.count) }
            start = ContinuousClock.now
            let saved = try await database.unattended(.seed) { tx in
                let done = try OfficesStore.save(
                    changes, in: OfficesStore.grid(grid, unattended: tx), as: .pasted,
                    Offices.Deed(person: nil, at: tx.now), tx)
                guard done.inDossiers == changes.count else { throw GridIncomplete(cells: done.inDossiers) }
                return Receipt(id: done.save)
            }.receipt
            saving.append((ContinuousClock.now - start).inSeconds * 1_000)
            guard round % 2 == 1, let save = saved.id else { continue }
            start = ContinuousClock.now
            try await database.unattended(.seed) { tx in
                let now = try OfficesStore.grid(grid, unattended: tx)
                _ = try OfficesStore.undo(
                    OfficesStore.save(save, of: now, tx), in: now, Offices.Deed(person: nil, at: tx.now), tx)
                return Receipt()
            }
            undoing.append((ContinuousClock.now - start).inSeconds * 1_000)
        }
        func middle(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }
        print(
            """
            {"areas": \(areas), "indicators": \(indicators), "read": \(middle(reading)), "save": \(middle(saving)), \
            "worst": \(saving.max() ?? 0), "undo": \(middle(undoing))}
            """)
    }

    /// A pasted text with names without marks, every cell another number each round.
    private func text(_ round: Int) -> String {
        let head = (["Khu"] + (1...indicators).map { "I.\($0)" }).joined(separator: "\t")
        let lines = (1...areas).map { area in
            (["khu so \(area)"]
                + (1...indicators).map { "\(50 + (area * 7 + $0 * 3 + round) % 50),\(round % 9 + 1)" })
                .joined(separator: "\t")
        }
        return ([head] + lines).joined(separator: "\n")
    }

    private func begin(_ database: Database, _ world: World) async throws -> ID {
        let (country, commune, office) = (world.ids.next(), world.ids.next(), world.ids.next())
        let all = (1...areas).map { (id: world.ids.next(), name: "Khu số \($0)") }
        try await database.maintenance(reason: .benchmark) { connection in
            try OrganisationStore.addTerritories(
                [
                    NewTerritory(id: country, .country, "Nước", parent: nil),
                    NewTerritory(id: commune, .commune, "Xã", parent: country),
                ] + all.map { NewTerritory(id: $0.id, .thon, $0.name, parent: commune) }, connection)
            try OrganisationStore.addOrganisations(
                [NewOrganisation(id: office, .peoplesCommittee, "Ủy ban nhân dân xã", territory: commune, parent: nil)],
                connection)
        }
        let (text, codes) = (criteria, (1...indicators).map { "I.\($0)" })
        let ids = all.map(\.id)
        return try await database.unattended(
            .seed,
            giving: { tx in
                let set = try CriteriaStore.addPublished(text, for: country, tx)
                for area in ids {
                    _ = try RecognitionStore.register(
                        Recognition.Registration(
                            area: area, year: 2026, title: "model", level: .province, areaClass: nil, criteriaSet: set),
                        Recognition.Deed(person: nil, organisation: nil, at: tx.now), tx)
                }
                let day = tx.now.day
                return try OfficesStore.assign(
                    [Offices.Assignment(organisation: office, codes: codes)], territory: commune, set: set, year: 2026,
                    due: day, objectionsUntil: day, Offices.Deed(person: nil, at: tx.now), tx)[0]
            })
    }

    private var criteria: String {
        let lines = (1...indicators).map { number in
            """
                  - {code: I.\(number), name: {vi: "Chỉ tiêu \(number)", en: "Indicator \(number)"}, kind: percentage, of: hộ, \
            operator: ">=", thresholds: {model: 60}, points: 1, verifier: Xã, suppliedBy: {communeOffice: UBND xã}, \
            evidence: [{figures: Số liệu}], basis: giả định, answerable: Hội}
            """
        }
        return """
            code: BENCH-GRID
            version: 1
            label: demonstration
            name: {vi: Bộ đo, en: Bench}
            issuer: Minh họa
            legalBasis: [Minh họa]
            effectiveFrom: 2026-01-01
            subject: residentialArea
            maximum: \(indicators)
            titles:
              - code: model
                name: {vi: Kiểu mẫu, en: Model}
                deciders: [{province: Tỉnh}]
                pass: {required: mandatory, minimum: \(indicators / 2), floor: 50%}
            term: {years: 3, recheckMonths: 12}
            groups:
              - code: I
                name: {vi: Chung, en: All}
                maximum: \(indicators)
                indicators:
            \(lines.joined(separator: "\n"))
            """
    }
}

struct GridIncomplete: Error { let cells: Int }
