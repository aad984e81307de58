import Ballots
import Core
import Web

/// Closes the self-assessment.
struct RecognitionHandInForm: Form {
    static let name = "recognition.review.handIn"
    static let fields = [Field("withoutOwn", .flag, optional: true)]

    /// Without those indicators of the area's own that nobody answered.
    let withoutOwn: Bool

    init?(_ read: FormReader) { withoutOwn = read.flag("withoutOwn") }
}

/// The head's yes to what a helper typed: one indicator, or all that wait.
struct RecognitionConfirmationForm: Form {
    static let name = "recognition.review.confirmation"
    static let fields = [Field("code", .text(40), optional: true)]

    let code: String?

    init?(_ read: FormReader) { code = read.text("code") }
}

/// Records one sitting of the review meeting: who came, the one vote on the list, and what was disputed apart.
struct RecognitionSittingForm: Form {
    static let name = "recognition.review.sitting"
    static let fields = [
        Field("day", .day), Field("present", .whole(1...100_000), unit: "recognition.review.unit.households"),
        Field("scope", .choice(["list", "rest"]), optional: true),
        Field("list", .whole(0...100_000), optional: true, unit: "recognition.review.unit.households"),
        Field("votes", .group(6), optional: true), Field("opinions", .longText(4_000), optional: true),
        Field("next", .day, optional: true), Field("venue", .text(120)), Field("chair", .text(80)),
        Field("secretary", .text(80)), Field("attended", .longText(4_000), optional: true),
        Field("corrected", .record, optional: true),
    ]

    let record: Recognition.SittingRecord
    let corrected: ID?

    init?(_ read: FormReader) {
        let day = read.day("day")
        let present = read.whole("present")
        let scope = read.choice("scope")
        let list = read.whole("list")
        var votes: [String: Int] = [:]
        for (code, typed) in read.group("votes") {
            guard let quantity = Quantity.parse(typed), quantity.thousandths % 1_000 == 0 else {
                read.refuse("votes.\(code)", "web.field.whole")
                continue
            }
            votes[code] = Int(quantity.thousandths / 1_000)
        }
        let opinions = read.text("opinions") ?? ""
        let next = read.day("next")
        let venue = read.text("venue")
        let chair = read.text("chair")
        let secretary = read.text("secretary")
        let attended = read.attendees("attended")
        corrected = read.record("corrected")
        guard let day, let present, let venue, let chair, let secretary, read.errors.isEmpty else { return nil }
        record = Recognition.SittingRecord(
            day: day, venue: venue, chair: chair, secretary: secretary, present: present, list: list,
            opinions: opinions, votes: votes, isRest: scope == "rest", next: next, attended: attended)
    }
}

extension WebField {
    /// The same where its hint says when it is left out: it does not call itself optional.
    var demanded: WebField {
        var field = self
        field.isOptional = false
        return field
    }
}

/// What was done about each indicator that was voted down.
struct RecognitionReviewWorkForm: Form {
    static let name = "recognition.review.work"
    static let fields = [Field("word", .group(500), optional: true)]

    /// By indicator's code.
    let words: [String: String]

    init?(_ read: FormReader) {
        words = read.group("word")
        if words.isEmpty, read.errors.isEmpty { read.refuse(nil, "recognition.review.refusal.noWord") }
        guard !words.isEmpty else { return nil }
    }
}

/// Opens the posting.
struct RecognitionPostingForm: Form {
    static let name = "recognition.posting.opening"
    static let fields = [Field("from", .day), Field("last", .day, optional: true)]

    let from: Day
    let last: Day?

    init?(_ read: FormReader) {
        let from = read.day("from")
        last = read.day("last")
        guard let from else { return nil }
        self.from = from
    }
}

/// A resident's comment, without an account. What accuses a named person goes its own way and is not taken here.
struct RecognitionCommentForm: Form {
    static let name = "recognition.posting.comment"
    static let fields = [
        Field("accuses", .choice(["no", "yes"])), Field("text", .longText(2_000)),
        Field("contact", .text(120), optional: true),
    ]

    let text: String
    let contact: String?

    init?(_ read: FormReader) {
        let accuses = read.choice("accuses")
        let text = read.text("text")
        contact = read.text("contact")
        if accuses == "yes" {
            read.refuse("accuses", "recognition.posting.refusal.accuses")
            return nil
        }
        guard accuses == "no", let text else { return nil }
        self.text = text
    }
}

/// The commune reads a comment first.
struct RecognitionModerationForm: Form {
    static let name = "recognition.posting.moderation"
    static let fields = [
        Field("outcome", .choice(["pass", "aside", "seal"])), Field("text", .longText(2_000), optional: true),
        Field("reason", .text(300), optional: true),
    ]

    let moderation: Recognition.Moderation

    init?(_ read: FormReader) {
        let outcome = read.choice("outcome")
        let text = read.text("text")
        let reason = read.text("reason")
        switch (outcome, text, reason) {
        case ("pass", let text?, _): moderation = .pass(text: text)
        case ("aside", _, let reason?): moderation = .aside(reason: reason)
        case ("seal", _, let reason?): moderation = .seal(to: reason)
        case ("pass", nil, _):
            read.refuse("text", "recognition.posting.refusal.noText")
            return nil
        case (nil, _, _): return nil
        default:
            read.refuse("reason", "recognition.posting.refusal.noReason")
            return nil
        }
    }
}

