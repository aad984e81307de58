/// What is wrong with a page before anybody looks at what it says: mark-up that does not close, two elements of one
/// id, a label or a link to what is not there, words or places that were not filled in.
enum PageFaults {
    static func of(_ html: String) -> [String] {
        let tokens = HTMLTokens(html).tokens
        return nesting(tokens) + names(tokens) + outline(tokens) + leftovers(tokens)
    }

    private static func nesting(_ tokens: [HTMLTokens.Token]) -> [String] {
        var open: [String] = []
        for token in tokens {
            switch token {
            case .open(let name, _) where !HTMLTokens.empty.contains(name): open.append(name)
            case .close(let name) where name != "script" && name != "style":
                while open.last == "script" || open.last == "style" { open.removeLast() }
                guard open.last == name else { return ["</\(name)> closes \(open.last ?? "nothing")"] }
                open.removeLast()
            default: break
            }
        }
        return open.isEmpty ? [] : ["not closed: \(open.joined(separator: " "))"]
    }

    private static func names(_ tokens: [HTMLTokens.Token]) -> [String] {
        var ids: Set<String> = []
        var faults: [String] = []
        var meant: [(String, String)] = []
        for case .open(let name, let attributes) in tokens {
            if let id = attributes["id"], !ids.insert(id).inserted { faults.append("two elements have the id \(id)") }
            if name == "label", let target = attributes["for"] { meant.append((target, "a label")) }
            if name == "a", let href = attributes["href"], href.hasPrefix("#"), href.count > 1 {
                meant.append((String(href.dropFirst()), "a link"))
            }
            for attribute in ["aria-describedby", "aria-labelledby"] {
                for target in (attributes[attribute] ?? "").split(separator: " ") {
                    meant.append((String(target), attribute))
                }
            }
        }
        return faults + meant.filter { !ids.contains($0.0) }.map { "\($0.1) points to \($0.0), which is not there" }
    }

    private static func outline(_ tokens: [HTMLTokens.Token]) -> [String] {
        func count(_ name: String) -> Int {
            tokens.count { if case .open(name, _) = $0 { true } else { false } }
        }
        return [("h1", 1), ("main", 1), ("title", 1)].filter { count($0.0) != $0.1 }
            .map { "\(count($0.0)) \($0.0) instead of \($0.1)" }
    }

    private static func leftovers(_ tokens: [HTMLTokens.Token]) -> [String] {
        var faults: [String] = []
        // What people typed may hold anything, a set's text in YAML even two braces.
        var isTyped = false
        for token in tokens {
            if case .open("textarea", _) = token { isTyped = true }
            if case .close("textarea") = token { isTyped = false }
            let texts: [String] =
                switch token {
                case .text(let text): isTyped ? [] : [text]
                case .open(_, let attributes): Array(attributes.values)
                case .close: []
                }
            for text in texts {
                if text.contains("{{") || text.contains("}}") { faults.append("a tag was left: \(text.prefix(60))") }
                if isWordsKey(text) { faults.append("words are missing: \(text)") }
            }
        }
        return faults
    }

    /// A text that is nothing but `feature.page.word`.
    private static func isWordsKey(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 3, !text.hasPrefix("www.") else { return false }
        return parts.allSatisfy { part in
            part.first?.isLetter == true && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
    }
}
