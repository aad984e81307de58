import Core
import Foundation

/// The product's words in one language, found by keys such as `web.error.notFound.title`. Places in them are
/// written `{count}`. Vietnamese is the source: another language that lacks a key shows the Vietnamese word.
///
/// English tells one from many, which Vietnamese does not: `{count|dossier|dossiers}` is the first where the place
/// `count` is filled with "1" and the second otherwise.
package struct Words: Sendable {
    package let language: Language
    private let texts: [String: String]
    private let source: [String: String]

    init(language: Language, texts: [String: String], source: [String: String]) {
        self.language = language
        self.texts = texts
        self.source = source
    }

    /// The words for a key with its places filled. An unknown key shows itself, which the tests find.
    package func callAsFunction(_ key: String, _ arguments: [String: String] = [:]) -> String {
        guard let text = template(key) else { return key }
        guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
        // In one pass, so that a brace within a value is never taken for a place.
        var filled = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            filled += rest[..<open]
            let name = rest[rest.index(after: open)..<close]
            if let forms = NumberForms(name) {
                filled += forms.said(of: arguments[String(forms.place)])
            } else {
                filled += arguments[String(name)] ?? String(rest[open...close])
            }
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }

    /// Whether this language has the key itself, not only Vietnamese.
    package func has(_ key: String) -> Bool { texts[key] != nil }

    /// The words with their places still open.
    func template(_ key: String) -> String? { texts[key] ?? source[key] }

    package var keys: Set<String> { Set(texts.keys) }
}

/// What stands between braces where one is told from many: `count|dossier|dossiers`.
struct NumberForms {
    /// The place whose number decides.
    let place: Substring
    let one: Substring
    let many: Substring

    /// Nil for a plain place.
    init?(_ text: Substring) {
        guard text.utf8.contains(UInt8(ascii: "|")) else { return nil }
        let parts = text.split(separator: "|", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty else { return nil }
        (place, one, many) = (parts[0], parts[1], parts[2])
    }

    /// Whether a text has such a choice in it.
    static func stand(in text: String) -> Bool {
        text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().contains { part in
            NumberForms(part.prefix { $0 != "}" }) != nil
        }
    }

    /// - Parameter number: as it stands beside the word; nil while the place is open.
    func said(of number: String?) -> Substring { number == "1" ? one : many }
}

/// Everything a page is made from that is not code: templates, words and public files, read from one folder at the
/// start and checked whole. Pages in other languages than Vietnamese are read when they are first asked for or by
/// `readTheRest`, whichever comes first.
package struct Assets: Sendable {
    package let words: [Language: Words]
    package let templates: [Language: Templates]
    package let publicFiles: PublicFiles

    /// - Parameter root: the checkout, or `share/kieumau` of an installation: the same folders stand in both.
    /// - Throws: `AssetFault` that names the file and what is wrong with it.
    package init(root: String) throws {
        let rooms = try AssetRooms(root: root)
        var texts: [Language: [String: String]] = [:]
        for language in Language.allCases {
            texts[language] = try rooms.words(language)
        }
        let source = texts[.vi] ?? [:]
        var words: [Language: Words] = [:]
        var templates: [Language: Templates] = [:]
        let files = try rooms.templates()
        for language in Language.allCases {
            let bound = Words(language: language, texts: texts[language] ?? [:], source: source)
            words[language] = bound
            templates[language] = try Templates(files: files, words: bound, isLater: language != .vi)
        }
        self.words = words
        self.templates = templates
        publicFiles = try PublicFiles(folder: root + "/Public")
        let missing = publicFiles.missing(from: files)
        guard missing.isEmpty else {
            throw AssetFault(
                description: "\(root)/Public has no \(missing.joined(separator: ", ")), which pages ask for")
        }
    }

    /// Reads what was left for later, beside the running program.
    /// - Parameter failed: told what cannot be used; its pages then answer with an error, the others do not.
    package func readTheRest(failed: @escaping @Sendable (AssetFault) -> Void) {
        for templates in templates.values { templates.readBeside(failed: failed) }
    }
}

/// A file of the assets folder that cannot be used.
package struct AssetFault: Error, CustomStringConvertible {
    package let description: String
}

/// Finds the rooms `Templates` and `Words` below the root.
package struct AssetRooms {
    private let folders: [String]

    package init(root: String) throws {
        var folders: [String] = []
        for parent in ["Sources/Kit", "Sources/Features"] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(parent)")) ?? []
            folders += names.sorted().map { "\(root)/\(parent)/\($0)" }
        }
        guard !folders.isEmpty else { throw AssetFault(description: "no templates and words below \(root)") }
        self.folders = folders
    }

    /// All words of a language by their keys, of all folders.
    ///
    /// - Throws: `AssetFault` for a file that is no JSON, or a key that stands twice.
    package func words(_ language: Language) throws -> [String: String] {
        var all: [String: String] = [:]
        for folder in folders {
            let file = "\(folder)/Words/\(language.rawValue).json"
            guard let bytes = FileManager.default.contents(atPath: file) else { continue }
            guard let tree = try? JSONSerialization.jsonObject(with: bytes) as? [String: Any] else {
                throw AssetFault(description: "\(file) is not JSON")
            }
            try AssetRooms.flatten(tree, "", into: &all, file)
        }
        return all
    }

    private static func flatten(
        _ tree: [String: Any], _ prefix: String, into all: inout [String: String], _ file: String
    ) throws {
        for (name, value) in tree {
            let key = prefix + name
            if let text = value as? String {
                guard all.updateValue(text, forKey: key) == nil else {
                    throw AssetFault(description: "\(file): \(key) stands elsewhere too")
                }
            } else if let branch = value as? [String: Any] {
                try flatten(branch, key + ".", into: &all, file)
            } else {
                throw AssetFault(description: "\(file): \(key) is neither text nor a group")
            }
        }
    }

    /// The templates by their names.
    package func templates() throws -> [String: String] {
        var all: [String: String] = [:]
        for folder in folders {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/Templates")) ?? []
            for name in names where name.hasSuffix(".mustache") {
                let file = "\(folder)/Templates/\(name)"
                guard let bytes = FileManager.default.contents(atPath: file) else {
                    throw AssetFault(description: "\(file) cannot be read")
                }
                guard all.updateValue(String(decoding: bytes, as: UTF8.self), forKey: String(name.dropLast(9))) == nil
                else { throw AssetFault(description: "\(name) stands in two features") }
            }
        }
        return all
    }
}
