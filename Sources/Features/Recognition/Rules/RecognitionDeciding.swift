import Core
import Criteria

extension Recognition {
    /// A grant with the level of the organisation in whose name it is held: from where somebody decides.
    package struct Seat: Sendable, Equatable {
        package let grant: Grant
        package let level: Criteria.Level

        package init(_ grant: Grant, _ level: Criteria.Level) {
            self.grant = grant
            self.level = level
        }

        /// Each unit once, where several grants stand over the same.
        package static func each(_ seats: [Seat]) -> [Seat] {
            seats.enumerated().filter { index, seat in
                !seats.prefix(index).contains {
                    $0.level == seat.level && $0.grant.territory == seat.grant.territory
                }
            }.map(\.element)
        }
    }

    /// Who decides (thẩm quyền công nhận). The published rules name the deciders of a title; the one an area registered
    /// with is frozen in its dossier, and nobody of another level acts in its place, higher or lower.
    package enum Deciding {
        /// What is the deciding level's alone.
        package static let capabilities: Set<Capability> = [.formPanel, .draftDecision, .issueDecision]

        /// Why whoever acts from these levels may not do a decider's act; nil when they may.
        ///
        /// - Parameters:
        ///   - frozen: the level that the dossier was registered with.
        ///   - acting: the levels of the organisations in whose name the person acts.
        package static func refusal(
            of frozen: Criteria.Level, by acting: some Sequence<Criteria.Level>
        ) -> Refusal? {
            acting.contains(frozen)
                ? nil : Refusal(.forbidden, "recognition.refusal.otherDecider.\(frozen.rawValue)")
        }

        /// Whether a dossier goes to its decider with the commune's submission. A commune that decides itself writes to
        /// nobody: its accepted dossiers go to its own panel.
        package static func needsSubmission(_ level: Criteria.Level) -> Bool { level != .commune }

        /// The stations on the way to a decider: where no submission is written there is none to pass.
        package static func stations(to level: Criteria.Level) -> [Station] {
            Station.allCases.filter { $0 != .submission || needsSubmission(level) }
        }

        /// The station at which a dossier stands on that way.
        package static func station(of state: State, to level: Criteria.Level) -> Station {
            let station = LifeCycle.stage(state).station
            return stations(to: level).contains(station) ? station : .appraisal
        }

        /// The deciders of a title to which an area can go, the highest first: the first one is the usual one. A level
        /// of which no unit stands above the area any more (districts since July 2025) decides on nothing new; a title
        /// that names no other is not registered for.
        ///
        /// - Parameter levels: the levels of the units above the area.
        package static func deciders(
            of title: Criteria.Title, above levels: Set<Criteria.Level>
        ) -> [Criteria.Decider] {
            var found: [Criteria.Decider] = []
            for level in Criteria.Level.allCases.reversed() where levels.contains(level) {
                if let decider = title.deciders.first(where: { $0.level == level }) { found.append(decider) }
            }
            return found
        }

        /// A title and who is to decide on it, as the registration's one choice: the title's code alone for the usual
        /// decider, "outstanding@commune" for another.
        package static func choice(of title: String, at level: Criteria.Level, usual: Criteria.Level?) -> String {
            level == usual ? title : "\(title)@\(level.rawValue)"
        }

        /// What a choice says; the level is nil for the usual one.
        package static func read(_ choice: String) -> (title: String, level: String?) {
            let parts = choice.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts.first ?? ""), parts.count > 1 ? String(parts[1]) : nil)
        }
    }
}
