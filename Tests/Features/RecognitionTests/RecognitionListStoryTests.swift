import Core
import Criteria
import Database
import People
import TestKit
import Testing

@testable import Recognition

/// One list of a commune names two areas; the panel lets one pass and not the other; one decision recognises the first
/// and refuses the second with a reason, which that area reads, answers, and is answered.
@Suite("Two areas on one list", .databases) struct RecognitionListStoryTests {
    /// Heads Suối Thông B1.
    private static let head = ID(high: 0x7003, low: 1 << 63 | 0x103)

    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    /// Both accepted by the commune on 8/10; Suối Thông B1 has too few hedges and too little light.
    private func begin(_ site: TestSite) async throws -> (ID, ID) {
        let set = try await Scene.begin(site.database, criteria: PanelScene.criteria())
        return try await site.database.unattended(
            .seed,
            giving: { tx in
                try PanelScene.addPeople(tx)
                try PeopleStore.addPerson(Self.head, name: "K'Brèm", isInvented: true, tx)
                try PeopleStore.addAccount(person: Self.head, passwordHash: nil, tx)
                try PeopleStore.addRole(
                    tx.ids.next(), person: Self.head, role: .areaHead, organisation: Body.frontOfDonDuong.id,
                    territory: Place.suoiThong.id, from: day("2026-01-01"), tx)
                try tx.execute("UPDATE area SET households = 214 WHERE territory_id = \(Place.suoiThong.id)")
                let own = PanelScene.own
                let weak = own.merging(
                    ["III.3": Scene.percent(40), "III.5": Scene.percent(20), "III.6": Scene.percent(30)]
                ) { $1 }
                return (
                    try PanelScene.accepted(set, in: .thongXanh, own: own, check: PanelScene.check, Walk.count, tx),
                    try PanelScene.accepted(set, in: .suoiThong, own: weak, check: [:], Walk.count, tx)
                )
            })
    }

    /// The commune's chair sends one list with both.
    private func list(_ site: TestSite) async throws {
        let kaHuong = try await site.signIn(.kaHuong)
        let draft = try await kaHuong.send(
            kaHuong.open("/submissions/new?year=2026").form("/submissions/new")
        ).expectStatus(200)
        #expect(draft.says("Thông Xanh") && draft.says("Suối Thông B1"))
        try await kaHuong.send(
            draft.form("/sending").filled([
                "number": "12/TTr", "day": "10/10/2026", "signer": "Ka Hương", "office": "Chủ tịch",
            ])
        ).expectStatus(200)
    }

    /// A panel of the province scores, visits and concludes on both.
    private func appraise(_ good: ID, _ weak: ID, _ site: TestSite) async throws {
        try await site.database.unattended(.seed) { tx in
            _ = try RecognitionStore.formPanel(
                Recognition.NewPanel(
                    territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, name: "Tổ thẩm định năm 2026",
                    year: 2026, chair: Member.dangThiAnh.id, secretary: PanelScene.haBien, members: PanelScene.members,
                    dossiers: [good, weak]), Walk.deed(.doThiHanh, "2026-10-12"), tx)
            for (dossier, conclusion) in [
                (good, Recognition.PanelConclusion.passes), (weak, Recognition.PanelConclusion.passesNot),
            ] {
                try PanelScene.declareAndScore(dossier, by: PanelScene.members, tx)
                try RecognitionStore.putVisit(
                    Recognition.NewVisit(
                        day: try day("2026-10-27"), members: PanelScene.members, remark: nil,
                        looks: [.init(code: "III.3", result: .asWritten, note: nil)]),
                    dossier: dossier, PanelScene.deed(PanelScene.members[0], "2026-10-27"), tx)
                try RecognitionStore.conclude(
                    conclusion, reason: nil,
                    remark: conclusion == .passes ? "Nhất trí." : "Đường thôn mới có đèn 40 %.",
                    dossier: dossier, PanelScene.deed(PanelScene.members[0], "2026-10-27", hour: 16), tx)
            }
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func oneIsRecognisedAndTheOtherRefusedAndHeard(on engine: TestEngine) async throws
    {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-10-10")))
        let (good, weak) = try await begin(site)
        try await list(site)
        try await appraise(good, weak, site)
        site.clock.move(to: try day("2026-11-06"))
        let hanh = try await site.signIn(.doThiHanh)
        let new = try await hanh.open("/decisions/new?title=model&year=2026").form("/decisions/new")
        #expect(new.values["outcome.\(good)"] == "recognised" && new.values["outcome.\(weak)"] == "refused")
        let draft = try await hanh.send(new.filled(["reason.\(weak)": "Đường thôn mới có đèn 40 %."])).expectStatus(200)
        let issue = try draft.form("/issue").filled([
            "number": "46/QĐ-MTTQ-BTT", "day": "6/11/2026", "signer": "Đỗ Thị Hạnh", "office": "Chủ tịch",
        ]).attaching("scan", file: "qd.pdf", Array("%PDF-1.4\n%%EOF\n".utf8))
        #expect(try await hanh.send(issue).expectStatus(200).says("Quyết định số 46/QĐ-MTTQ-BTT"))
        let paper = try await hanh.open("\(draft.path)/paper").expectStatus(200)
        #expect(paper.says("Thông Xanh") && paper.says("Suối Thông B1") && paper.says("Đường thôn mới có đèn 40 %."))

        // The portal tells titles, never who was refused one.
        let portal = site.visitor()
        #expect(try await portal.open("/portal/areas/\(Place.thongXanh.id)").says("46/QĐ-MTTQ-BTT"))
        let refused = try await portal.open("/portal/areas/\(Place.suoiThong.id)").expectStatus(200)
        #expect(!refused.says("46/QĐ-MTTQ-BTT") && !refused.says("chưa công nhận"))

        let head = try await site.signIn(Self.head)
        #expect(try await head.open("/").links.contains("/dossiers/\(weak)/refusal"))
        let page = try await head.open("/dossiers/\(weak)/refusal").expectStatus(200)
        #expect(page.says("Đường thôn mới có đèn 40 %."))
        try await head.send(page.form("/answer").filled(["text": "Đèn ngõ 3 lắp xong ngày 30/10."])).expectStatus(200)
        let reply = try await hanh.open("/dossiers/\(weak)/refusal").expectStatus(200).form("/reply")
        let upheld = try await hanh.send(
            reply.filled(["text": "Sau ngày kiểm tra; xét năm sau.", "outcome": "upheld"]))
        upheld.expectStatus(200)
        #expect(try await head.open("/dossiers/\(weak)/refusal").says("Sau ngày kiểm tra; xét năm sau."))
        let states = try await site.database.read { reader in
            try [good, weak].map { try Walk.now($0, reader).state }
        }
        #expect(states == [.recognised, .refused])
        #expect(try await site.database.read { try Audit.verify($0).broken.isEmpty })
    }
}
