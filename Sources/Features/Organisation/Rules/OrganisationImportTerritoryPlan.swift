import Core

extension OrganisationImport {
    /// Matches the units of a file with those that stand and says what follows.
    ///
    /// A unit is the same when level, code and name are the same; else when the name is the same under the same unit
    /// above. A code alone never matches: half of the communes of July 2025 took over the code of another one.
    struct TerritoryPlanner {
        private let file: [FileUnit]
        private let known: Known
        private let coverage: Coverage
        private let day: Day
        private var remarks: Remarks
        private var index: UnitIndex
        /// For each unit of the file the known one that it is.
        private var match: [ID?]
        /// What each unit of the file lies under, once it is found.
        private var above: [Reference?]
        private var origins: [[ID]]
        /// In the long shape a row names what lies above it, perhaps further down in the file.
        private var parentOf: [Int: Int] = [:]
        /// Where each unit of the file that is new will stand among the items.
        private var itemOf: [Int: Int] = [:]
        private var taken: Set<ID> = []
        private var plan = Plan()

        init(_ reading: TerritoryReading, _ known: Known, _ coverage: Coverage, day: Day) {
            file = reading.units
            remarks = reading.remarks
            self.known = known
            self.coverage = coverage
            self.day = day
            index = UnitIndex(known)
            match = Array(repeating: nil, count: file.count)
            above = Array(repeating: nil, count: file.count)
            origins = Array(repeating: [], count: file.count)
            plan.rows = reading.rows
        }

        mutating func make() -> Plan {
            let named = NamedParents(of: file, index, &remarks)
            parentOf = named.inFile
            for (place, found) in named.standing { above[place] = .known(found) }
            findOrigins()
            matchByCodeAndName()
            matchByOrigin()
            for level in 1...3 { settle(level: level) }
            addItems()
            endItems()
            plan.remarks = remarks.kept
            plan.faults = remarks.faults
            plan.warnings = remarks.warnings
            return plan
        }

        /// "Sáp nhập từ": which known units a row says it was formed from.
        private mutating func findOrigins() {
            let reader = NameReader(levels: [1, 2, 3])
            for (place, unit) in file.enumerated() where !unit.formedFrom.isEmpty {
                for text in unit.formedFrom {
                    let (designation, name) = reader.read(text)
                    if let found = index.origin(name, designation, code: text, level: unit.level) {
                        origins[place].append(found)
                    } else {
                        remarks.warn(unit.place, unit.nameColumn, "unknownOrigin", ["found": text, "name": unit.name])
                    }
                }
            }
        }

        private mutating func matchByCodeAndName() {
            for (place, unit) in file.enumerated() {
                guard let code = unit.code,
                    let found = index.byCode(unit.level, code).first(where: { $0.nameKey == unit.nameKey }),
                    !isFormedAnew(place, found), !taken.contains(found.id)
                else { continue }
                take(place, found.id)
            }
        }

        /// Formed from several: a new unit, though it may bear the name and code of one of them.
        private func isFormedAnew(_ place: Int, _ found: Known.Unit) -> Bool {
            let others = Set(origins[place]).subtracting([found.id])
            return !others.isEmpty && found.from < day
        }

        /// Formed from one that nothing else was formed from: the same unit under another name or kind.
        private mutating func matchByOrigin() {
            var uses: [ID: Int] = [:]
            for list in origins { for id in Set(list) { uses[id, default: 0] += 1 } }
            for place in file.indices where match[place] == nil && origins[place].count == 1 {
                let origin = origins[place][0]
                guard uses[origin] == 1, !taken.contains(origin), index.stands(origin) else { continue }
                take(place, origin)
            }
        }

        private mutating func take(_ place: Int, _ id: ID) {
            match[place] = id
            taken.insert(id)
        }

        /// Finds what each unit of one level lies under, and matches by name there what no code matched.
        private mutating func settle(level: Int) {
            for (place, unit) in file.enumerated() where unit.level == level {
                if above[place] == nil, !settleAbove(place, unit) { continue }
                guard match[place] == nil, case .known(let parent)? = above[place] else { continue }
                let candidates = index.children(parent, level, unit.nameKey).filter { !taken.contains($0.id) }
                let exact = candidates.filter { unit.designation == nil || $0.designation == unit.designation }
                if let found = exact.count == 1
                    ? exact.first : exact.isEmpty && candidates.count == 1 ? candidates.first : nil,
                    !isFormedAnew(place, found)
                {
                    take(place, found.id)
                }
            }
        }

        /// False when the row lies outside the base, or is the base or lies above it.
        private mutating func settleAbove(_ place: Int, _ unit: FileUnit) -> Bool {
            let base = known.base
            if let parent = parentOf[place] {
                above[place] = match[parent].map(Reference.known) ?? .new(parent)
                if match[parent] == nil, file[parent].level < base.kind.level { above[place] = nil }
            } else if unit.level > base.kind.level {
                above[place] = .known(base.id)
            }
            guard unit.level <= base.kind.level else {
                if above[place] == nil { remarks.fault(unit.place, unit.nameColumn, "outside", ["base": base.name]) }
                if case .known(let id)? = above[place], index.isAbove(id) {
                    remarks.fault(unit.place, unit.nameColumn, "outside", ["base": base.name])
                }
                return above[place] != nil
            }
            // The base itself, or one above it: named in the file, never changed by it.
            let candidates = [base] + known.above
            let found = candidates.first { $0.kind.level == unit.level && ($0.nameKey == unit.nameKey) }
            if let found {
                match[place] = found.id
            } else {
                remarks.fault(unit.place, unit.nameColumn, "outside", ["base": base.name])
            }
            return false
        }

