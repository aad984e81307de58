import Core
import Criteria
import Database
import Web

/// The gate for what the deciding level alone does: a permit stands only on a grant held in the name of an organisation
/// of that level.
extension Call where Who == Actor {
    func seats(_ capability: Capability) throws -> [Recognition.Seat] {
        try RecognitionStore.seats(of: who, for: capability, on: today, reader)
    }

    /// From where this person drafts or signs decisions today.
    func decidingSeats() throws -> [Recognition.Seat] { try seats(.draftDecision) + seats(.issueDecision) }

    /// The same person with the grants alone that are held at a level.
    private func actor(_ seats: [Recognition.Seat], at level: Criteria.Level) -> Actor {
        Actor(person: who.person, name: who.name, grants: seats.filter { $0.level == level }.map(\.grant))
    }

    func allows(
        _ capability: Capability, _ subject: some Governed, decidedAt level: Criteria.Level
    ) throws -> Bool {
        guard authority.allows(who, capability, subject) else { return false }
        return authority.allows(actor(try seats(capability), at: level), capability, subject)
    }

    /// - Throws: `.forbidden` in words of the rule where another level decides.
    func permit<Subject: Governed>(
        _ capability: Capability, _ subject: Subject, decidedAt level: Criteria.Level
    ) throws -> Permit<Subject> {
        let seats = try seats(capability)
        // Without any such office the gate's own words say so.
        if seats.isEmpty { return try permit(capability, subject) }
        if let refusal = Recognition.Deciding.refusal(of: level, by: seats.map(\.level)) { throw refusal }
        return try authority.permit(actor(seats, at: level), to: capability, subject)
    }
}

extension Recognition.Decision {
    /// The level whose matter this paper is. Of one that takes titles back it is the level of the body that drafted it:
    /// a district's titles are taken back by whoever stands in its place.
    var actingLevel: Criteria.Level { territory.kind.decidingLevel }
}
