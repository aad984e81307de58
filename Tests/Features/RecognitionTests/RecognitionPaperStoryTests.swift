import Core
import Database
import TestKit
import Testing

@testable import Recognition

/// What an area prints and reads of its own dossier.
@Suite("The self-assessment on paper, and the story", .databases) struct RecognitionPaperStoryTests {
    private func begin(_ engine: TestEngine, on day: String) async throws -> (TestSite, ID) {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: day))))
        let set = try await Scene.begin(site.database)
        let id = try await site.database.unattended(.seed, giving: { try Scene.register(set, $0) })
        return (site, id)
    }

    @Test(arguments: TestEngine.all) func theSelfAssessmentPrintsWithEverythingOfTheArea(on engine: TestEngine)
        async throws
    {
        let (site, id) = try await begin(engine, on: "2026-08-20")
        let yaThuong = try await site.signIn(.yaThuong)
        let form = try await yaThuong.open("/dossiers/\(id)/values/III.3/evidence/new").form("/observations")
        try await yaThuong.send(
            form.filled([
                "kind": "witness", "office": "Bí thư chi bộ thôn", "day": "18/8/2026",
                "seen": "41 trên 42 cột đèn sáng",
            ])
        ).expectStatus(200)
        try await site.database.unattended(.seed) { tx in
            _ = try RecognitionStore.save(
                .init(code: "III.3", value: Scene.percent(91), note: "Đếm buổi tối"), dossier: id, over: 0,
                Walk.deed(.yaThuong, "2026-08-19"), tx)
            return Receipt()
        }
        let paper = "/dossiers/\(id)/assessment/paper"
        #expect(try await yaThuong.open("/dossiers/\(id)/assessment").links.contains(paper))
        #expect(try await yaThuong.open("/dossiers/\(id)").links.contains(paper))

        let open = try await yaThuong.open(paper).expectStatus(200)
        #expect(open.says("BẢN TỰ ĐÁNH GIÁ") && open.says("DỰ THẢO") && open.says("chưa có giá trị"))
        #expect(open.says("91") && open.says("Đếm buổi tối") && open.says("20/100"))
        #expect(open.says("Đã tự đánh giá 1 trong 4 chỉ tiêu") && open.says("Chưa điền"))
        #expect(open.says("Người xác nhận") && open.says("41 trên 42 cột đèn sáng"))
        #expect(open.says("NGƯỜI LẬP") && open.says("TRƯỞNG BAN"))
        #expect(open.body.contains("<path d=\"M"), "the code that opens the record")

        try await site.database.unattended(.seed) { tx in
            for (code, value) in Walk.values where code != "III.3" {
                _ = try RecognitionStore.save(
                    .init(code: code, value: value, note: nil), dossier: id, over: 0,
                    Walk.deed(.yaThuong, "2026-09-10"), tx)
            }
            try Walk.handIn(id, tx)
            return Receipt()
        }
        let closed = try await yaThuong.open(paper).expectStatus(200)
        #expect(!closed.says("DỰ THẢO") && closed.says("ngày 14 tháng 9 năm 2026") && closed.says("100/100"))
        let answer = try await yaThuong.json(paper).jsonObject
        #expect(answer["closedOn"] as? String == "2026-09-14" && answer["total"] as? Int == 10_000)
        // Another commune's head does not find it.
        try await site.signIn(.damThiNhung).open(paper).expectStatus(404)
        try await site.visitor().json(paper).expectStatus(401)
    }

    @Test(arguments: TestEngine.all) func aReminderOfAStageThatIsOverIsNotTold(on engine: TestEngine) async throws {
        let (site, id) = try await begin(engine, on: "2026-03-28")
        func remind(_ day: String) async throws {
            try await site.database.unattended(.seed) { tx in
                let at = (Day(iso: day) ?? .first).start + .hours(7)
                try tx.execute(
                    """
                    INSERT INTO dossier_event (dossier_id, id, action, state_from, state_to, round, at)
                    VALUES (\(id), \(tx.ids.next()), 'remind', 'assessing', 'assessing', 0, \(at))
                    """)
                return Receipt()
            }
        }
        try await remind("2026-09-10")
        let yaThuong = try await site.signIn(.yaThuong)
        #expect(try await yaThuong.open("/dossiers/\(id)").says("Nhắc: sắp đến hạn"))
        try await site.database.unattended(.seed) { tx in
            try Walk.fill(id, tx)
            try Walk.handIn(id, tx)
            return Receipt()
        }
        #expect(try await !yaThuong.open("/dossiers/\(id)").says("Nhắc: sắp đến hạn"))
        let events = try await yaThuong.json("/dossiers/\(id)").jsonObject["events"] as? [[String: Any]]
        #expect(events?.contains { $0["action"] as? String == "remind" } == true)
        try await remind("2026-09-16")
        #expect(try await yaThuong.open("/dossiers/\(id)").says("Nhắc: sắp đến hạn"))
    }

    @Test(arguments: TestEngine.all) func aBallotThatFallsShortGoesOnAndSaysSo(on engine: TestEngine) async throws {
        let (site, id) = try await begin(engine, on: "2026-09-30")
        let short = Recognition.BallotCount(
            returned: 163, valid: 161, satisfied: 100, unsatisfied: 56, noOpinion: 5, counters: Walk.count.counters,
            fetchedBy: Walk.count.fetchedBy)
        try await site.database.unattended(.seed) { tx in
            try Walk.fill(id, tx)
            try Walk.handIn(id, tx)
            try Walk.hold(id, tx)
            try Walk.post(id, tx)
            try RecognitionStore.handOut(214, of: Walk.now(id, tx), Walk.deed(.yaThuong, "2026-09-20", hour: 8), tx)
            try RecognitionStore.enterCount(
                short, of: Walk.now(id, tx), Walk.deed(.dinhCongSau, "2026-09-30", hour: 9), tx)
            return Receipt()
        }
        let yaThuong = try await site.signIn(.yaThuong)
        let early = try await yaThuong.open("/dossiers/\(id)").form("/submission")
        try await yaThuong.send(early).expectStatus(422)
        try await site.database.unattended(.seed) { tx in
            try RecognitionStore.enterCount(short, of: Walk.now(id, tx), Walk.deed(.kDoan, "2026-09-30", hour: 9), tx)
            return Receipt()
        }
        let page = try await yaThuong.open("/dossiers/\(id)")
        #expect(page.says("tổ thẩm định không kết luận đạt"))
        let sent = try await yaThuong.send(page.form("/submission")).expectStatus(200)
        #expect(sent.says("Chờ xã kiểm tra") && sent.says("Chưa đạt mức hài lòng"))
        let check = try await site.signIn(.kaHuong).open("/dossiers/\(id)/check").expectStatus(200)
        #expect(check.says("Phiếu các hộ chưa đạt tỷ lệ của danh hiệu"))
        // The other area of the commune did not register: folded away, under its number.
        let list = try await site.signIn(.kaHuong).open("/submissions/new?year=2026").expectStatus(200)
        #expect(list.body.contains("<summary>Không đăng ký năm nay: 1 khu dân cư"))
        #expect(list.says("Thông Xanh") && list.says("Chờ xã kiểm tra"))
    }
}
