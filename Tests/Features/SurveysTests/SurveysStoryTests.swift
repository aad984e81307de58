import Core
import Criteria
import Database
import Offices
import Organisation
import Recognition
import TestKit
import Testing

@testable import Surveys

@Suite("Surveys: from the survey to the plan over HTTP", .databases) struct SurveysStoryTests {
    static func criteria(version: Int = 1, from: String = "2026-01-01", lit: Int = 90) -> String {
        """
        code: KDC-KS
        version: \(version)
        label: demonstration
        name: {vi: Bộ tiêu chí thử, en: Criteria for tests}
        issuer: Minh họa
        legalBasis: [Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15]
        effectiveFrom: \(from)
        subject: residentialArea
        maximum: 100
        titles:
          - code: outstanding
            name: {vi: Khu dân cư tiêu biểu, en: Outstanding residential area}
            deciders: [{province: Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh}]
            pass: {required: mandatory, minimum: 60}
        groups:
          - code: III
            name: {vi: Môi trường, en: Environment}
            maximum: 100
            indicators:
              - {code: III.1, name: {vi: Hộ thu gom rác, en: Waste}, kind: percentage, of: hộ, operator: ">=", thresholds: {outstanding: 90}, points: 40, mandatory: yes, verifier: Xã, suppliedBy: area, evidence: [{list: Danh sách}], basis: giả định, answerable: Hội Phụ nữ, minutes: 4}
              - {code: III.2, name: {vi: Đường có rãnh, en: Drains}, kind: percentage, of: tuyến, operator: ">=", thresholds: {outstanding: 60}, points: 30, verifier: Xã, suppliedBy: area, evidence: [{list: Danh mục}], basis: giả định, answerable: Hội Nông dân, minutes: 10}
              - {code: III.3, name: {vi: Đường có đèn, en: Lit roads}, kind: percentage, of: km, operator: ">=", thresholds: {outstanding: \(lit)}, points: 20, verifier: Xã, suppliedBy: area, evidence: [{list: Danh mục}], basis: giả định, answerable: Đoàn Thanh niên, minutes: 8}
              - {code: III.4, name: {vi: Có bể thu vỏ thuốc, en: Bins}, kind: yesNo, thresholds: {outstanding: yes}, points: 10, notApplicableIf: Không canh tác, verifier: Xã, suppliedBy: area, evidence: [{visit: Xem tại chỗ}], basis: giả định, answerable: Hội Nông dân}
        """
    }

    static func site(_ engine: TestEngine, on day: String = "2026-03-02") async throws -> TestSite {
        let clock = TestClock(Day(iso: day) ?? .first)
        let site = try await TestSite(engine, clock: clock)
        try await site.database.unattended(.seed) { tx in
            Receipt(id: try CriteriaStore.addPublished(Self.criteria(), for: Place.lamDong.id, tx))
        }
        return site
    }

    static let area = "/areas/\(Place.thongXanh.id)/survey"

    private var area: String { Self.area }

    private func site(_ engine: TestEngine, on day: String = "2026-03-02") async throws -> TestSite {
        try await Self.site(engine, on: day)
    }

    @Test(arguments: TestEngine.all) func fromGapsToThePlanAndTheRegistrationThatShowsIt(on engine: TestEngine)
        async throws
    {
        let site = try await site(engine)
        let head = try await site.signIn(.yaThuong)
        let home = try await head.open("/").expectStatus(200)
        #expect(
            home.says("Khảo sát thôn Thông Xanh (minh họa) trước khi đăng ký năm 2026"),
            "it waits in January to March")
        let empty = try await head.open(area).expectStatus(200)
        #expect(empty.says("Chưa khảo sát lần nào") && empty.says("nên xong trước 15/03/2026"))
        let values = try await head.send(
            try empty.form().filled(["title": "outstanding", "year": "2026"])
        ).expectStatus(200)
        #expect(values.path.hasSuffix("/values") && values.says("Đã mở khảo sát"))
        let survey = String(values.path.dropLast("/values".count))

        // Nothing filled in cannot be concluded.
        let early = try await head.press("/conclusion", on: try await head.open(survey))
        #expect(early.status == 422 && early.says("Điền ít nhất một số"))

