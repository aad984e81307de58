import Core
import Criteria
import TestKit
import Testing

@testable import Recognition

/// Titles as events: what is held follows from the rows, and the totals balance whatever happens.
@Suite("The history of titles") struct RecognitionTitleHistoryTests {
    private static func set() -> CriteriaSet {
        func title(_ code: String, after: String = "") -> Criteria.Title {
            Criteria.Title(
                code, Criteria.Name(code),
                deciders: [Criteria.Decider(.district, "district"), Criteria.Decider(.province, "province")],
                after: after, pass: Criteria.PassRule())
        }
        return CriteriaSet(
            code: "T", name: Criteria.Name("T"), effectiveFrom: .first,
            titles: [title("outstanding"), title("model", after: "outstanding")], standards: [])
    }

    private static func id(_ number: Int) -> ID { ID(high: 0x7abc, low: 1 << 63 | UInt64(number)) }
    private static let start = Day(iso: "2020-01-06") ?? .first

    /// One random history told by the rules, with what a book kept by hand would hold at the end of each day.
    private struct Told {
        var events: [Recognition.TitleEvent] = []
        var days: [(day: Day, held: [Recognition.TitleKind: Int])] = []
        var refusedTwice = 0
    }

    private static func tell(_ random: inout SeededGenerator, _ ladder: Recognition.TitleLadder) -> Told {
        let kinds: [Recognition.TitleKind] = [
            .init("outstanding", .district), .init("outstanding", .province), .init("model", .district),
            .init("model", .province), .init("outstanding", .commune),
        ]
        var (told, day, next) = (Told(), start, 1)
        // The book: what each area holds. It knows nothing of rows.
        var book: [Int: [Recognition.Rung]] = [:]
        func kind(_ title: ID) -> Recognition.TitleKind {
            told.events.first { $0.title == title }?.kind ?? kinds[0]
        }
        for _ in 0..<Int.random(in: 8...26, using: &random) {
            day = day.adding(days: Int.random(in: 0...220, using: &random))
            for (area, rungs) in book {
                book[area] = rungs.filter { rung in
                    guard let until = rung.until, until <= day else { return true }
                    // Now and then the job that writes the row was late, or never came.
                    if Bool.random(using: &random) {
                        told.events.append(.init(title: rung.title, kind: rung.kind, act: .lapse, day: until))
                    }
                    return false
                }
            }
            let area = Int.random(in: 0..<4, using: &random)
            let held = book[area] ?? []
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<6:
                let new = kinds.randomElement(using: &random) ?? kinds[0]
                let decider = id(900 + (Criteria.Level.allCases.firstIndex(of: new.level) ?? 0))
                guard Recognition.TitleLadder.refusal(of: new, by: decider, over: held, on: day) == nil else {
                    told.refusedTwice += 1
                    break
                }
                let title = id(next)
                next += 1
                let until = Bool.random(using: &random) ? day.adding(months: 36) : nil
                told.events.append(
                    .init(title: title, kind: new, act: ladder.opening(of: new, over: held), day: day, until: until))
                book[area] =
                    held.filter { rung in
                        guard let act = ladder.replacement(of: rung, by: new) else { return true }
                        told.events.append(.init(title: rung.title, kind: rung.kind, act: act, day: day))
                        return false
                    } + [.init(title: title, kind: new, decider: decider, until: until)]
            case 6, 7:
                guard let rung = held.randomElement(using: &random) else { break }
                let act = [Recognition.TitleAct.keep, .watch, .notice, .warning].randomElement(using: &random) ?? .keep
                told.events.append(.init(title: rung.title, kind: rung.kind, act: act, day: day))
            default:
                guard let rung = held.randomElement(using: &random) else { break }
                let act: Recognition.TitleAct = Bool.random(using: &random) ? .withdrawal : .merger
                told.events.append(.init(title: rung.title, kind: rung.kind, act: act, day: day))
                book[area] = held.filter { $0.title != rung.title }
            }
            var count: [Recognition.TitleKind: Int] = [:]
            for rung in book.values.joined() { count[rung.kind, default: 0] += 1 }
            if told.days.last?.day == day { told.days.removeLast() }
            told.days.append((day, count))
        }
        return told
    }

    /// Grants plus upgrades less what was raised, withdrawn and lapsed is what is held, on every day of 10,000 random
    /// histories; a control that forgets one of them is found out.
    @Test func totalsByTitleAreGrantsAndUpgradesLessWithdrawalsAndLapses() {
        var random = SeededGenerator(seed: 20_261_110)
        let ladder = Recognition.TitleLadder(Self.set())
        var wrong: [String: Int] = [:]
        var checked = 0
        for number in 0..<10_000 {
            let told = Self.tell(&random, ladder)
            let rows = told.events.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }
            let history = Recognition.TitleHistory(rows.map(\.element))
            guard let last = told.days.last, let middle = told.days.dropLast().last ?? told.days.last else { continue }
            for (day, book) in [middle, last] {
                checked += 1
                let held = history.held(on: day)
                let accounts = history.accounts(until: day)
                let totals = accounts.mapValues(\.total).filter { $0.value != 0 }
                #expect(held == book, "history \(number), \(day): \(history.events)")
                #expect(totals == book, "history \(number), \(day): \(accounts)")
                let controls: [(String, (Recognition.TitleAccount) -> Int)] = [
                    ("raised", { $0.total + $0.raised }), ("upgraded", { $0.total - $0.upgraded }),
                    ("withdrawn", { $0.total + $0.withdrawn }), ("lapsed", { $0.total + $0.lapsed }),
                    ("renewed", { $0.total + $0.renewed }),
                ]
                for (name, total) in controls where accounts.mapValues(total).filter({ $0.value != 0 }) != book {
                    wrong[name, default: 0] += 1
                }
                if held != book || totals != book { return }
            }
        }
        #expect(checked > 19_000)
        for name in ["raised", "upgraded", "withdrawn", "lapsed", "renewed"] {
            #expect((wrong[name] ?? 0) > 500, "a total that forgets what was \(name) must be found out")
        }
    }

    @Test func aTitleStandsAsItsRowsSay() {
        let kind = Recognition.TitleKind("model", .province)
        let until = Self.start.adding(months: 36)
        func standing(_ acts: [(Recognition.TitleAct, Int)], on days: Int) -> Recognition.TitleStanding? {
            Recognition.TitleHistory(
                acts.map { act, after in
                    .init(
                        title: Self.id(1), kind: kind, act: act, day: Self.start.adding(days: after),
                        until: act.change > 0 ? until : nil)
                }
            ).standings(on: Self.start.adding(days: days))[Self.id(1)]
        }
        let cases: [(acts: [(Recognition.TitleAct, Int)], day: Int, wanted: Recognition.TitleStanding?)] = [
            ([(.grant, 0)], -1, nil), ([(.grant, 0)], 0, .valid), ([(.grant, 0)], 1_096, .lapsed),
            ([(.grant, 0), (.watch, 300)], 299, .valid), ([(.grant, 0), (.watch, 300)], 300, .watched),
            ([(.grant, 0), (.watch, 300), (.notice, 310)], 320, .noticed),
            ([(.grant, 0), (.watch, 300), (.notice, 310), (.keep, 340)], 340, .valid),
            ([(.grant, 0), (.notice, 310), (.warning, 320)], 330, .noticed),
            ([(.grant, 0), (.withdrawal, 400)], 400, .withdrawn),
            ([(.grant, 0), (.withdrawal, 400), (.keep, 410)], 420, .withdrawn),
            ([(.grant, 0), (.raised, 10)], 10, .raised), ([(.grant, 0), (.lapse, 1_096)], 2_000, .lapsed),
        ]
        for one in cases { #expect(standing(one.acts, on: one.day) == one.wanted, "\(one)") }
    }

    @Test func watchAndNoticeAreNotPublic() {
        #expect(Recognition.TitleAct.allCases.filter { !$0.isPublic } == [.watch, .notice, .warning])
        for standing in Recognition.TitleStanding.allCases {
            #expect(![.watched, .noticed].contains(standing.shownToAll))
        }
    }

    @Test func titlesOfSeveralDecidersStandSideBySide() {
        let ladder = Recognition.TitleLadder(Self.set())
        let (province, district, commune) = (Self.id(903), Self.id(902), Self.id(901))
        func rung(_ code: String, _ level: Criteria.Level, _ decider: ID, until: Day? = nil) -> Recognition.Rung {
            .init(title: Self.id(7), kind: .init(code, level), decider: decider, until: until)
        }
        let day = Self.start
        let cases: [(held: Recognition.Rung, new: Recognition.TitleKind, wanted: Recognition.TitleAct?)] = [
            (rung("outstanding", .commune, commune), .init("model", .province), nil),
            (rung("outstanding", .district, district), .init("model", .province), .raised),
            (rung("model", .district, district), .init("model", .province), .raised),
            (rung("model", .province, province), .init("model", .province), .renewed),
            (rung("model", .province, province), .init("outstanding", .province), nil),
            (rung("model", .province, province), .init("outstanding", .commune), nil),
            (rung("honour", .province, province), .init("model", .province), nil),
        ]
        for one in cases { #expect(ladder.replacement(of: one.held, by: one.new) == one.wanted, "\(one)") }
        func refused(_ held: Recognition.Rung, _ code: String, _ level: Criteria.Level, by decider: ID) -> String? {
            Recognition.TitleLadder.refusal(of: .init(code, level), by: decider, over: [held], on: day)?.key
        }
        let far = rung("model", .province, province, until: day.adding(months: 13))
        let near = rung("model", .province, province, until: day.adding(months: 12))
        #expect(refused(far, "model", .province, by: province) == "recognition.refusal.heldAlready")
        #expect(refused(near, "model", .province, by: province) == nil, "the next term's renewal")
        #expect(refused(far, "model", .province, by: district) == nil, "another body")
        #expect(refused(far, "outstanding", .commune, by: commune) == nil)
        #expect(
            refused(rung("model", .province, province), "model", .province, by: province)
                == "recognition.refusal.heldForGood")
    }

    @Test func whatComesNextIsSaidFromWhatIsHeld() {
        let set = Self.set()
        let ladder = Recognition.TitleLadder(set)
        let day = Self.start
        func next(_ held: [(String, Criteria.Level, Int?)]) -> [String] {
            let rungs = held.enumerated().map { index, one in
                Recognition.Rung(
                    title: Self.id(index), kind: .init(one.0, one.1), decider: Self.id(900),
                    until: one.2.map { day.adding(months: $0) })
            }
            return ladder.next(over: rungs, in: set, on: day).map { "\($0.kind.code) \($0.why.rawValue)" }
        }
        #expect(next([]) == ["outstanding first"])
        #expect(next([("outstanding", .province, 30)]) == ["model after"])
        #expect(next([("outstanding", .district, 30)]) == ["outstanding level", "model after"])
        #expect(next([("outstanding", .province, 6)]) == ["outstanding renewal", "model after"])
        #expect(next([("model", .district, 30)]) == ["model level"])
        #expect(next([("model", .province, 30)]) == [])
        #expect(next([("model", .province, 11)]) == ["model renewal"])
        #expect(next([("outstanding", .commune, 30)]) == ["outstanding first", "model after"])
        // What a commune gives on its own stands beside the ladder and closes nothing on it.
        #expect(next([("model", .commune, 30)]) == ["outstanding first"])
    }

    /// Every level that stands above the area and that the set names, the highest first.
    @Test func whatComesNextIsSaidForEachWhoCanDecide() {
        let set = Self.set()
        let ladder = Recognition.TitleLadder(set)
        func next(_ above: Set<Criteria.Level>, _ held: [Recognition.Rung] = []) -> [String] {
            ladder.next(over: held, in: set, above: above, on: Self.start).map {
                "\($0.kind.code) \($0.kind.level.rawValue) \($0.why.rawValue)"
            }
        }
        let levels = set.titles.first { $0.code == "outstanding" }?.deciders.map(\.level) ?? []
        #expect(next([]) == [])
        #expect(
            next(Set(Criteria.Level.allCases)) == levels.reversed().map { "outstanding \($0.rawValue) first" })
        #expect(next([.province, .commune]).first == "outstanding province first")
    }

    /// A lower title than the one held is not registered for again, nor the same one before its last year.
    @Test func whyATitleIsClosedIsSaidInTheRule() {
        let set = Self.set()
        let ladder = Recognition.TitleLadder(set)
        let day = Self.start
        let cases: [(held: [(String, Criteria.Level, Int?)], asked: String, rule: String?)] = [
            ([], "outstanding", nil), ([], "model", "afterMissing"),
            ([("outstanding", .province, 30)], "model", nil),
            ([("outstanding", .province, 30)], "outstanding", "heldAlready"),
            ([("outstanding", .province, 12)], "outstanding", nil),
            ([("outstanding", .province, nil)], "outstanding", "heldForGood"),
            ([("model", .province, 30)], "outstanding", "lowerThanHeld"),
            ([("model", .province, 30)], "model", "heldAlready"),
            ([("model", .province, 11)], "outstanding", "lowerThanHeld"),
            ([("model", .province, 11)], "model", nil),
            ([("model", .district, 30)], "outstanding", "lowerThanHeld"), ([("model", .district, 30)], "model", nil),
            // Of another body under its own rules, and of another kind.
            ([("model", .commune, 30)], "outstanding", nil), ([("honour", .province, 30)], "outstanding", nil),
            ([("outstanding", .commune, 30)], "outstanding", nil),
        ]
        for one in cases {
            let rungs = one.held.enumerated().map { index, held in
                Recognition.Rung(
                    title: Self.id(index), kind: .init(held.0, held.1), decider: Self.id(900),
                    until: held.2.map { day.adding(months: $0) })
            }
            let refusal = ladder.closing(of: one.asked, over: rungs, in: set, on: day)?
                .refusal(of: one.asked, in: set, .vi, field: "title")
            #expect(refusal?.key == one.rule.map { "recognition.refusal.\($0)" }, "\(one)")
            let isNext = ladder.next(over: rungs, in: set, on: day).contains { $0.kind.code == one.asked }
            #expect(isNext == (refusal == nil), "what is offered and what is taken are one: \(one)")
        }
    }

    @Test func whoSeesWhatOfADecisionIsAsTheTableSays() {
        let table: [Recognition.DecisionStandpoint: [Recognition.DecisionSight.Line]] = [
            // draft recognised, draft refused, issued recognised, issued refused
            .decider: [.whole, .whole, .whole, .whole], .above: [.whole, .whole, .whole, .whole],
            .beside: [.hidden, .hidden, .whole, .whole], .area: [.bare, .bare, .whole, .whole],
            .elsewhere: [.hidden, .hidden, .whole, .hidden],
        ]
        for standpoint in Recognition.DecisionStandpoint.allCases {
            let found = Recognition.DecisionState.allCases.flatMap { state in
                Recognition.Outcome.allCases.map { Recognition.DecisionSight.line(state, $0, from: standpoint) }
            }
            #expect(found == table[standpoint], "\(standpoint)")
        }
    }

    @Test func aRefusalIsAnsweredInItsTime() {
        let day = Self.start
        func key(_ after: Int, answered: Bool = false) -> String? {
            Recognition.RefusalAnswering(issued: day, isAnswered: answered, isReplied: false)
                .refusalToAnswer(on: day.adding(days: after))?.key
        }
        #expect(key(0) == nil && key(15) == nil)
        #expect(key(16) == "recognition.refusal.answerOver")
        #expect(key(3, answered: true) == "recognition.refusal.answeredAlready")
        func reply(_ answered: Bool, _ replied: Bool) -> String? {
            Recognition.RefusalAnswering(issued: day, isAnswered: answered, isReplied: replied).refusalToReply()?.key
        }
        #expect(reply(false, false) == "recognition.refusal.nothingToReply" && reply(true, false) == nil)
        #expect(reply(true, true) == "recognition.refusal.repliedAlready")
    }
}
