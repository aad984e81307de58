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
    /// An area on which the commune decides itself.
    struct Own: Encodable, Sendable {
        let area: TerritoryTitle
        let year: Int
    }

    let panels: [RecognitionPanelAnswer]
    /// Submissions with dossiers that no panel has, of whichever year.
    let waiting: [RecognitionSubmissionAnswer]
    /// Areas on which the commune decides itself and that no panel has.
    let own: [Own]
    let mayForm: Bool
    let narrowing: RecognitionPaperNarrowing
    /// Send it as `after` for the next page.
    let next: ID?
    /// Send it as `before` for the page before.
    let previous: ID?

    static var sample: RecognitionPanelListOutput {
        RecognitionPanelListOutput(
            panels: [.sample], waiting: [.sample], own: [Own(area: RecognitionSamples.area, year: 2026)],
            mayForm: true, narrowing: .sample, next: RecognitionSamples.id, previous: RecognitionSamples.id)
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.panel.list")
        return RecognitionPaperList(
            title: title, lead: view("recognition.panel.listLead"), waiting: mayForm ? duties(view).withFirst : [],
            narrowing: panels.isEmpty && narrowing.isNone ? nil : narrowing.shown("/panels", view),
            table: panels.isEmpty ? nil : table(view),
            pager: narrowing.pager("/panels", previous: previous, next: next), empty: empty(view)
        ).page
    }

    /// What waits to be given to a panel, the oldest year first.
    private func duties(_ view: View) -> [WebDuty] {
        Set(waiting.map(\.year) + own.map(\.year)).sorted().map { year in
            let (waiting, own) = (waiting.filter { $0.year == year }, own.filter { $0.year == year })
            return WebDuty(
                status: WebStatus(.waiting, view("recognition.duty.waiting")),
                title: own.isEmpty
                    ? view(
                        "recognition.panel.waiting",
                        [
                            "count": view.language.format.integer(waiting.count), "year": "\(year)",
                            "bodies": waiting.map(\.territory.name).joined(separator: ", "),
                        ])
                    : view(
                        "recognition.panel.waitingOwn",
                        [
                            "count": view.language.format.integer(own.count), "year": "\(year)",
                            "areas": own.map { view.named($0.area) }.joined(separator: ", "),
                        ]),
                href: "/panels/new?year=\(year)", verb: view("recognition.panel.form.verb"))
        }
    }

    private func empty(_ view: View) -> WebEmpty? {
        guard panels.isEmpty else { return nil }
        guard narrowing.isNone else { return narrowing.nothing("/panels", view) }
        return waiting.isEmpty && own.isEmpty
            ? WebEmpty(title: view("recognition.panel.none"), text: view("recognition.panel.noneText")) : nil
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
