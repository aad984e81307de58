import App
import Core
import Foundation
import Rechecks
import Testing
import Web

/// The life cycle of a re-check as a page for people: drawn from the one table that the program obeys.
@Suite struct RechecksPageTests {
    private let words: Words

    init() throws { words = try #require(try Assets(root: Checkout.root).words[.en]) }

    private func state(_ state: Rechecks.State) -> String {
        "`\(state.rawValue)` (\(words("rechecks.state.\(state.rawValue)")))"
    }

    @Test func thePageOfTheLifeCycleIsTheCommittedOne() throws {
        let terms = Rechecks.Terms.standard
        var page = """
            # The life cycle of a re-check

            Drawn from `RechecksLifeCycle.swift`; `make access` draws it anew. How often a title is re-checked and how
            long there is for mending come from the criteria set and the rules of recognition; the \(terms.lookDays) days of a round and the \
            \(terms.invitationDays) days between invitation and hearing are constructed for the demonstration ("minh họa").

                due ──pass──────────────────────────────────────────────────────────► kept
                 │flag                                                                 ▲
                 ▼                                                                     │ keep, once all is mended
                watched ─draft─► warning ─notify─► noticed ──answer──► answered ───────┤
                   ▲───retract────┘                   ▲    │              │            │
                                                      └────┼───extend─────┤            │
                                                           ▼ time over    ▼            │
                                                          summoned ──hear──► heard ────┘
                                                                               │ propose ▲ discard
                                                                               ▼         │
                                                                            withdrawing ─┘──withdraw──► withdrawn
                ended: the title itself ended, from any of these before kept

            Every title is re-checked under its criteria set and, over it, the rules of recognition that were in force when
            its round was opened; running re-checks keep theirs. `titleMending` of the rules is the time to mend
            (\(terms.mending.text) where they say none), never the `mending` of returned dossiers.

            A notice (thông báo) is a paper like a decision: drafted with a reason at each indicator, printed as "dự thảo",
            signed, and given when number, day, signer, office and the signed scan are in. The time to mend runs from the
            day on the signed paper. Until then the area is on watch, reads no draft, and nothing runs against it. A
            record without a paper that already counts was considered: an area would have lost days to something nobody
            had signed. The price is one more press for the decider.

            What does not meet its threshold is said to have fallen only where its value at recognition is known. A title
            entered from an older register has none: its page, notice and minutes say why the column is empty.

            ## Where a re-check can stand

            | state | who has it in hand | the act that is awaited |
            |---|---|---|

            """
        for stage in Rechecks.LifeCycle.stages {
            page += "| \(state(stage.state)) | \(stage.holder?.rawValue ?? "nobody") "
            page += "| \(stage.awaits.map { "`\($0.rawValue)`" } ?? "") |\n"
        }
        page += """

            ## What can be done, and by whom

            | in | act | leads to | whose role includes | must say | not by who |
            |---|---|---|---|---|---|

            """
        for step in Rechecks.LifeCycle.steps {
            let reason =
                switch step.reason {
                case .none: ""
                case .text: "why"
                case .perIndicator: "why, at each indicator concerned"
                }
            let who =
                step.needs.map { needs in
                    let roles = Role.allCases.filter { $0.capabilities.contains(needs) }.map(\.rawValue)
                    return "`\(needs.rawValue)`: \(roles.joined(separator: ", "))"
                } ?? "by itself"
            page += "| \(step.from.map { "`\($0.rawValue)`" } ?? "none yet") | `\(step.action.rawValue)` "
            page += "| `\(step.to.rawValue)` | \(who) | \(reason) "
            page += "| \(step.apart.map(\.rawValue).joined(separator: ", ")) |\n"
        }
        try Checkout.compare(page, with: "rechecks.md")
    }
}
