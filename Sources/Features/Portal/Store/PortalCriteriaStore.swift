import Core
import Criteria
import Database

extension PortalStore {
    /// The published sets, each with what it holds in numbers: of every set the version in force, and behind it those
    /// that are published and begin later.
    func criteriaSets() throws -> [PortalSetLine] {
        let rows = try reader.rows(
            """
            SELECT s.id, s.code, s.effective_from FROM criteria_set s WHERE s.status <> 'draft'
            ORDER BY s.code, s.effective_from DESC, s.version DESC
            """)
        var coming: [PortalSetLine] = []
        var lines: [PortalSetLine] = []
        for row in rows {
            let (code, from) = (try row.text("code"), try row.day("effective_from"))
            guard from > today || !lines.contains(where: { $0.code == code }) else { continue }
            let line = try line(row.id("id"), from: from)
            if from > today { coming.append(line) } else { lines.append(line) }
        }
        return lines + coming.reversed()
    }

    private func line(_ id: ID, from: Day) throws -> PortalSetLine {
        let set = try CriteriaStore.set(id, reader)
        return PortalSetLine(
            code: set.code, version: set.version, name: PortalName(set.name), label: set.label.rawValue,
            subject: set.subject.rawValue, issuer: set.issuer.isEmpty ? nil : set.issuer, effectiveFrom: from,
            isComing: from > today, groups: set.standards.count, indicators: set.indicators.count)
    }

    /// A published version of a set: the one in force, or the one asked for, so that an old decision's link still leads
    /// to the criteria it rested on. Of a set that is yet to begin, the one that begins first.
    func criteriaSet(_ code: String, version: Int?) throws -> PortalSetOutput {
        let rows = try reader.rows(
            """
            SELECT s.id, s.territory_id, s.version, s.effective_from FROM criteria_set s
            WHERE s.code = \(code) AND s.status <> 'draft' ORDER BY s.effective_from, s.version
            """)
        let inForce = try rows.last { try $0.day("effective_from") <= today }
        let named = try version.map { version in try rows.first { try $0.integer("version") == version } }
        guard let asked = named ?? (inForce ?? rows.first) else { throw NotFound() }
        let from = try asked.day("effective_from")
        let isPast = try inForce.map { try $0.id("id") != asked.id("id") && from <= today } ?? false
        let set = try CriteriaStore.set(asked.id("id"), reader)
        // Who decides stands in the rules (quy che) where there are any; what was replaced is told as it was.
        let rules =
            isPast
            ? nil : try CriteriaRulesStore.current(set.subject, on: today, for: asked.id("territory_id"), reader)
        return PortalSetOutput(
            set, governed: rules.map { set.governed(by: $0.rules, $0.reference) }, effectiveFrom: from,
            isSuperseded: isPast,
            isComing: from > today)
    }
}
