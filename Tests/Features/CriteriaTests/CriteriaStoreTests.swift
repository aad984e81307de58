import App
import Core
import Database
import Foundation
import TestKit
import Testing

@testable import Criteria

/// What is kept of a set, on both engines.
@Suite("Criteria store", .databases) struct CriteriaStoreTests {
    private static let sight = Sight(person: Member.doThiHanh.id, roots: [Place.lamDong.id])
    private static let elsewhere = Sight(person: Member.haLieng.id, roots: [Place.taLy.id])

    private func yaml(_ change: (inout CriteriaSet) -> Void = { _ in }) throws -> String {
        try Criteria.YAML.write(Sample.small(change))
    }

    private func draft(_ change: (inout CriteriaSet) -> Void = { _ in }) throws -> NewCriteriaSet {
        try NewCriteriaSet(yaml(change), for: Place.lamDong.id, by: Member.doThiHanh.id)
    }

    private func add(
        _ test: TestDatabase, _ change: (inout CriteriaSet) -> Void = { _ in }
    ) async throws -> StoredCriteriaSet {
        let draft = try draft(change)
        let id = try await test.database.unattended(.seed, giving: { try CriteriaStore.add(draft, $0) })
        return try await stored(id, test)
    }

    private func addPublished(
        _ test: TestDatabase, _ change: (inout CriteriaSet) -> Void = { _ in }
    ) async throws -> StoredCriteriaSet {
        let text = try yaml(change)
        let id = try await test.database.unattended(
            .seed,
            giving: {
                try CriteriaStore.addPublished(text, for: Place.lamDong.id, $0)
            })
        return try await stored(id, test)
    }

    private func stored(_ id: ID, _ test: TestDatabase) async throws -> StoredCriteriaSet {
        try await test.database.read { try CriteriaStore.stored(id, seenBy: Self.sight, $0) }
    }

    private func publish(_ record: StoredCriteriaSet, _ test: TestDatabase) async throws {
        try await test.database.unattended(.seed) { tx in
            try CriteriaStore.publish(record, by: nil, tx)
            return Receipt()
        }
    }

