import Core
import Database
import Web

/// One indicator of a set: what is asked, of whom, how it is scored and how it is proved.
struct CriteriaIndicatorOutput: Output {
    struct Demand: Encodable, Sendable {
        let title: String
        let level: Criteria.Level?
        let areaClass: String?
        let region: String?
        /// Nil when this case asks for nothing.
        let value: String?
    }

    let record: CriteriaRecordAnswer
    let group: String
    let indicator: CriteriaIndicatorAnswer
    /// Every case that the thresholds tell apart, with what applies to it.
    let demands: [Demand]
    /// Areas that met it under this very set, the newest first; three at most.
    let examples: [CriteriaExampleAnswer]
    /// How others did it, those alive first.
    let practices: [CriteriaPractice]
    /// Organisations that took it on, in the places this person sees.
    let taken: [CriteriaTakenAnswer]
    private let behind: CriteriaBehind<Shown>

    private enum CodingKeys: CodingKey { case record, group, indicator, demands, examples, practices, taken }

    struct Shown: Sendable {
        let record: StoredCriteriaSet
        let set: CriteriaSet
        let group: Criteria.Standard
        let indicator: Criteria.Indicator
        let examples: [CriteriaExample]
        let practices: [CriteriaPractice]
        let taken: [TakenCriterion]
        /// By line: where an organisation took it on in some areas alone.
        var spread: [ID: Criteria.TakenOn.Reach] = [:]
    }

    static var sample: CriteriaIndicatorOutput {
        let set = CriteriaSet.sample
        return CriteriaIndicatorOutput(
            Shown(
                record: .sample, set: set, group: set.standards[0], indicator: set.standards[0].allIndicators[0],
                examples: [.sample], practices: [.sample], taken: [.sample]))
    }

    private init(_ shown: Shown) {
        record = CriteriaRecordAnswer(shown.record)
        group = shown.group.code
        indicator = CriteriaIndicatorAnswer(shown.indicator)
        demands = shown.indicator.aims(in: shown.set, within: shown.group.titles).map { aim in
            Demand(
                title: aim.title, level: aim.level, areaClass: aim.areaClass, region: aim.region,
                value: shown.indicator.bound(for: aim).map { Criteria.Format.text($0) })
        }
        examples = shown.examples.map(CriteriaExampleAnswer.init)
        taken = shown.taken.map { CriteriaTakenAnswer($0, shown.indicator.name, reach: shown.spread[$0.id]) }
        practices = shown.practices
        behind = CriteriaBehind(shown)
    }

    static func of(_ call: Call<Actor>, _ examples: CriteriaExamples) throws -> CriteriaIndicatorOutput {
        let record = try CriteriaStore.stored(call.id("id"), seenBy: call.sight, call.reader)
        let set = try CriteriaStore.set(record.id, call.reader)
        let code = try call.parameter("code")
        for group in set.standards {
            guard let indicator = group.allIndicators.first(where: { $0.code == code }) else { continue }
            let ask = CriteriaExamples.Ask(id: record.id, set: set, indicator: indicator, today: call.today)
            let isDraft = record.status == .draft
            let taken = try CriteriaTakenStore.taken(
                code: code, of: record.id, seenBy: call.sight, on: call.today, call.reader)
            return CriteriaIndicatorOutput(
                Shown(
                    record: record, set: set, group: group, indicator: indicator,
                    examples: isDraft
                        ? [] : Array(try examples.find(ask, call.reader).prefix(CriteriaExamples.most)),
                    practices: isDraft
                        ? []
                        : Array(try examples.practices(ask, call.reader).prefix(CriteriaExamples.mostPractices)),
                    taken: taken,
                    spread: try CriteriaTakenStore.spread(of: taken, on: call.today, call.reader)))
        }
        throw NotFound()
    }

