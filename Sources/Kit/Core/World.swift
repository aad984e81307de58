import Synchronization

/// What the program takes from outside the process, handed in at the start: a test hands in a fixed one.
package struct World: Sendable {
    package let clock: Clock
    package let ids: IDSource
    package let secrets: SecretSource

    package init(clock: Clock, ids: IDSource, secrets: SecretSource) {
        self.clock = clock
        self.ids = ids
        self.secrets = secrets
    }
}

/// Tells the time. Rules never hold one: they are given an `Instant` or a `Day`.
package struct Clock: Sendable {
    private let tell: @Sendable () -> Instant

    package init(_ tell: @escaping @Sendable () -> Instant) { self.tell = tell }

    /// This instant.
    package func now() -> Instant { tell() }

    /// Today in Vietnam.
    package func today() -> Day { tell().day }
}

/// Makes names for new records.
package struct IDSource: Sendable {
    private let make: @Sendable () -> ID

    package init(_ make: @escaping @Sendable () -> ID) { self.make = make }

    /// A name that nothing has yet.
    package func next() -> ID { make() }

    /// UUIDs of version 7 that never go backwards within the process, even when the clock does.
    package static func timeOrdered(_ clock: Clock) -> IDSource {
        let last = Mutex<UInt64>(0)
        return IDSource {
            // 48 bits of milliseconds and 12 of a counter, kept as one growing number.
            let stamp = UInt64(max(0, clock.now().milliseconds)) << 12
            let tick = last.withLock { last in
                last = max(last + 1, stamp)
                return last
            }
            let high = (tick >> 12) << 16 | 0x7000 | (tick & 0xfff)
            return ID(high: high, low: UInt64.random(in: 0...UInt64.max) & (1 << 62 - 1) | 1 << 63)
        }
    }

    /// …0001, …0002 and so on, so that pages and rows of a test compare as text.
    package static func counting(from first: UInt64 = 1) -> IDSource {
        let next = Mutex<UInt64>(first)
        return IDSource {
            let number = next.withLock { next in
                defer { next += 1 }
                return next
            }
            return ID(high: 0x7000, low: 1 << 63 | number)
        }
    }
}

/// Makes what nobody may guess: session tokens, activation codes, salts.
package struct SecretSource: Sendable {
    private let make: @Sendable (Int) -> [UInt8]

    package init(_ make: @escaping @Sendable (Int) -> [UInt8]) { self.make = make }

    /// So many bytes that nobody can guess.
    package func bytes(_ count: Int) -> [UInt8] { make(count) }

    /// The operating system's generator.
    package static let system = SecretSource { count in
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}
