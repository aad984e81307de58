import Core
import Criteria

extension Recognition {
    /// Where an area's own indicator stands. The raw value stands in `own_indicator.state`.
    package enum OwnState: String, Sendable, CaseIterable, Codable {
        case proposed, agreed, declined
        /// The area closed its self-assessment without waiting for the commune's answer.
        case withdrawn

        /// Whether it takes up room in the dossier's set.
        package var stands: Bool { self == .proposed || self == .agreed }
    }

    /// Why a self-assessment is not closed over indicators of the area's own that nobody answered: nobody could answer
    /// afterwards, so the area says that it goes on without them.
    package static func refusalToLeave(_ waiting: [OwnIndicator], withoutThem isSaid: Bool) -> Refusal? {
        guard !isSaid, !waiting.isEmpty else { return nil }
        return Refusal(
            .invalid, "recognition.own.refusal.waiting", field: "withoutOwn",
            ["names": waiting.map { "\($0.indicator.code) \($0.indicator.name.vi)" }.joined(separator: "; ")])
    }

    /// An indicator that an area's residents chose for themselves (chỉ tiêu riêng), as it is proposed.
    package struct OwnProposal: Sendable, Equatable {
        /// What it asks: yes or no, a number, a share.
        package enum Kind: String, Sendable, CaseIterable { case yesNo, number, percentage }

        /// Units an area counts in.
        package static let units: [Criteria.Measure] = [
            .household, .person, .group, .model, .work, .session, .metre, .tree, .lamp, .road,
        ]

        package let name: String
        package let kind: Kind
        package let unit: Criteria.Measure?
        package let isAtMost: Bool
        package let threshold: Quantity?
        package let evidence: String
        package let verifier: String
        /// Of the meeting of residents that chose it.
        package let meeting: Day

        package init(
            name: String, kind: Kind, unit: Criteria.Measure?, isAtMost: Bool, threshold: Quantity?, evidence: String,
            verifier: String, meeting: Day
        ) {
            self.name = name
            self.kind = kind
            self.unit = unit
            self.isAtMost = isAtMost
            self.threshold = threshold
            self.evidence = evidence
            self.verifier = verifier
            self.meeting = meeting
        }

        /// As an indicator of the dossier's set; nil while the threshold or unit it needs is missing.
        package func indicator(_ code: String) -> Criteria.Indicator? {
            let (kind, measure, bound): (Criteria.Kind, Criteria.Measure, Criteria.Bound)
            switch self.kind {
            case .yesNo: (kind, measure, bound) = (.yesNo, .none, .yes(true))
            case .percentage:
                guard let threshold else { return nil }
                (kind, measure, bound) = (.percentage, .percent, .quantity(threshold))
            case .number:
                guard let threshold, let unit else { return nil }
                (kind, measure, bound) = (.number, unit, .quantity(threshold))
            }
            return Criteria.Indicator(
                code, Criteria.Name(name), kind: kind, unit: measure,
                comparison: self.kind == .yesNo ? .equal : isAtMost ? .atMost : .atLeast,
                thresholds: [Criteria.Threshold(bound)], evidence: [Criteria.Evidence(.document, evidence)],
                verifier: verifier, supplier: Criteria.Supplier(.area))
        }

        /// Why an area cannot propose it so.
        ///
        /// - Parameters:
        ///   - most: how many the dossier's set has room for.
        ///   - before: how many are proposed or agreed already.
        package func refusal(most: Int, before: Int, on today: Day) -> Refusal? {
            guard most > 0 else { return Refusal(.conflict, "recognition.own.refusal.noRoom") }
            var refusals: [Refusal] = []
            if before >= most {
                refusals.append(
                    Refusal(.invalid, "recognition.own.refusal.tooMany", field: "name", ["most": "\(most)"]))
            }
            switch kind {
            case .yesNo: break
            case .number:
                if unit == nil { refusals.append(Refusal(.invalid, "recognition.own.refusal.unit", field: "unit")) }
                fallthrough
            case .percentage:
                if threshold == nil {
                    refusals.append(Refusal(.invalid, "recognition.own.refusal.threshold", field: "threshold"))
                }
            }
            if let threshold, threshold.thousandths < 0 || (kind == .percentage && threshold.thousandths > 100_000) {
                refusals.append(Refusal(.invalid, "recognition.own.refusal.range", field: "threshold"))
            }
            // A number about who gave, signed, complained or is poor is nobody's own affair (people.md rules 3, 4, 7).
            if let indicator = indicator("R"), let warning = Criteria.warnings(about: indicator).first {
                refusals.append(
                    Refusal(.invalid, "recognition.own.refusal.people.\(warning.rawValue)", field: "name"))
            }
            if meeting > today { refusals.append(Refusal(.invalid, "recognition.own.refusal.dayAhead", field: "day")) }
            return Refusal.of(refusals)
        }
    }
}
