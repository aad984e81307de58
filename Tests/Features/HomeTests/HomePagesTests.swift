import Core
import Foundation
import Organisation
import Testing

@testable import Home
@testable import Web

@Suite("Home: pages") struct HomePagesTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    private static let assets = Result { try Assets(root: root) }

    static func render(_ output: some Output, _ language: Language = .vi) throws -> String {
        let assets = try assets.get()
        let today = try #require(Day(iso: "2026-11-10"))
        let view = View(
            words: try #require(assets.words[language]), today: today, now: today.start, signedIn: nil,
            authority: Authority(today: today), submitted: nil, isDemonstration: true)
        let page = output.page(view)
        let shell = Shell(
            lang: language.rawValue, title: page.title, theme: nil, isDemo: true, demoDay: nil, demoHref: nil,
            signedIn: true, organisation: "o", homeHref: "/", nav: [], bar: [], more: [], isMoreCurrent: false,
            flash: nil, otherLanguage: nil, helpHref: nil,
            accountHref: nil, version: nil)
        let root = RenderRoot(content: Node(page.content), shell: shell, csrf: "c", operation: "o")
        return try #require(assets.templates[language]).render(root, with: page.template)
    }

    @Test(arguments: HomeSkeleton.allCases, Language.allCases)
    func everySkeletonIsAWholePage(_ skeleton: HomeSkeleton, _ language: Language) throws {
        let html = try Self.render(HomeOutput.sample(skeleton), language)
        #expect(html.contains("</html>") && !html.contains("{{"))
        #expect(html.components(separatedBy: "<h1").count == 2, "one h1")
        #expect(html.components(separatedBy: "button red").count == 2, "one red button")
        #expect(html.firstMatch(of: />\s*home\.[a-zA-Z.]+/) == nil, "a word is missing")
        #expect(html.firstMatch(of: /\{[a-zA-Z]+\}/) == nil, "a place was not filled")
    }

    @Test(arguments: Language.allCases) func theRowsBehindAFigureAreAPage(_ language: Language) throws {
        for output in [
            HomeRowsOutput.sample,
            HomeRowsOutput(filter: HomeRowsFilter(), territory: nil, year: 2026, lines: [], next: nil),
        ] {
            let html = try Self.render(output, language)
            #expect(html.contains("</html>") && html.firstMatch(of: />\s*home\.[a-zA-Z.]+/) == nil)
        }
    }

    @Test func theHeadingSaysHowManyAndHowManyLate() throws {
        let html = try Self.render(HomeOutput.sample(.area))
        #expect(html.contains("Việc đang chờ tôi"))
        #expect(html.contains("3 việc, trong đó 1 việc quá hạn. Làm hết khoảng 24 phút."))
        #expect(html.contains("Xin chào Dinh Cong Sau, trưởng thôn"))
        #expect(html.contains("Thôn mình năm nay"))
        #expect(html.contains("Xã kiểm tra: 83 trên 100 điểm"))
    }

    @Test func membershipIsNoOffice() throws {
        let html = try Self.render(HomeOutput.sample(.calm))
        #expect(!html.contains("đảng viên") && !html.contains("Chào"))
    }

    @Test(arguments: HomeSkeleton.allCases, Language.allCases)
    func aPageWithoutAnythingTeaches(_ skeleton: HomeSkeleton, _ language: Language) throws {
        let full = HomeOutput.sample(skeleton)
        let bare = HomeOutput(
            skeleton: skeleton, greeting: full.greeting, duties: [], late: 0, news: [], areas: [],
            commune: HomeCommune(territory: .sampleCommune, year: 2026, areas: 0, dossiers: [], late: [], heat: nil),
            province: HomeProvince(
                territory: .sampleCommune, year: 2026, areas: 0, communes: [], charts: [], late: [], decisionDue: nil))
        let html = try Self.render(bare, language)
        #expect(html.contains("</html>"))
        #expect(html.firstMatch(of: />\s*home\.[a-zA-Z.]+/) == nil)
        #expect(!html.contains("button red"), "there is nothing to press")
        if language == .vi, skeleton == .standingCommittee {
            #expect(html.contains("Hôm nay không có việc nào phải quyết định."))
        }
    }

    /// What stands on another version of the criteria has no column, and is told below the table.
    @Test func dossiersOfAnotherVersionStandBelowTheTable() throws {
        let full = HomeOutput.sample(.commune)
        func page(_ dossiers: [HomeDossier]) throws -> String {
            let commune = HomeCommune(
                territory: .sampleCommune, year: 2026, areas: 26, dossiers: dossiers, late: [],
                heat: HomeCommune.sample.heat)
            return try Self.render(
                HomeOutput(
                    skeleton: .commune, greeting: full.greeting, duties: [], late: 0, news: [], areas: [],
                    commune: commune, province: nil), .vi)
        }
        let told = "Hồ sơ theo phiên bản tiêu chí khác"
        let own: [HomeDossier] = [.sample(.mending, due: nil), .sample(.passed, due: nil, number: 4)]
        #expect(try !page(own).contains(told))
        #expect(try page(own + [.sample(.passed, due: nil, number: 5)]).contains(told))
    }

    /// A feature hands over an area's name and kind; the card says both.
    @Test func cardsOfFeaturesSayTheKindOfUnit() throws {
        let full = HomeOutput.sample(.area)
        func card(_ unit: TerritoryTitle, as place: String, _ words: String, _ language: Language) throws -> String {
            let waiting = Waiting(
                words, unit.arguments(as: place).merging(["goal": "Kieu mau", "year": "2027"]) { own, _ in own },
                href: "/")
            let home = HomeOutput(
                skeleton: .area, greeting: full.greeting, duties: [HomeDuty(waiting)], late: 0, news: [], areas: [],
                commune: nil, province: nil)
            return try Self.render(home, language)
        }
        let area = try card(.sampleArea, as: "area", "rechecks.waiting.noticed", .vi)
        #expect(area.contains("Trả lời thông báo rà soát danh hiệu của thôn Thong Xanh (năm 2027)"))
        let english = try card(.sampleArea, as: "area", "rechecks.waiting.noticed", .en)
        #expect(english.contains("Answer the notice about the title of Thong Xanh hamlet (2027)"))
        #expect(
            try card(.sampleCommune, as: "unit", "goals.waiting", .vi).contains("mục tiêu của xã Don Duong: Kieu mau"))
        // A year that the words name is not named again.
        let survey = try card(.sampleArea, as: "area", "surveys.waiting.area", .vi)
        #expect(survey.contains("Khảo sát thôn Thong Xanh trước khi đăng ký năm 2027") && !survey.contains("(năm"))
    }

    @Test func everyActAndStateHasItsWords() throws {
        let words = try #require(try Self.assets.get().words[.vi])
        for act in HomeAct.allCases { #expect(words.has("home.duty.\(act.rawValue).verb"), "\(act)") }
        for standing in HomeStanding.allCases {
            #expect(words.has("home.standing.\(standing.rawValue)") && words.has("home.status.\(standing.rawValue)"))
        }
        for state in HomeCellState.allCases {
            #expect(words.has("home.cell.\(state.rawValue)") && words.has("home.cellShort.\(state.rawValue)"))
        }
        for what in HomeLate.parts {
            #expect(
                words.has("home.late.\(what)") && words.has("home.latePart.\(what).many")
                    && words.has("home.reminder.\(what)"), "\(what)")
        }
        for state in [
            "assessing", "submitted", "returned", "accepted", "proposed", "recognised", "refused", "withdrawn",
        ] {
            #expect(words.has("home.state.\(state)"), "\(state)")
        }
        for role in Role.allCases where HomeSkeleton.of(role) == .area {
            #expect(words.has("home.greeting.\(role.rawValue)"), "\(role)")
        }
    }

    @Test func aChartOfManyIsOneBar() throws {
        let sample = HomeOutput.sample(.province)
        let many = HomeProvince(
            territory: .sampleCommune, year: 2026, areas: 92, communes: [],
            charts: [
                HomeProvince.Chart(
                    title: "model", units: Array(repeating: HomeUnit(standing: .passed, isLate: false), count: 31))
            ], late: [], decisionDue: nil)
        let html = try Self.render(
            HomeOutput(
                skeleton: .province, greeting: sample.greeting, duties: [], late: 0, news: [], areas: [], commune: nil,
                province: many))
        #expect(html.contains("31 trong 31 đạt"))
        #expect(!html.contains("class=\"units\""))
    }
}
