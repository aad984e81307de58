import Core

extension Recognition {
    /// A change of the number of households that a dossier is measured against, by the commune.
    package struct HouseholdsChange: Sendable, Equatable {
        /// Nil where none was recorded before.
        package let from: Int?
        package let to: Int
        package let reason: String
        package let person: String?
        package let at: Instant

        package init(from: Int?, to: Int, reason: String, person: String?, at: Instant) {
            self.from = from
            self.to = to
            self.reason = reason
            self.person = person
            self.at = at
        }
    }

    /// A ballot of the same area for the same title and year that was held before the present one.
    package struct EarlierBallot: Sendable, Equatable {
        package let days: PostingDays
        /// Nil where it ended without a result.
        package let ballot: PanelBallot?
        /// The rules it was held under.
        package let terms: Terms

        package init(days: PostingDays, ballot: PanelBallot?, terms: Terms) {
            self.days = days
            self.ballot = ballot
            self.terms = terms
        }
    }

    /// The households of an area in a year before the dossier's, where they were more than it is measured against.
    package struct HouseholdsBefore: Sendable, Equatable {
        package let year: Int
        package let households: Int
        /// What the dossier is measured against.
        package let now: Int

        package init(year: Int, households: Int, now: Int) {
            self.year = year
            self.households = households
            self.now = now
        }
    }

    /// What whoever judges a dossier should know besides its values and the result of its ballot: that the number of
    /// households was changed or shrank, and what households answered when they were asked before.
    package struct Background: Sendable, Equatable {
        /// Oldest first.
        package let changes: [HouseholdsChange]
        /// Fewer households make a quorum and a response easier, so a smaller number is told; a larger one is not.
        package let before: HouseholdsBefore?
        /// Oldest first.
        package let earlier: [EarlierBallot]

        package init(
            changes: [HouseholdsChange] = [], before: HouseholdsBefore? = nil, earlier: [EarlierBallot] = []
        ) {
            self.changes = changes
            self.before = before
            self.earlier = earlier
        }

        package static let none = Background()
    }

    /// The number of households of a dossier.
    package enum DossierHouseholds {
        /// Why the commune cannot change it now.
        ///
        /// - Parameters:
        ///   - before: nil where none is recorded.
        ///   - met: the households of the meeting that decided; nil before there was one. What it decided was decided by
        ///     enough of these.
        package static func refusal(
            ofChanging before: Int?, to after: Int, in state: State, met: Int? = nil
        ) -> Refusal? {
            guard [.assessing, .reviewing].contains(state) else {
                return Refusal(.conflict, "recognition.households.refusal.posted")
            }
            if let met {
                return Refusal(.conflict, "recognition.households.refusal.met", ["households": "\(met)"])
            }
            guard before != after else {
                return Refusal(
                    .invalid, "recognition.households.refusal.same", field: "households", ["households": "\(after)"])
            }
            return nil
        }
    }
}
