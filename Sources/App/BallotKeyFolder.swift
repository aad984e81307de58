import Ballots
import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The folder of ballots' keys: beside the database, never in it, and to be left out of every copy that is made of the
/// database or of the files (docs/operating.md).
package struct BallotKeyFolder: Sendable {
    private let path: String

    /// - Parameter path: made at the first key, for its owner alone.
    package init(_ path: String) { self.path = path }

    package var keys: BallotsKeys { BallotsKeys(keep: keep, read: read, destroy: destroy) }

    /// Written under another name and linked to its own, so that it is there whole or not at all, and the first of two
    /// that write wins.
    private func keep(_ name: String, _ bytes: [UInt8]) throws -> [UInt8] {
        if let kept = try read(name) { return kept }
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw BallotKeyFault("make the folder") }
        let unfinished = "\(path)/.\(name).\(UUID().uuidString)"
        let file = open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw BallotKeyFault("write") }
        defer {
            close(file)
            unlink(unfinished)
        }
        guard write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else { throw BallotKeyFault("write") }
        if link(unfinished, full(name)) != 0, errno != EEXIST { throw BallotKeyFault("keep") }
        try syncFolder()
        guard let kept = try read(name) else { throw BallotKeyFault("read") }
        return kept
    }

    private func read(_ name: String) throws -> [UInt8]? {
        let file = open(full(name), O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw BallotKeyFault("read")
        }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = Glibc.read(file, &bytes, bytes.count)
        guard count > 0 else { throw BallotKeyFault("read") }
        return Array(bytes.prefix(count))
    }

    /// Overwritten before it is removed. On a disk that writes elsewhere each time that is no more than good manners:
    /// what keeps an old copy from opening anything is that whoever has one must also have had the database open.
    private func destroy(_ name: String) throws {
        let file = open(full(name), O_WRONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return }
            throw BallotKeyFault("destroy")
        }
        defer { close(file) }
        let blank = [UInt8](repeating: 0, count: 64)
        guard pwrite(file, blank, blank.count, 0) == blank.count, fsync(file) == 0, unlink(full(name)) == 0 else {
            throw BallotKeyFault("destroy")
        }
        try syncFolder()
    }

    private func full(_ name: String) -> String { "\(path)/\(name)" }

    private func syncFolder() throws {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw BallotKeyFault("flush") }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw BallotKeyFault("flush") }
    }
}

/// The folder of keys did not do what it must.
struct BallotKeyFault: Error, CustomStringConvertible {
    let description: String

    init(_ act: String) {
        description = "the folder of ballots' keys: cannot \(act): \(String(cString: strerror(errno)))"
    }
}
