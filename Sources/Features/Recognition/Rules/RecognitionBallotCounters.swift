import Core

extension Recognition {
    /// The names on the minutes of a count: residents mostly, without an account. Names are compared without marks and
    /// however they are written, as they stand on paper; of two people with one name the year of birth stands beside it.
    ///
    /// Basis: journey 3 (three named people count); separation of duties: who wrote the self-assessment does not count.
    enum BallotCounters {
        /// What is wrong with the names, each beside its field.
        ///
        /// - Parameter writers: the names of those who wrote the self-assessment.
        static func refusals(_ names: [String], writers: [String]) -> [Refusal] {
            let barred = Set(writers.map(VietnameseText.folded))
            var seen: Set<String> = []
            return (0..<Terms.counters).compactMap { index in
                let name = index < names.count ? names[index] : ""
                let key = VietnameseText.folded(name)
                func refusal(_ word: String) -> Refusal {
                    Refusal(
                        .invalid, "recognition.ballot.refusal.\(word)", field: "counter\(index + 1)",
                        word == "counters" ? [:] : ["name": VietnameseText.tidied(name)])
                }
                guard key.contains(where: \.isLetter) else { return refusal("counters") }
                guard seen.insert(key).inserted else { return refusal("counterTwice") }
                return barred.contains(key) ? refusal("counterWrote") : nil
            }
        }

        /// What is wrong with the name of who brought the box.
        ///
        /// - Parameter committee: the names of the area's Front Work Committee.
        static func refusals(ofFetching name: String, committee: [String]) -> [Refusal] {
            let key = VietnameseText.folded(name)
            guard key.contains(where: \.isLetter) else {
                return [Refusal(.invalid, "recognition.ballot.refusal.fetchedBy", field: "fetchedBy")]
            }
            guard committee.map(VietnameseText.folded).contains(key) else { return [] }
            return [
                Refusal(
                    .invalid, "recognition.ballot.refusal.fetchedByCommittee", field: "fetchedBy",
                    ["name": VietnameseText.tidied(name)])
            ]
        }
    }
}
