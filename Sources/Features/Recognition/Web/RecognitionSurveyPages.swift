import Core
import Web

extension RecognitionSurveyMark {
    static let sample = RecognitionSurveyMark(
        day: RecognitionSamples.day, gaps: 4, indicators: 27, planned: 4, done: 3, href: "/surveys",
        plan: [
            RecognitionPlanItem(
                code: "III.3", what: "Sample", owner: "Sample", until: RecognitionSamples.day,
                doneOn: RecognitionSamples.day)
        ])

    /// What the survey found and how far its plan is; without one it says so, and where to make it.
    static func notice(_ mark: RecognitionSurveyMark?, of area: ID, _ view: View) -> WebNotice {
        guard let mark else {
            return WebNotice(
                .ask, text: view("recognition.survey.none"),
                action: WebLink("/areas/\(area)/survey", view("recognition.survey.make")))
        }
        let format = view.language.format
        let found = view(
            "recognition.survey.found",
            [
                "day": view.day(mark.day), "gaps": format.integer(mark.gaps),
                "all": format.integer(mark.indicators),
            ])
        let plan =
            mark.planned == 0
            ? view("recognition.survey.noPlan")
            : view(
                "recognition.survey.plan", ["done": format.integer(mark.done), "all": format.integer(mark.planned)])
        return WebNotice(
            mark.gaps == 0 || mark.planned > 0 && mark.done == mark.planned ? .done : .plain, bold: found, text: plan,
            action: WebLink(mark.href, view("recognition.survey.see")))
    }

    /// The plan of the year, item by item; nil without one.
    static func planTable(_ mark: RecognitionSurveyMark?, _ view: View) -> WebTable? {
        guard let plan = mark?.plan, !plan.isEmpty else { return nil }
        return WebTable(
            columns: ["what", "owner", "until", "done"].map { WebColumn(view("recognition.survey.column.\($0)")) },
            rows: plan.map { item in
                WebRow([
                    .head(item.what, also: item.code), .text(item.owner), .text(view.day(item.until)),
                    .status(
                        item.doneOn.map { WebStatus(.done, view("recognition.survey.doneOn", ["day": view.day($0)])) }
                            ?? view.deadline(item.until, ahead: .notbegun)),
                ])
            })
    }
}
