import App
import Core
import Criteria
import Database
import Documents
import Foundation
import Organisation
import Recognition
import TestKit
import Testing

/// The demonstration against the figures its plan promises, counted in the database that the files make.
@Suite("Demonstration", .databases) struct DemonstrationTests {
    private static let today = TestClock.today

    /// A database filled as `seed demo` fills it, once for all of these.
    private func seeded(_ engine: TestEngine) async throws -> TestDatabase {
        try await TestDatabase(engine, .demonstration)
    }

    private func unit(_ name: String, _ kind: TerritoryKind, _ reader: any Reader) throws -> ID {
        try reader.one(
            "SELECT id FROM territory WHERE name = \(name) AND kind = \(kind.rawValue) ORDER BY valid_from DESC"
        )
        .id("id")
    }

    @Test(arguments: TestEngine.all) func itsPlacesAreThoseOfThePlan(on engine: TestEngine) async throws {
        let test = try await seeded(engine)
        try await test.database.read { reader in
            let rows = try reader.rows(
                """
                SELECT p.name, count(*) AS areas, CAST(sum(a.households) AS \(SchemaWord.integer)) AS households,
                    CAST(sum(a.people) AS \(SchemaWord.integer)) AS people
                FROM area a JOIN territory t ON t.id = a.territory_id JOIN territory p ON p.id = t.parent_id
                WHERE p.kind = 'commune' AND p.valid_until IS NULL GROUP BY p.name
                """)
            let found = try Dictionary(
                uniqueKeysWithValues: rows.map { row in
                    (
                        try row.text("name"),
                        [try row.integer("areas"), try row.integer("households"), try row.integer("people")]
                    )
                })
            #expect(
                found == [
                    "Đơn Dương": [26, 9_100, 36_900], "D'Ran": [21, 6_600, 26_400], "Ka Đô": [17, 5_700, 22_700],
                    "Quảng Lập": [16, 5_100, 21_400], "Đồng Thông (minh họa)": [12, 3_050, 12_400],
                ])
            let district = try unit("Đơn Dương", .district, reader)
            let province = try unit("Lâm Đồng", .province, reader)
            func communes(_ parent: ID, _ day: String) throws -> Int {
                try OrganisationStore.children(of: parent, on: Day(iso: day) ?? .first, reader)
                    .count { TerritoryKind.communes.contains($0.title.kind) }
            }
            #expect(try communes(district, "2024-11-30") == 10)
            #expect(try communes(district, "2024-12-01") == 9)
            #expect(try communes(district, "2025-07-01") == 0)
            #expect(try communes(province, "2025-06-30") == 0)
            #expect(try communes(province, "2025-07-01") == 5)
            let bearers = try ["2024-11-30", "2024-12-01", "2025-07-01"].map { day in
                try OrganisationStore.territory(code: "24955", on: Day(iso: day) ?? .first, level: 3, reader)
            }
            #expect(Set(bearers).count == 3 && !bearers.contains(nil), "24955 names three communes at three times")
            let old = try unit("Pró", .commune, reader)
            #expect(try OrganisationStore.successors(of: old, reader) == [unit("Quảng Lập", .commune, reader)])
        }
    }

    @Test(arguments: TestEngine.all) func itsTitlesAreThoseOfTheDirective(on engine: TestEngine) async throws {
        let test = try await seeded(engine)
        try await test.database.read { reader in
            let province = try unit("Lâm Đồng", .province, reader)
            let invented = try unit("Đồng Thông (minh họa)", .commune, reader)
            func counts(_ unit: ID) throws -> [String: Int] {
                Dictionary(
                    try RecognitionStore.publicTitleCounts(under: unit, on: DemonstrationTests.today, reader)
                        .map { ("\($0.title) \($0.level.rawValue)", $0.count) }, uniquingKeysWith: +)
            }
            let all = try counts(province)
            #expect(all["model province"] == 12 && all["model district"] == 20)
            let outside = all.filter { $0.key.hasPrefix("outstanding") }.values.reduce(0, +)
            #expect(outside == 22 + 5)
            #expect(try counts(invented) == ["outstanding province": 5])
            let holders = try reader.one("SELECT count(DISTINCT territory_id) AS n FROM title_grant").integer("n")
            let raised = try reader.one("SELECT count(*) AS n FROM title_grant WHERE ended_why = 'raised'").integer("n")
            #expect(raised == 4, "the four of 2025 rose from a title of 2023")
            #expect(92 - holders == 26 + 7, "26 of the 80 hold none, and 7 of the 12 invented ones")
        }
    }

    @Test(arguments: TestEngine.all) func itsYearStandsAsThePlanSays(on engine: TestEngine) async throws {
        let test = try await seeded(engine)
        let story = try DemonstrationFiles.read(Checkout.root + "/Demonstration")
        let names = Dictionary(uniqueKeysWithValues: story.areas.map { ($0.key, $0) })
        try await test.database.read { reader in
            let dossiers = try reader.rows("SELECT id FROM dossier WHERE year = 2026").map {
                try RecognitionStore.dossier($0.id("id"), unattended: reader)
            }
            #expect(dossiers.count { $0.title == "outstanding" } == 14 && dossiers.count { $0.title == "model" } == 9)
            let states = Dictionary(grouping: dossiers) { "\($0.title) \($0.state.rawValue)" }.mapValues(\.count)
            #expect(
                states == [
                    "outstanding withdrawn": 1, "outstanding returned": 2, "outstanding proposed": 11,
                    "model assessing": 1, "model returned": 2, "model forwarded": 1, "model proposed": 5,
                ])
            let late = dossiers.filter { $0.isLate(on: DemonstrationTests.today) }
            #expect(late.allSatisfy { $0.commune?.name == "Đồng Thông (minh họa)" })
            #expect(late.compactMap { $0.due?.days(until: DemonstrationTests.today) }.sorted() == [1, 1, 1, 1, 10, 56])
            for dossier in dossiers {
                let isInvented = try reader.one("SELECT is_invented FROM area WHERE territory_id = \(dossier.area.id)")
                let returns = try RecognitionStore.returns(of: dossier.id, reader)
                #expect(try returns.isEmpty || isInvented.flag("is_invented"), "\(dossier.area.name) was sent back")
                if dossier.area.name == "Thông Xanh" { #expect(returns.map(\.code) == ["III.2", "V.5"]) }
                let told = try #require(
                    story.year.dossiers.first { told in
                        let area = names[told.area]
                        return area?.name == dossier.area.name && told.title == dossier.title
                    })
                try DemonstrationPoints.expect(of: dossier, told, reader)
            }
            let drafts = try reader.rows("SELECT id FROM decision WHERE state = 'draft'").map {
                try RecognitionStore.items(of: $0.id("id"), reader).map(\.outcome)
            }
            #expect(
                Set(drafts.map { draft in [draft.count { $0 == .recognised }, draft.count { $0 == .refused }] })
                    == [[4, 1], [9, 2]])
        }
    }

    @Test(arguments: TestEngine.all) func itsTrailHoldsAndItsPeopleSleepAtNight(on engine: TestEngine) async throws {
        let test = try await seeded(engine)
        try await test.database.read { reader in
            #expect(try Audit.verify(reader).broken.map(\.description) == [])
            for row in try reader.rows("SELECT at FROM dossier_event UNION SELECT at FROM indicator_value_history") {
                let at = try row.instant("at")
                #expect((6 * 60...21 * 60).contains(at.minuteOfVietnamDay), "\(at)")
                #expect(at.day < DemonstrationTests.today)
            }
            let mark = try reader.one("SELECT value FROM installation WHERE name = 'demonstration_day'").day("value")
            #expect(mark == DemonstrationTests.today && test.clock.today == mark)
            let accounts = try reader.one("SELECT count(*) AS n FROM account WHERE password_hash IS NOT NULL").integer(
                "n")
            #expect(accounts == 0, "the cast is entered by links, never by a password that stands in a file")
        }
    }
}
