import Core
import Criteria
import Database
import Organisation
import TestKit
import Testing

@testable import Recognition

@Suite("Dossiers in the database", .databases) struct RecognitionStoreTests {
    @Test(arguments: TestEngine.all) func anAreaRegistersOnceAYear(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database)
        let id = try await data.database.unattended(.seed, giving: { try Scene.register(set, $0) })
        await #expect(throws: Refusal.self) {
            try await data.database.unattended(.seed, giving: { try Scene.register(set, title: "outstanding", $0) })
        }
        let found = try await data.database.read { try RecognitionStore.dossier(id, seenBy: Scene.sight(.kaHuong), $0) }
        #expect(found.state == .assessing)
        #expect(found.place.contains(Place.lamDong.id) && found.place.first == Place.thongXanh.id)
        #expect(found.area.name == Place.thongXanh.name)
    }

    @Test(arguments: TestEngine.all) func whoeverActsElsewhereSeesNothing(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database)
        let id = try await data.database.unattended(.seed, giving: { try Scene.register(set, $0) })
        try await data.database.read { reader throws in
            let elsewhere = Scene.sight(.haLieng)
            #expect(throws: NotFound.self) { try RecognitionStore.dossier(id, seenBy: elsewhere, reader) }
            #expect(try RecognitionStore.list(.init(year: 2026), seenBy: elsewhere, reader).lines.isEmpty)
            #expect(try RecognitionStore.counts(year: 2026, seenBy: elsewhere, reader).isEmpty)
            #expect(
                try RecognitionStore.list(.init(year: 2026), seenBy: Scene.sight(.doThiHanh), reader).lines.count == 1)
        }
    }

    @Test(arguments: TestEngine.all) func aWithdrawnRegistrationIsTakenUpAgainWithItsStory(on engine: TestEngine)
        async throws
    {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database)
        let first = try await data.database.unattended(
            .seed,
            giving: { tx in
                let id = try Scene.register(set, tx)
                let dossier = try RecognitionStore.dossier(id, unattended: tx)
                try RecognitionStore.move(
                    dossier, .withdraw, to: .withdrawn, Scene.deed(.yaThuong, tx), reason: "Làm đường trước", tx)
                return id
            })
        let again = try await data.database.unattended(.seed, giving: { try Scene.register(set, $0) })
        #expect(again == first)
        let events = try await data.database.read { try RecognitionStore.events(of: first, $0) }
        #expect(events.map(\.action) == ["register", "withdraw", "register"])
        #expect(events[1].reason == "Làm đường trước")
    }

    @Test(arguments: TestEngine.all) func ofTwoWhoSaveTheSameNothingIsOverwrittenAndBothStandInTheHistory(
        on engine: TestEngine
    ) async throws {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database)
        let id = try await data.database.unattended(.seed, giving: { try Scene.register(set, $0) })
        func save(_ percent: Int64, over version: Int, _ member: Member) async throws -> Recognition.Saving {
            try await data.database.unattended(
                .seed,
                giving: { tx in
                    try RecognitionStore.save(
                        .init(code: "III.3", value: Scene.percent(percent), note: nil), dossier: id, over: version,
                        Scene.deed(member, tx), tx)
                })
        }
        #expect(try await save(85, over: 0, .yaThuong) == .saved(version: 1))
        #expect(try await save(90, over: 1, .dinhCongSau) == .saved(version: 2))
        // Ya Thương still has the page with version 1 open.
        #expect(try await save(80, over: 1, .yaThuong) == .conflict(current: 2))
        // The same value as is saved is no conflict.
        #expect(try await save(90, over: 1, .yaThuong) == .saved(version: 2))
        #expect(try await save(91, over: 0, .yaThuong) == .conflict(current: 2))
        try await data.database.read { reader throws in
            let entries = try RecognitionStore.entries(of: id, reader)
            #expect(entries.map(\.value) == [Scene.percent(90)])
            #expect(entries.first?.enterer == Member.dinhCongSau.plan.name)
            let history = try RecognitionStore.history(of: id, code: "III.3", reader)
            #expect(history.map(\.entry.value) == [91, 80, 90, 85].map(Scene.percent))
            #expect(history.map(\.wasSaved) == [false, false, true, true])
        }
    }

    @Test(
        arguments: TestEngine.all,
        [
            Criteria.Value.yes(true), .yes(false), .quantity(Quantity(thousandths: 66_500)), .grade("good"),
            .notApplicable(reason: "Không có hộ khó khăn"),
        ])
    func everyKindOfValueComesBackAsItWas(on engine: TestEngine, value: Criteria.Value) async throws {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database)
        let entries = try await data.database.unattended(
            .seed,
            giving: { tx in
                let id = try Scene.register(set, tx)
                _ = try RecognitionStore.save(
                    .init(code: "I.2", value: value, note: "Ghi chú"), dossier: id, over: 0, Scene.deed(.yaThuong, tx),
                    tx)
                return try RecognitionStore.entries(of: id, tx)
            })
        #expect(entries.map(\.value) == [value])
        #expect(entries.map(\.note) == ["Ghi chú"])
    }

    @Test(arguments: TestEngine.all) func aMovedDossierIsNotMovedTwice(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database)
        let id = try await data.database.unattended(.seed, giving: { try Scene.register(set, $0) })
        let looked = try await data.database.read { try RecognitionStore.dossier(id, unattended: $0) }
        try await data.database.unattended(.seed) { tx in
            try RecognitionStore.move(looked, .handIn, to: .reviewing, Scene.deed(.yaThuong, tx), tx)
            return Receipt()
        }
        await #expect(throws: Refusal.self) {
            try await data.database.unattended(.seed) { tx in
                try RecognitionStore.move(looked, .withdraw, to: .withdrawn, Scene.deed(.yaThuong, tx), reason: "x", tx)
                return Receipt()
            }
        }
        let hands = try await data.database.read { try RecognitionStore.hands(of: Member.yaThuong.id, on: id, $0) }
        #expect(hands == Recognition.Hands([.submitted]))
    }

    @Test(arguments: TestEngine.all) func theListGoesByPagesInTheOrderOfAreasAndIsFoundWithoutMarks(
        on engine: TestEngine
    ) async throws {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database)
        try await data.database.unattended(.seed) { tx in
            for place in [Place.thongXanh, .suoiThong, .taLy, .suoiMay] { _ = try Scene.register(set, in: place, tx) }
            return Receipt()
        }
        try await data.database.read { reader throws in
            let sight = Scene.sight(.doThiHanh)
            var names: [String] = []
            var after: ID?
            repeat {
                let page = try RecognitionStore.list(.init(year: 2026), seenBy: sight, after: after, limit: 1, reader)
                names += page.lines.map(\.area.name)
                after = page.next
            } while after != nil
            let whole = try RecognitionStore.list(.init(year: 2026), seenBy: sight, reader).lines.map(\.area.name)
            #expect(names == whole)
            #expect(Set(names).count == 4)
            let found = try RecognitionStore.list(.init(year: 2026, search: "suoi thong b1"), seenBy: sight, reader)
            #expect(found.lines.map(\.area.name) == [Place.suoiThong.name])
            let commune = try RecognitionStore.dossiers(year: 2026, under: Place.donDuong.id, seenBy: sight, reader)
            #expect(commune.count == 2)
            #expect(
                try RecognitionStore.countsByCommune(year: 2026, seenBy: sight, reader)[Place.kaDo.id] == [
                    .assessing: 1
                ])
        }
    }

    @Test(arguments: TestEngine.all) func remindersTellTheStoryAndFallSilentWhenTheDossierMovesOn(
        on engine: TestEngine
    ) async throws {
        let clock = TestClock(try #require(Day(iso: "2026-03-28")))
        let site = try await TestSite(engine, clock: clock)
        let set = try await Scene.begin(site.database)
        let (late, moved) = try await site.database.unattended(
            .seed,
            giving: { tx in
                let moved = try Scene.register(set, in: .suoiThong, tx)
                try RecognitionStore.move(
                    RecognitionStore.dossier(moved, unattended: tx), .withdraw, to: .withdrawn,
                    Scene.deed(.yaThuong, tx),
                    reason: "x", tx)
                return (try Scene.register(set, tx), moved)
            })
        clock.move(to: try #require(Day(iso: "2026-09-10")))
        try await site.runJobs()
        clock.move(to: try #require(Day(iso: "2026-09-16")))
        try await site.runJobs()
        try await site.database.read { reader throws in
            #expect(try RecognitionStore.events(of: late, reader).map(\.action) == ["overdue", "remind", "register"])
            #expect(try RecognitionStore.events(of: moved, reader).map(\.action) == ["withdraw", "register"])
        }
    }

    @Test func theStatesOfTheTableAreThoseOfTheProgram() async throws {
        let data = try await TestDatabase(.sqlite, .cast)
        let names = try await data.database.read {
            try $0.rows("SELECT name FROM dossier_state").map { try $0.text("name") }
        }
        #expect(Set(names) == Set(Recognition.State.allCases.map(\.rawValue)))
    }
}
