import Core
import Database
import TestKit
import Testing

@testable import Organisation

@Suite("Searching names", .databases) struct SearchIndexTests {
    private static func entry(_ number: UInt64, _ name: String, _ territory: ID) -> SearchIndex.Entry {
        SearchIndex.Entry(
            kind: SearchIndex.person, id: ID(high: 8, low: number), name: name, content: VietnameseText.folded(name),
            territory: territory)
    }

    private func found(
        _ typed: String, _ sight: Sight, _ tree: OrganisationFixture, limit: Int = 20
    ) async throws -> [ID] {
        try await tree.read {
            try SearchIndex.find(
                VietnameseText.searchWords(typed), kind: SearchIndex.person, seenBy: sight, limit: limit, $0)
        }
    }

    private func names(_ ids: [ID]) -> [UInt64] { ids.map(\.low) }

    @Test(arguments: TestEngine.all) func wordsAreFoundInAnyOrderAndBegun(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let (thongXanh, ta) = (tree.thongXanh, OrganisationImport.Known.id(20))
            try await tree.write { tx in
                try SearchIndex.put(
                    [
                        Self.entry(1, "Ka Hương", thongXanh), Self.entry(2, "Nguyễn Thị Mai Hương", thongXanh),
                        Self.entry(3, "K'Đoan", thongXanh), Self.entry(4, "Ka Hương", ta),
                        Self.entry(5, "Touprong Nai Thủy", ta),
                    ], tx)
            }
            let all = tree.sight(tree.province)
            #expect(try await names(found("huong ka", all, tree)) == [1, 4])
            #expect(try await names(found("Ka Hương", all, tree)) == [1, 4])
            #expect(try await names(found("huo", all, tree)).count == 3)
            #expect(try await names(found("thuy tou", all, tree)) == [5])
            #expect(try await names(found("huong", tree.sight(tree.kaDo), tree)) == [4], "only what is in sight")
            #expect(try await found("huong", Sight(person: tree.country, roots: []), tree).isEmpty)
            #expect(try await found("huong xyz", all, tree).isEmpty)
            #expect(try await found("%", all, tree).isEmpty)
            #expect(try await found("", all, tree).isEmpty)
            #expect(try await found("huong", all, tree, limit: 1).count == 1)
        }
    }

    @Test(arguments: TestEngine.all) func aNameThatGoesIsNotFoundAndOneInTwoPlacesIsFoundOnce(
        on engine: TestEngine
    ) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let ta = OrganisationImport.Known.id(20)
            try await tree.write { tx in
                try SearchIndex.put(
                    [Self.entry(1, "Ka Hương Ka", tree.thongXanh), Self.entry(1, "Ka Hương Ka", ta)], tx)
            }
            let all = tree.sight(tree.province)
            #expect(try await names(found("ka", all, tree)) == [1])
            try await tree.write { tx in
                try SearchIndex.remove(
                    kind: SearchIndex.person, ID(high: 8, low: 1), name: "Ka Hương Ka", territory: ta, tx)
            }
            #expect(try await found("ka", tree.sight(tree.kaDo), tree).isEmpty)
            #expect(try await names(found("ka", all, tree)) == [1])
            try await tree.write { tx in
                try SearchIndex.remove(kind: SearchIndex.person, ID(high: 8, low: 1), name: "Ka Hương Ka", tx)
            }
            #expect(try await found("ka", all, tree).isEmpty)
        }
    }

    /// More names than are read at once: both ways of walking them find the same.
    @Test(arguments: TestEngine.all) func manyNamesAreFoundInANarrowAndInAWideSight(on engine: TestEngine) async throws
    {
        try await OrganisationFixture.with(engine) { tree in
            let ta = OrganisationImport.Known.id(20)
            let many = UInt64(SearchIndex.few + 500)
            try await tree.write { tx in
                try SearchIndex.put(
                    (1...many).map { Self.entry($0, "Nguyễn Văn \($0)", $0 == 7 ? ta : tree.thongXanh) }, tx)
            }
            #expect(try await names(found("van nguyen", tree.sight(tree.kaDo), tree)) == [7])
            #expect(try await found("nguyen", tree.sight(tree.province), tree).count == 20)
            #expect(try await names(found("nguyen 7", tree.sight(tree.kaDo), tree)) == [7])
            let wide = try await tree.read { reader in
                // What a sight of more units than `narrow` would ask.
                try SearchIndex.find(
                    ["van", "nguyen"], kind: SearchIndex.person, seenBy: tree.sight(tree.province), limit: 5, reader)
            }
            #expect(wide.count == 5)
        }
    }

    /// Words that most people bear find who has both, and go with the name.
    @Test(arguments: TestEngine.all) func twoCommonWordsLeadTogether(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            let name = "Lê Đình Vân"
            let sight = tree.sight(tree.province)
            try await tree.write { try SearchIndex.put([Self.entry(1, name, tree.thongXanh)], $0) }
            #expect(try await names(found("van le dinh", sight, tree)) == [1])
            func rows() async throws -> Int {
                try await tree.read {
                    try $0.one("SELECT count(*) AS n FROM search_word WHERE subject_kind = 'person'").integer("n")
                }
            }
            #expect(try await rows() == 6, "three words and three pairs")
            try await tree.write {
                try SearchIndex.remove(kind: SearchIndex.person, ID(high: 8, low: 1), name: name, $0)
            }
            #expect(try await rows() == 0)
        }
    }

    @Test(arguments: TestEngine.all) func aRenamedCommuneIsFoundWithItsAreas(on engine: TestEngine) async throws {
        try await OrganisationFixture.with(engine) { tree in
            try await tree.write {
                try OrganisationStore.rename(tree.donDuong, to: "Đa Nhim", on: Day(iso: "2026-01-01")!, $0)
            }
            let sight = tree.sight(tree.province)
            func areas(_ typed: String) async throws -> [String] {
                let words = VietnameseText.searchWords(typed)
                return try await tree.read { try OrganisationStore.findAreas(words, sight, 9, $0).map(\.name) }
            }
            #expect(try await areas("thong xanh da nhim") == ["Thông Xanh"])
            #expect(try await areas("xanh don duong").isEmpty)
        }
    }

    /// A question that read the whole index would not hold at a million names.
    @Test func everyQuestionIsARangeOfAnIndex() async throws {
        try await OrganisationFixture.with(.sqlite) { tree in
            let word = "nguyen"
            let range: SQL = "w.subject_kind = 'person' AND \(OrganisationStore.begins("w.word", with: word))"
            let questions: [SQL] = [
                "SELECT w.subject_id FROM search_word w WHERE \(range) ORDER BY w.word, w.sort_key, w.subject_id LIMIT 9",
                """
                SELECT w.subject_id FROM territory_closure c CROSS JOIN search_word w
                WHERE c.ancestor_id IN (\(tree.donDuong)) AND w.territory_id = c.descendant_id
                AND \(OrganisationStore.begins("w.word", with: word)) AND coalesce(w.subject_kind, '') = 'person'
                """,
            ]
            for question in questions {
                let plan = try await tree.read { reader in
                    try reader.rows("EXPLAIN QUERY PLAN " + question).map { try $0.text("detail") }
                }
                #expect(!plan.contains { $0.contains("SCAN") || $0.contains("TEMP B-TREE") }, "\(plan)")
                #expect(!plan.contains { $0.contains("w USING PRIMARY KEY") } || !question.isWalk, "\(plan)")
            }
        }
    }
}

