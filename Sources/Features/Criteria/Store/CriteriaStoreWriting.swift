import Core
import Database

/// A set about to be kept as a draft: the text, and what was read out of it without a fault.
package struct NewCriteriaSet: Sendable {
    package let source: String
    package let set: CriteriaSet
    /// Nil only for a set that a check has let pass without a day, which it never does.
    let effectiveFrom: Day
    package let territory: ID
    /// Nil for a seed.
    package let by: ID?

    /// - Throws: `FaultyCriteria` when the text cannot be used.
    package init(_ source: String, for territory: ID, by person: ID?) throws {
        let reading = Criteria.YAML.read(source)
        guard let set = reading.set, let day = set.effectiveFrom else { throw FaultyCriteria(faults: reading.faults) }
        self.source = source
        self.set = set
        effectiveFrom = day
        self.territory = territory
        by = person
    }

    var searchKey: String {
        VietnameseText.searchKey(of: set.code, set.name.vi, set.name.en, set.issuer)
    }
}

/// Number and day of the document with which a set or rules were issued.
package struct IssuedDocument: Sendable, Equatable {
    package let number: String
    package let day: Day

    package init(number: String, day: Day) {
        self.number = number
        self.day = day
    }
}

/// Writing sets. Who may is decided before, by a permit; these run inside its effect, in a seed or in a test.
extension CriteriaStore {
    /// Keeps a set as a draft, whatever status its text names.
    /// - Throws: `Refusal` when this version exists, or the code belongs to somebody else's set.
    @discardableResult
    package static func add(_ draft: NewCriteriaSet, _ tx: Transaction) throws -> ID {
        if let refusal = try refusal(of: draft, tx) { throw refusal }
        let id = tx.ids.next()
        let set = draft.set
        try tx.execute(
            """
            INSERT INTO criteria_set (id, code, version, status, label, name_vi, name_en, issuer, subject,
            effective_from, effective_to, territory_id, source, digest, search_key, created_by, created_at, revision)
            VALUES (\(id), \(set.code), \(set.version), 'draft', \(set.label.rawValue), \(set.name.vi), \(set.name.en),
            \(set.issuer), \(set.subject.rawValue), \(draft.effectiveFrom), \(set.effectiveTo), \(draft.territory),
            \(draft.source),
            \(ByteDigest.of(draft.source.utf8)), \(draft.searchKey), \(draft.by), \(tx.now), 1)
            """)
        try CriteriaTextSearch.enter(.set, id, tx)
        tx.note("criteria_set", to: "\(set.code) \(set.version)")
        return id
    }

    /// Puts another text in a draft's place: the same code and version. The draft's revision moves on.
    /// - Throws: `Refusal` when it is no draft any more or the text is of another set.
    package static func replace(_ kept: StoredCriteriaSet, with draft: NewCriteriaSet, _ tx: Transaction) throws {
        let set = draft.set
        try refuseOther(draft, than: kept)
        try tx.move("criteria_set", kept.id, from: kept.revision)
        try CriteriaTextSearch.leave(.set, kept.id, tx)
        let touched = try tx.execute(
            """
            UPDATE criteria_set SET label = \(set.label.rawValue), name_vi = \(set.name.vi), name_en = \(set.name.en),
            issuer = \(set.issuer), subject = \(set.subject.rawValue), effective_from = \(draft.effectiveFrom),
            effective_to = \(set.effectiveTo),
            source = \(draft.source), digest = \(ByteDigest.of(draft.source.utf8)), search_key = \(draft.searchKey),
            created_by = \(draft.by), created_at = \(tx.now)
            WHERE id = \(kept.id) AND status = 'draft'
            """)
        guard touched == 1 else { throw Refusal(.conflict, "criteria.refusal.published") }
        try CriteriaTextSearch.enter(.set, kept.id, tx)
        tx.note(
            "criteria_set.digest", from: kept.digestText, to: StoredCriteriaSet.text(ByteDigest.of(draft.source.utf8)))
    }

    /// A draft keeps its code and version, by which people speak of it; another one is another draft.
    static func refuseOther(_ draft: NewCriteriaSet, than kept: StoredCriteriaSet) throws(Refusal) {
        guard draft.set.code == kept.code, draft.set.version == kept.version else {
            throw Refusal(
                .invalid, "criteria.refusal.otherSet", field: "text",
                ["code": kept.code, "version": "\(kept.version)"])
        }
    }

    /// Throws a draft away. Nothing rests on a draft, so nothing is lost but the text.
    /// - Throws: `Refusal` `.conflict` when it is no draft any more.
    package static func remove(_ kept: StoredCriteriaSet, _ tx: Transaction) throws {
        try tx.move("criteria_set", kept.id, from: kept.revision)
        try CriteriaTextSearch.leave(.set, kept.id, tx)
        let touched = try tx.execute("DELETE FROM criteria_set WHERE id = \(kept.id) AND status = 'draft'")
        guard touched == 1 else { throw Refusal(.conflict, "criteria.refusal.published") }
        tx.note("criteria_set", from: "\(kept.code) \(kept.version) \(kept.digestText)")
    }

