import Core

extension Criteria.Format {
    /// Reads a whole set and names every fault at once: what cannot be understood and what cannot work.
    ///
    /// - Parameter kept: the text was accepted before; the set is given even where later rules find a fault in it, for
    ///   decisions rest on it.
    package static func read(_ tree: Tree, kept: Bool = false) -> Reading {
        let reader = Reader()
        let root = Place(tree: tree, path: "", code: "")
        if !root.isGiven { return Reading(set: nil, faults: [Criteria.Fault(.emptyFile, at: "")]) }
        let set = reader.set(root)
        let misread = reader.faults
        let faults =
            misread
            + Criteria.faults(in: set).filter { !reader.isEcho($0) }.map { fault in
                var fault = fault
                fault.line = reader.line(of: fault.place)
                return fault
            }
        // In the order of the file, so that a person mends it from top to bottom.
        let ordered = faults.enumerated().sorted {
            ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
        }.map(\.element)
        return Reading(set: kept || ordered.allSatisfy(\.isWarning) ? set : nil, faults: ordered)
    }
}

extension Criteria.Format.Reader {
    typealias Place = Criteria.Format.Place

    fileprivate func set(_ root: Place) -> CriteriaSet {
        let fields = fields(
            root,
            [
                "code", "version", "status", "label", "name", "issuer", "legalBasis", "effectiveFrom", "effectiveTo",
                "subject", "frame", "mayLoosen", "titles", "areaClasses", "regions", "maximum", "ownIndicators",
                "ballot",
                "meeting", "term", "procedure", "groups",
            ])
        let own = own(fields["ownIndicators"])
        var set = CriteriaSet(
            code: text(fields["code"]), version: whole(fields["version"], or: 1),
            status: word(fields["status"], or: .draft), label: word(required("label", root, fields), or: .real),
            name: name(fields["name"]), issuer: text(fields["issuer"]), legalBasis: texts(fields["legalBasis"]),
            effectiveFrom: day(fields["effectiveFrom"]), effectiveTo: day(fields["effectiveTo"]),
            subject: word(required("subject", root, fields), or: .residentialArea), frame: frame(fields["frame"]),
            titles: list(fields["titles"]).map(title), areaClasses: list(fields["areaClasses"]).map(choice),
            regions: list(fields["regions"]).map(choice), maximum: points(fields["maximum"]) ?? 0,
            ownIndicators: own.most, ballot: ballot(fields["ballot"]),
            meeting: meeting(fields["meeting"]), term: term(fields["term"]),
            procedure: procedure(fields["procedure"]),
            standards: list(fields["groups"]).map(standard))
        set.ownPoints = own.points
        set.mayLoosen = list(fields["mayLoosen"]).compactMap { item in
            Criteria.LooseRule(rawValue: text(item)) ?? unknown(item, Criteria.LooseRule.self)
        }
        return set
    }

    /// `ownIndicators: 2`, or `{most: 2, points: 5}` where they earn something.
    private func own(_ place: Place?) -> (most: Int, points: Int) {
        guard let place, place.isGiven else { return (0, 0) }
        if case .scalar = place.tree.content { return (whole(place, or: 0), 0) }
        let fields = fields(place, ["most", "points"])
        return (whole(required("most", place, fields), or: 1), points(fields["points"]) ?? 0)
    }

    /// A field that has no sensible default.
    func required(_ field: String, _ place: Place, _ fields: [String: Place]) -> Place? {
        if let given = fields[field], given.isGiven { return given }
        switch place.tree.content {
        case .scalar, .list: return nil  // said already: these are no fields
        case .map, .empty: break
        }
        let path = place.path.isEmpty ? field : "\(place.path).\(field)"
        note(.missingField, Place(tree: Criteria.Format.Tree(.empty), path: path, code: place.code), ["field": field])
        return nil
    }

    /// `name: Khu dân cư` or `name: {vi: …, en: …}`.
    func name(_ place: Place?) -> Criteria.Name {
        guard let place else { return Criteria.Name("") }
        if case .scalar = place.tree.content { return Criteria.Name(text(place)) }
        let fields = fields(place, ["vi", "en"])
        return Criteria.Name(text(fields["vi"]), en: text(fields["en"]))
    }

    /// `code: name` as a map of one entry.
    func choice(_ place: Place) -> Criteria.Choice {
        guard let (code, rest) = tagged(place) else { return Criteria.Choice("", "") }
        return Criteria.Choice(code, text(rest))
    }

    private func frame(_ place: Place?) -> CriteriaSet.Frame? {
        guard let place, place.isGiven else { return nil }
        let fields = fields(place, ["code", "version"])
        return CriteriaSet.Frame(
            code: text(required("code", place, fields)), version: whole(required("version", place, fields), or: 1))
    }

    private func title(_ place: Place) -> Criteria.Title {
        let fields = fields(place, ["code", "name", "deciders", "after", "precondition", "pass"])
        let code = text(fields["code"])
        return Criteria.Title(
            code, name(fields["name"]), deciders: list(fields["deciders"]).compactMap(decider),
            after: text(fields["after"]), precondition: text(fields["precondition"]),
            pass: pass(required("pass", place.with(code: code), fields)?.with(code: code)))
    }

    func decider(_ place: Place) -> Criteria.Decider? {
        guard let (word, rest) = tagged(place) else { return nil }
        guard let level = Criteria.Level(rawValue: word) else {
            let known = Criteria.Level.allCases.map(\.rawValue).joined(separator: ", ")
            note(.unknownWord, place, ["given": word, "known": known])
            return nil
        }
        return Criteria.Decider(level, text(rest))
    }

