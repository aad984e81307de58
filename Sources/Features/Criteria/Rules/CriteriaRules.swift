import Core

/// The rules of recognition (quy chế xét công nhận) as a document of their own: by which steps and until when, with
/// how many present and satisfied, by whom it is judged and decided, for how long a title holds.
///
/// They live like a criteria set: a draft, published and never changed again, superseded by the next version. A dossier
/// is frozen with the version under which it was registered. What the rules leave out stays with what the dossier's own
/// criteria set says, and else with the product's standard calendar. Basis: directive M1.2 and M3.3.
package struct CriteriaRules: Equatable, Sendable {
    /// The steps of the way in their order, for what the rules say of each in words.
    package enum Step: String, CaseIterable, Sendable {
        case registration, assessment, review, posting, ballot, check, submission, appraisal, decision, giving, recheck
    }

    /// What the rules say of one title.
    package struct Title: Equatable, Sendable {
        package var code: String
        /// Empty where the criteria set's name is enough.
        package var name: Criteria.Name
        package var deciders: [Criteria.Decider]

        package init(_ code: String, _ name: Criteria.Name = Criteria.Name(""), deciders: [Criteria.Decider] = []) {
            self.code = code
            self.name = name
            self.deciders = deciders
        }
    }

    /// Which version governs a criteria set that was read for a dossier or a day.
    package struct Reference: Hashable, Sendable {
        package let id: ID
        package let code: String
        package let version: Int

        package init(id: ID, code: String, version: Int) {
            self.id = id
            self.code = code
            self.version = version
        }
    }

    /// Names the rules in all their versions.
    package var code: String
    /// Counts from 1.
    package var version: Int
    package var status: CriteriaSet.Status
    package var label: CriteriaSet.Label
    package var name: Criteria.Name
    package var issuer: String
    package var legalBasis: [String]
    package var effectiveFrom: Day?
    package var effectiveTo: Day?
    package var subject: CriteriaSet.Subject
    package var titles: [Title]
    package var ballot: Criteria.BallotRule?
    package var meeting: Criteria.MeetingRule?
    package var term: Criteria.Term?
    package var procedure: Criteria.Procedure?
    /// What is to be done at a step, in words.
    package var steps: [Step: String]

    package init(
        code: String, version: Int = 1, status: CriteriaSet.Status = .draft, label: CriteriaSet.Label = .real,
        name: Criteria.Name, issuer: String = "", legalBasis: [String] = [], effectiveFrom: Day?,
        effectiveTo: Day? = nil, subject: CriteriaSet.Subject = .residentialArea, titles: [Title],
        ballot: Criteria.BallotRule? = nil, meeting: Criteria.MeetingRule? = nil, term: Criteria.Term? = nil,
        procedure: Criteria.Procedure? = nil, steps: [Step: String] = [:]
    ) {
        self.code = code
        self.version = version
        self.status = status
        self.label = label
        self.name = name
        self.issuer = issuer
        self.legalBasis = legalBasis
        self.effectiveFrom = effectiveFrom
        self.effectiveTo = effectiveTo
        self.subject = subject
        self.titles = titles
        self.ballot = ballot
        self.meeting = meeting
        self.term = term
        self.procedure = procedure
        self.steps = steps
    }

    /// What the rules say of a title; nil when they say nothing of it.
    package func title(_ code: String) -> Title? { titles.first { $0.code == code } }
}

extension CriteriaSet {
    /// The set as it works under these rules: what they say of the way goes before what the set says of it.
    package func governed(by rules: CriteriaRules, _ reference: CriteriaRules.Reference? = nil) -> CriteriaSet {
        var set = self
        if let ballot = rules.ballot { set.ballot = ballot }
        if let meeting = rules.meeting { set.meeting = meeting }
        if let term = rules.term { set.term = term }
        if let procedure = rules.procedure { set.procedure = procedure.over(set.procedure) }
        for (index, title) in set.titles.enumerated() {
            guard let deciders = rules.title(title.code)?.deciders, !deciders.isEmpty else { continue }
            set.titles[index].deciders = deciders
        }
        set.rules = reference
        return set
    }
}

extension Criteria.Procedure {
    /// This way, with what it leaves out taken from another.
    func over(_ other: Criteria.Procedure?) -> Criteria.Procedure {
        guard let other else { return self }
        return Criteria.Procedure(
            days: other.days.merging(days) { $1 }, posting: posting ?? other.posting, mending: mending ?? other.mending,
            titleMending: titleMending ?? other.titleMending, least: least ?? other.least,
            panelMembers: panelMembers ?? other.panelMembers)
    }
}

extension Criteria {
    /// What is wrong with rules, in the order of the file: the same checks as those of a set.
    package static func faults(in rules: CriteriaRules) -> [Fault] {
        let stand = CriteriaSet(
            code: rules.code, version: rules.version, name: rules.name, effectiveFrom: rules.effectiveFrom,
            effectiveTo: rules.effectiveTo, subject: rules.subject,
            titles: rules.titles.map { Title($0.code, Name($0.code), deciders: $0.deciders, pass: PassRule()) },
            ballot: rules.ballot, meeting: rules.meeting, term: rules.term, procedure: rules.procedure, standards: [])
        // Groups, points and pass marks are a set's affair.
        let others: Set<Fault.Key> = [.noGroups, .titleWithoutIndicator, .missingMinimum, .totalPoints]
        return faults(in: stand).filter { !others.contains($0.key) }
    }

    /// What changed from one version of the rules to another, line by line.
    package static func difference(from old: CriteriaRules, to new: CriteriaRules) -> [Change] {
        difference(from: Format.write(old), to: Format.write(new))
    }

    /// What publication of rules asks beyond rules without faults.
    ///
    /// - Parameter framed: the sets that they will be laid over, each with the frame that binds them.
    package static func publication(
        of rules: CriteriaRules, reading: Format.RulesReading, newest: (version: Int, effectiveFrom: Day)?,
        over framed: [(set: CriteriaSet, frame: CriteriaSet)] = []
    ) -> [Fault] {
        var found = reading.faults + loosenings(by: rules, over: framed, reading)
        guard let newest else { return found }
        if rules.version <= newest.version {
            found.append(
                Fault(
                    .versionNotNewer, at: "version", ["given": "\(rules.version)", "least": "\(newest.version + 1)"]))
        }
        if let day = rules.effectiveFrom, day < newest.effectiveFrom {
            found.append(
                Fault(
                    .effectiveBeforeLast, at: "effectiveFrom",
                    ["given": day.isoText, "least": newest.effectiveFrom.isoText]))
        }
        return found
    }

    /// Why a document cannot be published so: a document in force has a number and a day. What is "minh họa" may
    /// have none, and nobody is asked to invent one.
    package static func documentRefusal(
        label: CriteriaSet.Label, number: String?, day: Day?, on today: Day
    ) -> Refusal? {
        var refusals: [Refusal] = []
        let isAsked = label != .demonstration
        if number == nil, isAsked || day != nil {
            refusals.append(Refusal(.invalid, "criteria.refusal.noNumber", field: "number"))
        }
        if day == nil, isAsked || number != nil {
            refusals.append(Refusal(.invalid, "criteria.refusal.noDay", field: "day"))
        }
        if let day, day > today {
            refusals.append(Refusal(.invalid, "criteria.refusal.dayAhead", field: "day"))
        }
        return Refusal.of(refusals)
    }
}
