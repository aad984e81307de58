import Core
import Database
import Foundation
import Logging
import Synchronization
import TestKit

@testable import Ballots

/// What an attacker has: everything but the folder of keys and the memory of the running program. More than anybody
/// would: which codes there are, in which order they were sent, and even by which mark the database knows each.
struct Booty: Sendable {
    /// Codes with their marks, in the order in which they were sent.
    let arrivals: [(code: Ballots.Code, mark: [UInt8])]
    /// Copies of the database: halfway, before closing, after closing. Its files, or what a dump of PostgreSQL says.
    let backups: [[UInt8]]
    /// Answers as the table gives them, in the order of the disk: letters, id and, on PostgreSQL, transaction and place.
    let answers: [Row]
    /// Seals before closing, in the order of the disk.
    let seals: [Row]
    let operations: [Row]
    let audit: [Row]
    let ballot: ID
    let publicKey: [UInt8]
    let log: String
    /// PostgreSQL's log of changes, record by record; empty on the embedded engine.
    let changes: [BallotsLog.Record]

    struct Row: Sendable {
        let letters: String
        let id: [UInt8]
        let bytes: [UInt8]
        /// The writing transaction, where the engine tells.
        let transaction: Int
        /// Its place on disk, where the engine tells.
        let place: String
    }
}

/// Tries to say of each code what was answered with it. Each attack gives a guess for every arrival.
struct Attacker {
    let booty: Booty
    let combinations = Ballots.Answer.allCases.flatMap { one in
        Ballots.Answer.allCases.map { String([one.letter, $0.letter]) }
    }

    /// By name; each is carried out when its guesses are asked for.
    var attacks: [(name: String, guesses: () -> [String?])] {
        [
            ("order on disk", { inOrder(booty.answers) }),
            ("order of ids", { inOrder(booty.answers.sorted { $0.id.lexicographicallyPrecedes($1.id) }) }),
            ("order of transactions", { inOrder(byTransaction) }),
            ("first place in the files", { inOrder(byPlace { $0.first ?? .max }) }),
            ("last place in the files", { inOrder(byPlace { $0.last ?? .max }) }),
            ("a seal's name again", bySealName), ("length of the seal", byLength),
            ("the same seal again", bySameBytes), ("hash of what was sent", byHash),
            ("order in the log of changes", { inOrder(asPut) }), ("what left as what came", byLeaving),
            ("words beside the mark", besideTheMark), ("keys that lie about", byKeysFound), ("the log", inTheLog),
        ]
    }

    private var byTransaction: [Booty.Row] {
        booty.answers.enumerated().sorted {
            ($0.element.transaction, $0.offset) < ($1.element.transaction, $1.offset)
        }.map(\.element)
    }

    /// Answers in the order in which the log of changes says that they were put into the box.
    private var asPut: [Booty.Row] {
        let here = Dictionary(booty.answers.map { ($0.place, $0) }, uniquingKeysWith: { first, _ in first })
        return booty.changes.filter { $0.table == "ballot_answer" && $0.verb == .put }.compactMap { here[$0.place] }
    }

    /// Seals came with their codes, one by one; in the order in which the log says that they left, the answers came.
    private func byLeaving() -> [String?] {
        let seals = booty.changes.filter { $0.table == "ballot_seal" }
        let arrived = seals.filter { $0.verb == .put }.map(\.place)
        let left = seals.filter { $0.verb == .taken }.map(\.place)
        let answers = zip(left, asPut).map { ($0, $1.letters) }
        let byPlace = Dictionary(answers, uniquingKeysWith: { first, _ in first })
        return booty.arrivals.indices.map { $0 < arrived.count ? byPlace[arrived[$0]] : nil }
    }

    private func inOrder(_ rows: [Booty.Row]) -> [String?] {
        booty.arrivals.indices.map { $0 < rows.count ? rows[$0].letters : nil }
    }

