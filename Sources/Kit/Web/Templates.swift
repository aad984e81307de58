import Core
import Foundation
import Mustache

/// The templates of one language: the words are put in when they are loaded, so that a missing word stops the start
/// and a page costs no look-up.
package struct Templates: Sendable {
    private let library: MustacheLibrary

    init(files: [String: String], words: Words) throws {
        MustacheContentTypes.register(HTMLBytes(), named: HTMLBytes.name)
        var templates: [String: MustacheTemplate] = [:]
        for (name, text) in files {
            let ready = try Templates.prepare(text, name: name, words: words)
            do {
                templates[name] = try MustacheTemplate(string: ready)
            } catch {
                throw AssetFault(description: "\(name).mustache: \(error)")
            }
        }
        library = MustacheLibrary(templates: templates)
    }

    /// The page as text.
    func render(_ context: any MustacheParent, with template: String) throws -> String {
        guard let text = library.render(context, withTemplate: template) else {
            throw AssetFault(description: "there is no template \(template)")
        }
        return text
    }

    /// Words in, indentation out, and our own escaping named at the head: within a partial the library goes back
    /// to its own otherwise.
    static func prepare(_ text: String, name: String, words: Words) throws -> String {
        var ready = "{{% CONTENT_TYPE:\(HTMLBytes.name)}}"
        var isKept = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isOpening = line.contains("<pre") || line.contains("<textarea")
            ready += isKept ? line : line.drop { $0 == " " || $0 == "\t" }
            if isOpening { isKept = true }
            if line.contains("</pre>") || line.contains("</textarea>") { isKept = false }
            ready += "\n"
        }
        return try replaceWords(ready, name: name, words: words)
    }

    private static func replaceWords(_ text: String, name: String, words: Words) throws -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstRange(of: "{{t.") {
            result += rest[..<open.lowerBound]
            guard let close = rest[open.upperBound...].firstRange(of: "}}") else {
                throw AssetFault(description: "\(name).mustache: a word's tag is not closed")
            }
            let key = String(rest[open.upperBound..<close.lowerBound])
            guard let word = words.template(key) else {
                throw AssetFault(description: "\(name).mustache: there is no word \(key)")
            }
            result += HTMLBytes().escapeText(word).replacing("{", with: "{{").replacing("}", with: "}}")
            rest = rest[close.upperBound...]
        }
        return result + rest
    }
}

/// HTML escaping on bytes. The library's own goes letter by letter, which is what a Vietnamese page is slowest at.
struct HTMLBytes: MustacheContentType {
    static let name = "HTML-BYTES"

    func escapeText(_ text: String) -> String {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.contains(where: HTMLBytes.isSpecial) else { return nil }
            var out: [UInt8] = []
            out.reserveCapacity(bytes.count + 32)
            for byte in bytes {
                switch byte {
                case UInt8(ascii: "&"): out += Array("&amp;".utf8)
                case UInt8(ascii: "<"): out += Array("&lt;".utf8)
                case UInt8(ascii: ">"): out += Array("&gt;".utf8)
                case UInt8(ascii: "\""): out += Array("&quot;".utf8)
                case UInt8(ascii: "'"): out += Array("&#39;".utf8)
                default: out.append(byte)
                }
            }
            return String(decoding: out, as: UTF8.self)
        } ?? text
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == 38 || byte == 60 || byte == 62 || byte == 34 || byte == 39
    }
}

// What a page shows most is text. Said so, the library asks a text for itself at once, instead of trying by casts
// whether it is a lambda, an optional or something that describes itself: a tenth of a list's time.
extension String: @retroactive MustacheCustomRenderable {
    public var renderText: String { self }
    public var isNull: Bool { false }
}

extension Int: @retroactive MustacheCustomRenderable {
    public var renderText: String { String(self) }
    public var isNull: Bool { false }
}
