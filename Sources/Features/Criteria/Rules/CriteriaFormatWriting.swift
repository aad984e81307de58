import Core

extension Criteria.Format {
    /// Writes a set so that reading it back gives the same set. What was not given is left out.
    package static func write(_ set: CriteriaSet) -> Tree {
        var map = Writer()
        map.text("code", set.code)
        map.whole("version", set.version)
        map.text("status", set.status.rawValue)
        map.text("label", set.label.rawValue)
        map.name("name", set.name)
        map.text("issuer", set.issuer)
        map.texts("legalBasis", set.legalBasis)
        map.text("effectiveFrom", set.effectiveFrom?.isoText ?? "")
        map.text("effectiveTo", set.effectiveTo?.isoText ?? "")
        map.text("subject", set.subject.rawValue)
        if let frame = set.frame {
            map.map("frame") {
                $0.text("code", frame.code)
                $0.whole("version", frame.version)
            }
        }
        map.texts("mayLoosen", set.mayLoosen.map(\.rawValue))
        map.list("areaClasses", set.areaClasses.map(choice))
        map.list("regions", set.regions.map(choice))
        map.points("maximum", set.maximum)
        if set.ownPoints != 0 {
            map.map("ownIndicators") {
                $0.whole("most", set.ownIndicators)
                $0.points("points", set.ownPoints)
            }
        } else if set.ownIndicators != 0 {
            map.whole("ownIndicators", set.ownIndicators)
        }
        map.list("titles", set.titles.map(title))
        write(ballot: set.ballot, meeting: set.meeting, term: set.term, procedure: set.procedure, &map)
        map.list("groups", set.standards.map(standard))
        return map.tree
    }

    private static func choice(_ choice: Criteria.Choice) -> Tree { tagged(choice.code, choice.name) }

    private static func title(_ title: Criteria.Title) -> Tree {
        var map = Writer()
        map.text("code", title.code)
        map.name("name", title.name)
        map.list("deciders", title.deciders.map { tagged($0.level.rawValue, $0.body) })
        map.text("after", title.after)
        map.text("precondition", title.precondition)
        let rule = title.pass
        map.map("pass") { pass in
            pass.text("required", rule.required.rawValue)
            if let minimum = rule.minimum { pass.text("minimum", text(hundredths: minimum)) }
            if !rule.minimumByClass.isEmpty {
                pass.map("minimumByClass") { table in
                    for (areaClass, points) in rule.minimumByClass.sorted(by: { $0.key < $1.key }) {
                        table.text(areaClass, text(hundredths: points))
                    }
                }
            }
            pass.list(
                "minimums",
                rule.marks.map { mark in
                    var row = Writer()
                    row.text("level", mark.level?.rawValue ?? "")
                    row.text("areaClass", mark.areaClass ?? "")
                    row.text("region", mark.region ?? "")
                    row.text("value", text(hundredths: mark.points))
                    return row.tree
                })
            pass.share("floor", rule.floor)
        }
        return map.tree
    }

    static func write(
        ballot: Criteria.BallotRule?, meeting: Criteria.MeetingRule?, term: Criteria.Term?,
        procedure: Criteria.Procedure?, _ map: inout Writer
    ) {
        if let ballot {
            map.map("ballot") { rule in
                rule.share("minimumResponse", ballot.response)
                rule.map("minimumSatisfied") { table in
                    for (title, share) in ballot.satisfied.sorted(by: { $0.key < $1.key }) {
                        table.share(title, share)
                    }
                }
                rule.list(
                    "topics",
                    ballot.topics.map { topic in
                        var row = Writer()
                        row.text("code", topic.code)
                        row.name("name", topic.name)
                        return row.tree
                    })
            }
        }
        if let meeting {
            map.map("meeting") {
                $0.share("quorum", meeting.quorum)
                $0.share("carried", meeting.carried)
            }
        }
        if let term {
            map.map("term") {
                $0.whole("years", term.years)
                $0.whole("recheckMonths", term.recheckMonths)
            }
        }
        if let procedure { map.map("procedure") { write(procedure, &$0) } }
    }

    private static func write(_ procedure: Criteria.Procedure, _ map: inout Writer) {
        if !procedure.days.isEmpty {
            map.map("days") { table in
                for milestone in Criteria.Procedure.Milestone.allCases {
                    table.text(milestone.rawValue, procedure.days[milestone]?.text ?? "")
                }
            }
        }
        for (name, deadline) in procedure.terms {
            switch deadline {
            case .working(let days): map.put(name, tagged("working", "\(days)"))
            case .calendar(let days): map.put(name, tagged("calendar", "\(days)"))
            case nil: break
            }
        }
        if let members = procedure.panelMembers { map.whole("panelMembers", members) }
    }

    private static func standard(_ standard: Criteria.Standard) -> Tree {
        var map = Writer()
        map.text("code", standard.code)
        map.name("name", standard.name)
        map.points("maximum", standard.maximum)
        map.share("floor", standard.floor)
        map.texts("titles", standard.titles)
        map.list("indicators", standard.indicators.map(indicator))
        map.list(
            "criteria",
            standard.criteria.map { criterion in
                var map = Writer()
                map.text("code", criterion.code)
                map.name("name", criterion.name)
                map.list("indicators", criterion.indicators.map(indicator))
                return map.tree
            })
        return map.tree
    }

