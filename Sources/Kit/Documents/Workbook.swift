/// The table of contents of an XLSX archive: its sheets and where their parts lie.
struct Workbook {
    struct Sheet {
        let name: String
        let isHidden: Bool
        let relation: String
    }

    private(set) var sheets: [Sheet] = []
    /// Whether day 0 is 1904-01-01 (old Macintosh workbooks) instead of 1900.
    private(set) var is1904 = false
    private var parts: [String: Part] = [:]

    private struct Part {
        let path: String
        let type: String
    }

    static func read(_ archive: ZipArchive, limits: Limits) throws -> Workbook {
        let contents = Contents(limits)
        try XMLStream.read("xl/workbook.xml", of: archive, limits: limits, into: contents)
        try XMLStream.read("xl/_rels/workbook.xml.rels", of: archive, limits: limits, into: contents)
        var workbook = contents.workbook
        // Charts may stand among the sheets; they have no rows.
        workbook.sheets.removeAll { workbook.parts[$0.relation]?.type != "worksheet" }
        return workbook
    }

    /// Streams the rows of the named sheet, or of the first visible one.
    func rows(
        of name: String?, in archive: ZipArchive, limits: Limits, each: (SheetRow) throws -> Void
    ) throws {
        let found = sheets.first { name == nil ? !$0.isHidden : $0.name == name }
        guard let sheet = found, let part = parts[sheet.relation] else {
            throw DocumentFault.noSheet(name: name ?? "")
        }
        let formats = CellFormats(limits)
        if let styles = path(of: "styles"), archive.contains(styles) {
            try XMLStream.read(styles, of: archive, limits: limits, into: formats)
        }
        let texts = SharedTexts(limits)
        if let shared = path(of: "sharedStrings"), archive.contains(shared) {
            try XMLStream.read(shared, of: archive, limits: limits, into: texts)
        }
        try withoutActuallyEscaping(each) { each in
            let cells = SheetCells(
                sheet: sheet.name, texts: texts, formats: formats, is1904: is1904, limits: limits, each: each)
            try XMLStream.read(part.path, of: archive, limits: limits, into: cells)
        }
    }

    private func path(of type: String) -> String? {
        parts.values.first { $0.type == type }?.path
    }

    /// Listens to the workbook part and to its relations; their element names do not meet.
    private final class Contents: XMLListener {
        var workbook = Workbook()
        private let limits: Limits

        init(_ limits: Limits) {
            self.limits = limits
        }

        func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
            if name == "sheet" {
                try addSheet(attributes)
            } else if name == "workbookPr" {
                let value = attributes["date1904"]
                workbook.is1904 = value == "1" || value == "true"
            } else if name == "Relationship" {
                try addPart(attributes)
            }
        }

        func end(_ name: XMLName) {}
        func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

        private func addSheet(_ attributes: XMLAttributes) throws {
            guard let name = attributes["name"], let relation = attributes["id"], workbook.sheets.count < limits.sheets
            else { throw DocumentFault.damaged }
            let state = attributes["state"]
            let isHidden = state == "hidden" || state == "veryHidden"
            workbook.sheets.append(Sheet(name: name, isHidden: isHidden, relation: relation))
        }

        private func addPart(_ attributes: XMLAttributes) throws {
            guard attributes["TargetMode"] != "External" else { return }
            guard let id = attributes["Id"], let type = attributes["Type"], let target = attributes["Target"],
                workbook.parts.count < limits.archiveEntries
            else { throw DocumentFault.damaged }
            let short = type.split(separator: "/").last.map(String.init) ?? ""
            workbook.parts[id] = Part(path: Self.resolve(target), type: short)
        }

        /// The entry that a relation of the workbook points at. A name only: nothing is opened outside the archive.
        private static func resolve(_ target: String) -> String {
            var steps: [Substring] = target.hasPrefix("/") ? [] : ["xl"]
            for step in target.split(separator: "/") where step != "." {
                if step == ".." { _ = steps.popLast() } else { steps.append(step) }
            }
            return steps.joined(separator: "/")
        }
    }
}
