/// An amount in whole đồng: there is no smaller coin in use, and sums must close to the đồng.
package struct Money: Comparable, Hashable, Sendable {
    /// Stored and coded as this integer; negative for what is taken back.
    package let dong: Int64

    package static let zero = Money(dong: 0)

    package init(dong: Int64) {
        self.dong = dong
    }

    /// Reads an amount as people type it: "1.234.567", "1234567", "1 234 567" or, from bank lists, "1,234,567"; with
    /// ₫, đ, đồng or VND after it or not. Nil for anything else, for parts of a đồng and for overflow.
    package static func parse(_ typed: String) -> Money? {
        let units = ["đồng", "vnđ", "vnd", "đ", "₫"]
        guard let number = TypedNumber(typed, after: units, commaGroups: true), !number.hasDecimals else { return nil }
        return number.whole.map { Money(dong: number.isNegative ? -$0 : $0) }
    }

    /// Nil on overflow.
    package func adding(_ other: Money) -> Money? {
        let (sum, overflow) = dong.addingReportingOverflow(other.dong)
        return overflow ? nil : Money(dong: sum)
    }

    /// Nil on overflow.
    package func subtracting(_ other: Money) -> Money? {
        let (difference, overflow) = dong.subtractingReportingOverflow(other.dong)
        return overflow ? nil : Money(dong: difference)
    }

    /// The sum of all; zero of none, nil on overflow.
    package static func sum(_ amounts: some Sequence<Money>) -> Money? {
        var total = Money.zero
        for amount in amounts {
            guard let next = total.adding(amount) else { return nil }
            total = next
        }
        return total
    }

    /// "1.234.567 ₫" (English: "1,234,567 ₫"), a no-break space before the sign.
    package func text(in language: Language) -> String {
        let sign = dong < 0 ? "-" : ""
        return sign + Digits.grouped(dong.magnitude, by: language.thousandsSeparator) + "\u{A0}₫"
    }

    package static func < (left: Money, right: Money) -> Bool {
        left.dong < right.dong
    }
}

extension Money: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(dong: try decoder.singleValueContainer().decode(Int64.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(dong)
    }
}
