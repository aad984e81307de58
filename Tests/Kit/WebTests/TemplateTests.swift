import Core
import Foundation
import Testing

@testable import Web

@Suite("Templates, words and what they are filled with")
struct TemplateTests {
    private struct Inner: Sendable {
        let title: String?
        let lines: [String]
        let count: Int?
        let inner: [Deep]
    }

    private struct Deep: Sendable { let title: String? }

    @Test("A nil name ends there and does not climb to an outer one, with or without a leading dot")
    func nilDoesNotClimb() throws {
        let template =
            "{{#it}}[{{title}}][{{.title}}]{{#title}}yes{{/title}}{{^title}}no{{/title}}"
            + "{{#inner}}({{title}}){{/inner}}{{/it}}"
        let bare = Inner(title: nil, lines: [], count: nil, inner: [Deep(title: nil)])
        #expect(try Pressing.draw(template, ["title": "outer", "it": bare]) == "[][]no()\n")
        let full = Inner(title: "own", lines: [], count: nil, inner: [Deep(title: "deep")])
        #expect(try Pressing.draw(template, ["title": "outer", "it": full]) == "[own][own]yes(deep)\n")
    }

    @Test("A name the value does not have is the page's, unless a dot stands before it")
    func climbing() throws {
        let drawn = try Pressing.draw("{{#it}}{{csrf}}[{{.csrf}}]{{/it}}", ["csrf": "token", "it": Deep(title: nil)])
        #expect(drawn == "token[]\n")
    }

