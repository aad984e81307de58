import Core
import Database
import Documents
import Recognition
import Web

/// Re-checks (rà soát danh hiệu hằng năm): whether a title still stands on what it was granted for.
///
/// Once a year each commune opens a round (đợt rà soát) that lists the titles its areas hold. In turn a re-check is light
/// (the mandatory indicators and those that changed) or full. An officer looks on the spot. Where nothing fell the title
/// is kept. Where an indicator fell, it is on watch (theo dõi); the decider gives notice (thông báo) with a reason at each
/// indicator and time to mend; the area answers (trả lời) and mends; the commune looks again; the title is kept. A title
/// is taken back (thu hồi) only after the area was invited and heard (nghe trình bày), by a decision with number, day,
/// signer and scan like the one that granted it. A term that is over ends a title by itself.
///
///   the table of states       `Rechecks.LifeCycle` (Rules/RechecksLifeCycle.swift); drawn in docs/rechecks.md
///   how often, how long       `Rechecks.Terms`; light and full in turn `Rechecks.Kind`, `Rechecks.Listed`
///   what fell, what is mended `Rechecks.Finding`
///   being heard               `Rechecks.Hearing`
///   a title's own history     `Recognition.TitleAct`, `Recognition.TitleHistory`
///
/// Watch and notice are seen by the area, its commune and the decider, and by nobody else.
///
/// Basis: directive on model residential areas, M3.1 and M3.3; rules for people 8, 11 and 12.
package enum Rechecks {}

/// What App mounts: routes, tables, jobs, and what recognition asks before a title is taken back.
package enum RechecksFeature {
    /// Whoever looked signs no withdrawal: the decision is recognition's, what was found stands here. A draft thrown away
    /// and a title taken back are told here as well.
    package static func hook(into hooks: inout RecognitionHooks) {
        hooks.withdrawing = { person, titles, day, reader in
            try RechecksStore.refusalToWithdraw(titles, by: person, on: day, reader)
        }
        hooks.discarded = { titles, deed, tx in try RechecksStore.noted(.discard, titles, deed, tx) }
        hooks.withdrawn = { titles, deed, tx in try RechecksStore.noted(.withdraw, titles, deed, tx) }
    }

    /// Where kept files are recorded.
    package static let contents = [
        ContentReference(table: "recheck_evidence", column: "address"),
        ContentReference(table: "recheck_notice", column: "scan_address"),
    ]

    /// - Parameters:
    ///   - files: where pictures and documents are kept.
    ///   - held: what offices hold of areas.
    package static func feature(
        files: ContentStore, held: @escaping RechecksHeld = { _, _, _, _ in [:] }
    ) -> Feature {
        Feature(
            "rechecks", routes: RechecksRoutes.routes(files, held), migrations: RechecksSchema.migrations,
            navigation: [
                NavigationItem("/rechecks", "rechecks.navigation") { signedIn in
                    signedIn.map { signedIn in
                        [Capability.recheckTitles, .warnTitles, .answerNotice].contains { signedIn.actor.holds($0) }
                    } ?? false
                }
            ],
            waiting: { try RechecksWaiting.waiting(for: $0, on: $1, $2) })
    }
}
