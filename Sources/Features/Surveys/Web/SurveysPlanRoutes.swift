import Core
import Database
import Organisation
import Web

/// The plan of the year: items, ticking them off, the print.
enum SurveysPlanRoutes {
    static let routes: [Route] = [
        .get(
            "/surveys/:id/plan", .signedIn, SurveysPlanOutput.self,
            query: [Field("code", .text(20), optional: true), Field("item", .record, optional: true)]
        ) { try plan($0, picked: $0.query["item"].flatMap { ID($0) }) },
        .post("/surveys/:id/plan", .holding(.surveyArea), SurveysItemForm.self, again: { try plan($0) }) {
            try add($0, $1)
        },
        .post(
            "/surveys/:id/plan/:item/done", .holding(.surveyArea), SurveysTickForm.self, again: { try plan($0) }
        ) { try tick($0, $1) },
        .post(
            "/surveys/:id/plan/:item", .holding(.surveyArea), SurveysItemChangeForm.self,
            again: { try plan($0, picked: $0.id("item")) }
        ) { try change($0, $1) },
        .post(
            "/surveys/:id/plan/:item/removal", .holding(.surveyArea), SurveysItemRemoval.self,
            again: { try plan($0, picked: $0.id("item")) }
        ) { call, _ in try remove(call) },
        .get("/surveys/:id/plan/paper", .signedIn, SurveysPlanPaperOutput.self) { call in
            SurveysPlanPaperOutput(plan: try plan(call))
        },
    ]

    private static func plan(_ call: Call<Actor>, picked: ID? = nil) throws -> SurveysPlanOutput {
        let survey = try SurveysRoutes.find(call)
        let parts = try SurveysParts(survey, call.reader)
        let items = try SurveysStore.items(of: survey.id, call.reader)
        let maySurvey = call.authority.allows(call.who, .surveyArea, survey)
        return SurveysPlanOutput(
            survey: try parts.answer(today: call.today, call.reader), items: parts.items(items),
            gaps: parts.gaps(try SurveysStore.needs(of: survey.id, call.reader), items),
            owners: maySurvey ? try owners(survey, call) : [], code: call.query["code"],
            picked: items.first { $0.id == picked && $0.doneOn == nil }?.id, maySurvey: maySurvey)
    }

    /// Who can answer: bodies of the area, then those of its commune.
    private static func owners(_ survey: Surveys.Survey, _ call: Call<Actor>) throws -> [SurveysPlanOutput.Owner] {
        try survey.place.prefix(2).flatMap { place in
            try OrganisationStore.organisations(on: place, day: call.today, call.reader)
        }.map { SurveysPlanOutput.Owner(id: $0.id, name: $0.name) }
    }

    /// What somebody means to write down, once the rules have nothing against it.
    private static func content(
        _ form: SurveysItemForm, of survey: Surveys.Survey, over before: Surveys.ItemContent? = nil, _ call: Call<Actor>
    ) throws -> Surveys.ItemContent {
        let parts = try SurveysParts(survey, call.reader)
        var refusals: [Refusal] = []
        let rule = Surveys.ItemRule(code: form.code, until: form.until, year: survey.year, before: before)
        if let refusal = rule.refusal(on: call.today, of: Set(parts.findings.gaps.map(\.code))) {
            refusals.append(refusal)
        }
        if try form.owner != before?.owner && !owners(survey, call).contains(where: { $0.id == form.owner }) {
            refusals.append(Refusal(.invalid, "web.field.choice", field: "owner"))
        }
        if let refusal = Refusal.of(refusals) { throw refusal }
        guard let code = form.code else {
            throw Refusal(.invalid, "surveys.refusal.itemWithoutIndicator", field: "code")
        }
        return Surveys.ItemContent(code: code, what: form.what, owner: form.owner, until: form.until)
    }

    private static func add(_ call: Call<Actor>, _ form: SurveysItemForm) throws -> Change {
        let survey = try SurveysRoutes.find(call)
        let permit = try call.permit(.surveyArea, survey)
        let new = try content(form, of: survey, call)
        return .write(permit, as: "plan.add") { tx in
            let id = try SurveysStore.add(
                new.what, for: new.code, owner: new.owner, until: new.until, to: survey, by: permit.actor.person, tx)
            return Receipt(
                id: id, location: "/surveys/\(survey.id)/plan", version: survey.revision + 1,
                flash: "surveys.flash.planned")
        }
    }

    private static func change(_ call: Call<Actor>, _ form: SurveysItemChangeForm) throws -> Change {
        let survey = try SurveysRoutes.find(call)
        let permit = try call.permit(.surveyArea, survey)
        let item = try open(in: survey, call)
        if let over = form.over, over != SurveysItemAnswer.standing(item.content) {
            throw Refusal(.conflict, "surveys.refusal.itemChanged")
        }
        let new = try content(form.item, of: survey, over: item.content, call)
        return .write(permit, as: "plan.change") { tx in
            try SurveysStore.change(item, to: new, of: survey, tx)
            return Receipt(
                id: item.id, location: "/surveys/\(survey.id)/plan", version: survey.revision + 1,
                flash: "surveys.flash.changed")
        }
    }

    private static func remove(_ call: Call<Actor>) throws -> Change {
        let survey = try SurveysRoutes.find(call)
        let permit = try call.permit(.surveyArea, survey)
        let item = try open(in: survey, call)
        return .write(permit, as: "plan.remove") { tx in
            try SurveysStore.remove(item, of: survey, tx)
            return Receipt(
                id: item.id, location: "/surveys/\(survey.id)/plan", version: survey.revision + 1,
                flash: "surveys.flash.removed")
        }
    }

    /// The item named in the path, which must not be ticked off.
    private static func open(in survey: Surveys.Survey, _ call: Call<Actor>) throws -> Surveys.Item {
        let id = try call.id("item")
        guard let item = try SurveysStore.items(of: survey.id, call.reader).first(where: { $0.id == id }) else {
            throw NotFound()
        }
        guard item.doneOn == nil else { throw Refusal(.conflict, "surveys.refusal.doneStays") }
        return item
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
