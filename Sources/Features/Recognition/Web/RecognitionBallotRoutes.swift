import Ballots
import Core
import Criteria
import Database
import Organisation
import Web

/// The household ballot: slips out on paper, two entries of their count, answering by code beside it, the result.
enum RecognitionBallotRoutes {
    /// - Parameter keys: of the boxes of answers by code.
    static func routes(_ keys: BallotsKeys) -> [Route] {
        paper + [
            .post(
                "/dossiers/:id/ballot/box", .holding(.issueCodes), RecognitionBoxForm.self, again: { try ballot($0) }
            ) { call, _ in try openBox(call, keys) },
            .get(
                "/posted/:id/ballot", .open(because: "the hash of a result is for everybody to check"),
                RecognitionBallotResultOutput.self
            ) { try result($0) },
        ]
    }

    private static let paper: [Route] = [
        .get("/dossiers/:id/ballot", .signedIn, RecognitionBallotOutput.self) { try ballot($0) },
        .post(
            "/dossiers/:id/ballot/slips", .holding(.holdReview), RecognitionSlipsForm.self, again: { try ballot($0) }
        ) { try handOut($0, $1) },
        .post(
            "/dossiers/:id/ballot/entries", .holding(.countBallot), RecognitionCountForm.self,
            again: { try ballot($0) }
        ) { try enter($0, $1) },
        .get("/dossiers/:id/ballot/slip", .signedIn, RecognitionSlipOutput.self) { call in
            let dossier = try call.dossier()
            return RecognitionSlipOutput(
                dossier: try dossier.answer(call.reader),
                topics: try RecognitionStore.questions(of: dossier, call.reader).topics)
        },
        .get("/dossiers/:id/ballot/minutes", .signedIn, RecognitionCountMinutesOutput.self) { try minutes($0) },
    ]

    static func ballot(_ call: Call<Actor>) throws -> RecognitionBallotOutput {
        let (dossier, reader) = (try call.dossier(), call.reader)
        let set = try RecognitionStore.criteria(of: dossier, reader)
        let terms = Recognition.Terms.of(set, for: dossier.title)
        let actions = try call.actions(on: dossier)
        let posting = try RecognitionStore.posting(of: dossier.id, reader)
        let ballot = posting?.ballot
        let frozen = try posting.flatMap { try RecognitionStore.frozen(of: $0.id, reader) }
        let questions = try RecognitionStore.questions(of: dossier, reader)
        let own = ballot?.entries.first { $0.person == call.who.person }
        let (mayCount, barred) = try counting(call, dossier, posting, actions)
        let stage = ballot?.stage
        let result = ballot.flatMap { RecognitionBallotResultAnswer($0, by: terms) }
        return RecognitionBallotOutput(
            dossier: RecognitionDossierAnswer(dossier, set), actions: actions,
            terms: RecognitionTermsAnswer(terms, households: ballot?.households), stage: stage,
            households: ballot?.households, handedOut: ballot?.paper,
            mayHandOut: dossier.state == .posted && (ballot?.entries.isEmpty ?? false)
                && call.authority.allows(call.who, .holdReview, dossier),
            mayCount: mayCount, barred: barred,
            entries: (ballot?.entries ?? []).map {
                RecognitionBallotOutput.Entry(
                    place: $0.place, person: $0.name, at: $0.at, isOwn: $0.person == call.who.person)
            },
            own: own.map { typed($0.count) } ?? [:],
            differences: own == nil || stage != .differing ? [] : differences(ballot),
            result: result,
            counters: result?.returned == nil && result != nil ? [] : ballot?.result?.counters ?? [],
            fetchedBy: ballot?.result?.fetchedBy.nilWhenEmpty, last: posting?.days.last,
            isOver: posting?.days.isOver(on: call.today) ?? false,
            background: RecognitionBackgroundAnswer(
                try RecognitionStore.backgrounds(of: [dossier], reader)[dossier.id] ?? .none),
            topics: questions.topics, box: ballot?.box.map(RecognitionBoxAnswer.init),
            mayOpenBox: try mayOpenBox(call, dossier), hash: frozen?.frozen.hash, holds: frozen?.holds)
    }

