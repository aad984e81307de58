import Core
import Database
import Foundation
import TestKit
import Testing

@testable import Recognition

/// The whole street through the JSON interface alone, as a commune's own program walks it: no page is opened and no
/// record is put in by hand. Files travel in parts, because an object of JSON holds none.
@Suite("An area becomes a model in JSON", .databases) struct RecognitionJSONStoryTests {
    private let counters =
        #""counter1": "K'Đoan", "counter2": "Trần Thị Lụa", "counter3": "Đinh Công Sáu", "fetchedBy": "Trần Thị Lụa""#

    func move(_ site: TestSite, _ iso: String, hour: Int = 9) throws {
        site.clock.move(to: try #require(Day(iso: iso)), hour: hour)
    }

    /// The fields a problem names, in no order; "" for what is about the whole.
    func fields(_ problem: Shown) -> Set<String> {
        #expect(problem.headers[.contentType] == "application/problem+json", "\(problem.path)")
        let errors = problem.jsonObject["errors"] as? [[String: Any]] ?? []
        #expect(errors.allSatisfy { !($0["message"] as? String ?? "").isEmpty }, "\(problem.body)")
        return Set(errors.map { $0["field"] as? String ?? "" })
    }

    func words(_ problem: Shown) -> String {
        let errors = problem.jsonObject["errors"] as? [[String: Any]] ?? []
        return errors.compactMap { $0["message"] as? String }.joined(separator: " ")
    }

    func state(_ browser: Browser, _ dossier: String) async throws -> String? {
        let told = try await browser.json(dossier).expectStatus(200).jsonObject["dossier"] as? [String: Any]
        return told?["state"] as? String
    }

    @Test(arguments: TestEngine.all) func theWholeStreetWithoutAPage(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-03-28"))))
        try await Scene.begin(site.database)
        try await site.database.unattended(.seed) { tx in
            try PanelScene.addPeople(tx)
            return Receipt()
        }
        let dossier = try await register(site)
        try await fill(site, dossier)
        try await meetPostAndVote(site, dossier)
        try await check(site, dossier)
        let panel = try await sendOn(site, dossier)
        try await appraise(site, dossier, panel)
        let decision = try await decide(site, dossier)
        try await whatEverybodySees(site, dossier, decision)
        let acts = try await site.acts()
        // The fifth value is the one that came too late: it is in the history beside what stands.
        #expect(
            acts == [
                "dossier.register", "value.save", "value.save", "value.save", "value.save", "value.save",
                "evidence.add",
                "dossier.handIn", "dossier.hold", "dossier.post", "ballot.handOut", "dossier.count", "dossier.count",
                "dossier.submit", "dossier.return", "value.save", "dossier.submit", "dossier.accept",
                "submission.draft", "submission.send", "panel.form", "panel.declaration", "panel.scores",
                "panel.declaration", "panel.scores", "panel.declaration", "panel.scores", "panel.visit",
                "dossier.conclude", "decision.draft", "decision.issue",
            ], "\(acts)")
    }

