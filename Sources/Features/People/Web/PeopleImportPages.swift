import Core
import Documents
import Organisation
import Web

/// The imports of people made so far, the latest first.
struct PeopleImportsOutput: Output {
    let imports: [PeopleImportBatch]
    /// The id behind which the next page begins: `?before=`.
    let next: ID?
    let before: ID?

    static var sample: PeopleImportsOutput {
        let id = ID(high: 1, low: 1)
        return PeopleImportsOutput(imports: [.sample], next: id, before: id)
    }

    struct Content: Sendable {
        let head: WebHead
        let action: WebButton?
        let table: WebTable?
        let pager: WebPager?
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let title = view("people.import.title")
        return Page(
            "people-imports", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("people.import.lead"),
                    crumbs: [WebCrumb(view("people.list.title"), "/people"), WebCrumb(title)]),
                action: imports.isEmpty
                    ? nil : WebButton("/people/imports/new", view("people.import.new"), isPrimary: true),
                table: imports.isEmpty ? nil : table(view),
                pager: WebPager.ifNeeded(
                    previous: before == nil ? nil : "/people/imports",
                    next: next.map { "/people/imports?before=\($0)" }),
                empty: imports.isEmpty
                    ? WebEmpty(
                        title: view("organisation.imports.empty.title"), text: view("people.import.emptyText"),
                        first: view("people.import.emptyFirst"),
                        action: WebButton("/people/imports/new", view("people.import.new"), isPrimary: true)) : nil))
    }

    private func table(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("organisation.imports.column.file")),
                WebColumn(view("organisation.imports.column.state")),
                WebColumn(view("organisation.imports.column.result")),
            ],
            rows: imports.map { one in
                WebRow([
                    .head(
                        one.fileName, href: "/people/imports/\(one.id)", also: view.language.format.moment(one.madeAt)),
                    .status(view.status(of: one)), .text(one.result(view)),
                ])
            })
    }
}

extension PeopleImportBatch {
    static var sample: PeopleImportBatch {
        let id = ID(high: 1, low: 1)
        return PeopleImportBatch(
            id: id, territory: id, fileName: "can-bo.xlsx", state: .previewed, rows: 3, added: 1, given: 1,
            unchanged: 1, faults: 1, warnings: 1, columnsRead: [.init(name: "name", letters: "A")],
            columnsUnknown: [.init(name: "x", letters: "B")], madeAt: .first, doneAt: .first, undoneAt: .first,
            revision: 1, place: [id])
    }

    func result(_ view: View) -> String {
        let format = view.language.format
        if faults > 0 { return view("organisation.import.faultCount", ["count": format.integer(faults)]) }
        return view(
            "people.import.result",
            [
                "added": format.integer(added), "given": format.integer(given), "unchanged": format.integer(unchanged),
            ])
    }
}

/// Where a file of people is chosen.
struct PeopleImportNewOutput: Output {
    let bases: [TerritoryTitle]

    static var sample: PeopleImportNewOutput { PeopleImportNewOutput(bases: [PeopleRoleLine.sample.territory]) }

    struct Content: Sendable {
        let head: WebHead
        let form: FormView
    }

    func page(_ view: View) -> Page {
        let title = view("people.import.new")
        return Page(
            "people-import-new", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("organisation.import.new.lead"),
                    crumbs: [
                        WebCrumb(view("people.list.title"), "/people"),
                        WebCrumb(view("people.import.title"), "/people/imports"), WebCrumb(title),
                    ]),
                form: view.form(
                    PeopleImportForm.self, action: "/people/imports",
                    filled: ["base": bases.first.map { "\($0.id)" } ?? ""],
                    options: [
                        "base": bases.map { base in WebOption(value: "\(base.id)", label: base.headed { view($0, $1) })
                        }
                    ])))
    }
}

/// One import: what it would do or did, cell by cell where something is wrong.
struct PeopleImportOutput: Output {
    let batch: PeopleImportBatch
    let base: TerritoryTitle
    let remarks: [ImportRemark]
    let rows: [PeopleImportRow]
    /// The number of the row with which the next page begins: `?after=`.
    let next: Int?
    let after: Int?
    let mayConfirm: Bool

