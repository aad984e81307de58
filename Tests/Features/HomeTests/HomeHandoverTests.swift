import Core
import Database
import People
import TestKit
import Testing

@testable import Home

/// An office changes hands: drawn up, signed, carried out; the successor's home is complete the same evening.
@Suite("Handover", .databases) struct HomeHandoverTests {
    private func begin(_ engine: TestEngine) async throws -> (TestSite, HomeScene.Begun) {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-11-10"))))
        return (site, try await HomeScene.begin(site.database))
    }

    private let lines = [
        "day": "10/11/2026", "papers": "Sổ họp dân", "money": "Quỹ nhà văn hóa: 12.000.000",
        "keys": "Con dấu\nChìa khóa",
    ]

    @Test(arguments: TestEngine.all) func theSuccessorHasEverythingTheSameEvening(on engine: TestEngine) async throws {
        let (site, begun) = try await begin(engine)
        try await HomeScene.answer(begun, accepts: false, site.database)
        let yaThuong = try await site.signIn(.yaThuong)
        let duty = "III.3"
        #expect(try await yaThuong.open("/").says(duty))
        let empty = try await yaThuong.open("/handovers").expectStatus(200)
        #expect(empty.says("Chưa có bản bàn giao nào"))
        let page = try await yaThuong.open("/handovers/new").expectStatus(200)
        #expect(page.says("Việc đang mở") && page.says(duty) && page.says("thoát khỏi 1 thiết bị"))
        let form = try page.form("/handovers")
        #expect(!form.options("person").contains("\(Member.yaThuong.id)"))
        let drawn = try await yaThuong.send(form.filled(lines).filled(["person": "\(Member.luongThiNgocBich.id)"]))
        drawn.expectStatus(200)
        #expect(drawn.says("Ya Thương giao cho Lương Thị Ngọc Bích") && drawn.says("Con dấu"))
        let paper = try await yaThuong.open("\(drawn.path)/paper").expectStatus(200)
        for words in [
            "BIÊN BẢN BÀN GIAO", "BÊN GIAO", "BÊN NHẬN", duty, "Sổ họp dân", "Chìa khóa", "thoát khỏi 1 thiết bị",
        ] {
            #expect(paper.says(words), "\(words)")
        }
        #expect(paper.body.contains("<path"), "a code that opens the record")
        // Said once; both sign in blocks of the same kind.
        #expect(paper.says("Chức vụ Trưởng Ban") && !paper.says("BIÊN BẢN BÀN GIAO Bàn giao"))
        #expect(paper.body.contains("paper-signs") && !paper.body.contains("document-sign"))
        // The giver does not carry it out, nor does anybody without accounts.
        #expect(try await yaThuong.json("\(drawn.path)/completion", sending: #"{"signed": true}"#).status == 403)
        #expect(try await site.signIn(.haLieng).open(drawn.path).status == 404)
        // Still the giver's, until the commune does it.
        let bich = try await site.signIn(.luongThiNgocBich)
        #expect(try await !bich.open("/").says(duty))
        let kaHuong = try await site.signIn(.kaHuong)
        #expect(try await kaHuong.open("/").says("Thực hiện một bản bàn giao"))
        let seen = try await kaHuong.open(drawn.path).expectStatus(200)
        let unsigned = try await kaHuong.send(seen.form("/completion")).expectStatus(422)
        #expect(unsigned.error(beside: "signed")?.contains("đã ký") == true)
        let done = try await kaHuong.send(seen.form("/completion").filled(["signed": "on"])).expectStatus(200)
        #expect(done.says("từ 10/11/2026, Lương Thị Ngọc Bích giữ việc"))
        #expect(try await !kaHuong.open("/").says("Thực hiện một bản bàn giao"))
        // The same evening: the duty is hers, the giver and the helper have none.
        #expect(try await bich.open("/").says(duty))
        #expect(try await yaThuong.open("/").path == "/portal", "signed out everywhere")
        let (heads, helpers) = try await site.database.read { reader in
            let today = Day(iso: "2026-11-10") ?? .first
            return (
                try PeopleStore.peopleWithRole(
                    .frontWorkCommitteeHead, territory: Place.thongXanh.id, on: today, reader),
                try PeopleStore.helpers(of: Member.yaThuong.id, territory: Place.thongXanh.id, on: today, reader)
            )
        }
        #expect(heads.map(\.id) == [Member.luongThiNgocBich.id] && helpers.isEmpty)
        let twice = try await kaHuong.json("\(drawn.path)/completion", sending: #"{"signed": true}"#)
        #expect(twice.status == 409)
        let acts = try await site.acts()
        #expect(acts.filter { $0.hasPrefix("handover.") } == ["handover.draw", "handover.complete"])
    }

    @Test(arguments: TestEngine.all) func whatIsRefused(on engine: TestEngine) async throws {
        let (site, _) = try await begin(engine)
        let yaThuong = try await site.signIn(.yaThuong)
        let form = try await yaThuong.open("/handovers/new").form("/handovers").filled(lines)
        let oneself = try await yaThuong.send(form.forged(["person": "\(Member.yaThuong.id)"])).expectStatus(422)
        #expect(oneself.error(beside: "person")?.contains("chính mình") == true)
        let nobody = try await yaThuong.send(form.filled(["person": ""])).expectStatus(422)
        #expect(nobody.error(beside: "person")?.contains("Chọn người nhận") == true)
        let stranger = try await yaThuong.send(form.forged(["person": "\(Member.haLieng.id)"])).expectStatus(422)
        #expect(stranger.error(beside: "person") != nil)
        let far = try await yaThuong.send(form.filled(["name": "Cil Ha Son", "day": "10/11/2027"])).expectStatus(422)
        #expect(far.error(beside: "day") != nil)
        let past = try await yaThuong.send(form.filled(["name": "Cil Ha Son", "day": "9/11/2026"])).expectStatus(422)
        #expect(past.error(beside: "day")?.contains("không thể trước hôm nay") == true)
        // Another's office is not theirs to hand over.
        let other = try await yaThuong.send(
            form.filled(["name": "Cil Ha Son"]).forged(["office": "\(Member.dinhCongSau.role)"]))
        #expect(other.status == 403)
        // One open handover for an office.
        let drawn = try await yaThuong.send(form.filled(["name": "Cil Ha Son", "birthYear": "1990"])).expectStatus(200)
        let second = try await yaThuong.send(form.filled(["name": "Cil Ha Ni"]))
        #expect(second.status == 409 && second.says("đã có một bản bàn giao chưa xong"))
        // The commune draws up what a head cannot, and the new person gets an account that waits for its slip.
        let kaHuong = try await site.signIn(.kaHuong)
        let done = try await kaHuong.send(
            kaHuong.open(drawn.path).form("/completion").filled(["signed": "on"])
        ).expectStatus(200)
        #expect(done.says("Làm phiếu kích hoạt cho Cil Ha Son"))
        let chosen = try await kaHuong.open("/handovers/new").expectStatus(200)
        let office = try #require(chosen.links.first { $0.hasSuffix("\(Member.dinhCongSau.role)") })
        // Đinh Công Sau is signed in nowhere: nothing is said of devices.
        #expect(try await !kaHuong.open(office).says("thiết bị đang đăng nhập"))
        let own = try await kaHuong.send(
            kaHuong.open(office).form("/handovers").filled(lines).filled(["name": "Cil Ha Ni"])
        ).expectStatus(200)
        _ = try await kaHuong.press("/withdrawal", on: own).expectStatus(200)
    }
}

/// Offices above the area: everybody hands over their own, and who gives offices carries it out.
@Suite("Handover: offices of communes and the province", .databases) struct HomeHandoverAboveTests {
    @Test(arguments: TestEngine.all) func anOfficerHandsOverWhatWaitsForTheOffice(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-11-10"))))
        _ = try await HomeScene.begin(site.database)
        let hanh = try await site.signIn(.doThiHanh)
        let page = try await hanh.open("/handovers/new").expectStatus(200)
        #expect(page.says("Việc đang mở") && !page.says("giấy công nhận"), "an area's papers are an area's")
        #expect(!page.links.contains { $0.hasSuffix("\(Member.dinhCongSau.role)") }, "no other office is hers to give")
        let form = try page.form("/handovers").filled([
            "day": "10/11/2026", "name": "Nguyễn Thị Mới", "papers": "Sổ công văn", "keys": "Tủ hồ sơ",
        ])
        let other = try await hanh.send(form.forged(["office": "\(Member.dinhCongSau.role)"]))
        #expect(other.status == 403)
        let drawn = try await hanh.send(form).expectStatus(200)
        #expect(drawn.says("rồi quản trị hệ thống thực hiện"))
        let paper = try await hanh.open("\(drawn.path)/paper").expectStatus(200)
        #expect(paper.says("BIÊN BẢN BÀN GIAO") && paper.says("Sổ công văn") && paper.says("Nguyễn Thị Mới"))
        // A commune that looks after its accounts carries out nothing of the province's, nor is it asked to.
        let kaHuong = try await site.signIn(.kaHuong)
        #expect(try await !kaHuong.open("/").says("Thực hiện một bản bàn giao"))
        #expect(try await kaHuong.json("\(drawn.path)/completion", sending: #"{"signed": true}"#).status == 404)
        let administrator = try await site.signIn(.ngoTanPhat)
        #expect(try await administrator.open("/").says("Thực hiện một bản bàn giao"))
        let seen = try await administrator.open(drawn.path).expectStatus(200)
        let done = try await administrator.send(seen.form("/completion").filled(["signed": "on"])).expectStatus(200)
        #expect(done.says("Nguyễn Thị Mới giữ việc"))
    }

