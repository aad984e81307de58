/// A page cut into tags and texts, as far as a test needs it: forms, links, ids, what a reader reads.
struct HTMLTokens {
    enum Token {
        case open(String, [String: String])
        case close(String)
        case text(String)
    }

    private(set) var tokens: [Token] = []

    /// Elements that have no end tag.
    static let empty: Set<String> = ["area", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "wbr"]

    init(_ html: String) {
        var rest = Array(html.utf8)[...]
        while let next = rest.firstIndex(of: UInt8(ascii: "<")) {
            add(text: rest[..<next])
            rest = rest[next...]
            if rest.starts(with: "<!--".utf8) {
                rest = HTMLTokens.after("-->", in: rest)
            } else if rest.starts(with: "<!".utf8) {
                rest = HTMLTokens.after(">", in: rest)
            } else {
                readTag(&rest)
            }
        }
        add(text: rest)
    }

    private mutating func add(text: ArraySlice<UInt8>) {
        if !text.isEmpty { tokens.append(.text(HTMLTokens.plain(String(decoding: text, as: UTF8.self)))) }
    }

    private static func after(_ end: String, in rest: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let end = Array(end.utf8)
        var start = rest.startIndex
        while start < rest.endIndex {
            if rest[start...].starts(with: end) { return rest[(start + end.count)...] }
            start += 1
        }
        return []
    }

    private mutating func readTag(_ rest: inout ArraySlice<UInt8>) {
        rest = rest.dropFirst()
        let isEnd = rest.first == UInt8(ascii: "/")
        if isEnd { rest = rest.dropFirst() }
        let name = HTMLTokens.word(&rest).lowercased()
        var attributes: [String: String] = [:]
        var closesItself = false
        while let byte = rest.first, byte != UInt8(ascii: ">") {
            if byte == UInt8(ascii: "/") || HTMLTokens.isBlank(byte) {
                closesItself = byte == UInt8(ascii: "/")
                rest = rest.dropFirst()
                continue
            }
            closesItself = false
            let key = HTMLTokens.word(&rest).lowercased()
            attributes[key] = HTMLTokens.value(&rest)
            if key.isEmpty { rest = rest.dropFirst() }
        }
        rest = rest.dropFirst()
        tokens.append(isEnd ? .close(name) : .open(name, attributes))
        // As shapes of SVG do.
        if closesItself, !isEnd, !HTMLTokens.empty.contains(name) { tokens.append(.close(name)) }
        // What stands in these is no mark-up.
        if !isEnd, name == "script" || name == "style" { rest = HTMLTokens.after("</\(name)>", in: rest) }
    }

    private static func word(_ rest: inout ArraySlice<UInt8>) -> String {
        let word = rest.prefix {
            !isBlank($0) && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "/")
        }
        rest = rest[word.endIndex...]
        return String(decoding: word, as: UTF8.self)
    }

    private static func value(_ rest: inout ArraySlice<UInt8>) -> String {
        guard rest.first == UInt8(ascii: "=") else { return "" }
        rest = rest.dropFirst()
        let value: ArraySlice<UInt8>
        if let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            value = rest.dropFirst().prefix { $0 != quote }
            rest = rest[value.endIndex...].dropFirst()
        } else {
            value = rest.prefix { !isBlank($0) && $0 != UInt8(ascii: ">") }
            rest = rest[value.endIndex...]
        }
        return plain(String(decoding: value, as: UTF8.self))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

    private static let named = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}"]

    /// Character references put back into characters.
    static func plain(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var plain = ""
        var rest = text[...]
        while let mark = rest.firstIndex(of: "&") {
            plain += rest[..<mark]
            rest = rest[mark...]
            guard let end = rest.prefix(12).firstIndex(of: ";") else {
                plain += "&"
                rest = rest.dropFirst()
                continue
            }
            let name = rest[rest.index(after: mark)..<end]
            plain += named[String(name)] ?? letter(name) ?? "&\(name);"
            rest = rest[rest.index(after: end)...]
        }
        return plain + rest
    }

    private static func letter(_ name: Substring) -> String? {
        guard name.first == "#" else { return nil }
        let digits = name.dropFirst()
        let number = digits.first == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
    }
}
