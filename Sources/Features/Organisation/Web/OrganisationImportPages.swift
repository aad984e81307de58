import Core
import Database
import Web

/// The imports made so far, the latest first.
struct ImportsOutput: Output {
    let imports: [ImportBatch]
    /// The id behind which the next page begins: `?before=`.
    let next: ID?
    let before: ID?

    static var sample: ImportsOutput {
        let id = ID(high: 1, low: 1)
        return ImportsOutput(imports: [.sample], next: id, before: id)
    }

    static func of(_ call: Call<Actor>) throws -> ImportsOutput {
        let before = call.query["before"].flatMap { ID($0) }
        let found = try OrganisationStore.importBatches(seenBy: call.sight, before: before, call.reader)
        return ImportsOutput(
            imports: Array(found.prefix(20)), next: found.count > 20 ? found[19].id : nil, before: before)
    }

    struct Content: Sendable {
        let head: WebHead
        let action: WebButton?
        let table: WebTable?
        let pager: WebPager?
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let title = view("organisation.imports.title")
        return Page(
            "organisation-imports", title: title,
            Content(
                head: WebHead(title: title, lead: view("organisation.imports.lead")),
                action: imports.isEmpty
                    ? nil : WebButton("/imports/new", view("organisation.imports.new"), isPrimary: true),
                table: imports.isEmpty ? nil : table(view),
                pager: WebPager.ifNeeded(
                    previous: before == nil ? nil : "/imports", next: next.map { "/imports?before=\($0)" }),
                empty: imports.isEmpty
                    ? WebEmpty(
                        title: view("organisation.imports.empty.title"), text: view("organisation.imports.empty.text"),
                        first: view("organisation.imports.empty.first"),
                        action: WebButton("/imports/new", view("organisation.imports.new"), isPrimary: true)) : nil))
    }

    private func table(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("organisation.imports.column.file")),
                WebColumn(view("organisation.imports.column.subject")),
                WebColumn(view("organisation.imports.column.day")),
                WebColumn(view("organisation.imports.column.state")),
                WebColumn(view("organisation.imports.column.result")),
            ],
            rows: imports.map { one in
                WebRow([
                    .head(one.fileName, href: "/imports/\(one.id)", also: view.language.format.moment(one.madeAt)),
                    .text(view("organisation.import.subject.\(one.subject.rawValue)")), .text(view.day(one.day)),
                    .status(view.status(of: one)), .text(one.result(view)),
                ])
            })
    }
}

extension ImportBatch {
    static var sample: ImportBatch {
        let id = ID(high: 1, low: 1)
        let column = ImportColumn(name: "communeName", letters: "A")
        return ImportBatch(
            id: id, territory: id, subject: .territories, coverage: .whole, day: .first, document: "1671/NQ-UBTVQH15",
            fileName: "xa.xlsx", state: .previewed, rows: 3, added: 1, changed: 1, unchanged: 1, ended: 1, faults: 1,
            warnings: 1, columnsRead: [column], columnsUnknown: [column], treeVersion: 1,
            madeAt: .first, madeBy: id, doneAt: .first, undoneAt: .first, revision: 1, place: [id])
    }

    func result(_ view: View) -> String {
        if faults > 0 { return view("organisation.import.faultCount", ["count": view.number(faults)]) }
        return view(
            "organisation.import.result",
            [
                "added": view.number(added), "changed": view.number(changed), "ended": view.number(ended),
                "unchanged": view.number(unchanged),
            ])
    }
}

/// Where a file is chosen.
struct ImportNewOutput: Output {
    /// The units below which this person may import.
    let bases: [TerritoryTitle]

    static var sample: ImportNewOutput { ImportNewOutput(bases: [.sample(.province)]) }

    static func of(_ call: Call<Actor>) throws -> ImportNewOutput {
        let able = call.who.grants.filter {
            $0.role.capabilities.contains(.importTerritory) && $0.term.contains(call.today)
        }
        return ImportNewOutput(
            bases: try OrganisationStore.roots(
                of: Sight(person: call.who.person, roots: able.map(\.territory)), call.reader))
    }

    struct Content: Sendable {
        let head: WebHead
        let form: FormView
        /// The form's fields, with the kinds of files that the browser offers.
        let importFields: [WebField]
    }

    func page(_ view: View) -> Page {
        let title = view("organisation.import.new.title")
        let form = view.form(
            ImportForm.self, action: "/imports",
            filled: ["day": view.day(view.today), "base": bases.first?.id.description ?? ""],
            options: [
                "base": bases.map { WebOption(value: $0.id.description, label: view.headed($0)) },
                "coverage": OrganisationImport.Coverage.allCases.map {
                    WebOption(
                        value: $0.rawValue, label: view("organisation.import.form.coverage.option.\($0.rawValue)"),
                        hint: view("organisation.import.form.coverage.about.\($0.rawValue)"))
                },
                "subject": OrganisationImport.Subject.allCases.map {
                    WebOption(
                        value: $0.rawValue, label: view("organisation.import.subject.\($0.rawValue)"),
                        hint: view("organisation.import.columns.\($0.rawValue)"))
                },
            ])
        var fields = form.fields
        for index in fields.indices where fields[index].isFile { fields[index].accept = ".xlsx,.csv" }
        return Page(
            "organisation-import-new", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("organisation.import.new.lead"),
                    crumbs: [WebCrumb(view("organisation.imports.title"), "/imports")]),
                form: form, importFields: fields))
    }
}
