import Core
import Criteria
import Organisation
import Web

/// The field check of a dossier: the form to fill in on the spot, and what was found before.
struct RecognitionVisitOutput: Output {
    struct Line: Encodable, Sendable {
        let code: String
        let name: RecognitionName
        let group: String
        let isJudged: Bool
        /// The value that stands: the commune's where it has one, else the area's.
        let standing: RecognitionValueAnswer?
        /// What proves it, by the set.
        let evidence: [String]
    }

    struct Look: Encodable, Sendable {
        let code: String
        let result: Recognition.Visit.Result
        let note: String?
    }

    struct Visited: Encodable, Sendable {
        let day: Day
        let isAnnounced: Bool
        let members: [String]
        let others: [Recognition.Attendee]
        let remark: String?
        let recorder: String?
        let looks: [Look]
    }

    let dossier: RecognitionDossierAnswer
    let panel: RecognitionPanelAnswer
    let lines: [Line]
    let visits: [Visited]
    let mayRecord: Bool
    /// Members who may go: tied to nothing there, and have said so.
    let mayGo: [ID]
    /// The reader: ticked as having gone.
    let reader: ID

    init(_ work: Recognition.PanelWork, mayRecord: Bool, reader: ID) {
        dossier = RecognitionDossierAnswer(work.dossier, work.assessment.set)
        panel = RecognitionPanelAnswer(work.panel)
        lines = work.assessment.standards.flatMap { standard, indicators in
            indicators.map { indicator in
                Line(
                    code: indicator.code, name: RecognitionName(indicator.name), group: standard.code,
                    isJudged: work.judged.contains(indicator.code),
                    standing: work.assessment.effective(indicator.code, .check).map {
                        RecognitionValueAnswer($0, indicator)
                    }, evidence: indicator.evidence.map(\.name))
            }
        }
        visits = work.visits.map { visit in
            Visited(
                day: visit.day, isAnnounced: visit.isAnnounced, members: visit.members.map(\.name),
                others: visit.others, remark: visit.remark,
                recorder: visit.recorder,
                looks: visit.looks.map { Look(code: $0.code, result: $0.result, note: $0.note) })
        }
        self.mayRecord = mayRecord
        mayGo = work.able.sorted()
        self.reader = reader
    }

    static var sample: RecognitionVisitOutput {
        RecognitionVisitOutput(RecognitionSamples.work, mayRecord: true, reader: RecognitionSamples.id)
    }

    struct Content: Sendable {
        struct Tick: Sendable {
            let field: String
            let label: String
            let isTicked: Bool
        }

        struct Option: Sendable {
            let value: String
            let label: String
            let selected: Bool
        }

        struct Row: Sendable {
            let field: String
            let title: String
            let text: String
            let options: [Option]
            let note: RecognitionPanelText
        }

        struct Past: Sendable {
            let title: String
            let text: String
            let table: WebTable
            let remark: String?
        }

        let head: WebHead
        let paper: WebLink
        let form: FormView?
        let dayField: WebField?
        let announcedField: WebField?
        let members: [Tick]
        let membersError: String?
        let othersField: WebField?
        let judged: [Row]
        let rows: [Row]
        let remarkField: WebField?
        let past: [Past]
        let noPast: String?
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.panel.visiting.heading", ["area": dossier.areaName(view)])
        let form = view.form(
            RecognitionVisitForm.self, action: "/dossiers/\(dossier.id)/visit", filled: ["day": view.day(view.today)])
        return Page(
            "recognition-visit", title: title,
            Content(
                head: WebHead(
                    title: title, lead: "\(dossier.titleName.shown(view)) · \(dossier.place(view))",
                    crumbs: [
                        WebCrumb(panel.name, "/panels/\(panel.id)"),
                        WebCrumb(dossier.areaName(view), "/dossiers/\(dossier.id)/appraisal"),
                    ]),
                paper: WebLink("/dossiers/\(dossier.id)/visit/paper", view("recognition.panel.visiting.print")),
                form: mayRecord ? form : nil, dayField: form.field["day"], announcedField: form.field["announced"],
                members: panel.members.filter { mayGo.contains($0.person) }.map { seat in
                    let field = "members.\(seat.person)"
                    return Content.Tick(
                        field: field, label: seat.name,
                        isTicked: form.typed.map { $0[field] != nil } ?? (seat.person == reader))
                },
                membersError: form.messages["members"], othersField: form.field["others"],
                judged: lines.filter(\.isJudged).map { row($0, form, view) },
                rows: lines.filter { !$0.isJudged }.map { row($0, form, view) }, remarkField: form.field["remark"],
                past: visits.map { past($0, view) },
                noPast: visits.isEmpty ? view("recognition.panel.visiting.none") : nil))
    }

    private func row(_ line: Line, _ form: FormView, _ view: View) -> Content.Row {
        let field = "look.\(line.code)"
        let chosen = form.typed?[field] ?? ""
        let none = Content.Option(
            value: "", label: view("recognition.panel.look.none"), selected: chosen.isEmpty)
        return Content.Row(
            field: field, title: "\(line.code) \(line.name.shown(view))",
            text: [
                line.standing.map { view("recognition.panel.visiting.standing", ["value": $0.shown(view)]) },
                line.evidence.isEmpty ? nil : line.evidence.joined(separator: "; "),
            ].compactMap { $0 }.joined(separator: " · "),
            options: [none]
                + Recognition.Visit.Result.allCases.map {
                    Content.Option(
                        value: $0.rawValue, label: view("recognition.panel.look.\($0.rawValue)"),
                        selected: chosen == $0.rawValue)
                },
            note: RecognitionPanelText(
                "note", line.code, label: view("recognition.panel.visiting.note"), standing: nil, form))
    }

    private func past(_ visit: Visited, _ view: View) -> Content.Past {
        Content.Past(
            title: view("recognition.panel.visiting.on", ["day": view.day(visit.day)]),
            text: [
                (visit.members + visit.others.map(\.line)).joined(separator: ", "),
                view(
                    visit.isAnnounced
                        ? "recognition.panel.visiting.wasAnnounced" : "recognition.panel.visiting.wasUnannounced"),
            ].joined(separator: "; "),
            table: table(visit, view), remark: visit.remark)
    }

    func table(_ visit: Visited, _ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("recognition.column.indicator")), WebColumn(view("recognition.panel.visiting.result")),
                WebColumn(view("recognition.panel.visiting.note")),
            ],
            rows: lines.compactMap { line in
                visit.looks.first { $0.code == line.code }.map { look in
                    WebRow([
                        .head("\(line.code) \(line.name.shown(view))"),
                        .status(
                            WebStatus(
                                look.result == .asWritten ? .done : look.result == .otherwise ? .unmet : .question,
                                view("recognition.panel.look.\(look.result.rawValue)"))),
                        .text(look.note),
                    ])
                }
            })
    }
}
