import Core
import Database
import Organisation
import Web

/// Ballots for those who handle them: the commune's officer and Front chair.
enum BallotsRoutes {
    static func routes(_ keys: BallotsKeys, _ hooks: BallotsHooks) -> [Route] {
        [
            .get("/ballots", .signedIn, BallotsListOutput.self) { try list($0) },
            .get("/ballots/new", .holding(.issueCodes), BallotsPracticeOutput.self) { try practice($0) },
            .post("/ballots", .holding(.issueCodes), BallotsPracticeForm.self, again: { try practice($0) }) {
                try open($0, $1, keys)
            },
            .get("/ballots/:id", .signedIn, BallotsBallotOutput.self) { try ballot($0, keys, hooks) },
            .post(
                "/ballots/:id/batches/:batch/cancellation", .holding(.issueCodes), BallotsCancelForm.self,
                again: { try ballot($0, keys, hooks) }
            ) { call, _ in try cancel(call, hooks) },
            .post(
                "/ballots/:id/extension", .holding(.issueCodes), BallotsExtensionForm.self,
                again: { try ballot($0, keys, hooks) }
            ) { try extend($0, $1, hooks) },
            .post(
                "/ballots/:id/closing", .holding(.issueCodes), BallotsCloseForm.self,
                again: { try ballot($0, keys, hooks) }
            ) { call, _ in try close(call, keys, hooks) },
            .post(
                "/ballots/:id/giving-up", .holding(.issueCodes), BallotsGiveUpForm.self,
                again: { try ballot($0, keys, hooks) }
            ) { try giveUp($0, $1, keys, hooks) },
            .post(
                "/ballots/:id/kiosk", .holding(.countBallot), BallotsKioskForm.self,
                pagesOnly: "it ends the session of the browser that the voters are handed",
                again: { try ballot($0, keys, hooks) }
            ) { call, _ in try kiosk(call, hooks) },
        ]
    }

    private static func list(_ call: Call<Actor>) throws -> BallotsListOutput {
        BallotsListOutput(
            ballots: try BallotsStore.ballots(seenBy: call.sight, call.reader).map { ballot in
                BallotsListOutput.Line(
                    ballot: BallotsAbout(ballot, on: call.today),
                    codes: try BallotsStore.codes(of: ballot.id, call.reader))
            }, mayPractise: call.who.holds(.issueCodes))
    }

    static func ballot(
        _ call: Call<Actor>, _ keys: BallotsKeys, _ hooks: BallotsHooks
    ) throws -> BallotsBallotOutput {
        let reader = call.reader
        let ballot = try BallotsStore.ballot(call.id("id"), seenBy: call.sight, reader)
        let codes = try BallotsStore.codes(of: ballot.id, reader)
        let allowance = Ballots.Allowance(
            households: ballot.households, paper: ballot.paper, codes: codes.households, spares: codes.spares)
        let stage = ballot.stage(on: call.today)
        let isRunning = stage == .ahead || stage == .open || stage == .over
        let barred = try hooks.barred(ballot, call.who.person, reader)
        let mayHandle = isRunning && barred == nil && call.authority.allows(call.who, .issueCodes, ballot)
        let isKeyMissing = mayHandle && !keys.canOpen(ballot.id) && codes.burnt > 0
        let tally = stage == .closed ? try BallotsStore.tally(of: ballot.id, ballot.questions, reader) : nil
        return BallotsBallotOutput(
            ballot: BallotsAbout(ballot, on: call.today), codes: codes, paper: ballot.paper,
            codesLeft: allowance.codesLeft, sparesLeft: allowance.sparesLeft, sparesMost: allowance.sparesMost,
            batches: try BallotsStore.batches(of: ballot.id, reader).map { batch in
                BallotsBallotOutput.Batch(
                    id: batch.id, kind: batch.kind, codes: batch.codes, by: batch.by, at: batch.at,
                    cancelledAt: batch.cancelledAt,
                    mayCancel: mayHandle && batch.cancelledAt == nil && batch.mayTryCancelling(inAll: codes.burnt))
            },
            extensions: try BallotsStore.extensions(of: ballot.id, reader).map {
                BallotsBallotOutput.Later(
                    before: $0.before, after: $0.after, reason: $0.reason, by: $0.by, at: $0.at)
            },
            may: BallotsBallotOutput.May(
                issue: mayHandle && stage != .over, extend: mayHandle,
                close: mayHandle && stage == .over && !isKeyMissing,
                giveUp: isKeyMissing,
                kiosk: stage == .open && codes.households > 0 && barred == nil
                    && call.authority.allows(call.who, .countBallot, ballot)),
            barred: isRunning && call.authority.allows(call.who, .issueCodes, ballot) ? barred?.key : nil,
            isKeyMissing: isKeyMissing, givenUp: ballot.givenUp,
            // What came by code beside paper is told together with the paper only, where recognition tells it.
            tally: ballot.purpose.kind == .practice ? tally.flatMap(BallotsTallyAnswer.init) : nil,
            hash: ballot.frozen?.hash, holds: try BallotsStore.holds(ballot, reader),
            subject: try hooks.page(ballot, reader))
    }

    /// The ballot and leave to handle it.
    static func permitted(
        _ call: Call<Actor>, _ hooks: BallotsHooks
    ) throws -> (Ballots.Ballot, Permit<Ballots.Ballot>) {
        let ballot = try BallotsStore.ballot(call.id("id"), seenBy: call.sight, call.reader)
        let permit = try call.permit(.issueCodes, ballot)
        if let refusal = try hooks.barred(ballot, call.who.person, call.reader) { throw refusal }
        return (ballot, permit)
    }

