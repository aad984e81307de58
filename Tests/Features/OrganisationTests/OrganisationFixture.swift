import Core
import Database
import Foundation
import TestKit

@testable import Organisation

/// A small tree on either engine: Việt Nam, Lâm Đồng, the communes Đơn Dương and Ka Đô, six areas.
struct OrganisationFixture {
    static let migrations = DatabaseSchema.migrations + OrganisationSchema.migrations

    let database: Database
    let country = OrganisationImport.Known.id(1)
    let province = OrganisationImport.Known.id(2)
    let donDuong = OrganisationImport.Known.id(3)
    let kaDo = OrganisationImport.Known.id(4)
    let thongXanh = OrganisationImport.Known.id(10)

    static func with(_ engine: TestEngine, _ body: @Sendable (OrganisationFixture) async throws -> Void) async throws {
        let test = try await TestDatabase(engine, migrations)
        let fixture = OrganisationFixture(database: test.database)
        try await fixture.seed()
        try await body(fixture)
    }

    static func empty(_ engine: TestEngine, _ body: @Sendable (OrganisationFixture) async throws -> Void) async throws {
        let test = try await TestDatabase(engine, migrations)
        let fixture = OrganisationFixture(database: test.database)
        try await fixture.write { tx in
            try OrganisationStore.addTerritory(NewTerritory(id: fixture.country, .country, "Việt Nam", parent: nil), tx)
        }
        try await body(fixture)
    }

    private func seed() async throws {
        let names = ["Thông Xanh", "Suối Thông A1", "Thôn 10", "Thôn 2", "Nghĩa Lập"]
        try await write { tx in
            var units = [
                NewTerritory(id: country, .country, "Việt Nam", parent: nil),
                NewTerritory(id: province, .province, "Lâm Đồng", code: "68", parent: country),
                NewTerritory(
                    id: donDuong, .commune, "Đơn Dương", code: "24931", parent: province, from: Day(iso: "2025-07-01")!),
                NewTerritory(
                    id: kaDo, .commune, "Ka Đô", code: "24943", parent: province, from: Day(iso: "2025-07-01")!),
            ]
            for (index, name) in names.enumerated() {
                units.append(
                    NewTerritory(
                        id: OrganisationImport.Known.id(10 + UInt64(index)), .thon, name, parent: donDuong,
                        profile: AreaProfile(households: 200 + index, areaClass: "rural", asOf: 2026)))
            }
            units.append(
                NewTerritory(
                    id: OrganisationImport.Known.id(20), .buon, "Ta Ly", parent: kaDo, profile: AreaProfile()))
            try OrganisationStore.addTerritories(units, tx)
            try OrganisationStore.addOrganisations(
                [
                    NewOrganisation(
                        id: OrganisationImport.Known.id(50), .partyCommittee, "Đảng ủy xã Đơn Dương",
                        territory: donDuong),
                    NewOrganisation(
                        id: OrganisationImport.Known.id(51), .partyCell, "Chi bộ thôn Thông Xanh", territory: thongXanh,
                        parent: OrganisationImport.Known.id(50)),
                ], tx)
        }
    }

    func write(_ body: @escaping @Sendable (Transaction) throws -> Void) async throws {
        try await database.unattended(.seed) { tx in
            try body(tx)
            return Receipt()
        }
    }

    func read<Answer: Sendable>(_ body: @escaping @Sendable (any Reader) throws -> Answer) async throws -> Answer {
        try await database.read(body)
    }

    func sight(_ roots: ID...) -> Sight { Sight(person: country, roots: roots) }

    /// Previews a sheet and answers its batch, as the page does.
    func preview(
        _ subject: OrganisationImport.Subject, below base: ID, _ coverage: OrganisationImport.Coverage = .whole,
        on day: Day, _ bytes: [UInt8], named name: String = "ds.xlsx"
    ) async throws -> ImportBatch {
        let (known, version) = try await read { reader in
            let base = try OrganisationStore.publicTerritory(base, reader)
            return (
                try OrganisationStore.known(below: base, for: subject, on: day, reader),
                try OrganisationStore.treeVersion(reader)
            )
        }
        let plan = try OrganisationImport.read(bytes, named: name, subject, known, coverage, day: day)
        let preview = ImportPreview(
            base: base, subject: subject, coverage: coverage, day: day, document: "1671/NQ-UBTVQH15", fileName: name,
            plan: plan, letters: { String(UnicodeScalar(UInt8(65 + $0))) }, treeVersion: version)
        let id = try await database.unattended(
            .seed,
            giving: { tx in
                try OrganisationStore.keep(preview, by: base, tx)
            })
        return try await batch(id, below: base)
    }

    func batch(_ id: ID, below base: ID) async throws -> ImportBatch {
        let sight = sight(base)
        return try await read { try OrganisationStore.importBatch(id, seenBy: sight, $0) }
    }

    func carryOut(_ batch: ImportBatch) async throws {
        try await write { try OrganisationStore.carryOut(batch, $0) }
    }

    func undo(_ batch: ImportBatch, _ references: [ImportReference] = []) async throws {
        let now = try await self.batch(batch.id, below: batch.territory)
        try await write { try OrganisationStore.undo(now, references, $0) }
    }

    /// Everything that an import may touch, as one text: equal texts are equal trees.
    func picture() async throws -> String {
        try await read { reader in
            var text = ""
            let tables: [SQL] = [
                "SELECT id, kind, designation, name, code, parent_id, sort_key, search_key, name_key, valid_from, valid_until FROM territory ORDER BY id",
                "SELECT territory_id, valid_from, valid_until, kind, designation, name, code, parent_id, sort_key FROM territory_state ORDER BY territory_id, valid_from",
                "SELECT ancestor_id, descendant_kind, sort_key, descendant_id FROM territory_closure ORDER BY ancestor_id, descendant_kind, sort_key, descendant_id",
                "SELECT word, subject_kind, sort_key, subject_id, territory_id, content FROM search_word ORDER BY word, subject_kind, subject_id",
                "SELECT territory_id, area_kind, households, people, area_class, as_of FROM area ORDER BY territory_id",
                "SELECT id, kind, name, territory_id, parent_id, valid_from, valid_until FROM organisation ORDER BY id",
                "SELECT organisation_id, valid_from, valid_until, name FROM organisation_name ORDER BY organisation_id, valid_from",
                "SELECT from_id, into_id, kind, day FROM territory_succession ORDER BY from_id, into_id",
            ]
            for sql in tables { for row in try reader.rows(sql) { text += "\(row)\n" } }
            return text
        }
    }

    static func csv(_ rows: [[String]]) -> [UInt8] {
        Array(
            rows.map { $0.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") }.joined(
                separator: "\r\n"
            ).utf8)
    }
}
