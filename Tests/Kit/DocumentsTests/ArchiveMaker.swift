/// Makes ZIP archives byte by byte, so that a test can also make one that lies.
struct ArchiveMaker {
    struct Entry {
        var name: String
        var packed: [UInt8]
        var method = 0
        var size: Int
        var checksum: UInt32
        var flags = 0

        init(_ name: String, _ text: String) {
            self.init(name, Array(text.utf8))
        }

        init(_ name: String, _ bytes: [UInt8]) {
            self.name = name
            packed = bytes
            size = bytes.count
            checksum = CRC32.of(bytes)
        }

        /// Zeros packed by deflate, some 159 times smaller. `claiming` is the size that the directory names.
        static func zeros(_ name: String, _ count: Int, claiming: Int? = nil) -> Entry {
            var entry = Entry(name, Deflate.zeros(count))
            entry.method = 8
            entry.size = claiming ?? count
            return entry
        }
    }

    var entries: [Entry]
    /// What the record at the end says, when not the truth.
    var claimedCount: Int?

    func bytes() -> [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let name = Array(entry.name.utf8)
            let common =
                little(20, 2) + little(entry.flags, 2) + little(entry.method, 2) + little(0, 4)
                + little(Int(entry.checksum), 4) + little(entry.packed.count, 4) + little(entry.size, 4)
                + little(name.count, 2) + little(0, 2)
            directory += little(0x0201_4B50, 4) + little(20, 2) + common
            directory += little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4) + little(file.count, 4) + name
            file += little(0x0403_4B50, 4) + common + name + entry.packed
        }
        let start = file.count
        let count = claimedCount ?? entries.count
        file += directory + little(0x0605_4B50, 4) + little(0, 4) + little(count, 2) + little(count, 2)
        return file + little(directory.count, 4) + little(start, 4) + little(0, 2)
    }

    private func little(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}

/// Makes a workbook from the XML inside its sheet, as the smallest program would write it.
struct WorkbookMaker {
    var rows = ""
    var shared: String?
    var styles: String?
    var before = ""
    var sheets = #"<sheet name="Một" sheetId="1" r:id="r1"/>"#
    var workbook = ""
    var extra: [ArchiveMaker.Entry] = []

    var entries: [ArchiveMaker.Entry] {
        let type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let sheet = #"<?xml version="1.0" encoding="UTF-8"?>\#(before)<worksheet><dimension ref="A1:XFD1048576"/>"#
        var entries = [
            ArchiveMaker.Entry("[Content_Types].xml", "<Types/>"),
            ArchiveMaker.Entry("xl/workbook.xml", "<workbook>\(workbook)<sheets>\(sheets)</sheets></workbook>"),
            ArchiveMaker.Entry(
                "xl/_rels/workbook.xml.rels",
                """
                <Relationships>
                <Relationship Id="r1" Type="\(type)/worksheet" Target="worksheets/sheet1.xml"/>
                <Relationship Id="r2" Type="\(type)/worksheet" Target="/xl/worksheets/sheet2.xml"/>
                <Relationship Id="r3" Type="\(type)/sharedStrings" Target="./sharedStrings.xml"/>
                <Relationship Id="r4" Type="\(type)/styles" Target="styles.xml"/>
                </Relationships>
                """),
            ArchiveMaker.Entry("xl/worksheets/sheet1.xml", "\(sheet)<sheetData>\(rows)</sheetData></worksheet>"),
            ArchiveMaker.Entry(
                "xl/worksheets/sheet2.xml",
                "<x:worksheet><x:sheetData><x:row><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>"),
        ]
        if let shared { entries.append(.init("xl/sharedStrings.xml", "<sst>\(shared)</sst>")) }
        if let styles { entries.append(.init("xl/styles.xml", "<styleSheet>\(styles)</styleSheet>")) }
        return entries + extra
    }

    func bytes() -> [UInt8] {
        ArchiveMaker(entries: entries).bytes()
    }
}

enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { start in
        (0..<8).reduce(UInt32(start)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
    }

    static func of(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
    }
}

enum Deflate {
    /// One block with fixed codes: a zero, then "the byte before, 258 times" again and again.
    static func zeros(_ count: Int) -> [UInt8] {
        var writer = BitWriter()
        writer.write(0b011, 3)
        writer.writeCode(0b0011_0000, 8)
        for _ in 0..<max(0, (count - 1) / 258) {
            writer.writeCode(0b1100_0101, 8)
            writer.writeCode(0, 5)
        }
        for _ in 0..<max(0, (count - 1) % 258) { writer.writeCode(0b0011_0000, 8) }
        writer.writeCode(0, 7)
        return writer.finish()
    }

    /// Blocks without packing, in the wrapping that PNG wants.
    static func storedZlib(_ bytes: [UInt8]) -> [UInt8] {
        var packed: [UInt8] = [0x78, 0x01]
        for start in stride(from: 0, to: max(bytes.count, 1), by: 65_535) {
            let part = bytes[start..<min(start + 65_535, bytes.count)]
            let (low, high) = (UInt8(part.count & 0xFF), UInt8(part.count >> 8))
            packed += [start + 65_535 >= bytes.count ? 1 : 0, low, high, ~low, ~high] + part
        }
        var (a, b) = (1, 0)
        for byte in bytes {
            a = (a + Int(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return packed + [UInt8(b >> 8), UInt8(b & 0xFF), UInt8(a >> 8), UInt8(a & 0xFF)]
    }
}

private struct BitWriter {
    private var bytes: [UInt8] = []
    private var bits = 0
    private var count = 0

    mutating func write(_ value: Int, _ width: Int) {
        bits |= value << count
        count += width
        while count >= 8 {
            bytes.append(UInt8(bits & 0xFF))
            bits >>= 8
            count -= 8
        }
    }

    /// Huffman codes stand with their highest bit first.
    mutating func writeCode(_ code: Int, _ width: Int) {
        for bit in (0..<width).reversed() { write(code >> bit & 1, 1) }
    }

    mutating func finish() -> [UInt8] {
        if count > 0 { write(0, 8 - count) }
        return bytes
    }
}
