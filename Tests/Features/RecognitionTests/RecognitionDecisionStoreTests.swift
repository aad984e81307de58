import App
import Core
import Criteria
import Database
import Documents
import Organisation
import TestKit
import Testing

@testable import Recognition

@Suite("Decisions, titles and duties in the database", .databases) struct RecognitionDecisionStoreTests {
    private let address = ContentAddress(of: Array("paper".utf8))

    /// A dossier on which the panel has concluded.
    private func appraised(_ set: ID, in place: Place, _ tx: Transaction) throws -> Recognition.Dossier {
        let id = try Scene.register(set, in: place, tx)
        for (code, value) in [
            ("I.1", Criteria.Value.quantity(Quantity(thousandths: 2_000))), ("I.2", .yes(true)),
            ("III.2", Scene.percent(66)), ("III.3", Scene.percent(92)),
        ] {
            _ = try RecognitionStore.save(
                .init(code: code, value: value, note: nil), dossier: id, over: 0, Scene.deed(.yaThuong, tx), tx)
        }
        try RecognitionStore.move(
            RecognitionStore.dossier(id, unattended: tx), .submit, to: .submitted, Scene.deed(.yaThuong, tx), tx)
        try RecognitionStore.move(
            RecognitionStore.dossier(id, unattended: tx), .accept, to: .accepted, Scene.deed(.kaHuong, tx), tx)
        try RecognitionStore.move(
            RecognitionStore.dossier(id, unattended: tx), .forward, to: .forwarded, Scene.deed(.kaHuong, tx), tx)
        try RecognitionStore.move(
            RecognitionStore.dossier(id, unattended: tx), .conclude, to: .appraised, Scene.deed(.dangThiAnh, tx), tx)
        return try RecognitionStore.dossier(id, unattended: tx)
    }

    private func draft(_ dossiers: [(Recognition.Dossier, Recognition.Outcome)], _ tx: Transaction) throws
        -> Recognition.Decision
    {
        let id = try RecognitionStore.draft(
            Recognition.NewDecision(
                territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, title: "model", level: .province,
                year: 2026,
                items: dossiers.map {
                    Recognition.DecisionItem(
                        dossier: $0.0, outcome: $0.1, reason: $0.1 == .refused ? "Chưa đủ điểm" : nil)
                }),
            Scene.deed(.doThiHanh, tx), tx)
        return try RecognitionStore.decision(id, seenBy: Scene.sight(.doThiHanh), tx)
    }

    private func paper(_ number: String = "46/QĐ-MTTQ-BTT") -> Recognition.SignedPaper {
        Recognition.SignedPaper(
            number: number, day: TestClock.today, signer: "Đỗ Thị Hạnh", office: "Chủ tịch")
    }

    private var scan: Recognition.Decision.Scan {
        Recognition.Decision.Scan(address: address, type: "application/pdf", name: "qd.pdf")
    }

