import Core
import Organisation
import Web

/// The Standing Committee's one screen: what needs me, whom to urge, where we are.
struct HomeLeaderContent: Sendable {
    struct Need: Sendable {
        let leaf: WebLeaf?
        let title: String
        let text: String
        let action: WebButton?
    }

    let need: Need
    /// Further duties, below the screen.
    let more: [WebDuty]
    let urgeTitle: String
    let urge: WebRows?
    let urgeNone: String?
    let whereTitle: String
    let whereText: String
    /// The rows behind the counts above.
    let whereLinks: [WebLink]
    let charts: [HomeChartContent]
    let key: WebKey?
}

/// A title's areas as shapes, or as one bar where there are too many for shapes.
struct HomeChartContent: Sendable {
    let units: WebUnits?
    let share: WebShare?
}

extension HomeTexts {
    func leader(_ home: HomeOutput) -> HomeLeaderContent {
        let late = home.province?.late ?? []
        let charts = home.province?.charts ?? []
        return HomeLeaderContent(
            need: need(home), more: home.duties.dropFirst().map(duty), urgeTitle: view("home.leader.urge"),
            urge: late.isEmpty ? nil : WebRows(rows: late.prefix(4).map(lateCommune)),
            urgeNone: late.isEmpty ? view("home.late.none") : nil, whereTitle: view("home.leader.where"),
            whereText: whereText(home), whereLinks: home.province.map { behind(counts($0), $0.territory.id) } ?? [],
            charts: charts.map(chart), key: charts.isEmpty ? nil : key(charts))
    }

    private func need(_ home: HomeOutput) -> HomeLeaderContent.Need {
        guard let first = home.duties.first else {
            return HomeLeaderContent.Need(
                leaf: nil, title: view("home.leader.need"), text: view("home.leader.needNothing"), action: nil)
        }
        let duty = duty(first)
        return HomeLeaderContent.Need(
            leaf: duty.leaf, title: view("home.leader.need"), text: duty.title,
            action: WebButton(duty.href, duty.verb, isPrimary: true))
    }

    /// "22 khu dân cư đăng ký. Hạn ra quyết định: 10/11/2026.", and where dossiers came late, that they did.
    private func whereText(_ home: HomeOutput) -> String {
        guard let province = home.province, counts(province).registered > 0 else {
            return view("home.leader.noneRegistered", ["year": "\(home.province?.year ?? 0)"])
        }
        let count = counted("home.leader.registered", counts(province).registered)
        guard let day = province.decisionDue else { return count }
        if let planned = province.decisionPlanned, planned < day {
            return view(
                "home.leader.registeredLater", ["count": count, "day": view.day(day), "planned": view.day(planned)])
        }
        return view("home.leader.registeredUntil", ["count": count, "day": view.day(day)])
    }

    func lateCommune(_ late: HomeLateCommune) -> WebLine {
        WebLine(
            title: headed(late.commune), href: HomeRowsFilter(under: late.commune.id, isLate: true).address(),
            text: late.parts.map { counted("home.latePart.\($0.what)", $0.count) }.joined(separator: ", "),
            status: view.deadline(late.due))
    }

    /// Above thirty shapes nobody counts: one bar with the numbers in words.
    func chart(_ chart: HomeProvince.Chart) -> HomeChartContent {
        let name = view("home.titleShort.\(chart.title)")
        let passed = chart.units.count { $0.standing == .passed }
        let places = ["name": name, "part": format.integer(passed), "whole": format.integer(chart.units.count)]
        let sentence = view("home.chart.sentence", places.merging(["parts": parts(chart)]) { given, _ in given })
        if chart.units.count > 30 {
            let unmet = chart.units.count { $0.standing == .notPassed }
            let rest = chart.units.count - passed - unmet
            return HomeChartContent(
                units: nil,
                share: WebShare(
                    label: sentence,
                    counts: [
                        (.yes, passed, counted("home.chart.passed", passed)),
                        (.no, unmet, counted("home.chart.notPassed", unmet)),
                        (.silent, rest, counted("home.chart.rest", rest)),
                    ], sentence: sentence))
        }
        return HomeChartContent(
            units: WebUnits(
                name: name, count: format.integer(passed), of: view("home.chart.of", places), label: sentence,
                states: chart.units.map(state)),
            share: nil)
    }

    private func parts(_ chart: HomeProvince.Chart) -> String {
        states(of: [chart]).map { found in
            let count = chart.units.count { state($0) == found }
            return "\(format.integer(count)) \(word(found))"
        }.joined(separator: ", ")
    }

    func key(_ charts: [HomeProvince.Chart]) -> WebKey {
        WebKey(states: states(of: charts).map { WebStatus($0, word($0)) })
    }

    private func states(of charts: [HomeProvince.Chart]) -> [WebState] {
        let found = Set(charts.flatMap(\.units).map(state))
        return [WebState.done, .waiting, .unmet, .late, .none].filter(found.contains)
    }

    private func state(_ unit: HomeUnit) -> WebState {
        if unit.isLate { return .late }
        return switch unit.standing {
        case .passed: .done
        case .mending, .underWay: .waiting
        case .notPassed: .unmet
        case .withdrawn: .none
        }
    }

    private func word(_ state: WebState) -> String { view("home.chart.key.\(state.rawValue)") }
}

extension HomeTexts {
    /// Where every area below a unit stands: the sums of its communes. An area has a shape in the chart of each title
    /// that it aims at, but counts once.
    func counts(_ province: HomeProvince) -> HomeCounts {
        func sum(_ path: KeyPath<HomeProvince.Line, Int>) -> Int {
            province.communes.map { $0[keyPath: path] }.reduce(0, +)
        }
        return HomeCounts([
            .passed: sum(\.passed), .mending: sum(\.mending), .notPassed: sum(\.notPassed),
            .underWay: sum(\.underWay), .withdrawn: sum(\.withdrawn),
        ])
    }

    /// The registrations that stand, and apart those given back: each opens exactly its rows.
    func behind(_ counts: HomeCounts, _ under: ID?) -> [WebLink] {
        var links: [WebLink] = []
        if counts.registered > 0 {
            links.append(
                WebLink(HomeRowsFilter(isRegistered: true, under: under).address(), view("home.figures.list")))
        }
        if counts[.withdrawn] > 0 {
            links.append(
                WebLink(
                    HomeRowsFilter(standing: .withdrawn, under: under).address(),
                    counted("home.figures.withdrawn", counts[.withdrawn])))
        }
        return links
    }
}
