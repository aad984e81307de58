/// What a file is by its content. Its name and the type that its sender claims count for nothing.
package enum FileKind: String, Sendable, CaseIterable {
    case jpeg, png, webp, heic, pdf, docx, xlsx

    /// The type to be named when the file is handed out.
    package var mediaType: String {
        switch self {
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .webp: "image/webp"
        case .heic: "image/heic"
        case .pdf: "application/pdf"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
    }

    /// Whether `Picture` reads it.
    package var isPicture: Bool {
        switch self {
        case .jpeg, .png, .webp, .heic: true
        case .pdf, .docx, .xlsx: false
        }
    }

    /// The kind of these bytes, nil when it is none of ours or more than one at once (a picture that ends as an
    /// archive or holds a web page, a document with macros). Reads the directory of archives, never their content.
    package static func sniff(_ bytes: [UInt8], limits: Limits = .standard) -> FileKind? {
        bytes.withUnsafeBytes { sniff($0, limits: limits) }
    }

    static func sniff(_ bytes: UnsafeRawBufferPointer, limits: Limits) -> FileKind? {
        if bytes.starts(with: "PK\u{3}\u{4}") {
            // Not `try?` for comfort: an archive that cannot be opened within the limits is no document.
            return (try? ZipArchive.open(bytes, limits: limits) { office($0) }) ?? nil
        }
        guard let kind = byMagic(bytes), !ZipTail.isPresent(bytes) else { return nil }
        if kind != .pdf, PageText.isIn(bytes) { return nil }
        // PDF readers accept their mark anywhere in the first 1,024 bytes, so a picture with one is two files.
        if kind != .pdf, bytes.contains("%PDF-", in: 1..<1_024) { return nil }
        return kind
    }

    static func office(_ archive: ZipArchive) -> FileKind? {
        let hasMacros = archive.names.contains { $0.lowercased().hasSuffix("vbaproject.bin") }
        guard archive.contains("[Content_Types].xml"), !hasMacros else { return nil }
        switch (archive.contains("word/document.xml"), archive.contains("xl/workbook.xml")) {
        case (true, false): return .docx
        case (false, true): return .xlsx
        default: return nil
        }
    }

    /// Whether the file at least begins as a picture.
    static func beginsAsPicture(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { byMagic($0) }?.isPicture == true
    }

    /// Whether the file begins as a document does, also one that is not taken: `DocumentFile` says what is wrong.
    package static func beginsAsDocument(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: "%PDF-".utf8) || bytes.starts(with: "PK\u{3}\u{4}".utf8)
            || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
    }

    private static func byMagic(_ bytes: UnsafeRawBufferPointer) -> FileKind? {
        if bytes.count > 3, bytes[0] == 0xFF, bytes[1] == 0xD8, bytes[2] == 0xFF { return .jpeg }
        if bytes.count > 8, bytes[0] == 0x89, bytes.starts(with: "PNG\r\n\u{1A}\n", at: 1) { return .png }
        if bytes.starts(with: "%PDF-") { return .pdf }
        if bytes.starts(with: "RIFF"), bytes.starts(with: "WEBP", at: 8) { return .webp }
        if bytes.starts(with: "ftyp", at: 4), isHEIC(bytes) { return .heic }
        return nil
    }

    /// HEIC carries its brand in the first box, either as the main one or behind the general "mif1".
    private static func isHEIC(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 16, bytes[0] == 0, bytes[1] == 0 else { return false }
        let end = min(Int(bytes[2]) << 8 | Int(bytes[3]), bytes.count, 256)
        let brands: [StaticString] = ["heic", "heix", "heim", "heis"]
        return stride(from: 8, to: end - 3, by: 4).contains { offset in
            offset != 12 && brands.contains { bytes.starts(with: $0, at: offset) }
        }
    }
}
