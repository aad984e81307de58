import Core
import Documents
import Organisation
import Web

/// What areas' work cost in a month.
struct HomeBurdenOutput: Output {
    struct Month: Encodable, Sendable {
        let month: HomeMonth
        /// The middle area's; of one area its own.
        let values: Int
        let pictures: Int
        let forms: Int
        let minutes: Int
        let unmeasured: Int
        /// Areas that had any work.
        let areas: Int

        init(month: HomeMonth, of all: [HomeBurden]) {
            self.month = month
            values = HomeBurden.median(all, \.values) ?? 0
            pictures = HomeBurden.median(all, \.pictures) ?? 0
            forms = HomeBurden.median(all, \.forms) ?? 0
            minutes = HomeBurden.median(all, \.minutes) ?? 0
            unmeasured = all.map(\.unmeasured).reduce(0, +)
            areas = all.count { !$0.isNone }
        }
    }

    struct Area: Encodable, Sendable {
        let area: TerritoryTitle
        let burden: HomeBurden
    }

    struct Commune: Encodable, Sendable {
        let commune: TerritoryTitle
        let areas: Int
        let working: Int
        /// The middle area's; nil where none had any work.
        let values: Int?
        let pictures: Int?
        let minutes: Int?

        init(commune: TerritoryTitle, areas: Int, of all: [HomeBurden]) {
            self.commune = commune
            self.areas = areas
            working = all.count { !$0.isNone }
            values = HomeBurden.median(all, \.values)
            pictures = HomeBurden.median(all, \.pictures)
            minutes = HomeBurden.median(all, \.minutes)
        }
    }

    let unit: TerritoryTitle
    /// The units above it, nearest first.
    let above: [TerritoryTitle]
    let month: HomeMonth
    let current: HomeMonth
    /// The oldest first; empty above the commune.
    let months: [Month]
    /// Of a commune, in the official order and never in that of the figures.
    let areas: [Area]
    /// Of a province, in the official order.
    let communes: [Commune]
    /// Of the country, in the official order: each has its own page.
    var provinces: [TerritoryTitle] = []

    static var sample: HomeBurdenOutput {
        let burden = HomeBurden(values: 4, pictures: 2, forms: 9, unmeasured: 1, seconds: 1_260)
        return HomeBurdenOutput(
            unit: .sampleCommune, above: [.sampleCommune], month: HomeMonth(of: .first), current: HomeMonth(of: .last),
            months: [Month(month: HomeMonth(of: .first), of: [burden])],
            areas: [Area(area: .sampleArea, burden: burden)],
            communes: [Commune(commune: .sampleCommune, areas: 26, of: [burden])], provinces: [.sampleCommune])
    }

    struct Content: Sendable {
        let head: WebHead
        let pager: WebPager?
        let figures: [WebFigure]
        /// The heading over the units below.
        let below: String
        let table: WebTable?
        let months: WebTable?
        let none: WebNotice?
        let provinces: WebRows?
        let unmeasured: String?
        let how: String
        let trace: WebTrace
    }

    private var isArea: Bool { unit.kind == .area }

    func page(_ view: View) -> Page {
        let texts = HomeTexts(view: view)
        let title = view("home.burden.of", ["unit": texts.named(unit), "month": monthText(month, view)])
        let here = months.last
        let isNone = (here?.areas ?? communes.map(\.working).reduce(0, +)) == 0
        let unmeasured = here?.unmeasured ?? 0
        return Page(
            "home-burden", title: title,
            Content(
                head: WebHead(title: title, lead: view("home.burden.lead.\(isArea ? "own" : "others")")),
                pager: WebPager.ifNeeded(
                    previous: address(month.previous), next: month < current ? address(month.next) : nil,
                    said: monthText(month, view)
                )?.named(previous: view("home.burden.earlier"), next: view("home.burden.later")),
                figures: here.map { figures($0, texts) } ?? [],
                below: view(areas.isEmpty ? "home.burden.communes" : "home.burden.areas"), table: table(texts),
                months: monthTable(texts),
                none: isNone && provinces.isEmpty ? WebNotice(.plain, text: view("home.burden.none")) : nil,
                provinces: provinces.isEmpty
                    ? nil
                    : WebRows(
                        rows: provinces.map {
                            WebLine(title: texts.headed($0), href: "/burden?under=\($0.id)&month=\(month.text)")
                        }),
                unmeasured: unmeasured == 0
                    ? nil : view("home.burden.unmeasured", ["count": texts.format.integer(unmeasured)]),
                how: view("home.burden.how"), trace: trace(title, view)))
    }

