import Core
import Organisation
import Web

/// An area's surveys, and the form that begins one.
struct SurveysAreaOutput: Output {
    struct Past: Encodable, Sendable {
        let id: ID
        let year: Int
        let number: Int
        let begunOn: Day
        let concludedOn: Day?
        let gaps: Int?
    }

    struct Title: Encodable, Sendable {
        let code: String
        /// What the form sends for it.
        let choice: String
        /// Of the decider, where several may decide on it.
        let level: String?
        let name: SurveysName

        func shown(_ view: View) -> String {
            guard let level else { return name.shown(view) }
            return view("recognition.held.line", ["title": name.shown(view), "level": view("criteria.level.\(level)")])
        }
    }

    let area: Territory
    let year: Int
    let deadline: Day
    let surveys: [Past]
    /// Nil while no criteria set is in force.
    let setName: SurveysName?
    let titles: [Title]
    /// How many values stand there already when it begins.
    let known: Int
    let isOpen: Bool
    let maySurvey: Bool

    static var sample: SurveysAreaOutput {
        SurveysAreaOutput(
            area: Territory(
                id: SurveysSamples.id, kind: .area, designation: .thon, name: "Sample", code: nil,
                parent: SurveysSamples.id, validFrom: SurveysSamples.day, validUntil: nil, revision: 1,
                place: [SurveysSamples.id]), year: 2027, deadline: SurveysSamples.day,
            surveys: [
                Past(
                    id: SurveysSamples.id, year: 2026, number: 1, begunOn: SurveysSamples.day,
                    concludedOn: SurveysSamples.day, gaps: 4)
            ], setName: .sample, titles: [Title(code: "model", choice: "model", level: "province", name: .sample)],
            known: 17, isOpen: false,
            maySurvey: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let empty: WebEmpty?
        let table: WebTable?
        let known: String?
        let form: FormView?
    }

    func page(_ view: View) -> Page {
        let name = view.headed(area.title)
        let title = view("surveys.area.title", ["area": name])
        let mayBegin = maySurvey && !isOpen && !titles.isEmpty
        return Page(
            "surveys-area", title: title,
            Content(
                head: WebHead(
                    title: title,
                    lead: view("surveys.area.lead", ["year": "\(year)", "day": view.day(deadline)]),
                    crumbs: [WebCrumb(view("surveys.navigation"), "/surveys"), WebCrumb(name)]),
                empty: surveys.isEmpty
                    ? WebEmpty(
                        title: view("surveys.area.empty"), text: view("surveys.area.emptyText"),
                        first: view(
                            setName == nil
                                ? "surveys.area.noSet" : maySurvey ? "surveys.area.first" : "surveys.area.other"),
                        example: WebLink("/portal/criteria", view("surveys.area.example"))) : nil,
                table: surveys.isEmpty ? nil : table(view),
                known: mayBegin ? view("surveys.area.known", ["count": view.number(known)]) : nil,
                form: mayBegin
                    ? view.form(
                        SurveysBeginForm.self, action: "/areas/\(area.id)/survey",
                        filled: ["year": "\(year)", "title": titles.first?.choice ?? ""],
                        options: [
                            "title": titles.map { WebOption(value: $0.choice, label: $0.shown(view)) },
                            "year": [WebOption(value: "\(year)", label: "\(year)")],
                        ]) : nil))
    }

    private func table(_ view: View) -> WebTable {
        WebTable(
            columns: ["year", "begun", "state", "gaps"].map { WebColumn(view("surveys.column.\($0)")) },
            rows: surveys.map { survey in
                WebRow([
                    .head(
                        survey.number == 1
                            ? "\(survey.year)"
                            : view(
                                "surveys.area.numbered",
                                ["year": "\(survey.year)", "number": view.number(survey.number)]),
                        href: "/surveys/\(survey.id)"), .text(view.day(survey.begunOn)),
                    .status(
                        survey.concludedOn.map {
                            WebStatus(.done, view("surveys.state.concluded", ["day": view.day($0)]))
                        }
                            ?? WebStatus(.waiting, view("surveys.state.open"))),
                    .text(survey.gaps.map { view("surveys.gapsCount", ["count": view.number($0)]) }),
                ])
            })
    }
}
