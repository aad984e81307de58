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

/// A value of a page made ready for templates: read by reflection once, then looked up by name. A name that the
/// value has but that holds nothing stays empty; it never takes the value of an outer object of the same name.
struct Node: MustacheParent {
    private let fields: [String: Any]

    func child(named name: String) -> Any? { fields[name] }

    init(_ value: Any) {
        var fields: [String: Any] = [:]
        for child in Mirror(reflecting: value).children {
            if let label = child.label { fields[label] = Node.ready(child.value) }
        }
        self.fields = fields
    }

    init(fields: [String: Any]) { self.fields = fields.mapValues(Node.ready) }

    /// Texts, numbers and flags as they are; lists and structs made ready in turn.
    static func ready(_ value: Any) -> Any {
        switch value {
        case let text as String: return text
        case let number as Int: return number
        case let flag as Bool: return flag
        case let id as ID: return id.description
        case let node as Node: return node
        case let list as [Any]: return list.map(ready)
        case let table as [String: Any]: return Node(fields: table)
        case let said as any CustomStringConvertible where !(value is any Collection): return said.description
        default: break
        }
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .optional {
            guard let some = mirror.children.first else { return Absent() }
            return ready(some.value)
        }
        if mirror.displayStyle == .enum { return "\(value)" }
        return mirror.children.isEmpty ? "\(value)" : Node(value)
    }
}

/// Nothing, said aloud, so that the look-up ends here.
private struct Absent: MustacheCustomRenderable {
    var renderText: String { "" }
    var isNull: Bool { true }
}
