import Core
import Database
import Web

/// What of a ballot is printed: slips with codes, which are shown once and kept nowhere, and the minutes.
enum BallotsPrintRoutes {
    static func routes(_ keys: BallotsKeys, _ hooks: BallotsHooks) -> [Route] {
        [
            .post(
                "/ballots/:id/codes", .holding(.issueCodes), BallotsCodesForm.self,
                pagesOnly: "the codes are on the page that answers, once, to be printed",
                again: { try BallotsRoutes.ballot($0, keys, hooks) }
            ) { try issue($0, $1.count, .household, keys, hooks) },
            .post(
                "/ballots/:id/spares", .holding(.issueCodes), BallotsSparesForm.self,
                pagesOnly: "the codes are on the page that answers, once, to be printed",
                again: { try BallotsRoutes.ballot($0, keys, hooks) }
            ) { try issue($0, $1.count, .spare, keys, hooks) },
            .get("/ballots/:id/specimen", .signedIn, BallotsSlipsOutput.self, pagesOnly: "a paper to look at") { call in
                let ballot = try BallotsStore.ballot(call.id("id"), seenBy: call.sight, call.reader)
                return BallotsSlipsOutput(
                    ballot: BallotsAbout(ballot, on: call.today), kind: .household, codes: [Ballots.Code(number: 0)],
                    isSpecimen: true)
            },
            .get("/ballots/:id/minutes", .signedIn, BallotsMinutesOutput.self) { try minutes($0) },
        ]
    }

    private static func issue(
        _ call: Call<Actor>, _ count: Int, _ kind: Ballots.BatchKind, _ keys: BallotsKeys, _ hooks: BallotsHooks
    ) throws -> Change {
        let (ballot, permit) = try BallotsRoutes.permitted(call, hooks)
        let today = call.today
        guard [.ahead, .open].contains(ballot.stage(on: today)) else {
            throw Refusal(.conflict, "ballots.refusal.noMoreCodes")
        }
        // How many are left is asked in the transaction: the same press sent again must be known as such first.
        if let refusal = Ballots.Allowance.refusal(ofBatch: count) { throw refusal }
        let printed = BallotsPrinted()
        return .write(
            permit, as: "ballot.issue",
            showing: { written in
                BallotsSlipsOutput(
                    ballot: BallotsAbout(ballot, on: today), kind: kind, codes: written.repeated ? [] : printed.codes)
            },
            after: { database in
                let new = try BallotsNewCodes.draw(count, for: ballot, keys, database.world)
                printed.keep(new.codes)
                return new
            },
            { tx, new in
                try BallotsStore.issue(new, as: kind, for: ballot, by: permit.actor.person, tx)
                return Receipt(
                    id: ballot.id, location: "/ballots/\(ballot.id)", version: ballot.revision + 1,
                    flash: "ballots.flash.issued")
            })
    }

    private static func minutes(_ call: Call<Actor>) throws -> BallotsMinutesOutput {
        let ballot = try BallotsStore.ballot(call.id("id"), seenBy: call.sight, call.reader)
        guard let frozen = ballot.frozen, let closedAt = ballot.closedAt else { throw NotFound() }
        let tally = try BallotsStore.tally(of: ballot.id, ballot.questions, call.reader)
        return BallotsMinutesOutput(
            ballot: BallotsAbout(ballot, on: call.today), codes: try BallotsStore.codes(of: ballot.id, call.reader),
            spoilt: ballot.spoilt, closedOn: closedAt.day, hash: frozen.hash, revision: ballot.revision,
            tally: ballot.purpose.kind == .practice ? BallotsTallyAnswer(tally) : nil)
    }
}