        // A value outside its unit, beside its field, the others kept.
        let wrong = try await head.send(
            try values.form("/values").filled(["value.III.1": "120", "value.III.2": "51"])
        ).expectStatus(422)
        #expect(wrong.error(beside: "value.III.1")?.contains("từ 0 đến 100") == true)
        let found = try await head.send(
            try wrong.form("/values").filled([
                "value.III.1": "92", "value.III.2": "40", "value.III.3": "84", "value.III.4": "no",
            ])
        ).expectStatus(200)
        #expect(found.says("Đã lưu số liệu.") && found.says("Xếp theo mức cố gắng"))
        let order = ["III.3", "III.2", "III.4"].compactMap { code in found.body.range(of: "/gaps/\(code)\"")?.lowerBound
        }
        #expect(order.count == 3 && order == order.sorted(), "near misses first, then by points")
        #expect(found.says("Gần đạt") && found.says("Còn một đoạn") && found.says("thêm 20 điểm"))

        // What a gap needs.
        let gap = try await head.open("\(survey)/gaps/III.3").expectStatus(200)
        let alone = try await head.send(try gap.form().filled(["worksAmount": "12"])).expectStatus(422)
        #expect(alone.error(beside: "works")?.contains("bằng lời") == true)
        let needs = try await head.send(
            try gap.form().filled([
                "works": "lắp đèn ngõ 2", "worksAmount": "12", "worksUnit": "bóng", "money": "mua đèn",
                "moneyAmount": "18",
            ])
        ).expectStatus(200)
        #expect(needs.says("Đã lưu."))
        #expect(try await head.open(survey).says("Công trình: lắp đèn ngõ 2 (12"))

        // The plan: an item without an indicator is refused with the rule, then one is added.
        let plan = try await head.open("\(survey)/plan").expectStatus(200)
        #expect(plan.says("Kế hoạch chưa có việc nào"))
        let item = [
            "what": "Lắp 12 bóng đèn ở ngõ 2", "owner": "\(Body.frontWorkOfThongXanh.id)", "until": "31/07/2026",
        ]
        let none = try await head.send(try plan.form("/plan").forged(item.merging(["code": ""]) { $1 })).expectStatus(
            422)
        #expect(none.says("Mỗi việc phải gắn với một chỉ tiêu còn thiếu"))
        let added = try await head.send(
            try plan.form("/plan").filled(item.merging(["code": "III.3"]) { $1 })
        ).expectStatus(200)
        #expect(added.says("Đã thêm việc.") && added.says("0 trong 1 việc đã xong"))

        // Registration without a survey says so; concluded, it shows it.
        let before = try await head.open("/areas/\(Place.thongXanh.id)/dossiers/new").expectStatus(200)
        #expect(before.says("Đăng ký chưa qua khảo sát"))
        let concluded = try await head.press("/conclusion", on: try await head.open(survey)).expectStatus(200)
        #expect(concluded.says("Đã chốt ngày 02/03/2026.") && concluded.says("bản 1 của bộ tiêu chí"))
        #expect(concluded.says(", cấp tỉnh quyết định ·"), "for whose decision it was made")
        let frozen = try await head.send(try values.form("/values").filled(["value.III.1": "99"]))
        #expect(frozen.status == 409 && frozen.says("Khảo sát đã chốt, số liệu không sửa nữa"))
        #expect(try await !head.open("/").says("Khảo sát Thông Xanh"))
        let registration = try await head.open("/areas/\(Place.thongXanh.id)/dossiers/new").expectStatus(200)
        #expect(registration.says("Khảo sát ngày 02/03/2026: 3 trong 4 chỉ tiêu chưa đạt."))
        let assessment = try await head.send(
            try registration.form().filled(["title": "outstanding", "year": "2026"])
        ).expectStatus(200)
        let dossier = String(assessment.path.dropLast("/assessment".count))
        let shown = try await head.open(dossier)
        #expect(shown.says("Kế hoạch của năm: 0 trong 1 việc đã xong."))
        for word in [
            "Lắp 12 bóng đèn ở ngõ 2", "Ban Công tác Mặt trận thôn Thông Xanh", "31/07/2026", "Chịu trách nhiệm",
        ] {
            #expect(shown.says(word), "the dossier shows the plan itself: \(word)")
        }

        // The plan lives on.
        let ticked = try await head.press("/done", on: try await head.open("\(survey)/plan")).expectStatus(200)
        #expect(ticked.says("Đã đánh dấu xong.") && ticked.says("Xong 02/03/2026"))
        #expect(try await head.open(dossier).says("Kế hoạch của năm: 1 trong 1 việc đã xong."))

