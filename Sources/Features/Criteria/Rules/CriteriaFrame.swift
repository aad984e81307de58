extension CriteriaSet {
    /// Whether it is a frame (tiêu chuẩn khung) from which sets are derived: it says what of it may be loosened.
    package var isFrame: Bool {
        !mayLoosen.isEmpty || indicators.contains { $0.mayLoosen || !$0.mayLoosenOnly.isEmpty }
    }
}

extension Criteria {
    /// Where a set asks for less than the frame (tiêu chuẩn khung) it was derived from. Adding and tightening are
    /// free; loosening is for indicators that the frame marks with `mayLoosen`. Points are each set's own.
    ///
    /// Places are those of the derived set; `frame*` keys only. Basis: directive M1.1.
    package static func loosenings(of derived: CriteriaSet, from frame: CriteriaSet) -> [Fault] {
        var faults: [Fault] = []
        var places: [String: (place: String, indicator: Indicator)] = [:]
        for (group, standard) in derived.standards.enumerated() {
            for (index, indicator) in standard.indicators.enumerated() {
                places[indicator.code] = ("groups[\(group)].indicators[\(index)]", indicator)
            }
            for (above, criterion) in standard.criteria.enumerated() {
                for (index, indicator) in criterion.indicators.enumerated() {
                    places[indicator.code] = ("groups[\(group)].criteria[\(above)].indicators[\(index)]", indicator)
                }
            }
        }
        for standard in frame.standards {
            for wanted in standard.allIndicators where !wanted.mayLoosen {
                guard let (place, given) = places[wanted.code] else {
                    faults.append(Fault(.frameIndicatorMissing, at: "groups", ["code": wanted.code]))
                    continue
                }
                for (key, field) in loosenings(of: given, from: wanted, in: frame, standard.titles, derived)
                where !wanted.mayLoosenOnly.contains(where: { $0.allows(key) }) {
                    faults.append(
                        Fault(
                            key, at: "\(place).\(field)",
                            ["code": wanted.code, "wanted": text(wanted), "given": text(given)]))
                }
            }
        }
        for (index, title) in derived.titles.enumerated() {
            guard let wanted = frame.title(title.code) else { continue }
            let fields = loosenedRules(title.pass, from: wanted.pass, frame, derived)
                .filter { field in !frame.mayLoosen.contains { $0.rawValue == "pass." + field } }
            faults += fields.map {
                Fault(.frameRuleLoosened, at: "titles[\(index)].pass.\($0)", ["code": title.code])
            }
        }
        return faults + loosenedVotes(derived, from: frame)
    }

    /// The thresholds of an indicator as a file has them, for the words of a refusal.
    private static func text(_ indicator: Indicator) -> String {
        let bounds = indicator.thresholds.map { row in
            [row.title, row.level?.rawValue, row.areaClass, row.region].compactMap(\.self).joined(separator: " ")
                + (row.weight == 0 ? "" : ": ") + Format.text(row.bound)
        }
        return "\(indicator.comparison.rawValue) " + bounds.joined(separator: "; ")
    }

    private static func loosenings(
        of given: Indicator, from wanted: Indicator, in frame: CriteriaSet, _ titles: [String], _ derived: CriteriaSet
    ) -> [(Fault.Key, field: String)] {
        if given.kind.word != wanted.kind.word || given.unit != wanted.unit || given.comparison != wanted.comparison {
            return [(.frameKindChanged, "kind")]
        }
        var found: [(Fault.Key, field: String)] = []
        // A title or class that only the derived set has is its own affair.
        let aims = Set(wanted.aims(in: frame, within: titles)).union(given.aims(in: derived))
        let isLooser = aims.contains { aim in
            guard let least = wanted.bound(for: aim) else { return false }
            // Asked for only in some titles of the frame's: no threshold is no demand.
            let isAsked = derived.standards.contains { group in
                group.indicators(for: aim.title).contains { $0.code == given.code }
            }
            guard derived.title(aim.title) != nil else { return false }
            guard isAsked, let bound = given.bound(for: aim) else { return true }
            return !isAsStrict(bound, as: least, by: wanted)
        }
        if isLooser { found.append((.frameLoosened, "thresholds")) }
        if wanted.isMandatory, !given.isMandatory { found.append((.frameMandatoryLost, "mandatory")) }
        if wanted.notApplicableIf == nil, given.notApplicableIf != nil {
            found.append((.frameExceptionAdded, "notApplicableIf"))
        }
        return found
    }

