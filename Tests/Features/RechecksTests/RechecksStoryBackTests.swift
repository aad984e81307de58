import Core
import Database
import Foundation
import Recognition
import TestKit
import Testing

@testable import Rechecks

/// What comes back to whom: an unanswered notice, what is mended, a hearing put off, titles entered late, last year's
/// round.
extension RechecksStoryTests {
    /// What anybody's home says on a day.
    private func home(_ member: Member, _ site: TestSite) async throws -> Shown {
        try await site.signIn(member).open("/").expectStatus(200)
    }

    @Test(arguments: TestEngine.all) func anUnansweredNoticeComesBackToTheDecider(on engine: TestEngine) async throws {
        let (site, path) = try await begin(engine)
        try await flag(site, path)
        try await notify(site, path)
        let card = "Xem tiếp thông báo gửi thôn Thông Xanh (minh họa): hết hạn, chưa trả lời"
        #expect(try await !home(.doThiHanh, site).says(card))
        site.clock.move(to: Self.day("2027-12-02"))
        #expect(try await !home(.doThiHanh, site).says(card), "the last day is the area's")
        site.clock.move(to: Self.day("2027-12-03"))
        let late = try await home(.doThiHanh, site)
        #expect(late.says(card) && late.links.contains(path), "\(late.text)")
        #expect(try await home(.yaThuong, site).says("Trả lời thông báo rà soát"), "they may answer all the same")
        #expect(try await !home(.kaHuong, site).says(card))
        // More time, and it is the area's again.
        let hanh = try await site.signIn(.doThiHanh)
        let more = try await hanh.open(path).form("/extension").filled([
            "longer": "20/12/2027", "whyLonger": "Mưa kéo dài.",
        ])
        try await hanh.send(more).expectStatus(200)
        #expect(try await !home(.doThiHanh, site).says(card))
    }

    @Test(arguments: TestEngine.all) func whatIsMendedComesBackToTheDecider(on engine: TestEngine) async throws {
        let (site, path) = try await begin(engine)
        try await flag(site, path)
        try await notify(site, path)
        let kept = "Giữ danh hiệu của thôn Thông Xanh (minh họa): mọi chỉ tiêu đã khắc phục"
        let kaHuong = try await site.signIn(.kaHuong)
        func mend(_ value: String) async throws {
            let form = try await kaHuong.open(path).expectStatus(200).form("/mending")
            try await kaHuong.send(form.filled(["again.III.2": value])).expectStatus(200)
        }
        try await mend("55")
        #expect(try await !home(.doThiHanh, site).says(kept))
        // Mended without an answer: nothing else would tell whoever decides.
        try await mend("64")
        let told = try await home(.doThiHanh, site)
        #expect(told.says(kept) && told.links.contains(path), "\(told.text)")
        try await mend("59")
        #expect(try await !home(.doThiHanh, site).says(kept), "put right again")

        // After an answer the commune is asked to look again, once.
        let look = "Xem lại chỉ tiêu chưa đạt của thôn Thông Xanh"
        #expect(try await !home(.kaHuong, site).says(look))
        site.clock.advance(by: .seconds(3_600))
        let yaThuong = try await site.signIn(.yaThuong)
        try await yaThuong.send(yaThuong.open(path).form("/answer").filled(["text": "Đã khơi rãnh."])).expectStatus(200)
        let asked = try await home(.kaHuong, site)
        #expect(asked.says(look) && asked.links.contains(path))
        #expect(try await home(.doThiHanh, site).says("Xem trả lời thông báo rà soát của thôn Thông Xanh"))
        site.clock.advance(by: .seconds(3_600))
        try await mend("66")
        #expect(try await !home(.kaHuong, site).says(look))
        #expect(try await home(.doThiHanh, site).says(kept))
        let hanh = try await site.signIn(.doThiHanh)
        #expect(try await hanh.press("/keeping", on: hanh.open(path)).says("Đã giữ danh hiệu."))
        #expect(try await !home(.doThiHanh, site).says(kept))
    }

