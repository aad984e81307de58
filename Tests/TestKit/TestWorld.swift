import Core
import Synchronization

/// A clock that stands still until it is moved.
package final class TestClock: Sendable {
    private let instant: Mutex<Instant>

    /// The demonstration's day, a Tuesday: recognition at its height, Great Unity Day in eight days.
    package static let today = Day(iso: "2026-11-10")!

    /// - Parameter hour: of the day in Vietnam.
    package init(_ day: Day = TestClock.today, hour: Int = 8) {
        instant = Mutex(TestClock.instant(day, hour: hour))
    }

    package var clock: Clock { Clock { [self] in now } }

    package var now: Instant { instant.withLock { $0 } }

    package var today: Day { now.day }

    package func move(to day: Day, hour: Int = 8) {
        instant.withLock { $0 = TestClock.instant(day, hour: hour) }
    }

    package func move(to instant: Instant) {
        self.instant.withLock { $0 = instant }
    }

    package func advance(by duration: Duration) {
        instant.withLock { $0 = $0 + duration }
    }

    /// Vietnam is seven hours ahead of UTC, all the year.
    private static func instant(_ day: Day, hour: Int) -> Instant {
        Instant(milliseconds: Int64(day.ordinal) * 86_400_000 + Int64(hour - 7) * 3_600_000)
    }
}

extension World {
    /// A world without surprises: the clock given, ids that count, secrets that are the same in every run.
    ///
    /// - Parameter first: where ids and secrets begin. Two programs on one database need different beginnings.
    package static func test(_ clock: TestClock = TestClock(), from first: UInt64 = 1) -> World {
        World(clock: clock.clock, ids: .counting(from: first), secrets: .repeating(from: first))
    }
}

extension SecretSource {
    /// The same bytes in the same order in every run, and no two alike within one.
    package static func repeating(from seed: UInt64) -> SecretSource {
        let generator = Mutex(SeededGenerator(seed: seed))
        return SecretSource { count in
            generator.withLock { generator in
                (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            }
        }
    }
}

/// Chance that can be repeated (SplitMix64): a test that fails says its seed.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
