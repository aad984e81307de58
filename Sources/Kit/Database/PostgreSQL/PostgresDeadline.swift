import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Shuts the socket of a call that takes too long. The call then fails, and its client sends the same operation
/// again: the server's own time-out does not fire while a COMMIT waits for a standby.
final class Deadline: @unchecked Sendable {
    static let shared = Deadline()
    /// Seconds one turn on a connection may take, and again for every 64 statements that were answered meanwhile.
    let limit: Double

    private let lock = NSLock()
    private var running: [Int: (socket: Int32, since: Double)] = [:]
    private var next = 0

    /// - Parameters:
    ///   - limit: seconds.
    ///   - look: every so many seconds it looks who is late.
    init(limit: Double = 30, look: Double = 1) {
        self.limit = limit
        let thread = Thread { [weak self] in
            while let self {
                shutLate()
                Thread.sleep(forTimeInterval: look)
            }
        }
        thread.start()
    }

    func begin(socket: Int32) -> Int {
        lock.withLock {
            next += 1
            running[next] = (socket, Deadline.uptime)
            return next
        }
    }

    /// A second try on this connection, or one that gets on, has the whole time again.
    func renew(socket: Int32) {
        lock.withLock {
            for (number, call) in running where call.socket == socket { running[number]?.since = Deadline.uptime }
        }
    }

    func end(_ number: Int) { lock.withLock { _ = running.removeValue(forKey: number) } }

    private func shutLate() {
        lock.withLock {
            let now = Deadline.uptime
            for call in running.values where now - call.since > limit {
                shutdown(call.socket, Int32(SHUT_RDWR))
            }
        }
    }

    static var uptime: Double { ProcessInfo.processInfo.systemUptime }
}
