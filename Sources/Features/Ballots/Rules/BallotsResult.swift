import Core

extension Ballots {
    /// What is frozen of a ballot once it is counted: a text that says everything it rests on, line by line, and the
    /// SHA-256 of that text, which stands on the minutes. Whoever holds both can tell whether a figure was changed.
    ///
    /// A count has few possible values, so its hash alone could be tried out. The text therefore carries a salt of
    /// sixteen bytes; as long as the counts are not shown (few slips), neither is the salt.
    package struct Frozen: Sendable, Equatable {
        package let text: String
        /// 64 hexadecimal digits.
        package let hash: String

        package init(text: String, hash: String) {
            self.text = text
            self.hash = hash
        }

        /// The hash in groups of eight, as it is read out from paper.
        package var shownHash: String {
            stride(from: 0, to: hash.count, by: 8).map { String(hash.dropFirst($0).prefix(8)) }.joined(separator: " ")
        }
    }

    /// The figures of a result in the one order they are hashed in.
    package struct ResultText: Sendable, Equatable {
        /// What the result is of: a ballot, or a posting with paper and codes.
        package let subject: ID
        package let households: Int
        package let paperOut: Int
        package let codesOut: Int
        package let sparesOut: Int
        package let paperBack: Int
        package let codesBack: Int
        /// Sealed answers that could not be opened: nobody but a meddler makes such.
        package let spoilt: Int
        package let tally: Tally

        package init(
            subject: ID, households: Int, paperOut: Int, codesOut: Int, sparesOut: Int, paperBack: Int, codesBack: Int,
            spoilt: Int, tally: Tally
        ) {
            self.subject = subject
            self.households = households
            self.paperOut = paperOut
            self.codesOut = codesOut
            self.sparesOut = sparesOut
            self.paperBack = paperBack
            self.codesBack = codesBack
            self.spoilt = spoilt
            self.tally = tally
        }

        /// - Parameter salt: 32 hexadecimal digits.
        package func text(salt: String) -> String {
            var lines = [
                "kieumau ballot result 1", "subject \(subject)", "households \(households)",
                "out paper \(paperOut) codes \(codesOut) spares \(sparesOut)",
                "back paper \(paperBack) codes \(codesBack) spoilt \(spoilt)", "valid \(tally.valid)",
            ]
            lines += tally.lines.map {
                "\($0.code) satisfied \($0.satisfied) unsatisfied \($0.unsatisfied) none \($0.noOpinion)"
            }
            return (lines + ["salt \(salt)"]).joined(separator: "\n") + "\n"
        }

        /// The salt of a frozen text; nil when it has none.
        package static func salt(in text: String) -> String? {
            text.split(separator: "\n").last { $0.hasPrefix("salt ") }.map { String($0.dropFirst(5)) }
        }
    }
}
