import Core

extension OrganisationImport {
    /// A unit as a file tells of it.
    struct FileUnit: Sendable {
        enum Above: Sendable, Hashable {
            /// Nothing is said: it lies directly in the base.
            case base
            case unit(Int)
            /// By code or name, to be found when all rows are read.
            case named(code: String?, name: String?)
        }

        let place: Place
        let codeColumn: Int?
        let nameColumn: Int?
        let aboveColumn: Int?
        /// The level (1 province … 3 commune); nil when only its kind can tell, with the unit above.
        var level: Int
        var designation: Designation?
        let name: String
        let nameKey: String
        var code: String?
        var above: Above
        var formedFrom: [String] = []
        var order: Int?
        /// It is only named as what lies above another row.
        let isCarried: Bool
    }

    /// Reads the rows of a file of territories, in either of the two usual shapes: one row for each unit with the unit
    /// above it, or one row for each commune with its district and province beside it.
    struct TerritoryReading: Sendable {
        private(set) var units: [FileUnit] = []
        private(set) var rows = 0
        var remarks = Remarks()
        private let header: Header
        private let isFlat: Bool
        private let levels: [Level]
        private let names = [1: NameReader(levels: [1]), 2: NameReader(levels: [2]), 3: NameReader(levels: [3])]
        private let anyName = NameReader(levels: [1, 2, 3])
        private var byCode: [CodeKey: Int] = [:]
        private var byName: [NameKey: Int] = [:]
        /// The cells of the levels above in the row before, and what they gave.
        private var lastAbove: [String] = []
        private var lastUnit: FileUnit.Above = .base

        private struct Level: Sendable {
            let level: Int
            let code: Int?
            let name: Int?
        }

        private struct CodeKey: Hashable {
            let level: Int
            let code: String
        }

        private struct NameKey: Hashable {
            let above: FileUnit.Above
            let level: Int
            let name: String
            let designation: Designation?
        }

        init(_ header: Header) {
            self.header = header
            var levels = [
                Level(level: 1, code: header[.provinceCode], name: header[.provinceName]),
                Level(level: 2, code: header[.districtCode], name: header[.districtName]),
                Level(level: 3, code: header[.communeCode], name: header[.communeName]),
            ].filter { $0.name != nil }
            isFlat = !levels.isEmpty && header[.parentName] == nil && header[.parentCode] == nil
            // "Mã tỉnh, Tên tỉnh, Mã, Tên": the plain columns are those of the lowest level.
            if isFlat, let name = header[.name], levels.last?.level != 3 {
                levels.append(Level(level: 3, code: header[.code] ?? header[.communeCode], name: name))
            }
            self.levels = levels
        }

        /// A file has either the names of levels or one name for all; nil when it has neither.
        var isReadable: Bool { isFlat || header[.name] != nil }

        mutating func take(_ line: Line) {
            rows += 1
            if isFlat { takeFlat(line) } else { takeLong(line) }
        }

        private mutating func takeFlat(_ line: Line) {
            guard let own = levels.last(where: { !line.cell($0.name).isEmpty || !line.cell($0.code).isEmpty }) else {
                remarks.fault(Place(line), levels.last?.name, "emptyName")
                return
            }
            let above = levels.filter { $0.level < own.level }
            let cells = above.flatMap { [line.cell($0.code), line.cell($0.name)] }
            if cells != lastAbove, !cells.allSatisfy(\.isEmpty) || own.level == levels.first?.level {
                lastAbove = cells
                lastUnit = carried(above, line)
            }
            add(own, line, above: above.isEmpty ? .base : lastUnit)
        }

        /// The unit that lies above the row's own, added when the file had not named it yet.
        private mutating func carried(_ above: [Level], _ line: Line) -> FileUnit.Above {
            var unit = FileUnit.Above.base
            for level in above {
                let (typed, code) = (line.cell(level.name), OrganisationImport.code(line.cell(level.code), level.level))
                if typed.isEmpty, code == nil { continue }
                let (designation, name) = read(typed, level: level.level)
                let key = VietnameseText.nameKey(name)
                let found =
                    code.flatMap { byCode[CodeKey(level: level.level, code: $0)] }
                    ?? byName[NameKey(above: unit, level: level.level, name: key, designation: designation)]
                if let found {
                    if !name.isEmpty, units[found].nameKey != key {
                        remarks.fault(
                            Place(line), level.name, "codeTwoNames",
                            [
                                "code": code ?? "", "name": name, "other": units[found].name,
                                "line": "\(units[found].place.number)",
                            ])
                    }
                    unit = .unit(found)
                    continue
                }
                if name.isEmpty { remarks.fault(Place(line), level.name, "emptyName") }
                unit = .unit(
                    append(
                        FileUnit(
                            place: Place(line), codeColumn: level.code, nameColumn: level.name, aboveColumn: nil,
                            level: level.level, designation: designation, name: name, nameKey: key, code: code,
                            above: unit,
                            isCarried: true)))
            }
            return unit
        }

        private mutating func add(_ level: Level, _ line: Line, above: FileUnit.Above) {
            let (designation, name) = read(line.cell(level.name), level: level.level)
            guard !name.isEmpty else {
                remarks.fault(Place(line), level.name, "emptyName")
                return
            }
            var unit = FileUnit(
                place: Place(line), codeColumn: level.code, nameColumn: level.name, aboveColumn: nil,
                level: level.level, designation: designation ?? kind(line, level.level), name: name,
                nameKey: VietnameseText.nameKey(name),
                code: OrganisationImport.code(line.cell(level.code), level.level),
                above: above, isCarried: false)
            readRest(line, into: &unit)
            check(unit)
        }

