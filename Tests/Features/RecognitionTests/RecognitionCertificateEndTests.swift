import Core
import Database
import TestKit
import Testing

@testable import Recognition

/// What has ended is neither printed nor handed over.
@Suite("Certificates of titles that ended", .databases) struct RecognitionCertificateEndTests {
    private struct Decided {
        let decision: ID
        let dossiers: [ID]
        let titles: [ID]
    }

    /// Thông Xanh and Ta Ly 1 are recognised by one decision.
    private func decided(_ site: TestSite, title: String, places: [Place]) async throws -> Decided {
        let set = try await Scene.begin(site.database, holding: false)
        return try await site.database.unattended(
            .seed,
            giving: { tx in
                let dossiers = try places.map { try Scene.concluded(set, in: $0, title: title, tx) }
                let decision = try Scene.draft(dossiers.map { ($0, .recognised) }, title: title, tx)
                try Scene.issue(decision, "46/QĐ-MTTQ-BTT", tx)
                return Decided(
                    decision: decision, dossiers: dossiers.map(\.id),
                    titles: try dossiers.map {
                        try tx.one("SELECT id FROM title_grant WHERE dossier_id = \($0.id)").id("id")
                    })
            })
    }

    @Test(arguments: TestEngine.all) func aTitleTakenBackIsNotCertified(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let made = try await decided(site, title: "outstanding", places: [.thongXanh, .taLy])
        let path = "/decisions/\(made.decision)/certificates"
        let hanh = try await site.signIn(.doThiHanh)
        let before = try await hanh.open(path).expectStatus(200)
        #expect(before.says("In cả 2 giấy"))
        let giving = try before.form("/giving")
        site.clock.move(to: try #require(Day(iso: "2026-11-20")))
        try await site.database.unattended(.seed) { tx in
            try Scene.withdraw(made.titles[0], "51/QĐ-MTTQ-BTT", tx)
            return Receipt()
        }
        let said =
            "Danh hiệu này của Thông Xanh (minh họa) đã bị thu hồi theo quyết định số 51/QĐ-MTTQ-BTT ngày 20/11/2026, nên không in giấy và không ghi trao."
        for paper in ["/titles/\(made.titles[0])/certificate", "/dossiers/\(made.dossiers[0])/certificate"] {
            let refused = try await hanh.open(paper).expectStatus(409)
            #expect(refused.says(said) && refused.says("Giấy không còn giá trị"))
        }
        // A page left open since offers both areas; nothing of the press is written.
        #expect(try await hanh.send(giving.filled(["day": "18/11/2026"])).expectStatus(409).says(said))
        let list = try await hanh.open(path).expectStatus(200)
        #expect(list.says("Đã thu hồi") && list.says("theo quyết định số 51/QĐ-MTTQ-BTT, từ ngày 20/11/2026"))
        #expect(list.says("In cả 1 giấy") && !list.says("Đã trao"))
        #expect(!list.links.contains("/titles/\(made.titles[0])/certificate"))
        #expect(list.links.contains("/titles/\(made.titles[1])/certificate"))
        #expect(try list.form("/giving").names.filter { $0.hasPrefix("given.") } == ["given.\(made.titles[1])"])
        let papers = try await hanh.open("\(path)/paper").expectStatus(200)
        #expect(papers.says("Ta Ly 1") && !papers.says("Thông Xanh"))
        let calling = try await hanh.open("\(path)/calling").expectStatus(200)
        #expect(calling.says("Ta Ly 1") && !calling.says("Thông Xanh") && calling.says("1 khu dân cư theo Quyết định"))
        // By the store too, whoever calls it.
        await #expect {
            try await site.database.unattended(.seed) { tx in
                try RecognitionStore.recordGiving(
                    of: made.titles, on: tx.now.day, occasion: nil, Scene.deed(.doThiHanh, tx), tx)
                return Receipt()
            }
        } throws: { ($0 as? Refusal)?.key == "recognition.certificate.refusal.withdrawn" }
    }

    @Test(arguments: TestEngine.all) func aTitleRaisedOrOverSaysWhatCameOfIt(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let made = try await decided(site, title: "outstanding", places: [.thongXanh, .taLy])
        let set = try await site.database.read { try $0.one("SELECT id FROM criteria_set").id("id") }
        site.clock.move(to: try #require(Day(iso: "2027-03-01")))
        try await site.database.unattended(.seed) { tx in
            let dossier = try Scene.concluded(set, year: 2_027, tx)
            try Scene.issue(Scene.draft([(dossier, .recognised)], year: 2_027, tx), "9/QĐ-MTTQ-BTT", tx)
            return Receipt()
        }
        let hanh = try await site.signIn(.doThiHanh)
        let raised = try await hanh.open("/titles/\(made.titles[0])/certificate").expectStatus(409)
        #expect(raised.says("đã được thay theo quyết định số 9/QĐ-MTTQ-BTT"))
        _ = try await hanh.open("/titles/\(made.titles[1])/certificate").expectStatus(200)
        // Three years after the decision the other one is over, and nothing of it is left to print.
        site.clock.move(to: try #require(Day(iso: "2029-11-10")))
        let later = try await site.signIn(.doThiHanh)
        let over = try await later.open("/titles/\(made.titles[1])/certificate").expectStatus(409)
        #expect(over.says("hết hiệu lực từ ngày 10/11/2029"))
        let path = "/decisions/\(made.decision)/certificates"
        #expect(try await later.open("\(path)/paper").expectStatus(409).says("không còn hiệu lực, nên không in giấy"))
        let list = try await later.open(path).expectStatus(200)
        #expect(list.says("Đã lên danh hiệu cao hơn") && list.says("Đã hết hạn"))
        #expect(!list.forms.contains { $0.action.contains("/giving") })
    }
}
