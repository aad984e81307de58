import Core
import Database
import Foundation
import People
import Recognition
import TestKit
import Testing

@testable import Rechecks

/// Journey 3's end over HTTP, on both engines: twelve months later, and what may come of it.
@Suite("Re-checks: the story", .databases) struct RechecksStoryTests {
    static func day(_ iso: String) -> Day { Day(iso: iso) ?? .first }

    /// Recognised on 10/11/2026; today is another day, and the commune has opened the round. Answers the path of
    /// Thông Xanh's re-check.
    func begin(
        _ engine: TestEngine, on day: String = "2027-11-02", writer: Member = .yaThuong
    ) async throws -> (TestSite, String) {
        let site = try await TestSite(engine)
        try await Scene.begin(site.database, writer: writer)
        site.clock.move(to: Self.day(day))
        try await site.runJobs()
        let kaHuong = try await site.signIn(.kaHuong)
        let due = "Mở đợt rà soát năm \(site.clock.today.year) của xã Đơn Dương"
        #expect(try await kaHuong.open("/").says(due), "whoever opens the round is asked to")
        let empty = try await kaHuong.open("/rechecks").expectStatus(200)
        let opened = try await kaHuong.send(empty.form("/rechecks")).expectStatus(200)
        #expect(opened.says("Đã mở đợt rà soát") && opened.says("Thông Xanh"))
        #expect(try await !kaHuong.open("/").says(due))
        let path = try #require(
            try await site.database.read { reader in
                try reader.first(
                    "SELECT id FROM recheck WHERE territory_id = \(Place.thongXanh.id)")?.id("id")
            })
        return (site, "/rechecks/\(path)")
    }

    /// Looked at, fallen, on watch.
    func flag(_ site: TestSite, _ path: String) async throws {
        let kaHuong = try await site.signIn(.kaHuong)
        let page = try await kaHuong.open(path).expectStatus(200)
        #expect(page.says("Rà soát rút gọn") && page.says("I.2") && !page.says("III.3 Đường có đèn"))
        let wrong = try await kaHuong.send(
            page.form("/looks").filled(["value.III.2": "140", "value.I.2": "yes"])
        ).expectStatus(422)
        #expect(wrong.error(beside: "value.III.2") != nil && wrong.error(beside: "value.I.2") == nil)
        try await kaHuong.send(page.form("/looks")).expectStatus(422)
        let half = try await kaHuong.send(page.form("/looks").filled(["value.I.2": "yes"])).expectStatus(200)
        #expect(half.says("Còn 1 chỉ tiêu chưa ghi: III.2"))
        #expect(try await kaHuong.json(path + "/conclusion", sending: "{}").status == 422)
        let full = try await kaHuong.send(
            half.form("/looks").filled(["value.III.2": "48,5", "note.III.2": "Rãnh lấp 600 m sau mưa tháng 10"])
        ).expectStatus(200)
        #expect(full.says("Chỉ tiêu sụt: III.2") && full.says("48,5"))
        let done = try await kaHuong.press("/conclusion", on: full)
        #expect(done.status == 200 && done.says("Theo dõi") && done.says("Rãnh lấp 600 m"))
    }

    func notify(_ site: TestSite, _ path: String) async throws {
        let hanh = try await site.signIn(.doThiHanh)
        #expect(try await hanh.open("/").says("Lập dự thảo thông báo rà soát gửi thôn Thông Xanh"))
        let page = try await hanh.open(path).expectStatus(200)
        let form = try page.form("/notice")
        // Without a reason, and with too little time: both are said.
        let bare = try await hanh.send(form).expectStatus(422)
        #expect(bare.says("Thông báo phải nêu ít nhất một chỉ tiêu kèm lý do."))
        let short = try await hanh.send(
            form.filled(["reason.III.2": "Còn 48,5 %, yêu cầu 60 %.", "mendDays": "10"])
        ).expectStatus(422)
        #expect(short.error(beside: "mendDays")?.contains("30 ngày") == true)
        let elsewhere = try await hanh.json(
            path + "/notice", sending: #"{"reason.I.2": "x", "reason.III.2": "y", "mendDays": 30}"#)
        #expect(elsewhere.status == 422 && elsewhere.body.contains("I.2"))
        // Nothing is kept or taken back from here.
        #expect(try await hanh.json(path + "/keeping", sending: "{}").status == 409)
        let early = try await hanh.json(path + "/withdrawal", sending: #"{"ground": "x"}"#)
        #expect(early.status == 409 && early.body.contains("Chưa nghe khu dân cư"))
        try await draftNotice(site, path)
        let sent = try await site.signIn(.doThiHanh).open(path).expectStatus(200)
        #expect(sent.says("Thông báo số 12/TB-MTTQ-BTT") && sent.says("02/12/2027"))
        let paper = try await site.signIn(.doThiHanh).open(path + "/notice").expectStatus(200)
        for words in [
            "THÔNG BÁO", "Số: 12/TB-MTTQ-BTT", "Kính gửi: Ban Công tác Mặt trận", "48,5", "Còn 48,5 %, yêu cầu 60 %.",
            "30 ngày, kể từ ngày ký", "02/12/2027", "Đỗ Thị Hạnh", "CHỦ TỊCH",
        ] {
            #expect(paper.says(words), "\(words)")
        }
        #expect(!paper.says("DỰ THẢO"))
        #expect(paper.body.contains("<path d=\"M"), "the code that opens the record")
    }

    @Test(arguments: TestEngine.all) func anIndicatorFellAndWasMendedAndTheTitleIsKept(on engine: TestEngine)
        async throws
    {
        let (site, path) = try await begin(engine)
        try await flag(site, path)
        try await notify(site, path)
        // Who has no part in it does not learn of it; the public page says only that the title is held.
        for member in [Member.touprongNaiThuy, .damThiNhung, .haLieng, .tranQuocLan, .nguyenHuuTam, .luongThiNgocBich] {
            try await site.signIn(member).open(path).expectStatus(404)
        }
        let titles = "/areas/\(Place.thongXanh.id)/titles"
        let women = try await site.signIn(.touprongNaiThuy).open(titles).expectStatus(200)
        #expect(women.says("Đang giữ") && !women.says("Đã thông báo") && !women.says("theo dõi"))
        let portal = try await site.visitor().open("/portal/areas/\(Place.thongXanh.id)").expectStatus(200)
        #expect(portal.says("Khu dân cư kiểu mẫu"))
        for secret in ["sụt", "Đã thông báo", "theo dõi", "12/TB-MTTQ-BTT", "48,5", "III.2 sụt"] {
            #expect(!portal.text.lowercased().contains(secret.lowercased()), "everybody reads “\(secret)”")
        }

        let yaThuong = try await site.signIn(.yaThuong)
        #expect(try await yaThuong.open("/").says("Trả lời thông báo rà soát danh hiệu của thôn Thông Xanh"))
        #expect(try await yaThuong.open(titles).says("Đã thông báo"))
        let page = try await yaThuong.open(path).expectStatus(200)
        #expect(page.says("Còn 48,5 %, yêu cầu 60 %."))
        // The area looks at nothing itself, and answers in its own words.
        #expect(try await yaThuong.json(path + "/looks", sending: #"{"value.III.2": "90"}"#).status == 403)
        let answered = try await yaThuong.send(
            page.form("/answer").filled([
                "text": "Đã ra quân hai buổi Chủ nhật.", "done.III.2": "Khơi lại 620 m rãnh, trồng 80 cây.",
            ])
        ).expectStatus(200)
        #expect(answered.says("Khơi lại 620 m rãnh") && answered.says("Khu dân cư đã trả lời"))
        let witness = try await yaThuong.send(
            answered.form("/evidence").filled([
                "code": "III.2", "office": "Bí thư chi bộ thôn", "seenOn": "02/11/2027",
                "seen": "Rãnh thông suốt 620 m",
            ])
        ).expectStatus(200)
        #expect(witness.says("Bí thư chi bộ thôn") && witness.says("Người xác nhận"))
        let secret = try await yaThuong.send(
            witness.form("/evidence").filled(["code": "III.2", "seenOn": ""]).attaching(
                "file", file: "a.pdf", Array("%PDF-1.4\n%%EOF\n".utf8))
        ).expectStatus(422)
        #expect(secret.error(beside: "open") != nil)

        let (kaHuong, hanh) = (try await site.signIn(.kaHuong), try await site.signIn(.doThiHanh))
        // Not before the mending is recorded.
        let early = try await hanh.json(path + "/keeping", sending: "{}")
        #expect(early.status == 409 && early.body.contains("Chưa ghi khắc phục ở III.2"))
        #expect(try await hanh.open(path).says("Chưa ghi khắc phục: III.2"))
        let again = try await kaHuong.open(path).expectStatus(200)
        let still = try await kaHuong.send(again.form("/mending").filled(["again.III.2": "55"])).expectStatus(200)
        #expect(still.says("Sụt"))
        #expect(try await hanh.json(path + "/keeping", sending: "{}").status == 409)
        let mended = try await kaHuong.send(
            still.form("/mending").filled(["again.III.2": "63", "word.III.2": "Đã đi lại cả ba tuyến"])
        ).expectStatus(200)
        #expect(mended.says("Đã khắc phục"))
        // Who looked does not judge; the commune has no such button at all.
        #expect(try await kaHuong.json(path + "/keeping", sending: "{}").status == 403)
        let kept = try await hanh.press("/keeping", on: hanh.open(path))
        #expect(kept.status == 200 && kept.says("Đã giữ danh hiệu"))
        let after = try await yaThuong.open(titles).expectStatus(200)
        #expect(after.says("Rà soát: giữ danh hiệu") && after.says("Đang giữ"))
        let home = try await yaThuong.open("/").expectStatus(200)
        #expect(home.says("Thôn Thông Xanh (minh họa) giữ danh hiệu khu dân cư kiểu mẫu sau rà soát"))
        #expect(home.links.contains(titles) && !home.says("danh hiệu bị thu hồi"))
        #expect(try await hanh.json(path + "/keeping", sending: "{}").status == 409)
        #expect(try await site.acts().contains("recheck.keep"))
        // Once a year: a second round of the same year is refused.
        let second = try await kaHuong.json(
            "/territories/\(Place.donDuong.id)/rechecks", sending: #"{"year": "2027"}"#)
        #expect(second.status == 409 && second.body.contains("2027"))
    }

    @Test(arguments: TestEngine.all) func aTitleIsTakenBackOnlyAfterTheAreaWasHeard(on engine: TestEngine) async throws
    {
        let (site, path) = try await begin(engine)
        try await flag(site, path)
        try await notify(site, path)
        let hanh = try await site.signIn(.doThiHanh)
        let summons = """
            {"hearingDay": "2027-12-20", "time": "8:00", "place": "Nhà văn hóa thôn", "whySummon": "Không khắc phục"}
            """
        let soon = try await hanh.json(path + "/summons", sending: summons)
        #expect(soon.status == 409 && soon.body.contains("02/12/2027"))
        // The time to mend is over, and nothing was heard of the area.
        site.clock.move(to: Self.day("2027-12-03"))
        let later = try await site.signIn(.doThiHanh)
        let page = try await later.open(path).expectStatus(200)
        #expect(page.says("đã hết hạn khắc phục: cấp quyết định mời khu dân cư trình bày"))
        let form = try page.form("/summons").filled([
            "place": "Nhà văn hóa thôn", "whySummon": "Không khắc phục, không trả lời",
        ])
        let near = try await later.send(form.filled(["hearingDay": "05/12/2027"])).expectStatus(422)
        #expect(near.error(beside: "hearingDay")?.contains("10/12/2027") == true)
        for (typed, words) in [("sáng", "8:30"), ("4:00", "6:00"), ("", "Còn trống")] {
            let wrong = try await later.send(form.filled(["hearingDay": "10/12/2027", "time": typed]))
            #expect(wrong.status == 422 && wrong.error(beside: "time")?.contains(words) == true, "\(typed)")
        }
        #expect(try await later.open(path + "/invitation").status == 409, "nobody is invited yet")
        let invited = try await later.send(
            form.filled(["hearingDay": "10/12/2027", "time": "14h30", "paperNumber": "15"])
        ).expectStatus(200)
        #expect(invited.says("Đã gửi giấy mời") && invited.says("Mời lúc 14:30 ngày 10/12/2027"))
        try await readInvitation(site, path)
        let propose = #"{"ground": "Không khắc phục", "basis": "Quy chế số 12"}"#
        #expect(try await later.json(path + "/withdrawal", sending: propose).status == 409)
        let minutes = #"{"came": "no", "minutes": "Không ai đến dù đã mời."}"#
        #expect(try await later.json(path + "/hearing", sending: minutes).status == 409)
        site.clock.move(to: Self.day("2027-12-10"))
        // Those who are heard may still put their words in writing.
        let yaThuong = try await site.signIn(.yaThuong)
        let word = try await yaThuong.open(path).form("/answer")
        try await yaThuong.send(word.filled(["text": "Thôn xin thêm thời gian đến mùa khô."])).expectStatus(200)
        let hear = try await later.open(path).form("/hearing")
        try await later.send(hear.filled(["came": "yes", "minutes": "Thôn trình bày khó khăn."])).expectStatus(422)
        let heard = try await later.send(
            hear.filled([
                "came": "yes", "present": "Ya Thương – Trưởng ban Công tác Mặt trận\nMa Uynh – Trưởng thôn",
                "minutes": "Thôn nêu rãnh hư do mưa; chưa có kinh phí.",
            ])
        ).expectStatus(200)
        #expect(heard.says("Đã ghi biên bản"))
        let paper = try await later.open(path + "/hearing").expectStatus(200)
        #expect(paper.says("BIÊN BẢN") && paper.says("chưa có kinh phí") && paper.says("thêm thời gian đến mùa khô"))
        #expect(paper.says("Ma Uynh") && paper.body.components(separatedBy: "signed-here").count == 3)
        #expect(paper.says("nghe thôn Thông Xanh") && paper.says("14:30 ngày 10/12/2027"))
        // The commune does not take back what the province gave.
        #expect(try await site.signIn(.kaHuong).json(path + "/withdrawal", sending: propose).status == 403)
        let form2 = try heard.form("/withdrawal")
        #expect(heard.says("Biên bản nghe khu dân cư trình bày ngày 10/12/2027"))
        for block in ["ĐẠI DIỆN KHU DÂN CƯ", "THƯ KÝ", "CHỦ TRÌ", "(ký, ghi rõ họ tên)"] {
            #expect(paper.says(block), "\(block)")
        }
        // Whoever holds an office of the commune longer than the province's still acts for the province here.
        try await site.database.unattended(.seed) { tx in
            try PeopleStore.addRole(
                ID(high: 0x7004, low: 1 << 63), person: Member.doThiHanh.id, role: .communeFrontChair,
                organisation: Body.frontOfDonDuong.id, territory: Place.donDuong.id, from: Self.day("2024-01-01"), tx)
            return Receipt()
        }
        let draft = try await later.send(form2.filled(["ground": "Chỉ tiêu III.2 không khắc phục trong thời hạn."]))
            .expectStatus(200)
        let drafter = try await site.database.read { reader in
            try reader.one("SELECT organisation_id FROM decision WHERE state = 'draft'").id("organisation_id")
        }
        #expect(drafter == Body.frontOfProvince.id)
        #expect(draft.says("Dự thảo thu hồi") && draft.says("Biên bản nghe khu dân cư trình bày ngày 10/12/2027"))
        // A draft changes nothing: held, and the area reads no more than that it stands in a draft.
        let titles = "/areas/\(Place.thongXanh.id)/titles"
        #expect(try await !yaThuong.open(titles).says("Đã thu hồi"))
        let bare = try await yaThuong.open(draft.path).expectStatus(200)
        #expect(bare.says("đang dự thảo") && !bare.says("không khắc phục trong thời hạn"))
        let thrown = try await later.press("/removal", on: draft)
        #expect(thrown.status == 200)
        let back = try await later.open(path).expectStatus(200)
        let again = try await later.send(
            back.form("/withdrawal").filled([
                "ground": "Không khắc phục III.2.", "basis": "Căn cứ Quy chế số 12/QC-MTTQ ngày 05/3/2026.;",
            ])
        ).expectStatus(200)
        #expect(again.says("Quyết định thu hồi") && !again.says("Quyết định công nhận Dự thảo"))
        let sheet = try await later.open(again.path + "/paper").expectStatus(200)
        for words in [
            "Căn cứ Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15;", "Căn cứ Quy chế số 12/QC-MTTQ ngày 05/3/2026;",
            "Căn cứ Quyết định số 46/QĐ-MTTQ-BTT ngày 10/11/2026 về việc công nhận",
            "Căn cứ Biên bản nghe khu dân cư trình bày ngày 10/12/2027, theo giấy mời ngày 03/12/2027;",
        ] {
            #expect(sheet.says(words), "\(words)")
        }
        #expect(!sheet.says(".;") && !sheet.says("Căn cứ Căn cứ"))
        // What issuing will do is said as it is: nothing appears, a title is taken down.
        #expect(again.says("cổng công khai thôi kể nơi ấy là đang giữ danh hiệu và ghi “đã thu hồi”"))
        #expect(!again.says("danh hiệu hiện trên cổng công khai"))
        try await keepLookersFromSigning(site, again.path)
        let signed = try again.form("/issue").filled([
            "number": "51/QĐ-MTTQ-BTT", "day": "10/12/2027", "signer": "Đỗ Thị Hạnh", "office": "Chủ tịch",
        ]).attaching("scan", file: "qd.pdf", Array("%PDF-1.4\n%%EOF\n".utf8))
        try await later.send(signed.filled(["day": "09/12/2027"])).expectStatus(422)
        let issued = try await later.send(signed).expectStatus(200)
        #expect(issued.says("Quyết định số 51/QĐ-MTTQ-BTT") && issued.says("Danh hiệu thôi có hiệu lực từ ngày này"))
        let gone = try await yaThuong.open(titles).expectStatus(200)
        #expect(gone.says("Đã thu hồi theo QĐ số 51/QĐ-MTTQ-BTT ngày 10/12/2027"))
        let home = try await yaThuong.open("/").expectStatus(200)
        #expect(
            home.says("Thôn Thông Xanh (minh họa) bị thu hồi danh hiệu khu dân cư kiểu mẫu")
                && home.links.contains(titles))
        #expect(home.says("Được công nhận khu dân cư kiểu mẫu; danh hiệu bị thu hồi ngày 10/12/2027"))
        let issues = try await site.database.read { reader in
            try reader.one(
                "SELECT count(*) AS n FROM recheck_event WHERE action = 'withdraw' AND state_to = 'withdrawn'"
            )
            .integer("n")
        }
        #expect(issues == 1, "the re-check's own story tells its end")
        #expect(try await later.open(path).says("Đã thu hồi"))
        #expect(try await later.open(path).forms.allSatisfy { !$0.action.hasPrefix("/rechecks") })
        let register = try await later.open("/titles/held?show=past").expectStatus(200)
        #expect(register.says("Đã thu hồi theo QĐ số 51/QĐ-MTTQ-BTT"))
        let portal = try await site.visitor().open("/portal/areas/\(Place.thongXanh.id)").expectStatus(200)
        #expect(portal.says("51/QĐ-MTTQ-BTT") && portal.text.lowercased().contains("đã thu hồi"), "\(portal.text)")
        try await site.database.read { reader in
            let today = Self.day("2027-12-10")
            let history = try RecognitionStore.titleHistory(under: Place.lamDong.id, reader)
            #expect(history.held(on: today) == [:], "withdrawn, raised, lapsed")
            #expect(history.accounts(until: today)[.init("model", .province)]?.withdrawn == 1)
        }
    }

    @Test(arguments: TestEngine.all) func whoWroteTheDossierDoesNotRecheckIt(on engine: TestEngine) async throws {
        let (site, path) = try await begin(engine, writer: .kaHuong)
        let kaHuong = try await site.signIn(.kaHuong)
        let page = try await kaHuong.open(path).expectStatus(200)
        #expect(page.says("Người đã làm hồ sơ của danh hiệu này"))
        let refused = try await kaHuong.json(path + "/looks", sending: #"{"value.I.2": "yes"}"#)
        #expect(refused.status == 403 && refused.body.contains("hồ sơ"))
        // Another officer of the commune does.
        let loan = try await site.signIn(.nguyenThiMaiLoan)
        let mine = try await loan.open(path).form("/looks")
        let done = try await loan.send(mine.filled(["value.I.2": "yes", "value.III.2": "70"])).expectStatus(200)
        let kept = try await loan.press("/conclusion", on: done)
        #expect(kept.status == 200 && kept.says("giữ danh hiệu"))
    }
}
