import Core
import Criteria
import Database
import Documents
import Organisation
import Recognition
import Web

/// Who is asked for what, until when.
enum OfficesAssignmentRoutes {
    /// The commune asked for in the query or the form, of those this person answers for; the first of theirs otherwise.
    static func place(_ call: Call<Actor>, _ asked: ID?) throws -> Territory {
        if let asked {
            let place = try OrganisationStore.territory(asked, seenBy: call.sight, call.reader)
            guard TerritoryKind.communes.contains(place.kind) else { throw NotFound() }
            return place
        }
        for root in try OrganisationStore.roots(of: call.sight, call.reader)
        where TerritoryKind.communes.contains(root.kind) {
            return try OrganisationStore.territory(root.id, seenBy: call.sight, call.reader)
        }
        throw NotFound()
    }

    static func assign(_ call: Call<Actor>, _ form: OfficesAssignmentForm) throws -> Change {
        let place = try place(call, form.place)
        let permit = try call.permit(.checkDossier, place)
        guard let (setID, set) = try set(for: place.id, year: form.year, call) else {
            throw Refusal(.invalid, "offices.assignment.refusal.noSet", ["year": "\(form.year)"])
        }
        let suppliers = Offices.suppliers(of: set)
        let known = Set(try OfficesStore.candidates(on: place.id, day: call.today, call.reader).map(\.id))
        var refusals = late(form.due, call.today)
        var codes: [ID: [String]] = [:]
        var order: [ID] = []
        let asked = try OfficesStore.answerable(for: set, territory: place.id, year: form.year, call.reader)
        for (number, choice) in form.offices.sorted(by: { $0.key < $1.key }) {
            guard suppliers.indices.contains(number), choice.map(known.contains) ?? true else {
                refusals.append(Refusal(.invalid, "web.field.choice", field: "office.\(number)"))
                continue
            }
            guard let office = choice else { continue }
            if codes[office] == nil { order.append(office) }
            codes[office, default: []] += suppliers[number].codes
        }
        let now = OfficesStanding.of(
            asked, try OfficesStore.grids(of: place.id, year: form.year, call.reader).first, suppliers.count)
        try now.refuse(form.over)
        let (ending, open) = Offices.successions(asked: asked, chosen: form.offices, figures: form.figures)
        if let refusal = Refusal.of(refusals + open) { throw refusal }
        guard !codes.isEmpty || !ending.isEmpty else {
            throw Refusal(.invalid, "offices.assignment.refusal.none")
        }
        let assignments = order.map { Offices.Assignment(organisation: $0, codes: codes[$0] ?? []) }
        return .write(permit, as: "office.assign") { tx in
            try OfficesStore.assign(
                assignments, ending: ending, territory: place.id, set: setID, year: form.year, due: form.due,
                objectionsUntil: form.objections, Offices.Deed(permit, tx), tx)
            return Receipt(
                id: place.id, location: "/offices/missing?place=\(place.id)&year=\(form.year)", version: nil,
                flash: ending.isEmpty ? "offices.flash.assigned" : "offices.flash.assignedEnded")
        }
    }

    static func change(_ call: Call<Actor>, _ form: OfficesTermsForm) throws -> Change {
        let grid = try call.grid()
        let permit = try call.permit(.checkDossier, grid)
        let known = try CriteriaStore.set(grid.criteriaSet, call.reader).indicators.map(\.code)
        guard form.codes.isSubset(of: known) else {
            throw Refusal(.invalid, "web.field.choice", field: "column")
        }
        try OfficesStanding.of(grid, try OfficesStore.codes(ofGrids: [grid.id], call.reader)[grid.id] ?? [])
            .refuse(form.over)
        // A day that has come stays; a new one has to be ahead.
        if form.due != grid.due, let refusal = Refusal.of(late(form.due, call.today)) { throw refusal }
        return .write(permit, as: "office.terms") { tx in
            try OfficesStore.change(
                grid, codes: known.filter(form.codes.contains), due: form.due, objectionsUntil: form.objections, tx)
            return Receipt(
                id: grid.id, location: "/offices/\(grid.id)", version: grid.revision + 1, flash: "offices.flash.terms")
        }
    }

    /// Nobody can be asked for figures until a day that is gone: then the areas would have to type them at once.
    private static func late(_ due: Day, _ today: Day) -> [Refusal] {
        due >= today ? [] : [Refusal(.invalid, "offices.assignment.refusal.pastDue", field: "due")]
    }

    /// The criteria set of a year for a commune's areas: the one that applies today, or at the end of a year gone by.
    static func set(for place: ID, year: Int, _ call: Call<Actor>) throws -> (id: ID, set: CriteriaSet)? {
        let last = Day(year: year, month: 12, day: 31) ?? call.today
        let day = year < call.today.year ? last : max(call.today, Day(year: year, month: 1, day: 1) ?? call.today)
        return try CriteriaStore.current(.residentialArea, on: day, for: place, call.reader)
    }
}

/// What is asked of offices at a moment, as a mark that a page carries: whoever sends a page back that was drawn before
/// somebody else changed it is told so, and overwrites nothing unseen. Figures that offices enter meanwhile do not count.
struct OfficesStanding {
    let mark: String

    private init(_ parts: [String]) {
        mark = ContentAddress(of: Array(parts.joined(separator: "|").utf8)).hex
    }

    static func of(_ grid: Offices.Grid, _ codes: some Collection<String>) -> OfficesStanding {
        OfficesStanding([grid.due.isoText, grid.objectionsUntil.isoText] + codes.sorted())
    }

    /// - Parameters:
    ///   - asked: who is asked for each supplier of the set, by its number.
    ///   - first: the first grid of the year; its days stand on the page.
    static func of(
        _ asked: [Int: Offices.Answerable], _ first: Offices.Grid?, _ suppliers: Int
    ) -> OfficesStanding {
        OfficesStanding(
            [first?.due.isoText ?? "", first?.objectionsUntil.isoText ?? ""]
                + (0..<suppliers).map { asked[$0]?.organisation.description ?? "" })
    }

    /// - Throws: `.conflict` when the page was drawn over something else.
    func refuse(_ over: String?) throws {
        guard let over, over != mark else { return }
        throw Refusal(.conflict, "offices.assignment.refusal.movedMeanwhile")
    }
}
