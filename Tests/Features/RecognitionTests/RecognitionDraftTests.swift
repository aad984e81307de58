import Core
import Criteria
import Database
import Documents
import Foundation
import Organisation
import TestKit
import Testing

@testable import Recognition

/// What happens to a draft while it waits: who reads it, who may sign it, what else is granted meanwhile, how much goes
/// into it.
@Suite("Drafts of decisions", .databases) struct RecognitionDraftTests {
    private static let scan = Recognition.Decision.Scan(
        address: ContentAddress(of: Array("paper".utf8)), type: "application/pdf", name: "qd.pdf")

    /// A dossier for the first title on which a panel has concluded.
    private func appraised(
        _ set: ID, in place: Place = .thongXanh, level: Criteria.Level, year: Int = 2026, checking: Bool = false,
        _ tx: Transaction
    ) throws -> Recognition.Dossier {
        let id = try RecognitionStore.register(
            Recognition.Registration(
                area: place.id, year: year, title: "outstanding", level: level, areaClass: nil, criteriaSet: set),
            Scene.deed(.yaThuong, tx), tx)
        if checking {
            for (member, version) in [(Member.voDinhKhai, 0), (.nguyenThiMaiLoan, 1)] {
                _ = try RecognitionStore.save(
                    .init(code: "III.2", side: .check, value: Scene.percent(61 + Int64(version)), note: nil),
                    dossier: id, over: version, Scene.deed(member, tx), tx)
            }
        }
        for (action, state, member) in [
            (Recognition.Action.submit, Recognition.State.submitted, Member.yaThuong),
            (.accept, .accepted, .nguyenThiMaiLoan), (.forward, .forwarded, .nguyenThiMaiLoan),
            (.conclude, .appraised, .buiVanLuc),
        ] {
            try RecognitionStore.move(Walk.now(id, tx), action, to: state, Scene.deed(member, tx), tx)
        }
        return try Walk.now(id, tx)
    }

    private func draft(
        _ items: [(Recognition.Dossier, Recognition.Outcome)], at level: Criteria.Level, _ tx: Transaction
    ) throws -> ID {
        let isCommune = level == .commune
        return try RecognitionStore.draft(
            Recognition.NewDecision(
                territory: isCommune ? Place.donDuong.id : Place.lamDong.id,
                organisation: isCommune ? Body.frontOfDonDuong.id : Body.frontOfProvince.id, title: "outstanding",
                level: level, year: 2026,
                items: items.map {
                    Recognition.DecisionItem(
                        dossier: $0.0, outcome: $0.1, reason: $0.1 == .refused ? "Đường chưa đủ đèn" : nil)
                }), Scene.deed(isCommune ? .kaHuong : .doThiHanh, tx), tx)
    }

    private func issue(_ id: ID, by member: Member, _ number: String, _ tx: Transaction) throws {
        try RecognitionStore.issue(
            RecognitionStore.decision(id, seenBy: Scene.sight(member), tx),
            Recognition.SignedPaper(number: number, day: tx.now.day, signer: member.name, office: "Chủ tịch"),
            scan: Self.scan, Scene.deed(member, tx), tx)
    }

    @Test(arguments: TestEngine.all) func aDraftIsReadByWhoDraftsAndSignsAlone(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let set = try await Scene.begin(site.database, holding: false, criteria: Scene.deciding)
        let (own, provinces) = try await site.database.unattended(
            .seed,
            giving: { tx in
                let here = try draft([(appraised(set, level: .commune, tx), .refused)], at: .commune, tx)
                let there = try draft(
                    [(appraised(set, in: .suoiThong, level: .province, tx), .refused)], at: .province, tx)
                return (here, there)
            })
        let others: [(ID, Member, [Member])] = [
            // Clerks and associations of the commune; the levels above it, who decide on nothing of this.
            (
                own, .kaHuong,
                [.nguyenThiMaiLoan, .touprongNaiThuy, .buiVanLuc, .voDinhKhai, .doThiHanh, .tranQuocLan]
            ),
            (provinces, .doThiHanh, [.dangThiAnh, .tranQuocLan, .nguyenHuuTam, .ngoTanPhat]),
        ]
        for (decision, decider, shut) in others {
            let path = "/decisions/\(decision)"
            let whole = try await site.signIn(decider).open(path).expectStatus(200)
            #expect(whole.says("Đường chưa đủ đèn"))
            try await site.signIn(decider).open(path + "/paper").expectStatus(200)
            for member in shut {
                let browser = try await site.signIn(member)
                let page = try await browser.open(path).expectStatus(200)
                #expect(!page.says("Đường chưa đủ đèn") && !page.says("Chưa công nhận"), "\(member)")
                #expect(page.says("Nội dung dự thảo chỉ người lập và người ký"), "\(member)")
                let json = try await browser.json(path).jsonObject
                #expect((json["items"] as? [Any])?.isEmpty == true && json["isDecider"] as? Bool == false)
                #expect((json["decision"] as? [String: Any])?["refused"] == nil)
                let paper = try await browser.open(path + "/paper").expectStatus(403)
                #expect(paper.says("Quyết định đang dự thảo."), "\(member)")
                let list = try await browser.json("/decisions").jsonObject["decisions"] as? [[String: Any]] ?? []
                let line = list.first { $0["id"] as? String == "\(decision)" }
                #expect(line != nil && line?["refused"] == nil, "\(member)")
            }
        }
        // The area learns how it was drafted from the decision, its leaders beforehand.
        let (area, leaders) = (try await site.signIn(.yaThuong), try await site.signIn(.kaHuong))
        #expect(try await area.json("/").text.contains("notPassed") == false)
        #expect(try await leaders.json("/").text.contains("notPassed"))
        try await site.database.unattended(.seed) { tx in
            try issue(provinces, by: .doThiHanh, "46/QĐ-MTTQ-BTT", tx)
            return Receipt()
        }
        let leader = try await site.signIn(.nguyenHuuTam).open("/decisions/\(provinces)").expectStatus(200)
        #expect(leader.says("Đường chưa đủ đèn"), "issued, the level reads it")
    }