    /// Publishes a draft and puts it in the place of the versions before. The text never changes after this.
    /// - Throws: `Refusal` `.conflict` when it is no draft any more, `.invalid` when something hinders it.
    ///
    /// - Parameter document: with which it was issued; nil for what is only "minh họa".
    package static func publish(
        _ kept: StoredCriteriaSet, by person: ID?, document: IssuedDocument? = nil, _ tx: Transaction
    ) throws {
        let publication = try publication(of: kept, on: tx.now.day, tx)
        if !publication.isPossible {
            throw Refusal(.invalid, "criteria.refusal.faulty", ["count": "\(publication.hinders.count)"])
        }
        try tx.move("criteria_set", kept.id, from: kept.revision)
        try CriteriaTextSearch.leave(.set, kept.id, tx)
        let touched = try tx.execute(
            """
            UPDATE criteria_set SET status = 'published', published_by = \(person), published_at = \(tx.now),
            document_number = \(document?.number), document_day = \(document?.day)
            WHERE id = \(kept.id) AND status = 'draft'
            """)
        guard touched == 1 else { throw Refusal(.conflict, "criteria.refusal.published") }
        try CriteriaTextSearch.enter(.set, kept.id, tx)
        tx.note("criteria_set.status", from: "draft", to: "published")
        tx.note("criteria_set.digest", to: kept.digestText)
        if let document { tx.note("criteria_set.document", to: "\(document.number) \(document.day.isoText)") }
        let before = try tx.rows(
            """
            SELECT s.id FROM criteria_set s WHERE s.code = \(kept.code) AND s.status = 'published' AND s.id <> \(kept.id)
            """)
        for row in before { try supersede(row.id("id"), by: kept.id, tx) }
    }

    /// Marks a published set as replaced. It stays readable, and applies until the other one begins.
    package static func supersede(_ id: ID, by other: ID, _ tx: Transaction) throws {
        let touched = try tx.execute(
            """
            UPDATE criteria_set SET status = 'superseded', superseded_by = \(other), superseded_at = \(tx.now),
            revision = revision + 1 WHERE id = \(id) AND status = 'published'
            """)
        guard touched == 1 else { throw Refusal(.conflict, "web.refusal.movedMeanwhile") }
        tx.note("criteria_set.superseded", from: "\(id)", to: "\(other)")
    }

    /// For seeds and the command line: a set that is published already, such as the demonstration's.
    /// - Throws: `FaultyCriteria` when the text cannot be used; `Refusal` when it cannot be published.
    @discardableResult
    package static func addPublished(_ yaml: String, for territory: ID, by person: ID? = nil, _ tx: Transaction)
        throws -> ID
    {
        let id = try add(NewCriteriaSet(yaml, for: territory, by: person), tx)
        let row = try tx.one("SELECT \(StoredCriteriaSet.columns) FROM criteria_set s WHERE s.id = \(id)")
        try publish(StoredCriteriaSet(row), by: person, tx)
        return id
    }

    /// What stands in the way of a draft's publication, and what is only warned about.
    static func publication(
        of kept: StoredCriteriaSet, on today: Day, _ reader: any Reader
    ) throws -> Criteria.Publication {
        let reading = try Criteria.YAML.read(source(kept.id, reader), kept: true)
        guard let set = reading.set else { throw FaultyCriteria(faults: reading.faults) }
        let frame = try set.frame.flatMap { try frameRecord($0, reader) }
        return Criteria.Publication(
            of: set, reading: reading.faults, frame: try frame.map { try self.set($0.id, reader) },
            isFrameKept: try set.frame.map { try isKept($0.code, reader) } ?? false,
            newest: try newest(of: set.code, reader).map { try before($0, reader) },
            governing: try frame.map { try governing(kept, under: $0, on: today, reader) } ?? [])
    }

    /// Why a text cannot become a new draft; nil when it can.
    static func refusal(of draft: NewCriteriaSet, _ reader: any Reader) throws -> Refusal? {
        let arguments = ["code": draft.set.code, "version": "\(draft.set.version)"]
        if let same = try version(draft.set.version, of: draft.set.code, reader) {
            let newest = try reader.one("SELECT max(s.version) AS n FROM criteria_set s WHERE s.code = \(same.code)")
            return Refusal(
                .invalid, same.status == .draft ? "criteria.refusal.draftThere" : "criteria.refusal.versionThere",
                field: "text", arguments.merging(["next": "\(try newest.integer("n") + 1)"]) { $1 })
        }
        let others = try reader.first(
            """
            SELECT s.id FROM criteria_set s WHERE s.code = \(draft.set.code)
            AND (s.territory_id <> \(draft.territory) OR s.subject <> \(draft.set.subject.rawValue)) LIMIT 1
            """)
        return others == nil ? nil : Refusal(.invalid, "criteria.refusal.codeTaken", field: "text", arguments)
    }
}
