import Core
import Criteria
import Database
import Organisation
import Web

/// An objection in an answer.
struct OfficesObjectionAnswer: Encodable, Sendable {
    let id: ID
    let area: TerritoryTitle
    let code: String
    let value: OfficesValueAnswer
    let claimed: OfficesValueAnswer?
    let reason: String
    let by: String?
    let at: Instant
    let answerBy: Day
    let outcome: Offices.Objection.Outcome?
    let settled: OfficesValueAnswer?
    let answer: String?
    let answeredBy: String?
    let answeredAt: Instant?

    init(_ objection: Offices.Objection, _ column: OfficesColumnAnswer) {
        id = objection.id
        area = objection.area
        code = objection.code
        value = OfficesValueAnswer(objection.value, column)
        claimed = objection.claimed.map { OfficesValueAnswer($0, column) }
        reason = objection.reason
        by = objection.maker
        at = objection.madeAt
        answerBy = objection.answerBy
        outcome = objection.outcome
        settled = objection.settled.map { OfficesValueAnswer($0, column) }
        answer = objection.answer
        answeredBy = objection.answerer
        answeredAt = objection.answeredAt
    }

    var href: String { "/objections/\(id)" }

    func status(_ view: View) -> WebStatus {
        switch outcome {
        case .mended: WebStatus(.done, view("offices.objection.state.mended"))
        case .kept: WebStatus(.none, view("offices.objection.state.kept"))
        case nil: WebStatus(.question, view("offices.objection.state.open"))
        }
    }

    /// What happened, newest first.
    func events(_ view: View) -> [WebEvent] {
        var events: [WebEvent] = []
        if let outcome, let answeredAt {
            let text = [
                settled.map { view("offices.objection.settled", ["value": $0.shown(view)]) }, answer, answeredBy,
            ]
            events.append(
                WebEvent(
                    state: outcome == .mended ? .done : .none,
                    title: view(
                        "offices.objection.event.\(outcome.rawValue)",
                        ["moment": view.language.format.moment(answeredAt)]),
                    text: text.compactMap { $0 }.joined(separator: " · ")))
        }
        let said = [
            view("offices.objection.was", ["value": value.shown(view)]),
            claimed.map { view("offices.objection.claimed.said", ["value": $0.shown(view)]) }, reason, by,
        ]
        events.append(
            WebEvent(
                state: .question,
                title: view("offices.objection.event.made", ["moment": view.language.format.moment(at)]),
                text: said.compactMap { $0 }.joined(separator: " · ")))
        return events
    }

    static let sample = OfficesObjectionAnswer(
        Offices.Objection(
            id: OfficesSamples.id, grid: OfficesSamples.id, area: OfficesSamples.area, code: "V.1",
            value: .grade("good"), claimed: .grade("good"), reason: "Sample", maker: "Sample", madeAt: .first,
            answerBy: OfficesSamples.day, outcome: .mended, settled: .grade("good"), answer: "Sample",
            answerer: "Sample", answeredAt: .first, revision: 1, place: [OfficesSamples.id]), .sample)
}

/// One figure that an office holds of an area, its story, and the form by which the area objects.
struct OfficesFigureOutput: Output {
    let area: TerritoryTitle
    let year: Int
    let office: String
    let column: OfficesColumnAnswer
    let value: OfficesValueAnswer?
    let enteredBy: String?
    let at: Instant?
    let due: Day
    let objectionsUntil: Day?
    let objections: [OfficesObjectionAnswer]
    let papers: [OfficesDocumentAnswer]
    /// The area's dossiers that had gone on before the office changed the figure.
    let keeps: [OfficesKeptAnswer]
    let mayObject: Bool

    static var sample: OfficesFigureOutput {
        OfficesFigureOutput(
            area: OfficesSamples.area, year: 2026, office: "Sample", column: .sample, value: .sample,
            enteredBy: "Sample", at: .first, due: OfficesSamples.day, objectionsUntil: OfficesSamples.day,
            objections: [.sample], papers: [.sample], keeps: [.sample], mayObject: true)
    }

    static func of(_ call: Call<Actor>) throws -> OfficesFigureOutput {
        let figure = try OfficesFigure(call)
        let column = OfficesColumnAnswer(figure.indicator)
        let until = figure.held.map { figure.until($0) }
        let isOpen = figure.objections.contains { $0.outcome == nil }
        let papers = try OfficesStore.papers(ofGrids: [figure.grid.id], call.reader)[figure.grid.id, default: []]
        return OfficesFigureOutput(
            area: TerritoryTitle(
                id: figure.area.id, kind: figure.area.kind, designation: figure.area.designation,
                name: figure.area.name),
            year: figure.year, office: figure.held?.organisationName ?? figure.grid.organisationName, column: column,
            value: figure.held.map { OfficesValueAnswer($0.value, column) }, enteredBy: figure.held?.enterer,
            at: figure.held?.at, due: figure.grid.due, objectionsUntil: until,
            objections: figure.objections.map { OfficesObjectionAnswer($0, column) },
            papers: papers.filter { $0.codes.contains(column.code) }.map(OfficesDocumentAnswer.init),
            keeps: try keeps(figure, column, call.reader),
            mayObject: !isOpen && (until.map { call.today <= $0 } ?? false)
                && call.authority.allows(call.who, .fillAssessment, figure.area))
    }

