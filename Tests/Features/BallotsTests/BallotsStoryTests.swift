import App
import Core
import Criteria
import Database
import Foundation
import Recognition
import TestKit
import Testing

@testable import Ballots
@testable import Web

/// A posted dossier asks its households, on paper and by code, as everybody concerned lives it over HTTP: 214
/// households, 174 slips on paper and 40 codes; 133 and 30 come back, 161 valid, 149 satisfied.
@Suite("Ballots: a household ballot by paper and code", .databases) struct BallotsStoryTests {
    private static let criteria = """
        code: KDC-THU
        version: 1
        label: demonstration
        name: {vi: Bộ tiêu chí thử, en: Criteria for tests}
        issuer: Minh họa
        legalBasis: [Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15]
        effectiveFrom: 2026-01-01
        subject: residentialArea
        maximum: 100
        titles:
          - code: outstanding
            name: {vi: Khu dân cư tiêu biểu, en: Outstanding residential area}
            deciders: [{province: Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh}]
            pass: {required: mandatory, minimum: 60, floor: 50%}
        ballot:
          minimumResponse: 60%
          minimumSatisfied: {outstanding: 80%}
          topics:
            - {code: roads, name: {vi: Gia đình ta có hài lòng với đường sá không?, en: Are you satisfied with the roads?}}
        term: {years: 3, recheckMonths: 12}
        groups:
          - code: I
            name: {vi: Kinh tế, en: Economy}
            maximum: 100
            indicators:
              - {code: I.1, name: {vi: Mô hình kinh tế, en: Models}, kind: number, unit: model, operator: ">=", thresholds: {outstanding: 1}, points: 100, verifier: Xã, suppliedBy: area, evidence: [{visit: Xem tại chỗ}], basis: giả định, answerable: Hội Nông dân}
        """

    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    @Test(arguments: TestEngine.all) func householdsAnswerByPaperAndCodeAndTheDossierGoesOn(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-09-20")))
        let dossier = try await post(site)
        let here = "/dossiers/\(dossier)/ballot"
        let ballot = try await open(site, here)
        let codes = try await issue(site, here, ballot)
        try await vote(site, ballot, Array(codes.prefix(20)))
        try await kiosk(site, ballot, Array(codes[20..<30]))
        try await extend(site, ballot)
        site.clock.move(to: try day("2026-10-02"), hour: 9)
        try await refuseLate(site, ballot, codes[31])
        try await count(site, here)
        try await close(site, here, ballot)
        try await nothingIsJoined(site, codes)
        try await noHashTells(site, dossier, ballot, codes)

        let yaThuong = try await site.signIn(.yaThuong)
        let done = try await yaThuong.send(yaThuong.open("/dossiers/\(dossier)").form("/submission"))
        done.expectStatus(200)
        #expect(done.says("Chờ xã kiểm tra"))
    }

    /// The area's dossier, filled in and posted. How it came so far is told by the tests of recognition.
    private func post(_ site: TestSite) async throws -> ID {
        let id = try await site.database.unattended(
            .seed,
            giving: { tx in
                let set = try CriteriaStore.addPublished(Self.criteria, for: Place.lamDong.id, tx)
                return try RecognitionStore.register(
                    Recognition.Registration(
                        area: Place.thongXanh.id, year: 2026, title: "outstanding", level: .province, areaClass: nil,
                        criteriaSet: set),
                    Recognition.Deed(
                        person: Member.yaThuong.id, organisation: Body.frontWorkOfThongXanh.id, at: tx.now), tx)
            })
        let yaThuong = try await site.signIn(.yaThuong)
        try await yaThuong.json("/dossiers/\(id)/values/I.1", sending: #"{"value": "2"}"#).expectStatus(200)
        let (from, last) = (site.clock.today, site.clock.today.adding(days: 9))
        try await site.database.unattended(.seed) { tx in
            try tx.execute("UPDATE dossier SET state = 'posted', revision = revision + 1 WHERE id = \(id)")
            try tx.execute(
                """
                INSERT INTO posting (id, dossier_id, posted_from, posted_last, at, households, revision)
                VALUES (\(tx.ids.next()), \(id), \(from), \(last), \(tx.now), 214, 1)
                """)
            return Receipt()
        }
        return id
    }

    /// The commune opens answering by code; the assessed area may not.
    private func open(_ site: TestSite, _ here: String) async throws -> String {
        let yaThuong = try await site.signIn(.yaThuong)
        let own = try await yaThuong.open(here).expectStatus(200)
        #expect(!own.forms.contains { $0.action.hasSuffix("/box") })
        #expect(try await yaThuong.json("\(here)/box", sending: "{}").status == 403)
        try await yaThuong.send(own.form("/slips").filled(["slips": "174"])).expectStatus(200)
        #expect(try await yaThuong.open("\(here)/slip").says("Gia đình ta có hài lòng với đường sá không?"))

        let kaHuong = try await site.signIn(.kaHuong)
        let opened = try await kaHuong.send(kaHuong.open(here).form("/ballot/box")).expectStatus(200)
        #expect(
            opened.path.hasPrefix("/ballots/") && opened.says("Đã mở hòm phiếu.")
                && opened.says("Bước tiếp theo: cấp mã"))
        #expect(try await kaHuong.json("\(here)/box", sending: "{}").status == 409)
        // Elsewhere it is not there at all.
        #expect(try await site.signIn(.haLieng).open(opened.path).status == 404)
        return opened.path
    }

