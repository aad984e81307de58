/// Vietnamese dictionary order as ASCII text, so that plain byte order sorts it: SQLite's BINARY, PostgreSQL's "C".
///
/// A key has two parts. First the letters of the whole text: a ă â b c d đ e ê ... each as one ASCII letter in rising
/// order, words apart by "-", numbers by their value. Then, after "!", the tones word by word (ngang, huyền, hỏi, ngã,
/// sắc, nặng), so that they decide only between texts of the same letters. Case, apostrophes and the place of the tone
/// within its word do not count; texts that differ in these alone have equal keys, and a query orders by id after them.
package enum VietnameseOrder {
    /// The key of any text: "Thôn 2" comes before "Thôn 10", "Ba" before "Bà", "Bằng" before "Bân".
    package static func sortKey(of text: String) -> String {
        key(of: text)
    }

    /// The key of a person's name: by given name first, tones and all, then by the other words from the left.
    ///
    /// People who share a given name stand together, as in every Vietnamese list: all Hoa before all Hòa, whatever
    /// their family names. The given name is the last word, in K'Ho and Churu names as well (Kră Jăn Ha Biên: Biên);
    /// K' belongs to its word (K'Đoan stands under K).
    package static func personSortKey(of name: String) -> String {
        guard let (given, rest) = split(name) else { return "" }
        // A space is below everything in a key: who has the given name only comes first.
        return rest.isEmpty ? key(of: given) : key(of: given) + " " + key(of: rest)
    }

    /// The given name (tên): the last word of the name; the whole name when it has one word only.
    package static func givenName(of name: String) -> String {
        split(name).map { String($0.given) } ?? ""
    }

    private static func key(of text: some StringProtocol) -> String {
        var key = SortKey(capacity: text.utf8.count)
        text.forEachGlyph { glyph, scalar in key.take(glyph, scalar) }
        return key.text()
    }

    /// The last word and all before it; nil when there is no word.
    private static func split(_ name: String) -> (given: Substring, rest: Substring)? {
        let table = VietnameseLetters.table
        let scalars = name.unicodeScalars
        guard let end = scalars.lastIndex(where: { table.glyph(of: $0).kind != .space }) else { return nil }
        guard let space = scalars[...end].lastIndex(where: { table.glyph(of: $0).kind == .space }) else {
            return (Substring(scalars[...end]), "")
        }
        return (Substring(scalars[scalars.index(after: space)...end]), Substring(scalars[..<space]))
    }
}

/// Builds a sort key. The ASCII signs in rising order: " " (next part of a person), "!" (tones), "-" (next word),
/// digits, letters A-Z a-g, "z" (other scripts, by code).
private struct SortKey {
    private var letters: [UInt8] = []
    private var tones: [UInt8] = []
    private var number: [UInt8] = []
    private var gap = false

    private static let nextWord = UInt8(ascii: "-")
    private static let zero = UInt8(ascii: "0")
    private static let alphabet = Alphabet()

    init(capacity: Int) {
        letters.reserveCapacity(capacity + 8)
    }

    mutating func take(_ glyph: Glyph, _ scalar: Unicode.Scalar) {
        if glyph.kind == .digit {
            closeGap()
            number.append(glyph.base)
            return
        }
        flushNumber()
        switch glyph.kind {
        case .letter:
            closeGap()
            letters.append(Self.alphabet.sign(of: glyph))
            if glyph.tone != .level { tones.append(Self.zero + glyph.tone.rawValue) }
            // After the tones: marks that make no letter of the alphabet, as in Krĕ or Č.
            if Self.alphabet.hasMore(glyph) { tones.append(Self.zero + 6) }
        case .space, .punctuation: gap = true
        case .foreign:
            closeGap()
            takeForeign(scalar)
        default: break
        }
    }

    mutating func text() -> String {
        flushNumber()
        // Level tones at the end say nothing: without them most short keys have no second part at all.
        while tones.last == Self.nextWord { tones.removeLast() }
        if !tones.isEmpty {
            letters.append(UInt8(ascii: "!"))
            letters.append(contentsOf: tones)
        }
        return String(decoding: letters, as: UTF8.self)
    }

    private mutating func closeGap() {
        guard gap else { return }
        gap = false
        guard !letters.isEmpty else { return }
        letters.append(Self.nextWord)
        tones.append(Self.nextWord)
    }

    /// A number is its count of digits, then the digits, so that longer numbers are greater. From nine digits on the
    /// count runs over: 9 and the rest of it.
    private mutating func flushNumber() {
        guard !number.isEmpty else { return }
        let start = number.firstIndex { $0 != Self.zero } ?? number.count - 1
        var count = number.count - start
        while count >= 9 {
            letters.append(Self.zero + 9)
            count -= 9
        }
        letters.append(Self.zero + UInt8(count))
        letters.append(contentsOf: number[start...])
        number.removeAll(keepingCapacity: true)
    }

    private mutating func takeForeign(_ scalar: Unicode.Scalar) {
        let lower = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
        letters.append(UInt8(ascii: "z"))
        let digits = Array(String(lower.value, radix: 16).utf8)
        letters.append(contentsOf: repeatElement(Self.zero, count: 6 - digits.count))
        letters.append(contentsOf: digits)
    }
}

/// The 29 letters of Vietnamese with f, j, w and z in their Latin places, one ASCII letter each.
private struct Alphabet: Sendable {
    /// By base letter and marks (16 kinds: breve, circumflex, horn, stroke).
    private var signs = [UInt8](repeating: 0, count: 26 * 16)
    private var more = [Bool](repeating: false, count: 26 * 16)

    init() {
        let marked: [Character: [Glyph.Marks]] = [
            "a": [.breve, .circumflex], "d": [.stroke], "e": [.circumflex], "o": [.circumflex, .horn], "u": [.horn],
        ]
        let ascii = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg".utf8)
        var rank = 0
        for base in 0..<26 {
            let letters = [[]] + (marked[Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(base)))] ?? [])
            for index in 0..<16 {
                let marks = Glyph.Marks(rawValue: UInt8(index))
                // The last that fits: ơ̆ is ơ with one mark more, e with a breve is an e with one mark more.
                let place = letters.lastIndex { marks.isSuperset(of: $0) } ?? 0
                signs[base * 16 + index] = ascii[rank + place]
                more[base * 16 + index] = marks != letters[place]
            }
            rank += letters.count
        }
    }

    @inline(__always)
    func sign(of letter: Glyph) -> UInt8 { signs[place(letter)] }

    /// Whether the letter bears marks that its sign does not tell.
    @inline(__always)
    func hasMore(_ letter: Glyph) -> Bool { letter.marks.contains(.other) || more[place(letter)] }

    @inline(__always)
    private func place(_ letter: Glyph) -> Int {
        Int(letter.base - UInt8(ascii: "a")) * 16 + Int(letter.marks.rawValue & 15)
    }
}
