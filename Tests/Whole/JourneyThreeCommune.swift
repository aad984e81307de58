import Core
import Criteria
import Database
import Foundation
import Organisation
import People
import Recognition
import TestKit
import Testing

/// Journey 3 from the commune's check to the re-check, and the world it happens in.
extension JourneyThreeTests {
    /// Two indicators go back with reasons and come again mended.
    func check(_ site: TestSite, _ dossier: String) async throws {
        site.clock.move(to: try day("2026-10-05"))
        let kaHuong = try await site.signIn(.kaHuong)
        let returned = try await kaHuong.send(
            kaHuong.open("\(dossier)/check").form("/check").filled([
                "outcome": "return", "value.III.2": "62", "reason.III.2": "Chưa khớp bản đồ.", "value.III.5": "71",
                "reason.III.5": "Đoạn mới trồng chưa phủ kín.",
            ])
        ).expectStatus(200)
        #expect(returned.says("Xã trả lại 2 chỉ tiêu"))
        site.clock.advance(by: .hours(2))
        let head = try await site.signIn(.yaThuong)
        let back = try await head.open("\(dossier)/assessment").expectStatus(200)
        #expect(try await head.send(back.form("/submission")).expectStatus(422).says("chưa sửa: III.2, III.5"))
        for (code, value) in [("III.2", "62"), ("III.5", "71")] {
            try await write(site, head, dossier, code, value, note: "Đo lại tại chỗ.")
        }
        try await photograph(site, head, dossier, "III.2")
        let mended = try await head.open("\(dossier)/assessment")
        try await press(site, head, "/submission", on: mended).expectStatus(200)
        site.clock.advance(by: .hours(2))
        let again = try await kaHuong.open("\(dossier)/check").expectStatus(200)
        #expect(again.says("Thôn đã sửa"))
        try await kaHuong.send(again.form("/check").filled(["outcome": "accept"])).expectStatus(200)
    }

    /// One list for the commune; who is not on it stands there with why.
    func list(_ site: TestSite) async throws {
        site.clock.move(to: try day("2026-10-10"))
        let kaHuong = try await site.signIn(.kaHuong)
        let new = try await kaHuong.open("/submissions/new?year=2026").expectStatus(200)
        #expect(new.says("Thông Xanh") && new.says("76,2 % phiếu về, 92,5 % hài lòng"))
        #expect(new.says("Suối Thông B1") && new.says("Đang tự đánh giá"))
        let draft = try await kaHuong.press("/submissions/new", on: new).expectStatus(200)
        #expect(draft.says("Đây là dự thảo, chưa có giá trị."))
        let sent = try await kaHuong.send(
            draft.form("/sending").filled([
                "number": "12/TTr-MTTQ-BTT", "day": "10/10/2026", "signer": "Ka Hương", "office": "Chủ tịch",
            ])
        ).expectStatus(200)
        #expect(sent.says("Tờ trình số 12/TTr-MTTQ-BTT"))
    }

    func formPanel(_ site: TestSite) async throws -> String {
        site.clock.move(to: try day("2026-10-12"))
        let hanh = try await site.signIn(.doThiHanh)
        let new = try await hanh.open("/panels/new?search=phuong").expectStatus(200)
        let form = try #require(new.forms.first { $0.names.contains("chair") })
        let formed = try await hanh.send(
            form.filled([
                "chair": "\(Member.dangThiAnh.id)", "secretary": "\(JourneyThreeWorld.haBien)",
                "members.\(Member.dangThiAnh.id)": "yes", "members.\(JourneyThreeWorld.haBien)": "yes",
                "members.\(JourneyThreeWorld.hongPhuong)": "yes",
            ])
        ).expectStatus(200)
        #expect(formed.says("Chờ 3 người khai báo"))
        return formed.path
    }

