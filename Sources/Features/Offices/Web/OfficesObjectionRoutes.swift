import Core
import Criteria
import Database
import Organisation
import Recognition
import Web

/// Objections and their answers.
enum OfficesObjectionRoutes {
    static func object(_ call: Call<Actor>, _ form: OfficesObjectionForm) throws -> Change {
        let figure = try OfficesFigure(call)
        let permit = try call.permit(.fillAssessment, figure.area)
        guard let held = figure.held, held.grid == figure.grid.id else {
            throw Refusal(.conflict, "offices.objection.refusal.nothing")
        }
        let format = call.language.format
        if let refusal = Offices.Terms.refusalToObject(
            today: call.today, until: figure.until(held), isOpen: false,
            shown: { format.day($0) })
        {
            throw refusal
        }
        var claimed: Criteria.Value?
        if let typed = form.claimed {
            do { claimed = try Offices.Typed.read(typed, for: figure.indicator) } catch {
                throw Refusal(.invalid, error.key, field: "claimed", error.arguments)
            }
            if claimed == held.value { throw Refusal(.invalid, "offices.objection.refusal.same", field: "claimed") }
        }
        let (grid, value) = (figure.grid, claimed)
        return .write(permit, as: "office.object") { tx in
            let id = try OfficesStore.object(
                to: held, in: grid, claimed: value, reason: form.reason, Offices.Deed(permit, tx), tx)
            return Receipt(
                id: id, location: OfficesRoutes.figure(held.area, held.code, year: grid.year),
                flash: "offices.flash.objected")
        }
    }

    static func answer(
        _ call: Call<Actor>, _ form: OfficesAnswerForm, _ after: @escaping OfficesSaved
    ) throws -> Change {
        let objection = try OfficesStore.objection(call.id("id"), seenBy: call.sight, call.reader)
        let grid = try OfficesStore.grid(objection.grid, unattended: call.reader)
        let permit = try call.permitToSupply(objection, of: grid.organisation)
        guard objection.outcome == nil else {
            return .write(permit, as: "office.answer") { _ in
                throw Refusal(.conflict, "offices.answer.refusal.answered")
            }
        }
        guard
            let indicator = try CriteriaStore.set(grid.criteriaSet, call.reader).indicators
                .first(where: { $0.code == objection.code })
        else { throw NotFound() }
        var settled: Criteria.Value?
        if form.outcome == .mended, let typed = form.value {
            do { settled = try Offices.Typed.read(typed, for: indicator) } catch {
                throw Refusal(.invalid, error.key, field: "value", error.arguments)
            }
            let held = try OfficesStore.held(
                areas: [objection.area.id], set: grid.criteriaSet, year: grid.year, call.reader)
            if held[objection.area.id]?[objection.code]?.value == settled {
                throw Refusal(.invalid, "offices.answer.refusal.same", field: "value")
            }
        }
        let value = settled
        return .write(permit, as: "office.answer") { tx in
            let saved = try OfficesStore.answer(
                objection, in: grid, settled: value, reason: form.reason, Offices.Deed(permit, tx), tx)
            if value != nil { try after([objection.area.id], grid.year, tx) }
            return Receipt(
                id: objection.id, location: "/objections/\(objection.id)", version: objection.revision + 1,
                flash: saved.map { $0.passedBy.isEmpty ? "offices.flash.mended" : "offices.flash.mendedPassed" }
                    ?? "offices.flash.kept")
        }
    }
}

/// One figure of an area, as the page shows it and an objection is made of it.
struct OfficesFigure {
    let area: Territory
    let year: Int
    let grid: Offices.Grid
    let indicator: Criteria.Indicator
    let held: Offices.Held?
    let objections: [Offices.Objection]
    private let mendingUntil: Day?

    init(_ call: Call<Actor>) throws {
        let area = try OrganisationStore.territory(call.id("id"), seenBy: call.sight, call.reader)
        guard area.kind == .area, let commune = area.parent else { throw NotFound() }
        let year = call.yearAsked
        self.area = area
        self.year = year
        let code = try call.parameter("code")
        let grids = try OfficesStore.grids(of: commune, year: year, call.reader)
        var found: (grid: Offices.Grid, indicator: Criteria.Indicator)?
        var value: Offices.Held?
        for grid in grids {
            guard let indicator = try OfficesStore.indicators(of: grid, call.reader).first(where: { $0.code == code })
            else { continue }
            let held = try OfficesStore.held(areas: [area.id], set: grid.criteriaSet, year: year, call.reader)
            let here = held[area.id]?[code]
            // Of several offices asked for the same, the one that holds it.
            if found == nil || here?.grid == grid.id { (found, value) = ((grid, indicator), here) }
        }
        guard let found else { throw NotFound() }
        (grid, indicator, held) = (found.grid, found.indicator, value)
        objections = try OfficesStore.objections(of: area.id, year: year, call.reader).filter { $0.code == code }
        mendingUntil = try RecognitionStore.supplyable(
            areas: [area.id], year: year, setCode: found.grid.setCode, call.reader
        ).filter { $0.state == .returned }.compactMap(\.due).max()
    }

    /// The last day on which the area may object to a value.
    func until(_ held: Offices.Held) -> Day {
        Offices.Terms.objectionEnds(told: grid.objectionsUntil, changed: held.at.day, mendingUntil: mendingUntil)
    }
}
