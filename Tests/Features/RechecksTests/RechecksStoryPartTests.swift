import Core
import Database
import Foundation
import People
import Recognition
import TestKit
import Testing

@testable import Rechecks

/// Parts of the story: a notice on its way to a paper, the invitation, a term that is over, what nobody knows.
extension RechecksStoryTests {
    /// A draft binds nobody: the area reads none of it and no day runs. Thrown away once, drafted again, signed.
    func draftNotice(_ site: TestSite, _ path: String) async throws {
        let (hanh, yaThuong) = (try await site.signIn(.doThiHanh), try await site.signIn(.yaThuong))
        let reason = ["reason.III.2": "Còn 48,5 %, yêu cầu 60 %."]
        let first = try await hanh.send(hanh.open(path).form("/notice").filled(reason)).expectStatus(200)
        #expect(first.says("Đã lập dự thảo thông báo") && first.says("Chưa phải văn bản"))
        let thrown = try await hanh.press("/notice/removal", on: first).expectStatus(200)
        #expect(thrown.says("Theo dõi") && !thrown.says("Còn 48,5 %"))
        let draft = try await hanh.send(thrown.form("/notice").filled(reason)).expectStatus(200)
        let sheet = try await hanh.open(path + "/notice").expectStatus(200)
        #expect(sheet.says("DỰ THẢO") && sheet.says("30 ngày, kể từ ngày ký") && !sheet.says("Đỗ Thị Hạnh"))
        #expect(!sheet.says("02/12/2027"), "the last day is not known before the day of signing")
        let own = try await yaThuong.open(path).expectStatus(200)
        #expect(!own.says("Còn 48,5 %, yêu cầu 60 %.") && !own.says("khắc phục đến hết ngày"))
        #expect(try await yaThuong.open(path + "/notice").status == 409)
        #expect(try await !yaThuong.open("/").says("Trả lời thông báo rà soát"))
        #expect(try await yaThuong.json(path + "/answer", sending: #"{"text": "x"}"#).status == 409)
        #expect(try await hanh.open("/").says("Nhập bản đã ký của thông báo rà soát"))
        #expect(try await hanh.open(path + "/notice/scan").status == 404)
        let bare = try draft.form("/notice/issue").filled([
            "number": "12/TB-MTTQ-BTT", "day": "02/11/2027", "signer": "Đỗ Thị Hạnh", "signerOffice": "Chủ tịch",
        ])
        let missing = try await hanh.send(bare).expectStatus(422)
        #expect(missing.error(beside: "scan") != nil)
        let signed = try bare.attaching("scan", file: "tb.pdf", Array("%PDF-1.4\n%%EOF\n".utf8))
        let ahead = try await hanh.send(signed.filled(["day": "03/11/2027"])).expectStatus(422)
        #expect(ahead.error(beside: "day") != nil)
        #expect(try await hanh.send(signed).expectStatus(200).says("Đã gửi thông báo"))
        #expect(try await yaThuong.open(path + "/notice/scan").status == 200)
        let json = try await yaThuong.json(path).jsonObject
        let notice = try #require((json["notices"] as? [[String: Any]])?.first)
        #expect(notice["isDraft"] as? Bool == false && notice["mendUntil"] as? String == "2027-12-02")
    }

    /// The invitation on paper, as those who are invited open it; nobody else does.
    func readInvitation(_ site: TestSite, _ path: String) async throws {
        let yaThuong = try await site.signIn(.yaThuong)
        #expect(try await yaThuong.open("/").says("Trình bày về danh hiệu của thôn "))
        #expect(try await yaThuong.open(path).links.contains(path + "/invitation"))
        let paper = try await yaThuong.open(path + "/invitation").expectStatus(200)
        for words in [
            "GIẤY MỜI", "15/GM-MTTQ-BTT", "Kính mời: Ban Công tác Mặt trận và Ban nhân dân thôn Thông Xanh",
            "Thời gian: 14:30, Thứ Sáu, 10/12/2027", "Địa điểm: Nhà văn hóa thôn", "Không khắc phục, không trả lời",
            "III.2", "Còn 48,5 %, yêu cầu 60 %.", "quyền được nghe", "ý kiến bằng văn bản",
            "Ủy ban MTTQ Việt Nam xã Đơn Dương",
        ] {
            #expect(paper.says(words), "\(words)")
        }
        #expect(paper.body.contains("<path d=\"M"), "the code that opens the record")
        let json = try await yaThuong.json(path + "/invitation").jsonObject
        let hearing = try #require(json["hearing"] as? [String: Any])
        #expect(hearing["time"] as? String == "14:30" && hearing["number"] as? String == "15")
        try await site.signIn(.touprongNaiThuy).open(path + "/invitation").expectStatus(404)
    }

