import Testing

@testable import Documents

@Suite("Reading CSV")
struct CSVReaderTests {
    private func cells(_ text: String) throws -> [[String]] {
        try rows(Array(text.utf8)).map(\.cells)
    }

    @Test("Separators are found by how evenly they cut", arguments: [",", ";", "\t"])
    func separators(separator: String) throws {
        let text = "Họ tên|Ngày sinh|Số tiền\r\nA|1990|\"1,5;2\"\r\nB, b; c|1991|\r\n".replacing("|", with: separator)
        let read = try cells(separator == "\t" ? text : text.replacing("B, b; c", with: "B"))
        #expect(read[0] == ["Họ tên", "Ngày sinh", "Số tiền"])
        #expect(read[1] == ["A", "1990", "1,5;2"])
        #expect(read[2].count == 2)
    }

    @Test("Quotes, line ends and blanks as spreadsheets write them")
    func quotes() throws {
        #expect(try cells("\"a \"\"b\"\"\",\" c\nd \",e \"f\"\n") == [["a \"b\"", "c\nd", "e \"f\""]])
        #expect(try cells("a,b\rc,d\r\ne,f\n") == [["a", "b"], ["c", "d"], ["e", "f"]])
        #expect(try cells("\"a\"b,c") == [["ab", "c"]])
        #expect(try cells("sep=;\r\na,x;b\r\n") == [["a,x", "b"]])
        #expect(try cells("một") == [["một"]])
    }

    @Test("Rows are numbered as spreadsheets do, empty ones counted but not handed over")
    func numbers() throws {
        let read = try rows(Array("a\n\n,,\n\"b\nb\"\nc".utf8))
        #expect(read.map(\.number) == [1, 4, 5])
        #expect(read[0].sheet == "tệp")
    }

    @Test("UTF-8 with its mark and UTF-16 of both orders")
    func encodings() throws {
        let text = "Họ,Tên\nNguyễn,😀\n"
        let wanted = [["Họ", "Tên"], ["Nguyễn", "😀"]]
        let units = Array(text.utf16)
        #expect(try rows([0xEF, 0xBB, 0xBF] + Array(text.utf8)).map(\.cells) == wanted)
        #expect(try rows([0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }).map(\.cells) == wanted)
        #expect(try rows([0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }).map(\.cells) == wanted)
    }

    @Test("Other encodings are refused with the row")
    func wrongEncodings() {
        #expect(throws: DocumentFault.encoding(row: 2)) { _ = try rows(Array("a,b\n".utf8) + [0x4E, 0xE2, 0x6D]) }
        #expect(throws: DocumentFault.encoding(row: 1)) { _ = try rows([0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00]) }
        #expect(throws: DocumentFault.encoding(row: 1)) { _ = try rows([0xFF, 0xFE, 0x00]) }
        #expect(throws: DocumentFault.unsupportedType(found: "?")) { _ = try rows([UInt8](repeating: 0, count: 100)) }
    }

    @Test("Limits of rows, columns and cells; a quote that never closes")
    func limits() {
        var limits = Limits()
        (limits.rows, limits.columns, limits.cellBytes) = (2, 3, 10)
        #expect(throws: DocumentFault.tooManyRows(limit: 2)) { _ = try rows(Array("a\nb\nc\n".utf8), limits: limits) }
        #expect(throws: DocumentFault.tooManyColumns(row: 1, limit: 3)) {
            _ = try rows(Array("a,b,c,d\n".utf8), limits: limits)
        }
        #expect(throws: DocumentFault.cellTooLong(row: 2, limit: 10)) {
            _ = try rows(Array("a\n12345678901\n".utf8), limits: limits)
        }
        #expect(throws: DocumentFault.damaged) { _ = try rows(Array("a,\"b\nc,d\n".utf8)) }
        limits.uploadBytes = 3
        #expect(throws: DocumentFault.tooLarge(limit: 3)) { _ = try rows(Array("abcd".utf8), limits: limits) }
    }

    @Test("Empty cells beyond the limit of columns harm nobody")
    func emptyColumns() throws {
        #expect(try cells("a,b" + String(repeating: ",", count: 5_000)) == [["a", "b"]])
    }
}
