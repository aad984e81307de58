import Core
import Criteria
import Recognition
import Web

extension Rechecks.Recheck {
    /// The level that warns of this title, keeps it and takes it back: the one that granted it; the province in place of
    /// a district, of which none stands any more.
    var judgedAt: Criteria.Level { level == .commune ? .commune : .province }
}

/// The gate for what follows from a re-check: only the level that granted the title judges it, and nobody of another
/// level acts in its place, higher or lower.
extension Call where Who == Actor {
    /// The same person with the grants alone that are held at a level.
    private func seated(_ capability: Capability, at level: Criteria.Level) throws -> Actor {
        Actor(
            person: who.person, name: who.name,
            grants: try RecognitionStore.seats(of: who, for: capability, on: today, reader).filter { $0.level == level }
                .map(\.grant))
    }

    /// The same person with the grants alone that an act on this re-check may stand on.
    func judge(of recheck: Rechecks.Recheck, for capability: Capability = .warnTitles) throws -> Actor {
        try seated(capability, at: recheck.judgedAt)
    }

    func judges(_ recheck: Rechecks.Recheck) throws -> Bool {
        guard authority.allows(who, .warnTitles, recheck) else { return false }
        return authority.allows(try judge(of: recheck), .warnTitles, recheck)
    }

    /// - Throws: `.forbidden` in words of the rule where another level judges.
    func permitToJudge(_ recheck: Rechecks.Recheck) throws -> Permit<Rechecks.Recheck> {
        // Without any such office here the gate's own words say so.
        let permit = try permit(.warnTitles, recheck)
        guard try judges(recheck) else { throw Rechecks.refusalOfOtherJudge(recheck) }
        return try authority.permit(judge(of: recheck), to: permit.capability, recheck)
    }

    /// Whether this person looks on the spot. Whoever judges leaves that to the commune's others: it would bar them.
    func looks(at recheck: Rechecks.Recheck) throws -> Bool {
        guard recheck.commune != nil, authority.allows(who, .warnTitles, recheck) else { return true }
        return try !judges(recheck)
            && authority.allows(seated(.recheckTitles, at: .commune), .recheckTitles, recheck)
    }
}

extension Rechecks {
    static func refusalOfOtherJudge(_ recheck: Recheck) -> Refusal {
        Refusal(.forbidden, "rechecks.refusal.otherJudge.\(recheck.judgedAt.rawValue)")
    }
}
