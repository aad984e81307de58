import Core
import Organisation
import Web

extension CriteriaSetView {
    struct Content: Sendable {
        let head: WebHead
        let notices: [WebNotice]
        let actions: [WebLink]
        let publish: WebLink?
        let people: WebNotice?
        let faultsTitle: String?
        let faults: CriteriaFaultList?
        let figures: [WebFigure]
        let cost: [String]
        let search: CriteriaSearch
        let filters: WebFilters?
        let found: String?
        let titles: Titles?
        let rules: Rules?
        let groups: [GroupCard]
        let empty: WebEmpty?
        let about: WebFacts?
        let versions: WebRows?
        let differences: [WebLink]
        let trace: WebTrace
    }

    struct Titles: Sendable {
        let cards: [TitleCard]
    }

    struct Rules: Sendable {
        let lines: [String]
    }

    struct TitleCard: Sendable {
        let name: String
        let deciders: [String]
        let rules: [String]
    }

    struct GroupCard: Sendable {
        let anchor: String
        let title: String
        let about: String
        let indicators: [CriteriaIndicatorCard]
    }

    func content(_ view: View) -> Content {
        let texts = CriteriaTexts(view)
        let format = view.language.format
        let common = texts.commonRules(of: set)
        let indicators = groups.flatMap(\.allIndicators)
        let hindering = faults.filter { !$0.isWarning }.count
        let mayPublish = record.status == .draft && view.allows(.publishCriteria, record)
        let mayEdit = record.status == .draft && view.allows(.importCriteria, record)
        var actions: [WebLink] = []
        if mayEdit { actions.append(WebLink(record.href + "/text", view("criteria.set.edit"))) }
        if let before = versions.first(where: { $0.version < record.version }) {
            actions.append(
                WebLink(
                    "\(record.href)/difference/\(before.id)",
                    view("criteria.set.difference", ["version": format.integer(before.version)])))
        }
        if let frame {
            actions.append(WebLink("\(record.href)/difference/\(frame.id)", view("criteria.set.frameDifference")))
        }
        if record.status == .published, view.signedIn?.actor.holds(.moveDossiers) ?? false {
            actions.append(WebLink(record.href + "/move", view("criteria.set.move")))
        }
        actions.append(WebLink(record.href + "/file", view("criteria.set.file")))
        return Content(
            head: head(texts, view), notices: notices(view), actions: actions,
            publish: mayPublish ? WebLink(record.href + "/publication", view("criteria.set.publish")) : nil,
            people: texts.people(Criteria.peopleWarnings(in: set), in: record),
            faultsTitle: faults.isEmpty
                ? nil
                : view(
                    hindering > 0 ? "criteria.set.hindered" : "criteria.set.warned",
                    ["count": format.integer(hindering > 0 ? hindering : faults.count)]),
            faults: faults.isEmpty ? nil : CriteriaFaultList(faults, in: set, frame: frameSet, view),
            figures: [
                WebFigure(number: format.integer(groups.count), whole: view("criteria.set.groups")),
                WebFigure(number: format.integer(indicators.count), whole: view("criteria.set.indicators")),
                WebFigure(
                    number: format.integer(indicators.filter(\.isMandatory).count),
                    whole: view("criteria.set.mandatory")),
            ]
                + (set.maximum > 0
                    ? [WebFigure(number: texts.points(set.maximum), whole: view("criteria.set.points"))] : []),
            cost: texts.cost(of: indicators),
            search: CriteriaSearch(
                record.href, view("criteria.set.q.label"), typed, view("criteria.set.verb"),
                kept: title.map { [("title", $0)] } ?? [],
                clear: isWhole ? nil : WebLink(record.href, view("criteria.set.whole"))),
            filters: filters(texts, view),
            found: isWhole ? nil : view("criteria.set.found", ["count": format.integer(indicators.count)]),
            titles: isWhole && !set.titles.isEmpty ? Titles(cards: set.titles.map { card($0, texts, view) }) : nil,
            rules: isWhole && !common.isEmpty ? Rules(lines: common) : nil,
            groups: groups.map { card($0, texts, view) },
            empty: groups.isEmpty
                ? WebEmpty(
                    title: view("criteria.set.none.title"), text: view("criteria.set.none.text"),
                    example: WebLink(record.href, view("criteria.set.whole")))
                : nil,
            about: isWhole ? about(view) : nil, versions: isWhole ? rows(texts, view) : nil,
            differences: differences(view),
            trace: trace(view))
    }

    private func head(_ texts: CriteriaTexts, _ view: View) -> WebHead {
        var lead = [
            record.code, view("criteria.set.version", ["version": view.language.format.integer(record.version)]),
            view("criteria.set.from", ["day": view.day(record.effectiveFrom)]),
        ]
        if let last = record.effectiveTo { lead.append(view("criteria.set.to", ["day": view.day(last)])) }
        if record.label != .real { lead.append(view("criteria.label.\(record.label.rawValue)")) }
        return WebHead(
            title: record.name(in: view.language), lead: lead.joined(separator: " · "),
            crumbs: [WebCrumb(view("criteria.list.title"), "/criteria")], status: texts.status(record.status))
    }

