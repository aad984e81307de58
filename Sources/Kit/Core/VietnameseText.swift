import Foundation

/// Vietnamese text made comparable: one Unicode form, search without marks, and names told apart as people do.
///
/// One scalar of a name may be typed in several ways: composed or not (ầ, a + ̂ + ̀), the tone on either vowel (Hòa,
/// Hoà), the apostrophe of D'Ran as any of a dozen characters. None of that may make two names of one.
package enum VietnameseText {
    /// The text in Unicode's composed form (NFC), otherwise unchanged.
    package static func composed(_ text: String) -> String {
        // Nothing below U+0300 nor the Vietnamese block can change, and that is nearly all text we meet.
        let isComposed = text.unicodeScalars.allSatisfy { $0.value < 0x300 || (0x1EA0...0x1EF9).contains($0.value) }
        return isComposed ? text : text.precomposedStringWithCanonicalMapping
    }

    /// The text as it is stored when a person has typed it: composed, spaces (of any kind) single, none at the ends,
    /// no invisible characters. Line ends become spaces too, so it is for single lines.
    package static func tidied(_ typed: String) -> String {
        let table = VietnameseLetters.table
        var scalars = String.UnicodeScalarView()
        var gap = false
        for scalar in composed(typed).unicodeScalars {
            switch table.glyph(of: scalar).kind {
            case .nothing: continue
            case .space: gap = true
            default:
                if gap, !scalars.isEmpty { scalars.append(" ") }
                gap = false
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    /// Lower case without marks: đ is d, apostrophes are gone (D'Ran, D’Ran and dran are one), other punctuation is a
    /// space, spaces are single and none at the ends. Vietnamese text becomes plain ASCII; other scripts keep their
    /// letters.
    package static func folded(_ text: String) -> String { fold(text, apart: false).text }

    /// - Parameter apart: an apostrophe is a space, too.
    private static func fold(_ text: String, apart: Bool) -> (text: String, hasApostrophe: Bool) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var (gap, hasApostrophe) = (false, false)
        text.forEachGlyph { glyph, scalar in
            switch glyph.kind {
            case .space, .punctuation: gap = true
            case .apostrophe:
                hasApostrophe = true
                if apart { gap = true }
            case .letter, .digit, .foreign:
                if gap, !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
                gap = false
                if glyph.kind == .foreign {
                    bytes.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
                } else {
                    bytes.append(glyph.base)
                }
            default: break
            }
        }
        return (String(decoding: bytes, as: UTF8.self), hasApostrophe)
    }

    /// What a `search_key` column holds: the texts by which a row is found (a name, its place ...), folded, in a row;
    /// behind them the parts of words with an apostrophe: K'Đoan is found as kdoan, as k doan and as doan.
    package static func searchKey(of texts: String...) -> String {
        let text = texts.count == 1 ? texts[0] : texts.joined(separator: " ")
        let folded = fold(text, apart: false)
        guard folded.hasApostrophe else { return folded.text }
        return ([folded.text] + parts(of: text, besides: folded.text)).joined(separator: " ")
    }

    /// The words by which a name is found, each once: its own, and the parts of those with an apostrophe.
    package static func nameWords(_ name: String, limit: Int = 20) -> [String] {
        let words = searchWords(name, limit: limit)
        let folded = fold(name, apart: false)
        return folded.hasApostrophe ? words + parts(of: name, besides: folded.text) : words
    }

    /// The parts of the words with an apostrophe that are no words of the text themselves.
    private static func parts(of text: String, besides folded: String) -> [String] {
        let whole = Set(folded.split(separator: " "))
        var parts: [String] = []
        for part in fold(text, apart: true).text.split(separator: " ")
        where !whole.contains(part) && !parts.contains(String(part)) { parts.append(String(part)) }
        return parts
    }

    /// The words to look for in search keys, each once, in the order typed. More than `limit` are left out: each word
    /// is a condition of a query.
    package static func searchWords(_ typed: String, limit: Int = 8) -> [String] {
        var words: [String] = []
        for word in folded(typed).split(separator: " ").map(String.init) where !words.contains(word) {
            guard words.count < limit else { break }
            words.append(word)
        }
        return words
    }

    /// Whether two names are the same but for the way they are typed: Hòa and Hoà, thuỷ and Thủy, D'Ran and D’RAN.
    /// Marks count: Hoa and Hòa are two names.
    package static func sameName(_ one: String, _ other: String) -> Bool {
        one == other || nameKey(one) == nameKey(other)
    }

    /// The key by which imported names are matched: lower case, with marks, but one form for each way of typing.
    ///
    /// The tone stands on the last of its vowels (hoà, quý; thus also muá: a key, not for display), apostrophes are ',
    /// dashes are -, spaces are single. Equal keys are equal byte for byte.
    package static func nameKey(_ name: String) -> String {
        var key = NameKey(capacity: name.utf8.count)
        composed(name).forEachGlyph { glyph, scalar in key.take(glyph, scalar) }
        return key.text()
    }
}

/// Builds a name key: vowels wait until their group ends, since the tone may still have to move to the last of them.
private struct NameKey {
    private let table = VietnameseLetters.table
    private var scalars = String.UnicodeScalarView()
    private var vowels: [(letter: Glyph, scalar: Unicode.Scalar)] = []
    private var gap = false

    init(capacity: Int) {
        scalars.reserveCapacity(capacity)
    }

    mutating func take(_ glyph: Glyph, _ scalar: Unicode.Scalar) {
        if glyph.kind == .letter, glyph.isVowel {
            if vowels.isEmpty { closeGap() }
            vowels.append((glyph, scalar))
            return
        }
        flushVowels()
        guard glyph.kind != .space else {
            gap = true
            return
        }
        closeGap()
        switch glyph.kind {
        case .letter: write(glyph, scalar)
        case .apostrophe: scalars.append("'")
        case .punctuation where scalar.properties.generalCategory == .dashPunctuation: scalars.append("-")
        default: scalars.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
        }
    }

    mutating func text() -> String {
        flushVowels()
        return String(scalars)
    }

    private mutating func closeGap() {
        if gap, !scalars.isEmpty { scalars.append(" ") }
        gap = false
    }

    private mutating func flushVowels() {
        guard let last = vowels.indices.last else { return }
        let toned = vowels.indices.filter { vowels[$0].letter.tone != .level }
        // Two tones in one group are a slip of the pen; moving them would make other slips equal to it.
        if toned.count == 1, toned[0] != last {
            vowels[last].letter.tone = vowels[toned[0]].letter.tone
            vowels[toned[0]].letter.tone = .level
        }
        for (letter, scalar) in vowels { write(letter, scalar) }
        vowels.removeAll(keepingCapacity: true)
    }

    private mutating func write(_ letter: Glyph, _ scalar: Unicode.Scalar) {
        if letter.marks.contains(.other) {
            scalars.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
        } else if let whole = table.composed(letter) {
            scalars.append(whole)
        } else {
            scalars.append(Unicode.Scalar(letter.base))
            scalars.append(contentsOf: VietnameseLetters.combining(letter))
        }
    }
}
