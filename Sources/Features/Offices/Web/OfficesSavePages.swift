import Core
import Criteria
import Database
import Organisation
import Web

/// One save: before it is confirmed, cell by cell what it would do and what is wrong; afterwards what it did, and the
/// button that takes it back.
struct OfficesSaveOutput: Output {
    struct Cell: Encodable, Sendable {
        let code: String
        let typed: String
        let value: OfficesValueAnswer?
        let before: OfficesValueAnswer?
        let standing: String
        let fault: OfficesFaultAnswer?
    }

    struct Line: Encodable, Sendable {
        let number: Int
        let name: String
        let area: TerritoryTitle?
        let fault: OfficesFaultAnswer?
        let cells: [Cell]
    }

    struct Question: Encodable, Sendable {
        let code: String
        let kind: Offices.Doubt.Kind
        let count: Int
        let all: Int
        let other: String?
        /// Thousandths.
        let typical: Int?
        let asked: Int?
        let answers: [Offices.Doubt.Answer]
        let mustAnswer: Bool
    }

    struct ColumnFault: Encodable, Sendable {
        let head: String
        let fault: OfficesFaultAnswer
    }

    let grid: OfficesGridAnswer
    let id: ID
    /// Of a done save: dossiers that had gone on and keep another figure.
    let keeps: [OfficesKeptAnswer]
    let kind: Offices.Save.Kind
    let state: Offices.Save.State
    let fileName: String?
    let by: String?
    let at: Instant
    let undoneBy: String?
    let undoneAt: Instant?
    let columns: [OfficesColumnAnswer]
    let columnFaults: [ColumnFault]
    /// Of a pasted save its lines; of a typed one what it changed, by area.
    let lines: [Line]
    let questions: [Question]
    let isByOrder: Bool
    let faults: Int
    /// Cells that would be written, or were.
    let writes: Int
    let mayEnter: Bool
    /// Why it cannot be taken back; nil when it can.
    let undoRefusal: OfficesFaultAnswer?

    static var sample: OfficesSaveOutput {
        OfficesSaveOutput(
            grid: OfficesSamples.grid, id: OfficesSamples.id, keeps: [.sample], kind: .pasted, state: .previewed,
            fileName: "a.xlsx",
            by: "Sample", at: .first, undoneBy: "Sample", undoneAt: .first, columns: [.sample],
            columnFaults: [ColumnFault(head: "X", fault: .sample)],
            lines: [
                Line(
                    number: 2, name: "Thong Xanh", area: OfficesSamples.area, fault: .sample,
                    cells: [
                        Cell(
                            code: "V.1", typed: "good", value: .sample, before: .sample, standing: "changed",
                            fault: .sample)
                    ])
            ],
            questions: [
                Question(
                    code: "V.1", kind: .scale, count: 3, all: 4, other: "II.3", typical: 95_000, asked: 1_000,
                    answers: [.keep, .skip], mustAnswer: true)
            ], isByOrder: true, faults: 1, writes: 1, mayEnter: true, undoRefusal: .sample)
    }