    /// Forty codes beside 174 slips on paper, and two spare ones.
    private func issue(_ site: TestSite, _ here: String, _ ballot: String) async throws -> [String] {
        let kaHuong = try await site.signIn(.kaHuong)
        let page = try await kaHuong.open(ballot)
        let many = try await kaHuong.send(page.form("/codes").filled(["count": "41"])).expectStatus(422)
        #expect(many.error(beside: "count")?.contains("đã phát 174 phiếu giấy và 0 mã, còn 40") == true)
        let form = try page.form("/codes").filled(["count": "40"])
        let slips = try await kaHuong.send(form).expectStatus(200)
        #expect(
            slips.says("40 phiếu") && slips.says("PHIẾU LẤY Ý KIẾN HỘ GIA ĐÌNH")
                && slips.says("Gửi chậm nhất hết ngày 29/09/2026"))
        let codes = slips.text.matches(of: /\d{4} \d{4} \d{4} \d{4}/).map { String($0.output) }
        #expect(Set(codes).count == 40)
        #expect(slips.headers[.cacheControl] == "no-store")
        // The same press sent again shows no codes and makes none.
        let again = try await kaHuong.send(form).expectStatus(200)
        #expect(again.text.firstMatch(of: /\d{4} \d{4} \d{4} \d{4}/) == nil && again.says("hủy cả đợt rồi cấp lại"))

