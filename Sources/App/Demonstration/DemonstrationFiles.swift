import Core
import Criteria
import Foundation
import Yams

/// Something in the folder Demonstration, or in what its files say together, that cannot be.
package struct DemonstrationFault: Error, CustomStringConvertible {
    let file: String
    /// Where in the file: "areas.3.households", or the entry's own key.
    let key: String
    let problem: String

    package var description: String { "Demonstration/\(file), \(key): \(problem)" }
}

/// The files of the folder Demonstration, read and held against each other: a key that one file uses is there in
/// the file that has to declare it.
package struct DemonstrationFiles: Sendable {
    let territory: DemonstrationTerritory
    package let areas: [DemonstrationArea]
    let bodies: DemonstrationBodies
    package let cast: [DemonstrationPerson]
    /// The areas' economic region.
    let region: String
    package private(set) var year: DemonstrationYear
    /// Years before and after, each on its own version of the criteria.
    package let otherYears: [DemonstrationOtherYear]
    let profiles: [DemonstrationProfiles.Profile]
    let practices: DemonstrationPracticeYear
    let goals: DemonstrationGoalsFile
    let rechecks: DemonstrationRechecksFile
    let offices: DemonstrationOfficesFile
    let surveys: [DemonstrationSurveysFile.Survey]
    let ballots: DemonstrationBallotsFile
    let takenOn: DemonstrationTakenOnFile
    /// frame.yaml and rules.yaml as they stand.
    let frame: String
    let rules: String
    let laterRules: [DemonstrationRulesVersion]
    /// criteria.yaml as the version of the year has it, which is what is published, and on which day.
    private(set) var criteria: String
    private(set) var published: Day
    package private(set) var set: CriteriaSet

    /// - Parameter folder: the folder Demonstration.
    /// - Throws: `DemonstrationFault`.
    package static func read(_ folder: String) throws -> DemonstrationFiles {
        let versions = try decode("criteria-versions.yaml", in: folder, as: DemonstrationVersions.self)
        let base = try text("criteria.yaml", in: folder)
        let main = try decode("dossiers.yaml", in: folder, as: DemonstrationYear.self)
        let others = try versions.years.filter { $0 != main.year }.map { year in
            let told = try decode("dossiers-\(year).yaml", in: folder, as: DemonstrationYear.self)
            return DemonstrationOtherYear(year: told, version: try versions.version(of: year, from: base))
        }
        let version = try versions.version(of: main.year, from: base)
        let rules = try text("rules.yaml", in: folder)
        let areas = try decode("areas.yaml", in: folder, as: DemonstrationAreas.self)
        let files = DemonstrationFiles(
            territory: try decode("territory.yaml", in: folder),
            areas: areas.areas,
            bodies: try decode("organisations.yaml", in: folder),
            cast: try decode("cast.yaml", in: folder, as: DemonstrationCast.self).cast,
            region: areas.region, year: main, otherYears: others,
            profiles: try decode("profile.yaml", in: folder, as: DemonstrationProfiles.self).profiles,
            practices: try decode("practices.yaml", in: folder),
            goals: try decode("goals.yaml", in: folder), rechecks: try decode("rechecks.yaml", in: folder),
            offices: try decode("offices.yaml", in: folder),
            surveys: try decode("surveys.yaml", in: folder, as: DemonstrationSurveysFile.self).surveys,
            ballots: try decode("ballots.yaml", in: folder),
            takenOn: try decode("taken-on.yaml", in: folder), frame: try text("frame.yaml", in: folder),
            rules: rules, laterRules: try versions.laterRules(than: rules), criteria: version.text,
            published: version.published,
            set: version.set)
        try files.check()
        return files
    }

    /// The same story with another year in its middle.
    func telling(_ other: DemonstrationOtherYear) -> DemonstrationFiles {
        var told = self
        told.year = other.year
        told.criteria = other.version.text
        told.published = other.version.published
        told.set = other.version.set
        return told
    }

    private static func text(_ file: String, in folder: String) throws -> String {
        guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(file)") else {
            throw DemonstrationFault(file: file, key: "the file", problem: "cannot be read in \(folder)")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func decode<Content: Decodable>(
        _ file: String, in folder: String, as type: Content.Type = Content.self
    ) throws -> Content {
        do {
            return try YAMLDecoder().decode(type, from: text(file, in: folder))
        } catch let error as DecodingError {
            throw DemonstrationFault(file: file, key: path(error), problem: problem(error))
        } catch let error as YamlError {
            throw DemonstrationFault(file: file, key: "the file", problem: "\(error)")
        }
    }

    private static func path(_ error: DecodingError) -> String {
        let keys: [any CodingKey] =
            switch error {
            case .keyNotFound(let key, let context): context.codingPath + [key]
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                context.codingPath
            @unknown default: []
            }
        let steps = keys.map { key in key.intValue.map(String.init) ?? key.stringValue }
        return steps.isEmpty ? "the file" : steps.joined(separator: ".")
    }

    private static func problem(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound: "is missing"
        case .valueNotFound: "has no value"
        case .typeMismatch(_, let context), .dataCorrupted(let context): context.debugDescription
        @unknown default: "cannot be read"
        }
    }
}

