import Core
import Criteria
import Organisation
import Web

extension OfficesSaveOutput {
    struct Content: Sendable {
        struct Asked: Sendable {
            let id: String
            let title: String
            let text: String
            let error: String?
            let options: [WebOption]
        }

        let head: WebHead
        let summary: WebNotice
        let keeps: WebRows?
        let faults: [String]
        let faultsTitle: String?
        let form: FormView?
        /// The revision that the preview shows.
        let over: String
        let questions: [Content.Asked]
        let order: WebField?
        let verb: String
        let back: WebLink
        let table: WebTable?
        let undo: FormView?
        let undoText: String?
        let title: String
    }

    private var isPreview: Bool { state == .previewed }

    func page(_ view: View) -> Page {
        let title = view(isPreview ? "offices.save.previewTitle" : "offices.save.title")
        let form =
            isPreview && mayEnter && writes > 0
            ? view.form(OfficesConfirmationForm.self, action: "\(grid.href)/saves/\(id)/confirmation") : nil
        let faults = faultTexts(view)
        return Page(
            "offices-save", title: title,
            Content(
                head: WebHead(
                    title: title, lead: grid.office,
                    crumbs: grid.crumbs(view) + [WebCrumb(grid.office, grid.href)],
                    status: WebStatus(
                        isPreview ? .waiting : state == .undone ? .returned : .done,
                        view("offices.save.state.\(state.rawValue)"))),
                summary: summary(view),
                keeps: keeps.isEmpty ? nil : WebRows(rows: keeps.map { $0.line(view) }), faults: faults,
                faultsTitle: faults.isEmpty ? nil : view("offices.save.faults", ["count": view.number(faults.count)]),
                form: form, over: "\(grid.revision)",
                questions: form.map { form in questions.map { question($0, form, view) } } ?? [],
                order: isByOrder ? form?.field["order"] : nil,
                verb: view("offices.confirmation.verb", ["count": view.number(writes)]),
                back: WebLink(
                    isPreview ? "\(grid.href)/paste" : grid.href,
                    view(isPreview ? "offices.save.back" : "offices.save.toGrid")),
                table: lines.isEmpty ? nil : table(view),
                undo: state == .done && mayEnter && undoRefusal == nil
                    ? view.form(OfficesReversal.self, action: "\(grid.href)/saves/\(id)/reversal", hasPrimary: false)
                    : nil,
                undoText: state == .done ? undoRefusal?.shown(view) ?? view("offices.save.undoText") : nil,
                title: view(isPreview ? "offices.save.cells" : "offices.save.changed")))
    }

    private func summary(_ view: View) -> WebNotice {
        let who = [view.language.format.moment(at), by, fileName].compactMap { $0 }.joined(separator: " · ")
        let counts = ["count": view.number(writes), "faults": view.number(faults)]
        switch state {
        case .previewed where writes == 0 && faults == 0 && columnFaults.isEmpty:
            return WebNotice(
                .done, bold: view("offices.save.summary.unchanged"),
                text: [view("offices.save.summary.unchangedText"), who].joined(separator: " "))
        case .previewed where writes == 0:
            return WebNotice(.error, bold: view("offices.save.summary.nothing"), text: who)
        case .previewed:
            return WebNotice(
                faults == 0 ? .plain : .wait,
                bold: view(faults == 0 ? "offices.save.summary.ready" : "offices.save.summary.someFaults", counts),
                text: who)
        case .done: return WebNotice(.done, bold: view("offices.save.summary.done", counts), text: who)
        case .undone:
            let undone = [undoneAt.map { view.language.format.moment($0) }, undoneBy].compactMap { $0 }
            return WebNotice(
                .plain, bold: view("offices.save.summary.undone", counts), text: undone.joined(separator: " · "))
        }
    }

    /// Everything that is wrong, a line each, with where it stands in the text.
    private func faultTexts(_ view: View) -> [String] {
        var texts = columnFaults.map { $0.fault.shown(view) }
        for line in lines {
            let place = ["line": view.number(line.number), "name": line.name]
            if let fault = line.fault {
                texts.append(view("offices.save.lineFault", place) + " " + fault.shown(view))
            }
            for cell in line.cells {
                guard let fault = cell.fault else { continue }
                texts.append(
                    view("offices.save.cellFault", place.merging(["code": cell.code]) { $1 }) + " " + fault.shown(view))
            }
        }
        return texts
    }

    private func question(_ question: Question, _ form: FormView, _ view: View) -> Content.Asked {
        let field = "answer.\(question.code)"
        let name = columns.first { $0.code == question.code }?.name(view) ?? ""
        func quantity(_ thousandths: Int?) -> String {
            thousandths.map { view.language.format.quantity(Quantity(thousandths: Int64($0))) } ?? ""
        }
        let chosen = form.typed?[field] ?? ""
        return Content.Asked(
            id: field, title: "\(question.code) \(name)",
            text: view(
                "offices.doubt.\(question.kind.rawValue)",
                [
                    "count": view.number(question.count), "all": view.number(question.all),
                    "other": question.other ?? "", "typical": quantity(question.typical),
                    "asked": quantity(question.asked),
                ]),
            error: form.messages[field],
            options: question.mustAnswer
                ? question.answers.map {
                    WebOption(
                        value: $0.rawValue, label: view("offices.doubt.answer.\($0.rawValue)"),
                        selected: chosen == $0.rawValue)
                } : [])
    }

    private func table(_ view: View) -> WebTable {
        let used = Set(lines.flatMap { $0.cells.map(\.code) })
        let shown = columns.filter { used.contains($0.code) }
        return WebTable(
            columns: [WebColumn(view("offices.column.area"))]
                + shown.map { WebColumn([$0.code, $0.unitText(view)].compactMap { $0 }.joined(separator: " · ")) },
            rows: lines.map { line in
                let cells = Dictionary(line.cells.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
                return WebRow(
                    [
                        .head(
                            line.area.map { view.headed($0) } ?? line.name,
                            also: line.area != nil && isPreview && line.name != line.area?.name ? line.name : nil,
                            status: line.fault.map { _ in WebStatus(.unmet, view("offices.standing.lineFault")) })
                    ] + shown.map { column in cell(cells[column.code], isLost: line.fault != nil, view) })
            })
    }

    private func cell(_ cell: Cell?, isLost: Bool, _ view: View) -> WebCell {
        guard let cell else { return .text(nil) }
        let text = cell.value?.shown(view) ?? (isPreview ? cell.typed : view("offices.cell.emptied"))
        if cell.fault != nil {
            return WebCell(text: text, status: WebStatus(.unmet, view("offices.standing.fault")))
        }
        if isLost { return WebCell(text: text, status: WebStatus(.none, view("offices.standing.left"))) }
        switch cell.standing {
        case "changed":
            return WebCell(
                text: text, status: WebStatus(.waiting, view("offices.standing.changed")),
                also: cell.before.map { view("offices.standing.from", ["value": $0.shown(view)]) })
        case "cleared":
            return WebCell(
                text: view("offices.cell.emptied"), status: WebStatus(.waiting, view("offices.standing.changed")),
                also: cell.before.map { view("offices.standing.from", ["value": $0.shown(view)]) })
        case "same": return WebCell(text: text, also: view("offices.standing.same"))
        default:
            return isPreview
                ? WebCell(text: text, status: WebStatus(.done, view("offices.standing.new"))) : .text(text)
        }
    }
}
