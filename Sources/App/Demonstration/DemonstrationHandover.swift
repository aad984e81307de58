import Core
import Database
import Home
import Organisation
import People

/// A handover in an invented area: both persons are invented and have no account of the cast.
enum DemonstrationHandover {
    static func happening(_ handed: DemonstrationPracticeYear.Handed) throws -> DemonstrationHappening {
        try DemonstrationHappening(
            handed.day, Morning.clock(handed.area, 15), DemonstrationPractices.file, handed.area
        ) { scene in
            let area = try scene.unit(handed.area)
            let organisation = try scene.body(handed.organisation)
            let (giver, receiver, role) = (
                scene.database.world.ids.next(), scene.database.world.ids.next(), scene.database.world.ids.next()
            )
            try await scene.database.unattended(.seed) { tx in
                try PeopleStore.addPerson(giver, name: handed.giver, isInvented: true, tx)
                try PeopleStore.addRole(
                    role, person: giver, role: handed.role, organisation: organisation, territory: area,
                    from: handed.from, tx)
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
                        openWork: HomeFeature.noOpenWork), by: giver, tx)
                let drawn = try HandoverStore.handover(id, unattended: tx)
                _ = try HandoverStore.complete(drawn, by: giver, isInvented: true, tx)
                return Receipt(id: id)
            }
        }
    }
}
