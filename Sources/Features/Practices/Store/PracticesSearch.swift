import Core
import Database
import Organisation
import Web

/// Confirmed practices on the page "tìm". They are there for everybody to follow, wherever they are.
package enum PracticesSearch {
    static let subject = "practice"

    package static let kind = SearchKind("practices.search.title") { words, sight, limit, reader in
        let tops = try reader.rows("SELECT id FROM territory WHERE parent_id IS NULL LIMIT 10").map { try $0.id("id") }
        let ids = try SearchIndex.find(
            words, kind: subject, seenBy: Sight(person: sight.person, roots: tops), limit: limit, reader)
        let hits = try reader.rows(
            """
            SELECT p.id, p.name AS practice, t.id AS area_id, t.kind AS area_kind, t.designation AS area_designation,
                t.name AS area_name
            FROM practice p JOIN territory t ON t.id = p.territory_id
            WHERE p.id IN (\(SQL.list(ids))) AND p.state = 'confirmed'
            """
        ).map { row in
            let id = try row.id("id")
            return SearchHit(
                kind: subject, id: id, href: "/practices/\(id)", name: try row.text("practice"),
                place: try PracticesStore.title(row, "area_"))
        }
        return OrganisationStore.inOrder(hits, of: ids)
    }
}

/// What waits for the commune: practices to look at before others read them.
enum PracticesDuties {
    static let source: WaitingSource = { actor, today, reader in
        let places = actor.grants.filter {
            $0.role.capabilities.contains(.confirmPractice) && $0.term.contains(today)
        }.map(\.territory)
        guard !places.isEmpty else { return [] }
        let count = try PracticesStore.waiting(
            seenBy: Sight(person: actor.person, roots: Array(Set(places)).sorted()), reader)
        return count == 0
            ? []
            : [Waiting("practices.waiting", ["count": "\(count)"], minutes: 3 * count, href: "/practices?state=shared")]
    }
}
