import Core
import Criteria

extension RecognitionEarlier {
    /// Finds the area, the title and the body that a row names.
    struct Places {
        enum Answer<Found> {
            case found(Found)
            /// The cell at fault, the end of the remark's key, and its places.
            case fault(Column, String, [String: String])
        }

        private let known: Known
        /// Proposals that may still be looked for: a file with more wrong names than this is the file of another place.
        private var searches = 200
        private var areas: [String: [Known.Unit]] = [:]
        private var communes: [String: [Known.Unit]] = [:]
        private var codes: [String: [Known.Unit]] = [:]
        private var bodies: [String: [Known.Body]] = [:]
        private var titles: [String: Criteria.Title] = [:]
        private var byID: [ID: Known.Unit] = [:]

        init(_ known: Known) {
            self.known = known
            for unit in known.units {
                byID[unit.id] = unit
                if unit.isArea {
                    areas[unit.nameKey, default: []].append(unit)
                    if let code = unit.code { codes[code.lowercased(), default: []].append(unit) }
                } else {
                    communes[unit.nameKey, default: []].append(unit)
                }
            }
            for body in known.bodies { bodies[body.nameKey, default: []].append(body) }
            for title in known.titles {
                for name in [title.code, title.name.vi, title.name.en] {
                    let folded = VietnameseText.folded(name)
                    guard !folded.isEmpty else { continue }
                    titles[folded] = title
                    for kind in ["khu dan cu ", "kdc "] where folded.hasPrefix("khu dan cu ") {
                        let rest = folded.dropFirst("khu dan cu ".count)
                        titles[kind + rest] = title
                        titles[String(rest)] = title
                    }
                }
            }
        }

        func commune(of area: Known.Unit) -> Known.Unit? { area.parent.flatMap { byID[$0] } }

        // The area.

        /// By code where one is typed, else by name, with the commune where it is named.
        mutating func area(code: String, name: String, commune: String) -> Answer<Known.Unit> {
            if !code.isEmpty { return area(code: code, name: name) }
            guard !name.isEmpty else { return .fault(.area, "emptyArea", [:]) }
            var found = areas[known.plain(name)] ?? []
            if found.isEmpty, let coded = codes[name.lowercased()] { found = coded }
            guard commune.isEmpty else {
                let above = self.commune(commune)
                guard case .found(let above) = above else {
                    if case .fault(let column, let key, let arguments) = above { return .fault(column, key, arguments) }
                    return .fault(.commune, "unknownCommune", ["found": commune])
                }
                return one(found.filter { $0.parent == above.id }, name) {
                    $0.units.filter { $0.isArea && $0.parent == above.id }
                }
            }
            return one(found, name) { $0.units.filter(\.isArea) }
        }

        private mutating func area(code: String, name: String) -> Answer<Known.Unit> {
            let found = (codes[code.lowercased()] ?? []).filter { $0.until == nil }
            guard found.count == 1 else {
                return .fault(.areaCode, found.isEmpty ? "unknownCode" : "codeAmbiguous", ["found": code])
            }
            guard name.isEmpty || known.plain(name) == found[0].nameKey else {
                return .fault(.area, "codeOtherName", ["found": name, "code": code, "name": found[0].name])
            }
            return .found(found[0])
        }

        private mutating func commune(_ cell: String) -> Answer<Known.Unit> {
            let found = communes[known.plain(cell)] ?? []
            let standing = found.filter { $0.until == nil }
            if standing.count == 1 { return .found(standing[0]) }
            if standing.count > 1 { return .fault(.commune, "communeAmbiguous", ["found": cell]) }
            if !found.isEmpty { return .fault(.commune, "unitEnded", ["found": cell]) }
            return unknown(.commune, "unknownCommune", cell) {
                $0.units.filter { !$0.isArea && $0.until == nil }.map(\.name)
            }
        }

        private mutating func one(
            _ found: [Known.Unit], _ typed: String, of all: (Known) -> [Known.Unit]
        ) -> Answer<Known.Unit> {
            let standing = found.filter { $0.until == nil }
            if standing.count == 1 { return .found(standing[0]) }
            if standing.count > 1 { return .fault(.area, "areaAmbiguous", ["found": typed]) }
            if !found.isEmpty { return .fault(.area, "unitEnded", ["found": typed]) }
            return unknown(.area, "unknownArea", typed) { all($0).filter { $0.until == nil }.map(\.name) }
        }

        /// A name that is not there, with those it may have been meant for.
        private mutating func unknown<Found>(
            _ column: Column, _ key: String, _ typed: String, _ names: (Known) -> [String]
        ) -> Answer<Found> {
            guard searches > 0 else { return .fault(column, key, ["found": typed]) }
            searches -= 1
            let near = known.near(typed, names(known))
            guard !near.isEmpty else { return .fault(column, key, ["found": typed]) }
            let quoted = near.map { "“\($0)”" }.joined(separator: ", ")
            return .fault(column, key + "Near", ["found": typed, "near": quoted])
        }

        // The title and who gave it.

        func title(_ cell: String) -> Answer<Criteria.Title> {
            let names = known.titles.map(\.name.vi).joined(separator: ", ")
            guard !cell.isEmpty else { return .fault(.title, "emptyTitle", ["titles": names]) }
            return titles[VietnameseText.folded(cell)].map(Answer.found)
                ?? .fault(.title, "unknownTitle", ["found": cell, "titles": names])
        }

        /// The words by which a cell names a level, without marks.
        private static let levels: [Criteria.Level: Set<String>] = [
            .commune: ["xa", "cap xa", "phuong", "cap xa phuong", "xa phuong", "thi tran", "dac khu"],
            .district: ["huyen", "cap huyen", "quan", "thi xa", "cap quan", "quan huyen", "huyen thanh pho"],
            .province: ["tinh", "cap tinh", "thanh pho", "tinh thanh pho", "cap tinh thanh pho"],
            .national: ["trung uong", "cap trung uong", "quoc gia", "toan quoc"],
        ]

        func level(_ cell: String) -> Answer<Criteria.Level?> {
            guard !cell.isEmpty else { return .found(nil) }
            if let exact = Criteria.Level(rawValue: cell) { return .found(exact) }
            let folded = VietnameseText.folded(cell)
            let level = Criteria.Level.allCases.first { Self.levels[$0]?.contains(folded) == true }
            return level.map { .found($0) } ?? .fault(.level, "unknownLevel", ["found": cell])
        }

        /// The body named; where none is, the importer's own, as long as the row names no other level.
        ///
        /// - Parameter area: of several bodies of one name the one that the area lies under is meant.
        mutating func body(_ cell: String, _ level: Criteria.Level?, over area: Known.Unit?) -> Answer<Known.Body> {
            guard !cell.isEmpty else {
                let own = known.bodies.first { $0.id == known.own }
                guard let own, level.map({ $0 == own.level }) ?? true else { return .fault(.body, "emptyBody", [:]) }
                return .found(own)
            }
            var found = bodies[VietnameseText.nameKey(cell)] ?? []
            if found.count > 1, let area {
                let above = known.units.filter { $0.id == area.parent }.map(\.id)
                let nearest = found.filter { above.contains($0.territory) }
                if !nearest.isEmpty { found = nearest }
            }
            if found.count == 1 { return .found(found[0]) }
            if found.count > 1 { return .fault(.body, "bodyAmbiguous", ["found": cell]) }
            return unknown(.body, "unknownBody", cell) { $0.bodies.map(\.name) }
        }
    }
}
