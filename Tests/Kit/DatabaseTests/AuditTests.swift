import Core
import TestKit
import Testing

@testable import Database

@Suite("The audit trail", .databases)
struct AuditTests {
    /// How one row is altered by hand, and how the trail tells of it.
    private struct Mutation {
        let what: String
        let statements: [SQL]
        /// The record that must be named first.
        let lane: Int
        let number: Int
    }

    private static let length = 12

    /// A trail of twelve records, the first three without a person.
    private static func open(_ engine: TestEngine) async throws -> TestDatabase {
        let test = try await Notebook.open(engine)
        for _ in 2...3 { try await test.database.unattended(.session) { _ in Receipt() } }
        for number in 4...length { try await Notebook.write("line \(number)", number, test.database) }
        return test
    }

    @Test("A trail that nobody touched has no complaint, also after a restart", arguments: TestEngine.all)
    func clean(on engine: TestEngine) async throws {
        let test = try await AuditTests.open(engine)
        try test.reopen()
        try await Notebook.write("after", 99, test.database)
        let trail = try await Notebook.trail(test.database)
        #expect(trail.records == AuditTests.length + 1 && trail.broken.isEmpty)
    }

    @Test(
        "Whatever is altered in any column of any record is found, and the record is named", arguments: TestEngine.all)
    func columns(on engine: TestEngine) async throws {
        let other = ID(high: 77, low: 77)
        var mutations: [Mutation] = []
        for number in 1...AuditTests.length {
            func add(_ what: String, _ change: SQL, named: Int? = nil) {
                mutations.append(
                    Mutation(
                        what: "record \(number), \(what)",
                        statements: ["UPDATE audit SET \(change) WHERE lane = 1 AND number = \(number)"],
                        lane: 1, number: named ?? number))
            }
            add("lane", "lane = 9")
            add("number far behind", "number = number + 1000")
            add("number before the first", "number = -number", named: -number)
            add("at", "at = at + 1")
            add("at beyond what can be told", "at = 9000000000000000000")
            add("operation", "operation_id = \(other)")
            add(
                "operation gone or come",
                "operation_id = CASE WHEN operation_id IS NULL THEN CAST(\(other) AS \(.id)) END")
            add("actor", "actor_id = \(other)")
            add("act", "act = act || ' '")
            add("act of another letter", "act = upper(act)")
            add("capability", "capability = 'x' || capability")
            add("grant", "grant_id = \(other)")
            add("subject's kind", "subject_kind = subject_kind || 'x'")
            add("subject", "subject_id = \(other)")
            add("detail", "detail = detail || ' '")
            add("link", "link = \([UInt8](repeating: 1, count: 32))")
            add("link emptied", "link = \([UInt8]())")
            // A letter that moves from one column to the next must not go unseen.
            add("act and capability", "act = act || substr(capability, 1, 1), capability = substr(capability, 2)")
            if engine == .sqlite { add("operation cut short", "operation_id = \([1, 2, 3] as [UInt8])") }
        }
        let test = try await AuditTests.open(engine)
        try await AuditTests.expectFound(mutations, test.database)
    }

    @Test("A record taken out, put in or exchanged is found, and so is an end cut off", arguments: TestEngine.all)
    func order(on engine: TestEngine) async throws {
        let all = AuditTests.length
        var mutations: [Mutation] = []
        for number in 1...all {
            mutations.append(
                Mutation(
                    what: "taken out", statements: ["DELETE FROM audit WHERE number = \(number)"], lane: 1,
                    number: number))
            mutations.append(
                Mutation(
                    what: "cut off from", statements: ["DELETE FROM audit WHERE number >= \(number)"], lane: 1,
                    number: number))
        }
        func copied(to lane: Int, _ number: Int) -> SQL {
            """
            INSERT INTO audit SELECT \(lane), \(number), at, operation_id, actor_id, act, capability, grant_id,
            subject_kind, subject_id, detail, link FROM audit WHERE lane = 1 AND number = \(5)
            """
        }
        for number in [all + 1, all + 2, 0, -3] {
            mutations.append(
                Mutation(
                    what: "put in", statements: [copied(to: 1, number)], lane: 1,
                    number: number > all ? all + 1 : number))
        }
        mutations.append(Mutation(what: "put in a lane of its own", statements: [copied(to: 4, 1)], lane: 4, number: 1))
        for number in 1..<all {
            mutations.append(
                Mutation(
                    what: "exchanged",
                    statements: [
                        "UPDATE audit SET number = -1 WHERE number = \(number)",
                        "UPDATE audit SET number = \(number) WHERE number = \(number + 1)",
                        "UPDATE audit SET number = \(number + 1) WHERE number = -1",
                    ], lane: 1, number: number))
        }
        mutations += [
            Mutation(what: "head's number", statements: ["UPDATE lane SET head_number = 11"], lane: 1, number: all),
            Mutation(what: "head's number", statements: ["UPDATE lane SET head_number = 13"], lane: 1, number: all + 1),
            Mutation(
                what: "head's link", statements: ["UPDATE lane SET head_link = \(AuditRecord.firstLink)"], lane: 1,
                number: all),
            Mutation(what: "lane taken out", statements: ["DELETE FROM lane"], lane: 1, number: 1),
            Mutation(what: "lane renamed", statements: ["UPDATE lane SET id = 2"], lane: 2, number: 1),
        ]
        let test = try await AuditTests.open(engine)
        try await AuditTests.expectFound(mutations, test.database)
    }

    /// Alters, looks, and takes the alteration back.
    private static func expectFound(_ mutations: [Mutation], _ database: Database) async throws {
        for mutation in mutations {
            let statements = mutation.statements
            let engine = database.engine.kind
            let (touched, report) = try await database.maintenance(reason: .test) { connection in
                try connection.begin()
                defer { connection.abandon() }
                try Notebook.unguard("audit", engine, connection)
                let touched = try statements.map { try connection.execute($0) }
                return (touched, try Audit.verify(connection))
            }
            try #require(touched.allSatisfy { $0 > 0 }, "\(mutation.what) altered nothing")
            let first = try #require(report.broken.first, "\(mutation.what) \(mutation.number) went unseen")
            #expect(first.lane == mutation.lane && first.number == mutation.number, "\(mutation.what): \(first)")
        }
        #expect(try await Notebook.trail(database).broken.isEmpty)
    }

    @Test("A trail of some thousand records is read in pages, to its end", arguments: TestEngine.all)
    func pages(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, Notebook.migrations)
        let database = test.database
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...4_000 { group.addTask { try await database.unattended(.session) { _ in Receipt() } } }
            try await group.waitForAll()
        }
        #expect(try await Notebook.trail(database).records == 4_000)
        let kind = database.engine.kind
        let broken = try await database.maintenance(reason: .test) { connection in
            try connection.begin()
            defer { connection.abandon() }
            try Notebook.unguard("audit", kind, connection)
            try connection.execute("UPDATE audit SET act = 'x' WHERE number = 3999")
            return try Audit.verify(connection).broken.map(\.number)
        }
        #expect(broken == [3_999])
    }
}
