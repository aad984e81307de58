import Ballots
import Core
import Criteria
import Database
import Foundation
import TestKit
import Testing

@testable import Recognition

/// A result is told in figures only where no household's answer can be read off it: neither from so few slips, nor by
/// whoever counted one part of it and takes that from the sum.
@Suite("What is told of a household ballot", .databases) struct RecognitionBallotTellingTests {
    private static func count(_ valid: Int, satisfied: Int? = nil) -> Recognition.BallotCount {
        let satisfied = satisfied ?? valid
        return Recognition.BallotCount(
            returned: valid, valid: valid, satisfied: satisfied, unsatisfied: valid - satisfied, noOpinion: 0,
            counters: ["K'Đoan", "Trần Thị Lụa", "Đinh Công Sáu"], fetchedBy: "Trần Thị Lụa",
            topics: [Ballots.Tally.Line(code: "roads", satisfied: satisfied, unsatisfied: valid - satisfied)])
    }

    private static func box(_ valid: Int) -> Ballots.Box {
        Ballots.Box(
            ballot: ID(high: 1, low: 1), codes: Ballots.Codes(households: valid, spares: 0, burnt: valid),
            window: Ballots.Window(from: .first, last: .first), isClosed: true,
            tally: Ballots.Tally(
                valid: valid,
                lines: [Ballots.Question.overall, "roads"].map { Ballots.Tally.Line(code: $0, satisfied: valid) }))
    }

    /// - Parameters:
    ///   - paper: valid slips; nil where none went out.
    ///   - byCode: valid slips; nil without a box.
    private static func ballot(_ paper: Int?, _ byCode: Int?) -> Recognition.Ballot {
        let entries = paper.map { valid in
            [1, 2].map { place in
                Recognition.BallotEntry(
                    place: place, version: 1, person: nil, name: nil, at: TestClock.today.start, count: count(valid))
            }
        }
        return Recognition.Ballot(
            households: 214, handedOut: paper, entries: entries ?? [], box: byCode.map { box($0) })
    }

    @Test(
        arguments: [
            (150, 1, "part"), (150, 9, "part"), (150, 10, nil), (150, 0, nil), (150, nil, nil), (9, 150, "part"),
            (1, 150, "part"), (10, 150, nil), (0, 150, nil), (nil, 150, nil), (nil, 20, nil), (10, 10, nil),
            (nil, 19, "few"), (19, nil, "few"), (10, 9, "few"), (5, 5, "few"), (19, 1, "part"),
        ] as [(Int?, Int?, String?)])
    func aSmallPartKeepsTheFiguresBack(_ paper: Int?, _ byCode: Int?, _ untold: String?) throws {
        let ballot = Self.ballot(paper, byCode)
        let (valid, terms) = ((paper ?? 0) + (byCode ?? 0), Recognition.Terms.standard)
        #expect(ballot.stage == .fixed && ballot.result?.valid == valid)
        #expect(ballot.untold?.rawValue == untold && ballot.showsCounts == (untold == nil))
        // Wherever it is shown.
        let told = try #require(RecognitionBallotResultAnswer(ballot, by: terms))
        #expect((told.valid == nil) == (untold != nil) && (told.topics == nil) == (untold != nil))
        let panel = try #require(Recognition.PanelBallot(ballot))
        let beside = RecognitionPanelBallotAnswer(panel, terms)
        #expect(panel.showsShares == (untold == nil) && (beside.satisfied == nil) == (untold != nil))
        #expect(Recognition.TopicAnswers(ballot, needed: .percent(80)).all.isEmpty == (untold != nil))
        // What is concluded from it rests on all slips, told or not.
        let passes = terms.response.isReached(by: valid, of: 214)
        #expect(told.passes == passes && ballot.passes(by: terms) == passes && beside.passes == passes)
        #expect(panel.valid == valid && panel.satisfied == valid)
    }

