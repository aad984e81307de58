import Core
import Database
import Organisation
import TestKit
import Testing

@testable import Recognition

/// The number of households that quorum and ballot are measured against is not set by whoever is assessed.
@Suite("The households of a dossier", .databases) struct RecognitionHouseholdsTests {
    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    /// Thông Xanh with its 214 households, waiting for its meeting on 18/9.
    private func reviewing(_ engine: TestEngine) async throws -> (site: TestSite, id: ID) {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-09-18")))
        let set = try await Scene.begin(site.database)
        let id = try await site.database.unattended(
            .seed,
            giving: { tx in
                let id = try Scene.register(set, tx)
                try Walk.fill(id, tx)
                try Walk.handIn(id, tx)
                return id
            })
        return (site, id)
    }

    private func shrink(_ site: TestSite, to households: Int) async throws {
        let head = try await site.signIn(.yaThuong)
        let form = try await head.open("/areas/\(Place.thongXanh.id)/profile/numbers").form("/numbers")
        let saved = try await head.send(
            form.filled(["year": "2026", "households": "\(households)", "people": "280"]))
        saved.expectStatus(200)
        let now = try await site.database.read { reader in
            try RecognitionStore.profile(of: Place.thongXanh.id, reader).households
        }
        #expect(now == households, "the control: the head keeps the profile")
    }

