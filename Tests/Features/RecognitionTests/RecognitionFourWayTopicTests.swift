import Ballots
import Core
import Criteria
import Database
import TestKit
import Testing

@testable import Recognition

/// Households' answers topic by topic beside what area, commune and panel say.
@Suite("Recognition: four sides, topic by topic", .databases) struct RecognitionFourWayTopicTests {
    private static func line(_ code: String, _ satisfied: Int, _ unsatisfied: Int, _ silent: Int = 0)
        -> Ballots.Tally.Line
    {
        Ballots.Tally.Line(code: code, satisfied: satisfied, unsatisfied: unsatisfied, noOpinion: silent)
    }

    private static func count(_ valid: Int, _ topics: [Ballots.Tally.Line]) -> Recognition.BallotCount {
        Recognition.BallotCount(
            returned: valid, valid: valid, satisfied: valid, unsatisfied: 0, noOpinion: 0,
            counters: ["K'Đoan", "Trần Thị Lụa", "Đinh Công Sáu"], fetchedBy: "Trần Thị Lụa", topics: topics)
    }

    private static func ballot(_ counts: [Recognition.BallotCount]) -> Recognition.Ballot {
        Recognition.Ballot(
            households: 214, handedOut: 214,
            entries: counts.enumerated().map { index, count in
                Recognition.BallotEntry(
                    place: index + 1, version: 1, person: nil, name: nil, at: TestClock.today.start, count: count)
            })
    }

    private let set = CriteriaSet(
        code: "T", name: Criteria.Name("T"), effectiveFrom: .first,
        titles: [Criteria.Title("model", Criteria.Name("Model"), pass: Criteria.PassRule())],
        standards: [
            Criteria.Standard(
                "III", Criteria.Name("III"), indicators: [RecognitionFourWayTopicTests.indicator("III.1")],
                criteria: [
                    Criteria.Criterion(
                        "III.B", Criteria.Name("B"),
                        indicators: [
                            RecognitionFourWayTopicTests.indicator("III.2"),
                            RecognitionFourWayTopicTests.indicator("III.3"),
                        ])
                ]),
            Criteria.Standard(
                "IV", Criteria.Name("IV"), indicators: [RecognitionFourWayTopicTests.indicator("IV.1")]),
        ])

    private static func indicator(_ code: String) -> Criteria.Indicator {
        Criteria.Indicator(
            code, Criteria.Name(code), kind: .yesNo, unit: .none, comparison: .equal, thresholds: [], points: 100)
    }

    @Test func aTopicIsAboutWhatHasItsCodeAndTheNearestCounts() {
        let cases: [(topics: [String], of: String, wanted: String?)] = [
            (["III"], "III.1", "III"), (["III"], "III.3", "III"), (["III"], "IV.1", nil),
            (["III", "III.B"], "III.2", "III.B"), (["III", "III.B"], "III.1", "III"),
            (["III", "III.B", "III.2"], "III.2", "III.2"), (["III", "III.B", "III.2"], "III.3", "III.B"),
            (["roads"], "III.1", nil), ([], "III.1", nil), (["III"], "V.9", nil),
        ]
        for one in cases {
            let count = Self.count(40, one.topics.map { Self.line($0, 40, 0) })
            let topics = Recognition.TopicAnswers(Self.ballot([count, count]), needed: .percent(80))
            #expect(topics.about(one.of, in: set)?.topic == one.wanted, "\(one)")
        }
        let count = Self.count(40, [Self.line("III", 40, 0), Self.line("roads", 40, 0)])
        let topics = Recognition.TopicAnswers(Self.ballot([count, count]), needed: .percent(80))
        #expect(topics.apart(from: ["III.1", "IV.1"], in: set).map(\.topic) == ["roads"])
    }

    @Test func nothingIsToldBelowTheLeastNumberOfSlipsOrBeforeTheCountStands() {
        func told(_ valid: Int, entries: Int = 2) -> Int {
            let count = Self.count(valid, [Self.line("III", valid, 0)])
            let ballot = Self.ballot(Array(repeating: count, count: entries))
            return Recognition.TopicAnswers(ballot, needed: .percent(80)).all.count
        }
        #expect(told(Ballots.fewSlips) == 1 && told(Ballots.fewSlips - 1) == 0)
        #expect(told(40, entries: 1) == 0)
        #expect(Recognition.TopicAnswers(nil, needed: .percent(80)).all.isEmpty)
    }

