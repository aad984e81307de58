import Core
import Synchronization

extension IDSource {
    /// The same ids in the same order at each seeding of the demonstration. What a panel scores twice, and by whom, is
    /// drawn by lot from ids: so the draw is the same in every demonstration, and what one reader saw another finds.
    ///
    /// They grow as the machine's do, and come before all that a machine makes later. Nothing that nobody may guess hangs
    /// on an id.
    package static func demonstration() -> IDSource {
        let last = Mutex<UInt64>(0)
        return IDSource {
            let number = last.withLock { last in
                last += 1
                return last
            }
            // As UUIDs of version 7: milliseconds since 1970, here from the beginning of 2020, and 12 bits of a counter.
            let stamp = (1_577_836_800_000 + number >> 12) << 16
            return ID(high: stamp | 0x7000 | (number & 0xfff), low: lot(number) & (1 << 62 - 1) | 1 << 63)
        }
    }

    /// A number spread over all bits (SplitMix64).
    private static func lot(_ number: UInt64) -> UInt64 {
        var mixed = number &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
