import Crypto
import Foundation

/// The name of a file by what is in it: the SHA-256 of its bytes.
package struct ContentAddress: Hashable, Sendable, CustomStringConvertible {
    /// 64 lower-case hexadecimal digits, nothing else; so no address can lead out of the store.
    package let hex: String

    /// Nil when the text is not 64 lower-case hexadecimal digits.
    package init?(_ hex: String) {
        let isHex = hex.utf8.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
        }
        guard hex.utf8.count == 64, isHex else { return nil }
        self.hex = hex
    }

    /// The address of these bytes.
    package init(of bytes: some ContiguousBytes) {
        let digits = Array("0123456789abcdef".utf8)
        var hasher = SHA256()
        bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        let text = hasher.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        hex = String(decoding: text, as: UTF8.self)
    }

    package var description: String { hex }
}

/// Keeps files on disk by their content. What `put` has answered survives a crash and a power cut.
///
/// Equal files are kept once; a file never changes. Whoever records an address does so within a day after `put`: what
/// is recorded nowhere by then is swept away (ContentStoreSweep.swift).
package struct ContentStore: Sendable {
    let root: String

    /// - Parameter root: The store's folder; made at the first file, when its parent exists.
    package init(root: String) {
        self.root = root
    }

    /// Keeps the bytes and answers their address. Doing it again changes nothing.
    /// - Throws: `DocumentFault.full` when the disk has no room, `FileFailure` for other refusals.
    package func put(_ bytes: [UInt8]) throws -> ContentAddress {
        let address = ContentAddress(of: bytes)
        let (first, second) = folders(address)
        try Folder.make(root)
        let lock = try ContentLock(root, .shared)
        defer { lock.release() }
        for folder in [first, second] { try Folder.make(folder) }
        // A file of another length is the rest of a damaged disk: written anew.
        if try FileBytes.length(path(address)) != bytes.count {
            try FileBytes.write(bytes, to: path(address), in: second)
        } else {
            // It may have been nobody's for long: from now on it is somebody's who has yet to record it.
            try FileBytes.touch(path(address))
        }
        // Also when it stood there already: whoever wrote it may not have come this far yet.
        for folder in [second, first, root, "\(root)/.."] { try Folder.sync(folder) }
        return address
    }

    /// The bytes of a kept file, checked against their address.
    /// - Throws: `DocumentFault.missing` when there is none, `damaged` when the disk changed it.
    package func open(_ address: ContentAddress) throws -> [UInt8] {
        guard let bytes = try FileBytes.read(path(address)) else { throw DocumentFault.missing }
        guard ContentAddress(of: bytes) == address else { throw DocumentFault.damaged }
        return bytes
    }

    /// Where the file stands or would stand. Never to be shown to people.
    package func path(_ address: ContentAddress) -> String {
        "\(folders(address).second)/\(address.hex)"
    }

    /// Whether the file is kept.
    package func exists(_ address: ContentAddress) throws -> Bool {
        try FileBytes.length(path(address)) != nil
    }

    /// Takes a file away; without complaint when there is none.
    package func remove(_ address: ContentAddress) throws {
        guard unlink(path(address)) == 0 || errno == ENOENT else { throw FileFailure.fault("remove", errno) }
    }

    /// Two levels of 256 folders each: a million files leave some fifteen in a folder.
    private func folders(_ address: ContentAddress) -> (first: String, second: String) {
        let first = "\(root)/\(address.hex.prefix(2))"
        return (first, "\(first)/\(address.hex.dropFirst(2).prefix(2))")
    }
}
