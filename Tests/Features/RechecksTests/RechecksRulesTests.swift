import Core
import Criteria
import Testing

@testable import Rechecks

@Suite("The rules of a re-check") struct RechecksRulesTests {
    private func indicator(_ code: String, _ needed: Int64, mandatory: Bool = false) -> Criteria.Indicator {
        Criteria.Indicator(
            code, Criteria.Name(code), kind: .percentage, unit: .percent, comparison: .atLeast,
            thresholds: [Criteria.Threshold(.quantity(Quantity(thousandths: needed * 1_000)))], isMandatory: mandatory,
            notApplicableIf: "none")
    }

    private func set(mandatory: Bool = true) -> CriteriaSet {
        CriteriaSet(
            code: "T", name: Criteria.Name("T"), effectiveFrom: .first,
            titles: [Criteria.Title("model", Criteria.Name("Model"), pass: Criteria.PassRule())],
            term: Criteria.Term(years: 3, recheckMonths: 12),
            standards: [
                Criteria.Standard(
                    "I", Criteria.Name("I"),
                    indicators: [indicator("I.1", 50, mandatory: mandatory), indicator("I.2", 60)]),
                Criteria.Standard(
                    "II", Criteria.Name("II"), indicators: [indicator("II.1", 70), indicator("II.2", 80)]),
            ])
    }

    private func percent(_ whole: Int64) -> Criteria.Value { .quantity(Quantity(thousandths: whole * 1_000)) }

    @Test func lightAndFullTakeTurns() {
        #expect((1...5).map { Rechecks.Kind.inTurn($0) } == [.light, .full, .light, .full, .light])
    }

    @Test func aRecheckFallsIntoTheYearByTheSetsMonths() {
        func number(_ granted: String, _ year: Int, months: Int = 12) -> Int? {
            Rechecks.Terms(
                months: months, lookDays: 45, mending: .calendar(30), invitationDays: 7, isConstructed: true
            ).number(granted: Day(iso: granted) ?? .first, year: year)
        }
        #expect(number("2026-11-18", 2026) == nil && number("2026-11-18", 2027) == 1)
        #expect(number("2023-12-22", 2026) == 3 && number("2024-11-11", 2026) == 2 && number("2025-11-10", 2026) == 1)
        #expect(number("2025-11-10", 2026, months: 24) == nil && number("2025-11-10", 2027, months: 24) == 1)
    }

