import Foundation

/// What one Unicode scalar means in Vietnamese text: a letter taken apart, a digit, an apostrophe, a space ...
struct Glyph {
    enum Kind: UInt8 {
        /// A Latin letter: `base`, `marks` and `tone` say which.
        case letter
        /// A combining mark that changes the letter before it: `marks` and `tone` say how.
        case mark
        /// A digit 0-9, in `base`.
        case digit
        case apostrophe
        case space
        case punctuation
        /// Nothing to see: joiners, soft hyphens, byte order marks.
        case nothing
        /// A letter or digit of another script; a mark that no Vietnamese letter bears.
        case foreign, foreignMark
    }

    var kind: Kind
    /// The ASCII letter without marks in lower case, or the digit.
    var base: UInt8 = 0
    var marks: Marks = []
    var tone: Tone = .level

    /// The marks that make another letter. Letters of K'Ho, Churu and Ê Đê may bear two (ê̆, ơ̆).
    struct Marks: OptionSet, Hashable {
        let rawValue: UInt8
        static let breve = Marks(rawValue: 1)
        static let circumflex = Marks(rawValue: 2)
        static let horn = Marks(rawValue: 4)
        static let stroke = Marks(rawValue: 8)
        /// Any mark that Vietnamese has not (č, ü): the scalar itself must be kept to tell them apart.
        static let other = Marks(rawValue: 16)
    }

    /// The six tones in dictionary order: ngang, huyền, hỏi, ngã, sắc, nặng.
    enum Tone: UInt8 {
        case level, falling, asking, tumbling, sharp, heavy
    }

    var isVowel: Bool {
        switch base {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"),
            UInt8(ascii: "y"):
            true
        default: false
        }
    }
}

/// The table of all glyphs up to U+20FF, made once from the canonical decompositions that Unicode never changes.
///
/// A table of our own and not a call per letter: names are folded by the hundred thousand at import.
struct VietnameseLetters: Sendable {
    static let table = VietnameseLetters()

    private let glyphs: [Glyph]
    /// The composed lower-case scalar of base, marks and tone; 0 where Unicode has none.
    private let composed: [UInt16]

    @inline(__always)
    func glyph(of scalar: Unicode.Scalar) -> Glyph {
        let code = Int(scalar.value)
        return code < glyphs.count ? glyphs[code] : Self.classified(scalar)
    }

    /// One scalar for the letter in lower case, nil when it has to be written with combining marks.
    func composed(_ letter: Glyph) -> Unicode.Scalar? {
        let code = composed[Self.place(letter)]
        return code == 0 ? nil : Unicode.Scalar(code)
    }

    /// The combining scalars for the letter's marks and tone, always in the same order.
    static func combining(_ letter: Glyph) -> [Unicode.Scalar] {
        var scalars: [Unicode.Scalar] = []
        for (scalar, mark) in marks where letter.marks.contains(mark) { scalars.append(scalar) }
        for (scalar, tone) in tones where letter.tone == tone { scalars.append(scalar) }
        return scalars
    }

    private static let end = 0x2100
    private static let marks: [(Unicode.Scalar, Glyph.Marks)] = [
        ("\u{31B}", .horn), ("\u{302}", .circumflex), ("\u{306}", .breve),
    ]
    private static let tones: [(Unicode.Scalar, Glyph.Tone)] = [
        ("\u{300}", .falling), ("\u{309}", .asking), ("\u{303}", .tumbling), ("\u{301}", .sharp), ("\u{323}", .heavy),
        // The old tone marks of Unicode, still met in text from some keyboards.
        ("\u{340}", .falling), ("\u{341}", .sharp),
    ]
    /// ’ and its look-alikes; keyboards give a different one each for D'Ran and K'Đoan.
    private static let apostrophes: Set<Unicode.Scalar> = [
        "'", "`", "\u{B4}", "\u{2018}", "\u{2019}", "\u{201B}", "\u{2032}", "\u{2B9}", "\u{2BB}", "\u{2BC}", "\u{2BD}",
        "\u{2C8}", "\u{2CA}", "\u{2CB}",
    ]

