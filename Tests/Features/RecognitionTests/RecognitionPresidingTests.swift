import Core
import Criteria
import Database
import Foundation
import TestKit
import Testing

@testable import Recognition

/// Who leads a panel's work says first whether anything ties them to the area, and settles nothing while others still
/// score.
@Suite("Who leads a panel's work", .databases) struct RecognitionPresidingTests {
    private static let people = (1...3).map { ID(high: 0x7003, low: 1 << 63 | UInt64($0)) }

    private static func standing(
        _ index: Int, _ declaration: Recognition.Declaration?
    ) -> Recognition.PanelStanding {
        Recognition.PanelStanding(
            Recognition.PanelSeat(
                people[index], "P\(index)", index == 0 ? .chair : index == 1 ? .secretary : .member),
            declaration: declaration)
    }

    private struct Led: Sendable {
        let chair: Recognition.Declaration?
        let secretary: Recognition.Declaration?
        /// Who asks: 0 the chair, 1 the secretary, 2 a member.
        let who: Int
        let refused: String?
    }

    private static let led = [
        Led(chair: nil, secretary: nil, who: 0, refused: "declareFirst"),
        Led(chair: nil, secretary: .some(.none), who: 0, refused: "declareFirst"),
        // A silent chair is still waited for: nobody steps in before they have spoken.
        Led(chair: nil, secretary: .some(.none), who: 1, refused: "notPresiding"),
        Led(chair: .some(.none), secretary: nil, who: 0, refused: nil),
        Led(chair: .some(.none), secretary: .some(.none), who: 2, refused: "notPresiding"),
        Led(chair: .kin, secretary: .some(.none), who: 0, refused: "notPresiding"),
        Led(chair: .kin, secretary: nil, who: 1, refused: "declareFirst"),
        Led(chair: .resident, secretary: .some(.none), who: 1, refused: nil),
        Led(chair: .conflict, secretary: .kin, who: 1, refused: "nobodyPresides"),
    ]

