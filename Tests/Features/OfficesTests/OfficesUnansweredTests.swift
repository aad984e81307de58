import App
import Core
import Criteria
import Database
import Organisation
import TestKit
import Testing

@testable import Offices

/// An objection reaches somebody who can answer, and an answer that does not come is seen.
@Suite("Offices: who answers an objection", .databases) struct OfficesUnansweredTests {
    private typealias S = OfficesScene

    /// Thông Xanh objects on Monday 17/8 to what insurance says; the answer is due on 22/8, a Saturday worked in the place
    /// of 31/8.
    private func objected(_ engine: TestEngine, withClerk: Bool = true) async throws -> (TestSite, ID) {
        let site = try await TestSite(engine, clock: TestClock(S.day("2026-08-17")))
        let set = try await S.begin(site.database)
        let objection = try await site.database.unattended(
            .seed,
            giving: { tx in
                let id = try S.assign(set, tx).insurance
                try S.put(S.percent(88_000), "II.2", in: id, tx)
                try S.put(S.percent(93_000), "II.2", of: .suoiThong, in: id, tx)
                if !withClerk {
                    try tx.execute(
                        "UPDATE role_assignment SET valid_until = \(tx.now.day) WHERE organisation_id = \(S.insurance)")
                }
                let grid = try OfficesStore.grid(id, unattended: tx)
                let cell = Offices.Cell(area: Place.thongXanh.id, code: "II.2")
                let held = try #require(try OfficesStore.cells(of: grid, tx)[cell])
                return try OfficesStore.object(
                    to: held, in: grid, claimed: S.percent(96_400), reason: "Thôn đếm lại.",
                    Offices.Deed(person: Member.yaThuong.id, at: tx.now), tx)
            })
        return (site, objection)
    }

    @Test(arguments: TestEngine.all) func whereTheOfficeHasNobodyTheCommunesCultureOfficerIsTold(on engine: TestEngine)
        async throws
    {
        let (site, objection) = try await objected(engine, withClerk: false)
        let loan = try await site.signIn(.nguyenThiMaiLoan)
        let home = try await loan.open("/").expectStatus(200)
        #expect(home.says("Trả lời đề nghị xem lại số liệu II.2 của thôn Thông Xanh (minh họa)"))
        #expect(home.says("Bảo hiểm xã hội phụ trách xã Đơn Dương chưa có người dùng hệ thống"))
        #expect(home.links.contains("/objections/\(objection)"))
        let answered = try await loan.send(
            try await loan.open("/objections/\(objection)").form("/answer").filled([
                "outcome": "kept", "reason": "Theo danh sách ngày 10/8.",
            ])
        ).expectStatus(200)
        #expect(answered.says("Theo danh sách ngày 10/8."))
        #expect(try await !loan.open("/").says("Trả lời đề nghị xem lại"))
    }

    @Test(arguments: TestEngine.all) func whereTheOfficeHasAClerkTheClerkIsTold(on engine: TestEngine) async throws {
        let (site, _) = try await objected(engine)
        #expect(try await site.signIn(S.insuranceClerk).open("/").says("Trả lời đề nghị xem lại số liệu II.2"))
        for person in [Member.nguyenThiMaiLoan.id, S.policeClerk, Member.kaHuong.id] {
            #expect(try await !site.signIn(person).open("/").says("đề nghị xem lại"))
        }
    }

    @Test(arguments: TestEngine.all) func pastItsDayTheOfficeIsNamed(on engine: TestEngine) async throws {
        let (site, _) = try await objected(engine)
        let missing = "/offices/missing?year=2026"
        site.clock.move(to: S.day("2026-08-22"))
        let chair = try await site.signIn(.kaHuong)
        #expect(try await !chair.open("/").says("đề nghị xem lại quá hạn"), "its last day is still in time")
        #expect(try await !chair.open(missing).says("quá hạn trả lời"))
        site.clock.move(to: S.day("2026-08-23"))
        for member in [Member.kaHuong, .nguyenThiMaiLoan] {
            let browser = try await site.signIn(member)
            let home = try await browser.open("/").expectStatus(200)
            #expect(home.says("Nhắc cơ quan trả lời: 1 đề nghị xem lại quá hạn"), "\(member)")
            #expect(home.says("Bảo hiểm xã hội phụ trách xã Đơn Dương"))
            let page = try await browser.open(missing).expectStatus(200)
            #expect(page.says("1 đề nghị xem lại quá hạn trả lời"))
            #expect(page.says("Bảo hiểm xã hội phụ trách xã Đơn Dương (hạn 22/08/2026)"))
        }
        let english = try await site.signIn(.kaHuong).open("/language/en?back=\(missing)")
        #expect(english.says("1 objection unanswered past the day"))
        #expect(try await !site.signIn(S.policeClerk).open("/").says("đề nghị xem lại quá hạn"))
    }

    @Test(arguments: TestEngine.all) func aFigureMendedByAnObjectionIsNotTakenBack(on engine: TestEngine) async throws {
        let (site, objection) = try await objected(engine)
        let clerk = try await site.signIn(S.insuranceClerk)
        try await clerk.send(
            try await clerk.open("/objections/\(objection)").form("/answer").filled([
                "outcome": "mended", "value": "96,4", "reason": "Đối chiếu lại.",
            ])
        ).expectStatus(200)
        let grid = try await site.database.read {
            try $0.one("SELECT id FROM office_grid WHERE organisation_id = \(S.insurance)").id("id")
        }
        let save = try #require(try await clerk.open("/offices/\(grid)").links.first { $0.contains("/saves/") })
        let page = try await clerk.open(save).expectStatus(200)
        #expect(
            page.says("số này sửa theo đề nghị xem lại") && page.forms.allSatisfy { !$0.action.hasSuffix("/reversal") })
        let undone = try await clerk.json("\(save)/reversal", sending: "{}")
        #expect(undone.status == 409 && undone.body.contains("ghi số khác vào bảng"), "\(undone.body)")
        #expect(try await clerk.open("/objections/\(objection)").says("Đã sửa theo đề nghị"))
        // Another figure is entered in the open, and the area may object again.
        let cell = "cell.\(Place.thongXanh.id).II.2"
        try await clerk.send(try await clerk.open("/offices/\(grid)").form("/values").filled([cell: "95"]))
            .expectStatus(200)
        let figure = try await site.signIn(.yaThuong).open(
            "/areas/\(Place.thongXanh.id)/office-values/II.2?year=2026")
        #expect(figure.says("95 %") && figure.forms.contains { $0.action.contains("/objections") })
    }
}
