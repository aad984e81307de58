import Core
import Criteria

/// A number such as "12.345" or "12,345": three digits after its only sign. Vietnamese sheets write twelve thousand with
/// the point and English ones with the comma, and each writes twelve and a third with the other.
struct OfficesThousands: Sendable, Equatable {
    /// The digits before the sign, and the three after it.
    private let before: Int64
    private let after: Int64
    private let isNegative: Bool
    private let hasComma: Bool
    private let text: String

    /// Nil for everything that can be read in one way only: no sign or several, other than three digits after it, a nought
    /// before it ("0,125" is no thousand).
    init?(_ text: String) {
        var rest = text[...]
        if rest.last == "%" { rest = rest.dropLast() }
        while rest.last == " " { rest.removeLast() }
        isNegative = rest.first == "-"
        if isNegative { rest.removeFirst() }
        let parts = rest.split(whereSeparator: { $0 == "." || $0 == "," })
        let signs = rest.filter { $0 == "." || $0 == "," }
        guard parts.count == 2, signs.count == 1, (1...3).contains(parts[0].count), parts[1].count == 3,
            parts[0].first != "0", parts.joined().allSatisfy({ $0.isASCII && $0.isNumber }),
            let before = Int64(parts[0]), let after = Int64(parts[1])
        else { return nil }
        self.before = before
        self.after = after
        hasComma = signs == ","
        self.text = text
    }

    private func quantity(_ thousandths: Int64) -> Quantity {
        Quantity(thousandths: isNegative ? -thousandths : thousandths)
    }

    private var thousands: Quantity { quantity((before * 1_000 + after) * 1_000) }
    private var decimal: Quantity { quantity(before * 1_000 + after) }

    /// Why it is not taken as it stands; nil where it can mean one thing only, as the product reads numbers everywhere: the
    /// point parts thousands, the comma parts decimals.
    func refusal(for indicator: Criteria.Indicator, isPasted: Bool) -> Refusal? {
        let isThousands = Criteria.refusal(of: .quantity(thousands), for: indicator) == nil
        let isDecimal = Criteria.refusal(of: .quantity(decimal), for: indicator) == nil
        switch (isThousands, isDecimal) {
        case (true, true): return hasComma && !isPasted ? nil : words("thousands")
        case (true, false): return hasComma ? words("onlyThousands") : nil
        case (false, true): return hasComma ? nil : words("onlyDecimal")
        case (false, false): return nil
        }
    }

    private func words(_ key: String) -> Refusal {
        let hundredths = (before * 1_000 + after + 5) / 10
        return Refusal(
            .invalid, "offices.cell.\(key)",
            [
                "value": text, "thousands": plain(thousands), "decimal": plain(decimal),
                "short": plain(quantity(hundredths * 10)),
            ])
    }

    /// As it is typed so that nobody can read it otherwise.
    private func plain(_ quantity: Quantity) -> String { quantity.text(in: .vi).replacing(".", with: "") }
}
