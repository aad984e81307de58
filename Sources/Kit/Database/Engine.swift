import Core

/// One of the two engines, as the rest of the house sees it. Differences live in `SQLite/` and `PostgreSQL/`,
/// one file each.
package protocol Engine: Sendable {
    var kind: EngineKind { get }

    /// Runs the body on a consistent snapshot, beside other readers and the writer.
    func read<Answer: Sendable>(_ body: @escaping @Sendable (any Reader) throws -> Answer) async throws -> Answer

    /// Puts the body in line on the one writing connection.
    ///
    /// - Parameter isPatient: it may take its time, as building an index does; otherwise a turn that hangs is cut off.
    func onWriter(isPatient: Bool, _ body: @escaping @Sendable (any WritingConnection) -> Void)

    /// Whether the error says that the disk, or what is on it, can no longer be trusted. That there is no room left
    /// does not.
    func isFailing(_ error: any Error) -> Bool

    /// Reads everything there is once, beside other readers. Answers what is not whole, in English; nothing when all is.
    func check() async throws -> [String]

    /// What an operator should know: the engine's version and settings, and whether any of them loses data.
    func health() async throws -> EngineHealth

    func close() throws
}

extension Engine {
    /// Puts the body in line; a turn of it that hangs is cut off.
    package func onWriter(_ body: @escaping @Sendable (any WritingConnection) -> Void) {
        onWriter(isPatient: false, body)
    }
}

/// The one connection of an instance that writes.
package protocol WritingConnection: Writer {
    /// A statement without values or answer: BEGIN, SAVEPOINT, COMMIT, DDL.
    func run(_ statement: String) throws
    /// Opens a transaction of upkeep: a migration, a seed. What it reads stays as it was at its beginning, and a row that
    /// another writer changed meanwhile is refused.
    func begin() throws
    /// Opens a transaction of a lane. Other lanes may write at the same time, and a race with them is noticed;
    /// `alone` waits until none does and keeps them waiting, so there is no race to lose.
    func begin(alone: Bool) throws
    /// Sets the savepoint `act`, which the operations of one transaction use in turn.
    func setSavepoint() throws
    /// Lets the savepoint `act` go and sets it again, behind what was done since.
    func moveSavepoint() throws
    /// Undoes what was done since the savepoint `act`.
    func goBack() throws
    /// Carries a question out no later than the next statement; `check` sees the answer before that one's answer is
    /// given, and what it throws is thrown there. A server gets both in one journey.
    func soon(asking sql: SQL, _ check: @escaping ([Row]) throws -> Void) throws
    /// The same for a statement that writes; `check` is told how many rows it touched.
    func soon(writing sql: SQL, _ check: @escaping (Int) throws -> Void) throws
    /// Carries out what `soon` still holds back, if anything.
    func catchUp() throws
    /// Commits. Throws `OutcomeUnknown` when the engine cannot say whether the commit holds.
    func commit() throws
    /// Whether the same work may succeed when it is run again: a serialisation failure or a deadlock.
    func mayRetry(after error: any Error) -> Bool
    /// What a person should read when the engine refused: no room, or the server is away. Nil for faults.
    func refusal(for error: any Error) -> Refusal?
    /// Ends whatever transaction is open, ignoring that there may be none.
    func abandon()
}

extension WritingConnection {
    /// For an engine with one writer, who is alone at all times.
    package func begin(alone: Bool) throws { try begin() }
    /// Begins an act that can be taken back without the transaction around it.
    package func setSavepoint() throws { try run("SAVEPOINT act") }
    /// Keeps the act so far, and begins the next one.
    package func moveSavepoint() throws { try run("RELEASE act; SAVEPOINT act") }
    /// Takes back what was done since the savepoint.
    package func goBack() throws { try run("ROLLBACK TO act") }
    // At once, where there is no journey to be saved.
    /// Asks at once: there is no journey to be saved.
    package func soon(asking sql: SQL, _ check: @escaping ([Row]) throws -> Void) throws { try check(rows(sql)) }
    /// Writes at once: there is no journey to be saved.
    package func soon(writing sql: SQL, _ check: @escaping (Int) throws -> Void) throws { try check(execute(sql)) }
    /// Nothing was put off.
    package func catchUp() throws {}
}

/// What the engine says about itself.
package struct EngineHealth: Sendable {
    package let version: String
    /// Sentences for operators, in English; empty when all is well.
    package let warnings: [String]
}

/// The commit was sent, but nobody can say whether it holds. The client sends the same operation again.
package struct OutcomeUnknown: Error {
    package let reason: String
}

/// The database cannot be used as it is configured; the program says so and ends.
package struct UnfitDatabase: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
