import Core
import Database
import Organisation
import TestKit
import Testing

@testable import Goals

@Suite("Goals: store", .databases) struct GoalsStoreTests {
    private func day(_ iso: String) -> Day { Day(iso: iso) ?? .first }
    private func document(_ number: String = "15-NQ/ĐU") -> Goals.Document {
        Goals.Document(number: number, day: day("2026-01-12"), body: "Đảng ủy xã Đơn Dương")
    }
    private func deed(_ tx: Transaction) -> Goals.Deed {
        Goals.Deed(person: Member.voDinhKhai.id, organisation: Body.partyOfDonDuong.id, at: tx.now)
    }
    private let sight = Sight(person: Member.doThiHanh.id, roots: [Place.lamDong.id])

    @Test(arguments: TestEngine.all) func everyNumberOfATargetStays(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        let span = try #require(Goals.Span(code: "2026"))
        @Sendable func new(_ value: Int, _ number: String) -> Goals.NewTarget {
            Goals.NewTarget(
                territory: Place.donDuong.id, title: "model", span: span, value: value, document: document(number))
        }
        try await data.database.unattended(.seed) { tx in
            let first = try GoalsStore.set(new(3, "15-NQ/ĐU"), deed(tx), tx)
            let second = try GoalsStore.set(new(4, "27-KL/ĐU"), over: first.number, deed(tx), tx)
            #expect(second.id == first.id && second.number == 2)
            #expect(throws: Refusal.self) { try GoalsStore.set(new(5, "x"), over: 1, deed(tx), tx) }
            return Receipt()
        }
        try await data.database.read { reader in
            let target = try #require(try GoalsStore.target(of: Place.donDuong.id, title: "model", span, reader))
            #expect(target.value == 4 && target.revision == 2)
            let versions = try GoalsStore.versions(of: target.id, reader)
            #expect(versions.map(\.value) == [4, 3] && versions.map(\.document.number) == ["27-KL/ĐU", "15-NQ/ĐU"])
            #expect(versions[0].person == "Võ Đình Khải")
            #expect(try GoalsStore.spans(of: [Place.donDuong.id], reader).map(\.code) == ["2026"])
            #expect(throws: NotFound.self) {
                try GoalsStore.target(
                    target.id, seenBy: Sight(person: Member.haLieng.id, roots: [Place.taLy.id]), reader)
            }
        }
    }

    @Test(arguments: TestEngine.all) func aGoalIsReachedByTheRegisterAndNeverTwiceOpen(on engine: TestEngine)
        async throws
    {
        let data = try await TestDatabase(engine, .cast)
        let new = Goals.NewGoal(due: day("2028-12-31"), owner: Body.partyOfDonDuong.id, document: document())
        try await data.database.unattended(.seed) { tx in
            let id = try GoalsStore.add(new, for: Place.donDuong.id, .model, named: "Xã kiểu mẫu", deed(tx), tx)
            #expect(throws: Refusal.self) {
                try GoalsStore.add(new, for: Place.donDuong.id, .model, named: "Xã kiểu mẫu khác", deed(tx), tx)
            }
            let goal = try GoalsStore.goal(id, seenBy: sight, tx)
            let later = Goals.NewGoal(
                due: day("2029-12-31"), owner: Body.partyOfDonDuong.id, blocks: "Đường", document: document("05-TB"))
            try GoalsStore.change(goal, to: later, deed(tx), tx)
            #expect(try GoalsStore.versions(ofGoal: id, tx).map(\.due) == [later.due, new.due])
            #expect(try GoalsStore.goal(id, seenBy: sight, tx).standing(on: TestClock.today) == .onTheWay)
            let title = Goals.NewUnitTitle(
                territory: Place.donDuong.id, title: .model, name: "Xã nông thôn mới kiểu mẫu", document: document("9"),
                signer: nil, from: day("2026-10-01"), until: nil)
            let held = try GoalsStore.enter(title, deed(tx), tx)
            #expect(try GoalsStore.goal(id, seenBy: sight, tx).standing(on: TestClock.today) == .reached)
            #expect(try GoalsStore.holdingSince(Place.donDuong.id, .model, "", on: TestClock.today, tx) == title.from)
            try GoalsStore.end(
                try GoalsStore.unitTitle(held, tx), on: day("2026-11-01"), why: .withdrawn, document: "12/QĐ", tx)
            #expect(try GoalsStore.holdingSince(Place.donDuong.id, .model, "", on: TestClock.today, tx) == nil)
            #expect(try GoalsStore.unitTitles(.init(under: Place.lamDong.id, on: TestClock.today), tx).titles.isEmpty)
            #expect(try GoalsStore.unitTitles(.init(under: Place.lamDong.id), tx).titles.count == 1, "the entry stays")
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func theFiguresOpenAsManyRowsAsTheySay(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .demonstration)
        let span = try #require(Goals.Span(code: "2026"))
        try await data.database.read { reader in
            let province = try reader.one("SELECT id FROM territory WHERE kind = 'province'").id("id")
            let sight = Sight(person: province, roots: [province])
            let tiles = try GoalsStore.tiles(under: province, on: TestClock.today, reader)
            #expect(
                tiles == Goals.Tiles(areas: 92, models: 32, provinceModels: 12, modelCommunes: 3, advancedCommunes: 1))
            let figures = try GoalsStore.figures(of: [province], span, on: TestClock.today, reader)[province] ?? [:]
            #expect(figures["model"]?.registered == 9 && figures["outstanding"]?.registered == 13, "one withdrew")
            for title in ["model", "outstanding"] {
                for figure in Goals.Figure.allCases {
                    let filter = Goals.FigureFilter(
                        figure, under: province, title: title, span: span, on: TestClock.today)
                    var (seen, after): (Set<ID>, ID?) = ([], nil)
                    repeat {
                        let page = try GoalsStore.rows(filter, seenBy: sight, after: after, limit: 7, reader)
                        seen.formUnion(page.rows.map(\.area.id))
                        after = page.next
                    } while after != nil
                    #expect(seen.count == figures[title]?[figure] ?? 0, "\(title) \(figure)")
                    #expect(try GoalsStore.count(filter, seenBy: sight, reader) == seen.count)
                }
            }
            let progress = try GoalsStore.progress(under: province, on: TestClock.today, reader)
            #expect(progress.map(\.areas).sorted() == [12, 16, 17, 21, 26])
            #expect(progress.map(\.registered).reduce(0, +) == 22 && progress.map(\.passed).reduce(0, +) == 13)
        }
    }
}
