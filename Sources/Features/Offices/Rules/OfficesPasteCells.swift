import Core
import Criteria

extension Offices.Paste {
    /// What each cell of a row would do, or what is wrong with it.
    static func cells(
        of row: [String], _ columns: [Column], area: ID?, _ ground: Offices.PasteGround
    ) -> [Found] {
        columns.compactMap { column -> Found? in
            guard let code = column.code, let indicator = ground.columns.first(where: { $0.code == code }) else {
                return nil
            }
            let typed = column.index < row.count ? row[column.index] : ""
            let cell = area.map { Offices.Cell(area: $0, code: code) }
            func fault(_ refusal: Refusal) -> Found {
                Found(code: code, typed: typed, value: nil, standing: .fault, fault: refusal)
            }
            do throws(Refusal) {
                // What stands there already, written as it stands there, is no question.
                let held = cell.flatMap { ground.held[$0] ?? ground.foreignHeld[$0] }
                let isHeld = held.map { Offices.Typed.text($0) == VietnameseText.tidied(typed) } ?? false
                let value = isHeld ? held : try Offices.Typed.read(typed, for: indicator, isPasted: true)
                if let cell, let other = ground.foreign[cell] {
                    // Another office's figure that came with the sheet says nothing.
                    if value == nil || value == ground.foreignHeld[cell] { return nil }
                    return fault(Refusal(.invalid, "offices.cell.otherOffice", ["office": other]))
                }
                return try found(value, typed, code, cell, ground)
            } catch {
                return fault(error)
            }
        }
    }

    /// Nil for a cell that says nothing.
    private static func found(
        _ value: Criteria.Value?, _ typed: String, _ code: String, _ cell: Offices.Cell?, _ ground: Offices.PasteGround
    ) throws(Refusal) -> Found? {
        let held = cell.flatMap { ground.held[$0] }
        if let cell, let since = ground.sinceTemplate, let shown = since[cell], value != held {
            // Whoever did not touch the cell leaves what was saved since; whoever did is told of it.
            guard value != shown else { return nil }
            throw Refusal(
                .conflict, "offices.cell.conflict",
                ["theirs": held.map(Offices.Typed.text) ?? "–", "mine": typed.isEmpty ? "–" : typed])
        }
        guard let value else {
            guard ground.sinceTemplate != nil, held != nil else { return nil }
            return Found(code: code, typed: "", value: nil, standing: .cleared, fault: nil)
        }
        return Found(
            code: code, typed: typed, value: value,
            standing: held == nil ? .new : held == value ? .same : .changed, fault: nil)
    }
}
