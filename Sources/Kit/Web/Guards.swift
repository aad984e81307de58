import Core
import Crypto
import Foundation

/// Tokens against forged requests, masked anew in every answer so that compression cannot leak them.
enum CSRF {
    /// Sixteen bytes of mask and the masked secret, as text for a form.
    static func token(for secret: [UInt8], _ secrets: SecretSource) -> String {
        let mask = secrets.bytes(secret.count)
        return Hex.text(mask + zip(mask, secret).map { $0 ^ $1 })
    }

    static func holds(_ token: String, for secret: [UInt8]) -> Bool {
        guard let bytes = Hex.bytes(token), bytes.count == secret.count * 2 else { return false }
        let mask = bytes.prefix(secret.count)
        let masked = bytes.suffix(secret.count)
        var difference: UInt8 = 0
        for ((one, other), wanted) in zip(zip(mask, masked), secret) { difference |= one ^ other ^ wanted }
        return difference == 0
    }
}

/// The random id that a page gives its forms: 96 bits of chance behind the second in which the page was drawn. So the
/// time a form was open is known when it comes back, without another field and without keeping anything.
enum PageMark {
    /// What comes back later than this was left lying; what claims to be of the future is no page of ours.
    private static let oldest: Int64 = 7 * 86_400

    static func make(at now: Instant, _ secrets: SecretSource) -> ID {
        let chance = secrets.bytes(12).reduce((high: UInt64(0), low: UInt64(0))) { sum, byte in
            (sum.high << 8 | sum.low >> 56, sum.low << 8 | UInt64(byte))
        }
        let second = UInt64(truncatingIfNeeded: now.milliseconds / 1_000) & 0xFFFF_FFFF
        return ID(high: second << 32 | chance.high & 0xFFFF_FFFF, low: chance.low)
    }

    /// How many seconds the page was open; nil for a mark that no page of the last week bears.
    static func seconds(since mark: ID, now: Instant) -> Int? {
        let open = now.milliseconds / 1_000 - Int64(mark.high >> 32)
        return (0...oldest).contains(open) ? Int(open) : nil
    }
}

/// Bytes as small hexadecimal letters and back.
package enum Hex {
    /// Two letters a byte.
    package static func text(_ bytes: some Sequence<UInt8>) -> String {
        var letters: [UInt8] = []
        for byte in bytes {
            letters.append(digit(byte >> 4))
            letters.append(digit(byte & 15))
        }
        return String(decoding: letters, as: UTF8.self)
    }

    private static func digit(_ half: UInt8) -> UInt8 { half < 10 ? half + 48 : half + 87 }

    /// What was written so; nil when it is anything else.
    package static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let letters = Array(text.utf8)
        guard letters.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(letters.count / 2)
        for index in stride(from: 0, to: letters.count, by: 2) {
            guard let high = value(letters[index]), let low = value(letters[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func value(_ letter: UInt8) -> UInt8? {
        switch letter {
        case 48...57: letter - 48
        case 97...102: letter - 87
        case 65...70: letter - 55
        default: nil
        }
    }
}

/// What was asked for, in 32 bytes: the method, the path and every field but the two that change with each page.
enum Fingerprint {
    /// - Parameter secrets: fields that are left out: a fast hash of a password, kept with its operation, would be a
    ///   way round the slow one.
    static func of(
        _ label: String, parameters: [String: String], _ input: RawInput, without secrets: Set<String> = []
    ) -> [UInt8] {
        var hash = SHA256()
        func put(_ text: String) {
            withUnsafeBytes(of: UInt32(text.utf8.count).bigEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: Array(text.utf8))
        }
        put(label)
        for (name, value) in parameters.sorted(by: { $0.key < $1.key }) {
            put(name)
            put(value)
        }
        for (name, value) in input.values.sorted(by: { $0.key < $1.key })
        where name != "csrf" && name != "operation" && !secrets.contains(name) {
            put(name)
            put(value)
        }
        for (name, file) in input.files.sorted(by: { $0.key < $1.key }) {
            put(name)
            hash.update(data: Array(SHA256.hash(data: file.bytes)))
        }
        return Array(hash.finalize())
    }

    /// The operation of a plain form: its page's random id together with what was typed. A second press is the same
    /// operation; going back and typing something else is another one.
    static func operation(page: ID, _ fingerprint: [UInt8]) -> ID {
        let digest = Array(SHA256.hash(data: page.bytes + fingerprint))
        return ID(bytes: digest.prefix(16)) ?? page
    }
}

/// Headers of every answer.
enum Headers {
    static let policy = """
        default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
        form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'
        """
}
