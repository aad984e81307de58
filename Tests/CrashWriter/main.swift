// A program that writes through the lane as fast as it can and says each operation when it is acknowledged, until it
// is killed. CrashTests starts it, kills it and looks whether everything that was said is there.
//
//     crash-writer honest|hasty|jobs|jobs-apart sqlite PATH
//     crash-writer honest|hasty|jobs|jobs-apart postgres CONNINFO SCHEMA
//
// `hasty` says each operation before it is written. It is the control: killed often enough it must be caught lying.
// `jobs` carries out what is due, `jobs-apart` does so in two steps, the effect and the note that it is done: the
// control that must be caught doing a job twice.

import Core
import Database
import Foundation
import Logging

/// The note of the tests' notebook, in which it writes.
struct Note: Governed {
    static let kind = "note"
    let id = ID(high: 3, low: 1)
    let place = [ID(high: 1, low: 1), ID(high: 1, low: 2)]
    let revision = 1
}

func openEngine(_ place: [String]) throws -> any Engine {
    switch place.first {
    case "sqlite": try SQLiteEngine(path: place[1], readers: 1)
    case "postgres": try PostgresEngine(place[1], schema: place[2], readers: 1)
    default:
        throw UnfitDatabase("usage: crash-writer honest|hasty|jobs|jobs-apart sqlite PATH | postgres CONNINFO SCHEMA")
    }
}

/// One line, one call of the system: nothing stays in a buffer of ours when we are killed.
func say(_ id: ID) {
    let line = Array("\(id)\n".utf8)
    line.withUnsafeBytes { bytes in _ = write(1, bytes.baseAddress, bytes.count) }
}

func writeForEver(_ database: Database, isHasty: Bool) async throws {
    let person = ID(high: 2, low: 1)
    let grant = Grant(
        id: ID(high: 4, low: 1), version: 1, role: .areaHead, organisation: ID(high: 5, low: 1),
        territory: ID(high: 1, low: 2), term: Period(from: Day.first))
    let actor = Actor(person: person, name: "Ya Thương", grants: [grant])
    let permit = try Authority(today: database.world.clock.today()).permit(actor, to: .registerArea, Note())
    while true {
        let id = ID(high: .random(in: 0 ... .max), low: .random(in: 0 ... .max))
        let operation = Operation(id: id, fingerprint: id.bytes + id.bytes)
        if isHasty { say(id) }
        _ = try await database.write(permit, operation, as: "note.write") { tx in
            let line = tx.ids.next()
            try tx.execute(
                "INSERT INTO line (id, note_id, words) VALUES (\(line), \(permit.subject.id), \(id.description))")
            try tx.execute("UPDATE counter SET value = value + 1 WHERE name = 'one'")
            return Receipt(id: line)
        }
        if !isHasty { say(id) }
    }
}

/// A job's effect: the line it names.
func addLine(_ words: String, _ tx: Transaction) throws {
    try tx.execute(
        "INSERT INTO line (id, note_id, words) VALUES (\(tx.ids.next()), \(ID(high: 3, low: 1)), \(words))")
}

func doJobsForEver(_ database: Database, isApart: Bool) async throws {
    let runner = JobRunner(
        database, effects: ["line": { job, tx in try addLine(job.payload, tx) }], log: Logger(label: "crash-writer"))
    while true {
        if isApart {
            let due = try await database.read { reader in
                try reader.rows("SELECT name, payload FROM job WHERE done_at IS NULL ORDER BY due_at, id LIMIT 1")
                    .map { (name: try $0.text("name"), payload: try $0.text("payload")) }
            }
            for job in due {
                try await database.unattended(.job) { tx in
                    try addLine(job.payload, tx)
                    return Receipt()
                }
                try await database.unattended(.job) { tx in
                    try Job.cancel(named: job.name, tx)
                    return Receipt()
                }
            }
            if !due.isEmpty { continue }
        } else if try await runner.runOne() {
            continue
        }
        // Nothing is left: it waits to be killed.
        try await Task.sleep(for: .seconds(60))
    }
}

let arguments = Array(CommandLine.arguments.dropFirst())
let clock = Clock { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) }
let world = World(clock: clock, ids: .timeOrdered(clock), secrets: .system)
let database = Database(
    engine: try openEngine(Array(arguments.dropFirst())), world: world, log: Logger(label: "crash-writer"))
let mode = arguments.first ?? ""
if mode.hasPrefix("jobs") { try await doJobsForEver(database, isApart: mode == "jobs-apart") }
let isHasty = mode == "hasty"
try await withThrowingTaskGroup(of: Void.self) { group in
    for _ in 1...16 { group.addTask { try await writeForEver(database, isHasty: isHasty) } }
    try await group.waitForAll()
}
