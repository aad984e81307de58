import Core
import Organisation
import Web

/// One import of titles held before: what it would do or did, cell by cell where something is wrong.
struct RecognitionEarlierOutput: Output {
    let batch: RecognitionEarlier.Batch
    let base: TerritoryTitle
    let remarks: [ImportRemark]
    let rows: [RecognitionEarlier.Row]
    let mayConfirm: Bool

    static var sample: RecognitionEarlierOutput {
        let (id, day) = (RecognitionSamples.id, RecognitionSamples.day)
        return RecognitionEarlierOutput(
            batch: .sample, base: RecognitionSamples.province,
            remarks: [
                ImportRemark(
                    isFault: true, sheet: "Sheet1", line: 2, column: "B", key: "emptyTitle", arguments: ["titles": "x"])
            ],
            rows: [
                RecognitionEarlier.Row(
                    number: 0, titleID: id, area: RecognitionSamples.area, commune: RecognitionSamples.commune,
                    title: "model", titleName: "Sample", level: "province", organisation: id, body: "Standing board",
                    decisionNumber: "17", day: day, year: 2024, until: day, note: "Sample")
            ], mayConfirm: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice?
        let errors: WebErrors?
        let figures: [WebFigure]
        let confirm: FormView?
        let undo: FormView?
        let links: [WebLink]
        let remarksTitle: String?
        let remarks: WebTable?
        let rowsTitle: String
        let rows: WebTable?
        let more: String?
        let factsTitle: String
        let facts: WebFacts
        let printed: WebTrace
    }

    func page(_ view: View) -> Page {
        let format = view.language.format
        let canConfirm = batch.state == .previewed && batch.faults == 0 && !batch.changesNothing && mayConfirm
        let address = "/titles/imports/\(batch.id)"
        var confirm =
            canConfirm
            ? view.form(RecognitionEarlierConfirmation.self, action: address + "/confirmation") : nil
        confirm?.actions.verb = view("recognition.earlier.confirm.count", ["count": format.integer(batch.added)])
        let undo =
            batch.state == .done && mayConfirm
            ? view.form(RecognitionEarlierReversal.self, action: address + "/reversal", hasPrimary: false) : nil
        return Page(
            "recognition-earlier", title: batch.fileName,
            Content(
                head: WebHead(
                    title: batch.fileName, lead: view("recognition.earlier.import", ["base": view.named(base)]),
                    crumbs: [
                        view.registerCrumb, WebCrumb(view("recognition.earlier.list.title"), "/titles/imports"),
                        WebCrumb(batch.fileName),
                    ], status: view.status(of: batch)),
                notice: view.notice(of: batch, result: batch.result(view)), errors: confirm?.errors ?? undo?.errors,
                figures: figures(view), confirm: confirm, undo: undo, links: links(view, canConfirm: canConfirm),
                remarksTitle: view.title(of: remarks, in: batch),
                remarks: view.table(of: remarks, below: "recognition.earlier.remark"),
                rowsTitle: view(
                    batch.isForm ? "recognition.earlier.one.recorded" : "organisation.import.rowsTitle"),
                rows: rows.isEmpty ? nil : table(view),
                more: batch.added > rows.count && !rows.isEmpty
                    ? view("recognition.earlier.more", ["count": format.integer(batch.added - rows.count)]) : nil,
                factsTitle: view(
                    batch.isForm ? "recognition.earlier.one.about" : "organisation.import.factsTitle"),
                facts: batch.isForm
                    ? formFacts(view) : view.facts(of: batch, columnsBelow: "recognition.earlier.column"),
                printed: WebTrace(
                    isDemo: view.isDemonstration, printed: format.moment(view.now), record: batch.fileName,
                    revision: "\(batch.revision)", valid: view("recognition.earlier.printValid"))))
    }

    /// A title that was typed has no file, no rows and no columns.
    private func formFacts(_ view: View) -> WebFacts {
        WebFacts(
            facts: [("recognition.earlier.one.at", batch.doneAt), ("organisation.import.fact.undone", batch.undoneAt)]
                .compactMap { word, at in at.map { WebFact(view(word), view.language.format.moment($0)) } })
    }

    private func links(_ view: View, canConfirm: Bool) -> [WebLink] {
        if batch.state == .previewed {
            return canConfirm ? [] : [WebLink("/titles/imports/new", view("organisation.import.mend"))]
        }
        var links = [WebLink("/titles/held", view("recognition.earlier.toRegister"))]
        if batch.isForm { links.append(WebLink("/titles/earlier/new", view("recognition.earlier.again"))) }
        return links
    }

    private func figures(_ view: View) -> [WebFigure] {
        guard batch.faults == 0, !batch.isForm else { return [] }
        return [("added", batch.added), ("unchanged", batch.unchanged)].map {
            WebFigure(number: view.language.format.integer($0.1), whole: view("recognition.earlier.figure.\($0.0)"))
        }
    }

    private func table(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("recognition.column.area")), WebColumn(view("recognition.column.title")),
                WebColumn(view("recognition.column.decision")), WebColumn(view("recognition.register.until")),
            ],
            rows: rows.map { row in
                WebRow([
                    .head(
                        view.named(row.area), href: "/areas/\(row.area.id)/titles",
                        also: row.commune.map { view.named($0) }),
                    .text(
                        row.titleName,
                        also: view(
                            "recognition.earlier.levelYear",
                            ["level": view("criteria.level.\(row.level)"), "year": "\(row.year)"])),
                    .text(
                        view(
                            "recognition.held.decision",
                            ["number": row.decisionNumber, "day": view.day(row.day), "body": row.body]), also: row.note),
                    .text(row.until.map { view.day($0.adding(days: -1)) } ?? view("recognition.earlier.noTerm")),
                ])
            })
    }
}
