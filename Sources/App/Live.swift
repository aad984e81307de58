import Core
import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The real world: the machine's clock, ids in order of time, the operating system's secrets.
package struct Live: Sendable {
    package let world: World
    package let demonstrationDay: DemonstrationDay

    package init() {
        let day = DemonstrationDay()
        let clock = Clock { day.shift(Live.machineTime()) }
        // Ids follow the machine, not the demonstration's day, which can go back.
        world = World(clock: clock, ids: .timeOrdered(Clock { Live.machineTime() }), secrets: .system)
        demonstrationDay = day
    }

    private static func machineTime() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

/// The day a demonstration lives in: the hours go on as outside, the date stands still until somebody moves it.
package final class DemonstrationDay: Sendable {
    private let day = Mutex<Day?>(nil)

    package init() {}

    package func set(_ day: Day?) { self.day.withLock { $0 = day } }

    func shift(_ real: Instant) -> Instant {
        guard let day = day.withLock({ $0 }) else { return real }
        return Instant(milliseconds: day.start.milliseconds + (real.milliseconds - real.day.start.milliseconds))
    }
}
