import App
import Core
import Database
import Foundation
import People
import TestKit
import Testing

/// The key beside the database: made once, for the service's user only, and never made anew over what it sealed.
@Suite("The key file", .databases) struct KeyFileTests {
    private func folder() -> String {
        FileManager.default.temporaryDirectory.path + "/key-\(UInt64.random(in: 0...(.max)))"
    }

    @Test func itIsMadeAtFirstNeedAndReadAfterwards() async throws {
        let site = try await TestSite(.sqlite, .product)
        let folder = folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/data/secrets.key"
        let seal = try await KeyFile(path).seal(for: site.database, log: .silent)
        #expect(!seal.isMissing)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.count == 65 && text.dropLast().allSatisfy(\.isHexDigit))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/data") == ["secrets.key"])
        _ = try await KeyFile(path).seal(for: site.database, log: .silent)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test func aMissingOneIsNotReplacedWhereItSealedSomething() async throws {
        // The cast holds second steps.
        let site = try await TestSite(.sqlite)
        let folder = folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try await KeyFile(folder + "/secrets.key").seal(for: site.database, log: .silent).isMissing)
        #expect(!FileManager.default.fileExists(atPath: folder + "/secrets.key"))
    }

    @Test(arguments: ["", "abc", String(repeating: "g", count: 64), String(repeating: "a", count: 62)])
    func whatIsNoKeyStopsTheStart(_ content: String) async throws {
        let site = try await TestSite(.sqlite, .product)
        let folder = folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/secrets.key"
        try content.write(toFile: path, atomically: true, encoding: .utf8)
        await #expect(throws: (any Error).self) {
            try await KeyFile(path).seal(for: site.database, log: .silent)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == content)
    }
}
