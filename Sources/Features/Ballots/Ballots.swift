import Core
import Database
import Web

/// Ballots (lấy ý kiến hộ gia đình): households answer one question set, on paper or with a one-time code, and nobody
/// can find out who said what.
///
/// The commune opens a ballot for an area over some days and prints slips with codes, each with a QR code; a household
/// answers on its own phone, or at one phone that a counter sets up (kiosk), or on paper. A code is burnt with
/// operation and audit record like everything else. The answer is the one write that leaves no trace of its own: until
/// closing it lies sealed under a key that is not in the database; closing opens all seals at once, shuffles, puts the
/// answers under random ids into a table without order, and destroys the key. docs/ballots.md says against whom that
/// holds and where it ends.
///
///   opened ─► answers on its days ─► over ─► closed: counted, frozen with a hash
///      └───────► extended with a reason            └─► given up, when the key was lost
///
///   question set, slip, tally     `Ballots.QuestionSet`, `Slip`, `Tally` (Rules/BallotsQuestions.swift)
///   codes, how many               `Ballots.Code`, `Allowance` (Rules/BallotsCode.swift)
///   days, guesses                 `Ballots.Window`, `GuessLimit` (Rules/BallotsWindow.swift)
///   what is frozen                `Ballots.ResultText`, `Frozen` (Rules/BallotsResult.swift)
///   keys outside of the database  `BallotsKeys` (Store/BallotsKeys.swift)
///   seals, shuffling              `BallotsSeal`, `BallotsMixing` (Store/BallotsSeal.swift)
///   reading and writing           `BallotsStore`
///
/// Basis: docs/people.md, rule 5; directive on model residential areas, M1.2; decision 0016.
package enum Ballots {}

/// What features further down add; ballots know none of them.
package struct BallotsHooks: Sendable {
    /// Why this person may not handle this ballot: somebody who wrote what it is about.
    package var barred: @Sendable (_ ballot: Ballots.Ballot, _ person: ID, any Reader) throws -> Refusal?
    /// What follows in the same transaction when a ballot was closed or given up.
    package var settled: @Sendable (_ ballot: ID, Transaction) throws -> Void
    /// The page of what the ballot is about, for who is signed in.
    package var page: @Sendable (_ ballot: Ballots.Ballot, any Reader) throws -> String?

    package init(
        barred: @escaping @Sendable (Ballots.Ballot, ID, any Reader) throws -> Refusal? = { _, _, _ in nil },
        settled: @escaping @Sendable (ID, Transaction) throws -> Void = { _, _ in },
        page: @escaping @Sendable (Ballots.Ballot, any Reader) throws -> String? = { _, _ in nil }
    ) {
        self.barred = barred
        self.settled = settled
        self.page = page
    }
}

/// What App mounts: routes, tables and the way in.
package enum BallotsFeature {
    /// - Parameter keys: where the keys are kept; never in the database.
    package static func feature(keys: BallotsKeys = .none, hooks: BallotsHooks = BallotsHooks()) -> Feature {
        Feature(
            "ballots",
            routes: BallotsRoutes.routes(keys, hooks) + BallotsPrintRoutes.routes(keys, hooks)
                + BallotsVoteRoutes.routes(keys),
            migrations: BallotsSchema.migrations,
            navigation: [
                NavigationItem("/ballots", "ballots.nav.ballots") { signedIn in
                    signedIn.map { $0.actor.holds(.issueCodes) } ?? false
                }
            ], waiting: BallotsWaitingStore.waiting)
    }
}