    /// 150 of 180 slips on paper, 140 of them satisfied, and beside them codes that all come back, the first not satisfied.
    private func counted(_ engine: TestEngine, codes: Int) async throws -> (TestSite, ID) {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-09-20"))))
        let (database, keys) = (site.database, site.ballots)
        let set = try await Scene.begin(database)
        let opening = try BallotsStore.prepare(keys, database.world)
        let id = try await database.unattended(
            .seed,
            giving: { tx in
                let id = try Walk.posted(set, tx)
                try RecognitionStore.handOut(180, of: Walk.now(id, tx), Walk.deed(.yaThuong, "2026-09-20"), tx)
                try RecognitionStore.openBox(
                    opening, of: Walk.now(id, tx), Walk.deed(.kaHuong, "2026-09-20", hour: 9), tx)
                return id
            })
        let ballot = try await database.read { try BallotsStore.ballot(opening.ballot, $0) }
        let new = try BallotsNewCodes.draw(codes, for: ballot, keys, database.world)
        try await database.unattended(.seed) { tx in
            try BallotsStore.issue(new, as: .household, for: ballot, by: nil, tx)
            return Receipt()
        }
        for (number, code) in new.codes.enumerated() {
            let said: Ballots.Answer = number == 0 ? .unsatisfied : .satisfied
            let slip = Ballots.Slip(answers: ballot.questions.questions.map { _ in said })
            _ = try await BallotsStore.vote(
                code, slip, in: ballot, from: "10.0.0.\(number)", keys, .byLot(database.world.secrets), .vi, database)
        }
        site.clock.move(to: try #require(Day(iso: "2026-09-30")), hour: 9)
        let paper = Recognition.BallotCount(
            returned: 150, valid: 150, satisfied: 140, unsatisfied: 6, noOpinion: 4,
            counters: ["K'Đoan", "Trần Thị Lụa", "Đinh Công Sáu"], fetchedBy: "Trần Thị Lụa")
        try await database.unattended(.seed) { tx in
            for member in [Member.dinhCongSau, .kDoan] {
                try RecognitionStore.enterCount(
                    paper, of: Walk.now(id, tx), Walk.deed(member, "2026-09-30", hour: 8), tx)
            }
            let now = try BallotsStore.ballot(opening.ballot, tx)
            try BallotsStore.close(
                now, reading: keys, .byLot(database.world.secrets), salt: [1], by: nil, .vi, tx)
            try RecognitionBox.hooks.settled(opening.ballot, tx)
            return Receipt()
        }
        return (site, id)
    }

    @Test(arguments: TestEngine.all, [(1, false), (10, true)])
    func fewCodesBesidePaperAreToldNowhere(on engine: TestEngine, _ codes: (count: Int, isTold: Bool)) async throws {
        let (site, id) = try await counted(engine, codes: codes.count)
        let here = "/dossiers/\(id)"
        let sum = ["\(150 + codes.count)", "\(140 + codes.count - 1)"]
        let head = try await site.signIn(.dinhCongSau)
        let minutes = try await head.open("\(here)/ballot/minutes").expectStatus(200)
        let pages = [
            try await head.open("\(here)/ballot"), minutes, try await head.open(here),
            try await site.visitor().open("/posted/\(id)"), try await site.visitor().open("/posted/\(id)/ballot"),
        ]
        for page in pages {
            page.expectStatus(200)
            // The dossier's own page names what came back and is satisfied, the posted one too.
            let words = Set(page.text.split { !$0.isLetter && !$0.isNumber }.map(String.init))
            #expect(sum.contains(where: words.contains) == codes.isTold, "\(page.path): \(sum)")
        }
        for page in [pages[0], minutes, pages[4]] {
            #expect(page.says("lấy tổng trừ phần kia là biết") != codes.isTold, "\(page.path)")
        }
        #expect(minutes.says("Đạt") != codes.isTold && minutes.says("Không hài lòng") == codes.isTold)
        for path in ["\(here)/ballot", "/posted/\(id)/ballot"] {
            let answer = try await head.json(path).jsonObject
            let result = try #require(answer["result"] as? [String: Any])
            for figure in ["returned", "valid", "satisfied", "unsatisfied", "noOpinion", "topics"] {
                #expect((result[figure] is NSNull || result[figure] == nil) != codes.isTold, "\(path) \(figure)")
            }
            #expect(result["passes"] as? Bool == true && result["untold"] as? String == (codes.isTold ? nil : "part"))
        }
        let text = try await site.visitor().json("/posted/\(id)/ballot").jsonObject["text"] as? String
        #expect((text != nil) == codes.isTold, "the text that is hashed")
        // Nor in the trail: not the part on paper, and not the sum.
        let trail = try await site.database.read { reader in
            try reader.rows("SELECT detail FROM audit").map { try $0.text("detail") }.joined(separator: "\n")
        }
        #expect(!trail.contains("/150/") && !trail.contains("/140/"))
    }

    /// Who issues codes is told of it before, and so is who answers with one.
    @Test(arguments: TestEngine.all) func whoIssuesAFewCodesIsToldWhatFollows(on engine: TestEngine) async throws {
        let (site, id) = try await counted(engine, codes: 1)
        site.clock.move(to: try #require(Day(iso: "2026-09-21")), hour: 9)
        try await site.database.unattended(.seed) { tx in
            try tx.execute("UPDATE ballot SET closed_at = NULL, result_text = NULL, result_hash = NULL")
            return Receipt()
        }
        let ballot = try await site.database.read { try $0.one("SELECT id FROM ballot").id("id") }
        let kaHuong = try await site.signIn(.kaHuong)
        #expect(try await kaHuong.open("/ballots/\(ballot)").says("Nếu chỉ từ 1 đến 9 hộ trả lời bằng mã"))
        #expect(try await site.visitor().open("/vote/\(ballot)").says("phần bằng mã hay phần giấy dưới 10 phiếu"))
        #expect(try await kaHuong.open("/dossiers/\(id)/ballot").status == 200)
    }
}
