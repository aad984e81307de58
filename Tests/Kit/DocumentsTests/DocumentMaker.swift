/// Makes DOCX and PDF files byte by byte.
enum DocumentMaker {
    static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    /// A DOCX whose body is this XML.
    static func word(_ body: String, relations: String = "", types: String = "", extra: [ArchiveMaker.Entry] = [])
        -> [UInt8]
    {
        ArchiveMaker(
            entries: [
                .init("[Content_Types].xml", "<Types>\(types)</Types>"),
                .init("_rels/.rels", "<Relationships/>"),
                .init("word/document.xml", "<w:document xmlns:w=\"w\"><w:body>\(body)</w:body></w:document>"),
                .init("word/_rels/document.xml.rels", "<Relationships>\(relations)</Relationships>"),
            ] + extra
        ).bytes()
    }

    static func paragraph(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }

    static func table(_ rows: Int) -> String {
        "<w:tbl>" + (0..<rows).map { "<w:tr><w:tc>\(paragraph("Dòng \($0)"))</w:tc></w:tr>" }.joined() + "</w:tbl>"
    }

    /// A PDF with these objects.
    static func pdf(_ objects: String = "", packed: [UInt8]? = nil, filter: String = "/FlateDecode") -> [UInt8] {
        var file = Array("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\(objects)".utf8)
        if let packed {
            file += Array(
                "9 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter \(filter) /Length \(packed.count) >>\nstream\n".utf8)
            file += packed + Array("\nendstream\nendobj\n".utf8)
        }
        return file + Array("trailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n".utf8)
    }

    static func zlib(_ text: String) -> [UInt8] { Deflate.storedZlib(Array(text.utf8)) }
}
