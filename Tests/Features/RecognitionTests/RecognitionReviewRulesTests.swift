import Core
import Criteria
import Testing

@testable import Recognition

/// Meeting, posting and ballot as tables of cases.
@Suite("Rules of meeting, posting and ballot") struct RecognitionReviewRulesTests {
    private let terms = Recognition.Terms.standard
    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    @Test(arguments: [(214, 108), (215, 108), (1, 1), (2, 2), (331, 166), (100, 51)])
    func theQuorumIsMoreThanHalfOfTheHouseholds(households: Int, needed: Int) {
        #expect(terms.quorum.needed(of: households) == needed)
        #expect(!terms.quorum.isReached(by: needed - 1, of: households))
        #expect(terms.quorum.isReached(by: needed, of: households))
    }

    private struct Case: Sendable {
        let present: Int
        var list: Int?
        let votes: [String: Int]
        var opinions = ""
        let day: String
        var next: String?
        let keys: [String]
    }

    @Test func aSittingIsRefusedWithTheRuleInWords() throws {
        let cases = [
            Case(present: 158, votes: ["II.4": 74], day: "2026-09-18", keys: []),
            Case(present: 40, votes: [:], day: "2026-09-16", keys: []),
            Case(present: 40, votes: ["II.4": 30], day: "2026-09-16", keys: ["noVotes"]),
            Case(present: 215, votes: [:], day: "2026-09-18", keys: ["tooMany"]),
            Case(present: 158, votes: ["II.4": 159], day: "2026-09-18", keys: ["votes"]),
            Case(present: 158, list: 159, votes: [:], day: "2026-09-18", keys: ["votes"]),
            Case(present: 158, list: 0, votes: [:], day: "2026-09-18", keys: []),
            Case(present: 40, list: 30, votes: [:], day: "2026-09-16", keys: ["noVotes"]),
            Case(present: 158, votes: [:], day: "2026-09-18", next: "2026-09-18", keys: ["nextBefore"]),
            Case(present: 158, votes: [:], opinions: "Ông Ba nói đèn hỏng.", day: "2026-09-18", keys: ["named"]),
            Case(present: 158, votes: [:], opinions: "Bà con đề nghị sửa đèn.", day: "2026-09-18", keys: []),
            Case(present: 158, votes: ["II.4": -1], day: "2026-09-18", keys: ["votes"]),
            Case(present: 158, votes: [:], day: "2026-09-19", keys: ["dayAhead"]),
            Case(present: 158, votes: [:], day: "2026-09-13", keys: ["dayBefore"]),
            Case(
                present: 215, list: 217, votes: ["II.4": 216], day: "2026-09-19",
                keys: ["dayAhead", "tooMany", "votes", "votes"]),
        ]
        for entry in cases {
            let refusal = Walk.sitting(
                present: entry.present, list: entry.list, votes: entry.votes, opinions: entry.opinions, on: entry.day,
                next: entry.next
            ).refusal(
                by: terms, households: 214, codes: ["II.4", "II.5"], since: try day("2026-09-14"),
                on: try day("2026-09-18"))
            #expect(
                (refusal?.all ?? []).map { $0.key.split(separator: ".").last.map(String.init) ?? "" } == entry.keys,
                "\(entry)")
        }
        // Nobody was asked about the list, and something is not voted upon apart.
        func silent(_ votes: [String: Int]) throws -> Refusal? {
            Recognition.SittingRecord(
                day: try day("2026-09-18"), venue: "x", chair: "x", secretary: "x", present: 158, votes: votes
            ).refusal(
                by: terms, households: 214, codes: ["II.4", "II.5"], since: try day("2026-09-14"),
                on: try day("2026-09-18"))
        }
        #expect(try silent(["II.4": 74])?.key == "recognition.review.refusal.noList")
        #expect(try silent(["II.4": 74, "II.5": 69]) == nil)
        let short = Walk.sitting(present: 40, votes: ["II.4": 1]).refusal(
            by: terms, households: 214, codes: ["II.4"], since: try day("2026-09-14"), on: try day("2026-09-18"))
        #expect(short?.arguments == ["present": "40", "needed": "108", "households": "214"])
    }

    private func sitting(
        _ present: Int, _ votes: [String: Int], isRest: Bool = false, number: UInt64 = 1
    ) throws -> Recognition.Sitting {
        Recognition.Sitting(
            id: ID(high: 0x7000, low: 1 << 63 | number), day: try day("2026-09-18"), venue: "x", chair: "x",
            secretary: "x", present: present, households: 214, needed: 108,
            neededVotes: terms.carried.needed(of: present), votes: votes, isRest: isRest,
            recordedAt: try day("2026-09-18").start)
    }

    @Test func anIndicatorIsCarriedByMoreThanHalfOfThosePresent() throws {
        let review = Recognition.Review(
            sittings: [try sitting(158, ["a": 79, "b": 80, "c": 158, "d": 0])], words: ["a": "Done."])
        #expect(review.votedDown == ["a", "d"])
        #expect(review.open == ["d"])
        #expect(review.refusalToFill("a") == nil && review.refusalToFill("b") != nil)
        #expect(review.refusalToPost()?.arguments == ["count": "1", "codes": "d"])
    }

    @Test func theListIsVotedInOneGoAndWhatIsDisputedApart() {
        let record = Walk.sitting(present: 158, list: 149, votes: ["II.4": 74])
        #expect(record.votes(on: ["II.4", "II.5", "III.1"]) == ["II.4": 74, "II.5": 149, "III.1": 149])
    }

    @Test func aFurtherSittingVotesOnWhatWasVotedDownAlone() throws {
        let whole = try sitting(158, ["a": 79, "b": 74, "c": 158])
        let rest = try sitting(120, ["a": 100, "b": 60], isRest: true, number: 2)
        let first = Recognition.Review(sittings: [whole], words: ["a": "Done."])
        #expect(first.votedDown == ["a", "b"] && first.open == ["b"])
        let again = Recognition.Review(sittings: [whole, rest], words: [:])
        // 61 of 120 are needed; what the list carried stays carried, and the sitting that decides is the list's.
        #expect(again.isCarried("a") == true && again.isCarried("b") == false && again.isCarried("c") == true)
        #expect(again.votedDown == ["b"] && again.open == ["b"] && again.deciding?.present == 158)
        #expect(again.sitting(on: "b")?.present == 120 && again.votes(on: "c") == 158 && again.votes(on: "x") == nil)
    }

    @Test(
        arguments: [
            ("Ông Ba nói đèn hỏng", "Ông Ba"), ("theo chị Lan thì chưa", "chị Lan"), ("bà con góp ý", nil),
            ("Ban Công tác Mặt trận giải thích", nil), ("Chi hội Phụ nữ nhận làm", nil), ("cả ba Tổ tự quản", nil),
            ("", nil),
        ] as [(String, String?)]) func anOpinionThatNamesItsSpeakerIsFound(line: String, wanted: String?)
    {
        #expect(Recognition.OpinionText.name(in: line) == wanted)
    }

    @Test func theLastSittingWithAQuorumDecides() throws {
        let few = try sitting(40, [:])
        let none = Recognition.Review(sittings: [], words: [:])
        #expect(none.refusalToPost()?.key == "recognition.review.refusal.noMeeting")
        let short = Recognition.Review(sittings: [few], words: [:])
        #expect(short.deciding == nil && short.refusalToPost()?.key == "recognition.review.refusal.noQuorum")
        let full = Recognition.Review(sittings: [few, try sitting(158, ["a": 158], number: 2), few], words: [:])
        #expect(full.deciding?.present == 158 && full.refusalToPost() == nil)
    }

    @Test func aPostingStandsAtLeastTenDaysWithTheFirstAndTheLast() throws {
        let from = try day("2026-09-20")
        let days = Recognition.PostingDays(from: from, by: terms)
        #expect(days.last == Day(iso: "2026-09-29") && days.count == 10)
        #expect(days.isRunning(on: from) && days.isRunning(on: days.last))
        #expect(!days.isOver(on: days.last) && days.isOver(on: days.last.adding(days: 1)))
        #expect(!days.isRunning(on: from.adding(days: -1)))
        func key(_ from: Day, _ last: Day?) -> String? {
            Recognition.PostingDays(from: from, last: last, by: terms).refusal(by: terms, on: from)?.key
        }
        #expect(key(from, nil) == nil && key(from, from.adding(days: 20)) == nil)
        #expect(key(from, from.adding(days: 8)) == "recognition.posting.refusal.short")
        #expect(key(from, from.adding(days: -1)) == "recognition.posting.refusal.short")
        #expect(key(from, from.adding(days: 60)) == "recognition.posting.refusal.long")
        #expect(days.refusal(by: terms, on: from.adding(days: 1))?.key == "recognition.posting.refusal.past")
        #expect(days.refusal(by: terms, on: from.adding(days: -15))?.key == "recognition.posting.refusal.ahead")
    }

    private func count(
        _ returned: Int, _ valid: Int, _ satisfied: Int, _ not: Int, _ none: Int,
        _ counters: [String] = ["A", "B", "C"]
    ) -> Recognition.BallotCount {
        Recognition.BallotCount(
            returned: returned, valid: valid, satisfied: satisfied, unsatisfied: not, noOpinion: none,
            counters: counters, fetchedBy: "D")
    }

    @Test func aCountThatCannotBeIsRefused() {
        func keys(_ count: Recognition.BallotCount) -> [String] {
            (count.refusal(handedOut: 214)?.all ?? []).map { $0.key.split(separator: ".").last.map(String.init) ?? "" }
        }
        #expect(keys(count(163, 161, 149, 7, 5)) == [])
        #expect(keys(count(0, 0, 0, 0, 0)) == [])
        #expect(keys(count(215, 161, 149, 7, 5)) == ["returned"])
        #expect(keys(count(160, 161, 149, 7, 5)) == ["valid"])
        #expect(keys(count(163, 161, 149, 7, 6)) == ["sum"])
        #expect(keys(count(163, 161, 149, 7, 5, ["A", "B", "a"])) == ["counterTwice"])
        #expect(keys(count(215, 216, 1, 1, 1, ["A"])) == ["returned", "valid", "sum", "counters", "counters"])
    }

    private func ballot(_ first: Recognition.BallotCount?, _ second: Recognition.BallotCount?, out: Int? = 214)
        -> Recognition.Ballot
    {
        let people = [Member1.one, .two]
        let entries = [first, second].enumerated().compactMap { index, count in
            count.map {
                Recognition.BallotEntry(
                    place: index + 1, version: 1, person: people[index].id, name: nil, at: Day.first.start, count: $0)
            }
        }
        return Recognition.Ballot(households: 214, handedOut: out, entries: entries)
    }

    private enum Member1: UInt64 {
        case one = 1
        case two, three
        var id: ID { ID(high: 0x7000, low: 1 << 63 | rawValue) }
    }

    @Test func theResultStandsWhenBothEntriesAgree() throws {
        let (right, wrong) = (count(163, 161, 149, 7, 5), count(163, 161, 148, 8, 5))
        #expect(ballot(nil, nil, out: nil).stage == .prepared && ballot(nil, nil).stage == .open)
        #expect(ballot(right, nil).stage == .once && ballot(right, nil).result == nil)
        #expect(ballot(wrong, right).stage == .differing)
        #expect(ballot(wrong, right).differing == [.satisfied, .unsatisfied] && ballot(wrong, right).result == nil)
        #expect(ballot(right, right).stage == .fixed && ballot(right, right).result == right)
        let sameNames = count(163, 161, 149, 7, 5, ["c", "B", "a"])
        #expect(ballot(right, sameNames).stage == .fixed)
        #expect(ballot(right, count(163, 161, 149, 7, 5, ["A", "B", "D"])).differing == [.counters])
    }

    @Test func eachPersonMakesOneEntryAndMendsTheirOwn() throws {
        let right = count(163, 161, 149, 7, 5)
        let wrong = count(163, 161, 148, 8, 5)
        func place(_ ballot: Recognition.Ballot, _ person: Member1, _ hands: [Member1] = []) -> String {
            do throws(Refusal) { return "\(try ballot.place(for: person.id, hands: hands.map(\.id)))" } catch {
                return error.key.split(separator: ".").last.map(String.init) ?? ""
            }
        }
        #expect(place(ballot(nil, nil), .one) == "1")
        #expect(place(ballot(nil, nil, out: nil), .one) == "notHandedOut")
        #expect(place(ballot(right, nil), .one) == "1" && place(ballot(right, nil), .two) == "2")
        #expect(place(ballot(wrong, right), .one) == "1" && place(ballot(wrong, right), .two) == "2")
        #expect(place(ballot(wrong, right), .three) == "twoAlready")
        #expect(place(ballot(right, right), .one) == "fixed")
        // Whoever stands in for another, and for whom they stand in, are one.
        #expect(place(ballot(right, nil), .two, [.one, .two]) == "sameHands")
        #expect(place(ballot(right, nil), .two, [.two, .three]) == "2")
        #expect(place(ballot(nil, nil), .two, [.one, .two]) == "1")
        #expect(place(ballot(right, nil), .one, [.one, .two]) == "1", "their own is theirs to put right")
    }

    @Test func moreSlipsThanHouseholdsAreRefused() {
        #expect(ballot(nil, nil, out: nil).refusal(ofHandingOut: 214) == nil)
        let refusal = ballot(nil, nil, out: nil).refusal(ofHandingOut: 215)
        #expect(refusal?.key == "recognition.ballot.refusal.tooManySlips")
        #expect(refusal?.arguments == ["slips": "215", "households": "214"])
        #expect(
            ballot(count(1, 1, 1, 0, 0), nil).refusal(ofHandingOut: 200)?.key
                == "recognition.ballot.refusal.countedAlready")
    }

    /// Sixty of a hundred households, eighty of a hundred valid slips: two wholes.
    @Test(arguments: [
        (129, 129, 129, true, true), (128, 128, 128, false, true), (163, 161, 128, true, false),
        (163, 161, 129, true, true), (0, 0, 0, false, false),
    ])
    func twoSharesHaveTwoWholes(returned: Int, valid: Int, satisfied: Int, answers: Bool, pleased: Bool) {
        let both = count(returned, valid, satisfied, valid - satisfied, 0)
        let made = ballot(both, both)
        #expect(made.isAnswered(by: terms) == answers && made.isSatisfied(by: terms) == pleased)
        #expect(made.passes(by: terms) == (answers && pleased))
    }

    @Test func underTwentyValidSlipsOnlyPassOrNotIsShown() throws {
        let few = count(20, 19, 19, 0, 0)
        let enough = count(20, 20, 20, 0, 0)
        let hidden = try #require(RecognitionBallotResultAnswer(ballot(few, few), by: terms))
        #expect(hidden.returned == nil && hidden.satisfied == nil)
        let shown = try #require(RecognitionBallotResultAnswer(ballot(enough, enough), by: terms))
        #expect(shown.returned == 20 && shown.satisfied == 20)
    }

    @Test func submissionWaitsForPostingAnswersAndBallot() throws {
        let days = Recognition.PostingDays(from: try day("2026-09-20"), by: terms)
        let right = count(163, 161, 149, 7, 5)
        func keys(_ unanswered: Int, _ ballot: Recognition.Ballot, _ today: String) throws -> [String] {
            let refusal = Recognition.Readiness.refusal(
                posting: days, unanswered: unanswered, ballot: ballot, by: terms, on: try day(today), language: .vi)
            return (refusal?.all ?? []).map { String($0.key.dropFirst("recognition.".count)) }
        }
        #expect(try keys(0, ballot(right, right), "2026-09-30") == [])
        #expect(try keys(0, ballot(right, right), "2026-09-29") == ["posting.refusal.running"])
        #expect(try keys(1, ballot(right, right), "2026-09-30") == ["posting.refusal.unanswered"])
        #expect(try keys(0, ballot(right, nil), "2026-09-30") == ["ballot.refusal.open.once"])
        #expect(
            try keys(2, ballot(nil, nil, out: nil), "2026-09-21") == [
                "posting.refusal.running", "posting.refusal.unanswered", "ballot.refusal.open.prepared",
            ])
        let few = count(100, 100, 100, 0, 0)
        // A ballot that falls short keeps nothing back; it is said (docs/decisions/0013).
        func shortfall(_ ballot: Recognition.Ballot) -> String? {
            Recognition.Readiness.shortfall(of: ballot, by: terms).map {
                String($0.key.dropFirst("recognition.".count))
            }
        }
        #expect(try keys(0, ballot(few, few), "2026-09-30") == [])
        #expect(shortfall(ballot(few, few)) == "ballot.shortfall.fewReturned")
        let displeased = count(163, 161, 100, 61, 0)
        #expect(try keys(0, ballot(displeased, displeased), "2026-09-30") == [])
        #expect(shortfall(ballot(displeased, displeased)) == "ballot.shortfall.fewSatisfied")
        #expect(shortfall(ballot(right, right)) == nil && shortfall(ballot(right, nil)) == nil)
    }

    @Test func anAddressSendsTenCommentsAnHourAndAnIPv6CustomerIsOne() throws {
        let now = try day("2026-09-21").start + .hours(9)
        #expect(Recognition.CommentLimit.refusal(counted: 9, at: now) == nil)
        #expect(Recognition.CommentLimit.refusal(counted: 10, at: now)?.kind == .tooMany)
        let bucket = Recognition.CommentLimit.bucket
        #expect(bucket("203.0.113.7") == "203.0.113.7")
        #expect(bucket("2001:db8::1") == bucket("2001:0db8:0:0:ffff::9"))
        #expect(bucket("2001:db8:1:2::1") != bucket("2001:db8:1:3::1"))
    }
}
