import Core
import Criteria
import Database
import Documents
import TestKit
import Testing

@testable import Recognition

/// Journey 14: the rules change. The Front publishes version 2 of the criteria (three thresholds, one new indicator) and
/// of the rules (a longer posting); the difference is shown; running assessments stay or move, each difference visible;
/// old decisions still show the versions they used.
@Suite("Journey 14: the rules change", .databases) struct JourneyFourteenTests {
    private static let rules = """
        kind: rules
        code: QC-THU
        version: 1
        label: demonstration
        name: {vi: Quy chế thử, en: Rules for tests}
        issuer: Minh họa
        effectiveFrom: 2026-01-01
        subject: residentialArea
        titles: [{code: outstanding}, {code: model}]
        procedure:
          posting: {calendar: 10}
        """

    /// Three thresholds and one indicator more, from 1 September.
    private static let second = Scene.criteria
        .replacing("version: 1", with: "version: 2")
        .replacing("effectiveFrom: 2026-01-01", with: "effectiveFrom: 2026-09-01")
        .replacing("thresholds: {outstanding: 1, model: 2}", with: "thresholds: {outstanding: 1, model: 3}")
        .replacing("thresholds: {outstanding: 50, model: 60}", with: "thresholds: {outstanding: 50, model: 65}")
        .replacing("thresholds: {outstanding: 70, model: 90}", with: "thresholds: {outstanding: 70, model: 92}")
        .replacing("points: 20, mandatory: yes, notApplicableIf", with: "points: 15, mandatory: yes, notApplicableIf")
        .replacing("pass: {required: mandatory, minimum: 90", with: "pass: {required: mandatory, minimum: 92")
        .replacing(
            "  - code: III\n",
            with: """
                      - {code: I.3, name: {vi: Tổ hợp tác hoạt động đều, en: Cooperating groups}, kind: yesNo, thresholds: {outstanding: yes, model: yes}, points: 5, verifier: Xã, suppliedBy: area, evidence: [{minutes: Biên bản}], basis: giả định, answerable: Hội Nông dân}
                  - code: III

                """)

    private struct Scenery {
        let site: TestSite
        let first: ID
        /// Assesses itself, is posted, was recognised.
        let running: ID
        let posted: ID
        let decided: ID
        let decision: ID
    }

    private func scenery(_ engine: TestEngine) async throws -> Scenery {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-08-20"))))
        let first = try await Scene.begin(site.database)
        let made = try await site.database.unattended(
            .seed,
            giving: { tx in
                try CriteriaRulesStore.addPublished(Self.rules, for: Place.lamDong.id, tx)
                let running = try Scene.register(first, tx)
                for (code, value) in Walk.values.prefix(3) {
                    _ = try RecognitionStore.save(
                        .init(code: code, value: value, note: nil), dossier: running, over: 0,
                        Scene.deed(.yaThuong, tx), tx)
                }
                let posted = try brought(first, .suoiMay, [(.handIn, .reviewing), (.post, .posted)], tx)
                let decided = try brought(
                    first, .taLy,
                    [
                        (.handIn, .reviewing), (.post, .posted), (.submit, .submitted), (.accept, .accepted),
                        (.forward, .forwarded), (.conclude, .appraised),
                    ], tx)
                let draft = try RecognitionStore.draft(
                    Recognition.NewDecision(
                        territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, title: "model",
                        level: .province, year: 2026,
                        items: [
                            Recognition.DecisionItem(
                                dossier: try Walk.now(decided, tx), outcome: .recognised, reason: nil)
                        ]), Scene.deed(.doThiHanh, tx), tx)
                try RecognitionStore.issue(
                    RecognitionStore.decision(draft, seenBy: Scene.sight(.doThiHanh), tx),
                    Recognition.SignedPaper(
                        number: "46/QĐ-MTTQ-BTT", day: tx.now.day, signer: "Đỗ Thị Hạnh", office: "Chủ tịch"),
                    scan: Recognition.Decision.Scan(
                        address: ContentAddress(of: Array("paper".utf8)), type: "application/pdf", name: "qd.pdf"),
                    Scene.deed(.doThiHanh, tx), tx)
                return (running, posted, decided, draft)
            })
        return Scenery(
            site: site, first: first, running: made.0, posted: made.1, decided: made.2, decision: made.3)
    }

    private func brought(
        _ set: ID, _ place: Place, _ acts: [(Recognition.Action, Recognition.State)], _ tx: Transaction
    ) throws -> ID {
        let id = try Scene.register(set, in: place, tx)
        try Walk.fill(id, tx)
        for (action, state) in acts {
            try RecognitionStore.move(Walk.now(id, tx), action, to: state, Scene.deed(.yaThuong, tx), tx)
        }
        return id
    }

