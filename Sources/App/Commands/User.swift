import ArgumentParser
import Core
import Database
import Organisation
import People

/// Lets the owner of the machine in: everybody else is let in by an officer, through the pages.
struct User: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "People, from the machine itself.",
        subcommands: [AddAdministrator.self, NewSlip.self, ForgetSecondSteps.self])
}

struct AddAdministrator: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add-administrator",
        abstract: "Add an administrator and print the code with which they choose a password.")

    @OptionGroup var options: SettingOptions
    @Argument(help: "Full name, as it is written in Vietnamese.") var name: String
    @Option(help: "Name to sign in with; made from the full name otherwise.") var signIn: String?

    func run() async throws {
        // Looked at before the database is opened: what makes no sense is neither kept nor turned into something else.
        guard OfficeSetUp.isName(name) else { throw stop("Ghi họ tên người quản trị, có chữ.", ExitCodes.usage) }
        if let signIn, PeopleSignInName(signIn) == nil {
            throw stop(OfficeSetUp.Fault.signIn(signIn).description, ExitCodes.usage)
        }
        let settings = try options.settings()
        let house = try await House.open(settings, log: Logs.make(settings))
        try house.refuseFailingDisk()
        let code = PeopleSlipCode(house.live.world.secrets)
        let hash = try PeoplePasswords().hash(code)
        let name = name
        let signIn = signIn
        do {
            let signInName = try await house.database.unattended(
                .commandLine,
                giving: { tx in
                    let office = try AddAdministrator.office(tx)
                    let person = tx.ids.next()
                    try PeopleStore.addPerson(person, name: name, tx)
                    let signInName = try PeopleStore.addAccount(person: person, signInName: signIn, tx)
                    try PeopleStore.addRole(
                        tx.ids.next(), person: person, role: .administrator, organisation: office.organisation,
                        territory: office.territory, from: tx.now.day, tx)
                    try PeopleStore.addSlip(tx.ids.next(), codeHash: hash, person: person, tx)
                    tx.note("administrator", to: signInName)
                    return signInName
                })
            NewSlip.report(code, for: signInName, settings)
        } catch let refusal as Refusal {
            throw stop("refused: \(refusal.key)", ExitCodes.usage)
        }
        try house.database.close()
    }

    /// Where the first administrator stands; else the country and an office that runs the installation, made when they
    /// are not there yet.
    private static func office(_ tx: Transaction) throws -> (organisation: ID, territory: ID) {
        if let row = try tx.first(
            """
            SELECT r.organisation_id, r.territory_id FROM role_assignment r
            JOIN territory t ON t.id = r.territory_id AND t.valid_until IS NULL
            WHERE r.role = \(Role.administrator.rawValue) ORDER BY r.valid_from, r.id LIMIT 1
            """)
        {
            return (try row.id("organisation_id"), try row.id("territory_id"))
        }
        if let row = try tx.first(
            """
            SELECT o.id, o.territory_id FROM organisation o JOIN territory t ON t.id = o.territory_id
            WHERE t.parent_id IS NULL AND o.kind = \(OrganisationKind.advisoryOffice.rawValue) ORDER BY o.id LIMIT 1
            """)
        {
            return (try row.id("id"), try row.id("territory_id"))
        }
        let country: ID
        if let row = try tx.first(
            "SELECT id FROM territory WHERE parent_id IS NULL AND kind = 'country' ORDER BY id LIMIT 1")
        {
            country = try row.id("id")
        } else {
            country = try OrganisationStore.addTerritory(
                NewTerritory(id: tx.ids.next(), .country, "Việt Nam", parent: nil), tx)
        }
        let office = try OrganisationStore.addOrganisation(
            NewOrganisation(id: tx.ids.next(), .advisoryOffice, "Quản trị hệ thống", territory: country), tx)
        return (office, country)
    }
}
