import Foundation
import TestKit
import Testing

/// The program that is tested, started in a process of its own as its operator starts it.
enum KieuMau {
    private static let program: URL = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appending(path: "kieumau")
    }()

    /// How it ended, and all that it said.
    struct Ended {
        let code: Int32
        let said: String
    }

    /// Starts it and leaves it running. What it says comes through the pipe.
    static func start(_ arguments: [String], _ environment: [String: String] = [:]) throws -> (Process, Pipe) {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: Checkout.root)
        process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        return (process, pipe)
    }

    /// Runs it to its end. Ending by a signal is a failure of the test.
    static func run(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Ended {
        let (process, pipe) = try start(arguments, environment)
        let said = pipe.rest()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit, "ended by a signal: \(said)")
        return Ended(code: process.terminationStatus, said: said)
    }

    /// A folder for its data that is not there yet.
    static func folder() -> String {
        FileManager.default.temporaryDirectory.path + "/program-\(UInt64.random(in: 0...(.max)))"
    }

    /// The options with which it reads what a test's database holds, while the test has closed it.
    ///
    /// - Parameter folder: its data folder, made here.
    static func options(for test: TestDatabase, in folder: String) throws -> [String] {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard test.engine == .sqlite else {
            return ["--data", folder, "--postgres", "\(test.address[1]) options='-c search_path=\(test.address[2])'"]
        }
        try FileManager.default.createSymbolicLink(
            atPath: folder + "/kieumau.sqlite", withDestinationPath: test.address[1])
        return ["--data", folder]
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
