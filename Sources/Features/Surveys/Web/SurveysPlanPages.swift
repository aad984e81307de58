import Core
import Organisation
import Web

/// The plan of the year that came of a survey.
struct SurveysPlanOutput: Output {
    struct Owner: Encodable, Sendable {
        let id: ID
        let name: String
    }

    let survey: SurveysAnswer
    let items: [SurveysItemAnswer]
    /// The gaps an item can be for, in the order of effort.
    let gaps: [SurveysGapAnswer]
    let owners: [Owner]
    let code: String?
    /// The open item that is about to be changed.
    let picked: ID?
    let maySurvey: Bool

    static var sample: SurveysPlanOutput {
        SurveysPlanOutput(
            survey: .sample, items: [.sample, .sampleOpen], gaps: [.sample],
            owners: [Owner(id: SurveysSamples.id, name: "Youth Union")], code: "III.3", picked: SurveysSamples.id,
            maySurvey: true)
    }

    struct Row: Sendable {
        let what: String
        let about: String
        let until: String
        let status: WebStatus
        let action: String?
        let value: String
        let verb: String
        let edit: WebLink?
    }

    /// An open item to be changed or taken out.
    struct Change: Sendable {
        let title: String
        let now: [String]
        let form: FormView
        /// Its fields, without the hidden one.
        let plain: [WebField]
        let over: String
        let removal: FormView
        let back: WebLink
    }

    struct Content: Sendable {
        let head: WebHead
        let empty: WebEmpty?
        let sum: String?
        let rows: [Row]
        let change: Change?
        let form: FormView?
        let open: String
        let paper: WebLink
    }

    func page(_ view: View) -> Page {
        let title = view("surveys.plan.title", ["area": view.headed(survey.area), "year": "\(survey.year)"])
        let item = maySurvey ? items.first { $0.id == picked && $0.doneOn == nil } : nil
        let mayAdd = maySurvey && !gaps.isEmpty && item == nil
        return Page(
            "surveys-plan", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("surveys.plan.lead"),
                    crumbs: survey.crumbs(view) + [WebCrumb(view("surveys.crumb"), "/surveys/\(survey.id)")],
                    status: survey.status(view)),
                empty: items.isEmpty
                    ? WebEmpty(
                        title: view("surveys.plan.empty"), text: view("surveys.plan.emptyText"),
                        first: view(gaps.isEmpty ? "surveys.plan.emptyNoGaps" : "surveys.plan.emptyFirst")) : nil,
                sum: items.isEmpty
                    ? nil
                    : view(
                        "surveys.plan.sum",
                        [
                            "done": view.number(items.count { $0.doneOn != nil }), "all": view.number(items.count),
                        ]),
                rows: items.map { row($0, view) }, change: item.map { change($0, view) },
                form: mayAdd ? form(view) : nil,
                open: code != nil || view.submitted != nil || items.isEmpty ? "open" : "",
                paper: WebLink("/surveys/\(survey.id)/plan/paper", view("surveys.paper.planLink"))))
    }

    private func row(_ item: SurveysItemAnswer, _ view: View) -> Row {
        Row(
            what: item.what, about: "\(item.code) \(item.indicator.shown(view)) · \(item.ownerName)",
            until: view("surveys.plan.until", ["day": view.day(item.until)]), status: item.status(view),
            action: maySurvey ? "/surveys/\(survey.id)/plan/\(item.id)/done" : nil,
            value: item.doneOn == nil ? "yes" : "no",
            verb: view(item.doneOn == nil ? "surveys.plan.tick" : "surveys.plan.untick"),
            edit: maySurvey && item.doneOn == nil
                ? WebLink("/surveys/\(survey.id)/plan?item=\(item.id)#h-change", view("surveys.plan.change")) : nil)
    }

    private func change(_ item: SurveysItemAnswer, _ view: View) -> Change {
        let home = "/surveys/\(survey.id)/plan"
        // What it serves and who answers may be no choice any more; it stays one for this item.
        var codes = gaps.map { WebOption(value: $0.indicator.code, label: $0.indicator.title(view)) }
        if !gaps.contains(where: { $0.indicator.code == item.code }) {
            codes.append(WebOption(value: item.code, label: "\(item.code) \(item.indicator.shown(view))"))
        }
        var bodies = owners.map { WebOption(value: "\($0.id)", label: $0.name) }
        if !owners.contains(where: { $0.id == item.owner }) {
            bodies.append(WebOption(value: "\(item.owner)", label: item.ownerName))
        }
        let form = view.form(
            SurveysItemChangeForm.self, action: "\(home)/\(item.id)",
            filled: [
                "code": item.code, "what": item.what, "owner": "\(item.owner)",
                "until": view.language == .vi ? view.day(item.until) : item.until.isoText,
            ], options: ["code": codes, "owner": bodies])
        return Change(
            title: view("surveys.plan.changing", ["what": item.what]),
            now: form.typed != nil && view.submitted?.isConflict == true
                ? [
                    view(
                        "surveys.plan.now",
                        [
                            "what": item.what, "code": item.code, "owner": item.ownerName,
                            "day": view.day(item.until),
                        ])
                ] : [], form: form, plain: form.fields.filter { $0.name != "over" }, over: item.standing,
            removal: view.form(SurveysItemRemoval.self, action: "\(home)/\(item.id)/removal", hasPrimary: false),
            back: WebLink(home, view("surveys.plan.asItWas")))
    }

    private func form(_ view: View) -> FormView {
        view.form(
            SurveysItemForm.self, action: "/surveys/\(survey.id)/plan",
            filled: ["code": code ?? gaps.first?.indicator.code ?? ""],
            options: [
                "code": gaps.map { WebOption(value: $0.indicator.code, label: $0.indicator.title(view)) },
                "owner": owners.map { WebOption(value: "\($0.id)", label: $0.name) },
            ])
    }
}
