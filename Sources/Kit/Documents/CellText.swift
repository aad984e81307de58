/// The text of cells: what is cut off when reading, what is taken out when writing.
enum CellText {
    /// The text without blanks around it. Bytes that are no UTF-8 become the replacement character.
    static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(decoding: trimmedBytes(bytes), as: UTF8.self)
    }

    /// As `trimmed`, and with the characters put back that spreadsheets write as `_x000D_`.
    static func fromSpreadsheet(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let text = trimmed(bytes)
        guard bytes.contains(UInt8(ascii: "_")), text.contains("_x") else { return text }
        return unescaped(text)
    }

    /// The bytes without blanks around them: ASCII blanks and controls, the non-breaking and the wide blanks, and the
    /// mark at the start of files.
    static func trimmedBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var (start, end) = (0, bytes.count)
        while start < end {
            let width = blank(bytes, at: start, end)
            if width == 0 { break }
            start += width
        }
        trailing: while start < end {
            for width in 1...3 where end - width >= start {
                if blank(bytes, at: end - width, end) == width {
                    end -= width
                    continue trailing
                }
            }
            break
        }
        return UnsafeBufferPointer(rebasing: bytes[start..<end])
    }

    /// What goes into a file for others: no characters that turn the direction of writing (they make one name look
    /// like another), no controls but tab and line end, one kind of line end, nothing that XML cannot hold.
    static func clean(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return text }
        var clean = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in text.unicodeScalars {
            if scalar == "\r" || (scalar == "\n" && !afterReturn) { clean.append("\n") }
            afterReturn = scalar == "\r"
            if scalar != "\r", scalar != "\n", !isUnwanted(scalar) { clean.append(scalar) }
        }
        return String(clean)
    }

    private static func isUnwanted(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09: false
        case 0x00...0x1F, 0x7F...0x9F: true
        // Marks, embeddings, overrides and isolates of direction; line and paragraph separators.
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        case 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
        default: scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value)
        }
    }

    /// How many bytes the blank at this place takes; 0 when there is none.
    private static func blank(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, _ end: Int) -> Int {
        if bytes[index] <= 0x20 { return 1 }
        if bytes[index] == 0xC2, index + 1 < end, bytes[index + 1] == 0xA0 { return 2 }
        guard index + 2 < end else { return 0 }
        switch (bytes[index], bytes[index + 1], bytes[index + 2]) {
        case (0xE2, 0x80, 0x80...0x8B), (0xE2, 0x80, 0xAF), (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF): return 3
        default: return 0
        }
    }

    private static func unescaped(_ text: String) -> String {
        var answer = ""
        var rest = text[...]
        while let mark = rest.firstRange(of: "_x") {
            answer += rest[..<mark.lowerBound]
            let digits = rest[mark.upperBound...].prefix(4)
            let after = rest[digits.endIndex...]
            if digits.utf8.count == 4, after.hasPrefix("_"), let code = UInt32(digits, radix: 16),
                let scalar = Unicode.Scalar(code), code >= 0x20 || code == 0x09 || code == 0x0A
            {
                answer.unicodeScalars.append(scalar)
                rest = after.dropFirst()
            } else if digits.utf8.count == 4, after.hasPrefix("_"), UInt32(digits, radix: 16) != nil {
                rest = after.dropFirst()
            } else {
                answer += "_x"
                rest = rest[mark.upperBound...]
            }
        }
        return answer + rest
    }
}
