import Core
import Organisation
import Web

/// The home of an area's own people: duties, what is new, our area this year.
struct HomeAreaContent: Sendable {
    struct Card: Sendable {
        let heading: String
        let line: String
        let points: String?
        let five: WebFive?
        let held: [String]
        let link: WebLink
        /// Dossiers of other years; nil where there are none.
        let others: Others?
    }

    struct Others: Sendable {
        let links: [WebLink]
    }

    let duties: [WebDuty]
    let nothing: WebEmpty?
    let taken: WebRows?
    let news: HomeNewsContent?
    let cards: [Card]
}

/// Nothing waits and nothing is led: what is new, and the ways to look around.
struct HomeCalmContent: Sendable {
    let duties: [WebDuty]
    let nothing: WebEmpty?
    let news: HomeNewsContent?
    /// The steps of setting up, while there is nothing yet.
    let setUp: WebRows?
    let linksTitle: String
    let links: WebRows
}

extension HomeTexts {
    func area(_ home: HomeOutput) -> HomeAreaContent {
        HomeAreaContent(
            duties: duties(home.duties), nothing: nothing(home), taken: taken(home), news: news(home.news),
            cards: home.areas.map { card($0, isOnly: home.areas.count == 1) })
    }

    func calm(_ home: HomeOutput) -> HomeCalmContent {
        HomeCalmContent(
            duties: duties(home.duties), nothing: home.setUp == nil ? nothing(home) : nil, news: news(home.news),
            setUp: home.setUp?.rows(view), linksTitle: view("home.look.heading"),
            links: WebRows(rows: [
                WebLine(title: view("home.look.areas"), href: "/portal/areas", text: view("home.look.areasText")),
                WebLine(
                    title: view("home.look.criteria"), href: "/portal/criteria", text: view("home.look.criteriaText")),
            ]))
    }

    private func card(_ area: HomeArea, isOnly: Bool) -> HomeAreaContent.Card {
        let own = view("home.ownArea.\(area.area.designation.rawValue)")
        return HomeAreaContent.Card(
            heading: isOnly ? view("home.year.own", ["own": own]) : view("home.year.of", ["area": headed(area.area)]),
            line: area.dossier.map { line($0, of: area) }
                ?? view("home.year.none", ["year": "\(area.year)", "area": named(area.area)]),
            points: area.dossier.flatMap(pointsLine), five: area.dossier?.points.map(five),
            held: area.held.map(heldLine),
            link: area.dossier.map { WebLink(dossierHref($0.id), view("home.year.open")) }
                ?? WebLink("/areas/\(area.area.id)/dossiers", view("home.year.openArea")),
            others: area.others.isEmpty ? nil : HomeAreaContent.Others(links: area.others.map(otherYear)))
    }

    /// "2027: Đang niêm yết và lấy phiếu hộ hồ sơ khu dân cư tiêu biểu".
    private func otherYear(_ other: HomeOtherYear) -> WebLink {
        WebLink(
            dossierHref(other.dossier),
            view(
                other.isAlike ? "home.year.lineOfLevel" : "home.year.line",
                [
                    "year": "\(other.year)",
                    "state": takenBack(
                        other.takenBackOn, stateLine(other.state, isReviewed: other.isReviewed, other.title)),
                    "level": view("home.level.\(other.level)"),
                ]))
    }

    /// "Đang bổ sung hồ sơ kiểu mẫu"; with the level where another one for the title runs beside it.
    private func line(_ dossier: HomeDossier, of area: HomeArea) -> String {
        let state = takenBack(
            area.takenBackOn, stateLine(dossier.state, isReviewed: dossier.isReviewed, dossier.title))
        guard area.others.contains(where: { $0.year == area.year && $0.title == dossier.title }) else { return state }
        return view("home.year.ofLevel", ["state": state, "level": view("home.level.\(dossier.level)")])
    }

    /// A recognition does not hold on after its title was taken back.
    private func takenBack(_ day: Day?, _ state: String) -> String {
        day.map { view("home.year.takenBack", ["state": state, "day": view.day($0)]) } ?? state
    }

    private func stateLine(_ state: String, isReviewed: Bool, _ title: String) -> String {
        view("home.state.\(isReviewed ? "reviewed" : state)", ["title": self.title(title)])
    }

    /// "Xã kiểm tra: 91 trên 100 điểm".
    func pointsLine(_ dossier: HomeDossier) -> String? {
        guard let points = dossier.points, let side = dossier.side else { return nil }
        return view(
            "home.points.\(side)",
            ["points": self.points(points.total), "maximum": self.points(points.maximum)])
    }

    /// The five bars, with each group read aloud.
    func five(_ points: HomePoints) -> WebFive {
        // What an area chose for itself earns no points and has no bar.
        let groups = points.groups.filter { $0.maximum > 0 }
        return WebFive(
            label: groups.map {
                view(
                    "home.points.group",
                    [
                        "group": $0.code, "points": self.points($0.points), "maximum": self.points($0.maximum),
                    ])
            }.joined(separator: ", "),
            bars: groups.map { WebFive.Bar(percent: $0.percent, isUnder: $0.isUnderHalf) })
    }

    private func heldLine(_ held: HomeHeld) -> String {
        let places = ["title": title(held.title), "level": view("home.level.\(held.level)")]
        guard let until = held.until else { return view("home.held.open", places) }
        // The first day without it is kept; people count the last day with it.
        let last = view.day(until.adding(days: -1))
        return view("home.held.until", places.merging(["day": last]) { given, _ in given })
    }
}
