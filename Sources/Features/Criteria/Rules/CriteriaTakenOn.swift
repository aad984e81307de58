import Core

extension Criteria {
    /// Criteria taken on by organisations (đoàn thể nhận tiêu chí), by a consultation that the Front leads: for all
    /// areas of a commune or for one area. Basis: directive M4.2.
    package enum TakenOn {
        /// What came of it at the end of the term.
        package enum Outcome: String, CaseIterable, Sendable, Codable { case met, partly, unmet }

        /// With fewer there was nobody to consult.
        package static let leastBodies = 2

        /// Why a consultation cannot have been so.
        ///
        /// - Parameters:
        ///   - bodies: organisations that were there.
        ///   - until: the last day of the term for which they take on criteria.
        package static func refusal(day: Day, until: Day, bodies: Int, on today: Day) -> Refusal? {
            var refusals: [Refusal] = []
            if day > today { refusals.append(Refusal(.invalid, "criteria.taken.refusal.dayAhead", field: "day")) }
            if until <= day { refusals.append(Refusal(.invalid, "criteria.taken.refusal.until", field: "until")) }
            if bodies < leastBodies {
                refusals.append(
                    Refusal(
                        .invalid, "criteria.taken.refusal.tooFew", field: "bodies", ["least": "\(leastBodies)"]))
            }
            return Refusal.of(refusals)
        }

        /// What somebody already answers for at an indicator.
        package struct Owner: Sendable, Equatable {
            package let organisation: ID
            package let name: String

            package init(_ organisation: ID, _ name: String) {
                self.organisation = organisation
                self.name = name
            }
        }

        /// Why an organisation cannot take on a criterion so. That another one has it is asked about, not forbidden:
        /// two may share what is large.
        ///
        /// - Parameters:
        ///   - owners: who has it already, for the same place or one above it.
        ///   - isShared: the person said that both answer for it.
        package static func refusal(
            _ organisation: ID, present: Set<ID>, owners: [Owner], isShared: Bool
        ) -> Refusal? {
            if !present.contains(organisation) {
                return Refusal(.invalid, "criteria.taken.refusal.absent", field: "organisation")
            }
            if owners.contains(where: { $0.organisation == organisation }) {
                return Refusal(.invalid, "criteria.taken.refusal.already", field: "code")
            }
            guard let other = owners.first, !isShared else { return nil }
            return Refusal(.invalid, "criteria.taken.refusal.owned", field: "shared", ["organisation": other.name])
        }

        /// Why nothing is taken on any more: the term of the consultation is over.
        ///
        /// - Parameter until: its last day, itself included.
        package static func refusalToTakeOn(until: Day, on today: Day, _ language: Language) -> Refusal? {
            today <= until
                ? nil : Refusal(.conflict, "criteria.taken.refusal.over", ["day": language.format.day(until)])
        }

        /// Why a review cannot be written so. Before the end it can be met already, but nobody has failed yet; and that
        /// it is written early is asked for, with the reason.
        ///
        /// - Parameters:
        ///   - isConfirmed: the person said that it is written before the end.
        ///   - why: the reason for that.
        package static func refusal(
            review outcome: Outcome, until: Day, on today: Day, isConfirmed: Bool, why: String?, _ language: Language
        ) -> Refusal? {
            guard today < until else { return nil }
            let day = ["day": language.format.day(until)]
            guard outcome == .met else {
                return Refusal(.invalid, "criteria.taken.refusal.early", field: "outcome", day)
            }
            var refusals: [Refusal] = []
            if !isConfirmed {
                refusals.append(Refusal(.invalid, "criteria.taken.refusal.confirmEarly", field: "early", day))
            }
            if why == nil { refusals.append(Refusal(.invalid, "criteria.taken.refusal.whyEarly", field: "earlyWhy")) }
            return Refusal.of(refusals)
        }

        /// Why it cannot be said any more that it was written down by mistake: what came of it is written.
        package static func refusalToUnwrite(_ outcome: Outcome?, isMistaken: Bool) -> Refusal? {
            if isMistaken { return Refusal(.conflict, "criteria.taken.refusal.mistaken") }
            return outcome == nil ? nil : Refusal(.conflict, "criteria.taken.refusal.reviewed")
        }

        /// Where in a unit somebody answers for an indicator. That one area's branch took it on leaves the others
        /// without.
        package enum Reach: Sendable, Equatable {
            case nowhere
            case partly(Int, of: Int)
            case everywhere

            /// - Parameters:
            ///   - isWhole: somebody took it on for the unit or one above it.
            ///   - areas: in how many of the unit's areas alone somebody did.
            ///   - all: the unit's areas.
            package init(isWhole: Bool, areas: Int, of all: Int) {
                if isWhole || all > 0 && areas >= all {
                    self = .everywhere
                } else {
                    self = areas > 0 ? .partly(areas, of: max(all, areas)) : .nowhere
                }
            }
        }
    }
}
