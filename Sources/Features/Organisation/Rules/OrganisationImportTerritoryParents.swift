import Core

extension OrganisationImport {
    /// What rows name as the unit above them, in the long shape of a file: another row, perhaps further down, or a unit
    /// that stands.
    struct NamedParents {
        /// By place in the file the place of the row above.
        private(set) var inFile: [Int: Int] = [:]
        /// By place in the file the unit that stands already.
        private(set) var standing: [Int: ID] = [:]

        /// A name that fits nothing, or several of one level, is a fault of its cell.
        init(of file: [FileUnit], _ index: UnitIndex, _ remarks: inout Remarks) {
            var byCode: [String: [Int]] = [:]
            var byName: [String: [Int]] = [:]
            let reader = NameReader(levels: [0, 1, 2, 3])
            for (place, unit) in file.enumerated() {
                if let code = unit.code { byCode[code, default: []].append(place) }
                byName[unit.nameKey, default: []].append(place)
            }
            for (place, unit) in file.enumerated() {
                switch unit.above {
                case .base: continue
                case .unit(let parent): inFile[place] = parent
                case .named(let code, let name):
                    let wanted = name.map(reader.read)
                    let key = wanted.map { VietnameseText.nameKey($0.name) }
                    let candidates =
                        (code.map { code in
                            (1...3).flatMap { byCode[OrganisationImport.code(code, $0) ?? code] ?? [] }
                        } ?? key.flatMap { byName[$0] } ?? [])
                        .filter { file[$0].level < unit.level }
                        .filter { key == nil || file[$0].nameKey == key }
                        .filter { wanted?.designation == nil || file[$0].designation == wanted?.designation }
                    if let nearest = candidates.max(by: { file[$0].level < file[$1].level }) {
                        let same = candidates.filter { file[$0].level == file[nearest].level }
                        if Set(same).count > 1 {
                            remarks.fault(
                                unit.place, unit.aboveColumn, "parentAmbiguous", ["found": name ?? code ?? ""])
                        }
                        inFile[place] = nearest
                    } else if let found = index.above(
                        code: code, name: key, designation: wanted?.designation, below: unit.level)
                    {
                        standing[place] = found
                    } else {
                        remarks.fault(unit.place, unit.aboveColumn, "unknownParent", ["found": name ?? code ?? ""])
                    }
                }
            }
        }
    }
}
