import Core
import Criteria
import Database
import Organisation

extension Recognition {
    /// The newer version that dossiers move to.
    package enum MoveTarget: Sendable, Equatable {
        case criteria(id: ID, code: String, version: Int)
        case rules(id: ID, code: String, version: Int)

        package var id: ID {
            switch self {
            case .criteria(let id, _, _), .rules(let id, _, _): id
            }
        }

        /// Where the version is kept.
        var table: SQL {
            switch self {
            case .criteria: "criteria_set"
            case .rules: "rules_document"
            }
        }

        var name: String {
            switch self {
            case .criteria(_, let code, let version), .rules(_, let code, let version): "\(code) \(version)"
            }
        }
    }

    /// A dossier under way on an older version.
    package struct MoveCandidate: Sendable {
        package let id: ID
        package let area: TerritoryTitle
        package let year: Int
        package let aim: Criteria.Aim
        /// What the area's page says now: a dossier registered under a version that asked for neither froze nothing.
        package let recordedClass: String?
        package let recordedRegion: String?
        package let set: ID
        package let rules: ID?
        package let own: String?
        package let state: State
        package let since: Instant
        /// How often it was submitted.
        package let round: Int
        package let revision: Int
        package let hasMet: Bool
    }

    /// One move of a dossier, as it was done.
    package struct DossierMove: Sendable, Equatable {
        package let id: ID
        package let setFrom: ID
        package let setTo: ID
        package let rulesFrom: ID?
        package let rulesTo: ID?
        package let asked: [String]
        package let opened: [String]
        package let fresh: [String]
        package let gone: [String]
        package let mover: String?
        package let at: Instant
    }
}

extension RecognitionStore {
    /// Dossiers under way below a unit that stand on an older version than the target, in official order.
    ///
    /// - Parameter dossier: only this one.
    package static func candidates(
        for target: Recognition.MoveTarget, under unit: ID, dossier: ID? = nil, _ reader: any Reader
    ) throws -> [Recognition.MoveCandidate] {
        let running = SQL.list(Recognition.MoveRule.running.map(\.rawValue))
        var condition: SQL
        switch target {
        case .criteria(_, let code, let version):
            condition = """
                d.criteria_set_id IN (SELECT s.id FROM criteria_set s WHERE s.code = \(code) AND s.version < \(version)
                AND s.status <> 'draft') AND d.state IN (\(running))
                """
        case .rules(_, let code, let version):
            // A dossier without rules of its own follows its set: it can move to rules as well.
            condition = """
                (d.rules_id IN (SELECT r.id FROM rules_document r WHERE r.code = \(code) AND r.version < \(version)
                AND r.status <> 'draft') OR d.rules_id IS NULL) AND d.state IN (\(running))
                """
        }
        if let dossier { condition += " AND d.id = \(dossier)" }
        // Only of the places that the version is for, and of sets of the same kind of unit.
        condition += """
             AND EXISTS (SELECT 1 FROM \(target.table) v JOIN territory_closure o ON o.ancestor_id = v.territory_id
                JOIN criteria_set k ON k.subject = v.subject
                WHERE v.id = \(target.id) AND o.descendant_id = d.territory_id AND k.id = d.criteria_set_id)
            """
        return try reader.rows(
            """
            SELECT d.id, d.territory_id, d.year, d.title, d.level, d.area_class, d.region, d.criteria_set_id, d.rules_id,
                d.own_indicators, d.state, d.state_since, d.round, d.revision, t.kind AS area_kind,
                t.designation AS area_designation, t.name AS area_name,
                a.area_class AS recorded_class, a.region AS recorded_region,
                (SELECT count(*) FROM review_sitting s WHERE s.dossier_id = d.id AND s.replaced_at IS NULL) AS met
            FROM dossier d JOIN territory t ON t.id = d.territory_id
            LEFT JOIN area a ON a.territory_id = d.territory_id
            JOIN territory_closure u ON u.descendant_id = d.territory_id AND u.ancestor_id = \(unit)
            WHERE \(condition) ORDER BY t.sort_key, d.id
            """
        ).map { row in
            Recognition.MoveCandidate(
                id: try row.id("id"), area: try TerritoryTitle.read(row, "territory_id", "area"),
                year: try row.integer("year"),
                aim: Criteria.Aim(
                    try row.text("title"), level: try row.choice("level"),
                    areaClass: try row.optionalText("area_class"),
                    region: try row.optionalText("region")),
                recordedClass: try row.optionalText("recorded_class"),
                recordedRegion: try row.optionalText("recorded_region"),
                set: try row.id("criteria_set_id"), rules: try row.optionalID("rules_id"),
                own: try row.optionalText("own_indicators"), state: try row.choice("state"),
                since: try row.instant("state_since"), round: try row.integer("round"),
                revision: try row.integer("revision"),
                hasMet: try row.integer("met") > 0)
        }
    }

    /// Why no dossier of a unit moves to a version: it is of another place, or for another kind of unit; nil where the
    /// unit lies in its place, or its place in the unit.
    package static func refusal(
        toMove target: Recognition.MoveTarget, in unit: ID, _ reader: any Reader
    ) throws -> Refusal? {
        let row = try reader.one(
            """
            SELECT v.subject, v.territory_id, t.name, (SELECT count(*) FROM territory_closure u
                WHERE (u.ancestor_id = v.territory_id AND u.descendant_id = \(unit))
                OR (u.ancestor_id = \(unit) AND u.descendant_id = v.territory_id)) AS many
            FROM \(target.table) v JOIN territory t ON t.id = v.territory_id WHERE v.id = \(target.id)
            """)
        guard try row.text("subject") == CriteriaSet.Subject.residentialArea.rawValue else {
            return Refusal(.conflict, "recognition.move.refusal.subject", ["version": target.name])
        }
        guard try row.integer("many") == 0 else { return nil }
        return Refusal(
            .conflict, "recognition.move.refusal.elsewhere", ["version": target.name, "place": try row.text("name")])
    }