    /// Each scores without seeing the others; of the green hedges they think differently.
    func score(_ site: TestSite, _ dossier: String, _ panel: String) async throws {
        site.clock.move(to: try day("2026-10-26"))
        let id = dossier.dropFirst("/dossiers/".count)
        let known = JourneyThreeWorld.values
        let members = [Member.dangThiAnh.id, JourneyThreeWorld.haBien, JourneyThreeWorld.hongPhuong]
        for (member, hedge) in zip(members, ["72", "66", "71"]) {
            let browser = try await site.signIn(member)
            let declaration = try await browser.open(panel).form("/declaration")
            try await browser.send(declaration.filled(["declared.\(id)": "none"])).expectStatus(200)
            let blind = try await browser.open("\(dossier)/appraisal").expectStatus(200)
            #expect(!blind.says("72 %") && !blind.body.contains("value=\"72\""))
            let form = try blind.form("/scores")
            var typed: [String: String] = [:]
            for name in form.names where name.hasPrefix("score.") {
                let code = String(name.dropFirst("score.".count))
                typed[name] = known[code]
                if known[code] == "na" { typed["note.\(code)"] = "Không có vụ việc" }
            }
            typed["score.III.5"] = hedge
            try await browser.send(form.filled(typed)).expectStatus(200)
        }
        let open = try await site.signIn(.dangThiAnh).open("\(dossier)/appraisal").expectStatus(200)
        #expect(open.says("Đặng Thị Ánh: 72 %") && open.says("Kră Jăn Ha Biên: 66 %"))
    }

    /// The visit sees it, the minutes settle it, and the area reads why and not who.
    func settle(_ site: TestSite, _ dossier: String) async throws {
        site.clock.move(to: try day("2026-10-27"))
        let secretary = try await site.signIn(JourneyThreeWorld.haBien)
        try await secretary.send(
            secretary.open("\(dossier)/visit").form("/visit").filled([
                "day": "27/10/2026", "members.\(Member.dangThiAnh.id)": "yes", "others": "Trưởng thôn",
                "look.III.5": "otherwise", "note.III.5": "Đoạn mới trồng sau mùa mưa chưa phủ kín",
            ])
        ).expectStatus(200)
        let chair = try await site.signIn(.dangThiAnh)
        let page = try await chair.open("\(dossier)/appraisal").expectStatus(200)
        let early = try await chair.send(page.form("/conclusion").filled(["conclusion": "passes"])).expectStatus(422)
        #expect(early.says("Điểm chấm khác nhau, chưa chốt: III.5."))
        let settled = try await chair.send(
            page.form("/settlement").filled(["value.III.5": "68", "reason.III.5": "Đo lại tại chỗ ngày 27/10."])
        ).expectStatus(200)
        #expect(settled.says("Theo số của tổ: 95 trên 100 điểm.") && settled.says("Đủ điều kiện công nhận."))
        try await chair.send(settled.form("/conclusion").filled(["conclusion": "passes"])).expectStatus(200)
        let read = try await site.signIn(.yaThuong).open("\(dossier)/minutes").expectStatus(200)
        #expect(read.says("68 %") && read.says("Đo lại tại chỗ ngày 27/10.") && !read.says("72 %"))
    }

    /// A draft until the signed paper is in, and nothing of it in public before.
    func decide(_ site: TestSite, _ dossier: String) async throws -> String {
        site.clock.move(to: try day("2026-11-06"))
        let hanh = try await site.signIn(.doThiHanh)
        // A title is called by its name also where nothing waits for it; one that nobody knows is no page.
        let none = try await hanh.open("/decisions/new?title=outstanding&year=2026").expectStatus(200)
        #expect(none.first("h1") == "Lập dự thảo: Khu dân cư tiêu biểu năm 2026")
        try await hanh.open("/decisions/new?title=model2&year=2026").expectStatus(404)
        let new = try await hanh.open("/decisions/new?title=model&year=2026").expectStatus(200)
        let draft = try await hanh.press("/decisions/new", on: new).expectStatus(200)
        #expect(draft.says("Đây là dự thảo, chưa có giá trị."))
        #expect(try await hanh.open("\(draft.path)/paper").says("DỰ THẢO"))
        try await hanh.open("\(dossier)/certificate").expectStatus(409)
        #expect(try await !site.visitor().open("/portal/areas/\(Place.thongXanh.id)").says("46/QĐ"))
        let form = try draft.form("/issue").filled([
            "number": "46/QĐ-MTTQ-BTT", "day": "6/11/2026", "signer": "Đỗ Thị Hạnh", "office": "Chủ tịch",
        ])
        #expect(try await hanh.send(form).expectStatus(422).error(beside: "scan") != nil)
        let scanned = try form.attaching("scan", file: "qd.pdf", Array("%PDF-1.4\n%%EOF\n".utf8))
        #expect(try await hanh.send(scanned).expectStatus(200).says("Quyết định số 46/QĐ-MTTQ-BTT"))
        #expect(try await !hanh.open("\(draft.path)/paper").says("DỰ THẢO"))
        return draft.path
    }

