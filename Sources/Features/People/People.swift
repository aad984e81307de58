import Core
import Database
import Web

/// People (con người): who takes part, who may sign in, and what office each holds where and until when.
///
/// A person (người) is a name. An account (tài khoản) lets a person sign in; it begins with an activation slip (phiếu
/// kích hoạt) that an officer hands over, and the person then chooses a password. A role (vai trò) is an office held
/// in the name of an organisation over a territory, for a term; what each may do stands in Core's `Role`, which the
/// gate enforces and the pages here only print.
///
///   who may sign in            `Person`, `PeopleStore.addPerson`, `addAccount`, slips
///   who may do what, where     `PeopleRoleTerm`, `PeopleStore.addRole`, `endRole`, `peopleWithRole`
///   who is signed in           `PeopleSessions.lookup`, handed to the site; ends with sign-out, a closed account, a
///                              new password, or time
///   guessing                   counted per account and per source in the database (`PeopleThrottle`): slow for
///                              whoever guesses, never a lock for the person concerned
///   what is known about me     the page `/account`
///
/// Basis: OWASP ASVS 5.0 chapters 6 and 7; the mission's rule that everyone sees what is recorded about them.
package enum PeopleFeature {
    /// - Parameters:
    ///   - world: tokens, codes and salts come from its secrets.
    ///   - passwords: how costly a guess is; a test hands in a cheap one.
    ///   - address: where people reach this installation, for the activation slip; nil leaves a line to fill in.
    ///   - seal: the key of the telephones' secrets; nil takes one that ends with this process, for tests.
    ///   - references: tables of other features that point to persons; they keep an import from being taken back.
    ///   - notes: what other features tell a person about their own work, on the account page.
    ///   - moveDay: called after the demonstration's day was moved and kept; the running process's clock follows.
    package static func feature(
        world: World, passwords: PeoplePasswords = PeoplePasswords(), address: String? = nil,
        seal: PeopleSeal? = nil, references: [PeopleReference] = [], notes: [WaitingSource] = [],
        moveDay: @escaping @Sendable (Day) -> Void
    ) -> Feature {
        let door = PeopleDoor(
            passwords: passwords, secrets: world.secrets,
            seal: seal ?? PeopleSeal(key: world.secrets.bytes(PeopleSeal.keyLength)))
        let demonstration = PeopleDemonstration(secrets: world.secrets, moveDay: moveDay)
        return Feature(
            "People",
            routes: PeopleSignInRoutes.routes(door) + PeopleAccountRoutes.routes(door, notes)
                + PeopleSecurityRoutes.routes(door) + PeopleOfficeRoutes.routes + PeopleCorrectionRoutes.routes
                + PeopleImportRoutes.routes(references)
                + PeopleRoutes.routes(door, address: address)
                + PeopleRoleRoutes.routes + PeopleDemonstrationRoutes.routes(demonstration, door),
            migrations: PeopleSchema.migrations,
            navigation: [
                NavigationItem("/people", "people.navigation") { $0?.actor.holds(.manageAccounts) ?? false },
                NavigationItem("/sign-in", "people.signIn.title") { $0 == nil },
            ])
    }
}
