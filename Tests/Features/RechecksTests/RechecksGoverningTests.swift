import Core
import Criteria
import Database
import Recognition
import TestKit
import Testing

@testable import Rechecks

/// The rules of recognition are published, versioned, frozen: a new version reaches new re-checks, running ones keep
/// theirs.
@Suite("Re-checks: under the rules of recognition", .databases) struct RechecksGoverningTests {
    private static func day(_ iso: String) -> Day { Day(iso: iso) ?? .first }

    private static func rules(_ version: Int, from: String, months: Int, mending: String) -> String {
        """
        kind: rules
        code: QC-THU
        version: \(version)
        label: demonstration
        name: Quy chế thử
        effectiveFrom: \(from)
        subject: residentialArea
        titles: [{code: model, deciders: [{province: Ban Thường trực}]}]
        term: {years: 3, recheckMonths: \(months)}
        procedure: {mending: {working: 10}, titleMending: \(mending)}
        """
    }

    /// Opens the round of a day's year; answers the re-checks by area.
    private func open(_ database: Database, on day: Day) async throws -> [ID: Rechecks.Recheck] {
        let (year, last) = (day.year, Self.day("\(day.year)-12-31"))
        let candidates = try await database.read {
            try RechecksStore.candidates(under: Place.donDuong.id, year: year, on: day, $0)
        }
        try await database.unattended(.seed) { tx in
            _ = try RechecksStore.open(
                candidates, territory: Place.donDuong.id, year: year, dueOn: last, Scene.deed(.kaHuong, tx), tx)
            return Receipt()
        }
        return try await standing(database, year: year, on: day)
    }

    private func standing(_ database: Database, year: Int, on day: Day) async throws -> [ID: Rechecks.Recheck] {
        try await database.read { reader in
            var found: [ID: Rechecks.Recheck] = [:]
            for row in try reader.rows(
                "SELECT r.id FROM recheck r JOIN recheck_round o ON o.id = r.round_id WHERE o.year = \(year)")
            {
                let recheck = try RechecksStore.recheck(row.id("id"), unattended: reader, on: day)
                found[recheck.area.id] = recheck
            }
            return found
        }
    }

    @Test(arguments: TestEngine.all) func aNewVersionReachesNewRechecksAndRunningOnesKeepTheirs(
        on engine: TestEngine
    ) async throws {
        let site = try await TestSite(engine)
        let database = site.database
        try await Scene.begin(database)
        try await database.unattended(.seed) { tx in
            try CriteriaRulesStore.addPublished(
                Self.rules(1, from: "2026-01-01", months: 12, mending: "{working: 20}"), for: Place.lamDong.id, tx)
            return Receipt()
        }
        site.clock.move(to: Self.day("2027-10-04"))
        let first = try await open(database, on: Self.day("2027-10-04"))
        let running = try #require(first[Place.thongXanh.id])
        #expect(first.count == 2)
        let mending = try await database.read { try Rechecks.Terms.of(RechecksStore.criteria(of: running, $0)).mending }
        #expect(mending == .working(20), "neither the set's nor the time of returned dossiers")
        // The page gives what the rules give.
        let hanh = try await site.signIn(.doThiHanh)
        let json = try await hanh.json("/rechecks/\(running.id)").jsonObject
        let shown = try #require(json["mending"] as? [String: Any])
        #expect(shown["days"] as? Int == 20 && shown["unit"] as? String == "working")

        try await database.unattended(.seed) { tx in
            try CriteriaRulesStore.addPublished(
                Self.rules(2, from: "2028-01-01", months: 24, mending: "{calendar: 60}"), for: Place.lamDong.id, tx)
            return Receipt()
        }
        site.clock.move(to: Self.day("2028-10-02"))
        let second = try await open(database, on: Self.day("2028-10-02"))
        let new = try #require(second[Place.thongXanh.id])
        #expect(new.rules != nil && new.rules != running.rules)
        let now = try await database.read { try Rechecks.Terms.of(RechecksStore.criteria(of: new, $0)) }
        #expect(now.mending == .calendar(60) && now.months == 24)
        let kept = try await standing(database, year: 2027, on: Self.day("2028-10-02"))[Place.thongXanh.id]
        let still = try await database.read {
            try Rechecks.Terms.of(RechecksStore.criteria(of: #require(kept), $0)).mending
        }
        #expect(still == .working(20))
    }

    /// How often a title is looked at follows the rules in force, not those of its set.
    @Test(arguments: TestEngine.all) func howOftenFollowsTheRules(on engine: TestEngine) async throws {
        let test = try await TestSite(engine)
        try await Scene.begin(test.database)
        let day = Self.day("2027-10-04")
        func due() async throws -> Set<ID> {
            Set(
                try await test.database.read {
                    try RechecksStore.candidates(under: Place.donDuong.id, year: 2027, on: day, $0).map(\.area)
                })
        }
        #expect(try await due() == [Place.thongXanh.id, Place.suoiThong.id])
        try await test.database.unattended(.seed) { tx in
            try CriteriaRulesStore.addPublished(
                Self.rules(1, from: "2027-01-01", months: 24, mending: "{calendar: 30}"), for: Place.lamDong.id, tx)
            return Receipt()
        }
        #expect(try await due() == [Place.suoiThong.id], "Thông Xanh was recognised a year ago")
    }
}
