/// A document that somebody sends as evidence, after it was looked through.
package struct DocumentFile: Sendable, Equatable {
    /// `pdf`, `docx` or `xlsx`.
    package let kind: FileKind
    /// The lines of its longest list without the head line; nil where it has none, and for PDF, whose lists are not
    /// counted. Never public with names: "danh sách, 36 dòng" is what others see (rules for people, 10).
    package let lines: Int?

    package init(kind: FileKind, lines: Int?) {
        self.kind = kind
        self.lines = lines
    }

    /// Says what a document is and that nothing in it runs, fetches or unpacks itself, by its content alone. Reads at
    /// most what `Limits.evidence` allows; some 100 MB a second. Blocks.
    ///
    /// What exactly is looked at stands at `OfficeDocument` and `PDFDocument`. It is no virus scanner: kept documents
    /// are handed over to be saved, never shown by the server.
    /// - Throws: `DocumentFault`: `empty`, `tooLarge`, `unsupportedType`, `mixed`, `damaged`, `protected`, `bomb`,
    ///   `active`, `marked`.
    package static func check(_ bytes: [UInt8], limits: Limits = .evidence) throws -> DocumentFile {
        guard !bytes.isEmpty else { throw DocumentFault.empty }
        guard bytes.count <= limits.uploadBytes else { throw DocumentFault.tooLarge(limit: limits.uploadBytes) }
        return try bytes.withUnsafeBytes { bytes in
            if bytes.starts(with: "PK\u{3}\u{4}") { return try OfficeDocument.check(bytes, limits: limits) }
            // The binary formats of before 2007, which a locked DOCX also wears.
            if bytes.count > 7, bytes[0] == 0xD0, bytes[1] == 0xCF, bytes[2] == 0x11, bytes[3] == 0xE0 {
                throw DocumentFault.unsupportedType(found: "ole")
            }
            if bytes.starts(with: "%PDF-") { return try PDFDocument.check(bytes) }
            throw DocumentFault.unsupportedType(found: FileKind.sniff(bytes, limits: limits)?.rawValue ?? "?")
        }
    }
}

/// The beginnings of web pages and scripts, looked for in files that claim to be something else.
enum PageText {
    private static let marks: [StaticString] = ["<script", "<html", "<!doctype html", "<iframe", "<?php"]

    /// Whether one stands anywhere in these bytes, in letters of any size, as a whole word.
    static func isIn(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool { isIn(UnsafeRawBufferPointer(rebasing: bytes)) }

    static func isIn(_ bytes: UnsafeRawBufferPointer) -> Bool {
        for at in bytes.indices where bytes[at] == UInt8(ascii: "<") {
            for mark in marks where matches(bytes, at, mark) { return true }
        }
        return false
    }

    private static func matches(_ bytes: UnsafeRawBufferPointer, _ at: Int, _ mark: StaticString) -> Bool {
        let count = mark.utf8CodeUnitCount
        guard at + count < bytes.count else { return false }
        for index in 0..<count {
            let byte = bytes[at + index]
            guard ((65...90).contains(byte) ? byte + 32 : byte) == mark.utf8Start[index] else { return false }
        }
        // Random bytes of a packed picture hardly ever go on like this as well.
        return [UInt8(ascii: ">"), UInt8(ascii: " "), 9, 10, 13].contains(bytes[at + count])
    }
}