/// The area's answer.
struct RecognitionAnswerForm: Form {
    static let name = "recognition.posting.answer"
    static let fields = [Field("answer", .longText(1_000))]

    let answer: String

    init?(_ read: FormReader) {
        guard let answer = read.text("answer") else { return nil }
        self.answer = answer
    }
}

/// How many slips went out.
struct RecognitionSlipsForm: Form {
    static let name = "recognition.ballot.slips"
    static let fields = [Field("slips", .whole(1...100_000), unit: "recognition.ballot.unit.slips")]

    let slips: Int

    init?(_ read: FormReader) {
        guard let slips = read.whole("slips") else { return nil }
        self.slips = slips
    }
}

/// One entry of the count.
struct RecognitionCountForm: Form {
    static let name = "recognition.ballot.entry"
    static let fields =
        [
            Field("returned", .whole(0...100_000), unit: "recognition.ballot.unit.slips"),
            Field("valid", .whole(0...100_000), unit: "recognition.ballot.unit.slips"),
            Field("satisfied", .whole(0...100_000), unit: "recognition.ballot.unit.slips"),
            Field("unsatisfied", .whole(0...100_000), unit: "recognition.ballot.unit.slips"),
            Field("noOpinion", .whole(0...100_000), unit: "recognition.ballot.unit.slips"),
            Field("topic", .group(9)),
        ] + names.map { Field($0, .text(80)) }
    private static let counters = (1...Recognition.Terms.counters).map { "counter\($0)" }
    /// The fields of the names: who counted, and who brought the box.
    static let names = counters + ["fetchedBy"]

    private let overall: Recognition.BallotCount
    /// As typed, by topic's code and answer: "roads-satisfied".
    private let topics: [String: String]

    init?(_ read: FormReader) {
        let returned = read.whole("returned")
        let valid = read.whole("valid")
        let satisfied = read.whole("satisfied")
        let unsatisfied = read.whole("unsatisfied")
        let noOpinion = read.whole("noOpinion")
        let counters = Self.counters.compactMap { read.text($0) }
        let fetchedBy = read.text("fetchedBy")
        topics = read.group("topic")
        guard let returned, let valid, let satisfied, let unsatisfied, let noOpinion,
            counters.count == Recognition.Terms.counters, let fetchedBy
        else { return nil }
        overall = Recognition.BallotCount(
            returned: returned, valid: valid, satisfied: satisfied, unsatisfied: unsatisfied, noOpinion: noOpinion,
            counters: counters, fetchedBy: fetchedBy)
    }

    /// The whole count, with every topic that is asked about. Figures that cannot be right together are told with those
    /// that could not be read.
    ///
    /// - Parameters:
    ///   - handedOut: slips on paper that went out.
    ///   - writers: the names of those who wrote the self-assessment, who do not count.
    ///   - committee: the names of the area's Front Work Committee, who do not bring the box.
    func count(
        of asked: [Ballots.Question], handedOut: Int, writers: [String], committee: [String]
    ) throws(Refusal) -> Recognition.BallotCount {
        var refusals: [Refusal] = []
        func number(_ code: String, _ answer: Ballots.Answer) -> Int {
            let name = "\(code)-\(answer.rawValue)"
            guard let typed = topics[name] else {
                refusals.append(Refusal(.invalid, "web.field.missing", field: "topic.\(name)"))
                return 0
            }
            guard let count = Int(typed.filter { $0 != "." && $0 != " " }), (0...100_000).contains(count) else {
                refusals.append(Refusal(.invalid, "web.field.whole", field: "topic.\(name)"))
                return 0
            }
            return count
        }
        let lines = asked.map { topic in
            Ballots.Tally.Line(
                code: topic.code, satisfied: number(topic.code, .satisfied),
                unsatisfied: number(topic.code, .unsatisfied), noOpinion: number(topic.code, .noOpinion))
        }
        let unread = Set(refusals.compactMap { $0.field.map { String($0.prefix { $0 != "-" }) } })
        let whole = Recognition.BallotCount(
            returned: overall.returned, valid: overall.valid, satisfied: overall.satisfied,
            unsatisfied: overall.unsatisfied, noOpinion: overall.noOpinion, counters: overall.counters,
            fetchedBy: overall.fetchedBy, topics: lines)
        // The sum of a topic is judged where all of it could be read.
        let found = whole.refusal(handedOut: handedOut, writers: writers, committee: committee)?.all ?? []
        refusals += found.filter { refusal in
            refusal.field.map { !unread.contains(String($0.prefix { $0 != "-" })) } ?? true
        }
        if let refusal = Refusal.of(refusals) { throw refusal }
        return whole
    }
}

/// Opens answering by code beside the paper.
struct RecognitionBoxForm: Button {
    static let name = "recognition.ballot.openBox"
}
