import Yams

extension Criteria.YAML {
    /// The line of the first alias (`*name`) to an anchor of the same file (`&name`), if any: a few lines of those
    /// can stand for gigabytes. It looks at bytes and knows nothing of quotes and comments, so nothing slips
    /// through. A text with a word after `*` and the same word after `&` is refused with it; nobody writes one.
    static func firstAlias(_ text: String) -> Int? {
        var anchors: Set<[UInt8]> = []
        var aliases: [(name: [UInt8], line: Int)] = []
        var line = 1
        var previous = UInt8(ascii: "\n")
        var mark: UInt8?
        var name: [UInt8] = []
        for byte in text.utf8 + [UInt8(ascii: "\n")] {
            if let sign = mark {
                if isOfName(byte) {
                    name.append(byte)
                } else {
                    if sign == UInt8(ascii: "&") { anchors.insert(name) } else { aliases.append((name, line)) }
                    mark = nil
                    name = []
                }
            }
            if byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*"),
                isSpace(previous) || opensValue.contains(previous)
            {
                mark = byte
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            previous = byte
        }
        return aliases.first { !$0.name.isEmpty && anchors.contains($0.name) }?.line
    }

    /// Letters that the parser takes for the name of an anchor.
    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
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
