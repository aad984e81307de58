import Core
import Database

/// The area profile: numbers by year, groups, conventions, models, calendar.
extension OrganisationStore {
    /// The profile of an area that was looked up with Sight, or of any area for the portal, which shows the public part.
    package static func book(of area: ID, _ reader: any Reader) throws -> AreaBook {
        AreaBook(
            years: try years(of: area, reader), groups: try groups(of: area, reader),
            conventions: try conventions(of: area, reader), models: try models(of: area, reader),
            occasions: try occasions(of: area, reader), strengths: try strengths(of: area, reader))
    }

    /// Numbers by year, the newest first.
    package static func years(of area: ID, _ reader: any Reader) throws -> [AreaYear] {
        try reader.rows(
            """
            SELECT year, households, people, area_class, region FROM area_year WHERE territory_id = \(area)
            ORDER BY year DESC LIMIT 60
            """
        ).map {
            AreaYear(
                year: try $0.integer("year"), households: try $0.optionalInteger("households"),
                people: try $0.optionalInteger("people"), areaClass: try $0.optionalText("area_class"),
                region: try $0.optionalText("region"))
        }
    }

    /// The area’s groups, those that ended last. The area must have been looked up.
    package static func groups(of area: ID, _ reader: any Reader) throws -> [AreaGroup] {
        try reader.rows(
            """
            SELECT id, name, kind, households, since, ended_on FROM area_group WHERE territory_id = \(area)
            ORDER BY CASE WHEN ended_on IS NULL THEN 0 ELSE 1 END, sort_key, id LIMIT 200
            """
        ).map {
            AreaGroup(
                id: try $0.id("id"), name: try $0.text("name"), kind: try known(AreaGroupKind.self, $0, "kind"),
                households: try $0.optionalInteger("households"), since: try $0.optionalDay("since"),
                endedOn: try $0.optionalDay("ended_on"))
        }
    }

    /// Versions with their texts, the newest first.
    package static func conventions(of area: ID, _ reader: any Reader) throws -> [Convention] {
        try reader.rows(
            """
            SELECT id, version, kind, content, adopted_on, votes_for, households, recognised_by, recognised_on,
                recognition_document
            FROM area_convention WHERE territory_id = \(area) ORDER BY version DESC LIMIT 50
            """
        ).map {
            Convention(
                id: try $0.id("id"), version: try $0.integer("version"),
                kind: try known(ConventionKind.self, $0, "kind"), text: try $0.text("content"),
                adoptedOn: try $0.day("adopted_on"), votesFor: try $0.integer("votes_for"),
                households: try $0.integer("households"), recognisedBy: try $0.optionalText("recognised_by"),
                recognisedOn: try $0.optionalDay("recognised_on"),
                recognitionDocument: try $0.optionalText("recognition_document"))
        }
    }

    /// The area’s models, in the order of their names. The area must have been looked up.
    package static func models(of area: ID, _ reader: any Reader) throws -> [AreaModel] {
        try reader.rows(
            """
            SELECT m.id, m.name, m.kind, m.since, m.size, m.unit, m.looked_on, m.is_alive FROM area_model m
            WHERE m.territory_id = \(area) ORDER BY m.sort_key, m.id LIMIT 200
            """
        ).map(AreaModel.init)
    }

    /// The area’s occasions as they come in a year. The area must have been looked up.
    package static func occasions(of area: ID, _ reader: any Reader) throws -> [Occasion] {
        try reader.rows(
            """
            SELECT id, kind, name, starts_on, ends_on, is_yearly, note FROM area_occasion
            WHERE territory_id = \(area) ORDER BY starts_on, id LIMIT 200
            """
        ).map(occasion).sorted {
            ($0.from.month, $0.from.day, $0.from.year) < ($1.from.month, $1.from.day, $1.from.year)
        }
    }

