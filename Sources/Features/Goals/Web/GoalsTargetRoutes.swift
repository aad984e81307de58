import Core
import Criteria
import Database
import Documents
import Organisation
import Web

/// Targets, their history, and the areas behind their figures.
enum GoalsTargetRoutes {
    static func routes(_ files: ContentStore) -> [Route] {
        [
            .get(
                "/targets", .signedIn, GoalsTargetsOutput.self,
                query: [
                    Field("under", .record, optional: true), Field("span", .text(12), optional: true),
                    Field("q", .text(120), optional: true), Field("after", .record, optional: true),
                ]
            ) { try targets($0) },
            .get(
                "/targets/new", .holding(.setTargets), GoalsTargetNewOutput.self,
                query: [
                    Field("under", .record, optional: true), Field("span", .text(12), optional: true),
                    Field("title", .text(40), optional: true),
                ]
            ) { try new($0) },
            .post("/targets", .holding(.setTargets), GoalsTargetForm.self, bodyLimit: 16 << 20, again: { try new($0) })
            {
                try set($0, $1, files)
            },
            .get(
                "/targets/rows", .signedIn, GoalsRowsOutput.self,
                query: [
                    Field("figure", .choice(Goals.Figure.allCases.map(\.rawValue)), optional: true),
                    Field("under", .record, optional: true), Field("title", .text(40), optional: true),
                    Field("span", .text(12), optional: true),
                    Field("level", .choice(Criteria.Level.allCases.map(\.rawValue)), optional: true),
                    Field("after", .record, optional: true),
                ]
            ) { try rows($0) },
            .get("/targets/:id", .signedIn, GoalsTargetOutput.self) { try target($0) },
            .post(
                "/targets/:id", .holding(.setTargets), GoalsTargetForm.self, bodyLimit: 16 << 20,
                again: { try target($0) }
            ) { call, form in
                let target = try GoalsStore.target(call.id("id"), seenBy: call.sight, call.reader)
                guard target.territory.id == form.unit, target.title == form.title, target.span == form.span else {
                    throw NotFound()
                }
                return try set(call, form, files)
            },
            .file("/targets/:id/scans/:number", .signedIn) { call in
                let target = try GoalsStore.target(call.id("id"), seenBy: call.sight, call.reader)
                let number = Int(try call.parameter("number"))
                guard
                    let scan = try GoalsStore.versions(of: target.id, call.reader).first(where: { $0.number == number }
                    )?
                    .scan
                else { throw NotFound() }
                return GoalsFiles.answer(scan, files)
            },
        ]
    }

    private static func targets(_ call: Call<Actor>) throws -> GoalsTargetsOutput {
        let unit = try GoalsUnits.asked(call)
        let children = try OrganisationStore.children(of: unit.id, call.reader)
        let units = [unit.id] + children.map(\.title.id)
        let q = call.query["q"] ?? ""
        let after = call.query["after"].flatMap { ID($0) }
        let page = GoalsTargetsPage(children, VietnameseText.searchWords(q), after: after)
        let known = try GoalsStore.spans(of: units, call.reader)
        let thisYear = Goals.Span(from: call.today.year, until: call.today.year)
        let span = call.query["span"].flatMap { Goals.Span(code: $0) } ?? thisYear
        guard let span else { throw NotFound() }
        let targets = try GoalsStore.targets(of: units, span, call.reader)
        let figures = try GoalsStore.figures(
            of: [unit.id] + page.shown.map(\.title.id), span, on: call.today, call.reader)
        let titles = try GoalsUnits.titles(for: unit.id, call)
        func line(_ title: TerritoryTitle, _ areas: Int, _ code: String) -> GoalsTargetsOutput.Line {
            let target = targets.first { $0.territory.id == title.id && $0.title == code }
            let counts = figures[title.id]?[code] ?? Goals.Counts()
            return GoalsTargetsOutput.Line(
                unit: title, areas: areas, target: target?.id, value: target?.value, registered: counts.registered,
                met: counts.met, held: counts.held)
        }
        let areas = try OrganisationStore.count(under: unit.id, kind: .area, call.reader)
        return GoalsTargetsOutput(
            unit: unit.title, above: try GoalsUnits.above(unit, call), span: span.code,
            spans: Set(known + [span] + (thisYear.map { [$0] } ?? [])).sorted(by: >).map(\.code),
            titles: titles.map { code, name in
                let below = page.shown.map { line($0.title, $0.areas, code) }
                let set = targets.filter { $0.title == code && $0.territory.id != unit.id }.map(\.value)
                return GoalsTargetsOutput.Title(
                    code: code, name: GoalsName(name), own: line(unit.title, areas, code), below: below,
                    sumBelow: set.isEmpty ? nil : set.reduce(0, +))
            },
            maySet: call.authority.allows(call.who, .setTargets, unit), isOver: span.until < call.today.year,
            q: q.isEmpty ? nil : q, units: children.count, found: page.found, next: page.next,
            isFurther: after != nil,
            isNarrowed: try !q.isEmpty || span != thisYear || !GoalsUnits.isOwn(unit, call),
            views: try SavedViews.of(call.who.person, on: .targets, call.reader))
    }

