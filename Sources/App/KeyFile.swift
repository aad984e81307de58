import Core
import Database
import Foundation
import Logging
import People
import Web

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The file of the key that seals secrets in the database (`PeopleSeal`). It lies outside of the database, so that a
/// copy of the database alone opens nothing: 64 hexadecimal digits, readable by the service's user only.
package struct KeyFile: Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    /// The key in force. Made here when none was ever needed; never made anew while something in the database was
    /// sealed with another.
    ///
    /// - Parameter mayMake: false for a command that only looks: then nothing is made.
    /// - Throws: `ExitCode` when the file is there and cannot be a key, or cannot be made.
    package func seal(for database: Database, mayMake: Bool = true, log: Logger) async throws -> PeopleSeal {
        if let key = try read(log) { return PeopleSeal(key: key) }
        // A schema that is older, or of nobody yet, is asked again by the next command.
        guard let isNeeded = try? await database.read({ try PeopleStore.holdsSealedSecrets($0) }) else {
            return .missing
        }
        guard !isNeeded else {
            log.error(
                """
                the key file \(path) is missing: codes of telephones cannot be checked, sheets of recovery codes can. \
                Put the file back from its own backup, or set the second steps up anew
                """)
            return .missing
        }
        return mayMake ? PeopleSeal(key: try make(database.world.secrets, log)) : .missing
    }

    private func read(_ log: Logger) throws -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let bytes = FileManager.default.contents(atPath: path),
            let key = Hex.bytes(String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)),
            key.count == PeopleSeal.keyLength
        else { throw stop("\(path) must hold 64 hexadecimal digits and be readable", ExitCodes.configuration) }
        let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        if let mode, mode & 0o077 != 0 { log.warning("\(path) can be read by others: chmod 600") }
        return key
    }

    /// Written whole or not at all: a second process that makes it at the same moment finds the first one's.
    private func make(_ secrets: SecretSource, _ log: Logger) throws -> [UInt8] {
        let key = secrets.bytes(PeopleSeal.keyLength)
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let draft = "\(path).\(getpid())"
        guard
            FileManager.default.createFile(
                atPath: draft, contents: Data((Hex.text(key) + "\n").utf8), attributes: [.posixPermissions: 0o600]),
            FileHandle(forUpdatingAtPath: draft).map({ (try? $0.synchronize()) != nil }) == true
        else { throw stop("cannot make the key file \(path)", ExitCodes.cannotCreate) }
        defer { unlink(draft) }
        if link(draft, path) == 0 { return key }
        guard let other = try read(log) else {
            throw stop("cannot make the key file \(path)", ExitCodes.cannotCreate)
        }
        return other
    }
}