extension DemonstrationFiles {
    private func check() throws {
        try checkTerritory()
        let units = Set(territory.territory.map(\.key)).union(areas.map(\.key))
        let all = try allBodies()
        let bodies = Set(all.map(\.key))
        for body in all {
            try expect(units, body.territory, "organisations.yaml", "\(body.key).territory")
            if let parent = body.parent { try expect(bodies, parent, "organisations.yaml", "\(body.key).parent") }
        }
        for person in cast {
            for role in person.roles {
                try expect(bodies, role.organisation, "cast.yaml", "\(person.key).roles.organisation")
                if let unit = role.territory { try expect(units, unit, "cast.yaml", "\(person.key).roles.territory") }
            }
        }
        let areas = Set(areas.map(\.key))
        for area in self.bodies.strength.named.keys { try expect(areas, area, "organisations.yaml", "strength.named") }
        for profile in profiles { try expect(areas, profile.area, "profile.yaml", "profiles.area") }
        for told in practices.practices {
            try expect(areas, told.area, "practices.yaml", "\(told.key).area")
            for follower in told.followers ?? [] {
                try expect(areas, follower.area, "practices.yaml", "\(told.key).followers")
            }
        }
        for model in practices.models { try expect(areas, model.area, "practices.yaml", "\(model.key).area") }
        for handed in practices.handovers { try expect(areas, handed.area, "practices.yaml", "handovers.area") }
        try checkYear(bodies)
        for other in otherYears { try telling(other).checkYear(bodies) }
    }

    private func checkTerritory() throws {
        let units = Set(territory.territory.map(\.key))
        for unit in territory.territory {
            if let parent = unit.parent { try expect(units, parent, "territory.yaml", "\(unit.key).parent") }
        }
        for change in territory.successions {
            for key in change.from + [change.into].compactMap({ $0 }) {
                try expect(units, key, "territory.yaml", "successions.\(change.day)")
            }
        }
        for area in areas {
            try expect(units, area.commune, "areas.yaml", "\(area.key).commune")
            if let before = area.formedFrom { try expect(units, before, "areas.yaml", "\(area.key).formed_from") }
        }
    }

    private func checkYear(_ bodies: Set<String>) throws {
        let file = "dossiers.yaml"
        let areas = Set(areas.map(\.key))
        guard year.criteriaSet == set.code else {
            throw DemonstrationFault(file: file, key: "criteria_set", problem: "criteria.yaml declares \(set.code)")
        }
        for held in year.held {
            try expect(bodies, held.decidedBy, file, "\(held.number).decided_by")
            for area in held.areas { try expect(areas, area, file, "\(held.number).areas") }
        }
        for draft in year.drafts { try expect(bodies, draft.decidedBy, file, "\(draft.key).decided_by") }
        for dossier in year.dossiers {
            try expect(areas, dossier.area, file, "dossiers.area")
            guard set.title(dossier.title) != nil else {
                throw DemonstrationFault(file: file, key: "\(dossier.area).title", problem: "not a title of the set")
            }
            for values in [dossier.own, dossier.check, dossier.appraisal].compactMap({ $0 }) {
                for code in values.keys { _ = try value(values[code] ?? "", of: code, in: dossier) }
            }
            for back in dossier.returns ?? [] { try expect(bodies, back.by, file, "\(dossier.area).returns.by") }
        }
    }

    private func expect(_ known: Set<String>, _ key: String, _ file: String, _ place: String) throws {
        guard known.contains(key) else {
            throw DemonstrationFault(file: file, key: place, problem: "\(key) is declared nowhere")
        }
    }
}
