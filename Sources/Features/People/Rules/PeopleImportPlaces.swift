import Core
import Organisation

extension PeopleImport {
    /// Finds the unit and the organisation that a row names.
    struct Places {
        enum Answer<Found> {
            case found(Found)
            /// The cell at fault, the end of the remark's key, and its places.
            case fault(Column, String, [String: String])
        }

        private let known: Known
        /// Proposals that may still be looked for: a file with more wrong names than this is the file of another place.
        private var searches = 200
        private var communes: [String: [Known.Unit]] = [:]
        private var areas: [String: [Known.Unit]] = [:]
        private var bodies: [String: [Known.Body]] = [:]

        init(_ known: Known) {
            self.known = known
            for unit in known.units {
                if unit.isArea {
                    areas[unit.nameKey, default: []].append(unit)
                } else {
                    communes[unit.nameKey, default: []].append(unit)
                }
            }
            for body in known.bodies { bodies[body.nameKey, default: []].append(body) }
        }

        /// The commune named, else the unit of the import.
        mutating func commune(_ cell: String) -> Answer<Known.Unit> {
            guard cell.isEmpty else {
                return one(
                    .commune, communes[PeopleImport.plainName(cell)] ?? [], cell,
                    of: { $0.units.filter { !$0.isArea } })
            }
            return known.units.first { $0.id == known.base }.map(Answer.found)
                ?? .fault(.commune, "unknownCommune", ["found": ""])
        }

        /// The area named.
        ///
        /// - Parameter above: the commune it lies in, where the row names one.
        mutating func area(_ cell: String, in above: Known.Unit?) -> Answer<Known.Unit> {
            var found = areas[PeopleImport.plainName(cell)] ?? []
            if let above { found = found.filter { $0.parent == above.id } }
            return one(
                .area, found, cell,
                of: { $0.units.filter { unit in unit.isArea && above.map { $0.id == unit.parent } ?? true } })
        }

        /// Why there is no such area anywhere; nil where one bears the name. For a row whose commune is not known.
        mutating func faultOfName(area cell: String) -> Answer<Known.Unit>? {
            areas[PeopleImport.plainName(cell)] == nil ? area(cell, in: nil) : nil
        }

        private mutating func one(
            _ column: Column, _ found: [Known.Unit], _ typed: String, of all: (Known) -> [Known.Unit]
        ) -> Answer<Known.Unit> {
            let standing = found.filter { $0.until == nil }
            if standing.count == 1 { return .found(standing[0]) }
            if standing.count > 1 {
                return .fault(column, column == .area ? "areaAmbiguous" : "communeAmbiguous", ["found": typed])
            }
            if found.contains(where: { $0.until != nil }) { return .fault(column, "unitEnded", ["found": typed]) }
            return unknown(column, column == .area ? "unknownArea" : "unknownCommune", typed) { known in
                all(known).filter { $0.until == nil }.map(\.name)
            }
        }

        /// A name that is not there, with those it may have been meant for.
        private mutating func unknown<Found>(
            _ column: Column, _ key: String, _ typed: String, _ names: (Known) -> [String]
        ) -> Answer<Found> {
            guard searches > 0 else { return .fault(column, key, ["found": typed]) }
            searches -= 1
            let near = NearNames.of(typed, among: names(known))
            guard !near.isEmpty else { return .fault(column, key, ["found": typed]) }
            let quoted = near.map { "“\($0)”" }.joined(separator: ", ")
            return .fault(column, key + "Near", ["found": typed, "near": quoted])
        }

        /// The organisation on the unit, or the nearest above that bears this name: a head of an area acts in the name
        /// of the commune's committee.
        mutating func body(_ cell: String, on unit: Known.Unit, from: Day) -> Answer<Known.Body> {
            if cell.isEmpty { return .fault(.organisation, "emptyOrganisation", [:]) }
            let named = bodies[VietnameseText.nameKey(cell)] ?? []
            var found = named.filter { $0.territory == unit.id }
            if found.isEmpty { found = named.filter { $0.territory == unit.parent } }
            if found.isEmpty, named.count == 1 { found = named }
            let standing = found.filter { $0.until.map { $0 > max(from, known.today) } ?? true }
            if standing.count == 1 { return .found(standing[0]) }
            if standing.count > 1 { return .fault(.organisation, "organisationAmbiguous", ["found": cell]) }
            if let ended = found.compactMap(\.until).max() {
                return .fault(.organisation, "organisationEnded", ["found": cell, "day": "\(ended.isoText)"])
            }
            return unknown(.organisation, "unknownOrganisation", cell) { known in
                let nearby = known.bodies.filter {
                    $0.until == nil && ($0.territory == unit.id || $0.territory == unit.parent)
                }
                return nearby.map(\.name)
            }
        }

        /// Why no unit has such an organisation; nil where one may. For a row whose unit is not known: which of several
        /// is meant is not judged then.
        mutating func faultOfName(body cell: String, from: Day) -> Answer<Known.Body>? {
            if cell.isEmpty { return .fault(.organisation, "emptyOrganisation", [:]) }
            let named = bodies[VietnameseText.nameKey(cell)] ?? []
            if named.contains(where: { $0.until.map { $0 > max(from, known.today) } ?? true }) { return nil }
            if let ended = named.compactMap(\.until).max() {
                return .fault(.organisation, "organisationEnded", ["found": cell, "day": "\(ended.isoText)"])
            }
            return unknown(.organisation, "unknownOrganisation", cell) {
                $0.bodies.filter { $0.until == nil }.map(\.name)
            }
        }
    }

    private static let kinds = [
        "thon", "buon", "bon", "ban", "ap", "lang", "xom", "khom", "khu pho", "to dan pho", "tdp", "xa", "phuong",
        "thi tran", "dac khu", "tinh", "thanh pho", "huyen",
    ].sorted { $0.count > $1.count }

    /// The key of a name without its kind: "Thôn Gia Hòa" and "Gia Hòa" are one.
    package static func plainName(_ typed: String) -> String { VietnameseText.nameKey(bareName(typed)) }

    /// A name without the kind before it.
    static func bareName(_ typed: String) -> String {
        let folded = VietnameseText.folded(typed)
        for kind in kinds where folded.hasPrefix(kind + " ") {
            let words = kind.split(separator: " ").count
            return VietnameseText.tidied(typed).split(separator: " ").dropFirst(words).joined(separator: " ")
        }
        return typed
    }
}
