import Core
import Criteria
import Database
import People
import TestKit
import Testing

@testable import Recognition

/// Where the commune decides itself whoever checked does not sign: it is said before, with who may, and home tells only
/// whoever can. The papers carry the commune's own name.
@Suite("A commune's decision: who signs, and in whose name", .databases) struct RecognitionSigningTests {
    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    @Test func aPanelNeedsEnoughWhoHadNothingInHand() {
        let seats = [
            Recognition.PanelSeat(Member.buiVanLuc.id, "Lực", .chair),
            Recognition.PanelSeat(Member.touprongNaiThuy.id, "Thủy", .secretary),
            Recognition.PanelSeat(Member.nguyenThiMaiLoan.id, "Loan", .member),
        ]
        func keys(_ handed: [String], least: Int = 3) -> [String] {
            Recognition.PanelPlan(
                members: seats, tied: [], dossiers: 1, least: least, handed: [(area: "Thông Xanh", members: handed)]
            ).refusal?.all.map(\.key) ?? []
        }
        #expect(keys([]).isEmpty)
        #expect(keys(["Loan"]) == ["recognition.panel.refusal.tooFewAble"])
        #expect(keys(["Loan"], least: 2).isEmpty)
    }

    /// A commune's dossier that the chair checked herself, concluded by a panel; then a draft of it.
    private func appraised(_ site: TestSite) async throws -> ID {
        let set = try await Scene.begin(site.database, holding: false, criteria: Scene.deciding)
        return try await site.database.unattended(
            .seed,
            giving: { tx in
                let id = try RecognitionStore.register(
                    Recognition.Registration(
                        area: Place.thongXanh.id, year: 2026, title: "outstanding", level: .commune, areaClass: nil,
                        criteriaSet: set), Scene.deed(.yaThuong, tx), tx)
                for (action, state) in [
                    (Recognition.Action.submit, Recognition.State.submitted), (.accept, .accepted),
                    (.forward, .forwarded), (.conclude, .appraised),
                ] {
                    let member: Member = action == .accept ? .kaHuong : action == .submit ? .yaThuong : .buiVanLuc
                    try RecognitionStore.move(Walk.now(id, tx), action, to: state, Scene.deed(member, tx), tx)
                }
                return id
            })
    }

    @Test(arguments: TestEngine.all) func whoeverCheckedIsToldBeforeAndNotAskedToSign(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine)
        let dossier = try await appraised(site)
        let chair = try await site.signIn(.kaHuong)
        let new = try await chair.open("/decisions/new?title=outstanding&year=2026").expectStatus(200)
        #expect(new.says("không ký được dự thảo này") && new.says("Chưa ai khác giữ vai trò ký"), "\(new.text)")
        #expect(new.says("tổ thẩm định đã kết luận") && new.says("Theo số của tổ"))
        #expect(!new.says("xã đã nhận") && !new.says("Theo số của xã"))
        let draft = try await site.database.unattended(
            .seed,
            giving: { tx in
                try RecognitionStore.draft(
                    Recognition.NewDecision(
                        territory: Place.donDuong.id, organisation: Body.frontOfDonDuong.id, title: "outstanding",
                        level: .commune, year: 2026,
                        items: [
                            Recognition.DecisionItem(
                                dossier: try Walk.now(dossier, tx), outcome: .refused, reason: "Chưa đủ điểm")
                        ]), Scene.deed(.kaHuong, tx), tx)
            })
        let path = "/decisions/\(draft)"
        // With nobody else the duty stays on her desk, and the page says how to go on.
        #expect(try await chair.open("/").links.contains(path))
        #expect(try await chair.open(path).says("Bàn giao hay ủy quyền của chính mình không thay được"))
        try await site.database.unattended(.seed) { tx in
            try PeopleStore.addRole(
                tx.ids.next(), person: Member.touprongNaiThuy.id, role: .communeFrontChair,
                organisation: Body.frontOfDonDuong.id, territory: Place.donDuong.id,
                from: Day(iso: "2026-01-01") ?? .first, tx)
            return Receipt()
        }
        #expect(try await !chair.open("/").links.contains(path))
        #expect(try await chair.open(path).says("Có thể ký: Touprong Nai Thủy"))
        #expect(try await site.signIn(.touprongNaiThuy).open("/").links.contains(path))
        // The area hears that a draft waits, not that it went through.
        let home = try await site.signIn(.yaThuong).open("/").expectStatus(200)
        #expect(home.says("chờ ký") && !home.says("Thông Xanh vào dự thảo"))
        let paper = try await chair.open("\(path)/paper").expectStatus(200)
        #expect(!paper.body.uppercased().contains("TỈNH LÂM ĐỒNG"), "\(paper.text)")
        #expect(paper.says("tổ thẩm định do Ủy ban MTTQ Việt Nam xã Đơn Dương lập") && !paper.says("các xã"))
    }

    /// Rules in force say who decides: so do the criteria's own page, the open one and the registration.
    @Test(arguments: TestEngine.all) func whoDecidesStandsInTheRules(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-03-20")))
        let set = try await Scene.begin(site.database, holding: false)
        let visitor = site.visitor()
        let before = try await visitor.open("/portal/criteria/KDC-THU").expectStatus(200)
        #expect(before.says("Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh") && !before.says("Mặt trận xã quyết"))
        try await site.database.unattended(.seed) { tx in
            try CriteriaRulesStore.addPublished(
                """
                kind: rules
                code: QC
                version: 1
                label: demonstration
                name: Quy chế
                effectiveFrom: 2026-01-01
                subject: residentialArea
                titles: [{code: outstanding, deciders: [{commune: Mặt trận xã quyết}]}, {code: model}]
                """, for: Place.lamDong.id, tx)
            return Receipt()
        }
        #expect(try await visitor.open("/portal/criteria/KDC-THU").says("Mặt trận xã quyết"))
        let own = try await site.signIn(.kaHuong).open("/criteria/\(set)").expectStatus(200)
        #expect(own.says("Mặt trận xã quyết") && own.says("Theo quy chế QC 1 đang áp dụng"))
        let registering = try await site.signIn(.yaThuong).open("/areas/\(Place.thongXanh.id)/dossiers/new")
        #expect(registering.says("Mặt trận xã quyết quyết định."), "\(registering.text)")
    }
}
