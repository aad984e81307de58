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

    /// English tells one from many wherever something is counted ("1 dossier", "2 dossiers"); Vietnamese never does.
    @Test func whatIsCountedHasASingular() throws {
        let rooms = try AssetRooms(root: Checkout.root)
        let english = CountedWords(try rooms.words(.en))
        #expect(english.nouns.count > 40, "the nouns that are counted are read off the words themselves")
        #expect(english.faults() == [])
        for (key, text) in try rooms.words(.vi) {
            #expect(text.firstMatch(of: CountedWords.choice()) == nil, "\(key): one and many are the same word here")
        }
    }

    /// The check above, held against words that are wrong.
    @Test(arguments: [
        ("{count} dossiers", 1), ("{count} accepted dossiers wait", 1), ("{count} {count|dossier|dossiers}", 0),
        ("{count} are late", 1), ("{count} of {all} {all|dossier|dossiers} {count|is|are} late", 0),
        ("{count} of {all} dossiers", 1), ("{count} newthings", 1), ("{name} names a dossier", 0),
        ("{count} {all|dossier|dossiers}", 1), ("{count} {count|dossier|dossier}", 1), ("{count}: dossiers", 0),
        ("{count} late", 0), ("{all} {count|dossier|dossiers} of {count}", 1),
    ]) func aMissingSingularIsFound(_ text: String, _ faults: Int) {
        let sample = ["a": "{all} {all|dossier|dossiers}", "b.one": "{all} dossier", "b.many": "{all} dossiers"]
        #expect(CountedWords(sample.merging(["text": text]) { $1 }).faults().count == faults, "\(text)")
        #expect(CountedWords(sample).faults() == [])
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

/// Words that tell one from many, `{count|dossier|dossiers}`, and those that ought to.
///
/// What is a number and what is a counted noun is read off the choices that stand in the words already, so that a noun
/// which has its singular in one place is asked for it everywhere; beside `{count}` any plural is.
struct CountedWords {
    let nouns: Set<String>
    private let numbers: Set<String>
    private let texts: [String: String]

    static func choice() -> Regex<(Substring, Substring, Substring, Substring)> {
        /\{([A-Za-z]+)\|([^|{}]*)\|([^|{}]*)\}/
    }

    init(_ texts: [String: String]) {
        self.texts = texts
        var nouns: Set = ["people", "criteria"]
        var numbers: Set = ["count"]
        for match in texts.values.flatMap({ $0.matches(of: Self.choice()) }) {
            numbers.insert(String(match.output.1))
            let one = Self.letters(match.output.2)
            nouns.formUnion(Self.letters(match.output.3).filter { $0.hasSuffix("s") && !one.contains($0) })
        }
        (self.nouns, self.numbers) = (nouns, numbers)
    }

    private static func letters(_ text: some StringProtocol) -> [String] {
        String(text).split(whereSeparator: { !$0.isLetter && $0 != "'" && $0 != "’" }).map(String.init)
    }

    /// Verbs of many.
    private static let verbs: Set = ["are", "were", "have"]
    /// Beside a number, and no plural.
    private static let others: Set = ["is", "was", "has", "this", "its", "less"]

    func faults() -> [String] {
        texts.flatMap { key, text in (unmatched(key, text) + misspelt(text)).map { "\(key): \($0): \(text)" } }.sorted()
    }

    /// A plural right after a number that says nothing of one.
    private func unmatched(_ key: String, _ text: String) -> [String] {
        text.matches(of: /\{([A-Za-z]+)\}([^{}.,;:()]*)/).compactMap { match in
            let place = String(match.output.1)
            guard numbers.contains(place) else { return nil }
            let near = Self.letters(match.output.2).prefix(3)
            // "1 of these roles" is right as it stands.
            let isPart = near.first == "of"
            let plural = near.first { word in
                if Self.verbs.contains(word) { return true }
                if isPart || word.contains(where: { $0 == "'" || $0 == "’" }) { return false }
                return nouns.contains(word)
                    || (place == "count" && word.hasSuffix("s") && !Self.others.contains(word))
            }
            guard let plural else { return nil }
            // Where code chooses between two words by a number, the other one is the singular.
            if key.hasSuffix(".many"), let one = texts[key.dropLast(4) + "one"],
                !Self.letters(one.replacing(/\{[A-Za-z]+\}/, with: "")).contains(plural)
            {
                return nil
            }
            return "no singular of “\(plural)” for {\(place)}"
        }
    }

    /// A choice that is none, or that hangs on a number which does not stand in the text.
    private func misspelt(_ text: String) -> [String] {
        var faults: [String] = []
        for match in text.matches(of: Self.choice()) {
            let place = String(match.output.1)
            if match.output.2 == match.output.3 { faults.append("“\(match.output.2)” twice") }
            // The number nearest before it is the one it goes by, but for "3 of 4 dossiers are".
            let before = text[..<match.range.lowerBound].matches(of: /\{([A-Za-z]+)\}/).map { String($0.output.1) }
            if !before.isEmpty, !before.contains(place) { faults.append("{\(place)} does not stand before it") }
            if before.isEmpty, !text.contains("{\(place)}") { faults.append("{\(place)} does not stand in it") }
        }
        let places = text.matches(of: /\{[^{}]*\|[^{}]*\}/).count
        if places != text.matches(of: Self.choice()).count { faults.append("a choice is not written {count|one|many}") }
        return faults
    }
}