    struct Content: Sendable {
        let head: WebHead
        let warnings: [WebNotice]
        let demands: WebFacts
        let kind: String
        let scoring: [String]
        let guidance: String?
        let example: String?
        let examples: WebRows?
        let examplesNote: String
        let practices: WebRows?
        let noPractices: String?
        let practiceLinks: [WebLink]
        let evidence: WebRows?
        let evidenceNote: String
        let facts: WebFacts
        let bodies: WebRows?
        let pager: WebPager?
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let shown = behind.value
        let texts = CriteriaTexts(view)
        let indicator = shown.indicator
        let name = texts.name(indicator.name)
        func given(_ text: String) -> String? { text.isEmpty ? nil : text }
        return Page(
            "criteria-indicator", title: name,
            Content(
                head: head(name, texts, view),
                warnings: texts.warnings(about: indicator).map {
                    WebNotice(.ask, bold: view("criteria.people.one"), text: $0)
                }, demands: demandFacts(texts, view), kind: texts.kind(indicator),
                scoring: texts.scoring(indicator), guidance: given(indicator.guidance),
                example: given(indicator.example),
                examples: shown.examples.isEmpty
                    ? nil : WebRows(rows: shown.examples.map { $0.line(of: indicator, texts, view) }),
                examplesNote: view("criteria.example.\(shown.examples.isEmpty ? "none" : "note")"),
                practices: shown.practices.isEmpty ? nil : WebRows(rows: shown.practices.map { $0.line(view) }),
                noPractices: shown.practices.isEmpty ? view("criteria.practice.none") : nil,
                practiceLinks: practiceLinks(view),
                evidence: indicator.evidence.isEmpty
                    ? nil
                    : WebRows(
                        rows: indicator.evidence.map {
                            WebLine(title: $0.name, text: view("criteria.evidence.\($0.form.rawValue)"))
                        }),
                evidenceNote: view(indicator.evidence.isEmpty ? "criteria.text.noEvidence" : "criteria.text.photo"),
                facts: facts(texts, view),
                bodies: taken.isEmpty
                    ? nil : WebRows(rows: taken.map { $0.line(view, showsPlace: true, showsBody: true) }),
                pager: pager(view),
                trace: WebTrace(
                    isDemo: view.isDemonstration, printed: view.language.format.moment(view.now),
                    record: "\(shown.record.code) \(shown.record.version), \(indicator.code)",
                    revision: String(shown.record.digestText.prefix(8)),
                    valid: view(
                        "criteria.trace.\(shown.record.status == .draft ? "draft" : "published")"))))
    }

    /// To all practices of the indicator, and to telling one.
    private func practiceLinks(_ view: View) -> [WebLink] {
        let shown = behind.value
        guard shown.record.status != .draft else { return [] }
        let key = criteriaEscaped("\(shown.record.code)/\(shown.indicator.code)")
        var links = [WebLink("/practices?criterion=\(key)", view("criteria.practice.all"))]
        if view.signedIn?.actor.holds(.sharePractice) == true {
            links.append(WebLink("/practices/new?criterion=\(key)", view("criteria.practice.tell")))
        }
        return links
    }

    private func head(_ name: String, _ texts: CriteriaTexts, _ view: View) -> WebHead {
        let shown = behind.value
        var lead = [view("criteria.indicator.code", ["code": shown.indicator.code])]
        if shown.indicator.points > 0 { lead.append(texts.pointsWord(shown.indicator.points)) }
        if let minutes = texts.minutes(shown.indicator.minutes) { lead.append(minutes) }
        return WebHead(
            title: name, lead: lead.joined(separator: " · "),
            crumbs: [
                WebCrumb(view("criteria.list.title"), "/criteria"),
                WebCrumb(shown.record.name(in: view.language), shown.record.href),
                WebCrumb(
                    shown.group.code + ". " + texts.name(shown.group.name),
                    shown.record.href + "#g-" + criteriaEscaped(shown.group.code)),
            ], status: shown.indicator.isMandatory ? WebStatus(.waiting, view("criteria.text.mandatory")) : nil)
    }

    private func demandFacts(_ texts: CriteriaTexts, _ view: View) -> WebFacts {
        let shown = behind.value
        return WebFacts(
            facts: texts.demands(of: shown.indicator, in: shown.set, within: shown.group.titles).map {
                WebFact($0.label ?? view("criteria.text.allTitles"), $0.demand)
            })
    }

    private func facts(_ texts: CriteriaTexts, _ view: View) -> WebFacts {
        let indicator = behind.value.indicator
        var facts: [WebFact] = []
        func add(_ key: String, _ value: String?) {
            if let value, !value.isEmpty { facts.append(WebFact(view("criteria.fact.\(key)"), value)) }
        }
        add("supplier", texts.supplier(indicator.supplier))
        add("verifier", indicator.verifier)
        add("answerable", indicator.answerable.isEmpty ? view("criteria.text.unowned") : indicator.answerable)
        add("exception", indicator.notApplicableIf)
        add("basisName", indicator.basis)
        add("minutes", texts.minutes(indicator.minutes))
        return WebFacts(facts: facts)
    }

    /// To the neighbours in the set.
    private func pager(_ view: View) -> WebPager? {
        let shown = behind.value
        let all = shown.set.indicators
        guard let index = all.firstIndex(where: { $0.code == shown.indicator.code }) else { return nil }
        func link(_ index: Int) -> String? {
            all.indices.contains(index)
                ? "\(shown.record.href)/indicators/\(criteriaEscaped(all[index].code))" : nil
        }
        return WebPager.ifNeeded(
            previous: link(index - 1), next: link(index + 1),
            said: view(
                "criteria.indicator.place",
                ["number": view.language.format.integer(index + 1), "count": view.language.format.integer(all.count)]))
    }
}
