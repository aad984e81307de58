import Core
import Documents

extension RecognitionEarlier {
    /// More than the areas of a whole province; a file beyond it is divided.
    static let mostRows = 20_000
    private static let searchedLines = 25

    /// Reads an uploaded sheet into a plan. Slow work: it is called where blocking is allowed.
    ///
    /// The first sheet that is not hidden and has a head line is taken.
    /// - Throws: `Refusal` beside the file's field, saying what the file lacks.
    static func read(_ bytes: [UInt8], named name: String, _ known: Known) throws -> Plan {
        do {
            var missing: [Column]?
            for sheet in try SheetReader.sheets(bytes, named: name) {
                var planner: Planner?
                var searched = 0
                do {
                    try SheetReader.read(bytes, named: name, sheet: sheet) { row in
                        if planner != nil {
                            planner?.take(sheet: row.sheet, number: row.number, cells: row.cells)
                            return
                        }
                        searched += 1
                        guard searched <= searchedLines, let header = Header(row.cells) else { return }
                        guard header.missing.isEmpty else {
                            missing = missing ?? header.missing
                            return
                        }
                        planner = Planner(header, known)
                    }
                } catch DocumentFault.empty { continue }
                if let planner {
                    let plan = planner.finish()
                    guard plan.rows <= mostRows else { throw DocumentFault.tooManyRows(limit: mostRows) }
                    return plan
                }
            }
            let all = (missing ?? []).map {
                Refusal(.invalid, "recognition.earlier.missing.\($0.rawValue)", field: "file")
            }
            throw Refusal.of(all) ?? Refusal(.invalid, "recognition.earlier.noHeader", field: "file")
        } catch let fault as DocumentFault {
            var arguments = fault.arguments
            if case .tooLarge(let limit) = fault { arguments["limit"] = "\(limit >> 20)" }
            throw Refusal(.invalid, "organisation.import.\(fault.key)", field: "file", arguments)
        }
    }
}
