import Core
import Criteria
import Goals
import Organisation
import Web

extension HomeOutput {
    /// With something in every part, whichever skeleton is drawn: the JSON's description is read off it.
    static var sample: HomeOutput { sample(.commune) }

    static func sample(_ skeleton: HomeSkeleton) -> HomeOutput {
        HomeOutput(
            skeleton: skeleton,
            greeting: HomeGreeting(
                name: "Dinh Cong Sau", office: sampleOffice(skeleton), territory: .sampleArea,
                organisation: "MTTQ Don Duong"),
            duties: [
                .sample(.mend, due: "2026-11-08"), .sample(.assess, due: "2026-11-10"), .sample(.issue, due: nil),
            ],
            late: 1,
            news: [
                HomeNews(
                    dossier: .sample(1), area: .sampleArea, year: 2026, title: "model", action: "overdue",
                    at: Instant(milliseconds: 1_794_193_200_000), late: .commune)
            ],
            areas: [
                HomeArea(
                    area: .sampleArea, year: 2026, dossier: .sample(.mending, due: "2026-11-09"),
                    held: [HomeHeld(title: "outstanding", level: "district", until: Day(iso: "2027-11-11"))],
                    others: [
                        HomeOtherYear(
                            dossier: .sample(8), year: 2027, title: "model", level: "province", isAlike: true,
                            state: "posted", takenBackOn: Day(iso: "2027-12-10"))
                    ], takenBackOn: Day(iso: "2026-12-10"))
            ],
            taken: [
                HomeTaken(
                    id: .sample(9), code: "III.5", name: HomeName(Criteria.Name("Hang rao", en: "Hedges")),
                    target: "Trong du", place: .sampleArea, areas: 1, all: 26, until: Day(iso: "2026-12-31") ?? .last,
                    outcome: .met)
            ], commune: .sample, province: .sample)
    }

    private static func sampleOffice(_ skeleton: HomeSkeleton) -> Role {
        switch skeleton {
        case .area: .areaHead
        case .commune: .communeFrontChair
        case .province: .provinceFront
        case .standingCommittee: .standingCommittee
        case .calm: .panelMember
        }
    }
}

extension ID {
    static func sample(_ number: UInt64) -> ID { ID(high: 0x7000, low: 1 << 63 | number) }
}

extension TerritoryTitle {
    static var sampleArea: TerritoryTitle {
        TerritoryTitle(id: .sample(2), kind: .area, designation: .thon, name: "Thong Xanh")
    }

    static var sampleCommune: TerritoryTitle {
        TerritoryTitle(id: .sample(3), kind: .commune, designation: .commune, name: "Don Duong")
    }
}

extension HomeDuty {
    static func sample(_ act: HomeAct, due: String?) -> HomeDuty {
        HomeDuty(
            act: act, subject: .sample(1), area: .sampleArea, title: "model",
            titleName: HomeName(Criteria.Name("Khu dan cu kieu mau", en: "Model residential area")), count: 2,
            named: act == .mend ? "III.2, V.5" : nil, year: 2026, due: due.flatMap(Day.init(iso:)),
            minutes: 8, href: "/dossiers/\(ID.sample(1))/assessment")
    }
}

extension HomeDossier {
    static func sample(_ standing: HomeStanding, due: String?, number: UInt64 = 1) -> HomeDossier {
        HomeDossier(
            id: .sample(number), area: .sampleArea, commune: .sampleCommune, title: "model",
            level: "province", state: "returned", standing: standing, due: due.flatMap(Day.init(iso:)),
            points: HomePoints(
                groups: [
                    .init("I", 1_700, of: 2_000), .init("II", 2_000, of: 2_000), .init("III", 1_100, of: 2_500),
                    .init("IV", 1_500, of: 1_500), .init("V", 2_000, of: 2_000),
                ], total: 8_300, maximum: 10_000),
            side: "check", returned: ["III.2"])
    }
}

extension HomeCommune {
    static var sample: HomeCommune {
        HomeCommune(
            territory: .sampleCommune, year: 2026, areas: 26,
            dossiers: [.sample(.mending, due: "2026-11-09"), .sample(.passed, due: nil, number: 4)],
            late: [
                HomeLateLine(
                    holder: .area, areas: [.sampleArea], commune: .sampleCommune, what: "handIn",
                    due: Day(iso: "2026-09-15") ?? .first, dossier: .sample(1))
            ],
            heat: HomeHeat(
                columns: [.sample(1), .sample(4)],
                groups: [
                    .init(
                        code: "I", name: HomeName(Criteria.Name("Kinh te", en: "Living")), maximum: 2_000, isOpen: true,
                        cells: [.init(.returned, points: 1_700), .init(.met, points: 2_000)],
                        indicators: [
                            .init(
                                code: "I.1", name: HomeName(Criteria.Name("Thu nhap", en: "Income")),
                                unit: "percent",
                                cells: [
                                    .init(.returned, number: Quantity(thousandths: 81_000)),
                                    .init(.met, number: Quantity(thousandths: 92_000)),
                                ])
                        ])
                ], maximum: 10_000),
            burden: HomeBurdenMark(month: HomeMonth(of: .first), working: 4, minutes: 21, isWhole: true))
    }
}

extension HomeProvince {
    static var sample: HomeProvince {
        HomeProvince(
            territory: .sampleCommune, year: 2026, areas: 92,
            communes: [
                Line(
                    commune: .sampleCommune, areas: 26, registered: 6, passed: 3, mending: 1, notPassed: 1, underWay: 1,
                    withdrawn: 1, late: 1)
            ],
            charts: [
                Chart(
                    title: "model",
                    units: HomeStanding.allCases.map { HomeUnit(standing: $0, isLate: $0 == .underWay) })
            ],
            late: [
                HomeLateCommune(
                    commune: .sampleCommune, parts: [.init(what: "handIn", count: 1), .init(what: "mend", count: 4)],
                    due: Day(iso: "2026-09-15") ?? .first)
            ], decisionDue: Day(iso: "2026-11-13"), decisionPlanned: Day(iso: "2026-11-10"),
            titles: Goals.Tiles(areas: 92, models: 32, provinceModels: 12, modelCommunes: 3, advancedCommunes: 1),
            burden: HomeBurdenMark(month: HomeMonth(of: .first), working: 20, minutes: 21, isWhole: false))
    }
}

extension HomeRowsOutput {
    static var sample: HomeRowsOutput {
        HomeRowsOutput(
            filter: HomeRowsFilter(standing: .mending, under: .sample(3), isLate: true, after: .sample(7)),
            territory: .sampleCommune, year: 2026,
            lines: [
                Line(
                    dossier: .sample(1), area: .sampleArea, commune: .sampleCommune, title: "model", state: "returned",
                    standing: .mending, due: Day(iso: "2026-11-09"))
            ], next: .sample(1),
            views: [SavedView(id: .sample(10), list: .overview, name: "Late", query: "late=yes")])
    }
}