    @Test func theListOfALightRecheckIsShort() {
        func codes(
            _ kind: Rechecks.Kind, _ changed: Set<String> = [], _ fallen: Set<String> = [], mandatory: Bool = true
        )
            -> [String]
        {
            Rechecks.Listed.of(
                set(mandatory: mandatory), for: "model", kind, changed: changed, fallenBefore: fallen
            ).map { "\($0.code) \($0.why.rawValue)" }
        }
        #expect(codes(.light) == ["I.1 mandatory"])
        #expect(codes(.light, ["II.2"]) == ["I.1 mandatory", "II.2 changed"])
        #expect(
            codes(.light, ["II.2"], ["II.2", "I.2"]) == ["I.1 mandatory", "I.2 fallenBefore", "II.2 fallenBefore"])
        #expect(codes(.full, ["II.2"]) == ["I.1 mandatory", "I.2 all", "II.1 all", "II.2 changed"])
        #expect(codes(.light, mandatory: false) == ["I.1 mandatory", "II.1 mandatory"], "no re-check is empty")
    }

    private func finding(_ first: [String: Int64], _ again: [String: Int64] = [:], granted: [String: Int64] = [:])
        -> Rechecks.Finding
    {
        Rechecks.Finding(
            set(), for: Criteria.Aim("model"), listed: ["I.1", "I.2", "II.1"], granted: granted.mapValues(percent),
            first.map { Rechecks.Found($0, turn: 1, percent($1)) }
                + again.map { Rechecks.Found($0, turn: 2, percent($1)) })
    }

    /// Nobody says that something fell of which nobody knows how it was.
    @Test func onlyWhatIsKnownToHaveBeenMetFell() {
        let cases: [(now: Int64, granted: Int64?, lacking: Bool, fell: Bool)] = [
            (50, 55, false, false), (49, 55, true, true), (49, 45, false, false), (49, nil, true, false),
            (50, nil, false, false),
        ]
        for one in cases {
            let found = finding(["I.1": one.now], granted: one.granted.map { ["I.1": $0] } ?? [:])
            #expect((found.lacking == ["I.1"]) == one.lacking && found.hasFallen("I.1") == one.fell, "\(one)")
        }
    }

    /// The time to mend a title is its own, never that of a returned dossier.
    @Test func theTimeToMendIsTheTitles() {
        func terms(_ mending: Deadline?, _ title: Deadline?) -> Rechecks.Terms {
            var set = set()
            set.procedure = Criteria.Procedure(mending: mending, titleMending: title)
            return .of(set)
        }
        let cases: [(mending: Deadline?, title: Deadline?, wanted: Deadline)] = [
            (nil, nil, .calendar(30)), (.working(10), nil, .calendar(30)), (.working(10), .working(20), .working(20)),
            (nil, .calendar(45), .calendar(45)),
        ]
        for one in cases { #expect(terms(one.mending, one.title).mending == one.wanted, "\(one)") }
        #expect(Rechecks.Terms.of(nil).mending == .calendar(30))
        let working = terms(nil, .working(20))
        #expect(working.mending(days: 25) == .working(25) && Rechecks.Terms.standard.mending(days: 40) == .calendar(40))
        #expect(working.refusalToMend(inDays: 20) == nil)
        #expect(working.refusalToMend(inDays: 19)?.key == "rechecks.refusal.tooShort.working")
        #expect(Rechecks.Terms.standard.refusalToMend(inDays: 29)?.key == "rechecks.refusal.tooShort.calendar")
    }

    @Test func aSignedNoticeIsNeitherAheadNorOldNorBeforeTheLook() {
        func day(_ iso: String) -> Day { Day(iso: iso) ?? .first }
        let cases: [(signed: String, today: String, wanted: String?)] = [
            ("2027-11-02", "2027-11-02", nil), ("2027-11-03", "2027-11-02", "rechecks.refusal.signedAhead"),
            ("2027-10-31", "2027-11-02", "rechecks.refusal.signedBeforeWatch"),
            ("2027-11-01", "2027-11-02", "rechecks.refusal.signedBeforeDraft"),
            // Thirty days from 2 November end on 2 December: entered that day nothing would be left.
            ("2027-11-02", "2027-12-01", nil), ("2027-11-02", "2027-12-02", "rechecks.refusal.noticeTooOld"),
        ]
        for one in cases {
            let refusals = Rechecks.refusals(
                ofNoticeSigned: day(one.signed), watched: day("2027-11-01"), drafted: day("2027-11-02"),
                term: .calendar(30), on: day(one.today))
            #expect(refusals.map(\.key) == (one.wanted.map { [$0] } ?? []), "\(one)")
        }
    }

    /// "Not concluded" is whatever is neither kept nor ended nor taken back.
    @Test func whatIsNotConcluded() {
        #expect(
            [.due] + Rechecks.State.underWay == [
                .due, .watched, .warning, .noticed, .answered, .summoned, .heard, .withdrawing,
            ])
    }

    @Test func whatFellIsWhatWasMetAndIsNotAnyMore() {
        let cases: [(finding: Rechecks.Finding, lacking: [String], unmended: [String])] = [
            (finding(["I.1": 50, "I.2": 60, "II.1": 70]), [], []),
            (finding(["I.1": 49, "I.2": 60, "II.1": 69]), ["I.1", "II.1"], ["I.1", "II.1"]),
            (finding(["I.1": 49, "I.2": 60, "II.1": 69], ["I.1": 55]), ["I.1", "II.1"], ["II.1"]),
            (finding(["I.1": 49, "I.2": 60, "II.1": 69], ["I.1": 48, "II.1": 70]), ["I.1", "II.1"], ["I.1"]),
            // What was not met when the title was granted has not fallen since.
            (finding(["I.1": 50, "I.2": 60, "II.1": 60], granted: ["II.1": 65]), [], []),
            (finding(["I.1": 50, "I.2": 60, "II.1": 60], granted: ["II.1": 75]), ["II.1"], ["II.1"]),
        ]
        for (index, one) in cases.enumerated() {
            #expect(one.finding.lacking == one.lacking && one.finding.unmended == one.unmended, "case \(index)")
            #expect((one.finding.refusalToKeep() == nil) == one.unmended.isEmpty, "case \(index)")
        }
        #expect(finding(["I.1": 50]).open == ["I.2", "II.1"])
        #expect(finding(["I.1": 50]).refusalToConclude()?.key == "rechecks.refusal.open")
        #expect(finding(["I.1": 49]).refusalToKeep()?.key == "rechecks.refusal.unmended")
        // A full re-check of many names every one that is open.
        let many = (1...26).map { "V.\($0)" }
        let whole = Rechecks.Finding(set(), for: Criteria.Aim("model"), listed: many, granted: [:], [])
        #expect(whole.refusalToConclude()?.arguments["codes"] == many.joined(separator: ", "))
    }

    @Test func aNoticeNamesWhatFellAndWhy() {
        let fallen = finding(["I.1": 49, "I.2": 60, "II.1": 69])
        func keys(_ reasons: [String: String]) -> [String] {
            fallen.refusals(of: reasons).map { "\($0.key.split(separator: ".").last ?? "") \($0.field ?? "")" }
        }
        #expect(keys([:]) == ["noticeNeedsReason "])
        #expect(keys(["I.1": "x"]) == ["reasonAtEach reason.II.1"])
        #expect(keys(["I.1": "x", "II.1": "y"]) == [])
        #expect(keys(["I.1": "x", "II.1": "y", "I.2": "z"]) == ["notLacking "])
    }

    @Test func nobodyIsHeardUninvitedOrLate() {
        let day = Day(iso: "2027-11-15") ?? .first
        let terms = Rechecks.Terms.standard
        func invite(_ after: Int) -> String? {
            Rechecks.Hearing.refusalToInvite(to: day.adding(days: after), on: day, terms)?.key
        }
        #expect(invite(6) == "rechecks.refusal.invitedLate" && invite(7) == nil)
        let hearing = Rechecks.Hearing(invitedOn: day, day: day.adding(days: 7))
        #expect(hearing.refusalToRecord(on: day.adding(days: 6))?.key == "rechecks.refusal.hearingAhead")
        #expect(hearing.refusalToRecord(on: day.adding(days: 7)) == nil)
        func summon(_ state: Rechecks.State, _ until: Int?) -> String? {
            Rechecks.Hearing.refusalToSummon(from: state, mendUntil: until.map { day.adding(days: $0) }, on: day)?.key
        }
        #expect(summon(.noticed, 0) == "rechecks.refusal.timeLeft" && summon(.noticed, -1) == nil)
        #expect(summon(.answered, 20) == nil)
        func putOff(_ days: Int, at minutes: Int) -> String? {
            Rechecks.Hearing.refusalToPutOff(from: day, at: 480, to: day.adding(days: days), at: minutes)?.key
        }
        #expect(putOff(0, at: 480) == "rechecks.refusal.sameHearing")
        #expect(putOff(0, at: 510) == nil && putOff(1, at: 480) == nil)
    }

    @Test func whatIsLookedAtAgainCountsBeforeItIsWritten() {
        let fallen = finding(["I.1": 49, "I.2": 60, "II.1": 69])
        func again(_ code: String, _ value: Int64) -> Rechecks.Found { Rechecks.Found(code, turn: 2, percent(value)) }
        #expect(fallen.looking(again: [again("I.1", 50)]).unmended == ["II.1"])
        #expect(fallen.looking(again: [again("I.1", 50), again("II.1", 70)]).unmended.isEmpty)
        #expect(fallen.unmended == ["I.1", "II.1"])
    }

    @Test func moreTimeIsMoreAndEndsWithTheTitle() {
        let day = Day(iso: "2027-11-15") ?? .first
        func extend(_ to: Int, due: Int?, until: Int?) -> String? {
            Rechecks.refusalToExtend(
                to: day.adding(days: to), due: due.map { day.adding(days: $0) },
                title: until.map { day.adding(days: $0) }, on: day)?.key
        }
        #expect(
            extend(10, due: 10, until: nil) == "rechecks.refusal.noMoreTime" && extend(11, due: 10, until: nil) == nil)
        #expect(
            extend(0, due: -5, until: nil) == "rechecks.refusal.noMoreTime" && extend(1, due: -5, until: nil) == nil)
        // A slip of the pen, 2207 for 2027, as well.
        #expect(
            extend(30, due: 10, until: 30) == "rechecks.refusal.beyondTitle" && extend(29, due: 10, until: 30) == nil)
        #expect(extend(65_000, due: 10, until: 300) == "rechecks.refusal.beyondTitle")
    }

    @Test func aRoundEndsWithinItsYearButNotAtOnce() {
        func ends(_ day: String) -> String {
            Rechecks.Terms.standard.roundEnds(openedOn: Day(iso: day) ?? .first).isoText
        }
        #expect(ends("2026-10-12") == "2026-11-26" && ends("2026-12-01") == "2026-12-31")
        #expect(ends("2026-12-28") == "2027-01-11")
        func late(_ due: String, _ day: String) -> String {
            Rechecks.Terms.standard.lateEnds(round: Day(iso: due) ?? .first, on: Day(iso: day) ?? .first).isoText
        }
        #expect(late("2026-11-26", "2026-10-20") == "2026-11-26" && late("2026-11-26", "2026-11-20") == "2026-12-04")
    }
}