    private static func keeps(
        _ figure: OfficesFigure, _ column: OfficesColumnAnswer, _ reader: any Reader
    ) throws -> [OfficesKeptAnswer] {
        guard let held = figure.held else { return [] }
        let area = TerritoryTitle(
            id: figure.area.id, kind: figure.area.kind, designation: figure.area.designation, name: figure.area.name)
        return try OfficesStore.kept(
            areas: [area.id], year: figure.year, setCode: figure.grid.setCode, reader)[area.id, default: []]
            .filter { $0.code == column.code && $0.isPassed(by: held) }
            .compactMap { OfficesKeptAnswer($0, now: held.value, [area.id: area], [column]) }
    }

    struct Content: Sendable {
        let head: WebHead
        let keeps: [WebNotice]
        let notice: WebNotice?
        let facts: WebFacts
        let papers: [WebLink]
        let form: FormView?
        let claimed: WebField?
        let reason: WebField?
        let formText: String?
        let closed: WebNotice?
        let story: WebHistory?
        let back: WebLink
    }

    func page(_ view: View) -> Page {
        let title = "\(column.code) \(column.name(view))"
        // After a refusal the form stays, whatever the day says: nothing typed is lost.
        let isBack = view.submitted?.form == OfficesObjectionForm.name
        var form =
            mayObject || isBack
            ? view.form(
                OfficesObjectionForm.self, action: "/areas/\(area.id)/office-values/\(column.code)/\(year)/objections",
                hasPrimary: mayObject) : nil
        var claimed = form?.field["claimed"]
        if column.isChoice, var field = claimed {
            field.isInput = false
            field.isChoice = true
            field.options = column.options(field.value ?? "", view)
            claimed = field
        } else {
            claimed?.unit = column.unitText(view)
            claimed?.inputmode = "decimal"
            claimed?.size = "m"
        }
        form?.actions.verb = view("offices.objection.verb")
        return Page(
            "offices-figure", title: title,
            Content(
                head: WebHead(
                    title: title, lead: "\(view.headed(area)) · \(year)",
                    crumbs: [
                        WebCrumb(
                            view("offices.area.title", ["year": "\(year)"]), OfficesRoutes.area(area.id, year: year))
                    ]),
                keeps: keeps.map { $0.notice(changed: at, view) },
                notice: objections.first { $0.outcome == nil }.map {
                    WebNotice(
                        .ask, bold: view("offices.objection.waiting"),
                        text: view("offices.objection.waitingText", ["day": view.day($0.answerBy), "office": office]))
                },
                facts: facts(view), papers: papers.map { WebLink($0.href, $0.caption) }, form: form, claimed: claimed,
                reason: form?.field["reason"],
                formText: objectionsUntil.map {
                    view("offices.objection.text", ["office": office, "day": view.day($0)])
                },
                closed: closed(view),
                story: objections.isEmpty ? nil : WebHistory(events: objections.flatMap { $0.events(view) }),
                back: WebLink(OfficesRoutes.area(area.id, year: year), view("offices.figure.back"))))
    }

    /// Why nobody objects any more, where the day has gone by.
    private func closed(_ view: View) -> WebNotice? {
        guard !mayObject, value != nil, let until = objectionsUntil, view.today > until else { return nil }
        return WebNotice(
            .plain,
            text: view(
                "offices.objection.refusal.late",
                ["day": view.day(until), "days": "\(Offices.Terms.objectionDays)"]))
    }

    private func facts(_ view: View) -> WebFacts {
        var facts = [
            WebFact(view("offices.column.value"), value?.shown(view) ?? view("offices.cell.empty")),
            WebFact(view("offices.column.office"), office),
        ]
        if let at {
            facts.append(
                WebFact(
                    view("offices.figure.entered"),
                    [view.language.format.moment(at), enteredBy].compactMap { $0 }.joined(separator: " · ")))
        } else {
            facts.append(WebFact(view("offices.column.due"), view.day(due)))
        }
        if let objectionsUntil {
            facts.append(WebFact(view("offices.figure.until"), view.day(objectionsUntil)))
        }
        return WebFacts(facts: facts)
    }
}