    private func notices(_ view: View) -> [WebNotice] {
        var notices: [WebNotice] = []
        switch record.label {
        case .real: break
        case .demonstration, .namesOnly:
            notices.append(WebNotice(.plain, text: view("criteria.notice.\(record.label.rawValue)")))
        }
        switch record.status {
        case .draft: notices.append(WebNotice(.wait, text: view("criteria.notice.draft")))
        case .superseded:
            if let successor {
                notices.append(
                    WebNotice(
                        .plain,
                        text: view(
                            successor.effectiveFrom > view.today
                                ? "criteria.notice.toBeReplaced" : "criteria.notice.superseded",
                            ["day": view.day(successor.effectiveFrom)]),
                        action: WebLink(
                            successor.href,
                            view(
                                "criteria.notice.successor",
                                ["version": view.language.format.integer(successor.version)]))))
            }
        case .published:
            if let last = record.effectiveTo, last < view.today {
                notices.append(WebNotice(.plain, text: view("criteria.notice.past", ["day": view.day(last)])))
            }
            if record.effectiveFrom > view.today {
                notices.append(
                    WebNotice(.wait, text: view("criteria.notice.notYet", ["day": view.day(record.effectiveFrom)])))
            }
        }
        return notices
    }

    private func filters(_ texts: CriteriaTexts, _ view: View) -> WebFilters? {
        guard set.titles.count > 1 else { return nil }
        func link(_ code: String?) -> String { criteriaAddress(record.href, [("q", typed), ("title", code)]) }
        return WebFilters(
            label: view("criteria.set.filters"),
            links: [WebFilter(link(nil), view("criteria.set.allTitles"), current: title == nil)]
                + set.titles.map { WebFilter(link($0.code), texts.name($0.name), current: title == $0.code) })
    }

    private func card(_ title: Criteria.Title, _ texts: CriteriaTexts, _ view: View) -> TitleCard {
        TitleCard(
            name: texts.name(title.name),
            deciders: (governed?.title(title.code) ?? title).deciders.map { decider in
                decider.body.isEmpty
                    ? texts.level(decider.level)
                    : view("criteria.set.decider", ["level": texts.level(decider.level), "body": decider.body])
            }
                + (governed?.title(title.code)?.deciders == title.deciders
                    ? []
                    : governed?.rules.map { [view("criteria.set.deciderRules", ["rules": "\($0.code) \($0.version)"])] }
                        ?? []),
            rules: texts.rules(of: title, in: set))
    }

    private func card(_ group: Criteria.Standard, _ texts: CriteriaTexts, _ view: View) -> GroupCard {
        let indicators = group.allIndicators
        var about = [view("criteria.set.count", ["count": view.language.format.integer(indicators.count)])]
        if group.maximum > 0 {
            about.insert(view("criteria.set.most", ["points": texts.pointsWord(group.maximum)]), at: 0)
        }
        var cards = group.indicators.map { CriteriaIndicatorCard($0, group, self, above: nil, texts, view) }
        for criterion in group.criteria {
            for (index, indicator) in criterion.indicators.enumerated() {
                let above = index == 0 ? criterion.code + ". " + texts.name(criterion.name) : nil
                cards.append(CriteriaIndicatorCard(indicator, group, self, above: above, texts, view))
            }
        }
        return GroupCard(
            anchor: "g-" + criteriaEscaped(group.code), title: group.code + ". " + texts.name(group.name),
            about: about.joined(separator: " · "), indicators: cards)
    }

    private func about(_ view: View) -> WebFacts {
        var facts = [WebFact(view("criteria.about.subject"), view("criteria.subject.\(set.subject.rawValue)"))]
        if !owner.isEmpty {
            facts.append(WebFact(view("criteria.about.owner"), Array(owner.prefix(2)).line { view($0, $1) }))
        }
        if !set.issuer.isEmpty { facts.append(WebFact(view("criteria.about.issuer"), set.issuer)) }
        if let number = record.documentNumber, let day = record.documentDay {
            facts.append(
                WebFact(
                    view("criteria.rules.document"),
                    view("criteria.rules.documentOf", ["number": number, "day": view.day(day)])))
        }
        facts += set.legalBasis.enumerated().map { index, basis in
            WebFact(view("criteria.about.basis", ["number": view.language.format.integer(index + 1)]), basis)
        }
        if let wanted = set.frame {
            facts.append(
                WebFact(
                    view("criteria.about.frame"),
                    view(
                        "criteria.about.frameOf",
                        [
                            "code": wanted.code, "version": view.language.format.integer(wanted.version),
                        ]), href: frame?.href))
        }
        if let at = record.publishedAt {
            let day = view.language.format.moment(at)
            facts.append(
                WebFact(
                    view("criteria.about.published"),
                    publisher.map { view("criteria.about.publishedBy", ["day": day, "name": $0]) } ?? day))
        } else {
            facts.append(WebFact(view("criteria.about.created"), view.language.format.moment(record.createdAt)))
        }
        facts.append(WebFact(view("criteria.about.digest"), String(record.digestText.prefix(16))))
        return WebFacts(facts: facts)
    }

    private func rows(_ texts: CriteriaTexts, _ view: View) -> WebRows? {
        guard !versions.isEmpty else { return nil }
        return WebRows(
            rows: versions.map { other in
                WebLine(
                    title: view("criteria.set.versionLine", ["version": view.language.format.integer(other.version)]),
                    href: other.href, text: view("criteria.set.from", ["day": view.day(other.effectiveFrom)]),
                    status: texts.status(other.status))
            })
    }

    /// To every other version, beside the button for the one before.
    private func differences(_ view: View) -> [WebLink] {
        versions.map {
            WebLink(
                "\(record.href)/difference/\($0.id)",
                view("criteria.set.difference", ["version": view.language.format.integer($0.version)]))
        }
    }

    private func trace(_ view: View) -> WebTrace {
        WebTrace(
            isDemo: view.isDemonstration, printed: view.language.format.moment(view.now),
            record: "\(record.code) \(record.version)", revision: String(record.digestText.prefix(8)),
            valid: view("criteria.trace.\(record.status == .draft ? "draft" : "published")"))
    }
}
