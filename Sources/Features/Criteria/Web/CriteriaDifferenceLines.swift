import Core
import Web

/// One line of a comparison: what it is about, what was and what is.
package struct CriteriaDifferenceLine: Sendable, Equatable {
    package let label: String
    /// Nil where there was nothing.
    package let old: String?
    package let new: String?

    /// Nil where both are the same to the reader.
    init?(_ label: String, _ old: String?, _ new: String?) {
        if old == new { return nil }
        self.label = label
        self.old = old
        self.new = new
    }

    var kind: Criteria.Change.Kind { old == nil ? .added : new == nil ? .removed : .changed }
}

extension CriteriaTexts {
    /// How a name was changed, in the reader's language, and in the other one where it was changed there as well.
    func names(_ label: String, _ old: Criteria.Name?, _ new: Criteria.Name?) -> [CriteriaDifferenceLine] {
        func given(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
        let isEnglish = words.language == .en
        let other = words(
            "criteria.difference.inLanguage", ["field": label, "language": field(isEnglish ? "vi" : "en")])
        let mine = CriteriaDifferenceLine(label, given(old.map(name)), given(new.map(name)))
        let theirs =
            isEnglish
            ? CriteriaDifferenceLine(other, given(old?.vi), given(new?.vi))
            : CriteriaDifferenceLine(other, given(old?.en), given(new?.en))
        // A thing that came or went is named once, and so is one that has no name in this language.
        let isSaid = old == nil || new == nil || (mine?.old == theirs?.old && mine?.new == theirs?.new)
        return [mine, isSaid ? nil : theirs].compactMap { $0 }
    }

    /// Whatever of two lists stands in one only: "Căn cứ", before and after.
    func list(_ label: String, _ old: [String], _ new: [String]) -> CriteriaDifferenceLine? {
        func only(_ one: [String], _ other: [String]) -> String? {
            let left = one.filter { !other.contains($0) }
            return left.isEmpty ? nil : left.joined(separator: "; ")
        }
        return CriteriaDifferenceLine(label, only(old, new), only(new, old))
    }

    /// What differs of the way to a title: shares, quorum, term, days, deadlines, the panel.
    package func way(from old: CriteriaWay, to new: CriteriaWay, _ names: CriteriaNames) -> [CriteriaDifferenceLine] {
        var lines: [CriteriaDifferenceLine] = []
        func add(_ parts: [String], _ old: String?, _ new: String?) {
            if let line = CriteriaDifferenceLine(parts.joined(separator: " · "), old, new) { lines.append(line) }
        }
        func titles(_ way: CriteriaWay) -> [String] { (way.ballot?.satisfied ?? [:]).keys.sorted() }
        let ballot = field("ballot")
        add(
            [ballot, field("minimumResponse")], old.ballot.map { share($0.response) },
            new.ballot.map { share($0.response) })
        for title in titles(new) + titles(old).filter({ !titles(new).contains($0) }) {
            add(
                [ballot, field("minimumSatisfied"), names.said(title, words) ?? title],
                old.ballot?.satisfied[title].map(share), new.ballot?.satisfied[title].map(share))
        }
        let before = old.ballot?.topics ?? []
        let after = new.ballot?.topics ?? []
        for topic in after {
            let same = before.first { $0.code == topic.code }
            lines += self.names("\(ballot) · \(field("topics"))", same?.name, topic.name)
        }
        for topic in before where !after.contains(where: { $0.code == topic.code }) {
            lines += self.names("\(ballot) · \(field("topics"))", topic.name, nil)
        }
        let meeting = field("meeting")
        add([meeting, field("quorum")], old.meeting.map { share($0.quorum) }, new.meeting.map { share($0.quorum) })
        add([meeting, field("carried")], old.meeting.map { share($0.carried) }, new.meeting.map { share($0.carried) })
        func count(_ count: Int?, _ unit: Criteria.Measure) -> String? {
            count.map { quantity(Quantity(thousandths: Int64($0) * 1000), unit) }
        }
        add([field("term")], count(old.term?.years, .year), count(new.term?.years, .year))
        add([field("recheckMonths")], count(old.term?.recheckMonths, .month), count(new.term?.recheckMonths, .month))
        for milestone in Criteria.Procedure.Milestone.allCases {
            add(
                [field(milestone.rawValue)], old.procedure?.days[milestone].map(yearDay),
                new.procedure?.days[milestone].map(yearDay))
        }
        let none = Criteria.Procedure()
        for (one, other) in zip((old.procedure ?? none).terms, (new.procedure ?? none).terms) {
            add([field(one.name)], one.deadline.map(deadline), other.deadline.map(deadline))
        }
        add(
            [field("panelMembers")], count(old.procedure?.panelMembers, .person),
            count(new.procedure?.panelMembers, .person))
        return lines
    }
}

/// The rules of the way to a title, of a set or of rules of recognition.
package struct CriteriaWay: Equatable, Sendable {
    let ballot: Criteria.BallotRule?
    let meeting: Criteria.MeetingRule?
    let term: Criteria.Term?
    let procedure: Criteria.Procedure?

    package init(_ set: CriteriaSet) {
        (ballot, meeting, term, procedure) = (set.ballot, set.meeting, set.term, set.procedure)
    }

    package init(_ rules: CriteriaRules) {
        (ballot, meeting, term, procedure) = (rules.ballot, rules.meeting, rules.term, rules.procedure)
    }
}
