import App
import Core
import Documents
import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import TestKit
import Testing

@testable import Database

/// Sweeping beside the server: its rounds, with the clock in the test's hand.
@Suite("Sweeping beside the server", .databases) struct SweepServiceTests {
    /// Waits that end when the test says so, and never by themselves.
    private final class Waiting: Sendable {
        private let (asked, asks) = AsyncStream.makeStream(of: Duration.self)
        private let (ends, end) = AsyncStream.makeStream(of: Void.self)

        /// As the service calls it.
        func wait(_ pause: Duration) async throws {
            asks.yield(pause)
            for await _ in ends { return }
            throw CancellationError()
        }

        /// How long the service is waiting now; nil where it ended.
        func pause() async -> Duration? {
            for await pause in asked { return pause }
            return nil
        }

        func goOn() { end.yield() }
        func finish() { asks.finish() }
    }

    private struct Lines: LogHandler {
        final class Kept: Sendable {
            private let kept = Mutex<[String]>([])
            var all: [String] { kept.withLock { $0 } }
            func add(_ line: String) { kept.withLock { $0.append(line) } }
        }

        let kept: Kept
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { kept.add("\(event.level): \(event.message)") }
    }

    private let folder = TestSite.filesFolder()
    private var store: ContentStore { ContentStore(root: folder.path) }
    private let table = Migration(
        "test.0001-swept", ["CREATE TABLE swept (id \(.id) NOT NULL PRIMARY KEY, address \(.text)) \(.endOfTable)"])

    private func old(_ byte: UInt8) throws -> ContentAddress {
        let address = try store.put([byte])
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -40 * 86_400)], ofItemAtPath: store.path(address))
        return address
    }

    @Test(arguments: TestEngine.all) func aRoundComesSurvivesAFaultAndStopsWhenAsked(on engine: TestEngine) async throws
    {
        defer { try? FileManager.default.removeItem(at: folder) }
        let clock = TestClock()
        let database = try await TestDatabase(engine, .cast, clock: clock).database
        clock.move(to: Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)))
        let first = try old(1)
        let (waiting, kept) = (Waiting(), Lines.Kept())
        // A table that is not there yet is the fault of the first round.
        let sweep = ContentSweep(
            database, store,
            references: Wiring.contents + [ContentReference(table: "swept", column: "address")])
        let service = SweepService(
            sweep, database, log: Logger(label: "kept") { _ in Lines(kept: kept) }, wait: waiting.wait)
        let group = ServiceGroup(services: [service], logger: TestDatabase.quiet)
        let running = Task {
            defer { waiting.finish() }
            try await group.run()
        }

        #expect(await waiting.pause() == SweepService.pauses.first)
        #expect(try store.exists(first) && kept.all.isEmpty, "nothing is swept at the start")
        waiting.goOn()
        #expect(await waiting.pause() == SweepService.pauses.next, "the next round comes in spite of the fault")
        #expect(try store.exists(first) && kept.all == ["error: the files were not swept"])

        try await database.migrate(SchemaOrder.migrations + [table])
        waiting.goOn()
        #expect(await waiting.pause() == SweepService.pauses.next)
        #expect(try !store.exists(first))
        #expect(kept.all.last == "notice: 1 files that no record needs are gone, 0 unfinished ones too")

        // Asked to stop while it waits, it ends without another round.
        let second = try old(2)
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(await waiting.pause() == nil)
        #expect(try store.exists(second) && kept.all.count == 2)
    }
}

extension TestDatabase {
    fileprivate static var quiet: Logger { Logger(label: "group") { _ in SwiftLogNoOpLogHandler() } }
}