    /// The foot of a print, with a code that opens the month's page.
    private func trace(_ title: String, _ view: View) -> WebTrace {
        let code = try? QRCode(view.absolute(address(month)))
        return WebTrace(
            isDemo: view.isDemonstration, printed: view.language.format.moment(view.now), record: title,
            revision: "1", valid: view("home.burden.printValid"), qrPath: code?.squares, qrSize: code?.wholeSide)
    }

    private func monthText(_ month: HomeMonth, _ view: View) -> String { view.language.format.month(month.first) }

    private func address(_ month: HomeMonth) -> String { "/burden?under=\(unit.id)&month=\(month.text)" }

    private func figures(_ month: Month, _ texts: HomeTexts) -> [WebFigure] {
        let whole = isArea ? "own" : "median"
        func figure(_ number: Int, _ key: String) -> WebFigure {
            WebFigure(number: texts.format.integer(number), whole: texts.view("home.burden.\(key).\(whole)"))
        }
        return [figure(month.values, "values"), figure(month.pictures, "pictures"), figure(month.minutes, "minutes")]
    }

    /// A dash where things were sent and none of it was measured: that is not nothing.
    private func minutes(_ burden: HomeBurden, _ texts: HomeTexts) -> String {
        burden.forms > 0 && burden.unmeasured == burden.forms ? "—" : texts.format.integer(burden.minutes)
    }

    private func column(_ key: String, _ view: View) -> WebColumn {
        WebColumn(view("home.burden.column.\(key)"), isNumber: true)
    }

    private func table(_ texts: HomeTexts) -> WebTable? {
        let view = texts.view
        func number(_ count: Int?) -> WebCell { .number(count.map { texts.format.integer($0) } ?? "—") }
        if !areas.isEmpty {
            return WebTable(
                caption: view("home.burden.caption"),
                columns: [WebColumn(view("home.burden.column.area"))]
                    + ["values", "pictures", "forms", "minutes"].map { column($0, view) },
                rows: areas.map { line in
                    WebRow([
                        .head(texts.headed(line.area), href: "/burden?under=\(line.area.id)&month=\(month.text)"),
                        number(line.burden.values), number(line.burden.pictures), number(line.burden.forms),
                        .number(minutes(line.burden, texts)),
                    ])
                })
        }
        guard !communes.isEmpty else { return nil }
        return WebTable(
            caption: view("home.burden.communesCaption"),
            columns: [WebColumn(view("home.burden.column.commune"))]
                + ["areas", "working", "medianValues", "medianPictures", "medianMinutes"].map { column($0, view) },
            rows: communes.map { line in
                WebRow([
                    .head(texts.headed(line.commune), href: "/burden?under=\(line.commune.id)&month=\(month.text)"),
                    number(line.areas), number(line.working), number(line.values), number(line.pictures),
                    number(line.minutes),
                ])
            })
    }

    private func monthTable(_ texts: HomeTexts) -> WebTable? {
        let view = texts.view
        guard !months.isEmpty else { return nil }
        func number(_ count: Int) -> WebCell { .number(texts.format.integer(count)) }
        let keys =
            isArea
            ? ["values", "pictures", "forms", "minutes"]
            : ["working", "medianValues", "medianPictures", "medianMinutes"]
        return WebTable(
            caption: view("home.burden.monthsCaption"),
            columns: [WebColumn(view("home.burden.column.month"))] + keys.map { column($0, view) },
            rows: months.map { line in
                WebRow(
                    [.head(monthText(line.month, view), href: address(line.month))]
                        + (isArea
                            ? [number(line.values), number(line.pictures), number(line.forms), number(line.minutes)]
                            : [number(line.areas), number(line.values), number(line.pictures), number(line.minutes)]))
            })
    }
}

extension HomeTexts {
    /// "12 phút, khu dân cư ở giữa", opening the page of it.
    func burden(_ home: HomeOutput) -> HomeOverviewContent.Figures? {
        guard let mark = home.commune?.burden ?? home.province?.burden,
            let unit = home.commune?.territory.id ?? home.province?.territory.id
        else { return nil }
        let key = mark.minutes == nil ? "none" : mark.isWhole ? "whole" : "part"
        return HomeOverviewContent.Figures(
            title: view("home.burden.tile.title", ["month": view.language.format.month(mark.month.first)]),
            text: view("home.burden.tile.\(key)", ["count": format.integer(mark.working)]),
            figures: [
                WebFigure(
                    number: format.integer(mark.minutes ?? 0), whole: view("home.burden.minutes.median"),
                    href: "/burden?under=\(unit)")
            ])
    }
}
