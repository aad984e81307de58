import Core
import Criteria
import Database
import Testing

@testable import Recognition

/// Draw, routes, changes of members, offices' confirmations, the four sides: tables of cases.
@Suite("Rules of the whole panel") struct RecognitionPanelWholeRulesTests {
    private static func id(_ number: UInt64) -> ID { ID(high: 0x7003, low: 1 << 63 | number) }
    private static let people = (1...4).map { id(UInt64($0)) }
    private static let codes = (1...17).map { "X.\($0)" }

    private static func draw(_ seed: String) -> Recognition.PanelDraw {
        Recognition.PanelDraw(seed) { ByteDigest.of(Array($0.utf8)) }
    }

    @Test func theDrawIsRepeatableAndLeavesNobodyWithoutAChance() {
        let dossier = Self.id(900)
        let once = Self.draw("seed").drawn(from: Self.codes, of: dossier)
        #expect(once.count == 4 && once == Self.draw("seed").drawn(from: Self.codes.reversed(), of: dossier))
        #expect(once != Self.draw("other").drawn(from: Self.codes, of: dossier))
        var often: [String: Int] = [:]
        for seed in 0..<400 {
            for code in Self.draw("\(seed)").drawn(from: Self.codes, of: dossier) { often[code, default: 0] += 1 }
        }
        // 400 draws of 4 out of 17: about 94 each; none is near nought.
        #expect(often.count == Self.codes.count && (often.values.min() ?? 0) > 50)
        let order = Self.draw("seed").order(Self.people, for: "X.1", of: dossier)
        #expect(Set(order) == Set(Self.people))
        #expect(order == Self.draw("seed").order(Self.people.reversed(), for: "X.1", of: dossier))
    }

    @Test(arguments: [(0, 0), (1, 1), (2, 2), (9, 2), (10, 2), (11, 3), (17, 4), (40, 8)])
    func oneInFiveIsDrawnAtLeastTwo(others: Int, drawn: Int) {
        #expect(Recognition.PanelDraw.count(of: others) == drawn)
    }

    private static func standing(
        _ index: Int, _ declaration: Recognition.Declaration? = Recognition.Declaration.none, hasLeft: Bool = false
    ) -> Recognition.PanelStanding {
        Recognition.PanelStanding(
            Recognition.PanelSeat(people[index], "P\(index)", index == 0 ? .chair : .member),
            declaration: declaration, hasLeft: hasLeft)
    }

    private static func score(_ index: Int, _ code: String, _ whole: Int64) -> Recognition.PanelScore {
        Recognition.PanelScore(code: code, person: people[index], value: Scene.percent(whole))
    }

    @Test func aDrawnIndicatorIsScoredByTheTwoTheDrawAsks() {
        func scoring(
            _ standings: [Recognition.PanelStanding], _ scores: [Recognition.PanelScore]
        ) -> Recognition.PanelScoring {
            Recognition.PanelScoring(
                judged: ["a", "b"], drawn: ["b": [Self.people[2], Self.people[0], Self.people[1]]],
                standings: standings, scores: scores, settlements: [], isClosed: false)
        }
        let three = [0, 1, 2].map { Self.standing($0) }
        let none = scoring(three, [])
        #expect(none.assigned("a") == Self.people.prefix(3).map { $0 })
        #expect(none.assigned("b") == [Self.people[2], Self.people[0]])
        #expect(none.refusalToScore("b", by: Self.people[0]) == nil)
        #expect(none.refusalToScore("b", by: Self.people[1])?.key == "recognition.panel.refusal.notDrawn")
        let two = scoring(three, [Self.score(2, "b", 60), Self.score(0, "b", 60)])
        #expect(two.isOpen("b") && !two.isOpen("a") && two.agreed("b") == Scene.percent(60))
        // Whoever declares a tie gives the place to the next one in the draw.
        let tied = [Self.standing(0), Self.standing(1), Self.standing(2, .kin)]
        #expect(scoring(tied, []).assigned("b") == [Self.people[0], Self.people[1]])
    }

    @Test func whoLeftKeepsTheirScoresAndIsNotWaitedFor() {
        let standings = [Self.standing(0), Self.standing(1, hasLeft: true), Self.standing(2), Self.standing(3)]
        let scores = [Self.score(1, "a", 70), Self.score(0, "a", 72), Self.score(2, "a", 72)]
        func scoring(_ scores: [Recognition.PanelScore]) -> Recognition.PanelScoring {
            Recognition.PanelScoring(
                judged: ["a"], standings: standings, scores: scores, settlements: [], isClosed: false)
        }
        let waiting = scoring(scores)
        #expect(!waiting.isOpen("a") && waiting.count("a") == 3)
        #expect(waiting.refusalToScore("a", by: Self.people[1])?.key == "recognition.panel.refusal.notMember")
        let all = scoring(scores + [Self.score(3, "a", 72)])
        #expect(all.isOpen("a") && all.differs("a") && all.visible("a", to: nil).count == 4)
    }

