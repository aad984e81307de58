import Core
import Organisation
import Web

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

    /// An area on which the commune decides itself.
    struct Own: Encodable, Sendable {
        let dossier: ID
        let area: TerritoryTitle
    }

    let year: Int
    let search: String
    let people: [Candidate]
    let submissions: [Offered]
    let own: [Own]
    /// The commune's own panel: no submission goes before it.
    let decidesItself: Bool
    /// Of members, by the criteria of what is offered.
    let least: Int

    static var sample: RecognitionPanelFormOutput {
        RecognitionPanelFormOutput(
            year: 2026, search: "sample",
            people: [Candidate(person: RecognitionSamples.id, name: "Sample", holdsOffice: true)],
            submissions: [Offered(submission: .sample, areas: [RecognitionSamples.area])],
            own: [Own(dossier: RecognitionSamples.id, area: RecognitionSamples.area)], decidesItself: true,
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
        let submissionsTitle: String
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
                    title: title,
                    lead: view(decidesItself ? "recognition.panel.form.leadOwn" : "recognition.panel.form.lead"),
                    crumbs: [WebCrumb(view("recognition.panel.list"), "/panels")]),
                search: search, form: submissions.isEmpty && own.isEmpty ? nil : form, year: "\(year)",
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
                } + own.map { tick("own", $0.dossier, view.named($0.area), nil, true) },
                submissionsTitle: view(
                    decidesItself ? "recognition.panel.form.own" : "recognition.panel.form.submissions"),
                submissionsError: form.messages["submissions"],
                rules: view(
                    decidesItself ? "recognition.panel.form.rulesOwn" : "recognition.panel.form.rules",
                    ["least": "\(least)"]), empty: submissions.isEmpty && own.isEmpty ? nothing(view) : nil))
    }

    private func nothing(_ view: View) -> WebEmpty {
        decidesItself
            ? WebEmpty(
                title: view("recognition.panel.form.emptyOwn"), text: view("recognition.panel.form.emptyOwnText"),
                action: WebButton(
                    "/dossiers?year=\(year)&state=submitted", view("recognition.draft.seeSubmitted")))
            : WebEmpty(
                title: view("recognition.panel.form.empty"), text: view("recognition.panel.form.emptyText"),
                action: WebButton("/submissions", view("recognition.panel.form.seeSubmissions")))
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
