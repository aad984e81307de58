extension Criteria {
    /// A share of a whole, exact: "60%", "2/3", "> 50%". A fraction, because two thirds of 300 households are 200.
    package struct Share: Hashable, Sendable {
        package let numerator: Int
        package let denominator: Int
        /// More than the share is needed (quá bán), not just the share.
        package let isExclusive: Bool

        /// In lowest terms. The denominator is at least 1; both are at most a million.
        package init?(_ numerator: Int, of denominator: Int, isExclusive: Bool = false) {
            guard (0...1_000_000).contains(numerator), (1...1_000_000).contains(denominator) else { return nil }
            let divisor = Self.commonDivisor(numerator, denominator)
            self.numerator = numerator / divisor
            self.denominator = denominator / divisor
            self.isExclusive = isExclusive
        }

        /// So many in a hundred, held within 0...100.
        package static func percent(_ percent: Int, isExclusive: Bool = false) -> Share {
            let held = min(max(percent, 0), 100)
            let divisor = commonDivisor(held, 100)
            return Share(inLowestTerms: held / divisor, 100 / divisor, isExclusive)
        }

        private init(inLowestTerms numerator: Int, _ denominator: Int, _ isExclusive: Bool) {
            self.numerator = numerator
            self.denominator = denominator
            self.isExclusive = isExclusive
        }

        /// Reads "60%", "62.5%", "2/3", each with or without ">" or ">=" before it; nil for anything else.
        package init?(text: String) {
            var rest = text.filter { $0 != " " }[...]
            var exclusive = false
            if rest.hasPrefix(">=") {
                rest = rest.dropFirst(2)
            } else if rest.hasPrefix(">") {
                rest = rest.dropFirst()
                exclusive = true
            }
            if rest.hasSuffix("%") {
                guard let thousandths = Format.thousandths(rest.dropLast()), (0...1_000_000).contains(thousandths)
                else { return nil }
                self.init(Int(thousandths), of: 100_000, isExclusive: exclusive)
            } else {
                let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
                guard parts.count == 2, let over = Self.whole(parts[0]), let under = Self.whole(parts[1])
                else { return nil }
                self.init(over, of: under, isExclusive: exclusive)
            }
        }

        /// The form that `init(text:)` reads back to the same value.
        package var text: String {
            let mark = isExclusive ? "> " : ""
            guard 100_000 % denominator == 0 else { return "\(mark)\(numerator)/\(denominator)" }
            return mark + Format.text(thousandths: Int64(numerator * (100_000 / denominator))) + "%"
        }

        /// Nobody can be asked for more than the whole.
        package var isWithinWhole: Bool {
            numerator <= denominator && !(isExclusive && numerator == denominator)
        }

        /// Whether `part` of `whole` is enough; nothing is enough of an empty whole.
        package func isReached(by part: Int, of whole: Int) -> Bool {
            guard whole > 0 else { return false }
            let left = Int128(part) * Int128(denominator)
            let right = Int128(whole) * Int128(numerator)
            return isExclusive ? left > right : left >= right
        }

        /// The least number out of `whole` that is enough: 108 of 214 for more than a half.
        package func needed(of whole: Int) -> Int {
            let (quotient, remainder) = (Int128(max(0, whole)) * Int128(numerator))
                .quotientAndRemainder(dividingBy: Int128(denominator))
            return Int(quotient) + (isExclusive || remainder > 0 ? 1 : 0)
        }

        /// Whether this demands less than another share.
        package func isLooser(than other: Share) -> Bool {
            let left = numerator * other.denominator
            let right = other.numerator * denominator
            return left < right || (left == right && !isExclusive && other.isExclusive)
        }

        private static func whole(_ text: Substring) -> Int? {
            guard text.count <= 7, text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
            return Int(text)
        }

        private static func commonDivisor(_ a: Int, _ b: Int) -> Int {
            var (a, b) = (a, b)
            while b != 0 { (a, b) = (b, a % b) }
            return max(1, a)
        }
    }
}
