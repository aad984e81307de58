import Testing

@testable import Documents

/// All rows of a file.
func rows(_ bytes: [UInt8], sheet: String? = nil, limits: Limits = .standard) throws -> [SheetRow] {
    var rows: [SheetRow] = []
    try SheetReader.read(bytes, named: "tệp", sheet: sheet, limits: limits) { rows.append($0) }
    return rows
}

@Suite("Reading workbooks")
struct SheetReaderTests {
    @Test("Texts, numbers, yes and no, errors and results of formulas")
    func kindsOfCells() throws {
        let book = WorkbookMaker(
            rows: """
                <row r="2"><c r="A2" t="s"><v>1</v></c>
                <c r="C2" t="inlineStr"><is><r><t>Thôn </t></r><r><t>Một</t></r></is></c>
                <c r="D2"><v>1.2345678901E+10</v></c><c r="E2" t="b"><v>1</v></c><c r="F2" t="e"><v>#REF!</v></c>
                <c r="G2" t="str"><f>A1&amp;"x"</f><v>=1+1</v></c><c r="H2"><f>1/3</f><v>0.33333333333333331</v></c>
                <c r="I2"/><c r="J2" s="9"><v></v></c></row>
                <row r="7"><c><v>-1.50</v></c><c t="d"><v>2026-02-28T00:00:00</v></c></row>
                """,
            shared: """
                <si><t>không</t></si>
                <si><t xml:space="preserve">\u{A0} Nguyễn &amp; Trần\u{3000}</t><rPh><t>đọc</t></rPh></si>
                """
        )
        #expect(
            try rows(book.bytes()) == [
                SheetRow(
                    sheet: "Một", number: 2,
                    cells: [
                        "Nguyễn & Trần", "", "Thôn Một", "12345678901", "TRUE", "#REF!", "=1+1", "0.333333333333333",
                    ]),
                SheetRow(sheet: "Một", number: 7, cells: ["-1.50", "2026-02-28"]),
            ])
    }

    @Test("Numbers with three decimals are told from texts that look like them")
    func decimals() throws {
        let book = WorkbookMaker(
            rows: """
                <row r="1"><c r="A1"><v>12.345</v></c><c r="B1" t="inlineStr"><is><t>12.345</t></is></c>
                <c r="C1"><v>12345</v></c><c r="D1"><v>-1.125</v></c><c r="E1"><v>1.5</v></c></row>
                <row r="2"><c r="A2" t="inlineStr"><is><t>12.345</t></is></c></row>
                """)
        let rows = try rows(book.bytes())
        #expect(rows.map(\.decimals) == [[0, 3], []])
        #expect(rows.first?.cells == ["12.345", "12.345", "12345", "-1.125", "1.5"])
    }

    @Test("Cells with a format of days become ISO days")
    func days() throws {
        let styles = """
            <numFmts><numFmt numFmtId="164" formatCode="[$-42A]&quot;ngày &quot;dd/mm/yyyy;@"/>
            <numFmt numFmtId="165" formatCode="0&quot;d&quot;"/></numFmts>
            <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs>
            """
        var book = WorkbookMaker(
            rows: """
                <row><c s="0"><v>45000</v></c><c s="1"><v>45000.75</v></c><c s="2"><v>61</v></c><c s="3"><v>45000</v></c>
                <c s="4"><v>0.3125</v></c><c s="1"><v>60</v></c><c s="1"><v>1</v></c>
                <c s="1"><v>2958465</v></c><c s="1"><v>-5</v></c></row>
                """, styles: styles)
        let plain = try rows(book.bytes())
        #expect(
            plain.first?.cells == [
                "45000", "2023-03-15", "1900-03-01", "45000", "07:30", "60", "1900-01-01", "9999-12-31", "-5",
            ])
        book.workbook = #"<workbookPr date1904="1"/>"#
        #expect(try rows(book.bytes()).first?[column: 1] == "2027-03-16")
    }

    @Test("The first sheet that is not hidden is read unless another is named")
    func sheets() throws {
        let book = WorkbookMaker(
            rows: "<row><c><v>1</v></c></row>",
            sheets: #"<sheet name="Ẩn" state="hidden" r:id="r1"/><sheet name="Hai" r:id="r2"/>"#
        ).bytes()
        #expect(try rows(book) == [SheetRow(sheet: "Hai", number: 1, cells: ["2"])])
        #expect(try rows(book, sheet: "Ẩn") == [SheetRow(sheet: "Ẩn", number: 1, cells: ["1"])])
        #expect(try SheetReader.sheets(book, named: "tệp") == ["Hai"])
        #expect(throws: DocumentFault.noSheet(name: "Ba")) { _ = try rows(book, sheet: "Ba") }
    }

    @Test("Characters that spreadsheets write as codes come back, controls do not")
    func escapes() throws {
        let book = WorkbookMaker(
            rows: #"<row><c t="inlineStr"><is><t>a_x000A_b_x000D__x005F_x0041_ _xZZ_ _x</t></is></c></row>"#)
        #expect(try rows(book.bytes()).first?.cells == ["a\nb_x0041_ _xZZ_ _x"])
    }

    @Test("What the caller throws ends the reading and arrives")
    func callersError() throws {
        struct Enough: Error {}
        var seen = 0
        let book = WorkbookMaker(rows: String(repeating: "<row><c><v>1</v></c></row>", count: 50)).bytes()
        #expect(throws: Enough.self) {
            try SheetReader.read(book, named: "tệp") { _ in
                seen += 1
                if seen == 3 { throw Enough() }
            }
        }
        #expect(seen == 3)
    }

    @Test("Column letters, both ways")
    func letters() {
        for (index, letters) in [
            (0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD"),
        ] {
            #expect(Column.letters(index) == letters)
            #expect(Column.index(letters) == index)
        }
        #expect(Column.letters(-1) == "?")
        for wrong in ["", "XFE", "a", "A1", "Đ", "AAAAAAAAAAAAAAAAAAAAAAAA"] { #expect(Column.index(wrong) == nil) }
    }

    @Test(
        "Codes of formats",
        arguments: [
            ("General", CellFormat.plain), ("0.00E+00", .plain), ("#,##0 \"đ\"", .plain), ("dd/mm/yyyy", .day),
            ("mmm", .day), ("h:mm AM/PM", .time), ("[h]:mm:ss", .time), ("[Red]0", .plain), ("yyyy-mm-dd hh:mm", .day),
            ("\\d0", .plain), ("_d0", .plain), ("\"", .plain), ("[", .plain), ("", .plain), ("@;dd", .plain),
        ])
    func formatCodes(code: String, format: CellFormat) {
        #expect(CellFormat(code: code) == format)
    }
}
