import Core
import Criteria

extension Offices {
    /// What a pasted text or a sheet is held against: the grid's rows and columns, and what stands in it.
    package struct PasteGround: Sendable {
        package let rows: [Row]
        package let columns: [Criteria.Indicator]
        /// Indicators of the set that are not this office's.
        package let others: [Criteria.Indicator]
        package let held: [Cell: Criteria.Value]
        /// Cells that another office filled, with its name.
        package let foreign: [Cell: String]
        /// What stands in those.
        package let foreignHeld: [Cell: Criteria.Value]
        /// Of a sheet that was filled in from this grid: the cells that were saved since, with what they were in it.
        /// Nil for any other text, in which an empty cell says nothing.
        package let sinceTemplate: [Cell: Criteria.Value?]?

        package init(
            rows: [Row], columns: [Criteria.Indicator], others: [Criteria.Indicator], held: [Cell: Criteria.Value],
            foreign: [Cell: String], foreignHeld: [Cell: Criteria.Value] = [:],
            sinceTemplate: [Cell: Criteria.Value?]? = nil
        ) {
            self.rows = rows
            self.columns = columns
            self.others = others
            self.held = held
            self.foreign = foreign
            self.foreignHeld = foreignHeld
            self.sinceTemplate = sinceTemplate
        }
    }

    /// A pasted text read against a grid: every cell with what it would do or what is wrong with it. Nothing typed is
    /// left out of it.
    package struct Paste: Sendable, Equatable {
        /// A column of the text.
        package struct Column: Sendable, Equatable {
            /// Counted from 0 in the text.
            package let index: Int
            /// What its head said; empty without one.
            package let head: String
            /// The indicator; nil when its values are left out.
            package let code: String?
            package let fault: Refusal?
        }

        /// What becomes of a cell; `cleared` is one emptied in a sheet that was filled in from the grid.
        package enum Standing: String, Sendable, Equatable { case new, changed, same, cleared, fault }

        /// One cell as it was read: what was typed, its value, and what would become of it.
        package struct Found: Sendable, Equatable {
            package let code: String
            package let typed: String
            package let value: Criteria.Value?
            package let standing: Standing
            package let fault: Refusal?
        }

        /// A row of the text.
        package struct Line: Sendable, Equatable {
            /// Counted from 1 in the text, its head included.
            package let number: Int
            package let name: String
            package let area: ID?
            package var fault: Refusal?
            package var cells: [Found]
        }

        package let columns: [Column]
        package let lines: [Line]
        package let doubts: [Doubt]
        /// No names of areas were found: the values would be taken in the grid's own order.
        package let isByOrder: Bool
        /// Lines that sum up others; they are passed over.
        package let totals: Int
    }
}

extension Offices.Paste {
    /// Reads rows of cells.
    ///
    /// - Parameter start: the code of the column in which values without a head begin; nil for the first.
    /// - Throws: `.invalid` when nothing in the text can be placed.
    package static func read(
        _ rows: [[String]], on ground: Offices.PasteGround, startingAt start: String? = nil
    ) throws(Refusal) -> Offices.Paste {
        guard !rows.isEmpty else { throw Refusal(.invalid, "offices.paste.refusal.empty", field: "text") }
        guard rows.count <= Offices.Limit.rows + 20 else {
            throw Refusal(
                .invalid, "offices.paste.refusal.tooManyRows", field: "text", ["most": "\(Offices.Limit.rows)"])
        }
        let index = Offices.RowIndex(ground.rows)
        let head = headRow(of: rows, ground)
        let body = rows.enumerated().filter { offset, row in
            (head.map { offset > $0 } ?? true) && Offices.TemplateMark.find(in: row) == nil
        }
        let nameColumn = index.column(of: body.map(\.element))
        let isByOrder = nameColumn == nil
        if isByOrder, body.count != ground.rows.count {
            throw Refusal(
                .invalid, "offices.paste.refusal.noAreas", field: "text",
                ["lines": "\(body.count)", "areas": "\(ground.rows.count)"])
        }
        let columns = columns(
            head: head.map { rows[$0] }, width: rows.map(\.count).max() ?? 0, after: nameColumn ?? -1, ground, start)
        guard columns.contains(where: { $0.code != nil }) else {
            if let fault = columns.compactMap(\.fault).first {
                throw Refusal(.invalid, fault.key, field: "text", fault.arguments)
            }
            throw Refusal(.invalid, "offices.paste.refusal.noColumns", field: "text")
        }
        var totals = 0
        var lines: [Line] = []
        var order = 0
        for (offset, row) in body {
            let name = nameColumn.map { $0 < row.count ? row[$0] : "" } ?? ""
            if !isByOrder, isTotal(name) {
                totals += 1
                continue
            }
            let (area, fault) = isByOrder ? (ground.rows[order].id, nil) : index.area(named: name)
            order += 1
            lines.append(
                Line(
                    number: offset + 1, name: isByOrder ? ground.rows[order - 1].name : name, area: area, fault: fault,
                    cells: cells(of: row, columns, area: area, ground)))
        }
        refuseTwice(&lines)
        return Offices.Paste(
            columns: columns, lines: lines, doubts: Offices.Doubt.all(of: lines, on: ground), isByOrder: isByOrder,
            totals: totals)
    }

    /// What would be written once the questions are answered: columns that are to be left out are, of the others every
    /// cell that is right and new.
    package func changes(
        _ answers: [String: Offices.Doubt.Answer], on ground: Offices.PasteGround
    ) -> [Offices.Change] {
        var changes: [Offices.Change] = []
        for line in lines {
            guard line.fault == nil, let area = line.area else { continue }
            for found in line.cells where found.standing != .fault {
                let answer = answers[found.code]
                guard answer != .skip else { continue }
                if found.standing == .cleared {
                    let cell = Offices.Cell(area: area, code: found.code)
                    changes.append(Offices.Change(cell: cell, before: ground.held[cell], after: nil))
                }
                guard var value = found.value else { continue }
                if answer == .hundred, case .quantity(let quantity) = value {
                    value = .quantity(Quantity(thousandths: quantity.thousandths * 100))
                }
                let cell = Offices.Cell(area: area, code: found.code)
                let before = ground.held[cell]
                if before != value { changes.append(Offices.Change(cell: cell, before: before, after: value)) }
            }
        }
        return changes
    }

    /// Cells and lines that are left out because something is wrong with them.
    package var faults: Int {
        lines.reduce(0) { sum, line in
            sum + (line.fault != nil ? max(1, line.cells.count) : line.cells.count { $0.standing == .fault })
        }
    }

    /// An area that stands in two lines: nobody knows which one is meant, unless both say the same.
    private static func refuseTwice(_ lines: inout [Line]) {
        var seen: [ID: [Int]] = [:]
        for (index, line) in lines.enumerated() { if let area = line.area { seen[area, default: []].append(index) } }
        for indices in seen.values where indices.count > 1 {
            let first = lines[indices[0]]
            let isSame = indices.allSatisfy { lines[$0].cells == first.cells }
            for index in isSame ? Array(indices.dropFirst()) : indices {
                lines[index].fault = Refusal(
                    .invalid, isSame ? "offices.paste.fault.twiceSame" : "offices.paste.fault.twice",
                    ["lines": indices.map { "\(lines[$0].number)" }.joined(separator: ", ")])
            }
        }
    }

    private static func isTotal(_ name: String) -> Bool {
        let folded = VietnameseText.folded(name)
        return ["tong", "tong cong", "tong so", "cong", "toan xa", "toan phuong", "binh quan"].contains(folded)
    }
}
