import Core
import Database
import People

extension Recognition {
    /// How the household ballot of a posted dossier stands, for whoever waits for its count to close the dossier.
    package struct CountWait: Sendable {
        package let stage: Ballot.Stage
        /// Who may make the entry that is missing, or must put theirs right: names of people with an account. Empty
        /// where nothing is to be entered, or nobody can.
        package let people: [String]
        /// The last day on the board.
        package let last: Day
        /// That day is past.
        package let isPostingOver: Bool

        /// Whether entries of the count are awaited at all.
        package var awaitsEntry: Bool { [.open, .once, .differing].contains(stage) }
    }
}

extension RecognitionDuties {
    /// Whose entry the count of a posted dossier waits for; nil where nothing is posted.
    ///
    /// Counters are whoever holds the count over the area itself (cell secretary, head of a branch, head of the area or
    /// of its Front Work Committee) and did not write its self-assessment: the three names on the minutes need no
    /// account, the two entries do. Where they are too few, the commune's officers who may count are named with them.
    package static func countWait(
        of dossier: ID, in area: ID, on today: Day, _ reader: any Reader
    ) throws -> Recognition.CountWait? {
        guard let posting = try RecognitionStore.posting(of: dossier, reader) else { return nil }
        return Recognition.CountWait(
            stage: posting.ballot.stage, people: try awaited(posting.ballot, of: dossier, in: area, on: today, reader),
            last: posting.days.last, isPostingOver: posting.days.isOver(on: today))
    }

    private static func awaited(
        _ ballot: Recognition.Ballot, of dossier: ID, in area: ID, on today: Day, _ reader: any Reader
    ) throws -> [String] {
        switch ballot.stage {
        case .prepared, .box, .fixed: return []
        case .differing: return ballot.entries.compactMap(\.name)
        case .open, .once:
            guard let step = Recognition.LifeCycle.step(.posted, .count) else { return [] }
            func able(_ people: [(id: ID, name: String)]) throws -> [String] {
                try people.filter { person in
                    guard !ballot.entries.contains(where: { $0.person == person.id }),
                        try RecognitionStore.refusalToEnter(ballot, by: person.id, reader) == nil
                    else { return false }
                    return try RecognitionStore.hands(of: person.id, on: dossier, reader).refusal(of: step) == nil
                }.map(\.name)
            }
            let own = try able(counters(over: "= \(area)", on: today, reader))
            guard own.count < (ballot.stage == .open ? 2 : 1) else { return own }
            let above: SQL = """
                IN (SELECT c.ancestor_id FROM territory_closure c
                WHERE c.descendant_id = \(area) AND c.ancestor_id <> \(area))
                """
            return try own + able(counters(over: above, on: today, reader)).filter { !own.contains($0) }
        }
    }

    /// People with an account that is not closed who hold the count over some territories today, at most a handful.
    private static func counters(
        over territories: SQL, on today: Day, _ reader: any Reader
    ) throws -> [(id: ID, name: String)] {
        let roles = Role.allCases.filter { $0.capabilities.contains(.countBallot) }.map(\.rawValue)
        return try reader.rows(
            """
            SELECT DISTINCT p.id, p.name, p.sort_key FROM role_assignment a JOIN person p ON p.id = a.person_id
            JOIN account k ON k.person_id = p.id
            WHERE a.territory_id \(territories) AND a.role IN (\(SQL.list(roles))) AND k.disabled_at IS NULL
                AND a.valid_from <= \(today) AND (a.valid_until IS NULL OR a.valid_until > \(today))
            ORDER BY p.sort_key, p.id LIMIT 8
            """
        ).map { (try $0.id("id"), try $0.text("name")) }
    }
}

extension RecognitionStore {
    /// Why neither of the two entries of a count is this person's to make or mend; nil when one is.
    static func refusalToEnter(
        _ ballot: Recognition.Ballot, by person: ID, _ reader: any Reader
    ) throws -> Refusal? {
        let hands = try PeopleStore.hands(of: person, reader)
        do throws(Refusal) {
            _ = try ballot.place(for: person, hands: hands)
            return nil
        } catch { return error }
    }

    /// The names of whoever held an office of the area's Front Work Committee while slips were out, also in another's
    /// stead: they do not bring the box (docs/people.md, rule 5).
    static func committee(of area: ID, from first: Day, until last: Day, _ reader: any Reader) throws -> [String] {
        try reader.rows(
            """
            SELECT DISTINCT p.name FROM role_assignment a JOIN person p ON p.id = a.person_id
            WHERE a.territory_id = \(area) AND a.role = \(Role.frontWorkCommitteeHead.rawValue)
                AND a.valid_from <= \(last) AND (a.valid_until IS NULL OR a.valid_until > \(first))
            """
        ).map { try $0.text("name") }
    }

    /// The names of those who wrote a dossier's self-assessment or handed it in: they do not count its ballot, with or
    /// without an account of their own at the count. Whoever stood in for one of them is barred as their hands are.
    static func writers(of dossier: ID, _ reader: any Reader) throws -> [String] {
        let wrote = try reader.rows(
            """
            SELECT h.entered_by AS id FROM indicator_value_history h
            WHERE h.dossier_id = \(dossier) AND h.side = 'self' AND h.source = 'area' AND h.entered_by IS NOT NULL
            UNION SELECT c.confirmed_by FROM indicator_value c
            WHERE c.dossier_id = \(dossier) AND c.confirmed_by IS NOT NULL
            UNION SELECT e.added_by FROM evidence e
            WHERE e.dossier_id = \(dossier) AND e.side = 'self' AND e.added_by IS NOT NULL
            UNION SELECT v.actor_id FROM dossier_event v
            WHERE v.dossier_id = \(dossier) AND v.action IN ('handIn', 'submit') AND v.actor_id IS NOT NULL
            """
        ).map { try $0.id("id") }
        let hands = Set(try wrote.flatMap { try PeopleStore.hands(of: $0, reader) })
        guard !hands.isEmpty else { return [] }
        return try reader.rows("SELECT p.name FROM person p WHERE p.id IN (\(SQL.list(hands.sorted()))) ORDER BY p.id")
            .map { try $0.text("name") }
    }
}