    @Test func whatTooFewAreSatisfiedWithIsDoubtedWhereASideGivesPoints() {
        func line(_ satisfied: Int, _ points: Int) -> Recognition.FourWay {
            let answer = Recognition.TopicAnswer(Self.line("III", satisfied, 100 - satisfied), needed: .percent(80))
            let said = Recognition.FourWay.Said(.yes(points > 0), points: points)
            return Recognition.FourWay(
                code: "\(satisfied)/\(points)", own: said, check: said, panel: said, residents: nil,
                households: answer, worth: 100)
        }
        let lines = [line(90, 100), line(80, 100), line(79, 100), line(79, 0)]
        #expect(lines.map(\.isDoubted) == [false, false, true, false])
        #expect(lines.map(\.differs) == [false, false, true, false] && lines.allSatisfy { $0.points == 0 })
        #expect(Recognition.FourWay.byDifference(lines).first?.code == "79/100")
    }

    /// Ends with the page of a panel whose dossier was voted upon as counted.
    private func matrix(_ site: TestSite, _ count: Recognition.BallotCount) async throws -> (Shown, [String: Any]) {
        let dossier = try await PanelScene.begin(
            site.database,
            topics: [
                "{code: III, name: {vi: Nhà ta hài lòng với môi trường không?, en: The environment?}}",
                "{code: market, name: {vi: Nhà ta hài lòng với chợ không?, en: The market?}}",
            ], count: count)
        try await site.database.unattended(.seed) { tx in
            _ = try PanelScene.toPanel([dossier], tx)
            return Receipt()
        }
        let chair = try await site.signIn(.dangThiAnh)
        let here = "/dossiers/\(dossier)/matrix?order=code"
        return (try await chair.open(here).expectStatus(200), try await chair.json(here).jsonObject)
    }

    @Test(arguments: TestEngine.all) func theBallotsTopicsStandBesideTheirIndicators(on engine: TestEngine) async throws
    {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-10-27"))))
        let (page, json) = try await matrix(
            site,
            Recognition.BallotCount(
                returned: 163, valid: 161, satisfied: 149, unsatisfied: 7, noOpinion: 5,
                counters: ["K'Đoan", "Trần Thị Lụa", "Đinh Công Sáu"], fetchedBy: "Trần Thị Lụa",
                topics: [Self.line("III", 118, 31, 12), Self.line("market", 150, 6, 5)]))
        #expect(page.says("73,3 % trong 161 phiếu hài lòng") && page.says("dưới mức hài lòng của danh hiệu"))
        #expect(page.says("phiếu hộ thấy khác"))
        #expect(page.says("Phiếu hộ hỏi thêm") && page.says("Nhà ta hài lòng với chợ không?"))
        let lines = try #require(json["lines"] as? [[String: Any]])
        for line in lines {
            let code = try #require(line["code"] as? String)
            let households = line["households"] as? [String: Any]
            #expect((households != nil) == code.hasPrefix("III."), "\(code)")
            if let households {
                #expect(households["satisfied"] as? Int == 118 && households["isLow"] as? Bool == true)
            }
        }
        #expect((json["topics"] as? [[String: Any]])?.map { $0["topic"] as? String } == ["market"])
    }

    @Test(arguments: TestEngine.all) func withFewSlipsNoTopicIsShown(on engine: TestEngine) async throws {
        let site = try await TestSite(engine, clock: TestClock(try #require(Day(iso: "2026-10-27"))))
        let (page, json) = try await matrix(
            site,
            Recognition.BallotCount(
                returned: 19, valid: 19, satisfied: 19, unsatisfied: 0, noOpinion: 0,
                counters: ["K'Đoan", "Trần Thị Lụa", "Đinh Công Sáu"], fetchedBy: "Trần Thị Lụa",
                topics: [Self.line("III", 9, 10), Self.line("market", 19, 0)]))
        #expect(!page.says("phiếu hài lòng") && !page.says("Phiếu hộ hỏi thêm") && !page.says("Nhà ta hài lòng"))
        let lines = try #require(json["lines"] as? [[String: Any]])
        #expect(lines.allSatisfy { $0["households"] as? [String: Any] == nil })
        #expect((json["topics"] as? [Any])?.isEmpty == true)
    }
}
