import Core

extension PeopleRoleLine {
    /// As anybody else sees it. A personal account is held in the name of the place: the body that asked for it may be
    /// a Party cell, and nothing here may tell who is a member of one (docs/people.md, rule 14).
    var seenByOthers: PeopleRoleLine {
        guard role == .member else { return self }
        return PeopleRoleLine(
            id: id, role: role, organisation: PersonName(id: territory.id, name: territory.name), territory: territory,
            above: above, from: from, until: until, state: state, version: version, giver: giver, helped: helped)
    }

    /// Whether the place alone says in whose name it is held.
    var isInNameOfPlace: Bool { organisation.id == territory.id }
}
