import Core
import Database
import Organisation
import Web

/// Who answers for which criterion in a commune or an area; what nobody answers for stands first.
struct CriteriaTakenOutput: Output {
    struct Unowned: Encodable, Sendable {
        let code: String
        let name: CriteriaNameAnswer
    }

    /// Taken on in some areas of the unit, and by nobody for all of them.
    struct Partly: Encodable, Sendable {
        let code: String
        let name: CriteriaNameAnswer
        let areas: CriteriaReachAnswer
    }

    let unit: TerritoryTitle
    let isArea: Bool
    /// The criteria in force; nil while there are none.
    let set: ID?
    let setName: CriteriaNameAnswer?
    let indicators: Int
    let unowned: [Unowned]
    let partly: [Partly]
    /// A page of them; `lines` counts all, `bodies` the organisations.
    let taken: [CriteriaTakenAnswer]
    let lines: Int
    let bodies: Int
    /// Behind which line the next page begins; nil on the last.
    let next: ID?
    let isFirst: Bool
    let consultations: [CriteriaConsultationAnswer]
    let mayLead: Bool

    static var sample: CriteriaTakenOutput {
        CriteriaTakenOutput(
            unit: TerritoryTitle(id: ID(high: 1, low: 25), kind: .commune, designation: .commune, name: "Don Duong"),
            isArea: false, set: ID(high: 1, low: 1), setName: CriteriaNameAnswer(Criteria.Name("Bo", en: "Set")),
            indicators: 2, unowned: [Unowned(code: "I.2", name: CriteriaNameAnswer(Criteria.Name("Ho", en: "Help")))],
            partly: CriteriaReachAnswer(.partly(1, of: 26)).map {
                [Partly(code: "I.3", name: CriteriaNameAnswer(Criteria.Name("Den", en: "Lamps")), areas: $0)]
            } ?? [], taken: [.sample], lines: 1, bodies: 1, next: ID(high: 1, low: 21), isFirst: false,
            consultations: [.sample],
            mayLead: true)
    }

    static func of(_ call: Call<Actor>) throws -> CriteriaTakenOutput {
        let unit = try OrganisationStore.territory(call.id("id"), seenBy: call.sight, call.reader)
        let current = try CriteriaStore.current(.residentialArea, on: call.today, for: unit.id, call.reader)
        let isArea = unit.kind == .area
        let page = try CriteriaTakenStore.page(
            for: unit.id, withBelow: !isArea, on: call.today, after: call.query["after"].flatMap { ID($0) }, call.reader
        )
        let taken = page.lines
        let indicators = current?.set.indicators ?? []
        // In a commune what one area's branch took on leaves the others without.
        let reach = try CriteriaTakenStore.reach(in: unit.id, withBelow: !isArea, on: call.today, call.reader)
        let spread = isArea ? [:] : try CriteriaTakenStore.spread(of: taken, on: call.today, call.reader)
        let names = Dictionary(indicators.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
        let title = try OrganisationStore.titles(of: [unit.id], call.reader)[unit.id]
        // What lies below a unit one sees is seen too; what its commune took on need not be.
        let closed = try Set(taken.map(\.territory)).filter {
            try isArea && !OrganisationStore.covers(call.sight, $0, call.reader)
        }
        return CriteriaTakenOutput(
            unit: title ?? TerritoryTitle(id: unit.id, kind: unit.kind, designation: unit.designation, name: unit.name),
            isArea: isArea, set: current?.id, setName: current.map { CriteriaNameAnswer($0.set.name) },
            indicators: indicators.count,
            unowned: indicators.filter { reach[$0.code] == nil }.map {
                Unowned(code: $0.code, name: CriteriaNameAnswer($0.name))
            },
            partly: indicators.compactMap { indicator in
                reach[indicator.code].flatMap(CriteriaReachAnswer.init).map {
                    Partly(code: indicator.code, name: CriteriaNameAnswer(indicator.name), areas: $0)
                }
            },
            taken: taken.map {
                var answer = CriteriaTakenAnswer($0, names[$0.code] ?? Criteria.Name($0.code), reach: spread[$0.id])
                answer.isOpen = !closed.contains($0.territory)
                return answer
            },
            lines: page.count, bodies: page.bodies.count, next: page.next, isFirst: call.query["after"] == nil,
            consultations: try CriteriaTakenStore.consultations(of: unit.id, call.reader).map(
                CriteriaConsultationAnswer.init),
            mayLead: call.authority.allows(call.who, .leadConsultation, unit))
    }

    struct Content: Sendable {
        struct Body: Sendable {
            let name: String
            let rows: WebRows
        }

        let head: WebHead
        let figures: [WebFigure]
        let action: WebLink?
        let notice: WebNotice?
        let unowned: WebRows?
        let partly: WebRows?
        let bodies: [Content.Body]
        let pager: WebPager?
        let consultations: WebRows?
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let title = view("criteria.taken.title")
        let format = view.language.format
        var order: [ID] = []
        for one in taken where !order.contains(one.organisation) { order.append(one.organisation) }
        return Page(
            "criteria-taken", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("criteria.taken.lead"),
                    crumbs: [WebCrumb(unit.headed { view($0, $1) }, isArea ? "/areas/\(unit.id)" : nil)]),
                figures: [
                    WebFigure(
                        number: format.integer(indicators - unowned.count - partly.count),
                        whole: view("criteria.taken.ownedCount")),
                    WebFigure(number: format.integer(unowned.count), whole: view("criteria.taken.unownedCount")),
                ]
                    + (partly.isEmpty
                        ? []
                        : [
                            WebFigure(
                                number: format.integer(partly.count), whole: view("criteria.taken.partlyCount"))
                        ]) + [
                        WebFigure(number: format.integer(bodies), whole: view("criteria.taken.bodiesCount"))
                    ],
                action: mayLead && set != nil
                    ? WebLink("/territories/\(unit.id)/taken-on/new", view("criteria.taken.new")) : nil,
                notice: unowned.isEmpty || set == nil
                    ? nil
                    : WebNotice(
                        .ask, bold: view("criteria.taken.unowned", ["count": format.integer(unowned.count)]),
                        text: view("criteria.taken.unownedText")),
                unowned: unowned.isEmpty
                    ? nil
                    : WebRows(
                        rows: unowned.map { line in
                            WebLine(
                                title: named(line.code, line.name, view), href: href(line.code),
                                status: WebStatus(.question, view("criteria.text.unowned")))
                        }),
                partly: partly.isEmpty
                    ? nil
                    : WebRows(
                        rows: partly.map { line in
                            WebLine(
                                title: named(line.code, line.name, view), href: href(line.code),
                                status: WebStatus(.waiting, line.areas.text(view)))
                        }),
                bodies: order.map { body in
                    let own = taken.filter { $0.organisation == body }
                    return Content.Body(
                        name: own.first?.organisationName ?? "",
                        rows: WebRows(rows: own.map { $0.line(view, showsPlace: $0.territory.id != unit.id) }))
                },
                pager: WebPager.taken("/territories/\(unit.id)/taken-on", lines, next, isFirst: isFirst, view),
                consultations: consultations.isEmpty
                    ? nil
                    : WebRows(
                        rows: consultations.map {
                            WebLine(
                                title: view("criteria.taken.on", ["day": view.day($0.day)]),
                                href: "/consultations/\($0.id)",
                                text: $0.bodies.map(\.name).joined(separator: ", "))
                        }),
                empty: lines == 0 && consultations.isEmpty
                    ? WebEmpty(
                        title: view("criteria.taken.empty.title"), text: view("criteria.taken.empty.text"),
                        first: view("criteria.taken.empty.\(mayLead ? "first" : "ask")")) : nil))
    }

    private func named(_ code: String, _ name: CriteriaNameAnswer, _ view: View) -> String {
        "\(code) \(view.language == .en ? name.en ?? name.vi : name.vi)"
    }

    private func href(_ code: String) -> String? { set.map { "/criteria/\($0)/indicators/\(criteriaEscaped(code))" } }
}

