import Yams

extension Criteria.YAML {
    /// The line of the first word that begins with `&` or `*`, if any: it may be an anchor or an alias, and a few
    /// lines of those can stand for gigabytes. It looks at bytes and knows nothing of quotes and comments, so
    /// nothing slips through; a text that really needs such a word is rare, and the refusal says what to do.
    static func firstAlias(_ text: String) -> Int? {
        var line = 1
        var previous = UInt8(ascii: "\n")
        var isMarked = false
        for byte in text.utf8 {
            if isMarked, !isSpace(byte) { return line }
            isMarked = false
            if byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*") {
                isMarked = isSpace(previous) || opensValue.contains(previous)
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            previous = byte
        }
        return nil
    }

    private static let opensValue = Set("[{,:?".utf8)

    /// Blanks and line ends, with the last bytes of those that YAML knows outside ASCII.
    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d || byte == 0x85 || byte == 0xa8 || byte == 0xa9
    }

    /// No set needs more levels than this; a deeper file is refused before it is walked.
    static func isTooDeep(_ node: Node, levels: Int = 30) -> Bool {
        switch node {
        case .scalar, .alias: false
        case .sequence(let items): levels == 0 || items.contains { isTooDeep($0, levels: levels - 1) }
        case .mapping(let entries):
            levels == 0
                || entries.contains { isTooDeep($0.key, levels: levels - 1) || isTooDeep($0.value, levels: levels - 1) }
        }
    }
}
