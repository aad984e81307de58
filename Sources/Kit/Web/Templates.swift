import Core
import Dispatch
import Foundation
import Mustache
import Synchronization

/// The templates of one language: the words are put in when they are loaded, so that a missing word stops the start
/// and a page costs no look-up.
package struct Templates: Sendable {
    private let pages: Pages

    /// - Parameter isLater: whether the pages may be read when first asked for, or beside the running program
    ///   (`readBeside`). Their words are looked for now in any case; what else is wrong with a template shows in the
    ///   language that is read at once, since all languages have the same.
    init(files: [String: String], words: Words, isLater: Bool = false) throws {
        MustacheContentTypes.register(HTMLBytes(), named: HTMLBytes.name)
        var texts: [(name: String, text: String)] = []
        for (name, text) in files.sorted(by: { $0.key < $1.key }) {
            texts.append((name, try Templates.prepare(text, name: name, words: words)))
        }
        pages = Pages(texts)
        if !isLater { _ = try pages.library() }
    }

    /// Reads the pages while the program already answers. Whoever asks for one meanwhile waits for it.
    /// - Parameter failed: told what is wrong with them.
    func readBeside(failed: @escaping @Sendable (AssetFault) -> Void) {
        DispatchQueue.global(qos: .utility).async { [pages] in
            do throws(AssetFault) { _ = try pages.library() } catch { failed(error) }
        }
    }

    /// The page as text.
    func render(_ context: any MustacheParent, with template: String) throws -> String {
        guard let text = try pages.library().render(context, withTemplate: template) else {
            throw AssetFault(description: "there is no template \(template)")
        }
        return text
    }

    /// Words in, indentation out, and our own escaping named at the head: within a partial the library goes back
    /// to its own otherwise.
    static func prepare(_ text: String, name: String, words: Words) throws(AssetFault) -> String {
        var ready = "{{% CONTENT_TYPE:\(HTMLBytes.name)}}"
        var isKept = false
        for bytes in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let line = Substring(bytes)
            let isOpening = line.place(of: "<pre") != nil || line.place(of: "<textarea") != nil
            ready += isKept ? line : Substring(bytes.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") })
            if isOpening { isKept = true }
            if line.place(of: "</pre>") != nil || line.place(of: "</textarea>") != nil { isKept = false }
            ready += "\n"
        }
        return try replaceWords(ready, name: name, words: words)
    }

    private static func replaceWords(
        _ text: String, name: String, words: Words
    ) throws(AssetFault) -> String {
        var result = ""
        var rest = text[...]
        // By bytes: the tags are plain letters, and going letter by letter through Vietnamese costs ten times as much.
        while let open = rest.place(of: "{{t.") {
            result += rest[..<open.lowerBound]
            guard let close = rest[open.upperBound...].place(of: "}}") else {
                throw AssetFault(description: "\(name).mustache: a word's tag is not closed")
            }
            let key = String(rest[open.upperBound..<close.lowerBound])
            guard let word = words.template(key) else {
                throw AssetFault(description: "\(name).mustache: there is no word \(key)")
            }
            // Which of two words it is hangs on a number that is only known when the page is made.
            guard !NumberForms.stand(in: word) else {
                throw AssetFault(
                    description: "\(name).mustache: \(key) tells one from many; fill it in code and hand it in")
            }
            let escaped = HTMLBytes().escapeText(word)
            result +=
                escaped.utf8.contains(UInt8(ascii: "{"))
                ? escaped.replacing("{", with: "{{").replacing("}", with: "}}") : escaped
            rest = rest[close.upperBound...]
        }
        return result + rest
    }
}

/// The pages of one language, read once: half of the time to be ready, so that only one language is waited for.
private final class Pages: Sendable {
    private let texts: [(name: String, text: String)]
    private let read = Mutex<Result<MustacheLibrary, AssetFault>?>(nil)

    init(_ texts: [(name: String, text: String)]) { self.texts = texts }

    /// - Throws: the first fault by name, so that the same folder always says the same.
    func library() throws(AssetFault) -> MustacheLibrary {
        let library = read.withLock { read in
            if let read { return read }
            let made = Result { () throws(AssetFault) in try Pages.parse(texts) }
            read = made
            return made
        }
        return try library.get()
    }

    private static func parse(_ texts: [(name: String, text: String)]) throws(AssetFault) -> MustacheLibrary {
        let read = Mutex<[Int: Result<MustacheTemplate, AssetFault>]>([:])
        DispatchQueue.concurrentPerform(iterations: texts.count) { place in
            let (name, text) = texts[place]
            let template = Result { () throws(AssetFault) in
                do {
                    return try MustacheTemplate(string: text)
                } catch {
                    throw AssetFault(description: "\(name).mustache: \(error)")
                }
            }
            read.withLock { $0[place] = template }
        }
        let found = read.withLock { $0 }
        var templates: [String: MustacheTemplate] = [:]
        for (place, text) in texts.enumerated() { templates[text.name] = try found[place]?.get() }
        return MustacheLibrary(templates: templates)
    }
}

extension Substring {
    /// Where a text of plain letters stands first, found by bytes.
    func place(of mark: StaticString) -> Range<Index>? {
        let wanted = UnsafeBufferPointer(start: mark.utf8Start, count: mark.utf8CodeUnitCount)
        var start = utf8.startIndex
        while let first = utf8[start...].firstIndex(of: wanted[0]) {
            if utf8[first...].starts(with: wanted) {
                return first..<utf8.index(first, offsetBy: wanted.count)
            }
            start = utf8.index(after: first)
        }
        return nil
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
