import Core
import Criteria
import Organisation
import Web

/// One panel: who sits on it, what it has taken, and one's own declarations.
struct RecognitionPanelOutput: Output {
    struct Line: Encodable, Sendable {
        let dossier: RecognitionDossierAnswer
        /// How the panel's work on it ended; nil while it goes on.
        let end: Recognition.Appraisal.End?
        /// Members who have not declared.
        let undeclared: Int
        /// The reader's own declaration, where they are a member.
        let declared: Recognition.Declaration?
        /// What bars the reader: `office`, `resident`, `conflict`, `hand`.
        let tie: String?
        let mayDeclare: Bool
    }

    let panel: RecognitionPanelAnswer
    let lines: [Line]
    /// Dossiers of sent submissions that no panel has, where the reader may give them to this one.
    let offered: [RecognitionDossierAnswer]
    let changes: [Change]
    /// Who may take a seat, where the reader may give one.
    let search: String
    let candidates: [RecognitionPanelFormOutput.Candidate]
    let mayChange: Bool

    struct Change: Encodable, Sendable {
        let day: Day
        let left: String
        let joined: String?
        let duty: Recognition.PanelDuty
        let reason: String
        let hadScored: Bool
    }

    static var sample: RecognitionPanelOutput {
        let dossier = RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set)
        return RecognitionPanelOutput(
            panel: .sample,
            lines: [
                Line(
                    dossier: dossier, end: .passes, undeclared: 1, declared: Recognition.Declaration.none,
                    tie: "office", mayDeclare: true)
            ], offered: [dossier],
            changes: [
                Change(
                    day: RecognitionSamples.day, left: "Sample", joined: "Sample", duty: .member, reason: "Sample",
                    hadScored: true)
            ], search: "sample",
            candidates: [
                RecognitionPanelFormOutput.Candidate(person: RecognitionSamples.id, name: "Sample", holdsOffice: true)
            ], mayChange: true)
    }

    struct Content: Sendable {
        struct Tick: Sendable {
            let field: String
            let label: String
            let hint: String
        }

        struct Choice: Sendable {
            let value: String
            let label: String
            let selected: Bool
        }

        struct Declaring: Sendable {
            let field: String
            let name: String
            let choices: [Choice]
            let reasonField: String
            let reason: String
            let reasonError: String?
        }

        let head: WebHead
        let seats: WebFacts
        let table: WebTable
        let declaringForm: FormView?
        let declaring: [Declaring]
        let takingForm: FormView?
        let offered: [Tick]
        let draw: String
        let route: WebLink
        let changes: WebRows?
        let changing: FormView?
        let changingOpen: String
        let search: String
        let here: String
    }

    func page(_ view: View) -> Page {
        let declaring = view.form(
            RecognitionPanelDeclarationForm.self, action: "/panels/\(panel.id)/declaration")
        let taking = view.form(
            RecognitionPanelTakingForm.self, action: "/panels/\(panel.id)/dossiers", hasPrimary: false)
        let open = lines.filter(\.mayDeclare)
        return Page(
            "recognition-panel", title: panel.name,
            Content(
                head: WebHead(
                    title: panel.name,
                    lead: [
                        panel.body,
                        view(
                            "recognition.panel.progressOf",
                            ["concluded": "\(panel.concluded)", "taken": "\(panel.taken)"]),
                    ].joined(separator: " · "),
                    crumbs: [WebCrumb(view("recognition.panel.list"), "/panels")]),
                seats: panel.seats(view), table: table(view),
                declaringForm: open.isEmpty ? nil : declaring,
                declaring: open.map { self.declaring($0, declaring, view) },
                takingForm: offered.isEmpty ? nil : taking,
                offered: offered.map {
                    Content.Tick(
                        field: "dossier.\($0.id)", label: $0.areaName(view),
                        hint: [$0.titleName.shown(view), $0.commune.map { view.named($0) }].compactMap { $0 }
                            .joined(separator: ", "))
                },
                draw: view("recognition.panel.draw.rule", ["seed": panel.seed]),
                route: WebLink("/panels/\(panel.id)/route", view("recognition.route.open")),
                changes: changes.isEmpty ? nil : WebRows(rows: changes.map { change($0, view) }),
                changing: mayChange ? changing(view) : nil,
                changingOpen: mayChange && (!search.isEmpty || view.submitted?.form == RecognitionPanelChangeForm.name)
                    ? "open" : "", search: search, here: "/panels/\(panel.id)"))
    }

    private func changing(_ view: View) -> FormView {
        let query = search.isEmpty ? "" : "?search=\(PortableQuery.escaped(search))"
        return view.form(
            RecognitionPanelChangeForm.self, action: "/panels/\(panel.id)/members\(query)",
            options: [
                "leaving": panel.members.map {
                    WebOption(
                        value: "\($0.person)",
                        label: "\($0.name), \(view("recognition.panel.duty.\($0.duty.rawValue)").lowercased())")
                }, "joining": candidates.map { WebOption(value: "\($0.person)", label: $0.name) },
            ], hasPrimary: false)
    }

    private func change(_ change: Change, _ view: View) -> WebLine {
        WebLine(
            title: view(
                change.joined == nil ? "recognition.panel.change.left" : "recognition.panel.change.replaced",
                [
                    "day": view.day(change.day), "left": change.left, "joined": change.joined ?? "",
                    "duty": view("recognition.panel.duty.\(change.duty.rawValue)").lowercased(),
                ]),
            text: [
                change.reason, change.hadScored ? view("recognition.panel.change.scoresStay") : nil,
            ].compactMap { $0 }.joined(separator: " · "))
    }

    private func declaring(_ line: Line, _ form: FormView, _ view: View) -> Content.Declaring {
        let (field, reason) = ("declared.\(line.dossier.id)", "reason.\(line.dossier.id)")
        return Content.Declaring(
            field: field, name: line.dossier.place(view),
            choices: Recognition.Declaration.allCases.map {
                Content.Choice(
                    value: $0.rawValue, label: view("recognition.panel.declaration.\($0.rawValue)"),
                    selected: form.typed?[field] == $0.rawValue)
            },
            reasonField: reason, reason: form.typed?[reason] ?? "", reasonError: form.messages[reason])
    }

    private func table(_ view: View) -> WebTable {
        // Who is not of the panel declares nothing: no empty column for them.
        let isMine = lines.contains { $0.tie != nil || $0.declared != nil }
        return WebTable(
            columns: [
                WebColumn(view("recognition.column.area")), WebColumn(view("recognition.column.title")),
                WebColumn(view("recognition.panel.work")),
            ] + (isMine ? [WebColumn(view("recognition.panel.own"))] : []),
            rows: lines.map { line in
                let own: WebCell = .text(
                    line.tie.map { view("recognition.panel.tie.\($0)") }
                        ?? line.declared.map { view("recognition.panel.declaration.\($0.rawValue)") })
                let cells: [WebCell] = [
                    .head(
                        line.dossier.areaName(view), href: "/dossiers/\(line.dossier.id)/appraisal",
                        also: line.dossier.commune.map { view.named($0) }),
                    .text(line.dossier.titleName.shown(view)), .status(work(line, view)),
                ]
                return WebRow(isMine ? cells + [own] : cells)
            })
    }

    private func work(_ line: Line, _ view: View) -> WebStatus {
        switch line.end {
        case .passes: WebStatus(.done, view("recognition.panel.end.passes"))
        case .passesNot: WebStatus(.unmet, view("recognition.panel.end.passesNot"))
        case .returned: WebStatus(.returned, view("recognition.panel.end.returned"))
        case nil:
            line.undeclared > 0
                ? WebStatus(.waiting, view("recognition.panel.undeclared", ["count": "\(line.undeclared)"]))
                : view.status(.forwarded, at: line.dossier.level, due: line.dossier.due)
        }
    }
}
