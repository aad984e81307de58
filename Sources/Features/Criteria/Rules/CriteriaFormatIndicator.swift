import Core

extension Criteria.Format.Reader {
    /// Reads one indicator. `groupPath` is its group's place: unread points make the group's sum meaningless.
    func indicator(_ place: Place, groupPath: String) -> Criteria.Indicator {
        var fields = fields(
            place,
            [
                "code", "name", "kind", "unit", "of", "operator", "threshold", "thresholds", "points", "scoring",
                "mandatory", "notApplicableIf", "titles", "evidence", "verifier", "suppliedBy", "answerable",
                "guidance", "example", "basis", "minutes", "mayLoosen",
            ])
        let code = text(fields["code"])
        let place = place.with(code: code)
        fields = fields.mapValues { $0.with(code: code) }
        let kind = kind(required("kind", place, fields))
        if kind == nil {
            distrust(
                place.path + ".unit", place.path + ".operator", place.path + ".thresholds", place.path + ".scoring")
        }
        if let field = fields["points"], field.isGiven, Criteria.Format.thousandths(text(field)) == nil {
            distrust(groupPath + ".maximum", place.path + ".scoring")
        }
        let unit = unit(fields, kind, place)
        let comparison = comparison(fields, kind, place)
        var indicator = Criteria.Indicator(
            code, name(fields["name"]), kind: kind ?? .yesNo, unit: unit, of: text(fields["of"]),
            comparison: comparison, thresholds: thresholds(fields, kind, place), points: points(fields["points"]) ?? 0,
            scoring: scoring(fields["scoring"], kind), isMandatory: flag(fields["mandatory"]),
            notApplicableIf: fields["notApplicableIf"].map { text($0) }, titles: texts(fields["titles"]),
            evidence: list(fields["evidence"]).compactMap(evidence), verifier: text(fields["verifier"]),
            supplier: supplier(fields["suppliedBy"]), answerable: text(fields["answerable"]),
            guidance: text(fields["guidance"]), example: text(fields["example"]), basis: text(fields["basis"]),
            minutes: fields["minutes"].flatMap { $0.isGiven ? whole($0, or: 0) : nil },
            mayLoosen: false)
        if let place = fields["mayLoosen"], place.isGiven {
            // `yes`, or a list of that in which alone it may.
            if case .list = place.tree.content {
                indicator.mayLoosenOnly = list(place).compactMap { item in
                    Criteria.Loosening(rawValue: text(item)) ?? unknown(item, Criteria.Loosening.self)
                }
            } else {
                indicator.mayLoosen = flag(place)
            }
        }
        return indicator
    }

    /// Notes a word that is none of the list; nil.
    func unknown<Word>(_ place: Place, _ words: Word.Type) -> Word?
    where Word: RawRepresentable & CaseIterable, Word.RawValue == String {
        let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
        note(.unknownWord, place, ["given": text(place), "known": known])
        return nil
    }

    private func kind(_ place: Place?) -> Criteria.Kind? {
        guard let place, let (word, rest) = tagged(place) else { return nil }
        switch word {
        case "yesNo": return .yesNo
        case "number": return .number
        case "percentage": return .percentage
        case "points": return .points
        case "countOverYears": return .countOverYears(window: whole(rest, or: 0))
        case "ratioToBaseline":
            if case .scalar = rest.tree.content { return .ratioToBaseline(what: text(rest), date: "") }
            let fields = fields(rest, ["what", "date"])
            return .ratioToBaseline(what: text(fields["what"]), date: text(fields["date"]))
        case "grade": return .grade(list(rest).map(choice))
        default:
            note(.unknownKind, place, ["given": word, "known": Criteria.Kind.words.joined(separator: ", ")])
            return nil
        }
    }

    /// Given for numbers and counts; the other kinds have only one.
    private func unit(_ fields: [String: Place], _ kind: Criteria.Kind?, _ place: Place) -> Criteria.Measure {
        let own: Criteria.Measure
        switch kind {
        case .percentage: own = .percent
        case .ratioToBaseline: own = .ratio
        case .points: own = .point
        case .yesNo, .grade, nil: own = .none
        case .number, .countOverYears:
            return word(required("unit", place, fields), or: .none, .unknownUnit)
        }
        return word(fields["unit"], or: own, .unknownUnit)
    }

    /// Given where more than one makes sense.
    private func comparison(
        _ fields: [String: Place], _ kind: Criteria.Kind?, _ place: Place
    ) -> Criteria.Comparison {
        switch kind {
        case .yesNo, nil: return word(fields["operator"], or: .equal, .unknownComparison)
        case .grade, .points: return word(fields["operator"], or: .atLeast, .unknownComparison)
        case .number, .percentage, .countOverYears, .ratioToBaseline:
            return word(required("operator", place, fields), or: .atLeast, .unknownComparison)
        }
    }

