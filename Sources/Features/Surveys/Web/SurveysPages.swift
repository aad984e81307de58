import Core
import Criteria
import Organisation
import Web

/// A survey: what it found, the gaps in the order of effort, the plan of the year.
struct SurveysOutput: Output {
    let survey: SurveysAnswer
    let indicators: Int
    let met: Int
    let unmet: Int
    let unknown: Int
    let notApplicable: Int
    /// Hundredths of a point.
    let total: Int
    let maximum: Int
    let gaps: [SurveysGapAnswer]
    let items: [SurveysItemAnswer]
    let filled: Int
    let maySurvey: Bool

    static var sample: SurveysOutput {
        SurveysOutput(
            survey: .sample, indicators: 27, met: 20, unmet: 4, unknown: 2, notApplicable: 1, total: 8_300,
            maximum: 10_000, gaps: [.sample], items: [.sample], filled: 25, maySurvey: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let newer: WebNotice?
        let notice: WebNotice
        let figures: [WebFigure]
        let gapsTable: WebTable?
        let noGaps: String?
        let items: WebRows?
        let noItems: String?
        let planLink: WebLink
        let valuesLink: WebLink
        let papers: [WebLink]
        let conclusion: FormView?
        let trace: WebTrace
    }

    var isOpen: Bool { survey.concludedOn == nil }

    func page(_ view: View) -> Page {
        let title = survey.heading(view)
        let home = "/surveys/\(survey.id)"
        return Page(
            "surveys-survey", title: title,
            Content(
                head: WebHead(
                    title: title, lead: survey.lead(view), crumbs: survey.crumbs(view), status: survey.status(view)),
                newer: survey.newer(view), notice: notice(view), figures: figures(view),
                gapsTable: gaps.isEmpty ? nil : gapsTable(view),
                noGaps: gaps.isEmpty ? view("surveys.noGaps") : nil,
                items: items.isEmpty ? nil : WebRows(rows: items.map { line($0, view) }),
                noItems: items.isEmpty ? view("surveys.plan.none") : nil,
                planLink: WebLink("\(home)/plan", view(maySurvey ? "surveys.plan.edit" : "surveys.plan.see")),
                valuesLink: WebLink(
                    "\(home)/values", view(maySurvey && isOpen ? "surveys.values.edit" : "surveys.values.see")),
                papers: [
                    WebLink("\(home)/paper", view("surveys.paper.sheetLink")),
                    WebLink("\(home)/plan/paper", view("surveys.paper.planLink")),
                ],
                conclusion: maySurvey && isOpen
                    ? view.form(SurveysConclusionButton.self, action: "\(home)/conclusion", hasPrimary: unknown == 0)
                    : nil, trace: view.trace(survey)))
    }

    private func notice(_ view: View) -> WebNotice {
        if let day = survey.concludedOn {
            return WebNotice(
                .done, bold: view("surveys.notice.concluded", ["day": view.day(day)]),
                text: view("surveys.notice.frozen", ["version": view.number(survey.setVersion)]))
        }
        if unknown > 0 {
            return WebNotice(
                .wait, text: view("surveys.notice.unknown", ["count": view.number(unknown)]),
                action: maySurvey ? WebLink("/surveys/\(survey.id)/values", view("surveys.values.edit")) : nil)
        }
        return WebNotice(.plain, text: view("surveys.notice.ready"))
    }

    private func figures(_ view: View) -> [WebFigure] {
        let of = ["all": view.number(indicators)]
        let points =
            maximum > 0
            ? [
                WebFigure(
                    number: view.points(total), whole: view("surveys.figure.points", ["maximum": view.points(maximum)]))
            ] : []
        return [
            WebFigure(number: view.number(met), whole: view("surveys.figure.met", of)),
            WebFigure(
                number: view.number(unmet), whole: view("surveys.figure.unmet", of), href: unmet > 0 ? "#gaps" : nil),
            WebFigure(
                number: view.number(unknown), whole: view("surveys.figure.unknown", of),
                href: unknown > 0 ? "/surveys/\(survey.id)/values" : nil),
        ] + points
    }

    private func gapsTable(_ view: View) -> WebTable {
        WebTable(
            columns: ["indicator", "today", "effort", "gain", "needs"].map { WebColumn(view("surveys.column.\($0)")) },
            rows: gaps.map { gap in
                WebRow([
                    .head(
                        gap.indicator.title(view), href: "/surveys/\(survey.id)/gaps/\(gap.indicator.code)",
                        also: gap.isMandatory ? view("surveys.mandatory") : nil),
                    .text(
                        gap.value(view),
                        also: gap.indicator.demand(view).map { view("surveys.demand", ["demand": $0]) }),
                    .status(gap.effortStatus(view)),
                    .text(
                        gap.gain > 0 ? view("surveys.gain", ["points": view.points(gap.gain)]) : view("surveys.noGain")),
                    .text(
                        gap.needs.isEmpty
                            ? view("surveys.needs.none") : gap.needs.map { $0.shown(view) }.joined(separator: "; "),
                        also: gap.planned > 0 ? view("surveys.plan.count", ["count": view.number(gap.planned)]) : nil),
                ])
            })
    }

    private func line(_ item: SurveysItemAnswer, _ view: View) -> WebLine {
        WebLine(
            title: item.what, text: "\(item.code) · \(item.ownerName)",
            right: view("surveys.plan.until", ["day": view.day(item.until)]), status: item.status(view))
    }
}

/// The values of a survey, group by group.
struct SurveysValuesOutput: Output {
    struct Group: Encodable, Sendable {
        let code: String
        let name: SurveysName
        let lines: [SurveysLine]
    }

