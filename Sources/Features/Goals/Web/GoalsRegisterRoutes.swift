import Core
import Database
import Organisation
import Web

/// The register of titles of communes and districts.
enum GoalsRegisterRoutes {
    static let routes: [Route] = [
        .get(
            "/unit-titles", .signedIn, GoalsRegisterOutput.self,
            query: [
                Field("under", .record, optional: true),
                Field("title", .choice(Goals.UnitTitle.allCases.map(\.rawValue)), optional: true),
                Field("kind", .choice(["communes"]), optional: true),
                Field("all", .choice(["yes"]), optional: true), Field("q", .text(120), optional: true),
                Field("after", .record, optional: true),
            ]
        ) { try register($0) },
        .get("/unit-titles/new", .holding(.recordUnitTitles), GoalsUnitTitleNewOutput.self) { try new($0) },
        .post(
            "/unit-titles", .holding(.recordUnitTitles), GoalsUnitTitleForm.self, again: { try new($0) }
        ) { try enter($0, $1) },
        .get("/unit-titles/:id", .signedIn, GoalsUnitTitleOutput.self) { try title($0) },
        .post(
            "/unit-titles/:id/ending", .holding(.recordUnitTitles), GoalsEndingForm.self, again: { try title($0) }
        ) { try end($0, $1) },
        .post(
            "/unit-titles/:id/mistake", .holding(.recordUnitTitles), GoalsMistakeForm.self, again: { try title($0) }
        ) { try takeOut($0, $1) },
    ]

