import Dispatch
import Foundation

/// Work that keeps a processor busy for longer than a page may: pictures, spreadsheets, password hashes. Two at
/// once, so that they leave room for everybody else (a hash alone takes 128 MiB).
package enum SlowWork {
    private static let queue: OperationQueue = {
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = 2
        queue.name = "slow-work"
        return queue
    }()

    /// Runs it beside the requests, in line behind what was handed in before. Throws what the work throws.
    package static func run<Answer: Sendable>(_ work: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            queue.addOperation { continuation.resume(with: Result(catching: work)) }
        }
    }
}
