import Core
import Database

/// Writing rules. Who may is decided before, by a permit; these run inside its effect, in a seed or in a test.
extension CriteriaRulesStore {
    /// Keeps rules as a draft, whatever status their text names.
    @discardableResult
    package static func add(_ draft: NewCriteriaRules, _ tx: Transaction) throws -> ID {
        if let refusal = try refusal(of: draft, tx) { throw refusal }
        let (id, rules) = (tx.ids.next(), draft.rules)
        try tx.execute(
            """
            INSERT INTO rules_document (id, code, version, status, label, name_vi, name_en, issuer, subject,
            effective_from, effective_to, territory_id, source, digest, created_by, created_at, revision)
            VALUES (\(id), \(rules.code), \(rules.version), 'draft', \(rules.label.rawValue), \(rules.name.vi),
            \(rules.name.en), \(rules.issuer), \(rules.subject.rawValue), \(draft.effectiveFrom), \(rules.effectiveTo),
            \(draft.territory), \(draft.source), \(ByteDigest.of(draft.source.utf8)), \(draft.by), \(tx.now), 1)
            """)
        try CriteriaTextSearch.enter(.rules, id, tx)
        tx.note("rules_document", to: "\(rules.code) \(rules.version)")
        return id
    }

    /// Why a text cannot become a new draft; nil when it can.
    static func refusal(of draft: NewCriteriaRules, _ reader: any Reader) throws -> Refusal? {
        let rules = draft.rules
        let arguments = ["code": rules.code, "version": "\(rules.version)"]
        let same = try reader.rows(
            "SELECT r.version, r.status, r.territory_id, r.subject FROM rules_document r WHERE r.code = \(rules.code)")
        let next = try same.map { try $0.integer("version") }.max().map { $0 + 1 } ?? 1
        for row in same {
            if try row.integer("version") == rules.version {
                let isDraft = try row.text("status") == "draft"
                return Refusal(
                    .invalid, isDraft ? "criteria.refusal.draftThere" : "criteria.refusal.versionThere", field: "text",
                    arguments.merging(["next": "\(next)"]) { $1 })
            }
            if try row.id("territory_id") != draft.territory || row.text("subject") != rules.subject.rawValue {
                return Refusal(.invalid, "criteria.refusal.codeTaken", field: "text", arguments)
            }
        }
        return nil
    }

    /// Puts another text in a draft's place: the same code and version.
    package static func replace(_ kept: StoredCriteriaRules, with draft: NewCriteriaRules, _ tx: Transaction) throws {
        let rules = draft.rules
        try refuseOther(draft, than: kept)
        try tx.move("rules_document", kept.id, from: kept.revision)
        try CriteriaTextSearch.leave(.rules, kept.id, tx)
        let touched = try tx.execute(
            """
            UPDATE rules_document SET label = \(rules.label.rawValue), name_vi = \(rules.name.vi),
            name_en = \(rules.name.en), issuer = \(rules.issuer), subject = \(rules.subject.rawValue),
            effective_from = \(draft.effectiveFrom), effective_to = \(rules.effectiveTo), source = \(draft.source),
            digest = \(ByteDigest.of(draft.source.utf8)), created_by = \(draft.by), created_at = \(tx.now)
            WHERE id = \(kept.id) AND status = 'draft'
            """)
        guard touched == 1 else { throw Refusal(.conflict, "criteria.refusal.published") }
        try CriteriaTextSearch.enter(.rules, kept.id, tx)
        tx.note(
            "rules_document.digest", from: kept.digestText,
            to: StoredCriteriaSet.text(ByteDigest.of(draft.source.utf8)))
    }

    /// A draft keeps its code and version, by which people speak of it.
    static func refuseOther(_ draft: NewCriteriaRules, than kept: StoredCriteriaRules) throws(Refusal) {
        guard draft.rules.code == kept.code, draft.rules.version == kept.version else {
            throw Refusal(
                .invalid, "criteria.refusal.otherSet", field: "text",
                ["code": kept.code, "version": "\(kept.version)"])
        }
    }

    /// Throws a draft away; nothing rests on one.
    package static func remove(_ kept: StoredCriteriaRules, _ tx: Transaction) throws {
        try tx.move("rules_document", kept.id, from: kept.revision)
        try CriteriaTextSearch.leave(.rules, kept.id, tx)
        let touched = try tx.execute("DELETE FROM rules_document WHERE id = \(kept.id) AND status = 'draft'")
        guard touched == 1 else { throw Refusal(.conflict, "criteria.refusal.published") }
        tx.note("rules_document", from: "\(kept.code) \(kept.version) \(kept.digestText)")
    }

    /// Publishes a draft and puts it in the place of the version before. The text never changes after this.
    package static func publish(
        _ kept: StoredCriteriaRules, by person: ID?, document: IssuedDocument? = nil, _ tx: Transaction
    ) throws {
        let hinders = try publication(of: kept, on: tx.now.day, tx).filter { !$0.isWarning }
        if !hinders.isEmpty {
            throw Refusal(.invalid, "criteria.refusal.faulty", ["count": "\(hinders.count)"])
        }
        try tx.move("rules_document", kept.id, from: kept.revision)
        try CriteriaTextSearch.leave(.rules, kept.id, tx)
        let touched = try tx.execute(
            """
            UPDATE rules_document SET status = 'published', published_by = \(person), published_at = \(tx.now),
            document_number = \(document?.number), document_day = \(document?.day)
            WHERE id = \(kept.id) AND status = 'draft'
            """)
        guard touched == 1 else { throw Refusal(.conflict, "criteria.refusal.published") }
        try CriteriaTextSearch.enter(.rules, kept.id, tx)
        tx.note("rules_document.status", from: "draft", to: "published")
        tx.note("rules_document.digest", to: kept.digestText)
        if let document { tx.note("rules_document.document", to: "\(document.number) \(document.day.isoText)") }
        try tx.execute(
            """
            UPDATE rules_document SET status = 'superseded', superseded_by = \(kept.id), revision = revision + 1
            WHERE code = \(kept.code) AND status = 'published' AND id <> \(kept.id)
            """)
    }

    /// For seeds: rules that are published already.
    @discardableResult
    package static func addPublished(
        _ yaml: String, for territory: ID, by person: ID? = nil, _ tx: Transaction
    ) throws -> ID {
        let id = try add(NewCriteriaRules(yaml, for: territory, by: person), tx)
        let row = try tx.one("SELECT \(StoredCriteriaRules.columns) FROM rules_document r WHERE r.id = \(id)")
        try publish(StoredCriteriaRules(row), by: person, tx)
        return id
    }
}
