import Core

extension Ballots {
    /// What a household says to a question. Paper and the pages offer the same three.
    package enum Answer: String, Sendable, CaseIterable, Codable {
        case satisfied, unsatisfied, noOpinion

        /// One letter, so that every slip of one question set is equally long and its length says nothing.
        var letter: Character {
            switch self {
            case .satisfied: "s"
            case .unsatisfied: "u"
            case .noOpinion: "n"
            }
        }

        init?(letter: Character) {
            guard let answer = Answer.allCases.first(where: { $0.letter == letter }) else { return nil }
            self = answer
        }
    }

    /// One question. The first of a set is the overall one and has no text of its own: its words come from what the
    /// ballot is about.
    package struct Question: Codable, Sendable, Equatable {
        package static let overall = "overall"

        /// `overall`, or the topic's code.
        package let code: String
        package let vi: String
        package let en: String

        package init(code: String, vi: String, en: String = "") {
            self.code = code
            self.vi = vi
            self.en = en
        }
    }

    /// The question set of a ballot, the same on paper and on the pages. It never changes once the ballot is open.
    package struct QuestionSet: Codable, Sendable, Equatable {
        /// The overall one first.
        package let questions: [Question]

        /// - Parameter topics: asked besides, at most `mostTopics`; later ones and doubles are left out.
        package init(topics: [Question] = []) {
            var seen: Set<String> = [Question.overall]
            let own = topics.filter { seen.insert($0.code).inserted }.prefix(QuestionSet.mostTopics)
            questions = [Question(code: Question.overall, vi: "")] + own
        }

        /// More make a slip that nobody finishes.
        package static let mostTopics = 9

        package var topics: [Question] { Array(questions.dropFirst()) }

        /// What a voter marked, or which questions have no mark.
        package func slip(_ marks: [String: String]) throws(Refusal) -> Slip {
            var answers: [Answer] = []
            var missing: [Refusal] = []
            for question in questions {
                if let answer = marks[question.code].flatMap(Answer.init(rawValue:)) {
                    answers.append(answer)
                } else {
                    missing.append(Refusal(.invalid, "ballots.refusal.unmarked", field: "answer.\(question.code)"))
                }
            }
            if let refusal = Refusal.of(missing) { throw refusal }
            return Slip(answers: answers)
        }

        /// A slip as it lies in the box; nil when it is none of this set.
        package func slip(letters: String) -> Slip? {
            let answers = letters.compactMap(Answer.init(letter:))
            guard answers.count == questions.count, letters.count == questions.count else { return nil }
            return Slip(answers: answers)
        }
    }

    /// One household's answers, in the order of the questions.
    package struct Slip: Sendable, Equatable {
        package let answers: [Answer]

        package init(answers: [Answer]) { self.answers = answers }

        /// As it lies in the box: one letter a question.
        package var letters: String { String(answers.map(\.letter)) }
    }

    /// How many said what, question by question.
    package struct Tally: Sendable, Equatable, Codable {
        /// The answers to one question, each counted.
        package struct Line: Sendable, Equatable, Codable {
            package let code: String
            package var satisfied: Int
            package var unsatisfied: Int
            package var noOpinion: Int

            package init(code: String, satisfied: Int = 0, unsatisfied: Int = 0, noOpinion: Int = 0) {
                self.code = code
                self.satisfied = satisfied
                self.unsatisfied = unsatisfied
                self.noOpinion = noOpinion
            }

            mutating func add(_ answer: Answer, _ count: Int) {
                switch answer {
                case .satisfied: satisfied += count
                case .unsatisfied: unsatisfied += count
                case .noOpinion: noOpinion += count
                }
            }

            /// Both counts of one topic together.
            package static func + (left: Line, right: Line) -> Line {
                Line(
                    code: left.code, satisfied: left.satisfied + right.satisfied,
                    unsatisfied: left.unsatisfied + right.unsatisfied, noOpinion: left.noOpinion + right.noOpinion)
            }
        }

        /// Slips that answer the question set.
        package private(set) var valid: Int
        /// The overall question first.
        package private(set) var lines: [Line]

        package init(valid: Int, lines: [Line]) {
            self.valid = valid
            self.lines = lines
        }

        /// - Parameter found: each way in which slips were filled in, and how many were.
        package init(_ set: QuestionSet, _ found: [(letters: String, count: Int)]) {
            valid = 0
            lines = set.questions.map { Line(code: $0.code) }
            for (letters, count) in found {
                guard let slip = set.slip(letters: letters) else { continue }
                valid += count
                for (index, answer) in slip.answers.enumerated() { lines[index].add(answer, count) }
            }
        }

        package var overall: Line { lines.first ?? Line(code: Question.overall) }

        /// The counts of a topic; nil when nobody was asked about it.
        package func line(_ code: String) -> Line? { lines.first { $0.code == code } }

        /// Both together. A topic that only one of them was asked about stays as it is.
        package static func + (left: Tally, right: Tally) -> Tally {
            let own = left.lines.map { line in right.line(line.code).map { line + $0 } ?? line }
            let others = right.lines.filter { left.line($0.code) == nil }
            return Tally(valid: left.valid + right.valid, lines: own + others)
        }
    }

    /// With fewer valid slips answers could be guessed: only whether it passed is shown (people.md 5).
    package static let fewSlips = 20

    /// Where paper and codes are counted together, a part with fewer valid slips is kept in the sum, and the sum is not
    /// told: whoever counted the other part would have these few by subtracting.
    package static let fewOfPart = 10
}
