import Core
import Criteria
import Database
import Organisation
import Web

/// The objections to one grid.
struct OfficesObjectionsOutput: Output {
    let grid: OfficesGridAnswer
    let objections: [OfficesObjectionAnswer]

    static var sample: OfficesObjectionsOutput {
        OfficesObjectionsOutput(grid: OfficesSamples.grid, objections: [.sample])
    }

    static func of(_ call: Call<Actor>) throws -> OfficesObjectionsOutput {
        let grid = try call.grid()
        let columns = Dictionary(
            try CriteriaStore.set(grid.criteriaSet, call.reader).indicators.map { ($0.code, OfficesColumnAnswer($0)) },
            uniquingKeysWith: { first, _ in first })
        return OfficesObjectionsOutput(
            grid: OfficesGridAnswer(grid, try OfficesStore.fillings(of: [grid], call.reader)[grid.id]),
            objections: try OfficesStore.objections(to: grid, call.reader).compactMap { objection in
                columns[objection.code].map { OfficesObjectionAnswer(objection, $0) }
            })
    }

    struct Content: Sendable {
        let head: WebHead
        let rows: WebRows?
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let title = view("offices.objections.title")
        return Page(
            "offices-objections", title: title,
            Content(
                head: WebHead(
                    title: title, lead: grid.office, crumbs: grid.crumbs(view) + [WebCrumb(grid.office, grid.href)]),
                rows: objections.isEmpty
                    ? nil
                    : WebRows(
                        rows: objections.map {
                            WebLine(
                                title: "\(view.headed($0.area)), \($0.code)", href: $0.href, text: $0.reason,
                                right: view.day($0.at.day), status: $0.status(view))
                        }),
                empty: objections.isEmpty
                    ? WebEmpty(
                        title: view("offices.objections.empty.title"), text: view("offices.objections.empty.text"))
                    : nil))
    }
}

/// One objection, and the office's answer to it.
struct OfficesObjectionOutput: Output {
    let objection: OfficesObjectionAnswer
    let grid: OfficesGridAnswer
    let column: OfficesColumnAnswer
    /// The figure as it stands now.
    let now: OfficesValueAnswer?
    /// The area's dossiers that had gone on before the figure was changed.
    let keeps: [OfficesKeptAnswer]
    let mayAnswer: Bool

    static var sample: OfficesObjectionOutput {
        OfficesObjectionOutput(
            objection: .sample, grid: OfficesSamples.grid, column: .sample, now: .sample, keeps: [.sample],
            mayAnswer: true)
    }

    static func of(_ call: Call<Actor>) throws -> OfficesObjectionOutput {
        let objection = try OfficesStore.objection(call.id("id"), seenBy: call.sight, call.reader)
        let grid = try OfficesStore.grid(objection.grid, unattended: call.reader)
        guard
            let indicator = try CriteriaStore.set(grid.criteriaSet, call.reader).indicators
                .first(where: { $0.code == objection.code })
        else { throw NotFound() }
        let column = OfficesColumnAnswer(indicator)
        let held = try OfficesStore.held(
            areas: [objection.area.id], set: grid.criteriaSet, year: grid.year, call.reader)
        let value = held[objection.area.id]?[objection.code]
        return OfficesObjectionOutput(
            objection: OfficesObjectionAnswer(objection, column),
            grid: OfficesGridAnswer(grid, try OfficesStore.fillings(of: [grid], call.reader)[grid.id]), column: column,
            now: value.map { OfficesValueAnswer($0.value, column) },
            keeps: try value.map { held in
                try OfficesStore.kept(
                    areas: [objection.area.id], year: grid.year, setCode: grid.setCode, call.reader)[
                        objection.area.id, default: []
                    ].filter { $0.code == objection.code && $0.isPassed(by: held) }
                    .compactMap {
                        OfficesKeptAnswer($0, now: held.value, [objection.area.id: objection.area], [column])
                    }
            } ?? [],
            mayAnswer: objection.outcome == nil && call.maySupply(grid))
    }

    struct Content: Sendable {
        let head: WebHead
        let keeps: WebRows?
        let facts: WebFacts
        let form: FormView?
        let outcome: WebField?
        let value: WebField?
        let reason: WebField?
        let story: WebHistory
        let back: WebLink
    }

    func page(_ view: View) -> Page {
        let title = view("offices.objection.title", ["area": view.headed(objection.area), "code": objection.code])
        let form =
            mayAnswer
            ? view.form(
                OfficesAnswerForm.self, action: "\(objection.href)/answer",
                filled: ["value": objection.claimed?.typed ?? ""]) : nil
        var value = form?.field["value"]
        if column.isChoice, var field = value {
            field.isInput = false
            field.isChoice = true
            field.options = column.options(field.value ?? "", view)
            value = field
        } else {
            value?.unit = column.unitText(view)
            value?.inputmode = "decimal"
            value?.size = "m"
        }
        var facts = [
            WebFact(view("offices.column.indicator"), "\(column.code) \(column.name(view))"),
            WebFact(view("offices.objection.wasLabel"), objection.value.shown(view)),
        ]
        if let claimed = objection.claimed {
            facts.append(WebFact(view("offices.objection.claimedLabel"), claimed.shown(view)))
        }
        if let now { facts.append(WebFact(view("offices.objection.now"), now.shown(view))) }
        facts.append(WebFact(view("offices.objection.reason.label"), objection.reason))
        if objection.outcome == nil {
            facts.append(WebFact(view("offices.objection.answerBy"), view.day(objection.answerBy)))
        }
        return Page(
            "offices-objection", title: title,
            Content(
                head: WebHead(
                    title: title, lead: grid.office,
                    crumbs: grid.crumbs(view) + [WebCrumb(grid.office, grid.href)], status: objection.status(view)),
                keeps: keeps.isEmpty ? nil : WebRows(rows: keeps.map { $0.line(view) }),
                facts: WebFacts(facts: facts), form: form, outcome: form?.field["outcome"], value: value,
                reason: form?.field["reason"], story: WebHistory(events: objection.events(view)),
                back: WebLink("\(grid.href)/objections", view("offices.grid.objections"))))
    }
}
