import Core
import Criteria

extension Offices.Paste {
    /// The row with the indicators' codes or names: one of the first six; nil when there is none.
    static func headRow(of rows: [[String]], _ ground: Offices.PasteGround) -> Int? {
        rows.prefix(6).firstIndex { row in
            row.contains { indicator($0, among: ground.columns + ground.others) != nil }
        }
    }

    /// The columns behind the one with the names: by their heads, or, without a head, in the grid's order from `start`.
    static func columns(
        head: [String]?, width: Int, after nameColumn: Int, _ ground: Offices.PasteGround, _ start: String?
    ) -> [Column] {
        guard let head else {
            let first = ground.columns.firstIndex { $0.code == start } ?? 0
            let own = ground.columns[first...].map(\.code)
            return ((nameColumn + 1)..<max(width, nameColumn + 1)).enumerated().map { offset, index in
                guard offset < own.count else {
                    return Column(
                        index: index, head: "", code: nil,
                        fault: Refusal(.invalid, "offices.paste.fault.columnBeyond", ["column": "\(index + 1)"]))
                }
                return Column(index: index, head: "", code: own[offset], fault: nil)
            }
        }
        var used: Set<String> = []
        return head.enumerated().compactMap { index, text in
            guard index != nameColumn, !text.isEmpty else { return nil }
            if let own = indicator(text, among: ground.columns) {
                guard used.insert(own.code).inserted else {
                    return Column(
                        index: index, head: text, code: nil,
                        fault: Refusal(.invalid, "offices.paste.fault.columnTwice", ["code": own.code]))
                }
                return Column(index: index, head: text, code: own.code, fault: nil)
            }
            if let other = indicator(text, among: ground.others) {
                return Column(
                    index: index, head: text, code: nil,
                    fault: Refusal(
                        .invalid, "offices.paste.fault.columnNotYours",
                        ["code": other.code, "name": other.name.vi, "office": other.supplier?.name ?? ""]))
            }
            // A column before the names is a running number; one behind them that says nothing known is named.
            guard index > nameColumn else { return nil }
            return Column(
                index: index, head: text, code: nil,
                fault: Refusal(.invalid, "offices.paste.fault.columnUnknown", ["head": String(text.prefix(60))]))
        }
    }

    /// The indicator that a head means: "II.2", "II.2. Người dân …", or its whole name with or without marks.
    private static func indicator(_ text: String, among indicators: [Criteria.Indicator]) -> Criteria.Indicator? {
        guard let first = text.split(whereSeparator: \.isWhitespace).first else { return nil }
        var code = first.uppercased()
        while let last = code.last, ".:)-".contains(last) { code.removeLast() }
        if let found = indicators.first(where: { $0.code.uppercased() == code }) { return found }
        let folded = VietnameseText.folded(text)
        guard folded.count >= 6 else { return nil }
        return indicators.first {
            VietnameseText.folded($0.name.vi) == folded || VietnameseText.folded($0.name.en) == folded
        }
    }
}

extension Offices {
    /// Finds areas by what people call them.
    struct RowIndex {
        private let rows: [Row]
        private var byName: [String: [Int]] = [:]

        init(_ rows: [Row]) {
            self.rows = rows
            for (index, row) in rows.enumerated() {
                var names: Set<String> = []
                for name in [row.name, RowIndex.bare(row.name)] {
                    let folded = VietnameseText.folded(name)
                    names.insert(folded)
                    for prefix in row.prefixes { names.insert("\(prefix) \(folded)") }
                }
                for name in names { byName[name, default: []].append(index) }
            }
        }

        /// "Thông Xanh (minh họa)" is also "Thông Xanh".
        private static func bare(_ name: String) -> String {
            guard let open = name.firstIndex(of: "("), open != name.startIndex else { return name }
            return VietnameseText.tidied(String(name[..<open]))
        }

        /// The column in which most cells name an area; one of names before one of numbers. Nil when none does.
        func column(of rows: [[String]]) -> Int? {
            var scores: [Int: Int] = [:]
            for row in rows {
                for (index, text) in row.prefix(6).enumerated() where byName[VietnameseText.folded(text)] != nil {
                    scores[index, default: 0] += text.contains(where: \.isLetter) ? 3 : 1
                }
            }
            // A few numbers of areas among values are chance; a name is none.
            let best = scores.max { ($0.value, -$0.key) < ($1.value, -$1.key) }
            guard let best, best.value >= 3 || rows.count < 3 else { return nil }
            return best.key
        }

        func area(named text: String) -> (ID?, Refusal?) {
            let name = ["name": String(text.prefix(80))]
            guard !text.isEmpty else { return (nil, Refusal(.invalid, "offices.paste.fault.noName")) }
            let found = byName[VietnameseText.folded(text)] ?? []
            if found.count == 1 { return (rows[found[0]].id, nil) }
            guard !found.isEmpty else { return (nil, Refusal(.invalid, "offices.paste.fault.notFound", name)) }
            let key = VietnameseText.nameKey(text)
            let exact = found.filter { key.hasSuffix(VietnameseText.nameKey(RowIndex.bare(rows[$0].name))) }
            if exact.count == 1 { return (rows[exact[0]].id, nil) }
            return (nil, Refusal(.invalid, "offices.paste.fault.ambiguous", name))
        }
    }
}
