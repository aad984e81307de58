import Core
import Database
import Organisation

/// People on the page "tìm": for those who look after accounts, and of these only people with an office in sight.
package enum PeopleSearch {
    package static let kind = SearchKind("people.search.title", isFor: { $0.holds(.manageAccounts) }) {
        words, sight, limit, reader in
        let ids = try SearchIndex.find(words, kind: SearchIndex.person, seenBy: sight, limit: limit, reader)
        let names = try PeopleStore.names(of: ids, reader)
        return ids.compactMap { id in
            names[id].map { SearchHit(kind: SearchIndex.person, id: id, href: "/people/\(id)", name: $0) }
        }
    }

    /// A person is found in every territory of their offices, held, ended or to come, as in the list.
    static func add(_ person: ID, in territory: ID, _ writer: any Writer) throws {
        let name = try PeopleStore.name(of: person, writer)
        try SearchIndex.put([entry(person, name, territory)], writer)
    }

    static func rename(_ person: ID, from old: String, to name: String, _ writer: any Writer) throws {
        try SearchIndex.remove(kind: SearchIndex.person, person, name: old, writer)
        let territories = try writer.rows(
            "SELECT DISTINCT territory_id FROM role_assignment WHERE person_id = \(person) ORDER BY territory_id"
        ).map { try $0.id("territory_id") }
        try SearchIndex.put(territories.map { entry(person, name, $0) }, writer)
    }

    private static func entry(_ person: ID, _ name: String, _ territory: ID) -> SearchIndex.Entry {
        SearchIndex.Entry(
            kind: SearchIndex.person, id: person, name: name, content: VietnameseText.searchKey(of: name),
            territory: territory)
    }
}
