import Core
import Documents

extension OrganisationImport {
    /// Reads an uploaded sheet into a plan. Slow work: it is called where blocking is allowed.
    ///
    /// The first sheet that is not hidden and has a head line is taken; others are named in a warning.
    ///
    /// - Parameter isHeadOnly: ends with an empty plan where the head line stands and is whole.
    /// - Throws: `Refusal` beside the file's field, saying what the file lacks.
    static func read(
        _ bytes: [UInt8], named name: String, _ subject: Subject, _ known: Known, _ coverage: Coverage, day: Day,
        isHeadOnly: Bool = false
    ) throws -> Plan {
        do {
            var failure: FileFault?
            let sheets = try SheetReader.sheets(bytes, named: name)
            for (index, sheet) in sheets.enumerated() {
                var reading = FileReading(subject, known, coverage, day: day)
                do {
                    try SheetReader.read(bytes, named: name, sheet: sheet) { row in
                        try reading.take(
                            Line(sheet: row.sheet, number: row.number, cells: row.cells, decimals: row.decimals))
                        if isHeadOnly, reading.isReading { throw HeadFound() }
                    }
                    var plan = try reading.finish()
                    plan.warn(ofSheets: Array(sheets[(index + 1)...]))
                    return plan
                } catch let fault as FileFault {
                    failure = failure == nil || failure == .noHeader ? fault : failure
                } catch DocumentFault.empty where sheets.count > 1 {
                    continue
                } catch is HeadFound {
                    return Plan()
                }
            }
            throw refusal(failure ?? .noHeader, subject)
        } catch let fault as DocumentFault {
            throw refusal(fault)
        }
    }

    private struct HeadFound: Error {}

    /// Lists up to so many bytes have their head line looked at together with the fields of the form they came with. It
    /// takes some milliseconds; a whole province's list waits until the fields are right.
    static let headLookedAt = 1 << 20

    /// What keeps a file from being read, beside its field, told by its first bytes: nothing, another kind of file, one
    /// with a password or one that was cut off.
    static func refusal(ofFile bytes: [UInt8], named name: String) -> Refusal? {
        do {
            let kind = FileKind.sniff(bytes)
            if let kind, kind != .xlsx { throw DocumentFault.unsupportedType(found: kind.rawValue) }
            let sheets = try SheetReader.sheets(bytes, named: name)
            // A workbook with macros is none of the kinds that are taken.
            if kind == nil, bytes.starts(with: "PK".utf8) { throw DocumentFault.unsupportedType(found: "zip") }
            if sheets.isEmpty { throw DocumentFault.noSheet(name: "") }
            return nil
        } catch let fault as DocumentFault {
            return refusal(fault)
        } catch {
            // A fault of ours and not of the file: reading it says so.
            return nil
        }
    }

    /// What keeps a list of a usual size from being read by its head line; nil for a larger one.
    static func refusal(
        ofHead bytes: [UInt8], named name: String, _ subject: Subject, below base: Known.Unit, day: Day
    ) -> Refusal? {
        guard bytes.count <= headLookedAt else { return nil }
        do {
            _ = try read(bytes, named: name, subject, Known(base: base), .part, day: day, isHeadOnly: true)
            return nil
        } catch let refusal as Refusal {
            return refusal
        } catch {
            return nil
        }
    }

    private static func refusal(_ fault: DocumentFault) -> Refusal {
        var arguments = fault.arguments
        if case .tooLarge(let limit) = fault { arguments["limit"] = "\(limit >> 20)" }
        return Refusal(.invalid, "organisation.import.\(fault.key)", field: "file", arguments)
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
