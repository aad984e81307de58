import Core
import Database
import Organisation
import Recognition

extension SurveysStore {
    /// What the gaps of a survey need, by indicator.
    package static func needs(of survey: ID, _ reader: any Reader) throws -> [String: [Surveys.NeedLine]] {
        var found: [String: [Surveys.NeedLine]] = [:]
        for row in try reader.rows(
            "SELECT code, need, content, amount, unit FROM survey_need WHERE survey_id = \(survey) ORDER BY code, need")
        {
            guard let need = Surveys.Need(rawValue: try row.text("need")) else { continue }
            found[try row.text("code"), default: []].append(
                Surveys.NeedLine(
                    need: need, text: try row.text("content"),
                    amount: try row.optionalInteger("amount").map { Quantity(thousandths: Int64($0)) },
                    unit: try row.optionalText("unit")))
        }
        return found
    }

    /// Puts what a gap needs in the place of what stood there.
    package static func putNeeds(
        _ lines: [Surveys.NeedLine], for code: String, of survey: Surveys.Survey, _ tx: Transaction
    ) throws {
        try tx.move("survey", survey.id, from: survey.revision)
        try tx.execute("DELETE FROM survey_need WHERE survey_id = \(survey.id) AND code = \(code)")
        for line in lines {
            try tx.execute(
                """
                INSERT INTO survey_need (survey_id, code, need, content, amount, unit)
                VALUES (\(survey.id), \(code), \(line.need.rawValue), \(line.text), \(line.amount?.thousandths),
                    \(line.unit))
                """)
        }
        tx.note("survey.needs.\(code)", to: "\(lines.count)")
    }

    /// The plan of a survey, by the day until which each item is due.
    package static func items(of survey: ID, _ reader: any Reader) throws -> [Surveys.Item] {
        try reader.rows(
            """
            SELECT i.id, i.code, i.what, i.owner_id, i.until_on, i.done_on, o.name AS owner_name
            FROM plan_item i JOIN organisation o ON o.id = i.owner_id WHERE i.survey_id = \(survey)
            ORDER BY i.until_on, i.id LIMIT 200
            """
        ).map {
            Surveys.Item(
                id: try $0.id("id"), code: try $0.text("code"), what: try $0.text("what"),
                owner: try $0.id("owner_id"), ownerName: try $0.text("owner_name"), until: try $0.day("until_on"),
                doneOn: try $0.optionalDay("done_on"))
        }
    }

    /// Adds an item to the plan; the plan lives on after the survey is frozen.
    package static func add(
        _ what: String, for code: String, owner: ID, until: Day, to survey: Surveys.Survey, by person: ID?,
        _ tx: Transaction
    ) throws -> ID {
        try tx.move("survey", survey.id, from: survey.revision)
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO plan_item (id, survey_id, code, what, owner_id, until_on, added_by)
            VALUES (\(id), \(survey.id), \(code), \(what), \(owner), \(until), \(person))
            """)
        tx.note("plan.add.\(code)", to: until.isoText)
        return id
    }

    /// Changes an item that is not done.
    package static func change(
        _ item: Surveys.Item, to new: Surveys.ItemContent, of survey: Surveys.Survey, _ tx: Transaction
    ) throws {
        try tx.move("survey", survey.id, from: survey.revision)
        let touched = try tx.execute(
            """
            UPDATE plan_item SET code = \(new.code), what = \(new.what), owner_id = \(new.owner),
                until_on = \(new.until)
            WHERE id = \(item.id) AND survey_id = \(survey.id) AND done_on IS NULL
            """)
        guard touched == 1 else { throw NotFound() }
        tx.note("plan.change", from: item.content.trace, to: new.trace)
    }

    /// Takes an item that is not done out of the plan; what it said stays in the record of the act.
    package static func remove(_ item: Surveys.Item, of survey: Surveys.Survey, _ tx: Transaction) throws {
        try tx.move("survey", survey.id, from: survey.revision)
        let touched = try tx.execute(
            "DELETE FROM plan_item WHERE id = \(item.id) AND survey_id = \(survey.id) AND done_on IS NULL")
        guard touched == 1 else { throw NotFound() }
        tx.note("plan.remove", from: item.content.trace, to: nil)
    }

    /// Ticks an item off, or takes the tick back.
    package static func tick(
        _ item: ID, done: Bool, of survey: Surveys.Survey, by person: ID?, _ tx: Transaction
    ) throws {
        try tx.move("survey", survey.id, from: survey.revision)
        let day = done ? tx.now.day : nil
        let touched = try tx.execute(
            """
            UPDATE plan_item SET done_on = \(day), done_by = \(done ? person : nil)
            WHERE id = \(item) AND survey_id = \(survey.id)
            """)
        guard touched == 1 else { throw NotFound() }
        tx.note("plan.tick", to: day?.isoText ?? "open")
    }

    /// What recognition shows of an area's survey for a year: the last concluded one; nil when there is none.
    package static func mark(of area: ID, year: Int, _ reader: any Reader) throws -> RecognitionSurveyMark? {
        guard
            let row = try reader.first(
                """
                SELECT s.id, s.concluded_on, s.gaps, s.indicators,
                    (SELECT count(*) FROM plan_item i WHERE i.survey_id = s.id) AS planned,
                    (SELECT count(*) FROM plan_item i WHERE i.survey_id = s.id AND i.done_on IS NOT NULL) AS done
                FROM survey s WHERE s.territory_id = \(area) AND s.year = \(year) AND s.concluded_on IS NOT NULL
                ORDER BY s.number DESC LIMIT 1
                """)
        else { return nil }
        let id = try row.id("id")
        return RecognitionSurveyMark(
            day: try row.day("concluded_on"), gaps: try row.integer("gaps"),
            indicators: try row.integer("indicators"), planned: try row.integer("planned"),
            done: try row.integer("done"), href: "/surveys/\(id)",
            plan: try items(of: id, reader).map {
                RecognitionPlanItem(
                    code: $0.code, what: $0.what, owner: $0.ownerName, until: $0.until, doneOn: $0.doneOn)
            })
    }
}
