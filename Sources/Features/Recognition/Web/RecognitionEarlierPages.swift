import Core
import Organisation
import Web

/// The imports of titles held before, the latest first.
struct RecognitionEarlierListOutput: Output {
    let imports: [RecognitionEarlier.Batch]
    /// Whether this person enters titles held before: the province, or a commune where the rules let it decide.
    let mayRecord: Bool

    static var sample: RecognitionEarlierListOutput {
        RecognitionEarlierListOutput(imports: [.sample], mayRecord: true)
    }

    struct Content: Sendable {
        let head: WebHead
        /// Who does it instead.
        let notice: WebNotice?
        let actions: [WebLink]
        let table: WebTable?
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.earlier.list.title")
        return Page(
            "recognition-earlier-list", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("recognition.earlier.list.lead"),
                    crumbs: [view.registerCrumb, WebCrumb(title)]),
                notice: mayRecord ? nil : WebNotice(.plain, text: view("recognition.earlier.refusal.notDecider")),
                actions: imports.isEmpty || !mayRecord
                    ? []
                    : [
                        WebLink("/titles/imports/new", view("recognition.earlier.new.title")),
                        WebLink("/titles/earlier/new", view("recognition.earlier.one.title")),
                    ],
                table: imports.isEmpty ? nil : table(view),
                empty: imports.isEmpty
                    ? WebEmpty(
                        title: view("recognition.earlier.list.empty"), text: view("recognition.earlier.list.emptyText"),
                        first: mayRecord ? view("recognition.earlier.list.emptyFirst") : nil,
                        action: mayRecord
                            ? WebButton("/titles/imports/new", view("recognition.earlier.new.title"), isPrimary: true)
                            : nil,
                        example: mayRecord
                            ? WebLink("/titles/earlier/new", view("recognition.earlier.one.title")) : nil) : nil))
    }

    private func table(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("recognition.earlier.list.what")),
                WebColumn(view("organisation.imports.column.state")),
                WebColumn(view("organisation.imports.column.result")),
            ],
            rows: imports.map { one in
                WebRow([
                    .head(
                        one.fileName, href: "/titles/imports/\(one.id)", also: view.language.format.moment(one.madeAt)),
                    .status(view.status(of: one)), .text(one.result(view)),
                ])
            })
    }
}

extension View {
    /// Back to the register of titles.
    var registerCrumb: WebCrumb { WebCrumb(self("recognition.register.figures"), "/titles/held") }
}

extension RecognitionEarlier.Batch {
    static var sample: RecognitionEarlier.Batch {
        let id = RecognitionSamples.id
        return RecognitionEarlier.Batch(
            id: id, territory: id, fileName: "titles.xlsx", isForm: false, state: .previewed, rows: 3, added: 2,
            unchanged: 1, faults: 1, warnings: 1, columnsRead: [ImportColumn(name: "area", letters: "A")],
            columnsUnknown: [ImportColumn(name: "x", letters: "B")], madeAt: RecognitionSamples.instant,
            doneAt: RecognitionSamples.instant, undoneAt: RecognitionSamples.instant, revision: 1, place: [id])
    }

    func result(_ view: View) -> String {
        let format = view.language.format
        if faults > 0 { return view("organisation.import.faultCount", ["count": format.integer(faults)]) }
        return view(
            "recognition.earlier.result",
            ["added": format.integer(added), "unchanged": format.integer(unchanged)])
    }
}

/// Where a file of titles held before is chosen.
struct RecognitionEarlierFileOutput: Output {
    let bases: [TerritoryTitle]
    /// The titles of the criteria in force; empty where none are.
    let titles: [RecognitionName]

    static var sample: RecognitionEarlierFileOutput {
        RecognitionEarlierFileOutput(bases: [RecognitionSamples.province], titles: [.sample])
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice?
        let form: FormView?
        let names: String?
        let single: WebLink
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.earlier.new.title")
        return Page(
            "recognition-earlier-new", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("recognition.earlier.new.lead"),
                    crumbs: [
                        view.registerCrumb, WebCrumb(view("recognition.earlier.list.title"), "/titles/imports"),
                        WebCrumb(title),
                    ]),
                notice: titles.isEmpty ? view.noCriteria : nil,
                form: titles.isEmpty
                    ? nil
                    : view.form(
                        RecognitionEarlierFileForm.self, action: "/titles/imports",
                        filled: ["base": bases.first.map { "\($0.id)" } ?? ""],
                        options: ["base": view.options(bases)]),
                names: titles.isEmpty
                    ? nil
                    : view(
                        "recognition.earlier.how.titles",
                        ["titles": titles.map { $0.shown(view) }.joined(separator: ", ")]),
                single: WebLink("/titles/earlier/new", view("recognition.earlier.new.single"))))
    }
}

