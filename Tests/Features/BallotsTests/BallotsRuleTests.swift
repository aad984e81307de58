import Core
import Foundation
import TestKit
import Testing

@testable import Ballots

@Suite("Ballots: the rules") struct BallotsRuleTests {
    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    @Test func aCodeIsSixteenDigitsAndFindsEverySlipOfTheFinger() throws {
        var generator = SeededGenerator(seed: 16)
        for _ in 0..<200 {
            let code = Ballots.Code(number: generator.next() % Ballots.Code.numbers)
            #expect(code.digits.count == 16)
            #expect(try Ballots.Code(typed: code.shown) == code)
            let digits = Array(code.digits)
            for place in 0..<16 {
                for other in "0123456789" where other != digits[place] {
                    var wrong = digits
                    wrong[place] = other
                    #expect(throws: Refusal.self) { try Ballots.Code(typed: String(wrong)) }
                }
                if place > 0, digits[place] != digits[place - 1] {
                    var swapped = digits
                    swapped.swapAt(place, place - 1)
                    #expect(throws: Refusal.self) { try Ballots.Code(typed: String(swapped)) }
                }
            }
        }
    }

    @Test(arguments: [
        ("", "ballots.refusal.codeLength"), ("1234", "ballots.refusal.codeLength"),
        ("1234 5678 9012 345O", "ballots.refusal.codeLetters"), ("12345678901234567", "ballots.refusal.codeLength"),
        ("1111 1111 1111 1111", "ballots.refusal.codeTyped"),
    ])
    func whatIsTypedWronglyIsToldInWords(_ typed: String, _ key: String) {
        do {
            _ = try Ballots.Code(typed: typed)
            Issue.record("\(typed) was taken")
        } catch {
            #expect(error.key == key && error.field == "code")
        }
    }

    @Test func aCodeMayBeTypedWithAnythingBetween() throws {
        let code = Ballots.Code(number: 123_456_789_012_345)
        let digits = code.digits
        for typed in [
            digits, code.shown, "  \(code.shown.replacing(" ", with: "-")) ", code.shown.replacing(" ", with: "."),
        ] {
            #expect(try Ballots.Code(typed: typed) == code)
        }
    }

    @Test func evenBytesMakeEvenCodes() {
        #expect(Ballots.Code(bytes: [UInt8](repeating: 255, count: 8)) == nil)
        #expect(Ballots.Code(bytes: [UInt8](repeating: 0, count: 8))?.digits == "0000000000000000")
    }

    @Test func neverMoreCodesThanHouseholds() {
        let allowance = Ballots.Allowance(households: 214, paper: 100, codes: 100, spares: 0)
        #expect(allowance.codesLeft == 14)
        #expect(allowance.refusal(ofIssuing: 14, as: .household) == nil)
        #expect(allowance.refusal(ofIssuing: 15, as: .household)?.key == "ballots.refusal.codesMost")
        #expect(allowance.refusal(ofPaper: 114) == nil)
        #expect(allowance.refusal(ofPaper: 115)?.key == "ballots.refusal.paperMost")
        #expect(allowance.refusal(ofIssuing: 1_001, as: .household)?.key == "ballots.refusal.batchMost")
    }

    @Test(arguments: [(3, 3), (60, 3), (61, 4), (214, 11), (520, 26)])
    func spareCodesAreFew(_ households: Int, _ most: Int) {
        let allowance = Ballots.Allowance(households: households, paper: 0, codes: households, spares: 1)
        #expect(allowance.sparesMost == most && allowance.sparesLeft == most - 1)
        #expect(allowance.refusal(ofIssuing: most, as: .spare)?.key == "ballots.refusal.sparesMost")
        #expect(allowance.refusal(ofIssuing: most - 1, as: .spare) == nil)
    }

    @Test func aBallotIsNotClosedEarlyAndOnlyPutOff() throws {
        let window = Ballots.Window(from: try day("2026-09-20"), last: try day("2026-09-29"))
        #expect(window.refusalToClose(on: try day("2026-09-29"), .vi)?.key == "ballots.refusal.closesEarly")
        #expect(window.refusalToClose(on: try day("2026-09-30"), .vi) == nil)
        #expect(window.refusalToVote(on: try day("2026-09-19"), .vi)?.key == "ballots.refusal.notYet")
        #expect(window.refusalToVote(on: try day("2026-09-20"), .vi) == nil)
        #expect(window.refusalToVote(on: try day("2026-09-30"), .vi)?.key == "ballots.refusal.over")
        let today = try day("2026-09-28")
        #expect(window.refusalToExtend(to: try day("2026-09-29"), on: today, .vi)?.key == "ballots.refusal.notLater")
        #expect(window.refusalToExtend(to: try day("2026-10-02"), on: today, .vi) == nil)
        #expect(window.refusalToExtend(to: try day("2026-12-02"), on: today, .vi)?.key == "ballots.refusal.tooLong")
    }

