import Core
import Database
import Organisation

/// Somebody asks that what is kept about them be put right.
package struct PeopleCorrection: Governed, Encodable, Equatable {
    package static let kind = "correction"

    /// What came of a person's request for correction.
    package enum Outcome: String, Sendable, CaseIterable, Codable { case corrected, kept }

    package let id: ID
    package let person: PersonName
    package let asked: String
    package let askedAt: Instant
    /// The last day on which an answer is in time: two working days.
    package let due: Day
    package let answer: String?
    package let outcome: Outcome?
    package let answeredAt: Instant?
    package let answeredBy: String?
    package let revision: Int
    package let place: [ID]

    static let answeredWithin = Deadline.working(2)

    static var sample: PeopleCorrection {
        let id = PeopleRoleLine.sample.id
        return PeopleCorrection(
            id: id, person: PersonName(id: id, name: "Ya Thuong"), asked: "1986", askedAt: .first, due: .first,
            answer: "1968", outcome: .corrected, answeredAt: .first, answeredBy: "Ka Huong", revision: 1, place: [id])
    }
}

enum PeopleCorrectionStore {
    /// So many may be open at a time: the answer to the first may settle the next.
    static let mostOpen = 3

    private static let columns: SQL = """
        SELECT c.id, c.person_id, p.name, c.territory_id, c.asked, c.asked_at, c.due, c.answer, c.outcome, c.answered_at,
               b.name AS answered_by, c.revision
        FROM correction c JOIN person p ON p.id = c.person_id LEFT JOIN person b ON b.id = c.answered_by
        """

    static func ask(_ id: ID, _ text: String, of person: Person, territory: ID, due: Day, _ tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO correction (id, person_id, territory_id, asked, asked_at, due, revision)
            VALUES (\(id), \(person.id), \(territory), \(text), \(tx.now), \(due), 1)
            """)
    }

    static func ofSelf(_ person: ID, _ reader: any Reader) throws -> [PeopleCorrection] {
        try reader.rows("\(columns) WHERE c.person_id = \(person) ORDER BY c.asked_at DESC, c.id DESC LIMIT 20")
            .map { try correction($0, reader) }
    }

    static func countOpen(of person: ID, _ reader: any Reader) throws -> Int {
        try reader.one(
            "SELECT count(*) AS n FROM correction WHERE person_id = \(person) AND answered_at IS NULL"
        ).integer("n")
    }

    /// What waits for an answer, the most urgent first, then what was answered lately.
    static func all(seenBy sight: Sight, _ reader: any Reader) throws -> [PeopleCorrection] {
        let seen: SQL = "\(sight.covers("c.territory_id")) AND c.person_id <> \(sight.person)"
        let open = try reader.rows(
            "\(columns) WHERE c.answered_at IS NULL AND \(seen) ORDER BY c.due, c.id LIMIT 200")
        let done = try reader.rows(
            "\(columns) WHERE c.answered_at IS NOT NULL AND \(seen) ORDER BY c.answered_at DESC, c.id DESC LIMIT 20")
        return try (open + done).map { try correction($0, reader) }
    }

    static func correction(_ id: ID, seenBy sight: Sight, _ reader: any Reader) throws -> PeopleCorrection {
        try correction(
            reader.one("\(columns) WHERE c.id = \(id) AND \(sight.covers("c.territory_id"))"), reader)
    }

    static func answer(
        _ correction: PeopleCorrection, _ outcome: PeopleCorrection.Outcome, _ text: String, by actor: ID,
        _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE correction SET answer = \(text), outcome = \(outcome.rawValue), answered_at = \(tx.now),
                answered_by = \(actor) WHERE id = \(correction.id)
            """)
    }

    /// Writes what a person is called and was born anew; nil leaves what stands.
    static func correct(_ person: Person, name: String?, birthYear: Int?, phone: String?, _ tx: Transaction) throws {
        let name = VietnameseText.tidied(name ?? person.name)
        try tx.execute(
            """
            UPDATE person SET name = \(name), sort_key = \(VietnameseOrder.personSortKey(of: name)),
                search_key = \(VietnameseText.searchKey(of: name)), birth_year = \(birthYear ?? person.birthYear),
                phone = \(phone ?? person.phone), revision = revision + 1 WHERE id = \(person.id)
            """)
        if name != person.name {
            try PeopleSearch.rename(person.id, from: person.name, to: name, tx)
            tx.note("person.name", from: person.name, to: name)
        }
        if let birthYear, birthYear != person.birthYear {
            tx.note("person.birthYear", from: person.birthYear.map { "\($0)" }, to: "\(birthYear)")
        }
        if let phone, phone != person.phone { tx.note("person.phone") }
    }

    private static func correction(_ row: Row, _ reader: any Reader) throws -> PeopleCorrection {
        PeopleCorrection(
            id: try row.id("id"), person: PersonName(id: try row.id("person_id"), name: try row.text("name")),
            asked: try row.text("asked"), askedAt: try row.instant("asked_at"), due: try row.day("due"),
            answer: try row.optionalText("answer"),
            outcome: try row.optionalText("outcome").flatMap(PeopleCorrection.Outcome.init(rawValue:)),
            answeredAt: try row.optionalInstant("answered_at"), answeredBy: try row.optionalText("answered_by"),
            revision: try row.integer("revision"),
            place: try OrganisationStore.path(of: try row.id("territory_id"), reader))
    }
}

extension PeopleStore {
    /// Requests for correction that wait for this person's answer today, the most urgent first: a duty for home. The
    /// page is `/corrections/<id>`.
    package static func correctionsWaiting(
        for actor: Actor, today: Day, _ reader: any Reader
    ) throws -> [PeopleCorrection] {
        let roots = actor.grants.filter { $0.role.capabilities.contains(.answerCorrections) && $0.term.contains(today) }
        guard !roots.isEmpty else { return [] }
        return try PeopleCorrectionStore.all(
            seenBy: Sight(person: actor.person, roots: roots.map(\.territory)), reader
        ).filter { $0.answeredAt == nil }
    }
}
