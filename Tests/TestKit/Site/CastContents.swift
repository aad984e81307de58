import App
import Core
import Database
import Documents
import Foundation
import Organisation
import People

extension TestContents {
    /// The product's schema without rows.
    package static var product: TestContents { .schema(SchemaOrder.migrations) }

    /// The product's schema with the places, organisations and people of the tests.
    package static var cast: TestContents {
        TestContents("cast", SchemaOrder.migrations) { database, _ in
            let hash = try PeoplePasswords(cost: 4).hash(Member.password, salt: database.world.secrets.bytes(16))
            try await database.unattended(.seed) { tx in
                try addPlaces(tx)
                try addBodies(tx)
                try addMembers(hash, tx)
                return Receipt()
            }
        }
    }

    /// The whole demonstration, as `seed demo` makes it: a living district and a year of records. Making it takes
    /// seconds, once; take `cast` where a story brings its own records.
    package static var demonstration: TestContents {
        let files = demonstrationFiles
        return TestContents("demonstration", SchemaOrder.migrations, files: files) { database, clock in
            try await seedDemonstration(
                into: database, files: ContentStore(root: files.path), assetsRoot: TestSite.checkout,
                clock: { clock.move(to: $0) })
        }
    }

    private static let demonstrationFiles: URL = {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "kieumau-demonstration-\(UUID().uuidString)")
        AtExit.remove(folder)
        return folder
    }()

    /// Since the communes of today stand.
    private static var begin: Day { Day(iso: "2025-07-01") ?? .first }

    private static func addPlaces(_ tx: Transaction) throws {
        try OrganisationStore.addTerritories(
            Place.allCases.map { place in
                NewTerritory(
                    id: place.id, place.designation, place.name, code: place.code, parent: place.parent?.id,
                    from: place.parent == nil || place == .lamDong ? .first : begin,
                    profile: place.size.map { size in
                        AreaProfile(
                            households: size.households, people: size.people, asOf: 2026,
                            isInvented: place.name.contains("minh họa"))
                    })
            }, tx)
    }

    private static func addBodies(_ tx: Transaction) throws {
        try OrganisationStore.addOrganisations(
            Body.allCases.map { body in
                let plan = body.plan
                return NewOrganisation(
                    id: body.id, plan.kind, plan.name, territory: plan.place.id, parent: plan.parent?.id, from: begin)
            }, tx)
    }

    private static func addMembers(_ hash: String, _ tx: Transaction) throws {
        for member in Member.allCases {
            let plan = member.plan
            try PeopleStore.addPerson(member.id, name: plan.name, isInvented: true, tx)
            try PeopleStore.addAccount(person: member.id, passwordHash: hash, tx)
            try PeopleStore.addRole(
                member.role, person: member.id, role: plan.role, organisation: plan.body.id, territory: plan.place.id,
                from: begin, tx)
            // Otherwise the first thing they would see is the page on which it is set up.
            if PeopleStore.needsSecondStep(plan.role) {
                try PeopleStore.addSecondStep(
                    Array("kieumau test secret!".utf8), of: member.id, sealedBy: TestSite.seal, now: tx.now, tx)
            }
        }
    }
}
