import Ballots
import Core
import Criteria

extension Recognition {
    /// What households answered to one topic of their ballot, beside what area, commune and panel say of it.
    package struct TopicAnswer: Sendable, Equatable {
        /// The topic's code on the question set.
        package let topic: String
        package let satisfied: Int
        package let unsatisfied: Int
        package let noOpinion: Int
        /// Fewer are satisfied than the title asks of the overall question: the residents see it otherwise.
        package let isLow: Bool

        package init(_ line: Ballots.Tally.Line, needed: Criteria.Share) {
            topic = line.code
            satisfied = line.satisfied
            unsatisfied = line.unsatisfied
            noOpinion = line.noOpinion
            isLow = !needed.isReached(by: satisfied, of: satisfied + unsatisfied + noOpinion)
        }

        /// Slips that answer it.
        package var valid: Int { satisfied + unsatisfied + noOpinion }

        /// Satisfied, of the valid slips, in thousandths of a percent; nil without slips.
        package var share: Quantity? { Quantity.percent(satisfied, of: valid) }
    }

    /// The answers to a ballot's topics, laid beside the indicators they are about.
    package struct TopicAnswers: Sendable, Equatable {
        /// In the order of the slip. Empty where no topic was asked about, the count does not stand, or so few slips
        /// are valid that answers could be guessed (people.md, rule 5).
        package let all: [TopicAnswer]

        package init(_ ballot: Ballot?, needed: Criteria.Share) {
            guard let ballot, ballot.showsCounts, let result = ballot.result else {
                all = []
                return
            }
            all = result.topics.map { TopicAnswer($0, needed: needed) }
        }

        /// The answer that is about an indicator. A topic is about what has its code: the indicator itself, else its
        /// criterion, else its group; the nearest one counts.
        package func about(_ indicator: String, in set: CriteriaSet) -> TopicAnswer? {
            for code in Self.places(of: indicator, in: set) {
                if let found = all.first(where: { $0.topic == code }) { return found }
            }
            return nil
        }

        /// Topics that are about no indicator of the set by their code: a question of its own.
        package func apart(from indicators: [String], in set: CriteriaSet) -> [TopicAnswer] {
            let placed = Set(indicators.compactMap { about($0, in: set)?.topic })
            return all.filter { !placed.contains($0.topic) }
        }

        private static func places(of indicator: String, in set: CriteriaSet) -> [String] {
            guard let group = set.standards.first(where: { $0.allIndicators.contains { $0.code == indicator } }) else {
                return [indicator]
            }
            let criterion = group.criteria.first { $0.indicators.contains { $0.code == indicator } }
            return [indicator, criterion?.code, group.code].compactMap { $0 }
        }
    }
}