    @Test(arguments: TestEngine.all) func aDraftIsKeptAsItWasWritten(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .cast)
        let text = "# lời ghi của người soạn\n" + (try yaml())
        let draft = try NewCriteriaSet(text, for: Place.lamDong.id, by: Member.doThiHanh.id)
        let id = try await test.database.unattended(.seed, giving: { try CriteriaStore.add(draft, $0) })
        let record = try await stored(id, test)
        #expect(record.status == .draft)
        #expect(record.code == "NHO" && record.version == 1 && record.revision == 1)
        #expect(record.place == [Place.lamDong.id, Place.country.id])
        #expect(record.digest == ByteDigest.of(text.utf8))
        #expect(try await test.database.read { try CriteriaStore.source(id, $0) } == text)
        #expect(try await test.database.read { try CriteriaStore.set(id, $0) } == Sample.small())
    }

    @Test(arguments: TestEngine.all) func theStatusIsThatOfTheRecordAndNotOfTheText(on engine: TestEngine) async throws
    {
        let test = try await TestDatabase(engine, .cast)
        let record = try await add(test) { $0.status = .published }
        #expect(record.status == .draft)
        #expect(try await test.database.read { try CriteriaStore.set(record.id, $0).status } == .draft)
        try await publish(record, test)
        #expect(try await test.database.read { try CriteriaStore.set(record.id, $0).status } == .published)
    }

    @Test func aFaultyTextIsNoDraft() throws {
        #expect(throws: FaultyCriteria.self) { try draft { $0.maximum = 1 } }
    }

    @Test(arguments: TestEngine.all) func aVersionIsThereOnce(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .cast)
        let first = try await add(test)
        let refusal = await #expect(throws: Refusal.self) { try await add(test) }
        #expect(refusal?.key == "criteria.refusal.draftThere")
        #expect(refusal?.arguments["next"] == "2")
        try await publish(first, test)
        let published = await #expect(throws: Refusal.self) { try await add(test) }
        #expect(published?.key == "criteria.refusal.versionThere")
    }

    @Test(arguments: TestEngine.all) func aCodeBelongsToOneOwnerAndOneSubject(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .cast)
        _ = try await add(test)
        let other = try NewCriteriaSet(yaml { $0.version = 2 }, for: Place.donDuong.id, by: nil)
        let refusal = await #expect(throws: Refusal.self) {
            try await test.database.unattended(.seed, giving: { try CriteriaStore.add(other, $0) })
        }
        #expect(refusal?.key == "criteria.refusal.codeTaken")
        let subject = await #expect(throws: Refusal.self) {
            try await add(test) {
                $0.version = 2
                $0.subject = .commune
            }
        }
        #expect(subject?.key == "criteria.refusal.codeTaken")
    }

    @Test(arguments: TestEngine.all) func aPublishedSetNeverChanges(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .cast)
        let record = try await addPublished(test)
        let other = try draft { $0.name = Criteria.Name("Tên khác") }
        let before = try await test.database.read { try CriteriaStore.source(record.id, $0) }
        for attempt in 0..<3 {
            let refusal = await #expect(throws: Refusal.self) {
                try await test.database.unattended(.seed) { tx in
                    switch attempt {
                    case 0: try CriteriaStore.replace(record, with: other, tx)
                    case 1: try CriteriaStore.remove(record, tx)
                    default: try CriteriaStore.publish(record, by: nil, tx)
                    }
                    return Receipt()
                }
            }
            #expect(refusal != nil)
        }
        let after = try await stored(record.id, test)
        #expect(after == record)
        #expect(try await test.database.read { try CriteriaStore.source(record.id, $0) } == before)
    }

    @Test(arguments: TestEngine.all) func aDraftIsReplacedByAnotherTextOfTheSameVersion(on engine: TestEngine)
        async throws
    {
        let test = try await TestDatabase(engine, .cast)
        let record = try await add(test)
        _ = try await test.database.read { try CriteriaStore.set(record.id, $0) }
        let other = try draft { $0.name = Criteria.Name("Tên khác") }
        try await test.database.unattended(.seed) { tx in
            try CriteriaStore.replace(record, with: other, tx)
            return Receipt()
        }
        let after = try await stored(record.id, test)
        #expect(after.name == "Tên khác" && after.revision == 2)
        #expect(try await test.database.read { try CriteriaStore.set(record.id, $0).name.vi } == "Tên khác")
        // Whoever still holds the first revision is told.
        let late = await #expect(throws: Refusal.self) {
            try await test.database.unattended(.seed) { tx in
                try CriteriaStore.replace(record, with: other, tx)
                return Receipt()
            }
        }
        #expect(late?.kind == .conflict)
        let second = try draft { $0.version = 2 }
        let wrong = await #expect(throws: Refusal.self) {
            try await test.database.unattended(.seed) { tx in
                try CriteriaStore.replace(after, with: second, tx)
                return Receipt()
            }
        }
        #expect(wrong?.key == "criteria.refusal.otherSet")
    }

    @Test(arguments: TestEngine.all) func aDraftCanBeThrownAway(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .cast)
        let record = try await add(test)
        try await test.database.unattended(.seed) { tx in
            try CriteriaStore.remove(record, tx)
            return Receipt()
        }
        await #expect(throws: NotFound.self) { try await stored(record.id, test) }
    }

    @Test(arguments: TestEngine.all) func aNewVersionPutsTheOldOneOutOfUseFromItsFirstDay(on engine: TestEngine)
        async throws
    {
        let test = try await TestDatabase(engine, .cast)
        let first = try await addPublished(test)
        let second = try await addPublished(test) {
            $0.version = 2
            $0.effectiveFrom = Day(iso: "2027-01-01")
        }
        let old = try await stored(first.id, test)
        #expect(old.status == .superseded && old.supersededBy == second.id)
        #expect(second.status == .published)
        let days: [(String, ID?)] = [
            ("2025-12-31", nil), ("2026-01-01", first.id), ("2026-12-31", first.id), ("2027-01-01", second.id),
        ]
        for (day, wanted) in days {
            let day = try #require(Day(iso: day))
            let found = try await test.database.read {
                try CriteriaStore.current(.residentialArea, on: day, for: Place.thongXanh.id, $0)?.id
            }
            #expect(found == wanted, "on \(day)")
        }
        #expect(try await test.database.read { try CriteriaStore.published($0).map(\.id) } == [second.id])
    }

    /// A document that ends by itself does not apply after its last day, and nothing takes its place.
    @Test(arguments: TestEngine.all) func aSetAppliesUntilItsLastDay(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .cast)
        let set = try await addPublished(test) { $0.effectiveTo = Day(iso: "2026-12-31") }
        #expect(set.effectiveTo == Day(iso: "2026-12-31"))
        let days: [(String, ID?)] = [("2026-12-31", set.id), ("2027-01-01", nil)]
        for (day, wanted) in days {
            let day = try #require(Day(iso: day))
            let found = try await test.database.read {
                try CriteriaStore.current(.residentialArea, on: day, for: Place.thongXanh.id, $0)?.id
            }
            #expect(found == wanted, "on \(day)")
        }
        // A draft's last day goes when its text loses it.
        let draft = try await add(test) {
            $0.version = 2
            $0.effectiveTo = Day(iso: "2027-12-31")
        }
        let other = try self.draft { $0.version = 2 }
        try await test.database.unattended(.seed) { tx in
            try CriteriaStore.replace(draft, with: other, tx)
            return Receipt()
        }
        #expect(try await stored(draft.id, test).effectiveTo == nil)
    }

    @Test(arguments: TestEngine.all) func theNearestOwnersSetApplies(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .cast)
        let ofProvince = try await addPublished(test)
        let text = try yaml { $0.code = "XA" }
        let ofCommune = try await test.database.unattended(
            .seed,
            giving: {
                try CriteriaStore.addPublished(text, for: Place.donDuong.id, $0)
            })
        let namesOnly = try yaml {
            $0.code = "TEN"
            $0.label = .namesOnly
        }
        try await test.database.unattended(.seed) { tx in
            try CriteriaStore.addPublished(namesOnly, for: Place.thongXanh.id, tx)
            return Receipt()
        }
        let places: [(Place, ID)] = [(.thongXanh, ofCommune), (.taLy, ofProvince.id)]
        for (place, wanted) in places {
            let found = try await test.database.read {
                try CriteriaStore.current(.residentialArea, on: TestClock.today, for: place.id, $0)?.id
            }
            #expect(found == wanted, "\(place)")
        }
        #expect(
            try await test.database.read {
                try CriteriaStore.current(.commune, on: TestClock.today, $0)?.id
            } == nil)
        #expect(
            try await test.database.read {
                try CriteriaStore.current(code: "NHO", .residentialArea, on: TestClock.today, $0)?.id
            } == ofProvince.id)
    }

    @Test(arguments: TestEngine.all) func whatHindersPublicationIsRefused(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .cast)
        let second = try await addPublished(test) { $0.version = 2 }
        let older = try await add(test)
        let refusal = await #expect(throws: Refusal.self) { try await publish(older, test) }
        #expect(refusal?.key == "criteria.refusal.faulty")
        #expect(try await stored(older.id, test).status == .draft)
        let early = try await add(test) {
            $0.version = 3
            $0.effectiveFrom = second.effectiveFrom.adding(days: -1)
        }
        let hinders = try await test.database.read {
            try CriteriaStore.publication(of: early, on: TestClock.today, $0).hinders.map(\.key)
        }
        #expect(hinders == [.effectiveBeforeLast])
    }

    @Test(arguments: TestEngine.all) func aSetMayNotAskForLessThanItsFrame(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .cast)
        _ = try await addPublished(test) { $0.code = "KHUNG" }
        let derived = try await add(test) {
            $0.frame = CriteriaSet.Frame(code: "KHUNG", version: 1)
            $0.standards[0].indicators[0].thresholds = [Criteria.Threshold(.quantity(Sample.quantity("80")))]
        }
        let publication = try await test.database.read {
            try CriteriaStore.publication(of: derived, on: TestClock.today, $0)
        }
        #expect(publication.hinders.map(\.key) == [.frameLoosened])
        let unknown = try await add(test) {
            $0.code = "KHAC"
            $0.frame = CriteriaSet.Frame(code: "KHONG-CO", version: 1)
        }
        let other = try await test.database.read { try CriteriaStore.publication(of: unknown, on: TestClock.today, $0) }
        #expect(other.isPossible)
        #expect(other.warnings.map(\.key) == [.frameUnknown])
    }

    @Test(arguments: TestEngine.all) func aDraftIsSeenWhereItsOwnerIsSeen(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .cast)
        let draft = try await add(test)
        await #expect(throws: NotFound.self) {
            try await test.database.read { try CriteriaStore.stored(draft.id, seenBy: Self.elsewhere, $0) }
        }
        await #expect(throws: NotFound.self) {
            try await test.database.read { try CriteriaStore.stored(draft.id, $0) }
        }
        #expect(try await list(CriteriaStore.Filter(), Self.elsewhere, test).isEmpty)
        try await publish(draft, test)
        #expect(try await list(CriteriaStore.Filter(), Self.elsewhere, test) == ["NHO 1"])
        _ = try await test.database.read { try CriteriaStore.stored(draft.id, $0) }
    }

    @Test(arguments: TestEngine.all) func theListIsFoundByWordsAndStatusAndGoesOn(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .cast)
        for version in 1...3 { _ = try await addPublished(test) { $0.version = version } }
        _ = try await add(test) {
            $0.code = "A"
            $0.name = Criteria.Name("Tiêu chí đường sáng")
        }
        #expect(try await list(CriteriaStore.Filter(), Self.sight, test) == ["A 1", "NHO 3", "NHO 2", "NHO 1"])
        #expect(try await list(CriteriaStore.Filter(words: "duong sang"), Self.sight, test) == ["A 1"])
        #expect(try await list(CriteriaStore.Filter(words: "ương"), Self.sight, test) == [])
        #expect(try await list(CriteriaStore.Filter(words: "100%"), Self.sight, test) == [])
        #expect(try await list(CriteriaStore.Filter(statuses: [.superseded]), Self.sight, test) == ["NHO 2", "NHO 1"])
        #expect(try await list(CriteriaStore.Filter(subject: .commune), Self.sight, test) == [])
        let next = try await test.database.read {
            try CriteriaStore.summaries(
                CriteriaStore.Filter(), seenBy: Self.sight, after: CriteriaStore.Mark(code: "NHO", version: 3),
                limit: 1,
                $0
            ).map { "\($0.code) \($0.version)" }
        }
        // One more than asked for says that there are more.
        #expect(next == ["NHO 2", "NHO 1"])
    }

    private func list(_ filter: CriteriaStore.Filter, _ sight: Sight, _ test: TestDatabase) async throws -> [String] {
        try await test.database.read {
            try CriteriaStore.summaries(filter, seenBy: sight, $0).map { "\($0.code) \($0.version)" }
        }
    }

    /// A later program may find faults in a text that was accepted; decisions still rest on it.
    @Test func aTextThatWasAcceptedStaysReadable() throws {
        let text = try yaml { $0.maximum = 1 }
        #expect(Criteria.YAML.read(text).set == nil)
        #expect(Criteria.YAML.read(text, kept: true).set?.maximum == 1)
    }

    @Test func aSetIsTakenApartOnceAndNotForEver() throws {
        let id = ID(high: 77, low: 77)
        var parsed = 0
        func read(_ digest: UInt8) throws {
            _ = try CriteriaKept.set(id, [digest]) {
                parsed += 1
                return Sample.small()
            }
        }
        for _ in 0..<3 { try read(1) }
        #expect(parsed == 1)
        try read(2)
        #expect(parsed == 2)
        for other in 0..<(CriteriaKept.most + 5) {
            _ = try CriteriaKept.set(ID(high: 78, low: UInt64(other)), [0]) { Sample.small() }
        }
        #expect(CriteriaKept.count <= CriteriaKept.most)
        #expect(throws: FaultyCriteria.self) {
            try CriteriaKept.set(ID(high: 79, low: 1), [0]) { throw FaultyCriteria(faults: []) }
        }
    }
}