    private static func new(_ call: Call<Actor>) throws -> GoalsTargetNewOutput {
        let units = try GoalsUnits.choices(call, former: false)
        // Whoever was not sent here from a unit's page begins with the uppermost of their own.
        let asked = try call.query["under"].flatMap { ID($0) } ?? GoalsUnits.asked(call).id
        return GoalsTargetNewOutput(
            unit: asked, title: call.query["title"],
            span: call.query["span"] ?? "\(call.today.year)", units: units,
            titles: try GoalsUnits.titles(for: asked, call).map {
                GoalsTargetNewOutput.Title(code: $0.code, name: GoalsName($0.name))
            })
    }

    private static func target(_ call: Call<Actor>) throws -> GoalsTargetOutput {
        let target = try GoalsStore.target(call.id("id"), seenBy: call.sight, call.reader)
        let counts =
            try GoalsStore.figures(of: [target.territory.id], target.span, on: call.today, call.reader)[
                target.territory.id]?[target.title] ?? Goals.Counts()
        let name = try GoalsUnits.titles(for: target.territory.id, call).first { $0.code == target.title }?.name
        return GoalsTargetOutput(
            id: target.id, unit: target.territory, title: target.title,
            titleName: GoalsName(name ?? Criteria.Name(target.title)), span: target.span.code,
            revision: target.revision,
            line: GoalsTargetsOutput.Line(
                unit: target.territory,
                areas: try OrganisationStore.count(under: target.territory.id, kind: .area, call.reader),
                target: target.id, value: target.value, registered: counts.registered, met: counts.met,
                held: counts.held),
            versions: try GoalsStore.versions(of: target.id, call.reader).map { version in
                GoalsTargetOutput.Version(
                    number: version.number, value: version.value, document: GoalsDocumentAnswer(version.document),
                    note: version.note, person: version.person, organisation: version.organisation, at: version.at,
                    hasScan: version.scan != nil)
            }, maySet: call.authority.allows(call.who, .setTargets, target))
    }

    private static func set(
        _ call: Call<Actor>, _ form: GoalsTargetForm, _ files: ContentStore
    ) throws -> Change {
        var faults = FormFaults()
        let unit = try faults.record("unit") {
            try OrganisationStore.territory(form.unit, seenBy: call.sight, call.reader)
        }
        let asked = try unit.map { try call.permit(.setTargets, $0) }
        // Of a unit that is none, nobody knows how many areas are too many.
        var areas = Int.max
        if let unit {
            if let refusal = GoalsUnits.refusal(of: unit) {
                faults.add(refusal)
            } else {
                areas = try OrganisationStore.count(under: unit.id, kind: .area, call.reader)
            }
            if try !GoalsUnits.titles(for: unit.id, call).contains(where: { $0.code == form.title }) {
                faults.add(Refusal(.invalid, "web.field.choice", field: "title"))
            }
        }
        faults.add(
            Goals.TargetRule(value: form.value, areas: areas, isSure: form.isSure, span: form.span)
                .refusal(on: call.today))
        faults.add(form.document.refusal(on: call.today))
        let permit = try faults.found(asked)
        let new = Goals.NewTarget(
            territory: form.unit, title: form.title, span: form.span, value: form.value, document: form.document,
            note: form.note)
        return .write(
            permit, as: "target.set", preparing: { try form.scan.map { try GoalsFiles.keep($0, files) } }
        ) { tx, scan in
            let kept = try GoalsStore.set(new, scan: scan, over: form.version, Goals.Deed(permit, tx), tx)
            return Receipt(
                id: kept.id, location: "/targets/\(kept.id)", version: kept.number, flash: "goals.flash.target")
        }
    }

