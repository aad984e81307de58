import Foundation
import TestKit
import Testing

@testable import Criteria

/// Broken files must be refused with a reason, never end the program, and never take long.
@Suite struct CriteriaFuzzTests {
    /// The same mishaps each time: a test that fails today must fail tomorrow.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    private static let scraps = [
        "\n", ": ", "- ", "{", "}", "[", "]", "\"", "'", "#", "&a ", "*a", "!!str ", "|", ">", "%", "@", "\t", "-1",
        "999999999999", "1e9", "~", "null", "yes", "\u{0}", "ệ", "\u{FEFF}", "---\n", "? ", "<<: ", "2026-13-40",
    ]

    @Test(arguments: 1...4 as ClosedRange<UInt64>) func mutilatedFilesAreRefusedOrRead(seed: UInt64) throws {
        var dice = Dice(state: seed &* 0x9E37_79B9_7F4A_7C15)
        let whole = try Sample.file(Sample.sets.appending(path: "qd691-2018.yaml"))
        let lines = whole.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let end = ContinuousClock.now + .seconds(1)
        var tried = 0
        var refused = 0
        while ContinuousClock.now < end, tried < 400 {
            var mutilated = lines
            for _ in 0..<Int.random(in: 1...4, using: &dice) {
                let line = Int.random(in: 0..<mutilated.count, using: &dice)
                switch Int.random(in: 0..<5, using: &dice) {
                case 0: mutilated.remove(at: line)
                case 1: mutilated.insert(mutilated[line], at: Int.random(in: 0..<mutilated.count, using: &dice))
                case 2: mutilated[line] = String(mutilated[line].dropLast(Int.random(in: 1...20, using: &dice)))
                case 3:
                    var letters = Array(mutilated[line])
                    letters.insert(
                        contentsOf: Self.scraps.randomElement(using: &dice) ?? "",
                        at: Int.random(in: 0...letters.count, using: &dice))
                    mutilated[line] = String(letters)
                default: mutilated[line] = "  " + mutilated[line]
                }
            }
            let text = mutilated.joined(separator: "\n")
            let reading = Criteria.YAML.read(text)
            tried += 1
            if let set = reading.set {
                #expect(reading.faults.allSatisfy { $0.isWarning })
                // What was accepted can be kept, written and read back.
                let written = try Criteria.YAML.write(set)
                #expect(Criteria.YAML.read(written).set == set, "\(text)")
            } else {
                refused += 1
                #expect(reading.faults.contains { !$0.isWarning }, "\(text)")
                // Somebody is told where: but for a file without content each fault has its line.
                #expect(
                    reading.faults.allSatisfy {
                        $0.line.map { $0 >= 1 && $0 <= mutilated.count + 1 } ?? [.emptyFile, .syntax].contains($0.key)
                    }, "\(reading.faults) \(text)")
            }
        }
        #expect(tried > 10 && refused > 0)
    }

    @Test func randomBytesAreRefused() {
        var dice = Dice(state: 7)
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0...200, using: &dice)).map { _ in UInt8.random(in: 0...255, using: &dice) }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(Criteria.YAML.read(text).set == nil)
        }
    }
}