    /// Great Unity Day; then what everybody can read.
    func certify(_ site: TestSite, _ dossier: String, _ decision: String) async throws {
        site.clock.move(to: try day("2026-11-18"))
        let kaHuong = try await site.signIn(.kaHuong)
        let certificates = try await kaHuong.open("\(decision)/certificates").expectStatus(200)
        let given = try await kaHuong.send(certificates.form("/giving").filled(["day": "18/11/2026"]))
        #expect(given.expectStatus(200).says("Đã trao 18/11/2026"))
        #expect(try await site.signIn(.yaThuong).open("\(dossier)/certificate").says("Thông Xanh"))
        let open = try await site.visitor().open("/portal/areas/\(Place.thongXanh.id)").expectStatus(200)
        for words in [
            "Thôn Thông Xanh", "Khu dân cư kiểu mẫu, cấp tỉnh", "46/QĐ-MTTQ-BTT", "Đường thôn có đèn chiếu sáng",
            "149 trong 161 phiếu hợp lệ hài lòng, 92,5 %", "163 phiếu về trên 214 hộ, 76,2 %",
            "Trao giấy công nhận 18/11/2026",
        ] { #expect(open.says(words), "\(words)") }
    }

    /// Twelve months later collected waste has fallen; noticed, mended, kept.
    func recheck(_ site: TestSite) async throws {
        site.clock.move(to: try day("2027-11-08"))
        try await site.runJobs()
        let kaHuong = try await site.signIn(.kaHuong)
        let opened = try await kaHuong.press("/rechecks", on: kaHuong.open("/rechecks")).expectStatus(200)
        #expect(opened.says("Đã mở đợt rà soát") && opened.says("Thông Xanh"))
        let id = try await site.database.read { reader in
            try reader.one("SELECT id FROM recheck WHERE territory_id = \(Place.thongXanh.id)").id("id")
        }
        let path = "/rechecks/\(id)"
        let looked = try await kaHuong.send(
            kaHuong.open(path).form("/looks").filled([
                "value.I.2": "100", "value.II.2": "96,1", "value.III.1": "91", "value.IV.2": "yes",
                "value.V.1": "hoanThanhTot", "value.V.3": "100", "note.III.1": "Hợp đồng thu gom ngõ 4 đã hết hạn",
            ])
        ).expectStatus(200)
        #expect(looked.says("Chỉ tiêu sụt: III.1"))
        #expect(try await kaHuong.press("/conclusion", on: looked).expectStatus(200).says("Theo dõi"))

        let hanh = try await site.signIn(.doThiHanh)
        let notice = try await hanh.open(path).form("/notice").filled([
            "reason.III.1": "Còn 91 %, yêu cầu 98 %."
        ])
        let drafted = try await hanh.send(notice).expectStatus(200)
        let signed = try drafted.form("/notice/issue").filled([
            "number": "12/TB-MTTQ-BTT", "day": "08/11/2027", "signer": "Đỗ Thị Hạnh", "signerOffice": "Chủ tịch",
        ]).attaching("scan", file: "tb.pdf", Array("%PDF-1.4\n%%EOF\n".utf8))
        #expect(try await hanh.send(signed).expectStatus(200).says("Đã gửi thông báo"))
        #expect(try await hanh.open("\(path)/notice").says("Còn 91 %, yêu cầu 98 %."))
        let head = try await site.signIn(.yaThuong)
        try await saidInWords(hanh, head, path)
        let answer = try await head.open(path).form("/answer").filled([
            "text": "Đã họp với các hộ ngõ 4.", "done.III.1": "Ký lại hợp đồng thu gom cho 16 hộ.",
        ])
        #expect(try await head.send(answer).expectStatus(200).says("Khu dân cư đã trả lời"))
        let mended = try await kaHuong.send(
            kaHuong.open(path).form("/mending").filled(["again.III.1": "98,6", "word.III.1": "Đã xem hợp đồng mới"])
        ).expectStatus(200)
        #expect(mended.says("Đã khắc phục"))
        let kept = try await hanh.press("/keeping", on: hanh.open(path)).expectStatus(200)
        #expect(kept.says("Đã giữ danh hiệu"))
        let titles = try await head.open("\(area)/titles").expectStatus(200)
        #expect(titles.says("Rà soát: giữ danh hiệu") && titles.says("Đang giữ"))
        let open = try await site.visitor().open("/portal/areas/\(Place.thongXanh.id)").expectStatus(200)
        #expect(open.says("Khu dân cư kiểu mẫu, cấp tỉnh"))
    }
}

/// The cast with the demonstration's criteria, two offices with their clerks, and a panel's two further members.
enum JourneyThreeWorld {
    static let insurance = ID(high: 0x7102, low: 1 << 63 | 1)
    static let police = ID(high: 0x7102, low: 1 << 63 | 2)
    static let insuranceClerk = ID(high: 0x7103, low: 1 << 63 | 1)
    static let policeClerk = ID(high: 0x7103, low: 1 << 63 | 2)
    static let haBien = ID(high: 0x7003, low: 1 << 63 | 0x101)
    static let hongPhuong = ID(high: 0x7003, low: 1 << 63 | 0x102)

