import Core
import Criteria
import Database
import Documents
import Organisation
import Web

/// Typed grids, pasted text, files; their confirmation and their undoing.
enum OfficesSaveRoutes {
    static let conflictKey = "offices.cell.conflict"

    static func type(
        _ call: Call<Actor>, _ form: OfficesGridForm, _ after: @escaping OfficesSaved
    ) throws -> Change {
        let grid = try call.grid()
        let permit = try call.permitToSupply(grid, of: grid.organisation)
        let ground = try OfficesStore.ground(of: grid, call.reader)
        let changes = try OfficesTypedGrid(grid, ground, over: form.over ?? grid.revision, call.reader).changes(form)
        // A press that is sent twice is answered the same by the lane before this refusal is reached.
        guard !changes.isEmpty else {
            return .write(permit, as: "office.save") { _ in throw Refusal(.invalid, "offices.save.refusal.nothing") }
        }
        let isOne = form.shown.map { $0 != OfficesGridForm.all } ?? false
        let location = "/offices/\(grid.id)" + (isOne ? "?column=\(form.shown ?? "")" : "")
        return .write(permit, as: "office.save") { tx in
            let saved = try OfficesStore.save(changes, in: grid, as: .typed, Offices.Deed(permit, tx), tx)
            try after(areas(of: changes), grid.year, tx)
            return Receipt(
                id: saved.save,
                // Where a dossier keeps its figure, the save itself says which.
                location: saved.passedBy.isEmpty ? location : "/offices/\(grid.id)/saves/\(saved.save)",
                version: saved.revision,
                flash: saved.passedBy.isEmpty ? "offices.flash.saved" : "offices.flash.savedPassed")
        }
    }

    private static func areas(of changes: [Offices.Change]) -> [ID] { Array(Set(changes.map(\.cell.area))).sorted() }

    static func paste(_ call: Call<Actor>, _ form: OfficesPasteForm) throws -> Change {
        let grid = try call.grid()
        let permit = try call.permitToSupply(grid, of: grid.organisation)
        let codes = try OfficesStore.indicators(of: grid, call.reader).map(\.code)
        let rows = cornered(Offices.PastedText.rows(form.text), codes)
        let ground = try OfficesStore.ground(of: grid, for: rows, call.reader)
        // What cannot be placed at all is said beside the field, with the text still in it.
        _ = try Offices.Paste.read(rows, on: ground, startingAt: form.start)
        return .write(permit, as: "office.preview") { tx in
            let id = try OfficesStore.keep(
                rows, for: grid, as: .pasted, startingAt: form.start, Offices.Deed(permit, tx), tx)
            return Receipt(id: id, location: "/offices/\(grid.id)/saves/\(id)", version: grid.revision)
        }
    }

    /// A head line whose first cell is empty loses it on the way, as every text loses blanks at its ends: then it begins
    /// with a code and is one cell short, and every figure would stand one column off.
    static func cornered(_ rows: [[String]], _ codes: [String]) -> [[String]] {
        guard rows.count > 1, let first = rows[0].first, rows[0].count + 1 == rows[1].count,
            codes.contains(where: { first == $0 || first.hasPrefix($0 + " ") })
        else { return rows }
        var rows = rows
        rows[0].insert("", at: 0)
        return rows
    }

    static func file(_ call: Call<Actor>, _ form: OfficesFileForm) throws -> Change {
        let grid = try call.grid()
        let permit = try call.permitToSupply(grid, of: grid.organisation)
        let ground = try OfficesStore.ground(of: grid, call.reader)
        return .write(
            permit, as: "office.preview",
            preparing: { try read(form.file, of: grid.id, on: ground) }
        ) { tx, rows in
            let name = String(VietnameseText.tidied(form.file.name).prefix(200))
            let id = try OfficesStore.keep(
                rows, for: grid, as: .file, fileName: name.isEmpty ? nil : name, Offices.Deed(permit, tx), tx)
            tx.note("office_save.file", to: name)
            return Receipt(id: id, location: "/offices/\(grid.id)/saves/\(id)", version: grid.revision)
        }
    }

