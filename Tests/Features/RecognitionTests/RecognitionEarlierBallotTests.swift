import Core
import Database
import TestKit
import Testing

@testable import Recognition

/// What households answered before is not hidden by asking them again, nor what the area answered them by a correction.
@Suite("What was asked before", .databases) struct RecognitionEarlierBallotTests {
    private func short(valid: Int, satisfied: Int) -> Recognition.BallotCount {
        Recognition.BallotCount(
            returned: valid, valid: valid, satisfied: satisfied, unsatisfied: valid - satisfied, noOpinion: 0,
            counters: Walk.count.counters, fetchedBy: Walk.count.fetchedBy)
    }

    /// Posted on 1/8 and counted, given back, registered again, and gone the whole way.
    private func askedTwice(_ engine: TestEngine, _ first: Recognition.BallotCount?) async throws -> (TestSite, ID) {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-10-01"))))
        let set = try await Scene.begin(site.database)
        let id = try await site.database.unattended(
            .seed,
            giving: { tx in
                let id = try Scene.register(set, tx)
                try Walk.fill(id, tx)
                try RecognitionStore.handIn(Walk.now(id, tx), Walk.deed(.yaThuong, "2026-07-20"), tx)
                try Walk.hold(id, on: "2026-07-25", tx)
                try RecognitionStore.post(
                    Walk.now(id, tx), from: #require(Day(iso: "2026-08-01")),
                    Walk.deed(.yaThuong, "2026-08-01", hour: 7),
                    tx)
                try RecognitionStore.handOut(214, of: Walk.now(id, tx), Walk.deed(.yaThuong, "2026-08-01", hour: 8), tx)
                if let first {
                    for member in [Member.dinhCongSau, .kDoan] {
                        try RecognitionStore.enterCount(
                            first, of: Walk.now(id, tx), Walk.deed(member, "2026-08-11", hour: 9), tx)
                    }
                }
                try RecognitionStore.move(
                    Walk.now(id, tx), .withdraw, to: .withdrawn, Walk.deed(.yaThuong, "2026-08-12"), reason: "Làm lại.",
                    tx)
                #expect(try Scene.register(set, tx) == id)
                try Walk.fromHandIn(id, Walk.count, tx)
                return id
            })
        return (site, id)
    }

    @Test(arguments: TestEngine.all) func theFirstAnswerStandsBesideTheSecond(on engine: TestEngine) async throws {
        let (site, id) = try await askedTwice(engine, short(valid: 160, satisfied: 88))
        let told = "Lần lấy ý kiến trước (niêm yết 01/08/2026 đến 10/08/2026): "
        let kaHuong = try await site.signIn(.kaHuong)
        for page in ["ballot", "check"] {
            let shown = try await kaHuong.open("/dossiers/\(id)/\(page)").expectStatus(200)
            #expect(shown.says(told) && shown.says("55\u{A0}%"), "\(page)")
        }
        #expect(try await kaHuong.open("/dossiers/\(id)/ballot").says("149 (92,5\u{A0}%)"))
        try await site.database.unattended(.seed) { tx in
            try RecognitionStore.move(
                Walk.now(id, tx), .accept, to: .accepted, Walk.deed(.kaHuong, "2026-10-05"), tx)
            return Receipt()
        }
        let list = try await kaHuong.open("/submissions/new?year=2026").expectStatus(200)
        #expect(list.says(told) && list.says("55\u{A0}%"))
    }

    @Test(arguments: TestEngine.all) func thePanelReadsItToo(on engine: TestEngine) async throws {
        let (site, id) = try await askedTwice(engine, short(valid: 160, satisfied: 88))
        try await site.database.unattended(.seed) { tx in
            try PanelScene.addPeople(tx)
            try RecognitionStore.move(
                Walk.now(id, tx), .accept, to: .accepted, Walk.deed(.kaHuong, "2026-10-08"), tx)
            _ = try PanelScene.toPanel([id], tx)
            return Receipt()
        }
        site.clock.move(to: try #require(Day(iso: "2026-10-27")))
        let page = try await site.signIn(.dangThiAnh).open("/dossiers/\(id)/appraisal").expectStatus(200)
        #expect(page.says("Lần lấy ý kiến trước") && page.says("55\u{A0}%"))
    }

    /// Of few slips only whether it passed, as everywhere; and asking that was broken off is told as that.
    @Test(arguments: TestEngine.all) func fewSlipsAndNoneAreTold(on engine: TestEngine) async throws {
        let (few, id) = try await askedTwice(engine, short(valid: 19, satisfied: 7))
        let page = try await few.signIn(.kaHuong).open("/dossiers/\(id)/check").expectStatus(200)
        #expect(page.says("Lần lấy ý kiến trước") && !page.says("36,8"))
        let answer = try await few.signIn(.kaHuong).json("/dossiers/\(id)/ballot").jsonObject
        let earlier = try #require((answer["background"] as? [String: Any])?["earlier"] as? [[String: Any]])
        let ballot = try #require(earlier.first?["ballot"] as? [String: Any])
        #expect(ballot["passes"] as? Bool == false && !(ballot["satisfied"] is Int) && !(ballot["valid"] is Int))
        let (broken, other) = try await askedTwice(engine, nil)
        #expect(try await broken.signIn(.kaHuong).open("/dossiers/\(other)/check").says("dừng trước khi có kết quả"))
    }

    @Test(arguments: TestEngine.all) func aCorrectionKeepsWhatWasDoneAboutWhatWasVotedDown(on engine: TestEngine)
        async throws
    {
        let data = try await TestDatabase(engine, .cast)
        let set = try await Scene.begin(data.database)
        try await data.database.unattended(.seed) { tx in
            let id = try Scene.register(set, tx)
            try Walk.fill(id, tx)
            try Walk.handIn(id, tx)
            let wrong = try Walk.hold(id, votes: ["III.2": 20, "III.3": 70], tx)
            try RecognitionStore.workOn(
                ["III.2": "Làm lại rãnh.", "III.3": "Treo thêm đèn."], of: Walk.now(id, tx),
                Walk.deed(.yaThuong, "2026-09-19"), tx)
            // 150 households were for the lamps; the drains stay voted down, and what was done about them stays said.
            try Walk.hold(id, votes: ["III.2": 20, "III.3": 150], correcting: wrong.id, tx)
            let review = try RecognitionStore.review(of: id, tx)
            #expect(review.votedDown == ["III.2"])
            #expect(review.words == ["III.2": "Làm lại rãnh."] && review.open == [])
            let kept = try tx.one("SELECT count(*) AS n FROM review_work w WHERE w.sitting_id <> \(wrong.id)")
            #expect(try kept.integer("n") == 1)
            return Receipt()
        }
    }
}
