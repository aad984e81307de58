import Core
import Criteria
import Database
import Organisation
import People
import Recognition

/// Writes a `Country` into a new, migrated database, some thousand rows in a transaction, and marks it as a
/// demonstration: its people too are entered without a password.
struct CountrySeed {
    /// So many areas are written in one transaction, with their bodies and dossiers.
    private static let areasAtOnce = 1_500
    private static let begin = Day(ordinal: 20_270)  // 2025-07-01

    let database: Database
    /// One area in so many has a dossier; 0 for none.
    let dossierEvery: Int
    /// criteria.yaml of the folder Demonstration.
    let criteria: String
    let today: Day

    /// - Parameter progress: told how many areas stand.
    func write(_ country: Country, seed: UInt64, progress: (Int) -> Void) async throws {
        try await DemonstrationMark.write(day: today, to: database)
        var (country, chance, done) = (country, Chance(seed: seed &+ 1), 0)
        let root = database.world.ids.next()
        let set = try await lay(root, administrator: CountryNames.person(&chance))
        for index in 0..<country.provinceCount {
            let province = country.province(index)
            let place = CountryPlace(ids: database.world.ids)
            try await found(province, place, under: root, officer: CountryNames.person(&chance))
            var waiting: [Country.Commune] = []
            for (number, commune) in province.communes.enumerated() {
                waiting.append(commune)
                let areas = waiting.reduce(0) { $0 + $1.areas.count }
                guard areas >= CountrySeed.areasAtOnce || number == province.communes.count - 1 else { continue }
                let isFirst = number + 1 == waiting.count
                try await write(
                    waiting, place, set: set, from: done, &chance,
                    people: isFirst ? [CountryNames.person(&chance), CountryNames.person(&chance)] : [])
                done += areas
                waiting = []
                progress(done)
            }
        }
        if database.engine.kind == .postgres {
            try await database.maintenance(reason: .seed) { try $0.run("ANALYZE") }
        }
    }

    /// The country, its one criteria set and its administrator.
    private func lay(_ root: ID, administrator: String) async throws -> CountrySet {
        let ids = database.world.ids
        let (front, person, role) = (ids.next(), ids.next(), ids.next())
        let criteria = criteria
        return try await database.unattended(
            .seed,
            giving: { tx in
                try OrganisationStore.addTerritories([NewTerritory(id: root, .country, "Minh Họa", parent: nil)], tx)
                try OrganisationStore.addOrganisations(
                    [NewOrganisation(id: front, .frontCommittee, "Ủy ban Trung ương MTTQ (minh họa)", territory: root)],
                    tx)
                try CountrySeed.add(person, administrator, role, .administrator, front, root, tx)
                let id = try CriteriaStore.addPublished(criteria, for: root, tx)
                return CountrySet(id: id, set: try CriteriaStore.set(id, tx), front: front)
            })
    }

    private func found(
        _ province: Country.Province, _ place: CountryPlace, under root: ID, officer: String
    ) async throws {
        try await database.unattended(.seed) { tx in
            try OrganisationStore.addTerritories(
                [NewTerritory(id: place.province, .province, province.name, parent: root)], tx)
            let named = "MTTQ Việt Nam tỉnh \(province.name)"
            try OrganisationStore.addOrganisations(
                [
                    NewOrganisation(id: place.front, .frontCommittee, "Ủy ban \(named)", territory: place.province),
                    NewOrganisation(
                        id: place.board, .frontStandingBoard, "Ban Thường trực Ủy ban \(named)",
                        territory: place.province, parent: place.front),
                ], tx)
            try CountrySeed.add(
                tx.ids.next(), officer, tx.ids.next(), .provinceFront, place.board, place.province, tx)
            return Receipt()
        }
    }

    /// Communes with their areas and bodies, and dossiers for some, in one transaction. Of a province's first communes
    /// somebody holds office in the first one's Front and in its first area.
    private func write(
        _ communes: [Country.Commune], _ place: CountryPlace, set: CountrySet, from done: Int, _ chance: inout Chance,
        people: [String]
    ) async throws {
        let ids = database.world.ids
        let maker = CountryDossier(set: set, today: today)
        var batch = CountryBatch(ids: ids, place: place, begin: CountrySeed.begin, year: today.year)
        for commune in communes {
            batch.add(commune) { area, number in
                guard dossierEvery > 0, (done + number) % dossierEvery == 0 else { return nil }
                return maker.dossier(ids.next(), of: area, &chance)
            }
        }
        let whole = batch
        try await database.maintenance(reason: .seed) { connection in
            try connection.begin()
            do {
                try OrganisationStore.addTerritories(whole.units, connection)
                try OrganisationStore.addOrganisations(whole.bodies, connection)
                try RecognitionStore.add(whole.dossiers, ids: ids, connection)
                for (name, office) in zip(people, whole.offices) {
                    try CountrySeed.add(
                        ids.next(), name, ids.next(), office.role, office.organisation, office.territory, connection)
                }
                try connection.commit()
            } catch {
                connection.abandon()
                throw error
            }
        }
    }

    private static func add(
        _ person: ID, _ name: String, _ grant: ID, _ role: Role, _ organisation: ID, _ territory: ID,
        _ writer: any Writer
    ) throws {
        try PeopleStore.addPerson(person, name: name, isInvented: true, writer)
        try PeopleStore.addAccount(person: person, writer)
        try PeopleStore.addRole(
            grant, person: person, role: role, organisation: organisation, territory: territory, from: begin, writer)
    }
}

/// The ids of one province and its bodies.
struct CountryPlace: Sendable {
    let province: ID
    let front: ID
    let board: ID

    init(ids: IDSource) {
        province = ids.next()
        front = ids.next()
        board = ids.next()
    }
}

/// The one criteria set of the country.
struct CountrySet: Sendable {
    let id: ID
    let set: CriteriaSet
    /// The country's Front, in whose name the administrator acts.
    let front: ID
}