    /// What falls on a day in areas: what to warn of before a day is set for several of them. Without Sight: the caller
    /// looked the areas up.
    package static func occasions(in areas: [ID], on day: Day, _ reader: any Reader) throws -> [ID: [Occasion]] {
        var found: [ID: [Occasion]] = [:]
        for start in stride(from: 0, to: areas.count, by: 500) {
            let some = Array(areas[start..<min(start + 500, areas.count)])
            for row in try reader.rows(
                """
                SELECT territory_id, id, kind, name, starts_on, ends_on, is_yearly, note FROM area_occasion
                WHERE territory_id IN (\(SQL.list(some))) ORDER BY territory_id, starts_on, id
                """)
            {
                let occasion = try occasion(row)
                if occasion.falls(on: day) { found[try row.id("territory_id"), default: []].append(occasion) }
            }
        }
        return found
    }

    private static func occasion(_ row: Row) throws -> Occasion {
        Occasion(
            id: try row.id("id"), kind: try known(OccasionKind.self, row, "kind"), name: try row.text("name"),
            from: try row.day("starts_on"), until: try row.day("ends_on"), isYearly: try row.flag("is_yearly"),
            note: try row.optionalText("note"))
    }
}

extension OrganisationStore {
    /// Puts the numbers of a year, new or over those that stood there; the newest year's become the area's own.
    package static func putYear(_ year: AreaYear, of area: ID, _ writer: any Writer) throws {
        try writeYear(year, of: area, writer)
        try takeNewest(of: area, writer)
    }

    static func writeYear(_ year: AreaYear, of area: ID, _ writer: any Writer) throws {
        let values: SQL = """
            households = \(year.households), people = \(year.people), area_class = \(year.areaClass),
            region = \(year.region)
            """
        try writer.execute(
            """
            INSERT INTO area_year (territory_id, year, households, people, area_class, region)
            VALUES (\(area), \(year.year), \(year.households), \(year.people), \(year.areaClass), \(year.region))
            ON CONFLICT (territory_id, year) DO UPDATE SET \(values)
            """)
    }

    /// The area's own numbers are those of its newest year; an area without years keeps what it has.
    static func takeNewest(of area: ID, _ writer: any Writer) throws {
        guard let newest = try years(of: area, writer).first else { return }
        try writer.execute(
            """
            UPDATE area SET households = \(newest.households), people = \(newest.people),
            area_class = \(newest.areaClass), region = \(newest.region), as_of = \(newest.year) WHERE territory_id = \(area)
            """)
    }

    /// Enters a group, or changes the one with its id.
    package static func putGroup(_ group: AreaGroup, of area: ID, _ writer: any Writer) throws {
        let values: SQL = """
            name = \(group.name), kind = \(group.kind.rawValue), households = \(group.households),
            sort_key = \(VietnameseOrder.sortKey(of: group.name)), since = \(group.since), ended_on = \(group.endedOn)
            """
        try writer.execute(
            """
            INSERT INTO area_group (id, territory_id, name, kind, households, sort_key, since, ended_on)
            VALUES (\(group.id), \(area), \(group.name), \(group.kind.rawValue), \(group.households),
            \(VietnameseOrder.sortKey(of: group.name)), \(group.since), \(group.endedOn))
            ON CONFLICT (id) DO UPDATE SET \(values)
            """)
    }

    /// The next version of an area's convention; the number is given here.
    package static func addConvention(_ convention: Convention, of area: ID, _ writer: any Writer) throws {
        try writer.execute(
            """
            INSERT INTO area_convention (id, territory_id, version, kind, content, adopted_on, votes_for, households,
            recognised_by, recognised_on, recognition_document)
            VALUES (\(convention.id), \(area), \(convention.version), \(convention.kind.rawValue), \(convention.text),
            \(convention.adoptedOn), \(convention.votesFor), \(convention.households), \(convention.recognisedBy),
            \(convention.recognisedOn), \(convention.recognitionDocument))
            """)
    }