    /// Imports a text and publishes it, past the refusals about its number and day. Answers the version's address.
    private func publish(_ hanh: Browser, _ kind: String, _ text: String) async throws -> String {
        let form = try await hanh.open("/\(kind)/new").expectStatus(200).form("/\(kind)")
        let draft = try await hanh.send(form.filled(["territory": "\(Place.lamDong.id)", "text": text]))
            .expectStatus(200)
        #expect(draft.says("Bản thảo"))
        let ask = try await hanh.open(draft.path + "/publication").expectStatus(200)
        let bare = try await hanh.send(ask.form("/publication").filled(["number": "25/HD-MTTQ-BTT"]))
            .expectStatus(422)
        #expect(bare.error(beside: "day")?.contains("Ghi ngày của văn bản") == true)
        let ahead = try await hanh.send(
            ask.form("/publication").filled(["number": "25/HD-MTTQ-BTT", "day": "01/12/2026"])
        ).expectStatus(422)
        #expect(ahead.error(beside: "day")?.contains("chưa tới") == true)
        let done = try await hanh.send(
            ask.form("/publication").filled(["number": "25/HD-MTTQ-BTT", "day": "18/08/2026"])
        ).expectStatus(200)
        #expect(done.says("Đã ban hành") && done.says("Số 25/HD-MTTQ-BTT, ngày 18/08/2026"))
        return draft.path
    }

    @Test(arguments: TestEngine.all) func theRulesChange(on engine: TestEngine) async throws {
        let scenery = try await scenery(engine)
        let site = scenery.site
        let hanh = try await site.signIn(.doThiHanh)
        let second = try await publish(hanh, "criteria", Self.second)
        try await theDifferenceIsShown(hanh, second, scenery)
        try await nothingMovesByItself(scenery)
        try await theCommuneMovesIts(second, scenery)
        try await theAreaSeesEachDifference(scenery)
        try await aLongerPosting(hanh, scenery)
        try await whatIsFurtherStays(hanh, second, scenery)
        try await oldDecisionsKeepTheirVersions(hanh, scenery)
    }

