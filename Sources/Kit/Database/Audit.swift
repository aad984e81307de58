import Core
import Crypto

/// One line of the audit trail. Lines of one lane form a chain: each carries the SHA-256 of the line before it and
/// of itself, so that a change, a gap or an exchange shows and is named by lane and number.
struct AuditRecord: Sendable {
    let lane: Int64
    let number: Int64
    let at: Instant
    let operation: ID?
    let actor: ID?
    let act: String
    let capability: String
    let grant: ID?
    let subjectKind: String
    let subject: ID?
    let detail: String

    /// The chain's next link. Every part is preceded by its length, so that no two records share a spelling.
    func link(after previous: [UInt8]) -> [UInt8] {
        // Gathered first and hashed in one go: a call for each part costs more than the hash.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256 + detail.utf8.count)
        func put(_ part: some Collection<UInt8>) {
            put(fixed: UInt32(part.count))
            bytes.append(contentsOf: part)
        }
        func put(fixed number: some FixedWidthInteger) {
            withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        }
        bytes.append(contentsOf: previous)
        put(fixed: lane)
        put(fixed: number)
        put(fixed: at.milliseconds)
        put(operation?.bytes ?? [])
        put(actor?.bytes ?? [])
        put(act.utf8)
        put(capability.utf8)
        put(grant?.bytes ?? [])
        put(subjectKind.utf8)
        put(subject?.bytes ?? [])
        put(detail.utf8)
        return Array(SHA256.hash(data: bytes))
    }

    static let firstLink = [UInt8](repeating: 0, count: 32)
}

/// What `kieumau verify` says of the trail.
package struct AuditReport: Sendable {
    package let lanes: Int
    package let records: Int
    /// The first record of each broken lane, with what is wrong; empty when the chain holds.
    package let broken: [Broken]

    /// Where a lane's chain no longer follows from the record before, and in what way.
    package struct Broken: Sendable, CustomStringConvertible {
        package let lane: Int
        package let number: Int
        package let what: String

        package var description: String { "lane \(lane), record \(number): \(what)" }
    }
}

/// Reads a chain again from its first record to the head that the lane remembers.
package enum Audit {
    private static let page = 2_000

    /// Recomputes every link of every lane, in pages: how many records there are, and where a chain does not hold.
    package static func verify(_ reader: any Reader) throws -> AuditReport {
        var records = 0
        var broken: [AuditReport.Broken] = []
        let lanes = try reader.rows("SELECT id, head_number, head_link FROM lane ORDER BY id")
        for lane in lanes {
            let id = try lane.integer("id")
            let (count, fault) = try verifyLane(
                id, head: try lane.integer("head_number"), headLink: try lane.bytes("head_link"), reader)
            records += count
            if let fault { broken.append(fault) }
        }
        for stray in try reader.rows(
            """
            SELECT lane, CAST(min(number) AS \(SchemaWord.integer)) AS number FROM audit
            WHERE lane NOT IN (SELECT id FROM lane) GROUP BY lane ORDER BY lane
            """)
        {
            broken.append(
                .init(
                    lane: try stray.integer("lane"), number: try stray.integer("number"), what: "its lane is unknown"))
        }
        return AuditReport(lanes: lanes.count, records: records, broken: broken)
    }

    private static func verifyLane(
        _ lane: Int, head: Int, headLink: [UInt8], _ reader: any Reader
    ) throws -> (Int, AuditReport.Broken?) {
        var expected = 1
        var link = AuditRecord.firstLink
        // From the very beginning, so that a record put in before the first is seen too.
        var from = Int.min
        while true {
            let rows = try reader.rows(
                """
                SELECT * FROM audit WHERE lane = \(lane) AND number >= \(from) ORDER BY number LIMIT \(page)
                """)
            for row in rows {
                let number = try row.integer("number")
                guard number == expected else {
                    let fault = number < 1 ? (number, "before the first") : (expected, "missing")
                    return (expected - 1, .init(lane: lane, number: fault.0, what: fault.1))
                }
                guard let next = continued(row, after: link) else {
                    return (expected - 1, .init(lane: lane, number: number, what: "altered"))
                }
                link = next
                expected += 1
                from = expected
            }
            if rows.count < page { break }
        }
        let last = expected - 1
        if last < head { return (last, .init(lane: lane, number: expected, what: "missing, the trail ends early")) }
        if last > head { return (last, .init(lane: lane, number: head + 1, what: "not known to its lane")) }
        if link != headLink { return (last, .init(lane: lane, number: last, what: "the lane's head differs")) }
        return (last, nil)
    }

    /// The record's link, when it follows from the one before it and from what the record says.
    private static func continued(_ row: Row, after link: [UInt8]) -> [UInt8]? {
        // A value of a kind that was never written there is an alteration like any other.
        guard let record = try? record(row), let said = try? row.bytes("link") else { return nil }
        let next = record.link(after: link)
        return said == next ? next : nil
    }

    private static func record(_ row: Row) throws -> AuditRecord {
        AuditRecord(
            lane: Int64(try row.integer("lane")), number: Int64(try row.integer("number")), at: try row.instant("at"),
            operation: try row.optionalID("operation_id"), actor: try row.optionalID("actor_id"),
            act: try row.text("act"), capability: try row.text("capability"), grant: try row.optionalID("grant_id"),
            subjectKind: try row.text("subject_kind"), subject: try row.optionalID("subject_id"),
            detail: try row.text("detail"))
    }
}
