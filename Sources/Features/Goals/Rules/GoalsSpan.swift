import Core

extension Goals {
    /// The time a target is set for: a year, or a term of several years such as 2025-2030.
    package struct Span: Hashable, Sendable, Comparable {
        /// The first year.
        package let from: Int
        /// The last year, itself included.
        package let until: Int

        /// The longest term: ten years, as of a scheme.
        package static let longest = 10

        /// Nil unless the years are in 1900...2200, in order, and at most ten apart.
        package init?(from: Int, until: Int) {
            guard (1_900...2_200).contains(from), (from...from + Span.longest).contains(until), until <= 2_200 else {
                return nil
            }
            self.from = from
            self.until = until
        }

        /// Reads "2026" or "2025-2030", with a hyphen or a dash and blanks as people type them; nil for anything else.
        package init?(code: String) {
            let plain = code.replacing("\u{2013}", with: "-").filter { !$0.isWhitespace }
            let parts = plain.split(separator: "-", omittingEmptySubsequences: false)
            let years = parts.compactMap { part in part.count == 4 && part.allSatisfy(\.isASCII) ? Int(part) : nil }
            guard years.count == parts.count, (1...2).contains(years.count), let from = years.first,
                let until = years.last
            else { return nil }
            self.init(from: from, until: until)
        }

        /// "2026", "2025-2030": in storage, in addresses and on pages.
        package var code: String { from == until ? "\(from)" : "\(from)-\(until)" }

        package var isTerm: Bool { from != until }

        /// Whether a year is in it; both ends are.
        package func contains(year: Int) -> Bool { (from...until).contains(year) }

        /// Terms before the years within them, both in time.
        package static func < (left: Span, right: Span) -> Bool {
            (left.from, -left.until) < (right.from, -right.until)
        }
    }
}
