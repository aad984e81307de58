import Core
import Criteria
import Database

/// Reading what a panel has on a dossier.
extension RecognitionStore {
    private static let appraisalColumns: SQL = """
        a.id, a.panel_id, a.dossier_id, a.round, a.taken_at, a.closed_at, a.ended_at, a.conclusion, a.reason, a.remark,
        a.attended,
        p.name AS ender
        """

    private static func appraisal(_ row: Row) throws -> Recognition.Appraisal {
        Recognition.Appraisal(
            id: try row.id("id"), panel: try row.id("panel_id"), dossier: try row.id("dossier_id"),
            round: try row.integer("round"), takenAt: try row.instant("taken_at"),
            closedAt: try row.optionalInstant("closed_at"), endedAt: try row.optionalInstant("ended_at"),
            ender: try row.optionalText("ender"), end: try row.optionalChoice("conclusion"),
            reason: try row.optionalText("reason"), remark: try row.optionalText("remark"),
            attended: Recognition.Attendance.people(try row.optionalText("attended")))
    }

    /// The last time a dossier stood before a panel; nil when it never did.
    package static func appraisal(of dossier: ID, _ reader: any Reader) throws -> Recognition.Appraisal? {
        try reader.first(
            """
            SELECT \(appraisalColumns) FROM appraisal a LEFT JOIN person p ON p.id = a.ended_by
            WHERE a.dossier_id = \(dossier) ORDER BY a.round DESC LIMIT 1
            """
        ).map(appraisal)
    }

    /// The conclusions of closed minutes, by dossier; of several rounds the last one.
    package static func conclusions(
        of dossiers: [ID], _ reader: any Reader
    ) throws -> [ID: Recognition.Appraisal] {
        var found: [ID: Recognition.Appraisal] = [:]
        for row in try reader.rows(
            """
            SELECT \(appraisalColumns) FROM appraisal a LEFT JOIN person p ON p.id = a.ended_by
            WHERE a.dossier_id IN (\(SQL.list(dossiers))) ORDER BY a.round
            """)
        {
            let one = try appraisal(row)
            found[one.dossier] = one
        }
        return found.filter { $0.value.conclusion != nil }
    }

    /// What a panel took, with the dossiers, in official order; of a dossier that came twice the last round.
    package static func taken(
        by panel: ID, _ reader: any Reader
    ) throws -> [(appraisal: Recognition.Appraisal, dossier: Recognition.Dossier)] {
        let rows = try reader.rows(
            """
            SELECT \(appraisalColumns) FROM appraisal a LEFT JOIN person p ON p.id = a.ended_by
            WHERE a.panel_id = \(panel) AND NOT EXISTS (SELECT 1 FROM appraisal b
                WHERE b.dossier_id = a.dossier_id AND b.round > a.round)
            """)
        let appraisals = try rows.map(appraisal)
        let dossiers = try reader.rows(
            """
            SELECT \(Recognition.Dossier.columns) FROM dossier d \(Recognition.Dossier.joins)
            WHERE d.id IN (\(SQL.list(appraisals.map(\.dossier)))) ORDER BY t.sort_key, d.id
            """
        ).map { try Recognition.Dossier($0, place: []) }
        return dossiers.compactMap { dossier in
            appraisals.first { $0.dossier == dossier.id }.map { ($0, dossier) }
        }
    }

    /// Everything a panel has on a dossier; nil while no panel took it.
    package static func work(
        on dossier: Recognition.Dossier, today: Day, _ reader: any Reader
    ) throws -> Recognition.PanelWork? {
        guard let appraisal = try appraisal(of: dossier.id, reader) else { return nil }
        let panel = try panel(appraisal.panel, unattended: reader)
        let assessment = try assessment(dossier, reader)
        let standings = try standings(panel, appraisal, dossier, today: today, reader)
        let (blind, drawn) = scoredBlind(assessment.indicators, panel, dossier.id)
        let scoring = Recognition.PanelScoring(
            judged: blind, drawn: drawn, standings: standings,
            scores: try scores(of: appraisal.id, reader), settlements: try settlements(of: appraisal.id, reader),
            isClosed: appraisal.closedAt != nil)
        return Recognition.PanelWork(
            dossier: dossier, panel: panel, appraisal: appraisal, assessment: assessment, scoring: scoring,
            visits: try visits(of: appraisal.id, reader),
            preceding: try preceding(of: [dossier], on: today, reader)[dossier.id] ?? .nothing,
            confirmations: try confirmations(of: dossier, reader))
    }

