import Ballots
import Core

extension Recognition {
    /// One figure of a count. The raw value is the form's field.
    package enum BallotFigure: String, Sendable, CaseIterable, Codable {
        case returned, valid, satisfied, unsatisfied, noOpinion, topics, counters, fetchedBy
    }

    /// What three persons counted out of the box (phiếu lấy ý kiến hộ gia đình).
    package struct BallotCount: Sendable, Equatable {
        /// Slips that came back.
        package let returned: Int
        package let valid: Int
        package let satisfied: Int
        package let unsatisfied: Int
        package let noOpinion: Int
        /// The names of those who counted.
        package let counters: [String]
        /// Who brought the box from the households, nobody of the area's Front Work Committee (docs/people.md, rule 5).
        package let fetchedBy: String
        /// What was said to each topic of the question set besides the overall question; often nothing.
        package let topics: [Ballots.Tally.Line]

        package init(
            returned: Int, valid: Int, satisfied: Int, unsatisfied: Int, noOpinion: Int, counters: [String],
            fetchedBy: String = "", topics: [Ballots.Tally.Line] = []
        ) {
            self.topics = topics
            self.fetchedBy = fetchedBy
            self.returned = returned
            self.valid = valid
            self.satisfied = satisfied
            self.unsatisfied = unsatisfied
            self.noOpinion = noOpinion
            self.counters = counters
        }

        /// Why these figures cannot be right, all at once.
        ///
        /// - Parameters:
        ///   - writers: the names of those who wrote the self-assessment, who do not count.
        ///   - committee: the names of the area's Front Work Committee, who do not bring the box.
        package func refusal(handedOut: Int, writers: [String] = [], committee: [String] = []) -> Refusal? {
            var refusals: [Refusal] = []
            if returned > handedOut {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.ballot.refusal.returned", field: "returned",
                        ["returned": "\(returned)", "handedOut": "\(handedOut)"]))
            }
            if valid > returned {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.ballot.refusal.valid", field: "valid",
                        ["valid": "\(valid)", "returned": "\(returned)"]))
            }
            if satisfied + unsatisfied + noOpinion != valid {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.ballot.refusal.sum", field: "satisfied",
                        ["sum": "\(satisfied + unsatisfied + noOpinion)", "valid": "\(valid)"]))
            }
            for topic in topics where topic.satisfied + topic.unsatisfied + topic.noOpinion != valid {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.ballot.refusal.sum", field: "topic.\(topic.code)-satisfied",
                        [
                            "sum": "\(topic.satisfied + topic.unsatisfied + topic.noOpinion)", "valid": "\(valid)",
                        ]))
            }
            return Refusal.of(
                refusals + BallotCounters.refusals(counters, writers: writers)
                    + BallotCounters.refusals(ofFetching: fetchedBy, committee: committee))
        }

        /// The figures in which two counts differ. Names are the same however they are typed and in any order.
        package func differing(from other: BallotCount) -> [BallotFigure] {
            BallotFigure.allCases.filter { figure in
                guard figure != .counters else {
                    return Set(counters.map(VietnameseText.nameKey)) != Set(other.counters.map(VietnameseText.nameKey))
                }
                if figure == .topics { return topics != other.topics }
                if figure == .fetchedBy {
                    return VietnameseText.nameKey(fetchedBy) != VietnameseText.nameKey(other.fetchedBy)
                }
                return self[figure] != other[figure]
            }
        }

        /// The overall question and the topics as a tally.
        package var tally: Ballots.Tally {
            let overall = Ballots.Tally.Line(
                code: Ballots.Question.overall, satisfied: satisfied, unsatisfied: unsatisfied, noOpinion: noOpinion)
            return Ballots.Tally(valid: valid, lines: [overall] + topics)
        }

        package subscript(figure: BallotFigure) -> Int {
            switch figure {
            case .returned: returned
            case .valid: valid
            case .satisfied: satisfied
            case .unsatisfied: unsatisfied
            case .noOpinion: noOpinion
            case .counters: counters.count
            case .fetchedBy: fetchedBy.isEmpty ? 0 : 1
            case .topics: topics.reduce(0) { $0 + $1.satisfied }
            }
        }
    }

    /// One of the two entries of a count.
    package struct BallotEntry: Sendable, Equatable {
        /// 1 or 2.
        package let place: Int
        /// Counts the savings of this entry, from 1.
        package let version: Int
        package let person: ID?
        package let name: String?
        package let at: Instant
        package let count: BallotCount

        package init(place: Int, version: Int, person: ID?, name: String?, at: Instant, count: BallotCount) {
            self.place = place
            self.version = version
            self.person = person
            self.name = name
            self.at = at
            self.count = count
        }
    }

    /// The household ballot of one posting: slips on paper with the two entries of their count, and beside them, where
    /// the commune opened it, the box of answers by code. Both are one question set, and each household has one slip.
    package struct Ballot: Sendable, Equatable {
        /// Of the area when it was posted.
        package let households: Int
        /// Slips on paper; nil while nobody wrote down how many went out, or none did.
        package let paper: Int?
        /// The last saving of each place.
        package let entries: [BallotEntry]
        /// Nil where nobody opened answering by code.
        package let box: Ballots.Box?

        /// - Parameter handedOut: on paper.
        package init(households: Int, handedOut: Int?, entries: [BallotEntry], box: Ballots.Box? = nil) {
            self.households = households
            paper = handedOut
            self.entries = entries
            self.box = box
        }

        /// Slips that went out on paper and with codes; nil while none did.
        package var handedOut: Int? {
            guard let box else { return paper }
            return (paper ?? 0) + box.codes.households
        }

        /// How far the household ballot and its two counts have come.
        package enum Stage: String, Sendable, CaseIterable, Codable {
            /// Slips have not gone out.
            case prepared
            /// Slips are out; nobody entered a count.
            case open
            /// One entry is in; the second does not see it.
            case once
            /// Both are in and differ.
            case differing
            /// The paper is counted, or there is none; the box of answers by code is not closed.
            case box
            /// Both entries are the same, and the box is closed: the result stands.
            case fixed
        }

        package var stage: Stage {
            guard paper != nil || box != nil else { return .prepared }
            let isCounted = paper == nil || entries.count > 1 && differing.isEmpty
            switch entries.count {
            case 0 where paper != nil: return .open
            case 1: return .once
            case 2 where !isCounted: return .differing
            default: return box?.isClosed ?? true ? .fixed : .box
            }
        }

        /// The paper's count stands, whatever the box does.
        package var isPaperCounted: Bool { paper != nil && entries.count > 1 && differing.isEmpty }

        /// The figures in which the two entries differ.
        package var differing: [BallotFigure] {
            guard entries.count > 1 else { return [] }
            return entries[0].count.differing(from: entries[1].count)
        }

        /// What both entries agree on and what was in the box, together.
        package var result: BallotCount? {
            guard stage == .fixed else { return nil }
            let counted = paper == nil ? nil : entries.first?.count
            guard let box, let tally = box.tally else { return counted }
            let whole = counted.map { $0.tally + tally } ?? tally
            return BallotCount(
                returned: (counted?.returned ?? 0) + box.codes.burnt, valid: whole.valid,
                satisfied: whole.overall.satisfied, unsatisfied: whole.overall.unsatisfied,
                noOpinion: whole.overall.noOpinion, counters: counted?.counters ?? [],
                fetchedBy: counted?.fetchedBy ?? "", topics: Array(whole.lines.dropFirst()))
        }

        /// Which of the two entries this person makes or mends; why there is none for them.
        ///
        /// - Parameter hands: everybody whose hands are theirs: whoever stood in for them, and for whom they stood in.
        ///   Of two such people only one enters, or both entries would come out of one office.
        package func place(for person: ID?, hands: [ID]) throws(Refusal) -> Int {
            if stage == .fixed || isPaperCounted { throw Refusal(.conflict, "recognition.ballot.refusal.fixed") }
            guard paper != nil else { throw Refusal(.conflict, "recognition.ballot.refusal.notHandedOut") }
            if let own = entries.first(where: { $0.person == person && person != nil }) {
                return own.place
            }
            guard entries.count < 2 else { throw Refusal(.forbidden, "recognition.ballot.refusal.twoAlready") }
            guard !entries.contains(where: { $0.person.map(hands.contains) ?? false }) else {
                throw Refusal(.forbidden, "recognition.ballot.refusal.sameHands")
            }
            return entries.first?.place == 1 ? 2 : 1
        }

        /// Why so many slips cannot have gone out.
        package func refusal(ofHandingOut slips: Int) -> Refusal? {
            if !entries.isEmpty { return Refusal(.conflict, "recognition.ballot.refusal.countedAlready") }
            guard slips > households else {
                guard let box else { return nil }
                return Ballots.Allowance(
                    households: households, paper: slips, codes: max(box.codes.households, box.codes.burnt),
                    spares: box.codes.spares
                ).refusal(ofPaper: slips)
            }
            return Refusal(
                .invalid, "recognition.ballot.refusal.tooManySlips", field: "slips",
                ["slips": "\(slips)", "households": "\(households)"])
        }

        /// Whether enough slips came back, of all households.
        package func isAnswered(by terms: Terms) -> Bool {
            result.map { terms.response.isReached(by: $0.returned, of: households) } ?? false
        }

        /// Whether enough of the valid slips are satisfied.
        package func isSatisfied(by terms: Terms) -> Bool {
            result.map { terms.satisfied.isReached(by: $0.satisfied, of: $0.valid) } ?? false
        }

        package func passes(by terms: Terms) -> Bool { isAnswered(by: terms) && isSatisfied(by: terms) }
    }

    /// What stands between a posted dossier and its submission.
    package enum Readiness {
        /// - Parameter unanswered: comments that were let through and have no answer.
        package static func refusal(
            posting: PostingDays?, unanswered: Int, ballot: Ballot?, by terms: Terms, on today: Day, language: Language
        ) -> Refusal? {
            guard let posting, let ballot else { return Refusal(.conflict, "recognition.ballot.refusal.notPosted") }
            var refusals: [Refusal] = []
            if !posting.isOver(on: today) {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.posting.refusal.running",
                        ["last": language.format.day(posting.last)]))
            }
            if unanswered > 0 {
                refusals.append(
                    Refusal(.invalid, "recognition.posting.refusal.unanswered", ["count": "\(unanswered)"]))
            }
            if ballot.result == nil {
                refusals.append(Refusal(.invalid, "recognition.ballot.refusal.open.\(ballot.stage.rawValue)"))
            }
            return Refusal.of(refusals)
        }

        /// What the households' answer falls short of. It does not keep a dossier from being submitted: what they said
        /// stands as they said it, is shown wherever the dossier goes, and ends in a refusal by decision (0013).
        package static func shortfall(of ballot: Ballot?, by terms: Terms) -> Refusal? {
            guard let ballot, let result = ballot.result, let handedOut = ballot.handedOut else { return nil }
            if !ballot.isAnswered(by: terms) {
                return Refusal(
                    .invalid, "recognition.ballot.shortfall.fewReturned",
                    [
                        "returned": "\(result.returned)", "handedOut": "\(handedOut)",
                        "needed": "\(terms.response.needed(of: ballot.households))",
                    ])
            }
            if !ballot.isSatisfied(by: terms) {
                return Refusal(
                    .invalid, "recognition.ballot.shortfall.fewSatisfied",
                    ["needed": terms.satisfied.text.replacing("%", with: "\u{A0}%")])
            }
            return nil
        }
    }
}