    /// `threshold: 70` for every case, `thresholds: {model: 70}` by title, or a table of rows with conditions.
    /// A yes/no indicator without any asks for yes.
    private func thresholds(
        _ fields: [String: Place], _ kind: Criteria.Kind?, _ place: Place
    ) -> [Criteria.Threshold] {
        var rows: [Criteria.Threshold] = []
        let isGiven = fields["threshold"]?.isGiven == true || fields["thresholds"]?.isGiven == true
        if !isGiven, kind == .yesNo { return [Criteria.Threshold(.yes(true))] }
        if let single = fields["threshold"], single.isGiven, let bound = bound(single, kind) {
            stands("\(place.path).thresholds[0]", at: single)
            rows.append(Criteria.Threshold(bound))
        }
        guard let table = fields["thresholds"] else { return rows }
        if case .map(let entries) = table.tree.content {
            let places = self.fields(table, [])
            for entry in entries {
                guard let place = places[entry.key], let bound = bound(place, kind) else { continue }
                stands("\(table.path)[\(rows.count)]", at: place)
                rows.append(Criteria.Threshold(title: entry.key, bound))
            }
        } else {
            rows += list(table).compactMap { row($0, kind, table) }
        }
        return rows
    }

    private func row(_ place: Place, _ kind: Criteria.Kind?, _ table: Place) -> Criteria.Threshold? {
        let fields = fields(place, ["title", "level", "areaClass", "region", "value"])
        var level: Criteria.Level?
        if let given = fields["level"], given.isGiven { level = word(given, or: .commune) }
        guard let value = required("value", place, fields), let bound = bound(value, kind) else {
            // The row is lost; that its case has no threshold then is no news.
            distrust(table.path)
            return nil
        }
        return Criteria.Threshold(
            title: condition(fields["title"]), level: level, areaClass: condition(fields["areaClass"]),
            region: condition(fields["region"]), bound)
    }

    private func bound(_ place: Place, _ kind: Criteria.Kind?) -> Criteria.Bound? {
        guard let kind else { return nil }
        let bound: Criteria.Bound?
        switch kind {
        case .yesNo: bound = yesNo(place).map { .yes($0) }
        case .grade:
            let code = text(place)
            bound = code.isEmpty ? nil : .grade(code)
        case .number, .percentage, .countOverYears, .ratioToBaseline, .points:
            bound = thousandths(place).map { .quantity(Quantity(thousandths: $0)) }
        }
        if bound == nil, let end = place.path.lastIndex(where: { $0 == "." || $0 == "[" }) {
            distrust(String(place.path[..<end]) + (place.path.hasSuffix(".threshold") ? ".thresholds" : ""))
        }
        return bound
    }

    private func scoring(_ place: Place?, _ kind: Criteria.Kind?) -> Criteria.Scoring {
        guard let place, place.isGiven, let (word, rest) = tagged(place) else { return .allOrNothing }
        switch word {
        case "allOrNothing": return .allOrNothing
        case "proportional":
            let start = rest.isGiven ? thousandths(rest) ?? 0 : 0
            return .proportional(from: Quantity(thousandths: start))
        case "steps": return .steps(list(rest).compactMap { step($0, kind) })
        default:
            note(.unknownWord, place, ["given": word, "known": "allOrNothing, proportional, steps"])
            return .allOrNothing
        }
    }

    private func step(_ place: Place, _ kind: Criteria.Kind?) -> Criteria.Step? {
        let fields = fields(place, ["at", "points"])
        let at = required("at", place, fields).flatMap { bound($0, kind) }
        let points = points(required("points", place, fields))
        guard let at, let points else { return nil }
        return Criteria.Step(at: at, points: points)
    }

    private func evidence(_ place: Place) -> Criteria.Evidence? {
        guard let (word, rest) = tagged(place) else { return nil }
        if let form = Criteria.Evidence.Form(rawValue: word) { return Criteria.Evidence(form, text(rest)) }
        let known = Criteria.Evidence.Form.allCases.map(\.rawValue).joined(separator: ", ")
        note(.unknownWord, place, ["given": word, "known": known])
        return nil
    }

    private func supplier(_ place: Place?) -> Criteria.Supplier? {
        guard let place, place.isGiven, let (word, rest) = tagged(place) else { return nil }
        if let source = Criteria.Supplier.Source(rawValue: word) { return Criteria.Supplier(source, text(rest)) }
        let known = Criteria.Supplier.Source.allCases.map(\.rawValue).joined(separator: ", ")
        note(.unknownWord, place, ["given": word, "known": known])
        return nil
    }
}
