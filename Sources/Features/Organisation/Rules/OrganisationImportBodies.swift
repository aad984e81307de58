import Core

extension OrganisationImport {
    /// Reads the rows of a file of organisations against what is known.
    struct BodyPlanner {
        private let header: Header
        private let known: Known
        private let coverage: Coverage
        private let day: Day
        private let areaNames = NameReader(levels: [4])
        private var places: PlaceFinder
        private var remarks: Remarks
        private var plan = Plan()
        private var areas: [AreaKey: [Known.Unit]] = [:]
        private var standing: [BodyKey: Int] = [:]
        private var byName: [String: [Known.Body]] = [:]
        private var taken: Set<ID> = []
        private var seen: [BodyKey: Int] = [:]
        private var named: Set<ID> = []
        private var rows: [FileBody] = []

        private struct AreaKey: Hashable {
            let commune: ID
            let name: String
        }

        private struct BodyKey: Hashable {
            let territory: ID
            let name: String
        }

        private struct FileBody {
            let place: Place
            var record: Record
            let territory: ID
            let nameKey: String
            let parentName: String
        }

        init(_ header: Header, _ known: Known, _ coverage: Coverage, day: Day, remarks: Remarks = Remarks()) {
            self.header = header
            self.known = known
            self.coverage = coverage
            self.day = day
            self.remarks = remarks
            places = PlaceFinder(header, known)
            for area in known.areas {
                if let parent = area.parent {
                    areas[AreaKey(commune: parent, name: area.nameKey), default: []].append(area)
                }
            }
            for (index, body) in known.organisations.enumerated() {
                let key = VietnameseText.nameKey(body.name)
                standing[BodyKey(territory: body.territory, name: key)] = index
                byName[key, default: []].append(body)
            }
        }

        mutating func take(_ line: Line) {
            plan.rows += 1
            let before = remarks.faults
            let name = VietnameseText.tidied(line.cell(header[.name]))
            if name.isEmpty { remarks.fault(Place(line), header[.name], "emptyName") }
            let kind = kind(line, name)
            let territory = territory(line)
            let (from, until) = (day(line, .from), day(line, .until).map { $0.adding(days: 1) })
            if let from, let until, until <= from { remarks.fault(Place(line), header[.until], "endsBeforeBeginning") }
            guard remarks.faults == before, let kind, let territory else { return }
            let key = BodyKey(territory: territory, name: VietnameseText.nameKey(name))
            if let first = seen[key] {
                remarks.fault(Place(line), header[.name], "duplicateName", ["name": name, "line": "\(first)"])
                return
            }
            seen[key] = line.number
            named.insert(territory)
            var record = Record(kind: kind.rawValue, name: name)
            record.place = .known(territory)
            record.from = from
            record.until = until
            rows.append(
                FileBody(
                    place: Place(line), record: record, territory: territory, nameKey: key.name,
                    parentName: line.cell(header[.parentName])))
        }

        mutating func finish() -> Plan {
            addItems()
            endItems()
            plan.remarks = remarks.kept
            plan.faults = remarks.faults
            plan.warnings = remarks.warnings
            return plan
        }

        private mutating func kind(_ line: Line, _ name: String) -> OrganisationKind? {
            let cell = line.cell(header[.kind])
            if let kind = cell.isEmpty ? OrganisationImport.bodyKind(name) : OrganisationImport.bodyKind(cell) {
                return kind
            }
            guard !name.isEmpty else { return nil }
            if cell.isEmpty {
                remarks.fault(Place(line), header[.kind] ?? header[.name], "noBodyKind", ["name": name])
            } else {
                remarks.fault(Place(line), header[.kind], "wrongBodyKind", ["found": cell])
            }
            return nil
        }