    private func register(_ site: TestSite) async throws -> String {
        let yaThuong = try await site.signIn(.yaThuong)
        let area = "/areas/\(Place.thongXanh.id)/dossiers"
        let offered = try await yaThuong.json("\(area)/new").expectStatus(200).jsonObject
        #expect((offered["titles"] as? [[String: Any]])?.map { $0["choice"] as? String } == ["model"])
        let bare = try await yaThuong.json(area, sending: "{}").expectStatus(422)
        #expect(fields(bare) == ["title", "year"])
        let lower = try await yaThuong.json(area, sending: #"{"title": "outstanding", "year": 2026}"#)
        #expect(lower.status == 422 && fields(lower) == ["title"], "it holds that one already")
        let done = try await yaThuong.json(area, sending: #"{"title": "model", "year": 2026}"#).expectStatus(200)
        let id = try #require((done.jsonObject["id"] as? String).flatMap { ID($0) })
        let twice = try await yaThuong.json(area, sending: #"{"title": "model", "year": 2026}"#)
        #expect(twice.status == 409 && fields(twice).count == 1)
        #expect(try await state(yaThuong, "/dossiers/\(id)") == "assessing")
        return "/dossiers/\(id)"
    }

    /// Values, a picture as evidence, and every way to be told no on the way.
    private func fill(_ site: TestSite, _ dossier: String) async throws {
        try move(site, "2026-09-10")
        let yaThuong = try await site.signIn(.yaThuong)
        let here = "\(dossier)/values/III.3"
        let long = String(repeating: "x", count: 2_000)
        let both = try await yaThuong.json(here, sending: #"{"value": "abc", "note": "\#(long)"}"#).expectStatus(422)
        #expect(fields(both) == ["value", "note"], "all at once")
        for (code, value) in [("I.1", "2"), ("I.2", #""yes""#), ("III.2", "66"), ("III.3", "90.5")] {
            let saved = try await yaThuong.json(
                "\(dossier)/values/\(code)", sending: #"{"value": \#(value), "version": 0}"#
            ).expectStatus(200)
            #expect(saved.jsonObject["version"] as? Int == 1, "\(code)")
        }
        let late = try await yaThuong.json(here, sending: #"{"value": 70, "version": 0}"#).expectStatus(409)
        let standing = (late.jsonObject["current"] as? [String: Any])?["own"] as? [String: Any]
        #expect(standing?["version"] as? Int == 1, "what stands, to lay beside what was sent")
        #expect((standing?["value"] as? [String: Any])?["typed"] as? String == "90,5")

        let unasked = try await yaThuong.json(
            "\(here)/evidence", file: ("picture", "đèn.webp", EvidenceMaker.webp)
        ).expectStatus(422)
        #expect(fields(unasked) == ["secret"])
        let text = try await yaThuong.json(
            "\(here)/evidence", fields: ["secret": "no"], file: ("picture", "ảnh.jpg", Array("no picture".utf8)))
        #expect(text.status == 415 && fields(text) == ["picture"])
        try await yaThuong.json(
            "\(here)/evidence", fields: ["secret": "no", "caption": "Đèn buổi tối"],
            file: ("picture", "đèn.webp", EvidenceMaker.webp)
        ).expectStatus(200)
        let list = try await yaThuong.json("\(dossier)/evidence").expectStatus(200).jsonObject
        let piece = try #require((list["evidence"] as? [[String: Any]])?.first)
        #expect(piece["codes"] as? [String] == ["III.3"] && piece["note"] as? String == "Đèn buổi tối")
        let file = try #require(piece["file"] as? String)
        let picture = try await yaThuong.request(.get, "/evidence/\(file)/picture")
        #expect(picture.status == 200 && picture.headers[.contentType] == "image/jpeg")
        #expect(try await site.visitor().request(.get, "/evidence/\(file)/picture").status == 404)

        try move(site, "2026-09-14", hour: 20)
        let area = try await site.signIn(.yaThuong)
        try await area.json("\(dossier)/hand-in", sending: "{}").expectStatus(200)
        #expect(try await area.json(here, sending: #"{"value": 80, "version": 1}"#).status == 409, "closed by now")
    }

    private func meetPostAndVote(_ site: TestSite, _ dossier: String) async throws {
        try move(site, "2026-09-18", hour: 21)
        var area = try await site.signIn(.yaThuong)
        let bare = try await area.json("\(dossier)/review/sittings", sending: "{}").expectStatus(422)
        #expect(fields(bare) == ["day", "present", "venue", "chair", "secretary"])
        let where_ = #""venue": "Nhà văn hóa thôn", "chair": "Ya Thương", "secretary": "Trần Thị Lụa""#
        let many = try await area.json(
            "\(dossier)/review/sittings",
            sending: #"{"day": "2026-09-18", "present": 215, "list": 215, "opinions": "Nhất trí.", \#(where_)}"#
        ).expectStatus(422)
        #expect(fields(many).contains("present") && words(many).contains("214 hộ"))
        try await area.json(
            "\(dossier)/review/sittings",
            sending: #"{"day": "2026-09-18", "present": 158, "list": 156, "opinions": "Nhất trí.", \#(where_)}"#
        ).expectStatus(200)

        try move(site, "2026-09-20", hour: 7)
        area = try await site.signIn(.yaThuong)
        let short = try await area.json(
            "\(dossier)/posting", sending: #"{"from": "2026-09-20", "last": "2026-09-28"}"#
        ).expectStatus(422)
        #expect(fields(short) == ["last"] && words(short).contains("ít nhất 10 ngày"))
        try await area.json("\(dossier)/posting", sending: #"{"from": "2026-09-20"}"#).expectStatus(200)
        try await area.json("\(dossier)/ballot/slips", sending: #"{"slips": 214}"#).expectStatus(200)
        let early = try await area.json("\(dossier)/submission", sending: "{}").expectStatus(422)
        #expect(words(early).contains("29/09/2026"), "the posting still hangs")

        let figures = #""returned": 163, "valid": 161, "satisfied": 149, "unsatisfied": 7, "noOpinion": 5"#
        // All slips may be back: the last day that was promised is not over.
        try move(site, "2026-09-29")
        let soon = try await site.signIn(.kDoan).json(
            "\(dossier)/ballot/entries", sending: "{\(figures), \(counters)}"
        ).expectStatus(409)
        #expect(words(soon).contains("29/09/2026") && words(soon).contains("30/09/2026"))
        try move(site, "2026-09-30")
        for member in [Member.dinhCongSau, .kDoan] {
            let counting = try await site.signIn(member)
            let wrong = figures.replacing("149", with: "150")
            let sum = try await counting.json("\(dossier)/ballot/entries", sending: "{\(wrong), \(counters)}")
            #expect(sum.status == 422 && !fields(sum).isEmpty, "its parts are more than the whole")
            try await counting.json("\(dossier)/ballot/entries", sending: "{\(figures), \(counters)}")
                .expectStatus(200)
        }
        try move(site, "2026-09-30", hour: 20)
        area = try await site.signIn(.yaThuong)
        let ballot = try await area.json("\(dossier)/ballot").expectStatus(200)
        #expect(ballot.body.contains(#""satisfied":149"#))
        try await area.json("\(dossier)/submission", sending: "{}").expectStatus(200)
        #expect(try await state(area, dossier) == "submitted")
    }

    /// Sent back with a reason, mended, accepted.
    private func check(_ site: TestSite, _ dossier: String) async throws {
        try move(site, "2026-10-05")
        let kaHuong = try await site.signIn(.kaHuong)
        let none = try await kaHuong.json("\(dossier)/check", sending: #"{"outcome": "return"}"#).expectStatus(422)
        #expect(words(none).contains("ghi lý do ở ít nhất một chỉ tiêu"))
        let wrong = try await kaHuong.json(
            "\(dossier)/check",
            sending: #"{"outcome": "return", "value": {"III.2": 160}, "reason": {"III.2": "Chưa khớp bản đồ."}}"#
        ).expectStatus(422)
        #expect(fields(wrong) == ["value.III.2"])
        #expect(try await state(kaHuong, dossier) == "submitted", "what was refused left nothing behind")
        try await kaHuong.json(
            "\(dossier)/check",
            sending: #"{"outcome": "return", "value": {"III.2": 62}, "reason": {"III.2": "Chưa khớp bản đồ."}}"#
        ).expectStatus(200)

        try move(site, "2026-10-05", hour: 19)
        let area = try await site.signIn(.yaThuong)
        let told = try await area.json(dossier).expectStatus(200).jsonObject
        let sentBack = (told["events"] as? [[String: Any]])?.last { $0["action"] as? String == "sendBack" }
        #expect(sentBack?["returns"] as? [String: String] == ["III.2": "Chưa khớp bản đồ."])
        let unmended = try await area.json("\(dossier)/submission", sending: "{}").expectStatus(422)
        #expect(words(unmended).contains("III.2"))
        try await area.json(
            "\(dossier)/values/III.2", sending: #"{"value": 62, "note": "Đếm lại theo bản đồ.", "version": 1}"#
        ).expectStatus(200)
        try await area.json("\(dossier)/submission", sending: "{}").expectStatus(200)

        try move(site, "2026-10-08")
        let again = try await site.signIn(.kaHuong)
        let lines = try await again.json("\(dossier)/check").expectStatus(200).jsonObject["groups"] as? [[String: Any]]
        let mended = (lines ?? []).flatMap { $0["lines"] as? [[String: Any]] ?? [] }
            .filter { $0["isMended"] as? Bool == true }.compactMap { $0["code"] as? String }
        #expect(mended == ["III.2"])
        try await again.json("\(dossier)/check", sending: #"{"outcome": "accept"}"#).expectStatus(200)
        #expect(try await state(again, dossier) == "accepted")
        #expect(try await again.json("\(dossier)/check", sending: #"{"outcome": "accept"}"#).status == 409)
    }
}
