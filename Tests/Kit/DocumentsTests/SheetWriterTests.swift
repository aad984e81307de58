import Foundation
import Testing

@testable import Documents

@Suite("Writing sheets")
struct SheetWriterTests {
    private static let hostile = [
        "=1+1", "+84912", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", " =1", "\u{A0}=1", "a\n=1",
        "=HYPERLINK(\"http://127.0.0.1/\")", "＝1", "\u{202E}=1", "\u{FEFF}=1", "\0=1",
    ]

    @Test("What is written can be read: texts, numbers, several sheets")
    func roundTrip() throws {
        let folder = try TestFolder()
        let writer = try SheetWriter(path: folder.file("a.xlsx"))
        try writer.begin(sheet: "Danh sách [1]: *?/\\", columns: [SheetColumn("Họ tên", width: 30), SheetColumn("Số")])
        try writer.append([.text("Nguyễn <&> \"Văn\" 😀"), .integer(-42)])
        try writer.append([.empty, .number(0.1), .number(.nan), .integer(1_234_567_890_123_456_789)])
        try writer.begin(sheet: "", columns: [SheetColumn("x", width: .infinity)])
        try writer.finish()
        let bytes = try folder.bytes("a.xlsx")
        #expect(FileKind.sniff(bytes) == .xlsx)
        #expect(try SheetReader.sheets(bytes, named: "") == ["Danh sách  1", "1"])
        #expect(
            try rows(bytes).map(\.cells) == [
                ["Họ tên", "Số"], ["Nguyễn <&> \"Văn\" 😀", "-42"], ["", "0.1", "", "1234567890123456789"],
            ])
        #expect(try rows(bytes, sheet: "1").map(\.cells) == [["x"]])
    }

    @Test("No text becomes a formula or a link")
    func noFormula() throws {
        let folder = try TestFolder()
        let writer = try SheetWriter(path: folder.file("a.xlsx"))
        try writer.begin(sheet: "a", columns: [SheetColumn("=1")])
        for text in Self.hostile { try writer.append([.text(text)]) }
        try writer.finish()
        let bytes = try folder.bytes("a.xlsx")
        #expect(try rows(bytes).count == Self.hostile.count + 1)
        let xml = try part("xl/worksheets/sheet1.xml", of: bytes)
        #expect(xml.contains("=1+1") && xml.contains("inlineStr"))
        #expect(!xml.contains("<f>") && !xml.contains("<f ") && !xml.contains("hyperlink"))
    }

    @Test("Long text is cut with a sign, controls and marks of direction go")
    func cleaned() throws {
        let folder = try TestFolder()
        let writer = try SheetWriter(path: folder.file("a.xlsx"))
        try writer.begin(sheet: "a", columns: [])
        try writer.append([
            .text(String(repeating: "ế", count: 40_000)), .text("a\u{202E}b\u{0}c\r\nd\u{2066}\u{FFFF}"),
        ])
        try writer.finish()
        let row = try #require(try rows(try folder.bytes("a.xlsx")).first)
        #expect(row.cells[0].utf16.count == 32_767 && row.cells[0].hasSuffix("ế…"))
        #expect(row.cells[1] == "abc\nd")
    }

    @Test("Mistakes are thrown, and nothing stands at the path")
    func mistakes() throws {
        let folder = try TestFolder()
        let writer = try SheetWriter(path: folder.file("a.xlsx"))
        #expect(throws: DocumentFault.noSheet(name: "")) { try writer.append([.empty]) }
        try writer.begin(sheet: "a", columns: [])
        #expect(throws: DocumentFault.noSheet(name: "A")) { try writer.begin(sheet: "A", columns: []) }
        #expect(throws: DocumentFault.tooManyColumns(row: 2, limit: 16_384)) {
            try writer.append([SheetCell](repeating: .empty, count: 16_385))
        }
        #expect(!FileManager.default.fileExists(atPath: folder.file("a.xlsx")))
        try writer.finish()
        #expect(throws: DocumentFault.damaged) { try writer.finish() }
        #expect(throws: FileFailure(operation: "open", code: ENOENT)) {
            _ = try SheetWriter(path: folder.file("none/a.xlsx"))
        }
    }

    @Test("CSV: quotes where needed, the guard only where chosen, numbers as they are")
    func csv() {
        let guarded = CSVWriter(guarding: .apostrophe)
        let open = CSVWriter(guarding: .none, separator: .semicolon)
        let cells: [SheetCell] = [.text("a, \"b\""), .integer(-5), .number(1.5), .empty, .text("-5"), .text(" x")]
        #expect(String(decoding: guarded.line(cells), as: UTF8.self) == "\"a, \"\"b\"\"\",-5,1.5,,'-5,\" x\"\r\n")
        #expect(String(decoding: open.line(cells), as: UTF8.self) == "\"a, \"\"b\"\"\";-5;1.5;;-5;\" x\"\r\n")
        for text in Self.hostile {
            let line = String(decoding: guarded.line([.text(text)]), as: UTF8.self)
            #expect(line.hasPrefix("'") || line.hasPrefix("\"'"), "\(text.debugDescription)")
        }
        #expect(!CSVWriter.looksLikeFormula("Thôn Đông - xã A = B"))
    }

    @Test("CSV that was written can be read")
    func csvRoundTrip() throws {
        let writer = CSVWriter(guarding: .none)
        let texts = ["a\"b", "x\ny", "Thôn; 1, 2", "", "cuối"]
        let bytes = CSVWriter.mark + writer.line([.text("đầu")]) + writer.line(texts.map { .text($0) })
        #expect(try rows(bytes).map(\.cells) == [["đầu"], texts])
    }

    private func part(_ name: String, of bytes: [UInt8]) throws -> String {
        var text: [UInt8] = []
        let space = UnsafeMutableRawPointer.allocate(byteCount: 64 << 10, alignment: 1)
        defer { space.deallocate() }
        try bytes.withUnsafeBytes { bytes in
            try ZipArchive.open(bytes, limits: .standard) { archive in
                try archive.read(name, space: { _ in space }) { count, _ in
                    text += UnsafeRawBufferPointer(start: space, count: count)
                }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
