import Core

extension Goals {
    /// What entering a title does to those the unit holds: a commune that was "advanced" and becomes "model" is not both,
    /// and a title recognised anew does not stand beside the former one. Who enters it says whether that is so.
    ///
    /// An ending that rests on a decision of its own is never moved: a lower title that had one stands until that day
    /// beside the higher one, and where the same title was recognised anew before, it was the new one that ended so.
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
        /// How the same title, recognised before, ended by a decision of its own later: the new one ends so.
        package let inherited: StandingTitle.Ended?

        package var isEmpty: Bool { ended.isEmpty && endedBy == nil }
        /// The same title, held on the day: it cannot be entered beside it.
        package var renewed: StandingTitle? { ended.first { $0.why == .renewed }?.title }

        /// The same title that is held, where that keeps the new one from being entered: from the same day, or beside it.
        ///
        /// - Parameter isEnding: what whoever enters it said of the one that stands; nil when they were not asked yet.
        package func held(_ isEnding: Bool?) -> StandingTitle? {
            guard let renewed, renewed.from == from || isEnding == false else { return nil }
            return renewed
        }

        /// The titles that it is asked about, and why each would end.
        private var asked: [Step] {
            guard let step = ended.first ?? endedBy, step.title.from != from || step.why != .renewed else { return [] }
            return ended.isEmpty ? [step] : ended
        }

        /// What an answer belongs to: given to one question it is none to another.
        package var mark: String { asked.map { "\($0.why.rawValue)-\($0.title.id)" }.joined(separator: " ") }

        /// What is asked of who did not say whether the one ends with the other; nil where nothing follows anything.
        package func question(on today: Day) -> Refusal? {
            guard let step = asked.first else { return nil }
            let isFormer = ended.isEmpty
            let key =
                isFormer
                ? "former"
                : inherited != nil ? "endedSince" : step.why.rawValue + (step.title.holds(on: today) ? "" : "Then")
            var arguments = [
                "titles": asked.map(\.title.name).joined(separator: ", "), "from": step.title.from.isoText,
                Succession.markName: mark,
            ]
            if let over = inherited?.on ?? step.title.over { arguments["over"] = over.isoText }
            return Refusal(.invalid, "goals.refusal.follows.\(key)", field: "ends", arguments)
        }

        /// The name under which a question carries what its answer belongs to.
        package static let markName = "follows"

        /// - Parameters:
        ///   - until: the first day without, by the new title's own term.
        ///   - standing: every title of the unit.
        package init(
            of title: UnitTitle, key: String, from: Day, until: Day?, among standing: [StandingTitle]
        ) {
            self.from = from
            let later =
                standing.filter { other in other.from > from && (until.map { other.from < $0 } ?? true) }
                .sorted { ($0.from, $0.id) < ($1.from, $1.id) }
                .lazy.compactMap { other in
                    StandingTitle.why(title, key, followedBy: other.title, other.key).map {
                        Step(title: other, why: $0)
                    }
                }.first
            var found: (ended: [Step], inherited: StandingTitle.Ended?) = ([], nil)
            for other in standing where other.holds(on: from) {
                guard let why = other.why(followedBy: title, key) else { continue }
                if let own = other.ownEnding(among: standing) {
                    guard why == .renewed, later.map({ own.on <= $0.title.from }) ?? true else { continue }
                    found.inherited = [found.inherited, own].compactMap { $0 }.min { $0.on < $1.on }
                }
                found.ended.append(Step(title: other, why: why))
            }
            (ended, inherited) = found
            endedBy = found.inherited == nil ? later : nil
        }
    }
}
