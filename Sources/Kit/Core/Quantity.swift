/// A value of an indicator: a percentage, a ratio or a count, exact to the thousandth.
///
/// A fixed point and never a float: 92.5 % is 92.5 %, on both engines and in every sum.
package struct Quantity: Comparable, Hashable, Sendable {
    /// The value times 1000; stored and coded as this integer.
    package let thousandths: Int64

    package static let zero = Quantity(thousandths: 0)

    package init(thousandths: Int64) {
        self.thousandths = thousandths
    }

    /// Nil beyond about nine thousand million million.
    package init?(_ whole: Int) {
        let (product, overflow) = Int64(whole).multipliedReportingOverflow(by: 1_000)
        guard !overflow else { return nil }
        thousandths = product
    }

    /// Reads a number as Vietnamese people type it: "1.234,5", "92,5", "1 234", "-3", each with "%" after it or not.
    ///
    /// A single point is read as decimal when it cannot be part of thousands ("92.5", "0.125", "1234.567"); "1.234"
    /// is one thousand two hundred and thirty-four. Commas are always decimal, so a form shows numbers in the
    /// Vietnamese way in every language. Nil for anything else, for more than three decimals and for overflow.
    package static func parse(_ typed: String) -> Quantity? {
        guard let number = TypedNumber(typed, after: ["%"]), let whole = number.whole else { return nil }
        guard let fraction = number.thousandths else { return nil }
        let (product, overflow) = whole.multipliedReportingOverflow(by: 1_000)
        let (sum, beyond) = product.addingReportingOverflow(fraction)
        guard !overflow, !beyond else { return nil }
        return Quantity(thousandths: number.isNegative ? -sum : sum)
    }

    /// What percentage `part` is of `whole`, rounded half up to one decimal; nil when `whole` is not positive or `part`
    /// is negative. It is for showing: whether a share is reached is asked of `isReached`, which does not round.
    package static func percent(_ part: Int, of whole: Int) -> Quantity? {
        guard whole > 0, part >= 0 else { return nil }
        let tenths = (2_000 * Int128(part) + Int128(whole)) / (2 * Int128(whole))
        return Int64(exactly: tenths * 100).map(Quantity.init(thousandths:))
    }

    /// Whether `part` of `whole` is at least this percentage, exactly: 4,996 of 10,000 shows as 50.0 % but does not
    /// reach 50. Nothing of nothing reaches no percentage.
    package func isReached(by part: Int, of whole: Int) -> Bool {
        whole > 0 && Int128(part) * 100_000 >= Int128(thousandths) * Int128(whole)
    }

    /// Whether `part` of `whole` is more than this percentage, exactly: "more than half" of 214 is 108.
    package func isExceeded(by part: Int, of whole: Int) -> Bool {
        whole > 0 && Int128(part) * 100_000 > Int128(thousandths) * Int128(whole)
    }

    /// Nil on overflow.
    package func adding(_ other: Quantity) -> Quantity? {
        let (sum, overflow) = thousandths.addingReportingOverflow(other.thousandths)
        return overflow ? nil : Quantity(thousandths: sum)
    }

    /// Nil on overflow.
    package func subtracting(_ other: Quantity) -> Quantity? {
        let (difference, overflow) = thousandths.subtractingReportingOverflow(other.thousandths)
        return overflow ? nil : Quantity(thousandths: difference)
    }

    /// "1.234,5" in Vietnamese, "1,234.5" in English; as many decimals as it has.
    package func text(in language: Language) -> String {
        let magnitude = thousandths.magnitude
        let whole = Digits.grouped(magnitude / 1_000, by: language.thousandsSeparator)
        var decimals = Digits.three(Int(magnitude % 1_000))
        while decimals.last == "0" { decimals.removeLast() }
        let sign = thousandths < 0 ? "-" : ""
        return decimals.isEmpty ? sign + whole : sign + whole + language.decimalSeparator + decimals
    }

    package static func < (left: Quantity, right: Quantity) -> Bool {
        left.thousandths < right.thousandths
    }
}

extension Quantity: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(thousandths: try decoder.singleValueContainer().decode(Int64.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(thousandths)
    }
}
