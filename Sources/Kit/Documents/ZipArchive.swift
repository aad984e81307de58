import CZip

/// A ZIP archive in memory, measured by its directory before anything is unpacked.
///
/// Nothing in it is ever written to a path: entries are asked for by name and read as a stream.
final class ZipArchive {
    private let archive: OpaquePointer
    private let limits: Limits
    private var entries: [String: Entry] = [:]

    private struct Entry {
        let index: UInt64
        let unpacked: Int
    }

    /// Opens the archive for the length of `use`. The bytes are borrowed, not copied.
    static func open<Answer>(
        _ bytes: UnsafeRawBufferPointer, limits: Limits, _ use: (ZipArchive) throws -> Answer
    ) throws -> Answer {
        // The count at the end of the file is looked at first: the library reads as many entries as it claims.
        guard let claimed = ZipTail.claimedEntries(bytes) else { throw DocumentFault.damaged }
        guard claimed <= limits.archiveEntries else { throw DocumentFault.bomb(.entries(limit: limits.archiveEntries)) }
        guard let base = bytes.baseAddress, let archive = km_zip_open(base, bytes.count) else {
            throw DocumentFault.damaged
        }
        return try use(ZipArchive(archive, packed: bytes.count, limits: limits))
    }

    private init(_ archive: OpaquePointer, packed: Int, limits: Limits) throws {
        self.archive = archive
        self.limits = limits
        try readDirectory(packed: packed)
    }

    deinit {
        zip_discard(archive)
    }

    func contains(_ name: String) -> Bool {
        entries[name] != nil
    }

    var names: some Collection<String> {
        entries.keys
    }

    /// Hands over the unpacked bytes of an entry piece by piece. `fill` receives the space to be written next from
    /// `space(count)` and learns through `took` how much arrived; nothing grows with the entry.
    func read(
        _ name: String, pieces: Int = 64 << 10,
        space: (Int) throws -> UnsafeMutableRawPointer, took: (_ count: Int, _ last: Bool) throws -> Void
    ) throws {
        guard let entry = entries[name], let file = zip_fopen_index(archive, entry.index, 0) else {
            throw DocumentFault.damaged
        }
        defer { zip_fclose(file) }
        var total = 0
        while true {
            let count = Int(zip_fread(file, try space(pieces), zip_uint64_t(pieces)))
            // Negative also when the checksum at the end does not fit.
            guard count >= 0 else { throw DocumentFault.damaged }
            total += count
            // The directory may lie about the size; what it said is what was measured, so it is the ceiling.
            guard total <= entry.unpacked else {
                throw DocumentFault.bomb(.unpacked(limit: limits.unpackedBytes))
            }
            try took(count, count == 0)
            if count == 0 { return }
        }
    }

    private func readDirectory(packed: Int) throws {
        let count = zip_get_num_entries(archive, 0)
        guard count <= limits.archiveEntries else {
            throw DocumentFault.bomb(.entries(limit: limits.archiveEntries))
        }
        var totalPacked = 0
        var totalUnpacked = 0
        for index in 0..<UInt64(max(count, 0)) {
            let (name, entryPacked, entryUnpacked) = try measure(index)
            totalPacked += entryPacked
            totalUnpacked += entryUnpacked
            // More packed bytes than the file has: entries lie over one another, one bomb counted many times.
            guard totalPacked <= packed, totalUnpacked <= limits.unpackedBytes else {
                throw DocumentFault.bomb(.unpacked(limit: limits.unpackedBytes))
            }
            // Two entries of one name: readers differ in which one they take, so neither is right.
            guard entries.updateValue(Entry(index: index, unpacked: entryUnpacked), forKey: name) == nil else {
                throw DocumentFault.damaged
            }
        }
    }

    private func measure(_ index: UInt64) throws -> (name: String, packed: Int, unpacked: Int) {
        var stat = zip_stat_t()
        zip_stat_init(&stat)
        let needed = UInt64(ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD)
        guard zip_stat_index(archive, index, 0, &stat) == 0, stat.valid & needed == needed, let name = stat.name else {
            throw DocumentFault.damaged
        }
        guard stat.encryption_method == ZIP_EM_NONE else { throw DocumentFault.protected }
        // Office documents know these two methods only.
        guard Int32(stat.comp_method) == ZIP_CM_STORE || Int32(stat.comp_method) == ZIP_CM_DEFLATE else {
            throw DocumentFault.damaged
        }
        // Compared as unsigned first: a claim beyond Int.max must not trap.
        guard stat.size <= UInt64(limits.unpackedBytes), stat.comp_size <= UInt64(Int.max >> 16) else {
            throw DocumentFault.bomb(.unpacked(limit: limits.unpackedBytes))
        }
        let (packed, unpacked) = (Int(stat.comp_size), Int(stat.size))
        if unpacked > limits.ratioFloorBytes, unpacked / limits.packedRatio > packed {
            throw DocumentFault.bomb(.ratio(limit: limits.packedRatio))
        }
        return (String(cString: name), packed, unpacked)
    }
}
