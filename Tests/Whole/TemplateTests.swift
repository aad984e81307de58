import App
import Core
import Documents
import Foundation
import TestKit
import Testing
@testable import Web

/// Every name in a template is a stored property of what its page is made with, so that a slip of the pen cannot
/// render as nothing.
@Suite struct TemplateTests {
    static let features = Wiring.features(
        files: ContentStore(root: NSTemporaryDirectory()), world: .test(), moveDay: { _ in })
    static let routes: [Route] = features.flatMap(\.routes)

    private func view(_ language: Language, _ assets: Assets) throws -> View {
        View(
            words: try #require(assets.words[language]), today: try #require(Day(iso: "2026-11-10")),
            now: try #require(Instant(isoText: "2026-11-10T03:00:00Z")), signedIn: nil,
            authority: Authority(today: try #require(Day(iso: "2026-11-10"))), submitted: nil, isDemonstration: true)
    }

    @Test(arguments: Language.allCases)
    func everySampleRenders(_ language: Language) throws {
        let assets = try Assets(root: Checkout.root)
        let templates = try #require(assets.templates[language])
        for route in Self.routes {
            guard let sample = route.sample() else { continue }
            let page = sample.page(try view(language, assets))
            let root = RenderRoot(
                content: Node(page.content), shell: .sample(page.title), csrf: "c", operation: "o")
            let text = try templates.render(root, with: page.template)
            #expect(text.contains("</html>"), "\(route.label): \(page.template) is no whole page")
            #expect(!text.contains("{{"), "\(route.label) shows a tag")
            #expect(text.contains(HTMLBytes().escapeText(page.title)), "\(route.label) does not show its title")
        }
    }

    @Test func everyTagHasAProperty() throws {
        let assets = try Assets(root: Checkout.root)
        let files = try AssetRooms(root: Checkout.root).templates()
        var known: [String: Set<String>] = [:]
        for route in Self.routes {
            guard let sample = route.sample() else { continue }
            let page = sample.page(try view(.vi, assets))
            known[page.template, default: []].formUnion(Self.labels(page.content))
        }
        let declared = Self.declared()
        for (template, labels) in known.sorted(by: { $0.key < $1.key }) {
            let text = try #require(files[template], "there is no template \(template)")
            for name in Self.tags(text)
            where !labels.contains(name) && !Self.always.contains(name) && !declared.contains(name) {
                Issue.record("\(template).mustache: nothing is called \(name)")
            }
        }
        // A page may have a second face, which its sample does not show; stories over HTTP do.
        let code = Checkout.files(below: "Sources/Features", ending: "Pages.swift").map(\.text)
        let unused = Set(files.keys).subtracting(known.keys).filter { name in
            !name.hasPrefix("web-") && !code.contains { $0.contains("\"\(name)\"") }
                && !files.values.contains { $0.contains("{{> \(name)}}") || $0.contains("{{<\(name)}}") }
        }
        #expect(unused.sorted() == [], "templates that no page uses")
    }

    @Test func aMissingPropertyWouldBeFound() {
        #expect(!Self.labels(Example()).contains("nmae"))
        #expect(Self.tags("{{#rows}}{{nmae}}{{/rows}}") == ["rows", "nmae"])
        #expect(Self.labels(Example()) == ["rows", "name"])
    }

    private struct Example {
        struct Row { let name = "" }
        let rows = [Row()]
    }

    private static let always: Set<String> = ["shell", "csrf", "operation"]

    /// The names of stored properties anywhere in the value.
    static func labels(_ value: Any) -> Set<String> {
        var labels: Set<String> = []
        for child in Mirror(reflecting: value).children {
            if let label = child.label, !label.hasPrefix("."), label != "some" { labels.insert(label) }
            labels.formUnion(Self.labels(child.value))
        }
        if let table = value as? [String: Any] {
            for (key, inner) in table { labels.formUnion(Self.labels(inner).union([key])) }
        }
        return labels
    }

    /// The stored properties that pages declare: what a sample leaves out (a conflict, a refusal) has them too.
    private static func declared() -> Set<String> {
        var names: Set<String> = []
        for file in Checkout.files(below: "Sources", ending: ".swift") where file.path.contains("/Web/") {
            for match in file.text.matches(of: /\b(?:let|var) ([a-z][A-Za-z]*):/) {
                names.insert(String(match.output.1))
            }
        }
        return names
    }

    /// The names a template asks for, without words, partials and blocks.
    static func tags(_ text: String) -> [String] {
        text.matches(of: /\{\{([#^\/&]?)\s*\.?([A-Za-z][A-Za-z0-9.]*)([^}]*)\}\}/).compactMap { match -> String? in
            // `{{^first()}}` asks for the place in a list, not for a property.
            guard match.output.1 != "/", !match.output.3.hasPrefix("(") else { return nil }
            let name = String(match.output.2)
            if name.hasPrefix("t.") { return nil }
            return name.split(separator: ".").last.map(String.init)
        }
    }

    @Test func nothingIsUnescaped() {
        for file in Checkout.files(below: "Sources", ending: ".mustache") {
            // What is drawn in code has been escaped there; nothing else goes in as it is.
            let text = file.text.replacing("{{{drawn}}}", with: "")
            #expect(!text.contains("{{{") && !text.contains("{{&"), "\(file.path) has an unescaped tag")
            #expect(
                !file.text.contains(" style=\"") && !file.text.contains(" onclick"),
                "\(file.path) would be refused by the browser")
        }
    }
}

extension TemplateTests {
    @Test func onlyWhatIsDrawnIsCalledSo() {
        let declared = Checkout.files(below: "Sources", ending: ".swift").flatMap { file in
            file.text.matches(of: /(?:let|var) drawn\s*(?::\s*([A-Za-z<>\[\]?.]+)|=\s*([A-Za-z]+)\()/).map { match in
                (file.path, String(match.output.1 ?? match.output.2 ?? ""))
            }
        }
        #expect(!declared.isEmpty)
        // A local variable may have another type only where no template can see it.
        for (path, type) in declared where path.contains("/Web/") {
            #expect(["Drawn", "Drawn?"].contains(type), "\(path): drawn is a \(type)")
        }
    }
}

extension Shell {
    static func sample(_ title: String) -> Shell {
        Shell(
            lang: "vi", title: title, theme: nil, isDemo: true, demoDay: "10/11/2026", demoHref: "/", signedIn: true,
            organisation: "o", homeHref: "/", nav: [.init(href: "/", label: "l", current: true)],
            bar: [.init(href: "/", label: "l", current: true)], more: [.init(href: "/", label: "l", current: true)],
            isMoreCurrent: true, flash: nil,
            otherLanguage: nil, helpHref: nil, accountHref: nil, version: "1")
    }
}