extension View {
    var noCriteria: WebNotice {
        WebNotice(
            .wait, bold: self("recognition.earlier.noCriteria.title"),
            text: self("recognition.earlier.noCriteria.text"),
            action: WebLink("/criteria", self("recognition.earlier.noCriteria.verb")))
    }

    func options(_ bases: [TerritoryTitle]) -> [WebOption] {
        bases.map { WebOption(value: "\($0.id)", label: named($0)) }
    }
}

/// The form for one title that one area holds already.
struct RecognitionEarlierFormOutput: Output {
    struct Choice: Encodable, Sendable {
        let code: String
        let name: RecognitionName
    }

    let bases: [TerritoryTitle]
    /// The area it was opened for with its commune; empty where it is yet to be named.
    let place: [TerritoryTitle]
    let titles: [Choice]
    /// The body this person acts for: it decided where nothing else is typed.
    let body: String?

    static var sample: RecognitionEarlierFormOutput {
        RecognitionEarlierFormOutput(
            bases: [RecognitionSamples.province], place: [RecognitionSamples.area, RecognitionSamples.commune],
            titles: [Choice(code: "model", name: .sample)], body: "Standing board")
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice?
        let form: FormView?
        let many: WebLink
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.earlier.one.title")
        return Page(
            "recognition-earlier-one", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("recognition.earlier.one.lead"),
                    crumbs: [view.registerCrumb, WebCrumb(title)]),
                notice: titles.isEmpty ? view.noCriteria : nil, form: titles.isEmpty ? nil : form(view),
                many: WebLink("/titles/imports/new", view("recognition.earlier.one.many"))))
    }

    private func form(_ view: View) -> FormView {
        var filled = ["base": bases.first.map { "\($0.id)" } ?? ""]
        if let area = place.first { filled["area"] = area.name }
        if place.count > 1 { filled["commune"] = place[1].name }
        return view.form(
            RecognitionEarlierForm.self, action: "/titles/earlier", filled: filled,
            options: [
                "base": view.options(bases),
                // Nothing is chosen beforehand: which title it was stands on the paper. Up to four are buttons, which
                // begin with none pressed.
                "title":
                    (titles.count > 4
                    ? [WebOption(value: "", label: view("recognition.earlier.one.choose"))] : [])
                    + titles.map { WebOption(value: $0.code, label: $0.name.shown(view)) },
                "level": [WebOption(value: "", label: view("recognition.earlier.one.byBody"))]
                    + ["commune", "district", "province", "national"].map {
                        WebOption(value: $0, label: view("criteria.level.\($0)"))
                    },
            ],
            hints: body.map { ["body": view("recognition.earlier.one.ownBody", ["name": $0])] } ?? [:])
    }
}

extension RecognitionTitleAnswer {
    /// A title as a decision of before this system names it.
    struct Earlier: Encodable, Sendable {
        let area: TerritoryTitle
        let commune: TerritoryTitle?
        let name: String
        /// The first day without.
        let until: Day?

        init(_ title: Recognition.HeldTitle) {
            (area, commune, name, until) = (title.area, title.commune, title.name, title.until)
        }

        static let sample = Earlier(RecognitionSamples.held)
    }
}

extension [RecognitionTitleAnswer.Earlier] {
    func table(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("recognition.column.area")), WebColumn(view("recognition.column.title")),
                WebColumn(view("recognition.register.until")),
            ],
            rows: map { one in
                WebRow([
                    .head(
                        view.named(one.area), href: "/areas/\(one.area.id)/titles",
                        also: one.commune.map { view.named($0) }),
                    .text(one.name),
                    .text(one.until.map { view.day($0.adding(days: -1)) } ?? view("recognition.earlier.noTerm")),
                ])
            })
    }
}
