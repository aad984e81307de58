import Core

extension Criteria.Check {
    /// Checks one indicator; `place` is where it stands.
    mutating func indicator(_ indicator: Criteria.Indicator, _ place: String, groupTitles: [String]) {
        let code = ["code": indicator.code]
        if indicator.name.vi.isEmpty { note(.missingName, place + ".name", code) }
        if !(0...100_000_000).contains(indicator.points) { note(.negativePoints, place + ".points", code) }
        known(indicator.titles, place, indicator.code)
        kind(indicator, place)
        fit(indicator, place)
        thresholds(indicator, place)
        coverage(indicator, place, groupTitles)
        scoring(indicator, place)
        answerability(indicator, place)
        for key in Criteria.warnings(about: indicator) {
            note(key, place + ".name", code)
        }
    }

    private mutating func kind(_ indicator: Criteria.Indicator, _ place: String) {
        let code = ["code": indicator.code]
        switch indicator.kind {
        case .countOverYears(let window) where !(1...20).contains(window):
            note(.windowOutside, place + ".kind", code)
        case .ratioToBaseline(let what, _) where what.isEmpty:
            note(.missingBaseline, place + ".kind", code)
        case .grade(let grades):
            if grades.count < 2 { note(.tooFewGrades, place + ".kind", code) }
            choices(grades, place + ".kind.grade")
        default: break
        }
    }

    /// Unit and comparison must belong to the kind.
    private mutating func fit(_ indicator: Criteria.Indicator, _ place: String) {
        let units: Set<Criteria.Measure>?
        let comparisons: Set<Criteria.Comparison>?
        switch indicator.kind {
        case .yesNo: (units, comparisons) = ([.none], [.equal])
        case .grade: (units, comparisons) = ([.none], [.atLeast, .atMost, .equal])
        case .percentage: (units, comparisons) = ([.percent], nil)
        case .ratioToBaseline: (units, comparisons) = ([.ratio], nil)
        case .points: (units, comparisons) = ([.point], [.atLeast, .above])
        case .number, .countOverYears: (units, comparisons) = (nil, nil)
        }
        let unit = indicator.unit
        let isUnitless = units == nil && (unit == .none || unit == .percent || unit == .point)
        if isUnitless || units.map({ !$0.contains(unit) }) ?? false {
            note(
                .unitDoesNotFit, place + ".unit",
                ["code": indicator.code, "given": unit.rawValue, "kind": indicator.kind.word])
        }
        if let comparisons, !comparisons.contains(indicator.comparison) {
            note(
                .comparisonDoesNotFit, place + ".operator",
                ["code": indicator.code, "given": indicator.comparison.rawValue, "kind": indicator.kind.word])
        }
    }

    private mutating func thresholds(_ indicator: Criteria.Indicator, _ place: String) {
        let place = place + ".thresholds"
        var seen: Set<[String]> = []
        for (index, row) in indicator.thresholds.enumerated() {
            let place = "\(place)[\(index)]"
            let code = indicator.code
            if !seen.insert(row.conditions).inserted { note(.duplicateThreshold, place, ["code": code]) }
            if let title = row.title, set.title(title) == nil {
                note(.unknownTitle, place, ["code": code, "given": title])
            }
            if let areaClass = row.areaClass, !set.areaClasses.contains(where: { $0.code == areaClass }) {
                note(.unknownClass, place, ["code": code, "given": areaClass])
            }
            if let region = row.region, !set.regions.contains(where: { $0.code == region }) {
                note(.unknownRegion, place, ["code": code, "given": region])
            }
            bound(row.bound, indicator, place)
        }
    }

    /// A value to reach must be one that somebody could enter.
    private mutating func bound(_ bound: Criteria.Bound, _ indicator: Criteria.Indicator, _ place: String) {
        let key: Criteria.Fault.Key?
        switch (bound, indicator.kind) {
        case (.yes, .yesNo): key = nil
        case (.grade(let code), .grade(let grades)):
            key = grades.contains { $0.code == code } ? nil : .gradeUnknown
        case (.yes, _), (.grade, _), (.quantity, .yesNo), (.quantity, .grade): key = .thresholdDoesNotFit
        case (.quantity(let quantity), _):
            switch Criteria.range(of: quantity, for: indicator) {
            case nil: key = nil
            case "percentageOutside": key = .percentageOutside
            case "notWhole": key = .countNotWhole
            case "pointsOutside": key = .stepAbovePoints
            default: key = .negativeThreshold
            }
        }
        if let key {
            note(key, place, ["code": indicator.code, "given": Criteria.Format.text(bound)])
        }
    }

    /// Every title, and every class, region and level that the rows tell apart, needs a row.
    private mutating func coverage(_ indicator: Criteria.Indicator, _ place: String, _ groupTitles: [String]) {
        for aim in indicator.aims(in: set, within: groupTitles) where indicator.bound(for: aim) == nil {
            let others = [aim.level?.rawValue, aim.areaClass, aim.region].compactMap(\.self)
            let suffix = others.isEmpty ? "" : " (" + others.joined(separator: ", ") + ")"
            note(.missingThreshold, place + ".thresholds", ["code": indicator.code, "title": aim.title + suffix])
        }
    }

    private mutating func scoring(_ indicator: Criteria.Indicator, _ place: String) {
        let place = place + ".scoring"
        let code = ["code": indicator.code]
        switch indicator.scoring {
        case .allOrNothing: break
        case .proportional(let start):
            switch indicator.kind {
            case .yesNo, .grade, .points: return note(.scoringDoesNotFit, place, code)
            default: break
            }
            let rises = indicator.comparison.risesToThreshold
            let isWrong = indicator.thresholds.contains { row in
                guard case .quantity(let wanted) = row.bound else { return false }
                return rises ? start >= wanted : start <= wanted
            }
            if isWrong { note(.startOnWrongSide, place, code) }
        case .steps(let steps):
            if indicator.kind == .yesNo || indicator.kind == .points { return note(.scoringDoesNotFit, place, code) }
            if steps.isEmpty { return note(.noSteps, place, code) }
            for (index, step) in steps.enumerated() {
                let place = "\(place).steps[\(index)]"
                if !(0...max(0, indicator.points)).contains(step.points) { note(.stepAbovePoints, place, code) }
                bound(step.at, indicator, place)
            }
            if !steps.contains(where: { $0.points == indicator.points }) { note(.stepsNeverFull, place, code) }
        }
    }

    /// Somebody supplies, somebody checks, somebody answers, and what proves it can be had.
    private mutating func answerability(_ indicator: Criteria.Indicator, _ place: String) {
        let code = ["code": indicator.code]
        if let reason = indicator.notApplicableIf, reason.isEmpty {
            note(.missingReason, place + ".notApplicableIf", code)
        }
        if indicator.verifier.isEmpty { note(.missingVerifier, place + ".verifier", code) }
        if indicator.supplier == nil { note(.missingSupplier, place + ".suppliedBy", code) }
        if let minutes = indicator.minutes, !(0...480).contains(minutes) {
            note(.minutesOutside, place + ".minutes", code)
        }
        if indicator.evidence.isEmpty {
            note(.noEvidence, place + ".evidence", code)
        } else if indicator.evidence.allSatisfy(Criteria.isPhotograph) {
            note(.photographOnly, place + ".evidence", code)
        }
        for (index, item) in indicator.evidence.enumerated() where item.name.isEmpty {
            note(.missingName, "\(place).evidence[\(index)]", code)
        }
        if indicator.answerable.isEmpty { note(.unowned, place + ".answerable", code) }
        if indicator.basis.isEmpty { note(.noBasis, place + ".basis", code) }
    }
}
