import Core
import Database
import Home
import Organisation
import People

/// A handover in an invented area: drawn up with what is open that day, and carried out by the commune on the
/// successor's first day. Giver and receiver are invented and have no account of the cast.
enum DemonstrationHandover {
    /// The handover between being drawn up and carried out.
    private final class Drawn {
        var id: ID?
    }

    static func happenings(
        _ handed: DemonstrationPracticeYear.Handed, _ story: DemonstrationFiles
    ) throws -> [DemonstrationHappening] {
        let drawn = Drawn()
        let (file, area) = (DemonstrationPractices.file, handed.area)
        guard let commune = story.areas.first(where: { $0.key == area })?.commune else {
            throw DemonstrationFault(file: file, key: area, problem: "no such area")
        }
        return [
            try DemonstrationHappening(handed.drawn, Evening.clock(area, 20), file, area) { scene in
                drawn.id = try await draw(handed, scene)
            },
            try DemonstrationHappening(handed.day, Morning.clock(area, 15), file, area) { scene in
                guard let id = drawn.id,
                    let officer = try scene.holder(of: [.cultureOfficer, .communeFrontChair], over: commune)
                else { throw DemonstrationFault(file: file, key: area, problem: "nobody carries it out") }
                try await scene.database.unattended(.seed) { tx in
                    let handover = try HandoverStore.handover(id, unattended: tx)
                    _ = try HandoverStore.complete(handover, by: officer.person, isInvented: true, tx)
                    return Receipt(id: id)
                }
            },
        ]
    }

    private static func draw(
        _ handed: DemonstrationPracticeYear.Handed, _ scene: DemonstrationScene
    ) async throws -> ID {
        let area = try scene.unit(handed.area)
        let organisation = try scene.body(handed.organisation)
        let ids = scene.database.world.ids
        let (giver, receiver, role) = (ids.next(), ids.next(), ids.next())
        let today = scene.database.world.clock.today()
        let told = try await scene.database.unattended(.seed) { tx in
            try PeopleStore.addPerson(giver, name: handed.giver, isInvented: true, tx)
            try PeopleStore.addRole(
                role, person: giver, role: handed.role, organisation: organisation, territory: area, from: handed.from,
                tx)
            try PeopleStore.addPerson(receiver, name: handed.receiver, isInvented: true, tx)
            let titles = try OrganisationStore.titles(of: area, tx)
            guard let title = titles.first else { throw NotFound() }
            let office = HandoverOffice(
                id: role, version: 1, role: handed.role, holder: PersonName(id: giver, name: handed.giver),
                organisation: PersonName(id: organisation, name: ""), territory: title,
                above: titles.dropFirst().first, from: handed.from, until: nil)
            let id = try HandoverStore.draw(
                NewHandover(
                    office: office, receiver: PersonName(id: receiver, name: handed.receiver),
                    receiverName: handed.receiver, receiverBirthYear: nil, day: handed.day, papers: handed.papers,
                    money: handed.money, keys: handed.keys, remarks: handed.remarks,
                    openWork: try HomeFeature.openWork(of: office, today: today, now: tx.now, tx)), by: giver, tx)
            return Receipt(id: id)
        }
        guard let id = told.receipt.id else { throw NotFound() }
        return id
    }
}
