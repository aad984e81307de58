import Core
import Organisation
import Web

/// A goal as an answer.
struct GoalsGoalAnswer: Encodable, Sendable {
    let id: ID
    let unit: TerritoryTitle
    let unitEnded: Day?
    let title: Goals.UnitTitle
    let name: String
    let due: Day
    let standing: Goals.GoalStanding
    let reachedOn: Day?
    let droppedOn: Day?
    let owner: Goals.Owner
    let successor: TerritoryTitle?
    let blocks: String?
    let revision: Int

    init(_ goal: Goals.Goal, on today: Day) {
        id = goal.id
        unit = goal.unit
        unitEnded = goal.unitEnded
        title = goal.title
        name = goal.name
        due = goal.due
        standing = goal.standing(on: today)
        reachedOn = goal.reachedOn
        droppedOn = goal.droppedOn
        owner = goal.answers
        successor = goal.successor
        blocks = goal.blocks
        revision = goal.revision
    }

    static let sample = GoalsGoalAnswer(
        Goals.Goal(
            id: GoalsSamples.id, unit: GoalsSamples.unit, unitEnded: GoalsSamples.day, title: .model, name: "Model",
            due: GoalsSamples.day, reachedOn: GoalsSamples.day, droppedOn: GoalsSamples.day,
            answers: Goals.Owner(id: GoalsSamples.id, name: "Sample", endedOn: GoalsSamples.day),
            successor: GoalsSamples.unit, blocks: "roads", revision: 2, place: []), on: GoalsSamples.day)

    func status(_ view: View) -> WebStatus {
        switch standing {
        case .reached: return WebStatus(.done, view("goals.standing.reached", ["day": view.day(reachedOn ?? due)]))
        case .dropped: return WebStatus(.none, view("goals.standing.dropped"))
        case .late: return WebStatus.deadline(due, today: view.today, view.words)
        case .onTheWay: return WebStatus(.waiting, view("goals.standing.onTheWay"))
        }
    }

    func heading(_ view: View) -> String {
        view("goals.goal.title", ["unit": view.headed(unit), "title": name])
    }
}

extension String {
    /// With a capital first letter, the rest as it is.
    var capitalised: String { prefix(1).uppercased() + dropFirst() }
}

/// One goal: who answers, what blocks it, what it said before.
struct GoalsGoalOutput: Output {
    struct Version: Encodable, Sendable {
        let due: Day
        let owner: String
        let successor: TerritoryTitle?
        let blocks: String?
        let isDropped: Bool
        let document: GoalsDocumentAnswer
        let person: String?
        let organisation: String?
        let at: Instant
    }

    let goal: GoalsGoalAnswer
    /// What came of a unit that ended, where no document names another.
    let successors: [TerritoryTitle]
    /// How far the areas are, of a commune that stands.
    let progress: Goals.Progress?
    let versions: [Version]
    let owners: [GoalsChoice]
    let units: [GoalsChoice]
    let maySet: Bool

