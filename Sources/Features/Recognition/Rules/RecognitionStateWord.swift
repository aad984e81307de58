import Criteria

extension Recognition.State {
    /// The last part of the key of its word below `recognition.state`: what a dossier waits for follows from who
    /// decides, and from whether its meeting was held.
    ///
    /// - Parameters:
    ///   - level: of the decider; nil where dossiers of several are told together.
    ///   - isReviewed: a review meeting with a quorum voted on it.
    package func word(to level: Criteria.Level?, isReviewed: Bool = false) -> String {
        switch self {
        case .reviewing where isReviewed: return "reviewed"
        case .accepted:
            guard let level else { return rawValue }
            return Recognition.Deciding.needsSubmission(level) ? "acceptedAbove" : "acceptedHere"
        default: return rawValue
        }
    }
}
