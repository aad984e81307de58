import Core
import Criteria
import Database
import Documents
import Recognition

/// What stands in a re-check: the list, what was found, notices, answers, hearings, evidence, the story.
extension RechecksStore {
    /// What is to be looked at, by code, and why.
    package static func listed(of recheck: ID, _ reader: any Reader) throws -> [Rechecks.Listed] {
        try reader.rows("SELECT code, why FROM recheck_code WHERE recheck_id = \(recheck) ORDER BY code").map {
            Rechecks.Listed(try $0.text("code"), try $0.word("why"))
        }
    }

    /// What was found, by code and turn.
    package static func looks(of recheck: ID, _ reader: any Reader) throws -> [Rechecks.Look] {
        try reader.rows(
            """
            SELECT l.code, l.turn, l.value_kind, l.value_number, l.value_text, l.note, l.at, p.name,
                o.name AS office, l.paper
            FROM recheck_look l LEFT JOIN person p ON p.id = l.looked_by
            LEFT JOIN organisation o ON o.id = l.office_id WHERE l.recheck_id = \(recheck)
            ORDER BY l.code, l.turn
            """
        ).map {
            Rechecks.Look(
                found: .init(try $0.text("code"), turn: try $0.integer("turn"), try $0.criteriaValue()),
                note: try $0.optionalText("note"), by: try $0.optionalText("name"), at: try $0.instant("at"),
                office: try $0.optionalText("office"), paper: try $0.optionalText("paper"))
        }
    }

