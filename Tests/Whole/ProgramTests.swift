import Core
import Database
import Foundation
import TestKit
import Testing

/// The program as its operator meets it: what goes wrong is said in words with an exit code, never a crash.
@Suite("The program", .serialized) struct ProgramTests {
    @Test func anUnknownSettingIsNamed() throws {
        let ended = try KieuMau.run(["verify", "--data", KieuMau.folder()], ["KIEUMAU_PROT": "80"])
        #expect(ended.code == 78)
        #expect(ended.said.contains("unknown setting KIEUMAU_PROT"))
    }

    @Test func aPortThatIsNoPortIsNamed() throws {
        let ended = try KieuMau.run(["serve", "--data", KieuMau.folder()], ["KIEUMAU_PORT": "many"])
        #expect(ended.code == 78)
        #expect(ended.said.contains("1 to 65535"))
    }

    @Test func anOfficeIsSetUpOnceAndNothingOfTheDemonstrationIsInIt() throws {
        let data = KieuMau.folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        let empty = try KieuMau.run(["init", "--data", data])
        #expect(empty.code == 64)
        #expect(empty.said.contains("--administrator"))
        #expect(!FileManager.default.fileExists(atPath: data), "nothing is made of what cannot be done")
        let arguments = [
            "init", "--data", data, "--administrator", "Ngô Tấn Phát", "--office", "Văn phòng Đảng ủy xã D'Ran",
            "--territory",
        ]
        #expect(try KieuMau.run(arguments + ["D'Ran"]).code == 64)
        let done = try KieuMau.run(arguments + ["xã D'Ran"])
        #expect(done.code == 0)
        #expect(done.said.contains("Tên đăng nhập: ngotanphat"))
        #expect(done.said.firstMatch(of: /Mã kích hoạt:  [0-9A-Z]{5}-[0-9A-Z]{5}/) != nil)
        #expect(done.said.contains("/activation"))
        #expect(done.said.contains("kieumau user slip ngotanphat --data \(data)"), "how a lost code is mended")
        let again = try KieuMau.run(arguments + ["xã D'Ran"])
        #expect(again.code == 65)
        #expect(again.said.contains("đã có dữ liệu (1 người, 2 đơn vị)"))
        #expect(try KieuMau.run(["verify", "--data", data]).code == 0)
    }

    @Test func anUnknownOptionIsUsage() throws {
        #expect(try KieuMau.run(["serve", "--prot", "80"]).code == 64)
    }

    @Test func aSecondServerOnTheSameFileAndATakenPortAreRefused() throws {
        let data = KieuMau.folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        #expect(try KieuMau.run(["migrate", "--data", data]).code == 0)
        let port = try FreePort.next()
        let (first, pipe) = try KieuMau.start(["serve", "--data", data, "--port", "\(port)"])
        defer {
            first.terminate()
            first.waitUntilExit()
        }
        // Its first line says that it listens.
        var said = ""
        while !said.contains("http://127.0.0.1:\(port)"), first.isRunning {
            said += pipe.more()
        }
        let second = try KieuMau.run(["serve", "--data", data, "--port", "\(try FreePort.next())"])
        #expect(second.code == 69)
        #expect(second.said.contains("another kieumau process"))
        let other = KieuMau.folder()
        defer { try? FileManager.default.removeItem(atPath: other) }
        #expect(try KieuMau.run(["migrate", "--data", other]).code == 0)
        let third = try KieuMau.run(["serve", "--data", other, "--port", "\(port)"])
        #expect(third.code == 69)
        #expect(third.said.contains("in use"))
        // What the end cuts short is no fault of its own.
        #expect(!third.said.contains("CancellationError") && !third.said.contains("could not"), "\(third.said)")
    }

    @Test func aDemonstrationIsServedOnThisMachineOnly() throws {
        let data = KieuMau.folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        #expect(try KieuMau.run(["seed", "demo", "--if-empty", "--data", data]).code == 0)
        let serve = ["serve", "--data", data, "--port", "18933"]
        for outside in [
            ["--host", "0.0.0.0"], ["--public-address", "https://kieumau.example.vn"],
            ["--host", "0.0.0.0", "--public-address", "http://kieumau.example.vn"],
        ] {
            let ended = try KieuMau.run(serve + outside)
            #expect(ended.code == 78, "\(outside)")
            #expect(ended.said.contains("127.0.0.1 only"), "\(ended.said)")
        }
        let left = try KieuMau.run(["seed", "demo", "--if-empty", "--data", data])
        #expect(left.code == 0 && left.said.contains("stays as it is"), "\(left.said)")
        let again = try KieuMau.run(["seed", "demo", "--data", data])
        #expect(again.code == 65, "a seed goes into an empty place only")
        let office = try KieuMau.run([
            "init", "--data", data, "--administrator", "Ngô Tấn Phát", "--office", "VP", "--territory", "xã D'Ran",
        ])
        #expect(office.code == 65)
        #expect(office.said.contains("bản minh họa"))
        #expect(try KieuMau.run(["verify", "--data", data]).code == 0)
    }

