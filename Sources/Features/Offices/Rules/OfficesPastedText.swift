import Core

extension Offices {
    /// A text out of a spreadsheet's clipboard, taken apart into cells.
    package enum PastedText {
        /// Rows of cells, without rows that are empty. Tabs part the cells where there is one; otherwise semicolons;
        /// otherwise two and more blanks. A quoted cell may hold line ends.
        package static func rows(_ text: String) -> [[String]] {
            let separator: Character? = text.contains("\t") ? "\t" : text.contains(";") ? ";" : nil
            guard let separator else {
                return text.split(whereSeparator: \.isNewline).map { spaced(String($0)) }.filter { !$0.isEmpty }
            }
            return parted(text, by: separator).filter { row in row.contains { !$0.isEmpty } }
        }

        private static func parted(_ text: String, by separator: Character) -> [[String]] {
            var rows: [[String]] = [[]]
            var cell = ""
            var isQuoted = false
            var isStart = true
            var rest = text[...]
            func close() {
                rows[rows.count - 1].append(VietnameseText.tidied(cell))
                cell = ""
                isStart = true
            }
            while let letter = rest.popFirst() {
                if isQuoted {
                    if letter != "\"" {
                        cell.append(letter)
                    } else if rest.first == "\"" {
                        cell.append("\"")
                        rest.removeFirst()
                    } else {
                        isQuoted = false
                    }
                } else if letter == separator {
                    close()
                } else if letter.isNewline {
                    close()
                    rows.append([])
                } else if letter == "\"", isStart {
                    isQuoted = true
                    isStart = false
                } else {
                    cell.append(letter)
                    isStart = false
                }
            }
            close()
            return rows
        }

        /// "Thong Xanh   95,8": a name, a gap, a value. A single blank belongs to a name, unless what follows it at
        /// the end of the line is a number.
        private static func spaced(_ line: String) -> [String] {
            var cells: [String] = []
            var cell = ""
            var blanks = 0
            for letter in line {
                if letter.isWhitespace {
                    blanks += 1
                    continue
                }
                if blanks > 1, !cell.isEmpty {
                    cells.append(cell)
                    cell = ""
                } else if blanks == 1, !cell.isEmpty {
                    cell.append(" ")
                }
                blanks = 0
                cell.append(letter)
            }
            if !cell.isEmpty { cells.append(cell) }
            guard cells.count == 1, let gap = cells[0].lastIndex(of: " ") else { return cells }
            let last = String(cells[0][cells[0].index(after: gap)...])
            // "Suối Thông B1" ends in no number; "Tổ dân phố 5" does, and stays whole.
            guard Quantity.parse(last) != nil, last.contains(where: { ",.%".contains($0) }) else { return cells }
            return [String(cells[0][..<gap]), last]
        }
    }
}
