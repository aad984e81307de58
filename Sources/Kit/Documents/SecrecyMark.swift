/// The marks of state secrets on Vietnamese papers (Luật Bảo vệ bí mật nhà nước 2018, Điều 8: Mật, Tối mật, Tuyệt
/// mật), as headings: a paragraph, cell or line that says nothing else.
///
/// A help for whoever overlooked the stamp, no proof that there is none: a scanned stamp is a picture.
enum SecrecyMark {
    /// The most bytes of UTF-8 a heading with a mark has.
    static let longest = 160

    // "MẬT", "TỐI", "TUYỆT".
    private static let secret = "M\u{1EAC}T"
    private static let marks: [[String]] = [[secret], ["T\u{1ED0}I", secret], ["TUY\u{1EC6}T", secret]]
    /// What may stand before it: "ĐỘ MẬT", "MỨC ĐỘ MẬT", "DẤU", "TÀI LIỆU", "VĂN BẢN".
    private static let leads: [[String]] = [
        ["\u{110}\u{1ED8}", secret], ["M\u{1EE8}C", "\u{110}\u{1ED8}", secret], ["D\u{1EA4}U"],
        ["T\u{C0}I", "LI\u{1EC6}U"], ["V\u{102}N", "B\u{1EA2}N"],
    ]

    /// Whether this text is a mark and nothing besides. The single word counts in capitals only: in small letters it
    /// is also the word for honey.
    static func isOne(_ text: String) -> Bool {
        guard text.utf8.count <= longest else { return false }
        var words = text.split { !$0.isLetter }.map(String.init)
        // Spaced out for the eye: M Ậ T.
        if words.count > 2, words.allSatisfy({ $0.count == 1 }) { words = [words.joined()] }
        let upper = words.map { $0.uppercased() }
        for lead in leads where upper.starts(with: lead) && marks.contains(Array(upper.dropFirst(lead.count))) {
            return true
        }
        if upper == [secret] { return words == upper }
        return marks.contains(upper) || marks.dropFirst().contains { upper == [$0.joined()] }
    }

    /// Whether one stands in these bytes as a PDF spells a text of its own: in parentheses, or in UTF-16 behind its mark.
    static func isIn(_ bytes: some Sequence<UInt8>) -> Bool {
        let bytes = Array(bytes)
        var at = 0
        while at < bytes.count {
            defer { at += 1 }
            if bytes[at] == UInt8(ascii: "(") {
                let string = bytes[(at + 1)...].prefix(2 * longest).prefix { $0 != UInt8(ascii: ")") }
                if isOne(decoded(Array(string))) { return true }
            } else if bytes[at] == UInt8(ascii: "<") {
                let hex = bytes[(at + 1)...].prefix(4 * longest).prefix { $0 != UInt8(ascii: ">") }
                if let string = unhexed(hex), isOne(decoded(string)) { return true }
            }
        }
        return false
    }

    private static func decoded(_ bytes: [UInt8]) -> String {
        guard bytes.starts(with: [0xFE, 0xFF]) else { return String(decoding: bytes, as: UTF8.self) }
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        return String(decoding: units, as: UTF16.self)
    }

    private static func unhexed(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var digits: [UInt8] = []
        for byte in text where byte > 32 {
            guard let digit = PDFName.hex(byte) else { return nil }
            digits.append(digit)
        }
        return digits.count < 6
            ? nil : stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