        private mutating func addItems() {
            let order = file.indices.sorted { (file[$0].level, $0) < (file[$1].level, $1) }
            for place in order where file[place].level > known.base.kind.level && above[place] != nil {
                if let id = match[place], let now = index.unit(id) { change(place, now) } else { add(place) }
            }
            plan.unchanged += match.indices.filter { match[$0] == known.base.id }.count
        }

        private func reference(_ above: Reference?) -> Reference? {
            if case .new(let place)? = above { return itemOf[place].map(Reference.new) }
            return above
        }

        private mutating func add(_ place: Int) {
            let unit = file[place]
            var record = Record(
                kind: (unit.designation ?? usual(unit)).rawValue, name: unit.name)
            record.code = unit.code
            record.place = reference(above[place])
            record.order = unit.order
            record.successions = Set(origins[place]).sorted().map(Reference.known)
            itemOf[place] = plan.items.count
            plan.items.append(Item(action: .add, subject: .new(plan.items.count), after: record, before: nil))
        }

        private func usual(_ unit: FileUnit) -> Designation {
            [1: .province, 2: .district, 3: .commune][unit.level] ?? .commune
        }

        private mutating func change(_ place: Int, _ now: Known.Unit) {
            let unit = file[place]
            var after = now.record
            // Hòa and Hoà are one name: the spelling that stands is kept.
            if unit.nameKey != now.nameKey { after.name = unit.name }
            if let designation = unit.designation { after.kind = designation.rawValue }
            if let code = unit.code { after.code = code }
            if let order = unit.order { after.order = order }
            after.place = reference(above[place])
            if after == now.record {
                plan.unchanged += 1
            } else {
                plan.items.append(Item(action: .change, subject: .known(now.id), after: after, before: now.record))
            }
        }

        /// What the file does not know any more, as far as it claims to tell.
        private mutating func endItems() {
            let listed = listedParents()
            let ending =
                coverage == .part
                ? [] : known.units.filter { !taken.contains($0.id) && isCovered($0, listed) }
            let endingIDs = Set(ending.map(\.id))
            refuseTakenCodes(ending: endingIDs)
            var successors: [ID: [Reference]] = [:]
            for (place, list) in origins.enumerated() {
                guard let target = match[place].map(Reference.known) ?? itemOf[place].map(Reference.new) else {
                    continue
                }
                for origin in list { successors[origin, default: []].append(target) }
            }
            moveAreas(of: ending, endingIDs, successors)
            for unit in ending.sorted(by: { $0.kind.level > $1.kind.level }) {
                var after = unit.record
                after.successions = successors[unit.id] ?? []
                plan.items.append(Item(action: .end, subject: .known(unit.id), after: after, before: unit.record))
            }
        }

        /// In a whole list everything below the base; otherwise what lies below a unit under which the file lists some.
        private func isCovered(_ unit: Known.Unit, _ listed: Set<ID>) -> Bool {
            if coverage == .whole { return true }
            var next = unit.parent
            while let id = next {
                if listed.contains(id) { return true }
                next = taken.contains(id) ? nil : index.unit(id)?.parent
            }
            return false
        }

        /// The units under which the file lists some, not those that it only names on the way down.
        private func listedParents() -> Set<ID> {
            var listed: Set<ID> = []
            for (place, unit) in file.enumerated() where !unit.isCarried {
                if case .known(let id)? = above[place] { listed.insert(id) }
            }
            return listed
        }

        /// A code that another unit bears and keeps.
        private mutating func refuseTakenCodes(ending: Set<ID>) {
            for (place, unit) in file.enumerated() {
                guard let code = unit.code, unit.level > known.base.kind.level else { continue }
                for other in index.byCode(unit.level, code)
                where other.id != match[place] && !ending.contains(other.id) && !isRecoded(other) {
                    remarks.fault(unit.place, unit.codeColumn, "codeTaken", ["code": code, "name": other.name])
                }
            }
        }

        /// It gets another code in this very file.
        private func isRecoded(_ unit: Known.Unit) -> Bool {
            guard let place = match.firstIndex(of: unit.id) else { return false }
            return file[place].code != nil && file[place].code != unit.code
        }

        /// Areas go where their commune went; when nobody says where, they wait one level higher.
        private mutating func moveAreas(of ending: [Known.Unit], _ ids: Set<ID>, _ successors: [ID: [Reference]]) {
            guard !known.areas.isEmpty, !ids.isEmpty else { return }
            var areas: [ID: [Known.Unit]] = [:]
            for area in known.areas {
                if let parent = area.parent, ids.contains(parent) { areas[parent, default: []].append(area) }
            }
            for unit in ending {
                guard let mine = areas[unit.id] else { continue }
                let targets = successors[unit.id] ?? []
                let target = targets.count == 1 ? targets[0] : .known(index.survivor(above: unit.id, ending: ids))
                if targets.count != 1 {
                    remarks.warn(
                        Place(sheet: "", number: 0), nil, "areasUnplaced",
                        [
                            "name": unit.name, "count": "\(mine.count)",
                        ])
                }
                for area in mine {
                    var after = area.record
                    after.place = target
                    plan.items.append(
                        Item(action: .change, subject: .known(area.id), after: after, before: area.record))
                }
            }
        }
    }
}