        private func read(_ typed: String, level: Int) -> (designation: Designation?, name: String) {
            names[level]?.read(typed) ?? (nil, VietnameseText.tidied(typed))
        }

        /// The column "Cấp" beside a name that does not say its kind.
        private mutating func kind(_ line: Line, _ level: Int) -> Designation? {
            let cell = line.cell(header[.kind])
            guard !cell.isEmpty else { return nil }
            if let kind = names[level]?.kind(cell) { return kind }
            remarks.fault(Place(line), header[.kind], "wrongKind", ["found": cell])
            return nil
        }

        private mutating func takeLong(_ line: Line) {
            let cell = line.cell(header[.kind])
            var designation = cell.isEmpty ? nil : anyName.kind(cell)
            if !cell.isEmpty, designation == nil {
                remarks.fault(Place(line), header[.kind], "wrongKind", ["found": cell])
                return
            }
            let reader = designation.flatMap { names[$0.kind.level] } ?? anyName
            var (named, name) = reader.read(line.cell(header[.name]))
            // "Phường Đúc" in a list that has its own column of kinds is read as it is when the two disagree.
            if let designation, let other = named, other.kind.level != designation.kind.level {
                name = VietnameseText.tidied(line.cell(header[.name]))
                named = nil
            }
            designation = named ?? designation
            guard !name.isEmpty else {
                remarks.fault(Place(line), header[.name], "emptyName")
                return
            }
            guard let designation else {
                remarks.fault(Place(line), header[.kind] ?? header[.name], "noKind", ["name": name])
                return
            }
            let code = line.cell(header[.parentCode]), parent = line.cell(header[.parentName])
            let level = designation.kind.level
            var unit = FileUnit(
                place: Place(line), codeColumn: header[.code], nameColumn: header[.name],
                aboveColumn: header[.parentCode] ?? header[.parentName], level: level, designation: designation,
                name: name, nameKey: VietnameseText.nameKey(name),
                code: OrganisationImport.code(line.cell(header[.code]), level),
                above: code.isEmpty && parent.isEmpty
                    ? .base : .named(code: code.isEmpty ? nil : code, name: parent.isEmpty ? nil : parent),
                isCarried: false)
            readRest(line, into: &unit)
            check(unit)
        }

        private mutating func readRest(_ line: Line, into unit: inout FileUnit) {
            let from = line.cell(header[.formedFrom])
            if !from.isEmpty {
                unit.formedFrom = from.split { ";,\n".contains($0) }.map { VietnameseText.tidied(String($0)) }
                    .filter { !$0.isEmpty }
            }
            let order = line.cell(header[.order])
            if !order.isEmpty {
                if let number = Int(order), (1...99_999).contains(number) {
                    unit.order = number
                } else {
                    remarks.fault(
                        Place(line), header[.order], "wrongNumber", ["found": order, "least": "1", "most": "99.999"])
                }
            }
        }

        /// One code is one unit on one day; one name under one unit is one unit, but for the few that have two codes.
        private mutating func check(_ unit: FileUnit) {
            if let code = unit.code, let first = byCode[CodeKey(level: unit.level, code: code)] {
                if units[first].isCarried, units[first].nameKey == unit.nameKey { return }
                remarks.fault(
                    unit.place, unit.codeColumn, "duplicateCode",
                    [
                        "code": code, "line": "\(units[first].place.number)", "name": units[first].name,
                    ])
                return
            }
            let key = NameKey(above: unit.above, level: unit.level, name: unit.nameKey, designation: unit.designation)
            if let first = byName[key] {
                if units[first].isCarried { return }
                guard let code = unit.code, let other = units[first].code, code != other else {
                    remarks.fault(
                        unit.place, unit.nameColumn, "duplicateName",
                        [
                            "name": unit.name, "line": "\(units[first].place.number)",
                        ])
                    return
                }
                remarks.warn(
                    unit.place, unit.nameColumn, "sameName",
                    [
                        "name": unit.name, "line": "\(units[first].place.number)",
                    ])
            }
            _ = append(unit)
        }

        private mutating func append(_ unit: FileUnit) -> Int {
            let index = units.count
            units.append(unit)
            if let code = unit.code { byCode[CodeKey(level: unit.level, code: code)] = index }
            let key = NameKey(above: unit.above, level: unit.level, name: unit.nameKey, designation: unit.designation)
            if byName[key] == nil { byName[key] = index }
            return index
        }
    }

    /// A code as it is kept. Spreadsheets lose the zeros at the front of what looks like a number; the office's codes
    /// have two digits for a province, three for a district, five for a commune (Quyết định 124/2004/QĐ-TTg).
    static func code(_ typed: String, _ level: Int) -> String? {
        guard !typed.isEmpty else { return nil }
        var text = VietnameseText.tidied(typed)
        if text.hasSuffix(".0") { text = String(text.dropLast(2)) }
        let length = [1: 2, 2: 3, 3: 5][level] ?? 0
        guard text.utf8.count < length, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return text }
        return String(repeating: "0", count: length - text.utf8.count) + text
    }
}