    static var sample: PeopleImportOutput {
        let role = PeopleRoleLine.sample
        return PeopleImportOutput(
            batch: .sample, base: role.territory,
            remarks: [
                ImportRemark(
                    isFault: true, sheet: "Sheet1", line: 2, column: "B", key: "emptyName", arguments: ["name": "x"])
            ],
            rows: [
                PeopleImportRow(
                    number: 0, isNew: true, person: role.id, roleID: role.id, name: "Ya Thuong", birthYear: 1968,
                    phone: "0912345678", signInName: "yathuong", role: .areaHead, organisation: role.organisation,
                    territory: role.territory, from: .first, until: .first)
            ], next: 100, after: 0, mayConfirm: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice?
        let errors: WebErrors?
        let figures: [WebFigure]
        let confirm: FormView?
        let undo: FormView?
        let mend: WebLink?
        let remarksTitle: String?
        let remarks: WebTable?
        let rows: WebTable?
        let pager: WebPager?
        let facts: WebFacts
        let printed: WebTrace
    }

    func page(_ view: View) -> Page {
        let format = view.language.format
        let canConfirm = batch.state == .previewed && batch.faults == 0 && !batch.changesNothing && mayConfirm
        var confirm =
            canConfirm
            ? view.form(PeopleImportConfirmation.self, action: "/people/imports/\(batch.id)/confirmation") : nil
        confirm?.actions.verb = view(
            "people.importConfirm.count", ["count": format.integer(batch.added + batch.given)])
        let undo =
            batch.state == .done && mayConfirm
            ? view.form(PeopleImportReversal.self, action: "/people/imports/\(batch.id)/reversal", hasPrimary: false)
            : nil
        let code = try? QRCode(view.absolute("/people/imports/\(batch.id)"))
        return Page(
            "people-import", title: batch.fileName,
            Content(
                head: WebHead(
                    title: batch.fileName,
                    lead: view("people.import.one", ["base": base.named { view($0, $1) }]),
                    crumbs: [
                        WebCrumb(view("people.list.title"), "/people"),
                        WebCrumb(view("people.import.title"), "/people/imports"), WebCrumb(batch.fileName),
                    ], status: view.status(of: batch)),
                notice: view.notice(of: batch, result: batch.result(view)), errors: confirm?.errors ?? undo?.errors,
                figures: figures(view), confirm: confirm,
                undo: undo,
                mend: batch.state == .previewed && !canConfirm
                    ? WebLink("/people/imports/new", view("organisation.import.mend")) : nil,
                remarksTitle: view.title(of: remarks, in: batch),
                remarks: view.table(of: remarks, below: "people.import.remark"),
                rows: rows.isEmpty ? nil : rowTable(view),
                pager: WebPager.ifNeeded(
                    previous: after == nil ? nil : "/people/imports/\(batch.id)",
                    next: next.map { "/people/imports/\(batch.id)?after=\($0)" }),
                facts: view.facts(of: batch, columnsBelow: "people.import.column"),
                printed: WebTrace(
                    isDemo: view.isDemonstration, printed: format.moment(view.now), record: batch.fileName,
                    revision: "\(batch.revision)", valid: view("people.list.printValid"), qrPath: code?.squares,
                    qrSize: code?.wholeSide)))
    }

    private func figures(_ view: View) -> [WebFigure] {
        guard batch.faults == 0 else { return [] }
        return [("added", batch.added), ("given", batch.given), ("unchanged", batch.unchanged)].map {
            WebFigure(number: view.language.format.integer($0.1), whole: view("people.import.figure.\($0.0)"))
        }
    }

    private func rowTable(_ view: View) -> WebTable {
        WebTable(
            caption: nil,
            columns: [
                WebColumn(view("people.list.name")), WebColumn(view("organisation.import.rowColumn.action")),
                WebColumn(view("people.list.roles")),
            ],
            rows: rows.map { row in
                let known = [row.birthYear.map { "\($0)" }, row.phone, row.signInName].compactMap { $0 }
                let term = PeopleRoleLine(
                    id: row.roleID, role: row.role, organisation: row.organisation, territory: row.territory,
                    above: nil,
                    from: row.from, until: row.until, state: .held, version: 1, giver: nil, helped: nil)
                return WebRow([
                    .head(row.name, also: known.isEmpty ? nil : known.joined(separator: " · ")),
                    .text(view(row.isNew ? "people.import.figure.added" : "people.import.figure.given")),
                    .text(
                        view("role.\(row.role.rawValue).name"),
                        also: "\(row.organisation.name) · \(term.place(view)) · \(term.term(view))"),
                ])
            })
    }
}
