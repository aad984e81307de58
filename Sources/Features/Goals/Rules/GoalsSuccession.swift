import Core

extension Goals {
    /// A title of a unit that another one may follow.
    package struct StandingTitle: Sendable, Equatable {
        package let id: ID
        package let title: UnitTitle
        /// What two records of the same title share, see `UnitTitle.key`.
        package let key: String
        package let name: String
        package let document: Document
        package let from: Day
        /// The first day without, by its term or by what ended it; nil while nothing does.
        package let over: Day?
        package let revision: Int

        package init(
            id: ID, title: UnitTitle, key: String, name: String, document: Document, from: Day, over: Day?,
            revision: Int
        ) {
            self.id = id
            self.title = title
            self.key = key
            self.name = name
            self.document = document
            self.from = from
            self.over = over
            self.revision = revision
        }
    }

    /// What entering a title does to those the unit holds: a commune that was "advanced" and becomes "model" is not both,
    /// and a title recognised anew does not stand beside the former one. Who enters it says whether that is so.
    package struct Succession: Sendable, Equatable {
        /// One title that ends, and why.
        package struct Step: Sendable, Equatable {
            package let title: StandingTitle
            package let why: Ending
        }

        /// The day the new one begins.
        package let from: Day
        /// Titles held on that day, which it ends.
        package let ended: [Step]
        /// The title entered before that ends the new one: what is entered is of former times.
        package let endedBy: Step?

        package var isEmpty: Bool { ended.isEmpty && endedBy == nil }
        /// The same title, held on the day: it cannot be entered beside it.
        package var renewed: StandingTitle? { ended.first { $0.why == .renewed }?.title }

        /// From when the same title is held, where that keeps the new one from being entered: from the same day, or beside
        /// it.
        ///
        /// - Parameter isEnding: what whoever enters it said of the one that stands; nil when they were not asked yet.
        package func held(_ isEnding: Bool?) -> Day? {
            guard let renewed, renewed.from == from || isEnding == false else { return nil }
            return renewed.from
        }

        /// What is asked of who did not say whether the one ends with the other; nil where nothing follows anything.
        package var question: Refusal? {
            guard let step = ended.first ?? endedBy, step.title.from != from || step.why != .renewed else { return nil }
            let key = ended.isEmpty ? "former" : step.why.rawValue
            return Refusal(
                .invalid, "goals.refusal.follows.\(key)", field: "ends",
                [
                    "titles": (ended.isEmpty ? [step] : ended).map(\.title.name).joined(separator: ", "),
                    "from": step.title.from.isoText,
                ])
        }

        /// - Parameters:
        ///   - until: the first day without, by the new title's own term.
        ///   - standing: every title of the unit.
        package init(
            of title: UnitTitle, key: String, from: Day, until: Day?, among standing: [StandingTitle]
        ) {
            self.from = from
            ended = standing.compactMap { other in
                guard other.from <= from, other.over.map({ from < $0 }) ?? true else { return nil }
                return Succession.why(other.title, other.key, followedBy: title, key).map {
                    Step(title: other, why: $0)
                }
            }
            endedBy =
                standing.filter { other in other.from > from && (until.map { other.from < $0 } ?? true) }
                .sorted { ($0.from, $0.id) < ($1.from, $1.id) }
                .lazy.compactMap { other in
                    Succession.why(title, key, followedBy: other.title, other.key).map { Step(title: other, why: $0) }
                }.first
        }

        /// Why a title ends when another one begins; nil where both may stand.
        private static func why(
            _ title: UnitTitle, _ key: String, followedBy next: UnitTitle, _ nextKey: String
        ) -> Ending? {
            if key == nextKey { return .renewed }
            guard let rung = title.rung, let above = next.rung, above > rung else { return nil }
            return .raised
        }
    }
}
