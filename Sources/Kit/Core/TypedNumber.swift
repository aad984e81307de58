import Foundation

/// A number taken apart as it was typed: sign, digits before and after the decimal sign, thousands joined.
struct TypedNumber {
    let isNegative: Bool
    private let before: [UInt8]
    private let after: [UInt8]

    /// Nil when it is no number by Vietnamese ways of writing; `after` lists the words that may follow, longest first.
    init?(_ typed: String, after units: [String], commaGroups: Bool = false) {
        var text = typed.precomposedStringWithCanonicalMapping.trimmingCharacters(in: .whitespacesAndNewlines)
        if let unit = units.first(where: { text.lowercased().hasSuffix($0) }) {
            text = String(text.dropLast(unit.count)).trimmingCharacters(in: .whitespacesAndNewlines)
        }
        var signs = Array(text.unicodeScalars)
        let minus: Set<Unicode.Scalar> = ["-", "\u{2212}", "\u{2013}"]
        isNegative = signs.first.map(minus.contains) ?? false
        if isNegative || signs.first == "+" { signs.removeFirst() }
        guard let plain = Self.ascii(signs), let parts = Self.split(plain, commaGroups) else { return nil }
        (before, after) = parts
    }

    /// The whole part; nil on overflow.
    var whole: Int64? { Int64(String(decoding: before, as: UTF8.self)) }

    /// The decimals in thousandths; nil when there are more than three that count.
    var thousandths: Int64? {
        guard after.dropFirst(3).allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
        let digits = after.prefix(3) + Array(repeating: UInt8(ascii: "0"), count: max(0, 3 - after.count))
        return Digits.number(digits).map(Int64.init)
    }

    var hasDecimals: Bool { !after.isEmpty }

    /// Digits, points and commas as they are, every kind of space as one; nil for anything else.
    private static func ascii(_ scalars: [Unicode.Scalar]) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in scalars {
            switch scalar {
            case "0"..."9", ".", ",": bytes.append(UInt8(scalar.value))
            case " ", "\u{A0}", "\u{2009}", "\u{202F}": bytes.append(UInt8(ascii: " "))
            default: return nil
            }
        }
        return bytes
    }

    private static func split(_ text: [UInt8], _ commaGroups: Bool) -> (before: [UInt8], after: [UInt8])? {
        let (point, comma) = (UInt8(ascii: "."), UInt8(ascii: ","))
        if commaGroups, let joined = grouped(text[...], by: comma) { return (joined, []) }
        let parts = text.split(separator: comma, maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard let before = whole(parts[0]), isNumber(parts[1]) else { return nil }
            return (before, Array(parts[1]))
        }
        if let before = whole(text[...]) { return (before, []) }
        // Not thousands, so one point can only be decimal: 92.5, 0.125, 1234.567.
        let decimal = text.split(separator: point, omittingEmptySubsequences: false)
        guard decimal.count == 2, decimal.allSatisfy(isNumber) else { return nil }
        return (Array(decimal[0]), Array(decimal[1]))
    }

    /// "1234", "1.234" or "1 234".
    private static func whole(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        if isNumber(text) { return Array(text) }
        return grouped(text, by: UInt8(ascii: ".")) ?? grouped(text, by: UInt8(ascii: " "))
    }

    /// The digits of "1.234.567": one to three, not beginning with 0, then groups of three.
    private static func grouped(_ text: ArraySlice<UInt8>, by separator: UInt8) -> [UInt8]? {
        let groups = text.split(separator: separator, omittingEmptySubsequences: false)
        guard groups.count > 1, (1...3).contains(groups[0].count), groups[0].first != UInt8(ascii: "0"),
            groups.dropFirst().allSatisfy({ $0.count == 3 }), groups.joined().allSatisfy(Digits.isDigit)
        else { return nil }
        return Array(groups.joined())
    }

    private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
        !text.isEmpty && text.allSatisfy(Digits.isDigit)
    }
}
