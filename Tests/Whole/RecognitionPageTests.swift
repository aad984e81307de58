import App
import Core
import Foundation
import Recognition
import Testing
import Web

/// The life cycle of a dossier as a page for people: drawn from the one table that the program obeys.
@Suite struct RecognitionPageTests {
    private let words: Words

    init() throws { words = try #require(try Assets(root: Checkout.root).words[.en]) }

    private func state(_ state: Recognition.State) -> String {
        "`\(state.rawValue)` (\(words("recognition.state.\(state.rawValue)")))"
    }

    private func due(_ rule: Recognition.DueRule) -> String {
        let calendar = Recognition.YearCalendar.standard
        switch rule {
        case .none: return ""
        case .mending:
            switch calendar.mending {
            case .working(let days): return "\(days) working days after the return"
            case .calendar(let days): return "\(days) days after the return"
            }
        case .day(let milestone):
            return calendar.days[milestone].map { "\($0.day)/\($0.month)" } ?? milestone.rawValue
        }
    }

    @Test func thePageOfTheLifeCycleIsTheCommittedOne() throws {
        var page = """
            # The life cycle of a dossier

            Drawn from `RecognitionLifeCycle.swift`; `make access` draws it anew. The deadlines are those of the
            demonstration's rules of recognition (constructed, "minh họa").

            ## Where a dossier can stand

            | state | who has it in hand | the act that is awaited | until |
            |---|---|---|---|

            """
        for stage in Recognition.LifeCycle.stages {
            page += "| \(state(stage.state)) | \(stage.holder?.rawValue ?? "nobody") "
            page += "| \(stage.awaits.map { "`\($0.rawValue)`" } ?? "") | \(due(stage.due)) |\n"
        }
        page += """

            ## What can be done, and by whom

            | in | act | leads to | whose role includes | must say | not by who |
            |---|---|---|---|---|---|

            """
        for step in Recognition.LifeCycle.steps {
            let roles = Role.allCases.filter { $0.capabilities.contains(step.needs) }.map(\.rawValue)
            let reason =
                switch step.reason {
                case .none: ""
                case .text: "why"
                case .perIndicator: "why, at each indicator concerned"
                }
            page += "| \(step.from.map { "`\($0.rawValue)`" } ?? "none yet") | `\(step.action.rawValue)` "
            page += "| `\(step.to.rawValue)` | `\(step.needs.rawValue)`: \(roles.joined(separator: ", ")) "
            page += "| \(reason) | \(step.apart.map(\.rawValue).joined(separator: ", ")) |\n"
        }
        try Checkout.compare(page, with: "recognition.md")
    }
}
