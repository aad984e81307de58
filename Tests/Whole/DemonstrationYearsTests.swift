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

/// The demonstration beyond its own year: 2025 with its signed decisions, the trial of 2027, the versions of the set, and
/// whether it can be made whatever the draws fall on.
@Suite("Demonstration, other years", .databases) struct DemonstrationYearsTests {
    private static let today = TestClock.today

    private func dossiers(_ reader: any Reader) throws -> [Recognition.Dossier] {
        try reader.rows("SELECT id FROM dossier").map { try RecognitionStore.dossier($0.id("id"), unattended: reader) }
    }

    @Test(arguments: TestEngine.all) func somebodyStandsAtEachStep(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .demonstration)
        try await test.database.read { reader in
            let all = try dossiers(reader)
            let states = Set(all.map(\.state))
            for stage in Recognition.LifeCycle.stages {
                #expect(states.contains(stage.state), "nobody stands at \(stage.state)")
            }
            let byYear = Dictionary(grouping: all, by: \.year)
            let past = Dictionary(grouping: byYear[2025] ?? [], by: \.state).mapValues(\.count)
            #expect(past == [.recognised: 15, .refused: 2])
            let trial = Dictionary(grouping: byYear[2027] ?? [], by: \.state).mapValues(\.count)
            #expect(
                trial == [.assessing: 1, .reviewing: 1, .posted: 1, .submitted: 1, .accepted: 1, .appraised: 1])
            let late = all.filter { $0.year != 2026 && $0.isLate(on: Self.today) }
            #expect(late.isEmpty)
            for dossier in all where dossier.state == .refused {
                #expect(dossier.commune?.name == "Đồng Thông (minh họa)")
            }
            #expect((byYear[2027] ?? []).allSatisfy { $0.region == "highlands" }, "the version of 2027 asks by region")
        }
    }

    @Test(arguments: TestEngine.all) func itsPastYearIsSignedAndHandedOver(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .demonstration)
        let story = try DemonstrationFiles.read(Checkout.root + "/Demonstration")
        try await test.database.read { reader in
            let issued = try reader.rows(
                """
                SELECT number, signer, scan_address, day FROM decision
                WHERE state = 'issued' AND origin = 'here' ORDER BY number
                """)
            #expect(
                try issued.map { try $0.text("number") } == [
                    "45/QĐ-MTTQ-BTT tỉnh (minh họa)", "48/QĐ-MTTQ-BTT tỉnh (minh họa)",
                ])
            for decision in issued {
                #expect(try decision.optionalText("signer") != nil && decision.optionalText("scan_address") != nil)
            }
            let given = try reader.one(
                """
                SELECT count(*) AS n FROM certificate c JOIN title_grant g ON g.id = c.title_id
                WHERE g.dossier_id IS NOT NULL AND c.given_on = '2025-11-18'
                """)
            #expect(try given.integer("n") == 15)
            let answers = try reader.one("SELECT count(*) AS n FROM decision_answer WHERE reply IS NOT NULL")
            #expect(try answers.integer("n") == 1)
            try expectPoints(story, reader)
        }
    }

    @Test(arguments: TestEngine.all) func itsSetHasThreeVersions(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .demonstration)
        try await test.database.read { reader in
            let rows = try reader.rows(
                "SELECT id, version, status FROM criteria_set WHERE code = 'KDC-MINH-HOA' ORDER BY version")
            let found = try rows.map { "\(try $0.integer("version")) \(try $0.text("status"))" }
            #expect(found == ["1 superseded", "2 superseded", "3 published"])
            let sets = try rows.map { try CriteriaStore.set($0.id("id"), reader) }
            for (old, new) in zip(sets, sets.dropFirst()) {
                #expect(Criteria.difference(from: old, to: new).count > 5)
            }
            let now = try CriteriaStore.current(.residentialArea, on: Self.today, reader)
            #expect(now?.set.version == 2, "what is published for 2027 does not apply yet")
            let province = try reader.one("SELECT id FROM territory WHERE kind = 'province'").id("id")
            let newest = try #require(rows.last).id("id")
            let candidates = try RecognitionStore.candidates(
                for: .criteria(id: newest, code: "KDC-MINH-HOA", version: 3), under: province, reader)
            let moving = candidates.filter {
                Recognition.MoveRule.refusal($0.state, hasMet: $0.hasMet, until: .reviewing) == nil
            }
            #expect(moving.map(\.area.name) == ["Xuân Lạc"])
            let first = try #require(moving.first)
            var planner = RecognitionMovePlanner(.criteria(id: newest, code: "KDC-MINH-HOA", version: 3), reader)
            let plan = try planner.plan(first)
            for fate in Recognition.MoveFate.allCases {
                #expect(!plan.codes(fate).isEmpty, "the move shows nothing that is \(fate)")
            }
        }
    }

    /// Begun on the version of 2026, moved to that of 2027 by those who published it: every kind of change shows.
    @Test(arguments: TestEngine.all) func oneDossierWasMovedToTheNewVersion(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .demonstration)
        try await test.database.read { reader in
            let moved = try dossiers(reader).flatMap { try RecognitionStore.moves(of: $0.id, reader) }
            let move = try #require(moved.first)
            #expect(moved.count == 1 && move.mover == "Đỗ Thị Hạnh")
            #expect(move.at.day == Day(iso: "2026-10-09"))
            let versions = try [move.setFrom, move.setTo].map { try CriteriaStore.set($0, reader).version }
            #expect(versions == [2, 3])
            for codes in [move.asked, move.opened, move.fresh, move.gone] { #expect(!codes.isEmpty) }
            #expect(move.opened.contains("II.4"), "a yes became a number")
        }
    }

    /// The slip of the trial asks two things besides, and the counted ones have an answer to each.
    @Test(arguments: TestEngine.all) func ballotsOfTheTrialHaveTopics(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .demonstration)
        try await test.database.read { reader in
            let trial = try dossiers(reader).filter { $0.year == 2027 }
            var counted = 0
            for dossier in trial {
                let topics = try RecognitionStore.questions(of: dossier, reader).topics
                // One registered before the rules that ask were in force.
                let codes = dossier.registeredAt.day < Day(iso: "2026-10-06")! ? [] : ["III.8", "yen-tinh"]
                #expect(topics.map(\.code) == codes)
                guard let result = try RecognitionStore.posting(of: dossier.id, reader)?.ballot.result else { continue }
                counted += 1
                #expect(result.topics.map(\.code) == topics.map(\.code))
                for line in result.topics {
                    #expect(line.satisfied + line.unsatisfied + line.noOpinion == result.valid)
                }
            }
            #expect(counted == 3)
        }
    }

    /// A panel's draw differs in each database, and a demonstration that fits only some of them fails now and then.
    @Test(arguments: 1...4) func itCanBeMadeWhateverIsDrawn(_ seed: Int) async throws {
        let clock = TestClock()
        let test = try await TestDatabase(.sqlite, .product, clock: clock)
        for _ in 0..<(seed * 977) { _ = test.world.ids.next() }
        let folder = FileManager.default.temporaryDirectory.appending(path: "kieumau-drawn-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await seedDemonstration(
            into: test.database, files: ContentStore(root: folder.path), assetsRoot: Checkout.root,
            clock: { clock.advance(by: clock.now.duration(to: $0)) })
        let story = try DemonstrationFiles.read(Checkout.root + "/Demonstration")
        try await test.database.read { reader in
            try expectPoints(story, reader)
            let stages = Set(try dossiers(reader).map(\.state))
            #expect(stages.count == Recognition.LifeCycle.stages.count)
            let given = try reader.one(
                "SELECT count(*) AS n FROM appraisal a WHERE NOT EXISTS (SELECT 1 FROM appraisal_score s WHERE s.appraisal_id = a.id)"
            )
            #expect(try given.integer("n") == 1, "only the visit that is still to come has no scores")
        }
    }

    /// Points of every dossier of every year, as the files tell them.
    private func expectPoints(_ story: DemonstrationFiles, _ reader: any Reader) throws {
        let names = Dictionary(uniqueKeysWithValues: story.areas.map { ($0.key, $0.name) })
        let years = [story.year] + story.otherYears.map(\.year)
        for dossier in try dossiers(reader) {
            let told = try #require(
                years.first { $0.year == dossier.year }?.dossiers.first { told in
                    names[told.area] == dossier.area.name && told.title == dossier.title
                })
            try DemonstrationPoints.expect(of: dossier, told, reader)
        }
    }
}

/// What the product makes of the values is what the plan, the pictures and the reasons in the drafts say.
enum DemonstrationPoints {
    static func expect(
        of dossier: Recognition.Dossier, _ told: DemonstrationDossier, _ reader: any Reader
    ) throws {
        guard let points = told.points, let totals = told.totals else { return }
        let assessment = Recognition.Assessment(
            try CriteriaStore.set(dossier.criteriaSet, reader), for: dossier.aim,
            try RecognitionStore.entries(of: dossier.id, reader))
        #expect(assessment.unfilled.isEmpty, "\(dossier.area.name)")
        let sides: [(Recognition.Side, [Int]?, Int?)] = [
            (.own, points.own, totals.own), (.check, points.check, totals.check),
            (.appraisal, points.appraisal, totals.appraisal),
        ]
        for (side, groups, total) in sides {
            guard let groups, let total else { continue }
            let score = assessment.score(side)
            #expect(score.groups.map(\.points) == groups.map { $0 * 100 }, "\(dossier.area.name), \(side)")
            #expect(score.total == total * 100, "\(dossier.area.name), \(side)")
            if side == .appraisal { #expect(score.passes == (told.state == .passed), "\(dossier.area.name)") }
        }
    }
}
