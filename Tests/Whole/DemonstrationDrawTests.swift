import App
import Core
import Database
import Foundation
import TestKit
import Testing

/// Every demonstration is the same one: what a panel draws by lot falls alike at each seeding, so that what one reader
/// was shown another finds.
@Suite("Demonstration, draws", .databases) struct DemonstrationDrawTests {
    @Test func idsAreTheSameAndGrow() {
        let (one, other) = (IDSource.demonstration(), IDSource.demonstration())
        let ids = (0..<10_000).map { _ in one.next() }
        #expect(ids == (0..<10_000).map { _ in other.next() })
        #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 } && Set(ids).count == ids.count)
        #expect(Live().world.ids.next() > ids[ids.count - 1], "what is made later comes after them")
        // The end of an id, from which a panel's draw begins, is not a count.
        #expect(Set(ids.map { "\($0)".suffix(10) }).count == ids.count)
    }

    /// Two programs, so that nothing that differs between processes, as the order of dictionaries does, is left out.
    @Test func twoSeedingsDrawAlike() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kieumau-draws-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var drawn: [[String]] = []
        for name in ["one", "other"] {
            let data = folder.appending(path: name).path
            #expect(try KieuMau.run(["seed", "demo", "--data", data]).code == 0)
            let database = Database(
                engine: try SQLiteEngine(path: data + "/kieumau.sqlite"), world: .test(), log: .silent)
            drawn.append(
                try await database.read { reader in
                    try reader.rows(
                        """
                        SELECT t.name, s.code, p.name AS member FROM appraisal_score s
                        JOIN appraisal a ON a.id = s.appraisal_id JOIN dossier d ON d.id = a.dossier_id
                        JOIN territory t ON t.id = d.territory_id JOIN person p ON p.id = s.person_id
                        ORDER BY t.name, d.year, s.code, p.name
                        """
                    ).map { "\(try $0.text("name")) \(try $0.text("code")) \(try $0.text("member"))" }
                })
        }
        #expect(drawn[0].count > 100 && drawn[0] == drawn[1])
    }
}