    /// The rows of the first sheet that can be placed on the grid.
    private static func read(
        _ file: UploadedFile, of grid: ID, on ground: Offices.PasteGround
    ) throws -> [[String]] {
        do {
            var refusal: Refusal?
            for sheet in try SheetReader.sheets(file.bytes, named: file.name) {
                var rows: [[String]] = []
                do {
                    try SheetReader.read(file.bytes, named: file.name, sheet: sheet) { row in
                        guard rows.count <= Offices.Limit.rows + 20 else { return }
                        rows.append(cells(of: row))
                    }
                } catch DocumentFault.empty {
                    continue
                }
                if let mark = Offices.TemplateMark.find(in: rows), mark.grid != grid {
                    throw Refusal(.invalid, "offices.paste.refusal.otherGrid", field: "file")
                }
                do {
                    _ = try Offices.Paste.read(rows, on: ground)
                    return rows
                } catch {
                    refusal = refusal ?? error
                }
            }
            let why = refusal ?? Refusal(.invalid, "offices.paste.refusal.empty")
            throw Refusal(.invalid, why.key, field: "file", why.arguments)
        } catch let fault as DocumentFault {
            var arguments = fault.arguments
            if case .tooLarge(let limit) = fault { arguments["limit"] = "\(limit >> 20)" }
            throw Refusal(.invalid, "organisation.import.\(fault.key)", field: "file", arguments)
        }
    }

    /// Numbers that the file keeps as such stay what they are: "12.345" becomes "12,3450", which is no thousand.
    static func cells(of row: SheetRow) -> [String] {
        var cells = row.cells.map { String($0.prefix(200)) }
        for column in row.decimals { cells[column] = cells[column].replacing(".", with: ",") + "0" }
        return cells
    }

    static func confirm(
        _ call: Call<Actor>, _ form: OfficesConfirmationForm, _ after: @escaping OfficesSaved
    ) throws -> Change {
        let grid = try call.grid()
        let save = try OfficesStore.save(call.id("save"), of: grid, call.reader)
        let permit = try call.permitToSupply(grid, of: grid.organisation)
        guard save.state == .previewed else {
            return .write(permit, as: "office.save") { _ in
                throw Refusal(.conflict, "offices.save.refusal.notWaiting")
            }
        }
        let ground = try OfficesStore.ground(of: grid, for: save.rows, call.reader)
        let paste = try Offices.Paste.read(save.rows, on: ground, startingAt: save.start)
        var refusals: [Refusal] = []
        if paste.isByOrder, !form.inOrder {
            refusals.append(Refusal(.invalid, "offices.confirmation.refusal.order", field: "order"))
        }
        for doubt in paste.open where form.answers[doubt.code] == nil {
            refusals.append(
                Refusal(
                    .invalid, "offices.confirmation.refusal.unanswered", field: "answer.\(doubt.code)",
                    ["code": doubt.code]))
        }
        refusals += paste.refusals(of: form.answers, on: ground)
        if let refusal = Refusal.of(refusals) { throw refusal }
        let changes = paste.changes(form.answers, on: ground)
        guard !changes.isEmpty else { throw Refusal(.invalid, "offices.save.refusal.nothing") }
        // The preview is shown again, with what stands there now.
        if let over = form.over, let refusal = try OfficesStore.passed(changes, over: over, in: grid, call.reader) {
            throw refusal
        }
        return .write(permit, as: "office.save") { tx in
            let saved = try OfficesStore.save(
                changes, in: grid, as: save.kind, preview: save.id, Offices.Deed(permit, tx), tx)
            try after(areas(of: changes), grid.year, tx)
            return Receipt(
                id: save.id, location: "/offices/\(grid.id)/saves/\(save.id)", version: saved.revision,
                flash: saved.passedBy.isEmpty ? "offices.flash.saved" : "offices.flash.savedPassed")
        }
    }

