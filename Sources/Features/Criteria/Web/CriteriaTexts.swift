import Core
import Web

/// What a set says, in the reader's words: "từ 90 %", "2 hộ", "hơn 50 %". Other features show indicators with it too.
package struct CriteriaTexts: Sendable {
    package let words: Words
    private var format: Format { words.language.format }

    package init(_ words: Words) { self.words = words }
    package init(_ view: View) { words = view.words }

    /// A name in the reader’s language; in Vietnamese where nobody translated it.
    package func name(_ name: Criteria.Name) -> String {
        words.language == .en && !name.en.isEmpty ? name.en : name.vi
    }

    /// A number of points without the word: "6,5".
    package func points(_ hundredths: Int) -> String {
        format.quantity(Quantity(thousandths: Int64(hundredths) * 10))
    }

    /// "6,5 điểm".
    package func pointsWord(_ hundredths: Int) -> String {
        words("criteria.text.points.\(hundredths == 100 ? "one" : "many")", ["points": points(hundredths)])
    }

    /// A number with its unit: "90 %", "2 hộ", "1,1 lần".
    package func quantity(_ quantity: Quantity, _ unit: Criteria.Measure) -> String {
        switch unit {
        case .none: return format.quantity(quantity)
        case .percent: return format.percent(quantity)
        default:
            let number = quantity.thousandths == 1000 ? "one" : "many"
            return format.quantity(quantity) + "\u{A0}" + words("criteria.unit.\(unit.rawValue).\(number)")
        }
    }

    /// A value to reach, without saying how it is compared.
    package func bound(_ bound: Criteria.Bound, of indicator: Criteria.Indicator) -> String {
        switch bound {
        case .yes(let wanted): return words("criteria.text.\(wanted ? "yes" : "no")")
        case .quantity(let quantity): return self.quantity(quantity, indicator.unit)
        case .grade(let code):
            guard case .grade(let choices) = indicator.kind else { return code }
            return choices.first { $0.code == code }?.name ?? code
        }
    }

    /// What must be reached: "từ 90 %", "không quá 2 vụ".
    package func demand(_ bound: Criteria.Bound, of indicator: Criteria.Indicator) -> String {
        let value = self.bound(bound, of: indicator)
        if case .yes = bound { return value }
        let key: String
        switch indicator.comparison {
        case .atLeast: key = "atLeast"
        case .atMost: key = "atMost"
        case .equal: key = "equal"
        case .above: key = "above"
        case .below: key = "below"
        }
        return words("criteria.demand.\(key)", ["value": value])
    }

    /// "từ 60 %", "hơn 50 %", "từ 2/3".
    package func share(_ share: Criteria.Share) -> String {
        words("criteria.demand.\(share.isExclusive ? "above" : "atLeast")", ["value": shareValue(share)])
    }

    /// "50 %", "2/3".
    func shareValue(_ share: Criteria.Share) -> String {
        guard 100_000 % share.denominator == 0 else { return "\(share.numerator)/\(share.denominator)" }
        return format.percent(Quantity(thousandths: Int64(share.numerator * (100_000 / share.denominator))))
    }

    /// Who fills a value in: the office where the file names one, else the kind of body.
    package func supplier(_ supplier: Criteria.Supplier?) -> String? {
        supplier.map { $0.name.isEmpty ? words("criteria.source.\($0.source.rawValue)") : $0.name }
    }

    /// Who decides: "cấp xã".
    package func level(_ level: Criteria.Level) -> String { words("criteria.level.\(level.rawValue)") }

    /// Whether a set is a draft, published or superseded.
    package func status(_ status: CriteriaSet.Status) -> WebStatus {
        let word = words("criteria.status.\(status.rawValue)")
        switch status {
        case .draft: return WebStatus(.draft, word)
        case .published: return WebStatus(.done, word)
        case .superseded: return WebStatus(.none, word)
        }
    }

    /// What kind of value is asked for, in a sentence: "Tỷ lệ phần trăm của hộ chăn nuôi".
    package func kind(_ indicator: Criteria.Indicator) -> String {
        var sentence: String
        switch indicator.kind {
        case .yesNo, .percentage, .points: sentence = words("criteria.kind.\(indicator.kind.word)")
        case .number: sentence = words("criteria.kind.number", ["unit": unitName(indicator.unit)])
        case .countOverYears(let window):
            sentence = words(
                "criteria.kind.countOverYears", ["unit": unitName(indicator.unit), "years": format.integer(window)])
        case .ratioToBaseline(let what, let date):
            sentence = words(
                "criteria.kind.ratioToBaseline\(date.isEmpty ? "" : "Dated")", ["what": what, "date": date])
        case .grade(let choices):
            sentence = words("criteria.kind.grade", ["grades": choices.map(\.name).joined(separator: ", ")])
        }
        if !indicator.of.isEmpty { sentence += words("criteria.kind.of", ["of": indicator.of]) }
        return sentence
    }

    private func unitName(_ unit: Criteria.Measure) -> String {
        switch unit {
        case .none: words("criteria.text.noUnit")
        case .percent: "%"
        default: words("criteria.unit.\(unit.rawValue).many")
        }
    }

    /// How points follow from the value, a line each.
    package func scoring(_ indicator: Criteria.Indicator) -> [String] {
        if indicator.points == 0 { return [words("criteria.scoring.none")] }
        if indicator.kind == .points {
            return [words("criteria.scoring.panel", ["points": points(indicator.points)])]
        }
        switch indicator.scoring {
        case .allOrNothing: return [words("criteria.scoring.allOrNothing", ["points": pointsWord(indicator.points)])]
        case .proportional(let start):
            return [
                words(
                    "criteria.scoring.proportional",
                    ["start": quantity(start, indicator.unit), "points": pointsWord(indicator.points)])
            ]
        case .steps(let steps):
            return steps.map {
                words(
                    "criteria.scoring.step", ["demand": demand($0.at, of: indicator), "points": pointsWord($0.points)])
            }
        }
    }

    /// "khoảng 3 phút"; nil when nobody estimated it.
    package func minutes(_ minutes: Int?) -> String? {
        minutes.map {
            words("criteria.text.minutes.\($0 == 1 ? "one" : "many")", ["count": format.integer($0)])
        }
    }

    /// A fault in a sentence; with the set, and the frame that it was held against, their names stand for codes.
    package func fault(_ fault: Criteria.Fault, in set: CriteriaSet? = nil, frame: CriteriaSet? = nil) -> String {
        words(fault.words, arguments(of: fault, in: set, frame: frame))
    }

    /// Why an indicator's number may hurt somebody, in sentences; none for most indicators.
    package func warnings(about indicator: Criteria.Indicator) -> [String] {
        Criteria.warnings(about: indicator).map { fault(Criteria.Fault($0, at: "", ["code": indicator.code])) }
    }

    /// "10 ngày làm việc", "14 ngày".
    package func deadline(_ deadline: Deadline) -> String {
        let (word, days) =
            switch deadline {
            case .working(let days): ("working", days)
            case .calendar(let days): ("calendar", days)
            }
        return words("criteria.deadline.\(word).\(days == 1 ? "one" : "many")", ["count": format.integer(days)])
    }

    /// "15/9", without a year.
    package func yearDay(_ day: Criteria.Procedure.YearDay) -> String {
        words("criteria.text.yearDay", ["day": "\(day.day)", "month": "\(day.month)"])
    }
}
