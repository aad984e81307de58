import Foundation
import Testing

/// The program in the background, and what it says, read as it comes.
final class RunningProgram {
    let process: Process
    private let pipe: Pipe
    private(set) var said = ""

    init(_ arguments: [String], _ environment: [String: String] = [:]) throws {
        (process, pipe) = try KieuMau.start(arguments, environment)
    }

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

    /// As the power of a machine ends it: nothing of it runs any more when this returns.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