extension SQL {
    /// The question that walks territories must not read a word's whole range for each of them.
    fileprivate var isWalk: Bool { "\(self)".contains("CROSS JOIN") }
}

@Suite("The page of searching", .databases) struct SearchStoryTests {
    @Test(arguments: TestEngine.all) func oneQuestionFindsEveryKindTheReaderMaySee(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let chair = try await site.signIn(.kaHuong)
        let place = try await chair.open("/search?q=don+duong").expectStatus(200)
        #expect(place.says("Xã Đơn Dương") && place.says("Ủy ban MTTQ Việt Nam xã Đơn Dương"))
        let person = try await chair.open("/search?q=huong+ka").expectStatus(200)
        #expect(person.says("Ka Hương") && person.links.contains("/people/\(Member.kaHuong.id)"))
        let area = try await chair.open("/search?q=xanh+thong").expectStatus(200)
        #expect(area.links.contains("/areas/\(Place.thongXanh.id)"))

        let head = try await site.signIn(.damThiNhung)
        let other = try await head.open("/search?q=xanh+thong").expectStatus(200)
        #expect(!other.links.contains("/areas/\(Place.thongXanh.id)"), "out of sight")
        let nobody = try await head.open("/search?q=nhung+dam").expectStatus(200)
        #expect(!nobody.says("Đàm Thị Nhung"), "people are for those who look after accounts")
    }
}
