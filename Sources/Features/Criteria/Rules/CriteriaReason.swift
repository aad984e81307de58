import Core

extension Criteria {
    /// A reason why a dossier does not pass. Words under `criteria.reason.…`.
    package enum Reason: Hashable, Sendable {
        /// The set has no such title.
        case unknownTitle(String)
        case missing([String])
        case requiredUnmet([String])
        case belowFloor(group: String, points: Int, needed: Int)
        case belowMinimum(points: Int, needed: Int)
        /// The minimum differs by area class, and there is none for this one.
        case noMinimum
    }
}

extension Criteria.Reason {
    /// The words' key: `criteria.reason.…`.
    package var words: String {
        let name =
            switch self {
            case .unknownTitle: "unknownTitle"
            case .missing: "missing"
            case .requiredUnmet: "requiredUnmet"
            case .belowFloor: "belowFloor"
            case .belowMinimum: "belowMinimum"
            case .noMinimum: "noMinimum"
            }
        return "criteria.reason." + name
    }

    /// What fills the places of the words; numbers as the language writes them.
    package func arguments(in language: Language) -> [String: String] {
        switch self {
        case .unknownTitle(let title): ["title": title]
        case .missing(let codes), .requiredUnmet(let codes): ["codes": codes.joined(separator: ", ")]
        case .belowFloor(let group, let points, let needed):
            ["group": group, "points": text(points, language), "needed": text(needed, language)]
        case .belowMinimum(let points, let needed):
            ["points": text(points, language), "needed": text(needed, language)]
        case .noMinimum: [:]
        }
    }

    private func text(_ hundredths: Int, _ language: Language) -> String {
        Quantity(thousandths: Int64(hundredths) * 10).text(in: language)
    }
}
