import App
import Core
import Criteria
import Database
import Organisation
import Recognition
import TestKit
import Testing

@testable import Offices

/// Journey 3: the insurance office, the police and the commune fill their columns once for all areas; the area objects
/// to one figure and it is mended.
@Suite("Offices: the story of journey 3", .databases) struct OfficesStoryTests {
    private typealias S = OfficesScene

    private func begin(_ engine: TestEngine, on day: String = "2026-08-17") async throws -> (TestSite, ID, ID) {
        let site = try await TestSite(engine, clock: TestClock(S.day(day)))
        let set = try await S.begin(site.database)
        let dossier = try await site.database.unattended(.seed, giving: { try S.register(set, $0) })
        return (site, set, dossier)
    }

    /// Ka Hương confirms what the criteria set proposes.
    private func assign(_ site: TestSite) async throws {
        let kaHuong = try await site.signIn(.kaHuong)
        let page = try await kaHuong.open("/offices/assignments/new?year=2026").expectStatus(200)
        #expect(page.says("4 chỉ tiêu do cơ quan ghi, 1 chỉ tiêu khu dân cư tự ghi"))
        let form = try page.form("/offices/assignments")
        #expect(form.values["office.1"] == "\(S.insurance)", "insurance is proposed by its name")
        #expect(form.values["office.2"] == "\(S.police)")
        let done = try await kaHuong.send(form.filled(["due": "31/08/2026", "objections": "10/09/2026"]))
            .expectStatus(200)
        #expect(done.says("Bảo hiểm xã hội phụ trách xã Đơn Dương") && done.says("0/2"))
    }

    /// The address of an office's grid, from the clerk's own list.
    private func grid(_ browser: Browser) async throws -> String {
        let list = try await browser.open("/offices").expectStatus(200)
        return try #require(list.links.first { $0.hasPrefix("/offices/") && $0.count > 40 })
    }

    private func paste(_ browser: Browser, _ grid: String, _ text: String) async throws -> Shown {
        let page = try await browser.open(grid + "/paste").expectStatus(200)
        return try await browser.send(page.form("/paste").filled(["text": text]))
    }

    @Test(arguments: TestEngine.all) func officesFillOnceAndTheAreaObjects(on engine: TestEngine) async throws {
        let (site, _, dossier) = try await begin(engine)
        try await assign(site)
        try await insuranceTypes(site)
        try await policePastes(site)
        try await communeTypesForItself(site)
        try await areaSeesAndObjects(site, dossier)
        let acts = try await site.acts()
        #expect(acts.filter { $0 == "office.save" }.count == 3, "one act for each office: \(acts)")
        try await undoes(site, dossier)
    }

    private func insuranceTypes(_ site: TestSite) async throws {
        let clerk = try await site.signIn(S.insuranceClerk)
        let home = try await clerk.open("/").expectStatus(200)
        #expect(home.says("Ghi số liệu năm 2026 cho các khu dân cư của xã Đơn Dương"))
        let grid = try await grid(clerk)
        let page = try await clerk.open(grid + "?column=II.2").expectStatus(200)
        let (here, there) = ("cell.\(Place.thongXanh.id).II.2", "cell.\(Place.suoiThong.id).II.2")
        let wrong = try await clerk.send(page.form("/values").filled([here: "195,8", there: "94,1"])).expectStatus(422)
        #expect(wrong.says("Thôn Thông Xanh (minh họa), II.2:"))
        #expect(try wrong.form("/values").values[there] == "94,1", "what was right is still there")
        let saved = try await clerk.send(wrong.form("/values").filled([here: "95,8"])).expectStatus(200)
        #expect(saved.says("Đã lưu."))
        #expect(try await clerk.open(grid).expectStatus(200).says("Đã ghi 2/2 ô."))
    }

