import Core
import Crypto
import FoundationEssentials

/// Codes that a telephone makes out of a shared secret and the time (RFC 6238): HMAC-SHA-1, steps of thirty seconds,
/// six digits, which is what every such program on a telephone takes without being told.
struct PeopleTOTP: Sendable {
    /// Twenty bytes.
    let secret: [UInt8]

    static let seconds: Int64 = 30
    /// A telephone's clock may be a step behind or ahead.
    static let drift: Int64 = 1

    init(secret: [UInt8]) { self.secret = secret }

    init(_ secrets: SecretSource) { secret = secrets.bytes(20) }

    static func step(at moment: Instant) -> Int64 { moment.milliseconds / 1_000 / seconds }

    /// The number a telephone shows during a step (RFC 4226, 5.3).
    ///
    /// - Parameter digits: six in service; the RFC's examples have eight.
    func code(step: Int64, digits: Int = 6) -> Int {
        let counter = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian) { Array($0) }
        let mac = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(mac[19] & 15)
        let value = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
        return Int(value) % (0..<digits).reduce(1) { product, _ in product * 10 }
    }

    /// The step whose code was typed; nil when it is none of the three that count now, or one that was used before or
    /// lies before it.
    func step(of typed: Int, at now: Instant, after last: Int64) -> Int64? {
        let here = PeopleTOTP.step(at: now)
        // All three are computed whatever matches first, so that the time taken tells nothing.
        let fitting = (here - PeopleTOTP.drift...here + PeopleTOTP.drift).filter { code(step: $0) == typed }
        return fitting.first { $0 > last }
    }

    /// The secret as it is typed into a telephone: RFC 4648 base 32, in groups of four.
    var text: String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        var out: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for byte in secret {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                out.append(letters[Int(buffer >> UInt32(bits)) & 31])
            }
        }
        let text = String(decoding: out, as: UTF8.self)
        return stride(from: 0, to: text.count, by: 4).map { String(text.dropFirst($0).prefix(4)) }.joined(
            separator: " ")
    }

    /// The address a telephone reads out of the square: who it is for and the secret.
    ///
    /// - Parameters:
    ///   - issuer: this installation's name.
    ///   - account: the sign-in name, letters and digits.
    func address(issuer: String, account: String) -> String {
        let issuer = PeopleAddress.escaped(issuer)
        let secret = text.replacing(" ", with: "")
        return "otpauth://totp/\(issuer):\(account)?secret=\(secret)&issuer=\(issuer)&algorithm=SHA1&digits=6&period=30"
    }
}
