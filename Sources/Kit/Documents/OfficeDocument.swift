import CZip

/// A DOCX or XLSX that somebody sends as evidence, looked through before it is kept.
///
/// What is looked at: the directory of the archive (entries, sizes, ratio, names), the list of content types, every
/// relation, and the text of the main parts. What is not: fonts, pictures and themes inside. Nothing in it is run,
/// and nothing outside is fetched. The file is kept as it came and only ever handed over to be saved.
enum OfficeDocument {
    /// - Throws: `DocumentFault`: `bomb`, `damaged`, `protected`, `active`, `marked`, `unsupportedType`.
    static func check(_ bytes: UnsafeRawBufferPointer, limits: Limits) throws -> DocumentFile {
        try ZipArchive.open(bytes, limits: limits) { archive in
            if let content = activePart(archive.names) { throw DocumentFault.active(content) }
            guard let kind = FileKind.office(archive) else { throw DocumentFault.unsupportedType(found: "zip") }
            try XMLStream.read("[Content_Types].xml", of: archive, limits: limits, into: ContentTypes())
            for name in archive.names.sorted() where name.lowercased().hasSuffix(".rels") {
                try XMLStream.read(name, of: archive, limits: limits, into: Relations())
            }
            var rows = 0
            for name in archive.names.sorted() where isText(name, of: kind) {
                let text = OfficeText(kind, limits)
                try XMLStream.read(name, of: archive, limits: limits, into: text)
                rows = max(rows, text.rows)
            }
            // The head line is no line of the list.
            return DocumentFile(kind: kind, lines: rows > 1 ? rows - 1 : nil)
        }
    }

    /// A part that a program would run or open by itself, told by its name as the office programs give it.
    private static func activePart(_ names: some Collection<String>) -> DocumentFault.Active? {
        for name in names.map({ $0.lowercased() }) {
            if name.hasSuffix("vbaproject.bin") || name.hasSuffix("vbadata.xml") || name.contains("macrosheets/")
                || name.contains("dialogsheets/") || name.hasPrefix("customui/") || name.hasPrefix("usercustomization/")
            {
                return .macro
            }
            if name.contains("activex/") || name.contains("ctrlprops/") { return .macro }
            if name.contains("embeddings/") || name.contains("oleobject") { return .embedded }
            if name.hasSuffix("connections.xml") || name.contains("externallinks/") || name.contains("querytables/") {
                return .external
            }
        }
        return nil
    }

    private static func isText(_ name: String, of kind: FileKind) -> Bool {
        guard name.hasSuffix(".xml") else { return false }
        if kind == .docx {
            let isPart = name.hasPrefix("word/") && name.utf8.count { $0 == UInt8(ascii: "/") } == 1
            let parts = ["document", "header", "footer", "footnotes", "endnotes", "comments"]
            return isPart && parts.contains { name.dropFirst("word/".count).hasPrefix($0) }
        }
        return name == "xl/sharedStrings.xml" || name.hasPrefix("xl/worksheets/sheet") || name.hasPrefix("xl/drawings/")
    }

    /// The declared kinds of all parts: a macro part may have any name.
    private final class ContentTypes: XMLListener {
        func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
            guard let type = attributes["ContentType"]?.lowercased() else { return }
            if type.contains("macroenabled") || type.contains("vbaproject") || type.contains("activex")
                || type.contains("macrosheet") || type.contains("intlmacro")
            {
                throw DocumentFault.active(.macro)
            }
            if type.contains("oleobject") { throw DocumentFault.active(.embedded) }
            if type.contains("externallink") { throw DocumentFault.active(.external) }
        }

        func end(_ name: XMLName) {}
        func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
    }

    /// What a part refers to. Addresses that a reader may click stay; what a program would fetch by itself does not.
    private final class Relations: XMLListener {
        func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
            guard name == "Relationship" else { return }
            let type = attributes["Type"]?.lowercased() ?? ""
            if type.hasSuffix("/vbaproject") || type.hasSuffix("/control") || type.hasSuffix("/xlmacrosheet") {
                throw DocumentFault.active(.macro)
            }
            if type.hasSuffix("/oleobject") || type.hasSuffix("/package") { throw DocumentFault.active(.embedded) }
            if attributes["TargetMode"]?.lowercased() == "external", !type.hasSuffix("/hyperlink") {
                throw DocumentFault.active(.external)
            }
        }

        func end(_ name: XMLName) {}
        func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
    }
}

/// Reads the text of one part by paragraphs and cells: for marks of secrecy, for fields that fetch data from another
/// program, and to count the lines of a list.
private final class OfficeText: XMLListener {
    /// The filled rows of the longest table or of the sheet.
    private(set) var rows = 0
    private let kind: FileKind
    private let limits: Limits
    /// Paragraphs lie in one another: a text box stands within one.
    private var paragraphs: [[UInt8]] = []
    private var isField = false
    private var field: [UInt8] = []
    private var filledInRow = 0
    private var isRowFilled = false
    private var tables: [Int] = []

    init(_ kind: FileKind, _ limits: Limits) {
        self.kind = kind
        self.limits = limits
    }

    func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
        if name == "p" || name == "si" || name == "is" || name == "oddHeader" || name == "oddFooter" {
            paragraphs.append([])
        } else if name == "instrText" || name == "ddeLink" {
            if name == "ddeLink" { throw DocumentFault.active(.external) }
            isField = true
        } else if name == "fldSimple" {
            try check(field: attributes["instr"] ?? "")
        } else if name == "row" || name == "tr" {
            isRowFilled = false
        } else if name == "tbl" {
            tables.append(0)
        } else if name == "v" {
            isRowFilled = true
        }
    }

    func end(_ name: XMLName) throws {
        if name == "p" || name == "si" || name == "is" || name == "oddHeader" || name == "oddFooter" {
            guard let paragraph = paragraphs.popLast() else { return }
            if !paragraph.isEmpty { isRowFilled = true }
            // Marks are short: what is longer is no heading.
            if paragraph.count <= SecrecyMark.longest, SecrecyMark.isOne(String(decoding: paragraph, as: UTF8.self)) {
                throw DocumentFault.marked
            }
        } else if name == "instrText" {
            isField = false
            try check(field: String(decoding: field, as: UTF8.self))
        } else if name == "fldChar" {
            field = []
        } else if name == "row" {
            if isRowFilled { rows += 1 }
        } else if name == "tr" {
            if isRowFilled, let last = tables.indices.last { tables[last] += 1 }
        } else if name == "tbl", let count = tables.popLast() {
            rows = max(rows, count)
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if isField {
            // A field's code may lie in several pieces; none that counts here is long.
            if field.count < 4_096 { field += bytes.prefix(4_096) }
        } else if let last = paragraphs.indices.last, paragraphs[last].count <= SecrecyMark.longest {
            paragraphs[last] += bytes.prefix(SecrecyMark.longest + 1)
        }
    }

    /// Fields that ask another program for data, or pull in a file.
    private func check(field: String) throws {
        let word = field.uppercased().filter { !$0.isWhitespace && $0 != "\"" }
        if word.hasPrefix("DDE") || word.hasPrefix("INCLUDETEXT") || word.hasPrefix("INCLUDEPICTURE")
            || word.hasPrefix("LINK") || word.hasPrefix("IMPORT") || word.hasPrefix("DATABASE")
        {
            throw DocumentFault.active(.external)
        }
    }
}
