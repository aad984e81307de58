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
        members = panel.members.map { Seat(person: $0.person, name: $0.name, duty: $0.duty) }
        taken = panel.taken
        concluded = panel.concluded
        revision = panel.revision
    }

    static let sample = RecognitionPanelAnswer(
        Recognition.Panel(
            id: RecognitionSamples.id, territory: RecognitionSamples.province, organisation: RecognitionSamples.id,
            body: "Sample", name: "Sample panel", year: 2026, formedAt: RecognitionSamples.instant,
            members: [Recognition.PanelSeat(RecognitionSamples.id, "Sample", .chair)], taken: 1, concluded: 0,
            revision: 1, place: [RecognitionSamples.id]))

    func seats(_ view: View) -> WebFacts {
        WebFacts(facts: members.map { WebFact(view("recognition.panel.duty.\($0.duty.rawValue)"), $0.name) })
    }
}

/// Panels this person forms or sits on.
struct RecognitionPanelListOutput: Output {
    let panels: [RecognitionPanelAnswer]
    /// Submissions with dossiers that no panel has.
    let waiting: [RecognitionSubmissionAnswer]
    let mayForm: Bool

    static var sample: RecognitionPanelListOutput {
        RecognitionPanelListOutput(panels: [.sample], waiting: [.sample], mayForm: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let waiting: [WebDuty]
        let table: WebTable?
        let pager: WebPager?
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.panel.list")
        let duty = WebDuty(
            status: WebStatus(.waiting, view("recognition.duty.waiting")),
            title: view(
                "recognition.panel.waiting",
                [
                    "count": view.language.format.integer(waiting.count),
                    "bodies": waiting.map(\.territory.name).joined(separator: ", "),
                ]),
            href: "/panels/new", verb: view("recognition.panel.form.verb"), isFirst: true)
        return Page(
            "recognition-decisions", title: title,
            Content(
                head: WebHead(title: title, lead: view("recognition.panel.listLead")),
                waiting: mayForm && !waiting.isEmpty ? [duty] : [],
                table: panels.isEmpty ? nil : table(view), pager: nil,
                empty: panels.isEmpty && waiting.isEmpty
                    ? WebEmpty(title: view("recognition.panel.none"), text: view("recognition.panel.noneText")) : nil))
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

/// The page on which a panel is formed.
struct RecognitionPanelFormOutput: Output {
    struct Candidate: Encodable, Sendable {
        let person: ID
        let name: String
        /// They hold the office of a panel member; the others get it with the panel.
        let holdsOffice: Bool
    }

    struct Offered: Encodable, Sendable {
        let submission: RecognitionSubmissionAnswer
        let areas: [TerritoryTitle]
    }

    let year: Int
    let search: String
    let people: [Candidate]
    let submissions: [Offered]
    /// Of members, by the criteria of what is offered.
    let least: Int

    static var sample: RecognitionPanelFormOutput {
        RecognitionPanelFormOutput(
            year: 2026, search: "sample",
            people: [Candidate(person: RecognitionSamples.id, name: "Sample", holdsOffice: true)],
            submissions: [Offered(submission: .sample, areas: [RecognitionSamples.area])],
            least: 3)
    }

    struct Content: Sendable {
        struct Tick: Sendable {
            let field: String
            let label: String
            let hint: String?
            let isTicked: Bool
        }

        let head: WebHead
        let search: String
        let form: FormView?
        let year: String
        let nameField: WebField?
        let people: [Tick]
        let peopleError: String?
        let noPeople: String?
        let chairField: WebField?
        let secretaryField: WebField?
        let submissions: [Tick]
        let submissionsError: String?
        let rules: String
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.panel.form.heading")
        let query = search.isEmpty ? "" : "&search=\(PortableQuery.escaped(search))"
        let options = people.map { WebOption(value: "\($0.person)", label: $0.name) }
        let form = view.form(
            RecognitionPanelForm.self, action: "/panels/new?year=\(year)\(query)",
            filled: ["name": view("recognition.panel.form.standardName", ["year": "\(year)"])],
            options: ["chair": options, "secretary": options])
        func tick(_ group: String, _ id: ID, _ label: String, _ hint: String?, _ isFirst: Bool) -> Content.Tick {
            let field = "\(group).\(id)"
            return Content.Tick(
                field: field, label: label, hint: hint, isTicked: form.typed.map { $0[field] != nil } ?? isFirst)
        }
        return Page(
            "recognition-panel-form", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("recognition.panel.form.lead"),
                    crumbs: [WebCrumb(view("recognition.panel.list"), "/panels")]),
                search: search, form: submissions.isEmpty ? nil : form, year: "\(year)",
                nameField: form.field["name"],
                people: people.map {
                    tick(
                        "members", $0.person, $0.name,
                        $0.holdsOffice ? nil : view("recognition.panel.form.getsOffice"), false)
                },
                peopleError: form.messages["members"],
                noPeople: people.isEmpty ? view("recognition.panel.form.noPeople") : nil,
                chairField: choosing(form.field["chair"], view),
                secretaryField: choosing(form.field["secretary"], view),
                submissions: submissions.map {
                    tick(
                        "submissions", $0.submission.id,
                        "\($0.submission.name(view)), \($0.submission.body)",
                        $0.areas.map { view.named($0) }.joined(separator: ", "), true)
                },
                submissionsError: form.messages["submissions"],
                rules: view("recognition.panel.form.rules", ["least": "\(least)"]),
                empty: submissions.isEmpty
                    ? WebEmpty(
                        title: view("recognition.panel.form.empty"), text: view("recognition.panel.form.emptyText"),
                        action: WebButton("/submissions", view("recognition.panel.form.seeSubmissions")))
                    : nil))
    }

    private func choosing(_ field: WebField?, _ view: View) -> WebField? {
        guard var field else { return nil }
        field.choose = view("recognition.panel.form.choose")
        field.isOptional = false
        return field
    }
}

/// A word in a query of this site.
enum PortableQuery {
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            if isPlain {
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                escaped += "%" + (hex.count == 1 ? "0" + hex : hex)
            }
        }
        return escaped
    }
}
