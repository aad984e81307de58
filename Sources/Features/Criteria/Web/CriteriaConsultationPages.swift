import Core
import Database
import Organisation
import Web

/// One consultation: who was there, what was concluded, what each organisation took on; and one more line.
struct CriteriaConsultationOutput: Output {
    struct Choice: Encodable, Sendable {
        let code: String
        let name: CriteriaNameAnswer
        /// Who answers for it already in the whole unit; nil where nobody does.
        let owner: String?
        /// Where nobody does for the whole unit: in how many of its areas somebody answers for it alone.
        let areas: CriteriaReachAnswer?
    }

    let unit: TerritoryTitle
    let consultation: CriteriaConsultationAnswer
    let taken: [CriteriaTakenAnswer]
    /// What this person may still take on, and for which of the organisations and places.
    let choices: [Choice]
    let bodies: [CriteriaConsultationAnswer.Body]
    let places: [TerritoryTitle]
    /// The term is over for who would otherwise take something on.
    let isOver: Bool

    static var sample: CriteriaConsultationOutput {
        CriteriaConsultationOutput(
            unit: CriteriaTakenOutput.sample.unit, consultation: .sample, taken: [.sample],
            choices: [
                Choice(
                    code: "I.2", name: CriteriaNameAnswer(Criteria.Name("Ho", en: "Help")), owner: "Hoi A",
                    areas: CriteriaReachAnswer(.partly(1, of: 26)))
            ],
            bodies: CriteriaConsultationAnswer.sample.bodies, places: [CriteriaTakenOutput.sample.unit],
            isOver: true)
    }

    /// The consultation of the path, where its unit is this person's to see.
    static func find(_ call: Call<Actor>) throws -> (Consultation, Territory) {
        let consultation = try CriteriaTakenStore.consultation(call.id("id"), call.reader)
        return (
            consultation,
            try OrganisationStore.territory(consultation.territory, seenBy: call.sight, call.reader)
        )
    }

    /// The Front's chair writes for everybody, an organisation for itself.
    static func capability(_ call: Call<Actor>, _ place: Territory) -> Capability {
        call.authority.allows(call.who, .leadConsultation, place) ? .leadConsultation : .takeOnCriteria
    }

