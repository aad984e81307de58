import Core
import Criteria
import Database

extension PortalStore {
    /// The published sets, each with what it holds in numbers.
    func criteriaSets() throws -> [PortalSetLine] {
        try CriteriaStore.published(reader).map { stored in
            let set = try CriteriaStore.set(stored.id, reader)
            return PortalSetLine(
                code: set.code, version: set.version, name: PortalName(set.name), label: set.label.rawValue,
                subject: set.subject.rawValue, issuer: set.issuer.isEmpty ? nil : set.issuer,
                effectiveFrom: stored.effectiveFrom, groups: set.standards.count, indicators: set.indicators.count)
        }
    }

    /// A published version of a set: the newest, or the one asked for, so that an old decision's link still leads to
    /// the criteria it rested on.
    func criteriaSet(_ code: String, version: Int?) throws -> PortalSetOutput {
        var sql: SQL = "SELECT s.id, s.status, s.effective_from FROM criteria_set s WHERE s.code = \(code)"
        sql += " AND s.status <> 'draft'"
        if let version { sql += " AND s.version = \(version)" }
        let row = try reader.one(sql + " ORDER BY s.version DESC LIMIT 1")
        return PortalSetOutput(
            try CriteriaStore.set(row.id("id"), reader), effectiveFrom: try row.day("effective_from"),
            isSuperseded: try row.text("status") == "superseded")
    }
}
