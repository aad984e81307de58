import Core
import Database
import Web

/// One import: what it would do or did, cell by cell where something is wrong, line by line where something changes.
struct ImportOutput: Output {
    static let rowsShown = 100

    let batch: ImportBatch
    let base: TerritoryTitle
    /// The tree is still the one that the plan was made on.
    let isCurrent: Bool
    let remarks: [ImportRemark]
    let rows: [ImportRow]
    /// Names of the units that the rows point to.
    let places: [TerritoryTitle]
    /// The number behind which the next lines begin: `?after=`.
    let next: Int?
    let after: Int?
    let mayConfirm: Bool
    let mayUndo: Bool

    static var sample: ImportOutput {
        let record = ImportRecord("commune\u{1F}Don Duong\u{1F}24931")
        return ImportOutput(
            batch: .sample, base: .sample(.province), isCurrent: true,
            remarks: [
                ImportRemark(
                    isFault: true, sheet: "Sheet1", line: 2, column: "B", key: "emptyName", arguments: ["name": "x"])
            ],
            rows: [ImportRow(number: 0, action: .change, subject: ID(high: 1, low: 1), after: record, before: record)],
            places: [.sample(.province)], next: 100, after: 0, mayConfirm: true, mayUndo: true)
    }

    static func of(_ call: Call<Actor>) throws -> ImportOutput {
        let batch = try OrganisationStore.importBatch(call.id("id"), seenBy: call.sight, call.reader)
        let after = call.query["after"].flatMap { Int($0) }
        let found = try OrganisationStore.importRows(
            of: batch.id, after: after.map { $0 - 1 } ?? -1, limit: rowsShown + 1, call.reader)
        let rows = Array(found.prefix(rowsShown))
        let ids = Set(rows.flatMap { [$0.after.place, $0.before?.place].compactMap { $0 } } + [batch.territory])
        let places = try OrganisationStore.titles(of: ids.sorted(), call.reader)
        guard let base = places[batch.territory] else { throw NotFound() }
        return ImportOutput(
            batch: batch, base: base, isCurrent: try OrganisationStore.treeVersion(call.reader) == batch.treeVersion,
            remarks: try OrganisationStore.importRemarks(of: batch.id, call.reader), rows: rows,
            places: places.values.sorted { $0.id < $1.id },
            next: found.count > rowsShown ? found[rowsShown].number : nil,
            after: after, mayConfirm: call.authority.allows(call.who, .importTerritory, batch),
            mayUndo: call.authority.allows(call.who, .undoImport, batch))
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
        let trace: WebTrace?
    }

    func page(_ view: View) -> Page {
        let canConfirm =
            batch.state == .previewed && batch.faults == 0 && !batch.changesNothing && isCurrent && mayConfirm
        var confirm =
            canConfirm
            ? view.form(ImportConfirmation.self, action: "/imports/\(batch.id)/confirmation") : nil
        confirm?.actions.verb = view(
            "organisation.import.confirm.verb",
            [
                "count": view.number(batch.added + batch.changed + batch.ended)
            ])
        let undo =
            batch.state == .done && mayUndo
            ? view.form(ImportReversal.self, action: "/imports/\(batch.id)/reversal", hasPrimary: false) : nil
        return Page(
            "organisation-import", title: batch.fileName,
            Content(
                head: WebHead(
                    title: batch.fileName,
                    lead: view(
                        "organisation.import.lead",
                        [
                            "subject": view("organisation.import.subject.\(batch.subject.rawValue)"),
                            "base": view.named(base), "day": view.day(batch.day),
                        ]),
                    crumbs: [WebCrumb(view("organisation.imports.title"), "/imports")], status: view.status(of: batch)),
                notice: view.notice(of: batch, result: batch.result(view), isCurrent: isCurrent),
                errors: confirm?.errors ?? undo?.errors, figures: figures(view), confirm: confirm,
                undo: undo,
                mend: batch.state == .previewed && !canConfirm
                    ? WebLink("/imports/new", view("organisation.import.mend")) : nil,
                remarksTitle: view.title(of: remarks, in: batch),
                remarks: view.table(of: remarks, below: "organisation.import.remark"),
                rows: rows.isEmpty ? nil : rowTable(view),
                pager: WebPager.ifNeeded(
                    previous: after == nil ? nil : "/imports/\(batch.id)",
                    next: next.map { "/imports/\(batch.id)?after=\($0)" }),
                facts: facts(view), trace: .list(view, record: batch.fileName)))
    }

