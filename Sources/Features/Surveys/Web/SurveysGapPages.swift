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

    /// What stands in a field when the page is drawn; sent back with what is typed.
    struct Was: Sendable {
        let name: String
        let text: String
    }

    struct Content: Sendable {
        let head: WebHead
        let facts: WebFacts
        let form: FormView?
        let boxes: [WebField]
        let was: [Was]
        let needs: [String]
        let items: WebRows?
        let planLink: WebLink
        let guideLink: WebLink
    }

    func page(_ view: View) -> Page {
        let title = gap.indicator.title(view)
        let isOpen = maySurvey && survey.concludedOn == nil
        let form =
            isOpen
            ? view.form(SurveysNeedForm.self, action: "/surveys/\(survey.id)/gaps/\(gap.indicator.code)") : nil
        let drawn = form.map { boxes($0, view) } ?? []
        return Page(
            "surveys-gap", title: title,
            Content(
                head: WebHead(
                    title: title,
                    lead: view("surveys.gap.lead", ["place": view.number(place), "count": view.number(count)]),
                    crumbs: survey.crumbs(view) + [WebCrumb(view("surveys.crumb"), "/surveys/\(survey.id)")],
                    status: gap.effortStatus(view)),
                facts: WebFacts(facts: facts(view)),
                form: form, boxes: drawn.map(\.box), was: drawn.map(\.was),
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

    /// The fields over what stands in them now.
    private func boxes(_ form: FormView, _ view: View) -> [(box: WebField, was: Was)] {
        let held = Surveys.NeedFields.texts(
            gap.needs.map { Surveys.NeedLine(need: $0.need, text: $0.text, amount: $0.amount, unit: $0.unit) })
        let redrawn = SurveysRedrawn(form, view)
        return Surveys.NeedFields.names.compactMap { name in
            guard var box = form.field[name] else { return nil }
            let now = held[name] ?? ""
            let (isKept, was) = redrawn.field(name, sent: box.value ?? "", beside: name, held: now)
            if !isKept { box.value = now }
            return (box, Was(name: "was.\(name)", text: was))
        }
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
