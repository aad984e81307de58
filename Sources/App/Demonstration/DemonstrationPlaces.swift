import Core
import Organisation

/// territory.yaml: the administrative units through their generations, and what became of what.
struct DemonstrationTerritory: Decodable, Sendable {
    struct Unit: Decodable, Sendable {
        let key: String
        let kind: TerritoryKind
        let name: String
        let code: String?
        let parent: String?
        /// Nil: nobody knows the first day.
        let from: Day?
        let until: Day?
    }

    /// On a day all of `from` went into one unit, or ended without a successor.
    struct Change: Decodable, Sendable {
        let day: Day
        let kind: SuccessionKind
        let from: [String]
        let into: String?
    }

    let territory: [Unit]
    let successions: [Change]
}

/// areas.yaml.
struct DemonstrationAreas: Decodable, Sendable {
    /// The economic region that all of them lie in.
    let region: String
    let areas: [DemonstrationArea]
}

/// One residential area; the file's order is the official one.
package struct DemonstrationArea: Decodable, Sendable {
    package let key: String
    let kind: AreaKind
    package let name: String
    package let commune: String
    /// The unit it lay in before its commune was formed; nil where both began together.
    let formedFrom: String?
    let from: Day?
    package let households: Int
    package let people: Int
    let areaClass: String
    let invented: Bool?

    private enum CodingKeys: String, CodingKey {
        case key, kind, name, commune, from, households, people, invented
        case formedFrom = "formed_from"
        case areaClass = "area_class"
    }
}

/// organisations.yaml: bodies by name, and those made by rule for each commune and each area.
struct DemonstrationBodies: Decodable, Sendable {
    struct Body: Decodable, Sendable {
        let key: String
        let kind: OrganisationKind
        let name: String
        let territory: String
        let parent: String?
        let from: Day?
        let until: Day?
    }

    struct Rule: Decodable, Sendable {
        let key: String
        let kind: OrganisationKind
        let name: String
        let parent: String?
        /// Units that have their own by name.
        let except: [String]?
    }

    struct PerCommune: Decodable, Sendable {
        let communes: [String]
        let from: Day
        let organisations: [Rule]
    }

    struct PerArea: Decodable, Sendable {
        let organisations: [Rule]
    }

    let organisations: [Body]
    let perCommune: PerCommune
    let perArea: PerArea
    let strength: DemonstrationStrengths

    private enum CodingKeys: String, CodingKey {
        case organisations, strength
        case perCommune = "per_commune"
        case perArea = "per_area"
    }
}

extension DemonstrationFiles {
    /// Every body, those made by rule included; a body stands behind the one above it, as the store wants them.
    func allBodies() throws -> [DemonstrationBodies.Body] {
        var all = bodies.organisations
        for commune in bodies.perCommune.communes {
            guard let unit = territory.territory.first(where: { $0.key == commune }) else {
                throw DemonstrationFault(
                    file: "organisations.yaml", key: "per_commune.communes", problem: "\(commune) is declared nowhere")
            }
            let words = ["commune": commune, "name": unit.name]
            all += made(bodies.perCommune.organisations, words, on: commune, from: bodies.perCommune.from)
        }
        for area in areas {
            let words = ["area": area.key, "commune": area.commune, "shown": shown(area)]
            all += made(bodies.perArea.organisations, words, on: area.key, from: area.from)
        }
        return parentsFirst(all)
    }

    private func made(
        _ rules: [DemonstrationBodies.Rule], _ words: [String: String], on territory: String, from: Day?
    ) -> [DemonstrationBodies.Body] {
        func fill(_ text: String) -> String {
            words.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
        }
        return rules.filter { !($0.except ?? []).contains(territory) }.map { rule in
            DemonstrationBodies.Body(
                key: fill(rule.key), kind: rule.kind, name: labelledOnce(fill(rule.name)), territory: territory,
                parent: rule.parent.map(fill), from: from, until: nil)
        }
    }

    /// An invented body of an invented commune says once that it is invented.
    private func labelledOnce(_ name: String) -> String {
        guard let label = name.lastIndex(of: "(").map({ " " + name[$0...] }) else { return name }
        let rest = name.dropLast(label.count)
        return rest.hasSuffix(label) ? String(rest) : name
    }

    /// "thôn Thông Xanh", as it stands in the name of a body.
    private func shown(_ area: DemonstrationArea) -> String {
        let word =
            switch area.kind {
            case .buon: "buôn"
            case .toDanPho: "tổ dân phố"
            default: "thôn"
            }
        return "\(word) \(area.name)"
    }

    private func parentsFirst(_ all: [DemonstrationBodies.Body]) -> [DemonstrationBodies.Body] {
        let keys = Set(all.map(\.key))
        var (ordered, placed, rest) = ([DemonstrationBodies.Body](), Set<String>(), all)
        while !rest.isEmpty {
            // A parent that is declared nowhere is named by the check; here it must not hold its branches back.
            let ready = rest.filter { $0.parent.map { placed.contains($0) || !keys.contains($0) } ?? true }
            if ready.isEmpty { return ordered + rest }
            ordered += ready
            placed.formUnion(ready.map(\.key))
            rest.removeAll { placed.contains($0.key) }
        }
        return ordered
    }
}
