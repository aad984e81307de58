import Foundation
import Testing

@testable import Documents

@Suite("Files by their content")
struct ContentStoreTests {
    private let folder: TestFolder
    private let store: ContentStore

    init() throws {
        folder = try TestFolder()
        store = ContentStore(root: folder.file("store"))
    }

    @Test("What was put is found under its SHA-256, once")
    func put() throws {
        let address = try store.put(Array("abc".utf8))
        #expect(address.hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(try store.put(Array("abc".utf8)) == address)
        #expect(try store.open(address) == Array("abc".utf8))
        #expect(try store.exists(address))
        #expect(store.path(address) == folder.file("store/ba/78/\(address.hex)"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("store/ba/78")) == [address.hex])
        #expect(try store.open(try store.put([])) == [])
    }

    @Test(
        "An address is 64 hexadecimal digits, so that no path can be smuggled in",
        arguments: [
            "", "abc", "../../../../etc/passwd", String(repeating: "A", count: 64), String(repeating: "g", count: 64),
            String(repeating: "0", count: 63) + "/", String(repeating: "0", count: 65),
            String(repeating: "０", count: 64),
        ])
    func addresses(text: String) {
        #expect(ContentAddress(text) == nil)
    }

    @Test("What is not there is missing, what the disk changed is damaged and put anew")
    func changed() throws {
        let address = ContentAddress(of: Array("abc".utf8))
        #expect(throws: DocumentFault.missing) { try store.open(address) }
        #expect(try !store.exists(address))
        _ = try store.put(Array("abc".utf8))
        try "abd".write(toFile: store.path(address), atomically: false, encoding: .utf8)
        #expect(throws: DocumentFault.damaged) { try store.open(address) }
        try "ab".write(toFile: store.path(address), atomically: false, encoding: .utf8)
        _ = try store.put(Array("abc".utf8))
        #expect(try store.open(address) == Array("abc".utf8))
        try store.remove(address)
        try store.remove(address)
        #expect(throws: DocumentFault.missing) { try store.open(address) }
    }

    @Test("A link in place of a file is not followed")
    func link() throws {
        let address = try store.put(Array("abc".utf8))
        try FileManager.default.removeItem(atPath: store.path(address))
        try FileManager.default.createSymbolicLink(atPath: store.path(address), withDestinationPath: "/etc/passwd")
        #expect(throws: (any Error).self) { try store.open(address) }
        #expect(try !store.exists(address))
    }

    /// As if it had been put so many seconds ago.
    private func age(_ address: ContentAddress, by seconds: Double) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -seconds)], ofItemAtPath: store.path(address))
    }

    private var now: Int { Int(Date().timeIntervalSince1970) }

    private func old(asOf now: Int, olderThan seconds: Int = 86_400) throws -> [ContentAddress] {
        let limit = try store.limit(asOf: now, olderThan: seconds)
        return try store.shelves().flatMap { try store.old(on: $0, before: limit) }
    }

    @Test("Old is what was not put for a day, by the clock that is handed in and by the disk's")
    func old() throws {
        let (young, old) = (try store.put([1]), try store.put([2]))
        try age(old, by: 100_000)
        #expect(try self.old(asOf: now) == [old])
        #expect(try self.old(asOf: now - 86_400) == [], "for a clock that is behind nothing is old yet")
        // A demonstration's clock may stand months ahead: what was put just now is young all the same.
        #expect(try self.old(asOf: now + 100 * 86_400) == [old])
        #expect(try Set(self.old(asOf: now, olderThan: -1)) == [young, old])
        #expect(try ContentStore(root: folder.file("none")).shelves() == [])
    }

    @Test("What is put again while the sweep is under way stays")
    func putMeanwhile() throws {
        let (again, gone) = (try store.put([1]), try store.put([2]))
        for address in [again, gone] { try age(address, by: 100_000) }
        let limit = try store.limit(asOf: now, olderThan: 86_400)
        #expect(try Set(store.shelves().flatMap { try store.old(on: $0, before: limit) }) == [again, gone])
        _ = try store.put([1])
        #expect(try !store.remove(again, unlessPutSince: limit))
        #expect(try store.remove(gone, unlessPutSince: limit))
        #expect(try store.exists(again) && !store.exists(gone))
        #expect(try !store.remove(gone, unlessPutSince: limit))
        // The control: without the time that putting it again left on it, it would be gone.
        try age(again, by: 100_000)
        #expect(try store.remove(again, unlessPutSince: limit))
    }

    @Test("A store belongs to one database")
    func owner() throws {
        #expect(try store.claim(for: "a"))
        #expect(try store.claim(for: "a"))
        #expect(try !store.claim(for: "b"))
        #expect(try store.shelves() == [])
    }

    @Test("What a crash left half written is taken away, nothing else")
    func unfinished() throws {
        let address = try store.put([1])
        let path = store.path(address)
        let draft = (path as NSString).deletingLastPathComponent + "/.writing-x"
        try "half".write(toFile: draft, atomically: false, encoding: .utf8)
        let shelf = try #require(try store.shelves().first)
        #expect(try store.removeUnfinished(on: shelf, before: now - 86_400) == 0)
        #expect(try store.removeUnfinished(on: shelf, before: now + 1) == 1)
        #expect(try store.exists(address))
    }

    @Test("Many at once put the same file")
    func together() async throws {
        let store = store
        try await withThrowingTaskGroup(of: ContentAddress.self) { group in
            for number in 0..<40 {
                group.addTask { try store.put([UInt8](repeating: UInt8(number % 4), count: 9_000)) }
            }
            for try await address in group { #expect(try store.open(address).count == 9_000) }
        }
        #expect(try old(asOf: now, olderThan: -2).count == 4)
    }

    @Test("A full disk is for people, other refusals are faults of the system")
    func full() throws {
        #expect(FileFailure.fault("write", ENOSPC) as? DocumentFault == .full)
        #expect(FileFailure.fault("open", EACCES) as? FileFailure == FileFailure(operation: "open", code: EACCES))
        #expect(throws: FileFailure(operation: "mkdir", code: ENOENT)) {
            try ContentStore(root: folder.file("none/none")).put([1])
        }
    }
}
