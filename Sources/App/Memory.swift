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
        // M_ARENA_MAX, a macro that Swift does not see.
        mallopt(-8, 2)
        #endif
    }
}
