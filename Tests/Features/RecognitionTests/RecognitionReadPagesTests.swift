import Core
import Criteria
import Database
import Foundation
import TestKit
import Testing

@testable import Recognition

/// What a page or a paper says adds up, says it once, and keeps what was typed.
@Suite("Pages and papers of a dossier, read closely", .databases) struct RecognitionReadPagesTests {
    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    /// From one text to another, the first of each.
    private func part(_ body: String, from: String, to: String) throws -> Substring {
        let start = try #require(body.range(of: from)).lowerBound
        let end = try #require(body.range(of: to, range: start..<body.endIndex)).upperBound
        return body[start..<end]
    }

    @Test(arguments: TestEngine.all) func whatDoesNotApplyCountsForNoPoints(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-10-09")))
        let dossier = try await PanelScene.begin(site.database)
        let paper = try await site.signIn(.yaThuong).open("/dossiers/\(dossier)/assessment/paper").expectStatus(200)
        let row = try part(paper.body, from: "<td>IV.1</td>", to: "</tr>")
        #expect(row.contains("<td class=\"num\">–</td>") && !row.contains("0/5"), "\(row)")
    }

    @Test(arguments: TestEngine.all) func thePanelsConclusionIsSaidOnce(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-10-28")))
        let dossier = try await PanelScene.begin(site.database)
        try await site.database.unattended(.seed) { tx in
            _ = try PanelScene.toPanel([dossier], tx)
            try PanelScene.declareAndScore(dossier, by: PanelScene.members, tx)
            try RecognitionStore.putVisit(
                Recognition.NewVisit(
                    day: try day("2026-10-27"), members: PanelScene.members, remark: nil,
                    looks: [.init(code: "III.3", result: .asWritten, note: nil)]),
                dossier: dossier, PanelScene.deed(PanelScene.members[0], "2026-10-27"), tx)
            try RecognitionStore.conclude(
                .passes, reason: nil, remark: nil, dossier: dossier,
                PanelScene.deed(PanelScene.members[0], "2026-10-27"), tx)
            return Receipt()
        }
        let story = try await site.signIn(.yaThuong).open("/dossiers/\(dossier)").expectStatus(200)
        let panel = try part(story.body, from: "id=\"h-appraised\"", to: "</section>")
        #expect(panel.components(separatedBy: "Đạt").count == 2, "\(panel)")
        let submission = try #require(
            try await site.signIn(.kaHuong).open("/submissions").links.first {
                $0.hasPrefix("/submissions/") && !$0.contains("new")
            })
        let letter = try await site.signIn(.kaHuong).open("\(submission)/paper").expectStatus(200)
        #expect(letter.says("Kính gửi: Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Lâm Đồng"))
        #expect(!letter.says("giả định"))
    }

    /// An area's own indicator has no points: its group stands in no table of points.
    @Test func aGroupWithoutPointsIsNotInTheTableOfPoints() throws {
        func told(_ maxima: [Int]) -> [Int] {
            RecognitionDossierOutput.told(
                maxima.map {
                    RecognitionDossierOutput.Group(
                        code: "I", name: .sample, maximum: $0, floor: nil, points: [:], isUnderFloor: false,
                        firstCode: "I.1")
                }
            ).map(\.maximum)
        }
        #expect(told([500, 0]) == [500] && told([0, 0]) == [0, 0] && told([500, 400]) == [500, 400])
    }

    @Test(arguments: TestEngine.all) func aNoteBesideAScoreStaysWhenItIsSavedAgain(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try day("2026-10-26")))
        let dossier = try await PanelScene.begin(site.database)
        try await site.database.unattended(.seed) { tx in
            _ = try PanelScene.toPanel([dossier], tx)
            try RecognitionStore.declare(
                .none, reason: nil, dossier: dossier, PanelScene.deed(PanelScene.hongPhuong, "2026-10-26"), tx)
            return Receipt()
        }
        let member = try await site.signIn(PanelScene.hongPhuong)
        let here = "/dossiers/\(dossier)/appraisal"
        let empty = try await member.open(here).expectStatus(200)
        #expect(empty.body.contains("<details class=\"fold\" ><summary>Ghi chú</summary>"), "folded while empty")
        try await member.send(
            empty.form("/scores").filled(["score.III.5": "70", "note.III.5": "Đo hai đoạn."])
        ).expectStatus(200)
        let again = try await member.open(here)
        #expect(again.body.contains("<details class=\"fold\" open><summary>Ghi chú</summary>"))
        let form = try again.form("/scores")
        #expect(form.values["note.III.5"] == "Đo hai đoạn.")
        try await member.send(form.filled(["score.III.5": "71"])).expectStatus(200)
        let notes = try await site.database.read { try PanelScene.work(on: dossier, $0).scoring.scores.map(\.note) }
        #expect(notes == ["Đo hai đoạn."])
    }
}