    private func policePastes(_ site: TestSite) async throws {
        let clerk = try await site.signIn(S.policeClerk)
        let grid = try await grid(clerk)
        let elsewhere = try await paste(clerk, grid, "Ta Ly 1\t100").expectStatus(422)
        #expect(elsewhere.says("Không dòng nào có tên khu dân cư của xã này."))
        #expect(try elsewhere.form("/paste").values["text"]?.contains("Ta Ly 1") == true, "nothing is lost")
        let text =
            "Khu\tIV.2\tIV.1\tII.2\nthong xanh\tcó\tKAD\t95\nThôn Suối Thông B1\tkhông rõ\t100\t94\nTa Ly 1\tcó\t100\t90"
        let preview = try await paste(clerk, grid, text).expectStatus(200)
        #expect(preview.says("3 ô sẵn sàng ghi"))
        #expect(preview.says("Cột II.2 Bảo hiểm y tế không giao cho cơ quan này"))
        #expect(preview.says("\"Ta Ly 1\" thuộc Ka Đô, không thuộc địa bàn của bảng này."))
        #expect(preview.says("\"không rõ\" không rõ là có hay không."))
        let done = try await clerk.press("/confirmation", on: preview).expectStatus(200)
        #expect(done.says("Đã ghi 3 ô."))
        // The same preview is not written twice.
        try await clerk.send(preview.form("/confirmation")).expectStatus(200)
        try await clerk.send(preview.form("/confirmation").forged(["operation": "\(ID(high: 5, low: 5))"]))
            .expectStatus(409)
    }

    private func communeTypesForItself(_ site: TestSite) async throws {
        let loan = try await site.signIn(.nguyenThiMaiLoan)
        let list = try await loan.open("/offices").expectStatus(200)
        let grids = list.links.filter { $0.hasPrefix("/offices/") && $0.count > 40 && !$0.contains("missing") }
        #expect(grids.count >= 3, "a culture officer enters for offices that have nobody here")
        var own: Shown?
        for link in grids {
            let page = try await loan.open(link).expectStatus(200)
            if page.first("h1")?.contains("Ủy ban nhân dân") == true { own = page }
        }
        let page = try #require(own)
        let saved = try await loan.send(
            page.form("/values").filled([
                "cell.\(Place.thongXanh.id).I.1": "1,12", "cell.\(Place.suoiThong.id).I.1": "0,98",
            ])
        ).expectStatus(200)
        #expect(saved.says("Đã lưu."))
    }

