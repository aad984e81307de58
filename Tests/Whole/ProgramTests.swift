import Core
import Database
import Foundation
import TestKit
import Testing

/// The program as its operator meets it: what goes wrong is said in words with an exit code, never a crash.
@Suite("The program", .serialized) struct ProgramTests {
    private static let program: URL = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appending(path: "kieumau")
    }()

    private struct Ended {
        let code: Int32
        let said: String
    }

    func start(_ arguments: [String], _ environment: [String: String] = [:]) throws -> (Process, Pipe) {
        let process = Process()
        process.executableURL = Self.program
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: Checkout.root)
        process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        return (process, pipe)
    }

    private func run(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Ended {
        let (process, pipe) = try start(arguments, environment)
        let said = pipe.rest()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit, "ended by a signal: \(said)")
        return Ended(code: process.terminationStatus, said: said)
    }

    private func folder() -> String {
        FileManager.default.temporaryDirectory.path + "/program-\(UInt64.random(in: 0...(.max)))"
    }

    @Test func anUnknownSettingIsNamed() throws {
        let ended = try run(["verify", "--data", folder()], ["KIEUMAU_PROT": "80"])
        #expect(ended.code == 78)
        #expect(ended.said.contains("unknown setting KIEUMAU_PROT"))
    }

    @Test func aPortThatIsNoPortIsNamed() throws {
        let ended = try run(["serve", "--data", folder()], ["KIEUMAU_PORT": "many"])
        #expect(ended.code == 78)
        #expect(ended.said.contains("1 to 65535"))
    }

    @Test func anOfficeIsSetUpOnceAndNothingOfTheDemonstrationIsInIt() throws {
        let data = folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        let empty = try run(["init", "--data", data])
        #expect(empty.code == 64)
        #expect(empty.said.contains("--administrator"))
        #expect(!FileManager.default.fileExists(atPath: data), "nothing is made of what cannot be done")
        let arguments = [
            "init", "--data", data, "--administrator", "Ngô Tấn Phát", "--office", "Văn phòng Đảng ủy xã D'Ran",
            "--territory",
        ]
        #expect(try run(arguments + ["D'Ran"]).code == 64)
        let done = try run(arguments + ["xã D'Ran"])
        #expect(done.code == 0)
        #expect(done.said.contains("Tên đăng nhập: ngotanphat"))
        #expect(done.said.firstMatch(of: /Mã kích hoạt:  [0-9A-Z]{5}-[0-9A-Z]{5}/) != nil)
        #expect(done.said.contains("/activation"))
        let again = try run(arguments + ["xã D'Ran"])
        #expect(again.code == 65)
        #expect(again.said.contains("đã có dữ liệu (1 người, 2 đơn vị)"))
        #expect(try run(["verify", "--data", data]).code == 0)
    }

    @Test func anUnknownOptionIsUsage() throws {
        #expect(try run(["serve", "--prot", "80"]).code == 64)
    }

    @Test func aSecondServerOnTheSameFileAndATakenPortAreRefused() throws {
        let data = folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        let port = try FreePort.next()
        let (first, pipe) = try start(["serve", "--data", data, "--port", "\(port)"])
        defer {
            first.terminate()
            first.waitUntilExit()
        }
        // Its first line says that it listens.
        var said = ""
        while !said.contains("http://127.0.0.1:\(port)"), first.isRunning {
            said += pipe.more()
        }
        let second = try run(["serve", "--data", data, "--port", "\(try FreePort.next())"])
        #expect(second.code == 69)
        #expect(second.said.contains("another kieumau process"))
        let other = folder()
        defer { try? FileManager.default.removeItem(atPath: other) }
        let third = try run(["serve", "--data", other, "--port", "\(port)"])
        #expect(third.code == 69)
        #expect(third.said.contains("in use"))
    }

    @Test func aDemonstrationIsServedOnThisMachineOnly() throws {
        let data = folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        #expect(try run(["seed", "demo", "--data", data]).code == 0)
        let ended = try run(["serve", "--data", data, "--host", "0.0.0.0", "--port", "18933"])
        #expect(ended.code == 78)
        #expect(ended.said.contains("127.0.0.1 only"))
        let again = try run(["seed", "demo", "--data", data])
        #expect(again.code == 65, "a seed goes into an empty place only")
        let office = try run([
            "init", "--data", data, "--administrator", "Ngô Tấn Phát", "--office", "VP", "--territory", "xã D'Ran",
        ])
        #expect(office.code == 65)
        #expect(office.said.contains("bản minh họa"))
        #expect(try run(["verify", "--data", data]).code == 0)
    }

    @Test func anAddressThatIsNoneOrIsMissingIsNamed() throws {
        for (arguments, said) in [
            (["--public-address", "kieumau.example.vn"], "must read like https://"),
            (["--public-address", "http://kieumau.example.vn", "--secure"], "begins with https://"),
            (["--host", "0.0.0.0"], "--public-address"),
        ] {
            let data = folder()
            defer { try? FileManager.default.removeItem(atPath: data) }
            let ended = try run(["serve", "--data", data, "--port", "18934"] + arguments)
            #expect(ended.code == 78 && ended.said.contains(said), "\(ended.said)")
        }
    }

    @Test func aLostPasswordOfTheHeadOfficeIsMendedOnTheMachine() throws {
        let data = folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        #expect(try run(["user", "add-administrator", "Trần Văn Thử", "--data", data]).code == 0)
        let slip = try run(["user", "slip", "tranvanthu", "--data", data])
        #expect(slip.code == 0 && slip.said.contains(/[0-9A-Z]{5}-[0-9A-Z]{5}/), "\(slip.said)")
        let nobody = try run(["user", "slip", "nobody", "--data", data])
        #expect(nobody.code == 64 && nobody.said.contains("nobody with an open account"), "\(nobody.said)")
    }

    /// A page of the database that is none: the program stops writing, says so, leaves its mark and ends with 75;
    /// started again it only reads until the database is whole.
    @Test func aFailingDiskEndsTheProgramAndTheNextStartLooksFirst() async throws {
        let data = folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        #expect(try run(["migrate", "--data", data]).code == 0)
        let path = data + "/kieumau.sqlite"
        let engine = try SQLiteEngine(path: path)
        // Whatever of these the public page reads, by table or by index.
        let pages = try await engine.read {
            try $0.rows(
                """
                SELECT rootpage AS n FROM sqlite_master WHERE rootpage > 0
                AND tbl_name IN ('territory', 'territory_closure', 'title_grant', 'area', 'decision', 'criteria_set')
                """
            ).map { try $0.integer("n") }
        }
        // Into the file itself: what still lies in the write-ahead log would be read from there.
        try await withCheckedThrowingContinuation { answer in
            engine.onWriter(isPatient: true) { connection in
                answer.resume(with: Result { try connection.run("PRAGMA wal_checkpoint(TRUNCATE)") })
            }
        }
        try engine.close()
        /// Puts other bytes on those pages, or answers what is there.
        func exchange(_ bytes: [Data]?) throws -> [Data] {
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            defer { try? file.close() }
            return try pages.enumerated().map { index, page in
                try file.seek(toOffset: UInt64((page - 1) * 4_096))
                guard let bytes else { return try file.read(upToCount: 4_096) ?? Data() }
                try file.write(contentsOf: bytes[index])
                return bytes[index]
            }
        }
        let whole = try exchange(nil)
        let port = try FreePort.next()
        let serve = ["serve", "--data", data, "--port", "\(port)"]
        func health() async throws -> String { try await Wire.get("/health", ["Host: 127.0.0.1"], port: port) }

        let first = try Server(start(serve))
        try first.wait(for: "http://127.0.0.1:\(port)")
        #expect(try await health().contains("200 OK"))
        _ = try exchange(pages.map { _ in Data(repeating: 0xA5, count: 4_096) })
        let refused = try await Wire.get("/portal", ["Host: 127.0.0.1"], port: port)
        #expect(refused.hasPrefix("HTTP/1.1 503") && refused.contains("chỉ xem được"), "\(refused.prefix(400))")
        #expect(try first.end() == 75, "\(first.said)")
        #expect(first.said.contains("the disk failed"))
        let mark = data + "/kieumau.failing"
        #expect(FileManager.default.fileExists(atPath: mark))

        let second = try Server(start(serve))
        try second.wait(for: "reading only: restore a backup")
        try second.wait(for: "http://127.0.0.1:\(port)")
        #expect(try await health().contains("read-only"))
        #expect(FileManager.default.fileExists(atPath: mark))
        let held = try run(["migrate", "--data", folder()])
        #expect(held.code == 0, "another folder is not concerned")
        second.stop()
        #expect(try run(["migrate", "--data", data]).code == 75)

        _ = try exchange(whole)
        let third = try Server(start(serve))
        try third.wait(for: "the database is whole")
        try third.wait(for: "http://127.0.0.1:\(port)")
        #expect(!FileManager.default.fileExists(atPath: mark))
        #expect(try await health().contains("200 OK"))
        third.stop()
    }

    /// What a program in the background says, read as it comes.
    private final class Server {
        let process: Process
        let pipe: Pipe
        private(set) var said = ""

        init(_ started: (Process, Pipe)) { (process, pipe) = started }

        /// A test that failed half-way leaves nobody behind.
        deinit { if process.isRunning { process.terminate() } }

        func wait(for words: String) throws {
            while !said.contains(words) {
                let more = pipe.more()
                try #require(!more.isEmpty, "it ended without saying \(words): \(said)")
                said += more
            }
        }

        /// Its exit code, once it has ended by itself.
        func end() throws -> Int32 {
            said += pipe.rest()
            process.waitUntilExit()
            #expect(process.terminationReason == .exit)
            return process.terminationStatus
        }

        func stop() {
            process.terminate()
            process.waitUntilExit()
        }
    }
}

