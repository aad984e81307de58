import Core

extension OrganisationImport {
    /// Reads the rows of a file of residential areas against what is known, and plans at once: each row stands alone.
    struct AreaPlanner {
        private let header: Header
        private let known: Known
        private let coverage: Coverage
        private let day: Day
        private let names = NameReader(levels: [4])
        private var places: PlaceFinder
        private var remarks: Remarks
        private var plan = Plan()
        /// By commune and name, and by commune and code, the areas that stand.
        private var byName: [NameKey: [Int]] = [:]
        /// Areas that lost their commune, by name.
        private var unplaced: [String: [Int]] = [:]
        private var taken: [Bool]
        private var seen: [SeenKey: Int32] = [:]
        private var codes: [String: Int32] = [:]
        private var named: Set<ID> = []
        private var waiting: [(record: Record, designation: Designation?, commune: Known.Unit)] = []

        private struct NameKey: Hashable {
            let commune: ID
            let name: String
        }

        private struct SeenKey: Hashable {
            let commune: ID
            let name: String
            let designation: Designation?
        }

        init(_ header: Header, _ known: Known, _ coverage: Coverage, day: Day, remarks: Remarks = Remarks()) {
            self.header = header
            self.known = known
            self.coverage = coverage
            self.day = day
            self.remarks = remarks
            places = PlaceFinder(header, known)
            taken = Array(repeating: false, count: known.areas.count)
            let communes = Set((known.units + [known.base]).filter { $0.kind.level == 3 }.map(\.id))
            for (index, area) in known.areas.enumerated() {
                guard let parent = area.parent else { continue }
                byName[NameKey(commune: parent, name: area.nameKey), default: []].append(index)
                if !communes.contains(parent) { unplaced[area.nameKey, default: []].append(index) }
            }
        }

        mutating func take(_ line: Line) {
            plan.rows += 1
            let (prefix, name) = names.read(line.cell(header[.name]))
            guard !name.isEmpty else {
                remarks.fault(Place(line), header[.name], "emptyName")
                return
            }
            let designation = designation(line) ?? prefix
            let before = remarks.faults
            let commune = places.commune(line, &remarks)
            let profile = profile(line)
            let order = number(line, .order, 1...99_999)
            guard let commune else { return }
            if commune.from > day {
                remarks.fault(
                    Place(line), header[.communeName] ?? header[.communeCode], "beforeCommune",
                    [
                        "name": commune.name, "day": commune.from.isoText,
                    ])
            }
            if isRepeated(line, commune, name, designation) || remarks.faults > before { return }
            named.insert(commune.id)
            var record = Record(kind: "", name: name)
            record.code = line.cell(header[.code]).isEmpty ? nil : line.cell(header[.code])
            record.place = .known(commune.id)
            record.order = order
            record.households = profile.households
            record.people = profile.people
            record.areaClass = profile.areaClass
            record.region = profile.region
            record.asOf = profile.asOf
            settle(record, designation, commune, isLast: false)
        }

        mutating func finish() -> Plan {
            let open = waiting
            waiting = []
            for (record, designation, commune) in open { settle(record, designation, commune, isLast: true) }
            endItems()
            plan.remarks = remarks.kept
            plan.faults = remarks.faults
            plan.warnings = remarks.warnings
            return plan
        }

        private mutating func designation(_ line: Line) -> Designation? {
            let cell = line.cell(header[.kind])
            guard !cell.isEmpty else { return nil }
            if let kind = names.kind(cell) { return kind }
            remarks.fault(Place(line), header[.kind], "wrongAreaKind", ["found": cell])
            return nil
        }

        private mutating func profile(_ line: Line) -> AreaProfile {
            AreaProfile(
                households: number(line, .households, 0...100_000), people: number(line, .people, 0...1_000_000),
                areaClass: line.cell(header[.areaClass]).isEmpty
                    ? nil : OrganisationImport.areaClass(line.cell(header[.areaClass])),
                region: line.cell(header[.region]).isEmpty
                    ? nil : OrganisationImport.region(line.cell(header[.region])),
                asOf: number(line, .year, 1975...day.year))
        }

        private mutating func number(_ line: Line, _ column: Column, _ range: ClosedRange<Int>) -> Int? {
            let cell = line.cell(header[column])
            guard !cell.isEmpty else { return nil }
            let typed = WholeNumber(cell, isDecimal: header[column].map(line.decimals.contains) ?? false)
            if let plain = typed.value, range.contains(plain) { return plain }
            if let thousands = typed.thousands, range.contains(thousands) {
                remarks.fault(
                    Place(line), header[column], typed.isDecimal ? "decimalNumber" : "unclearNumber",
                    ["found": typed.shown, "thousands": "\(thousands)"])
            } else {
                remarks.fault(
                    Place(line), header[column], "wrongNumber",
                    ["found": typed.shown, "least": "\(range.lowerBound)", "most": "\(range.upperBound)"])
            }
            return nil
        }

        private mutating func isRepeated(
            _ line: Line, _ commune: Known.Unit, _ name: String, _ designation: Designation?
        ) -> Bool {
            let key = SeenKey(commune: commune.id, name: VietnameseText.nameKey(name), designation: designation)
            if let first = seen[key] {
                remarks.fault(
                    Place(line), header[.name], "duplicateArea",
                    [
                        "name": name, "line": "\(first)", "commune": commune.name,
                    ])
                return true
            }
            seen[key] = Int32(clamping: line.number)
            let code = line.cell(header[.code])
            guard !code.isEmpty else { return false }
            if let first = codes[code] {
                remarks.fault(Place(line), header[.code], "duplicateAreaCode", ["code": code, "line": "\(first)"])
                return true
            }
            codes[code] = Int32(clamping: line.number)
            return false
        }

