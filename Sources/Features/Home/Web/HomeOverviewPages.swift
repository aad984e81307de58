import Core
import Criteria
import Goals
import Organisation
import Web

/// The home of a commune's officers and of the level above: duties left, who is late right, figures, then areas by
/// groups or communes side by side.
struct HomeOverviewContent: Sendable {
    struct Late: Sendable {
        let title: String
        let rows: WebRows?
        let none: String?
        /// Text to paste into a message to those who are late; nil when nobody is.
        let reminder: Reminder?
    }

    struct Reminder: Sendable {
        let lines: [String]
    }

    struct Figures: Sendable {
        let title: String
        let text: String
        /// The rows behind what the text counts.
        var links: [WebLink] = []
        let figures: [WebFigure]
    }

    struct Heat: Sendable {
        let title: String
        let key: WebKey
        let heat: WebHeat?
        let lines: WebAreaLines
        /// Dossiers of another version of the criteria, which the table cannot hold.
        let others: HomeNewsContent?
    }

    struct Communes: Sendable {
        let title: String
        let charts: [HomeChartContent]
        let key: WebKey?
        let table: WebTable
    }

    let dutiesTitle: String
    let duties: [WebDuty]
    let noDuties: String?
    let taken: WebRows?
    let late: Late
    let figures: Figures
    /// What areas and communes hold, for the levels above the commune.
    let titles: Figures?
    /// What paperwork cost the middle area this month.
    let burden: Figures?
    let heat: Heat?
    /// Nothing registered yet: what will stand here.
    let noHeat: WebEmpty?
    let communes: Communes?
    let news: HomeNewsContent?
}

extension HomeTexts {
    func overview(_ home: HomeOutput) -> HomeOverviewContent {
        HomeOverviewContent(
            dutiesTitle: view("home.overview.duties"), duties: duties(home.duties),
            noDuties: home.duties.isEmpty ? view("home.count.none") : nil, taken: taken(home),
            late: late(home), figures: figures(home),
            titles: home.province.flatMap(titles), burden: burden(home),
            heat: home.commune.flatMap(heat), noHeat: home.commune.flatMap(noHeat),
            communes: home.province.map(communes), news: news(home.news))
    }

    // Who is late.

    private func late(_ home: HomeOutput) -> HomeOverviewContent.Late {
        let lines = home.commune?.late.map(lateLine) ?? home.province?.late.map(lateCommune) ?? []
        return HomeOverviewContent.Late(
            title: view("home.late.heading"), rows: lines.isEmpty ? nil : WebRows(rows: lines),
            none: lines.isEmpty ? view("home.late.none") : nil, reminder: reminder(home))
    }

    private func lateLine(_ line: HomeLateLine) -> WebLine {
        let areas = list(line.areas)
        let places = ["areas": areas, "commune": named(line.commune)]
        let title = line.holder == .area ? areas : view("home.holder.\(line.holder.rawValue)", places)
        return WebLine(
            title: title,
            href: line.dossier.map(dossierHref) ?? HomeRowsFilter(under: line.commune.id, isLate: true).address(),
            text: view("home.late.\(line.what)", places), status: view.deadline(line.due))
    }

    /// "Thôn Suối Mây, Đồi Thông": the kind is said once where it is the same.
    func list(_ areas: [TerritoryTitle]) -> String {
        areas.enumerated().map { index, area in
            if index == 0 { return headed(area) }
            return area.designation == areas[index - 1].designation ? short(area) : named(area)
        }.joined(separator: ", ")
    }

    private func reminder(_ home: HomeOutput) -> HomeOverviewContent.Reminder? {
        let lines: [String] =
            home.commune?.late.filter { $0.holder == .area }.map { line in
                view("home.reminder.\(line.what)", ["areas": list(line.areas), "day": view.day(line.due)])
            } ?? home.province?.late.map { line in
                view(
                    "home.reminder.commune",
                    [
                        "commune": headed(line.commune), "day": view.day(line.due),
                        "parts": line.parts.map { counted("home.latePart.\($0.what)", $0.count) }.joined(
                            separator: ", "),
                    ])
            } ?? []
        return lines.isEmpty ? nil : HomeOverviewContent.Reminder(lines: lines)
    }

    // Four figures, each opening its rows.

