import Core
import Criteria
import Database
import Foundation
import TestKit
import Testing

@testable import Recognition

/// Lists of papers are narrowed and paged both ways, and New Year takes nothing off anybody's desk.
@Suite("Lists of papers", .databases) struct RecognitionPaperListTests {
    @Test(arguments: TestEngine.all) func submissionsAreNarrowedAndPagedBothWays(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        try await Scene.begin(site.database)
        try await site.database.unattended(.seed) { tx in
            for number in 0..<120 {
                let year = number < 60 ? 2025 : 2026
                try tx.execute(
                    """
                    INSERT INTO submission (id, territory_id, organisation_id, year, state, body, drafted_at, revision)
                    VALUES (\(tx.ids.next()), \(Place.donDuong.id), \(Body.frontOfDonDuong.id), \(year), 'draft', 'x',
                        \(tx.now - .hours(number)), 1)
                    """)
            }
            return Receipt()
        }
        let chair = try await site.signIn(.kaHuong)
        func ids(_ path: String) async throws -> (ids: [String], next: String?, previous: String?) {
            let json = try await chair.json(path).expectStatus(200).jsonObject
            let found = json["submissions"] as? [[String: Any]] ?? []
            return (found.compactMap { $0["id"] as? String }, json["next"] as? String, json["previous"] as? String)
        }
        let first = try await ids("/submissions")
        #expect(first.ids.count == 50 && first.previous == nil)
        let second = try await ids("/submissions?after=\(try #require(first.next))")
        let third = try await ids("/submissions?after=\(try #require(second.next))")
        #expect(third.ids.count == 20 && third.next == nil)
        #expect(Set(first.ids + second.ids + third.ids).count == 120)
        #expect(try await ids("/submissions?before=\(try #require(third.previous))").ids == second.ids)
        let back = try await ids("/submissions?before=\(try #require(second.previous))")
        #expect(back.ids == first.ids && back.previous == nil && back.next != nil)
        let year = try await ids("/submissions?year=2025")
        #expect(year.ids.count == 50 && Set(year.ids).isDisjoint(with: third.ids))
        let none = try await chair.open("/submissions?state=sent&year=2025").expectStatus(200)
        #expect(none.says("Không có gì khớp") && none.links.contains("/submissions"))
        let page = try await chair.open("/submissions?year=2025").expectStatus(200)
        #expect(page.links.contains { $0.hasPrefix("/submissions?year=2025&after=") })
        #expect(page.links.contains("/submissions?year=2025&state=draft"))
        let behind = try await chair.open("/submissions?year=2025&after=\(try #require(year.next))")
        #expect(behind.links.contains { $0.hasPrefix("/submissions?year=2025&before=") })
    }

    @Test(arguments: TestEngine.all) func decisionsAreNarrowedByYearStateAndTitle(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        try await Scene.begin(site.database)
        try await site.database.unattended(.seed) { tx in
            for (title, year) in [("model", 2026), ("outstanding", 2026), ("outstanding", 2025)] {
                try tx.execute(
                    """
                    INSERT INTO decision (id, territory_id, organisation_id, title, level, year, state, origin, drafted_at,
                        revision)
                    VALUES (\(tx.ids.next()), \(Place.lamDong.id), \(Body.frontOfProvince.id), \(title), 'province',
                        \(year), 'draft', 'here', \(tx.now), 1)
                    """)
            }
            return Receipt()
        }
        let hanh = try await site.signIn(.doThiHanh)
        func count(_ query: String) async throws -> Int? {
            (try await hanh.json("/decisions\(query)").expectStatus(200).jsonObject["decisions"] as? [Any])?.count
        }
        #expect(try await count("") == 3)
        #expect(try await count("?year=2026") == 2)
        #expect(try await count("?title=outstanding") == 2)
        #expect(try await count("?title=outstanding&year=2025&state=draft") == 1)
        #expect(try await count("?state=issued") == 0)
        let page = try await hanh.open("/decisions?year=2026").expectStatus(200)
        #expect(
            page.says("Mọi năm") && page.says("Mọi danh hiệu")
                && page.links.contains("/decisions?state=issued") == false)
        #expect(page.links.contains("/decisions?year=2026&state=issued"))
    }

    /// On 3 January what was sent, or accepted, last year still waits for a panel.
    @Test(arguments: TestEngine.all) func newYearTakesNothingOffADesk(on engine: TestEngine) async throws {
        let clock = TestClock(try #require(Day(iso: "2026-10-12")))
        let site = try await TestSite(engine, clock: clock)
        let set = try await Scene.begin(site.database, holding: false, criteria: Scene.deciding)
        try await site.database.unattended(.seed) { tx in
            let own = try RecognitionStore.register(
                Recognition.Registration(
                    area: Place.thongXanh.id, year: 2026, title: "outstanding", level: .commune, areaClass: nil,
                    criteriaSet: set), Scene.deed(.yaThuong, tx), tx)
            let sent = try RecognitionStore.register(
                Recognition.Registration(
                    area: Place.suoiThong.id, year: 2026, title: "outstanding", level: .province, areaClass: nil,
                    criteriaSet: set), Scene.deed(.yaThuong, tx), tx)
            for id in [own, sent] {
                for (action, state) in [(Recognition.Action.submit, Recognition.State.submitted), (.accept, .accepted)]
                {
                    try RecognitionStore.move(Walk.now(id, tx), action, to: state, Scene.deed(.kaHuong, tx), tx)
                }
            }
            try RecognitionStore.move(
                Walk.now(sent, tx), .forward, to: .forwarded, Scene.deed(.kaHuong, tx), tx)
            let list = tx.ids.next()
            try tx.execute(
                """
                INSERT INTO submission (id, territory_id, organisation_id, year, state, body, number, number_key,
                    number_year, day, signer, signer_office, drafted_at, sent_at, revision)
                VALUES (\(list), \(Place.donDuong.id), \(Body.frontOfDonDuong.id), 2026, 'sent', 'x', '12/TTr', '12/ttr',
                    2026, '2026-10-12', 'Ka Hương', 'Chủ tịch', \(tx.now), \(tx.now), 1)
                """)
            try tx.execute("INSERT INTO submission_item (submission_id, dossier_id) VALUES (\(list), \(sent))")
            return Receipt()
        }
        for day in ["2026-10-13", "2027-01-03"] {
            site.clock.move(to: try #require(Day(iso: day)))
            for (member, area) in [(Member.doThiHanh, "Suối Thông"), (.kaHuong, "Thông Xanh")] {
                let browser = try await site.signIn(member)
                #expect(try await browser.open("/").links.contains("/panels/new?year=2026"), "\(member) on \(day)")
                let list = try await browser.open("/panels").expectStatus(200)
                #expect(list.links.contains("/panels/new?year=2026") && list.says("năm 2026"), "\(member) on \(day)")
                // Whoever comes without a year is shown the oldest of which something waits.
                #expect(try await browser.open("/panels/new").says(area), "\(member) on \(day)")
            }
        }
    }
}
