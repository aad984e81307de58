import Core
import Criteria
import Database
import Documents
import Foundation
import TestKit
import Testing

@testable import Recognition

/// Who reads what of a decision, the right to answer a refusal, and titles of several deciders, over HTTP.
@Suite("Decisions: who sees what, and answering a refusal", .databases) struct RecognitionDecisionSightTests {
    private static let scan = Recognition.Decision.Scan(
        address: ContentAddress(of: Array("paper".utf8)), type: "application/pdf", name: "qd.pdf")

    private func appraised(
        _ set: ID, in place: Place, year: Int = 2026, title: String = "model", _ tx: Transaction
    ) throws -> Recognition.Dossier {
        let id = try RecognitionStore.register(
            Recognition.Registration(
                area: place.id, year: year, title: title, level: .province, areaClass: nil, criteriaSet: set),
            Scene.deed(.yaThuong, tx), tx)
        for (code, value) in Walk.values {
            _ = try RecognitionStore.save(
                .init(code: code, value: value, note: nil), dossier: id, over: 0, Scene.deed(.yaThuong, tx), tx)
        }
        for (action, state, member) in [
            (Recognition.Action.submit, Recognition.State.submitted, Member.yaThuong), (.accept, .accepted, .kaHuong),
            (.forward, .forwarded, .kaHuong), (.conclude, .appraised, .dangThiAnh),
        ] {
            try RecognitionStore.move(
                RecognitionStore.dossier(id, unattended: tx), action, to: state, Scene.deed(member, tx), tx)
        }
        return try RecognitionStore.dossier(id, unattended: tx)
    }

    private func draft(
        _ items: [(Recognition.Dossier, Recognition.Outcome)], title: String = "model", _ tx: Transaction
    ) throws -> ID {
        try RecognitionStore.draft(
            Recognition.NewDecision(
                territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, title: title, level: .province,
                year: 2026,
                items: items.map {
                    Recognition.DecisionItem(
                        dossier: $0.0, outcome: $0.1, reason: $0.1 == .refused ? "Đường chưa đủ đèn" : nil)
                }), Scene.deed(.doThiHanh, tx), tx)
    }

    private func issue(_ id: ID, _ number: String, _ tx: Transaction) throws {
        try RecognitionStore.issue(
            RecognitionStore.decision(id, seenBy: Scene.sight(.doThiHanh), tx),
            Recognition.SignedPaper(number: number, day: tx.now.day, signer: "Đỗ Thị Hạnh", office: "Chủ tịch"),
            scan: Self.scan, Scene.deed(.doThiHanh, tx), tx)
    }

    @Test(arguments: TestEngine.all) func aDraftIsTheDecidersAndARefusalIsNotForOthers(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine)
        let set = try await Scene.begin(site.database)
        let (decision, refused) = try await site.database.unattended(
            .seed,
            giving: { tx in
                let won = try appraised(set, in: .thongXanh, tx)
                let lost = try appraised(set, in: .taLy, tx)
                return (try draft([(won, .recognised), (lost, .refused)], tx), lost.id)
            })
        let path = "/decisions/\(decision)"
        let (hanh, kaHuong) = (try await site.signIn(.doThiHanh), try await site.signIn(.kaHuong))
        let (yaThuong, haLieng) = (try await site.signIn(.yaThuong), try await site.signIn(.haLieng))