        private mutating func settle(
            _ wanted: Record, _ designation: Designation?, _ commune: Known.Unit, isLast: Bool
        ) {
            let key = VietnameseText.nameKey(wanted.name)
            let found = standing(key, designation, commune)
            if !isLast, found?.isExact == false {
                waiting.append((wanted, designation, commune))
                return
            }
            guard let index = found?.index else {
                var record = wanted
                record.kind = (designation ?? usual(commune)).rawValue
                plan.items.append(Item(action: .add, subject: .new(plan.items.count), after: record, before: nil))
                return
            }
            taken[index] = true
            let now = known.areas[index].record
            var after = now
            if let designation { after.kind = designation.rawValue }
            after.place = wanted.place
            after.code = wanted.code ?? now.code
            after.order = wanted.order ?? now.order
            after.households = wanted.households ?? now.households
            after.people = wanted.people ?? now.people
            after.areaClass = wanted.areaClass ?? now.areaClass
            after.region = wanted.region ?? now.region
            after.asOf = wanted.asOf ?? now.asOf
            if after == now {
                plan.unchanged += 1
            } else {
                plan.items.append(
                    Item(action: .change, subject: .known(known.areas[index].id), after: after, before: now))
            }
        }

        /// The area of this name in the commune; else one of this name and another kind, or one that waits for a commune
        /// since its own ended. These two are taken when all rows have had their exact one.
        private func standing(
            _ key: String, _ designation: Designation?, _ commune: Known.Unit
        ) -> (index: Int, isExact: Bool)? {
            let here = (byName[NameKey(commune: commune.id, name: key)] ?? []).filter { !taken[$0] }
            if let same = here.first(where: { designation == nil || known.areas[$0].designation == designation }) {
                return (same, true)
            }
            if here.count == 1 { return (here[0], false) }
            let open = (unplaced[key] ?? []).filter { !taken[$0] }
            return open.count == 1 ? (open[0], false) : nil
        }

        /// A commune has thôn, a ward or town has tổ dân phố (Thông tư 04/2012/TT-BNV, Điều 1).
        private func usual(_ commune: Known.Unit) -> Designation { commune.kind == .commune ? .thon : .toDanPho }

        private mutating func endItems() {
            guard coverage != .part else { return }
            for (index, area) in known.areas.enumerated() where !taken[index] {
                guard coverage == .whole || area.parent.map(named.contains) == true else { continue }
                plan.items.append(
                    Item(action: .end, subject: .known(area.id), after: area.record, before: area.record))
            }
        }
    }

    /// Finds the unit that a row of areas or organisations names, by code, by name, and by what lies above.
    struct PlaceFinder {
        private let header: Header
        private let known: Known
        private let names = NameReader(levels: [1, 2, 3])
        private var byCode: [String: [Known.Unit]] = [:]
        private var byName: [String: [Known.Unit]] = [:]
        private var units: [ID: Known.Unit] = [:]
        /// The cells of the row before and what they gave: rows of one commune stand together.
        private var last: (cells: [String], found: Known.Unit?) = ([], nil)

        init(_ header: Header, _ known: Known) {
            self.header = header
            self.known = known
            for unit in known.above { units[unit.id] = unit }
            for unit in [known.base] + known.units {
                units[unit.id] = unit
                guard unit.kind.level == 3 else { continue }
                if let code = unit.code { byCode[code, default: []].append(unit) }
                byName[unit.nameKey, default: []].append(unit)
            }
        }

        /// The commune of a row; nil with a remark when it is not there or when the name fits several.
        mutating func commune(_ line: Line, _ remarks: inout Remarks) -> Known.Unit? {
            let cells = [
                line.cell(header[.communeCode]), line.cell(header[.communeName]), line.cell(header[.districtName]),
                line.cell(header[.provinceName]),
            ]
            if cells.allSatisfy(\.isEmpty) {
                if known.base.kind.level == 3 { return known.base }
                // A merged cell: the commune of the row above.
                if let found = last.found { return found }
            }
            if cells == last.cells, let found = last.found { return found }
            let found = find(cells, line, &remarks)
            last = (cells, found)
            return found
        }

        private func find(_ cells: [String], _ line: Line, _ remarks: inout Remarks) -> Known.Unit? {
            let column = header[.communeName] ?? header[.communeCode]
            let (designation, name) = names.read(cells[1])
            let code = OrganisationImport.code(cells[0], 3)
            guard code != nil || !name.isEmpty else {
                remarks.fault(Place(line), column, "noCommune")
                return nil
            }
            var candidates = code.map { byCode[$0] ?? [] } ?? byName[VietnameseText.nameKey(name)] ?? []
            if code != nil, !name.isEmpty, let only = candidates.first, only.nameKey != VietnameseText.nameKey(name) {
                remarks.fault(
                    Place(line), column, "communeCodeName",
                    [
                        "code": cells[0], "name": name, "other": only.name,
                    ])
                return nil
            }
            if candidates.count > 1, let designation {
                candidates = candidates.filter { $0.designation == designation }
            }
            for above in [cells[2], cells[3]] where candidates.count > 1 && !above.isEmpty {
                let key = VietnameseText.nameKey(names.read(above).name)
                candidates = candidates.filter { isUnder($0, key) }
            }
            if candidates.count == 1 { return candidates[0] }
            let found = cells[1].isEmpty ? cells[0] : cells[1]
            remarks.fault(
                Place(line), column, candidates.isEmpty ? "unknownCommune" : "communeAmbiguous", ["found": found])
            return nil
        }

        private func isUnder(_ unit: Known.Unit, _ key: String) -> Bool {
            var next = unit.parent
            while let id = next, let above = units[id] {
                if above.nameKey == key { return true }
                next = above.parent
            }
            return false
        }
    }
}