    static func of(_ call: Call<Actor>) throws -> OfficesSaveOutput {
        let grid = try call.grid()
        let save = try OfficesStore.save(call.id("save"), of: grid, call.reader)
        let isPreview = save.state == .previewed
        let ground = try OfficesStore.ground(of: grid, for: isPreview ? save.rows : [], call.reader)
        let columns = ground.columns.map(OfficesColumnAnswer.init)
        let areas = Dictionary(
            try OfficesStore.areas(of: grid.territory.id, call.reader).map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first })
        let paste = save.rows.isEmpty ? nil : try reading(save, ground)
        let changes = isPreview ? [] : try OfficesStore.changes(of: save.id, call.reader)
        let lines =
            isPreview
            ? try previewed(paste, columns, areas, ground, call.reader) : changed(changes, columns, areas)
        let open = Set(paste?.open.map(\.code) ?? [])
        return OfficesSaveOutput(
            grid: OfficesGridAnswer(grid, try OfficesStore.fillings(of: [grid], call.reader)[grid.id]), id: save.id,
            keeps: save.state == .done
                ? try OfficesStore.keeping(changes, in: grid, call.reader).compactMap {
                    OfficesKeptAnswer($0.kept, now: $0.change.after, areas, columns)
                } : [],
            kind: save.kind, state: save.state, fileName: save.fileName, by: save.maker, at: save.madeAt,
            undoneBy: save.undoneBy, undoneAt: save.undoneAt, columns: columns,
            columnFaults: isPreview
                ? (paste?.columns ?? []).compactMap { column in
                    column.fault.map { ColumnFault(head: column.head, fault: OfficesFaultAnswer($0)) }
                } : [],
            lines: lines,
            questions: isPreview
                ? (paste?.doubts ?? []).map { doubt in
                    Question(
                        code: doubt.code, kind: doubt.kind, count: doubt.count, all: doubt.all, other: doubt.other,
                        typical: doubt.typical.map { Int($0) }, asked: doubt.asked.map { Int($0) },
                        answers: doubt.answers, mustAnswer: open.contains(doubt.code))
                } : [],
            isByOrder: isPreview && paste?.isByOrder == true, faults: isPreview ? paste?.faults ?? 0 : 0,
            writes: isPreview ? paste?.changes([:], on: ground).count ?? 0 : save.cells,
            mayEnter: call.maySupply(grid),
            undoRefusal: isPreview
                ? nil : try OfficesStore.refusalToUndo(save, in: grid, call.reader).map(OfficesFaultAnswer.init))
    }

    /// Nil when the grid changed so that nothing of the text can be placed any more.
    private static func reading(_ save: Offices.Save, _ ground: Offices.PasteGround) throws -> Offices.Paste? {
        do {
            return try Offices.Paste.read(save.rows, on: ground, startingAt: save.start)
        } catch {
            if save.state == .previewed { throw Refusal(.conflict, error.key, error.arguments) }
            return nil
        }
    }

    private static func previewed(
        _ paste: Offices.Paste?, _ columns: [OfficesColumnAnswer], _ areas: [ID: TerritoryTitle],
        _ ground: Offices.PasteGround, _ reader: any Reader
    ) throws -> [Line] {
        guard let paste else { return [] }
        let byCode = Dictionary(columns.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let unknown = paste.lines.filter { $0.area == nil && !$0.name.isEmpty }.map(\.name)
        let elsewhere = try OfficesStore.elsewhere(unknown, reader)
        return paste.lines.map { line in
            var fault = line.fault
            if line.area == nil, let place = elsewhere[line.name] {
                fault = Refusal(
                    .invalid, "offices.paste.fault.elsewhere", ["name": line.name, "place": place.name])
            }
            return Line(
                number: line.number, name: line.name, area: line.area.flatMap { areas[$0] },
                fault: fault.map(OfficesFaultAnswer.init),
                cells: line.cells.compactMap { found in
                    guard let column = byCode[found.code] else { return nil }
                    let held = line.area.flatMap { ground.held[Offices.Cell(area: $0, code: found.code)] }
                    return Cell(
                        code: found.code, typed: found.typed,
                        value: found.value.map { OfficesValueAnswer($0, column) },
                        before: held.map { OfficesValueAnswer($0, column) }, standing: found.standing.rawValue,
                        fault: found.fault.map(OfficesFaultAnswer.init))
                })
        }
    }

    private static func changed(
        _ changes: [Offices.Change], _ columns: [OfficesColumnAnswer], _ areas: [ID: TerritoryTitle]
    ) -> [Line] {
        let byCode = Dictionary(columns.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let order = Dictionary(
            columns.enumerated().map { ($0.element.code, $0.offset) }, uniquingKeysWith: { first, _ in first })
        let keys = areas.mapValues { VietnameseOrder.sortKey(of: $0.name) }
        let byArea = Dictionary(grouping: changes, by: \.cell.area)
        let sorted = byArea.keys.sorted { (keys[$0] ?? "", $0) < (keys[$1] ?? "", $1) }
        return sorted.enumerated().map { index, area in
            let here = (byArea[area] ?? []).sorted { (order[$0.cell.code] ?? 0) < (order[$1.cell.code] ?? 0) }
            return Line(
                number: index + 1, name: areas[area]?.name ?? "", area: areas[area], fault: nil,
                cells: here.compactMap { change -> Cell? in
                    guard let column = byCode[change.cell.code] else { return nil }
                    return Cell(
                        code: change.cell.code, typed: "",
                        value: change.after.map { OfficesValueAnswer($0, column) },
                        before: change.before.map { OfficesValueAnswer($0, column) },
                        standing: change.before == nil ? "new" : "changed", fault: nil)
                })
        }
    }
}
