import App
import Core
import Criteria
import Database
import Recognition
import TestKit
import Testing

@testable import Offices

/// Two offices that were asked for the same column, and save the same empty cell at once: both looked before either
/// wrote.
@Suite("Offices: two offices, one cell", .databases) struct OfficesTakenTests {
    private typealias S = OfficesScene

    private struct Race {
        let data: TestDatabase
        let first: Offices.Grid
        let second: Offices.Grid
        let dossier: ID

        init(_ engine: TestEngine) async throws {
            data = try await TestDatabase(engine, .cast)
            let set = try await S.begin(data.database)
            (first, second, dossier) = try await data.database.unattended(
                .seed,
                giving: { tx in
                    let grids = try OfficesStore.assign(
                        [
                            Offices.Assignment(organisation: S.insurance, codes: ["II.2"]),
                            Offices.Assignment(organisation: S.police, codes: ["II.2", "IV.2"]),
                        ], territory: Place.donDuong.id, set: set, year: 2026, due: S.day("2026-08-31"),
                        objectionsUntil: S.day("2026-09-10"), S.deed(tx), tx)
                    return (
                        try OfficesStore.grid(grids[0], unattended: tx),
                        try OfficesStore.grid(grids[1], unattended: tx),
                        try S.register(set, tx)
                    )
                })
        }

        static let cell = Offices.Cell(area: Place.thongXanh.id, code: "II.2")

        func save(
            _ value: Criteria.Value?, over before: Criteria.Value? = nil, in grid: Offices.Grid,
            as kind: Offices.Save.Kind = .typed
        ) async throws {
            try await data.database.unattended(.seed) { tx in
                var changes = [Offices.Change(cell: Self.cell, before: before, after: value)]
                if grid.organisation == S.police {
                    changes.append(
                        Offices.Change(
                            cell: Offices.Cell(area: Place.thongXanh.id, code: "IV.2"), before: nil, after: .yes(true)))
                }
                return Receipt(id: try OfficesStore.save(changes, in: grid, as: kind, S.deed(tx), tx).save)
            }
        }
    }

    @Test(arguments: TestEngine.all) func theSlowerOfficeWritesNothingAndIsToldWhoHoldsTheCell(on engine: TestEngine)
        async throws
    {
        let race = try await Race(engine)
        try await race.save(S.percent(95_800), in: race.first)
        let typed = await #expect(throws: Refusal.self) { try await race.save(S.percent(80_000), in: race.second) }
        #expect(typed?.kind == .conflict && typed?.key == "offices.cell.taken")
        #expect(typed?.field == "cell.\(Place.thongXanh.id).II.2" && typed?.others.isEmpty == true)
        #expect(typed?.arguments["office"] == "Bảo hiểm xã hội phụ trách xã Đơn Dương")
        let pasted = await #expect(throws: Refusal.self) {
            try await race.save(S.percent(80_000), in: race.second, as: .pasted)
        }
        #expect(pasted?.kind == .conflict && pasted?.key == "offices.save.refusal.taken")
        #expect(pasted?.arguments["cells"] == "II.2 Thông Xanh (minh họa) – Bảo hiểm xã hội phụ trách xã Đơn Dương")
        try await race.data.database.read { reader in
            let own = try S.own(race.dossier, "II.2", reader)
            #expect(own?.value == S.percent(95_800) && own?.office == "Bảo hiểm xã hội phụ trách xã Đơn Dương")
            #expect(try S.own(race.dossier, "IV.2", reader) == nil, "the whole save is refused")
            let grid = try OfficesStore.grid(race.second.id, unattended: reader)
            #expect(grid.revision == race.second.revision)
            #expect(try OfficesStore.saves(of: grid, reader).isEmpty)
            #expect(try OfficesStore.cells(of: grid, reader)[Race.cell]?.grid == race.first.id)
        }
    }

    /// An undo does not put back what another office holds since.
    @Test(arguments: TestEngine.all) func anUndoDoesNotPassAnotherOffice(on engine: TestEngine) async throws {
        let race = try await Race(engine)
        try await race.save(S.percent(95_800), in: race.first)
        let held = try await race.data.database.read { try OfficesStore.grid(race.first.id, unattended: $0) }
        try await race.save(nil, over: S.percent(95_800), in: held)
        try await race.save(S.percent(80_000), in: race.second)
        let refusal = await #expect(throws: Refusal.self) {
            try await race.data.database.unattended(.seed) { tx in
                let grid = try OfficesStore.grid(race.first.id, unattended: tx)
                let last = try #require(try OfficesStore.saves(of: grid, tx).first)
                _ = try OfficesStore.undo(last, in: grid, S.deed(tx), tx)
                return Receipt()
            }
        }
        #expect(refusal?.key == "offices.save.refusal.taken")
        let own = try await race.data.database.read { try S.own(race.dossier, "II.2", $0) }
        #expect(own?.value == S.percent(80_000) && own?.office == "Công an xã Đơn Dương")
    }
}
