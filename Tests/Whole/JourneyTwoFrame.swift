import Core
import Database
import Foundation
import TestKit
import Testing

/// What an office puts between the province's frame and the first registration: the frame, the rules with their
/// calendar, and the year's targets with their document.
extension JourneyTwoTests {
    /// A text of the demonstration as the office's own; its labels and names of invention go.
    static func own(_ file: String) throws -> String {
        try String(contentsOfFile: "\(Checkout.root)/Demonstration/\(file)", encoding: .utf8)
            .replacing("KDC-MINH-HOA", with: "KDC-LD-2026").replacing("KHUNG-TINH-MINH-HOA", with: "KHUNG-LD")
            .replacing("QC-MINH-HOA", with: "QC-LD").replacing("label: demonstration", with: "label: real")
            .replacing("issuer: Bản minh họa, chưa được cơ quan nào ban hành", with: "issuer: \(front)")
            .replacing(" (minh họa)", with: "").replacing(" (for demonstration)", with: "")
    }

    /// The frame stands first; a set that asks less than it is refused by the indicator's name, and nothing is published.
    func frame(_ administrator: Browser, _ chair: Browser) async throws {
        let form = try await administrator.open("/criteria/new").form("/criteria")
        let frame = try await administrator.send(
            form.attaching("file", file: "khung.yaml", Array(Self.own("frame.yaml").utf8))
        ).expectStatus(200)
        // A draft alone lets nobody register: the first page still says what is missing.
        let missing = try await administrator.open("/").expectStatus(200)
        #expect(missing.says("Thiết lập ban đầu") && missing.says("Bản thảo, chờ ban hành"))
        let asked = try await chair.open(frame.path + "/publication").expectStatus(200)
        let published = try await chair.send(
            asked.form("/publication").filled(["number": "02/HD-MTTQ-BTT", "day": "10/02/2026", "past": "yes"])
        ).expectStatus(200)
        #expect(published.says("Đã ban hành bộ tiêu chí."))

        let loosened = try Self.loosened(Self.own("criteria.yaml"))
        let draft = try await administrator.send(form.attaching("file", file: "bo.yaml", Array(loosened.utf8)))
            .expectStatus(200)
        let fault = "Chỉ tiêu II.1 (Hộ đạt Gia đình văn hóa) thấp hơn tiêu chuẩn khung"
        #expect(draft.says(fault))
        let publication = try await chair.open(draft.path + "/publication").expectStatus(200)
        #expect(publication.says(fault) && publication.says("Chưa ban hành được"))
        let forced = try await chair.json(
            draft.path + "/publication",
            sending: #"{"number": "05/HD-MTTQ-BTT", "day": "2026-02-27", "past": true, "revision": 1}"#)
        #expect(forced.status == 422 && forced.body.contains("II.1"), "\(forced.body)")
        let removed = try await administrator.press(
            "/removal", on: administrator.open(draft.path + "/text").expectStatus(200)
        ).expectStatus(200)
        #expect(!removed.links.contains(draft.path))
    }

    /// What the set adds and tightens is one click away, and the page of the set names its frame.
    func derived(_ chair: Browser, _ set: Shown) async throws {
        #expect(set.says("KHUNG-LD"))
        let link = try #require(set.links.first { $0.contains("/difference/") }, "\(set.links)")
        let difference = try await chair.open(link).expectStatus(200)
        #expect(difference.says("II.1") && difference.says("85") && difference.says("90"))
        #expect(difference.says("III.2"), "added by the set")
    }

    private static func loosened(_ text: String) throws -> String {
        let parts = text.components(separatedBy: "- code: II.1\n")
        try #require(parts.count == 2)
        return parts[0] + "- code: II.1\n"
            + parts[1].replacing(
                "thresholds: {outstanding: 90, model: 95}", with: "thresholds: {outstanding: 80, model: 95}",
                maxReplacements: 1)
    }

    /// Published with their document, they bring the calendar by which the year goes.
    func rules(_ administrator: Browser, _ chair: Browser) async throws {
        let text = try Self.own("rules.yaml").replacing("assessmentEnds: 09-15", with: "assessmentEnds: 09-12")
        let form = try await administrator.open("/rules/new").expectStatus(200).form("/rules")
        let broken = text.replacing("effectiveFrom: 2026-01-01", with: "effectiveFrom: 2026-13-01")
        let faulty = try await administrator.send(form.attaching("file", file: "qc.yaml", Array(broken.utf8)))
            .expectStatus(422)
        #expect(faulty.says("Phải sửa"))
        let draft = try await administrator.send(form.attaching("file", file: "qc.yaml", Array(text.utf8)))
            .expectStatus(200)
        try await administrator.open(draft.path + "/publication").expectStatus(403)
        let ask = try await chair.open(draft.path + "/publication").expectStatus(200)
        try await chair.press("/publication", on: ask).expectStatus(422)
        let published = try await chair.send(
            ask.form("/publication").filled(["number": "03/QC-MTTQ-BTT", "day": "26/02/2026", "past": "yes"])
        ).expectStatus(200)
        #expect(published.says("12/9") && published.says("31/3"), "\(published.text)")
    }

    /// The year's target of the commune, with the document that sets it; more than there are areas is asked about.
    func targets(_ site: TestSite, _ chair: Browser) async throws {
        let commune = try await site.database.read {
            try $0.one("SELECT id FROM territory WHERE name = 'Đơn Dương' AND kind = 'commune'").id("id")
        }
        let form = try await chair.open("/targets/new").expectStatus(200).form("/targets")
        let target = ["unit": "\(commune)", "title": "outstanding", "span": "2026", "value": "1"]
        let bare = try await chair.send(form.filled(target)).expectStatus(422)
        for field in ["documentNumber", "documentDay", "documentBody"] {
            #expect(bare.error(beside: field) != nil, "\(field)")
        }
        let document = [
            "documentNumber": "07-CTr/TU", "documentDay": "20/01/2026", "documentBody": "Tỉnh ủy Lâm Đồng",
        ]
        let whole = target.merging(document) { $1 }
        let many = try await chair.send(form.filled(whole.merging(["value": "3"]) { $1 })).expectStatus(422)
        #expect(many.error(beside: "value")?.contains("Đơn vị có 2 khu dân cư") == true)
        let set = try await chair.send(form.filled(whole)).expectStatus(200)
        #expect(set.says("Đã ghi chỉ tiêu.") && set.says("07-CTr/TU ngày 20/01/2026, Tỉnh ủy Lâm Đồng"))
    }

    /// The first registration stands beside the target, and goes by the rules' own calendar.
    func counted(_ chair: Browser, _ dossier: String) async throws {
        let list = try await chair.open("/targets").expectStatus(200)
        let rows = try #require(
            list.links.first { $0.hasPrefix("/targets/rows?figure=registered") && $0.contains("title=outstanding") },
            "\(list.links)")
        let registered = try await chair.open(rows).expectStatus(200)
        #expect(registered.says("Suối Mới"))
        let page = try await chair.json(dossier).expectStatus(200)
        #expect(page.body.contains("2026-09-12"), "the deadline is the rules', not the set's own: \(page.body)")
        #expect(!page.body.contains("2026-09-15"))
    }
}
