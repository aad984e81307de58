import Core
import Database
import Organisation
import TestKit
import Testing

@Suite("The rules of the strengths of an area's organisations") struct StrengthRuleTests {
    private let today = Day(iso: "2026-11-10")!

    @Test(
        arguments: [
            (2026, [(.farmers, 858)], 858, []), (2026, [(.farmers, 0)], 0, []),
            (2026, [(.farmers, 859), (.women, 118), (.elderly, 900)], 858, ["farmers", "elderly"]),
            (2027, [(.partyCell, 21)], 858, ["year"]), (2027, [(.partyCell, 900)], 858, ["year", "party_cell"]),
            // Where nobody counted the people nothing bounds.
            (2026, [(.women, 5_000)], nil, []),
        ] as [(Int, [(AreaStrengthKind, Int)], Int?, [String])])
    func aStrength(_ year: Int, _ bodies: [(AreaStrengthKind, Int)], _ people: Int?, _ fields: [String]) {
        let strengths = AreaStrengths(year: year, bodies: bodies.map { AreaStrength($0.0, $0.1) })
        let refusal = strengths.refusal(on: today, people: people)
        #expect((refusal?.all ?? []).compactMap(\.field) == fields)
    }

    @Test(
        arguments: [(858, 118, nil), (118, 118, nil), (117, 118, "people"), (nil, 118, nil)] as [(Int?, Int, String?)])
    func peopleAreNotFewerThanMembers(_ people: Int?, _ members: Int, _ field: String?) {
        let year = AreaYear(year: 2026, households: 1, people: people, areaClass: nil)
        let strengths = AreaStrengths(year: 2026, bodies: [AreaStrength(.women, members), AreaStrength(.youth, 1)])
        #expect(year.refusal(under: strengths)?.field == field)
        #expect(year.refusal(under: nil) == nil)
    }

    /// One order everywhere, whatever was typed first, and no religious organisation among them.
    @Test func theListIsClosedAndOrdered() {
        let strengths = AreaStrengths(
            year: 2026, bodies: [AreaStrength(.women, 118), AreaStrength(.frontWorkCommittee, 9)])
        #expect(strengths.bodies.map(\.kind) == [.frontWorkCommittee, .women])
        #expect(
            AreaStrengthKind.allCases.map(\.rawValue) == [
                "front_work_committee", "party_cell", "farmers", "women", "veterans", "youth", "elderly", "labour",
                "red_cross", "study_promotion",
            ])
    }
}

@Suite("The store of strengths", .databases) struct StrengthStoreTests {
    @Test(arguments: TestEngine.all) func aYearIsReplacedWholeAndTheOthersAreKept(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let area = tree.thongXanh
            func put(_ year: Int, _ bodies: [AreaStrength]) async throws {
                try await tree.write {
                    try OrganisationStore.putStrengths(AreaStrengths(year: year, bodies: bodies), of: area, $0)
                }
            }
            try await put(2025, [AreaStrength(.farmers, 94)])
            try await put(2026, [AreaStrength(.farmers, 96), AreaStrength(.women, 118)])
            try await put(2026, [AreaStrength(.partyCell, 21), AreaStrength(.farmers, 97)])
            let now = try await tree.read { try OrganisationStore.strengths(of: area, $0) }
            #expect(
                now == [
                    AreaStrengths(year: 2026, bodies: [AreaStrength(.partyCell, 21), AreaStrength(.farmers, 97)]),
                    AreaStrengths(year: 2025, bodies: [AreaStrength(.farmers, 94)]),
                ])
            #expect(try await tree.read { try OrganisationStore.book(of: area, $0).strengths } == now)
            #expect(try await tree.read { try OrganisationStore.strengths(of: tree.kaDo, $0) } == [])
            try await put(2026, [])
            #expect(try await tree.read { try OrganisationStore.strengths(of: area, $0) }.map(\.year) == [2025])
        }
    }
}

@Suite("Strengths through the pages", .databases) struct StrengthStoryTests {
    private let path = "/areas/\(Place.thongXanh.id)/profile"

