import Foundation

/// Whole files read and written through the system's own calls, which say why they refuse.
enum FileBytes {
    /// How the names of files begin that are still being written.
    static let unfinished = ".writing-"

    /// The length of a regular file, nil when there is none. A link is not followed.
    static func length(_ path: String) throws -> Int? {
        try status(path).map { Int($0.st_size) }
    }

    /// When a regular file was last written, in seconds since 1970.
    static func changed(_ path: String) throws -> Int? {
        #if canImport(Darwin)
        try status(path).map { $0.st_mtimespec.tv_sec }
        #else
        try status(path).map { $0.st_mtim.tv_sec }
        #endif
    }

    /// Makes a file's time the present.
    static func touch(_ path: String) throws {
        guard utimensat(AT_FDCWD, path, nil, AT_SYMLINK_NOFOLLOW) == 0 else { throw FileFailure.fault("touch", errno) }
    }

    /// Writes beside the target, makes the bytes durable, and only then gives them their name.
    static func write(_ bytes: [UInt8], to path: String, in folder: String) throws {
        let draft = "\(folder)/\(unfinished)\(UUID().uuidString)"
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o640)
        guard file >= 0 else { throw FileFailure.fault("open", errno) }
        do {
            do {
                defer { close(file) }
                try writeAll(bytes, file)
                guard fsync(file) == 0 else { throw FileFailure.fault("fsync", errno) }
            }
            guard rename(draft, path) == 0 else { throw FileFailure.fault("rename", errno) }
        } catch {
            unlink(draft)
            throw error
        }
    }

    /// The bytes of a regular file, nil when there is none.
    static func read(_ path: String) throws -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw FileFailure.fault("open", errno)
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw FileFailure.fault("stat", errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        return try readAll(file, Int(status.st_size))
    }

    private static func readAll(_ file: Int32, _ count: Int) throws -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { space, filled in
            while filled < count {
                let got = Foundation.read(file, space.baseAddress.map { $0 + filled }, count - filled)
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { return }
                filled += got
            }
        }
        guard failure == 0 else { throw FileFailure.fault("read", failure) }
        return bytes
    }

    private static func writeAll(_ bytes: [UInt8], _ file: Int32) throws {
        try bytes.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                let count = Foundation.write(file, bytes.baseAddress.map { $0 + written }, bytes.count - written)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw FileFailure.fault("write", count == 0 ? ENOSPC : errno) }
                written += count
            }
        }
    }

    private static func status(_ path: String) throws -> stat? {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw FileFailure.fault("stat", errno)
        }
        return status.st_mode & S_IFMT == S_IFREG ? status : nil
    }
}

/// Folders, made and made durable.
enum Folder {
    /// Makes a folder whose parent exists; content when it is there already.
    static func make(_ path: String) throws {
        guard mkdir(path, 0o750) == 0 || errno == EEXIST else { throw FileFailure.fault("mkdir", errno) }
    }

    /// Makes the names in a folder durable: without it a power cut can take a file that was itself written.
    static func sync(_ path: String) throws {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw FileFailure.fault("open", errno) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw FileFailure.fault("fsync", errno) }
    }

    /// The names in a folder; none when it does not exist.
    static func names(_ path: String) throws -> [String] {
        guard let stream = opendir(path) else {
            if errno == ENOENT || errno == ENOTDIR { return [] }
            throw FileFailure.fault("open", errno)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