    private func areaSeesAndObjects(_ site: TestSite, _ dossier: ID) async throws {
        let yaThuong = try await site.signIn(.yaThuong)
        let assessment = try await yaThuong.open("/dossiers/\(dossier)/assessment").expectStatus(200)
        #expect(assessment.says("4 số liệu do cơ quan ghi, đã đủ"), "\(assessment.text.prefix(900))")
        let value = try await yaThuong.open("/dossiers/\(dossier)/values/II.2").expectStatus(200)
        #expect(value.says("Bảo hiểm xã hội phụ trách xã Đơn Dương ghi số liệu này cho mọi khu dân cư"))
        #expect(!value.forms.contains { $0.action.hasSuffix("/values/II.2") }, "there is nothing to type over")
        let typed = try await yaThuong.json(
            "/dossiers/\(dossier)/values/II.2", sending: "{\"value\": \"99\", \"version\": 1}"
        )
        #expect(typed.status == 422 && typed.body.contains("khu dân cư không ghi đè"), "\(typed.body)")
        let figures = try await yaThuong.open("/areas/\(Place.thongXanh.id)/office-values?year=2026").expectStatus(200)
        let link = try #require(figures.links.first { $0.contains("/office-values/II.2") })
        #expect(
            !figures.links.contains { $0.hasPrefix("/offices/missing") }, "the commune's page is not theirs to open")
        let figure = try await yaThuong.open(link).expectStatus(200)
        let sent = try await yaThuong.send(
            figure.form("/objections").filled(["claimed": "96,4", "reason": "Thôn đếm 827 trên 858 người có thẻ."])
        ).expectStatus(200)
        #expect(sent.says("Đang chờ cơ quan trả lời"))
        let clerk = try await site.signIn(S.insuranceClerk)
        let home = try await clerk.open("/").expectStatus(200)
        let waiting = try #require(home.links.first { $0.hasPrefix("/objections/") })
        let objection = try await clerk.open(waiting).expectStatus(200)
        #expect(objection.says("Thôn đếm 827 trên 858 người có thẻ."))
        let unsaid = try await clerk.send(objection.form("/answer").filled(["outcome": "kept", "value": ""]))
            .expectStatus(422)
        #expect(unsaid.says("Nói rõ vì sao giữ số liệu."))
        let mended = try await clerk.send(
            objection.form("/answer").filled([
                "outcome": "mended", "value": "96,4", "reason": "Đối chiếu lại danh sách.",
            ])
        ).expectStatus(200)
        #expect(mended.says("Đã sửa theo đề nghị"))
        let after = try await yaThuong.open("/dossiers/\(dossier)/values/II.2").expectStatus(200)
        #expect(after.says("96,4"))
        #expect(try await yaThuong.open("/").expectStatus(200).says("Xem số liệu II.2 đã được sửa"))
        // Nobody of another office, and nobody of another commune.
        let police = try await site.signIn(S.policeClerk)
        let grid = try await grid(clerk)
        try await police.open(grid + "/paste").expectStatus(403)
        try await site.signIn(.maiSuongDem).open(grid).expectStatus(404)
    }

    private func undoes(_ site: TestSite, _ dossier: ID) async throws {
        let clerk = try await site.signIn(S.policeClerk)
        let grid = try await grid(clerk)
        let page = try await clerk.open(grid).expectStatus(200)
        let save = try #require(page.links.first { $0.contains("/saves/") })
        let done = try await clerk.press("/reversal", on: clerk.open(save)).expectStatus(200)
        #expect(done.says("Đã hoàn tác 3 ô."))
        let yaThuong = try await site.signIn(.yaThuong)
        let assessment = try await yaThuong.open("/dossiers/\(dossier)/assessment").expectStatus(200)
        #expect(assessment.says("còn 2 chưa có (Công an xã Đơn Dương)"), "\(assessment.text.prefix(900))")
    }

    @Test(arguments: TestEngine.all) func aLateOfficeLeavesItsFigureToTheArea(on engine: TestEngine) async throws {
        let (site, _, dossier) = try await begin(engine)
        try await assign(site)
        let yaThuong = try await site.signIn(.yaThuong)
        let path = "/dossiers/\(dossier)/values/II.2"
        #expect(try await yaThuong.open(path).expectStatus(200).says("khu dân cư chưa phải ghi"))
        site.clock.move(to: S.day("2026-09-01"))
        let late = try await site.signIn(.yaThuong)
        let page = try await late.open(path).expectStatus(200)
        #expect(page.says("Khu dân cư được tự ghi"))
        let saved = try await late.send(page.form(path).filled(["value": "91"])).expectStatus(200)
        #expect(saved.status == 200)
        let missing = try await site.signIn(.kaHuong).open("/offices/missing?year=2026").expectStatus(200)
        #expect(missing.says("0 trong 3 cơ quan đã ghi đủ, 3 cơ quan quá hạn."))
        #expect(try await site.signIn(.kaHuong).open("/").says("3 cơ quan chậm ghi số liệu"))
        #expect(try await late.open("/offices/missing?year=2026").expectStatus(200).says("Công an xã Đơn Dương"))
    }

    @Test(arguments: TestEngine.all) func anObjectionAfterTheDeadlineIsRefusedWithTheRule(on engine: TestEngine)
        async throws
    {
        let (site, set, _) = try await begin(engine)
        try await site.database.unattended(.seed) { tx in
            try S.put(S.percent(88_000), "II.2", in: S.assign(set, tx).insurance, tx)
            return Receipt()
        }
        site.clock.move(to: S.day("2026-09-11"))
        let yaThuong = try await site.signIn(.yaThuong)
        let path = "/areas/\(Place.thongXanh.id)/office-values/II.2?year=2026"
        let page = try await yaThuong.open(path).expectStatus(200)
        #expect(
            page.says("Hết hạn đề nghị xem lại từ sau ngày 10/09/2026")
                && page.forms.allSatisfy { !$0.action.contains("objections") })
        let sent = try await yaThuong.json(
            "/areas/\(Place.thongXanh.id)/office-values/II.2/2026/objections", sending: "{\"reason\": \"Sai.\"}")
        #expect(
            sent.status == 422 && sent.body.contains("Hết hạn đề nghị xem lại từ sau ngày 10/09/2026"), "\(sent.body)")
    }

    @Test(arguments: TestEngine.all) func aColumnPastedIntoTheWrongIndicatorIsAskedAbout(on engine: TestEngine)
        async throws
    {
        let (site, set, _) = try await begin(engine)
        let grid = try await site.database.unattended(.seed, giving: { "/offices/\(try S.assign(set, $0).insurance)" })
        try await site.database.unattended(.seed) { tx in
            try OrganisationStore.addTerritories(
                [
                    NewTerritory(
                        id: tx.ids.next(), .thon, "Đạ Ròn 1", parent: Place.donDuong.id, from: S.day("2025-07-01"))
                ], tx)
            return Receipt()
        }
        let clerk = try await site.signIn(S.insuranceClerk)
        let preview = try await paste(
            clerk, grid, "Khu\tII.2\nThông Xanh\t0,958\nSuối Thông B1\t0,94\nĐạ Ròn 1\t0,9"
        ).expectStatus(200)
        #expect(preview.says("0,958 nghĩa là 95,8 %?"))
        let unanswered = try await clerk.press("/confirmation", on: preview).expectStatus(422)
        #expect(unanswered.says("Trả lời câu hỏi về cột II.2 trước khi ghi."))
        let done = try await clerk.send(unanswered.form("/confirmation").filled(["answer.II.2": "hundred"]))
            .expectStatus(200)
        #expect(done.says("95,8") && done.says("Đã ghi 3 ô."))
        let paper = try await clerk.open(grid + "/paper").expectStatus(200)
        #expect(paper.says("BẢNG SỐ LIỆU") && paper.says("95,8"))
    }

    @Test(arguments: TestEngine.all) func twoPeopleOnOneGridDoNotOverwriteEachOther(on engine: TestEngine) async throws
    {
        let (site, set, _) = try await begin(engine)
        let grid = try await site.database.unattended(.seed, giving: { "/offices/\(try S.assign(set, $0).insurance)" })
        let clerk = try await site.signIn(S.insuranceClerk)
        let loan = try await site.signIn(.nguyenThiMaiLoan)
        let (first, second) = (try await clerk.open(grid), try await loan.open(grid))
        let (here, there) = ("cell.\(Place.thongXanh.id).II.2", "cell.\(Place.suoiThong.id).II.2")
        try await clerk.send(first.form("/values").filled([here: "95,8"])).expectStatus(200)
        // The other form, opened before, touches another cell only: both stand.
        let both = try await loan.send(second.form("/values").filled([there: "94,1"])).expectStatus(200)
        #expect(try both.form("/values").values[here] == "95,8")
        let conflict = try await loan.send(second.form("/values").filled([here: "90", there: "94,1"])).expectStatus(409)
        #expect(conflict.says("người khác vừa lưu \"95,8\""))
    }

    @Test(arguments: TestEngine.all) func onePaperSpeaksForAColumnAndASecretOneIsNotTaken(on engine: TestEngine)
        async throws
    {
        let (site, set, dossier) = try await begin(engine)
        let grid = try await site.database.unattended(
            .seed,
            giving: { tx in
                let id = try S.assign(set, tx).insurance
                try S.put(S.percent(95_800), "II.2", in: id, tx)
                return "/offices/\(id)"
            })
        let clerk = try await site.signIn(S.insuranceClerk)
        let page = try await clerk.open(grid + "/documents").expectStatus(200)
        let pdf = Array("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n".utf8)
        let form = try page.form("/documents").filled(["caption": "Công văn 12/BHXH ngày 20/8/2026", "secret": "no"])
        let secret = try await clerk.send(form.filled(["secret": "yes"]).attaching("file", file: "a.pdf", pdf))
            .expectStatus(422)
        #expect(secret.error(beside: "secret") != nil)
        let added = try await clerk.send(form.attaching("file", file: "cong-van.pdf", pdf))
        guard added.status == 200 else {
            Issue.record("\(added.text.prefix(400))")
            return
        }
        let yaThuong = try await site.signIn(.yaThuong)
        let value = try await yaThuong.open("/dossiers/\(dossier)/values/II.2").expectStatus(200)
        #expect(value.says("Công văn 12/BHXH ngày 20/8/2026"))
        let link = try #require(value.links.first { $0.hasPrefix("/office-documents/") })
        try await yaThuong.open(link).expectStatus(200)
        try await site.signIn(.haLieng).open(link).expectStatus(404)
        // A list of names is nothing for whoever merely looks at the commune, or lives in it as a member.
        for person in [Member.voDinhKhai, .luongThiNgocBich] {
            let closed = try await site.signIn(person).open(link).expectStatus(403)
            #expect(closed.says("Tệp minh chứng đóng"))
        }
    }
}
