import Core
import Criteria
import Database
import Organisation
import Recognition
import TestKit
import Testing

@testable import Goals

@Suite("Goals: targets, goals and the register over HTTP", .databases) struct GoalsStoryTests {
    static let criteria = """
        code: KDC-GIAO
        version: 1
        label: demonstration
        name: {vi: Bộ tiêu chí thử, en: Criteria for tests}
        issuer: Minh họa
        legalBasis: [Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15]
        effectiveFrom: 2026-01-01
        subject: residentialArea
        maximum: 100
        titles:
          - code: model
            name: {vi: Khu dân cư kiểu mẫu, en: Model residential area}
            deciders: [{province: Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh}]
            pass: {required: mandatory, minimum: 80}
        groups:
          - code: I
            name: {vi: Kinh tế, en: Economy}
            maximum: 100
            indicators:
              - {code: I.1, name: {vi: Mô hình kinh tế, en: Models}, kind: number, unit: model, operator: ">=", thresholds: {model: 2}, points: 100, verifier: Xã, suppliedBy: area, evidence: [{visit: Xem tại chỗ}], basis: giả định, answerable: Hội Nông dân}
        """

    private func site(_ engine: TestEngine) async throws -> TestSite {
        let site = try await TestSite(engine)
        try await site.database.unattended(.seed) { tx in
            Receipt(id: try CriteriaStore.addPublished(Self.criteria, for: Place.lamDong.id, tx))
        }
        return site
    }

    private static let target = [
        "unit": "\(Place.donDuong.id)", "title": "model", "span": "2026", "value": "2", "documentNumber": "15-NQ/ĐU",
        "documentDay": "12/01/2026", "documentBody": "Đảng ủy xã Đơn Dương",
    ]

    @Test(arguments: TestEngine.all) func aChangedTargetKeepsTheOldNumberWithItsDocument(on engine: TestEngine)
        async throws
    {
        let site = try await site(engine)
        let secretary = try await site.signIn(.voDinhKhai)
        let empty = try await secretary.open("/targets").expectStatus(200)
        #expect(empty.says("Chưa giao chỉ tiêu cho năm 2026") && empty.says("Bước đầu tiên"))
        let set = try await secretary.send(
            try await secretary.open("/targets/new").form("/targets").filled(Self.target)
        ).expectStatus(200)
        #expect(set.says("Đã ghi chỉ tiêu.") && set.says("15-NQ/ĐU ngày 12/01/2026, Đảng ủy xã Đơn Dương"))
        let changed = try await secretary.send(
            try set.form().filled([
                "value": "1", "documentNumber": "27-KL/ĐU", "documentDay": "30/06/2026",
                "documentBody": "Đảng ủy xã Đơn Dương", "note": "Một thôn rút.",
            ])
        ).expectStatus(200)
        #expect(changed.says("Điều chỉnh từ 2 thành 1") && changed.says("Giao 2"))
        #expect(changed.says("15-NQ/ĐU") && changed.says("27-KL/ĐU") && changed.says("Võ Đình Khải"))
        // The page before is from before the change: who sends it now is told.
        let stale = try await secretary.send(
            try set.form().filled([
                "value": "2", "documentNumber": "28-KL/ĐU", "documentDay": "01/07/2026", "documentBody": "Đảng ủy xã",
            ]))
        #expect(stale.status == 409 && stale.says("Có người vừa điều chỉnh chỉ tiêu này"))
        let list = try await secretary.open("/targets").expectStatus(200)
        #expect(list.says("Còn 1") && list.links.contains { $0.hasPrefix("/targets/rows?figure=held") })
        let above = try await site.signIn(.tranQuocLan).open("/targets").expectStatus(200)
        #expect(above.says("Cộng chỉ tiêu các đơn vị bên dưới: 1."))
        let elsewhere = try await site.signIn(.maiSuongDem).open(changed.path)
        #expect(elsewhere.status == 404)
        let json = try await secretary.json("/targets").expectStatus(200)
        let titles = json.jsonObject["titles"] as? [[String: Any]]
        let own = titles?.first { $0["code"] as? String == "model" }?["own"] as? [String: Any]
        #expect(own?["value"] as? Int == 1, "what was set last: \(json.body)")
    }

    @Test(arguments: TestEngine.all) func whatCannotBeATargetIsSaidInWords(on engine: TestEngine) async throws {
        let site = try await site(engine)
        let secretary = try await site.signIn(.voDinhKhai)
        func send(_ values: [String: String]) async throws -> Shown {
            let form = try await secretary.open("/targets/new").form("/targets")
            return try await secretary.send(try form.filled(Self.target.merging(values) { _, new in new }))
        }
        let negative = try await send(["value": "-1"]).expectStatus(422)
        #expect(negative.error(beside: "value")?.contains("nhỏ hơn 0") == true)
        let many = try await send(["value": "3"]).expectStatus(422)
        #expect(many.error(beside: "value")?.contains("Đơn vị có 2 khu dân cư") == true)
        #expect(many.says("Đúng là nhiều hơn số khu dân cư hiện có"), "asked, not forbidden")
        let sure = try await secretary.send(try many.form().filled(["sure": "on"])).expectStatus(200)
        #expect(sure.says("Đã ghi chỉ tiêu."))
        let two = try await send(["span": "2026-", "documentDay": "31/12/2026", "value": "x"]).expectStatus(422)
        #expect(two.error(beside: "span") != nil && two.error(beside: "value") != nil, "all faults at once")
        let ahead = try await send(["documentDay": "31/12/2026"]).expectStatus(422)
        #expect(ahead.error(beside: "documentDay")?.contains("chưa đến ngày ký") == true)
        let area = try await site.signIn(.yaThuong)
        try await area.open("/targets/new").expectStatus(403)
        try await area.open("/targets").expectStatus(404)
    }