    @Test("Lists, numbers, ids, enumerations and tables are made ready")
    func kinds() throws {
        let id = try #require(ID(bytes: Array(repeating: 7, count: 16)))
        let inner = Inner(title: "a", lines: ["x", "y"], count: 3, inner: [])
        #expect(
            try Pressing.draw(
                "{{#it}}{{#lines}}{{.}},{{/lines}}{{count}}{{/it}} {{id}} {{state}} {{table.key}} "
                    + "{{part}}{{^none}}!{{/none}}",
                [
                    "it": inner, "id": id, "state": WebState.notbegun, "table": ["key": "v"], "part": 74.5,
                    "none": [Int](),
                ])
                == "x,y,3 \(id) notbegun v 74.5!\n")
    }

    @Test(
        "Escaping changes five signs and nothing else",
        arguments: [
            ("Đơn Dương", "Đơn Dương"), ("<>&\"'", "&lt;&gt;&amp;&quot;&#39;"), ("&amp;", "&amp;amp;"),
            ("Thôn <b>Ka Đơn</b> 👨‍👩‍👧", "Thôn &lt;b&gt;Ka Đơn&lt;/b&gt; 👨‍👩‍👧"), ("{{a}}", "{{a}}"),
        ])
    func escaping(text: String, escaped: String) throws {
        #expect(HTMLBytes().escapeText(text) == escaped)
        let fields: [String: Any] = ["it": ["text": text], "a": "filled"]
        #expect(try Pressing.draw("{{#it}}{{text}}{{/it}}", fields) == escaped + "\n")
        #expect(try Pressing.draw("{{> part}}", fields, partials: ["part": "{{#it}}{{text}}{{/it}}"]).contains(escaped))
        let inheriting = ["frame": "{{$main}}{{/main}}"]
        let drawn = try Pressing.draw(
            "{{<frame}}{{$main}}{{#it}}{{text}}{{/it}}{{/main}}{{/frame}}", fields, partials: inheriting)
        #expect(drawn.contains(escaped))
    }

    @Test("A text area keeps its indentation, all else loses it")
    func indentation() throws {
        let drawn = try Pressing.draw("<div>\n    <p>\n    <textarea>\n  a\n</textarea>\n    </p>", [:])
        #expect(drawn == "<div>\n<p>\n<textarea>\n  a\n</textarea>\n</p>\n")
    }

    private func words(_ texts: [String: String], _ source: [String: String] = [:]) -> Words {
        Words(language: .en, texts: texts, source: source)
    }

    @Test("Places in words are filled; what is not handed in stays, an unknown key shows itself")
    func places() {
        let words = words(["a": "{count} of {whole}", "b": "plain"], ["b": "nguồn", "c": "chỉ có {count}"])
        #expect(words("a", ["count": "3", "whole": "9"]) == "3 of 9")
        #expect(words("a", ["count": "3"]) == "3 of {whole}")
        #expect(words("a") == "{count} of {whole}")
        #expect(words("b", ["count": "3"]) == "plain")
        #expect(words("c", ["count": "3"]) == "chỉ có 3")
        #expect(words("web.none", ["count": "3"]) == "web.none")
        #expect(words.has("b") && !words.has("c"))
    }

    @Test("One is told from many by the number beside it, and the many stand where none was handed in")
    func oneAndMany() {
        let words = words([
            "a": "{count} {count|dossier is|dossiers are} late, of {all} {all|dossier|dossiers}",
            "b": "“seed|dossier” {count}", "c": "{|a|b} {count|a}",
        ])
        #expect(words("a", ["count": "1", "all": "21"]) == "1 dossier is late, of 21 dossiers")
        #expect(words("a", ["count": "0", "all": "1"]) == "0 dossiers are late, of 1 dossier")
        #expect(words("a", ["count": "1.0", "all": "1"]) == "1.0 dossiers are late, of 1 dossier")
        #expect(words("a") == "{count} dossiers are late, of {all} dossiers")
        #expect(words("b", ["count": "1"]) == "“seed|dossier” 1")
        #expect(words("c", ["count": "1"]) == "{|a|b} {count|a}", "what is no choice stays to be seen")
    }

    @Test("Words in a template: places are looked up in the page, signs are escaped")
    func wordsInTemplates() throws {
        let words = words(["a": "<{count}> & more"])
        let templates = try Templates(files: ["page": "{{#it}}{{t.a}}{{/it}}"], words: words)
        #expect(
            try templates.render(Node(fields: ["it": ["count": "3 <"]]), with: "page") == "&lt;3 &lt;&gt; &amp; more\n")
    }

    @Test(
        "A template that cannot be used stops the start and is named",
        arguments: ["{{t.missing}}", "{{t.a", "{{#open}}", "{{/closed}}", "{{t.counted}}"])
    func damaged(template: String) throws {
        let words = words(["a": "b", "counted": "{count} {count|slip|slips}"])
        #expect(throws: AssetFault.self) { try Templates(files: ["page": template], words: words) }
        do { _ = try Templates(files: ["page": template], words: words) } catch let fault as AssetFault {
            #expect(fault.description.contains("page.mustache"))
        }
        #expect(throws: Never.self) { try Templates(files: ["page": "{{t.a}}"], words: words) }
    }

    @Test("Pages that are read later are looked through for words at once, and say what else is wrong when read")
    func later() async throws {
        let words = words(["a": "b"])
        #expect(throws: AssetFault.self) {
            try Templates(files: ["page": "{{t.missing}}"], words: words, isLater: true)
        }
        let damaged = try Templates(files: ["page": "{{#open}}{{t.a}}"], words: words, isLater: true)
        #expect(throws: AssetFault.self) { try damaged.render(Node(fields: [:]), with: "page") }
        let said = await withCheckedContinuation { said in
            damaged.readBeside { said.resume(returning: $0.description) }
        }
        #expect(said.contains("page.mustache"))
        let whole = try Templates(files: ["page": "{{t.a}}"], words: words, isLater: true)
        #expect(try whole.render(Node(fields: [:]), with: "page") == "b\n")
    }

    @Test("Files that pages ask for are looked for, whatever stands behind their names")
    func publicFiles() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "public-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("a {}".utf8).write(to: URL(filePath: folder + "/here.css"))
        let missing = try PublicFiles(folder: folder).missing(from: [
            "a": "<link href=\"/here.css?v=1\"><a href=\"/areas\"><link href=\"/away.css{{v}}\">",
            "b": "<script src=\"/thu-hai.js\"></script><a href=\"/{{id}}\">", "c": "<img src=\"/away.css\">",
        ])
        #expect(missing == ["away.css", "thu-hai.js"])
    }

    @Test("A page that asks for a template that is not there is told which")
    func noTemplate() throws {
        let templates = try Templates(files: [:], words: .none)
        #expect(throws: AssetFault.self) { try templates.render(Node(fields: [:]), with: "none") }
    }

    @Test("The kit's words are whole in both languages, place for place")
    func bothLanguages() throws {
        let rooms = try AssetRooms(root: houseRoot)
        let all = try Language.allCases.map { try rooms.words($0).filter { $0.key.hasPrefix("web.") } }
        #expect(all[0].count > 20 && Set(all[0].keys) == Set(all[1].keys))
        for (key, text) in all[0] {
            let english = all[1][key] ?? ""
            #expect(places(of: text) == places(of: english), "\(key)")
        }
    }

    private func places(of text: String) -> Set<String> {
        Set(
            text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().map {
                String($0.prefix { $0 != "}" && $0 != "|" })
            })
    }
}