    /// What a re-check found, against its set and what the title was granted on.
    package static func finding(
        of recheck: Rechecks.Recheck, _ reader: any Reader
    ) throws -> Rechecks.Finding {
        let set = try criteria(of: recheck, reader)
        let order = Dictionary(
            set.indicators.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
        let listed = try listed(of: recheck.id, reader).map(\.code)
            .sorted { (order[$0] ?? .max, $0) < (order[$1] ?? .max, $1) }
        return Rechecks.Finding(
            set, for: recheck.aim, listed: listed, granted: try granted(recheck.dossier, reader),
            try looks(of: recheck.id, reader).map(\.found))
    }

    /// The values on which a title was granted, as the panel left them; empty without a dossier.
    static func granted(_ dossier: ID?, _ reader: any Reader) throws -> [String: Criteria.Value] {
        guard let dossier else { return [:] }
        let assessment = try RecognitionStore.assessment(
            RecognitionStore.dossier(dossier, unattended: reader), reader)
        var values: [String: Criteria.Value] = [:]
        for indicator in assessment.indicators {
            values[indicator.code] = assessment.effective(indicator.code, .appraisal)
        }
        return values
    }

    /// The latest first.
    package static func notices(of recheck: ID, _ reader: any Reader) throws -> [Rechecks.Notice] {
        var reasons: [ID: [String: String]] = [:]
        for row in try reader.rows(
            """
            SELECT i.notice_id, i.code, i.reason FROM recheck_notice_item i JOIN recheck_notice n ON n.id = i.notice_id
            WHERE n.recheck_id = \(recheck)
            """)
        {
            reasons[try row.id("notice_id"), default: [:]][try row.text("code")] = try row.text("reason")
        }
        return try reader.rows(
            """
            SELECT n.id, n.mend_days, n.mend_unit, n.at, p.name, n.number, n.day, n.signer, n.office, n.scan_address,
                n.scan_type, n.scan_name, n.mend_until, q.name AS issuer, n.issued_at
            FROM recheck_notice n LEFT JOIN person p ON p.id = n.drafted_by LEFT JOIN person q ON q.id = n.issued_by
            WHERE n.recheck_id = \(recheck) ORDER BY n.at DESC, n.id DESC
            """
        ).map {
            let id = try $0.id("id")
            let days = try $0.integer("mend_days")
            return Rechecks.Notice(
                id: id, term: try $0.text("mend_unit") == "working" ? .working(days) : .calendar(days),
                by: try $0.optionalText("name"), at: try $0.instant("at"), reasons: reasons[id] ?? [:],
                paper: try paper($0))
        }
    }

    private static func paper(_ row: Row) throws -> Rechecks.Notice.Paper? {
        guard let at = try row.optionalInstant("issued_at") else { return nil }
        let hex = try row.text("scan_address")
        guard let address = ContentAddress(hex) else {
            throw RechecksUnknownWord(column: "scan_address", word: hex)
        }
        return Rechecks.Notice.Paper(
            signed: Recognition.SignedPaper(
                number: try row.text("number"), day: try row.day("day"), signer: try row.text("signer"),
                office: try row.text("office")),
            scan: Recognition.Decision.Scan(
                address: address, type: try row.text("scan_type"), name: try row.text("scan_name")),
            mendUntil: try row.day("mend_until"), by: try row.optionalText("issuer"), at: at)
    }

    /// Answers to notices, the latest first.
    package static func answers(of recheck: ID, _ reader: any Reader) throws -> [Rechecks.Answer] {
        var done: [ID: [String: String]] = [:]
        for row in try reader.rows(
            """
            SELECT i.answer_id, i.code, i.done FROM recheck_answer_item i JOIN recheck_answer a ON a.id = i.answer_id
            WHERE a.recheck_id = \(recheck)
            """)
        {
            done[try row.id("answer_id"), default: [:]][try row.text("code")] = try row.text("done")
        }
        return try reader.rows(
            """
            SELECT a.id, a.text, a.at, p.name FROM recheck_answer a LEFT JOIN person p ON p.id = a.answered_by
            WHERE a.recheck_id = \(recheck) ORDER BY a.at DESC, a.id DESC
            """
        ).map {
            Rechecks.Answer(
                text: try $0.text("text"), by: try $0.optionalText("name"), at: try $0.instant("at"),
                done: done[try $0.id("id")] ?? [:])
        }
    }

    /// Invitations with what came of them, the latest first.
    package static func hearings(of recheck: ID, _ reader: any Reader) throws -> [Rechecks.HearingRecord] {
        try reader.rows(
            """
            SELECT h.id, h.day, h.begins, h.place, h.reason, h.number, h.invited_at, h.came, h.present, h.minutes, h.held_at, h.put_off_why,
                p.name AS inviter,
                q.name AS holder
            FROM recheck_hearing h LEFT JOIN person p ON p.id = h.invited_by LEFT JOIN person q ON q.id = h.held_by
            WHERE h.recheck_id = \(recheck) ORDER BY h.invited_at DESC, h.id DESC
            """
        ).map {
            Rechecks.HearingRecord(
                id: try $0.id("id"),
                invitation: Rechecks.Invitation(
                    day: try $0.day("day"), time: try $0.integer("begins"), place: try $0.text("place"),
                    reason: try $0.text("reason"), number: try $0.optionalText("number")),
                invitedBy: try $0.optionalText("inviter"), invitedAt: try $0.instant("invited_at"),
                came: try $0.optionalInteger("came").map { $0 == 1 },
                present: Recognition.Attendance.people(try $0.optionalText("present")),
                minutes: try $0.optionalText("minutes"), heldBy: try $0.optionalText("holder"),
                heldAt: try $0.optionalInstant("held_at"), putOff: try $0.optionalText("put_off_why"))
        }
    }

    /// Evidence of both sides, in the order in which it was added.
    package static func evidence(of recheck: ID, _ reader: any Reader) throws -> [Rechecks.Evidence] {
        try reader.rows(
            """
            SELECT e.id, e.code, e.side, e.kind, e.address, e.file_type, e.file_name, e.office, e.seen_on, e.seen, e.at,
                p.name
            FROM recheck_evidence e LEFT JOIN person p ON p.id = e.added_by WHERE e.recheck_id = \(recheck)
            ORDER BY e.at, e.id
            """
        ).map {
            Rechecks.Evidence(
                id: try $0.id("id"), code: try $0.text("code"), side: try $0.word("side"), kind: try $0.word("kind"),
                address: try $0.optionalText("address"), fileType: try $0.optionalText("file_type"),
                fileName: try $0.optionalText("file_name"), office: try $0.optionalText("office"),
                seenOn: try $0.optionalDay("seen_on"), seen: try $0.optionalText("seen"),
                by: try $0.optionalText("name"), at: try $0.instant("at"))
        }
    }

    /// The story, the latest first.
    package static func events(of recheck: ID, _ reader: any Reader) throws -> [Rechecks.Event] {
        try reader.rows(
            """
            SELECT e.action, e.state_to, e.reason, e.at, p.name AS person, o.name AS body FROM recheck_event e
            LEFT JOIN person p ON p.id = e.actor_id LEFT JOIN organisation o ON o.id = e.organisation_id
            WHERE e.recheck_id = \(recheck) ORDER BY e.at DESC, e.id DESC
            """
        ).map {
            Rechecks.Event(
                action: try $0.word("action"), to: try $0.word("state_to"), by: try $0.optionalText("person"),
                organisation: try $0.optionalText("body"), reason: try $0.optionalText("reason"),
                at: try $0.instant("at"))
        }
    }
}
