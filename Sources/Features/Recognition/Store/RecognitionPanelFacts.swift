import Core
import Database

extension RecognitionStore {
    /// What the stages before the submission left behind, by dossier.
    static func preceding(
        of dossiers: [Recognition.Dossier], on day: Day, _ reader: any Reader
    ) throws -> [ID: Recognition.Preceding] {
        var found: [ID: Recognition.Preceding] = [:]
        for dossier in dossiers {
            guard let posting = try posting(of: dossier.id, reader) else { continue }
            found[dossier.id] = Recognition.Preceding(
                isPostingOver: posting.days.isOver(on: day), isBallotFixed: posting.ballot.stage == .fixed,
                ballot: Recognition.PanelBallot(posting.ballot))
        }
        return found
    }
}