    static var sample: GoalsGoalOutput {
        let version = Version(
            due: GoalsSamples.day, owner: "Sample", successor: GoalsSamples.unit, blocks: "roads", isDropped: true,
            document: .sample, person: "Sample", organisation: "Sample", at: GoalsSamples.instant)
        return GoalsGoalOutput(
            goal: .sample, successors: [GoalsSamples.unit],
            progress: Goals.Progress(unit: GoalsSamples.unit, areas: 26, holding: 11, registered: 6, passed: 3),
            versions: [version, version], owners: [.sample], units: [.sample], maySet: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let succession: WebNotice?
        let facts: WebFacts
        let history: WebHistory
        let form: FormView?
        let open: String
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let title = goal.heading(view)
        return Page(
            "goals-goal", title: title,
            Content(
                head: WebHead(
                    title: title, lead: versions.first.map { $0.document.shown(view) },
                    crumbs: [WebCrumb(view("goals.goals.title"), "/goals"), WebCrumb(view.headed(goal.unit))],
                    status: goal.status(view)),
                succession: succession(view), facts: WebFacts(facts: facts(view)),
                history: WebHistory(events: events(view)), form: maySet ? form(view) : nil,
                open: view.submitted == nil ? "" : "open", trace: view.trace("\(goal.id)", opens: "/goals/\(goal.id)")))
    }

    /// A unit that is no more: who answers now, or that nobody does.
    private func succession(_ view: View) -> WebNotice? {
        guard let ended = goal.unitEnded else { return nil }
        let day = view.day(ended.adding(days: -1))
        if let successor = goal.successor {
            return WebNotice(
                .plain, bold: view("goals.succession.ended", ["unit": view.headed(goal.unit), "day": day]),
                text: view("goals.succession.named", ["successor": view.named(successor)]))
        }
        let text =
            successors.isEmpty
            ? view("goals.succession.none")
            : view("goals.succession.came", ["successors": successors.map { view.named($0) }.joined(separator: ", ")])
        return WebNotice(
            successors.isEmpty ? .ask : .plain,
            bold: view("goals.succession.ended", ["unit": view.headed(goal.unit), "day": day]), text: text)
    }

    private func facts(_ view: View) -> [WebFact] {
        let owner =
            goal.owner.endedOn.map {
                view("goals.goal.ownerEnded", ["owner": goal.owner.name, "day": view.day($0.adding(days: -1))])
            } ?? goal.owner.name
        var facts = [
            WebFact(view("goals.column.due"), view.day(goal.due)), WebFact(view("goals.column.owner"), owner),
            WebFact(view("goals.goal.blocks"), goal.blocks ?? view("goals.goal.noBlocks")),
        ]
        if let progress {
            facts.append(
                WebFact(
                    view("goals.goal.areas"), progress.sentence(view),
                    href: GoalsAddress.targets(under: progress.unit.id)))
        }
        return facts
    }

    private func events(_ view: View) -> [WebEvent] {
        versions.enumerated().map { index, version in
            let isFirst = index == versions.count - 1
            let isSameDay = !isFirst && versions[index + 1].due == version.due
            let key = version.isDropped ? "dropped" : isFirst ? "set" : isSameDay ? "kept" : "changed"
            let places = [
                "day": view.day(version.at.day), "due": view.day(version.due),
                "before": isFirst ? "" : view.day(versions[index + 1].due),
            ]
            let who = [version.person, version.organisation].compactMap { $0 }.joined(separator: ", ")
            return WebEvent(
                state: index == 0 ? .done : .none, title: view("goals.goal.\(key)", places),
                text: [
                    version.document.shown(view), view("goals.goal.answers", ["owner": version.owner]),
                    version.blocks ?? "", who,
                ].filter { !$0.isEmpty }.joined(separator: " · "))
        }
    }

    private func form(_ view: View) -> FormView {
        view.form(
            GoalsGoalChangeForm.self, action: "/goals/\(goal.id)",
            filled: [
                "act": "keep", "due": view.words.language == .vi ? view.day(goal.due) : goal.due.isoText,
                "owner": "\(goal.owner.id)", "successor": goal.successor.map { "\($0.id)" } ?? "",
                "blocks": goal.blocks ?? "",
            ],
            options: ["owner": owners.map { $0.option(view) }, "successor": units.map { $0.option(view) }],
            hasPrimary: false)
    }
}

extension Goals.Progress {
    /// "11 trong 26 khu dân cư đang giữ danh hiệu; năm nay 6 đăng ký, 3 đạt."
    func sentence(_ view: View) -> String {
        view(
            "goals.progress.sentence",
            [
                "holding": view.number(holding), "areas": view.number(areas), "registered": view.number(registered),
                "passed": view.number(passed),
            ])
    }
}

/// The page on which a goal is set.
struct GoalsGoalNewOutput: Output {
    let units: [GoalsChoice]
    let owners: [GoalsChoice]

    static var sample: GoalsGoalNewOutput { GoalsGoalNewOutput(units: [.sample], owners: [.sample]) }

    struct Content: Sendable {
        let head: WebHead
        let form: FormView
    }

    func page(_ view: View) -> Page {
        let title = view("goals.goalNew.title")
        return Page(
            "goals-form", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("goals.goalNew.lead"),
                    crumbs: [WebCrumb(view("goals.goals.title"), "/goals"), WebCrumb(title)]),
                form: view.form(
                    GoalsGoalForm.self, action: "/goals",
                    options: [
                        "unit": units.map { $0.option(view) }, "owner": owners.map { $0.option(view) },
                        "title": GoalsUnitTitles.options(view),
                    ])))
    }
}

/// The titles of units as choices of a form.
enum GoalsUnitTitles {
    static func options(_ view: View) -> [WebOption] {
        Goals.UnitTitle.allCases.map { WebOption(value: $0.rawValue, label: view("goals.unitTitle.\($0.rawValue)")) }
    }
}