    private func figures(_ view: View) -> [WebFigure] {
        guard batch.faults == 0 else { return [] }
        return [
            ("added", batch.added), ("changed", batch.changed), ("unchanged", batch.unchanged), ("ended", batch.ended),
        ].map { WebFigure(number: view.number($0.1), whole: view("organisation.import.figure.\($0.0)")) }
    }

    private func facts(_ view: View) -> WebFacts {
        let coverage = WebFact(
            view("organisation.import.form.coverage.label"),
            view("organisation.import.form.coverage.option.\(batch.coverage.rawValue)"))
        let document = batch.document.map { WebFact(view("organisation.import.form.document.label"), $0) }
        return view.facts(
            of: batch, columnsBelow: "organisation.import.column", [coverage] + (document.map { [$0] } ?? []))
    }

    private func rowTable(_ view: View) -> WebTable {
        let titles = Dictionary(places.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return WebTable(
            caption: view("organisation.import.rowsCaption"),
            columns: [
                WebColumn(view("organisation.import.rowColumn.name")),
                WebColumn(view("organisation.import.rowColumn.action")),
                WebColumn(view("organisation.import.rowColumn.values")),
                WebColumn(view("organisation.import.rowColumn.before")),
            ],
            rows: rows.map { row in
                WebRow([
                    .head(row.after.headed(view)), .status(row.action.status(view)),
                    .text(row.action == .end ? nil : row.after.values(view, titles)),
                    .text(row.action == .change ? row.before?.changed(to: row.after, view, titles) : nil),
                ])
            })
    }
}

extension OrganisationImport.Action {
    func status(_ view: View) -> WebStatus {
        switch self {
        case .add: WebStatus(.done, view("organisation.import.action.add"))
        case .change: WebStatus(.waiting, view("organisation.import.action.change"))
        case .end: WebStatus(.none, view("organisation.import.action.end"))
        }
    }
}

extension ImportRecord {
    func headed(_ view: View) -> String {
        guard let designation else { return name }
        return view("organisation.named.\(designation.rawValue)", ["name": name]).capitalisedFirst
    }

    /// What it would be: code, place, numbers.
    func values(_ view: View, _ titles: [ID: TerritoryTitle]) -> String {
        texts(view, titles).map(\.text).joined(separator: "; ")
    }

    /// Of the values before, only those that differ.
    func changed(to after: ImportRecord, _ view: View, _ titles: [ID: TerritoryTitle]) -> String {
        let new = Set(after.texts(view, titles).map(\.text))
        var old = texts(view, titles).map(\.text).filter { !new.contains($0) }
        if headed(view) != after.headed(view) { old.insert(headed(view), at: 0) }
        return old.joined(separator: "; ")
    }

    private func texts(_ view: View, _ titles: [ID: TerritoryTitle]) -> [(key: String, text: String)] {
        var all: [(String, String)] = []
        func add(_ key: String, _ value: String?) {
            if let value { all.append((key, view("organisation.import.value.\(key)", ["value": value]))) }
        }
        if OrganisationKind(rawValue: kind) != nil, designation == nil {
            add("kind", view("organisation.kind.\(kind)"))
        }
        add("code", code)
        add("place", place.flatMap { titles[$0] }.map { view.named($0) })
        add("order", order.map { "\($0)" })
        add("households", households.map { view.number($0) })
        add("people", people.map { view.number($0) })
        add("class", areaClass.map { view.areaClass($0) })
        add("region", region.map { view.region($0) })
        add("year", asOf.map { "\($0)" })
        add("until", until.map { view.day($0.adding(days: -1)) })
        return all
    }
}
