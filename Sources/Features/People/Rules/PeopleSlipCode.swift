import Core

/// The code on an activation slip: ten signs in two groups, "K7P4M-2XQ9H". The alphabet has no signs that are taken
/// for each other when read or spelled aloud: no 0 and O, no 1, I and L, no U beside V.
package struct PeopleSlipCode: Sendable, Equatable {
    /// Ten signs, without the dash.
    let signs: String

    static let alphabet = Array("23456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    static let length = 10
    /// How long a slip can be used.
    static let validity = Duration.days(7)

    /// A new code: every sign equally likely, about 49 bits in all.
    package init(_ secrets: SecretSource) {
        let fair = 256 / PeopleSlipCode.alphabet.count * PeopleSlipCode.alphabet.count
        var signs: [UInt8] = []
        for byte in secrets.bytes(256) where Int(byte) < fair && signs.count < PeopleSlipCode.length {
            signs.append(PeopleSlipCode.alphabet[Int(byte) % PeopleSlipCode.alphabet.count])
        }
        // 256 bytes of a working generator always hold ten fair ones; a broken one must not make a guessable code.
        while signs.count < PeopleSlipCode.length {
            signs.append(PeopleSlipCode.alphabet[Int(secrets.bytes(1)[0]) % PeopleSlipCode.alphabet.count])
        }
        self.signs = String(decoding: signs, as: UTF8.self)
    }

    /// A code as typed: in any case, with or without the dash and spaces, with marks a Vietnamese keyboard put on it.
    /// Nil when it is not ten signs of the alphabet.
    package init?(typed: String) {
        let letters = VietnameseText.folded(typed).uppercased().utf8.filter { $0 != UInt8(ascii: " ") }
        guard letters.count == PeopleSlipCode.length, letters.allSatisfy(PeopleSlipCode.alphabet.contains) else {
            return nil
        }
        signs = String(decoding: letters, as: UTF8.self)
    }

    /// "K7P4M-2XQ9H".
    package var text: String { "\(signs.prefix(5))-\(signs.suffix(5))" }
}