    static func of(_ call: Call<Actor>) throws -> CriteriaConsultationOutput {
        let (consultation, unit) = try find(call)
        let set = try CriteriaStore.set(consultation.set, call.reader)
        let names = Dictionary(set.indicators.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
        let taken = try CriteriaTakenStore.taken(at: consultation.id, call.reader)
        let whole = Dictionary(
            taken.filter { $0.territory == unit.id }.map { ($0.code, $0.organisationName) },
            uniquingKeysWith: { "\($0), \($1)" })
        let reach = try CriteriaTakenStore.reach(of: taken, in: unit.id, call.reader)
        let spread = try CriteriaTakenStore.spread(of: taken, on: consultation.day, call.reader)
        let isOver = Criteria.TakenOn.refusalToTakeOn(until: consultation.until, on: call.today, call.language) != nil
        let mightTake = call.authority.allows(call.who, capability(call, unit), unit)
        let may = mightTake && !isOver
        let leads = call.authority.allows(call.who, .leadConsultation, unit)
        let own = call.takingOn
        let title = TerritoryTitle(id: unit.id, kind: unit.kind, designation: unit.designation, name: unit.name)
        let areas = may ? try CriteriaTakenStore.areas(of: unit.id, call.reader) : []
        return CriteriaConsultationOutput(
            unit: title, consultation: CriteriaConsultationAnswer(consultation),
            taken: taken.map {
                CriteriaTakenAnswer($0, names[$0.code] ?? Criteria.Name($0.code), reach: spread[$0.id])
            },
            choices: may
                ? set.indicators.map {
                    Choice(
                        code: $0.code, name: CriteriaNameAnswer($0.name), owner: whole[$0.code],
                        areas: reach[$0.code].flatMap(CriteriaReachAnswer.init))
                } : [],
            bodies: may
                ? consultation.bodies.filter { leads || own.contains($0.organisation) }.map {
                    CriteriaConsultationAnswer.Body(id: $0.organisation, name: $0.name)
                } : [],
            places: may ? [title] + areas : [], isOver: mightTake && isOver)
    }

    struct Content: Sendable {
        struct Body: Sendable {
            let name: String
            let rows: WebRows
        }

        let head: WebHead
        let facts: WebFacts
        let bodies: [Content.Body]
        let silent: String?
        let form: FormView?
        let over: WebNotice?
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let title = view("criteria.taken.on", ["day": view.day(consultation.day)])
        let silent = consultation.bodies.filter { body in !taken.contains { $0.organisation == body.id } }
        return Page(
            "criteria-consultation", title: title,
            Content(
                head: WebHead(
                    title: title, lead: unit.headed { view($0, $1) },
                    crumbs: [WebCrumb(view("criteria.taken.title"), "/territories/\(unit.id)/taken-on")]),
                facts: facts(view),
                bodies: consultation.bodies.compactMap { body in
                    let own = taken.filter { $0.organisation == body.id }
                    return own.isEmpty
                        ? nil
                        : Content.Body(
                            name: body.name,
                            rows: WebRows(rows: own.map { $0.line(view, showsPlace: $0.territory.id != unit.id) }))
                },
                silent: silent.isEmpty
                    ? nil
                    : view("criteria.consultation.silent", ["bodies": silent.map(\.name).joined(separator: ", ")]),
                form: bodies.isEmpty ? nil : form(view),
                over: isOver
                    ? WebNotice(
                        .plain, text: view("criteria.taken.refusal.over", ["day": view.day(consultation.until)])) : nil,
                trace: WebTrace(
                    isDemo: view.isDemonstration, printed: view.language.format.moment(view.now),
                    record: "\(consultation.id)", revision: "1", valid: view("criteria.consultation.print"))))
    }

    private func form(_ view: View) -> FormView {
        view.form(
            CriteriaTakeOnForm.self, action: "/consultations/\(consultation.id)/criteria",
            filled: [
                "territory": "\(unit.id)", "organisation": bodies.count == 1 ? "\(bodies[0].id)" : "",
            ],
            options: [
                "organisation": bodies.map { WebOption(value: "\($0.id)", label: $0.name) },
                "code": choices.map { WebOption(value: $0.code, label: label($0, view)) },
                "territory": places.map { place in
                    WebOption(
                        value: "\(place.id)",
                        label: place.id == unit.id && place.kind != .area
                            ? view("criteria.taken.wholeUnit") : place.headed { view($0, $1) })
                },
            ],
            hints: [
                "code": view(
                    "criteria.takeOn.codes",
                    ["codes": choices.filter { $0.owner == nil && $0.areas == nil }.map(\.code).joined(separator: ", ")]
                )
            ])
    }

    /// An indicator as a choice: with its name, and with who answers for it already.
    private func label(_ choice: Choice, _ view: View) -> String {
        let name = view.language == .en ? choice.name.en ?? choice.name.vi : choice.name.vi
        let line = "\(choice.code) \(name)"
        if let areas = choice.areas {
            let format = view.language.format
            return view(
                "criteria.takeOn.partly",
                ["indicator": line, "count": format.integer(areas.count), "all": format.integer(areas.all)])
        }
        return choice.owner.map { view("criteria.takeOn.owned", ["indicator": line, "organisation": $0]) } ?? line
    }

    private func facts(_ view: View) -> WebFacts {
        WebFacts(
            facts: [
                WebFact(view("criteria.consultation.present"), consultation.bodies.map(\.name).joined(separator: ", ")),
                WebFact(view("criteria.consultation.conclusion.label"), consultation.conclusion),
                WebFact(view("criteria.consultation.until.label"), view.day(consultation.until)),
            ] + (consultation.recordedBy.map { [WebFact(view("criteria.consultation.recorder"), $0)] } ?? []))
    }
}

/// What came of one criterion at the end of the term.
struct CriteriaTakenReviewOutput: Output {
    let taken: CriteriaTakenAnswer
    let reviewedBy: String?
    let mayReview: Bool
    /// Whether the reader may open the consultation at which it was taken on.
    let seesConsultation: Bool