    /// Whether this person may open answering by code now: the commune, and nobody who wrote the self-assessment.
    private static func mayOpenBox(_ call: Call<Actor>, _ dossier: Recognition.Dossier) throws -> Bool {
        guard call.authority.allows(call.who, .issueCodes, dossier) else { return false }
        do {
            try RecognitionStore.mayOpenBox(of: dossier, on: call.today, call.reader)
            return try refusalOfHands(call, dossier) == nil
        } catch is Refusal {
            return false
        }
    }

    private static func refusalOfHands(_ call: Call<Actor>, _ dossier: Recognition.Dossier) throws -> Refusal? {
        let hands = try RecognitionStore.hands(of: call.who.person, on: dossier.id, call.reader)
        return Recognition.LifeCycle.step(.posted, .count).flatMap { hands.refusal(of: $0) }
    }

    private static func openBox(_ call: Call<Actor>, _ keys: BallotsKeys) throws -> Change {
        let dossier = try call.dossier()
        let permit = try call.permit(.issueCodes, dossier)
        if let refusal = try refusalOfHands(call, dossier) { throw refusal }
        try RecognitionStore.mayOpenBox(of: dossier, on: call.today, call.reader)
        return .write(
            permit, as: "ballot.open",
            after: { database in try BallotsStore.prepare(keys, database.world) },
            { tx, opening in
                try RecognitionStore.openBox(opening, of: dossier, Recognition.Deed(permit, tx), tx)
                return Receipt(
                    id: opening.ballot, location: "/ballots/\(opening.ballot)", version: 1,
                    flash: "ballots.flash.opened")
            })
    }

    /// For everybody: the frozen result of a posting, and whether counting again says the same.
    private static func result(_ call: Call<Visitor>) throws -> RecognitionBallotResultOutput {
        let dossier = try RecognitionStore.dossier(call.id("id"), unattended: call.reader)
        guard let posting = try RecognitionStore.posting(of: dossier.id, call.reader),
            let found = try RecognitionStore.frozen(of: posting.id, call.reader),
            let answer = RecognitionBallotResultAnswer(
                posting.ballot, by: try RecognitionStore.terms(of: dossier, call.reader))
        else { throw NotFound() }
        return RecognitionBallotResultOutput(
            dossier: try dossier.answer(call.reader), result: answer,
            questions: try RecognitionStore.questions(of: dossier, call.reader).topics, hash: found.frozen.hash,
            holds: found.holds, text: answer.returned == nil ? nil : found.frozen.text)
    }

    /// Whether this person enters a count now, and why not. Before the posting's last day is over the page says when.
    private static func counting(
        _ call: Call<Actor>, _ dossier: Recognition.Dossier, _ posting: Recognition.Posting?,
        _ actions: [Recognition.Action]
    ) throws -> (may: Bool, barred: String?) {
        guard dossier.state == .posted, let posting, posting.days.isOver(on: call.today) else { return (false, nil) }
        let ballot = posting.ballot
        guard ballot.stage != .fixed, !ballot.isPaperCounted,
            ballot.paper != nil || ballot.box == nil, call.authority.allows(call.who, .countBallot, dossier)
        else { return (false, nil) }
        guard actions.contains(.count) else {
            let step = Recognition.LifeCycle.step(dossier.state, .count)
            let hands = try RecognitionStore.hands(of: call.who.person, on: dossier.id, call.reader)
            return (false, step.flatMap { hands.refusal(of: $0)?.key })
        }
        let refusal = try RecognitionStore.refusalToEnter(ballot, by: call.who.person, call.reader)
        return (refusal == nil, refusal?.key)
    }

    private static func typed(_ count: Recognition.BallotCount) -> [String: String] {
        var typed: [String: String] = [:]
        for figure in Recognition.BallotFigure.allCases where ![.counters, .topics, .fetchedBy].contains(figure) {
            typed[figure.rawValue] = "\(count[figure])"
        }
        for topic in count.topics {
            typed["topic.\(topic.code)-satisfied"] = "\(topic.satisfied)"
            typed["topic.\(topic.code)-unsatisfied"] = "\(topic.unsatisfied)"
            typed["topic.\(topic.code)-noOpinion"] = "\(topic.noOpinion)"
        }
        for (index, name) in count.counters.enumerated() { typed["counter\(index + 1)"] = name }
        typed["fetchedBy"] = count.fetchedBy
        return typed
    }