    /// What a panel scores blind of a dossier, in the set's order, and of that the drawn ones with who is asked.
    private static func scoredBlind(
        _ indicators: [Criteria.Indicator], _ panel: Recognition.Panel, _ dossier: ID
    ) -> (codes: [String], drawn: [String: [ID]]) {
        let draw = Recognition.PanelDraw(panel.seed) { ByteDigest.of(Array($0.utf8)) }
        let others = indicators.filter { !Recognition.PanelRules.isScoredByAll($0) }.map(\.code)
        let drawn = draw.drawn(from: others, of: dossier)
        let members = panel.members.map(\.person)
        return (
            indicators.filter { Recognition.PanelRules.isScoredByAll($0) || drawn.contains($0.code) }.map(\.code),
            Dictionary(
                uniqueKeysWithValues: drawn.map { ($0, draw.order(members, for: $0, of: dossier)) })
        )
    }

    /// Where each member stands to a dossier.
    package static func standings(
        _ panel: Recognition.Panel, _ appraisal: Recognition.Appraisal, _ dossier: Recognition.Dossier, today: Day,
        _ reader: any Reader
    ) throws -> [Recognition.PanelStanding] {
        var declared: [ID: (Recognition.Declaration, String?)] = [:]
        for row in try reader.rows(
            "SELECT person_id, declared, reason FROM appraisal_declaration WHERE appraisal_id = \(appraisal.id)")
        {
            declared[try row.id("person_id")] = (try row.choice("declared"), try row.optionalText("reason"))
        }
        let seats = panel.members + panel.former
        let offices = try offices(of: seats.map(\.person), in: [dossier], on: today, reader)
        let former = Set(panel.former.map(\.person))
        return try seats.map { seat in
            Recognition.PanelStanding(
                seat, declaration: declared[seat.person]?.0, reason: declared[seat.person]?.1,
                hasOffice: !(offices[seat.person] ?? []).isEmpty,
                hands: try hands(of: seat.person, on: dossier.id, reader), hasLeft: former.contains(seat.person))
        }.filter { !$0.hasLeft || $0.declaration != nil }
    }

    private static func scores(of appraisal: ID, _ reader: any Reader) throws -> [Recognition.PanelScore] {
        try reader.rows(
            """
            SELECT s.code, s.person_id, s.value_kind, s.value_number, s.value_text, s.note, s.opened_at
            FROM appraisal_score s
            JOIN person p ON p.id = s.person_id WHERE s.appraisal_id = \(appraisal) ORDER BY p.sort_key, p.id
            """
        ).map { row in
            Recognition.PanelScore(
                code: try row.text("code"), person: try row.id("person_id"), value: try value(row),
                note: try row.optionalText("note"), wasOpen: try row.optionalInstant("opened_at") != nil)
        }
    }

    private static func settlements(of appraisal: ID, _ reader: any Reader) throws -> [Recognition.Settlement] {
        try reader.rows(
            """
            SELECT code, value_kind, value_number, value_text, reason FROM appraisal_settlement
            WHERE appraisal_id = \(appraisal)
            """
        ).map {
            Recognition.Settlement(code: try $0.text("code"), value: try value($0), reason: try $0.text("reason"))
        }
    }

    /// The field checks of an appraisal, first one first.
    package static func visits(of appraisal: ID, _ reader: any Reader) throws -> [Recognition.Visit] {
        try reader.rows(
            """
            SELECT v.id, v.day, v.announced, v.others, v.remark, p.name AS recorder FROM visit v
            LEFT JOIN person p ON p.id = v.recorded_by WHERE v.appraisal_id = \(appraisal) ORDER BY v.day, v.id
            """
        ).map { row in
            let id = try row.id("id")
            return Recognition.Visit(
                id: id, day: try row.day("day"), isAnnounced: try row.flag("announced"),
                members: try reader.rows(
                    """
                    SELECT p.id, p.name FROM visit_member m JOIN person p ON p.id = m.person_id
                    WHERE m.visit_id = \(id) ORDER BY p.sort_key, p.id
                    """
                ).map { (try $0.id("id"), try $0.text("name")) },
                others: Recognition.Attendance.people(try row.optionalText("others")),
                remark: try row.optionalText("remark"),
                looks: try reader.rows("SELECT code, result, note FROM visit_look WHERE visit_id = \(id)").map {
                    Recognition.Visit.Look(
                        code: try $0.text("code"), result: try $0.choice("result"), note: try $0.optionalText("note"))
                },
                recorder: try row.optionalText("recorder"))
        }
    }

    /// A value from the columns every table of values has.
    ///
    /// - Parameter prefix: of their names.
    static func value(_ row: Row, _ prefix: String = "value") throws -> Criteria.Value {
        switch try row.text("\(prefix)_kind") {
        case "yes": .yes(try row.integer("\(prefix)_number") == 1)
        case "quantity": .quantity(Quantity(thousandths: Int64(try row.integer("\(prefix)_number"))))
        case "grade": .grade(try row.text("\(prefix)_text"))
        case "na": .notApplicable(reason: try row.text("\(prefix)_text"))
        case let word: throw UnknownWord(column: "\(prefix)_kind", word: word)
        }
    }
}
