import Core
import Testing

@testable import Organisation

@Suite struct ImportHeaderTests {
    private typealias Header = OrganisationImport.Header

    /// Five hundred remarks are kept: of a file with more, what must be mended is among them.
    @Test func manyWarningsHideNoFault() {
        var remarks = OrganisationImport.Remarks()
        for number in 1...700 { remarks.warn(.init(sheet: "", number: number), nil, "codeUnknown") }
        remarks.fault(.init(sheet: "", number: 701), 0, "emptyName")
        remarks.fault(.init(sheet: "", number: 702), 0, "emptyName")
        #expect(remarks.kept.count == 500)
        #expect(remarks.kept.filter(\.isFault).map(\.line) == [701, 702])
        #expect(remarks.warnings == 700 && remarks.faults == 2)
    }

    @Test func titlesAreKnownInAnyOrderWithOrWithoutMarks() throws {
        let cells = ["TÊN XÃ", "Mã tỉnh (TP)", "Số hộ", "STT", "ma xa", "Tinh", "Huyện"]
        let header = try #require(Header(cells, for: .territories))
        #expect(header[.communeName] == 0)
        #expect(header[.provinceCode] == 1)
        #expect(header[.communeCode] == 4)
        #expect(header[.provinceName] == 5)
        #expect(header[.districtName] == 6)
        #expect(header.unknown.map(\.title) == ["Số hộ"])
    }

    @Test func theStatisticsOfficesOwnHeadLineIsKnown() throws {
        let cells = ["Tỉnh Thành Phố", "Mã TP", "Quận Huyện", "Mã QH", "Phường Xã", "Mã PX", "Cấp", "Tên Tiếng Anh"]
        let header = try #require(Header(cells, for: .territories))
        #expect(header.columns.count == 7)
        #expect(header.unknown.isEmpty)
        #expect(header[.kind] == 6)
    }

    @Test func aTitleLineIsNoHeadLine() {
        #expect(Header(["DANH SÁCH CÁC XÃ, PHƯỜNG TỈNH LÂM ĐỒNG NĂM 2025"], for: .territories) == nil)
        #expect(Header(["Tên", "", "", "", ""], for: .areas) == nil)
    }

    @Test func whatIsMissingIsNamed() throws {
        let header = try #require(Header(["Tên thôn", "Số hộ"], for: .areas))
        #expect(header.missing(for: .areas, baseIsCommune: false) == [.communeName])
        #expect(header.missing(for: .areas, baseIsCommune: true).isEmpty)
    }

    @Test func aFileOfAnotherKindIsTold() {
        var reading = OrganisationImport.FileReading(.areas, .province(), .part, day: Day(iso: "2026-01-01")!)
        #expect(throws: OrganisationImport.FileFault.self) {
            try reading.take(
                .init(sheet: "A", number: 1, cells: ["Mã tỉnh", "Tên tỉnh", "Mã huyện", "Tên huyện", "Tên"]))
        }
    }

    @Test func withoutAHeadLineTheReadingEnds() throws {
        var reading = OrganisationImport.FileReading(.areas, .province(), .part, day: Day(iso: "2026-01-01")!)
        for number in 1...25 { try reading.take(.init(sheet: "A", number: number, cells: ["x", "y"])) }
        #expect(throws: OrganisationImport.FileFault.noHeader) {
            try reading.take(.init(sheet: "A", number: 26, cells: ["x"]))
        }
    }
}

extension OrganisationImport.Known {
    /// A number as an id, so that a test can say which.
    static func id(_ number: UInt64) -> ID { ID(high: 7, low: number) }

    static func unit(
        _ number: UInt64, _ designation: Designation, _ name: String, _ code: String? = nil, under parent: UInt64?,
        from: Day = .first, profile: AreaProfile? = nil
    ) -> Unit {
        Unit(
            id: id(number), parent: parent.map(id), designation: designation, name: name, code: code, from: from,
            profile: profile)
    }

    /// Lâm Đồng (1) with nothing else.
    static func province(_ units: [Unit] = [], ended: [Unit] = [], areas: [Unit] = [], bodies: [Body] = []) -> Self {
        Self(
            base: unit(1, .province, "Lâm Đồng", "68", under: 0),
            above: [unit(0, .country, "Việt Nam", under: nil)], units: units, ended: ended, areas: areas,
            organisations: bodies)
    }
}

/// Reads rows as a file would have them: the first is the head line.
func plan(
    _ subject: OrganisationImport.Subject, _ known: OrganisationImport.Known,
    _ coverage: OrganisationImport.Coverage, on day: String = "2025-07-01", _ rows: [[String]]
) throws -> OrganisationImport.Plan {
    var reading = OrganisationImport.FileReading(subject, known, coverage, day: Day(iso: day)!)
    for (index, cells) in rows.enumerated() {
        try reading.take(.init(sheet: "Sheet1", number: index + 1, cells: cells))
    }
    return try reading.finish()
}

/// The same for a whole list.
func plan(
    _ subject: OrganisationImport.Subject, _ known: OrganisationImport.Known, _ rows: [[String]]
) throws -> OrganisationImport.Plan {
    try plan(subject, known, .whole, rows)
}

extension OrganisationImport.Plan {
    /// "add commune D'Ran", in order.
    var told: [String] { items.map { "\($0.action.rawValue) \($0.after.kind) \($0.after.name)" } }
    /// "2B duplicateCode": line, column letter, key.
    var marks: [String] {
        remarks.map { remark in
            let letter = remark.column.map { String(UnicodeScalar(UInt8(65 + $0))) } ?? "-"
            return "\(remark.line)\(letter) \(remark.key)"
        }
    }
}