        // Papers, JSON, the commune's list and its rows.
        for path in ["\(survey)/paper", "\(survey)/plan/paper"] {
            let paper = try await head.open(path).expectStatus(200)
            #expect(paper.says("Đường có đèn"))
        }
        #expect(try await head.json(survey).expectStatus(200).body.contains("\"effort\":\"near\""))
        let commune = try await site.signIn(.kaHuong)
        let list = try await commune.open("/surveys?year=2026").expectStatus(200)
        #expect(list.says("đã chốt khảo sát, trong 2 khu dân cư") && list.says("III.3 Đường có đèn"))
        let rows = try #require(list.links.first { $0.contains("/surveys/rows") && $0.contains("III.3") })
        #expect(try await commune.open(rows).says("Thôn Thông Xanh"))
        // What had no value is not counted as falling short.
        let answer = try await commune.json("/surveys?year=2026").expectStatus(200).jsonObject
        let counts = try #require(answer["counts"] as? [[String: Any]])
        let lines = try #require(answer["lines"] as? [[String: Any]])
        func sum(_ rows: [[String: Any]], _ key: String) -> Int { rows.reduce(0) { $0 + ($1[key] as? Int ?? 0) } }
        #expect(sum(counts, "areas") == sum(lines, "gaps") && sum(counts, "unknown") == sum(lines, "unknown"))
        let table = try await commune.request(.get, "/surveys/table.csv?year=2026")
        #expect(table.status == 200 && table.body.contains("Thông Xanh") && table.body.contains("2026-03-02"))
        try await site.signIn(.haLieng).open(survey).expectStatus(404)
        let other = try await site.signIn(.kDoan)
        try await other.open(survey).expectStatus(200)
        #expect(try await other.open(survey).forms.isEmpty, "whoever may not survey only looks")
    }

    @Test(arguments: TestEngine.all) func registrationWithoutASurveySaysSoAndANewerSetIsSaid(on engine: TestEngine)
        async throws
    {
        let site = try await site(engine)
        let head = try await site.signIn(.yaThuong)
        let registered = try await head.send(
            try await head.open("/areas/\(Place.thongXanh.id)/dossiers/new").form()
                .filled(["title": "outstanding", "year": "2026"])
        ).expectStatus(200)
        let dossier = String(registered.path.dropLast("/assessment".count))
        #expect(try await head.open(dossier).says("Đăng ký chưa qua khảo sát"))

        let values = try await head.send(
            try await head.open(area).form().filled(["title": "outstanding", "year": "2026"]))
        let survey = String(values.path.dropLast("/values".count))
        let twice = try await head.json(area, sending: #"{"title": "outstanding", "year": "2026"}"#)
        #expect(twice.status == 409 && twice.says("đang có một khảo sát chưa chốt"))
        try await site.database.unattended(.seed) { tx in
            Receipt(
                id: try CriteriaStore.addPublished(
                    Self.criteria(version: 2, from: "2026-03-03", lit: 80), for: Place.lamDong.id, tx))
        }
        site.clock.move(to: Day(iso: "2026-03-05") ?? .first)
        let newer = try await head.open(survey).expectStatus(200)
        #expect(newer.says("Khảo sát theo bản 1 của bộ tiêu chí; nay đã có bản 2"))
    }

    @Test(arguments: TestEngine.all) func whatIsKnownStandsThereAlready(on engine: TestEngine) async throws {
        let site = try await site(engine, on: "2026-11-10")
        let set = try await site.database.read { reader in
            try reader.one("SELECT id FROM criteria_set").id("id")
        }
        try await site.database.unattended(.seed) { tx in
            let deed = Recognition.Deed(
                person: Member.yaThuong.id, organisation: Body.frontWorkOfThongXanh.id, at: tx.now)
            let id = try RecognitionStore.register(
                Recognition.Registration(
                    area: Place.thongXanh.id, year: 2026, title: "outstanding", level: .province, areaClass: nil,
                    criteriaSet: set), deed, tx)
            _ = try RecognitionStore.save(
                .init(code: "III.1", value: .quantity(Quantity(thousandths: 91_000)), note: nil), dossier: id, over: 0,
                deed, tx)
            return Receipt()
        }
        let head = try await site.signIn(.yaThuong)
        let page = try await head.open(area).expectStatus(200)
        #expect(page.says("Khảo sát cho năm 2027") && page.says("1 chỉ tiêu đã có số sẵn."))
        let values = try await head.send(try page.form().filled(["title": "outstanding", "year": "2027"]))
        #expect(values.says("Lấy từ hồ sơ năm 2026"))
        #expect(try values.form("/values").values["value.III.1"] == "91")
        let na = try await head.send(try values.form("/values").filled(["na.III.4": "on"])).expectStatus(200)
        #expect(na.says("đạt, trong 4 chỉ tiêu"))
    }
}