        let whole = try await hanh.open(path).expectStatus(200)
        #expect(whole.says("Thông Xanh") && whole.says("Ta Ly 1") && whole.says("Đường chưa đủ đèn"))
        // The area reads that it stands in a draft, and nothing else: neither how, nor who else does.
        for browser in [yaThuong, haLieng] {
            let bare = try await browser.open(path).expectStatus(200)
            #expect(bare.says("đang dự thảo") && bare.says("Đây là dự thảo, chưa có giá trị."))
            #expect(!bare.says("Công nhận 1 khu dân cư") && !bare.says("Đường chưa đủ đèn"))
            let paper = try await browser.open(path + "/paper").expectStatus(403)
            #expect(paper.says("Quyết định đang dự thảo."))
            let json = try await browser.json(path).jsonObject
            #expect((json["items"] as? [Any])?.isEmpty == true)
            #expect((json["decision"] as? [String: Any])?["refused"] == nil)
        }
        let own = try await yaThuong.open(path)
        #expect(own.says("Thông Xanh") && !own.says("Ta Ly"))
        let commune = try await kaHuong.open(path).expectStatus(200)
        #expect(commune.says("Công nhận 1 khu dân cư") && commune.says("Thông Xanh") && !commune.says("Ta Ly"))
        try await kaHuong.open(path + "/paper").expectStatus(403)
        // A certificate that is asked for too early says so under a heading that fits.
        let early = try await hanh.open(path + "/certificates").expectStatus(409)
        #expect(early.says("Chưa có giấy công nhận") && !early.says("Vừa có người thay đổi"))
        let told = try await hanh.json(path + "/certificates").expectStatus(409)
        #expect(told.jsonObject["title"] as? String == "Chưa có giấy công nhận")
        // Nothing is given before it is issued.
        let giving = try await hanh.json(path + "/giving", sending: #"{"day": "2026-11-10", "given.x": "yes"}"#)
        #expect([409, 422].contains(giving.status))
        try await haLieng.open("/dossiers/\(refused)/refusal").expectStatus(409)

        try await site.database.unattended(.seed) { tx in
            try issue(decision, "46/QĐ-MTTQ-BTT", tx)
            return Receipt()
        }
        let issued = try await yaThuong.open(path).expectStatus(200)
        #expect(issued.says("Công nhận 1 khu dân cư") && issued.says("Thông Xanh") && !issued.says("Ta Ly"))
        #expect(!issued.says("Đường chưa đủ đèn") && issued.says("không ghi các khu dân cư khác"))
        let extract = try await yaThuong.open(path + "/paper").expectStatus(200)
        #expect(extract.says("Trích:") && !extract.says("Ta Ly"))
        try await yaThuong.open(path + "/scan").expectStatus(403)
        let lost = try await haLieng.open(path).expectStatus(200)
        #expect(lost.says("Thông Xanh") && lost.says("Ta Ly 1") && lost.says("Đường chưa đủ đèn"))
        #expect(try await hanh.open(path + "/paper").says("Ta Ly 1"))
        // Great Unity Day: a list to call by, given, and by whom.
        let calling = try await hanh.open(path + "/certificates/calling").expectStatus(200)
        #expect(calling.says("Danh sách trao giấy công nhận") && calling.says("Thông Xanh"))
        let list = try await hanh.open(path + "/certificates").expectStatus(200)
        let given = try await hanh.send(list.form("/giving").filled(["day": "10/11/2026"])).expectStatus(200)
        #expect(given.says("Đã trao 10/11/2026") && given.says("ghi bởi Đỗ Thị Hạnh"))
        // Whoever the decision names sees the list, and each line of it leads somewhere.
        let others = try await haLieng.open(path + "/certificates").expectStatus(200)
        let certificate = try #require(others.links.first { $0.hasSuffix("/certificate") })
        let paper = try await haLieng.open(certificate).expectStatus(200)
        #expect(paper.says("Thông Xanh") && paper.links.contains(path + "/certificates"))
    }

    @Test(arguments: TestEngine.all) func aRefusedAreaAnswersAndIsAnswered(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let set = try await Scene.begin(site.database)
        let (decision, dossier, other) = try await site.database.unattended(
            .seed,
            giving: { tx in
                let lost = try appraised(set, in: .taLy, tx)
                let late = try appraised(set, in: .suoiThong, tx)
                return (try draft([(lost, .refused), (late, .refused)], tx), lost.id, late.id)
            })
        try await site.database.unattended(.seed) { tx in
            try issue(decision, "46/QĐ-MTTQ-BTT", tx)
            return Receipt()
        }
        let (haLieng, hanh) = (try await site.signIn(.haLieng), try await site.signIn(.doThiHanh))
        let path = "/dossiers/\(dossier)/refusal"
        #expect(try await haLieng.open("/dossiers/\(dossier)").links.contains(path))
        let page = try await haLieng.open(path).expectStatus(200)
        #expect(page.says("Đường chưa đủ đèn") && page.says("25/11/2026"))
        #expect(try await haLieng.open("/").says("Đọc lý do chưa công nhận thôn "))
        try await haLieng.send(page.form("/answer")).expectStatus(422)
        // The decider has nothing to answer back to yet; the area does not answer back to itself.
        let body = #"{"text": "x"}"#
        let upheld = #"{"text": "x", "outcome": "upheld"}"#
        #expect(try await hanh.json(path + "/reply", sending: upheld).status == 409)
        #expect(try await haLieng.json(path + "/reply", sending: upheld).status == 403)
        let said = "Đèn đã lắp đủ ngày 5/11, có biên bản nghiệm thu."
        let answered = try await haLieng.send(page.form("/answer").filled(["text": said])).expectStatus(200)
        #expect(answered.says(said) && answered.says("Chờ Ban Thường trực"))
        #expect(try await haLieng.json(path + "/answer", sending: body).status == 409)
        #expect(try await hanh.open("/").says("Phúc đáp ý kiến của thôn "))
        let reply = try await hanh.open(path).form("/reply")
        let told = ["text": "Sẽ xem lại khi xét năm 2027."]
        #expect(try await hanh.send(reply.filled(told)).expectStatus(422).error(beside: "outcome") != nil)
        let back = try await hanh.send(reply.filled(told.merging(["outcome": "upheld"]) { $1 })).expectStatus(200)
        #expect(back.says(said) && back.says("Sẽ xem lại khi xét năm 2027.") && back.says("phúc đáp: giữ nguyên"))
        #expect(try await hanh.json(path + "/reply", sending: upheld).status == 409)
        // Sixteen days later it is too late.
        site.clock.move(to: TestClock.today.adding(days: 16))
        let kaHuong = try await site.signIn(.kaHuong)
        #expect(try await kaHuong.open("/dossiers/\(other)/refusal").expectStatus(200).says("Hạn trả lời đã hết"))
    }