    @Test func whoLeadsHasDeclaredFirst() {
        for entry in Self.led {
            let standings = [
                Self.standing(0, entry.chair), Self.standing(1, entry.secretary), Self.standing(2, .some(.none)),
            ]
            #expect(
                Recognition.refusalToPreside(standings, by: Self.people[entry.who])?.key
                    == entry.refused.map { "recognition.panel.refusal.\($0)" }, "\(entry)")
        }
    }

    @Test(arguments: [
        // Scores given of three, closed early, what is settled, why not.
        (0, false, "II.1", "settleWhileBlind"), (2, false, "II.1", "settleWhileBlind"),
        (2, false, "III.5", "stillBlind"), (3, false, "II.1", nil), (3, false, "III.5", nil), (2, true, "II.1", nil),
        (2, true, "III.5", nil),
    ]) func nothingIsSettledWhileScoresAreBlind(given: Int, isClosed: Bool, code: String, refused: String?) {
        let scoring = Recognition.PanelScoring(
            judged: ["III.5"], standings: (0..<3).map { Self.standing($0, .some(.none)) },
            scores: (0..<given).map {
                Recognition.PanelScore(code: "III.5", person: Self.people[$0], value: Scene.percent(60 + Int64($0)))
            }, settlements: [], isClosed: isClosed)
        #expect(
            scoring.refusalToSettle(code, reason: "Đo lại")?.key
                == refused.map { "recognition.panel.refusal.\($0)" })
    }

    @Test(arguments: [
        ([0, 1, 2], [String]()), ([0, 2], ["unticked.secretary", "tooFew"]), ([1, 2], ["unticked.chair", "tooFew"]),
        ([2], ["unticked.chair", "unticked.secretary", "tooFew"]),
    ]) func whoLeadsOrWritesIsTickedAsAMember(ticked: [Int], wanted: [String]) {
        let seats = (0..<3).map { Self.standing($0, nil).seat }
        let plan = Recognition.PanelPlan(
            members: ticked.map { seats[$0] }, tied: [], dossiers: 1,
            unticked: (0..<2).filter { !ticked.contains($0) }.map { seats[$0] })
        let found = (plan.refusal?.all ?? []).map(\.key)
        #expect(Set(found) == Set(wanted.map { "recognition.panel.refusal.\($0)" }))
    }

    @Test(arguments: TestEngine.all) func aSilentChairDoesNothing(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-10-26"))))
        let dossier = try await PanelScene.begin(site.database)
        try await site.database.unattended(.seed) { tx in
            _ = try PanelScene.toPanel([dossier], tx)
            return Receipt()
        }
        let here = "/dossiers/\(dossier)/appraisal"
        let chair = try await site.signIn(.dangThiAnh)
        let silent = try await chair.open(here).expectStatus(200)
        for form in ["/settlement", "/return", "/conclusion", "/opening", "/confirmations"] {
            #expect(silent.forms.allSatisfy { !$0.action.hasSuffix("appraisal\(form)") }, "\(form)")
        }
        let acts = [
            ("settlement", #"{"value.II.1": "50", "reason.II.1": "x"}"#), ("return", #"{"back.II.1": "x"}"#),
            ("conclusion", #"{"conclusion": "passesNot"}"#), ("opening", "{}"),
        ]
        for (path, body) in acts {
            let refused = try await chair.json("\(here)/\(path)", sending: body)
            #expect(
                refused.status == 422 && refused.body.contains("Khai báo có liên quan hay không"),
                "\(path): \(refused.body)")
        }
        #expect(try await site.database.read { try Walk.now(dossier, $0).state } == .forwarded)
        await #expect {
            try await site.database.unattended(.seed) { tx in
                try RecognitionStore.sendBack(
                    fromPanel: dossier, ["II.1": "x"], remark: nil,
                    PanelScene.deed(PanelScene.members[0], "2026-10-26"),
                    tx)
                return Receipt()
            }
        } throws: { ($0 as? Refusal)?.key == "recognition.panel.refusal.declareFirst" }

        // Declared, and nobody has scored: what lacks papers may go back, and nothing is settled.
        let panel = try #require(try await chair.open("/panels").links.first { $0.hasPrefix("/panels/") })
        try await chair.send(chair.open(panel).form("/declaration").filled(["declared.\(dossier)": "none"]))
            .expectStatus(200)
        let blind = try await chair.open(here).expectStatus(200)
        #expect(blind.forms.allSatisfy { !$0.action.hasSuffix("/settlement") && !$0.action.hasSuffix("/conclusion") })
        #expect(blind.forms.contains { $0.action.hasSuffix("/return") })
        let early = try await chair.json("\(here)/settlement", sending: acts[0].1)
        #expect(early.status == 409 && early.body.contains("Còn chấm kín"))

        try await site.database.unattended(.seed) { tx in
            try PanelScene.declareAndScore(dossier, by: Array(PanelScene.members.dropFirst()), tx)
            let work = try PanelScene.work(on: dossier, tx)
            for code in work.scoring.blind {
                guard let value = work.assessment.effective(code, .check) else { continue }
                try RecognitionStore.putScore(
                    code, value, note: "Đã xem tại chỗ.", dossier: dossier,
                    PanelScene.deed(PanelScene.members[0], "2026-10-26"), tx)
            }
            return Receipt()
        }
        let open = try await chair.open(here)
        let settled = try await chair.send(
            open.form("/settlement").filled(["value.II.1": "50", "reason.II.1": "Đối chiếu lại."]))
        settled.expectStatus(200)
        #expect(settled.says("Đối chiếu lại."))
    }

    @Test(arguments: TestEngine.all) func aSecretaryWhoIsNotTickedIsAskedFor(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-10-12"))))
        let dossier = try await PanelScene.begin(site.database)
        try await site.database.unattended(.seed) { tx in
            let id = try RecognitionStore.draftSubmission(
                Recognition.NewSubmission(
                    territory: Place.donDuong.id, organisation: Body.frontOfDonDuong.id, year: 2026, text: "Đề nghị.",
                    dossiers: [dossier]), Walk.deed(.kaHuong, "2026-10-10"), tx)
            try RecognitionStore.send(
                RecognitionStore.submission(id, unattended: tx),
                Recognition.SubmissionPaper(
                    number: "12/TTr", day: try #require(Day(iso: "2026-10-10")), signer: "Ka Hương",
                    office: "Chủ tịch"),
                Walk.deed(.kaHuong, "2026-10-10"), tx)
            return Receipt()
        }
        let doThiHanh = try await site.signIn(.doThiHanh)
        let new = try await doThiHanh.open("/panels/new?search=phuong")
        let (anh, haBien, phuong) = (Member.dangThiAnh.id, PanelScene.haBien, PanelScene.hongPhuong)
        let form = try #require(new.forms.first { $0.names.contains("chair") }).filled([
            "chair": "\(anh)", "secretary": "\(haBien)", "members.\(anh)": "yes", "members.\(phuong)": "yes",
        ])
        let asked = try await doThiHanh.send(form).expectStatus(422)
        #expect(asked.error(beside: "secretary")?.contains("Kră Jăn Ha Biên") == true)
        #expect(asked.error(beside: "members")?.contains("đang chọn 2") == true)
        let formed = try await doThiHanh.send(form.filled(["members.\(haBien)": "yes"])).expectStatus(200)
        #expect(formed.says("Chờ 3 người khai báo"))
    }
}