    private func theDifferenceIsShown(_ hanh: Browser, _ second: String, _ scenery: Scenery) async throws {
        let page = try await hanh.open("\(second)/difference/\(scenery.first)").expectStatus(200)
        for words in [
            "Chỉ tiêu III.2. Đường có rãnh và cây",
            "Cần đạt Khu dân cư kiểu mẫu: từ 60\u{A0}% Khu dân cư kiểu mẫu: từ 65\u{A0}%",
            "Khu dân cư kiểu mẫu: từ 92\u{A0}%",
            "Chỉ tiêu I.3. Tổ hợp tác hoạt động đều Thêm",
        ] { #expect(page.says(words), "\(words)") }
    }

    private func nothingMovesByItself(_ scenery: Scenery) async throws {
        let yaThuong = try await scenery.site.signIn(.yaThuong)
        let page = try await yaThuong.open("/dossiers/\(scenery.running)").expectStatus(200)
        #expect(page.says("bộ tiêu chí bản 1") && page.says("quy chế bản 1"))
        try await yaThuong.open("/criteria/\(scenery.first)/move").expectStatus(403)
    }

    private func theCommuneMovesIts(_ second: String, _ scenery: Scenery) async throws {
        let kaHuong = try await scenery.site.signIn(.kaHuong)
        try await kaHuong.open("/criteria/\(scenery.first)/move").expectStatus(409)
        let preview = try await kaHuong.open("\(second)/move").expectStatus(200)
        for words in [
            "Từ KDC-THU phiên bản 1: Khu dân cư kiểu mẫu", "0 chỉ tiêu không đổi", "5 chỉ tiêu khác",
            "I.2 Hộ khó khăn được giúp Giữ số đã ghi, đổi cách chấm đạt (có) Đạt thì được 20 điểm, chưa đạt thì 0 điểm. đạt (có) Đạt thì được 15 điểm, chưa đạt thì 0 điểm.",
            "Điều kiện đạt Được từ 90 điểm trên tổng 100 điểm Được từ 92 điểm trên tổng 100 điểm",
            "III.2 Đường có rãnh và cây Hỏi lại: đổi ngưỡng từ 60\u{A0}% từ 65\u{A0}%",
            "I.3 Tổ hợp tác hoạt động đều Chỉ tiêu mới", "Thôn Thông Xanh",
        ] { #expect(preview.says(words), "\(words)") }
        #expect(preview.links.contains("\(second)/difference/\(scenery.first)"))
        // One dossier of hers, whole, before she presses for all.
        let one = try await kaHuong.open("\(second)/move/\(scenery.running)").expectStatus(200)
        #expect(one.says("từ 60\u{A0}% từ 65\u{A0}% 66\u{A0}%"))
        // Of what is not asked again this dossier has one: what stays is said of it, not of the set.
        let told = try await kaHuong.json("\(second)/move").jsonObject["dossiers"] as? [[String: Any]]
        let mine = told?.first { $0["dossier"] as? String == "\(scenery.running)" }
        #expect(mine?["kept"] as? Int == 1 && mine?["asked"] as? Int == 2)
        #expect(preview.says("Số đã ghi, giữ nguyên") && one.says("1 số đã ghi giữ nguyên"))
        // How far and why is asked once for all of them; nothing is chosen beforehand.
        let form = try preview.form("/move")
        #expect(form.values["until"] == nil)
        let bare = try await kaHuong.send(form).expectStatus(422)
        #expect(bare.error(beside: "until") != nil && bare.error(beside: "reason") != nil)
        let stale = try await kaHuong.send(
            form.filled(["until": "reviewing", "reason": "Theo văn bản mới"]).forged(["seen": "00"])
        ).expectStatus(409)
        #expect(stale.says("Có hồ sơ vừa thay đổi"))
        let done = try await kaHuong.send(
            form.filled(["until": "reviewing", "reason": "Theo văn bản 25/HD-MTTQ-BTT"])
        ).expectStatus(200)
        #expect(done.says("Đã chuyển các hồ sơ.") && done.says("Không còn hồ sơ nào ở phiên bản cũ"))
    }

    private func theAreaSeesEachDifference(_ scenery: Scenery) async throws {
        let yaThuong = try await scenery.site.signIn(.yaThuong)
        let home = "/dossiers/\(scenery.running)"
        // Nobody helped: the criteria changed, and the duty says so with what to look at.
        let first = try await yaThuong.open("/").expectStatus(200)
        #expect(first.says("Tiêu chí đổi sang phiên bản mới: xem lại 2 số của thôn Thông Xanh (minh họa) ở I.1, III.2"))
        #expect(!first.says("người giúp đã nhập"))
        #expect(first.says("Hồ sơ khu dân cư kiểu mẫu của thôn Thông Xanh (minh họa) chuyển sang phiên bản mới"))
        let value = try await yaThuong.open("\(home)/values/III.2").expectStatus(200)
        #expect(value.says("chờ xem lại rồi đồng ý") && !value.says("chờ trưởng thôn đồng ý"))
        let story = try await yaThuong.open(home).expectStatus(200)
        #expect(story.says("bộ tiêu chí bản 2") && story.says("Chuyển sang phiên bản tiêu chí, quy chế mới"))
        #expect(story.says("Theo văn bản 25/HD-MTTQ-BTT") && story.links.contains("\(home)/moves"))
        let moves = try await yaThuong.open("\(home)/moves").expectStatus(200)
        #expect(moves.says("KDC-THU 1") && moves.says("KDC-THU 2") && moves.says("Ka Hương"))
        #expect(!moves.says("QC-THU"), "the rules stayed, so they are no change")
        #expect(moves.says("I.3 Tổ hợp tác hoạt động đều Chỉ tiêu mới — đạt (có) chưa ghi"))
        #expect(moves.says("III.2 Đường có rãnh và cây Hỏi lại: đổi ngưỡng từ 60\u{A0}% từ 65\u{A0}% 66\u{A0}%"))
        #expect(moves.says("I.2 Hộ khó khăn được giúp Giữ số đã ghi, đổi cách chấm"))
        #expect(moves.says("Được từ 90 điểm trên tổng 100 điểm Được từ 92 điểm trên tổng 100 điểm"))
        let index = try await yaThuong.open("\(home)/assessment").expectStatus(200)
        #expect(index.says("Bộ tiêu chí của hồ sơ đã đổi sang phiên bản 2 ngày 20/08/2026."))
        // Three of five are there: one as it was, two that she looks at again. III.3 and the new one are open.
        #expect(index.says("Đã điền 3 trong 5 chỉ tiêu"))
        let early = try await yaThuong.send(index.form("/hand-in")).expectStatus(422)
        #expect(early.says("III.3"))
        let agreed = try await yaThuong.send(index.form("/confirmation").filled(["code": ""])).expectStatus(200)
        #expect(!agreed.says("Số liệu chờ đồng ý"))
        for (code, value) in [("I.3", "yes"), ("III.3", "93"), ("I.1", "3")] {
            let page = try await yaThuong.open("\(home)/values/\(code)")
            try await yaThuong.send(page.form("/values/\(code)").filled(["value": value])).expectStatus(200)
        }
        #expect(try await yaThuong.open("\(home)/assessment").says("Đã điền 5 trong 5 chỉ tiêu"))
    }

    /// Fourteen days instead of ten, which a running dossier follows only once it is moved.
    private func aLongerPosting(_ hanh: Browser, _ scenery: Scenery) async throws {
        let site = scenery.site
        let running = scenery.running
        let text = Self.rules.replacing("version: 1", with: "version: 2")
            .replacing("effectiveFrom: 2026-01-01", with: "effectiveFrom: 2026-09-01")
            .replacing("{calendar: 10}", with: "{calendar: 14}").replacing("label: demonstration", with: "label: real")
        let second = try await publish(hanh, "rules", text)
        let days = {
            try await site.database.read { reader in
                try RecognitionStore.terms(of: Walk.now(running, reader), reader).postingDays
            }
        }
        #expect(try await days() == 10)
        let preview = try await hanh.open("\(second)/move").expectStatus(200)
        #expect(preview.says("Niêm yết 10 ngày 14 ngày"))
        #expect(!preview.says("0 chỉ tiêu khác:") && preview.says("Chỗ khác nằm ở quy định:"))
        // Those that move stand first, and two of one area are told apart.
        let told = try await hanh.json("\(second)/move").jsonObject["dossiers"] as? [[String: Any]] ?? []
        let stays = told.map { $0["stays"] is String }
        #expect(stays == [false, true] && preview.says("Khu dân cư kiểu mẫu · 2026"))
        try await hanh.send(preview.form("/move").filled(["until": "reviewing", "reason": "Quy chế mới"]))
            .expectStatus(200)
        #expect(try await days() == 14)
        let yaThuong = try await site.signIn(.yaThuong)
        #expect(try await yaThuong.open("/dossiers/\(running)").says("quy chế bản 2"))
        let moves = try await yaThuong.open("/dossiers/\(running)/moves")
        #expect(moves.says("QC-THU 1 → QC-THU 2") && moves.says("Niêm yết 10 ngày 14 ngày"))
    }

    private func whatIsFurtherStays(_ hanh: Browser, _ second: String, _ scenery: Scenery) async throws {
        let list = try await hanh.open("\(second)/move").expectStatus(200)
        #expect(list.says("Đang niêm yết: giữ phiên bản mà người dân đang đọc."))
        let posted = try await hanh.open("\(second)/move/\(scenery.posted)").expectStatus(200)
        #expect(posted.says("Đang niêm yết") && posted.forms.allSatisfy { !$0.action.contains("/move/") })
        let forced = try await hanh.json("\(second)/move/\(scenery.posted)", sending: #"{"seen": "00", "reason": "x"}"#)
        forced.expectStatus(409)
        let decided = try await hanh.json(
            "\(second)/move/\(scenery.decided)", sending: #"{"seen": "00", "reason": "x"}"#)
        decided.expectStatus(409)
        let page = try await hanh.open("\(second)/move/\(scenery.decided)").expectStatus(409)
        #expect(page.says("phiên bản giữ mãi như lúc quyết định"))
    }

    private func oldDecisionsKeepTheirVersions(_ hanh: Browser, _ scenery: Scenery) async throws {
        let decision = try await hanh.json("/decisions/\(scenery.decision)")
        let items = decision.jsonObject["items"] as? [[String: Any]]
        let dossier = items?.first?["dossier"] as? [String: Any]
        #expect(dossier?["criteriaVersion"] as? Int == 1)
        let paper = try await hanh.open("/decisions/\(scenery.decision)").expectStatus(200)
        #expect(paper.says("KDC-THU bản 1; QC-THU bản 1"))
        let page = try await hanh.open("/dossiers/\(scenery.decided)").expectStatus(200)
        #expect(page.says("bộ tiêu chí bản 1") && page.says("quy chế bản 1"))
        // Both versions stay readable.
        let old = try await hanh.open("/criteria/\(scenery.first)").expectStatus(200)
        #expect(old.says("Bộ này còn áp dụng đến hết ngày trước 01/09/2026, rồi được thay."))
    }
}