    @Test(arguments: TestEngine.all) func aTermThatIsOverEndsTheTitleByItself(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        try await Scene.begin(site.database)
        // The warning ninety days before; the round is opened while the title holds.
        site.clock.move(to: Self.day("2027-08-14"))
        try await site.runJobs()
        let titles = "/areas/\(Place.suoiThong.id)/titles"
        let kaHuong = try await site.signIn(.kaHuong)
        #expect(try await kaHuong.open(titles).says("Nhắc sắp hết thời hạn"))
        #expect(try await kaHuong.open(titles).says("được đăng ký xét lại"))
        let women = try await site.signIn(.touprongNaiThuy).open(titles)
        #expect(!women.says("Nhắc sắp hết thời hạn"))
        let opened = try await kaHuong.send(kaHuong.open("/rechecks").form("/rechecks")).expectStatus(200)
        #expect(opened.says("Suối Thông B1"))
        let id = try await site.database.read { reader in
            try reader.one("SELECT id FROM recheck WHERE territory_id = \(Place.suoiThong.id)").id("id")
        }
        #expect(try await kaHuong.open("/").says("Rà soát 2 danh hiệu"))
        site.clock.move(to: Self.day("2027-11-11"))
        let later = try await site.signIn(.kaHuong)
        // Before the job has run and after it, the title has ended.
        #expect(try await later.open(titles).says("Đã hết hạn"))
        try await site.runJobs()
        let lapsed = try await later.open(titles).expectStatus(200)
        #expect(lapsed.says("Đã hết hạn") && lapsed.says("11/11/2027 Hết thời hạn"))
        let late = try await later.json("/rechecks/\(id)/looks", sending: #"{"value.I.2": "yes"}"#)
        #expect(late.status == 409 && late.body.contains("đã hết thời hạn"))
        #expect(try await later.open("/rechecks/\(id)").expectStatus(200).says("Danh hiệu đã hết hoặc được thay"))
        try await site.database.read { reader in
            let history = try RecognitionStore.titleHistory(under: Place.lamDong.id, reader)
            let today = Self.day("2027-11-11")
            #expect(history.held(on: today) == [.init("model", .province): 1])
            #expect(history.accounts(until: today)[.init("outstanding", .province)]?.lapsed == 1)
        }
    }

    /// Suối Thông B1 was entered from an older register: nobody knows what held at its recognition.
    @Test(arguments: TestEngine.all) func whatNobodyKnowsIsNotSaidToHaveFallen(on engine: TestEngine) async throws {
        let (site, _) = try await begin(engine, on: "2027-10-04")
        let kaHuong = try await site.signIn(.kaHuong)
        let (id, count) = try await site.database.read { reader in
            (
                try reader.one("SELECT id FROM recheck WHERE territory_id = \(Place.suoiThong.id)").id("id"),
                try reader.one("SELECT count(*) AS many FROM recheck").integer("many")
            )
        }
        let path = "/rechecks/\(id)"
        let page = try await kaHuong.open(path).expectStatus(200)
        #expect(page.says("danh hiệu được ghi trước khi dùng hệ thống"))
        let before = try await kaHuong.json(path).jsonObject["lines"] as? [[String: Any]]
        let codes = (before ?? []).compactMap { $0["code"] as? String }
        var typed = Dictionary(uniqueKeysWithValues: codes.map { ("value.\($0)", $0 == "I.2" ? "yes" : "95") })
        typed["value.III.2"] = "40"
        let looked = try await kaHuong.send(page.form("/looks").filled(typed)).expectStatus(200)
        #expect(looked.says("Chỉ tiêu chưa đạt: III.2") && !looked.says("Chỉ tiêu sụt"))
        let flagged = try await kaHuong.press("/conclusion", on: looked).expectStatus(200)
        #expect(flagged.says("Theo dõi") && flagged.says("không có") && flagged.says("Chưa đạt"))
        let json = try await kaHuong.json(path).jsonObject
        let lines = try #require(json["lines"] as? [[String: Any]])
        let line = try #require(lines.first { $0["code"] as? String == "III.2" })
        #expect(line["isLacking"] as? Bool == true && line["hasFallen"] as? Bool == false)
        // On watch is not concluded: it is counted as in progress, and not forgotten.
        let round = try await kaHuong.open("/rechecks").expectStatus(200)
        #expect(
            round.says("Còn \(count) trong \(count) danh hiệu chưa kết luận: \(count - 1) chờ rà soát, 1 đang xử lý."))
        let hanh = try await site.signIn(.doThiHanh)
        let draft = try await hanh.open(path).form("/notice").filled(["reason.III.2": "Còn 40 %."])
        try await hanh.send(draft).expectStatus(200)
        let paper = try await hanh.open(path + "/notice").expectStatus(200)
        #expect(paper.says("chưa đạt yêu cầu như sau") && paper.says("danh hiệu được ghi trước khi dùng hệ thống"))
        #expect(!paper.says("không còn đạt") && !paper.says("DỰ THẢO thông báo"))
    }

    /// Who looked, and who checked the dossier of the title, holds an office of the province too: another signs.
    func keepLookersFromSigning(_ site: TestSite, _ draft: String) async throws {
        let barred = [
            (Member.buiVanLuc, "rechecks.refusal.apart.looked"), (.kaHuong, "recognition.refusal.apart.checked"),
        ]
        try await site.database.unattended(.seed) { tx in
            try tx.execute("UPDATE recheck_look SET looked_by = \(Member.buiVanLuc.id) WHERE code = 'I.2'")
            for (member, _) in barred {
                try PeopleStore.addRole(
                    tx.ids.next(), person: member.id, role: .provinceFront, organisation: Body.frontOfProvince.id,
                    territory: Place.lamDong.id, from: Self.day("2027-01-01"), tx)
            }
            return Receipt()
        }
        for (member, key) in barred {
            let browser = try await site.signIn(member)
            let page = try await browser.open(draft).expectStatus(200)
            #expect(page.forms.allSatisfy { !$0.names.contains("signer") }, "\(member)")
            let json = try await browser.json(draft).jsonObject
            #expect(json["barred"] as? String == key && json["mayIssue"] as? Bool == false, "\(member)")
        }
        try await site.database.unattended(.seed) { tx in
            try tx.execute(
                """
                DELETE FROM role_assignment WHERE role = 'provinceFront'
                    AND person_id IN (\(SQL.list(barred.map(\.0.id))))
                """)
            return Receipt()
        }
    }
}
