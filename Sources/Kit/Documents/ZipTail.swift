/// The record at the end of every ZIP archive, read by hand: to count before a library counts, and to notice an
/// archive that hides behind a picture.
enum ZipTail {
    private static let recordBytes = 22
    private static let commentBytes = 65_535

    /// How many entries the archive claims, the largest claim when several records could be meant. Nil when there is
    /// no record. Archives of the 64-bit form answer `Int.max`: under 4 GiB and 65,535 files nobody needs them.
    static func claimedEntries(_ bytes: UnsafeRawBufferPointer) -> Int? {
        var claim: Int?
        for offset in records(bytes) {
            let is64 = offset >= 20 && bytes.starts(with: "PK\u{6}\u{7}", at: offset - 20)
            claim = max(claim ?? 0, is64 ? Int.max : bytes.little16(at: offset + 10))
        }
        return claim
    }

    /// Whether an archive that a reader would open ends this file: its record fits the end and points at a directory.
    static func isPresent(_ bytes: UnsafeRawBufferPointer) -> Bool {
        records(bytes).contains { offset in
            let size = bytes.little32(at: offset + 12)
            // Counted back from the record, as readers do that allow bytes before the archive.
            let directory = offset - size
            return directory >= 0
                && (bytes.little16(at: offset + 10) == 0 || bytes.starts(with: "PK\u{1}\u{2}", at: directory))
        }
    }

    /// The offsets of all possible records, the last one first.
    private static func records(_ bytes: UnsafeRawBufferPointer) -> [Int] {
        let last = bytes.count - recordBytes
        guard last >= 0 else { return [] }
        let first = max(0, last - commentBytes)
        return (first...last).reversed().filter { bytes.starts(with: "PK\u{5}\u{6}", at: $0) }
    }
}

extension UnsafeRawBufferPointer {
    /// Whether these ASCII characters stand at the offset; false beyond the end.
    func starts(with text: StaticString, at offset: Int = 0) -> Bool {
        guard offset >= 0, count - offset >= text.utf8CodeUnitCount, text.hasPointerRepresentation else { return false }
        for index in 0..<text.utf8CodeUnitCount where self[offset + index] != text.utf8Start[index] {
            return false
        }
        return true
    }

    /// Whether these ASCII characters stand anywhere in the range, which is clipped to the bytes there are.
    func contains(_ text: StaticString, in range: Range<Int>) -> Bool {
        range.clamped(to: 0..<count).contains { starts(with: text, at: $0) }
    }

    /// Two bytes, the smaller first; 0 beyond the end.
    func little16(at offset: Int) -> Int {
        guard offset >= 0, offset + 2 <= count else { return 0 }
        return Int(self[offset]) | Int(self[offset + 1]) << 8
    }

    /// Four bytes, the smaller first; 0 beyond the end.
    func little32(at offset: Int) -> Int {
        little16(at: offset) | little16(at: offset + 2) << 16
    }
}
