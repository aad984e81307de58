import Core

extension Criteria {
    /// The product's own file format for criteria sets, without the letters of YAML: a tree in, a set out, and back.
    /// The grammar is described in docs/criteria-format.md.
    package enum Format {
        /// What reading a file gave: a set that can be used, or every fault. Warnings come with both.
        package struct Reading: Equatable, Sendable {
            /// Nil when at least one fault is more than a warning.
            package var set: CriteriaSet?
            package var faults: [Fault]
        }

        /// A file as a tree. Every scalar is the text that was written.
        package struct Tree: Equatable, Sendable {
            /// What stands at one place of the file; maps keep the order of their lines.
            package enum Content: Equatable, Sendable {
                case empty
                case scalar(String)
                case list([Tree])
                case map([Entry])
            }

            /// One line of a map.
            package struct Entry: Equatable, Sendable {
                package var key: String
                package var value: Tree

                package init(_ key: String, _ value: Tree) {
                    self.key = key
                    self.value = value
                }
            }

            package var content: Content
            /// From 1; 0 for a tree that no file holds.
            package var line: Int

            package init(_ content: Content, line: Int = 0) {
                self.content = content
                self.line = line
            }
        }
    }
}

extension Criteria.Format {
    /// Reads a decimal number with point or comma and at most three decimals: "70", "1.5", "-2,25".
    /// In thousandths; nil for anything else. Up to nine digits before the point, so that sums cannot overflow.
    package static func thousandths(_ text: some StringProtocol) -> Int64? {
        var digits = Substring(String(text).filter { $0 != " " })
        let isNegative = digits.hasPrefix("-")
        if isNegative || digits.hasPrefix("+") { digits = digits.dropFirst() }
        let parts = digits.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        guard (1...2).contains(parts.count), (1...9).contains(parts[0].count),
            digits.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 || $0 == 44 })
        else { return nil }
        var value = (Int64(parts[0]) ?? 0) * 1000
        if parts.count == 2 {
            guard (1...3).contains(parts[1].count), let decimals = Int64(parts[1]) else { return nil }
            value += decimals * (parts[1].count == 1 ? 100 : parts[1].count == 2 ? 10 : 1)
        }
        return isNegative ? -value : value
    }

    /// With a point, and no more decimals than needed: 1500 gives "1.5".
    package static func text(thousandths: Int64) -> String {
        let size = thousandths.magnitude
        var text = String(size / 1000)
        if size % 1000 != 0 {
            var decimals = String(size % 1000 + 1000).dropFirst()
            while decimals.hasSuffix("0") { decimals = decimals.dropLast() }
            text += "." + decimals
        }
        return thousandths < 0 ? "-" + text : text
    }

    /// Points, from hundredths: 650 gives "6.5".
    package static func text(hundredths: Int) -> String {
        text(thousandths: Int64(hundredths) * 10)
    }

    /// A threshold as a file has it.
    package static func text(_ bound: Criteria.Bound) -> String {
        switch bound {
        case .yes(let wanted): wanted ? "yes" : "no"
        case .quantity(let quantity): text(thousandths: quantity.thousandths)
        case .grade(let code): code
        }
    }
}
