import Core
import Criteria
import Database
import Offices
import Organisation
import Recognition

/// The offices' grids: each commune asks its offices, each fills its columns once for all areas, areas object and
/// figures are mended.
enum DemonstrationOffices {
    private static let file = "offices.yaml"

    static func happenings(_ story: DemonstrationFiles) throws -> [DemonstrationHappening] {
        let offices = story.offices
        var happenings: [DemonstrationHappening] = []
        for commune in story.bodies.perCommune.communes {
            happenings.append(
                try DemonstrationHappening(offices.assigned, Morning.clock(commune, 30), file, commune) {
                    try await assign(commune, $0)
                })
            for office in offices.offices {
                happenings.append(
                    try DemonstrationHappening(
                        office.filled, Morning.clock(commune + office.by, 20), file, "\(office.by)-\(commune)"
                    ) { try await fill(office, of: commune, $0) })
            }
        }
        for mending in try mendings(story) { happenings += try told(mending) }
        for document in offices.documents {
            happenings.append(
                try DemonstrationHappening(document.day, "15:10", file, document.file) {
                    try await add(document, $0)
                })
        }
        return happenings
    }

    /// A figure that was put in otherwise, objected to or not, and mended or not.
    private struct Mending: Sendable {
        let area: String
        let commune: String
        let code: String
        let office: String
        let before: String
        let now: String?
        let claimed: String?
        let day: Day
        let settled: Day?
        let words: String?
        let answer: String?
    }

    private static func mendings(_ story: DemonstrationFiles) throws -> [Mending] {
        var found: [Mending] = []
        let communes = Dictionary(story.areas.map { ($0.key, $0.commune) }, uniquingKeysWith: { first, _ in first })
        func office(_ code: String) throws -> String {
            guard let office = story.offices.offices.first(where: { $0.codes.contains(code) }) else {
                throw DemonstrationFault(file: file, key: code, problem: "no office is asked for it")
            }
            return office.by
        }
        for dossier in story.year.dossiers {
            let told = (dossier.objections ?? []).map { ($0, true) } + (dossier.corrections ?? []).map { ($0, false) }
            for (one, isObjection) in told {
                found.append(
                    Mending(
                        area: dossier.area, commune: communes[dossier.area] ?? "", code: one.indicator,
                        office: try office(one.indicator), before: one.figure, now: one.figureNow,
                        claimed: one.claimed, day: one.day,
                        settled: isObjection ? one.settled : one.day, words: isObjection ? one.words : nil,
                        answer: nil))
            }
        }
        for one in story.offices.objections {
            found.append(
                Mending(
                    area: one.area, commune: communes[one.area] ?? "", code: one.indicator, office: one.by,
                    before: one.figure, now: one.settled == nil ? nil : one.claimed, claimed: one.claimed,
                    day: one.day, settled: one.settled, words: one.words, answer: one.answer))
        }
        return found
    }

    private static func told(_ mending: Mending) throws -> [DemonstrationHappening] {
        var happenings: [DemonstrationHappening] = []
        if mending.words != nil {
            happenings.append(
                try DemonstrationHappening(mending.day, Evening.clock(mending.area, 10), file, mending.area) {
                    try await object(mending, $0)
                })
        }
        if let settled = mending.settled, mending.now != nil {
            happenings.append(
                try DemonstrationHappening(settled, "14:25", file, mending.area) { try await mend(mending, $0) })
        }
        return happenings
    }

    private static func assign(_ commune: String, _ scene: DemonstrationScene) async throws {
        guard let set = scene.criteriaSet else {
            throw DemonstrationFault(file: file, key: commune, problem: "no criteria set is in force")
        }
        let unit = try scene.unit(commune)
        let hand = DemonstrationHand(
            actor: try scene.holder(of: [.communeFrontChair], over: commune),
            organisation: try scene.body("mttq-\(commune)"))
        for office in scene.story.offices.offices {
            let assignment = Offices.Assignment(
                organisation: try scene.body("\(office.by)-\(commune)"), codes: office.codes)
            let year = scene.story.offices.year
            try await scene.act(
                hand, .checkDossier, as: "office.assign", on: { try OrganisationStore.publicTerritory(unit, $0) }
            ) { _, deed, tx in
                let ids = try OfficesStore.assign(
                    [assignment], territory: unit, set: set, year: year, due: office.due,
                    objectionsUntil: office.objectionsUntil, Offices.Deed(person: deed.person, at: deed.at), tx)
                return Receipt(id: ids.first)
            }
        }
    }

    private static func fill(
        _ office: DemonstrationOfficesFile.Office, of commune: String, _ scene: DemonstrationScene
    ) async throws {
        let story = scene.story
        let mended = try mendings(story)
        var changes: [Offices.Change] = []
        for area in story.areas where area.commune == commune {
            let dossier = story.year.dossiers.first { $0.area == area.key && $0.days.withdrawn == nil }
            for code in office.codes {
                let before = mended.first { $0.area == area.key && $0.code == code }?.before
                guard let text = before ?? text(code, of: area.key, dossier, story), !text.isEmpty else { continue }
                changes.append(
                    Offices.Change(
                        cell: Offices.Cell(area: try scene.unit(area.key), code: code), before: nil,
                        after: try value(text, of: code, area.key, dossier, story),
                        note: before == nil ? dossier.flatMap { story.note(code, beside: .own, in: $0) } : nil))
            }
        }
        try await save(changes, office: office.by, commune: commune, as: .pasted, scene)
    }

    /// The dossier's figure where there is a dossier; a drawn one otherwise.
    private static func text(
        _ code: String, of area: String, _ dossier: DemonstrationDossier?, _ story: DemonstrationFiles
    ) -> String? {
        guard let dossier else { return story.offices.others[code]?.drawn("\(area) \(code)") }
        return dossier.own?[code]
    }

