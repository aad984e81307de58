import App
import Core
import Criteria
import Database
import Organisation
import Recognition
import TestKit
import Testing

@testable import Offices

@Suite("Offices: what is kept", .databases) struct OfficesStoreTests {
    private typealias S = OfficesScene

    @Test(arguments: TestEngine.all) func aFigureIsHeldWithoutADossierAndTakenInAtRegistration(on engine: TestEngine)
        async throws
    {
        let data = try await TestDatabase(engine, .cast)
        let set = try await S.begin(data.database)
        try await data.database.unattended(.seed) { tx in
            let grids = try S.assign(set, tx)
            try S.put(S.percent(95_800), "II.2", in: grids.insurance, tx)
            try S.put(.yes(true), "IV.2", in: grids.police, tx)
            let held = try OfficesStore.held(areas: [Place.thongXanh.id, Place.suoiThong.id], set: set, year: 2026, tx)
            #expect(held[Place.thongXanh.id]?["II.2"]?.value == S.percent(95_800))
            #expect(held[Place.thongXanh.id]?["II.2"]?.organisation == S.insurance)
            #expect(held[Place.suoiThong.id] == nil)
            let dossier = try S.register(set, tx)
            let entry = try S.own(dossier, "II.2", tx)
            #expect(entry?.value == S.percent(95_800))
            #expect(entry?.source == .office)
            #expect(entry?.office == "Bảo hiểm xã hội phụ trách xã Đơn Dương")
            #expect(try S.own(dossier, "IV.1", tx) == nil)
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func aSaveFlowsIntoDossiersAndItsUndoTakesItOut(on engine: TestEngine) async throws
    {
        let data = try await TestDatabase(engine, .cast)
        let set = try await S.begin(data.database)
        try await data.database.unattended(.seed) { tx in
            let grid = try S.assign(set, tx).insurance
            let dossier = try S.register(set, tx)
            let first = try S.put(S.percent(95_800), "II.2", in: grid, tx)
            #expect(first.inDossiers == 1 && first.revision == 2)
            let second = try S.put(S.percent(96_000), "II.2", in: grid, tx)
            #expect(try S.own(dossier, "II.2", tx)?.version == 2)
            // The first stands under the second, so it is taken back after it.
            let (under, before) = try S.save(first.save, in: grid, tx)
            #expect(try OfficesStore.refusalToUndo(under, in: before, tx)?.key == "offices.save.refusal.later")
            let (top, now) = try S.save(second.save, in: grid, tx)
            _ = try OfficesStore.undo(top, in: now, S.deed(tx), tx)
            #expect(try S.own(dossier, "II.2", tx)?.value == S.percent(95_800))
            let (last, then) = try S.save(first.save, in: grid, tx)
            _ = try OfficesStore.undo(last, in: then, S.deed(tx), tx)
            #expect(try S.own(dossier, "II.2", tx) == nil)
            let grids = try OfficesStore.grid(grid, unattended: tx)
            #expect(try OfficesStore.cells(of: grids, tx).isEmpty)
            // What was taken back stays in the dossier's story.
            let history = try RecognitionStore.history(of: dossier, code: "II.2", tx)
            #expect(history.contains { $0.wasTakenBack })
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func whatTheAreaTypedForALateOfficeComesBackWithTheUndo(on engine: TestEngine)
        async throws
    {
        let data = try await TestDatabase(engine, .cast)
        let set = try await S.begin(data.database)
        try await data.database.unattended(.seed) { tx in
            let grid = try S.assign(set, tx).insurance
            let dossier = try S.register(set, tx)
            let typed = Recognition.NewValue(code: "II.2", value: S.percent(91_000), note: "Thôn đếm.")
            _ = try RecognitionStore.save(
                typed, dossier: dossier, over: 0,
                Recognition.Deed(person: Member.yaThuong.id, organisation: nil, at: tx.now), tx)
            let saved = try S.put(S.percent(95_800), "II.2", in: grid, tx)
            #expect(try S.own(dossier, "II.2", tx)?.source == .office)
            let (save, now) = try S.save(saved.save, in: grid, tx)
            _ = try OfficesStore.undo(save, in: now, S.deed(tx), tx)
            let entry = try S.own(dossier, "II.2", tx)
            #expect(entry?.value == S.percent(91_000) && entry?.source == .area && entry?.note == "Thôn đếm.")
            #expect(entry?.enteredBy == Member.yaThuong.id)
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func whatTheOfficeSaidBesideAFigureComesBackWithTheUndo(on engine: TestEngine)
        async throws
    {
        let data = try await TestDatabase(engine, .cast)
        let set = try await S.begin(data.database)
        try await data.database.unattended(.seed) { tx in
            let grid = try S.assign(set, tx).insurance
            let dossier = try S.register(set, tx)
            let cell = Offices.Cell(area: Place.thongXanh.id, code: "II.2")
            try OfficesStore.save(
                [Offices.Change(cell: cell, before: nil, after: S.percent(95_800), note: "Tính đến 30/6.")],
                in: OfficesStore.grid(grid, unattended: tx), as: .typed, S.deed(tx), tx)
            let later = try S.put(S.percent(96_000), "II.2", in: grid, tx)
            func note() throws -> String? {
                try OfficesStore.cells(of: OfficesStore.grid(grid, unattended: tx), tx)[cell]?.note
            }
            #expect(try note() == nil)
            let (save, now) = try S.save(later.save, in: grid, tx)
            _ = try OfficesStore.undo(save, in: now, S.deed(tx), tx)
            #expect(try note() == "Tính đến 30/6.")
            #expect(try S.own(dossier, "II.2", tx)?.note == "Tính đến 30/6.")
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func aDossierThatWentOnKeepsItsFigureAndNamesItselfToTheUndo(on engine: TestEngine)
        async throws
    {
        let data = try await TestDatabase(engine, .cast)
        let set = try await S.begin(data.database)
        try await data.database.unattended(.seed) { tx in
            let grids = try S.assign(set, tx)
            let dossier = try S.register(set, tx)
            let saved = try S.put(S.percent(95_800), "II.2", in: grids.insurance, tx)
            try S.put(.yes(true), "IV.2", in: grids.police, tx)
            try S.put(.notApplicable(reason: "Không có vụ việc"), "IV.1", in: grids.police, tx)
            let deed = Recognition.Deed(person: Member.yaThuong.id, organisation: nil, at: tx.now)
            for (code, value) in [("I.1", S.percent(1_100)), ("III.2", S.percent(66_000))] {
                _ = try RecognitionStore.save(
                    .init(code: code, value: value, note: nil), dossier: dossier, over: 0, deed, tx)
            }
            try RecognitionStore.handIn(try RecognitionStore.dossier(dossier, unattended: tx), deed, tx)
            let cell = Offices.Cell(area: Place.thongXanh.id, code: "II.2")
            let later = try OfficesStore.save(
                [Offices.Change(cell: cell, before: S.percent(95_800), after: S.percent(97_000))],
                in: OfficesStore.grid(grids.insurance, unattended: tx), as: .typed,
                Offices.Deed(person: Member.kaHuong.id, at: tx.now + .hours(1)), tx)
            #expect(later.inDossiers == 0 && later.passedBy == [Place.thongXanh.id])
            #expect(try S.own(dossier, "II.2", tx)?.value == S.percent(95_800))
            let (second, now) = try S.save(later.save, in: grids.insurance, tx)
            // The dossier never took the later one, so that one can be taken back; the first can not.
            #expect(second.state == .done)
            #expect(try OfficesStore.refusalToUndo(second, in: now, tx) == nil)
            _ = try OfficesStore.undo(second, in: now, S.deed(tx), tx)
            let (first, then) = try S.save(saved.save, in: grids.insurance, tx)
            #expect(try OfficesStore.refusalToUndo(first, in: then, tx)?.key == "offices.save.refusal.wentOn")
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func whoSuppliesDoesNotCountAsWhoFilledIn(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        let set = try await S.begin(data.database)
        try await data.database.unattended(.seed) { tx in
            let grid = try S.assign(set, tx).insurance
            let dossier = try S.register(set, tx)
            try S.put(S.percent(95_800), "II.2", in: grid, tx)
            #expect(try RecognitionStore.hands(of: Member.kaHuong.id, on: dossier, tx) == .none)
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func anObjectionIsMendedOrKept(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        let set = try await S.begin(data.database)
        try await data.database.unattended(.seed) { tx in
            let grids = try S.assign(set, tx)
            let dossier = try S.register(set, tx)
            try S.put(S.percent(88_000), "II.2", in: grids.insurance, tx)
            try S.put(.yes(false), "IV.2", in: grids.police, tx)
            func object(_ code: String, _ grid: ID) throws -> Offices.Objection {
                let held = try OfficesStore.held(areas: [Place.thongXanh.id], set: set, year: 2026, tx)
                let id = try OfficesStore.object(
                    to: try #require(held[Place.thongXanh.id]?[code]), in: OfficesStore.grid(grid, unattended: tx),
                    claimed: nil, reason: "Thôn đếm khác.", S.deed(tx), tx)
                return try OfficesStore.objection(
                    id, seenBy: Sight(person: Member.yaThuong.id, roots: [Place.thongXanh.id]), tx)
            }
            let first = try object("II.2", grids.insurance)
            #expect(throws: Refusal.self) { try object("II.2", grids.insurance) }
            try OfficesStore.answer(
                first, in: OfficesStore.grid(grids.insurance, unattended: tx), settled: S.percent(95_800), reason: nil,
                S.deed(tx), tx)
            #expect(try S.own(dossier, "II.2", tx)?.value == S.percent(95_800))
            let second = try object("IV.2", grids.police)
            try OfficesStore.answer(
                second, in: OfficesStore.grid(grids.police, unattended: tx), settled: nil, reason: "Sổ trực còn trống.",
                S.deed(tx), tx)
            let all = try OfficesStore.objections(of: Place.thongXanh.id, year: 2026, tx)
            #expect(Set(all.map(\.outcome)) == [.mended, .kept])
            #expect(try S.own(dossier, "IV.2", tx)?.value == .yes(false))
            return Receipt()
        }
    }
}
