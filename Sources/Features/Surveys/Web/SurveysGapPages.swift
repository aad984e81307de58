import Core
import Criteria
import Organisation
import Web

/// What one gap needs.
struct SurveysGapOutput: Output {
    let survey: SurveysAnswer
    let gap: SurveysGapAnswer
    let place: Int
    let count: Int
    let items: [SurveysItemAnswer]
    let maySurvey: Bool

    static var sample: SurveysGapOutput {
        SurveysGapOutput(survey: .sample, gap: .sample, place: 1, count: 4, items: [.sample], maySurvey: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let facts: WebFacts
        let form: FormView?
        let needs: [String]
        let items: WebRows?
        let planLink: WebLink
        let guideLink: WebLink
    }

    func page(_ view: View) -> Page {
        let title = gap.indicator.title(view)
        var filled: [String: String] = [:]
        for need in gap.needs {
            filled[need.need.rawValue] = need.text
            filled["\(need.need.rawValue)Amount"] = need.amount.map { Surveys.ValueCode.typed(.quantity($0)) }
            if need.need == .works { filled["worksUnit"] = need.unit }
        }
        let isOpen = maySurvey && survey.concludedOn == nil
        return Page(
            "surveys-gap", title: title,
            Content(
                head: WebHead(
                    title: title,
                    lead: view("surveys.gap.lead", ["place": view.number(place), "count": view.number(count)]),
                    crumbs: survey.crumbs(view) + [WebCrumb(view("surveys.crumb"), "/surveys/\(survey.id)")],
                    status: gap.effortStatus(view)),
                facts: WebFacts(facts: facts(view)),
                form: isOpen
                    ? view.form(
                        SurveysNeedForm.self, action: "/surveys/\(survey.id)/gaps/\(gap.indicator.code)",
                        filled: filled) : nil,
                needs: isOpen
                    ? [] : gap.needs.isEmpty ? [view("surveys.needs.none")] : gap.needs.map { $0.shown(view) },
                items: items.isEmpty
                    ? nil
                    : WebRows(
                        rows: items.map {
                            WebLine(
                                title: $0.what, text: $0.ownerName,
                                right: view("surveys.plan.until", ["day": view.day($0.until)]), status: $0.status(view))
                        }),
                planLink: WebLink(
                    "/surveys/\(survey.id)/plan?code=\(gap.indicator.code)", view("surveys.gap.toPlan")),
                guideLink: WebLink("/portal/criteria", view("surveys.area.example"))))
    }

    private func facts(_ view: View) -> [WebFact] {
        var facts = [WebFact(view("surveys.column.today"), gap.value(view))]
        if let demand = gap.indicator.demand(view) { facts.append(WebFact(view("surveys.gap.threshold"), demand)) }
        if gap.gain > 0 {
            facts.append(WebFact(view("surveys.column.gain"), view("surveys.gain", ["points": view.points(gap.gain)])))
        }
        if gap.isMandatory { facts.append(WebFact(view("surveys.gap.kind"), view("surveys.mandatory"))) }
        if !gap.indicator.answerable.isEmpty {
            facts.append(WebFact(view("surveys.gap.answerable"), gap.indicator.answerable))
        }
        return facts
    }
}
