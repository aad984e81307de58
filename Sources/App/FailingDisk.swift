import Core
import Database
import Foundation
import Logging
import ServiceLifecycle

/// The mark that the last run ended with a failing disk: a file beside the database with the hour and the reason.
/// While it is there nothing is written before the whole database was looked at.
struct FailureMark: Sendable {
    let path: String

    init(_ settings: Settings) { path = "\(settings.data)/kieumau.failing" }

    var isThere: Bool { FileManager.default.fileExists(atPath: path) }

    /// - Throws: when the failing disk takes not even that.
    func set(at now: Instant, because reason: String) throws {
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        let day = now.day.isoText
        let minute = now.minuteOfVietnamDay
        let hour = "\(minute / 60):" + (minute % 60 < 10 ? "0" : "") + "\(minute % 60)"
        try Data("\(day) \(hour): the disk failed: \(reason)\n".utf8).write(to: URL(fileURLWithPath: path))
    }

    func remove() throws { try FileManager.default.removeItem(atPath: path) }
}

/// The disk failed; the supervisor starts the program again.
struct DiskFailing: Error {
    let reason: String
}

/// Ends the program some seconds after the disk failed, so that whoever is reading or waiting still has an answer.
struct FailureService: Service {
    static let grace = Duration.seconds(2)

    private let database: Database
    private let reasons: AsyncStream<String>

    /// From now on the first failure sets the mark before anybody is told.
    init(_ database: Database, _ mark: FailureMark, clock: Clock, log: Logger) {
        let (stream, report) = AsyncStream.makeStream(of: String.self)
        self.database = database
        reasons = stream
        database.gate.whenShut { reason in
            log.critical("the disk failed: nothing more is written, the program ends", metadata: ["error": "\(reason)"])
            do { try mark.set(at: clock.now(), because: reason) } catch {
                log.critical("it could not be marked", metadata: ["file": "\(mark.path)", "error": "\(error)"])
            }
            report.yield(reason)
        }
    }

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            for await reason in reasons {
                try? await Task.sleep(for: Self.grace)  // cancelled: it ends in any case
                throw DiskFailing(reason: reason)
            }
        }
    }
}

/// After a run that ended with a failing disk: looks at the whole database while pages are served for reading, and
/// lets writes in when it is whole. When it is not, reading is all there is until somebody restores a backup.
struct CheckService: Service {
    let database: Database
    let mark: FailureMark
    let log: Logger

    /// - Returns: nil when the last run ended well, so that there is nothing to look at.
    static func ifNeeded(_ database: Database, _ mark: FailureMark, log: Logger) -> CheckService? {
        guard mark.isThere else { return nil }
        database.gate.keepShut(because: "not looked at yet")
        log.warning("the last run ended with a failing disk: reading only, until the database was looked at")
        return CheckService(database: database, mark: mark, log: log)
    }

    func run() async throws {
        await look()
        // The end of a service is the end of the program.
        try? await gracefulShutdown()
    }

    func look() async {
        do {
            let faults = try await database.engine.check()
            guard faults.isEmpty else {
                for fault in faults { log.critical("the database is not whole", metadata: ["fault": "\(fault)"]) }
                log.critical("reading only: restore a backup, then take \(mark.path) away")
                return
            }
            try mark.remove()
            database.gate.open()
            log.notice("the database is whole: writing again")
        } catch {
            log.critical("the database could not be looked at; reading only", metadata: ["error": "\(error)"])
        }
    }
}
