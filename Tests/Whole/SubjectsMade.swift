import Core
import Database
import TestKit

@testable import People

/// Records that the demonstration lacks and the walk of every route needs: put into its throw-away copy, by the path
/// that leads to each.
enum SubjectsMade {
    /// The walker's own device, on which Ya Thương has a PIN.
    static let device = String(repeating: "5a", count: 32)

    /// The subjects, with what was put beside them.
    static func put(_ subjects: Subjects, _ tx: Transaction) throws -> Subjects {
        var whole = subjects
        whole.made = try records(subjects, tx)
        whole.within = try papers(subjects, tx)
        let me = subjects.person
        try PeopleStore.addSecondStep(
            Array("kieumau test secret!".utf8), of: me, sealedBy: TestSite.seal, now: tx.now, tx)
        if let device = PeopleToken(sent: device) {
            try PeoplePINStore.enrol(device, person: me, pinHash: "scrypt$4$8$1$00$00", now: tx.now, tx)
        }
        return whole
    }

    /// Signed papers and scans: of a re-check, of a target, of an office's grid.
    private static func papers(_ subjects: Subjects, _ tx: Transaction) throws -> [String: String] {
        let (address, evidence, document) = (String(repeating: "0", count: 64), tx.ids.next(), tx.ids.next())
        try tx.execute(
            """
            INSERT INTO recheck_evidence (id, recheck_id, code, side, kind, address, file_type, file_name, at)
            VALUES (\(evidence), \(subjects.recheck), 'III.3', 'area', 'document', \(address), 'application/pdf', 'a.pdf',
                \(tx.now))
            """)
        try tx.execute(
            """
            INSERT INTO recheck_notice (id, recheck_id, mend_days, mend_unit, at, number, number_key, number_year, day, signer,
                office, scan_address, scan_type, scan_name, mend_until, issued_at)
            VALUES (\(tx.ids.next()), \(subjects.recheck), 30, 'calendar', \(tx.now), '1', '1', 2026, '2026-11-01', 'a', 'b',
                \(address), 'application/pdf', 'a.pdf', '2026-12-01', \(tx.now))
            """)
        try tx.execute(
            """
            INSERT INTO target_version (target_id, number, value, document_number, document_day, document_body,
                scan_address, scan_type, scan_name, at)
            VALUES (\(subjects.target), 90, 1, '1', '2026-11-01', 'a', \(address), 'application/pdf', 'a.pdf', \(tx.now))
            """)
        guard let grid = subjects.around.ids["offices"] else { throw NotFound() }
        try tx.execute(
            """
            INSERT INTO office_document (id, grid_id, address, file_kind, file_name, bytes, caption, at)
            VALUES (\(document), \(grid), \(address), 'pdf', 'a.pdf', 1, 'a', \(tx.now))
            """)
        return [
            "/rechecks/:id/evidence/:evidenceID/file :evidenceID": "\(evidence)",
            "/targets/:id/scans/:number :number": "90",
            "/offices/:id/documents/:document/removal :document": "\(document)",
        ]
    }

    private static func records(_ subjects: Subjects, _ tx: Transaction) throws -> [String: ID] {
        func fresh() -> ID { tx.ids.next() }
        var made: [String: ID] = [:]

        for (state, paths) in [
            ("previewed", ["/imports/:id", "/imports/:id/confirmation"]), ("done", ["/imports/:id/reversal"]),
        ] {
            let tree = try tx.one("SELECT coalesce(max(tree_version), 0) AS v FROM import_batch").integer("v")
            let (areas, people) = (fresh(), fresh())
            try tx.execute(
                """
                INSERT INTO import_batch (id, territory_id, subject, coverage, day, file_name, state, row_count, added,
                    changed, unchanged, ended, faults, warnings, columns_read, columns_unknown, tree_version, made_at,
                    revision)
                VALUES (\(areas), \(subjects.province), 'areas', 'part', '2026-11-01', 'a.csv', \(state), 0, 0, 0, 0, 0,
                    0, 0, '', '', \(tree), \(tx.now), 1)
                """)
            try tx.execute(
                """
                INSERT INTO people_import (id, territory_id, file_name, state, row_count, added, given, unchanged,
                    faults, warnings, columns_read, columns_unknown, made_at, revision)
                VALUES (\(people), \(subjects.commune), 'a.csv', \(state), 0, 0, 0, 0, 0, 0, '', '', \(tx.now), 1)
                """)
            let titles = fresh()
            try tx.execute(
                """
                INSERT INTO title_import (id, territory_id, file_name, is_form, state, row_count, added, unchanged,
                    faults, warnings, columns_read, columns_unknown, made_at, done_at, revision)
                VALUES (\(titles), \(subjects.commune), 'a.csv', FALSE, \(state), 0, 0, 0, 0, 0, '', '', \(tx.now),
                    \(state == "done" ? tx.now : nil), 1)
                """)
            for path in paths {
                made[path] = areas
                made["/people" + path] = people
                made["/titles" + path] = titles
            }
        }

        let correction = fresh()
        try tx.execute(
            """
            INSERT INTO correction (id, person_id, territory_id, asked, asked_at, due, revision)
            VALUES (\(correction), \(subjects.person), \(subjects.area), 'a', \(tx.now), '2026-11-30', 1)
            """)
        made["/corrections/:id"] = correction

        let view = fresh()
        try tx.execute(
            """
            INSERT INTO saved_view (id, person_id, list, name, sort_key, query, made_at)
            VALUES (\(view), \(subjects.person), 'areas', 'a', 'a', '', \(tx.now))
            """)
        made["/views/:id/removal"] = view

        let standIn = fresh()
        try tx.execute(
            """
            INSERT INTO role_assignment (id, person_id, role, organisation_id, territory_id, valid_from, valid_until,
                version, assigned_by, stands_for)
            SELECT \(standIn), (SELECT id FROM person WHERE name = 'Trần Thị Lụa'), role, organisation_id, territory_id,
                '2026-11-01', '2026-12-31', 1, person_id, id FROM role_assignment WHERE id = \(subjects.roleHeld)
            """)
        made["/account/stand-ins/:id/end"] = standIn

        made["/account/sessions/:session/sign-out"] = try tx.one(
            "SELECT id FROM session WHERE person_id = \(subjects.person) AND ended_at IS NULL ORDER BY id LIMIT 1"
        ).id("id")
        made["/decisions/:id/scan"] = try tx.one(
            "SELECT id FROM decision WHERE scan_address IS NOT NULL ORDER BY id LIMIT 1"
        ).id("id")
        return made
    }
}