    @Test(arguments: TestEngine.all) func aSecondTitleOfTheSameKindFromTheSameDeciderIsRefused(on engine: TestEngine)
        async throws
    {
        let site = try await TestSite(engine)
        let set = try await Scene.begin(site.database)
        let first = try await site.database.unattended(
            .seed, giving: { tx in try draft([(try appraised(set, in: .thongXanh, tx), .recognised)], tx) })
        try await site.database.unattended(.seed) { tx in
            try issue(first, "46/QĐ-MTTQ-BTT", tx)
            return Receipt()
        }
        let second = try await site.database.unattended(
            .seed, giving: { tx in try draft([(try appraised(set, in: .thongXanh, year: 2027, tx), .recognised)], tx) })
        await #expect {
            try await site.database.unattended(.seed) { tx in
                try issue(second, "47/QĐ-MTTQ-BTT", tx)
                return Receipt()
            }
        } throws: { ($0 as? Refusal)?.key == "recognition.refusal.heldAlready" }
        let yaThuong = try await site.signIn(.yaThuong)
        let again = try await yaThuong.json(
            "/areas/\(Place.thongXanh.id)/dossiers", sending: #"{"title": "model", "year": "2027"}"#)
        #expect(again.status == 422 && again.body.contains("09/11/2029"))
        // A commune's own title stands beside the province's.
        try await site.database.unattended(.seed) { tx in
            _ = try RecognitionStore.record(
                earlier: Recognition.EarlierDecision(
                    territory: Place.donDuong.id, organisation: Body.frontOfDonDuong.id, title: "outstanding",
                    titleName: "Khu dân cư tiêu biểu", level: .commune, year: 2026, number: "3/QĐ-MTTQ",
                    day: tx.now.day,
                    termYears: 1, areas: [Place.thongXanh.id]), Scene.deed(.kaHuong, tx), tx)
            return Receipt()
        }
        try await site.database.read { reader in
            let rungs = try RecognitionStore.rungs(of: Place.thongXanh.id, on: TestClock.today, reader)
            #expect(
                Set(rungs.map { "\($0.kind.code) \($0.kind.level.rawValue)" }) == [
                    "model province", "outstanding commune",
                ])
            let history = try RecognitionStore.titleHistory(under: Place.lamDong.id, reader)
            let counts = try RecognitionStore.publicTitleCounts(under: Place.lamDong.id, on: TestClock.today, reader)
            let held = history.held(on: TestClock.today)
            for one in counts { #expect(held[.init(one.title, one.level)] == one.count) }
            #expect(held == history.accounts(until: TestClock.today).mapValues(\.total).filter { $0.value > 0 })
        }
        let page = try await yaThuong.open("/areas/\(Place.thongXanh.id)/titles").expectStatus(200)
        #expect(page.says("Khu dân cư kiểu mẫu, cấp tỉnh") && page.says("Khu dân cư tiêu biểu, cấp xã"))
        #expect(page.says("danh hiệu cao nhất") && page.says("Công nhận nâng lên"))
        let register = try await site.signIn(.doThiHanh).open("/titles/held?show=past").expectStatus(200)
        #expect(register.says("Đã lên danh hiệu cao hơn"))
    }
}