    private func figures(_ home: HomeOutput) -> HomeOverviewContent.Figures {
        let counts: HomeCounts
        let areas: Int
        var under: ID?
        if let commune = home.commune {
            counts = HomeCounts(areas: commune.dossiers.map { ($0.area.id, $0.standing) })
            areas = commune.areas
            under = commune.territory.id
        } else {
            counts = home.province.map(self.counts) ?? HomeCounts([])
            areas = home.province?.areas ?? 0
            under = home.province?.territory.id
        }
        let year = home.commune?.year ?? home.province?.year ?? 0
        return HomeOverviewContent.Figures(
            title: counted("home.figures.areas", areas),
            text: view("home.figures.registered", ["count": format.integer(counts.registered), "year": "\(year)"]),
            links: behind(counts, under),
            figures: counts.all == 0
                ? []
                : HomeStanding.counted.map { standing in
                    WebFigure(
                        number: format.integer(counts[standing]), whole: view("home.standing.\(standing.rawValue)"),
                        href: HomeRowsFilter(standing: standing, under: under).address())
                })
    }

    /// "32 kiểu mẫu, 12 cấp tỉnh; 3 xã kiểu mẫu, 1 xã nâng cao", each opening its rows.
    private func titles(_ province: HomeProvince) -> HomeOverviewContent.Figures? {
        guard let titles = province.titles else { return nil }
        return HomeOverviewContent.Figures(
            title: view("goals.tile.heading"), text: view("goals.tile.text", ["day": view.day(view.today)]),
            figures: titles.figures(under: province.territory.id, view))
    }

    // Areas by groups.

    private func noHeat(_ commune: HomeCommune) -> WebEmpty? {
        guard commune.dossiers.isEmpty else { return nil }
        return WebEmpty(
            title: view("home.heat.noneTitle", ["year": "\(commune.year)"]), text: view("home.heat.noneText"),
            first: view("home.heat.noneFirst"), example: WebLink("/portal/criteria", view("home.look.criteria")))
    }