    @Test(arguments: TestEngine.all) func aHeadEntersThemAndEverybodyWithAnOfficeReadsThem(
        on engine: TestEngine
    ) async throws {
        let site = try await TestSite(engine)
        let head = try await site.signIn(.yaThuong)
        #expect(try await head.open(path).expectStatus(200).says("Chưa ghi tổ chức nào có bao nhiêu người."))

        let form = try await head.open("\(path)/strengths").form("\(path)/strengths")
        #expect(form.values["year"] == "2026")
        let nothing = try await head.send(form).expectStatus(422)
        #expect(nothing.error(beside: "front_work_committee")?.contains("Ghi ít nhất một tổ chức.") == true)
        let typed = ["front_work_committee": "9", "party_cell": "-1", "farmers": "12,5", "women": "118"]
        let faulty = try await head.send(form.filled(typed)).expectStatus(422)
        #expect(faulty.error(beside: "party_cell") != nil && faulty.error(beside: "farmers") != nil)
        #expect(try faulty.form("\(path)/strengths").values["women"] == "118", "what was typed is kept")
        let tooMany = try await head.send(
            form.filled(["year": "2027", "farmers": "859", "women": "118", "elderly": "1000"])
        ).expectStatus(422)
        #expect(tooMany.error(beside: "farmers")?.contains("858 người nên một tổ chức không thể có 859") == true)
        #expect(tooMany.error(beside: "elderly") != nil && tooMany.error(beside: "year") != nil)
        #expect(tooMany.error(beside: "women") == nil)
        #expect(try tooMany.form("\(path)/strengths").values["farmers"] == "859")

        let saved = try await head.send(
            form.filled(["front_work_committee": "9", "party_cell": "21", "farmers": "96", "women": "118"]))
        #expect(saved.expectStatus(200).says("Phụ nữ") && saved.says("118"))
        #expect(saved.links.contains("\(path)/strengths?year=2026"))
        let again = try await head.open("\(path)/strengths?year=2026").form("\(path)/strengths")
        #expect(again.values["farmers"] == "96" && again.values["veterans"] ?? "" == "")
        _ = try await head.send(again.filled(["farmers": "97", "women": ""])).expectStatus(200)
        let after = try await head.open("/areas/\(Place.thongXanh.id)").expectStatus(200)
        #expect(after.says("Số người năm 2026") && after.says("97 người") && !after.says("118 người"))

        #expect(try await head.open("\(path)/paper").expectStatus(200).says("Nông dân"))
        let json = try await head.json("/areas/\(Place.thongXanh.id)").expectStatus(200)
        #expect(json.body.contains(#"{"kind":"farmers","members":97}"#), "\(json.body)")
        #expect(try await head.json(path).body.contains(#"{"kind":"party_cell","members":21}"#))
        let trail = try await site.database.read {
            try $0.rows("SELECT act FROM audit WHERE act = 'profile.strengths'").count
        }
        #expect(trail == 2)

        // Another year's figures are not written over from the form of this one, whose figures stand in it.
        let earlier = try await head.open("\(path)/strengths").form("\(path)/strengths")
        _ = try await head.send(earlier.filled(["year": "2025", "farmers": "90"])).expectStatus(200)
        let over = try await head.open("\(path)/strengths").form("\(path)/strengths")
        let refused = try await head.send(over.filled(["year": "2025", "farmers": "91"])).expectStatus(422)
        #expect(refused.error(beside: "year")?.contains("bấm năm 2025") == true)
        #expect(try refused.form("\(path)/strengths").values["farmers"] == "91", "what was typed is kept")
        let opened = try await head.open("\(path)/strengths?year=2025").form("\(path)/strengths")
        #expect(opened.values["farmers"] == "90")
        _ = try await head.send(opened.filled(["farmers": "92"])).expectStatus(200)
        #expect(try await head.json(path).body.contains(#"{"kind":"farmers","members":92}"#))
    }

    @Test(arguments: TestEngine.all) func peopleCannotFallBelowThem(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let officer = try await site.signIn(.nguyenThiMaiLoan)
        func enter(_ part: String, _ typed: [String: String]) async throws -> Shown {
            try await officer.send(officer.open("\(path)/\(part)").form("\(path)/\(part)").filled(typed))
        }
        _ = try await enter("numbers", ["year": "2025", "households": "90", "people": "300"]).expectStatus(200)
        let refused = try await enter("strengths", ["year": "2025", "elderly": "301"]).expectStatus(422)
        #expect(refused.error(beside: "elderly")?.contains("300 người") == true, "the year's own people bound it")
        _ = try await enter("strengths", ["year": "2025", "elderly": "300"]).expectStatus(200)
        let fewer = try await enter("numbers", ["year": "2025", "households": "90", "people": "299"]).expectStatus(422)
        #expect(fewer.error(beside: "people")?.contains("300 người") == true)
        _ = try await enter("numbers", ["year": "2026", "households": "90", "people": "299"]).expectStatus(200)
    }

    /// Whoever may not write the profile only reads; whoever does not see the area, nothing; the portal shows none.
    @Test(arguments: TestEngine.all) func whoMayNot(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let head = try await site.signIn(.yaThuong)
        _ = try await head.send(
            head.open("\(path)/strengths").form("\(path)/strengths").filled(["party_cell": "21", "women": "118"])
        ).expectStatus(200)
        let cell = try await site.signIn(.kDoan)
        let page = try await cell.open(path).expectStatus(200)
        #expect(page.says("Chi bộ") && !page.links.contains { $0.hasPrefix("\(path)/strengths") })
        try await cell.open("\(path)/strengths").expectStatus(403)
        #expect(try await cell.json("\(path)/strengths", sending: #"{"year": 2026, "women": 1}"#).status == 403)
        let elsewhere = try await site.signIn(.haLieng)
        try await elsewhere.open("\(path)/strengths").expectStatus(404)
        #expect(try await elsewhere.json("\(path)/strengths", sending: #"{"year": 2026, "women": 1}"#).status == 404)
        let portal = "/portal/areas/\(Place.thongXanh.id)"
        let shown = try await site.visitor().open(portal).expectStatus(200)
        #expect(!shown.says("Chi hội Phụ nữ") && !shown.says("118"))
        let json = try await site.visitor().json(portal).body
        #expect(!json.contains("strengths") && !json.contains("members"))
    }
}