    /// Writes down, once, by whom a version was recognised.
    ///
    /// - Throws: `.conflict` when that is known already.
    package static func recognise(
        _ convention: ID, by body: String, on day: Day, document: String, _ writer: any Writer
    ) throws {
        let touched = try writer.execute(
            """
            UPDATE area_convention SET recognised_by = \(body), recognised_on = \(day), recognition_document = \(document)
            WHERE id = \(convention) AND recognised_by IS NULL
            """)
        guard touched == 1 else {
            throw Refusal(.conflict, "organisation.profile.refusal.recognisedAlready")
        }
    }

    /// Puts a model, new or over what stood there. Once somebody from outside went and looked, what they found stays as
    /// they wrote it: the area's own word on when it was alive is not taken any more.
    package static func putModel(_ model: AreaModel, of area: ID, _ writer: any Writer) throws {
        let isLookedAt = try lastLook(at: model.id, writer) != nil
        let old = try writer.first("SELECT name FROM area_model WHERE id = \(model.id)")?.text("name")
        let alive: SQL = model.isAlive.map { "\($0)" } ?? "NULL"
        let (sortKey, searchKey) = (
            VietnameseOrder.sortKey(of: model.name), VietnameseText.searchKey(of: model.name)
        )
        let values: SQL = """
            name = \(model.name), sort_key = \(sortKey), search_key = \(searchKey), kind = \(model.kind.rawValue),
            since = \(model.since), size = \(model.size?.thousandths), unit = \(model.unit)
            """
        let look: SQL = isLookedAt ? .empty : ", looked_on = \(model.lookedOn), is_alive = \(alive)"
        try writer.execute(
            """
            INSERT INTO area_model (id, territory_id, name, sort_key, search_key, kind, since, size, unit, looked_on,
                is_alive)
            VALUES (\(model.id), \(area), \(model.name), \(sortKey), \(searchKey), \(model.kind.rawValue),
                \(model.since), \(model.size?.thousandths), \(model.unit), \(model.lookedOn), \(alive))
            ON CONFLICT (id) DO UPDATE SET \(values)\(look)
            """)
        try listModel(model.id, from: old, to: model.name, of: area, writer)
    }

    /// Enters an occasion, or changes the one with its id.
    package static func putOccasion(_ occasion: Occasion, of area: ID, _ writer: any Writer) throws {
        let values: SQL = """
            kind = \(occasion.kind.rawValue), name = \(occasion.name), starts_on = \(occasion.from),
            ends_on = \(occasion.until), is_yearly = \(occasion.isYearly), note = \(occasion.note)
            """
        try writer.execute(
            """
            INSERT INTO area_occasion (id, territory_id, kind, name, starts_on, ends_on, is_yearly, note)
            VALUES (\(occasion.id), \(area), \(occasion.kind.rawValue), \(occasion.name), \(occasion.from),
            \(occasion.until), \(occasion.isYearly), \(occasion.note)) ON CONFLICT (id) DO UPDATE SET \(values)
            """)
    }

    /// Takes a slip of the pen out of the profile; what it said stays in the audit trail.
    static func remove(_ part: ProfilePart, _ id: ID, of area: ID, _ writer: any Writer) throws {
        guard let table = part.table else { throw NotFound() }
        if part == .models, try lastLook(at: id, writer) != nil {
            throw Refusal(.conflict, "organisation.profile.refusal.lookedAt")
        }
        if part == .models,
            let gone = try writer.first("SELECT name FROM area_model WHERE id = \(id) AND territory_id = \(area)")
        {
            try listModel(id, from: gone.text("name"), to: nil, of: area, writer)
        }
        try writer.execute("DELETE FROM \(table) WHERE id = \(id) AND territory_id = \(area)")
    }
}

/// The parts of a profile, as their addresses name them.
enum ProfilePart: String, Sendable, CaseIterable, Codable {
    case numbers, strengths, groups, conventions, models, occasions

    /// Where entries can be taken out again.
    var table: SQL? {
        switch self {
        case .groups: "area_group"
        case .models: "area_model"
        case .occasions: "area_occasion"
        case .numbers, .strengths, .conventions: nil
        }
    }
}