    private static let goal = [
        "unit": "\(Place.donDuong.id)", "title": "model", "name": "Xã nông thôn mới kiểu mẫu", "due": "31/12/2028",
        "owner": "\(Body.partyOfDonDuong.id)", "documentNumber": "03-NQ/ĐU", "documentDay": "05/11/2025",
        "documentBody": "Đảng ủy xã Đơn Dương",
    ]

    @Test(arguments: TestEngine.all) func aGoalIsOneLiesAheadAndKeepsWhatItSaid(on engine: TestEngine) async throws {
        let site = try await site(engine)
        let secretary = try await site.signIn(.voDinhKhai)
        func send(_ values: [String: String] = [:]) async throws -> Shown {
            let form = try await secretary.open("/goals/new").form("/goals")
            return try await secretary.send(try form.filled(Self.goal.merging(values) { _, new in new }))
        }
        let past = try await send(["due": "01/01/2026"]).expectStatus(422)
        #expect(past.error(beside: "due")?.contains("đã qua") == true)
        let goal = try await send().expectStatus(200)
        #expect(goal.says("Đã đặt mục tiêu.") && goal.says("Đang thực hiện"))
        let twice = try await send()
        #expect(twice.status == 409 && twice.says("Đơn vị đã có mục tiêu này, phải đạt trước 31/12/2028"))
        let changed = try await secretary.send(
            try goal.form().filled([
                "act": "keep", "due": "31/12/2029", "blocks": "Đường trục ba thôn", "documentNumber": "05-TB/ĐU",
                "documentDay": "01/10/2026", "documentBody": "Đảng ủy xã Đơn Dương",
            ])
        ).expectStatus(200)
        #expect(changed.says("trước 31/12/2029 (cũ 31/12/2028)") && changed.says("Đường trục ba thôn"))

        // The register makes it reached.
        let front = try await site.signIn(.doThiHanh)
        let title = [
            "unit": "\(Place.donDuong.id)", "title": "model", "name": "Xã nông thôn mới kiểu mẫu",
            "documentNumber": "900/QĐ-UBND", "documentDay": "01/11/2026", "documentBody": "UBND tỉnh",
        ]
        let entered = try await front.send(
            try await front.open("/unit-titles/new").form("/unit-titles").filled(title)
        ).expectStatus(200)
        #expect(entered.says("Đã ghi vào sổ.") && entered.says("Đang giữ"))
        let again = try await front.send(try await front.open("/unit-titles/new").form("/unit-titles").filled(title))
        #expect(again.status == 409 && again.says("đang giữ danh hiệu này từ 01/11/2026"))
        #expect(try await secretary.open("/goals").says("Đã đạt 01/11/2026"))
        try await secretary.open("/unit-titles/new").expectStatus(403)
        let ended = try await front.send(
            try entered.form("/ending").filled([
                "why": "withdrawn", "day": "05/11/2026", "document": "12/QĐ, 05/11/2026, UBND tỉnh",
            ])
        ).expectStatus(200)
        #expect(ended.says("Thu hồi 05/11/2026"))
        #expect(try await front.open("/unit-titles").says("Sổ chưa có danh hiệu nào"))
        #expect(try await front.open("/unit-titles?all=yes").says("900/QĐ-UBND"), "the entry stays")
    }

    @Test(arguments: TestEngine.all) func theDashboardOpensThirtyTwoTwelveThreeOne(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, .demonstration)
        let steering = try await site.database.read { reader in
            try reader.one("SELECT id FROM person WHERE name = 'Phan Minh Châu'").id("id")
        }
        let browser = try await site.signIn(steering)
        let home = try await browser.open("/").expectStatus(200)
        #expect(home.says("Danh hiệu đang giữ"))
        func rows(_ start: String) async throws -> Shown {
            let href = try #require(home.links.first { $0.hasPrefix(start) }, "\(start)")
            return try await browser.open(href).expectStatus(200)
        }
        let models = try #require(
            home.links.first { $0.hasPrefix("/targets/rows?figure=held") && !$0.contains("level") })
        #expect(try await browser.open(models).says("32 khu dân cư, theo thứ tự đơn vị."))
        let ofProvince = try #require(home.links.first { $0.contains("level=province") })
        #expect(try await browser.open(ofProvince).says("12 khu dân cư, theo thứ tự đơn vị."))
        let communes = try await rows("/unit-titles?under=")
        #expect(
            communes.says("3 danh hiệu.") && communes.says("Xã Đạ Ròn") && communes.says("đơn vị đến hết 30/06/2025"))
        let advanced = try #require(home.links.first { $0.contains("title=advanced") })
        #expect(try await browser.open(advanced).says("1 danh hiệu."))
        let goals = try await browser.open("/goals").expectStatus(200)
        #expect(goals.says("Huyện Đơn Dương") && goals.says("Quá hạn 10 ngày"), "late in the invented commune alone")
        let district = try await site.database.read { reader in
            try reader.one(
                "SELECT g.id FROM goal g JOIN territory t ON t.id = g.territory_id WHERE t.kind = 'district'"
            ).id("id")
        }
        let goal = try await browser.open("/goals/\(district)").expectStatus(200)
        #expect(goal.says("Huyện Đơn Dương kết thúc hết ngày 30/06/2025.") && goal.says("Văn bản giao tỉnh Lâm Đồng"))
        let targets = try await browser.open("/targets").expectStatus(200)
        #expect(targets.says("nhiều hơn chỉ tiêu của đơn vị (5)"))
        #expect(try await browser.open("/targets?span=2025-2030").says("nhiệm kỳ 2025-2030"))
    }
}
