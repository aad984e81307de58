import Core
import Synchronization

/// Where the keys of ballots are kept: a folder of the machine that is no part of the database, of the files kept by
/// content, or of a backup of either.
///
/// There are two kinds. The *opening key* of each ballot opens its sealed answers; closing destroys it. The one *code
/// key* of an installation makes a code into the mark that the database knows, so that nobody who has only the database
/// can try codes out.
package struct BallotsKeys: Sendable {
    /// Keeps the bytes under a name unless there are some already, durably; answers those that are kept.
    let keep: @Sendable (_ name: String, _ bytes: [UInt8]) throws -> [UInt8]
    let read: @Sendable (_ name: String) throws -> [UInt8]?
    /// Overwrites and removes; without complaint when there is nothing.
    let destroy: @Sendable (_ name: String) throws -> Void

    package init(
        keep: @escaping @Sendable (String, [UInt8]) throws -> [UInt8],
        read: @escaping @Sendable (String) throws -> [UInt8]?,
        destroy: @escaping @Sendable (String) throws -> Void
    ) {
        self.keep = keep
        self.read = read
        self.destroy = destroy
    }

    /// An installation without a place for keys: no ballot can be opened. Better none than one that keeps its secret
    /// in a place where it is lost or found.
    package static let none = BallotsKeys(
        keep: { _, _ in throw BallotsKeysMissing() }, read: { _ in nil }, destroy: { _ in })

    /// For tests and samples: gone with the process.
    package static func inMemory() -> BallotsKeys {
        let kept = Kept()
        return BallotsKeys(
            keep: { name, bytes in
                kept.table.withLock { table in
                    if let there = table[name] { return there }
                    table[name] = bytes
                    return bytes
                }
            },
            read: { name in kept.table.withLock { $0[name] } },
            destroy: { name in kept.table.withLock { _ = $0.removeValue(forKey: name) } })
    }

    private final class Kept: Sendable {
        let table = Mutex<[String: [UInt8]]>([:])
    }

    static let codes = "codes.key"

    static func opening(_ ballot: ID) -> String { "\(ballot).opening" }

    /// Takes the opening key of a ballot away for ever.
    package func destroyOpening(of ballot: ID) throws { try destroy(BallotsKeys.opening(ballot)) }

    /// Whether this machine can open the box.
    package func canOpen(_ ballot: ID) -> Bool {
        // A key that cannot be read opens nothing, whatever the reason.
        ((try? read(BallotsKeys.opening(ballot))) ?? nil) != nil
    }
}

/// This installation has no folder for keys.
package struct BallotsKeysMissing: Error, CustomStringConvertible {
    package let description = "there is no folder for the keys of ballots"
}
