import Core
import Web

extension CriteriaTexts {
    /// One case that the thresholds tell apart: "Khu dân cư kiểu mẫu · cấp tỉnh".
    func label(_ aim: Criteria.Aim, in set: CriteriaSet, withTitle: Bool = true) -> String {
        var parts: [String] = []
        if withTitle { parts.append(set.title(aim.title).map { name($0.name) } ?? aim.title) }
        if let level = aim.level { parts.append(self.level(level)) }
        if let code = aim.areaClass { parts.append(set.areaClasses.first { $0.code == code }?.name ?? code) }
        if let code = aim.region { parts.append(set.regions.first { $0.code == code }?.name ?? code) }
        return parts.joined(separator: " · ")
    }

    /// What an indicator asks for, a line for each case; one line without a case where all are treated alike.
    package func demands(
        of indicator: Criteria.Indicator, in set: CriteriaSet, within groupTitles: [String] = []
    ) -> [(label: String?, demand: String)] {
        let cases = indicator.aims(in: set, within: groupTitles).compactMap { aim in
            indicator.bound(for: aim).map { (aim: aim, demand: demand($0, of: indicator)) }
        }
        guard let first = cases.first else { return [] }
        let titles = set.titles.map(\.code)
        let isForAll = Set(cases.map(\.aim.title)).count == titles.count
        if isForAll, cases.allSatisfy({ $0.demand == first.demand }) { return [(nil, first.demand)] }
        var lines: [(label: String?, demand: String)] = []
        for title in titles {
            let own = cases.filter { $0.aim.title == title }
            guard let demand = own.first?.demand else { continue }
            if own.allSatisfy({ $0.demand == demand }) {
                lines.append((label(Criteria.Aim(title), in: set), demand))
            } else {
                lines += own.map { (label($0.aim, in: set), $0.demand) }
            }
        }
        return lines
    }

    /// What a title's own rule of passing asks, in sentences.
    func passing(_ title: Criteria.Title, in set: CriteriaSet) -> [String] {
        var lines: [String] = []
        let indicators = set.standards.flatMap { $0.indicators(for: title.code) }
        switch title.pass.required {
        case .every:
            lines.append(words("criteria.rule.every", ["count": words.language.format.integer(indicators.count)]))
        case .mandatory:
            let mandatory = indicators.filter(\.isMandatory)
            if !mandatory.isEmpty {
                lines.append(
                    words(
                        "criteria.rule.mandatory.\(mandatory.count == 1 ? "one" : "many")",
                        [
                            "count": words.language.format.integer(mandatory.count),
                            "codes": mandatory.map(\.code).joined(separator: ", "),
                        ]))
            }
        }
        if let minimum = title.pass.minimum {
            lines.append(words("criteria.rule.minimum", ["points": points(minimum), "total": points(set.maximum)]))
        }
        for areaClass in set.areaClasses {
            guard let minimum = title.pass.minimumByClass[areaClass.code] else { continue }
            lines.append(
                words(
                    "criteria.rule.minimumOfClass",
                    ["class": areaClass.name, "points": points(minimum), "total": points(set.maximum)]))
        }
        for mark in title.pass.marks {
            let aim = Criteria.Aim(
                title.code, level: mark.level, areaClass: mark.areaClass, region: mark.region)
            lines.append(
                words(
                    "criteria.rule.minimumOfClass",
                    [
                        "class": label(aim, in: set, withTitle: false), "points": points(mark.points),
                        "total": points(set.maximum),
                    ]))
        }
        if let floor = title.pass.floor { lines.append(words("criteria.rule.floor", ["share": share(floor)])) }
        return lines
    }

    /// When a title is won, in sentences.
    package func rules(of title: Criteria.Title, in set: CriteriaSet) -> [String] {
        var lines: [String] = []
        if !title.after.isEmpty {
            let before = set.title(title.after).map { name($0.name) } ?? title.after
            lines.append(words("criteria.rule.after", ["title": before]))
        }
        if !title.precondition.isEmpty { lines.append(title.precondition) }
        lines += passing(title, in: set)
        for group in set.standards where !group.indicators(for: title.code).isEmpty {
            guard let floor = group.floor else { continue }
            lines.append(words("criteria.rule.floorOfGroup", ["group": group.code, "share": share(floor)]))
        }
        if let ballot = set.ballot, let satisfied = ballot.satisfied[title.code] {
            lines.append(
                words("criteria.rule.ballot", ["response": share(ballot.response), "satisfied": share(satisfied)]))
        }
        return lines
    }

