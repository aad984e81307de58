import Database
import Foundation
import TestKit
import Testing

/// A mistyped folder is not an empty installation in good order, and a new database is said to be one.
@Suite("The program and a place without a database", .databases, .serialized) struct ProgramEmptyTests {
    private static let commands = [
        ["verify"], ["doctor"], ["serve"], ["user", "slip", "yathuong"], ["user", "add-administrator", "Trần Văn Thử"],
        ["user", "forget-second-steps", "--key-is-lost"],
    ]

    @Test func nothingIsMadeInAFolderWithoutOne() throws {
        let data = KieuMau.folder()
        for command in Self.commands {
            let ended = try KieuMau.run(command + ["--data", data])
            #expect(ended.code == 65, "\(command): \(ended.said)")
            #expect(ended.said.contains("\(data)/kieumau.sqlite is not there"), "\(ended.said)")
            #expect(ended.said.contains("kieumau init"), "it says how one begins")
            #expect(!FileManager.default.fileExists(atPath: data), "\(command) made something")
        }
    }

    @Test func aFileOfSomebodyElsesIsNotTaken() throws {
        let data = KieuMau.folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        try SQLiteEngine(path: data + "/kieumau.sqlite", readers: 1).close()
        for command in Self.commands {
            let ended = try KieuMau.run(command + ["--data", data])
            #expect(ended.code == 65 && ended.said.contains("holds nothing of this program"), "\(ended.said)")
        }
        #expect(!FileManager.default.fileExists(atPath: data + "/secrets.key"))
    }

    @Test func anEmptyPostgreSQLDatabaseIsNamedToo() async throws {
        guard TestEngine.all.contains(.postgres) else { return }
        let test = try await TestDatabase(.postgres, [])
        test.close()
        let data = KieuMau.folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        let options = try KieuMau.options(for: test, in: data)
        for command in Self.commands {
            let ended = try KieuMau.run(command + options)
            #expect(ended.code == 65, "\(command): \(ended.said)")
            #expect(ended.said.contains("the PostgreSQL database holds nothing of this program"), "\(ended.said)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: data).isEmpty, "no key for what is not there")
    }

    @Test func looksMakeNoKeyAndANewDatabaseIsCalledEmptyAloud() throws {
        let data = KieuMau.folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        let made = try KieuMau.run(["migrate", "--data", data])
        #expect(made.code == 0)
        #expect(made.said.contains("is a new, empty database") && made.said.contains("kieumau init"), "\(made.said)")
        try? FileManager.default.removeItem(atPath: data + "/secrets.key")
        #expect(try KieuMau.run(["verify", "--data", data]).code == 0)
        _ = try KieuMau.run(["doctor", "--data", data])
        #expect(!FileManager.default.fileExists(atPath: data + "/secrets.key"))

        let port = try FreePort.next()
        let program = try RunningProgram(["serve", "--data", data, "--port", "\(port)"])
        try program.wait(for: "is a new, empty database")
        try program.wait(for: "http://127.0.0.1:\(port)")
        program.stop()
        #expect(try KieuMau.run(["user", "add-administrator", "Trần Văn Thử", "--data", data]).code == 0)
        let again = try KieuMau.run(["migrate", "--data", data])
        #expect(again.code == 0 && !again.said.contains("empty"), "\(again.said)")
    }

    @Test func theDoctorSaysThatTheKeyIsGone() async throws {
        // The cast holds second steps, sealed with the tests' key, and here is none.
        let test = try await TestDatabase(.sqlite, .cast)
        test.close()
        let data = KieuMau.folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        let ended = try KieuMau.run(["doctor"] + KieuMau.options(for: test, in: data))
        #expect(
            ended.code == 65 && ended.said.contains("unsafe: the key file \(data)/secrets.key is missing"),
            "\(ended.said)")
        #expect(!FileManager.default.fileExists(atPath: data + "/secrets.key"))
    }

    /// `make run` begins with it, again and again, on either engine.
    @Test(arguments: TestEngine.all) func aSeedLeavesAloneWhatIsThere(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .cast)
        test.close()
        let data = KieuMau.folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        let options = try KieuMau.options(for: test, in: data)
        let refused = try KieuMau.run(["seed", "demo"] + options)
        #expect(refused.code == 65, "\(refused.said)")
        let left = try KieuMau.run(["seed", "demo", "--if-empty"] + options)
        #expect(left.code == 0 && left.said.contains("stays as it is"), "\(left.said)")
        let people = try await test.reopen().read { try $0.one("SELECT count(*) AS n FROM person").integer("n") }
        #expect(people > 0)
        let mark = try await test.database.read { try $0.first("SELECT value FROM installation WHERE name = 'seed'") }
        #expect(mark == nil)
    }
}
