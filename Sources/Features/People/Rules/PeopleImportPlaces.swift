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

        /// The area, else the commune, else the unit of the import.
        func territory(commune: String, area: String) -> Answer<Known.Unit> {
            var above: Known.Unit?
            if !commune.isEmpty {
                let answer = one(.commune, communes[PeopleImport.plainName(commune)] ?? [], commune)
                guard case .found(let unit) = answer else { return answer }
                above = unit
            }
            guard !area.isEmpty else {
                return (above ?? known.units.first { $0.id == known.base }).map(Answer.found)
                    ?? .fault(.commune, "unknownCommune", ["found": ""])
            }
            var found = areas[PeopleImport.plainName(area)] ?? []
            if let above { found = found.filter { $0.parent == above.id } }
            return one(.area, found, area)
        }

        private func one(_ column: Column, _ found: [Known.Unit], _ typed: String) -> Answer<Known.Unit> {
            let standing = found.filter { $0.until == nil }
            if standing.count == 1 { return .found(standing[0]) }
            if standing.count > 1 {
                return .fault(column, column == .area ? "areaAmbiguous" : "communeAmbiguous", ["found": typed])
            }
            if found.contains(where: { $0.until != nil }) { return .fault(column, "unitEnded", ["found": typed]) }
            return .fault(column, column == .area ? "unknownArea" : "unknownCommune", ["found": typed])
        }

        /// The organisation on the unit, or the nearest above that bears this name: a head of an area acts in the name
        /// of the commune's committee.
        func body(_ cell: String, on unit: Known.Unit, from: Day) -> Answer<Known.Body> {
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
            return .fault(.organisation, "unknownOrganisation", ["found": cell])
        }
    }

    private static let kinds = [
        "thon", "buon", "bon", "ban", "ap", "lang", "xom", "khom", "khu pho", "to dan pho", "tdp", "xa", "phuong",
        "thi tran", "dac khu", "tinh", "thanh pho", "huyen",
    ].sorted { $0.count > $1.count }

    /// The key of a name without its kind: "Thôn Gia Hòa" and "Gia Hòa" are one.
    static func plainName(_ typed: String) -> String {
        let key = VietnameseText.nameKey(typed)
        let folded = VietnameseText.folded(typed)
        for kind in kinds where folded.hasPrefix(kind + " ") {
            let words = kind.split(separator: " ").count
            let rest = VietnameseText.tidied(typed).split(separator: " ").dropFirst(words).joined(separator: " ")
            return VietnameseText.nameKey(rest)
        }
        return key
    }
}
