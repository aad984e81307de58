extension Criteria {
    /// Everything that is wrong with a set, in the order of the file, with the warnings among it.
    /// A set may be published when nothing here is more than a warning.
    package static func faults(in set: CriteriaSet) -> [Fault] {
        var check = Check(set: set)
        check.head()
        check.titles()
        check.rules()
        check.standards()
        return check.faults
    }

    /// One walk over a set that collects faults; it never stops at the first.
    struct Check {
        let set: CriteriaSet
        private(set) var faults: [Fault] = []
        private let titleCodes: Set<String>

        init(set: CriteriaSet) {
            self.set = set
            titleCodes = Set(set.titles.map(\.code))
        }

        mutating func note(_ key: Fault.Key, _ place: String, _ arguments: [String: String] = [:]) {
            faults.append(Fault(key, at: place, arguments))
        }

        mutating func head() {
            if set.code.isEmpty { note(.missingCode, "code") }
            if set.version < 1 { note(.versionOutside, "version") }
            if set.name.vi.isEmpty { note(.missingName, "name", ["code": set.code]) }
            if let from = set.effectiveFrom, let to = set.effectiveTo, to < from {
                note(.endsBeforeBegin, "effectiveTo", ["given": to.isoText, "begin": from.isoText])
            }
            if set.effectiveFrom == nil { note(.missingField, "effectiveFrom", ["field": "effectiveFrom"]) }
            if !(0...20).contains(set.ownIndicators) { note(.ownIndicatorsOutside, "ownIndicators") }
            if set.ownPoints < 0 { note(.negativePoints, "ownIndicators.points", ["code": Own.group]) }
            if set.ownIndicators > 0, let at = set.standards.firstIndex(where: { $0.code == Own.group }) {
                note(.duplicateCode, "groups[\(at)].code", ["code": Own.group, "first": "ownIndicators"])
            }
            if set.maximum < 0 { note(.negativePoints, "maximum", ["code": set.code]) }
            choices(set.areaClasses, "areaClasses")
            choices(set.regions, "regions")
        }

        mutating func titles() {
            if set.titles.isEmpty { note(.noTitles, "titles") }
            unique(set.titles.map(\.code), "titles")
            for (index, title) in set.titles.enumerated() {
                let place = "titles[\(index)]"
                if title.name.vi.isEmpty { note(.missingName, place + ".name", ["code": title.code]) }
                if !title.after.isEmpty, !set.titles[..<index].contains(where: { $0.code == title.after }) {
                    // Rising order also keeps two titles from waiting for each other.
                    note(.titleComesLater, place + ".after", ["code": title.code, "title": title.after])
                }
                if !set.standards.contains(where: { !$0.indicators(for: title.code).isEmpty }) {
                    note(.titleWithoutIndicator, place, ["code": title.code])
                }
                pass(title, place + ".pass")
            }
        }

        private mutating func pass(_ title: Title, _ place: String) {
            let rule = title.pass
            var minimums = rule.minimumByClass.sorted { $0.key < $1.key }
                .map { (place: "\(place).minimumByClass.\($0.key)", points: $0.value) }
            if let minimum = rule.minimum { minimums.insert((place + ".minimum", minimum), at: 0) }
            minimums += rule.marks.enumerated().map { ("\(place).minimums[\($0.offset)]", $0.element.points) }
            for minimum in minimums {
                let arguments = [
                    "code": title.code, "given": Format.text(hundredths: minimum.points),
                    "most": Format.text(hundredths: set.maximum),
                ]
                if minimum.points < 0 { note(.negativePoints, minimum.place, arguments) }
                if minimum.points > set.maximum { note(.passMarkAboveTotal, minimum.place, arguments) }
            }
            for areaClass in rule.minimumByClass.keys.sorted()
            where !set.areaClasses.contains(where: { $0.code == areaClass }) {
                note(.unknownClass, "\(place).minimumByClass.\(areaClass)", ["code": title.code, "given": areaClass])
            }
            marks(title, place + ".minimums")
            if rule.asksForPoints, rule.minimum == nil {
                for aim in title.passAims(in: set) where rule.minimum(for: aim) == nil {
                    let conditions = [aim.level?.rawValue, aim.areaClass, aim.region].compactMap(\.self)
                    note(
                        .missingClassMinimum, place + (rule.marks.isEmpty ? ".minimumByClass" : ".minimums"),
                        ["code": title.code, "class": conditions.joined(separator: ", ")])
                }
            }
            if set.maximum > 0, !rule.asksForPoints, rule.required == .mandatory {
                note(.missingMinimum, place + ".minimum", ["code": title.code])
            }
            share(rule.floor, place + ".floor", title.code)
        }

        private mutating func marks(_ title: Title, _ place: String) {
            var seen = Set(title.pass.minimumByClass.keys.map { PassMark(areaClass: $0, 0).conditions })
            if title.pass.minimum != nil { seen.insert(PassMark(0).conditions) }
            for (index, mark) in title.pass.marks.enumerated() {
                let place = "\(place)[\(index)]"
                if !seen.insert(mark.conditions).inserted { note(.duplicateThreshold, place, ["code": title.code]) }
                if let areaClass = mark.areaClass, !set.areaClasses.contains(where: { $0.code == areaClass }) {
                    note(.unknownClass, place, ["code": title.code, "given": areaClass])
                }
                if let region = mark.region, !set.regions.contains(where: { $0.code == region }) {
                    note(.unknownRegion, place, ["code": title.code, "given": region])
                }
            }
        }

        mutating func rules() {
            if let ballot = set.ballot {
                share(ballot.response, "ballot.minimumResponse", "")
                for (title, share) in ballot.satisfied.sorted(by: { $0.key < $1.key }) {
                    let place = "ballot.minimumSatisfied.\(title)"
                    self.share(share, place, title)
                    if !titleCodes.contains(title) { note(.unknownTitle, place, ["given": title]) }
                }
                for title in set.titles where ballot.satisfied[title.code] == nil {
                    note(.missingBallotShare, "ballot.minimumSatisfied", ["code": title.code])
                }
            }
            if let meeting = set.meeting {
                share(meeting.quorum, "meeting.quorum", "")
                share(meeting.carried, "meeting.carried", "")
            }
            if let term = set.term,
                !(1...10).contains(term.years) || !(1...60).contains(term.recheckMonths)
                    || term.recheckMonths > term.years * 12
            {
                note(.termOutside, "term")
            }
            if let procedure = set.procedure { self.procedure(procedure) }
        }

        mutating func standards() {
            if set.standards.isEmpty { note(.noGroups, "groups") }
            unique(set.standards.map(\.code), "groups")
            var seen: [String: String] = [:]
            for (index, standard) in set.standards.enumerated() {
                let place = "groups[\(index)]"
                group(standard, place)
                for (indicator, place) in places(of: standard, place) {
                    once(indicator.code, place, &seen)
                    self.indicator(indicator, place, groupTitles: standard.titles)
                }
                groupPoints(standard, place)
            }
            totalPoints()
        }

        private mutating func group(_ standard: Standard, _ place: String) {
            let code = ["code": standard.code]
            if standard.name.vi.isEmpty { note(.missingName, place + ".name", code) }
            if standard.maximum < 0 { note(.negativePoints, place + ".maximum", code) }
            if standard.allIndicators.isEmpty { note(.emptyGroup, place, code) }
            share(standard.floor, place + ".floor", standard.code)
            known(standard.titles, place, standard.code)
            unique(standard.criteria.map(\.code), place + ".criteria")
            for (index, criterion) in standard.criteria.enumerated() {
                let place = "\(place).criteria[\(index)]"
                let code = ["code": criterion.code]
                if criterion.name.vi.isEmpty { note(.missingName, place + ".name", code) }
                if criterion.indicators.isEmpty, !standard.allIndicators.isEmpty {
                    note(.emptyCriterion, place, code)
                }
            }
        }

        private func places(of standard: Standard, _ place: String) -> [(Indicator, String)] {
            var found = standard.indicators.enumerated().map { ($0.element, "\(place).indicators[\($0.offset)]") }
            for (index, criterion) in standard.criteria.enumerated() {
                found += criterion.indicators.enumerated().map {
                    ($0.element, "\(place).criteria[\(index)].indicators[\($0.offset)]")
                }
            }
            return found
        }

        /// The sum is checked for each title: titles may have indicators of their own.
        private mutating func groupPoints(_ standard: Standard, _ place: String) {
            var told: Set<Int> = []
            for title in set.titles {
                let indicators = standard.indicators(for: title.code)
                guard !indicators.isEmpty else { continue }
                let sum = indicators.reduce(0) { $0 + $1.points }
                if sum != standard.maximum, told.insert(sum).inserted {
                    note(
                        .groupPoints, place + ".maximum",
                        [
                            "code": standard.code, "title": title.code, "sum": Format.text(hundredths: sum),
                            "maximum": Format.text(hundredths: standard.maximum),
                        ])
                }
            }
        }

        private mutating func totalPoints() {
            var told: Set<Int> = []
            for title in set.titles {
                let sum = set.standards.filter { !$0.indicators(for: title.code).isEmpty }
                    .reduce(set.ownPoints) { $0 + $1.maximum }
                if sum != set.maximum, told.insert(sum).inserted {
                    note(
                        .totalPoints, "maximum",
                        [
                            "title": title.code, "sum": Format.text(hundredths: sum),
                            "maximum": Format.text(hundredths: set.maximum),
                        ])
                }
            }
        }

        mutating func known(_ titles: [String], _ place: String, _ code: String) {
            for (index, title) in titles.enumerated() where !titleCodes.contains(title) {
                note(.unknownTitle, "\(place).titles[\(index)]", ["code": code, "given": title])
            }
        }

        mutating func choices(_ choices: [Choice], _ place: String) {
            unique(choices.map(\.code), place)
            for (index, choice) in choices.enumerated() where choice.name.isEmpty {
                note(.missingName, "\(place)[\(index)].name", ["code": choice.code])
            }
        }

        private mutating func share(_ share: Share?, _ place: String, _ code: String) {
            guard let share, !share.isWithinWhole else { return }
            note(.shareOutside, place, ["code": code, "given": share.text])
        }

        private mutating func unique(_ codes: [String], _ place: String) {
            var seen: [String: String] = [:]
            for (index, code) in codes.enumerated() { once(code, "\(place)[\(index)]", &seen) }
        }

        private mutating func once(_ code: String, _ place: String, _ seen: inout [String: String]) {
            if code.isEmpty {
                note(.missingCode, place + ".code")
            } else if let first = seen[code] {
                note(.duplicateCode, place + ".code", ["code": code, "first": first])
            } else {
                seen[code] = place
            }
        }
    }
}
