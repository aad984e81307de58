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
    /// A page of it; `lines` counts all.
    let taken: [CriteriaTakenAnswer]
    let lines: Int
    /// Behind which line the next page begins; nil on the last.
    let next: ID?
    let isFirst: Bool
    /// Those who were there and took nothing on.
    let silent: [CriteriaConsultationAnswer.Body]
    /// What was written down by mistake: kept to be read, in no count.
    let mistaken: [CriteriaTakenAnswer]
    /// What this person may still take on, and for which of the organisations and places.
    let choices: [Choice]
    let bodies: [CriteriaConsultationAnswer.Body]
    let places: [TerritoryTitle]
    /// The term is over for who would otherwise take something on.
    let isOver: Bool

    static var sample: CriteriaConsultationOutput {
        CriteriaConsultationOutput(
            unit: CriteriaTakenOutput.sample.unit, consultation: .sample, taken: [.sample], lines: 1,
            next: ID(high: 1, low: 21), isFirst: false, silent: CriteriaConsultationAnswer.sample.bodies,
            mistaken: [.sample],
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
        let page = try CriteriaTakenStore.page(
            at: consultation.id, after: call.query["after"].flatMap { ID($0) }, call.reader)
        let whole = Dictionary(
            try CriteriaTakenStore.taken(at: consultation.id, forAllOf: unit.id, call.reader).map {
                ($0.code, $0.organisationName)
            }, uniquingKeysWith: { "\($0), \($1)" })
        let reach = try CriteriaTakenStore.reach(at: consultation.id, in: unit.id, call.reader)
        let spread = try CriteriaTakenStore.spread(of: page.lines, on: consultation.day, call.reader)
        let isOver = Criteria.TakenOn.refusalToTakeOn(until: consultation.until, on: call.today, call.language) != nil
        let mightTake = call.authority.allows(call.who, capability(call, unit), unit)
        let may = mightTake && !isOver
        let leads = call.authority.allows(call.who, .leadConsultation, unit)
        let own = call.takingOn
        let title = TerritoryTitle(id: unit.id, kind: unit.kind, designation: unit.designation, name: unit.name)
        let areas = may ? try CriteriaTakenStore.areas(of: unit.id, call.reader) : []
        return CriteriaConsultationOutput(
            unit: title, consultation: CriteriaConsultationAnswer(consultation),
            taken: page.lines.map {
                CriteriaTakenAnswer($0, names[$0.code] ?? Criteria.Name($0.code), reach: spread[$0.id])
            },
            lines: page.count, next: page.next, isFirst: call.query["after"] == nil,
            silent: consultation.bodies.filter { !page.bodies.contains($0.organisation) }.map {
                CriteriaConsultationAnswer.Body(id: $0.organisation, name: $0.name)
            },
            mistaken: try CriteriaTakenStore.mistaken(at: consultation.id, call.reader).map {
                CriteriaTakenAnswer($0, names[$0.code] ?? Criteria.Name($0.code))
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
        let pager: WebPager?
        let silent: String?
        let mistaken: WebRows?
        let form: FormView?
        let over: WebNotice?
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let title = view("criteria.taken.on", ["day": view.day(consultation.day)])
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
                pager: WebPager.taken("/consultations/\(consultation.id)", lines, next, isFirst: isFirst, view),
                silent: silent.isEmpty
                    ? nil
                    : view("criteria.consultation.silent", ["bodies": silent.map(\.name).joined(separator: ", ")]),
                mistaken: mistaken.isEmpty
                    ? nil : WebRows(rows: mistaken.map { $0.line(view, showsPlace: $0.territory.id != unit.id) }),
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
