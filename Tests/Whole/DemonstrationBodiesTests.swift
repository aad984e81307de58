import App
import Core
import Database
import Organisation
import People
import Recognition
import TestKit
import Testing

/// The demonstration's organisations, the years of its areas, and somebody of the cast wherever something waits for a hand.
@Suite("Demonstration, bodies and hands", .databases) struct DemonstrationBodiesTests {
    /// What every residential area has.
    private static let kinds: [OrganisationKind] = [
        .partyCell, .frontWorkCommittee, .farmersBranch, .womensBranch, .veteransBranch, .youthBranch, .elderlyBranch,
    ]

    @Test(arguments: TestEngine.all) func everyAreaHasItsBranches(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .demonstration)
        try await test.database.read { reader in
            for kind in Self.kinds {
                let found = try reader.one(
                    """
                    SELECT count(*) AS n, count(DISTINCT o.territory_id) AS areas, count(p.id) AS below
                    FROM organisation o JOIN area a ON a.territory_id = o.territory_id
                    LEFT JOIN organisation p ON p.id = o.parent_id
                    WHERE o.kind = \(kind.rawValue) AND o.valid_until IS NULL
                    """)
                #expect(
                    try [found.integer("n"), found.integer("areas"), found.integer("below")] == [92, 92, 92], "\(kind)")
            }
            let units = try reader.one(
                """
                SELECT count(*) AS n FROM organisation WHERE kind IN ('work_unit', 'armed_forces') AND name LIKE '%(minh%'
                """)
            #expect(try units.integer("n") == 46 + 1, "the plan's, and the tax office")
        }
    }

    @Test(arguments: TestEngine.all) func areasTellTheirYears(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .demonstration)
        try await test.database.read { reader in
            let rows = try reader.rows(
                """
                SELECT year, count(*) AS areas, CAST(sum(households) AS \(SchemaWord.integer)) AS households
                FROM area_year WHERE year >= 2024 GROUP BY year ORDER BY year
                """)
            let years = try rows.map { [try $0.integer("year"), try $0.integer("areas")] }
            #expect(years == [[2024, 80], [2025, 92], [2026, 92]])
            #expect(try rows.last?.integer("households") == 29_550)
            let widest = try reader.one(
                """
                SELECT max(abs(a.households - b.households)) AS households, max(abs(a.people - b.people)) AS people
                FROM area_year a JOIN area_year b ON b.territory_id = a.territory_id AND b.year = a.year + 1
                """)
            #expect(try widest.integer("households") < 10 && widest.integer("people") < 40)
        }
    }

    /// Thông Xanh's strengths are the plan's to the last one; all others lie within its ranges and are not all alike.
    @Test(arguments: TestEngine.all) func everyAreaTellsTheStrengthOfItsOrganisations(on engine: TestEngine)
        async throws
    {
        let test = try await TestDatabase(engine, .demonstration)
        let ranges: [AreaStrengthKind: ClosedRange<Int>] = [
            .frontWorkCommittee: 7...11, .partyCell: 12...35, .farmers: 60...160, .women: 70...180, .veterans: 15...45,
            .youth: 8...25, .elderly: 40...110,
        ]
        try await test.database.read { reader in
            let areas = try reader.rows("SELECT id, name FROM territory WHERE kind = 'area'")
            #expect(areas.count == 92)
            var farmers: Set<Int> = []
            for row in areas {
                let name = try row.text("name")
                let years = try OrganisationStore.strengths(of: row.id("id"), reader)
                let strengths = try #require(years.first)
                #expect(years.count == 1 && strengths.year == 2026)
                #expect(Set(strengths.bodies.map(\.kind)) == Set(ranges.keys))
                for body in strengths.bodies {
                    #expect(ranges[body.kind]?.contains(body.members) == true, "\(body) of \(name)")
                }
                farmers.insert(strengths.members(of: .farmers) ?? 0)
                guard try row.text("name").hasPrefix("Thông Xanh") else { continue }
                #expect(
                    strengths.bodies == [
                        AreaStrength(.frontWorkCommittee, 9), AreaStrength(.partyCell, 21), AreaStrength(.farmers, 96),
                        AreaStrength(.women, 118), AreaStrength(.veterans, 27), AreaStrength(.youth, 16),
                        AreaStrength(.elderly, 74),
                    ])
            }
            #expect(farmers.count > 30)
        }
    }

    /// A self-assessment to hand in, a review to hold, a ballot to count, a refusal to answer: each has a head who can be entered as.
    @Test(arguments: TestEngine.all) func somebodyHasEachOfThemInHand(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .demonstration)
        try await test.database.read { reader in
            let rows = try reader.rows(
                """
                SELECT t.name, d.year, d.state, g.role, p.name AS person
                FROM dossier d JOIN territory t ON t.id = d.territory_id
                JOIN role_assignment g ON g.territory_id = t.id AND g.valid_until IS NULL
                JOIN person p ON p.id = g.person_id JOIN account c ON c.person_id = p.id
                WHERE g.role IN ('areaHead', 'frontWorkCommitteeHead')
                """)
            let found = Set(try rows.map { "\(try $0.text("name")) \(try $0.integer("year")) \(try $0.text("state"))" })
            for work in [
                "Gia Hòa 2026 proposed", "Tân Lộc 2026 proposed",
                "Xuân Lạc 2026 assessing", "Kơ Nia 2027 reviewing", "Yên Phú 2027 posted", "Bờ Hồ 2026 proposed",
            ] {
                #expect(found.contains(work), "\(found.sorted())")
            }
            let two = try reader.rows(
                """
                SELECT p.name FROM role_assignment g JOIN person p ON p.id = g.person_id JOIN account c ON c.person_id = p.id
                WHERE g.valid_until IS NULL GROUP BY p.name HAVING count(*) > 1
                """)
            #expect(try two.map { try $0.text("name") }.contains("K'Liêm"))
        }
    }

    /// Its head wrote the self-assessment: two others of the area, and an officer of the commune, can count.
    @Test(arguments: TestEngine.all) func theNextBallotOfBoHoHasPeopleToCountIt(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .demonstration)
        let roles = Role.allCases.filter { $0.capabilities.contains(.countBallot) }.map(\.rawValue)
        let able = try await test.database.read { reader in
            try reader.rows(
                """
                SELECT p.name, g.role FROM territory t JOIN territory_closure c ON c.descendant_id = t.id
                JOIN role_assignment g ON g.territory_id = c.ancestor_id AND g.valid_until IS NULL
                JOIN person p ON p.id = g.person_id JOIN account a ON a.person_id = p.id
                WHERE t.name LIKE 'Bờ Hồ%' AND g.role IN (\(SQL.list(roles)))
                """
            ).map { "\(try $0.text("role")) \(try $0.text("name"))" }
        }
        #expect(able.count { !$0.hasPrefix("areaHead") && !$0.hasPrefix("frontWorkCommitteeHead") } >= 3, "\(able)")
        #expect(able.contains("cultureOfficer Đinh Thị Nguyệt Cầm"))
    }

    @Test(arguments: TestEngine.all) func whoCountsIsNamedInInventedAreas(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .demonstration)
        try await test.database.read { reader in
            for row in try reader.rows(
                """
                SELECT e.counters, a.is_invented FROM ballot_entry e JOIN posting p ON p.id = e.posting_id
                JOIN dossier d ON d.id = p.dossier_id JOIN area a ON a.territory_id = d.territory_id
                """)
            {
                let counters = try row.text("counters")
                #expect(counters.split(separator: "\n").count == 3)
                #expect(try counters.contains("Bí thư") != row.flag("is_invented"), "\(counters)")
            }
        }
    }
}
