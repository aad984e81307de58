import Core

extension Goals {
    /// What a title entered by mistake did to the others of its unit, and how they stand without it.
    package struct Mistake: Sendable, Equatable {
        /// A title that the entry ended.
        package struct Undone: Sendable, Equatable {
            package let title: StandingTitle
            /// How it ends without the entry; nil while nothing else ends it.
            package let ended: StandingTitle.Ended?
        }

        package let undone: [Undone]

        /// - Parameter standing: every title of the unit; the mistaken one may be among them.
        package init(_ mistaken: StandingTitle, among standing: [StandingTitle]) {
            let others = standing.filter { $0.id != mistaken.id }
            let own = mistaken.ownEnding(among: others)
            let next = mistaken.ended.flatMap { ended in
                others.first {
                    own == nil && $0.from == ended.on && mistaken.why(followedBy: $0.title, $0.key) == ended.why
                }
            }
            undone = others.compactMap { other in
                guard let ended = other.ended, ended.on == mistaken.from, ended.document == mistaken.document.line,
                    ended.why == other.why(followedBy: mistaken.title, mistaken.key)
                else { return nil }
                // What followed the entry followed this one. A decision that ended the entry ended the same title,
                // recognised before; a lower one it does not touch.
                if let next, let why = other.why(followedBy: next.title, next.key) {
                    return Undone(
                        title: other,
                        ended: StandingTitle.Ended(on: next.from, why: why, document: next.document.line))
                }
                return Undone(title: other, ended: ended.why == .renewed ? own : nil)
            }
        }
    }
}

extension Goals.StandingTitle {
    /// Whether it reaches a goal: it holds on or after the day of the document that set the goal, and was not withdrawn
    /// before the goal's own day.
    package func reaches(goalSet set: Day, due: Day) -> Bool {
        if let over, over <= set { return false }
        if let ended, ended.why == .withdrawn, ended.on <= due { return false }
        return true
    }
}
