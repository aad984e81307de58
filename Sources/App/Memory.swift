#if canImport(Glibc)
import Glibc
#endif

/// How the process keeps its memory.
enum Memory {
    /// As many heaps as an office's small machine has cores. The C library would open up to eight for each core, and what
    /// one of them let go after a photograph is of no use to the others: eight photographs at once took 177 MiB
    /// above idle, with two heaps 124.
    ///
    /// What is larger than a mebibyte stands apart and goes back to the system as soon as it is let go. The C library
    /// would raise that bar by itself with each photograph, up to 32 MiB, and keep the holes: with the bar held,
    /// eight at once took 147 instead of 166 MiB on PostgreSQL, an import of 100,000 rows 175 instead of 202.
    static func keepTogether() {
        #if canImport(Glibc)
        // Asked for by name: Swift's module of the C library leaves malloc.h out.
        typealias Option = @convention(c) (Int32, Int32) -> Int32
        guard let found = dlsym(nil, "mallopt") else { return }
        let set = unsafeBitCast(found, to: Option.self)
        let (arenas, apart, trim) = (Int32(-8), Int32(-3), Int32(-1))
        _ = set(arenas, 2)
        _ = set(apart, 1 << 20)
        _ = set(trim, 2 << 20)
        #endif
    }
}
