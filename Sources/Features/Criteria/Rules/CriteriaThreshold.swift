extension Criteria {
    /// What a dossier is judged for. `title` is always known; the rest where the set asks for it.
    package struct Aim: Hashable, Sendable {
        package var title: String
        package var level: Level?
        package var areaClass: String?
        package var region: String?

        package init(_ title: String, level: Level? = nil, areaClass: String? = nil, region: String? = nil) {
            self.title = title
            self.level = level
            self.areaClass = areaClass
            self.region = region
        }
    }

    /// One row of the table of thresholds: a value and the conditions under which it is asked for. No condition: always.
    package struct Threshold: Equatable, Sendable {
        package var title: String?
        package var level: Level?
        package var areaClass: String?
        package var region: String?
        package var bound: Bound

        package init(
            title: String? = nil, level: Level? = nil, areaClass: String? = nil, region: String? = nil, _ bound: Bound
        ) {
            self.title = title
            self.level = level
            self.areaClass = areaClass
            self.region = region
            self.bound = bound
        }

        /// Whether all its conditions hold.
        package func covers(_ aim: Aim) -> Bool {
            (title == nil || title == aim.title) && (level == nil || level == aim.level)
                && (areaClass == nil || areaClass == aim.areaClass) && (region == nil || region == aim.region)
        }

        /// More conditions weigh more; of equally many the title weighs most, then level, class, region.
        var weight: Int {
            (title == nil ? 0 : 24) + (level == nil ? 0 : 20) + (areaClass == nil ? 0 : 18) + (region == nil ? 0 : 17)
        }

        /// The conditions alone, to find two rows for the same case.
        var conditions: [String] {
            [title ?? "", level?.rawValue ?? "", areaClass ?? "", region ?? ""]
        }
    }
}

extension Criteria.Indicator {
    /// The threshold for a case: of the rows that cover it the one with most conditions; nil when none does.
    package func bound(for aim: Criteria.Aim) -> Criteria.Bound? {
        var best: Criteria.Threshold?
        for row in thresholds where row.covers(aim) {
            // Strictly greater: of two equal rows the first stands, as the check for doubled rows says.
            if best.map({ row.weight > $0.weight }) ?? true { best = row }
        }
        return best?.bound
    }

    /// Every case that the rows tell apart, for a set's titles, classes and regions.
    package func aims(in set: CriteriaSet, within groupTitles: [String] = []) -> [Criteria.Aim] {
        let usesLevel = thresholds.contains { $0.level != nil }
        let usesClass = thresholds.contains { $0.areaClass != nil }
        let usesRegion = thresholds.contains { $0.region != nil }
        let classes = usesClass ? set.areaClasses.map { Optional($0.code) } : [nil]
        let regions = usesRegion ? set.regions.map { Optional($0.code) } : [nil]
        var aims: [Criteria.Aim] = []
        for title in set.titles
        where (titles.isEmpty || titles.contains(title.code))
            && (groupTitles.isEmpty || groupTitles.contains(title.code))
        {
            let levels = usesLevel && !title.deciders.isEmpty ? title.deciders.map { Optional($0.level) } : [nil]
            for level in levels {
                for areaClass in classes {
                    aims += regions.map {
                        Criteria.Aim(title.code, level: level, areaClass: areaClass, region: $0)
                    }
                }
            }
        }
        return aims
    }
}
