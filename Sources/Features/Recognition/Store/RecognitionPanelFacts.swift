import Core
import Database

extension RecognitionStore {
    /// What the stages before the submission left behind, by dossier.
    static func preceding(
        of dossiers: [Recognition.Dossier], on day: Day, _ reader: any Reader
    ) throws -> [ID: Recognition.Preceding] {
        let backgrounds = try backgrounds(of: dossiers, reader)
        var found: [ID: Recognition.Preceding] = [:]
        for dossier in dossiers {
            guard let posting = try posting(of: dossier.id, reader) else { continue }
            found[dossier.id] = Recognition.Preceding(
                isPostingOver: posting.days.isOver(on: day), isBallotFixed: posting.ballot.stage == .fixed,
                ballot: Recognition.PanelBallot(posting.ballot), background: backgrounds[dossier.id] ?? .none)
        }
        return found
    }
}

extension Recognition {
    /// The household ballot as everybody may read it.
    package struct PublicBallot: Sendable {
        package let households: Int
        package let handedOut: Int
        /// Nil with so few valid slips that answers could be guessed (people.md 5): then only whether it passed.
        package let count: BallotCount?
        package let passes: Bool

        package init(households: Int, handedOut: Int, count: BallotCount?, passes: Bool) {
            self.households = households
            self.handedOut = handedOut
            self.count = count
            self.passes = passes
        }
    }
}

extension RecognitionStore {
    /// The ballot behind a recognised title; nil where the title rests on no dossier, or the count is not fixed. Names
    /// of those who counted are left out.
    package static func publicBallot(
        of title: Recognition.HeldTitle, _ reader: any Reader
    ) throws -> Recognition.PublicBallot? {
        guard let id = title.dossier else { return nil }
        let dossier = try dossier(id, unattended: reader)
        guard dossier.state == .recognised, let ballot = try posting(of: id, reader)?.ballot,
            let result = ballot.result, let handedOut = ballot.handedOut
        else { return nil }
        return Recognition.PublicBallot(
            households: ballot.households, handedOut: handedOut,
            count: ballot.showsCounts
                ? Recognition.BallotCount(
                    returned: result.returned, valid: result.valid, satisfied: result.satisfied,
                    unsatisfied: result.unsatisfied, noOpinion: result.noOpinion, counters: []) : nil,
            passes: ballot.passes(by: try terms(of: dossier, reader)))
    }
}
