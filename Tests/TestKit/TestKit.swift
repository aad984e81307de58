// TestKit: what tests stand on. No fakes: both engines, with the product's own schema, and the product's own pages.
//
//   TestEngine            the argument of a test that runs on SQLite and on PostgreSQL
//   TestDatabase          a database of one test's own, made in a millisecond from a migrated template
//   TestClock, World.test a fixed day that can be moved, ids that count, secrets that repeat
//   Site/                 the whole product over HTTP: a browser for each person, forms filled as a person does, the cast
//
// A store test in five lines:
//
//     @Suite("Notes", .databases) struct NoteTests {
//         @Test(arguments: TestEngine.all) func aNoteIsKept(on engine: TestEngine) async throws {
//             let test = try await TestDatabase(engine)
//             try await test.database.unattended(.seed) { tx in try NoteStore.add("Họp thôn", tx) }
//             #expect(try await test.database.read { try NoteStore.all($0) }.count == 1)
//         }
//     }
