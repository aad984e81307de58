import CZlib

/// A PDF that somebody sends as evidence, looked through before it is kept.
///
/// What is looked at: that the file begins and ends as one; every name in its bytes (also spelled with `#4A`), and in
/// its packed object streams, for what a reader would run or unpack by itself: scripts, launching of programs, files
/// inside, rich media, forms that send themselves; whether it is locked. Object streams in a packing that is not read
/// here are refused. What is not: page contents and pictures, for they run nothing. It is a bounded scan of bytes and
/// no parser, so it refuses rather too much than too little, and the file is only ever handed over to be saved.
enum PDFDocument {
    /// Bytes of all object streams together, unpacked.
    private static let unpackedLimit = 64 << 20
    private static let hidden: Set<String> = [
        "ASCIIHexDecode", "AHx", "ASCII85Decode", "A85", "LZWDecode", "LZW", "RunLengthDecode", "RL", "Crypt",
    ]

    /// - Throws: `DocumentFault`: `damaged`, `protected`, `active`, `marked`, `mixed`, `bomb`.
    static func check(_ bytes: UnsafeRawBufferPointer) throws -> DocumentFile {
        guard bytes.starts(with: "%PDF-") else { throw DocumentFault.unsupportedType(found: "?") }
        guard bytes.contains("%%EOF", in: max(0, bytes.count - 2_048)..<bytes.count) else {
            throw DocumentFault.damaged
        }
        if ZipTail.isPresent(bytes) || PageText.isIn(bytes.suffix(2_048)) { throw DocumentFault.mixed }
        var unpacked = 0
        try PDFName.each(in: bytes) { name, after in
            try refuse(name)
            guard name == "ObjStm" else { return }
            let text = try objects(bytes, after, limit: unpackedLimit - unpacked)
            unpacked += text.count
            try text.withUnsafeBytes { text in
                try PDFName.each(in: text) { name, _ in try refuse(name) }
                if SecrecyMark.isIn(text.prefix(1 << 20)) { throw DocumentFault.marked }
            }
        }
        if SecrecyMark.isIn(bytes.prefix(1 << 20)) { throw DocumentFault.marked }
        return DocumentFile(kind: .pdf, lines: nil)
    }

    private static func refuse(_ name: String) throws {
        switch name {
        case "JavaScript", "Rendition": throw DocumentFault.active(.script)
        case "Launch", "RichMedia", "Movie", "XFA", "SubmitForm", "ImportData": throw DocumentFault.active(.script)
        case "EmbeddedFile", "EmbeddedFiles", "GoToE": throw DocumentFault.active(.embedded)
        case "Encrypt": throw DocumentFault.protected
        default: break
        }
    }

    /// The unpacked text of the object stream that is described around `place`.
    private static func objects(_ bytes: UnsafeRawBufferPointer, _ place: Int, limit: Int) throws -> [UInt8] {
        let end = min(bytes.count, place + (64 << 10))
        var at = place
        while at < end {
            guard bytes.starts(with: "stream", at: at), !bytes.starts(with: "end", at: at - 3) else {
                at += 1
                continue
            }
            var start = at + "stream".utf8.count
            if start < bytes.count, bytes[start] == 13 { start += 1 }
            if start < bytes.count, bytes[start] == 10 { start += 1 }
            if let text = try unpack(bytes, from: start, limit: limit) {
                // Pairs of numbers begin it; anything else is packed once more.
                guard let first = text.first(where: { $0 > 32 }), (48...57).contains(first) || first == 37 else {
                    throw DocumentFault.active(.hidden)
                }
                return text
            }
            at += 1
        }
        // Not packed: then its names were read with the rest. Packed in a way not read here: nobody knows.
        var isHidden = false
        let around = UnsafeRawBufferPointer(rebasing: bytes[max(0, place - 4_096)..<min(bytes.count, place + 4_096)])
        PDFName.each(in: around) { name, _ in
            if hidden.contains(name) || name == "FlateDecode" || name == "Fl" { isHidden = true }
        }
        if isHidden { throw DocumentFault.active(.hidden) }
        return []
    }

    /// Unpacks zlib; nil when these bytes are none. A stream that is cut off gives what came before.
    private static func unpack(_ bytes: UnsafeRawBufferPointer, from start: Int, limit: Int) throws -> [UInt8]? {
        guard start + 2 < bytes.count, bytes[start] & 0x0F == 8,
            (Int(bytes[start]) << 8 | Int(bytes[start + 1])) % 31 == 0, let base = bytes.baseAddress
        else { return nil }
        var stream = z_stream()
        guard kieumau_inflate_init(&stream) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        stream.next_in = UnsafeMutablePointer(mutating: base.assumingMemoryBound(to: UInt8.self) + start)
        stream.avail_in = UInt32(clamping: bytes.count - start)
        var text: [UInt8] = []
        let piece = 64 << 10
        while true {
            var status = Z_OK
            let part = [UInt8](unsafeUninitializedCapacity: piece) { space, filled in
                stream.next_out = space.baseAddress
                stream.avail_out = UInt32(piece)
                status = inflate(&stream, Z_NO_FLUSH)
                filled = piece - Int(stream.avail_out)
            }
            text += part
            guard text.count <= limit else { throw DocumentFault.bomb(.unpacked(limit: unpackedLimit)) }
            if status == Z_STREAM_END { return text }
            guard status == Z_OK, !part.isEmpty else { return text.isEmpty ? nil : text }
        }
    }
}

/// The names of a PDF: "/" and what follows up to a blank or a bracket, with `#xx` for any byte.
enum PDFName {
    /// Longer names mean nothing here; the format itself ends at 127 bytes.
    private static let longest = 127

    /// Hands over each name that could matter, with the offset behind it.
    static func each(in bytes: UnsafeRawBufferPointer, _ use: (_ name: String, _ after: Int) throws -> Void) rethrows {
        var at = 0
        var name: [UInt8] = []
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "/") else {
                at += 1
                continue
            }
            at += 1
            name.removeAll(keepingCapacity: true)
            while at < bytes.count, name.count <= longest, isPart(bytes[at]) {
                if bytes[at] == UInt8(ascii: "#"), at + 2 < bytes.count, let high = hex(bytes[at + 1]),
                    let low = hex(bytes[at + 2])
                {
                    name.append(high << 4 | low)
                    at += 3
                } else {
                    name.append(bytes[at])
                    at += 1
                }
            }
            // The shortest name that is looked for has two letters, all are plain letters and digits.
            if name.count > 1, name.allSatisfy({ $0 > 47 && $0 < 123 }) {
                try use(String(decoding: name, as: UTF8.self), at)
            }
        }
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...32, UInt8(ascii: "/"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "%"):
            false
        default: true
        }
    }

    static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
