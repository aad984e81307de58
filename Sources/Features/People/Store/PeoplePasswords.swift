import Core
import Crypto
import CryptoExtras
import Foundation
import Web

/// The slow hash of passwords and slip codes: scrypt, with its cost written into each hash so that it can grow.
package struct PeoplePasswords: Sendable {
    /// Binary logarithm of the number of rounds. 17 takes about 128 MiB and a third of a second.
    let cost: Int
    private let blockSize = 8
    private let parallelism = 1

    /// - Parameter cost: 17 in service; tests hand in less. Held within 4...20.
    package init(cost: Int = 17) { self.cost = min(max(cost, 4), 20) }

    /// The hash as text: "scrypt$17$8$1$<salt>$<hash>". It keeps a processor busy: call it within `SlowWork`.
    package func hash(_ password: String, salt: [UInt8]) throws -> String {
        let key = try derive(password, salt: salt, cost: cost, blockSize: blockSize, parallelism: parallelism)
        return "scrypt$\(cost)$\(blockSize)$\(parallelism)$\(Hex.text(salt))$\(Hex.text(key))"
    }

    /// Whether the password is the one of the hash. As slow for a hash that is not there as for one that is: then
    /// something is hashed all the same and the answer is no.
    func holds(_ password: String, for text: String?) throws -> Bool {
        let known = text.flatMap(Parts.init)
        let parts = known ?? Parts(cost: cost, blockSize: blockSize, parallelism: parallelism)
        let key = try derive(
            password, salt: parts.salt, cost: parts.cost, blockSize: parts.blockSize, parallelism: parts.parallelism)
        return isSame(key, parts.key) && known != nil
    }

    /// Whether a hash was made with less than today's cost.
    func isOutdated(_ text: String) -> Bool { (Parts(text)?.cost ?? 0) < cost }

    /// The hash of a slip's code. It must be found by the code alone, so the salt is the same for all; a code is
    /// chosen by chance among 30^10, so nothing can be prepared against it.
    package func hash(_ code: PeopleSlipCode) throws -> [UInt8] {
        try derive(
            code.signs, salt: Array("kieumau activation slip".utf8), cost: cost, blockSize: blockSize,
            parallelism: parallelism)
    }

    /// The hash of a code on somebody's sheet of recovery codes. Ten are made at a time, and a code is chosen by chance
    /// among 30^10, so a sixteenth of the usual cost is plenty.
    func recoveryHash(_ code: PeopleSlipCode, of person: ID) throws -> [UInt8] {
        try derive(
            code.signs, salt: Array("kieumau recovery code".utf8) + person.bytes, cost: min(cost, 13),
            blockSize: blockSize, parallelism: parallelism)
    }

    private func derive(
        _ password: String, salt: [UInt8], cost: Int, blockSize: Int, parallelism: Int
    ) throws -> [UInt8] {
        // One form for every way of typing an accented letter. Never empty: the library would end the program.
        let bytes = Array(VietnameseText.composed(password).utf8.prefix(1_024))
        let key = try KDF.Scrypt.deriveKey(
            from: bytes.isEmpty ? [0] : bytes, salt: salt, outputByteCount: 32, rounds: 1 << cost,
            blockSize: blockSize, parallelism: parallelism)
        return key.withUnsafeBytes { Array($0) }
    }

    /// Takes as long whatever differs.
    func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// A hash taken apart.
    private struct Parts {
        let cost: Int
        let blockSize: Int
        let parallelism: Int
        let salt: [UInt8]
        let key: [UInt8]

        /// Of no password.
        init(cost: Int, blockSize: Int, parallelism: Int) {
            self.cost = cost
            self.blockSize = blockSize
            self.parallelism = parallelism
            salt = [UInt8](repeating: 0, count: 16)
            key = [UInt8](repeating: 0, count: 32)
        }

        init?(_ text: String) {
            let parts = text.split(separator: "$", omittingEmptySubsequences: false)
            guard parts.count == 6, parts[0] == "scrypt", let cost = Int(parts[1]), (4...20).contains(cost),
                let blockSize = Int(parts[2]), (1...16).contains(blockSize), let parallelism = Int(parts[3]),
                (1...4).contains(parallelism), let salt = Hex.bytes(parts[4]), salt.count >= 8,
                let key = Hex.bytes(parts[5]), key.count == 32
            else { return nil }
            self.cost = cost
            self.blockSize = blockSize
            self.parallelism = parallelism
            self.salt = salt
            self.key = key
        }
    }
}

/// A secret that a browser holds: 32 random bytes. The database knows its SHA-256 only.
struct PeopleToken: Sendable {
    let text: String

    init(_ secrets: SecretSource) { text = Hex.text(secrets.bytes(32)) }

    /// As a cookie brought it; nil when it cannot be one of ours.
    init?(sent: String?) {
        guard let sent, sent.utf8.count == 64, Hex.bytes(sent) != nil else { return nil }
        text = sent
    }

    var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}
