import Core
import Web

extension PortalTexts {
    /// A value as everybody may read it, with its unit.
    func figure(_ figure: PortalFigure, unit: String) -> String {
        switch figure.kind {
        case .number: figure.number.map { number($0, unit) } ?? ""
        case .grade: figure.word ?? ""
        case .underFive: view("portal.figure.underFive", ["unit": self.unit(unit)]).trimmingEnd
        case .yes, .no, .withheld, .notApplicable, .missing: view("portal.figure.\(figure.kind.rawValue)")
        }
    }

    /// "98,6 %", "1,12 lần", "2 hộ"; the unit does not leave its number.
    func number(_ quantity: Quantity, _ unit: String) -> String {
        if unit == "percent" { return format.percent(quantity) }
        let word = self.unit(unit)
        return word.isEmpty ? format.quantity(quantity) : "\(format.quantity(quantity))\u{A0}\(word)"
    }

    func unit(_ unit: String) -> String {
        let key = "portal.unit.\(unit)"
        return view.words.has(key) ? view(key) : ""
    }
}

extension String {
    fileprivate var trimmingEnd: String {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