    private static func practice(_ call: Call<Actor>) throws -> BallotsPracticeOutput {
        BallotsPracticeOutput(
            areas: try BallotsStore.areas(seenBy: call.sight, call.reader).map {
                BallotsPracticeOutput.Area(area: $0.area, households: $0.households)
            }, last: call.today.adding(days: 6))
    }

    private static func open(
        _ call: Call<Actor>, _ form: BallotsPracticeForm, _ keys: BallotsKeys
    ) throws -> Change {
        var faults = FormFaults()
        let window = Ballots.Window(from: call.today, last: form.last)
        faults.add(window.refusalToOpen(on: call.today))
        let area = try faults.subject("area") {
            try OrganisationStore.territory(form.area, seenBy: call.sight, call.reader)
        }
        let permit = try call.permit(.issueCodes, area)
        let households = try BallotsStore.households(of: area.id, call.reader) ?? 0
        if households < 1 { faults.add(Refusal(.invalid, "ballots.refusal.noHouseholds", field: "area")) }
        try faults.say()
        let year = call.today.year
        return .write(
            permit, as: "ballot.open",
            after: { database in try BallotsStore.prepare(keys, database.world) },
            { tx, opening in
                try BallotsStore.openBallot(
                    opening, for: area.id, about: Ballots.Purpose(kind: .practice, year: year),
                    asking: Ballots.QuestionSet(), households: households, paper: 0, over: window,
                    by: permit.actor.person, tx)
                return Receipt(
                    id: opening.ballot, location: "/ballots/\(opening.ballot)", version: 1,
                    flash: "ballots.flash.opened")
            })
    }

    private static func cancel(_ call: Call<Actor>, _ hooks: BallotsHooks) throws -> Change {
        let (ballot, permit) = try permitted(call, hooks)
        let batch = try call.id("batch")
        return .write(permit, as: "ballot.cancelBatch") { tx in
            try BallotsStore.cancel(batch, of: ballot, by: permit.actor.person, tx)
            return receipt(ballot, "ballots.flash.cancelled")
        }
    }

    private static func extend(
        _ call: Call<Actor>, _ form: BallotsExtensionForm, _ hooks: BallotsHooks
    ) throws -> Change {
        let (ballot, permit) = try permitted(call, hooks)
        let language = call.language
        if let refusal = ballot.window.refusalToExtend(to: form.last, on: call.today, language) { throw refusal }
        return .write(permit, as: "ballot.extend") { tx in
            try BallotsStore.extend(
                ballot, to: form.last, because: form.reason, by: permit.actor.person, language, tx)
            return receipt(ballot, "ballots.flash.extended")
        }
    }

    private static func close(_ call: Call<Actor>, _ keys: BallotsKeys, _ hooks: BallotsHooks) throws -> Change {
        let (ballot, permit) = try permitted(call, hooks)
        let language = call.language
        if let refusal = ballot.window.refusalToClose(on: call.today, language) { throw refusal }
        return .write(
            permit, as: "ballot.close",
            after: { database in
                (
                    opening: try keys.read(BallotsKeys.opening(ballot.id)),
                    mixing: BallotsMixing.byLot(database.world.secrets), salt: database.world.secrets.bytes(16)
                )
            },
            { tx, with in
                try BallotsStore.close(
                    ballot, with: with.opening, with.mixing, salt: with.salt, by: permit.actor.person, language, tx)
                try hooks.settled(ballot.id, tx)
                return receipt(ballot, "ballots.flash.closed")
            })
    }

    /// Only where the key is gone: a box that can be opened is opened.
    private static func giveUp(
        _ call: Call<Actor>, _ form: BallotsGiveUpForm, _ keys: BallotsKeys, _ hooks: BallotsHooks
    ) throws -> Change {
        let (ballot, permit) = try permitted(call, hooks)
        guard !keys.canOpen(ballot.id) else { throw Refusal(.conflict, "ballots.refusal.keyIsThere") }
        return .write(permit, as: "ballot.giveUp") { tx in
            try BallotsStore.giveUp(ballot, because: form.reason, by: permit.actor.person, tx)
            try hooks.settled(ballot.id, tx)
            return receipt(ballot, "ballots.flash.givenUp")
        }
    }

    /// The counter's role opens it and is written down; then the browser is signed out, so that what the voters are
    /// handed can do nothing but take slips.
    private static func kiosk(_ call: Call<Actor>, _ hooks: BallotsHooks) throws -> Change {
        let ballot = try BallotsStore.ballot(call.id("id"), seenBy: call.sight, call.reader)
        let permit = try call.permit(.countBallot, ballot)
        if let refusal = try hooks.barred(ballot, call.who.person, call.reader) { throw refusal }
        if let refusal = ballot.refusalToVote(on: call.today, call.language) { throw refusal }
        let session = call.signedIn?.session
        return .write(permit, as: "ballot.kiosk", cookie: .dropSession) { tx in
            if let session { try BallotsStore.endSession(session, tx) }
            tx.note("ballot.kiosk", to: "\(ballot.id)")
            return Receipt(id: ballot.id, location: "/vote/\(ballot.id)/kiosk")
        }
    }

    private static func receipt(_ ballot: Ballots.Ballot, _ flash: String) -> Receipt {
        Receipt(id: ballot.id, location: "/ballots/\(ballot.id)", version: ballot.revision + 1, flash: flash)
    }
}
