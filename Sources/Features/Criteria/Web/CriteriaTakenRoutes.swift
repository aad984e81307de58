import Core
import Database
import Organisation
import Web

/// Criteria taken on by organisations.
enum CriteriaTakenRoutes {
    static let all: [Route] = [
        .redirect("/taken-on", .signedIn, because: "it leads to the place a person has to do with") { call in
            // To the place in which this person has to do with it.
            let own = call.who.grants.first {
                !$0.role.capabilities.isDisjoint(with: [.leadConsultation, .takeOnCriteria])
                    && $0.term.contains(call.today)
            }
            guard let place = own?.territory ?? call.who.grants.first?.territory else { throw NotFound() }
            return Redirect(to: "/territories/\(place)/taken-on")
        },
        .get(
            "/territories/:id/taken-on", .signedIn, CriteriaTakenOutput.self,
            query: [Field("after", .record, optional: true)]
        ) { try CriteriaTakenOutput.of($0) },
        .get("/territories/:id/taken-on/new", .holding(.leadConsultation), CriteriaConsultationFormOutput.self) {
            try CriteriaConsultationFormOutput.of($0)
        },
        .post(
            "/territories/:id/taken-on", .holding(.leadConsultation), CriteriaConsultationForm.self,
            again: { try CriteriaConsultationFormOutput.of($0) }
        ) { try record($0, $1) },
        .get(
            "/consultations/:id", .signedIn, CriteriaConsultationOutput.self,
            query: [Field("after", .record, optional: true)]
        ) { try CriteriaConsultationOutput.of($0) },
        .post(
            "/consultations/:id/criteria", .signedIn, CriteriaTakeOnForm.self,
            again: { try CriteriaConsultationOutput.of($0) }
        ) { try takeOn($0, $1) },
        .get("/taken-criteria/:id/review", .signedIn, CriteriaTakenReviewOutput.self) {
            try CriteriaTakenReviewOutput.of($0)
        },
        .post(
            "/taken-criteria/:id/review", .signedIn, CriteriaTakenReviewForm.self,
            again: { try CriteriaTakenReviewOutput.of($0) }
        ) { try review($0, $1) },
        .post(
            "/taken-criteria/:id/mistake", .signedIn, CriteriaTakenMistakeForm.self,
            again: { try CriteriaTakenReviewOutput.of($0) }
        ) { try mistake($0, $1) },
    ]

    /// What an organisation took on whose term is over, and of which it said nothing.
    static let waiting: WaitingSource = { actor, day, reader in
        let own = actor.grants.filter { $0.role.capabilities.contains(.takeOnCriteria) && $0.term.contains(day) }
        guard !own.isEmpty else { return [] }
        let bodies = Set(own.map(\.organisation))
        let open = try CriteriaTakenStore.unreviewed(
            of: bodies.sorted(), in: own.map(\.territory), on: day, reader)
        guard let (first, count) = open else { return [] }
        return [
            Waiting(
                "criteria.taken.waiting", ["count": "\(count)", "code": first.code], subject: first.id,
                due: first.until, minutes: 3 * count, href: "/taken-criteria/\(first.id)/review")
        ]
    }

    private static func record(_ call: Call<Actor>, _ form: CriteriaConsultationForm) throws -> Change {
        let unit = try OrganisationStore.territory(call.id("id"), seenBy: call.sight, call.reader)
        let permit = try call.permit(.leadConsultation, unit)
        let known = Set(try CriteriaTakenStore.bodies(of: unit.id, on: call.today, call.reader).map(\.organisation))
        let bodies = form.bodies.filter(known.contains)
        if let refusal = Criteria.TakenOn.refusal(
            day: form.day, until: form.until, bodies: bodies.count, on: call.today)
        {
            throw refusal
        }
        guard let set = try CriteriaStore.current(.residentialArea, on: call.today, for: unit.id, call.reader)?.id
        else {
            throw Refusal(.conflict, "criteria.taken.refusal.noSet")
        }
        let person = call.who.person
        return .write(permit, as: "consultation.record") { tx in
            let id = try CriteriaTakenStore.record(
                day: form.day, until: form.until, conclusion: form.conclusion, bodies: bodies, in: unit.id, for: set,
                by: person, tx)
            return Receipt(id: id, location: "/consultations/\(id)", version: 1, flash: "criteria.taken.flash.recorded")
        }
    }