    static var sample: CriteriaTakenReviewOutput {
        CriteriaTakenReviewOutput(taken: .sample, reviewedBy: "Nguyen A", mayReview: true, seesConsultation: true)
    }

    static func find(_ call: Call<Actor>) throws -> (TakenCriterion, Territory) {
        let taken = try CriteriaTakenStore.taken(call.id("id"), call.reader)
        return (taken, try OrganisationStore.territory(taken.territory, seenBy: call.sight, call.reader))
    }

    /// Of one's own organisation, or as who led the consultation.
    static func mayReview(_ call: Call<Actor>, _ taken: TakenCriterion) -> Bool {
        if call.authority.allows(call.who, .leadConsultation, taken) { return true }
        return call.authority.allows(call.who, .takeOnCriteria, taken)
            && call.takingOn.contains(taken.organisation)
    }

    static func of(_ call: Call<Actor>) throws -> CriteriaTakenReviewOutput {
        let (taken, _) = try find(call)
        let name = try CriteriaStore.set(taken.set, call.reader).indicator(taken.code)?.name
        let consultation = try CriteriaTakenStore.consultation(taken.consultation, call.reader)
        return CriteriaTakenReviewOutput(
            taken: CriteriaTakenAnswer(taken, name ?? Criteria.Name(taken.code)), reviewedBy: taken.reviewedBy,
            mayReview: mayReview(call, taken),
            seesConsultation: try OrganisationStore.covers(call.sight, consultation.territory, call.reader))
    }

    struct Content: Sendable {
        let head: WebHead
        let facts: WebFacts
        let form: FormView?
        let fields: [WebField]
    }

    func page(_ view: View) -> Page {
        let title = "\(taken.code) \(taken.name(view))"
        var facts = [
            WebFact(view("criteria.fact.answerable"), taken.organisationName),
            WebFact(view("criteria.taken.place"), taken.territory.headed { view($0, $1) }),
            WebFact(view("criteria.takeOn.target.label"), taken.target),
            WebFact(view("criteria.consultation.until.label"), view.day(taken.until)),
        ]
        if let review = taken.review {
            facts.append(WebFact(view("criteria.takenReview.review.label"), review, status: taken.status(view)))
        }
        if let why = taken.earlyWhy { facts.append(WebFact(view("criteria.taken.early"), why)) }
        if let reviewedBy { facts.append(WebFact(view("criteria.consultation.recorder"), reviewedBy)) }
        let form = view.form(
            CriteriaTakenReviewForm.self, action: "/taken-criteria/\(taken.id)/review",
            filled: [
                "outcome": taken.outcome?.rawValue ?? "", "review": taken.review ?? "",
                "reached": taken.reached ?? "", "earlyWhy": taken.earlyWhy ?? "",
            ], hints: ["earlyWhy": view("criteria.taken.earlyHint", ["day": view.day(taken.until)])])
        let isOver = view.today >= taken.until
        return Page(
            "criteria-taken-review", title: title,
            Content(
                head: WebHead(
                    title: title, lead: taken.organisationName,
                    crumbs: [
                        WebCrumb(view("criteria.taken.title"), "/territories/\(taken.territory.id)/taken-on"),
                        WebCrumb(
                            view("criteria.taken.one"),
                            seesConsultation ? "/consultations/\(taken.consultation)" : nil),
                    ], status: taken.status(view)),
                facts: WebFacts(facts: facts),
                form: mayReview ? form : nil,
                fields: form.fields.filter { mayReview && (!isOver || !["early", "earlyWhy"].contains($0.name)) }))
    }
}
