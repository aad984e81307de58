import Core
import Documents

extension OrganisationImport {
    /// Reads an uploaded sheet into a plan. Slow work: it is called where blocking is allowed.
    ///
    /// The first sheet that is not hidden and has a head line is taken; others are named in a warning.
    /// - Throws: `Refusal` beside the file's field, saying what the file lacks.
    static func read(
        _ bytes: [UInt8], named name: String, _ subject: Subject, _ known: Known, _ coverage: Coverage, day: Day
    ) throws -> Plan {
        do {
            var failure: FileFault?
            let sheets = try SheetReader.sheets(bytes, named: name)
            for (index, sheet) in sheets.enumerated() {
                var reading = FileReading(subject, known, coverage, day: day)
                do {
                    try SheetReader.read(bytes, named: name, sheet: sheet) { row in
                        try reading.take(Line(sheet: row.sheet, number: row.number, cells: row.cells))
                    }
                    var plan = try reading.finish()
                    plan.warn(ofSheets: Array(sheets[(index + 1)...]))
                    return plan
                } catch let fault as FileFault {
                    failure = failure == nil || failure == .noHeader ? fault : failure
                } catch DocumentFault.empty where sheets.count > 1 {
                    continue
                }
            }
            throw refusal(failure ?? .noHeader, subject)
        } catch let fault as DocumentFault {
            var arguments = fault.arguments
            if case .tooLarge(let limit) = fault { arguments["limit"] = "\(limit >> 20)" }
            throw Refusal(.invalid, "organisation.import.\(fault.key)", field: "file", arguments)
        }
    }

    private static func refusal(_ fault: FileFault, _ subject: Subject) -> Refusal {
        switch fault {
        case .noHeader:
            return Refusal(.invalid, "organisation.import.header.none.\(subject.rawValue)", field: "file")
        case .otherSubject(let other):
            return Refusal(.invalid, "organisation.import.header.other.\(other.rawValue)", field: "subject")
        case .missing(let columns):
            let all = columns.map {
                Refusal(
                    .invalid, "organisation.import.header.missing.\(subject.rawValue).\($0.rawValue)", field: "file")
            }
            return Refusal.of(all)
                ?? Refusal(.invalid, "organisation.import.header.none.\(subject.rawValue)", field: "file")
        }
    }
}

extension OrganisationImport.Plan {
    /// Says that other sheets of the workbook were passed over.
    fileprivate mutating func warn(ofSheets names: [String]) {
        guard !names.isEmpty else { return }
        warnings += 1
        remarks.append(
            OrganisationImport.Remark(
                isFault: false, sheet: names[0], line: 0, column: nil, key: "otherSheets",
                arguments: ["names": names.prefix(5).joined(separator: ", ")]))
    }
}