    private init() {
        var glyphs = (0..<UInt32(Self.end)).map { code in
            Unicode.Scalar(code).map(Self.classified) ?? Glyph(kind: .nothing)
        }
        var composed = [UInt16](repeating: 0, count: 26 * 32 * 6)
        for code in [0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF].joined() {
            guard let letter = Self.takenApart(UInt32(code)) else { continue }
            glyphs[code] = letter
            let lower = Unicode.Scalar(UInt32(code)).map { $0.properties.lowercaseMapping.unicodeScalars.first == $0 }
            let place = Self.place(letter)
            // ð (U+F0) is read as đ, but never written.
            guard lower == true, code != 0xF0, !letter.marks.contains(.other) else { continue }
            composed[place] = UInt16(code)
        }
        self.glyphs = glyphs
        self.composed = composed
    }

    private static func place(_ letter: Glyph) -> Int {
        (Int(letter.base - UInt8(ascii: "a")) * 32 + Int(letter.marks.rawValue)) * 6 + Int(letter.tone.rawValue)
    }

    /// A Latin letter with its marks, nil for anything else.
    private static func takenApart(_ code: UInt32) -> Glyph? {
        switch code {
        // Đ, and two letters of other languages that look the same and are typed by mistake.
        case 0xD0, 0xF0, 0x110, 0x111, 0x189: return Glyph(kind: .letter, base: UInt8(ascii: "d"), marks: .stroke)
        default: break
        }
        guard let scalar = Unicode.Scalar(code) else { return nil }
        let parts = Array(String(scalar).decomposedStringWithCanonicalMapping.lowercased().unicodeScalars)
        guard let base = parts.first, ("a"..."z").contains(base) else { return nil }
        var letter = Glyph(kind: .letter, base: UInt8(base.value))
        for part in parts.dropFirst() {
            letter.add(classified(part))
        }
        return letter
    }

    private static func classified(_ scalar: Unicode.Scalar) -> Glyph {
        if let (_, mark) = marks.first(where: { $0.0 == scalar }) { return Glyph(kind: .mark, marks: mark) }
        if let (_, tone) = tones.first(where: { $0.0 == scalar }) { return Glyph(kind: .mark, tone: tone) }
        if apostrophes.contains(scalar) { return Glyph(kind: .apostrophe) }
        if ("0"..."9").contains(scalar) { return Glyph(kind: .digit, base: UInt8(scalar.value)) }
        if scalar.properties.isWhitespace { return Glyph(kind: .space) }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return Glyph(kind: .foreignMark)
        case .format: return Glyph(kind: .nothing)
        case .control: return Glyph(kind: .space)
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            return Glyph(kind: .foreign)
        default: return Glyph(kind: .punctuation)
        }
    }
}

extension Glyph {
    /// Puts a combining mark on the letter.
    @inline(__always)
    mutating func add(_ mark: Glyph) {
        if mark.kind == .foreignMark {
            marks.insert(.other)
        } else {
            marks.formUnion(mark.marks)
            // No letter of ours has two tones; ṍ must not pass for ó.
            if mark.tone != .level, tone != .level { marks.insert(.other) }
            if mark.tone != .level { tone = mark.tone }
        }
    }
}

extension StringProtocol {
    /// Gives each glyph of the text in turn, combining marks already put on their letter, with the first scalar of it.
    /// A mark that nothing bears and invisible scalars are passed over.
    @inline(__always)
    func forEachGlyph(_ take: (Glyph, Unicode.Scalar) -> Void) {
        let table = VietnameseLetters.table
        var waiting: (letter: Glyph, scalar: Unicode.Scalar)?
        for scalar in unicodeScalars {
            let glyph = table.glyph(of: scalar)
            switch glyph.kind {
            case .letter:
                if let waiting { take(waiting.letter, waiting.scalar) }
                waiting = (glyph, scalar)
            case .mark, .foreignMark:
                waiting?.letter.add(glyph)
            case .nothing:
                continue
            default:
                if let before = waiting { take(before.letter, before.scalar) }
                waiting = nil
                take(glyph, scalar)
            }
        }
        if let waiting { take(waiting.letter, waiting.scalar) }
    }
}
