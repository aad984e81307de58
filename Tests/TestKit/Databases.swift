import Testing

/// Takes back every database that a test case opened, whatever came of it:
///
///     @Suite("Notes", .databases) struct NoteTests { … }
package struct DatabasesTrait: SuiteTrait, TestTrait, TestScoping {
    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        await Gate.shared.enter()
        let lent = Lent()
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await Lent.$current.withValue(lent, operation: function)) } catch {
            outcome = .failure(error)
        }
        await lent.giveBack()
        await Gate.shared.leave()
        try outcome.get()
    }
}

extension Trait where Self == DatabasesTrait {
    /// The tests open databases of their own.
    package static var databases: Self { Self() }
}

/// What one test case has in its hands.
actor Lent {
    @TaskLocal static var current: Lent?
    private var open: [TestDatabase] = []
    private var places: [Lending] = []
    private var cleanings: [@Sendable () -> Void] = []

    func add(_ place: Lending) { places.append(place) }

    func add(_ database: TestDatabase) { open.append(database) }

    /// Something else to clear away when the case ends.
    func add(_ cleaning: @escaping @Sendable () -> Void) { cleanings.append(cleaning) }

    func giveBack() async {
        for database in open { database.close() }
        for cleaning in cleanings { cleaning() }
        for place in places {
            do { try await place.giveBack() } catch { Issue.record(error, "a test's database could not be taken back") }
        }
    }
}

/// A test opened a database in a suite without `.databases`.
struct TraitMissing: Error, CustomStringConvertible {
    let description = "write @Suite(\"…\", .databases): otherwise nobody takes the database back"
}

/// Lets only so many cases with databases run at once: connections, and two cores, are few.
actor Gate {
    static let shared = Gate()
    private var free = 6
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func enter() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
