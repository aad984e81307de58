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

    static var sample: OfficesAssignmentOutput {
        OfficesAssignmentOutput(
            place: OfficesSamples.place, year: 2026, criteria: "Sample", criteriaVersion: 1,
            suppliers: [
                Supplier(source: .service, name: "Sample", codes: ["II.2"], office: OfficesSamples.id, isAsked: true)
            ],
            offices: [Office(id: OfficesSamples.id, name: "Sample")], byArea: 10, due: OfficesSamples.day,
            objections: OfficesSamples.day)
    }

    static func of(_ call: Call<Actor>) throws -> OfficesAssignmentOutput {
        let place = try OfficesAssignmentRoutes.place(call, call.query["place"].flatMap { ID($0) })
        _ = try call.permit(.checkDossier, place)
        let year = call.yearAsked
        let found = try OfficesAssignmentRoutes.set(for: place.id, year: year, call)
        let candidates = try OfficesStore.candidates(on: place.id, day: call.today, call.reader)
        let grids = try OfficesStore.grids(of: place.id, year: year, call.reader)
        let codes = try OfficesStore.codes(ofGrids: grids.map(\.id), call.reader)
        var asked: [String: ID] = [:]
        for grid in grids { for code in codes[grid.id] ?? [] { asked[code] = grid.organisation } }
        let proposals = found.map { Offices.proposals(for: $0.set, among: candidates) } ?? []
        let calendar = Recognition.YearCalendar.standard.following(found?.set.procedure)
        let ends = calendar.day(.assessmentEnds, of: year) ?? call.today
        let days = Offices.Terms.proposed(assessmentEnds: ends)
        return OfficesAssignmentOutput(
            place: TerritoryTitle(id: place.id, kind: place.kind, designation: place.designation, name: place.name),
            year: year,
            criteria: found.map { call.language == .en && !$0.set.name.en.isEmpty ? $0.set.name.en : $0.set.name.vi },
            criteriaVersion: found?.set.version,
            suppliers: proposals.map { proposal in
                let before = proposal.codes.compactMap { asked[$0] }.first
                return Supplier(
                    source: proposal.supplier.source, name: proposal.supplier.name, codes: proposal.codes,
                    office: before ?? proposal.office, isAsked: before != nil)
            },
            offices: candidates.map { Office(id: $0.id, name: $0.name) },
            byArea: found.map { $0.set.indicators.count - proposals.flatMap(\.codes).count } ?? 0,
            due: grids.first?.due ?? days.due, objections: grids.first?.objectionsUntil ?? days.objections)
    }

    struct Content: Sendable {
        struct Row: Sendable {
            let id: String
            let name: String
            let codes: String
            let note: String?
            let error: String?
            let options: [WebOption]
        }

        let head: WebHead
        let how: String?
        let empty: WebEmpty?
        let form: FormView?
        let place: String
        let year: String
        let rows: [Row]
        let dueField: WebField?
        let objectionsField: WebField?
    }

    func page(_ view: View) -> Page {
        let title = view("offices.assignment.title", ["year": "\(year)"])
        let form = view.form(
            OfficesAssignmentForm.self, action: "/offices/assignments?place=\(place.id)&year=\(year)",
            filled: ["due": view.day(due), "objections": view.day(objections)])
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
                rows: suppliers.enumerated().map { row($0, $1, form, view) }, dueField: form.field["due"],
                objectionsField: form.field["objections"]))
    }

    private func row(_ number: Int, _ supplier: Supplier, _ form: FormView, _ view: View) -> Content.Row {
        let field = "office.\(number)"
        let chosen = form.typed.map { $0[field] ?? "" } ?? supplier.office?.description ?? ""
        let none = WebOption(value: "", label: view("offices.assignment.noOffice"), selected: chosen.isEmpty)
        return Content.Row(
            id: field,
            name: supplier.name.isEmpty ? view("criteria.source.\(supplier.source.rawValue)") : supplier.name,
            codes: supplier.codes.joined(separator: ", "),
            note: supplier.source == .records
                ? view("offices.assignment.records") : supplier.isAsked ? view("offices.assignment.asked") : nil,
            error: form.messages[field],
            options: [none]
                + offices.map {
                    WebOption(
                        value: $0.id.description, label: $0.name, selected: $0.id.description == chosen)
                })
    }
}

/// What one office is asked for, to be changed.
struct OfficesTermsOutput: Output {
    struct Column: Encodable, Sendable {
        let column: OfficesColumnAnswer
        let isAsked: Bool
        /// Figures stand in it, so it stays.
        let isHeld: Bool
        /// The supplier that the criteria set names.
        let supplier: String
    }

    let grid: OfficesGridAnswer
    let columns: [Column]

    static var sample: OfficesTermsOutput {
        OfficesTermsOutput(
            grid: OfficesSamples.grid,
            columns: [Column(column: .sample, isAsked: true, isHeld: true, supplier: "Sample")])
    }

    static func of(_ call: Call<Actor>) throws -> OfficesTermsOutput {
        let grid = try call.grid()
        _ = try call.permit(.checkDossier, grid)
        let asked = Set(try OfficesStore.indicators(of: grid, call.reader).map(\.code))
        let held = Set(
            try OfficesStore.cells(of: grid, call.reader).filter { $0.value.grid == grid.id }.map(\.key.code))
        let filling = try OfficesStore.fillings(of: [grid], call.reader)
        return OfficesTermsOutput(
            grid: OfficesGridAnswer(grid, filling[grid.id]),
            columns: try CriteriaStore.set(grid.criteriaSet, call.reader).indicators.map {
                Column(
                    column: OfficesColumnAnswer($0), isAsked: asked.contains($0.code), isHeld: held.contains($0.code),
                    supplier: $0.supplier?.name ?? "")
            })
    }

    struct Content: Sendable {
        struct Row: Sendable {
            let id: String
            let label: String
            let hint: String?
            let checked: Bool
        }

        let head: WebHead
        let form: FormView
        let error: String?
        let rows: [Row]
    }

    func page(_ view: View) -> Page {
        let title = view("offices.terms.title")
        let form = view.form(
            OfficesTermsForm.self, action: "\(grid.href)/assignment",
            filled: ["due": view.day(grid.due), "objections": view.day(grid.objectionsUntil)])
        return Page(
            "offices-terms", title: title,
            Content(
                head: WebHead(
                    title: title, lead: grid.office, crumbs: grid.crumbs(view) + [WebCrumb(grid.office, grid.href)]),
                form: form, error: form.messages["column"],
                rows: columns.map { column in
                    let field = "column.\(column.column.code)"
                    return Content.Row(
                        id: field, label: "\(column.column.code) \(column.column.name(view))",
                        hint: column.isHeld
                            ? view("offices.terms.held")
                            : column.supplier.isEmpty ? nil : view("offices.terms.supplier", ["name": column.supplier]),
                        checked: form.typed.map { $0[field] != nil } ?? column.isAsked)
                }))
    }
}
