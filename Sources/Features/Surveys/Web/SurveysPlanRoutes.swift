import Core
import Database
import Organisation
import Web

/// The plan of the year: items, ticking them off, the print.
enum SurveysPlanRoutes {
    static let routes: [Route] = [
        .get(
            "/surveys/:id/plan", .signedIn, SurveysPlanOutput.self, query: [Field("code", .text(20), optional: true)]
        ) { try plan($0) },
        .post("/surveys/:id/plan", .holding(.surveyArea), SurveysItemForm.self, again: { try plan($0) }) {
            try add($0, $1)
        },
        .post(
            "/surveys/:id/plan/:item/done", .holding(.surveyArea), SurveysTickForm.self, again: { try plan($0) }
        ) { try tick($0, $1) },
        .get("/surveys/:id/plan/paper", .signedIn, SurveysPlanPaperOutput.self) { call in
            SurveysPlanPaperOutput(plan: try plan(call))
        },
    ]

    private static func plan(_ call: Call<Actor>) throws -> SurveysPlanOutput {
        let survey = try SurveysRoutes.find(call)
        let parts = try SurveysParts(survey, call.reader)
        let items = try SurveysStore.items(of: survey.id, call.reader)
        let maySurvey = call.authority.allows(call.who, .surveyArea, survey)
        return SurveysPlanOutput(
            survey: try parts.answer(today: call.today, call.reader), items: parts.items(items),
            gaps: parts.gaps(try SurveysStore.needs(of: survey.id, call.reader), items),
            owners: maySurvey ? try owners(survey, call) : [], code: call.query["code"], maySurvey: maySurvey)
    }

    /// Who can answer: bodies of the area, then those of its commune.
    private static func owners(_ survey: Surveys.Survey, _ call: Call<Actor>) throws -> [SurveysPlanOutput.Owner] {
        try survey.place.prefix(2).flatMap { place in
            try OrganisationStore.organisations(on: place, day: call.today, call.reader)
        }.map { SurveysPlanOutput.Owner(id: $0.id, name: $0.name) }
    }

    private static func add(_ call: Call<Actor>, _ form: SurveysItemForm) throws -> Change {
        let survey = try SurveysRoutes.find(call)
        let permit = try call.permit(.surveyArea, survey)
        let parts = try SurveysParts(survey, call.reader)
        var refusals: [Refusal] = []
        let rule = Surveys.ItemRule(code: form.code, until: form.until, year: survey.year)
        if let refusal = rule.refusal(on: call.today, of: Set(parts.findings.gaps.map(\.code))) {
            refusals.append(refusal)
        }
        if try !owners(survey, call).contains(where: { $0.id == form.owner }) {
            refusals.append(Refusal(.invalid, "web.field.choice", field: "owner"))
        }
        if let refusal = Refusal.of(refusals) { throw refusal }
        guard let code = form.code else {
            throw Refusal(.invalid, "surveys.refusal.itemWithoutIndicator", field: "code")
        }
        return .write(permit, as: "plan.add") { tx in
            let id = try SurveysStore.add(
                form.what, for: code, owner: form.owner, until: form.until, to: survey, by: permit.actor.person, tx)
            return Receipt(
                id: id, location: "/surveys/\(survey.id)/plan", version: survey.revision + 1,
                flash: "surveys.flash.planned")
        }
    }

    private static func tick(_ call: Call<Actor>, _ form: SurveysTickForm) throws -> Change {
        let survey = try SurveysRoutes.find(call)
        let item = try call.id("item")
        guard let found = try SurveysStore.items(of: survey.id, call.reader).first(where: { $0.id == item }) else {
            throw NotFound()
        }
        let permit = try call.permit(.surveyArea, survey)
        guard (found.doneOn != nil) != form.isDone else {
            throw Refusal(.conflict, form.isDone ? "surveys.refusal.doneAlready" : "surveys.refusal.openStill")
        }
        return .write(permit, as: "plan.tick") { tx in
            try SurveysStore.tick(item, done: form.isDone, of: survey, by: permit.actor.person, tx)
            return Receipt(
                id: item, location: "/surveys/\(survey.id)/plan", version: survey.revision + 1,
                flash: form.isDone ? "surveys.flash.ticked" : "surveys.flash.unticked")
        }
    }
}