    /// Answers by where their names stand in the copied files: a log is written in the order of events.
    private func byPlace(_ pick: ([Int]) -> Int) -> [Booty.Row] {
        guard let last = booty.backups.last else { return [] }
        let data = Data(last)
        return booty.answers.map { row -> (Int, Booty.Row) in
            var places: [Int] = []
            var from = data.startIndex
            while let found = data.range(of: Data(row.id), in: from..<data.endIndex) {
                places.append(found.lowerBound)
                from = found.upperBound
            }
            return (pick(places), row)
        }.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// The seal that was written with a code: the nearest one behind its mark, or the one of the same number.
    private var sealOfArrival: [Booty.Row?] {
        booty.arrivals.indices.map { $0 < booty.seals.count ? booty.seals[$0] : nil }
    }

    private func bySealName() -> [String?] {
        sealOfArrival.map { seal in booty.answers.first { $0.id == seal?.id }?.letters }
    }

    private func byLength() -> [String?] {
        let lengths = Set(booty.seals.map(\.bytes.count)).sorted()
        guard lengths.count > 1 else { return booty.arrivals.map { _ in combinations.first } }
        return sealOfArrival.map { seal in
            seal.flatMap { lengths.firstIndex(of: $0.bytes.count) }.map { combinations[$0 % combinations.count] }
        }
    }

    /// Deterministic sealing would give equal answers equal seals: the largest group is taken for the commonest answer.
    private func bySameBytes() -> [String?] {
        let groups = Dictionary(grouping: booty.seals, by: \.bytes).values.sorted { $0.count > $1.count }
        let common = Dictionary(grouping: booty.answers, by: \.letters).sorted { $0.value.count > $1.value.count }.map(
            \.key)
        return sealOfArrival.map { seal in
            guard let seal, groups.count <= common.count else { return common.first }
            return groups.firstIndex { $0.contains { $0.id == seal.id } }.map { common[$0] }
        }
    }

    /// Hashes of a code together with each way of answering, against every hash that was kept.
    private func byHash() -> [String?] {
        let kept = Set((booty.operations + booty.audit).map(\.bytes))
        return booty.arrivals.map { arrival in
            combinations.first { letters in
                [arrival.code.digits, arrival.code.shown, String(decoding: arrival.mark, as: UTF8.self)].contains {
                    code in
                    [code + letters, letters + code, "\(code) \(letters)", "\(code)|\(letters)"].contains {
                        kept.contains(ByteDigest.of(Array($0.utf8)))
                    }
                }
            }
        }
    }

    /// An answer in the clear within a page's length of the mark it came with, in any copy.
    private func besideTheMark() -> [String?] {
        let copies = booty.backups.map { Data($0) }
        return booty.arrivals.enumerated().map { index, arrival in
            // Where seals are named: their bytes; in files: what stands around the mark.
            if let seal = sealOfArrival[index], let found = clear(seal.bytes) { return found }
            for copy in copies {
                guard let place = copy.range(of: Data(arrival.mark)) else { continue }
                let near = copy[place.upperBound..<min(copy.endIndex, place.upperBound + 400)]
                if let found = combinations.first(where: { near.range(of: Data($0.utf8)) != nil }) { return found }
            }
            return nil
        }
    }

    private func clear(_ bytes: [UInt8]) -> String? {
        combinations.first { Array($0.utf8) == bytes }
    }

    /// Any 32 bytes that the files call a key, tried as the opening key.
    private func byKeysFound() -> [String?] {
        let keys =
            [booty.publicKey, ByteDigest.of(booty.publicKey)]
            + booty.operations.map(\.bytes).filter { $0.count == 32 }.prefix(20)
        return sealOfArrival.map { seal in
            guard let seal else { return nil }
            for bytes in keys {
                guard let key = try? BallotsSeal.key(bytes) else { continue }
                if let letters = BallotsSeal.open(seal.bytes, of: booty.ballot, with: key) {
                    return letters
                }
            }
            return nil
        }
    }

    private func inTheLog() -> [String?] {
        booty.arrivals.map { arrival in
            guard
                let line = booty.log.split(separator: "\n").first(where: {
                    $0.contains(arrival.code.digits) || $0.contains(arrival.code.shown)
                })
            else { return nil }
            return combinations.first { line.contains($0) }
        }
    }
}

/// Keeps every line of a log.
struct LogKeeper: LogHandler {
    final class Lines: Sendable {
        private let kept = Mutex<[String]>([])
        var text: String { kept.withLock { $0.joined(separator: "\n") } }
        func add(_ line: String) { kept.withLock { $0.append(line) } }
    }

    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { lines.add("\(event.message) \(event.metadata ?? [:])") }

    static func logger(_ lines: Lines) -> Logger { Logger(label: "kept") { _ in LogKeeper(lines: lines) } }
}