    private static func register(_ call: Call<Actor>) throws -> GoalsRegisterOutput {
        let unit = try GoalsUnits.asked(call)
        let isAll = call.query["all"] == "yes"
        let communesOnly = call.query["kind"] == "communes"
        let title = call.query["title"].flatMap(Goals.UnitTitle.init)
        let q = call.query["q"] ?? ""
        let filter = Goals.RegisterFilter(
            under: unit.id, title: title, communesOnly: communesOnly, on: isAll ? nil : call.today,
            words: VietnameseText.searchWords(q))
        let after = call.query["after"].flatMap { ID($0) }
        let found = try GoalsStore.unitTitles(filter, after: after, call.reader)
        let counts = try GoalsStore.counts(ofTitles: filter, call.reader)
        return GoalsRegisterOutput(
            unit: unit.title, title: title, communesOnly: communesOnly, isAll: isAll, q: q.isEmpty ? nil : q,
            titles: found.titles.map { GoalsUnitTitleAnswer($0, on: call.today) },
            counts: Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) }),
            count: title.map { counts[$0] ?? 0 } ?? counts.values.reduce(0, +), next: found.next,
            isFurther: after != nil,
            progress: try GoalsStore.progress(under: unit.id, on: call.today, call.reader),
            mayRecord: call.authority.allows(call.who, .recordUnitTitles, unit),
            views: try SavedViews.of(call.who.person, on: .unitTitles, call.reader))
    }

    private static func new(_ call: Call<Actor>) throws -> GoalsUnitTitleNewOutput {
        GoalsUnitTitleNewOutput(units: try GoalsUnits.choices(call, former: true))
    }

    private static func title(_ call: Call<Actor>) throws -> GoalsUnitTitleOutput {
        let title = try GoalsStore.unitTitle(call.id("id"), call.reader)
        let isCommune = TerritoryKind.communes.contains(title.unit.kind) && title.unitEnded == nil
        return GoalsUnitTitleOutput(
            title: GoalsUnitTitleAnswer(title, on: call.today),
            successors: title.unitEnded == nil ? [] : try GoalsStore.successors(of: title.unit.id, call.reader),
            progress: isCommune
                ? try GoalsStore.progress(under: title.unit.id, on: call.today, call.reader).first : nil,
            mayEnd: title.endedOn == nil && call.authority.allows(call.who, .recordUnitTitles, title),
            mayTakeOut: title.voidedOn == nil && call.authority.allows(call.who, .recordUnitTitles, title))
    }

    private static func enter(_ call: Call<Actor>, _ form: GoalsUnitTitleForm) throws -> Change {
        var faults = FormFaults()
        let unit = try faults.record("unit") {
            try OrganisationStore.territory(form.unit, seenBy: call.sight, call.reader)
        }
        let asked = try unit.map { try call.permit(.recordUnitTitles, $0) }
        if let unit, unit.kind == .area || unit.kind == .country {
            faults.add(Refusal(.invalid, "goals.refusal.unit", field: "unit"))
        }
        // Without a unit nothing is known of its time and of what it holds; the rest is looked at all the same.
        let stood = unit.map { Period(from: $0.validFrom, until: $0.validUntil) ?? Period(from: $0.validFrom) }
        let succession = try unit.map { try self.succession($0.id, form, call.reader) }
        let ends = form.ends(answering: succession)
        let held = succession?.held(ends.map { $0 == .end })
        let rule = Goals.UnitTitleRule(
            document: form.document, from: form.from, until: form.until, unit: stood ?? Period(from: .first),
            held: held?.from, heldOver: held?.over)
        faults.add(rule.refusal(on: call.today))
        if ends == nil { faults.add(succession?.question(on: call.today)) }
        if let refusal = faults.refusal { throw GoalsDays.shown(refusal, call.language) }
        let permit = try faults.found(asked)
        let new = Goals.NewUnitTitle(
            territory: form.unit, title: form.title, name: form.name, document: form.document, signer: form.signer,
            from: form.from, until: form.until)
        return .write(permit, as: "unitTitle.enter") { tx in
            guard try self.succession(new.territory, form, tx) == succession else {
                throw Refusal(.conflict, "web.refusal.movedMeanwhile")
            }
            let id = try GoalsStore.enter(
                new, ending: ends == .end ? succession : nil, Goals.Deed(permit, tx), tx)
            return Receipt(id: id, location: "/unit-titles/\(id)", version: 1, flash: "goals.flash.unitTitle")
        }
    }

    private static func succession(
        _ unit: ID, _ form: GoalsUnitTitleForm, _ reader: any Reader
    ) throws -> Goals.Succession {
        Goals.Succession(
            of: form.title, key: form.title.key(form.name), from: form.from, until: form.until,
            among: try GoalsStore.standing(of: unit, reader))
    }

    private static func end(_ call: Call<Actor>, _ form: GoalsEndingForm) throws -> Change {
        let title = try GoalsStore.unitTitle(call.id("id"), call.reader)
        guard try OrganisationStore.covers(call.sight, title.unit.id, call.reader) else { throw NotFound() }
        let permit = try call.permit(.recordUnitTitles, title)
        guard title.voidedOn == nil else { throw Refusal(.conflict, "goals.refusal.mistakenAlready") }
        guard title.endedOn == nil else { throw Refusal(.conflict, "goals.refusal.endedAlready") }
        guard form.day >= title.from, form.day <= call.today else {
            throw Refusal(
                .invalid, "goals.refusal.endOutside", field: "day",
                ["from": call.language.format.day(title.from), "today": call.language.format.day(call.today)])
        }
        return .write(permit, as: "unitTitle.end") { tx in
            try GoalsStore.end(title, on: form.day, why: form.why, document: form.document, tx)
            return Receipt(
                id: title.id, location: "/unit-titles/\(title.id)", version: title.revision + 1,
                flash: "goals.flash.ended")
        }
    }

    private static func takeOut(_ call: Call<Actor>, _ form: GoalsMistakeForm) throws -> Change {
        let title = try GoalsStore.unitTitle(call.id("id"), call.reader)
        guard try OrganisationStore.covers(call.sight, title.unit.id, call.reader) else { throw NotFound() }
        let permit = try call.permit(.recordUnitTitles, title)
        guard title.voidedOn == nil else { throw Refusal(.conflict, "goals.refusal.mistakenAlready") }
        return .write(permit, as: "unitTitle.mistake") { tx in
            try GoalsStore.takeOut(title, why: form.reason, Goals.Deed(permit, tx), tx)
            return Receipt(
                id: title.id, location: "/unit-titles/\(title.id)", version: title.revision + 1,
                flash: "goals.flash.mistaken")
        }
    }
}