    @Test func whoHandsOver() {
        let none = Role.allCases.filter { !$0.capabilities.contains(.handOver) }
        #expect(none == [.administrator, .standingCommittee, .panelMember, .helper, .member])
        #expect(Role.allCases.filter(HandoverRules.drawsForAreas) == [.communeFrontChair])
    }
}

/// When an office changes hands.
@Suite("Handovers: the day", .databases) struct HandoverDayTests {
    @Test(arguments: [
        ("2026-11-08", false), ("2026-11-09", false), ("2026-11-10", true), ("2026-11-11", true),
        ("2027-03-10", true), ("2027-03-11", false),
    ])
    func isTodayAtTheEarliest(_ day: String, isTaken: Bool) throws {
        let refusal = HandoverRules.refusal(
            of: Member.yaThuong.id, to: nil, day: try #require(Day(iso: day)), from: .first, until: nil,
            today: TestClock.today)
        #expect((refusal == nil) == isTaken)
    }

    /// Signed on Tuesday, carried out on Thursday: what the giver did on Wednesday was done in their office.
    @Test(arguments: TestEngine.all) func isNotPutBackWhenItIsCarriedOutLater(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        try await HomeScene.begin(site.database)
        let yaThuong = try await site.signIn(.yaThuong)
        let drawn = try await yaThuong.send(
            yaThuong.open("/handovers/new").form("/handovers")
                .filled(["day": "10/11/2026", "person": "\(Member.luongThiNgocBich.id)"])
        ).expectStatus(200)
        site.clock.move(to: try #require(Day(iso: "2026-11-12")))
        let kaHuong = try await site.signIn(.kaHuong)
        let asked = try await kaHuong.open(drawn.path).expectStatus(200)
        #expect(asked.says("giữ việc từ 12/11/2026"))
        let done = try await kaHuong.send(asked.form("/completion").filled(["signed": "on"])).expectStatus(200)
        #expect(done.says("từ 12/11/2026, Lương Thị Ngọc Bích giữ việc"))
        let terms = try await site.database.read { reader in
            try reader.rows(
                """
                SELECT valid_from, valid_until FROM role_assignment
                WHERE role = \(Role.frontWorkCommitteeHead.rawValue) AND territory_id = \(Place.thongXanh.id)
                    AND stands_for IS NULL ORDER BY valid_from
                """
            ).map { [try $0.optionalDay("valid_from"), try $0.optionalDay("valid_until")] }
        }
        let day = Day(iso: "2026-11-12")
        #expect(terms.count == 2 && terms.first?.last == day && terms.last?.first == day)
        site.clock.move(to: try #require(Day(iso: "2026-11-20")))
        #expect(try await kaHuong.open(drawn.path).says("từ 12/11/2026"), "what was done does not move with the days")
        #expect(try await !kaHuong.open(drawn.path).says("10/11/2026 Tổ chức"))
        let list = try await kaHuong.open("/handovers").expectStatus(200)
        #expect(list.says("12/11/2026") && !list.says("10/11/2026"))
        #expect(try await kaHuong.open("\(drawn.path)/paper").says("10/11/2026"), "the paper keeps its day")
    }

    /// The term ends on the day of the paper; the commune carries it out the day after.
    @Test(arguments: TestEngine.all, [("2026-11-15", true), ("2026-11-14", false)])
    func mayComeAfterTheTermEnded(on engine: TestEngine, _ term: (until: String, isTaken: Bool)) async throws {
        let site = try await TestSite(engine)
        try await HomeScene.begin(site.database)
        let yaThuong = try await site.signIn(.yaThuong)
        let drawn = try await yaThuong.send(
            yaThuong.open("/handovers/new").form("/handovers")
                .filled(["day": "15/11/2026", "person": "\(Member.luongThiNgocBich.id)"])
        ).expectStatus(200)
        let until = try #require(Day(iso: term.until))
        try await site.database.unattended(.seed) { tx in
            try PeopleStore.endRole(Member.yaThuong.role, on: until, tx)
            return Receipt()
        }
        site.clock.move(to: try #require(Day(iso: "2026-11-16")))
        let kaHuong = try await site.signIn(.kaHuong)
        let asked = try await kaHuong.open(drawn.path).expectStatus(200)
        let done = try await kaHuong.send(asked.form("/completion").filled(["signed": "on"]))
        #expect(done.status == (term.isTaken ? 200 : 409))
        let terms = try await site.database.read { reader in
            try reader.rows(
                """
                SELECT valid_from, valid_until FROM role_assignment
                WHERE role = \(Role.frontWorkCommitteeHead.rawValue) AND territory_id = \(Place.thongXanh.id)
                    AND stands_for IS NULL ORDER BY valid_from
                """
            ).map { [try $0.optionalDay("valid_from"), try $0.optionalDay("valid_until")] }
        }
        #expect(terms.first?.last == until, "the old term stays as it was")
        #expect(terms.dropFirst().map(\.first) == (term.isTaken ? [Day(iso: "2026-11-16")] : []))
    }
}

/// The rules of the burden meter.
@Suite("Burden: rules") struct HomeBurdenRuleTests {
    @Test func theMiddleIsOfThoseWithWork() {
        let all = [
            HomeBurden(), HomeBurden(values: 4, seconds: 61), HomeBurden(values: 9, seconds: 600),
            HomeBurden(values: 2, seconds: 1),
        ]
        #expect(HomeBurden.median(all, \.values) == 4 && HomeBurden.median(all, \.minutes) == 2)
        #expect(HomeBurden.median([HomeBurden()], \.values) == nil)
    }

    @Test func monthsAreReadAndCounted() throws {
        let month = try #require(HomeMonth("2026-12"))
        #expect(month.next.text == "2027-01" && month.previous.text == "2026-11")
        #expect(HomeMonth("2026-13") == nil && HomeMonth("2026") == nil)
    }
}
