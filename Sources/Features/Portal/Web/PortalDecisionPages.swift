import Core
import Organisation
import Web

/// Issued decisions, the latest first.
struct PortalDecisionsOutput: Output {
    let decisions: [PortalDecisionLine]
    /// The decision after which the next page begins.
    let next: ID?
    /// This is not the first page.
    let isFurther: Bool

    struct Content: Sendable {
        let head: WebHead
        let rows: WebRows?
        let empty: WebEmpty?
        let pager: WebPager?
    }

    func page(_ view: View) -> Page {
        let texts = PortalTexts(view: view)
        let title = view("portal.decisions.title")
        return Page(
            "portal-decisions", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("portal.decisions.lead"), crumbs: [texts.crumb, WebCrumb(title)]),
                rows: decisions.isEmpty ? nil : texts.decisions(decisions),
                empty: decisions.isEmpty
                    ? WebEmpty(title: view("portal.decisions.none"), text: view("portal.decisions.noneText")) : nil,
                pager: WebPager.ifNeeded(
                    previous: isFurther ? "/portal/decisions" : nil,
                    next: next.map { "/portal/decisions?after=\($0)" })))
    }
}

/// One issued decision: number, day, the signer's office, the areas it recognises.
struct PortalDecisionOutput: Output {
    struct Line: Encodable, Sendable {
        let area: TerritoryTitle
        let isInvented: Bool
        let commune: TerritoryTitle?
        /// The last day of the title; nil where no term is set.
        let until: Day?
        /// Ended before its time.
        let endedOn: Day?
    }

    let decision: PortalDecisionLine
    let signerOffice: String?
    let areas: [Line]

    struct Content: Sendable {
        let head: WebHead
        let facts: WebFacts
        let listTitle: String
        let table: WebTable?
        let none: String?
        let note: String
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let texts = PortalTexts(view: view)
        let title = view("portal.decision.title", ["number": decision.number])
        return Page(
            "portal-decision", title: title,
            Content(
                head: WebHead(
                    title: title,
                    lead: view(
                        "portal.titleAndLevel",
                        [
                            "title": texts.title(decision.title, decision.name), "level": texts.level(decision.level),
                        ]),
                    crumbs: [texts.crumb, WebCrumb(view("portal.decisions.title"), "/portal/decisions")]),
                facts: facts(texts),
                listTitle: texts.counted(
                    decision.isWithdrawal ? "portal.decision.withdrawn" : "portal.decision.list", areas.count),
                table: areas.isEmpty ? nil : table(texts), none: areas.isEmpty ? view("portal.decision.none") : nil,
                note: view("portal.decision.note"),
                trace: texts.trace(decision.number, opens: "/portal/decisions/\(decision.id)")))
    }

    private func facts(_ texts: PortalTexts) -> WebFacts {
        let view = texts.view
        var facts = [
            WebFact(view("portal.decision.number"), decision.number),
            WebFact(view("portal.decision.day"), view.day(decision.day)),
            WebFact(view("portal.decision.body"), decision.body),
        ]
        // The office signs; whose name it was stands on the paper.
        if let signerOffice { facts.append(WebFact(view("portal.decision.signer"), signerOffice)) }
        facts.append(WebFact(view("portal.decision.year"), "\(decision.year)"))
        return WebFacts(facts: facts)
    }

    private func table(_ texts: PortalTexts) -> WebTable {
        let view = texts.view
        return WebTable(
            columns: [
                WebColumn(view("portal.decision.order"), isNumber: true), WebColumn(view("portal.areas.area")),
                WebColumn(view("portal.areas.commune")), WebColumn(view("portal.areas.until")),
            ],
            rows: areas.enumerated().map { index, line in
                WebRow([
                    .number(texts.format.integer(index + 1)),
                    .head(texts.headed(line.area, isInvented: line.isInvented), href: texts.areaHref(line.area.id)),
                    .text(line.commune.map { texts.headed($0) } ?? "—"),
                    .text(
                        (line.endedOn ?? line.until).map { view.day($0) } ?? view("portal.areas.noEnd"),
                        also: line.endedOn == nil ? nil : view("portal.decision.ended")),
                ])
            })
    }
}

/// What this page is, what it shows and what it never shows.
struct PortalAboutOutput: Output {
    let asOf: Day

    struct Part: Sendable {
        let title: String
        let lines: [String]
    }

    struct Content: Sendable {
        let head: WebHead
        let parts: [Part]
    }

    func page(_ view: View) -> Page {
        let texts = PortalTexts(view: view)
        let title = view("portal.about.title")
        let parts = [("what", 2), ("shown", 4), ("never", 5), ("visit", 3), ("data", 2), ("wrong", 2)]
        return Page(
            "portal-about", title: title,
            Content(
                head: WebHead(title: title, lead: view("portal.about.lead"), crumbs: [texts.crumb, WebCrumb(title)]),
                parts: parts.map { name, count in
                    Part(
                        title: view("portal.about.\(name).title"),
                        lines: (1...count).map { view("portal.about.\(name).line\($0)") })
                }))
    }
}