    @Test(arguments: TestEngine.all) func theHeadDoesNotShrinkTheAreaToReachAQuorum(on engine: TestEngine)
        async throws
    {
        let (site, id) = try await reviewing(engine)
        try await shrink(site, to: 70)
        try await site.database.unattended(.seed) { tx in
            let sitting = try Walk.hold(id, present: 40, tx)
            #expect(!sitting.hasQuorum && sitting.households == 214 && sitting.needed == 108)
            try Walk.hold(id, present: 158, tx)
            try Walk.post(id, tx)
            #expect(try RecognitionStore.posting(of: id, tx)?.ballot.households == 214)
            return Receipt()
        }
        // Nor by giving the registration back and registering again.
        try await site.database.unattended(.seed) { tx in
            try RecognitionStore.move(
                Walk.now(id, tx), .withdraw, to: .withdrawn, Walk.deed(.yaThuong, "2026-09-21"), reason: "Làm lại.", tx)
            let again = try Scene.register(try Walk.now(id, tx).criteriaSet, tx)
            #expect(try again == id && Walk.now(id, tx).households == 214)
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func theMeetingsPageSaysWhomToAsk(on engine: TestEngine) async throws {
        let (site, id) = try await reviewing(engine)
        let here = "/dossiers/\(id)/review"
        #expect(try await !site.signIn(.yaThuong).open(here).says("chỉ xã đổi số hộ"))
        try await shrink(site, to: 210)
        let page = try await site.signIn(.yaThuong).open(here).expectStatus(200)
        #expect(
            page.says("Hồ sơ tính theo 214 hộ") && page.says("nay ghi 210 hộ")
                && page.says("chỉ xã đổi số hộ của hồ sơ"))
        #expect(page.forms.allSatisfy { !$0.action.hasSuffix("/households") })
        let tried = try await site.signIn(.yaThuong).json(
            "/dossiers/\(id)/households", sending: #"{"households": 70, "reason": "Chuyển đi."}"#)
        #expect(tried.status == 403)
    }

    @Test(arguments: TestEngine.all) func theCommuneTakesOverARealChangeAndEverybodyReadsWhy(on engine: TestEngine)
        async throws
    {
        let (site, id) = try await reviewing(engine)
        try await shrink(site, to: 210)
        let kaHuong = try await site.signIn(.kaHuong)
        let here = "/dossiers/\(id)/review"
        let form = try await kaHuong.open(here).form("/households")
        #expect(form.values["households"] == "210", "it begins with what the profile says")
        let bare = try await kaHuong.send(form.filled(["reason": ""])).expectStatus(422)
        #expect(bare.error(beside: "reason") != nil)
        let same = try await kaHuong.send(form.filled(["households": "214", "reason": "Bốn hộ."])).expectStatus(422)
        #expect(same.error(beside: "households")?.contains("214 hộ") == true)
        let done = try await kaHuong.send(form.filled(["reason": "Bốn hộ chuyển sang thôn bên."])).expectStatus(200)
        let told =
            "Số hộ của hồ sơ đổi từ 214 thành 210 ngày 18/09/2026 (Ka Hương). Lý do: Bốn hộ chuyển sang thôn bên."
        #expect(done.says(told))
        let trail = try await site.database.read { reader in
            try reader.rows("SELECT detail FROM audit WHERE act = 'dossier.households'").map { try $0.text("detail") }
        }
        #expect(trail.count == 1 && trail.first?.contains("Bốn hộ chuyển sang thôn bên.") == true)
        try await site.database.unattended(.seed) { tx in
            let sitting = try Walk.hold(id, present: 106, list: 106, tx)
            #expect(sitting.households == 210 && sitting.hasQuorum)
            return Receipt()
        }
        // What a meeting decided was decided by enough of so many.
        let voted = try await site.signIn(.kaHuong).json(
            "/dossiers/\(id)/households", sending: #"{"households": 300, "reason": "Tách thôn."}"#)
        #expect(voted.status == 409 && voted.body.contains("Hội nghị đã biểu quyết với 210 hộ"))
        #expect(try await site.signIn(.kaHuong).open(here).forms.allSatisfy { !$0.action.hasSuffix("/households") })
        try await site.database.unattended(.seed) { tx in
            try Walk.post(id, tx)
            #expect(try RecognitionStore.posting(of: id, tx)?.ballot.households == 210)
            return Receipt()
        }
        // What is posted keeps its number.
        site.clock.move(to: try day("2026-09-21"))
        let late = try await site.signIn(.kaHuong).json(
            "/dossiers/\(id)/households", sending: #"{"households": 190, "reason": "Nhầm."}"#)
        #expect(late.status == 409 && late.body.contains("trước khi niêm yết"))
        try await site.database.unattended(.seed) { tx in
            try RecognitionStore.handOut(210, of: Walk.now(id, tx), Walk.deed(.yaThuong, "2026-09-21"), tx)
            for member in [Member.dinhCongSau, .kDoan] {
                try RecognitionStore.enterCount(
                    Walk.count, of: Walk.now(id, tx), Walk.deed(member, "2026-09-30", hour: 9), tx)
            }
            try Walk.submit(id, tx)
            return Receipt()
        }
        site.clock.move(to: try day("2026-10-01"))
        #expect(try await site.signIn(.kaHuong).open("/dossiers/\(id)/check").says(told))
        try await site.database.unattended(.seed) { tx in
            try PanelScene.addPeople(tx)
            try RecognitionStore.move(
                Walk.now(id, tx), .accept, to: .accepted, Walk.deed(.kaHuong, "2026-10-08"), tx)
            _ = try PanelScene.toPanel([id], tx)
            return Receipt()
        }
        site.clock.move(to: try day("2026-10-27"))
        #expect(try await site.signIn(.dangThiAnh).open("/dossiers/\(id)/appraisal").says(told))
    }

    /// An area that was made small before it registered is not refused: whoever checks it reads what it was.
    @Test(arguments: TestEngine.all) func aSmallerNumberThanTheYearBeforeIsTold(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-10-01")))
        let set = try await Scene.begin(site.database)
        let id = try await site.database.unattended(
            .seed,
            giving: { tx in
                func year(_ year: Int, _ households: Int) throws {
                    try OrganisationStore.putYear(
                        AreaYear(year: year, households: households, people: 800, areaClass: nil, region: nil),
                        of: Place.thongXanh.id, tx)
                }
                try year(2025, 240)
                try year(2026, 214)
                let id = try Scene.register(set, tx)
                try Walk.toSubmitted(id, tx)
                return id
            })
        let here = "/dossiers/\(id)/check"
        let page = try await site.signIn(.kaHuong).open(here).expectStatus(200)
        #expect(page.says("Hồ sơ tính theo 214 hộ; năm 2025 khu dân cư ghi 240 hộ."))
    }

    /// A list says of how many households they came as it was on the day of the meeting.
    @Test(arguments: TestEngine.all) func aListTellsTheAttendanceOfTheMeetingsDay(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-10-09")))
        let set = try await Scene.begin(site.database)
        try await site.database.unattended(.seed) { tx in
            let id = try Scene.register(set, tx)
            try Walk.toSubmitted(id, tx)
            try RecognitionStore.move(
                Walk.now(id, tx), .accept, to: .accepted, Walk.deed(.kaHuong, "2026-10-05"), tx)
            try tx.execute("UPDATE area SET households = 300 WHERE territory_id = \(Place.thongXanh.id)")
            _ = try RecognitionStore.draftSubmission(
                Recognition.NewSubmission(
                    territory: Place.donDuong.id, organisation: Body.frontOfDonDuong.id, year: 2026,
                    text: "Kính trình.",
                    dossiers: [id]), Walk.deed(.kaHuong, "2026-10-09"), tx)
            return Receipt()
        }
        let draft = try await site.database.read { try $0.one("SELECT id FROM submission").id("id") }
        let paper = try await site.signIn(.kaHuong).open("/submissions/\(draft)/paper").expectStatus(200)
        #expect(paper.says("158/214") && !paper.text.contains("/300"))
    }
}
