extension Criteria {
    /// An area's own indicators (chỉ tiêu riêng): one or two that its residents chose, beside those of the set.
    package enum Own {
        /// The group in which they stand in a dossier; no set may use this code.
        package static let group = "R"
        /// The group's name, in the Front's words.
        package static let name = Name(
            "Ch\u{1EC9} ti\u{EA}u ri\u{EA}ng c\u{1EE7}a khu d\u{E2}n c\u{1B0}", en: "The area's own indicators")

        /// `R.1`, `R.2`.
        package static func code(_ number: Int) -> String { "\(group).\(number)" }
    }
}

extension CriteriaSet {
    /// The set with an area's own indicators as a last group. They never decide by themselves: none is mandatory, and
    /// without room in the set (`ownIndicators: {points: …}`) they earn nothing.
    package func with(own: [Criteria.Indicator]) -> CriteriaSet {
        guard !own.isEmpty else { return self }
        var set = self
        let share = ownPoints / own.count
        let indicators = own.enumerated().map { index, indicator in
            var indicator = indicator
            // The hundredths that do not divide go to the first.
            indicator.points = share + (index == 0 ? ownPoints - share * own.count : 0)
            indicator.isMandatory = false
            indicator.titles = []
            return indicator
        }
        set.standards.append(
            Criteria.Standard(Criteria.Own.group, Criteria.Own.name, maximum: ownPoints, indicators: indicators))
        return set
    }
}
