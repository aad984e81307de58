import Core

extension Goals {
    /// A title of a unit that another one may follow.
    package struct StandingTitle: Sendable, Equatable {
        /// How the register says that it ended. A term that ran out is none.
        package struct Ended: Sendable, Equatable {
            /// The first day without.
            package let on: Day
            package let why: Ending
            package let document: String?

            package init(on: Day, why: Ending, document: String?) {
                self.on = on
                self.why = why
                self.document = document
            }
        }

        package let id: ID
        package let title: UnitTitle
        /// What two records of the same title share, see `UnitTitle.key`.
        package let key: String
        package let name: String
        package let document: Document
        package let from: Day
        /// The first day without, by its term or by what ended it; nil while nothing does.
        package let over: Day?
        /// Nil while nothing ended it but its term.
        package let ended: Ended?
        package let revision: Int

        package init(
            id: ID, title: UnitTitle, key: String, name: String, document: Document, from: Day, over: Day?,
            ended: Ended? = nil, revision: Int
        ) {
            self.id = id
            self.title = title
            self.key = key
            self.name = name
            self.document = document
            self.from = from
            self.over = over
            self.ended = ended
            self.revision = revision
        }

        /// Whether it is still there on a day.
        package func holds(on day: Day) -> Bool { from <= day && (over.map { day < $0 } ?? true) }

        /// Why it ends when another one begins; nil where both may stand.
        func why(followedBy next: UnitTitle, _ nextKey: String) -> Ending? {
            Self.why(title, key, followedBy: next, nextKey)
        }

        static func why(
            _ title: UnitTitle, _ key: String, followedBy next: UnitTitle, _ nextKey: String
        ) -> Ending? {
            if key == nextKey { return .renewed }
            guard let rung = title.rung, let above = next.rung, above > rung else { return nil }
            return .raised
        }

        /// What ended it by a decision of its own, not by a title of the register that began on that day: it was there
        /// until then, whatever else the unit held.
        func ownEnding(among standing: [StandingTitle]) -> Ended? {
            guard let ended else { return nil }
            let isDerived = standing.contains {
                $0.from == ended.on && why(followedBy: $0.title, $0.key) == ended.why
            }
            return isDerived ? nil : ended
        }
    }
}
