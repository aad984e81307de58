import Testing

@testable import Documents

@Suite("Workbooks made to harm")
struct HostileSheetTests {
    private let sheet = "xl/worksheets/sheet1.xml"

    private func book(_ change: (inout [ArchiveMaker.Entry]) -> Void) -> [UInt8] {
        var entries = WorkbookMaker(rows: "<row><c><v>1</v></c></row>").entries
        change(&entries)
        return ArchiveMaker(entries: entries).bytes()
    }

    private func replacingSheet(_ entry: ArchiveMaker.Entry) -> [UInt8] {
        book { entries in entries[entries.firstIndex { $0.name == sheet } ?? 0] = entry }
    }

    @Test("A bomb that tells its size is refused by its directory")
    func honestBomb() {
        let limits = Limits.standard
        #expect(throws: DocumentFault.bomb(.ratio(limit: limits.packedRatio))) {
            _ = try rows(replacingSheet(.zeros(sheet, 20 << 20)))
        }
        #expect(throws: DocumentFault.bomb(.unpacked(limit: limits.unpackedBytes))) {
            _ = try rows(replacingSheet(.zeros(sheet, 1_000, claiming: 0xFFFF_FFF0)))
        }
    }

    @Test("A bomb that lies about its size is stopped where its lie ends")
    func lyingBomb() {
        #expect(throws: DocumentFault.self) { _ = try rows(replacingSheet(.zeros(sheet, 20 << 20, claiming: 1_000))) }
    }

    @Test("Too many entries, also when only the record at the end says so")
    func entries() {
        var limits = Limits()
        limits.archiveEntries = 10
        let many = book { $0 += (0..<20).map { .init("x\($0)", "") } }
        #expect(throws: DocumentFault.bomb(.entries(limit: 10))) { _ = try rows(many, limits: limits) }
        var liar = ArchiveMaker(entries: WorkbookMaker().entries)
        liar.claimedCount = 60_000
        #expect(throws: DocumentFault.bomb(.entries(limit: 2_000))) { _ = try rows(liar.bytes()) }
    }

    @Test("Two entries of one name are refused: readers differ in which one they take")
    func twins() {
        #expect(throws: DocumentFault.damaged) { _ = try rows(book { $0.append(.init(sheet, "<worksheet/>")) }) }
    }

    @Test(
        "A doctype ends the reading: no entity grows, nothing outside is fetched",
        arguments: [
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
            "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/a.dtd\">",
            "<!DOCTYPE a [<!ENTITY l \"ha\"><!ENTITY m \"&l;&l;&l;&l;&l;&l;&l;&l;\"><!ENTITY n \"&m;&m;&m;&m;&m;&m;&m;\">]>",
        ])
    func doctype(text: String) {
        let book = WorkbookMaker(rows: #"<row><c t="inlineStr"><is><t>&x;&n;</t></is></c></row>"#, before: text)
        #expect(throws: DocumentFault.damaged) { _ = try rows(book.bytes()) }
    }

    @Test("A row may call itself the last one there is, and no more are made up")
    func lastRow() throws {
        let book = WorkbookMaker(rows: #"<row r="1048576"><c r="A1048576"><v>1</v></c></row>"#)
        #expect(try rows(book.bytes()).map(\.number) == [1_048_576])
        for reference in ["1048577", "0", "-1", "99999999999999999999", "x"] {
            let wrong = WorkbookMaker(rows: "<row r=\"\(reference)\"><c><v>1</v></c></row>")
            #expect(throws: DocumentFault.damaged) { _ = try rows(wrong.bytes()) }
        }
    }

    @Test("More filled rows than allowed end the reading at the limit")
    func manyRows() {
        var limits = Limits()
        limits.rows = 1_000
        var seen = 0
        let book = WorkbookMaker(rows: String(repeating: "<row><c><v>1</v></c></row>", count: 5_000)).bytes()
        #expect(throws: DocumentFault.tooManyRows(limit: 1_000)) {
            try SheetReader.read(book, named: "", limits: limits) { _ in seen += 1 }
        }
        #expect(seen == 1_000)
    }

    @Test(
        "References that point nowhere, backwards or elsewhere",
        arguments: [
            #"<row r="1"><c r="XFE1"><v>1</v></c></row>"#, #"<row r="1"><c r="A2"><v>1</v></c></row>"#,
            #"<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>"#,
            #"<row r="1"><c r=""><v>1</v></c></row>"#,
            #"<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>"#,
            #"<row><c t="s"><v>7</v></c></row>"#, #"<row><c t="s"><v>-1</v></c></row>"#,
            #"<row><c t="s"><v>99999999999999999999</v></c></row>"#, #"<row><c t="s"><v>x</v></c></row>"#,
        ])
    func references(text: String) {
        let book = WorkbookMaker(rows: text, shared: "<si><t>a</t></si>")
        #expect(throws: DocumentFault.damaged) { _ = try rows(book.bytes()) }
    }

    @Test("Columns, cells and shared texts have their limits")
    func limits() {
        var limits = Limits()
        (limits.columns, limits.cellBytes, limits.sharedTextBytes) = (3, 10, 30)
        let column = WorkbookMaker(rows: #"<row><c r="D1"><v>1</v></c></row>"#)
        #expect(throws: DocumentFault.tooManyColumns(row: 1, limit: 3)) { _ = try rows(column.bytes(), limits: limits) }
        let long = WorkbookMaker(rows: "<row><c><v>12345678901</v></c></row>")
        #expect(throws: DocumentFault.cellTooLong(row: 1, limit: 10)) { _ = try rows(long.bytes(), limits: limits) }
        let shared = WorkbookMaker(
            rows: #"<row><c t="s"><v>0</v></c></row>"#, shared: "<si><t>12345678901</t></si>")
        #expect(throws: DocumentFault.cellTooLong(row: 1, limit: 10)) { _ = try rows(shared.bytes(), limits: limits) }
        let table = WorkbookMaker(
            rows: "<row><c><v>1</v></c></row>", shared: String(repeating: "<si><t>1234567890</t></si>", count: 4))
        #expect(throws: DocumentFault.bomb(.unpacked(limit: limits.unpackedBytes))) {
            _ = try rows(table.bytes(), limits: limits)
        }
    }

    @Test("One long shared text that thousands of cells point at is counted each time")
    func sharedBomb() {
        var limits = Limits()
        limits.unpackedBytes = 1 << 20
        let book = WorkbookMaker(
            rows: String(repeating: #"<row><c t="s"><v>0</v></c></row>"#, count: 100),
            shared: "<si><t>\(String(repeating: "a", count: 30_000))</t></si>")
        #expect(throws: DocumentFault.bomb(.unpacked(limit: 1 << 20))) { _ = try rows(book.bytes(), limits: limits) }
    }

    @Test("A tag of many megabytes and elements without end are refused soon")
    func longToken() {
        let tag = WorkbookMaker(rows: "<row x=\"\(String(repeating: "a", count: 8 << 20))\"/>")
        #expect(throws: DocumentFault.damaged) { _ = try rows(tag.bytes()) }
        let deep = WorkbookMaker(rows: String(repeating: "<row>", count: 5_000))
        #expect(throws: DocumentFault.damaged) { _ = try rows(deep.bytes()) }
    }

    @Test("Cut off anywhere, it is damaged")
    func truncated() {
        let whole = WorkbookMaker(rows: "<row><c><v>1</v></c></row>").bytes()
        for count in stride(from: 4, to: whole.count, by: 37) {
            #expect(throws: DocumentFault.self) { _ = try rows(Array(whole.prefix(count))) }
        }
    }

    @Test("What is no table is named")
    func otherKinds() {
        let compound: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600)
        let locked = compound + "EncryptedPackage".utf8.flatMap { [$0, 0] }
        let encrypted = book { $0[3].flags = 1 }
        #expect(throws: DocumentFault.empty) { _ = try rows([]) }
        #expect(throws: DocumentFault.empty) { _ = try rows(Array("\n , \n".utf8)) }
        #expect(throws: DocumentFault.empty) { _ = try rows(WorkbookMaker().bytes()) }
        #expect(throws: DocumentFault.unsupportedType(found: "xls")) { _ = try rows(compound) }
        #expect(throws: DocumentFault.protected) { _ = try rows(locked) }
        #expect(throws: DocumentFault.protected) { _ = try rows(encrypted) }
        #expect(throws: DocumentFault.unsupportedType(found: "html")) { _ = try rows(Array(" <HTML><table>".utf8)) }
        #expect(throws: DocumentFault.unsupportedType(found: "pdf")) { _ = try rows(Array("%PDF-1.7 abc".utf8)) }
        #expect(throws: DocumentFault.unsupportedType(found: "zip")) {
            _ = try rows(ArchiveMaker(entries: [.init("a", "b")]).bytes())
        }
    }

    @Test("A good workbook changed at random never ends the program")
    func mutations() throws {
        let folder = try TestFolder()
        try writeGood(folder.file("a.xlsx"))
        let good = try folder.bytes("a.xlsx")
        let parts = WorkbookMaker(
            rows: String(
                repeating: #"<row><c r="A1" t="s" s="1"><v>0</v></c><c s="1"><v>45000</v></c></row>"#, count: 1)
                + String(repeating: #"<row><c t="s" s="1"><v>0</v></c><c s="1"><v>45000.5</v></c></row>"#, count: 20),
            shared: "<si><t>Nguyễn</t></si>",
            styles:
                #"<numFmts><numFmt numFmtId="9" formatCode="[h]:mm;@"/></numFmts><cellXfs><xf numFmtId="14"/></cellXfs>"#
        ).entries
        var chance = SeededGenerator(state: 2026)
        for turn in 0..<800 {
            // Either it can still be read or it is refused; any other way would end the test run itself.
            let bytes = turn.isMultiple(of: 2) ? mutated(good, &chance) : repacked(parts, &chance)
            do { _ = try rows(bytes) } catch is DocumentFault {}
        }
    }

    /// One part changed and packed again with a fitting checksum, so that the change reaches the parsers.
    private func repacked(_ parts: [ArchiveMaker.Entry], _ chance: inout SeededGenerator) -> [UInt8] {
        var parts = parts
        let index = Int.random(in: 1..<parts.count, using: &chance)
        parts[index] = .init(parts[index].name, mutated(parts[index].packed, &chance))
        return ArchiveMaker(entries: parts).bytes()
    }

    private func writeGood(_ path: String) throws {
        let writer = try SheetWriter(path: path)
        try writer.begin(sheet: "Một", columns: [SheetColumn("Họ tên"), SheetColumn("Số")])
        for number in 0..<50 { try writer.append([.text("Nguyễn Văn \(number)"), .integer(number)]) }
        try writer.finish()
    }
}

/// Some bytes changed, taken out, doubled or cut off.
func mutated(_ good: [UInt8], _ chance: inout SeededGenerator) -> [UInt8] {
    var bytes = good
    for _ in 0..<Int.random(in: 1...8, using: &chance) where bytes.count > 8 {
        let at = Int.random(in: 0..<bytes.count - 4, using: &chance)
        switch Int.random(in: 0..<10, using: &chance) {
        case 0: bytes.removeSubrange(at..<at + 3)
        case 1: bytes.insert(contentsOf: bytes[at..<at + 4], at: at)
        case 2: bytes.replaceSubrange(at..<at + 4, with: [0xFF, 0xFF, 0xFF, 0xFF])
        case 3: if Bool.random(using: &chance) { bytes.removeLast(min(bytes.count - at, bytes.count / 3)) }
        case 4, 5: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
        default: bytes[at] = UInt8.random(in: 0...255, using: &chance)
        }
    }
    return bytes
}
