import App
import Database
import Testing

/// The tables are reviewed as text: what each engine is given, step by step.
@Suite struct SchemaTests {
    @Test(arguments: EngineKind.allCases)
    func theSchemaIsTheCommittedOne(_ engine: EngineKind) throws {
        var text = "-- Drawn from the migrations in Sources; `make access` draws it anew.\n"
        for migration in SchemaOrder.migrations {
            text += "\n-- \(migration.name)\n"
            for statement in migration.statements { text += statement.spelled(for: engine).text + ";\n" }
        }
        try Checkout.compare(text, with: "schema.\(engine.rawValue).sql")
    }

    @Test func migrationsHaveNamesOfTheirOwn() {
        let names = SchemaOrder.migrations.map(\.name)
        #expect(Set(names).count == names.count)
    }

    @Test func noStepBindsAValue() {
        for migration in SchemaOrder.migrations {
            for statement in migration.statements {
                #expect(statement.spelled(for: .sqlite).values.isEmpty, "\(migration.name) binds a value")
            }
        }
    }
}
