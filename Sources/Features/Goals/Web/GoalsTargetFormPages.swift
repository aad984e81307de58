import Core
import Criteria
import Organisation
import Web

/// The form of a target, apart or on the target's own page.
struct GoalsTargetFormContent: Sendable {
    struct Hidden: Sendable {
        let name: String
        let value: String
    }

    let form: FormView
    let hidden: [Hidden]
    let shown: [WebField]

    /// - Parameter fixed: what is not asked again, by field.
    init(_ form: FormView, fixed: [String: String], _ view: View) {
        self.form = form
        hidden = fixed.sorted { $0.key < $1.key }.map { Hidden(name: $0.key, value: $0.value) }
        // Whether one is sure is asked of who set more than there are areas.
        let isAsked = view.submitted?.errors.contains { $0.key == "goals.refusal.moreThanAreas" } ?? false
        let wasSure = view.submitted?.input.values["sure"] != nil
        shown = form.fields.filter { field in
            fixed[field.name] == nil && field.name != "version" && (field.name != "sure" || isAsked || wasSure)
        }
    }
}

/// The page on which a target is set.
struct GoalsTargetNewOutput: Output {
    struct Title: Encodable, Sendable {
        let code: String
        let name: GoalsName
    }

    let unit: ID?
    let title: String?
    let span: String
    let units: [GoalsChoice]
    let titles: [Title]

    static var sample: GoalsTargetNewOutput {
        GoalsTargetNewOutput(
            unit: GoalsSamples.id, title: "model", span: "2026", units: [.sample],
            titles: [Title(code: "model", name: .sample)])
    }

    struct Content: Sendable {
        let head: WebHead
        let edit: GoalsTargetFormContent
    }

    func page(_ view: View) -> Page {
        let heading = view("goals.targetNew.title")
        let form = view.form(
            GoalsTargetForm.self, action: "/targets",
            filled: ["unit": unit.map { "\($0)" } ?? "", "title": title ?? "", "span": span],
            options: [
                "unit": units.map { $0.option(view) },
                "title": titles.map { WebOption(value: $0.code, label: $0.name.shown(view)) },
            ])
        return Page(
            "goals-target-new", title: heading,
            Content(
                head: WebHead(
                    title: heading, lead: view("goals.targetNew.lead"),
                    crumbs: [
                        WebCrumb(view("goals.navigation"), GoalsAddress.targets(under: unit)), WebCrumb(heading),
                    ]), edit: GoalsTargetFormContent(form, fixed: [:], view)))
    }
}

/// A target: the number, what came of it, every number before with its document.
struct GoalsTargetOutput: Output {
    struct Version: Encodable, Sendable {
        let number: Int
        let value: Int
        let document: GoalsDocumentAnswer
        let note: String?
        let person: String?
        let organisation: String?
        let at: Instant
        let hasScan: Bool
    }

    let id: ID
    let unit: TerritoryTitle
    let title: String
    let titleName: GoalsName
    let span: String
    let revision: Int
    let line: GoalsTargetsOutput.Line
    /// Newest first; the first one counts.
    let versions: [Version]
    let maySet: Bool

    static var sample: GoalsTargetOutput {
        let version = Version(
            number: 1, value: 4, document: .sample, note: "first", person: "Sample", organisation: "Sample",
            at: GoalsSamples.instant, hasScan: true)
        return GoalsTargetOutput(
            id: GoalsSamples.id, unit: GoalsSamples.unit, title: "model", titleName: .sample, span: "2026",
            revision: 2, line: GoalsTargetsOutput.sampleLine, versions: [version, version], maySet: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let figures: [WebFigure]
        let history: WebHistory
        let scans: [WebLink]
        let edit: GoalsTargetFormContent?
        let open: String
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let spanText = Goals.Span(code: span).map { view.span($0) } ?? span
        let heading = view(
            "goals.target.title", ["title": titleName.shown(view), "unit": view.named(unit), "span": spanText])
        return Page(
            "goals-target", title: heading,
            Content(
                head: WebHead(
                    title: heading, lead: versions.first.map { $0.document.shown(view) },
                    crumbs: [
                        WebCrumb(
                            view("goals.navigation"), GoalsAddress.targets(under: unit.id, Goals.Span(code: span))),
                        WebCrumb(view.headed(unit)),
                    ]),
                figures: figures(view), history: WebHistory(events: events(view)),
                scans: versions.filter(\.hasScan).map {
                    WebLink(
                        "/targets/\(id)/scans/\($0.number)", view("goals.target.scan", ["number": $0.document.number]))
                },
                edit: maySet ? edit(view) : nil, open: view.submitted == nil ? "" : "open",
                trace: view.trace("\(id)", opens: "/targets/\(id)")))
    }

    private func figures(_ view: View) -> [WebFigure] {
        let areas = ["areas": view.number(line.areas)]
        return [
            WebFigure(number: view.number(line.value ?? 0), whole: view("goals.figure.target", areas))
        ]
            + [(Goals.Figure.registered, line.registered), (.met, line.met), (.held, line.held)].map { figure, count in
                WebFigure(
                    number: view.number(count), whole: view("goals.figure.\(figure.rawValue)", areas),
                    href: GoalsAddress.rows(figure, under: unit.id, title: title, Goals.Span(code: span)))
            }
    }

    private func events(_ view: View) -> [WebEvent] {
        versions.enumerated().map { index, version in
            let before = index + 1 < versions.count ? versions[index + 1].value : nil
            let places = [
                "day": view.day(version.at.day), "value": view.number(version.value),
                "before": before.map { view.number($0) } ?? "",
            ]
            let who = [version.person, version.organisation].compactMap { $0 }.joined(separator: ", ")
            return WebEvent(
                state: index == 0 ? .done : .none,
                title: view(before == nil ? "goals.target.set" : "goals.target.changed", places),
                text: [version.document.shown(view), version.note ?? "", who].filter { !$0.isEmpty }.joined(
                    separator: " · "))
        }
    }

    private func edit(_ view: View) -> GoalsTargetFormContent {
        let form = view.form(
            GoalsTargetForm.self, action: "/targets/\(id)", filled: ["value": line.value.map { "\($0)" } ?? ""],
            options: ["unit": [], "title": []], labels: ["value": view("goals.target.newValue")], hasPrimary: false)
        return GoalsTargetFormContent(
            form, fixed: ["unit": "\(unit.id)", "title": title, "span": span, "version": "\(revision)"], view)
    }
}