    /// What was seen before a press, so that nothing moves that nobody looked at: which dossiers, in which state.
    package static func seal(_ candidates: [Recognition.MoveCandidate]) -> String {
        var bytes: [UInt8] = []
        for candidate in candidates { bytes += candidate.id.bytes + Array("\(candidate.revision);".utf8) }
        return ByteDigest.of(bytes).prefix(12).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// The own values of dossiers among some codes, by dossier: what a preview says of each.
    package static func ownCodes(
        _ codes: [String], of dossiers: [ID], _ reader: any Reader
    ) throws -> [ID: Set<String>] {
        guard !codes.isEmpty, !dossiers.isEmpty else { return [:] }
        var found: [ID: Set<String>] = [:]
        for row in try reader.rows(
            """
            SELECT v.dossier_id, v.code FROM indicator_value v
            WHERE v.dossier_id IN (\(SQL.list(dossiers))) AND v.side = 'self' AND v.code IN (\(SQL.list(codes)))
            """)
        {
            found[try row.id("dossier_id"), default: []].insert(try row.text("code"))
        }
        return found
    }

    /// The moves of a dossier, the newest first.
    package static func moves(of dossier: ID, _ reader: any Reader) throws -> [Recognition.DossierMove] {
        func codes(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
        return try reader.rows(
            """
            SELECT m.id, m.set_from, m.set_to, m.rules_from, m.rules_to, m.asked, m.opened, m.fresh, m.gone, m.at,
                p.name AS mover
            FROM dossier_move m LEFT JOIN person p ON p.id = m.moved_by
            WHERE m.dossier_id = \(dossier) ORDER BY m.at DESC, m.id DESC
            """
        ).map { row in
            Recognition.DossierMove(
                id: try row.id("id"), setFrom: try row.id("set_from"), setTo: try row.id("set_to"),
                rulesFrom: try row.optionalID("rules_from"), rulesTo: try row.optionalID("rules_to"),
                asked: codes(try row.text("asked")), opened: codes(try row.text("opened")),
                fresh: codes(try row.text("fresh")), gone: codes(try row.text("gone")),
                mover: try row.optionalText("mover"), at: try row.instant("at"))
        }
    }
}

/// The plans of many moves, each difference of two versions made once for each case.
package struct RecognitionMovePlanner {
    private struct Key: Hashable {
        let set: ID
        let rules: ID?
        let own: String?
        let aim: Criteria.Aim
        let after: Criteria.Aim
    }

    private let target: Recognition.MoveTarget
    private let reader: any Reader
    private var plans: [Key: Recognition.MovePlan] = [:]
    private var sets: [[ID?]: CriteriaSet] = [:]

    package init(_ target: Recognition.MoveTarget, _ reader: any Reader) {
        self.target = target
        self.reader = reader
    }

    /// Set and rules of a dossier after its move.
    package func versions(after candidate: Recognition.MoveCandidate) -> (set: ID, rules: ID?) {
        switch target {
        case .criteria(let id, _, _): (id, candidate.rules)
        case .rules(let id, _, _): (candidate.set, id)
        }
    }

    package mutating func plan(_ candidate: Recognition.MoveCandidate) throws -> Recognition.MovePlan {
        let aim = try aim(after: candidate)
        let key = Key(set: candidate.set, rules: candidate.rules, own: candidate.own, aim: candidate.aim, after: aim)
        if let known = plans[key] { return known }
        let after = versions(after: candidate)
        let plan = Recognition.MovePlan(
            from: try set(candidate.set, candidate.rules, candidate.own),
            to: try set(after.set, after.rules, candidate.own), for: candidate.aim, after: aim)
        plans[key] = plan
        return plan
    }

    /// The page on which all that differs for a dossier stands side by side; nil where it had no rules before.
    package func difference(for candidate: Recognition.MoveCandidate) -> String? {
        switch target {
        case .criteria(let id, _, _): "/criteria/\(id)/difference/\(candidate.set)"
        case .rules(let id, _, _): candidate.rules.map { "/rules/\(id)/difference/\($0)" }
        }
    }

    /// The criteria of a dossier after its move.
    package mutating func criteria(after candidate: Recognition.MoveCandidate) throws -> CriteriaSet {
        let after = versions(after: candidate)
        return try set(after.set, after.rules, candidate.own)
    }

    /// What thresholds are asked for after the move: what the dossier froze, and what the new version is the first to
    /// ask for as the area's page says it.
    package mutating func aim(after candidate: Recognition.MoveCandidate) throws -> Criteria.Aim {
        let set = try criteria(after: candidate)
        var aim = candidate.aim
        if aim.areaClass == nil, !set.areaClasses.isEmpty { aim.areaClass = candidate.recordedClass }
        aim.region =
            Recognition.Region.code(of: aim.region, in: set)
            ?? Recognition.Region.code(of: candidate.recordedRegion, in: set) ?? aim.region
        return aim
    }

    private mutating func set(_ id: ID, _ rules: ID?, _ own: String?) throws -> CriteriaSet {
        let key = [id, rules]
        let set = try sets[key] ?? RecognitionStore.criteria(id, rules: rules, reader)
        sets[key] = set
        return own.map { set.with(own: Criteria.YAML.own($0)) } ?? set
    }
}
