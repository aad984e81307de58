import Core
import Criteria

extension PortalSetOutput {
    /// What of a set everybody may read: all of it but who is to fill it in.
    ///
    /// - Parameter governed: the same under the rules in force, which may say otherwise who decides.
    init(
        _ set: CriteriaSet, governed: CriteriaSet? = nil, effectiveFrom: Day, isSuperseded: Bool, isComing: Bool = false
    ) {
        self.init(
            code: set.code, version: set.version, name: PortalName(set.name), label: set.label.rawValue,
            issuer: set.issuer.nonEmpty, legalBasis: set.legalBasis, effectiveFrom: effectiveFrom,
            isSuperseded: isSuperseded, isComing: isComing, maximum: set.maximum,
            titles: set.titles.map {
                Title(
                    code: $0.code, name: PortalName($0.name), minimum: $0.pass.minimum,
                    deciders: ((governed ?? set).title($0.code) ?? $0).deciders.map(\.body))
            },
            groups: set.standards.map { standard in
                Group(
                    code: standard.code, name: PortalName(standard.name), maximum: standard.maximum,
                    indicators: standard.allIndicators.map(PortalSetOutput.indicator))
            })
    }

    private static func indicator(_ indicator: Criteria.Indicator) -> Indicator {
        Indicator(
            code: indicator.code, name: PortalName(indicator.name), unit: indicator.unit.rawValue,
            comparison: word(indicator.comparison),
            thresholds: indicator.thresholds.map {
                Threshold(title: $0.title, areaClass: $0.areaClass, figure: figure($0.bound, indicator))
            },
            points: indicator.points, isMandatory: indicator.isMandatory, notApplicableIf: indicator.notApplicableIf,
            evidence: indicator.evidence.map(\.name).filter { !$0.isEmpty }, verifier: indicator.verifier.nonEmpty,
            guidance: indicator.guidance.nonEmpty, example: indicator.example.nonEmpty, basis: indicator.basis.nonEmpty)
    }

    /// A threshold is a rule and no count of people: small ones are shown.
    private static func figure(_ bound: Criteria.Bound, _ indicator: Criteria.Indicator) -> PortalFigure {
        switch bound {
        case .yes(let yes): return .yes(yes)
        case .quantity(let quantity): return .number(quantity)
        case .grade(let code):
            guard case .grade(let choices) = indicator.kind else { return .grade(code) }
            return .grade(choices.first { $0.code == code }?.name ?? code)
        }
    }

    private static func word(_ comparison: Criteria.Comparison) -> String {
        switch comparison {
        case .atLeast: "atLeast"
        case .atMost: "atMost"
        case .equal: "equal"
        case .above: "above"
        case .below: "below"
        }
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
