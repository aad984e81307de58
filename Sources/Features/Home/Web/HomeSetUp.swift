import Core
import Criteria
import Database
import Web

/// How far a new installation is set up: what its administrator sees first, until there is something to work with.
struct HomeSetUp: Encodable, Sendable {
    let areas: Int
    let organisations: Int
    let people: Int
    /// Published criteria sets that areas can register under, and drafts that wait for it: with a draft alone, or with the
    /// frame from which a set is derived, nobody can register.
    let criteria: Int
    let drafts: Int
    /// Titles in the register; an office may have none to enter, so nothing waits for them.
    let titles: Int

    /// Enough to begin: areas, somebody besides the administrator, and something to be measured by.
    var isDone: Bool { areas > 0 && people > 1 && criteria > 0 }

    /// Nil for who does not set installations up, and once all is there. Counts of the whole installation, so there is
    /// no Sight.
    static func of(_ actor: Actor, _ reader: any Reader) throws -> HomeSetUp? {
        guard actor.grants.contains(where: { $0.role == .administrator }) else { return nil }
        let row = try reader.one(
            """
            SELECT (SELECT count(*) FROM area) AS areas, (SELECT count(*) FROM organisation) AS organisations,
                   (SELECT count(*) FROM person) AS people,
                   (SELECT count(*) FROM criteria_set WHERE status = 'draft') AS drafts,
                   (SELECT count(*) FROM title_grant) AS titles
            """)
        let state = HomeSetUp(
            areas: try row.integer("areas"), organisations: try row.integer("organisations"),
            people: try row.integer("people"), criteria: try CriteriaStore.usable(reader),
            drafts: try row.integer("drafts"), titles: try row.integer("titles"))
        return state.isDone ? nil : state
    }

    /// The steps in their order, each with how far it is.
    func rows(_ view: View) -> WebRows {
        func line(
            _ step: String, _ href: String, _ count: Int, least: Int = 1, draft: Bool = false
        ) -> WebLine {
            WebLine(
                title: view("home.setUp.\(step).title"), href: href, text: view("home.setUp.\(step).text"),
                status: count < least
                    ? (draft
                        ? WebStatus(.waiting, view("home.setUp.draft"))
                        : WebStatus(.notbegun, view("home.setUp.open")))
                    : WebStatus(.done, view("home.setUp.there", ["count": view.language.format.integer(count)])))
        }
        return WebRows(rows: [
            line("areas", "/imports/new", areas), line("organisations", "/imports/new", organisations, least: 2),
            line("people", "/people/imports/new", people, least: 2),
            line("criteria", "/criteria", criteria, draft: drafts > 0),
            line("titles", "/titles/held", titles),
        ])
    }
}