    /// What holds for all titles of the set, in sentences.
    package func commonRules(of set: CriteriaSet) -> [String] {
        var lines = common(set.meeting, set.term)
        if let procedure = set.procedure { lines += rules(of: procedure) }
        if let own = own(of: set) { lines.append(own) }
        return lines
    }

    /// What an area may add itself; nil where nothing.
    func own(of set: CriteriaSet) -> String? {
        if set.ownPoints > 0 { return words("criteria.rule.ownPoints", ["points": points(set.ownPoints)]) }
        if set.ownIndicators == 0 { return nil }
        return words(
            "criteria.rule.own.\(set.ownIndicators == 1 ? "one" : "many")",
            ["count": words.language.format.integer(set.ownIndicators)])
    }

    private func common(_ meeting: Criteria.MeetingRule?, _ term: Criteria.Term?) -> [String] {
        var lines: [String] = []
        if let meeting {
            lines.append(
                words("criteria.rule.meeting", ["quorum": share(meeting.quorum), "carried": share(meeting.carried)]))
        }
        if let term {
            lines.append(
                words(
                    "criteria.rule.term.\(term.years == 1 ? "one" : "many")",
                    [
                        "years": words.language.format.integer(term.years),
                        "months": words.language.format.integer(term.recheckMonths),
                    ]))
        }
        return lines
    }

    /// What rules of recognition say for all titles, but for the days of the year.
    package func commonRules(of rules: CriteriaRules) -> [String] {
        var lines = common(rules.meeting, rules.term)
        if var procedure = rules.procedure {
            procedure.days = [:]
            lines += self.rules(of: procedure)
        }
        if let ballot = rules.ballot {
            lines.append(words("criteria.rules.response", ["share": share(ballot.response)]))
        }
        return lines
    }

    /// What rules of recognition say of one title.
    package func rules(of title: CriteriaRules.Title, in rules: CriteriaRules) -> [String] {
        var lines = title.deciders.map(decider)
        if let satisfied = rules.ballot?.satisfied[title.code] {
            lines.append(words("criteria.rules.satisfied", ["share": share(satisfied)]))
        }
        return lines
    }

    /// The way to a title: days, terms, the panel.
    func rules(of procedure: Criteria.Procedure) -> [String] {
        var lines: [String] = []
        let days = Criteria.Procedure.Milestone.allCases.compactMap { milestone in
            procedure.days[milestone].map {
                words("criteria.milestone.\(milestone.rawValue)", ["day": yearDay($0)])
            }
        }
        if !days.isEmpty { lines.append(words("criteria.rule.days", ["days": days.joined(separator: "; ")])) }
        for (name, deadline) in procedure.terms {
            if let deadline {
                lines.append(words("criteria.rule.\(name)", ["term": self.deadline(deadline)]))
            }
        }
        if let members = procedure.panelMembers {
            lines.append(words("criteria.rule.panel", ["count": words.language.format.integer(members)]))
        }
        return lines
    }

    /// What filling the set in costs: once for the area itself, once for all others.
    package func cost(of indicators: [Criteria.Indicator]) -> [String] {
        let byArea = indicators.filter { $0.supplier?.source == .area }
        let byOthers = indicators.filter { $0.supplier?.source != .area }
        var lines = [cost("area", byArea), cost("others", byOthers)].compactMap { $0 }
        let unknown = indicators.filter { $0.minutes == nil }.count
        if unknown > 0, unknown < indicators.count {
            lines.append(words("criteria.cost.unknown", ["count": words.language.format.integer(unknown)]))
        }
        return lines
    }

    private func cost(_ who: String, _ indicators: [Criteria.Indicator]) -> String? {
        guard !indicators.isEmpty else { return nil }
        let known = indicators.compactMap(\.minutes)
        let count = words.language.format.integer(indicators.count)
        guard !known.isEmpty else { return words("criteria.cost.\(who)Unknown", ["count": count]) }
        return words(
            "criteria.cost.\(who)", ["count": count, "minutes": words.language.format.integer(known.reduce(0, +))])
    }
}
