import Core
import Database
import Foundation
import TestKit
import Testing

/// The program itself is killed with SIGKILL while area heads save over HTTP, and started again. What it answered is
/// there, whole and once; what was cut off may be sent again with its key and has one effect.
///
/// Like the lane's own trial (CrashTests) this says nothing about a power cut: the system's cache outlives a program.
@Suite("The program killed while it serves", .databases, .serialized) struct KilledServingTests {
    /// Seconds for each engine; more of them for a long run.
    private static let seconds = Double(ProcessInfo.processInfo.environment["CRASH_SECONDS"] ?? "") ?? 8

    @Test("No answered save is lost, halved or doubled", arguments: TestEngine.all)
    func nothingAnsweredIsLost(on engine: TestEngine) async throws {
        let place = try await ServedCountry(engine)
        defer { place.remove() }
        var chance = SeededGenerator(seed: 1)
        var savers = try await place.savers()
        var kills = 0
        let end = ContinuousClock.now + .seconds(Self.seconds)
        while ContinuousClock.now < end || kills < 3 {
            savers = try await place.serveUntilKilled(
                savers, after: Int.random(in: 10...60, using: &chance), Int.random(in: 0...20, using: &chance))
            kills += 1
            for saver in savers {
                let lost = try await Self.lost(saver.answered, of: saver, place)
                #expect(lost.isEmpty, "kill \(kills): \(lost)")
            }
        }
        // What was cut off last is sent again to a program that lives on.
        savers = try await place.serve(savers, rounds: 1)
        for saver in savers {
            #expect(saver.open == nil)
            #expect(saver.faults.isEmpty, "\(saver.faults)")
            try await Self.expectOnce(saver, place)
        }
        let answered = savers.map(\.answered.count).reduce(0, +)
        let again = savers.map(\.sentAgain).reduce(0, +)
        #expect(answered >= 10 * kills && again > 0, "\(kills) kills, \(answered), \(again)")
        #expect(try KieuMau.run(["verify"] + place.options).code == 0)
        print("killed serving engine=\(engine) kills=\(kills) answered=\(answered) sent-again=\(again) lost=0")
    }

    @Test("Believing what was not answered yet is caught: this trial can fail", arguments: TestEngine.all)
    func believingTooEarlyIsCaught(on engine: TestEngine) async throws {
        let place = try await ServedCountry(engine)
        defer { place.remove() }
        var chance = SeededGenerator(seed: 2)
        var savers = try await place.savers()
        var (kills, lost) = (0, 0)
        while lost == 0, kills < 40 {
            savers = try await place.serveUntilKilled(
                savers, after: Int.random(in: 5...20, using: &chance), Int.random(in: 0...20, using: &chance))
            kills += 1
            for saver in savers {
                lost += try await Self.lost(saver.answered + [saver.open].compactMap { $0 }, of: saver, place).count
            }
        }
        #expect(lost > 0)
        print("killed serving control engine=\(engine) kills=\(kills) lost=\(lost)")
    }

    /// Which of these saves do not have their operation and, exactly once, their effect.
    private static func lost(_ saves: [HTTPSave], of saver: HTTPSaver, _ place: ServedCountry) async throws -> [String]
    {
        try await place.look { reader in
            let keys = Set(try reader.rows("SELECT id FROM operation").map { try $0.id("id") })
            let effects = try Self.effects(of: saver, reader)
            return saves.filter { !keys.contains($0.key) || effects[$0.note] != 1 }.map(\.note)
        }
    }

    /// How often the history has each note of this saver.
    private static func effects(of saver: HTTPSaver, _ reader: any Reader) throws -> [String: Int] {
        let notes = try reader.rows(
            """
            SELECT note FROM indicator_value_history
            WHERE dossier_id = \(saver.dossier) AND code = \(HTTPSaver.code) AND note LIKE 'lần %' ORDER BY id
            """
        ).map { try $0.text("note") }
        return notes.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    /// Everything of one saver at the end: each save one operation, one line of history, one step of the version.
    private static func expectOnce(_ saver: HTTPSaver, _ place: ServedCountry) async throws {
        let effects = try await place.look { try Self.effects(of: saver, $0) }
        let row = try await place.look { reader in
            try reader.one(
                """
                SELECT version, note FROM indicator_value
                WHERE dossier_id = \(saver.dossier) AND side = 'self' AND code = \(HTTPSaver.code)
                """)
        }
        #expect(effects.values.allSatisfy { $0 == 1 }, "an effect stands twice")
        #expect(Set(effects.keys) == Set(saver.answered.map(\.note)))
        #expect(try row.integer("version") == saver.first + saver.answered.count, "half of an effect")
        #expect(try row.text("note") == saver.answered.last?.note)
    }
}
