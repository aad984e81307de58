import Core
import Criteria
import Database
import Foundation
import Organisation
import People
import TestKit
import Testing

@testable import Recognition

/// A commune that the rules let decide, from the registration to the certificate over HTTP, and everybody who tries what
/// is another level's.
@Suite("A commune decides itself", .databases) struct RecognitionDecidingStoryTests {
    private let area = "/areas/\(Place.thongXanh.id)/dossiers"
    /// Of the commune's panel: the People's Committee, the Women's Union, and one from outside.
    private let members = [Member.buiVanLuc.id, Member.touprongNaiThuy.id, PanelScene.haBien]

    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    @Test(arguments: TestEngine.all) func fromRegistrationToTheCertificate(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-03-20")))
        try await Scene.begin(site.database, holding: false, criteria: Scene.deciding)
        let dossier = try await register(site)
        try await site.database.unattended(.seed) { tx in
            try PanelScene.addPeople(tx)
            try PeopleStore.addRole(
                tx.ids.next(), person: PanelScene.haBien, role: .massOrganisation,
                organisation: Body.womenOfDonDuong.id,
                territory: Place.donDuong.id, from: Day(iso: "2026-01-01") ?? .first, tx)
            try Walk.toSubmitted(dossier, tx)
            return Receipt()
        }
        try await check(site, dossier)
        try await formPanel(site, dossier)
        try await appraise(site, dossier)
        let draft = try await draft(site, dossier)
        try await issue(site, dossier, draft)
        let acts = try await site.acts()
        #expect(
            acts.suffix(5) == [
                "panel.form", "dossier.conclude", "decision.draft", "decision.issue", "certificate.giving",
            ])
        #expect(!acts.contains("submission.draft"), "no letter is written to oneself")
    }

    private func register(_ site: TestSite) async throws -> ID {
        let head = try await site.signIn(.yaThuong)
        let page = try await head.open("\(area)/new").expectStatus(200)
        #expect(page.says("Khu dân cư tiêu biểu, cấp xã") && page.says("Khu dân cư tiêu biểu, cấp tỉnh"))
        let unknown = try await head.json(area, sending: #"{"title": "outstanding@district", "year": "2026"}"#)
        #expect(unknown.status == 422)
        let sent = try await head.send(
            page.form("/dossiers").filled(["title": "outstanding@commune", "year": "2026"])
        ).expectStatus(200)
        let id = try #require(ID(String(sent.path.split(separator: "/")[1])))
        let level = try await site.database.read { try Walk.now(id, $0).level }
        #expect(level == .commune)
        return id
    }

    /// The commune's officer checks: whoever is to sign leaves it to her.
    private func check(_ site: TestSite, _ dossier: ID) async throws {
        site.clock.move(to: try day("2026-10-08"))
        let officer = try await site.signIn(.nguyenThiMaiLoan)
        let page = try await officer.open("/dossiers/\(dossier)/check").expectStatus(200)
        #expect(page.says("không ký quyết định"), "said before, not when it is too late")
        try await officer.send(page.form("/check").filled(["outcome": "accept"])).expectStatus(200)
    }

    private func formPanel(_ site: TestSite, _ dossier: ID) async throws {
        site.clock.move(to: try day("2026-10-12"))
        let (chair, hanh) = (try await site.signIn(.kaHuong), try await site.signIn(.doThiHanh))
        // There is nothing to write to the province, and nothing of it is the province's to give to its panel.
        #expect(try await chair.open("/submissions/new?year=2026").says("Không có hồ sơ nào sẵn sàng"))
        #expect(try await !hanh.open("/panels/new").says("Thông Xanh"))
        #expect(try await chair.open("/").links.contains("/panels/new?year=2026"))
        let page = try await chair.open("/panels/new?year=2026").expectStatus(200)
        #expect(page.says("Thông Xanh") && page.says("các danh hiệu này do xã quyết định"))
        let form = try #require(page.forms.first { $0.names.contains("chair") })
        #expect(form.values["own.\(dossier)"] == "yes")
        try await refuseOthersPeople(chair, form)
        var typed = ["chair": "\(members[0])", "secretary": "\(members[1])"]
        for member in members { typed["members.\(member)"] = "yes" }
        let local = typed.merging(["members.\(Member.dinhCongSau.id)": "yes"]) { $1 }
        let tied = try await chair.send(form.forged(local)).expectStatus(422)
        #expect(tied.says("Đinh Công Sáu giữ việc ở Thông Xanh"))
        // Of three one checked the only dossier: two are too few.
        let officer = Member.nguyenThiMaiLoan.id
        var checked = typed.filter { $0.key != "members.\(members[2])" }
        checked["members.\(officer)"] = "yes"
        #expect(try await chair.send(form.forged(checked)).expectStatus(422).says("không chấm; còn 2 người"))
        let formed = try await chair.send(form.forged(typed)).expectStatus(200)
        #expect(formed.says("Chờ 3 người khai báo"))
        #expect(try await site.database.read { try Walk.now(dossier, $0).state } == .forwarded)
    }

    /// The commune's panel is made of the commune's people: no others are named to its chair, nor taken when posted.
    private func refuseOthersPeople(_ chair: Browser, _ form: PageForm) async throws {
        func people(_ query: String) async throws -> Set<String> {
            let found = try await chair.json("/panels/new?\(query)").jsonObject["people"] as? [[String: Any]] ?? []
            return Set(found.compactMap { $0["person"] as? String })
        }
        // A member of the province's panel, one of another commune, one who holds no office at all.
        for (member, search) in [
            (Member.dangThiAnh.id, "anh"), (Member.haLieng.id, "lieng"), (PanelScene.hongPhuong, "phuong"),
        ] {
            let named = try await people("year=2026").union(people("year=2026&search=\(search)"))
            #expect(!named.contains("\(member)"), "\(search)")
            var typed = ["chair": "\(members[0])", "secretary": "\(members[1])"]
            for one in [members[0], members[1], member] { typed["members.\(one)"] = "yes" }
            let refused = try await chair.send(form.forged(typed)).expectStatus(422)
            #expect(refused.says("Chọn một người trong danh sách"))
        }
        #expect(try await people("year=2026&search=luc").contains("\(members[0])"))
        #expect(try await people("year=2026").contains("\(members[0])"), "its own officers stand there unasked")
        let several = try await people("year=2026&search=thuong,%20sau")
        #expect(several.contains("\(Member.yaThuong.id)") && several.contains("\(Member.dinhCongSau.id)"))
        #expect(try await people("year=2025&search=luc").isEmpty, "nothing waits")
    }

    private func appraise(_ site: TestSite, _ dossier: ID) async throws {
        let members = members
        site.clock.move(to: try day("2026-10-27"))
        try await site.database.unattended(.seed) { tx in
            try PanelScene.declareAndScore(dossier, by: members, tx)
            return Receipt()
        }
        // Nobody has been there yet: nothing is ticked for her.
        let early = try await site.signIn(members[0]).open("/dossiers/\(dossier)/appraisal").expectStatus(200)
        #expect(early.says("Chưa chọn sẵn kết luận nào"))
        #expect(try early.form("/conclusion").values["conclusion"]?.isEmpty ?? true)
        try await site.database.unattended(.seed) { tx in
            try RecognitionStore.putVisit(
                Recognition.NewVisit(
                    day: Day(iso: "2026-10-27") ?? .first, members: [members[0]], remark: nil,
                    looks: [.init(code: "III.3", result: .asWritten, note: nil)]),
                dossier: dossier, PanelScene.deed(members[0], "2026-10-27"), tx)
            return Receipt()
        }
        let chair = try await site.signIn(members[0])
        let page = try await chair.open("/dossiers/\(dossier)/appraisal").expectStatus(200)
        #expect(page.says("Kết luận chọn sẵn theo số điểm"))
        #expect(try page.form("/conclusion").values["conclusion"] == "passes")
        try await chair.send(page.form("/conclusion").filled(["conclusion": "passes"])).expectStatus(200)
    }

    private func draft(_ site: TestSite, _ dossier: ID) async throws -> String {
        site.clock.move(to: try day("2026-11-06"))
        let (chair, hanh) = (try await site.signIn(.kaHuong), try await site.signIn(.doThiHanh))
        // The province tries to decide the commune's title: it is not offered, and refused in words of the rule.
        #expect(try await !hanh.open("/").links.contains { $0.hasPrefix("/decisions/new") })
        #expect(try await !hanh.open("/decisions/new?title=outstanding&year=2026").says("Thông Xanh"))
        #expect(try await !hanh.json("/dossiers/\(dossier)").body.contains("\"propose\""))
        let body = #"{"title": "outstanding", "year": "2026", "outcome.\#(dossier)": "recognised"}"#
        let refused = try await hanh.json("/decisions/new", sending: body)
        #expect(refused.status == 403 && refused.body.contains("Mặt trận cấp xã quyết định"))
        #expect(try await chair.open("/").links.contains { $0.hasPrefix("/decisions/new?title=outstanding") })
        let page = try await chair.open("/decisions/new?title=outstanding&year=2026").expectStatus(200)
        #expect(page.says("Thông Xanh") && page.says("Ủy ban MTTQ Việt Nam xã Đơn Dương"))
        return try await chair.press("/decisions/new", on: page).expectStatus(200).path
    }

    private func issue(_ site: TestSite, _ dossier: ID, _ draft: String) async throws {
        let (chair, hanh) = (try await site.signIn(.kaHuong), try await site.signIn(.doThiHanh))
        let seen = try await hanh.open(draft).expectStatus(200)
        #expect(!seen.forms.contains { $0.names.contains("signer") })
        let removal = try await hanh.json("\(draft)/removal", sending: "{}")
        #expect(removal.status == 403 && removal.body.contains("Mặt trận cấp xã quyết định"))
        let form = try await chair.open(draft).form("/issue").filled([
            "number": "8/QĐ-MTTQ-BTT", "day": "6/11/2026", "signer": "Ka Hương", "office": "Chủ tịch",
        ]).attaching("scan", file: "qd.pdf", Array("%PDF-1.4\n%%EOF\n".utf8))
        #expect(try await chair.send(form).expectStatus(200).says("Quyết định số 8/QĐ-MTTQ-BTT"))
        site.clock.move(to: try day("2026-11-18"))
        let certificates = try await chair.open("\(draft)/certificates").expectStatus(200)
        let given = try await chair.send(certificates.form("/giving").filled(["day": "18/11/2026"]))
        #expect(given.expectStatus(200).says("Đã trao 18/11/2026"))
        let paper = try await site.signIn(.yaThuong).open("/dossiers/\(dossier)/certificate").expectStatus(200)
        #expect(paper.body.uppercased().contains("XÃ ĐƠN DƯƠNG") && paper.says("Thông Xanh"))
        #expect(!paper.says("Xã Đơn Dương, xã Đơn Dương"), "the place is named once")
        let signed = try await chair.open("\(draft)/paper").expectStatus(200)
        #expect(!signed.body.uppercased().contains("TỈNH LÂM ĐỒNG"), "a commune decides in its own name")
        let open = try await site.visitor().open("/portal/areas/\(Place.thongXanh.id)").expectStatus(200)
        #expect(open.says("Khu dân cư tiêu biểu, cấp xã"))
    }

    @Test(arguments: TestEngine.all) func theCommuneLeavesTheProvincesTitlesAlone(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let set = try await Scene.begin(site.database, holding: false, criteria: Scene.deciding)
        let (dossier, draft) = try await site.database.unattended(
            .seed,
            giving: { tx in
                let first = try Scene.register(set, title: "outstanding", tx)
                let second = try Scene.register(set, in: .suoiThong, title: "outstanding", tx)
                for id in [first, second] {
                    for (action, state) in [
                        (Recognition.Action.submit, Recognition.State.submitted), (.accept, .accepted),
                        (.forward, .forwarded), (.conclude, .appraised),
                    ] {
                        try RecognitionStore.move(Walk.now(id, tx), action, to: state, Scene.deed(.dangThiAnh, tx), tx)
                    }
                }
                let draft = try RecognitionStore.draft(
                    Recognition.NewDecision(
                        territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, title: "outstanding",
                        level: .province, year: 2026,
                        items: [
                            Recognition.DecisionItem(
                                dossier: try Walk.now(second, tx), outcome: .refused, reason: "Đường chưa đủ đèn")
                        ]), Scene.deed(.doThiHanh, tx), tx)
                return (first, draft)
            })
        let kaHuong = try await site.signIn(.kaHuong)
        #expect(try await !kaHuong.open("/").links.contains { $0.hasPrefix("/decisions/new") })
        #expect(try await !kaHuong.open("/decisions/new?title=outstanding&year=2026").says("Thông Xanh"))
        let body = #"{"title": "outstanding", "year": "2026", "outcome.\#(dossier)": "recognised"}"#
        let refused = try await kaHuong.json("/decisions/new", sending: body)
        #expect(refused.status == 403 && refused.body.contains("Mặt trận cấp tỉnh quyết định"))
        let removal = try await kaHuong.json("/decisions/\(draft)/removal", sending: "{}")
        #expect(removal.status == 403 && removal.body.contains("Mặt trận cấp tỉnh quyết định"))
        #expect(try await site.database.read { try Walk.now(dossier, $0).state } == .appraised)
        // In the store too: a draft of one level takes no dossier of another.
        await #expect {
            try await site.database.unattended(.seed) { tx in
                _ = try RecognitionStore.draft(
                    Recognition.NewDecision(
                        territory: Place.donDuong.id, organisation: Body.frontOfDonDuong.id, title: "outstanding",
                        level: .commune, year: 2026,
                        items: [
                            Recognition.DecisionItem(
                                dossier: try Walk.now(dossier, tx), outcome: .recognised, reason: nil)
                        ]), Scene.deed(.kaHuong, tx), tx)
                return Receipt()
            }
        } throws: { ($0 as? Refusal)?.key == "recognition.refusal.otherDecider.province" }
    }

    @Test(arguments: TestEngine.all) func twoDecidersAtOnceAndEachOnce(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-03-20")))
        try await Scene.begin(site.database, holding: false, criteria: Scene.deciding)
        let head = try await site.signIn(.yaThuong)
        func register(_ choice: String) async throws -> Int {
            try await head.json(area, sending: #"{"title": "\#(choice)", "year": "2026"}"#).status
        }
        // Without a word about who decides it is the highest that does.
        #expect(try await register("outstanding") < 300)
        let levels = try await site.database.read { reader in
            try RecognitionStore.dossiers(of: Place.thongXanh.id, seenBy: Scene.sight(.kaHuong), reader).map(\.level)
        }
        #expect(levels == [.province])
        #expect(try await register("outstanding") == 409)
        #expect(try await head.open(area).links.contains("\(area)/new"), "the commune may still be asked")
        #expect(try await register("outstanding@commune") < 300)
        #expect(try await register("outstanding@commune") == 409)
        #expect(try await !head.open(area).links.contains("\(area)/new"))
    }

    @Test(arguments: TestEngine.all) func aTitleOfWhoIsNoMoreIsNotRegisteredFor(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-03-20")))
        let criteria = Scene.deciding.replacing("{commune: Ủy ban MTTQ Việt Nam xã}", with: "{district: Huyện}")
            .replacing(", {province: Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh}", with: "")
        try await Scene.begin(site.database, holding: false, criteria: criteria)
        let head = try await site.signIn(.yaThuong)
        #expect(try await !head.open("\(area)/new").body.contains("value=\"outstanding"))
        for choice in ["outstanding", "outstanding@district", "outstanding@province"] {
            let sent = try await head.json(area, sending: #"{"title": "\#(choice)", "year": "2026"}"#)
            #expect(sent.status == 422 && sent.body.contains("không giao danh hiệu này"), "\(choice)")
        }
    }

    @Test(arguments: TestEngine.all) func whatWasSentOnBeforeFindsThePanel(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let set = try await Scene.begin(site.database, holding: false, criteria: Scene.deciding)
        let (dossier, panel) = try await site.database.unattended(
            .seed,
            giving: { tx in
                try PanelScene.addPeople(tx)
                try PeopleStore.addRole(
                    tx.ids.next(), person: PanelScene.haBien, role: .massOrganisation,
                    organisation: Body.womenOfDonDuong.id, territory: Place.donDuong.id, from: tx.now.day, tx)
                let id = try RecognitionStore.register(
                    Recognition.Registration(
                        area: Place.thongXanh.id, year: tx.now.day.year, title: "outstanding", level: .commune,
                        areaClass: nil, criteriaSet: set), Scene.deed(.yaThuong, tx), tx)
                for (action, state) in [
                    (Recognition.Action.submit, Recognition.State.submitted), (.accept, .accepted),
                    (.forward, .forwarded),
                ] {
                    try RecognitionStore.move(Walk.now(id, tx), action, to: state, Scene.deed(.kaHuong, tx), tx)
                }
                let waiting = try RecognitionStore.acceptedHere(
                    under: Place.donDuong.id, year: tx.now.day.year, seenBy: Scene.sight(.kaHuong), tx)
                #expect(waiting.map(\.id) == [id])
                let panel = try RecognitionStore.formPanel(
                    Recognition.NewPanel(
                        territory: Place.donDuong.id, organisation: Body.frontOfDonDuong.id, name: "Tổ thẩm định",
                        year: tx.now.day.year, chair: members[0], secretary: members[1], members: members,
                        dossiers: [id]), Scene.deed(.kaHuong, tx), tx)
                let left = try RecognitionStore.acceptedHere(
                    under: Place.donDuong.id, year: tx.now.day.year, seenBy: Scene.sight(.kaHuong), tx)
                #expect(left.isEmpty)
                return (id, panel)
            })
        let taken = try await site.database.read { try RecognitionStore.taken(by: panel, $0).map(\.dossier.id) }
        #expect(taken == [dossier])
    }

    @Test(arguments: TestEngine.all) func whoCheckedOrWroteDoesNotIssueForTheCommune(on engine: TestEngine) async throws
    {
        let site = try await TestSite(engine)
        let set = try await Scene.begin(site.database, holding: false, criteria: Scene.deciding)
        let draft = try await site.database.unattended(
            .seed,
            giving: { tx in
                let id = try RecognitionStore.register(
                    Recognition.Registration(
                        area: Place.thongXanh.id, year: 2026, title: "outstanding", level: .commune, areaClass: nil,
                        criteriaSet: set), Scene.deed(.yaThuong, tx), tx)
                for (action, state, member) in [
                    (Recognition.Action.submit, Recognition.State.submitted, Member.yaThuong),
                    (.accept, .accepted, .kaHuong), (.forward, .forwarded, .kaHuong),
                    (.conclude, .appraised, .buiVanLuc),
                ] {
                    try RecognitionStore.move(Walk.now(id, tx), action, to: state, Scene.deed(member, tx), tx)
                }
                return try RecognitionStore.draft(
                    Recognition.NewDecision(
                        territory: Place.donDuong.id, organisation: Body.frontOfDonDuong.id, title: "outstanding",
                        level: .commune, year: 2026,
                        items: [
                            Recognition.DecisionItem(
                                dossier: try Walk.now(id, tx), outcome: .refused, reason: "Đường chưa đủ đèn")
                        ]), Scene.deed(.kaHuong, tx), tx)
            })
        let kaHuong = try await site.signIn(.kaHuong)
        let page = try await kaHuong.open("/decisions/\(draft)").expectStatus(200)
        #expect(!page.forms.contains { $0.names.contains("signer") })
        let json = try await kaHuong.json("/decisions/\(draft)").jsonObject
        #expect(json["barred"] as? String == "recognition.refusal.apart.checked" && json["mayIssue"] as? Bool == false)
        let hands = try await site.database.read { reader in
            try RecognitionStore.hands(of: Member.yaThuong.id, onDecision: draft, reader)
        }
        #expect(hands == Recognition.Hands([.submitted]))
    }
}
