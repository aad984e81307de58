import Core
import Organisation
import Web

/// What this is, how many areas hold which title, where, and the latest decisions.
struct PortalHomeOutput: Output {
    let territory: TerritoryTitle?
    let areas: Int
    let titles: [PortalTitleCount]
    let communes: [PortalCommune]
    let decisions: [PortalDecisionLine]
    /// What hangs on the board for comments today.
    let postings: [PortalPosting]
    let asOf: Day
    /// What is aimed at this year, with what came of it by now; empty where nothing was set.
    var targets: [PortalTargetCount] = []
    /// Whose they are.
    var unit: TerritoryTitle? = nil

    struct Step: Sendable {
        let name: String
        let text: String
    }

    struct Content: Sendable {
        let head: WebHead
        let figuresTitle: String
        let figuresText: String
        let figures: [WebFigure]
        let empty: WebEmpty?
        let targetsTitle: String
        let targets: WebTable?
        let table: WebTable?
        let postings: WebRows?
        let decisionsTitle: String
        let decisions: WebRows?
        let allDecisions: WebLink
        let steps: [Step]
        let links: WebRows
    }

    func page(_ view: View) -> Page {
        let texts = PortalTexts(view: view)
        let name = view("portal.name")
        return Page(
            "portal-home", title: name,
            Content(
                head: WebHead(title: view("portal.home.title"), lead: view("portal.home.lead")),
                figuresTitle: view("portal.home.figures"),
                figuresText: view("portal.home.asOf", ["day": view.day(asOf)]), figures: figures(texts),
                empty: titles.isEmpty ? empty(view) : nil,
                targetsTitle: view(
                    "portal.home.targets",
                    ["year": "\(asOf.year)", "unit": unit.map { unit in unit.named { view($0, $1) } } ?? ""]),
                targets: targets.isEmpty ? nil : targetTable(texts), table: communes.isEmpty ? nil : table(texts),
                postings: postings.isEmpty ? nil : texts.postings(postings),
                decisionsTitle: view("portal.home.decisions"),
                decisions: decisions.isEmpty ? nil : texts.decisions(decisions),
                allDecisions: WebLink("/portal/decisions", view("portal.home.allDecisions")),
                steps: ["register", "assess", "review", "check", "decide"].map {
                    Step(name: view("portal.step.\($0).name"), text: view("portal.step.\($0).text"))
                }, links: links(view)))
    }

    /// The titles that occur, the one with fewer holders (the higher) first.
    var codes: [String] {
        let sums = Dictionary(titles.map { ($0.title, $0.count) }, uniquingKeysWith: +)
        return sums.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key).sorted { first, _ in first == "model"
        }
    }

    /// "32 khu dân cư kiểu mẫu trong 80: 12 cấp tỉnh, 20 cấp huyện".
    private func figures(_ texts: PortalTexts) -> [WebFigure] {
        var figures = codes.map { code -> WebFigure in
            let of = titles.filter { $0.title == code }
            let sum = of.map(\.count).reduce(0, +)
            let levels = of.map { "\(texts.format.integer($0.count)) \(texts.level($0.level))" }.joined(separator: ", ")
            return WebFigure(
                number: texts.format.integer(sum),
                whole: texts.view(
                    "portal.home.held",
                    [
                        "title": texts.title(code, of.first?.name), "areas": texts.format.integer(areas),
                        "levels": levels,
                    ]), href: "/portal/areas?title=\(code)")
        }
        if !titles.isEmpty {
            figures.append(
                WebFigure(
                    number: texts.format.integer(max(0, areas - titles.map(\.count).reduce(0, +))),
                    whole: texts.view("portal.home.heldNone", ["areas": texts.format.integer(areas)]),
                    href: "/portal/areas?title=\(PortalFilter.noTitle)"))
        }
        return figures
    }

    private func targetTable(_ texts: PortalTexts) -> WebTable {
        WebTable(
            caption: texts.view("portal.home.targetsCaption", ["day": texts.view.day(asOf)]),
            columns: [WebColumn(texts.view("portal.home.titleColumn"))]
                + ["target", "met"].map { WebColumn(texts.view("portal.home.\($0)"), isNumber: true) },
            rows: targets.map { line in
                WebRow([
                    .head(texts.title(line.title, titles.first { $0.title == line.title }?.name)),
                    .number(texts.format.integer(line.target)), .number(texts.format.integer(line.met)),
                ])
            })
    }

    private func empty(_ view: View) -> WebEmpty {
        WebEmpty(
            title: view("portal.home.emptyTitle"), text: view("portal.home.emptyText"),
            example: WebLink("/portal/criteria", view("portal.home.lookCriteria")))
    }

    private func table(_ texts: PortalTexts) -> WebTable {
        let codes = codes
        func cells(_ href: String, _ areas: Int, _ count: (String) -> Int) -> [WebCell] {
            [.number(texts.format.integer(areas))]
                + codes.map { code in
                    .number(
                        texts.format.integer(count(code)), href: count(code) > 0 ? "\(href)title=\(code)" : nil)
                }
        }
        return WebTable(
            caption: texts.view("portal.home.caption"),
            columns: [
                WebColumn(texts.view("portal.home.commune")),
                WebColumn(texts.view("portal.home.areas"), isNumber: true),
            ]
                + codes.map { code in
                    WebColumn(texts.title(code, titles.first { $0.title == code }?.name), isNumber: true)
                },
            rows: communes.map { commune in
                let href = "/portal/areas?commune=\(commune.commune.id)"
                return WebRow(
                    [.head(texts.headed(commune.commune), href: href)]
                        + cells("\(href)&", commune.areas, commune.count))
            },
            foot: WebRow(
                [.head(texts.view("portal.home.sum"))]
                    + cells("/portal/areas?", areas) { code in
                        titles.filter { $0.title == code }.map(\.count).reduce(0, +)
                    }))
    }

    private func links(_ view: View) -> WebRows {
        WebRows(
            rows: ["areas", "criteria", "decisions", "about"].map { name in
                WebLine(
                    title: view("portal.ways.\(name)"), href: "/portal/\(name)", text: view("portal.ways.\(name)Text"))
            })
    }
}
