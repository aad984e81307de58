import Foundation

/// Taking away what nobody needs. A file is put before it is recorded, and one that stands there already is put again by
/// whoever has the same; so only what was not put for a while goes, and putting and taking exclude each other.
extension ContentStore {
    /// Marks the store as the files of one database; false when it is another's, whose files nobody here knows.
    package func claim(for owner: String) throws -> Bool {
        try Folder.make(root)
        let path = "\(root)/.owner"
        if let there = try FileBytes.read(path) { return there == Array(owner.utf8) }
        try FileBytes.write(Array(owner.utf8), to: path, in: root)
        try Folder.sync(root)
        return true
    }

    /// The parts of the store, to be swept one after the other; none before the first file.
    package func shelves() throws -> [String] {
        try Folder.names(root).filter { $0.utf8.count == 2 }.sorted()
    }

    /// The moment, in seconds since 1970, before which a file must have been put to count as old.
    ///
    /// The disk's own clock stamps the files; where it is behind the clock that was handed in, it is the one that holds.
    ///
    /// - Parameters:
    ///   - now: in seconds since 1970.
    ///   - seconds: how old a file must be.
    package func limit(asOf now: Int, olderThan seconds: Int) throws -> Int {
        try Folder.make(root)
        let disk = try ContentLock(root, .shared).touched()
        return min(now, disk) - seconds
    }

    /// The kept files of a shelf that were last put before a moment.
    package func old(on shelf: String, before limit: Int) throws -> [ContentAddress] {
        var found: [ContentAddress] = []
        try visit(shelf, before: limit) { name, _ in
            if let address = ContentAddress(name) { found.append(address) }
        }
        return found
    }

    /// Takes a file away unless it was put since. False when it stays.
    package func remove(_ address: ContentAddress, unlessPutSince limit: Int) throws -> Bool {
        let lock = try ContentLock(root, .alone)
        defer { lock.release() }
        guard let put = try FileBytes.changed(path(address)), put < limit else { return false }
        try remove(address)
        return true
    }

    /// Takes away what writes left behind on a shelf that a crash interrupted; answers how many.
    package func removeUnfinished(on shelf: String, before limit: Int) throws -> Int {
        var count = 0
        try visit(shelf, before: limit) { name, path in
            guard name.hasPrefix(FileBytes.unfinished), unlink(path) == 0 else { return }
            count += 1
        }
        return count
    }

    private func visit(
        _ shelf: String, before limit: Int, _ visit: (_ name: String, _ path: String) throws -> Void
    ) throws {
        for second in try Folder.names("\(root)/\(shelf)") where second.utf8.count == 2 {
            let folder = "\(root)/\(shelf)/\(second)"
            for name in try Folder.names(folder) {
                guard let put = try FileBytes.changed("\(folder)/\(name)"), put < limit else { continue }
                try visit(name, "\(folder)/\(name)")
            }
        }
    }
}

/// Held while a file is put, by as many as there are, or while one is taken away, alone; among all programs that share
/// the folder. The system gives it back when a program ends.
struct ContentLock {
    enum Way { case shared, alone }

    private let file: Int32

    init(_ root: String, _ way: Way) throws {
        file = Foundation.open("\(root)/.lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o640)
        guard file >= 0 else { throw FileFailure.fault("open", errno) }
        while flock(file, way == .shared ? LOCK_SH : LOCK_EX) != 0 {
            guard errno == EINTR else {
                let code = errno
                close(file)
                throw FileFailure.fault("lock", code)
            }
        }
    }

    func release() { close(file) }

    /// Gives the lock back, and answers the disk's own time in seconds since 1970.
    func touched() throws -> Int {
        defer { release() }
        var status = stat()
        guard futimens(file, nil) == 0, fstat(file, &status) == 0 else { throw FileFailure.fault("stat", errno) }
        #if canImport(Darwin)
        return status.st_mtimespec.tv_sec
        #else
        return status.st_mtim.tv_sec
        #endif
    }
}