    /// For a rising threshold at least as high, for a falling one at most; what must be equal stays equal.
    private static func isAsStrict(_ given: Bound, as least: Bound, by indicator: Indicator) -> Bool {
        let comparison: Comparison =
            switch indicator.comparison {
            case .above: .atLeast
            case .below: .atMost
            case .atLeast, .atMost, .equal: indicator.comparison
            }
        let value: Value
        switch given {
        case .yes(let wanted): value = .yes(wanted)
        case .quantity(let quantity): value = .quantity(quantity)
        case .grade(let code): value = .grade(code)
        }
        return meets(value, least, comparison, of: indicator.kind)
    }

    private static func loosenedRules(
        _ given: PassRule, from wanted: PassRule, _ frame: CriteriaSet, _ derived: CriteriaSet
    ) -> [String] {
        var fields: [String] = []
        if wanted.required == .every, given.required != .every { fields.append("required") }
        // Each case that either rule may tell apart; what only the derived set has is held against the frame's rest.
        let levels = [nil] + Level.allCases.map(Optional.some)
        let classes = [nil] + Set((frame.areaClasses + derived.areaClasses).map(\.code)).map(Optional.some)
        let regions = [nil] + Set((frame.regions + derived.regions).map(\.code)).map(Optional.some)
        let isLower = levels.contains { level in
            classes.contains { areaClass in
                regions.contains { region in
                    let aim = Aim("", level: level, areaClass: areaClass, region: region)
                    guard let least = wanted.minimum(for: aim) else { return false }
                    guard let minimum = given.minimum(for: aim) else { return true }
                    // As shares of each set's total, for the sets may count to different totals.
                    return Int128(minimum) * Int128(max(1, frame.maximum))
                        < Int128(least) * Int128(max(1, derived.maximum))
                }
            }
        }
        if isLower { fields.append("minimum") }
        if let floor = wanted.floor, given.floor?.isLooser(than: floor) ?? true { fields.append("floor") }
        return fields
    }

    /// The same of the way alone: shares, quorum, posting, panel.
    static func loosenedVotes(_ derived: CriteriaSet, from frame: CriteriaSet) -> [Fault] {
        var places: [String] = []
        if let wanted = frame.ballot {
            if derived.ballot?.response.isLooser(than: wanted.response) ?? true {
                places.append("ballot.minimumResponse")
            }
            for (title, least) in wanted.satisfied.sorted(by: { $0.key < $1.key })
            where derived.title(title) != nil && derived.ballot?.satisfied[title]?.isLooser(than: least) ?? true {
                places.append("ballot.minimumSatisfied.\(title)")
            }
        }
        if let wanted = frame.meeting {
            if derived.meeting?.quorum.isLooser(than: wanted.quorum) ?? true { places.append("meeting.quorum") }
            if derived.meeting?.carried.isLooser(than: wanted.carried) ?? true { places.append("meeting.carried") }
        }
        places += loosenedProcedure(derived.procedure, from: frame.procedure)
        return places.filter { place in !frame.mayLoosen.contains { place.hasPrefix($0.rawValue) } }
            .map { Fault(.frameRuleLoosened, at: $0, ["code": derived.code]) }
    }
}

extension Criteria.Loosening {
    /// Whether the frame lets this fault pass.
    func allows(_ key: Criteria.Fault.Key) -> Bool {
        switch self {
        case .threshold: key == .frameLoosened
        case .mandatory: key == .frameMandatoryLost
        case .exception: key == .frameExceptionAdded
        }
    }
}