    private static func takeOn(_ call: Call<Actor>, _ form: CriteriaTakeOnForm) throws -> Change {
        let (consultation, unit) = try CriteriaConsultationOutput.find(call)
        let place: Territory
        do {
            place = try OrganisationStore.territory(form.territory, seenBy: call.sight, call.reader)
        } catch is NotFound {
            throw Refusal(.invalid, "web.field.choice", field: "territory")
        }
        guard place.place.contains(unit.id) else { throw Refusal(.invalid, "web.field.choice", field: "territory") }
        let capability = CriteriaConsultationOutput.capability(call, place)
        let permit = try call.permit(capability, place)
        if let refusal = Criteria.TakenOn.refusalToTakeOn(
            until: consultation.until, on: call.today, call.language)
        {
            throw refusal
        }
        if capability == .takeOnCriteria, !call.takingOn.contains(form.organisation) {
            throw Refusal(.invalid, "criteria.taken.refusal.notYours", field: "organisation")
        }
        guard try CriteriaStore.set(consultation.set, call.reader).indicator(form.code) != nil else {
            throw Refusal(.invalid, "criteria.taken.refusal.noCode", field: "code", ["code": form.code])
        }
        let owners = try CriteriaTakenStore.owners(
            of: form.code, in: place.id, on: consultation.day, call.reader)
        if let refusal = Criteria.TakenOn.refusal(
            form.organisation, present: Set(consultation.bodies.map(\.organisation)), owners: owners,
            isShared: form.isShared)
        {
            throw refusal
        }
        let new = NewTakenCriterion(
            consultation: consultation.id, territory: place.id, organisation: form.organisation, code: form.code,
            target: form.target, number: form.number)
        let person = call.who.person
        return .write(permit, as: "criterion.takeOn") { tx in
            let id = try CriteriaTakenStore.takeOn(new, isShared: form.isShared, by: person, tx)
            return Receipt(
                id: id, location: "/consultations/\(consultation.id)", version: 1, flash: "criteria.taken.flash.taken")
        }
    }

    /// What the path names, with the right to write about it: of one's own organisation, or as who leads.
    private static func own(_ call: Call<Actor>) throws -> (TakenCriterion, Permit<TakenCriterion>) {
        let (taken, _) = try CriteriaTakenReviewOutput.find(call)
        let leads = call.authority.allows(call.who, .leadConsultation, taken)
        let permit = try call.permit(leads ? .leadConsultation : .takeOnCriteria, taken)
        guard CriteriaTakenReviewOutput.mayReview(call, taken) else {
            throw Refusal(.forbidden, "criteria.taken.refusal.notYours")
        }
        return (taken, permit)
    }

    private static func mistake(_ call: Call<Actor>, _ form: CriteriaTakenMistakeForm) throws -> Change {
        let (taken, permit) = try own(call)
        if let refusal = Criteria.TakenOn.refusalToUnwrite(taken.outcome, isMistaken: taken.mistake != nil) {
            throw refusal
        }
        let person = call.who.person
        return .write(permit, as: "criterion.mistake") { tx in
            try CriteriaTakenStore.mistake(taken, why: form.why, by: person, tx)
            return Receipt(
                id: taken.id, location: "/taken-criteria/\(taken.id)/review", version: taken.revision + 1,
                flash: "criteria.taken.flash.mistaken")
        }
    }

    private static func review(_ call: Call<Actor>, _ form: CriteriaTakenReviewForm) throws -> Change {
        let (taken, permit) = try own(call)
        if let refusal = Criteria.TakenOn.refusal(
            review: form.outcome, until: taken.until, on: call.today, isConfirmed: form.isEarly, why: form.earlyWhy,
            call.language)
        {
            throw refusal
        }
        let person = call.who.person
        return .write(permit, as: "criterion.review") { tx in
            try CriteriaTakenStore.review(
                taken, outcome: form.outcome, words: form.review, reached: form.reached,
                earlyWhy: form.earlyWhy, by: person, tx)
            return Receipt(
                id: taken.id, location: "/taken-criteria/\(taken.id)/review", version: taken.revision + 1,
                flash: "criteria.taken.flash.reviewed")
        }
    }
}

extension Call where Who == Actor {
    /// The organisations for which this person takes on criteria today: of offices whose term runs and that include it.
    var takingOn: Set<ID> {
        Set(
            who.grants.filter { $0.term.contains(today) && $0.role.capabilities.contains(.takeOnCriteria) }
                .map(\.organisation))
    }
}