    let survey: SurveysAnswer
    let groups: [Group]
    let maySurvey: Bool

    static var sample: SurveysValuesOutput {
        SurveysValuesOutput(
            survey: .sample, groups: [Group(code: "III", name: .sample, lines: [.sample])], maySurvey: true)
    }

    struct Option: Sendable {
        let value: String
        let label: String
        let selected: Bool
    }

    struct Row: Sendable {
        let code: String
        let title: String
        let about: String
        let verdict: WebStatus
        let source: String?
        let shown: String
        let isChoice: Bool
        let options: [Option]
        let typed: String
        let unit: String?
        let error: String?
        let naLabel: String?
        let naChecked: Bool
        /// What stands there when the page is drawn; sent back with what is typed.
        let was: String
    }

    struct Section: Sendable {
        let id: String
        let title: String
        let rows: [Row]
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice
        let action: String?
        let errors: WebErrors?
        let groups: [Section]
        let verb: String
    }

    func page(_ view: View) -> Page {
        let title = view("surveys.values.title", ["area": view.headed(survey.area), "year": "\(survey.year)"])
        let isOpen = maySurvey && survey.concludedOn == nil
        let form = view.form(SurveysValuesForm.self, action: "/surveys/\(survey.id)/values")
        return Page(
            "surveys-values", title: title,
            Content(
                head: WebHead(
                    title: title, lead: survey.lead(view),
                    crumbs: survey.crumbs(view) + [WebCrumb(view("surveys.crumb"), "/surveys/\(survey.id)")],
                    status: survey.status(view)),
                notice: survey.newer(view)
                    ?? WebNotice(
                        .plain, text: view(isOpen ? "surveys.values.how" : "surveys.values.frozen")),
                action: isOpen ? form.action : nil, errors: form.errors,
                groups: groups.map { group in
                    Section(
                        id: "group-\(group.code)", title: "\(group.code). \(group.name.shown(view))",
                        rows: group.lines.map { row($0, form, view) })
                }, verb: view("surveys.valuesForm.verb")))
    }

    private func row(_ line: SurveysLine, _ form: FormView, _ view: View) -> Row {
        let code = line.indicator.code
        let (sent, box) = (form.typed?["value.\(code)"] ?? "", form.typed?["na.\(code)"] != nil)
        let (isKept, was) = SurveysRedrawn(form, view).field(
            code, sent: box ? Surveys.ValueCode.notApplicable : sent, beside: "value.\(code)",
            held: line.isNotApplicable ? Surveys.ValueCode.notApplicable : line.typed)
        let typed = isKept ? sent : line.typed
        let choices = options(line, typed, view)
        let parts = [
            line.indicator.demand(view).map { view("surveys.demand", ["demand": $0]) },
            line.indicator.isMandatory ? view("surveys.mandatory") : nil, line.indicator.supplier(view),
        ].compactMap { $0 }
        return Row(
            code: code, title: line.indicator.title(view), about: parts.joined(separator: " · "),
            verdict: line.verdict(view), source: line.sourceText(view), shown: line.value(view),
            isChoice: !choices.isEmpty, options: choices, typed: typed, unit: line.indicator.unitText(view),
            error: form.messages["value.\(code)"],
            naLabel: line.indicator.notApplicableIf.map { view("surveys.values.na", ["case": $0]) },
            naChecked: isKept ? box : line.isNotApplicable, was: was)
    }

    private func options(_ line: SurveysLine, _ typed: String, _ view: View) -> [Option] {
        let none = Option(value: "", label: view("surveys.values.unknown"), selected: typed.isEmpty)
        switch line.indicator.kind {
        case "yesNo":
            return [none]
                + ["yes", "no"].map {
                    Option(value: $0, label: view("surveys.values.\($0)"), selected: typed == $0)
                }
        case "grade":
            return [none]
                + line.indicator.grades.map { Option(value: $0.code, label: $0.name, selected: typed == $0.code) }
        default: return []
        }
    }
}
