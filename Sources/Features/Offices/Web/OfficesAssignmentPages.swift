import Core
import Criteria
import Database
import Organisation
import Recognition
import Web

/// Asking offices: for each supplier that the criteria set names, the organisation that fits, to be confirmed.
struct OfficesAssignmentOutput: Output {
    struct Supplier: Encodable, Sendable {
        let source: Criteria.Supplier.Source
        let name: String
        let codes: [String]
        /// The organisation that fits by kind and name, or that was asked before; nil when none does.
        let office: ID?
        let isAsked: Bool
        /// Figures that the office asked before has entered for these indicators.
        let figures: Int
        /// Other organisations that are asked for some of them too.
        let others: [String]
    }

    struct Office: Encodable, Sendable {
        let id: ID
        let name: String
    }

    let place: TerritoryTitle
    let year: Int
    let criteria: String?
    let criteriaVersion: Int?
    let suppliers: [Supplier]
    let offices: [Office]
    /// Indicators left to the area.
    let byArea: Int
    let due: Day
    let objections: Day
    /// What is asked of whom, as a mark that the form sends back.
    let standing: String

    static var sample: OfficesAssignmentOutput {
        OfficesAssignmentOutput(
            place: OfficesSamples.place, year: 2026, criteria: "Sample", criteriaVersion: 1,
            suppliers: [
                Supplier(
                    source: .service, name: "Sample", codes: ["II.2"], office: OfficesSamples.id, isAsked: true,
                    figures: 2, others: ["Sample"])
            ],
            offices: [Office(id: OfficesSamples.id, name: "Sample")], byArea: 10, due: OfficesSamples.day,
            objections: OfficesSamples.day, standing: "0")
    }

    static func of(_ call: Call<Actor>) throws -> OfficesAssignmentOutput {
        let place = try OfficesAssignmentRoutes.place(call, call.query["place"].flatMap { ID($0) })
        _ = try call.permit(.checkDossier, place)
        let year = call.yearAsked
        let found = try OfficesAssignmentRoutes.set(for: place.id, year: year, call)
        let candidates = try OfficesStore.candidates(on: place.id, day: call.today, call.reader)
        let grids = try OfficesStore.grids(of: place.id, year: year, call.reader)
        let asked =
            try found.map { try OfficesStore.answerable(for: $0.set, territory: place.id, year: year, call.reader) }
            ?? [:]
        let proposals = found.map { Offices.proposals(for: $0.set, among: candidates) } ?? []
        let calendar = Recognition.YearCalendar.standard.following(found?.set.procedure)
        let ends = calendar.day(.assessmentEnds, of: year) ?? call.today
        let days = Offices.Terms.proposed(assessmentEnds: ends)
        return OfficesAssignmentOutput(
            place: TerritoryTitle(id: place.id, kind: place.kind, designation: place.designation, name: place.name),
            year: year,
            criteria: found.map { call.language == .en && !$0.set.name.en.isEmpty ? $0.set.name.en : $0.set.name.vi },
            criteriaVersion: found?.set.version,
            suppliers: proposals.enumerated().map { number, proposal in
                let before = asked[number]
                return Supplier(
                    source: proposal.supplier.source, name: proposal.supplier.name, codes: proposal.codes,
                    office: before?.organisation ?? proposal.office, isAsked: before != nil,
                    figures: before?.figures ?? 0, others: before?.others ?? [])
            },
            offices: candidates.map { Office(id: $0.id, name: $0.name) },
            byArea: found.map { $0.set.indicators.count - proposals.flatMap(\.codes).count } ?? 0,
            due: grids.first?.due ?? days.due, objections: grids.first?.objectionsUntil ?? days.objections,
            standing: OfficesStanding.of(asked, grids.first, proposals.count).mark)
    }

    struct Content: Sendable {
        struct Row: Sendable {
            let id: String
            let name: String
            let codes: String
            let note: String?
            let error: String?
            let options: [WebOption]
            let figures: Figures?
        }

        /// What is to become of figures if another office is chosen.
        struct Figures: Sendable {
            let field: String
            let label: String
            let title: String
            let wrong: String?
            let isOpen: String
            let choices: [WebOption]
        }