    private static func differences(_ ballot: Recognition.Ballot?) -> [RecognitionBallotOutput.Difference] {
        guard let ballot, ballot.entries.count == 2 else { return [] }
        func text(_ figure: Recognition.BallotFigure, _ entry: Recognition.BallotEntry) -> String {
            switch figure {
            case .counters: entry.count.counters.joined(separator: ", ")
            case .fetchedBy: entry.count.fetchedBy
            case .topics:
                entry.count.topics.map { "\($0.code) \($0.satisfied)/\($0.unsatisfied)/\($0.noOpinion)" }
                    .joined(separator: ", ")
            default: "\(entry.count[figure])"
            }
        }
        return ballot.differing.map {
            RecognitionBallotOutput.Difference(
                figure: $0, first: text($0, ballot.entries[0]), second: text($0, ballot.entries[1]))
        }
    }

    private static func handOut(_ call: Call<Actor>, _ form: RecognitionSlipsForm) throws -> Change {
        let dossier = try call.dossier()
        let permit = try call.permit(.holdReview, dossier)
        return .write(permit, as: "ballot.handOut") { tx in
            try RecognitionStore.handOut(form.slips, of: dossier, Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: dossier.id, location: "/dossiers/\(dossier.id)/ballot", version: dossier.revision,
                flash: "recognition.ballot.flash.handedOut")
        }
    }

    private static func enter(_ call: Call<Actor>, _ form: RecognitionCountForm) throws -> Change {
        let dossier = try call.dossier()
        let permit = try call.permit(.countBallot, dossier)
        _ = try Recognition.LifeCycle.next(
            dossier.state, .count, holding: [permit.capability],
            hands: try RecognitionStore.hands(of: permit.actor.person, on: dossier.id, call.reader))
        guard let posting = try RecognitionStore.posting(of: dossier.id, call.reader) else {
            throw Refusal(.conflict, "recognition.ballot.refusal.notPosted")
        }
        if let refusal = posting.days.refusalToCount(on: call.today, call.language) { throw refusal }
        let language = call.language
        let count = try form.count(
            of: RecognitionStore.questions(of: dossier, call.reader).topics, handedOut: posting.ballot.paper ?? 0,
            writers: RecognitionStore.writers(of: dossier.id, call.reader),
            committee: RecognitionStore.committee(
                of: dossier.area.id, from: posting.days.from, until: call.today, call.reader))
        return .write(permit, as: "dossier.count") { tx in
            let outcome = try RecognitionStore.enterCount(
                count, of: dossier, Recognition.Deed(permit, tx), language: language, tx)
            return Receipt(
                id: dossier.id, location: "/dossiers/\(dossier.id)/ballot", version: dossier.revision,
                flash: "recognition.ballot.flash.\(outcome.rawValue)")
        }
    }

    private static func minutes(_ call: Call<Actor>) throws -> RecognitionCountMinutesOutput {
        let (dossier, reader) = (try call.dossier(), call.reader)
        guard let posting = try RecognitionStore.posting(of: dossier.id, reader) else { throw NotFound() }
        let ballot = posting.ballot
        let result = RecognitionBallotResultAnswer(ballot, by: try RecognitionStore.terms(of: dossier, reader))
        return RecognitionCountMinutesOutput(
            dossier: try dossier.answer(reader), households: ballot.households, handedOut: ballot.handedOut,
            result: result, counters: result?.returned == nil ? [] : ballot.result?.counters ?? [],
            fetchedBy: ballot.result?.fetchedBy.nilWhenEmpty, isByCodeAlone: ballot.paper == nil && ballot.box != nil,
            fixedOn: result == nil ? nil : (ballot.entries.map(\.at).max() ?? call.now).day,
            codesBack: ballot.box?.codes.burnt,
            hash: try RecognitionStore.frozen(of: posting.id, reader)?.frozen.hash,
            topics: try RecognitionStore.questions(of: dossier, reader).topics)
    }
}
