import App
import Core
import Criteria
import Database
import Organisation
import TestKit
import Testing

@testable import Goals
@testable import Recognition

/// The three totals that people see are each a statement of its own over the grants. Random histories are written with
/// the functions the product writes with, and every total is held against the rows of what happened.
@Suite("Totals that people see", .databases) struct GoalsTotalsTests {
    private static let histories = 120

    @Test(arguments: TestEngine.all) func everyTotalIsWhatTheHistorySays(on engine: TestEngine) async throws {
        let data = try await TestDatabase(engine, .cast)
        let set = try await data.database.unattended(
            .seed, giving: { try CriteriaStore.addPublished(TitleTeller.criteria, for: Place.lamDong.id, $0) })
        var random = SeededGenerator(seed: 20_261_121)
        var told = Told()
        for number in 0..<Self.histories {
            let seed = random.next()
            // The effect may run twice, so chance begins anew within it.
            let refused = try await data.database.unattended(
                .seed,
                giving: { tx in
                    var teller = TitleTeller(number, seed: seed, set: set, tx)
                    return try teller.tell()
                })
            told.refused += refused
            let unit = TitleTeller.commune(number)
            try await data.database.read { [random] reader in
                var random = random
                try Self.check(unit, "history \(number), seed \(seed)", &random, reader)
            }
        }
        // All of them at once, as the province reads them.
        try await data.database.read { [random] reader in
            var random = random
            for _ in 0..<6 { try Self.check(Place.lamDong.id, "the province", &random, reader) }
            let history = try RecognitionStore.titleHistory(under: Place.lamDong.id, reader)
            for act in Recognition.TitleAct.allCases where act != .warning {
                let count = history.events.filter { $0.act == act }.count
                #expect(count >= 5, "chance told of \(act) \(count) times: the look proves little")
            }
        }
        #expect(told.refused > Self.histories, "what the rules refuse was tried too")
    }

    fileprivate struct Told { var refused = 0 }

    /// Compares on days around whatever happened: the day itself, the one before and the one after.
    private static func check(
        _ unit: ID, _ name: String, _ random: inout SeededGenerator, _ reader: any Reader
    ) throws {
        let history = try RecognitionStore.titleHistory(under: unit, reader)
        let book = try Book(unit, history, reader)
        let turns = Set(history.events.map(\.day) + history.events.compactMap(\.until)).sorted()
        for turn in turns.shuffled(using: &random).prefix(5) {
            let day = turn.adding(days: Int.random(in: -1...1, using: &random))
            let held = book.held(on: day)

            let counts = try RecognitionStore.publicTitleCounts(under: unit, on: day, reader)
            let shown = Dictionary(uniqueKeysWithValues: counts.map { (Key($0.title, $0.level), $0.count) })
            #expect(shown == held.byKind, "\(name): the portal on \(day)")

            let span = try #require(Goals.Span(code: "\(day.year)"))
            let figures = try GoalsStore.figures(of: [unit], span, on: day, reader)[unit] ?? [:]
            #expect(
                figures.mapValues(\.held).filter { $0.value > 0 } == held.byTitle, "\(name): the targets on \(day)")
            let tiles = try GoalsStore.tiles(under: unit, on: day, reader)
            #expect(tiles.models == held.byTitle["model"] ?? 0, "\(name): the tile on \(day)")
            #expect(
                tiles.provinceModels == held.byKind[Key("model", .province)] ?? 0, "\(name): the tile on \(day)")

            let until = day.adding(days: Int.random(in: 0...500, using: &random))
            let movements = try RecognitionStore.titleMovements(under: unit, from: day, until: until, reader)
            let moved = Dictionary(uniqueKeysWithValues: movements.map { (Key($0.title, $0.level), Moved($0)) })
            #expect(
                moved.filter { $0.value != Moved() } == book.movements(from: day, until: until),
                "\(name): the register from \(day) to \(until)")
        }
    }

    fileprivate struct Key: Hashable {
        let title: String
        let level: Criteria.Level

        init(_ title: String, _ level: Criteria.Level) { (self.title, self.level) = (title, level) }
        init(_ kind: Recognition.TitleKind) { self.init(kind.code, kind.level) }
    }

    fileprivate struct Moved: Equatable {
        var before = 0
        var granted = 0
        var ended: [Recognition.HeldTitle.Ending: Int] = [:]
        var after = 0
    }

    /// What the rows of the history say, with the area of each title beside them.
    fileprivate struct Book {
        let history: Recognition.TitleHistory
        var areas: [ID: ID] = [:]
        var kinds: [ID: Key] = [:]

        init(_ unit: ID, _ history: Recognition.TitleHistory, _ reader: any Reader) throws {
            self.history = history
            for event in history.events { kinds[event.title] = Key(event.kind) }
            for row in try reader.rows("SELECT id, territory_id FROM title_grant") {
                areas[try row.id("id")] = try row.id("territory_id")
            }
        }

        /// An area is counted once, whoever granted it the title.
        func held(on day: Day) -> (byKind: [Key: Int], byTitle: [String: Int]) {
            var (kinds, titles): ([Key: Set<ID>], [String: Set<ID>]) = ([:], [:])
            for (title, standing) in history.standings(on: day) where standing.holds {
                guard let kind = self.kinds[title], let area = areas[title] else { continue }
                kinds[kind, default: []].insert(area)
                titles[kind.title, default: []].insert(area)
            }
            return (kinds.mapValues(\.count), titles.mapValues(\.count))
        }

        /// Counted in grants, as the register counts.
        func movements(from: Day, until: Day) -> [Key: Moved] {
            let eve = from.adding(days: -1)
            let (first, last) = (history.accounts(until: eve), history.accounts(until: until))
            let (before, after) = (history.held(on: eve), history.held(on: until))
            var found: [Key: Moved] = [:]
            for (kind, account) in last {
                let start = first[kind] ?? Recognition.TitleAccount()
                func gain(_ path: KeyPath<Recognition.TitleAccount, Int>) -> Int {
                    account[keyPath: path] - start[keyPath: path]
                }
                let ended: [Recognition.HeldTitle.Ending: Int] = [
                    .renewed: gain(\.renewed), .raised: gain(\.raised), .withdrawn: gain(\.withdrawn),
                    .lapsed: gain(\.lapsed), .merged: gain(\.merged),
                ]
                let moved = Moved(
                    before: before[kind] ?? 0, granted: gain(\.granted) + gain(\.upgraded) + gain(\.renewals),
                    ended: ended.filter { $0.value != 0 }, after: after[kind] ?? 0)
                if moved != Moved() { found[Key(kind)] = moved }
            }
            return found
        }
    }
}

extension GoalsTotalsTests.Moved {
    fileprivate init(_ movement: Recognition.TitleMovement) {
        self.init(
            before: movement.before, granted: movement.granted, ended: movement.ended, after: movement.after)
    }
}
