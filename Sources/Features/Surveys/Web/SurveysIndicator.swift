import Core
import Criteria
import Web

/// An indicator as an answer, with what is needed to write its values and its threshold in either language.
struct SurveysIndicator: Encodable, Sendable {
    struct Grade: Encodable, Sendable {
        let code: String
        let name: String
    }

    let code: String
    let name: SurveysName
    /// "yesNo", "percentage", "number", "grade" and so on.
    let kind: String
    let unit: String
    let comparison: String
    let grades: [Grade]
    /// As a value is typed: "90", "yes", a grade's code; nil when the set has none for the case.
    let threshold: String?
    let points: Int
    let isMandatory: Bool
    /// The case in which it does not apply.
    let notApplicableIf: String?
    let supplierSource: String?
    let supplierName: String?
    /// The body that answers for it, by the set.
    let answerable: String

    init(_ indicator: Criteria.Indicator, for aim: Criteria.Aim) {
        code = indicator.code
        name = SurveysName(indicator.name)
        kind = indicator.kind.word
        unit = indicator.kind == .percentage ? Criteria.Measure.percent.rawValue : indicator.unit.rawValue
        comparison = indicator.comparison.rawValue
        if case .grade(let choices) = indicator.kind {
            grades = choices.map { Grade(code: $0.code, name: $0.name) }
        } else {
            grades = []
        }
        threshold = indicator.bound(for: aim).map { bound in
            switch bound {
            case .yes(let yes): yes ? "yes" : "no"
            case .quantity(let quantity): Surveys.ValueCode.typed(.quantity(quantity))
            case .grade(let code): code
            }
        }
        points = indicator.points
        isMandatory = indicator.isMandatory
        notApplicableIf = indicator.notApplicableIf
        supplierSource = indicator.supplier?.source.rawValue
        supplierName = indicator.supplier?.name
        answerable = indicator.answerable
    }

    static let sample = SurveysIndicator(
        Criteria.Indicator(
            "III.3", Criteria.Name("Lit roads", en: "Lit roads"), kind: .grade([Criteria.Choice("good", "good")]),
            unit: .percent, comparison: .atLeast, thresholds: [Criteria.Threshold(.grade("good"))], points: 400,
            isMandatory: true, notApplicableIf: "no roads", supplier: Criteria.Supplier(.area, "area"),
            answerable: "Youth Union"), for: Criteria.Aim("model"))

    func title(_ view: View) -> String { "\(code) \(name.shown(view))" }

    /// "từ 90 %"; nil without a threshold.
    func demand(_ view: View) -> String? {
        threshold.flatMap(bound).map { CriteriaTexts(view).demand($0, of: again) }
    }

    /// A typed value with its unit: "78,6 %".
    func shown(_ typed: String, _ view: View) -> String {
        bound(typed).map { CriteriaTexts(view).bound($0, of: again) } ?? typed
    }

    func supplier(_ view: View) -> String? {
        CriteriaTexts(view).supplier(
            supplierSource.flatMap(Criteria.Supplier.Source.init).map { Criteria.Supplier($0, supplierName ?? "") })
    }

    /// Behind a field: "%", "hộ".
    func unitText(_ view: View) -> String? {
        switch unit {
        case Criteria.Measure.none.rawValue: nil
        case Criteria.Measure.percent.rawValue: "%"
        default: view("criteria.unit.\(unit).many")
        }
    }

    private func bound(_ typed: String) -> Criteria.Bound? {
        switch kind {
        case "yesNo": .yes(typed == "yes")
        case "grade": .grade(typed)
        default: Quantity.parse(typed).map { .quantity($0) }
        }
    }

    /// The indicator again, as far as its texts need it.
    private var again: Criteria.Indicator {
        Criteria.Indicator(
            code, Criteria.Name(name.vi, en: name.en),
            kind: kind == "grade"
                ? .grade(grades.map { Criteria.Choice($0.code, $0.name) }) : kind == "yesNo" ? .yesNo : .number,
            unit: Criteria.Measure(rawValue: unit) ?? .none,
            comparison: Criteria.Comparison(rawValue: comparison) ?? .atLeast, thresholds: [])
    }
}