    static func reverse(_ call: Call<Actor>, _ after: @escaping OfficesSaved) throws -> Change {
        let grid = try call.grid()
        let save = try OfficesStore.save(call.id("save"), of: grid, call.reader)
        let permit = try call.permitToSupply(grid, of: grid.organisation)
        return .write(permit, as: "office.undo") { tx in
            let revision = try OfficesStore.undo(save, in: grid, Offices.Deed(permit, tx), tx)
            try after(areas(of: OfficesStore.changes(of: save.id, tx)), grid.year, tx)
            return Receipt(
                id: save.id, location: "/offices/\(grid.id)/saves/\(save.id)", version: revision,
                flash: "offices.flash.undone")
        }
    }
}

/// A typed grid held against what stands there: what changes, what is wrong, where somebody else was faster.
struct OfficesTypedGrid {
    private let grid: Offices.Grid
    private let ground: Offices.PasteGround
    private let over: Int
    private let reader: any Reader

    init(_ grid: Offices.Grid, _ ground: Offices.PasteGround, over: Int, _ reader: any Reader) {
        self.grid = grid
        self.ground = ground
        self.over = over
        self.reader = reader
    }

    /// - Throws: everything that is wrong at once, each beside its cell.
    func changes(_ form: OfficesGridForm) throws -> [Offices.Change] {
        let shownBefore = over < grid.revision ? try OfficesStore.before(over: over, in: grid, reader) : [:]
        let indicators = Dictionary(ground.columns.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let areas = Set(ground.rows.map(\.id))
        var refusals: [Refusal] = []
        var changes: [Offices.Change] = []
        func take(_ cell: Offices.Cell, _ typed: String, _ field: String) {
            guard areas.contains(cell.area) else {
                refusals.append(Refusal(.invalid, "offices.cell.elsewhere", field: field))
                return
            }
            guard let indicator = indicators[cell.code] else {
                refusals.append(Refusal(.invalid, "offices.cell.notYours", field: field, ["code": cell.code]))
                return
            }
            let held = ground.held[cell]
            do {
                let value = try Offices.Typed.read(typed, for: indicator)
                guard value != held else { return }
                if let office = ground.foreign[cell] {
                    guard value != nil else { return }
                    refusals.append(Refusal(.invalid, "offices.cell.otherOffice", field: field, ["office": office]))
                    return
                }
                if let shown = shownBefore[cell] {
                    // The form shows the cell as it was; whoever did not touch it leaves the newer value.
                    guard value != shown else { return }
                    refusals.append(
                        Refusal(
                            .conflict, OfficesSaveRoutes.conflictKey, field: field,
                            ["theirs": held.map(Offices.Typed.text) ?? "–", "mine": typed.isEmpty ? "–" : typed]))
                    return
                }
                changes.append(Offices.Change(cell: cell, before: held, after: value))
            } catch {
                refusals.append(Refusal(.invalid, error.key, field: field, error.arguments))
            }
        }
        for (key, typed) in form.cells.sorted(by: { $0.key < $1.key }) {
            let parts = key.split(separator: ".", maxSplits: 1)
            guard parts.count == 2, let area = ID(String(parts[0])) else {
                refusals.append(Refusal(.invalid, "offices.cell.elsewhere", field: "cell.\(key)"))
                continue
            }
            take(Offices.Cell(area: area, code: String(parts[1])), typed, "cell.\(key)")
        }
        if let shown = form.shown {
            for row in ground.rows {
                for column in ground.columns where shown == OfficesGridForm.all || shown == column.code {
                    let key = "\(row.id).\(column.code)"
                    guard form.cells[key] == nil else { continue }
                    take(Offices.Cell(area: row.id, code: column.code), "", "cell.\(key)")
                }
            }
        }
        if let refusal = Refusal.of(refusals) { throw refusal }
        return changes
    }
}
