import Core
import Database
import Foundation
import TestKit
import Testing

@testable import Recognition

/// The street of recognition as its people walk it, over HTTP.
@Suite("An area becomes a model", .databases) struct RecognitionStoryTests {
    /// 64 × 32 pixels of red, as WebP.
    private static let picture = [UInt8](
        Data(
            base64Encoded: """
                UklGRkgAAABXRUJQVlA4IDwAAAAwAwCdASpAACAAPtForlGoJiQipAgBABoJZwDScAs+/lc4AP7qZf+WZwr7l//xvH+S7+3fZTjaPSQAAAA=
                """) ?? Data())

    private func fill(
        _ browser: Browser, _ dossier: String, _ code: String, _ typed: [String: String]
    ) async throws -> Shown {
        let page = try await browser.open("\(dossier)/values/\(code)")
        return try await browser.send(page.form("/values/\(code)").filled(typed))
    }

    /// Registers, fills everything and hands in. Answers the dossier's address.
    private func handIn(_ yaThuong: Browser) async throws -> String {
        let area = "/areas/\(Place.thongXanh.id)/dossiers"
        let empty = try await yaThuong.open(area)
        empty.expectStatus(200)
        #expect(empty.says("Thôn chưa có hồ sơ nào"))
        let form = try await yaThuong.open("\(area)/new").form("/dossiers")
        // It holds the lower one: only the next is offered.
        #expect(form.options("title") == ["model"])
        let registered = try await yaThuong.send(form.filled(["title": "model"])).expectStatus(200)
        #expect(registered.says("Đã điền 0 trong 4 chỉ tiêu"))
        let dossier = String(registered.path.dropLast("/assessment".count))
        for (code, value, points) in [
            ("I.1", "2", 30), ("I.2", "yes", 20), ("III.2", "66", 30), ("III.3", "90,5", 20),
        ] {
            let saved = try await fill(yaThuong, dossier, code, ["value": value, "note": "Đếm tại chỗ"])
            saved.expectStatus(200)
            #expect(saved.statuses == ["done Đạt, \(points) điểm"], "\(code): \(saved.statuses)")
        }
        let index = try await yaThuong.open("\(dossier)/assessment")
        #expect(index.says("Đã điền 4 trong 4 chỉ tiêu"))
        try await yaThuong.send(index.form("/hand-in")).expectStatus(200)
        return dossier
    }

