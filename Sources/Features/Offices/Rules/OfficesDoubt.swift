import Core
import Criteria

extension Offices {
    /// A question about a whole pasted column: it can be read, yet it looks like another one's.
    package struct Doubt: Sendable, Equatable {
        /// What looks wrong about the column.
        package enum Kind: String, Sendable, CaseIterable, Codable {
            /// Nine in ten values do not fit the indicator at all.
            case unit
            /// A percentage of which all values lie between 0 and 1, as spreadsheets keep them.
            case fraction
            /// Ten times more or less than what the indicator asks for.
            case scale
            /// The values are those of another column.
            case sameAs
        }

        /// What the person says to it.
        package enum Answer: String, Sendable, CaseIterable, Codable {
            /// They are right as they are.
            case keep
            /// Times a hundred: 0,958 is 95,8 %.
            case hundred
            /// Leave the column out.
            case skip
        }

        package let code: String
        package let kind: Kind
        /// Cells that it is about, and all of the column.
        package let count: Int
        package let all: Int
        /// Of `sameAs` the other column; of `scale` a typical value and the threshold, as thousandths.
        package let other: String?
        package let typical: Int64?
        package let asked: Int64?

        package var answers: [Answer] { kind == .fraction ? [.hundred, .keep, .skip] : [.keep, .skip] }
    }
}

extension Offices.Doubt {
    /// Fewer values than this say nothing about a column as a whole: whether it is another one's. What one value looks
    /// like is asked about even when it stands alone: a commune may have a single area.
    static let least = 3

    /// The questions about the columns of a paste, one for each column at most.
    static func all(of lines: [Offices.Paste.Line], on ground: Offices.PasteGround) -> [Offices.Doubt] {
        ground.columns.compactMap { indicator in
            let found = lines.compactMap { line in
                line.cells.first { $0.code == indicator.code && $0.standing != .cleared }
                    .map { (area: line.area, cell: $0) }
            }
            return doubt(about: found, indicator, ground)
        }
    }

    private static func doubt(
        about found: [(area: ID?, cell: Offices.Paste.Found)], _ indicator: Criteria.Indicator,
        _ ground: Offices.PasteGround
    ) -> Offices.Doubt? {
        let code = indicator.code
        func doubt(
            _ kind: Kind, _ count: Int, other: String? = nil, typical: Int64? = nil, asked: Int64? = nil
        ) -> Offices.Doubt {
            Offices.Doubt(
                code: code, kind: kind, count: count, all: found.count, other: other, typical: typical, asked: asked)
        }
        let faulty = found.count { $0.cell.value == nil }
        // Faulty ones are left out and listed in any case.
        if found.count >= least, faulty * 10 >= found.count * 9 { return doubt(.unit, faulty) }
        let numbers = found.compactMap { pair -> Int64? in
            guard case .quantity(let quantity) = pair.cell.value else { return nil }
            return quantity.thousandths
        }
        let asked = indicator.thresholds.compactMap { threshold -> Int64? in
            guard case .quantity(let quantity) = threshold.bound else { return nil }
            return quantity.thousandths
        }.filter { $0 > 0 }
        if !numbers.isEmpty {
            if indicator.kind == .percentage, numbers.allSatisfy({ (0...1_000).contains($0) }),
                numbers.contains(where: { $0 % 1_000 != 0 }), asked.allSatisfy({ $0 > 5_000 })
            {
                return doubt(.fraction, numbers.count)
            }
            if let low = asked.min(), let high = asked.max() {
                func isOff(_ number: Int64) -> Bool {
                    number > 0 && (number >= high * 10 || (indicator.kind == .percentage && number * 10 <= low))
                }
                // Of many the one in the middle speaks for all; of few each for itself.
                let typical =
                    numbers.count >= least ? numbers.sorted()[numbers.count / 2] : numbers.first(where: isOff)
                if let typical, isOff(typical) { return doubt(.scale, numbers.count, typical: typical, asked: high) }
            }
        }
        return sameAs(found, indicator, ground).map { doubt(.sameAs, $0.count, other: $0.code) }
    }

    /// Another column that holds the very values pasted here, while this one does not.
    private static func sameAs(
        _ found: [(area: ID?, cell: Offices.Paste.Found)], _ indicator: Criteria.Indicator,
        _ ground: Offices.PasteGround
    ) -> (code: String, count: Int)? {
        let values = Set(found.compactMap(\.cell.value))
        // Columns of nothing but "yes" or 100 are alike without meaning anything.
        guard values.count >= least else { return nil }
        func agreeing(with code: String) -> Int {
            found.count { pair in
                guard let area = pair.area, let value = pair.cell.value else { return false }
                return ground.held[Offices.Cell(area: area, code: code)] == value
            }
        }
        guard agreeing(with: indicator.code) * 10 < found.count * 9 else { return nil }
        for other in ground.columns where other.code != indicator.code {
            let count = agreeing(with: other.code)
            if count * 10 >= found.count * 9 { return (other.code, count) }
        }
        return nil
    }
}

extension Offices.Paste {
    /// The questions that must be answered: those about columns of which something new could be written.
    package var open: [Offices.Doubt] {
        doubts.filter { doubt in
            lines.contains { line in
                line.fault == nil
                    && line.cells.contains {
                        $0.code == doubt.code && ($0.standing == .new || $0.standing == .changed)
                    }
            }
        }
    }

    /// What is wrong with an answer: a hundred times as much may be more than the indicator can hold.
    package func refusals(
        of answers: [String: Offices.Doubt.Answer], on ground: Offices.PasteGround
    ) -> [Refusal] {
        answers.compactMap { code, answer -> Refusal? in
            guard answer == .hundred, let indicator = ground.columns.first(where: { $0.code == code }) else {
                return nil
            }
            for line in lines {
                for cell in line.cells where cell.code == code {
                    guard case .quantity(let quantity) = cell.value else { continue }
                    let value = Criteria.Value.quantity(Quantity(thousandths: quantity.thousandths * 100))
                    if let refusal = Criteria.refusal(of: value, for: indicator) {
                        return Refusal(.invalid, refusal.key, field: "answer.\(code)", refusal.arguments)
                    }
                }
            }
            return nil
        }
    }
}