    private var set: Ballots.QuestionSet {
        Ballots.QuestionSet(topics: [
            Ballots.Question(code: "roads", vi: "Đường?"), Ballots.Question(code: "overall", vi: "again"),
            Ballots.Question(code: "roads", vi: "twice"), Ballots.Question(code: "waste", vi: "Rác?"),
        ])
    }

    @Test func aSlipNeedsAMarkAtEveryQuestion() throws {
        #expect(set.questions.map(\.code) == ["overall", "roads", "waste"])
        let slip = try set.slip(["overall": "satisfied", "roads": "unsatisfied", "waste": "noOpinion"])
        #expect(slip.letters == "sun" && set.slip(letters: "sun") == slip)
        #expect(set.slip(letters: "su") == nil && set.slip(letters: "sux") == nil && set.slip(letters: "sunn") == nil)
        do {
            _ = try set.slip(["overall": "satisfied", "waste": "perhaps"])
            Issue.record("a slip without marks was taken")
        } catch {
            #expect(error.all.map(\.field) == ["answer.roads", "answer.waste"])
        }
    }

    @Test func paperAndCodesAreAddedQuestionByQuestion() throws {
        let box = Ballots.Tally(set, [("sss", 10), ("sun", 5), ("garbage", 7)])
        #expect(box.valid == 15 && box.overall.satisfied == 15)
        #expect(box.line("roads")?.unsatisfied == 5 && box.line("waste")?.noOpinion == 5)
        let paper = Ballots.Tally(
            valid: 4,
            lines: [
                .init(code: "overall", satisfied: 1, unsatisfied: 2, noOpinion: 1),
                .init(code: "roads", satisfied: 4), .init(code: "waste", satisfied: 4),
            ])
        let both = paper + box
        #expect(both.valid == 19 && both.overall.satisfied == 16 && both.line("roads")?.satisfied == 14)
        for line in both.lines { #expect(line.satisfied + line.unsatisfied + line.noOpinion == both.valid) }
    }

    @Test func theSaltKeepsFewCountsFromBeingTriedOut() {
        func text(_ satisfied: Int) -> Ballots.ResultText {
            Ballots.ResultText(
                subject: ID(high: 1, low: 1), households: 30, paperOut: 0, codesOut: 30, sparesOut: 0, paperBack: 0,
                codesBack: 3, spoilt: 0,
                tally: Ballots.Tally(
                    valid: 3, lines: [.init(code: "overall", satisfied: satisfied, unsatisfied: 3 - satisfied)]))
        }
        let frozen = Ballots.Frozen(text(2).text(salt: "00112233445566778899aabbccddeeff"))
        #expect(Ballots.ResultText.salt(in: frozen.text) == "00112233445566778899aabbccddeeff")
        #expect(Ballots.Frozen(text(2).text(salt: "00112233445566778899aabbccddeeff")) == frozen)
        // Every possible count tried out without the salt meets nothing.
        for satisfied in 0...3 { #expect(Ballots.Frozen(text(satisfied).text(salt: "")).hash != frozen.hash) }
    }

    @Test func guessesAreCountedByAddress() throws {
        let now = try #require(Instant(isoText: "2026-11-10T03:00:00Z"))
        #expect(Ballots.GuessLimit.refusal(counted: 19, at: now) == nil)
        #expect(Ballots.GuessLimit.refusal(counted: 20, at: now)?.kind == .tooMany)
        #expect(Ballots.GuessLimit.bucket("2001:db8:1:2:3:4:5:6") == Ballots.GuessLimit.bucket("2001:db8:1:2::9"))
        #expect(Ballots.GuessLimit.bucket("10.0.0.1") != Ballots.GuessLimit.bucket("10.0.0.2"))
    }

    /// Of a few codes the offer and the answer are the same whether one of them was used or not.
    @Test(
        arguments: [
            (1, 0, 0, nil), (1, 0, 5, "batchSmall"), (1, 1, 5, "batchSmall"), (9, 0, 5, "batchSmall"),
            (9, 9, 9, "batchSmall"), (10, 0, 5, nil), (40, 1, 5, "batchUsed"), (40, 0, 0, nil),
        ] as [(Int, Int, Int, String?)])
    func whetherASmallBatchIsCancelledTellsNothing(_ codes: Int, _ used: Int, _ all: Int, _ refused: String?) {
        let batch = Ballots.Batch(
            id: ID(high: 1, low: 1), kind: .spare, codes: codes, burnt: used, by: nil, at: Day.first.start,
            cancelledAt: nil)
        let refusal = batch.refusalToCancel(inAll: all)
        #expect(refusal?.key == refused.map { "ballots.refusal.\($0)" })
        #expect(batch.mayTryCancelling(inAll: all) == (refused != "batchSmall"))
        #expect(refusal?.arguments.values.contains("\(used)") != true || used == 0)
    }
}
