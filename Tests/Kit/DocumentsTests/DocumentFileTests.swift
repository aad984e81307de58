import Testing

@testable import Documents

@Suite("Documents sent as evidence")
struct DocumentFileTests {
    private func fault(_ bytes: [UInt8]) -> DocumentFault? {
        do {
            _ = try DocumentFile.check(bytes)
            return nil
        } catch { return error as? DocumentFault }
    }

    @Test("Good ones say what they are and how long their list is")
    func good() throws {
        let report = DocumentMaker.word(
            DocumentMaker.paragraph("BÁO CÁO") + DocumentMaker.table(37),
            relations:
                "<Relationship Type=\"\(DocumentMaker.relations)/hyperlink\" TargetMode=\"External\" Target=\"https://example.vn\"/>"
        )
        #expect(try DocumentFile.check(report) == DocumentFile(kind: .docx, lines: 36))
        #expect(try DocumentFile.check(DocumentMaker.word(DocumentMaker.paragraph("Một"))).lines == nil)
        let rows = (0...36).map { "<row><c t=\"inlineStr\"><is><t>Hộ \($0)</t></is></c></row>" }.joined()
        #expect(
            try DocumentFile.check(WorkbookMaker(rows: rows + "<row><c/></row>").bytes())
                == DocumentFile(kind: .xlsx, lines: 36))
        #expect(try DocumentFile.check(DocumentMaker.pdf()) == DocumentFile(kind: .pdf, lines: nil))
        let packed = DocumentMaker.zlib("4 0 << /Type /Page >>")
        #expect(try DocumentFile.check(DocumentMaker.pdf(packed: packed)).kind == .pdf)
    }

    @Test("A bomb as DOCX is refused by its directory, also one that lies, also one of very many files")
    func bombs() {
        let honest = DocumentMaker.word("", extra: [.zeros("word/media/a.bin", 40 << 20)])
        #expect(fault(honest) == .bomb(.ratio(limit: 100)))
        let huge = DocumentMaker.word("", extra: [.zeros("word/a.bin", 1_000, claiming: 0x7FFF_FFFF)])
        #expect(fault(huge) == .bomb(.unpacked(limit: 96 << 20)))
        let liar = ArchiveMaker(entries: [
            .init("[Content_Types].xml", "<Types/>"), .zeros("word/document.xml", 40 << 20, claiming: 900_000),
        ])
        #expect(fault(liar.bytes()) != nil)
        let many = DocumentMaker.word("", extra: (0..<1_200).map { .init("word/media/\($0)", "") })
        #expect(fault(many) == .bomb(.entries(limit: 1_000)))
        let bytes = DocumentMaker.zlib("4 0 " + String(repeating: " ", count: 66 << 20))
        #expect(fault(DocumentMaker.pdf(packed: bytes)) == .tooLarge(limit: 20 << 20))
    }

    @Test(
        "Macros, objects inside and what is fetched from elsewhere",
        arguments: [
            ("word/vbaProject.bin", DocumentFault.Active.macro), ("word/activeX/activeX1.xml", .macro),
            ("customUI/customUI.xml", .macro), ("word/embeddings/oleObject1.bin", .embedded),
            ("xl/externalLinks/externalLink1.xml", .external), ("xl/connections.xml", .external),
        ])
    func parts(name: String, active: DocumentFault.Active) {
        #expect(fault(DocumentMaker.word("", extra: [.init(name, "<x/>")])) == .active(active))
    }

    @Test("Also when the parts wear other names")
    func disguised() {
        let macro =
            #"<Override PartName="/word/a.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>"#
        #expect(fault(DocumentMaker.word("", types: macro)) == .active(.macro))
        func related(_ type: String, _ mode: String) -> [UInt8] {
            DocumentMaker.word(
                "",
                relations:
                    "<Relationship Type=\"\(DocumentMaker.relations)/\(type)\" TargetMode=\"\(mode)\" Target=\"x\"/>")
        }
        #expect(fault(related("attachedTemplate", "External")) == .active(.external))
        #expect(fault(related("image", "External")) == .active(.external))
        #expect(fault(related("oleObject", "Internal")) == .active(.embedded))
        #expect(fault(related("image", "Internal")) == nil)
        let dde = "<w:p><w:fldChar/><w:instrText> DD</w:instrText><w:instrText>EAUTO c:\\cmd.exe</w:instrText></w:p>"
        #expect(fault(DocumentMaker.word(dde)) == .active(.external))
        #expect(fault(DocumentMaker.word("<w:p><w:fldSimple w:instr=\" PAGE \"/></w:p>")) == nil)
        var book = WorkbookMaker()
        book.extra = [.init("xl/externalLinks/externalLink1.xml", "<externalLink/>")]
        #expect(fault(book.bytes()) == .active(.external))
        book.extra = [.init("xl/vbaProject.bin", "x")]
        #expect(fault(book.bytes()) == .active(.macro))
    }

    @Test(
        "A PDF that runs, unpacks or locks something, however it spells it",
        arguments: [
            ("4 0 obj << /S /JavaScript /JS (app.alert) >> endobj\n", DocumentFault.active(.script)),
            ("4 0 obj << /S /J#61vaScript >> endobj\n", .active(.script)),
            ("4 0 obj <</S/Launch/F(cmd)>> endobj\n", .active(.script)),
            ("4 0 obj << /Names << /EmbeddedFiles 5 0 R >> >> endobj\n", .active(.embedded)),
            ("4 0 obj << /AcroForm << /XFA 5 0 R >> >> endobj\n", .active(.script)),
            ("trailer << /Encrypt 5 0 R >>\n", .protected), ("4 0 obj (T\u{1ED1}i m\u{1EAD}t) endobj\n", .marked),
            ("4 0 obj <FEFF004D1EAC0054> endobj\n", .marked),
        ])
    func pdf(objects: String, wanted: DocumentFault) {
        #expect(fault(DocumentMaker.pdf(objects)) == wanted)
        // The same within an object stream.
        if wanted != .protected {
            #expect(fault(DocumentMaker.pdf(packed: DocumentMaker.zlib("4 0 " + objects))) == wanted)
        }
    }

    @Test("A PDF whose objects cannot be read, that is cut off or two things at once")
    func hiddenPDF() {
        let text = DocumentMaker.zlib("4 0 <<>>")
        #expect(fault(DocumentMaker.pdf(packed: Array("00>".utf8), filter: "/ASCIIHexDecode")) == .active(.hidden))
        #expect(fault(DocumentMaker.pdf(packed: Array("broken".utf8))) == .active(.hidden))
        #expect(fault(DocumentMaker.pdf(packed: Deflate.storedZlib(text))) == .active(.hidden))
        #expect(fault(Array(DocumentMaker.pdf().prefix(40))) == .damaged)
        #expect(fault(DocumentMaker.pdf() + Array("<script>x()</script>".utf8)) == .mixed)
        #expect(fault(DocumentMaker.pdf() + ArchiveMaker(entries: [.init("a", "b")]).bytes()) == .mixed)
        // Words in a text of the page are no names.
        #expect(fault(DocumentMaker.pdf("4 0 obj (JavaScript /JavaScripts) endobj\n")) == nil)
    }

    @Test(
        "A mark of secrecy as a heading",
        arguments: [
            "MẬT", "TỐI MẬT", "Tuyệt mật", "M Ậ T", "Độ mật: Tối mật", "(TUYỆT MẬT)", "TÀI LIỆU MẬT",
            "MA\u{323}\u{302}T",
        ])
    func marked(mark: String) {
        #expect(fault(DocumentMaker.word(DocumentMaker.paragraph(mark))) == .marked)
        let halves = mark.map { "<w:r><w:t>\($0)</w:t></w:r>" }.joined()
        #expect(fault(DocumentMaker.word("<w:p>\(halves)</w:p>")) == .marked)
        let book = WorkbookMaker(rows: "<row><c t=\"inlineStr\"><is><t>\(mark)</t></is></c></row>")
        #expect(fault(book.bytes()) == .marked)
        let shared = WorkbookMaker(rows: "<row><c t=\"s\"><v>0</v></c></row>", shared: "<si><t>\(mark)</t></si>")
        #expect(fault(shared.bytes()) == .marked)
        let header = DocumentMaker.word(
            "", extra: [.init("word/header1.xml", "<w:hdr><w:p><w:t>\(mark)</w:t></w:p></w:hdr>")])
        #expect(fault(header) == .marked)
    }

    @Test(
        "Honey and sentences about secrets are no mark",
        arguments: ["Mật", "mật ong", "Không có tài liệu mật", "Bảo vệ bí mật nhà nước", "MẬT ONG ĐƠN DƯƠNG", ""])
    func unmarked(text: String) {
        #expect(fault(DocumentMaker.word(DocumentMaker.paragraph(text))) == nil)
    }

    @Test("Nothing, other things, old and locked formats")
    func others() throws {
        #expect(fault([]) == .empty)
        #expect(fault(Array("Họ tên;Tuổi".utf8)) == .unsupportedType(found: "?"))
        #expect(fault([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0]) == .unsupportedType(found: "ole"))
        #expect(fault(PictureMaker.webp) == .unsupportedType(found: "webp"))
        #expect(fault(ArchiveMaker(entries: [.init("a.txt", "b")]).bytes()) == .unsupportedType(found: "zip"))
        #expect(fault(Array(DocumentMaker.word("").dropLast(30))) != nil)
        var limits = Limits.evidence
        limits.uploadBytes = 10
        #expect(throws: DocumentFault.tooLarge(limit: 10)) {
            _ = try DocumentFile.check(DocumentMaker.pdf(), limits: limits)
        }
    }

    @Test("A picture that is also an archive or a web page is refused")
    func polyglots() throws {
        let jpeg = try Picture.normalise(PictureMaker.png(width: 40, height: 20)).bytes
        let archive = ArchiveMaker(entries: [.init("a.html", "<p>")]).bytes()
        for tail in [archive, Array("<script>alert(1)</script>".utf8), Array("<HTML ><body>".utf8)] {
            #expect(throws: DocumentFault.mixed) { _ = try Picture.normalise(jpeg + tail) }
        }
        // What a phone writes behind a picture goes without a trace.
        let made = try Picture.normalise(jpeg + Array("ftypmp42 a short film".utf8)).bytes
        #expect(!String(decoding: made, as: UTF8.self).contains("short film"))
    }

    @Test("Good documents changed at random never end the program")
    func mutations() {
        let good = [
            DocumentMaker.word(DocumentMaker.paragraph("x") + DocumentMaker.table(5)),
            WorkbookMaker(rows: "<row><c><v>1</v></c></row>", shared: "<si><t>a</t></si>").bytes(),
            DocumentMaker.pdf("4 0 obj << /A#62 (x) >>\n", packed: DocumentMaker.zlib("4 0 <</B 1>>")),
        ]
        var chance = SeededGenerator(state: 2026)
        var refused = 0
        for turn in 0..<1_500 where fault(mutated(good[turn % 3], &chance)) != nil { refused += 1 }
        #expect(refused > 100 && refused < 1_500)
    }
}
