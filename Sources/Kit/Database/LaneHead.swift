import Core

/// Where a lane's chain stands. Only its holder may append, and every transaction proves the hold again, so that
/// two processes can never write one chain.
struct Head: Sendable {
    let lane: Int64
    let holder: ID
    private var number: Int64
    private var link: [UInt8]

    /// Milliseconds after which a lane that nobody wrote may be taken by another process.
    static let lease: Int64 = 30_000

    /// Takes up the lane this holder has, or the lowest one that nobody uses, or opens a new one.
    ///
    /// - Parameter isAlone: the engine has one process only (its file is locked), so any lane is free.
    static func claim(holder: ID, isAlone: Bool, now: Instant, _ connection: any WritingConnection) throws -> Head {
        let stale = isAlone ? now.milliseconds + 1 : now.milliseconds - lease
        if let row = try connection.rows(
            """
            SELECT id, head_number, head_link FROM lane WHERE holder = \(holder) OR held_at < \(stale)
            ORDER BY CASE WHEN holder = \(holder) THEN 0 ELSE 1 END, id LIMIT 1 \(SchemaWord.lockRow)
            """
        ).first {
            let id = try row.integer("id")
            try connection.execute("UPDATE lane SET holder = \(holder), held_at = \(now) WHERE id = \(id)")
            return Head(
                lane: Int64(id), holder: holder, number: Int64(try row.integer("head_number")),
                link: try row.bytes("head_link"))
        }
        let last = try connection.rows("SELECT coalesce(max(id), 0) AS id FROM lane").first?.integer("id") ?? 0
        let lane = Int64(last) + 1
        let opened = try connection.execute(
            """
            INSERT INTO lane (id, holder, held_at, head_number, head_link)
            VALUES (\(lane), \(holder), \(now), 0, \(AuditRecord.firstLink)) ON CONFLICT (id) DO NOTHING
            """)
        guard opened == 1 else { throw Overtaken.lane(lane) }
        return Head(lane: lane, holder: holder, number: 0, link: AuditRecord.firstLink)
    }

    private init(lane: Int64, holder: ID, number: Int64, link: [UInt8]) {
        self.lane = lane
        self.holder = holder
        self.number = number
        self.link = link
    }

    /// The next record of the chain.
    mutating func append(_ ground: Ground, _ tx: Transaction) -> Journal.Line {
        number += 1
        let record = AuditRecord(
            lane: lane, number: number, at: tx.now, operation: ground.operation, actor: ground.actor, act: ground.act,
            capability: ground.capability, grant: ground.grant?.id, subjectKind: ground.subjectKind,
            subject: ground.subject, detail: tx.detailJSON)
        link = record.link(after: link)
        return Journal.Line(record: record, link: link)
    }

    /// Writes the head down and proves the hold, in the same transaction as the records.
    func keep(_ connection: any WritingConnection, _ now: Instant) throws {
        try connection.soon(
            writing: """
                UPDATE lane SET head_number = \(number), head_link = \(link), held_at = \(now)
                WHERE id = \(lane) AND holder = \(holder)
                """
        ) { [lane] touched in
            guard touched == 1 else { throw Overtaken.lane(lane) }
        }
    }
}
