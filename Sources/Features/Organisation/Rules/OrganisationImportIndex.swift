import Core

extension OrganisationImport {
    /// Finds known units by code, by name under a unit, and upwards.
    struct UnitIndex: Sendable {
        private struct CodeKey: Hashable {
            let level: Int
            let code: String
        }

        private struct NameKey: Hashable {
            let parent: ID
            let level: Int
            let name: String
        }

        private let known: Known
        private var units: [ID: Known.Unit] = [:]
        private var codes: [CodeKey: [Known.Unit]] = [:]
        private var names: [NameKey: [Known.Unit]] = [:]
        private var allNames: [String: [Known.Unit]] = [:]
        private let aboveIDs: Set<ID>

        init(_ known: Known) {
            self.known = known
            aboveIDs = Set(known.above.map(\.id))
            for unit in [known.base] + known.above { units[unit.id] = unit }
            for unit in known.units {
                units[unit.id] = unit
                if let code = unit.code { codes[CodeKey(level: unit.kind.level, code: code), default: []].append(unit) }
                if let parent = unit.parent {
                    names[NameKey(parent: parent, level: unit.kind.level, name: unit.nameKey), default: []].append(unit)
                }
                allNames[unit.nameKey, default: []].append(unit)
            }
        }

        func unit(_ id: ID) -> Known.Unit? { units[id] }
        func stands(_ id: ID) -> Bool { units[id] != nil }
        func isAbove(_ id: ID) -> Bool { aboveIDs.contains(id) }

        func byCode(_ level: Int, _ code: String) -> [Known.Unit] { codes[CodeKey(level: level, code: code)] ?? [] }

        func children(_ parent: ID, _ level: Int, _ name: String) -> [Known.Unit] {
            names[NameKey(parent: parent, level: level, name: name)] ?? []
        }

        /// What a row says it lies under: the base, or a unit below it, of a higher level. Nil when it is not there or
        /// when the name fits several.
        func above(code: String?, name: String?, designation: Designation?, below level: Int) -> ID? {
            let candidates = ([known.base] + known.units).filter { unit in
                unit.kind.level < level
                    && (code == nil || unit.code == OrganisationImport.code(code ?? "", unit.kind.level))
                    && (name == nil || unit.nameKey == name)
                    && (designation == nil || unit.designation == designation)
            }
            guard let nearest = candidates.map(\.kind.level).max() else { return nil }
            let best = candidates.filter { $0.kind.level == nearest }
            return best.count == 1 ? best[0].id : nil
        }

        /// A unit that something was formed from: by its code, or by its name. Of several with the name the one of the
        /// same level; nil when there are still several.
        func origin(_ name: String, _ designation: Designation?, code: String, level: Int) -> ID? {
            if let found = byCode(level, code).first { return found.id }
            let key = VietnameseText.nameKey(name)
            let candidates = ((allNames[key] ?? []) + known.ended.filter { $0.nameKey == key })
                .filter { designation == nil || $0.designation == designation }
            if candidates.count == 1 { return candidates[0].id }
            let same = candidates.filter { $0.kind.level == level }
            return same.count == 1 ? same[0].id : nil
        }

        /// The nearest unit above that does not end.
        func survivor(above id: ID, ending: Set<ID>) -> ID {
            var next = units[id]?.parent
            while let id = next {
                if !ending.contains(id) { return id }
                next = units[id]?.parent
            }
            return known.base.id
        }
    }
}