    @Test func anAddressThatIsNoneOrIsMissingIsNamed() throws {
        for (arguments, said) in [
            (["--public-address", "kieumau.example.vn"], "must read like https://"),
            (["--public-address", "http://kieumau.example.vn", "--secure"], "begins with https://"),
            (["--host", "0.0.0.0"], "--public-address"),
        ] {
            let data = KieuMau.folder()
            defer { try? FileManager.default.removeItem(atPath: data) }
            #expect(try KieuMau.run(["migrate", "--data", data]).code == 0)
            let ended = try KieuMau.run(["serve", "--data", data, "--port", "18934"] + arguments)
            #expect(ended.code == 78 && ended.said.contains(said), "\(ended.said)")
        }
    }

    @Test func aLostPasswordOfTheHeadOfficeIsMendedOnTheMachine() throws {
        let data = KieuMau.folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        #expect(try KieuMau.run(["migrate", "--data", data]).code == 0)
        #expect(try KieuMau.run(["user", "add-administrator", "Trần Văn Thử", "--data", data]).code == 0)
        // However the name is typed, as on the sign-in page.
        for typed in ["tranvanthu", "Trần Văn Thử"] {
            let slip = try KieuMau.run(["user", "slip", typed, "--data", data])
            #expect(slip.code == 0 && slip.said.contains(/Mã kích hoạt:  [0-9A-Z]{5}-[0-9A-Z]{5}/), "\(slip.said)")
            #expect(slip.said.contains("Tên đăng nhập: tranvanthu"), "\(slip.said)")
        }
        let nobody = try KieuMau.run(["user", "slip", "nobody", "--data", data])
        #expect(
            nobody.code == 64 && nobody.said.contains("Không có tài khoản đang mở nào tên “nobody”"), "\(nobody.said)")
        // What makes no sense is refused in words, not kept and not turned into another name.
        let unnamed = try KieuMau.run(["user", "add-administrator", "12", "--data", data])
        #expect(unnamed.code == 64 && unnamed.said.contains("họ tên"), "\(unnamed.said)")
        let short = try KieuMau.run(["user", "add-administrator", "Lê Văn Hai", "--sign-in", "a", "--data", data])
        #expect(short.code == 64 && short.said.contains("“a” cần từ 3"), "\(short.said)")
    }

    /// A page of the database that is none: the program stops writing, says so, leaves its mark and ends with 75;
    /// started again it only reads until the database is whole.
    @Test func aFailingDiskEndsTheProgramAndTheNextStartLooksFirst() async throws {
        let data = KieuMau.folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        #expect(try KieuMau.run(["migrate", "--data", data]).code == 0)
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

        let first = try RunningProgram(serve)
        try first.wait(for: "http://127.0.0.1:\(port)")
        #expect(try await health().contains("200 OK"))
        _ = try exchange(pages.map { _ in Data(repeating: 0xA5, count: 4_096) })
        let refused = try await Wire.get("/portal", ["Host: 127.0.0.1"], port: port)
        #expect(refused.hasPrefix("HTTP/1.1 503") && refused.contains("chỉ xem được"), "\(refused.prefix(400))")
        #expect(try first.end() == 75, "\(first.said)")
        #expect(first.said.contains("the disk failed"))
        let mark = data + "/kieumau.failing"
        #expect(FileManager.default.fileExists(atPath: mark))

        let second = try RunningProgram(serve)
        try second.wait(for: "reading only: restore a backup")
        try second.wait(for: "http://127.0.0.1:\(port)")
        #expect(try await health().contains("read-only"))
        #expect(FileManager.default.fileExists(atPath: mark))
        let other = KieuMau.folder()
        defer { try? FileManager.default.removeItem(atPath: other) }
        #expect(try KieuMau.run(["migrate", "--data", other]).code == 0, "another folder is not concerned")
        second.stop()
        #expect(try KieuMau.run(["migrate", "--data", data]).code == 75)

        _ = try exchange(whole)
        let third = try RunningProgram(serve)
        try third.wait(for: "the database is whole")
        try third.wait(for: "http://127.0.0.1:\(port)")
        #expect(!FileManager.default.fileExists(atPath: mark))
        #expect(try await health().contains("200 OK"))
        third.stop()
    }
}
