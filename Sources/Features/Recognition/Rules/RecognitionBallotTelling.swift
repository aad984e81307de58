import Ballots
import Core

extension Recognition.Ballot {
    /// Why no figures of a result are told, only whether it passed (docs/people.md, rule 5).
    package enum Untold: String, Sendable, CaseIterable, Codable {
        /// So few slips are valid that answers could be guessed.
        case few
        /// So few came by code, or on paper beside the codes, that whoever counted the other part reads the answers of
        /// these few as the sum less their own count.
        case part
    }

    /// Nil where the figures of the result are told, and before there is one.
    package var untold: Untold? {
        guard let result else { return nil }
        if result.valid < Recognition.Terms.fewSlips { return .few }
        let byCode = box?.tally?.valid ?? 0
        return [byCode, result.valid - byCode].contains { (1..<Ballots.fewOfPart).contains($0) } ? .part : nil
    }

    /// The figures of the result are told wherever it stands.
    package var showsCounts: Bool { result != nil && untold == nil }
}