    /// What the People's Committee brings together for its own office and for those without anybody here.
    static let office: [(code: String, typed: String)] = [
        ("I.1", "1,12"), ("I.2", "100"), ("I.4", "96,4"), ("II.1", "96,7"), ("II.3", "100"), ("III.1", "98,6"),
        ("III.4", "100"), ("III.6", "92,3"), ("III.7", "12"), ("IV.1", "KAD"), ("IV.4", "có"),
        ("V.1", "Hoàn thành tốt nhiệm vụ"), ("V.2", "100"), ("V.4", "95,8"), ("V.6", "2"),
    ]
    /// The ten that only the area knows.
    static let own: [(code: String, typed: String)] = [
        ("I.3", "1"), ("I.5", "1"), ("II.4", "yes"), ("II.5", "yes"), ("III.2", "66"), ("III.3", "90,5"),
        ("III.5", "74"), ("IV.3", "100"), ("V.3", "100"), ("V.5", "84"),
    ]
    /// All as they stand before the panel, typed as its page asks.
    static let values: [String: String] = {
        var values = ["II.2": "95,8", "IV.2": "yes"]
        for (code, typed) in office + own { values[code] = typed }
        let otherwise = ["III.2": "62", "III.5": "71", "IV.1": "na", "IV.4": "yes", "V.1": "hoanThanhTot"]
        return values.merging(otherwise) { $1 }
    }()

    static func begin(_ database: Database) async throws {
        let criteria = try String(contentsOfFile: TestSite.checkout + "/Demonstration/criteria.yaml", encoding: .utf8)
        try await database.unattended(.seed) { tx in
            let begin = Day(iso: "2025-07-01") ?? .first
            try addPeople(from: begin, tx)
            let set = try CriteriaStore.addPublished(criteria, for: Place.lamDong.id, tx)
            _ = try RecognitionStore.record(
                earlier: Recognition.EarlierDecision(
                    territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, title: "outstanding",
                    titleName: "Khu dân cư tiêu biểu", level: .province, year: 2024, number: "17/QĐ-MTTQ-BTT",
                    day: Day(iso: "2024-11-11") ?? .first, termYears: 3, areas: [Place.thongXanh.id]),
                Recognition.Deed(person: nil, organisation: nil, at: tx.now), tx)
            _ = try RecognitionStore.register(
                Recognition.Registration(
                    area: Place.suoiThong.id, year: 2026, title: "outstanding", level: .province, areaClass: nil,
                    criteriaSet: set),
                Recognition.Deed(person: Member.kaHuong.id, organisation: Body.frontOfDonDuong.id, at: tx.now), tx)
            return Receipt()
        }
    }

    private static func addPeople(from begin: Day, _ tx: Transaction) throws {
        let place = Place.donDuong.id
        try OrganisationStore.addOrganisations(
            [
                NewOrganisation(
                    id: insurance, .healthInsuranceOffice, "Bảo hiểm xã hội phụ trách xã Đơn Dương", territory: place,
                    parent: nil, from: begin),
                NewOrganisation(
                    id: police, .communePolice, "Công an xã Đơn Dương", territory: place, parent: nil, from: begin),
            ], tx)
        for (person, name) in [
            (insuranceClerk, "Lý Thị Hoa Mai"), (policeClerk, "Hà Văn Suối"), (haBien, "Kră Jăn Ha Biên"),
            (hongPhuong, "Vũ Hồng Phương"),
        ] {
            try PeopleStore.addPerson(person, name: name, isInvented: true, tx)
            try PeopleStore.addAccount(person: person, passwordHash: nil, tx)
        }
        for (person, office) in [(insuranceClerk, insurance), (policeClerk, police)] {
            try PeopleStore.addRole(
                tx.ids.next(), person: person, role: .officeClerk, organisation: office, territory: place, from: begin,
                tx)
        }
        try PeopleStore.addRole(
            tx.ids.next(), person: haBien, role: .panelMember, organisation: Body.panel.id,
            territory: Place.lamDong.id, from: begin, tx)
    }
}