    @Test(arguments: TestEngine.all) func fromRegistrationToTheTitle(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-03-28"))))
        try await Scene.begin(site.database)
        let yaThuong = try await site.signIn(.yaThuong)
        let dossier = try await handIn(yaThuong)
        // Meeting, posting and ballot have a story of their own.
        let walked = try #require(ID(dossier.dropFirst("/dossiers/".count)))
        try await site.database.unattended(.seed) { tx in
            try Walk.fromReview(walked, Walk.count, tx)
            return Receipt()
        }

        // What was handed in is the commune's; the area only reads.
        let closed = try await yaThuong.open("\(dossier)/values/III.2")
        #expect(closed.forms.allSatisfy { !$0.action.hasSuffix("/values/III.2") })

        site.clock.move(to: try #require(Day(iso: "2026-10-05")))
        let kaHuong = try await site.signIn(.kaHuong)
        let check = try await kaHuong.open("\(dossier)/check")
        check.expectStatus(200)
        let none = try await kaHuong.send(check.form("/check").filled(["outcome": "return"])).expectStatus(422)
        #expect(none.says("ghi lý do ở ít nhất một chỉ tiêu"))
        let wrong = try await kaHuong.send(
            check.form("/check").filled([
                "outcome": "return", "value.III.2": "160", "reason.III.2": "Chưa khớp bản đồ.",
            ])
        ).expectStatus(422)
        #expect(wrong.error(beside: "value.III.2")?.contains("0 đến 100") == true)
        #expect(try wrong.form("/check").values["reason.III.2"] == "Chưa khớp bản đồ.")
        let returned = try await kaHuong.send(
            check.form("/check").filled(["outcome": "return", "value.III.2": "62", "reason.III.2": "Chưa khớp bản đồ."])
        )
        returned.expectStatus(200)
        #expect(returned.says("Xã trả lại 1 chỉ tiêu") && returned.says("Chưa khớp bản đồ."))

        // The area cannot hand it in as it was.
        site.clock.advance(by: .hours(2))
        // Half a year later everybody signs in anew.
        let area = try await site.signIn(.yaThuong)
        let mending = try await area.open("\(dossier)/assessment")
        #expect(mending.says("Cần bổ sung"))
        let unmended = try await area.send(mending.form("/submission")).expectStatus(422)
        #expect(unmended.says("chưa sửa: III.2"))
        try await fill(area, dossier, "III.2", ["value": "62", "note": "Đếm lại theo bản đồ."]).expectStatus(200)
        try await area.send(area.open("\(dossier)/assessment").form("/submission")).expectStatus(200)

        // Accepted by the commune.
        site.clock.advance(by: .hours(2))
        let again = try await kaHuong.open("\(dossier)/check")
        #expect(again.says("Thôn đã sửa"))
        try await kaHuong.send(again.form("/check").filled(["outcome": "accept"])).expectStatus(200)

        // The commune's list and the panel have stories of their own.
        try await site.database.unattended(.seed) { tx in
            try PanelScene.appraise(walked, tx)
            return Receipt()
        }
        try await decide(site, dossier)
    }

    private func decide(_ site: TestSite, _ dossier: String) async throws {
        site.clock.move(to: try #require(Day(iso: "2026-11-06")))
        let doThiHanh = try await site.signIn(.doThiHanh)
        let new = try await doThiHanh.open("/decisions/new?title=model&year=2026")
        let id = dossier.dropFirst("/dossiers/".count)
        let draft = try await doThiHanh.send(new.form("/decisions/new").filled(["outcome.\(id)": "recognised"]))
        draft.expectStatus(200)
        #expect(draft.says("Đây là dự thảo, chưa có giá trị."))
        let decision = draft.path
        #expect(try await doThiHanh.open("\(decision)/paper").says("DỰ THẢO"))

        let form = try draft.form("/issue").filled([
            "number": "46/QĐ-MTTQ-BTT", "day": "7/11/2026", "signer": "Đỗ Thị Hạnh", "office": "Chủ tịch",
        ])
        let bare = try await doThiHanh.send(form.filled(["signer": ""])).expectStatus(422)
        for field in ["signer", "scan", "day"] { #expect(bare.error(beside: field) != nil, "\(field), all at once") }
        #expect(try await doThiHanh.send(form).expectStatus(422).error(beside: "scan") != nil)
        let scanned = try form.attaching("scan", file: "qd.pdf", Array("%PDF-1.4\n%%EOF\n".utf8))
        let future = try await doThiHanh.send(scanned).expectStatus(422)
        #expect(future.error(beside: "day") != nil)
        let issued = try await doThiHanh.send(scanned.filled(["day": "6/11/2026"])).expectStatus(200)
        #expect(issued.says("Quyết định số 46/QĐ-MTTQ-BTT") && issued.says("Đã ban hành"))
        #expect(try await !doThiHanh.open("\(decision)/paper").says("DỰ THẢO"))
        let scan = try await doThiHanh.request(.get, "\(decision)/scan")
        #expect(scan.status == 200 && scan.headers[.contentType] == "application/pdf")

        let yaThuong = try await site.signIn(.yaThuong)
        #expect(try await yaThuong.open(dossier).says("Đã công nhận ngày 06/11/2026"))
        #expect(try await yaThuong.open("/areas/\(Place.thongXanh.id)/dossiers").says("Khu dân cư kiểu mẫu"))
        #expect(try await site.visitor().request(.get, "\(decision)/scan").status != 200)
        // The paper is found by its number, by whom it speaks of and by who made it; nobody else finds it.
        for browser in [yaThuong, doThiHanh] {
            let found = try await browser.open("/search?q=46+quyet+dinh")
            #expect(found.links.contains(decision) && found.says("Quyết định 46/QĐ-MTTQ-BTT"))
        }
        #expect(try await !site.signIn(.haLieng).open("/search?q=46+quyet+dinh").links.contains(decision))
        #expect(try await yaThuong.open("/search?q=iii.3").links.contains { $0.hasPrefix("/criteria/") })
        // The area's own page says what it holds, where its dossier is and who is in charge.
        let area = try await yaThuong.open("/areas/\(Place.thongXanh.id)")
        #expect(area.says("Khu dân cư kiểu mẫu, cấp") && area.says("Ya Thương") && area.links.contains(dossier))
        let acts = try await site.acts()
        #expect(
            acts.filter { $0.hasPrefix("dossier.") } == [
                "dossier.register", "dossier.handIn", "dossier.return", "dossier.submit", "dossier.accept",
            ])
        #expect(acts.suffix(2) == ["decision.draft", "decision.issue"])
    }

    @Test(arguments: TestEngine.all) func ofTwoHeadsWhoTypeAtOnceNobodyLosesAnything(on engine: TestEngine) async throws
    {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-08-20"))))
        let set = try await Scene.begin(site.database)
        let id = try await site.database.unattended(.seed, giving: { try Scene.register(set, $0) })
        let here = "/dossiers/\(id)/values/III.3"
        let (yaThuong, dinhCongSau) = (try await site.signIn(.yaThuong), try await site.signIn(.dinhCongSau))
        let (one, other) = (try await yaThuong.open(here), try await dinhCongSau.open(here))
        try await yaThuong.send(one.form("/values/III.3").filled(["value": "85", "note": "Đếm buổi sáng"]))
            .expectStatus(200)
        let back = try await dinhCongSau.send(
            other.form("/values/III.3").filled(["value": "90,5", "note": "Đếm buổi tối"]))
        back.expectStatus(409)
        #expect(back.says("85 %") && back.says("90,5 %") && back.says("Ya Thương"))
        #expect(back.says("Đếm buổi sáng") && back.says("Đếm buổi tối"), "the notes side by side too")
        let mine = try back.form("/values/III.3")
        #expect(mine.values["value"] == "90,5" && mine.values["note"] == "Đếm buổi tối")
        let kept = try await dinhCongSau.send(mine).expectStatus(200)
        // What the badge says, not any word of the page: "Chưa đạt" has the same letters.
        #expect(kept.statuses == ["done Đạt, 20 điểm"], "\(kept.statuses)")
        #expect(try kept.form("/values/III.3").values["value"] == "90,5")
        // The same, as a program sees it.
        let late = try await yaThuong.json(here, sending: #"{"value": "80", "version": 1}"#)
        #expect(late.status == 409)
        let current = try #require(late.jsonObject["current"] as? [String: Any])
        let own = try #require(current["own"] as? [String: Any])
        #expect(
            own["version"] as? Int == 2 && own["note"] as? String == "Đếm buổi tối", "what stands, to lay beside it")
        let saved = try await yaThuong.json(here, sending: #"{"value": 91.5, "version": 2}"#)
        #expect(saved.status == 200 && saved.jsonObject["version"] as? Int == 3)
        let history = try await site.database.read { try RecognitionStore.history(of: id, code: "III.3", $0) }
        #expect(history.map(\.wasSaved) == [true, false, true, false, true])
    }

    @Test(arguments: TestEngine.all) func everythingWrongIsSaidAtOnce(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-08-20"))))
        let set = try await Scene.begin(site.database)
        let id = try await site.database.unattended(.seed, giving: { try Scene.register(set, $0) })
        let here = "/dossiers/\(id)/values/III.3"
        let yaThuong = try await site.signIn(.yaThuong)
        let form = try await yaThuong.open(here).form("/values/III.3")
        // A note too long, which any form refuses, and words for a value, which only this indicator does.
        let long = String(repeating: "x", count: 2_000)
        let both = try await yaThuong.send(form.filled(["value": "abc", "note": long])).expectStatus(422)
        #expect(both.error(beside: "value")?.contains("phần trăm") == true)
        #expect(both.error(beside: "note")?.contains("1000") == true)
        let one = try await yaThuong.send(form.filled(["value": "90", "note": long])).expectStatus(422)
        #expect(one.error(beside: "value") == nil && one.error(beside: "note") != nil)
        #expect(try await site.database.read { try RecognitionStore.history(of: id, code: "III.3", $0) }.isEmpty)
        // So much that it is not even read: back on the same page, with what to do.
        let flood = String(repeating: "x", count: 300_000)
        let tooMuch = try await yaThuong.send(form.filled(["value": "90", "note": flood])).expectStatus(413)
        #expect(tooMuch.says("lớn quá") && (try? tooMuch.form("/values/III.3")) != nil)
        // Who may not is told what in words, a program too.
        let refused = try await site.signIn(.kaHuong).json(here, sending: #"{"value": "80"}"#).expectStatus(403)
        #expect(!refused.body.contains("fillAssessment"))
    }

    @Test(arguments: TestEngine.all) func aSaveSentTwiceHasOneEffectAndTheSameAnswer(on engine: TestEngine) async throws
    {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-08-20"))))
        let set = try await Scene.begin(site.database)
        let id = try await site.database.unattended(.seed, giving: { try Scene.register(set, $0) })
        let yaThuong = try await site.signIn(.yaThuong)
        let here = "/dossiers/\(id)/values/III.3"
        let key = ID(high: 0x4000_0000, low: 1 << 63 | 77)
        let body = #"{"value": "80", "version": 0}"#
        let first = try await yaThuong.json(here, sending: body, key: key).expectStatus(200)
        let again = try await yaThuong.json(here, sending: body, key: key).expectStatus(200)
        #expect(again.body == first.body)
        let other = try await yaThuong.json(here, sending: #"{"value": "81", "version": 1}"#, key: key)
        other.expectStatus(409)
        let kept = try await site.database.read { reader in
            try reader.one("SELECT count(*) AS n FROM indicator_value_history WHERE dossier_id = \(id)").integer("n")
        }
        #expect(kept == 1, "one act, one line of history")
        // Under a key of its own the same words are another act: the control that the key is what counts.
        try await yaThuong.json(here, sending: #"{"value": "81", "version": 1}"#).expectStatus(200)
    }

    @Test(arguments: TestEngine.all) func whoHasNoBusinessThereIsToldSo(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-08-20"))))
        let set = try await Scene.begin(site.database)
        let id = try await site.database.unattended(.seed, giving: { try Scene.register(set, $0) })
        let here = "/dossiers/\(id)"
        let elsewhere = try await site.signIn(.haLieng)
        for path in [here, "\(here)/assessment", "\(here)/values/III.3"] {
            try await elsewhere.open(path).expectStatus(404)
        }
        #expect(try await elsewhere.json("\(here)/values/III.3", sending: #"{"value": "80"}"#).status == 404)
        // The commune sees it, but the area's values are not its to fill.
        let kaHuong = try await site.signIn(.kaHuong)
        try await kaHuong.open(here).expectStatus(200)
        #expect(try await kaHuong.json("\(here)/values/III.3", sending: #"{"value": "80"}"#).status == 403)
        // Not yet handed in: there is nothing to check, and the page says so.
        #expect(try await kaHuong.open("\(here)/check").says("Chờ thôn điền đủ và nộp"))
        let early = try await kaHuong.json("\(here)/check", sending: #"{"outcome": "accept"}"#)
        #expect(early.status == 409)
        #expect(try await site.visitor().request(.get, here).status == 303)
    }

    @Test(arguments: TestEngine.all) func picturesAreClosedUntilTheCommuneReleasesThem(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-08-20"))))
        let set = try await Scene.begin(site.database)
        let id = try await site.database.unattended(.seed, giving: { try Scene.register(set, $0) })
        let here = "/dossiers/\(id)/values/III.3"
        let yaThuong = try await site.signIn(.yaThuong)
        let new = try await yaThuong.open("\(here)/evidence/new?secret=no")
        let form = try new.form("/evidence")
        let unasked = try await yaThuong.send(
            form.forged(["secret": nil]).attaching("picture", file: "đèn.webp", Self.picture)
        ).expectStatus(422)
        #expect(unasked.error(beside: "secret") != nil)
        let secret = try await yaThuong.send(
            form.forged(["secret": "yes"]).attaching("picture", file: "mat.webp", Self.picture)
        ).expectStatus(422)
        #expect(secret.says("không được tải lên"))
        let text = try await yaThuong.send(
            form.attaching("picture", file: "ảnh.jpg", Array("not a picture".utf8)))
        #expect(text.status == 415 && text.error(beside: "picture")?.contains("ảnh.jpg") == true)
        let sent = try await yaThuong.send(
            form.filled(["caption": "Đèn buổi tối"]).attaching("picture", file: "đèn.webp", Self.picture))
        sent.expectStatus(200)
        let picture = try #require(sent.links.first { $0.hasSuffix("/picture") })
        let shown = try await yaThuong.request(.get, picture)
        #expect(shown.status == 200 && shown.headers[.contentType] == "image/jpeg" && !shown.bytes.isEmpty)
        #expect(shown.headers[.cacheControl]?.contains("private") == true)
        #expect(try await site.visitor().request(.get, picture).status == 404)
        #expect(try await site.signIn(.haLieng).request(.get, picture).status == 404)

        let kaHuong = try await site.signIn(.kaHuong)
        let questions = try #require(
            try await kaHuong.open(here).links.first { $0.hasSuffix("#release") })
        let release = try await kaHuong.open(questions.replacing("#release", with: "")).form("/release")
        try await kaHuong.send(release.filled(["children": "none", "plates": "none"])).expectStatus(200)
        #expect(try await site.visitor().request(.get, picture).status == 200)
        let gone = try await yaThuong.send(yaThuong.open(here).form("/removal")).expectStatus(200)
        #expect(gone.says("Chưa có minh chứng nào"))
        #expect(try await site.visitor().request(.get, picture).status == 404)
    }

    @Test(arguments: TestEngine.all) func registrationFollowsItsCalendarAndItsOrderOfTitles(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-11-10"))))
        try await Scene.begin(site.database, holding: false)
        let area = "/areas/\(Place.thongXanh.id)/dossiers"
        let yaThuong = try await site.signIn(.yaThuong)
        let form = try await yaThuong.open("\(area)/new").form("/dossiers")
        #expect(form.options("title") == ["outstanding"])
        let model = try await yaThuong.send(form.forged(["title": "model"])).expectStatus(422)
        #expect(model.error(beside: "title")?.contains("Khu dân cư tiêu biểu") == true)
        // What is missing does not hide what is wrong besides.
        let bare = try await yaThuong.send(form.forged(["title": "", "year": "1999"])).expectStatus(422)
        #expect(bare.error(beside: "title") != nil && bare.error(beside: "year") != nil)
        let both = try await yaThuong.send(form.forged(["title": "model", "year": "2026"])).expectStatus(422)
        #expect(both.error(beside: "title") != nil && both.error(beside: "year") != nil)
        // This year's list is closed for the area, open for the commune with a reason.
        let late = try await yaThuong.json(area, sending: #"{"title": "outstanding", "year": 2026}"#)
        #expect(late.status == 422)
        let kaHuong = try await site.signIn(.kaHuong)
        let commune = try await kaHuong.open("\(area)/new").form("/dossiers")
        let silent = try await kaHuong.send(commune.filled(["title": "outstanding", "year": "2026"])).expectStatus(422)
        #expect(silent.error(beside: "reason") != nil)
        try await kaHuong.send(
            commune.filled(["title": "outstanding", "year": "2026", "reason": "Thôn mới sáp nhập"])
        ).expectStatus(200)
        try await yaThuong.send(form.filled(["title": "outstanding"])).expectStatus(200)
        let twice = try await yaThuong.json(area, sending: #"{"title": "outstanding", "year": 2027}"#)
        #expect(twice.status == 409)
        let list = try await kaHuong.open("/dossiers?year=2026&search=thong%20xanh")
        #expect(list.says("Thông Xanh"))
        #expect(try await kaHuong.open("/dossiers?year=2026&search=khong%20co").says("Không có hồ sơ nào khớp"))
    }

    @Test(arguments: TestEngine.all) func aRegistrationIsGivenBackWithItsReason(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-05-10"))))
        let set = try await Scene.begin(site.database)
        let id = try await site.database.unattended(.seed, giving: { try Scene.register(set, $0) })
        let yaThuong = try await site.signIn(.yaThuong)
        let page = try await yaThuong.open("/dossiers/\(id)")
        #expect(try await yaThuong.send(page.form("/withdrawal")).expectStatus(422).error(beside: "reason") != nil)
        let gone = try await yaThuong.send(page.form("/withdrawal").filled(["reason": "Năm nay dồn sức làm đường."]))
        gone.expectStatus(200)
        #expect(gone.says("Đã rút đăng ký ngày 10/05/2026") && gone.says("Năm nay dồn sức làm đường."))
        let closed = try await yaThuong.json("/dossiers/\(id)/values/III.3", sending: #"{"value": "80"}"#)
        #expect(closed.status == 409)
    }
}