    private func heat(_ commune: HomeCommune) -> HomeOverviewContent.Heat? {
        guard !commune.dossiers.isEmpty else { return nil }
        let byID = Dictionary(commune.dossiers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return HomeOverviewContent.Heat(
            title: view("home.heat.heading"), key: heatKey(commune), heat: commune.heat.map { table($0, byID) },
            lines: WebAreaLines(lines: commune.dossiers.map(line)), others: besideHeat(commune))
    }

    private func line(_ dossier: HomeDossier) -> WebAreaLines.Line {
        WebAreaLines.Line(
            name: headed(dossier.area), href: dossierHref(dossier.id), status: status(dossier),
            five: dossier.points.map(five), total: dossier.points.map { points($0.total) } ?? "—")
    }

    private func table(_ heat: HomeHeat, _ dossiers: [ID: HomeDossier]) -> WebHeat {
        let columns = heat.columns.compactMap { dossiers[$0] }
        var rows: [WebHeat.Row] = []
        for group in heat.groups {
            rows.append(
                WebHeat.Row(
                    "\(group.code). \(group.name.text(in: view.language))",
                    of: group.maximum > 0 ? "/\(points(group.maximum))" : nil,
                    href: "/?group=\(group.code)#heat", cells: cells(group.cells, columns)))
            rows += group.indicators.map { indicator in
                WebHeat.Row(
                    "\(indicator.code) \(indicator.name.text(in: view.language))",
                    of: indicator.unit == Criteria.Measure.percent.rawValue ? "%" : nil,
                    isInner: true,
                    cells: cells(indicator.cells, columns))
            }
        }
        return WebHeat(
            caption: view("home.heat.caption", ["day": view.day(view.today)]), corner: view("home.heat.corner"),
            columns: columns.map { WebHeat.Column(short($0.area), href: dossierHref($0.id), status($0)) }, rows: rows,
            total: heat.maximum > 0
                ? WebHeat.Total(
                    view("home.heat.total"), of: "/\(points(heat.maximum))",
                    values: columns.map { $0.points.map { points($0.total) } ?? "—" })
                : nil)
    }

    private func cells(_ cells: [HomeHeat.Cell], _ columns: [HomeDossier]) -> [WebHeatCell] {
        zip(cells, columns).map { cell, dossier in
            WebHeatCell(
                text(cell), WebStatus(state(cell.state), view("home.cell.\(cell.state.rawValue)")),
                href: dossierHref(dossier.id))
        }
    }

    /// Points of a group, the number of an indicator; a yes, a grade and what is missing are told by a word.
    private func text(_ cell: HomeHeat.Cell) -> String {
        cell.points.map(points) ?? cell.number.map(format.quantity) ?? view("home.cellShort.\(cell.state.rawValue)")
    }

    private func state(_ cell: HomeCellState) -> WebState {
        switch cell {
        case .met: .done
        case .unmet: .unmet
        case .returned: .returned
        case .missing: .waiting
        case .notApplicable: .none
        }
    }

    /// Every shape of the table and its head; late stands over an area, never in a cell.
    private func heatKey(_ commune: HomeCommune) -> WebKey {
        let cells = HomeCellState.allCases.map { WebStatus(state($0), view("home.cell.\($0.rawValue)")) }
        let isLate = commune.dossiers.contains { $0.isLate(on: view.today) }
        return WebKey(states: cells + (isLate ? [WebStatus(.late, view("home.cell.late"))] : []))
    }

    /// "Thông Xanh"; a number alone names nothing: "TDP 7", "Thôn 7".
    func short(_ area: TerritoryTitle) -> String {
        guard area.name.first?.isNumber == true else { return area.name }
        return view("home.areaShort.\(area.designation.rawValue)", ["name": area.name])
    }

    /// Where a dossier stands, as a mark. Lateness wins over everything but the end.
    func status(_ dossier: HomeDossier) -> WebStatus {
        if dossier.isLate(on: view.today), let due = dossier.due { return view.deadline(due) }
        return status(dossier.standing)
    }

    func status(_ standing: HomeStanding) -> WebStatus {
        let word = view("home.status.\(standing.rawValue)")
        return switch standing {
        case .passed: WebStatus(.done, word)
        case .mending: WebStatus(.returned, word)
        case .notPassed: WebStatus(.unmet, word)
        case .underWay: WebStatus(.waiting, word)
        case .withdrawn: WebStatus(.none, word)
        }
    }

    // Communes side by side.

    private func communes(_ province: HomeProvince) -> HomeOverviewContent.Communes {
        let columns = ["areas", "registered", "passed", "mending", "notPassed", "underWay", "late"]
        return HomeOverviewContent.Communes(
            title: view("home.communes.heading"), charts: province.charts.map(chart),
            key: province.charts.isEmpty ? nil : key(province.charts),
            table: WebTable(
                caption: view("home.communes.caption", ["year": "\(province.year)", "day": view.day(view.today)]),
                columns: [WebColumn(view("home.communes.name"))]
                    + columns.map { WebColumn(view("home.communes.\($0)"), isNumber: true) },
                rows: province.communes.map(row), foot: foot(province.communes)))
    }

    private func row(_ line: HomeProvince.Line) -> WebRow {
        func opened(_ standing: HomeStanding, _ count: Int) -> WebCell {
            let rows = HomeRowsFilter(standing: standing, under: line.commune.id)
            return .number(format.integer(count), href: count > 0 ? rows.address() : nil)
        }
        let late = HomeRowsFilter(under: line.commune.id, isLate: true)
        return WebRow([
            .head(headed(line.commune), href: HomeRowsFilter(under: line.commune.id).address()),
            .number(format.integer(line.areas)),
            .number(
                format.integer(line.registered),
                href: line.registered > 0
                    ? HomeRowsFilter(isRegistered: true, under: line.commune.id).address() : nil),
            opened(.passed, line.passed), opened(.mending, line.mending),
            opened(.notPassed, line.notPassed), opened(.underWay, line.underWay),
            .number(format.integer(line.late), href: line.late > 0 ? late.address() : nil),
        ])
    }

    private func foot(_ lines: [HomeProvince.Line]) -> WebRow {
        let sums = [\HomeProvince.Line.areas, \.registered, \.passed, \.mending, \.notPassed, \.underWay, \.late]
        return WebRow(
            [.head(view("home.communes.sum"))]
                + sums.map { path in .number(format.integer(lines.map { $0[keyPath: path] }.reduce(0, +))) })
    }
}
