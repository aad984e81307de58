import Core
import Database
import People
import TestKit
import Testing
import Web

@testable import Recognition

/// Whoever stands in for somebody has the same hands: what one of the two did bars both.
@Suite("Recognition: standing in", .databases) struct RecognitionStandInTests {
    @Test(arguments: TestEngine.all)
    func whatEitherDidBarsBothAndBothNamesAreShown(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let set = try await Scene.begin(site.database)
        let dossier = try await site.database.unattended(
            .seed,
            giving: { tx in
                // The women's chair stands in for the Front's chair for a week.
                try PeopleStore.addRole(
                    tx.ids.next(), person: Member.touprongNaiThuy.id, role: .communeFrontChair,
                    organisation: Body.frontOfDonDuong.id, territory: Place.donDuong.id, from: tx.now.day,
                    until: tx.now.day.adding(days: 7), standsFor: Member.kaHuong.role, tx)
                let dossier = try Scene.register(set, tx)
                try RecognitionStore.note(
                    .accept, on: dossier, from: .submitted, to: .accepted, round: 1,
                    Recognition.Deed(
                        person: Member.touprongNaiThuy.id, organisation: Body.frontOfDonDuong.id, at: tx.now,
                        giver: Member.kaHuong.id), reason: nil, tx)
                return dossier
            })
        try await site.database.read { reader in
            let deputy = try RecognitionStore.hands(of: Member.touprongNaiThuy.id, on: dossier, reader)
            let giver = try RecognitionStore.hands(of: Member.kaHuong.id, on: dossier, reader)
            let officer = try RecognitionStore.hands(of: Member.nguyenThiMaiLoan.id, on: dossier, reader)
            #expect(deputy == Recognition.Hands([.checked]))
            #expect(giver == deputy, "done in her name")
            #expect(officer == .none)
            // And the other way round: what the giver did bars who stands in.
            let filled = try RecognitionStore.hands(of: Member.yaThuong.id, on: dossier, reader)
            #expect(filled == .none)
            let story = try RecognitionStore.events(of: dossier, reader)
            let accepted = try #require(story.first { $0.action == "accept" })
            #expect(accepted.actor == "Touprong Nai Thủy")
            #expect(accepted.giver == "Ka Hương")
        }
        let kaHuong = try await site.signIn(.kaHuong)
        let page = try await kaHuong.open("/dossiers/\(dossier)").expectStatus(200)
        #expect(page.says("Touprong Nai Thủy, thay Ka Hương"))
    }

    /// The count is entered twice so that two people read the minutes: a cell secretary and whoever stands in for them
    /// are one.
    @Test(arguments: TestEngine.all)
    func bothEntriesOfACountAreNotMadeByWhoStandsInForTheOther(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-09-21"))))
        let set = try await Scene.begin(site.database)
        let standIn = Member.touprongNaiThuy
        let id = try await site.database.unattended(
            .seed,
            giving: { tx in
                let id = try Walk.posted(set, tx)
                try RecognitionStore.handOut(214, of: Walk.now(id, tx), Walk.deed(.yaThuong, "2026-09-20"), tx)
                try PeopleStore.addRole(
                    tx.ids.next(), person: standIn.id, role: Member.kDoan.plan.role,
                    organisation: Body.cellOfThongXanh.id,
                    territory: Place.thongXanh.id, from: tx.now.day, until: tx.now.day.adding(days: 14),
                    standsFor: Member.kDoan.role, tx)
                return id
            })
        let here = "/dossiers/\(id)/ballot"
        func mayEnter(_ member: Member) async throws -> Bool {
            let page = try await site.signIn(member).open(here).expectStatus(200)
            return page.forms.contains { $0.action.hasSuffix("/entries") }
        }
        func awaited() async throws -> [String] {
            let today = site.clock.today
            return try await site.database.read { reader in
                try RecognitionDuties.countWait(of: id, in: Place.thongXanh.id, on: today, reader)?.people ?? []
            }
        }
        #expect(try await !mayEnter(standIn), "nobody enters anything before the last day is over")
        site.clock.move(to: try #require(Day(iso: "2026-09-30")), hour: 7)
        #expect(try await mayEnter(standIn), "in the giver's place the first entry is made like any other")
        let before = try await awaited()
        #expect(before.contains("Touprong Nai Thủy") && before.contains("K'Đoan"))
        try await site.database.unattended(.seed) { tx in
            try RecognitionStore.enterCount(
                Walk.count, of: Walk.now(id, tx), Walk.deed(.kDoan, "2026-09-30", hour: 8), tx)
            return Receipt()
        }
        let browser = try await site.signIn(standIn)
        #expect(try await browser.open(here).says("hai người ấy tính là một"))
        #expect(try await !mayEnter(standIn))
        let after = try await awaited()
        #expect(!after.contains("Touprong Nai Thủy") && after.contains("Đinh Công Sáu"))
        #expect(try await !browser.open("/").links.contains(here), "nobody is asked to do what they may not")
        let entry = #"""
            {"returned": "163", "valid": "161", "satisfied": "149", "unsatisfied": "7", "noOpinion": "5",
             "counter1": "K'Đoan", "counter2": "Trần Thị Lụa", "counter3": "Đinh Công Sáu", "fetchedBy": "Trần Thị Lụa"}
            """#
        let refused = try await browser.json("\(here)/entries", sending: entry)
        #expect(refused.status == 403 && refused.body.contains("hai người ấy tính là một"))
        // Somebody else makes it, and whoever made the first one still puts their own right.
        #expect(try await mayEnter(.dinhCongSau))
        #expect(try await mayEnter(.kDoan))
        try await site.signIn(.dinhCongSau).json("\(here)/entries", sending: entry).expectStatus(200)
    }

    /// A step is barred by a hand, whatever the step is: its words name the hand, and no other step.
    @Test(arguments: TestEngine.all) func whatBarsSaysTheHandAndNotAnotherStep(on engine: TestEngine) async throws {
        let words = try #require(try Assets(root: TestSite.checkout).words[.vi])
        for hand in Recognition.Hand.allCases {
            let barred = Recognition.LifeCycle.steps.filter { $0.apart.contains(hand) }
            let told = Set(barred.compactMap { Recognition.Hands([hand]).refusal(of: $0)?.key }.map { words($0) })
            #expect(barred.count > 1 && told.count == 1)
            let text = told.first ?? ""
            #expect(text.hasPrefix("Người đã ") && text.contains("không làm bước này. Để người khác làm."))
        }
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-09-21"))))
        let set = try await Scene.begin(site.database)
        let id = try await site.database.unattended(
            .seed,
            giving: { tx in
                let id = try Walk.posted(set, tx)
                try RecognitionStore.handOut(214, of: Walk.now(id, tx), Walk.deed(.yaThuong, "2026-09-20"), tx)
                return id
            })
        site.clock.move(to: try #require(Day(iso: "2026-09-30")))
        let page = try await site.signIn(.yaThuong).open("/dossiers/\(id)/ballot").expectStatus(200)
        #expect(page.says("Người đã điền số liệu hoặc ảnh của hồ sơ không làm bước này") && !page.says("kiểm tra nó"))
    }
}