        let head: WebHead
        let how: String?
        let empty: WebEmpty?
        let form: FormView?
        let place: String
        let year: String
        let over: String
        /// After somebody else changed it: what is asked now, in words.
        let now: [String]
        let rows: [Row]
        let dueField: WebField?
        let objectionsField: WebField?
    }

    func page(_ view: View) -> Page {
        let title = view("offices.assignment.title", ["year": "\(year)"])
        let form = view.form(
            OfficesAssignmentForm.self, action: "/offices/assignments?place=\(place.id)&year=\(year)",
            filled: ["due": view.typed(due), "objections": view.typed(objections)])
        return Page(
            "offices-assignment", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view.headed(place), crumbs: [WebCrumb(view("offices.title"), "/offices")]),
                how: criteria.map {
                    view(
                        "offices.assignment.how",
                        [
                            "criteria": $0, "version": "\(criteriaVersion ?? 1)", "area": view.number(byArea),
                            "offices": view.number(suppliers.flatMap(\.codes).count),
                        ])
                },
                empty: suppliers.isEmpty
                    ? WebEmpty(
                        title: view("offices.assignment.none.title"), text: view("offices.assignment.none.text")) : nil,
                form: suppliers.isEmpty ? nil : form, place: place.id.description, year: "\(year)",
                over: standing, now: view.submitted?.isConflict == true ? now(view) : [],
                rows: suppliers.enumerated().map { row($0, $1, form, view) }, dueField: form.field["due"],
                objectionsField: form.field["objections"]))
    }

    private func now(_ view: View) -> [String] {
        [view("offices.assignment.now.days", ["due": view.day(due), "objections": view.day(objections)])]
            + suppliers.map { supplier in
                let office =
                    supplier.isAsked ? offices.first { $0.id == supplier.office }?.name : nil
                return view(
                    "offices.assignment.now.line",
                    [
                        "codes": supplier.codes.joined(separator: ", "),
                        "office": office ?? view("offices.assignment.noOffice"),
                    ])
            }
    }

    private func row(_ number: Int, _ supplier: Supplier, _ form: FormView, _ view: View) -> Content.Row {
        let field = "office.\(number)"
        let nobody = OfficesAssignmentForm.none
        let chosen = form.typed.map { $0[field] ?? nobody } ?? supplier.office?.description ?? nobody
        let none = WebOption(value: nobody, label: view("offices.assignment.noOffice"), selected: chosen == nobody)
        let notes: [String?] = [
            supplier.source == .records ? view("offices.assignment.records") : nil,
            supplier.isAsked ? view("offices.assignment.asked") : nil,
            supplier.others.isEmpty
                ? nil : view("offices.assignment.others", ["offices": supplier.others.joined(separator: ", ")]),
        ]
        return Content.Row(
            id: field,
            name: supplier.name.isEmpty ? view("criteria.source.\(supplier.source.rawValue)") : supplier.name,
            codes: supplier.codes.joined(separator: ", "),
            note: notes.compactMap { $0 }.joined(separator: " ").nilIfEmpty,
            error: form.messages[field],
            options: [none]
                + offices.map {
                    WebOption(
                        value: $0.id.description, label: $0.name, selected: $0.id.description == chosen)
                },
            figures: supplier.figures == 0 ? nil : figures(number, supplier, form, view))
    }

    private func figures(
        _ number: Int, _ supplier: Supplier, _ form: FormView, _ view: View
    ) -> Content.Figures {
        let field = "figures.\(number)"
        let chosen = form.typed?[field] ?? ""
        return Content.Figures(
            field: field, label: view("offices.assignment.figures.label"),
            title: view("offices.assignment.figures.title", ["count": view.number(supplier.figures)]),
            wrong: form.messages[field], isOpen: form.messages[field] != nil || !chosen.isEmpty ? "open" : "",
            choices: [
                WebOption(value: "", label: view("offices.assignment.figures.open"), selected: chosen.isEmpty)
            ]
                + Offices.Figures.allCases.map {
                    WebOption(
                        value: $0.rawValue, label: view("offices.assignment.figures.option.\($0.rawValue)"),
                        selected: chosen == $0.rawValue)
                })
    }
}

extension String {
    var nilIfEmpty: String? { isEmpty ? nil : self }
}
