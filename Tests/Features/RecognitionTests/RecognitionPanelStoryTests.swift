import Core
import Database
import Foundation
import TestKit
import Testing

@testable import Recognition

/// From the commune's acceptance to the certificate, over HTTP, with the demonstration's figures.
@Suite("An area is appraised and certified", .databases) struct RecognitionPanelStoryTests {
    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    @Test(arguments: TestEngine.all) func fromAcceptedToTheCertificate(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-10-10")))
        let dossier = try await PanelScene.begin(site.database)
        try await submit(site, dossier)
        site.clock.move(to: try day("2026-10-12"))
        let panel = try await form(site, dossier)
        site.clock.move(to: try day("2026-10-26"))
        try await score(site, dossier, panel)
        site.clock.move(to: try day("2026-10-27"))
        try await conclude(site, dossier)
        site.clock.move(to: try day("2026-11-06"))
        let decision = try await decide(site, dossier)
        site.clock.move(to: try day("2026-11-18"))
        try await certify(site, dossier, decision)
        let acts = try await site.acts()
        #expect(
            acts.suffix(17) == [
                "submission.draft", "submission.send", "panel.form", "panel.declaration", "panel.scores",
                "panel.declaration", "panel.scores", "panel.declaration", "panel.scores", "panel.visit",
                "panel.settlement",
                "dossier.conclude", "decision.draft", "decision.discard", "decision.draft", "decision.issue",
                "certificate.giving",
            ])
    }

    private func submit(_ site: TestSite, _ dossier: ID) async throws {
        let kaHuong = try await site.signIn(.kaHuong)
        let new = try await kaHuong.open("/submissions/new?year=2026").expectStatus(200)
        #expect(new.says("Thông Xanh") && new.says("97 trên 100 điểm"))
        #expect(new.says("76,2 % phiếu về, 92,5 % hài lòng"))
        // The others of the commune are named with why they are not on it.
        #expect(new.says("Suối Thông B1") && new.says("Đang tự đánh giá"))
        let form = try new.form("/submissions/new")
        #expect(form.values["listed.\(dossier)"] == "yes")
        let none = try await kaHuong.send(form.filled(["listed.\(dossier)": ""])).expectStatus(422)
        #expect(none.says("Chọn ít nhất một khu dân cư"))
        let other = try #require(
            try await site.database.read {
                try RecognitionStore.dossiers(of: Place.suoiThong.id, seenBy: Scene.sight(.kaHuong), $0).first
            })
        try await kaHuong.send(form.forged(["listed.\(other.id)": "yes"])).expectStatus(409)
        let draft = try await kaHuong.send(form).expectStatus(200)
        #expect(draft.says("Đây là dự thảo, chưa có giá trị.") && draft.says("số, ngày ký, người ký"))
        let paper = try await kaHuong.open("\(draft.path)/paper")
        #expect(paper.says("TỜ TRÌNH") && paper.says("DỰ THẢO") && paper.says("Thông Xanh"))
        #expect(paper.body.contains("<path d=\"M"), "the code that opens the record")
        let sending = try draft.form("/sending").filled([
            "number": "12/TTr-MTTQ-BTT", "day": "11/10/2026", "signer": "Ka Hương", "office": "Chủ tịch",
        ])
        #expect(try await kaHuong.send(sending).expectStatus(422).error(beside: "day") != nil)
        let sent = try await kaHuong.send(sending.filled(["day": "10/10/2026"])).expectStatus(200)
        #expect(sent.says("Tờ trình số 12/TTr-MTTQ-BTT") && sent.says("Đã gửi"))
        #expect(sent.body.contains(">Người ký<") && !sent.body.contains(">người ký<"))
        #expect(try await !kaHuong.open("\(sent.path)/paper").says("DỰ THẢO"))
        #expect(try await kaHuong.open("/dossiers/\(dossier)").says("tổ thẩm định"))
        // An area does not see the commune's list.
        try await site.signIn(.yaThuong).open(sent.path).expectStatus(404)
    }

    private func form(_ site: TestSite, _ dossier: ID) async throws -> String {
        let doThiHanh = try await site.signIn(.doThiHanh)
        let new = try await doThiHanh.open("/panels/new?search=phuong").expectStatus(200)
        #expect(new.says("Vũ Hồng Phương") && new.says("Thông Xanh"))
        let anh = Member.dangThiAnh.id
        let form = try #require(new.forms.first { $0.names.contains("chair") })
        let few = try await doThiHanh.send(
            form.filled([
                "chair": "\(anh)", "secretary": "\(PanelScene.haBien)", "members.\(anh)": "yes",
                "members.\(PanelScene.haBien)": "yes",
            ])
        ).expectStatus(422)
        #expect(few.error(beside: "members")?.contains("ít nhất 3 người, đang chọn 2") == true)
        // Somebody of the same commune.
        let searched = try await doThiHanh.open("/panels/new?search=ka%20huong")
        let local = try #require(searched.forms.first { $0.names.contains("chair") })
        let own = try await doThiHanh.send(
            local.filled([
                "chair": "\(anh)", "secretary": "\(PanelScene.haBien)", "members.\(anh)": "yes",
                "members.\(PanelScene.haBien)": "yes", "members.\(Member.kaHuong.id)": "yes",
            ])
        ).expectStatus(422)
        #expect(own.error(beside: "members")?.contains("Ka Hương giữ việc ở Thông Xanh") == true)
        let formed = try await doThiHanh.send(
            form.filled([
                "chair": "\(anh)", "secretary": "\(PanelScene.haBien)", "members.\(anh)": "yes",
                "members.\(PanelScene.haBien)": "yes", "members.\(PanelScene.hongPhuong)": "yes",
            ])
        ).expectStatus(200)
        #expect(formed.says("Chờ 3 người khai báo"))
        // The commune does not see who appraises.
        try await site.signIn(.kaHuong).open(formed.path).expectStatus(404)
        return formed.path
    }

    private func score(_ site: TestSite, _ dossier: ID, _ panel: String) async throws {
        let here = "/dossiers/\(dossier)/appraisal"
        for (index, (member, hedge)) in zip(PanelScene.members, ["72", "66", "71"]).enumerated() {
            let browser = try await site.signIn(member)
            let before = try await browser.open(here).expectStatus(200)
            #expect(before.says("Khai báo có liên quan hay không"))
            let page = try await browser.open(panel)
            let conflict = try await browser.send(
                page.form("/declaration").filled(["declared.\(dossier)": "conflict"])
            ).expectStatus(422)
            #expect(conflict.error(beside: "reason.\(dossier)") != nil)
            try await browser.send(page.form("/declaration").filled(["declared.\(dossier)": "none"])).expectStatus(200)
            let blind = try await browser.open(here).expectStatus(200)
            // Nobody's value is on the page before all have scored.
            #expect(!blind.says("72 %") && !blind.body.contains("value=\"72\""))
            #expect(try await !browser.json(here).body.contains("\"72\""))
            let form = try blind.form("/scores")
            let wrong = try await browser.send(form.filled(["score.III.5": "172"])).expectStatus(422)
            #expect(wrong.error(beside: "score.III.5") != nil)
            // Judged, mandatory, and what the draw asks of this member: the rest as the commune had it.
            let asked = form.names.filter { $0.hasPrefix("score.") }.map { String($0.dropFirst("score.".count)) }
            #expect(Set(asked).isSuperset(of: ["I.2", "II.2", "III.1", "III.2", "III.3", "III.5", "V.1", "V.3"]))
            var typed: [String: String] = [:]
            for code in asked {
                let value = PanelScene.check[code] ?? PanelScene.own[code]
                typed["score.\(code)"] = value.map { Recognition.ValueText.typed($0) }
                if case .notApplicable(let reason) = value { typed["note.\(code)"] = reason }
            }
            typed["score.III.5"] = hedge
            let scored = try await browser.send(form.filled(typed))
            scored.expectStatus(200)
            if index < 2 { #expect(scored.says("Còn kín: \(index + 1) trong 3 người đã chấm")) }
        }
        let chair = try await site.signIn(.dangThiAnh)
        let open = try await chair.open(here)
        #expect(
            open.says("Đặng Thị Ánh: 72 %") && open.says("Kră Jăn Ha Biên: 66 %") && open.says("Vũ Hồng Phương: 71 %"))
        #expect(open.says("Mọi người đã chấm xong, các số đã mở") && !open.says("chưa ai thấy số của ai"))
        let late = try await chair.json("\(here)/scores", sending: #"{"score.III.5": "70"}"#)
        #expect(late.status == 409)
        // An area does not see its own appraisal before the minutes are closed.
        try await site.signIn(.yaThuong).open(here).expectStatus(404)
    }

    private func conclude(_ site: TestSite, _ dossier: ID) async throws {
        let here = "/dossiers/\(dossier)/appraisal"
        let chair = try await site.signIn(.dangThiAnh)
        let page = try await chair.open(here)
        let early = try await chair.send(page.form("/conclusion").filled(["conclusion": "passes"])).expectStatus(422)
        #expect(early.says("Điểm chấm khác nhau, chưa chốt: III.5.") && early.says("Chưa có lần kiểm tra thực tế nào."))
        // Only who presides settles.
        let haBien = try await site.signIn(PanelScene.haBien)
        let foreign = try await haBien.json(
            "\(here)/settlement", sending: #"{"value.III.5": "68", "reason.III.5": "x"}"#)
        #expect(foreign.status == 403)

        let visit = try await haBien.open("/dossiers/\(dossier)/visit").form("/visit")
        let ahead = try await haBien.send(visit.filled(["day": "28/10/2026", "look.III.5": "otherwise"]))
            .expectStatus(422)
        #expect(ahead.error(beside: "day") != nil)
        let went = try await haBien.send(
            visit.filled([
                "day": "27/10/2026", "members.\(Member.dangThiAnh.id)": "yes", "others": "Trưởng thôn",
                "look.III.5": "otherwise", "note.III.5": "Đoạn mới trồng sau mùa mưa chưa phủ kín",
            ])
        ).expectStatus(200)
        #expect(went.says("Kiểm tra ngày 27/10/2026") && went.says("Khác với ghi"))
        #expect(try await haBien.open("/dossiers/\(dossier)/visit/paper").says("PHIẾU KIỂM TRA THỰC TẾ"))

        let silent = try await chair.send(page.form("/settlement").filled(["value.III.5": "68"])).expectStatus(422)
        #expect(silent.error(beside: "reason.III.5")?.contains("Ghi lý do") == true)
        let settled = try await chair.send(
            page.form("/settlement").filled(["value.III.5": "68", "reason.III.5": "Đo lại tại chỗ ngày 27/10."])
        ).expectStatus(200)
        #expect(settled.says("Theo số của tổ: 95 trên 100 điểm.") && settled.says("Đủ điều kiện công nhận."))
        let minutes = "/dossiers/\(dossier)/minutes"
        #expect(try await chair.open(minutes).says("DỰ THẢO"))
        try await site.signIn(.yaThuong).open(minutes).expectStatus(404)
        let stricter = try await chair.send(settled.form("/conclusion").filled(["conclusion": "passesNot"]))
            .expectStatus(422)
        #expect(stricter.error(beside: "reason") != nil)
        let done = try await chair.send(settled.form("/conclusion").filled(["conclusion": "passes"]))
        done.expectStatus(200)
        let paper = try await chair.open(minutes)
        #expect(paper.says("Đạt; đề nghị công nhận.") && !paper.says("DỰ THẢO"))
        #expect(paper.says("68 %") && paper.says("Đo lại tại chỗ ngày 27/10."))
        let again = try await chair.json("\(here)/conclusion", sending: #"{"conclusion": "passes"}"#)
        #expect(again.status == 409)
        // The area reads what was settled and why, and not who gave which score.
        let area = try await site.signIn(.yaThuong)
        #expect(try await area.open("/dossiers/\(dossier)").says("Đã thẩm định"))
        for path in [here, minutes] {
            let read = try await area.open(path).expectStatus(200)
            #expect(read.says("68 %") && read.says("Đo lại tại chỗ ngày 27/10."))
            #expect(!read.says("Đặng Thị Ánh: 72 %") && !read.says("72 %"))
        }
        #expect(try await !area.json(here).body.contains("\"72\""))
        try await area.open("/dossiers/\(dossier)/visit").expectStatus(404)
    }

    private func decide(_ site: TestSite, _ dossier: ID) async throws -> String {
        let doThiHanh = try await site.signIn(.doThiHanh)
        let new = try await doThiHanh.open("/decisions/new?title=model&year=2026").expectStatus(200)
        #expect(new.says("92,5 % hài lòng") && new.says("95"))
        let first = try await doThiHanh.send(new.form("/decisions/new")).expectStatus(200)
        // Nothing is certified by a draft.
        for path in [
            "\(first.path)/certificates", "\(first.path)/certificates/paper", "/dossiers/\(dossier)/certificate",
        ] {
            let refused = try await doThiHanh.open(path).expectStatus(409)
            #expect(refused.says("Quyết định còn là dự thảo nên chưa có giấy công nhận."))
        }
        try await doThiHanh.send(first.form("/removal")).expectStatus(200)
        let again = try await doThiHanh.open("/decisions/new?title=model&year=2026")
        let draft = try await doThiHanh.send(again.form("/decisions/new")).expectStatus(200)
        let form = try draft.form("/issue").filled([
            "number": "46/QĐ-MTTQ-BTT", "day": "6/11/2026", "signer": "Đỗ Thị Hạnh", "office": "Chủ tịch",
        ])
        try await doThiHanh.send(form.attaching("scan", file: "qd.pdf", Array("%PDF-1.4\n%%EOF\n".utf8)))
            .expectStatus(200)
        return draft.path
    }

    private func certify(_ site: TestSite, _ dossier: ID, _ decision: String) async throws {
        let kaHuong = try await site.signIn(.kaHuong)
        let list = try await kaHuong.open("\(decision)/certificates").expectStatus(200)
        #expect(list.says("Chưa trao"))
        let papers = try await kaHuong.open("\(decision)/certificates/paper").expectStatus(200)
        #expect(papers.says("GIẤY CÔNG NHẬN") && papers.says("KHU DÂN CƯ KIỂU MẪU") && papers.says("46/QĐ-MTTQ-BTT"))
        #expect(papers.body.contains("<path d=\"M"))
        let form = try list.form("/giving")
        #expect(
            try await kaHuong.send(form.filled(["day": "5/11/2026"])).expectStatus(422).error(beside: "day") != nil)
        let given = try await kaHuong.send(form.filled(["day": "18/11/2026"])).expectStatus(200)
        #expect(given.says("Đã trao 18/11/2026"))
        #expect(try await site.signIn(.yaThuong).open("/dossiers/\(dossier)/certificate").says("Thông Xanh"))
        try await site.signIn(.haLieng).open("/dossiers/\(dossier)/certificate").expectStatus(404)
        // What the code on the certificate opens, for everybody.
        let open = try await site.visitor().open("/portal/areas/\(Place.thongXanh.id)").expectStatus(200)
        #expect(
            open.says("149 trong 161 phiếu hợp lệ hài lòng, 92,5 %") && open.says("163 phiếu về trên 214 hộ, 76,2 %"))
        #expect(open.says("Trao giấy công nhận 18/11/2026") && open.says("46/QĐ-MTTQ-BTT"))
        // Somebody else's dossier is a name in the decision and no link.
        let elsewhere = try await kaHuong.open(decision)
        #expect(elsewhere.links.contains("/dossiers/\(dossier)"))
        let register = try await site.signIn(.doThiHanh).open("/titles?year=2026").expectStatus(200)
        #expect(register.says("Khu dân cư kiểu mẫu") && register.says("Lên danh hiệu cao hơn"))
        let today = try day("2026-11-18")
        let (movements, shown) = try await site.database.read { reader in
            (
                try RecognitionStore.titleMovements(
                    under: Place.lamDong.id, from: try #require(Day(iso: "2026-01-01")), until: today, reader),
                try #require(try RecognitionStore.publicTitle(of: Place.thongXanh.id, on: today, reader))
            )
        }
        #expect(shown.title == "model")
        #expect(movements.map(\.title) == ["model", "outstanding"])
        #expect(movements[0].before == 0 && movements[0].granted == 1 && movements[0].after == 1)
        #expect(movements[1].before == 1 && movements[1].ended == [.raised: 1] && movements[1].after == 0)
    }

    @Test(arguments: TestEngine.all) func whatDidNotPassIsListedAsARefusalWithItsReason(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-11-06")))
        let dossier = try await PanelScene.begin(site.database)
        try await site.database.unattended(.seed) { tx in
            _ = try PanelScene.toPanel([dossier], tx)
            try PanelScene.score(dossier, hedges: [40, 40, 40], tx)
            // Like scores settle themselves; the conclusion against them is refused.
            let chair = PanelScene.deed(PanelScene.members[0], "2026-10-28")
            try RecognitionStore.settle(
                .init(code: "II.1", value: Scene.percent(50), reason: "Đối chiếu lại danh sách"), dossier: dossier,
                chair, tx)
            try RecognitionStore.settle(
                .init(code: "III.1", value: Scene.percent(50), reason: "Đối chiếu lại danh sách"), dossier: dossier,
                chair, tx)
            return Receipt()
        }
        await #expect {
            try await site.database.unattended(.seed) { tx in
                try RecognitionStore.conclude(
                    .passes, reason: nil, remark: nil, dossier: dossier,
                    PanelScene.deed(PanelScene.members[0], "2026-10-28"), tx)
                return Receipt()
            }
        } throws: { ($0 as? Refusal)?.key == "recognition.panel.refusal.againstSet" }
        try await site.database.unattended(.seed) { tx in
            try RecognitionStore.conclude(
                .passesNot, reason: nil, remark: "Chưa đủ điểm.", dossier: dossier,
                PanelScene.deed(PanelScene.members[0], "2026-10-28"), tx)
            return Receipt()
        }
        let doThiHanh = try await site.signIn(.doThiHanh)
        let new = try await doThiHanh.open("/decisions/new?title=model&year=2026")
        let form = try new.form("/decisions/new")
        #expect(form.values["outcome.\(dossier)"] == "refused", "proposed as the minutes say")
        let wrong = try await doThiHanh.send(form.filled(["outcome.\(dossier)": "recognised"])).expectStatus(422)
        #expect(wrong.error(beside: "outcome.\(dossier)")?.contains("chưa đủ điều kiện") == true)
        let silent = try await doThiHanh.send(form.filled(["reason.\(dossier)": ""])).expectStatus(422)
        #expect(silent.error(beside: "reason.\(dossier)") != nil)
        let draft = try await doThiHanh.send(form).expectStatus(200)
        #expect(draft.says("Chưa công nhận") && draft.says("Chưa đủ điểm."))
    }

    @Test(arguments: TestEngine.all) func aDecisionNeedsPostingBallotAndMinutes(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-11-06")))
        let set = try await Scene.begin(site.database)
        // Pushed through by hand: neither posted nor voted upon nor appraised.
        let dossier = try await site.database.unattended(
            .seed,
            giving: { tx in
                let id = try Scene.register(set, tx)
                try Walk.fill(id, tx)
                for (action, state) in [
                    (Recognition.Action.accept, Recognition.State.accepted), (.conclude, .appraised),
                ] {
                    try RecognitionStore.move(Walk.now(id, tx), action, to: state, Scene.deed(.kaHuong, tx), tx)
                }
                return id
            })
        let doThiHanh = try await site.signIn(.doThiHanh)
        let form = try await doThiHanh.open("/decisions/new?title=model&year=2026").form("/decisions/new")
        let refused = try await doThiHanh.send(form.filled(["outcome.\(dossier)": "recognised"])).expectStatus(422)
        #expect(refused.says("Tổ thẩm định chưa khóa biên bản") && refused.says("Chưa hết hạn niêm yết"))
        #expect(refused.says("chưa chốt"))
    }

    @Test(arguments: TestEngine.all) func aDossierSentBackComesAgainOnALaterList(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-10-28")))
        let dossier = try await PanelScene.begin(site.database)
        try await site.database.unattended(.seed) { tx in
            _ = try PanelScene.toPanel([dossier], tx)
            try PanelScene.score(dossier, tx)
            return Receipt()
        }
        let chair = try await site.signIn(.dangThiAnh)
        let page = try await chair.open("/dossiers/\(dossier)/appraisal")
        let none = try await chair.send(page.form("/return")).expectStatus(422)
        #expect(none.says("ghi lý do ở ít nhất một chỉ tiêu"))
        try await chair.send(page.form("/return").filled(["back.III.5": "Đo lại cả đoạn mới trồng."])).expectStatus(200)
        let story = try await site.signIn(.yaThuong).open("/dossiers/\(dossier)")
        #expect(story.says("Đo lại cả đoạn mới trồng."))
        try await site.database.unattended(.seed) { tx in
            let saved = try RecognitionStore.entries(of: dossier, tx).first { $0.code == "III.5" && $0.side == .own }
            _ = try RecognitionStore.save(
                .init(code: "III.5", value: Scene.percent(70), note: nil), dossier: dossier,
                over: saved?.version ?? 0, Walk.deed(.yaThuong, "2026-10-29"), tx)
            try RecognitionStore.submit(Walk.now(dossier, tx), Walk.deed(.yaThuong, "2026-10-29"), tx)
            // Who returned it on the panel has not checked it: the commune may, and the panel scores anew.
            let hands = try RecognitionStore.hands(of: Member.dangThiAnh.id, on: dossier, tx)
            #expect(hands.did == [.appraised])
            try RecognitionStore.move(
                Walk.now(dossier, tx), .accept, to: .accepted, Walk.deed(.kaHuong, "2026-10-30"), tx)
            let panel = try PanelScene.toPanel([dossier], number: "13/TTr", tx)
            let work = try #require(
                try RecognitionStore.work(on: Walk.now(dossier, tx), today: TestClock.today, tx))
            #expect(work.panel.id == panel && work.appraisal.round == 2 && work.scoring.scores.isEmpty)
            #expect(work.scoring.standings.allSatisfy { $0.declaration == nil })
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func whoDeclaresATieDoesNotScoreAndTheSecretaryPresides(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-10-26")))
        let dossier = try await PanelScene.begin(site.database)
        try await site.database.unattended(.seed) { tx in
            _ = try PanelScene.toPanel([dossier], tx)
            return Receipt()
        }
        let here = "/dossiers/\(dossier)/appraisal"
        let chair = try await site.signIn(.dangThiAnh)
        let panel = try #require(try await chair.open("/panels").links.first { $0.hasPrefix("/panels/") })
        let declared = try await chair.open(panel).form("/declaration").filled([
            "declared.\(dossier)": "conflict", "reason.\(dossier)": "Anh trai là trưởng thôn",
        ])
        try await chair.send(declared).expectStatus(200)
        let page = try await chair.open(here)
        #expect(page.says("Người đã khai có liên quan") && page.forms.allSatisfy { !$0.action.hasSuffix("/scores") })
        #expect(page.says("Kră Jăn Ha Biên điều hành"))
        #expect(try await chair.json("\(here)/scores", sending: #"{"score.III.5": "70"}"#).status == 403)
        // Why the chair is tied is nobody else's to read.
        let haBien = try await site.signIn(PanelScene.haBien)
        #expect(try await !haBien.open(here).says("Anh trai"))
        try await site.database.unattended(.seed) { tx in
            try PanelScene.declareAndScore(dossier, by: Array(PanelScene.members.dropFirst()), tx)
            let work = try PanelScene.work(on: dossier, tx)
            #expect(Set(work.scoring.judged).isSuperset(of: ["I.2", "III.2", "III.3", "III.5", "V.3"]))
            #expect(work.scoring.judged.allSatisfy(work.scoring.isOpen))
            #expect(work.presiding?.person == PanelScene.haBien)
            #expect(throws: Refusal.self) {
                try RecognitionStore.declare(
                    .none, reason: nil, dossier: dossier, PanelScene.deed(PanelScene.members[0], "2026-10-26"), tx)
            }
            return Receipt()
        }
    }
}
