import Core
import Database
import Organisation
import TestKit
import Testing

@testable import Criteria

/// Criteria sets on the page of searching: published ones for everybody, drafts for those who see their owner.
@Suite("Criteria on the page of searching", .databases) struct CriteriaTextSearchTests {
    private static let owner = Sight(person: Member.doThiHanh.id, roots: [Place.lamDong.id])
    private static let elsewhere = Sight(person: Member.haLieng.id, roots: [Place.taLy.id])

    private func found(_ typed: String, _ sight: Sight, _ test: TestDatabase) async throws -> [ID] {
        try await test.database.read {
            try CriteriaTextSearch.kind.find(VietnameseText.searchWords(typed), sight, 20, $0).map(\.id)
        }
    }

    private func draft(_ name: String, version: Int = 1) throws -> NewCriteriaSet {
        let text = try Criteria.YAML.write(
            Sample.small {
                $0.name = Criteria.Name(name, en: "Small set")
                $0.version = version
                $0.effectiveFrom = Day(iso: "202\(5 + version)-01-01")
            })
        return try NewCriteriaSet(text, for: Place.lamDong.id, by: Member.doThiHanh.id)
    }

    @Test(arguments: TestEngine.all) func aDraftIsFoundByItsOwnersAndAPublishedSetByAll(
        on engine: TestEngine
    ) async throws {
        let test = try await TestDatabase(engine, .cast)
        let (first, renamed) = (try draft("Bộ tiêu chí vườn hồng"), try draft("Bộ tiêu chí vườn dâu"))
        let id = try await test.database.unattended(.seed, giving: { try CriteriaStore.add(first, $0) })
        func stored() async throws -> StoredCriteriaSet {
            try await test.database.read { try CriteriaStore.stored(id, seenBy: Self.owner, $0) }
        }
        #expect(try await found("vuon hong", Self.owner, test) == [id])
        #expect(try await found("small set", Self.owner, test) == [id], "by its English name")
        #expect(try await found("vuon hong", Self.elsewhere, test) == [])

        let before = try await stored()
        try await test.database.unattended(.seed) { tx in
            try CriteriaStore.replace(before, with: renamed, tx)
            return Receipt()
        }
        #expect(try await found("vuon hong", Self.owner, test) == [], "the text before is gone")
        #expect(try await found("vuon dau", Self.owner, test) == [id])

        let now = try await stored()
        try await test.database.unattended(.seed) { tx in
            try CriteriaStore.publish(
                now, by: nil, document: IssuedDocument(number: "18-HD/BDV", day: Day(iso: "2026-01-05")!), tx)
            return Receipt()
        }
        for sight in [Self.owner, Self.elsewhere] {
            #expect(try await found("vuon dau", sight, test) == [id])
            #expect(try await found("18 hd bdv", sight, test) == [id], "by the document's number")
        }
        let drafts = try await test.database.read {
            try $0.one("SELECT count(*) AS n FROM search_word WHERE subject_kind = 'criteria_draft'").integer("n")
        }
        #expect(drafts == 0)

        // What is replaced stays readable, and found; a draft that is thrown away is not.
        let next = try draft("Bộ tiêu chí vườn mận", version: 2)
        let other = try await test.database.unattended(.seed, giving: { try CriteriaStore.add(next, $0) })
        #expect(try await Set(found("vuon", Self.owner, test)) == [id, other])
        #expect(try await found("vuon", Self.elsewhere, test) == [id])
        try await test.database.unattended(.seed) { tx in
            try CriteriaStore.remove(CriteriaStore.stored(other, seenBy: Self.owner, tx), tx)
            return Receipt()
        }
        #expect(try await found("vuon", Self.owner, test) == [id])
    }
}
