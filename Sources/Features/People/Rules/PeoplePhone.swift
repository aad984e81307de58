import Core

/// A telephone number as it is kept: digits only, a number of Vietnam beginning with 0.
package struct PeoplePhone: Sendable, Equatable {
    package let digits: String

    /// Blanks, dots, dashes and +84 are read; a spreadsheet that took the 0 away is mended. Nil when it is no number.
    package init?(_ typed: String) {
        let kept = typed.filter { !" .-()\u{a0}".contains($0) }
        var digits = kept.hasPrefix("+84") ? "0" + kept.dropFirst(3) : kept
        if digits.count == 9, !digits.hasPrefix("0") { digits = "0" + digits }
        guard digits.hasPrefix("0"), (10...11).contains(digits.count),
            digits.allSatisfy({ $0.isASCII && $0.isNumber })
        else { return nil }
        self.digits = digits
    }
}
