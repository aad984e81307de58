import Core
import Criteria
import Database
import Organisation
import TestKit
import Testing

@testable import Goals

@Suite("Goals: lists by pages", .databases) struct GoalsListTests {
    private func day(_ iso: String) -> Day { Day(iso: iso) ?? .first }
    private let sight = Sight(person: Member.doThiHanh.id, roots: [Place.lamDong.id])

    /// Seventy communes, each with a goal and a title of the register; of every seventh the goal is given up.
    private func fill(_ database: Database) async throws {
        try await database.unattended(.seed) { tx in
            let deed = Goals.Deed(person: Member.voDinhKhai.id, organisation: Body.partyOfDonDuong.id, at: tx.now)
            let document = Goals.Document(number: "15-NQ/ĐU", day: day("2026-01-12"), body: "Đảng ủy")
            for number in 1...70 {
                let unit = tx.ids.next()
                try OrganisationStore.addTerritories(
                    [
                        NewTerritory(
                            id: unit, .commune, number == 33 ? "Đạ Sar" : "Xã thử \(number)", parent: Place.lamDong.id,
                            from: day("2025-07-01"))
                    ], tx)
                let goal = try GoalsStore.add(
                    Goals.NewGoal(
                        due: day(number % 2 == 0 ? "2026-06-30" : "2028-12-31"), owner: Body.partyOfDonDuong.id,
                        document: document), for: unit, .model, named: "Xã kiểu mẫu", deed, tx)
                if number % 7 == 0 {
                    try tx.execute("UPDATE goal SET dropped_on = \(tx.now.day) WHERE id = \(goal)")
                }
                _ = try GoalsStore.enter(
                    Goals.NewUnitTitle(
                        territory: unit, title: number % 2 == 0 ? .advanced : .newCountryside, name: "Danh hiệu",
                        document: document, signer: nil, from: day("2026-02-01"), until: nil), deed, tx)
            }
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func everyGoalStandsOnOnePageAndInOrder(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        try await fill(data.database)
        try await data.database.read { reader in
            let today = TestClock.today
            let whole = try GoalsStore.goals(seenBy: sight, on: today, limit: 200, reader).goals.map(\.id)
            var (paged, after): ([ID], ID?) = ([], nil)
            repeat {
                let page = try GoalsStore.goals(seenBy: sight, on: today, after: after, limit: 9, reader)
                #expect(page.goals.count <= 9)
                paged += page.goals.map(\.id)
                after = page.next
            } while after != nil
            #expect(paged == whole && Set(paged).count == 70)
            let counts = try GoalsStore.counts(ofGoals: Goals.GoalFilter(), seenBy: sight, on: today, reader)
            #expect(counts == [.late: 30, .onTheWay: 30, .dropped: 10])
            for (standing, count) in counts {
                let found = try GoalsStore.goals(
                    Goals.GoalFilter(standing: standing), seenBy: sight, on: today, limit: 200, reader)
                #expect(found.goals.count == count && found.goals.allSatisfy { $0.standing(on: today) == standing })
            }
            let one = try GoalsStore.goals(
                Goals.GoalFilter(words: VietnameseText.searchWords("da sar")), seenBy: sight, on: today, reader)
            #expect(one.goals.map(\.unit.name) == ["Đạ Sar"])
            let elsewhere = Sight(person: Member.haLieng.id, roots: [Place.taLy.id])
            #expect(try GoalsStore.goals(seenBy: elsewhere, on: today, reader).goals.isEmpty)
        }
    }

    @Test(arguments: TestEngine.all) func theRegisterByPages(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        try await fill(data.database)
        try await data.database.read { reader in
            var filter = Goals.RegisterFilter(under: Place.lamDong.id, on: TestClock.today)
            let whole = try GoalsStore.unitTitles(filter, limit: 200, reader).titles.map(\.id)
            var (paged, after): ([ID], ID?) = ([], nil)
            repeat {
                let page = try GoalsStore.unitTitles(filter, after: after, limit: 9, reader)
                paged += page.titles.map(\.id)
                after = page.next
            } while after != nil
            #expect(paged == whole && Set(paged).count == 70)
            #expect(try GoalsStore.counts(ofTitles: filter, reader) == [.advanced: 35, .newCountryside: 35])
            filter.words = VietnameseText.searchWords("Đạ Sar")
            #expect(try GoalsStore.unitTitles(filter, reader).titles.count == 1)
        }
    }

    @Test(arguments: TestEngine.all) func pagesSayWhereTheyGoOnAndWhatWasLookedFor(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        try await fill(site.database)
        try await site.database.unattended(.seed) { tx in
            _ = try CriteriaStore.addPublished(GoalsStoryTests.criteria, for: Place.lamDong.id, tx)
            return Receipt()
        }
        let front = try await site.signIn(.doThiHanh)
        for path in ["/goals", "/unit-titles", "/targets"] {
            let first = try await front.open(path).expectStatus(200)
            let next = try #require(first.links.first { $0.hasPrefix(path) && $0.contains("after=") }, "\(path)")
            let second = try await front.open(next).expectStatus(200)
            #expect(second.links.allSatisfy { !$0.contains("after=") }, "\(path): the second page is the last")
            let found = try await front.open("\(path)?q=da+sar").expectStatus(200)
            #expect(found.says("Đạ Sar") && !found.says("Xã thử 5"), "\(path)")
            let none = try await front.open("\(path)?q=khong+co+that").expectStatus(200)
            #expect(none.says("Không thấy đơn vị nào có tên “khong co that”"), "\(path)")
        }
        let late = try await front.json("/goals?standing=late").expectStatus(200)
        #expect((late.jsonObject["goals"] as? [Any])?.count == 30)
        #expect(try await front.open("/goals?standing=late").says("Quá hạn"))
        let json = try await front.json("/goals").expectStatus(200)
        #expect(json.jsonObject["next"] is String && (json.jsonObject["goals"] as? [Any])?.count == 50)
        try await front.open("/goals?standing=never").expectStatus(422)
    }
}
