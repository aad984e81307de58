import Core
import Synchronization

/// Whether this process still writes. The first input/output error that is not about room shuts the gate: after a
/// failed flush nobody can say what the disk holds, and trying again would only seem to succeed. Reading goes on;
/// the program ends soon after, is started again, looks at the whole database, and only then writes.
package final class WriteGate: Sendable {
    private struct State {
        var reason: String?
        var whenShut: (@Sendable (String) -> Void)?
    }

    private let state = Mutex(State())

    package init() {}

    package var isShut: Bool { state.withLock { $0.reason != nil } }

    /// What is done at the first failure, before its client is answered: once, on the failing thread.
    package func whenShut(_ act: @escaping @Sendable (String) -> Void) { state.withLock { $0.whenShut = act } }

    /// From now on every write is refused.
    package func shut(because reason: String) {
        let act = state.withLock { state -> (@Sendable (String) -> Void)? in
            guard state.reason == nil else { return nil }
            state.reason = reason
            return state.whenShut
        }
        act?(reason)
    }

    /// Reading only until the database was looked at: the last run ended with a failing disk.
    package func keepShut(because reason: String) { state.withLock { $0.reason = reason } }

    /// The database was looked at and is whole.
    package func open() { state.withLock { $0.reason = nil } }

    /// What a person reads who wants something saved meanwhile.
    static let refusal = Refusal(.unavailable, "web.refusal.readOnly")
}