    static func indicator(_ indicator: Criteria.Indicator) -> Tree {
        var map = Writer()
        map.text("code", indicator.code)
        map.name("name", indicator.name)
        map.put("kind", kind(indicator.kind))
        map.text("unit", indicator.unit.rawValue)
        map.text("of", indicator.of)
        map.text("operator", indicator.comparison.rawValue)
        thresholds(indicator.thresholds, &map)
        map.points("points", indicator.points)
        scoring(indicator.scoring, &map)
        map.flag("mandatory", indicator.isMandatory)
        if let reason = indicator.notApplicableIf {
            // An exception without a reason is a fault, and must not vanish on the way through the file.
            map.put("notApplicableIf", Tree(reason.isEmpty ? .empty : .scalar(reason)))
        }
        map.texts("titles", indicator.titles)
        map.list("evidence", indicator.evidence.map { tagged($0.form.rawValue, $0.name) })
        map.text("verifier", indicator.verifier)
        if let supplier = indicator.supplier { map.put("suppliedBy", tagged(supplier.source.rawValue, supplier.name)) }
        map.text("answerable", indicator.answerable)
        map.text("guidance", indicator.guidance)
        map.text("example", indicator.example)
        map.text("basis", indicator.basis)
        if let minutes = indicator.minutes { map.whole("minutes", minutes) }
        map.flag("mayLoosen", indicator.mayLoosen)
        map.texts("mayLoosen", indicator.mayLoosenOnly.map(\.rawValue))
        return map.tree
    }

    private static func kind(_ kind: Criteria.Kind) -> Tree {
        var map = Writer()
        switch kind {
        case .yesNo, .number, .percentage, .points: return Tree(.scalar(kind.word))
        case .countOverYears(let window): map.whole(kind.word, window)
        case .ratioToBaseline(let what, let date):
            map.map(kind.word) {
                $0.text("what", what)
                $0.text("date", date)
            }
        case .grade(let choices): map.put(kind.word, Tree(.list(choices.map(choice))))
        }
        return map.tree
    }

    /// One for all, or by title where nothing else decides, for legibility; a table otherwise.
    private static func thresholds(_ rows: [Criteria.Threshold], _ map: inout Writer) {
        if rows.count == 1, rows[0].weight == 0 { return map.text("threshold", text(rows[0].bound)) }
        let titles = rows.compactMap(\.title)
        let isByTitle = rows.allSatisfy { $0.level == nil && $0.areaClass == nil && $0.region == nil }
        if isByTitle, titles.count == rows.count, Set(titles).count == rows.count, !rows.isEmpty {
            map.map("thresholds") { table in
                for row in rows { table.text(row.title ?? "", text(row.bound)) }
            }
            return
        }
        map.list(
            "thresholds",
            rows.map { row in
                var map = Writer()
                map.text("title", row.title ?? "")
                map.text("level", row.level?.rawValue ?? "")
                map.text("areaClass", row.areaClass ?? "")
                map.text("region", row.region ?? "")
                map.text("value", text(row.bound))
                return map.tree
            })
    }

    private static func scoring(_ scoring: Criteria.Scoring, _ map: inout Writer) {
        switch scoring {
        case .allOrNothing: break
        case .proportional(let start):
            map.map("scoring") { $0.text("proportional", text(thousandths: start.thousandths)) }
        case .steps(let steps):
            let list = steps.map { step in
                var map = Writer()
                map.text("at", text(step.at))
                map.text("points", text(hundredths: step.points))
                return map.tree
            }
            map.map("scoring") { $0.put("steps", Tree(.list(list))) }
        }
    }

    /// `word`, or `word: more`.
    static func tagged(_ word: String, _ more: String) -> Tree {
        if more.isEmpty { return Tree(.scalar(word)) }
        return Tree(.map([Tree.Entry(word, Tree(.scalar(more)))]))
    }

    /// Collects the fields of one map and leaves out what is not given.
    struct Writer {
        private var entries: [Tree.Entry] = []

        var tree: Tree { Tree(.map(entries)) }

        mutating func put(_ key: String, _ tree: Tree) { entries.append(Tree.Entry(key, tree)) }

        mutating func text(_ key: String, _ text: String) {
            if !text.isEmpty { put(key, Tree(.scalar(text))) }
        }

        mutating func whole(_ key: String, _ number: Int) { text(key, String(number)) }

        mutating func flag(_ key: String, _ isSet: Bool) { if isSet { text(key, "yes") } }

        mutating func points(_ key: String, _ hundredths: Int) {
            if hundredths != 0 { text(key, Criteria.Format.text(hundredths: hundredths)) }
        }

        mutating func share(_ key: String, _ share: Criteria.Share?) {
            if let share { text(key, share.text) }
        }

        mutating func name(_ key: String, _ name: Criteria.Name) {
            if name.en.isEmpty { return text(key, name.vi) }
            map(key) {
                $0.text("vi", name.vi)
                $0.text("en", name.en)
            }
        }

        mutating func texts(_ key: String, _ texts: [String]) { list(key, texts.map { Tree(.scalar($0)) }) }

        mutating func list(_ key: String, _ items: [Tree]) {
            if !items.isEmpty { put(key, Tree(.list(items))) }
        }

        mutating func map(_ key: String, _ fill: (inout Writer) -> Void) {
            var map = Writer()
            fill(&map)
            put(key, map.tree)
        }
    }
}