    private static func rows(_ call: Call<Actor>) throws -> GoalsRowsOutput {
        let unit = try GoalsUnits.asked(call)
        let thisYear = Goals.Span(from: call.today.year, until: call.today.year)
        guard let span = call.query["span"].flatMap({ Goals.Span(code: $0) }) ?? thisYear else { throw NotFound() }
        let names = try GoalsUnits.titles(for: unit.id, call)
        let title = call.query["title"].flatMap { asked in names.first { $0.code == asked } }
        let filter = Goals.FigureFilter(
            call.query["figure"].flatMap(Goals.Figure.init) ?? .held, under: unit.id, title: title?.code, span: span,
            level: call.query["level"].flatMap(Criteria.Level.init), on: call.today)
        let after = call.query["after"].flatMap { ID($0) }
        let found = try GoalsStore.rows(filter, seenBy: call.sight, after: after, call.reader)
        return GoalsRowsOutput(
            unit: unit.title, figure: filter.figure, title: title?.code, titleName: title.map { GoalsName($0.name) },
            span: span.code, level: filter.level?.rawValue, day: call.today,
            count: try GoalsStore.count(filter, seenBy: call.sight, call.reader),
            rows: found.rows.map { row in
                GoalsRowsOutput.Row(
                    area: row.area, commune: row.commune, year: row.year, title: row.title,
                    titleName: GoalsName(names.first { $0.code == row.title }?.name ?? Criteria.Name(row.title)),
                    level: row.level, number: row.number, day: row.day, until: row.until, dossier: row.dossier)
            }, next: found.next, isFurther: after != nil,
            isNarrowed: try filter.figure != .held || title != nil || filter.level != nil || span != thisYear
                || !GoalsUnits.isOwn(unit, call),
            views: try SavedViews.of(call.who.person, on: .figureRows, call.reader))
    }
}

/// Which units a page of goals is of, and which a form offers.
enum GoalsUnits {
    /// The unit named in the address, or the uppermost of this person's; never an area, which has no targets.
    static func asked(_ call: Call<Actor>) throws -> Territory {
        if let asked = call.query["under"].flatMap({ ID($0) }) {
            return try OrganisationStore.territory(asked, seenBy: call.sight, call.reader)
        }
        guard let root = try OrganisationStore.roots(of: call.sight, call.reader).first else { throw NotFound() }
        // Whoever acts in areas only has no unit with targets in sight.
        guard root.kind != .area else { throw NotFound() }
        return try OrganisationStore.territory(root.id, seenBy: call.sight, call.reader)
    }

    /// Whether a unit is the one that stands there without any address.
    static func isOwn(_ unit: Territory, _ call: Call<Actor>) throws -> Bool {
        try OrganisationStore.roots(of: call.sight, call.reader).first?.id == unit.id
    }

    /// Areas and the country have neither targets nor goals, and what ended has none any more.
    static func refusal(of unit: Territory) -> Refusal? {
        unit.kind != .area && unit.kind != .country && unit.stands
            ? nil : Refusal(.invalid, "goals.refusal.unit", field: "unit")
    }

    static func above(_ unit: Territory, _ call: Call<Actor>) throws -> TerritoryTitle? {
        guard let parent = unit.parent, try OrganisationStore.covers(call.sight, parent, call.reader) else {
            return nil
        }
        let title = try OrganisationStore.titles(of: [parent], call.reader)[parent]
        return title?.kind == .country ? nil : title
    }

    /// The titles of areas that can be a target, by the criteria in force; the two of the directive where none is.
    static func titles(for unit: ID?, _ call: Call<Actor>) throws -> [(code: String, name: Criteria.Name)] {
        let set =
            try CriteriaStore.current(.residentialArea, on: call.today, for: unit, call.reader)
            ?? CriteriaStore.current(.residentialArea, on: call.today, call.reader)
        return set?.set.titles.reversed().map { ($0.code, $0.name) } ?? []
    }

    /// The units a form offers: those of this person and below, areas excepted.
    static func choices(_ call: Call<Actor>, former: Bool) throws -> [GoalsChoice] {
        try GoalsStore.units(seenBy: call.sight, former: former, call.reader).map { unit, ended in
            GoalsChoice(id: unit.id, label: unit.name, endedOn: ended, unit: unit)
        }
    }
}
