import Core
import Synchronization

/// Sets taken apart, so that each is parsed once in a process. A set is known by its id and the digest of its text:
/// a draft that changed is another text, a published one never changes.
struct CriteriaKept: Sendable {
    private struct Key: Hashable {
        let id: ID
        let digest: [UInt8]
    }

    private struct Kept {
        var set: CriteriaSet
        var lastUse: Int
    }

    /// Some hundred sets of 100 KB are little beside a page cache, and no installation has as many in use.
    static let most = 64

    private static let sets = Mutex<(kept: [Key: Kept], uses: Int)>(([:], 0))

    /// The set, from memory or from `parse`, which runs without holding anything.
    static func set(_ id: ID, _ digest: [UInt8], parse: () throws -> CriteriaSet) throws -> CriteriaSet {
        let key = Key(id: id, digest: digest)
        let known = sets.withLock { sets -> CriteriaSet? in
            sets.uses += 1
            sets.kept[key]?.lastUse = sets.uses
            return sets.kept[key]?.set
        }
        if let known { return known }
        let set = try parse()
        sets.withLock { sets in
            if sets.kept.count >= most, let oldest = sets.kept.min(by: { $0.value.lastUse < $1.value.lastUse }) {
                sets.kept[oldest.key] = nil
            }
            sets.kept[key] = Kept(set: set, lastUse: sets.uses)
        }
        return set
    }

    static var count: Int { sets.withLock { $0.kept.count } }
}
