import Core
import Database
import Web

/// A list whose filters a person may keep under a name.
package enum ViewedList: String, Sendable, CaseIterable, Codable {
    case areas, dossiers, people, practices, goals, rechecks, unitTitles, heldTitles, overview, surveys, targets
    /// The areas behind a figure of a title.
    case figureRows
    /// Which offices have filled in their figures.
    case offices

    package var path: String {
        switch self {
        case .areas, .dossiers, .people, .practices, .goals, .rechecks, .overview, .surveys, .targets:
            "/\(rawValue)"
        case .unitTitles: "/unit-titles"
        case .heldTitles: "/titles/held"
        case .figureRows: "/targets/rows"
        case .offices: "/offices/missing"
        }
    }
}

/// A named filter of one person on one list. Nobody else sees it; it grants nothing: opening it asks the list again.
package struct SavedView: Codable, Sendable, Equatable {
    package let id: ID
    package let list: ViewedList
    package let name: String
    /// The list's address behind the question mark.
    package let query: String

    package init(id: ID, list: ViewedList, name: String, query: String) {
        self.id = id
        self.list = list
        self.name = name
        self.query = query
    }

    package var href: String { query.isEmpty ? list.path : "\(list.path)?\(query)" }
}

/// Keeps and finds saved views.
package enum SavedViews {
    /// The most views of one person on one list.
    package static let most = 20

    /// A person’s own filters, in the order of their names.
    ///
    /// - Parameter list: of this list only; nil for all.
    package static func of(_ person: ID, on list: ViewedList? = nil, _ reader: any Reader) throws -> [SavedView] {
        let here: SQL = list.map { "AND v.list = \($0.rawValue)" } ?? .empty
        return try reader.rows(
            """
            SELECT v.id, v.list, v.name, v.query FROM saved_view v WHERE v.person_id = \(person) \(here)
            ORDER BY v.list, v.sort_key, v.id LIMIT 60
            """
        ).compactMap { row in
            guard let list = ViewedList(rawValue: try row.text("list")) else { return nil }
            return SavedView(id: try row.id("id"), list: list, name: try row.text("name"), query: try row.text("query"))
        }
    }

    /// Keeps a filter; under a name that is taken it takes the other's place.
    static func put(_ view: SavedView, of person: ID, _ tx: Transaction) throws {
        try tx.execute(
            """
            INSERT INTO saved_view (id, person_id, list, name, sort_key, query, made_at)
            VALUES (\(view.id), \(person), \(view.list.rawValue), \(view.name),
            \(VietnameseOrder.sortKey(of: view.name)), \(view.query), \(tx.now))
            ON CONFLICT (person_id, list, name) DO UPDATE SET query = \(view.query), made_at = \(tx.now)
            """)
    }

    static func remove(_ id: ID, of person: ID, _ tx: Transaction) throws {
        try tx.execute("DELETE FROM saved_view WHERE id = \(id) AND person_id = \(person)")
    }

    /// What an address may hold behind its question mark; anything else was not made by a list.
    package static func isQuery(_ text: String) -> Bool {
        text.utf8.count <= 600
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122: true
                default: "-._~%=&+/".utf8.contains(byte)
                }
            }
    }
}

extension WebViews {
    /// The bar over a list.
    ///
    /// - Parameters:
    ///   - address: the list's own address with all that narrows it, without the page.
    package static func over(_ list: ViewedList, _ views: [SavedView], address: String) -> WebViews? {
        let query = address.split(separator: "?", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
        let isKept = views.contains { $0.query == query }
        let save =
            query.isEmpty || isKept || views.count >= SavedViews.most ? nil : Save(list: list.rawValue, query: query)
        guard !views.isEmpty || save != nil else { return nil }
        return WebViews(
            links: views.map { WebFilter($0.href, $0.name, current: $0.query == query) }, save: save,
            manage: views.isEmpty ? nil : "/views")
    }
}
