import Core
import Criteria
import Database
import Foundation
import TestKit
import Testing

@testable import Recognition

/// What a panel cannot undo or go round: scores once seen stay, who is tied to an area does not look at it for the panel,
/// and an office's other figure is answered, not adopted by force.
@Suite("What holds in a panel", .databases) struct RecognitionPanelHoldTests {
    private func begin(_ engine: TestEngine) async throws -> (site: TestSite, dossier: ID, panel: ID) {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-10-27"))))
        let dossier = try await PanelScene.begin(site.database)
        let panel = try await site.database.unattended(.seed, giving: { tx in try PanelScene.toPanel([dossier], tx) })
        return (site, dossier, panel)
    }

    private static func rescore(
        _ dossier: ID, by person: ID, as value: Int64, _ tx: Transaction
    ) throws -> String? {
        do {
            try RecognitionStore.putScore(
                "III.5", Scene.percent(value), note: nil, dossier: dossier, PanelScene.deed(person, "2026-10-27"), tx)
            return nil
        } catch let refusal as Refusal {
            return refusal.key
        }
    }

    @Test(arguments: TestEngine.all) func aScoreOnceSeenStaysWhoeverJoins(on engine: TestEngine) async throws {
        let (site, dossier, panel) = try await begin(engine)
        let hedge = ["III.5": [Scene.percent(62), Scene.percent(62)]]
        try await site.database.unattended(.seed) { tx in
            // Still blind: whoever has scored may think again.
            try PanelScene.declareAndScore(dossier, by: Array(PanelScene.members.prefix(2)), values: hedge, tx)
            #expect(try Self.rescore(dossier, by: PanelScene.haBien, as: 80, tx) == nil)
            try PanelScene.declareAndScore(dossier, by: [PanelScene.hongPhuong], values: hedge, tx)
            #expect(try PanelScene.work(on: dossier, tx).scoring.differs("III.5"))
            try RecognitionStore.change(
                RecognitionStore.panel(panel, unattended: tx), leaving: PanelScene.hongPhuong,
                joining: Member.tranQuocLan.id, reason: "Chuyển công tác", Walk.deed(.doThiHanh, "2026-10-27"), tx)
            let work = try PanelScene.work(on: dossier, tx)
            #expect(work.scoring.isOpen("III.5") && work.scoring.differs("III.5"), "seen is seen")
            #expect(work.scoring.blind.isEmpty, "nothing that was drawn and open is drawn again")
            for person in [PanelScene.haBien, Member.tranQuocLan.id] {
                try RecognitionStore.declare(
                    .none, reason: nil, dossier: dossier, PanelScene.deed(person, "2026-10-27"), tx)
                #expect(
                    try Self.rescore(dossier, by: person, as: 62, tx) == "recognition.panel.refusal.scoreOpen")
            }
            // A tie that comes to light takes scores away: with one left the indicator is scored again.
            for person in [PanelScene.haBien, Member.dangThiAnh.id] {
                try tx.execute(
                    """
                    UPDATE appraisal_declaration SET declared = 'kin' WHERE appraisal_id = \(work.appraisal.id)
                        AND person_id = \(person)
                    """)
            }
            #expect(try !PanelScene.work(on: dossier, tx).scoring.isOpen("III.5"))
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func whoIsTiedOrSilentMakesNoFieldCheck(on engine: TestEngine) async throws {
        let (site, dossier, _) = try await begin(engine)
        let address = "/dossiers/\(dossier)/visit"
        let look = #""day": "2026-10-27", "look.III.5": "asWritten""#
        let chair = try await site.signIn(.dangThiAnh)
        #expect(try await chair.open(address).expectStatus(200).forms.allSatisfy { $0.action != address })
        let silent = try await chair.json(
            address, sending: #"{"members.\#(Member.dangThiAnh.id)": "yes", \#(look)}"#)
        #expect(silent.status == 422 && silent.body.contains("Đặng Thị Ánh"))
        try await site.database.unattended(.seed) { tx in
            try RecognitionStore.declare(
                .none, reason: nil, dossier: dossier, PanelScene.deed(Member.dangThiAnh.id, "2026-10-26"), tx)
            try RecognitionStore.declare(
                .kin, reason: "Anh trai là trưởng thôn", dossier: dossier,
                PanelScene.deed(PanelScene.haBien, "2026-10-26"), tx)
            return Receipt()
        }
        let page = try await chair.open(address).expectStatus(200)
        #expect(page.says("Đặng Thị Ánh") && !page.body.contains("members.\(PanelScene.haBien)"))
        let kin = try await chair.json(
            address,
            sending:
                #"{"members.\#(Member.dangThiAnh.id)": "yes", "members.\#(PanelScene.haBien)": "yes", \#(look)}"#)
        #expect(kin.status == 422 && kin.body.contains("Kră Jăn Ha Biên") && !kin.body.contains("Đặng Thị Ánh,"))
        try await chair.send(page.form("/visit").filled(["look.III.5": "asWritten"])).expectStatus(200)
        #expect(
            try await site.database.read { try PanelScene.work(on: dossier, $0).visits.count } == 1)
    }

    /// Residents met over, read and answered about the other values as they were.
    @Test(arguments: TestEngine.all) func onlyWhatCameBackIsChanged(on engine: TestEngine) async throws {
        let (site, dossier, _) = try await begin(engine)
        try await site.database.unattended(.seed) { tx in
            try PanelScene.declareAndScore(dossier, by: PanelScene.members, tx)
            return Receipt()
        }
        let chair = try await site.signIn(.dangThiAnh)
        let work = try await chair.open("/dossiers/\(dossier)/appraisal")
        try await chair.send(work.form("/return").filled(["back.V.5": "Danh sách thiếu tổ 3."])).expectStatus(200)
        let head = try await site.signIn(.yaThuong)
        let other = try await head.open("/dossiers/\(dossier)/values/III.2").expectStatus(200)
        #expect(other.forms.allSatisfy { !$0.action.hasSuffix("/values/III.2") })
        let sent = try await head.json("/dossiers/\(dossier)/values/III.2", sending: #"{"value": "99", "version": 1}"#)
        #expect(sent.status == 409 && sent.body.contains("trả lại để sửa V.5"))
        let form = try await head.open("/dossiers/\(dossier)/values/V.5").form("/values/V.5")
        try await head.send(form.filled(["value": "92"])).expectStatus(200)
    }
}
