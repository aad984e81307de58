import Foundation
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

    private func start(_ arguments: [String], _ environment: [String: String] = [:]) throws -> (Process, Pipe) {
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
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
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

    @Test func anUnknownOptionIsUsage() throws {
        #expect(try run(["serve", "--prot", "80"]).code == 64)
    }

    @Test func aSecondServerOnTheSameFileAndATakenPortAreRefused() throws {
        let data = folder()
        defer { try? FileManager.default.removeItem(atPath: data) }
        let (first, pipe) = try start(["serve", "--data", data, "--port", "18931"])
        defer {
            first.terminate()
            first.waitUntilExit()
        }
        // Its first line says that it listens.
        var said = ""
        while !said.contains("http://127.0.0.1:18931"), first.isRunning {
            said += String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
        }
        let second = try run(["serve", "--data", data, "--port", "18932"])
        #expect(second.code == 69)
        #expect(second.said.contains("another kieumau process"))
        let other = folder()
        defer { try? FileManager.default.removeItem(atPath: other) }
        let third = try run(["serve", "--data", other, "--port", "18931"])
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
        #expect(try run(["verify", "--data", data]).code == 0)
    }
}
