import Core
import Criteria

extension Recognition {
    /// Whose view of an indicator a value is (Điểm tự chấm, Điểm phúc tra). The raw value stands in the table.
    package enum Side: String, Sendable, CaseIterable, Codable {
        case own = "self"
        case check
        case appraisal

        /// The side it is laid over: where it says nothing, that one counts.
        package var base: Side? {
            switch self {
            case .own: nil
            case .check: .own
            case .appraisal: .check
            }
        }
    }

    /// Where a value of the area's side comes from: typed by the area, filled in by an office for all areas at once, or
    /// worked out by the product.
    package enum Source: String, Sendable, CaseIterable, Codable { case area, office, records }

    /// A value as somebody entered it.
    package struct Entry: Sendable, Equatable {
        package let code: String
        package let side: Side
        package let value: Criteria.Value
        package let note: String?
        package let enteredBy: ID?
        /// The enterer's name; nil when the product itself entered it.
        package let enterer: String?
        package let at: Instant
        /// Counts the savings of this value, from 1.
        package let version: Int
        /// The two counts of a share that was typed as "158/214"; nil when it was typed as a number.
        package let counted: String?
        /// The area, or an office that fills it in for all areas.
        package let source: Source
        /// The office's name, where it is one's.
        package let office: String?

        package init(
            code: String, side: Side, value: Criteria.Value, note: String?, enteredBy: ID?, enterer: String?,
            at: Instant, version: Int, counted: String? = nil, source: Source = .area, office: String? = nil
        ) {
            self.source = source
            self.office = office
            self.counted = counted
            self.code = code
            self.side = side
            self.value = value
            self.note = note
            self.enteredBy = enteredBy
            self.enterer = enterer
            self.at = at
            self.version = version
        }
    }

    /// A dossier's values held against its criteria set: which count, what they earn, where the sides differ.
    package struct Assessment: Sendable {
        package let set: CriteriaSet
        package let aim: Criteria.Aim
        private let entries: [Side: [String: Entry]]

        package init(_ set: CriteriaSet, for aim: Criteria.Aim, _ entries: [Entry]) {
            self.set = set
            self.aim = aim
            var sorted: [Side: [String: Entry]] = [:]
            for entry in entries { sorted[entry.side, default: [:]][entry.code] = entry }
            self.entries = sorted
        }

        /// The indicators that count for the title, in the set's order, by standard.
        package var standards: [(standard: Criteria.Standard, indicators: [Criteria.Indicator])] {
            self.set.standards.compactMap { standard in
                let indicators = standard.indicators(for: aim.title)
                return indicators.isEmpty ? nil : (standard, indicators)
            }
        }

        package var indicators: [Criteria.Indicator] { standards.flatMap(\.indicators) }

        package func entry(_ code: String, _ side: Side) -> Entry? { entries[side]?[code] }

        /// The value that counts from a side's point of view: its own, or that of the side below.
        package func effective(_ code: String, _ side: Side) -> Criteria.Value? {
            if let value = entry(code, side)?.value { return value }
            return side.base.flatMap { effective(code, $0) }
        }

        package func verdict(_ indicator: Criteria.Indicator, _ side: Side) -> Criteria.Verdict {
            Criteria.judge(effective(indicator.code, side), by: indicator, for: aim)
        }

        package func score(_ side: Side) -> Criteria.Score {
            var values: [String: Criteria.Value] = [:]
            for indicator in indicators { values[indicator.code] = effective(indicator.code, side) }
            return Criteria.score(set, values: values, for: aim)
        }

        /// Indicators that nobody has filled in yet: they keep a dossier from being submitted.
        package var unfilled: [String] {
            indicators.map(\.code).filter { entry($0, .own) == nil }
        }

        /// Whether a side put anything of its own.
        package func hasEntries(_ side: Side) -> Bool { !(entries[side] ?? [:]).isEmpty }

        /// Indicators for which the commune or the panel put another value than the area.
        package var differing: [String] {
            indicators.map(\.code).filter { code in
                let own = effective(code, .own)
                return [Side.check, .appraisal].contains { entry(code, $0).map { $0.value != own } ?? false }
            }
        }

        /// Refuses a submission while values are missing.
        package func refusalToSubmit() -> Refusal? {
            let open = unfilled
            guard !open.isEmpty else { return nil }
            return Refusal(
                .invalid, "recognition.refusal.unfilled",
                ["count": "\(open.count)", "codes": open.prefix(12).joined(separator: ", ")])
        }
    }
}
