import Core
import Foundation
import Testing
import Web

/// No word is missing, none is left over, and Vietnamese stands in the words and nowhere else.
@Suite struct WordsTests {
    private let assets = try? Assets(root: Checkout.root)

    private func words(_ language: Language) throws -> Words {
        let assets = try #require(assets)
        return try #require(assets.words[language])
    }

    @Test func bothLanguagesHaveTheSameKeys() throws {
        let vietnamese = try words(.vi).keys
        let english = try words(.en).keys
        #expect(vietnamese.subtracting(english).sorted() == [], "missing in English")
        #expect(english.subtracting(vietnamese).sorted() == [], "missing in Vietnamese")
    }

    @Test func bothLanguagesHaveTheSamePlaces() throws {
        let vietnamese = try words(.vi)
        let english = try words(.en)
        for key in vietnamese.keys.sorted() where english.has(key) {
            #expect(places(vietnamese(key)) == places(english(key)), "places differ in \(key)")
        }
    }

    private func places(_ text: String) -> Set<String> {
        Set(text.matches(of: /\{([A-Za-z]+)\}/).map { String($0.output.1) })
    }

    /// A text in code that begins with a feature's name and has dots in it is a key.
    @Test func everyKeyInCodeHasAWord() throws {
        let known = try words(.vi)
        let groups = Set(known.keys.compactMap { $0.split(separator: ".").first.map(String.init) })
        for file in Checkout.files(below: "Sources", ending: ".swift") {
            for match in file.text.matches(of: /"([a-z][A-Za-z]*)((?:\.[A-Za-z0-9-]+)+)"/) {
                let key = String(match.output.1 + match.output.2)
                guard groups.contains(String(match.output.1)), !isSomethingElse(key, in: file.path) else { continue }
                let isGroup = known.keys.contains { $0.hasPrefix(key + ".") }
                #expect(known.has(key) || isGroup, "\(file.path): there is no word \(key)")
            }
        }
    }

    /// Names of acts, jobs and migrations look like keys.
    private func isSomethingElse(_ key: String, in path: String) -> Bool {
        path.hasSuffix("Schema.swift") || key.contains(".0")
            || [".mustache", ".json", ".yaml"].contains(where: key.hasSuffix)
            || Acts.names.contains(key)
    }

    @Test func noVietnameseStandsInCode() {
        let letters = /[ăâđêôơưĂÂĐÊÔƠƯàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/
        for file in Checkout.files(below: "Sources/Features", ending: ".swift") {
            for (number, line) in file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let code = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)[0]
                #expect(
                    code.firstMatch(of: letters) == nil, "\(file.path):\(number + 1) has Vietnamese outside the words")
            }
        }
    }

    @Test func noTemplateHasVietnamese() {
        let letters = /[ăâđêôơưĂÂĐÊÔƠƯàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/
        for file in Checkout.files(below: "Sources", ending: ".mustache") {
            #expect(file.text.firstMatch(of: letters) == nil, "\(file.path) has words outside the words")
        }
    }
}

/// Names of acts in the audit trail, read off the code: they look like keys of words and are none.
enum Acts {
    static let names: Set<String> = {
        var names: Set<String> = []
        for file in Checkout.files(below: "Sources", ending: ".swift") {
            for match in file.text.matches(of: /\bas: "([a-z]+(?:[A-Z][a-z]+)*\.[A-Za-z.]+)"/) {
                names.insert(String(match.output.1))
            }
            for match in file.text.matches(of: /\b(?:Job\.plan\(|kind: |named: )"([a-z]+\.[A-Za-z.]+)"/) {
                names.insert(String(match.output.1))
            }
        }
        return names
    }()
}
