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
            long there is for mending come from the criteria set; the \(terms.lookDays) days of a round and the \
            \(terms.invitationDays) days between invitation and hearing are constructed for the demonstration ("minh họa").

                due ──pass──────────────────────────────────────────────► kept
                 │flag                                                     ▲
                 ▼                                                         │ keep, once all that fell is mended
                watched ──notify──► noticed ──answer──► answered ──────────┤
                                       ▲    │              │               │
                                       └────┼───extend─────┤               │
                                            ▼ time over    ▼               │
                                           summoned ──hear──► heard ───────┘
                                                                │ propose ▲ discard
                                                                ▼         │
                                                             withdrawing ─┘──withdraw──► withdrawn
                ended: the title itself ended, from any of these before kept

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