        /// The area, else the commune, else, where neither is named, the unit of the import.
        private mutating func territory(_ line: Line) -> ID? {
            let hasCommune = !line.cell(header[.communeCode]).isEmpty || !line.cell(header[.communeName]).isEmpty
            let area = line.cell(header[.areaName])
            guard hasCommune || !area.isEmpty else { return known.base.id }
            guard let commune = places.commune(line, &remarks) else { return nil }
            guard !area.isEmpty else { return commune.id }
            let (designation, name) = areaNames.read(area)
            var found = areas[AreaKey(commune: commune.id, name: VietnameseText.nameKey(name))] ?? []
            if found.count > 1, let designation { found = found.filter { $0.designation == designation } }
            if found.count == 1 { return found[0].id }
            remarks.fault(
                Place(line), header[.areaName], "unknownArea", ["found": area, "commune": commune.name])
            return nil
        }

        private mutating func day(_ line: Line, _ column: Column) -> Day? {
            let cell = line.cell(header[column])
            guard !cell.isEmpty else { return nil }
            if let day = Day.parse(cell) { return day }
            remarks.fault(Place(line), header[column], "wrongDay", ["found": cell])
            return nil
        }

        /// Those above come before those below, so that each may point to the other's row.
        private mutating func addItems() {
            let above = parents()
            var done: [Reference?] = Array(repeating: nil, count: rows.count)
            for start in rows.indices {
                var chain: [Int] = []
                var next: Int? = start
                while let index = next, done[index] == nil {
                    if chain.contains(index) {
                        remarks.fault(
                            rows[index].place, header[.parentName], "parentCircle", ["name": rows[index].record.name])
                        break
                    }
                    chain.append(index)
                    if case .new(let parent)? = above[index] { next = parent } else { next = nil }
                }
                for index in chain.reversed() {
                    var record = rows[index].record
                    if case .new(let parent)? = above[index] {
                        record.parent = done[parent]
                    } else {
                        record.parent = above[index]
                    }
                    done[index] = settle(index, record)
                }
            }
        }

        /// What each row stands under: `.new` another row of the file, `.known` one that is there.
        private mutating func parents() -> [Reference?] {
            var byFileName: [String: [Int]] = [:]
            for (index, row) in rows.enumerated() { byFileName[row.nameKey, default: []].append(index) }
            var above: [Reference?] = []
            for (index, row) in rows.enumerated() {
                guard !row.parentName.isEmpty else {
                    above.append(nil)
                    continue
                }
                let key = VietnameseText.nameKey(row.parentName)
                let inFile = (byFileName[key] ?? []).filter { $0 != index }
                let there = byName[key] ?? []
                if inFile.count == 1 {
                    above.append(.new(inFile[0]))
                } else if inFile.isEmpty, there.count == 1 {
                    above.append(.known(there[0].id))
                } else {
                    above.append(nil)
                    let isNone = inFile.isEmpty && there.isEmpty
                    remarks.fault(
                        row.place, header[.parentName], isNone ? "unknownBody" : "bodyAmbiguous",
                        ["found": row.parentName])
                }
            }
            return above
        }

        private mutating func settle(_ index: Int, _ record: Record) -> Reference {
            let row = rows[index]
            guard let found = standing[BodyKey(territory: row.territory, name: row.nameKey)] else {
                plan.items.append(Item(action: .add, subject: .new(plan.items.count), after: record, before: nil))
                return .new(plan.items.count - 1)
            }
            let body = known.organisations[found]
            taken.insert(body.id)
            let now = body.record
            var after = now
            after.kind = record.kind
            after.parent = record.parent ?? now.parent
            if let until = record.until { after.until = until }
            if after == now {
                plan.unchanged += 1
            } else {
                let action: Action = after.until == nil ? .change : .end
                plan.items.append(Item(action: action, subject: .known(body.id), after: after, before: now))
            }
            return .known(body.id)
        }

        private mutating func endItems() {
            guard coverage != .part else { return }
            for body in known.organisations where !taken.contains(body.id) {
                guard coverage == .whole || named.contains(body.territory) else { continue }
                plan.items.append(Item(action: .end, subject: .known(body.id), after: body.record, before: body.record))
            }
        }
    }
}
