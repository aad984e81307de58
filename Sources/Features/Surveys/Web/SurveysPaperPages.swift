import Core
import Organisation
import Web

/// The survey on A4: every indicator with its value and verdict, then the gaps in order.
struct SurveysPaperOutput: Output {
    let survey: SurveysOutput
    let groups: [SurveysValuesOutput.Group]

    static var sample: SurveysPaperOutput {
        SurveysPaperOutput(survey: .sample, groups: SurveysValuesOutput.sample.groups)
    }

    struct Row: Sendable {
        let code: String
        let name: String
        let demand: String
        let value: String
        let verdict: String
    }

    struct GapRow: Sendable {
        let place: String
        let name: String
        let value: String
        let effort: String
        let needs: String
    }

    struct Content: Sendable {
        let back: WebLink
        let document: WebDocumentHead
        let about: String
        let lead: String
        let rows: [Row]
        let gaps: [GapRow]
        let sign: WebDocumentSign
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let answer = survey.survey
        let about = view("surveys.paper.about", ["area": view.named(answer.area), "year": "\(answer.year)"])
        return Page(
            "surveys-paper", title: about,
            Content(
                back: WebLink("/surveys/\(answer.id)", view("surveys.crumb")),
                document: SurveysPaper.head(answer, view), about: about, lead: answer.lead(view),
                rows: groups.flatMap(\.lines).map { line in
                    Row(
                        code: line.indicator.code, name: line.indicator.name.shown(view),
                        demand: line.indicator.demand(view) ?? "", value: line.value(view),
                        verdict: line.verdict(view).word)
                },
                gaps: survey.gaps.enumerated().map { index, gap in
                    GapRow(
                        place: "\(index + 1)",
                        name: gap.indicator.title(view) + (gap.isMandatory ? " (\(view("surveys.mandatory")))" : ""),
                        value: "\(gap.value(view)); \(gap.indicator.demand(view) ?? "")",
                        effort: gap.effortStatus(view).word,
                        needs: gap.needs.map { $0.shown(view) }.joined(separator: "; "))
                }, sign: SurveysPaper.sign(view), trace: view.trace(answer)))
    }
}

/// The plan of the year on A4.
struct SurveysPlanPaperOutput: Output {
    let plan: SurveysPlanOutput

    static var sample: SurveysPlanPaperOutput { SurveysPlanPaperOutput(plan: .sample) }

    struct Row: Sendable {
        let place: String
        let what: String
        let indicator: String
        let owner: String
        let until: String
        let state: String
    }

    struct Content: Sendable {
        let back: WebLink
        let document: WebDocumentHead
        let about: String
        let rows: [Row]
        let none: String?
        let sign: WebDocumentSign
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let answer = plan.survey
        let about = view("surveys.paper.planAbout", ["area": view.named(answer.area), "year": "\(answer.year)"])
        return Page(
            "surveys-plan-paper", title: about,
            Content(
                back: WebLink("/surveys/\(answer.id)/plan", view("surveys.plan.see")),
                document: SurveysPaper.head(answer, view), about: about,
                rows: plan.items.enumerated().map { index, item in
                    Row(
                        place: "\(index + 1)", what: item.what,
                        indicator: "\(item.code) \(item.indicator.shown(view))", owner: item.ownerName,
                        until: view.day(item.until),
                        state: item.doneOn.map { view("surveys.plan.done", ["day": view.day($0)]) } ?? "")
                }, none: plan.items.isEmpty ? view("surveys.plan.none") : nil, sign: SurveysPaper.sign(view),
                trace: view.trace(answer)))
    }
}

/// Head and foot of both papers.
enum SurveysPaper {
    static func head(_ survey: SurveysAnswer, _ view: View) -> WebDocumentHead {
        WebDocumentHead(
            superior: survey.commune.map { [view.named($0).uppercased()] } ?? [],
            issuer: (survey.organisation ?? view.named(survey.area)).uppercased(), place: survey.area.name,
            dayText: view.language.format.paperDate(survey.concludedOn ?? view.today),
            isDraft: survey.concludedOn == nil)
    }

    static func sign(_ view: View) -> WebDocumentSign {
        WebDocumentSign(authority: view("surveys.paper.authority"), blank: view("surveys.paper.blank"))
    }
}
