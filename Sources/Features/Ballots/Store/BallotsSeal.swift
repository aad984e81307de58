import Core
import Crypto
import Database

/// The cryptography of a ballot; all of it is swift-crypto's.
///
/// An answer is sealed with HPKE (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305) to the ballot's public key: the
/// server that takes it cannot open it again without the opening key. All sealed answers of a ballot are equally long.
package enum BallotsSeal {
    private static let suite = HPKE.Ciphersuite.Curve25519_SHA256_ChachaPoly
    private static let information = Array("kieumau ballot seal 1".utf8)

    /// The two halves for a new ballot.
    static func newKeys() -> (opening: [UInt8], publicKey: [UInt8]) {
        let key = Curve25519.KeyAgreement.PrivateKey()
        return (Array(key.rawRepresentation), Array(key.publicKey.rawRepresentation))
    }

    static func seal(_ slip: Ballots.Slip, of ballot: ID, to publicKey: [UInt8]) throws -> [UInt8] {
        var sender = try HPKE.Sender(
            recipientKey: Curve25519.KeyAgreement.PublicKey(rawRepresentation: publicKey), ciphersuite: suite,
            info: .init(information))
        let sealed = try sender.seal(Array(slip.letters.utf8), authenticating: ballot.bytes)
        return Array(sender.encapsulatedKey) + Array(sealed)
    }

    /// Nil when it was not sealed for this ballot: a meddler's.
    static func open(
        _ sealed: [UInt8], of ballot: ID, with key: Curve25519.KeyAgreement.PrivateKey
    ) -> String? {
        guard sealed.count > 32,
            var recipient = try? HPKE.Recipient(
                privateKey: key, ciphersuite: suite, info: .init(information),
                encapsulatedKey: .init(sealed.prefix(32))),
            let opened = try? recipient.open(Array(sealed.dropFirst(32)), authenticating: ballot.bytes)
        else { return nil }
        return String(decoding: opened, as: UTF8.self)
    }

    static func key(_ opening: [UInt8]) throws -> Curve25519.KeyAgreement.PrivateKey {
        try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: opening)
    }
}

/// The installation's code key: what makes a code into its mark.
struct BallotsCodeKey: Sendable {
    private let key: SymmetricKey

    init(_ bytes: [UInt8]) { key = SymmetricKey(data: bytes) }

    /// The key of this installation, made at its first ballot.
    static func of(_ keys: BallotsKeys, _ secrets: SecretSource) throws -> BallotsCodeKey {
        if let kept = try keys.read(BallotsKeys.codes) { return BallotsCodeKey(kept) }
        return BallotsCodeKey(try keys.keep(BallotsKeys.codes, secrets.bytes(32)))
    }

    /// As the database knows a code. Codes of two ballots never meet.
    func mark(_ code: Ballots.Code, of ballot: ID) -> [UInt8] { authenticate("code", ballot.bytes, code) }

    /// By which a ballot knows that its codes were made with this key.
    func mark(of ballot: ID) -> [UInt8] { authenticate("ballot", ballot.bytes, nil) }

    /// The operation by which a code is burnt: made from the code alone, so that a second press, a retry after a cut
    /// line and a second slip with the same code are one operation. It says nothing about the answers.
    func operation(_ code: Ballots.Code, of ballot: ID) -> Operation {
        let made = authenticate("burn", ballot.bytes, code)
        return Operation(
            id: ID(bytes: made.prefix(16)) ?? ballot, fingerprint: authenticate("fingerprint", ballot.bytes, code))
    }

    /// The bucket in which wrong codes from an address are counted. Addresses are few enough to be tried out, so
    /// without the key a bucket is no address.
    func bucket(_ source: String) -> [UInt8] {
        Array(authenticate("guess", Array(Ballots.GuessLimit.bucket(source).utf8), nil).prefix(16))
    }

    private func authenticate(_ use: String, _ ballot: [UInt8], _ code: Ballots.Code?) -> [UInt8] {
        var message = Array("kieumau ballot \(use) 1\n".utf8)
        message += ballot
        message += Array((code?.digits ?? "").utf8)
        return Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
    }
}

/// How the box is shaken. The product has one way; a test has another to show that its attacker would find out.
package struct BallotsMixing: Sendable {
    /// A name for a seal or an answer.
    let name: @Sendable () -> ID
    /// The order in which opened answers are put away.
    let order: @Sendable ([String]) -> [String]

    package init(name: @escaping @Sendable () -> ID, order: @escaping @Sendable ([String]) -> [String]) {
        self.name = name
        self.order = order
    }

    /// Names and order by lot. Ids of the house count up with the clock and would tell the order, so none is used.
    package static func byLot(_ secrets: SecretSource) -> BallotsMixing {
        BallotsMixing(
            name: {
                let bytes = secrets.bytes(16)
                return ID(bytes: bytes) ?? ID(high: 0, low: 0)
            },
            order: { answers in
                var lot = Lot(secrets: secrets)
                return answers.shuffled(using: &lot)
            })
    }

    /// The source of secrets as Swift's shuffling asks for it.
    private struct Lot: RandomNumberGenerator {
        let secrets: SecretSource

        mutating func next() -> UInt64 { secrets.bytes(8).reduce(0) { $0 << 8 | UInt64($1) } }
    }
}
