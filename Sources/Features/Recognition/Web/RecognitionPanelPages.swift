import Core
import Criteria
import Organisation
import Web

/// A panel as pages show it.
struct RecognitionPanelAnswer: Encodable, Sendable {
    struct Seat: Encodable, Sendable {
        let person: ID
        let name: String
        let duty: Recognition.PanelDuty
    }

    let id: ID
    let name: String
    let body: String
    let year: Int
    let formedAt: Instant
    /// What decides the draw of second scores.
    let seed: String
    let members: [Seat]
    let taken: Int
    let concluded: Int
    let revision: Int

    init(_ panel: Recognition.Panel) {
        id = panel.id
        name = panel.name
        body = panel.body
        year = panel.year
        formedAt = panel.formedAt
        seed = panel.seed
        members = panel.members.map { Seat(person: $0.person, name: $0.name, duty: $0.duty) }
        taken = panel.taken
        concluded = panel.concluded
        revision = panel.revision
    }

    static let sample = RecognitionPanelAnswer(RecognitionSamples.panel)

    func seats(_ view: View) -> WebFacts {
        WebFacts(facts: members.map { WebFact(view("recognition.panel.duty.\($0.duty.rawValue)"), $0.name) })
    }
}

/// Panels this person forms or sits on.
struct RecognitionPanelListOutput: Output {
    let panels: [RecognitionPanelAnswer]
    /// Submissions with dossiers that no panel has.
    let waiting: [RecognitionSubmissionAnswer]
    /// Areas on which the commune decides itself and that no panel has.
    let own: [TerritoryTitle]
    let mayForm: Bool

    static var sample: RecognitionPanelListOutput {
        RecognitionPanelListOutput(
            panels: [.sample], waiting: [.sample], own: [RecognitionSamples.area], mayForm: true)
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.panel.list")
        let duty = WebDuty(
            status: WebStatus(.waiting, view("recognition.duty.waiting")),
            title: own.isEmpty
                ? view(
                    "recognition.panel.waiting",
                    [
                        "count": view.language.format.integer(waiting.count),
                        "bodies": waiting.map(\.territory.name).joined(separator: ", "),
                    ])
                : view(
                    "recognition.panel.waitingOwn",
                    [
                        "count": view.language.format.integer(own.count),
                        "areas": own.map { view.named($0) }.joined(separator: ", "),
                    ]),
            href: "/panels/new", verb: view("recognition.panel.form.verb"), isFirst: true)
        return RecognitionPaperList(
            title: title, lead: view("recognition.panel.listLead"),
            waiting: mayForm && !(waiting.isEmpty && own.isEmpty) ? [duty] : [],
            table: panels.isEmpty ? nil : table(view),
            empty: panels.isEmpty && waiting.isEmpty && own.isEmpty
                ? WebEmpty(title: view("recognition.panel.none"), text: view("recognition.panel.noneText")) : nil
        ).page
    }

    private func table(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("recognition.panel.column")), WebColumn(view("recognition.column.year")),
                WebColumn(view("recognition.panel.members")),
                WebColumn(view("recognition.panel.progress")),
            ],
            rows: panels.map { panel in
                WebRow([
                    .head(panel.name, href: "/panels/\(panel.id)", also: panel.body), .text("\(panel.year)"),
                    .text(panel.members.map(\.name).joined(separator: ", ")),
                    .text(
                        view(
                            "recognition.panel.progressOf",
                            ["concluded": "\(panel.concluded)", "taken": "\(panel.taken)"])),
                ])
            })
    }
}
