import Core
import Criteria
import Database

extension RecognitionStore {
    /// The criteria as they hold for one dossier: its frozen set, under the rules of recognition that were frozen with
    /// it, with the indicators of its own that were agreed. Whatever judges or shows a dossier reads these, never the
    /// bare set.
    package static func criteria(
        of dossier: Recognition.Dossier, _ reader: any Reader
    ) throws -> CriteriaSet {
        try criteria(dossier.criteriaSet, rules: dossier.rules, own: dossier.own, reader)
    }

    /// The same from the columns `criteria_set_id`, `rules_id` and `own_indicators` of a dossier.
    package static func criteria(
        _ set: ID, rules: ID?, own: String? = nil, _ reader: any Reader
    ) throws -> CriteriaSet {
        var criteria = try CriteriaStore.set(set, reader)
        if let rules {
            let governing = try CriteriaRulesStore.rules(rules, reader)
            criteria = criteria.governed(
                by: governing, CriteriaRules.Reference(id: rules, code: governing.code, version: governing.version))
        }
        return own.map { criteria.with(own: Criteria.YAML.own($0)) } ?? criteria
    }

    /// The criteria of many dossiers, each version looked up once.
    package static func criteria(
        of dossiers: [Recognition.Dossier], _ reader: any Reader
    ) throws -> [ID: CriteriaSet] {
        struct Version: Hashable {
            let set: ID
            let rules: ID?
        }
        var versions: [Version: CriteriaSet] = [:]
        var found: [ID: CriteriaSet] = [:]
        for dossier in dossiers {
            let version = Version(set: dossier.criteriaSet, rules: dossier.rules)
            let set = try versions[version] ?? criteria(version.set, rules: version.rules, reader)
            versions[version] = set
            found[dossier.id] = dossier.own.map { set.with(own: Criteria.YAML.own($0)) } ?? set
        }
        return found
    }
}
