import Documents
import Foundation

/// Files as people and attackers send them, made byte by byte.
enum EvidenceMaker {
    /// 64 × 32 pixels of red.
    static let webp = decode(
        "UklGRkgAAABXRUJQVlA4IDwAAAAwAwCdASpAACAAPtForlGoJiQipAgBABoJZwDScAs+/lc4AP7qZf+WZwr7l//xvH+S7+3fZTjaPSQAAAA=")

    static let heic = decode(
        """
        AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9j\
        AAAAAERAAAEAAQAAAAABoQABAAAAAAAAABgAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/Wlw\
        cnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AA\
        AAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAA\
        QAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAIAAAAAEAAAAAAAAAAv///+AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWB\
        AgMFhAAAACBtZGF0AAAAFCgBrwQY+Mpx1//zIR+fgLhh0hHn
        """)

    /// A JPEG of the same.
    static func jpeg() throws -> [UInt8] { try Picture.normalise(webp).bytes }

    /// A PNG whose head claims this size.
    static func png(claiming width: Int, _ height: Int) -> [UInt8] {
        func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
            let named = Array(name.utf8) + body
            return big(body.count) + named + big(Int(checksum(named)))
        }
        let data: [UInt8] = [0x78, 0x01, 0x01, 4, 0, 0xFB, 0xFF, 0, 0, 0, 0, 0, 4, 0, 1]
        return [0x89] + Array("PNG\r\n\u{1A}\n".utf8)
            + chunk("IHDR", big(width) + big(height) + [8, 2, 0, 0, 0]) + chunk("IDAT", data) + chunk("IEND", [])
    }

    static func pdf(_ objects: String = "") -> [UInt8] {
        Array("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n\(objects)\ntrailer << /Root 1 0 R >>\n%%EOF\n".utf8)
    }

    static func word(_ paragraphs: [String], also: [(String, [UInt8])] = []) -> [UInt8] {
        let body = paragraphs.map { "<w:p><w:r><w:t>\($0)</w:t></w:r></w:p>" }.joined()
        return zip(
            [
                ("[Content_Types].xml", Array("<Types/>".utf8)),
                ("word/document.xml", Array("<w:document xmlns:w=\"w\"><w:body>\(body)</w:body></w:document>".utf8)),
            ] + also)
    }

    /// A workbook with a head line and so many more.
    static func sheet(lines: Int, also: [(String, [UInt8])] = []) -> [UInt8] {
        let rows = (0...lines).map { "<row><c t=\"inlineStr\"><is><t>Hộ \($0)</t></is></c></row>" }.joined()
        return zip(
            [
                ("[Content_Types].xml", Array("<Types/>".utf8)), ("xl/workbook.xml", Array("<workbook/>".utf8)),
                ("xl/worksheets/sheet1.xml", Array("<worksheet><sheetData>\(rows)</sheetData></worksheet>".utf8)),
            ] + also)
    }

    /// A DOCX of a few kilobytes that unpacks to 40 MB of zeros.
    static func bomb() -> [UInt8] {
        zip([("[Content_Types].xml", Array("<Types/>".utf8)), ("word/document.xml", [])], zeros: 40 << 20)
    }

    /// An archive of files as they are; the last one becomes packed zeros when so many are asked for.
    static func zip(_ files: [(String, [UInt8])], zeros: Int = 0) -> [UInt8] {
        var (file, directory): ([UInt8], [UInt8]) = ([], [])
        for (index, entry) in files.enumerated() {
            let isZeros = zeros > 0 && index == files.count - 1
            let body = isZeros ? packedZeros(zeros) : entry.1
            let name = Array(entry.0.utf8)
            let common =
                little(20, 2) + little(0, 2) + little(isZeros ? 8 : 0, 2) + little(0, 4)
                + little(Int(checksum(entry.1)), 4) + little(body.count, 4) + little(isZeros ? zeros : body.count, 4)
                + little(name.count, 2) + little(0, 2)
            directory += little(0x0201_4B50, 4) + little(20, 2) + common + little(0, 10) + little(file.count, 4) + name
            file += little(0x0403_4B50, 4) + common + name + body
        }
        let start = file.count
        file += directory + little(0x0605_4B50, 4) + little(0, 4) + little(files.count, 2) + little(files.count, 2)
        return file + little(directory.count, 4) + little(start, 4) + little(0, 2)
    }

    /// Deflate with fixed codes: a zero, then "the byte before, 258 times" again and again.
    private static func packedZeros(_ count: Int) -> [UInt8] {
        var (bytes, bits, width): ([UInt8], Int, Int) = ([], 0, 0)
        func write(_ value: Int, _ length: Int, reversed: Bool = true) {
            for bit in 0..<length {
                bits |= (value >> (reversed ? length - 1 - bit : bit) & 1) << width
                width += 1
                if width == 8 {
                    bytes.append(UInt8(bits))
                    (bits, width) = (0, 0)
                }
            }
        }
        write(0b011, 3, reversed: false)
        write(0b0011_0000, 8)
        for _ in 0..<((count - 1) / 258) {
            write(0b1100_0101, 8)
            write(0, 5)
        }
        for _ in 0..<((count - 1) % 258) { write(0b0011_0000, 8) }
        write(0, 7)
        write(0, 7)
        return bytes
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
        }
    }

    private static func little(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> ($0 * 8)) : 0 }
    }

    private static func big(_ number: Int) -> [UInt8] {
        (0..<4).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    private static func decode(_ text: String) -> [UInt8] { [UInt8](Data(base64Encoded: text) ?? Data()) }
}
