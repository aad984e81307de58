import Core
import Database
import Foundation
import TestKit
import Testing

@testable import Recognition

/// From the commune's list to the public page, in JSON.
extension RecognitionJSONStoryTests {
    private var pdf: [UInt8] { Array("%PDF-1.4\n%%EOF\n".utf8) }

    /// The commune's list and the panel that takes it. Answers the panel.
    func sendOn(_ site: TestSite, _ dossier: String) async throws -> String {
        let id = String(dossier.dropFirst("/dossiers/".count))
        try move(site, "2026-10-10")
        let kaHuong = try await site.signIn(.kaHuong)
        let list = #""year": 2026, "text": "Kính đề nghị xem xét.", "listed": {"\#(id)": "yes"}"#
        let draft = try await kaHuong.json("/submissions/new", sending: "{\(list)}").expectStatus(200)
        let submission = try #require(draft.jsonObject["id"] as? String)
        let bare = try await kaHuong.json("/submissions/\(submission)/sending", sending: "{}").expectStatus(422)
        #expect(fields(bare) == ["number", "day", "signer", "office"])
        try await kaHuong.json(
            "/submissions/\(submission)/sending",
            sending: #"""
                {"number": "12/TTr-MTTQ-BTT", "day": "2026-10-10", "signer": "Ka Hương", "office": "Chủ tịch"}
                """#
        ).expectStatus(200)
        #expect(try await state(kaHuong, dossier) == "forwarded")

        try move(site, "2026-10-12")
        let doThiHanh = try await site.signIn(.doThiHanh)
        func seats(_ members: [ID]) -> String {
            let all = members.map { #""\#($0)": "yes""# }.joined(separator: ", ")
            return #"""
                {"name": "Tổ thẩm định năm 2026", "year": 2026, "chair": "\#(members[0])", "secretary": "\#(members[1])",
                 "members": {\#(all)}, "submissions": {"\#(submission)": "yes"}}
                """#
        }
        let few = try await doThiHanh.json("/panels/new", sending: seats(Array(PanelScene.members.prefix(2))))
        #expect(few.status == 422 && fields(few) == ["members"])
        let formed = try await doThiHanh.json("/panels/new", sending: seats(PanelScene.members)).expectStatus(200)
        return "/panels/\(try #require(formed.jsonObject["id"] as? String))"
    }

    func appraise(_ site: TestSite, _ dossier: String, _ panel: String) async throws {
        let id = String(dossier.dropFirst("/dossiers/".count))
        let here = "\(dossier)/appraisal"
        try move(site, "2026-10-26")
        for member in PanelScene.members {
            let browser = try await site.signIn(member)
            let tied = try await browser.json(
                "\(panel)/declaration", sending: #"{"declared": {"\#(id)": "conflict"}}"#
            ).expectStatus(422)
            #expect(fields(tied) == ["reason.\(id)"])
            try await browser.json("\(panel)/declaration", sending: #"{"declared": {"\#(id)": "none"}}"#)
                .expectStatus(200)
            let lines = try await browser.json(here).expectStatus(200).jsonObject["lines"] as? [[String: Any]] ?? []
            let mine = lines.filter { $0["isMine"] as? Bool == true }
            #expect(mine.compactMap { $0["code"] as? String }.contains("I.2"), "what is mandatory, everybody scores")
            let scores = mine.compactMap { line -> String? in
                let value = (line["check"] ?? line["own"]) as? [String: Any]
                guard let code = line["code"] as? String, let typed = value?["typed"] as? String else { return nil }
                return #""\#(code)": "\#(typed)""#
            }
            try #require(scores.count == mine.count)
            try await browser.json(
                "\(here)/scores", sending: #"{"score": {\#(scores.joined(separator: ", "))}}"#
            ).expectStatus(200)
        }
        try move(site, "2026-10-27")
        let chair = try await site.signIn(.dangThiAnh)
        let early = try await chair.json("\(here)/conclusion", sending: #"{"conclusion": "passes"}"#).expectStatus(422)
        #expect(words(early).contains("Chưa có lần kiểm tra thực tế nào."))
        let ahead = try await chair.json(
            "\(dossier)/visit",
            sending: #"""
                {"day": "2026-10-28", "members": {"\#(Member.dangThiAnh.id)": "yes"}, "look": {"III.3": "asWritten"}}
                """#
        ).expectStatus(422)
        #expect(fields(ahead) == ["day"])
        try await chair.json(
            "\(dossier)/visit",
            sending: #"""
                {"day": "2026-10-27", "members": {"\#(Member.dangThiAnh.id)": "yes"}, "look": {"III.3": "asWritten"}}
                """#
        ).expectStatus(200)
        try await chair.json("\(here)/conclusion", sending: #"{"conclusion": "passes"}"#).expectStatus(200)
        #expect(try await state(chair, dossier) == "appraised")
    }

    /// Answers the decision.
    func decide(_ site: TestSite, _ dossier: String) async throws -> String {
        let id = String(dossier.dropFirst("/dossiers/".count))
        try move(site, "2026-11-06")
        let before = try await site.visitor().json("/portal/areas/\(Place.thongXanh.id)").expectStatus(200).jsonObject
        #expect((before["title"] as? [String: Any])?["title"] as? String == "outstanding")
        let doThiHanh = try await site.signIn(.doThiHanh)
        let silent = try await doThiHanh.json(
            "/decisions/new", sending: #"{"title": "model", "year": 2026, "outcome": {"\#(id)": "refused"}}"#
        ).expectStatus(422)
        #expect(fields(silent) == ["reason.\(id)"])
        let draft = try await doThiHanh.json(
            "/decisions/new", sending: #"{"title": "model", "year": 2026, "outcome": {"\#(id)": "recognised"}}"#
        ).expectStatus(200)
        let decision = "/decisions/\(try #require(draft.jsonObject["id"] as? String))"
        #expect(try await site.visitor().json("/portal" + decision).status == 404, "a draft is nobody's to read")
        let bare = try await doThiHanh.json("\(decision)/issue", sending: "{}").expectStatus(422)
        #expect(fields(bare) == ["number", "day", "signer", "office", "scan"])
        // An object of JSON holds no scan: with everything else right it is the one thing missing.
        let signed = ["number": "46/QĐ-MTTQ-BTT", "day": "2026-11-06", "signer": "Đỗ Thị Hạnh", "office": "Chủ tịch"]
        let object = String(decoding: try JSONEncoder().encode(signed), as: UTF8.self)
        let unscanned = try await doThiHanh.json("\(decision)/issue", sending: object).expectStatus(422)
        #expect(fields(unscanned) == ["scan"])
        try await doThiHanh.json("\(decision)/issue", fields: signed, file: ("scan", "qd.pdf", pdf))
            .expectStatus(200)
        let again = try await doThiHanh.json("\(decision)/issue", fields: signed, file: ("scan", "qd.pdf", pdf))
        #expect(again.status == 409)
        #expect(try await state(doThiHanh, dossier) == "recognised")
        return decision
    }

    func whatEverybodySees(_ site: TestSite, _ dossier: String, _ decision: String) async throws {
        let somebody = site.visitor()
        let area = try await somebody.json("/portal/areas/\(Place.thongXanh.id)").expectStatus(200)
        let title = try #require(area.jsonObject["title"] as? [String: Any])
        #expect(title["title"] as? String == "model" && title["number"] as? String == "46/QĐ-MTTQ-BTT")
        #expect(title["day"] as? String == "2026-11-06")
        let earlier = area.jsonObject["earlier"] as? [[String: Any]] ?? []
        #expect(earlier.map { $0["title"] as? String } == ["outstanding"])
        #expect(earlier.first?["endedWhy"] as? String == "raised")
        let ballot = area.jsonObject["ballot"] as? [String: Any]
        #expect(ballot?["satisfied"] as? Int == 149 && ballot?["households"] as? Int == 214)
        for name in ["Ya Thương", "Đặng Thị Ánh", "K'Đoan"] { #expect(!area.body.contains(name), "\(name)") }
        let paper = try await somebody.json("/portal" + decision).expectStatus(200)
        #expect(paper.body.contains("46/QĐ-MTTQ-BTT") && paper.body.contains("\(Place.thongXanh.id)"))
        // The public page says the same as the public JSON.
        let page = try await somebody.open("/portal/areas/\(Place.thongXanh.id)").expectStatus(200)
        #expect(page.says("Được công nhận ngày 06/11/2026") && page.says("Quyết định số 46/QĐ-MTTQ-BTT"))
        #expect(page.says("149 trong 161 phiếu hợp lệ hài lòng, 92,5 %"))
        try await somebody.json(dossier).expectStatus(401)
    }
}