    @Test(arguments: TestEngine.all) func anIssuedDecisionClosesItsDossiersAndBeginsTheTitle(on engine: TestEngine)
        async throws
    {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database)
        let (scan, paper) = (scan, paper())
        let (won, lost) = try await data.database.unattended(
            .seed,
            giving: { tx in
                let won = try appraised(set, in: .thongXanh, tx)
                let lost = try appraised(set, in: .taLy, tx)
                let decision = try draft([(won, .recognised), (lost, .refused)], tx)
                #expect(decision.isDraft && decision.missing == [.number, .day, .signer, .scan])
                try RecognitionStore.issue(decision, paper, scan: scan, Scene.deed(.doThiHanh, tx), tx)
                return (won.id, lost.id)
            })
        try await data.database.read { reader throws in
            #expect(try RecognitionStore.dossier(won, unattended: reader).state == .recognised)
            #expect(try RecognitionStore.dossier(lost, unattended: reader).state == .refused)
            let today = TestClock.today
            let held = try #require(try RecognitionStore.publicTitle(of: Place.thongXanh.id, on: today, reader))
            #expect(held.title == "model" && held.level == .province && held.from == today)
            #expect(held.until == today.adding(months: 36))
            #expect(held.number == "46/QĐ-MTTQ-BTT" && held.dossier == won)
            // In the decision's list a dossier elsewhere is a name and no link.
            #expect(try RecognitionStore.visible([won, lost], to: Scene.sight(.kaHuong), reader) == [won])
            // The lower title ended where the higher one began.
            let before = try #require(try RecognitionStore.publicTitles(of: Place.thongXanh.id, reader).last)
            #expect(before.title == "outstanding" && before.endedOn == today && before.endedWhy == .raised)
            #expect(try RecognitionStore.publicTitle(of: Place.taLy.id, on: today, reader) == nil)
            let counts = try RecognitionStore.publicTitleCounts(under: Place.lamDong.id, on: today, reader)
            #expect(counts.map(\.count) == [1] && counts.map(\.title) == ["model"])
            let holders = try RecognitionStore.publicHolders(
                under: Place.donDuong.id, title: "model", on: today, reader)
            #expect(holders.titles.map(\.area.id) == [Place.thongXanh.id])
            let shown = try #require(try RecognitionStore.publicAssessment(of: held, reader))
            #expect(shown.score(.appraisal).total == 10_000)
            #expect(shown.entry("III.3", .own)?.enterer == nil)
        }
    }

    @Test(arguments: TestEngine.all) func aNumberIsUsedOnceAYear(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database)
        let scan = scan
        let (one, other) = (paper(), paper("046/qđ-MTTQ-BTT"))
        try await data.database.unattended(.seed) { tx in
            let decision = try draft([(try appraised(set, in: .thongXanh, tx), .recognised)], tx)
            try RecognitionStore.issue(decision, one, scan: scan, Scene.deed(.doThiHanh, tx), tx)
            return Receipt()
        }
        await #expect {
            try await data.database.unattended(.seed) { tx in
                let decision = try draft([(try appraised(set, in: .taLy, tx), .recognised)], tx)
                try RecognitionStore.issue(decision, other, scan: scan, Scene.deed(.doThiHanh, tx), tx)
                return Receipt()
            }
        } throws: { ($0 as? Refusal)?.key == "recognition.refusal.numberTaken" }
    }

    @Test(arguments: TestEngine.all) func aDraftThatIsThrownAwayLeavesItsDossiersWaiting(on engine: TestEngine)
        async throws
    {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database)
        let dossier = try await data.database.unattended(
            .seed,
            giving: { tx in
                let dossier = try appraised(set, in: .thongXanh, tx)
                let decision = try draft([(dossier, .recognised)], tx)
                try RecognitionStore.discard(decision, Scene.deed(.doThiHanh, tx), tx)
                return dossier.id
            })
        try await data.database.read { reader throws in
            #expect(try RecognitionStore.dossier(dossier, unattended: reader).state == .appraised)
            #expect(try RecognitionStore.decision(about: dossier, reader) == nil)
            let groups = try RecognitionStore.appraisedGroups(
                under: Place.lamDong.id, level: .province, seenBy: Scene.sight(.doThiHanh), reader)
            #expect(groups.map(\.count) == [1])
            // Nothing of it is another level's to draft.
            let communes = try RecognitionStore.appraisedGroups(
                under: Place.donDuong.id, level: .commune, seenBy: Scene.sight(.kaHuong), reader)
            #expect(communes.isEmpty)
        }
    }

    @Test(arguments: TestEngine.all) func everyoneHasTheDutyOfTheStepTheyHold(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database)
        func duties(_ member: Member) async throws -> [Recognition.Duty] {
            try await data.database.read {
                try RecognitionDuties.waiting(for: Scene.actor(member), on: TestClock.today, $0)
            }
        }
        let dossier = try await data.database.unattended(
            .seed,
            giving: { tx in
                _ = try Scene.register(set, in: .thongXanh, tx)
                return try appraised(set, in: .suoiThong, tx)
            })
        #expect(try await duties(.yaThuong).map(\.href.description).first?.hasSuffix("/assessment") == true)
        #expect(try await duties(.kaHuong).isEmpty)
        #expect(try await duties(.haLieng).isEmpty)
        #expect(try await duties(.konSaHaMien).isEmpty)
        let drafting = try await duties(.doThiHanh)
        #expect(drafting.count == 1 && drafting.first?.href == "/decisions/new?title=model&year=2026")
        try await data.database.unattended(.seed) { tx in
            _ = try draft([(dossier, .recognised)], tx)
            let waiting = try RecognitionStore.list(
                .init(year: 2026, state: .assessing), seenBy: Scene.sight(.doThiHanh), tx
            ).lines
            for line in waiting {
                try RecognitionStore.move(
                    RecognitionStore.dossier(line.id, unattended: tx), .submit, to: .submitted,
                    Scene.deed(.yaThuong, tx), tx)
            }
            return Receipt()
        }
        #expect(try await duties(.yaThuong).isEmpty)
        #expect(try await duties(.kaHuong).map { $0.href.hasSuffix("/check") } == [true])
        #expect(try await duties(.doThiHanh).map { $0.href.hasPrefix("/decisions/") } == [true])
    }

    @Test(arguments: TestEngine.all) func whereAPictureWasTakenIsForgottenWhenTheDossierCloses(on engine: TestEngine)
        async throws
    {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database)
        let address = address
        try await data.database.unattended(.seed) { tx in
            let id = try Scene.register(set, tx)
            let picture = Recognition.PreparedPicture(
                address: address, thumbnail: address, fileName: "den.jpg", width: 4, height: 3, bytes: 9,
                origin: PictureOrigin(instantText: "2026-09-05T19:00:00", latitude: 11.768123, longitude: 108.5))
            let evidence = try RecognitionStore.add(
                picture, to: id, code: "III.3", note: nil, Scene.deed(.yaThuong, tx), tx)
            #expect(try RecognitionStore.origins(of: id, tx)[evidence]?.latitude == 11_768_123)
            #expect(try RecognitionStore.publicEvidence(of: id, tx).isEmpty)
            #expect(throws: NotFound.self) {
                try RecognitionStore.picture(evidence, isThumbnail: false, seenBy: nil, tx)
            }
            try RecognitionStore.release(
                evidence: evidence, of: id, children: PictureCare.none, plates: PictureCare.covered,
                Scene.deed(.kaHuong, tx), tx)
            #expect(try RecognitionStore.picture(evidence, isThumbnail: true, seenBy: nil, tx).address == address)
            #expect(try ContentSweep.needed([address], tx) == [address])
            try RecognitionStore.move(
                RecognitionStore.dossier(id, unattended: tx), .withdraw, to: .withdrawn, Scene.deed(.yaThuong, tx),
                reason: "x", tx)
            #expect(try RecognitionStore.origins(of: id, tx).isEmpty)
            try RecognitionStore.remove(evidence: evidence, from: id, Scene.deed(.yaThuong, tx), tx)
            #expect(try RecognitionStore.evidence(of: id, tx).isEmpty)
            #expect(try ContentSweep.needed([address], tx).isEmpty)
            return Receipt()
        }
    }
}
