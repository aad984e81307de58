import Core
import Database

/// The records that stand in paths.
struct Subjects: Sendable {
    let area: ID
    let commune: ID
    let province: ID
    let roleHeld: ID
    let organisation: ID
    let person: ID
    let dossier: ID
    let draft: ID
    let issued: ID
    let criteria: ID
    let criteriaCode: String
    let evidence: ID
    let document: ID
    let submission: ID
    let panel: ID
    let title: ID
    let comment: ID
    let recheck: ID
    let survey: ID
    let target: ID
    let goal: ID
    let unitTitle: ID
    /// Open on the demonstration's day, and one that is counted.
    let ballot: ID
    let counted: ID
    let batch: ID
    let around: SubjectsAround
    /// Entries of the area's profile, by the word of their path.
    let entries: [String: ID]
    /// What `SubjectsMade` put beside the demonstration, by path.
    var made: [String: ID] = [:]
    /// What stands in a path besides its id, by the path and the name of its place: "/targets/:id/scans/:number :number".
    var within: [String: String] = [:]

    init(_ reader: any Reader) throws {
        let found = try reader.one(
            """
            SELECT t.id, t.parent_id, d.id AS dossier FROM territory t JOIN dossier d ON d.territory_id = t.id
            WHERE t.search_key LIKE '%thong xanh%' AND t.kind = 'area'
            """)
        area = try found.id("id")
        commune = try found.id("parent_id")
        dossier = try found.id("dossier")
        province = try reader.one("SELECT id FROM territory WHERE kind = 'province'").id("id")
        organisation = try reader.one("SELECT id FROM organisation WHERE territory_id = \(commune) ORDER BY id LIMIT 1")
            .id("id")
        person = try reader.one("SELECT id FROM person WHERE name = 'Ya Thương'").id("id")
        roleHeld = try reader.one("SELECT id FROM role_assignment WHERE person_id = \(person) ORDER BY id LIMIT 1").id(
            "id")
        draft = try reader.one("SELECT id FROM decision WHERE state = 'draft' ORDER BY id LIMIT 1").id("id")
        issued = try reader.one("SELECT id FROM decision WHERE state = 'issued' ORDER BY id LIMIT 1").id("id")
        let set = try reader.one("SELECT id, code FROM criteria_set ORDER BY effective_from DESC, id LIMIT 1")
        criteria = try set.id("id")
        criteriaCode = try set.text("code")
        func first(_ sql: SQL) throws -> ID { try reader.one(sql).id("id") }
        evidence = try first(
            "SELECT id FROM evidence WHERE dossier_id = \(dossier) AND kind = 'picture' ORDER BY id LIMIT 1")
        document = try first("SELECT id FROM evidence WHERE dossier_id = \(dossier) AND kind = 'document'")
        submission = try first("SELECT submission_id AS id FROM submission_item WHERE dossier_id = \(dossier)")
        panel = try first("SELECT panel_id AS id FROM appraisal WHERE dossier_id = \(dossier)")
        title = try first("SELECT id FROM title_grant WHERE territory_id = \(area) ORDER BY id LIMIT 1")
        comment = try first(
            """
            SELECT c.id FROM posting_comment c JOIN posting p ON p.id = c.posting_id WHERE p.dossier_id = \(dossier)
            """)
        survey = try first("SELECT id FROM survey WHERE territory_id = \(area) ORDER BY number DESC LIMIT 1")
        target = try first("SELECT id FROM target WHERE territory_id = \(commune) ORDER BY id LIMIT 1")
        goal = try first("SELECT id FROM goal WHERE territory_id = \(commune) ORDER BY id LIMIT 1")
        unitTitle = try first("SELECT id FROM unit_title ORDER BY id LIMIT 1")
        recheck = try first("SELECT id FROM recheck WHERE territory_id = \(area) ORDER BY id LIMIT 1")
        ballot = try first("SELECT id FROM ballot WHERE territory_id = \(area) AND closed_at IS NULL")
        counted = try first("SELECT id FROM ballot WHERE result_hash IS NOT NULL ORDER BY id LIMIT 1")
        batch = try first("SELECT id FROM ballot_batch WHERE ballot_id = \(ballot) AND kind = 'spare'")
        around = try SubjectsAround(area: area, commune: commune, dossier: dossier, reader)
        var entries: [String: ID] = [:]
        for (word, table) in [
            ("conventions", SQL("area_convention")), ("groups", "area_group"), ("models", "area_model"),
            ("occasions", "area_occasion"),
        ] {
            let row = try reader.first("SELECT id FROM \(table) WHERE territory_id = \(area) ORDER BY id LIMIT 1")
            entries[word] = try row?.id("id")
        }
        self.entries = entries
    }

    /// What a field that offers records would offer.
    func record(_ field: String) -> ID {
        switch field {
        case "organisation": organisation
        case "dossier", "dossiers": dossier
        case "person": person
        case "place": commune
        default: province
        }
    }

    func parameters(_ path: String) -> [String: String] {
        let words = path.split(separator: "/").map(String.init)
        let id: ID =
            switch words.first {
            case _ where made[path] != nil: made[path] ?? area
            case let word? where around.ids[word] != nil: around.ids[word] ?? area
            case "portal" where words.count > 1 && around.ids[words[1]] != nil: around.ids[words[1]] ?? area
            case "territories": commune
            case "organisations": organisation
            case "people": person
            case "account": roleHeld
            case "dossiers": dossier
            case "decisions": draft
            case "criteria": criteria
            case "evidence": path.hasSuffix("/document") ? document : evidence
            case "submissions": submission
            case "panels": panel
            case "titles": title
            case "rechecks": recheck
            case "surveys": survey
            case "targets": target
            case "goals": goal
            case "unit-titles": unitTitle
            case "posted": dossier
            case "ballots", "vote": path.hasSuffix("/minutes") || path.hasSuffix("/result") ? counted : ballot
            default: path.hasPrefix("/portal/decisions") ? issued : area
            }
        let code =
            path.hasPrefix("/portal/criteria")
            ? criteriaCode
            : path.hasPrefix("/portal/rules")
                ? around.rulesCode
                : path.contains("/office-values/") ? around.officeCode : path.hasPrefix("/language") ? "en" : "III.3"
        func named(_ word: String) -> String { around.ids[word]?.description ?? "0" }
        let entry = path.split(separator: "/").compactMap { entries[String($0)] }.first
        let all = [
            "id": id.description, "code": code,
            "role": path.hasPrefix("/people") ? roleHeld.description : "areaHead",
            "other": path.hasPrefix("/rules") ? named("rules") : criteria.description,
            "save": named("saves"), "picture": named("practice-pictures"), "own": named("own"), "item": named("plan"),
            "document": named("office-documents"), "dossier": dossier.description, "year": "2026",
            "batch": batch.description, "evidenceID": evidence.description, "token": "0",
            "commentID": comment.description, "session": id.description, "entry": entry?.description ?? "0",
        ]
        // Only what stands in the path: a form's page tells a new entry from an old one by it.
        let asked = Set(words.filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) })
        let own = Dictionary(
            uniqueKeysWithValues: asked.compactMap { name in within["\(path) :\(name)"].map { (name, $0) } })
        return all.filter { asked.contains($0.key) }.merging(own) { $1 }
    }

    /// A route's path with the records in it.
    func path(_ route: String) -> String {
        let values = parameters(route)
        return route.split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.hasPrefix(":") ? values[String(part.dropFirst())] ?? "0" : String(part)
        }.joined(separator: "/")
    }
}