/// A consultation about to be written down.
struct CriteriaConsultationFormOutput: Output {
    let unit: TerritoryTitle
    let bodies: [CriteriaConsultationAnswer.Body]

    static var sample: CriteriaConsultationFormOutput {
        CriteriaConsultationFormOutput(
            unit: CriteriaTakenOutput.sample.unit, bodies: CriteriaConsultationAnswer.sample.bodies)
    }

    static func of(_ call: Call<Actor>) throws -> CriteriaConsultationFormOutput {
        let unit = try OrganisationStore.territory(call.id("id"), seenBy: call.sight, call.reader)
        _ = try call.permit(.leadConsultation, unit)
        return CriteriaConsultationFormOutput(
            unit: TerritoryTitle(id: unit.id, kind: unit.kind, designation: unit.designation, name: unit.name),
            bodies: try CriteriaTakenStore.bodies(of: unit.id, on: call.today, call.reader).map {
                CriteriaConsultationAnswer.Body(id: $0.organisation, name: $0.name)
            })
    }

    struct Pick: Sendable {
        let field: String
        let label: String
        let isTicked: Bool
    }

    struct Content: Sendable {
        let head: WebHead
        let action: String
        let errors: WebErrors?
        let days: [WebField]
        let picks: [Pick]
        let picksError: String?
        let noBodies: String?
        let words: [WebField]
        let actions: WebActions
    }

    func page(_ view: View) -> Page {
        let title = view("criteria.consultation.title")
        let form = view.form(
            CriteriaConsultationForm.self, action: "/territories/\(unit.id)/taken-on",
            filled: [
                "day": view.day(view.today),
                "until": Day(year: view.today.year, month: 12, day: 31).map { view.day($0) } ?? "",
            ])
        return Page(
            "criteria-consultation-form", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("criteria.consultation.lead"),
                    crumbs: [
                        WebCrumb(unit.headed { view($0, $1) }),
                        WebCrumb(view("criteria.taken.title"), "/territories/\(unit.id)/taken-on"),
                    ]),
                action: form.action, errors: form.errors,
                days: form.fields.filter { ["day", "until"].contains($0.name) },
                picks: bodies.map {
                    let field = "bodies.\($0.id)"
                    return Pick(field: field, label: $0.name, isTicked: form.typed?[field] != nil)
                },
                picksError: form.messages["bodies"],
                noBodies: bodies.isEmpty ? view("criteria.consultation.noBodies") : nil,
                words: form.fields.filter { $0.name == "conclusion" }, actions: form.actions))
    }
}