    @Test func aPanelWithFewerThanTheRulesSayCannotConclude() {
        func keys(_ standings: [Recognition.PanelStanding], contradicted: [String] = []) -> [String] {
            let scores = standings.indices.map { Self.score($0, "a", 70) }
            return Recognition.PanelClosing(
                scoring: Recognition.PanelScoring(
                    judged: ["a"], standings: standings, scores: scores, settlements: [], isClosed: false),
                visits: 1, least: 3, contradicted: contradicted
            ).refusals.map { String($0.key.dropFirst("recognition.panel.refusal.".count)) }
        }
        #expect(keys([0, 1, 2].map { Self.standing($0) }).isEmpty)
        #expect(keys([Self.standing(0), Self.standing(1)]) == ["tooFewSeated"])
        #expect(keys([Self.standing(0), Self.standing(1), Self.standing(2, hasLeft: true)]) == ["tooFewSeated"])
        #expect(keys([0, 1, 2].map { Self.standing($0) }, contradicted: ["b"]) == ["contradicted"])
    }

    @Test func aMemberIsChangedWithAReason() {
        let seats = [
            Recognition.PanelSeat(Self.people[0], "A", .chair), Recognition.PanelSeat(Self.people[1], "B", .secretary),
            Recognition.PanelSeat(Self.people[2], "C", .member),
        ]
        let fourth = Recognition.PanelSeat(Self.people[3], "D", .member)
        func keys(
            _ leaving: ID, _ joining: Recognition.PanelSeat?, _ reason: String = "Chuyển công tác",
            ties: [String] = [], was: Bool = false
        ) -> [String] {
            let change = Recognition.PanelChange(
                seats: seats, leaving: leaving, joining: joining, reason: reason, ties: ties, wasMember: was)
            return (change.refusal?.all ?? []).map { String($0.key.dropFirst("recognition.panel.refusal.".count)) }
        }
        #expect(keys(Self.people[2], fourth).isEmpty && keys(Self.people[0], fourth).isEmpty)
        #expect(keys(Self.people[2], nil).isEmpty)
        #expect(keys(Self.people[0], nil) == ["dutyEmpty.chair"])
        #expect(keys(Self.people[1], nil) == ["dutyEmpty.secretary"])
        #expect(keys(Self.people[3], nil, " ") == ["notOnIt", "changeReason"])
        #expect(
            keys(Self.people[2], seats[0]) == ["onItAlready"]
                && keys(Self.people[2], fourth, was: true) == ["onItAlready"])
        #expect(keys(Self.people[2], fourth, ties: ["Thông Xanh"]) == ["ownArea"])
    }

    private struct Declared: Sendable {
        let declaration: Recognition.Declaration
        var reason: String?
        var wasOffice = false
        var wanted: String?
    }

    @Test func aTieIsExplainedAndAFormerOfficeAskedAbout() {
        let cases = [
            Declared(declaration: .none), Declared(declaration: .resident), Declared(declaration: .kin),
            Declared(declaration: .conflict, wanted: "conflictReason"),
            Declared(declaration: .conflict, reason: " ", wanted: "conflictReason"),
            Declared(declaration: .conflict, reason: "Nợ nhau"),
            Declared(declaration: .none, wasOffice: true, wanted: "formerOffice"),
            Declared(declaration: .none, reason: "Thôi từ 2019", wasOffice: true),
            Declared(declaration: .kin, wasOffice: true),
        ]
        for entry in cases {
            let refusal = Recognition.refusal(
                of: entry.declaration, reason: entry.reason, for: Self.id(9), wasOffice: entry.wasOffice)
            #expect(refusal?.key == entry.wanted.map { "recognition.panel.refusal.\($0)" }, "\(entry)")
        }
    }

    @Test(
        arguments: [
            ("8:30", 510), ("08:30", 510), ("8h30", 510), ("8h", 480), ("8", 480), ("17:05", 1025), ("24:00", nil),
            ("8:60", nil), ("sáng", nil), ("", nil), ("8:30:00", nil),
        ] as [(String, Int?)]) func aTimeIsReadAsPeopleTypeIt(typed: String, minutes: Int?)
    {
        #expect(Recognition.VisitRoute.minutes(of: typed) == minutes)
        if let minutes { #expect(Recognition.VisitRoute.clock(minutes).count == 5) }
    }

    @Test func aRouteIsRefusedWithTheRuleInWords() throws {
        let today = try #require(Day(iso: "2026-10-20"))
        func keys(_ ahead: Int, _ starts: [Int]) -> [String] {
            let route = Recognition.VisitRoute(
                day: today.adding(days: ahead),
                stops: starts.enumerated().map {
                    Recognition.VisitStop(
                        dossier: Self.id(UInt64($0 + 1)), area: "A\($0)", start: $1, isAnnounced: false)
                })
            return (route.refusal(on: today)?.all ?? []).map {
                String($0.key.dropFirst("recognition.route.refusal.".count))
            }
        }
        #expect(keys(1, [480, 560]).isEmpty && keys(0, [480]).isEmpty)
        #expect(keys(-1, [480]) == ["past"] && keys(61, [480]) == ["ahead"] && keys(1, []) == ["empty"])
        #expect(keys(1, [300]) == ["hours"] && keys(1, [480, 500]) == ["tooClose"])
        #expect(Recognition.VisitRoute.hasEnoughUnannounced(1, of: 3))
        #expect(!Recognition.VisitRoute.hasEnoughUnannounced(1, of: 4))
    }

    @Test func anOfficeConfirmsOrSaysWhatItHasAndWhy() {
        let (asked, other) = (Scene.percent(90), Scene.percent(88))
        func keys(_ answer: Recognition.ConfirmationAnswer) -> [String] {
            (answer.refusal(asked: asked, key: "k")?.all ?? []).map {
                String($0.key.dropFirst("recognition.confirmation.refusal.".count))
            }
        }
        #expect(keys(.init(.confirmed)).isEmpty)
        #expect(keys(.init(.differs, value: other, reason: "Đếm lại")).isEmpty)
        #expect(keys(.init(.differs)) == ["noValue", "noReason"])
        #expect(keys(.init(.differs, value: asked, reason: "x")) == ["same"])
        #expect(keys(.init(.differs, value: other, reason: " ")) == ["noReason"])
        func confirmation(_ code: String, _ answer: Recognition.Confirmed?) -> Recognition.Confirmation {
            Recognition.Confirmation(
                id: Self.id(1), code: code, organisation: Self.id(2), office: "x", askedAt: Day.first.start,
                asked: asked, answer: answer, value: answer == .differs ? other : nil)
        }
        let all = [confirmation("a", .differs), confirmation("b", .confirmed), confirmation("c", nil)]
        #expect(Recognition.contradicted(all, by: { _ in asked }, settled: []) == ["a"])
        #expect(Recognition.contradicted(all, by: { _ in asked }, settled: ["a"]).isEmpty)
        #expect(Recognition.contradicted(all, by: { _ in other }, settled: []).isEmpty)
    }

    @Test func theMostDifferentStandFirst() {
        func said(_ whole: Int64, _ points: Int) -> Recognition.FourWay.Said {
            Recognition.FourWay.Said(Scene.percent(whole), points: points)
        }
        func residents(_ votes: Int, isDisputed: Bool = false) -> Recognition.FourWay.Residents {
            Recognition.FourWay.Residents(
                votes: votes, present: 158, isCarried: votes >= 80, isDisputed: isDisputed)
        }
        let lines = [
            Recognition.FourWay(
                code: "same", own: said(90, 400), check: said(90, 400), panel: said(90, 400),
                residents: residents(156), worth: 400),
            Recognition.FourWay(
                code: "values", own: said(92, 400), check: said(91, 400), panel: said(90, 400),
                residents: residents(156), worth: 400),
            Recognition.FourWay(
                code: "points", own: said(74, 200), check: said(71, 200), panel: said(68, 0),
                residents: residents(139, isDisputed: true), worth: 200),
            Recognition.FourWay(
                code: "down", own: said(1, 400), check: said(1, 400), panel: nil, residents: residents(74),
                worth: 400),
            Recognition.FourWay(code: "empty", own: nil, check: nil, panel: nil, residents: nil, worth: 100),
        ]
        #expect(lines.map(\.points) == [0, 0, 200, 400, 0])
        #expect(lines.map(\.differs) == [false, true, true, true, false])
        #expect(Recognition.FourWay.byDifference(lines).map(\.code) == ["down", "points", "values", "same", "empty"])
    }

    @Test(
        arguments: [
            (Recognition.SubmissionState.sent, 0, "Sai số", nil), (.sent, 0, " ", "recognition.refusal.reasonNeeded"),
            (.sent, 1, "Sai số", "recognition.submission.refusal.received"),
            (.received, 0, "Sai số", "recognition.submission.refusal.received"),
            (.draft, 0, "Sai số", "recognition.submission.refusal.notSent"),
            (.recalled, 0, "Sai số", "recognition.submission.refusal.recalledAlready"),
        ] as [(Recognition.SubmissionState, Int, String, String?)])
    func aListIsTakenBackUntilItIsReceived(
        state: Recognition.SubmissionState, taken: Int, reason: String, wanted: String?
    ) {
        #expect(Recognition.refusalToRecall(state, taken: taken, reason: reason)?.key == wanted)
    }
}
