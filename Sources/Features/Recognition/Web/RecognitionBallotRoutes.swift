import Core
import Criteria
import Database
import Organisation
import Web

/// The household ballot on paper: slips out, two entries of the count, the result.
enum RecognitionBallotRoutes {
    static let routes: [Route] = [
        .get("/dossiers/:id/ballot", .signedIn, RecognitionBallotOutput.self) { try ballot($0) },
        .post(
            "/dossiers/:id/ballot/slips", .holding(.holdReview), RecognitionSlipsForm.self, again: { try ballot($0) }
        ) { try handOut($0, $1) },
        .post(
            "/dossiers/:id/ballot/entries", .holding(.countBallot), RecognitionCountForm.self,
            again: { try ballot($0) }
        ) { try enter($0, $1) },
        .get("/dossiers/:id/ballot/slip", .signedIn, RecognitionSlipOutput.self) { call in
            RecognitionSlipOutput(dossier: try call.dossier().answer(call.reader))
        },
        .get("/dossiers/:id/ballot/minutes", .signedIn, RecognitionCountMinutesOutput.self) { try minutes($0) },
    ]

    static func ballot(_ call: Call<Actor>) throws -> RecognitionBallotOutput {
        let (dossier, reader) = (try call.dossier(), call.reader)
        let set = try CriteriaStore.set(dossier.criteriaSet, reader)
        let terms = Recognition.Terms.of(set, for: dossier.title)
        let actions = try call.actions(on: dossier)
        let ballot = try RecognitionStore.posting(of: dossier.id, reader)?.ballot
        let own = ballot?.entries.first { $0.person == call.who.person }
        let (mayCount, barred) = try counting(call, dossier, ballot, actions)
        let stage = ballot?.stage
        let result = ballot.flatMap { RecognitionBallotResultAnswer($0, by: terms) }
        return RecognitionBallotOutput(
            dossier: RecognitionDossierAnswer(dossier, set), actions: actions,
            terms: RecognitionTermsAnswer(terms, households: ballot?.households), stage: stage,
            households: ballot?.households, handedOut: ballot?.handedOut,
            mayHandOut: dossier.state == .posted && (stage == .prepared || stage == .open)
                && call.authority.allows(call.who, .holdReview, dossier),
            mayCount: mayCount, barred: barred,
            entries: (ballot?.entries ?? []).map {
                RecognitionBallotOutput.Entry(
                    place: $0.place, person: $0.name, at: $0.at, isOwn: $0.person == call.who.person)
            },
            own: own.map { typed($0.count) } ?? [:],
            differences: own == nil || stage != .differing ? [] : differences(ballot),
            result: result,
            counters: result?.returned == nil && result != nil ? [] : ballot?.result?.counters ?? [])
    }

    /// Whether this person enters a count now, and why not.
    private static func counting(
        _ call: Call<Actor>, _ dossier: Recognition.Dossier, _ ballot: Recognition.Ballot?,
        _ actions: [Recognition.Action]
    ) throws -> (may: Bool, barred: String?) {
        guard dossier.state == .posted, let ballot, ballot.stage != .fixed,
            call.authority.allows(call.who, .countBallot, dossier)
        else { return (false, nil) }
        guard actions.contains(.count) else {
            let step = Recognition.LifeCycle.step(dossier.state, .count)
            let hands = try RecognitionStore.hands(of: call.who.person, on: dossier.id, call.reader)
            return (false, step.flatMap { hands.refusal(of: $0)?.key })
        }
        do throws(Refusal) {
            _ = try ballot.place(for: call.who.person)
            return (true, nil)
        } catch {
            return (false, error.key)
        }
    }

    private static func typed(_ count: Recognition.BallotCount) -> [String: String] {
        var typed: [String: String] = [:]
        for figure in Recognition.BallotFigure.allCases where figure != .counters {
            typed[figure.rawValue] = "\(count[figure])"
        }
        for (index, name) in count.counters.enumerated() { typed["counter\(index + 1)"] = name }
        return typed
    }

    private static func differences(_ ballot: Recognition.Ballot?) -> [RecognitionBallotOutput.Difference] {
        guard let ballot, ballot.entries.count == 2 else { return [] }
        func text(_ figure: Recognition.BallotFigure, _ entry: Recognition.BallotEntry) -> String {
            figure == .counters ? entry.count.counters.joined(separator: ", ") : "\(entry.count[figure])"
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
        return .write(permit, as: "dossier.count") { tx in
            let outcome = try RecognitionStore.enterCount(form.count, of: dossier, Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: dossier.id, location: "/dossiers/\(dossier.id)/ballot", version: dossier.revision,
                flash: "recognition.ballot.flash.\(outcome.rawValue)")
        }
    }

    private static func minutes(_ call: Call<Actor>) throws -> RecognitionCountMinutesOutput {
        let (dossier, reader) = (try call.dossier(), call.reader)
        guard let ballot = try RecognitionStore.posting(of: dossier.id, reader)?.ballot else { throw NotFound() }
        let result = RecognitionBallotResultAnswer(ballot, by: try RecognitionStore.terms(of: dossier, reader))
        return RecognitionCountMinutesOutput(
            dossier: try dossier.answer(reader), households: ballot.households, handedOut: ballot.handedOut,
            result: result, counters: result?.returned == nil ? [] : ballot.result?.counters ?? [],
            fixedOn: result == nil ? nil : ballot.entries.map(\.at).max()?.day)
    }
}
