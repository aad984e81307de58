#if canImport(Glibc)
import Glibc
#endif

/// How the process keeps its memory.
enum Memory {
    /// As many heaps as an office's small machine has cores. The C library would open up to eight for each core, and what
    /// one of them let go after a photograph is of no use to the others: eight photographs at once took 177 MiB
    /// above idle, with two heaps 124.
    static func keepTogether() {
        #if canImport(Glibc)
        // Asked for by name: Swift's module of the C library leaves malloc.h out. -8 is its M_ARENA_MAX.
        typealias Option = @convention(c) (Int32, Int32) -> Int32
        guard let found = dlsym(nil, "mallopt") else { return }
        _ = unsafeBitCast(found, to: Option.self)(-8, 2)
        #endif
    }
}
