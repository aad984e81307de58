import App
import Database
import Testing

@testable import Organisation
@testable import People

/// A table that points to a person, a unit or an organisation must keep an import from being taken back.
@Suite struct ReferenceTests {
    /// `table.column` of what refers to a table, in these steps of the schema.
    private func columns(pointingTo target: String, in migrations: [Migration]) -> Set<String> {
        var found: Set<String> = []
        for statement in migrations.flatMap(\.statements) {
            let text = statement.spelled(for: .sqlite).text
            guard let table = text.firstMatch(of: /(?:CREATE|ALTER) TABLE ([a-z_]+)/)?.output.1 else { continue }
            let pattern = /([a-z_]+) [A-Z]+(?: NOT NULL)?(?: PRIMARY KEY)?(?: NOT NULL)? REFERENCES ([a-z_]+)/
            for match in text.matches(of: pattern) where match.output.2 == target {
                found.insert("\(table).\(match.output.1)")
            }
        }
        return found
    }

    /// All but the features' own, who look after themselves.
    private func later(than own: [Migration]...) -> [Migration] {
        let names = Set(own.flatMap { $0 }.map(\.name))
        return SchemaOrder.migrations.filter { !names.contains($0.name) }
    }

    @Test func whoStandsInARecordStays() {
        let pointing = columns(pointingTo: "person", in: later(than: PeopleSchema.migrations))
        #expect(pointing.count > 20)
        #expect(Set(Wiring.persons.map { "\($0.table).\($0.column)" }) == pointing)
    }

    @Test func whatARecordIsOfStays() {
        let migrations = later(than: OrganisationSchema.migrations)
        let pointing = columns(pointingTo: "territory", in: migrations).union(
            columns(pointingTo: "organisation", in: migrations))
        let known = (Wiring.dossiers + [ImportReference].roles).map { "\($0.table).\($0.column)" }
        #expect(pointing.count > 10)
        #expect(Set(known) == pointing)
    }
}
