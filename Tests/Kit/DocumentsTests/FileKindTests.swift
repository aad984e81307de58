import Testing

@testable import Documents

@Suite("What a file is")
struct FileKindTests {
    private let word = ArchiveMaker(entries: [.init("[Content_Types].xml", "x"), .init("word/document.xml", "x")])

    @Test("Each kind by its content")
    func kinds() throws {
        let png = PictureMaker.png(width: 2, height: 2)
        #expect(FileKind.sniff(png) == .png)
        #expect(FileKind.sniff(try Picture.normalise(png).bytes) == .jpeg)
        #expect(FileKind.sniff(PictureMaker.webp) == .webp)
        #expect(FileKind.sniff(PictureMaker.heic) == .heic)
        #expect(FileKind.sniff(Array("%PDF-1.7\n".utf8)) == .pdf)
        #expect(FileKind.sniff(word.bytes()) == .docx)
        #expect(FileKind.sniff(WorkbookMaker().bytes()) == .xlsx)
    }

    @Test("Two kinds at once are none")
    func polyglots() throws {
        let png = PictureMaker.png(width: 2, height: 2)
        let jpeg = try Picture.normalise(png).bytes
        let archive = ArchiveMaker(entries: [.init("a.html", "<script>")]).bytes()
        #expect(FileKind.sniff(jpeg + archive) == nil)
        #expect(FileKind.sniff(png + archive) == nil)
        #expect(FileKind.sniff(Array("%PDF-1.7\n".utf8) + archive) == nil)
        #expect(FileKind.sniff(Array(jpeg.prefix(4)) + Array("%PDF-1.7\n".utf8) + jpeg) == nil)
        #expect(FileKind.sniff(Array(" %PDF-1.7\n".utf8)) == nil)
        #expect(FileKind.sniff(Array("MZ".utf8) + word.bytes()) == nil)
        #expect(FileKind.sniff(jpeg + Array("PK\u{5}\u{6}".utf8)) == .jpeg)
    }

    @Test("Archives that are no document, or one with macros, are none")
    func archives() {
        var both = word
        both.entries.append(.init("xl/workbook.xml", "x"))
        var macros = word
        macros.entries.append(.init("word/vbaProject.bin", "x"))
        for archive in [ArchiveMaker(entries: []), ArchiveMaker(entries: [.init("a", "b")]), both, macros] {
            #expect(FileKind.sniff(archive.bytes()) == nil)
        }
    }

    @Test("Short and empty files are none")
    func short() {
        for count in 0..<16 {
            #expect(FileKind.sniff([UInt8](repeating: 0xFF, count: count)) == nil)
            #expect(FileKind.sniff(Array(PictureMaker.heic.prefix(count))) == nil)
            #expect(FileKind.sniff(Array("PK\u{3}\u{4}PK\u{5}\u{6}".utf8.prefix(count))) == nil)
        }
    }

    @Test("Every fault has its own stable key and speaks in digits")
    func faults() {
        let faults: [DocumentFault] = [
            .unsupportedType(found: "xls"), .empty, .tooLarge(limit: 1), .tooManyPixels(limit: 1),
            .bomb(.unpacked(limit: 1)), .bomb(.entries(limit: 1)), .bomb(.ratio(limit: 1)), .damaged, .protected,
            .tooManyRows(limit: 1), .tooManyColumns(row: 2, limit: 28), .cellTooLong(row: 1, limit: 1),
            .noSheet(name: "a"), .encoding(row: 1), .full, .missing, .mixed, .marked, .active(.macro), .active(.hidden),
        ]
        #expect(Set(faults.map(\.key)).count == faults.count)
        #expect(faults.allSatisfy { $0.key.hasPrefix("document.") })
        #expect(DocumentFault.tooLarge(limit: 20).arguments == ["limit": "20"])
        #expect(
            DocumentFault.tooManyColumns(row: 2, limit: 28).arguments == ["row": "2", "limit": "28", "column": "AB"])
    }
}