        let after = try await kaHuong.open(ballot)
        let tooMany = try await kaHuong.send(after.form("/spares").filled(["count": "12"])).expectStatus(422)
        #expect(tooMany.error(beside: "spares-count")?.contains("214 hộ thì nhiều nhất 11 mã dự phòng") == true)
        try await kaHuong.send(after.form("/spares").filled(["count": "2"])).expectStatus(200)
        let yaThuong = try await site.signIn(.yaThuong)
        let paper = try await yaThuong.send(yaThuong.open(here).form("/slips").filled(["slips": "175"]))
        #expect(paper.status == 422 && paper.error(beside: "slips")?.contains("nhiều nhất là 174") == true)
        // The area sees how many, never which.
        let seen = try await yaThuong.open(ballot)
        #expect(seen.says("Mã đã cấp 40") && !seen.forms.contains { $0.action.hasSuffix("/codes") })
        #expect(page.says("Nếu chỉ từ 1 đến 9 hộ trả lời bằng mã"), "who issues them is told")
        return codes
    }

    private func marks(_ number: Int) -> [String: String] {
        // 28 of 30 by code are satisfied, one is not, one has no opinion; half are satisfied with the roads.
        let overall = number == 0 ? "unsatisfied" : number == 1 ? "noOpinion" : "satisfied"
        return ["answer.overall": overall, "answer.roads": number.isMultiple(of: 2) ? "satisfied" : "unsatisfied"]
    }

    /// Twenty on telephones of their own, one of them through the interface.
    private func vote(_ site: TestSite, _ ballot: String, _ codes: [String]) async throws {
        let path = ballot.replacing("/ballots/", with: "/vote/")
        let visitor = site.visitor()
        let list = try await visitor.open("/vote?q=thong%20xanh").expectStatus(200)
        #expect(list.links.contains(path) && list.says("đến hết 29/09/2026"))
        let page = try await visitor.open(path).expectStatus(200)
        for words in [
            "Xã Đơn Dương; không phải trưởng thôn", "20/09/2026 đến hết 29/09/2026", "không ai nối được với hộ",
            "Gia đình ta có hài lòng với kết quả xây dựng thôn Thông Xanh",
            "2. Gia đình ta có hài lòng với đường sá không?",
        ] { #expect(page.says(words), "\(words)") }
        let form = try page.form(path)
        let empty = try await visitor.send(form).expectStatus(422)
        #expect(empty.text.components(separatedBy: "Chưa chọn. Chọn một trong ba.").count > 2)
        let typo = String(codes[0].dropLast()) + (codes[0].last == "0" ? "1" : "0")
        let wrong = try await visitor.send(form.filled(marks(0).merging(["code": typo]) { $1 })).expectStatus(422)
        #expect(wrong.error(beside: "code")?.contains("gõ nhầm hoặc đổi chỗ") == true)
        let unknown = Ballots.Code(number: 4_711).shown
        let guessed = try await visitor.send(form.filled(marks(0).merging(["code": unknown]) { $1 })).expectStatus(422)
        #expect(guessed.error(beside: "code")?.contains("không có ở hòm phiếu") == true)

        for (number, code) in codes.enumerated() where number != 5 {
            let household = site.visitor()
            let slip = try await household.open(path).form(path)
            let sent = try await household.send(slip.filled(marks(number).merging(["code": code]) { $1 }))
            sent.expectStatus(200)
            #expect(sent.path == "\(path)/done" && sent.says("Đã ghi nhận"))
        }
        let json = try await visitor.json(
            path, sending: #"{"code": "\#(codes[5])", "answer.overall": "satisfied", "answer.roads": "unsatisfied"}"#)
        json.expectStatus(200)
        // After a broken line, and with another answer: the same words, nothing more.
        let again = try await visitor.send(
            visitor.open(path).form(path).filled(marks(0).merging(["code": codes[3]]) { $1 }))
        #expect(again.status == 200 && again.path == "\(path)/done" && again.says("Đã ghi nhận"))
        let english = site.visitor()
        english[cookie: "kieumau-language"] = "en"
        #expect(try await english.open(path).says("Are you satisfied with the roads?"))
    }

    /// Ten on one telephone, which is signed out first.
    private func kiosk(_ site: TestSite, _ ballot: String, _ codes: [String]) async throws {
        let path = ballot.replacing("/ballots/", with: "/vote/") + "/kiosk"
        let phone = try await site.signIn(.nguyenThiMaiLoan)
        let blank = try await phone.send(phone.open(ballot).form("/kiosk")).expectStatus(200)
        #expect(blank.path == path && blank.says("Bấm để bắt đầu"))
        #expect(try await phone.request(.get, ballot).status != 200, "the telephone still has the counter's rights")
        for (number, code) in codes.enumerated() {
            let slip = try await phone.open("\(path)/slip").expectStatus(200)
            #expect(slip.headers[.cacheControl] == "no-store")
            if number == 0 {
                // What was typed wrongly is not shown to whoever comes next.
                let wrong = try await phone.send(
                    slip.form("/slip").filled(["code": "1234", "answer.overall": "unsatisfied"])
                ).expectStatus(422)
                let values = try wrong.form("/slip").values
                #expect(values["code"] == "" && values["answer.overall"] == nil && values["answer.roads"] == nil)
                #expect(wrong.says("đã xóa để người sau không thấy"))
            }
            let sent = try await phone.send(slip.form("/slip").filled(marks(number + 2).merging(["code": code]) { $1 }))
            #expect(sent.path == "\(path)/done" && sent.says("Màn hình sẽ tự để trống"))
            #expect(sent.body.contains("http-equiv=\"refresh\""))
        }
        // Who wrote the self-assessment sets up no kiosk.
        let yaThuong = try await site.signIn(.yaThuong)
        #expect(try await !yaThuong.open(ballot).forms.contains { $0.action.hasSuffix("/kiosk") })
    }

    private func extend(_ site: TestSite, _ ballot: String) async throws {
        let kaHuong = try await site.signIn(.kaHuong)
        let page = try await kaHuong.open(ballot)
        #expect(!page.forms.contains { $0.action.hasSuffix("/closing") })
        let early = try await kaHuong.json("\(ballot)/closing", sending: "{}")
        #expect(early.status == 422)
        #expect(early.body.contains("mở đến hết 29/09/2026, không đóng sớm. Đóng được từ 30/09/2026"))
        let form = try page.form("/extension")
        let back = try await kaHuong.send(form.filled(["last": "28/9/2026", "reason": "Mưa"])).expectStatus(422)
        #expect(back.error(beside: "last")?.contains("phải sau 29/09/2026") == true)
        let later = try await kaHuong.send(form.filled(["last": "1/10/2026", "reason": "Mưa lớn hai ngày"]))
        later.expectStatus(200)
        #expect(later.says("Từ 29/09/2026 sang 01/10/2026") && later.says("Mưa lớn hai ngày"))
        let path = ballot.replacing("/ballots/", with: "/vote/")
        #expect(try await site.visitor().open(path).says("Gia hạn vì: Mưa lớn hai ngày"))
    }

    private func refuseLate(_ site: TestSite, _ ballot: String, _ code: String) async throws {
        let path = ballot.replacing("/ballots/", with: "/vote/")
        let late = try await site.visitor().json(
            path, sending: #"{"code": "\#(code)", "answer.overall": "satisfied", "answer.roads": "satisfied"}"#)
        #expect(late.status == 409)
        #expect(try await site.visitor().open(path).says("Đã hết hạn ngày 01/10/2026"))
    }

    /// Three count the paper, two enter; a count above what went out is refused.
    private func count(_ site: TestSite, _ here: String) async throws {
        var typed = [
            "returned": "175", "valid": "131", "satisfied": "121", "unsatisfied": "6", "noOpinion": "4",
            "topic.roads-satisfied": "100", "topic.roads-unsatisfied": "31", "topic.roads-noOpinion": "1",
            "counter1": "K'Đoan", "counter2": "Trần Thị Lụa", "counter3": "Đinh Công Sáu",
            "fetchedBy": "Trần Thị Lụa",
        ]
        let dinhCongSau = try await site.signIn(.dinhCongSau)
        let form = try await dinhCongSau.open(here).form("/entries")
        let wrong = try await dinhCongSau.send(form.filled(typed)).expectStatus(422)
        #expect(wrong.error(beside: "returned")?.contains("nhiều hơn 174 phiếu phát ra") == true)
        #expect(wrong.error(beside: "topic.roads-satisfied")?.contains("132") == true)
        #expect(wrong.text.contains(/\? Hài lòng: [^:]*132/), "the summary names the question")
        // What is wrong stands in the order of the fields: names come last, also where one is missing.
        let nameless = try await dinhCongSau.send(form.filled(typed.merging(["counter1": ""]) { $1 }))
        let topic = try #require(nameless.text.range(of: "? Hài lòng:"))
        let name = try #require(nameless.text.range(of: "Người kiểm phiếu thứ 1:"))
        #expect(nameless.status == 422 && topic.lowerBound < name.lowerBound)
        typed.merge(["returned": "133", "topic.roads-noOpinion": "0"]) { $1 }
        try await dinhCongSau.send(form.filled(typed)).expectStatus(200)
        let kDoan = try await site.signIn(.kDoan)
        let second = try await kDoan.send(kDoan.open(here).form("/entries").filled(typed)).expectStatus(200)
        #expect(second.says("Còn hòm phiếu bằng mã") && !second.says("149"))
        // The dossier waits for the box.
        let yaThuong = try await site.signIn(.yaThuong)
        let early = try await yaThuong.json(here.replacing("/ballot", with: "/submission"), sending: "{}")
        #expect(early.status == 422 && early.body.contains("Hòm phiếu bằng mã chưa đóng"))
    }

    private func close(_ site: TestSite, _ here: String, _ ballot: String) async throws {
        let kaHuong = try await site.signIn(.kaHuong)
        #expect(try await kaHuong.open("/").says("Đóng hòm phiếu"))
        // Paper and codes are told apart, and codes of a closed box no longer work.
        let before = try await kaHuong.open(here).expectStatus(200)
        #expect(before.says("Phiếu giấy phát ra") && before.says("Phiếu có mã phát ra"))
        #expect(try await kaHuong.open(ballot).says("Còn dùng"))
        let closed = try await kaHuong.send(kaHuong.open(ballot).form("/closing")).expectStatus(200)
        #expect(closed.says("mã hết dùng") && !closed.says("Còn dùng"))
        #expect(closed.says("Hòm đã đóng") && closed.says("Khớp với dấu đã chốt") && !closed.says("Không hài lòng"))
        let id = try #require(ID(String(ballot.dropFirst("/ballots/".count))))
        #expect(site.ballots.canOpen(id))
        try await site.runJobs()
        #expect(!site.ballots.canOpen(id))

        let result = try await kaHuong.open(here).expectStatus(200)
        for words in [
            "163 (76,2\u{A0}%)", "149 (92,5\u{A0}%)", "Phiếu hợp lệ 161", "40, thêm 2 mã dự phòng",
            "Khớp với dấu đã chốt",
        ] {
            #expect(result.says(words) || result.text.contains(words), "\(words)")
        }
        let hash = String(try #require(result.text.firstMatch(of: /(?:[0-9a-f]{8} ){7}[0-9a-f]{8}/)).output)
        #expect(try await kaHuong.open("\(here)/minutes").says(hash))
        let posted = here.replacing("/dossiers/", with: "/posted/")
        let open = try await site.visitor().open(posted).expectStatus(200)
        #expect(open.says(hash) && open.says("valid 161") && open.says("roads satisfied 115 unsatisfied 46 none 0"))
        #expect(try await kaHuong.open("\(ballot)/minutes").says("BIÊN BẢN ĐÓNG HÒM PHIẾU BẰNG MÃ"))
        // The part by code alone is told to nobody.
        let part = try await site.visitor().json(ballot.replacing("/ballots/", with: "/vote/") + "/result")
        #expect(!part.body.contains("\"satisfied\""))
    }

    /// No row of the trail, of operations or of anything else holds a code or what was answered with it.
    private func nothingIsJoined(_ site: TestSite, _ codes: [String]) async throws {
        let texts = try await site.database.read { reader in
            let audit = try reader.rows("SELECT detail AS text FROM audit")
            let operations = try reader.rows("SELECT receipt AS text FROM operation")
            return try (audit + operations).map { try $0.text("text") }.joined(separator: "\n")
        }
        for code in codes {
            #expect(!texts.contains(code) && !texts.contains(code.replacing(" ", with: "")))
        }
        for word in ["satisfied", "noOpinion"] { #expect(!texts.contains(word), "the trail says \(word)") }
        let burnt = try await site.database.read {
            try $0.one("SELECT count(*) AS n FROM audit WHERE act = 'unattended.resident'").integer("n")
        }
        #expect(burnt == 30)
    }

    /// The house knows every other write by a hash of what was sent. Kept for a vote, trying all ways of answering with a
    /// code would tell which was sent.
    private func noHashTells(_ site: TestSite, _ dossier: ID, _ ballot: String, _ codes: [String]) async throws {
        let kept = try await site.database.read { reader in
            Set(try reader.rows("SELECT fingerprint FROM operation").map { try $0.bytes("fingerprint") })
        }
        func hash(_ label: String, _ parameters: [String: String], _ values: [String: String]) -> [UInt8] {
            Fingerprint.of(label, parameters: parameters, RawInput(values: values))
        }
        // As the area's value was kept: the same way of asking finds what is there.
        #expect(
            kept.contains(
                hash("POST /dossiers/:id/values/:code", ["id": "\(dossier)", "code": "I.1"], ["value": "2"])))
        let parameters = ["id": String(ballot.split(separator: "/").last ?? "")]
        for code in codes {
            for overall in Ballots.Answer.allCases {
                for roads in Ballots.Answer.allCases {
                    let answers = ["answer.overall": overall.rawValue, "answer.roads": roads.rawValue]
                    for typed in [code, code.replacing(" ", with: "")] {
                        for label in ["POST /vote/:id", "POST /vote/:id/kiosk/slip"] {
                            let told = kept.contains(
                                hash(label, parameters, answers.merging(["code": typed]) { $1 }))
                            #expect(!told, "an operation tells how \(code) was answered")
                        }
                    }
                }
            }
        }
    }

    /// The commune lets residents practise; with few slips no figures are told.
    @Test(arguments: TestEngine.all) func aPracticeBallotTellsNoFiguresUnderTwenty(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let loan = try await site.signIn(.nguyenThiMaiLoan)
        #expect(try await loan.open("/ballots").says("Chưa có hòm phiếu nào"))
        let form = try await loan.open("/ballots/new").form("/ballots")
        #expect(form.options("area").contains("\(Place.thongXanh.id)"))
        let page = try await loan.send(form.filled(["area": "\(Place.thongXanh.id)", "last": "12/11/2026"]))
        page.expectStatus(200)
        let slips = try await loan.send(page.form("/codes").filled(["count": "19"])).expectStatus(200)
        let codes = slips.text.matches(of: /\d{4} \d{4} \d{4} \d{4}/).map { String($0.output) }
        let path = page.path.replacing("/ballots/", with: "/vote/")
        for code in codes {
            let visitor = site.visitor()
            try await visitor.send(
                visitor.open(path).form(path).filled(["code": code, "answer.overall": "unsatisfied"])
            ).expectStatus(200)
        }
        site.clock.move(to: try day("2026-11-13"))
        let later = try await site.signIn(.nguyenThiMaiLoan)
        let closed = try await later.send(later.open(page.path).form("/closing")).expectStatus(200)
        #expect(closed.says("Dưới 20 phiếu hợp lệ nên không nêu con số"))
        let result = try await site.visitor().open("\(path)/result").expectStatus(200)
        #expect(result.says("Dưới 20 phiếu hợp lệ") && !result.says("valid 19") && result.says("Khớp với dấu"))
        #expect(try await !site.visitor().json("\(path)/result").body.contains("\"unsatisfied\""))
        // The area's own people opened none, and may not.
        let area = try await site.signIn(.dinhCongSau)
        #expect(try await area.open("/ballots/new").status == 403)
    }

    /// When the key is lost the page says so, and only then the box may be given up.
    @Test(arguments: TestEngine.all) func aBoxWhoseKeyIsLostEndsWithoutAResult(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let loan = try await site.signIn(.nguyenThiMaiLoan)
        let form = try await loan.open("/ballots/new").form("/ballots")
        let page = try await loan.send(form.filled(["area": "\(Place.suoiThong.id)", "last": "12/11/2026"]))
        let slips = try await loan.send(page.form("/codes").filled(["count": "3"])).expectStatus(200)
        let code = String(try #require(slips.text.firstMatch(of: /\d{4} \d{4} \d{4} \d{4}/)).output)
        let path = page.path.replacing("/ballots/", with: "/vote/")
        let visitor = site.visitor()
        try await visitor.send(
            visitor.open(path).form(path).filled(["code": code, "answer.overall": "satisfied"])
        ).expectStatus(200)
        let early = try await loan.json("\(page.path)/giving-up", sending: #"{"reason": "x"}"#)
        #expect(early.status == 409)
        try site.ballots.destroyOpening(of: try #require(ID(String(page.path.dropFirst("/ballots/".count)))))
        let told = try await loan.open(page.path)
        #expect(told.says("Chìa mở hòm không có trên máy này"))
        let ended = try await loan.send(told.form("/giving-up").filled(["reason": "Ổ đĩa hỏng"])).expectStatus(200)
        #expect(ended.says("không có kết quả: Ổ đĩa hỏng"))
        #expect(try await visitor.open(path).says("đã kết thúc, không có kết quả"))
    }
}