    private func pass(_ place: Place?) -> Criteria.PassRule {
        guard let place else { return Criteria.PassRule() }
        let fields = fields(place, ["required", "minimum", "minimumByClass", "minimums", "floor"])
        var byClass: [String: Int] = [:]
        if let table = fields["minimumByClass"] {
            for (areaClass, place) in self.fields(table, []) { byClass[areaClass] = points(place) }
        }
        return Criteria.PassRule(
            required: word(fields["required"], or: .mandatory), minimum: points(fields["minimum"]),
            minimumByClass: byClass, marks: list(fields["minimums"]).compactMap(mark), floor: share(fields["floor"]))
    }

    private func mark(_ place: Place) -> Criteria.PassMark? {
        let fields = fields(place, ["level", "areaClass", "region", "value"])
        var level: Criteria.Level?
        if let given = fields["level"], given.isGiven { level = word(given, or: .commune) }
        guard let points = points(required("value", place, fields)) else {
            // The row is lost; that its case has no mark then is no news.
            if let end = place.path.lastIndex(of: "[") { distrust(String(place.path[..<end])) }
            return nil
        }
        return Criteria.PassMark(
            level: level, areaClass: condition(fields["areaClass"]), region: condition(fields["region"]), points)
    }

    func condition(_ place: Place?) -> String? {
        place.map { text($0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    func procedure(_ place: Place?) -> Criteria.Procedure? {
        guard let place, place.isGiven else { return nil }
        let fields = fields(place, ["days", "posting", "mending", "titleMending", "least", "panelMembers"])
        var days: [Criteria.Procedure.Milestone: Criteria.Procedure.YearDay] = [:]
        if let table = fields["days"] {
            let known = Criteria.Procedure.Milestone.allCases.map(\.rawValue)
            for (name, place) in self.fields(table, known) where place.isGiven {
                guard let milestone = Criteria.Procedure.Milestone(rawValue: name) else { continue }
                let given = text(place)
                if let day = Criteria.Procedure.YearDay(text: given) {
                    days[milestone] = day
                } else {
                    note(.notAYearDay, place, ["given": given])
                }
            }
        }
        return Criteria.Procedure(
            days: days, posting: deadline(fields["posting"]), mending: deadline(fields["mending"]),
            titleMending: deadline(fields["titleMending"]), least: deadline(fields["least"]),
            panelMembers: fields["panelMembers"].flatMap { $0.isGiven ? whole($0, or: 3) : nil })
    }

    /// `working: 10` or `calendar: 14`.
    private func deadline(_ place: Place?) -> Deadline? {
        guard let place, place.isGiven, let (word, rest) = tagged(place) else { return nil }
        guard ["working", "calendar"].contains(word), rest.isGiven else {
            note(.unknownWord, place, ["given": word, "known": "working: 10, calendar: 14"])
            return nil
        }
        let days = whole(rest, or: 1)
        return word == "working" ? .working(days) : .calendar(days)
    }

    func ballot(_ place: Place?) -> Criteria.BallotRule? {
        guard let place, place.isGiven else { return nil }
        let fields = fields(place, ["minimumResponse", "minimumSatisfied", "topics"])
        var satisfied: [String: Criteria.Share] = [:]
        if let table = required("minimumSatisfied", place, fields) {
            for (title, place) in self.fields(table, []) { satisfied[title] = share(place) }
        }
        guard let response = share(required("minimumResponse", place, fields)) else { return nil }
        let topics = list(fields["topics"]).map { place in
            let fields = self.fields(place, ["code", "name"])
            return Criteria.BallotRule.Topic(text(fields["code"]), name(fields["name"]))
        }
        return Criteria.BallotRule(response: response, satisfied: satisfied, topics: topics)
    }

    func meeting(_ place: Place?) -> Criteria.MeetingRule? {
        guard let place, place.isGiven else { return nil }
        let fields = fields(place, ["quorum", "carried"])
        let quorum = share(required("quorum", place, fields))
        let carried = share(required("carried", place, fields))
        guard let quorum, let carried else { return nil }
        return Criteria.MeetingRule(quorum: quorum, carried: carried)
    }

    func term(_ place: Place?) -> Criteria.Term? {
        guard let place, place.isGiven else { return nil }
        let fields = fields(place, ["years", "recheckMonths"])
        return Criteria.Term(
            years: whole(required("years", place, fields), or: 1),
            recheckMonths: whole(required("recheckMonths", place, fields), or: 12))
    }

    private func standard(_ place: Place) -> Criteria.Standard {
        let fields = fields(place, ["code", "name", "maximum", "floor", "titles", "indicators", "criteria"])
        let code = text(fields["code"])
        let maximum = points(fields["maximum"])
        return Criteria.Standard(
            code, name(fields["name"]), maximum: maximum ?? 0, floor: share(fields["floor"]),
            titles: texts(fields["titles"]),
            indicators: list(fields["indicators"]).map { indicator($0, groupPath: place.path) },
            criteria: list(fields["criteria"]).map { criterion($0, groupPath: place.path) })
    }

    private func criterion(_ place: Place, groupPath: String) -> Criteria.Criterion {
        let fields = fields(place, ["code", "name", "indicators"])
        return Criteria.Criterion(
            text(fields["code"]), name(fields["name"]),
            indicators: list(fields["indicators"]).map { indicator($0, groupPath: groupPath) })
    }
}