    @Test(arguments: TestEngine.all) func whoCheckedBeforeAnotherWroteOverItDoesNotSign(on engine: TestEngine)
        async throws
    {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database, holding: false, criteria: Scene.deciding)
        let (decision, title) = try await data.database.unattended(
            .seed,
            giving: { tx in
                let dossier = try appraised(set, level: .province, checking: true, tx)
                let decision = try draft([(dossier, .recognised)], at: .province, tx)
                try issue(decision, by: .doThiHanh, "46/QĐ-MTTQ-BTT", tx)
                return (
                    decision, try tx.one("SELECT id FROM title_grant WHERE dossier_id = \(dossier.id)").id("id")
                )
            })
        func hands(_ member: Member, _ decision: ID) async throws -> Recognition.Hands {
            try await data.database.read { try RecognitionStore.hands(of: member.id, onDecision: decision, $0) }
        }
        #expect(try await hands(.voDinhKhai, decision) == Recognition.Hands([.checked]))
        #expect(try await hands(.doThiHanh, decision) == .none)
        // A decision that takes the title back names no dossier: the hands are those of the one it was granted on.
        let withdrawal = try await data.database.unattended(
            .seed,
            giving: { tx in
                try RecognitionStore.draftWithdrawal(
                    Recognition.NewWithdrawal(
                        territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, year: 2026, title: title,
                        reason: "Không khắc phục", basis: nil,
                        hearing: .init(invitedOn: tx.now.day, day: tx.now.day, came: true)),
                    Scene.deed(.doThiHanh, tx), tx)
            })
        #expect(try await hands(.voDinhKhai, withdrawal) == Recognition.Hands([.checked]))
        #expect(try await hands(.yaThuong, withdrawal) == Recognition.Hands([.submitted]))
        #expect(try await hands(.buiVanLuc, withdrawal) == Recognition.Hands([.appraised]))
        #expect(try await hands(.doThiHanh, withdrawal) == .none)
    }

    @Test(arguments: TestEngine.all) func aLowerTitleIsNotIssuedOverAHigherOneGrantedMeanwhile(on engine: TestEngine)
        async throws
    {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database, holding: false, criteria: Scene.deciding)
        let commune = try await data.database.unattended(
            .seed,
            giving: { tx in
                let here = try appraised(set, level: .commune, tx)
                let beside = try appraised(set, in: .suoiThong, level: .commune, tx)
                return try draft([(here, .recognised), (beside, .recognised)], at: .commune, tx)
            })
        try await data.database.unattended(.seed) { tx in
            let there = try appraised(set, level: .province, tx)
            try issue(draft([(there, .recognised)], at: .province, tx), by: .doThiHanh, "46/QĐ-MTTQ-BTT", tx)
            return Receipt()
        }
        await #expect {
            try await data.database.unattended(.seed) { tx in
                try issue(commune, by: .kaHuong, "8/QĐ-MTTQ-BTT", tx)
                return Receipt()
            }
        } throws: { error in
            guard let refusal = error as? Refusal else { return false }
            return refusal.kind == .conflict && refusal.key == "recognition.refusal.higherMeanwhile.province"
                && refusal.arguments["area"]?.hasPrefix("Thông Xanh") == true
                && refusal.arguments["number"] == "46/QĐ-MTTQ-BTT"
                && refusal.arguments["held"] == "Khu dân cư tiêu biểu"
                && refusal.arguments["day"] == Language.vi.format.day(TestClock.today)
        }
        try await data.database.read { reader throws in
            #expect(try RecognitionStore.decision(commune, seenBy: Scene.sight(.kaHuong), reader).isDraft)
            let held = try RecognitionStore.rungs(of: Place.thongXanh.id, on: TestClock.today, reader)
            #expect(held.map(\.kind.level) == [.province])
        }
    }

    @Test(arguments: TestEngine.all) func whatDoesNotFitIntoOneDecisionIsCountedAndShown(on engine: TestEngine)
        async throws
    {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database, holding: false, criteria: Scene.deciding)
        let places = [Place.thongXanh, .suoiThong, .taLy]
        let decision = try await data.database.unattended(
            .seed,
            giving: { tx in
                let found = try places.map { try appraised(set, in: $0, level: .province, tx) }
                for (limit, left) in [(1, 2), (2, 1), (3, 0), (4, 0)] {
                    let some = try RecognitionStore.appraised(
                        title: "outstanding", year: 2026, level: .province, under: Place.lamDong.id,
                        seenBy: Scene.sight(.doThiHanh), limit: limit, tx)
                    #expect(some.left == left && some.dossiers.count == min(limit, 3))
                }
                let id = try draft(found.map { ($0, .recognised) }, at: .province, tx)
                try issue(id, by: .doThiHanh, "46/QĐ-MTTQ-BTT", tx)
                return id
            })
        try await data.database.read { reader throws in
            let issued = try RecognitionStore.decision(decision, seenBy: Scene.sight(.doThiHanh), reader)
            var seen: Set<ID> = []
            for number in 1...2 {
                let (certificates, part) = try RecognitionStore.certificates(of: issued, part: number, each: 2, reader)
                #expect(part.number == number && part.count == 2 && part.total == 3)
                seen.formUnion(certificates.map(\.title.area.id))
            }
            #expect(seen == Set(places.map(\.id)))
            #expect(try RecognitionStore.certificates(of: issued, part: 9, each: 2, reader).part.number == 2)
            let all = try RecognitionStore.certificates(of: issued, reader)
            #expect(all.certificates.count == 3 && all.part.next == nil && all.part.previous == nil)
            let one = Set([try #require(all.certificates.last).title.id])
            #expect(try RecognitionStore.certificates(of: issued, titles: one, reader).map(\.title.id) == Array(one))
        }
    }

    @Test func aFormTakesAsManyLinesAsOneDecision() {
        #expect(Recognition.NewDecision.most * 2 + 10 < 2_000)
        let parts = [0, 1, 200, 201, 900].map { Recognition.CertificatePart(1, of: $0).count }
        #expect(parts == [1, 1, 1, 2, 5])
    }

    @Test(arguments: TestEngine.all) func anAnswerIsNotLostBehindHundredsOfOthers(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database, holding: false, criteria: Scene.deciding)
        let own = try await data.database.unattended(
            .seed,
            giving: { tx in
                let dossier = try appraised(set, level: .province, tx)
                let refusal = try draft([(dossier, .refused)], at: .province, tx)
                try issue(refusal, by: .doThiHanh, "46/QĐ-MTTQ-BTT", tx)
                // Two hundred and ten older ones of another commune, of its own decisions.
                for number in 0..<210 {
                    let other = tx.ids.next()
                    try tx.execute(
                        """
                        INSERT INTO dossier (id, territory_id, year, title, level, criteria_set_id, state, state_since, round,
                            registered_at, revision)
                        VALUES (\(other), \(Place.suoiMay.id), \(1_950 + number), 'outstanding', 'commune', \(set),
                            'refused', \(tx.now), 1, \(tx.now), 1)
                        """)
                    try tx.execute(
                        """
                        INSERT INTO decision_answer (dossier_id, decision_id, answer, answered_at)
                        VALUES (\(other), \(refusal), 'Ý kiến', \(tx.now - .hours(400 + number)))
                        """)
                }
                try RecognitionStore.answerRefusal(of: dossier.id, "Đã đủ đèn.", Scene.deed(.yaThuong, tx), tx)
                return dossier.id
            })
        try await data.database.read { reader throws in
            func found(_ level: Criteria.Level, _ member: Member) throws -> [ID] {
                try RecognitionStore.unansweredReplies(of: level, seenBy: Scene.sight(member), reader).map(\.dossier)
            }
            #expect(try found(.province, .doThiHanh) == [own])
            #expect(try found(.commune, .kaHuong).isEmpty && found(.commune, .maiSuongDem).count == 20)
        }
    }
}
