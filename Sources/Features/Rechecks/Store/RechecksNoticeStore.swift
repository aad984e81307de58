import Core
import Database
import Recognition

/// Notices: drafted, thrown away, given by their signed paper. The caller has asked the life cycle and the rules before.
extension RechecksStore {
    /// - Returns: the notice, a draft.
    @discardableResult
    package static func draftNotice(
        _ reasons: [String: String], term: Deadline, on recheck: ID, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws -> ID {
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO recheck_notice (id, recheck_id, mend_days, mend_unit, drafted_by, at)
            VALUES (\(id), \(recheck), \(term.days), \(term.unit), \(deed.person), \(deed.at))
            """)
        for (code, reason) in reasons.sorted(by: { $0.key < $1.key }) {
            try tx.execute(
                "INSERT INTO recheck_notice_item (notice_id, code, reason) VALUES (\(id), \(code), \(reason))")
        }
        return id
    }

    /// Nothing but its story is left of a draft.
    package static func discardNotice(_ notice: ID, _ tx: Transaction) throws {
        try tx.execute(
            """
            DELETE FROM recheck_notice_item WHERE notice_id IN (SELECT n.id FROM recheck_notice n
                WHERE n.id = \(notice) AND n.issued_at IS NULL)
            """)
        try tx.execute("DELETE FROM recheck_notice WHERE id = \(notice) AND issued_at IS NULL")
    }

    /// Refuses a number that this body gave to a notice in the paper's year.
    ///
    /// - Parameter body: nil where a seed does not say whose notice it is: nothing is known of its numbers.
    package static func refusal(
        ofNumber paper: Recognition.SignedPaper, of body: ID?, _ reader: any Reader
    ) throws -> Refusal? {
        guard let body else { return nil }
        return try reader.first(
            """
            SELECT id FROM recheck_notice WHERE organisation_id = \(body) AND number_year = \(paper.day.year)
                AND number_key = \(paper.key)
            """
        ).map { _ in
            Refusal(
                .invalid, "rechecks.refusal.numberTaken", field: "number",
                ["number": paper.number, "year": "\(paper.day.year)"])
        }
    }

    /// The draft becomes the notice of its signed paper.
    ///
    /// - Parameter mendUntil: the last day for mending, counted from the day of the paper.
    /// - Throws: `.invalid` beside the number when this body used it this year, `.conflict` when it is no draft any more.
    package static func giveNotice(
        _ notice: ID, _ paper: Recognition.SignedPaper, scan: Recognition.Decision.Scan, mendUntil: Day,
        _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        if let refusal = try refusal(ofNumber: paper, of: deed.organisation, tx) { throw refusal }
        let touched = try tx.execute(
            """
            UPDATE recheck_notice SET number = \(paper.number), number_key = \(paper.key),
                number_year = \(paper.day.year), organisation_id = \(deed.organisation), day = \(paper.day), signer = \(paper.signer),
                office = \(paper.office), scan_address = \(scan.address.hex), scan_type = \(scan.type),
                scan_name = \(scan.name), mend_until = \(mendUntil), issued_by = \(deed.person), issued_at = \(deed.at)
            WHERE id = \(notice) AND issued_at IS NULL
            """)
        guard touched == 1 else { throw Refusal(.conflict, "rechecks.refusal.notNow.noticed") }
        try RechecksSearch.enter(notice, tx)
        tx.note("recheck.notice", to: "\(paper.number), \(paper.day.isoText)")
    }
}
