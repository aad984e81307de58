import Core
import Organisation
import Web

/// A title of a unit as an answer.
struct GoalsUnitTitleAnswer: Encodable, Sendable {
    let id: ID
    let unit: TerritoryTitle
    let unitEnded: Day?
    let title: Goals.UnitTitle
    let name: String
    let document: GoalsDocumentAnswer
    let signer: String?
    let from: Day
    let until: Day?
    let endedOn: Day?
    let endedWhy: Goals.Ending?
    /// The document that ended it, or the reason why the entry is a slip.
    let endedDocument: String?
    let voidedOn: Day?
    let holds: Bool

    init(_ title: Goals.UnitTitleHeld, on today: Day) {
        id = title.id
        unit = title.unit
        unitEnded = title.unitEnded
        self.title = title.title
        name = title.name
        document = GoalsDocumentAnswer(title.document)
        signer = title.signer
        from = title.from
        until = title.until
        endedOn = title.endedOn
        endedWhy = title.endedWhy
        endedDocument = title.endedDocument
        voidedOn = title.voidedOn
        holds = title.holds(on: today)
    }

    static let sample = GoalsUnitTitleAnswer(
        Goals.UnitTitleHeld(
            id: GoalsSamples.id, unit: GoalsSamples.unit, unitEnded: GoalsSamples.day, title: .model, name: "Model",
            document: Goals.Document(number: "1/QD", day: GoalsSamples.day, body: "Committee"), signer: "Sample",
            from: GoalsSamples.day, until: GoalsSamples.day, endedOn: GoalsSamples.day, endedWhy: .withdrawn,
            endedDocument: "2/QD", voidedOn: GoalsSamples.day, revision: 1, place: []), on: GoalsSamples.day)

    func status(_ view: View) -> WebStatus {
        if holds { return WebStatus(.done, view("goals.register.holds")) }
        if let endedWhy, let endedOn {
            return WebStatus(
                endedWhy == .withdrawn ? .unmet : .none,
                view("goals.register.ended.\(endedWhy.rawValue)", ["day": view.day(voidedOn ?? endedOn)]))
        }
        return WebStatus(.none, view("goals.register.over"))
    }

    func span(_ view: View) -> String {
        until.map {
            view("goals.register.span", ["from": view.day(from), "last": view.day($0.adding(days: -1))])
        } ?? view("goals.register.spanOpen", ["from": view.day(from)])
    }

    func former(_ view: View) -> String? {
        unitEnded.map { view("goals.endedOn", ["day": view.day($0.adding(days: -1))]) }
    }
}

/// One title of the register.
struct GoalsUnitTitleOutput: Output {
    let title: GoalsUnitTitleAnswer
    let successors: [TerritoryTitle]
    let progress: Goals.Progress?
    let mayEnd: Bool
    let mayTakeOut: Bool

    static var sample: GoalsUnitTitleOutput {
        GoalsUnitTitleOutput(
            title: .sample, successors: [GoalsSamples.unit],
            progress: Goals.Progress(unit: GoalsSamples.unit, areas: 26, holding: 11, registered: 6, passed: 3),
            mayEnd: true, mayTakeOut: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let facts: WebFacts
        let form: FormView?
        let mistake: FormView?
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let heading = view("goals.goal.title", ["unit": view.headed(title.unit), "title": title.name])
        return Page(
            "goals-unit-title", title: heading,
            Content(
                head: WebHead(
                    title: heading, lead: title.document.shown(view),
                    crumbs: [
                        WebCrumb(view("goals.register.title"), GoalsAddress.register()),
                        WebCrumb(view.headed(title.unit)),
                    ], status: title.status(view)),
                facts: WebFacts(facts: facts(view)),
                form: mayEnd
                    ? view.form(
                        GoalsEndingForm.self, action: "/unit-titles/\(title.id)/ending", hasPrimary: false) : nil,
                mistake: mayTakeOut
                    ? view.form(
                        GoalsMistakeForm.self, action: "/unit-titles/\(title.id)/mistake", hasPrimary: false) : nil,
                trace: view.trace("\(title.id)", opens: "/unit-titles/\(title.id)")))
    }

    private func facts(_ view: View) -> [WebFact] {
        var facts = [
            WebFact(view("goals.column.span"), title.span(view)),
            WebFact(view("goals.register.signer"), title.signer ?? view("goals.register.noSigner")),
        ]
        if let document = title.endedDocument {
            let label = title.voidedOn == nil ? "goals.register.endedDocument" : "goals.register.mistakenWhy"
            facts.append(WebFact(view(label), document))
        }
        if let former = title.former(view) {
            let names = successors.map { view.headed($0) }.joined(separator: ", ")
            facts.append(WebFact(view("goals.register.unitNow"), names.isEmpty ? former : "\(former); \(names)"))
        }
        if let progress {
            facts.append(
                WebFact(
                    view("goals.goal.areas"), progress.sentence(view),
                    href: GoalsAddress.targets(under: progress.unit.id)))
        }
        return facts
    }
}