    private static func value(
        _ text: String, of code: String, _ area: String, _ dossier: DemonstrationDossier?, _ story: DemonstrationFiles
    ) throws -> Criteria.Value {
        // Any dossier's name serves for words about a value that cannot be read.
        guard let dossier = dossier ?? story.year.dossiers.first else {
            throw DemonstrationFault(file: file, key: area, problem: "there are no dossiers")
        }
        return try story.value(text, of: code, in: dossier)
    }

    private static func save(
        _ changes: [Offices.Change], office: String, commune: String, as kind: Offices.Save.Kind,
        _ scene: DemonstrationScene
    ) async throws {
        let (hand, grid) = try await grid(office, commune, scene)
        try await scene.act(
            hand, .supplyValues, as: "office.save", on: { try OfficesStore.grid(grid, unattended: $0) }
        ) { grid, deed, tx in
            let saved = try OfficesStore.save(
                changes, in: grid, as: kind, Offices.Deed(person: deed.person, at: deed.at), tx)
            return Receipt(id: saved.save)
        }
    }

    /// The office's grid, and its clerk where the cast has one.
    private static func grid(
        _ office: String, _ commune: String, _ scene: DemonstrationScene
    ) async throws -> (DemonstrationHand, ID) {
        let key = "\(office)-\(commune)"
        let (body, unit) = (try scene.body(key), try scene.unit(commune))
        let clerk = scene.story.cast.first { person in
            person.roles.contains { $0.role == .officeClerk && $0.organisation == key }
        }
        let year = scene.story.offices.year
        let grid = try await scene.database.read { reader in
            try OfficesStore.grids(of: unit, year: year, reader).first { $0.organisation == body }?.id
        }
        guard let grid else { throw DemonstrationFault(file: file, key: key, problem: "was asked for nothing") }
        return (DemonstrationHand(actor: try clerk.map { try scene.actor($0.key) }, organisation: body), grid)
    }

    private static func add(
        _ document: DemonstrationOfficesFile.Document, _ scene: DemonstrationScene
    ) async throws {
        let (hand, id) = try await grid(document.by, document.commune, scene)
        let held = try await scene.database.read { reader in
            let grid = try OfficesStore.grid(id, unattended: reader)
            return (try OfficesStore.areas(of: grid.territory.id, reader), try OfficesStore.cells(of: grid, reader))
        }
        let bytes = try document.sheet(held.0, held.1)
        let new = Offices.NewDocument(
            address: try scene.files.put(bytes), fileKind: "xlsx", fileName: document.file, bytes: bytes.count)
        try await scene.act(
            hand, .supplyValues, as: "office.document", on: { try OfficesStore.grid(id, unattended: $0) }
        ) { grid, deed, tx in
            Receipt(
                id: try OfficesStore.add(
                    new, caption: document.caption, codes: document.codes, to: grid,
                    Offices.Deed(person: deed.person, at: deed.at), tx))
        }
    }

    private static func object(_ mending: Mending, _ scene: DemonstrationScene) async throws {
        let story = scene.story
        let area = try scene.unit(mending.area)
        let dossier = story.year.dossiers.first { $0.area == mending.area }
        let claimed = try mending.claimed.map { try value($0, of: mending.code, mending.area, dossier, story) }
        let (_, grid) = try await grid(mending.office, mending.commune, scene)
        let hand = DemonstrationHand(
            actor: try scene.holder(of: [.frontWorkCommitteeHead, .areaHead], over: mending.area),
            organisation: try scene.body("ctmt-\(mending.area)"))
        try await scene.act(
            hand, .fillAssessment, as: "office.object", on: { try OrganisationStore.publicTerritory(area, $0) }
        ) { _, deed, tx in
            let grid = try OfficesStore.grid(grid, unattended: tx)
            let held = try OfficesStore.held(areas: [area], set: grid.criteriaSet, year: grid.year, tx)
            guard let figure = held[area]?[mending.code] else { throw NotFound() }
            return Receipt(
                id: try OfficesStore.object(
                    to: figure, in: grid, claimed: claimed, reason: mending.words ?? "",
                    Offices.Deed(person: deed.person, at: deed.at), tx))
        }
    }

    private static func mend(_ mending: Mending, _ scene: DemonstrationScene) async throws {
        let story = scene.story
        let area = try scene.unit(mending.area)
        guard let dossier = story.year.dossiers.first(where: { $0.area == mending.area }), let now = mending.now else {
            return
        }
        let settled = try value(now, of: mending.code, mending.area, dossier, story)
        let note = story.note(mending.code, beside: .own, in: dossier)
        let (hand, id) = try await grid(mending.office, mending.commune, scene)
        guard mending.words != nil else {
            let cell = Offices.Cell(area: area, code: mending.code)
            let before = try value(mending.before, of: mending.code, mending.area, dossier, story)
            return try await save(
                [Offices.Change(cell: cell, before: before, after: settled, note: note)], office: mending.office,
                commune: mending.commune, as: .typed, scene)
        }
        let objection = try await scene.database.read { reader in
            try OfficesStore.objections(of: area, year: story.offices.year, reader)
                .first { $0.code == mending.code && $0.outcome == nil }?.id
        }
        guard let objection else { throw NotFound() }
        try await scene.act(
            hand, .supplyValues, as: "office.answer",
            on: { try OfficesStore.objection(objection, unattended: $0) }
        ) { objection, deed, tx in
            try OfficesStore.answer(
                objection, in: OfficesStore.grid(id, unattended: tx), settled: settled, reason: mending.answer,
                note: note, Offices.Deed(person: deed.person, at: deed.at), tx)
            return Receipt(id: objection.id)
        }
    }
}