    @Test(arguments: TestEngine.all) func aHearingIsPutOffWithAReasonAndInTime(on engine: TestEngine) async throws {
        let (site, path) = try await begin(engine)
        try await flag(site, path)
        try await notify(site, path)
        site.clock.move(to: Self.day("2027-12-03"))
        let hanh = try await site.signIn(.doThiHanh)
        let other = #"{"hearingDay": "2027-12-20", "time": "8:00", "place": "x", "whyPutOff": "y"}"#
        #expect(try await hanh.json(path + "/postponement", sending: other).status == 409, "nobody is invited")
        let summons = try await hanh.open(path).form("/summons").filled([
            "place": "Nhà văn hóa thôn", "whySummon": "Không khắc phục", "hearingDay": "10/12/2027", "time": "14:30",
            "paperNumber": "15",
        ])
        try await hanh.send(summons).expectStatus(200)
        let invited = try await home(.yaThuong, site)
        #expect(invited.says("Trình bày về danh hiệu của thôn Thông Xanh (minh họa) theo giấy mời"))
        #expect(invited.says("Mời lúc 14:30 ngày 10/12/2027, tại Nhà văn hóa thôn."), "\(invited.text)")
        site.clock.move(to: Self.day("2027-12-06"))
        let later = try await site.signIn(.doThiHanh)
        let page = try await later.open(path).expectStatus(200)
        let form = try page.form("/postponement")
        #expect(form.values["place"] == "Nhà văn hóa thôn" && form.values["time"] == "14:30")
        let why = ["whyPutOff": "Thôn có đám tang, xin dời."]
        let near = try await later.send(form.filled(why).filled(["hearingDay": "12/12/2027"])).expectStatus(422)
        #expect(near.error(beside: "hearingDay")?.contains("13/12/2027") == true)
        let fold = "<details class=\"fold no-print\" open>"
        #expect(near.body.contains(fold), "what is wrong does not hide in a closed fold")
        #expect(try await later.open(path).body.contains(fold) == false)
        let same = try await later.send(form.filled(why).filled(["hearingDay": "10/12/2027"])).expectStatus(422)
        #expect(same.error(beside: "hearingDay")?.contains("ngày và giờ cũ") == true)
        let silent = try await later.send(form.filled(["hearingDay": "20/12/2027", "time": "5:00"])).expectStatus(422)
        #expect(silent.error(beside: "whyPutOff") != nil)
        #expect(try await site.signIn(.kaHuong).json(path + "/postponement", sending: other).status == 403)
        let moved = try await later.send(
            form.filled(why).filled(["hearingDay": "20/12/2027", "time": "8:30", "paperNumber": "17"])
        ).expectStatus(200)
        #expect(moved.says("Đã dời ngày nghe và mời lại") && moved.says("Mời lúc 08:30 ngày 20/12/2027"))
        #expect(moved.says("Giấy mời cũ, đã dời ngày") && moved.says("Đã dời: Thôn có đám tang, xin dời."))
        #expect(try await site.acts().contains("recheck.postpone"))

        // The area reads the new day at home and on the new invitation, which says what it takes the place of.
        let told = try await home(.yaThuong, site)
        #expect(
            told.says("Trình bày về danh hiệu của thôn Thông Xanh (minh họa): ngày nghe đã dời") && told.says("20/12"))
        #expect(told.says("Mời lại lúc 08:30 ngày 20/12/2027, tại Nhà văn hóa thôn."))
        let paper = try await site.signIn(.yaThuong).open(path + "/invitation").expectStatus(200)
        for words in ["17/GM-MTTQ-BTT", "20/12/2027", "thay giấy mời ngày 03/12/2027", "Thôn có đám tang, xin dời."] {
            #expect(paper.says(words), "\(words)")
        }
        // On the former day nothing is held and nobody is asked for minutes.
        let minutes = #"{"came": "no", "minutes": "Không ai đến dù đã mời."}"#
        site.clock.move(to: Self.day("2027-12-10"))
        #expect(try await !home(.doThiHanh, site).says("Ghi biên bản nghe"))
        let early = try await site.signIn(.doThiHanh).json(path + "/hearing", sending: minutes)
        #expect(early.status == 409 && early.body.contains("20/12/2027"))
        site.clock.move(to: Self.day("2027-12-20"))
        #expect(try await home(.doThiHanh, site).says("Ghi biên bản nghe thôn Thông Xanh (minh họa) trình bày"))
        let held = try await site.signIn(.doThiHanh)
        #expect(try await held.json(path + "/hearing", sending: minutes).status == 200)
        #expect(try await held.open(path).says("Nghe trình bày ngày 20/12/2027"))
        let kept = try await site.database.read { reader in
            try reader.rows("SELECT day, held_at, put_off_why FROM recheck_hearing ORDER BY invited_at").map {
                "\(try $0.day("day").isoText) \(try $0.optionalInstant("held_at") != nil) \(try $0.optionalText("put_off_why") ?? "-")"
            }
        }
        #expect(kept == ["2027-12-10 false Thôn có đám tang, xin dời.", "2027-12-20 true -"])
    }

    @Test(arguments: TestEngine.all) func aTitleEnteredLateComesIntoTheOpenRound(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        try await Scene.begin(site.database)
        let today = Self.day("2027-11-02")
        site.clock.move(to: today)
        try await site.runJobs()
        // The round was opened before the title of Suối Thông B1 was known.
        try await site.database.unattended(.seed) { tx in
            let known = try RechecksStore.candidates(under: Place.donDuong.id, year: 2027, on: today, tx)
                .filter { $0.area == Place.thongXanh.id }
            _ = try RechecksStore.open(
                known, territory: Place.donDuong.id, year: 2027, dueOn: Self.day("2027-11-05"),
                Scene.deed(.kaHuong, tx), tx)
            return Receipt()
        }
        let kaHuong = try await site.signIn(.kaHuong)
        let page = try await kaHuong.open("/rechecks").expectStatus(200)
        #expect(page.says("1 danh hiệu chưa có trong đợt") && page.says("Suối Thông B1"), "\(page.text)")
        let missing = "/territories/\(Place.donDuong.id)/rechecks/missing"
        #expect(try await site.signIn(.yaThuong).json(missing, sending: "{}").status == 403)
        let added = try await kaHuong.press("/rechecks/missing", on: page).expectStatus(200)
        #expect(added.says("Đã thêm vào đợt rà soát.") && !added.says("chưa có trong đợt"))
        let rows = try await site.database.read { reader in
            try reader.rows(
                """
                SELECT r.territory_id, r.state, r.due_on, (SELECT count(*) FROM recheck_code c WHERE c.recheck_id = r.id)
                    AS codes, (SELECT count(*) FROM recheck_event e WHERE e.recheck_id = r.id AND e.action = 'open') AS opened
                FROM recheck r ORDER BY r.id
                """
            ).map {
                (
                    area: try $0.id("territory_id"), due: try $0.optionalDay("due_on"), codes: try $0.integer("codes"),
                    opened: try $0.integer("opened")
                )
            }
        }
        try #require(rows.count == 2)
        #expect(rows[1].area == Place.suoiThong.id && rows[1].opened == 1)
        #expect(rows[1].codes > 0 && rows[1].due == Self.day("2027-11-16"), "two weeks at the least")
        #expect(try await site.acts().contains("recheck.add"))
        let again = try await kaHuong.json(missing, sending: "{}")
        #expect(again.status == 409 && again.body.contains("đã có trong đợt năm 2027"))
        // In a year without a round there is nothing to add to.
        site.clock.move(to: Self.day("2028-02-01"))
        let none = try await site.signIn(.kaHuong).json(missing, sending: "{}")
        #expect(none.status == 409 && none.body.contains("Mở đợt trước"))
    }

    @Test(arguments: TestEngine.all) func lastYearsRoundIsFoundInJanuary(on engine: TestEngine) async throws {
        let (site, path) = try await begin(engine)
        site.clock.move(to: Self.day("2028-01-10"))
        try await site.runJobs()
        let page = try await home(.kaHuong, site)
        #expect(page.says("Rà soát 1 danh hiệu, đợt năm 2027"), "\(page.text)")
        let link = try #require(page.links.first { $0.hasPrefix("/rechecks?") && $0.contains("state=due") })
        let list = try await site.signIn(.kaHuong).open(link).expectStatus(200)
        #expect(list.links.contains(path) && list.says("Thông Xanh"), "the card leads to what it counted")
    }
}
