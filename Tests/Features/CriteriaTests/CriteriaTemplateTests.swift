import Core
import TestKit
import Testing

@testable import Criteria
@testable import Web

/// Every page from its sample, in both languages and with everything on it that can be there.
@Suite struct CriteriaTemplateTests {
    @Test(arguments: Language.allCases) func everySampleIsAWholePage(_ language: Language) throws {
        let assets = try Assets(root: Sample.root.path)
        let templates = try #require(assets.templates[language])
        let view = View(
            words: try #require(assets.words[language]), today: TestClock.today, now: TestClock().now, signedIn: nil,
            authority: Authority(today: TestClock.today), submitted: nil, isDemonstration: true)
        for route in CriteriaFeature.feature().routes {
            guard let sample = route.sample() else { continue }
            let page = sample.page(view)
            let shell = Shell(
                lang: language.rawValue, title: page.title, theme: nil, isDemo: true, demoDay: nil, demoHref: nil,
                signedIn: true, organisation: "o", homeHref: "/", nav: [], bar: [], more: [], isMoreCurrent: false,
                flash: nil, otherLanguage: nil, helpHref: nil, accountHref: nil, version: "1")
            let text = try templates.render(
                RenderRoot(content: Node(page.content), shell: shell, csrf: "c", operation: "o"), with: page.template)
            #expect(text.contains("</html>"), "\(route.label) is no whole page")
            // A file may be named ("Demonstration/criteria.yaml"); a key stands by itself.
            let key = text.firstMatch(of: /[^\/A-Za-z](criteria\.[a-zA-Z][a-zA-Z.]*)/)?.output.1
            #expect(!text.contains("{{") && key == nil, "\(route.label) lacks a word: \(key ?? "")")
        }
    }
}