/// On both engines: a database that a seed began to fill and did not finish is not served.
@Suite("An unfinished seed", .databases) struct UnfinishedSeedTests {
    @Test(arguments: TestEngine.all) func isNotServed(on engine: TestEngine) async throws {
        let test = try await TestDatabase(engine, .product, fresh: true)
        func mark(_ statement: SQL) async throws {
            try await test.database.unattended(.seed) { tx in
                try tx.execute(statement)
                return Receipt()
            }
        }
        try await mark("INSERT INTO installation (name, value) VALUES ('seed', 'unfinished')")
        let data = FileManager.default.temporaryDirectory.path + "/unfinished-\(UInt64.random(in: 0...(.max)))"
        defer { try? FileManager.default.removeItem(atPath: data) }
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        let port = try FreePort.next()
        var arguments = ["serve", "--data", data, "--port", "\(port)"]
        if engine == .postgres {
            arguments += ["--postgres", "\(test.address[1]) options='-c search_path=\(test.address[2])'"]
        }
        func serve() throws -> (Process, Pipe) {
            test.close()
            if engine == .sqlite {
                let path = data + "/kieumau.sqlite"
                try? FileManager.default.removeItem(atPath: path)
                try FileManager.default.copyItem(atPath: test.address[1], toPath: path)
            }
            return try ProgramTests().start(arguments)
        }
        let (refused, pipe) = try serve()
        let said = pipe.rest()
        refused.waitUntilExit()
        #expect(refused.terminationStatus == 65 && said.contains("not finished"), "\(said)")

        try test.reopen()
        try await mark("DELETE FROM installation WHERE name = 'seed'")
        let (served, output) = try serve()
        var first = ""
        while !first.contains("http://127.0.0.1:\(port)") {
            let more = output.more()
            try #require(!more.isEmpty, "it ended: \(first)")
            first += more
        }
        served.terminate()
        served.waitUntilExit()
    }
}

extension Pipe {
    /// What has come meanwhile, or waits for it; empty when the other side has ended. Foundation's own way ends the
    /// process when another test's program ends at the same moment.
    func more() -> String {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(fileHandleForReading.fileDescriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        }
    }

    /// Everything until the other side ends.
    func rest() -> String {
        var all = ""
        while true {
            let part = more()
            if part.isEmpty { return all }
            all += part
        }
    }
}
