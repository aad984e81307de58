import Foundation
import Testing

/// What is set wrongly stops the program with the name of the setting, its place and what is allowed; it never means
/// something else in silence.
@Suite("Settings of the program", .serialized) struct ProgramSettingsTests {
    private struct Slip: CustomStringConvertible {
        let name: String
        let value: String
        let said: String

        var variable: String { "KIEUMAU_" + name.uppercased().replacing("-", with: "_") }
        var description: String { "\(name)=\(value)" }
    }

    private static let slips = [
        Slip(name: "secure", value: "1", said: "must be yes or no"),
        Slip(name: "secure", value: "true", said: "must be yes or no"),
        Slip(name: "secure", value: "YES", said: "must be yes or no"),
        Slip(name: "port", value: "many", said: "must be a number from 1 to 65535"),
        Slip(name: "port", value: "0", said: "must be a number from 1 to 65535"),
        Slip(name: "port", value: "99999", said: "must be a number from 1 to 65535"),
        Slip(name: "log-level", value: "loud", said: "must be one of trace, debug"),
        Slip(name: "host", value: "http://127.0.0.1", said: "must be a name or a number"),
        Slip(name: "public-address", value: "kieumau.example.vn", said: "must read like https://"),
        Slip(name: "assets", value: "", said: "must not be empty"),
        Slip(name: "postgres", value: "", said: "must not be empty"),
        Slip(name: "key-file", value: "", said: "must not be empty"),
        Slip(name: "secure", value: "", said: "must not be empty"),
    ]

    @Test func aValueThatMakesNoSenseIsNamedInTheEnvironment() throws {
        for slip in Self.slips {
            let data = KieuMau.folder()
            let ended = try KieuMau.run(["serve", "--data", data], [slip.variable: slip.value])
            #expect(ended.code == 78, "\(slip): \(ended.said)")
            #expect(ended.said.contains("\(slip.variable) \(slip.said)"), "\(slip): \(ended.said)")
            #expect(ended.said.contains("“\(slip.value)”"), "\(slip): \(ended.said)")
            #expect(!FileManager.default.fileExists(atPath: data))
        }
        let folder = try KieuMau.run(["verify"], ["KIEUMAU_DATA": ""])
        #expect(folder.code == 78 && folder.said.contains("KIEUMAU_DATA must not be empty"), "\(folder.said)")
    }

    @Test func aValueThatMakesNoSenseIsNamedInTheFile() throws {
        let data = KieuMau.folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        let path = data + "/kieumau.json"
        func run(_ text: String) throws -> KieuMau.Ended {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            return try KieuMau.run(["serve", "--data", data])
        }
        for slip in Self.slips {
            let ended = try run("{\"\(slip.name)\": \"\(slip.value)\"}")
            #expect(ended.code == 78, "\(slip): \(ended.said)")
            #expect(ended.said.contains("\(path): \(slip.name) \(slip.said)"), "\(slip): \(ended.said)")
        }
        for (text, said) in [
            ("{\"secure\": true}", "secure must be a text between quotation marks, such as \"yes\" or \"no\""),
            ("{\"port\": 8081}", "port must be a text"), ("{\"prot\": \"80\"}", "unknown setting prot"),
            ("{\"data\": \"elsewhere\"}", "data cannot stand in the folder that it names"),
            ("[]", "must be one JSON object"), ("{\"port\":", "must be one JSON object"),
        ] {
            let ended = try run(text)
            #expect(ended.code == 78 && ended.said.contains("\(path)") && ended.said.contains(said), "\(ended.said)")
        }
        // What is written rightly is heard: the next thing that is wrong is the folder without a database.
        let right = try run("{\"secure\": \"no\", \"port\": \"8081\", \"log-level\": \"critical\"}")
        #expect(right.code == 65, "\(right.said)")
        // The environment wins over the file.
        #expect(try KieuMau.run(["serve", "--data", data], ["KIEUMAU_PORT": "0"]).code == 78)
    }

    @Test func anOptionIsNamedWithWhatWasTyped() throws {
        let data = KieuMau.folder()
        let port = try KieuMau.run(["serve", "--data", data, "--port", "99999"])
        #expect(port.code == 78)
        #expect(port.said.contains("--port") && port.said.contains("99999") && !port.said.contains("8080"))
        let level = try KieuMau.run(["serve", "--data", data, "--log-level", "loud"])
        #expect(level.code == 78 && level.said.contains("--log-level must be one of"), "\(level.said)")
        #expect(try KieuMau.run(["verify", "--data", ""]).code == 78)
        let assets = try KieuMau.run(["doctor", "--data", data, "--assets", ""])
        #expect(assets.code == 78 && assets.said.contains("--assets must not be empty"), "\(assets.said)")
    }

    /// Whoever follows the documents must not be stopped by the program's own list of names.
    @Test func everyVariableOfTheDocumentsIsKnown() throws {
        var named: Set<String> = []
        let documents = ["README.md", "README.vi.md", "CONTRIBUTING.md", "CHANGELOG.md", "Makefile", ".ci/run"]
            .map { "\(Checkout.root)/\($0)" }
        let scripts = ["scripts", "docs", "Benchmarks"].flatMap { folder in
            ((try? FileManager.default.contentsOfDirectory(atPath: "\(Checkout.root)/\(folder)")) ?? [])
                .map { "\(Checkout.root)/\(folder)/\($0)" }
        }
        for path in documents + scripts {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { continue }
            for match in text.matches(of: /KIEUMAU_[A-Z][A-Z_]*[A-Z]/) { named.insert(String(match.output)) }
        }
        #expect(named.count >= 12, "\(named)")
        for name in named.sorted() {
            let ended = try KieuMau.run(["verify", "--data", KieuMau.folder()], [name: "yes"])
            #expect(!ended.said.contains("unknown setting"), "\(name): \(ended.said)")
        }
    }

    @Test func anAddressOfSixGroupsStandsInBrackets() throws {
        let loopback = (try? String(contentsOfFile: "/proc/net/if_inet6", encoding: .utf8)) ?? ""
        guard loopback.contains("00000000000000000000000000000001") else {
            print("left out: this machine has no ::1")
            return
        }
        let data = KieuMau.folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        #expect(try KieuMau.run(["migrate", "--data", data]).code == 0)
        for host in ["::1", "[::1]"] {
            let port = try FreePort.next()
            let program = try RunningProgram(["serve", "--data", data, "--host", host, "--port", "\(port)"])
            try program.wait(for: "http://[::1]:\(port)")
            program.stop()
        }
    }
}
