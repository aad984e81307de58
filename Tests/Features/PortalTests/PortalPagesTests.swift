import Core
import Foundation
import Testing

@testable import Portal
@testable import Web

@Suite("Portal: pages") struct PortalPagesTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    private static let assets = Result { try Assets(root: root) }

    static func render(_ output: any Output, _ language: Language = .vi) throws -> String {
        let assets = try assets.get()
        let today = try #require(Day(iso: "2026-11-10"))
        let view = View(
            words: try #require(assets.words[language]), today: today, now: today.start, signedIn: nil,
            authority: Authority(today: today), submitted: nil, isDemonstration: true)
        let page = output.page(view)
        let shell = Shell(
            lang: language.rawValue, title: page.title, theme: nil, isDemo: true, demoDay: nil, demoHref: nil,
            signedIn: false, organisation: "o", homeHref: "/portal", nav: [], bar: [], more: [], isMoreCurrent: false,
            flash: nil, otherLanguage: nil,
            helpHref: nil, accountHref: nil, version: nil)
        let root = RenderRoot(content: Node(page.content), shell: shell, csrf: "c", operation: "o")
        return try #require(assets.templates[language]).render(root, with: page.template)
    }

    private static let routes = PortalRoutes.all { _, _, _ in [] }
    private static let samples: [any Output] = routes.compactMap { $0.sample() }

    @Test(arguments: samples.indices, Language.allCases)
    func everyPageIsWhole(_ index: Int, _ language: Language) throws {
        let html = try Self.render(Self.samples[index], language)
        #expect(html.contains("</html>") && !html.contains("{{"))
        #expect(html.components(separatedBy: "<h1").count == 2, "one h1")
        #expect(html.components(separatedBy: "button red").count <= 2, "at most one red button")
        #expect(html.firstMatch(of: />\s*portal\.[a-zA-Z.]+/) == nil, "a word is missing")
        #expect(html.firstMatch(of: /\{[a-zA-Z]+\}/) == nil, "a place was not filled")
    }

    @Test func everyRouteIsOpenAndSaysWhy() {
        for route in PortalPagesTests.routes {
            guard case .open(let reason) = route.access else {
                Issue.record("\(route.label) is not open")
                continue
            }
            #expect(reason.count > 20, "\(route.label)")
        }
    }

    @Test func thePlateNamesTitleLevelDecisionAndTerm() throws {
        let html = try Self.render(PortalAreaOutput.sample)
        #expect(html.contains("class=\"plate\""))
        #expect(html.contains("Khu dân cư kiểu mẫu, cấp tỉnh"))
        #expect(html.contains("46/QD-MTTQ-BTT"))
        #expect(html.contains("09/11/2029"))
        #expect(html.contains("dưới 5 hộ"))
        #expect(html.contains("Thong Xanh (minh họa)"))
    }

    @Test func withoutADecisionThereIsNoPlateAndNoPoint() throws {
        let full = PortalAreaOutput.sample
        let running = PortalAreaOutput(
            area: full.area, isInvented: false, above: full.above, households: 214, people: nil, asOf: nil,
            stands: true,
            title: nil, nextLook: nil, achievement: nil, criteria: nil, running: full.running, earlier: [],
            pictures: [],
            profile: full.profile, ballot: nil, givenOn: nil, postings: [], closed: []
        )
        let html = try Self.render(running)
        #expect(!html.contains("class=\"plate\"") && !html.contains("điểm"))
        #expect(html.contains("Đang đăng ký Khu dân cư kiểu mẫu năm 2026"))
    }

    @Test func nothingThereTeaches() throws {
        let pages: [any Output] = [
            PortalHomeOutput(
                territory: nil, areas: 0, titles: [], communes: [], decisions: [], postings: [], asOf: .first),
            PortalAreasOutput(filter: PortalFilter(), communes: [], titles: [], lines: [], next: nil),
            PortalAreasOutput(filter: PortalFilter(words: "xyz"), communes: [], titles: [], lines: [], next: nil),
            PortalCriteriaOutput(sets: []),
            PortalDecisionsOutput(decisions: [], next: nil, isFurther: false),
        ]
        for page in pages {
            for language in Language.allCases {
                let html = try Self.render(page, language)
                #expect(html.contains("card empty"), "\(type(of: page))")
                #expect(html.firstMatch(of: />\s*portal\.[a-zA-Z.]+/) == nil)
            }
        }
    }

    @Test func theAddressOfTheListKeepsWhatWasChosen() {
        let filter = PortalFilter(words: "thông xanh & <b>", title: "model")
        #expect(filter.address() == "/portal/areas?q=th%C3%B4ng%20xanh%20%26%20%3Cb%3E&title=model")
        #expect(filter.address(title: .some(nil)) == "/portal/areas?q=th%C3%B4ng%20xanh%20%26%20%3Cb%3E")
        #expect(filter.address(level: .some("province")).hasSuffix("title=model&level=province"))
        #expect(PortalFilter().address() == "/portal/areas")
    }

    @Test func figuresHaveTheirUnits() throws {
        let assets = try Self.assets.get()
        let today = try #require(Day(iso: "2026-11-10"))
        let texts = PortalTexts(
            view: View(
                words: try #require(assets.words[.vi]), today: today, now: today.start, signedIn: nil,
                authority: Authority(today: today), submitted: nil, isDemonstration: false))
        #expect(texts.figure(.number(Quantity(thousandths: 98_600)), unit: "percent") == "98,6\u{A0}%")
        #expect(texts.figure(.number(Quantity(thousandths: 1_120)), unit: "ratio") == "1,12\u{A0}lần")
        #expect(texts.figure(.underFive, unit: "household") == "dưới 5 hộ")
        #expect(texts.figure(.underFive, unit: "none") == "dưới 5")
        #expect(texts.figure(.withheld, unit: "percent") == "không nêu số")
    }
}
