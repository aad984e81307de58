import Core
import Database
import Web

/// Where households answer, without an account: on a telephone of their own, or on one that a counter set up.
///
/// No path holds a code: a slip's QR code carries it behind '#', which a browser never sends, and forms post it.
enum BallotsVoteRoutes {
    private static let reason = "households answer without an account, with the code on their slip"

    static func routes(_ keys: BallotsKeys) -> [Route] {
        [
            .get("/vote", .open(because: reason), BallotsVoteListOutput.self, query: BallotsFind.fields) {
                try list($0)
            },
            .get("/vote/:id", .open(because: reason), BallotsVoteOutput.self) { try slip($0, isKiosk: false) },
            .post("/vote/:id", .open(because: reason), BallotsVoteForm.self, again: { try slip($0, isKiosk: false) }) {
                try vote($0, $1, isKiosk: false, keys)
            },
            .get("/vote/:id/done", .open(because: reason), BallotsVotedOutput.self) {
                try voted($0, isKiosk: false)
            },
            .get(
                "/vote/:id/result", .open(because: "the hash of a result is for everybody to check"),
                BallotsResultOutput.self
            ) {
                try result($0)
            },
            .get(
                "/vote/:id/kiosk", .open(because: reason), BallotsKioskOutput.self, pagesOnly: "a screen between voters"
            ) { try kiosk($0) },
            .get(
                "/vote/:id/kiosk/slip", .open(because: reason), BallotsKioskSlipOutput.self, pagesOnly: "as /vote/:id"
            ) { BallotsKioskSlipOutput(slip: try slip($0, isKiosk: true)) },
            .post(
                "/vote/:id/kiosk/slip", .open(because: reason), BallotsVoteForm.self, pagesOnly: "as /vote/:id",
                again: { BallotsKioskSlipOutput(slip: try slip($0, isKiosk: true)) }
            ) { try vote($0, $1, isKiosk: true, keys) },
            .get(
                "/vote/:id/kiosk/done", .open(because: reason), BallotsKioskVotedOutput.self,
                pagesOnly: "a screen between voters"
            ) { BallotsKioskVotedOutput(voted: try voted($0, isKiosk: true)) },
        ]
    }

    private static func list(_ call: Call<Visitor>) throws -> BallotsVoteListOutput {
        let q = call.query["q"]
        let words = q.map { VietnameseText.searchWords($0) } ?? []
        return BallotsVoteListOutput(
            ballots: try BallotsStore.open(on: call.today, named: words, call.reader)
                .map { BallotsAbout($0, on: call.today) }, q: q)
    }

    private static func slip(_ call: Call<Visitor>, isKiosk: Bool) throws -> BallotsVoteOutput {
        let ballot = try BallotsStore.ballot(call.id("id"), call.reader)
        return BallotsVoteOutput(
            ballot: BallotsAbout(ballot, on: call.today), isKiosk: isKiosk,
            reasons: try BallotsStore.extensions(of: ballot.id, call.reader).map(\.reason),
            hasResult: ballot.frozen != nil)
    }

    private static func vote(
        _ call: Call<Visitor>, _ form: BallotsVoteForm, isKiosk: Bool, _ keys: BallotsKeys
    ) throws -> Change {
        let ballot = try BallotsStore.ballot(call.id("id"), call.reader)
        if let refusal = ballot.refusalToVote(on: call.today, call.language) { throw refusal }
        let (code, slip) = try form.read(ballot.questions)
        let (source, language) = (call.source, call.language)
        return .session { database in
            // Whether the code was used before is not told: the answer is the same.
            _ = try await BallotsStore.vote(
                code, slip, in: ballot, from: source, keys, .byLot(database.world.secrets), language, database)
            return Receipt(location: "/vote/\(ballot.id)/\(isKiosk ? "kiosk/done" : "done")")
        }
    }

    private static func voted(_ call: Call<Visitor>, isKiosk: Bool) throws -> BallotsVotedOutput {
        let ballot = try BallotsStore.ballot(call.id("id"), call.reader)
        return BallotsVotedOutput(ballot: BallotsAbout(ballot, on: call.today), isKiosk: isKiosk)
    }

    private static func kiosk(_ call: Call<Visitor>) throws -> BallotsKioskOutput {
        let ballot = try BallotsStore.ballot(call.id("id"), call.reader)
        return BallotsKioskOutput(ballot: BallotsAbout(ballot, on: call.today))
    }

    private static func result(_ call: Call<Visitor>) throws -> BallotsResultOutput {
        let ballot = try BallotsStore.ballot(call.id("id"), call.reader)
        guard let frozen = ballot.frozen else { throw NotFound() }
        let tally = try BallotsStore.tally(of: ballot.id, ballot.questions, call.reader)
        let shown = ballot.purpose.kind == .practice ? BallotsTallyAnswer(tally) : nil
        return BallotsResultOutput(
            ballot: BallotsAbout(ballot, on: call.today), codes: try BallotsStore.codes(of: ballot.id, call.reader),
            hash: frozen.hash, holds: try BallotsStore.holds(ballot, call.reader) ?? false, tally: shown,
            text: shown == nil ? nil : frozen.text)
    }
}
