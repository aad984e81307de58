import Core
import Criteria
import Foundation

/// criteria-versions.yaml: the versions of the set, told by what is written otherwise in criteria.yaml.
struct DemonstrationVersions: Decodable, Sendable {
    struct Edit: Decodable, Sendable {
        /// A text behind which to look; nil: from the beginning.
        let at: String?
        let from: String
        let to: String
    }

    struct Version: Decodable, Sendable {
        let year: Int
        let published: Day
        let edits: [Edit]
        let rules: [Edit]?
    }

    private static let file = "criteria-versions.yaml"

    let versions: [Version]

    var years: [Int] { versions.map(\.year) }

    /// The version of a year, read as the product reads it.
    ///
    /// - Throws: `DemonstrationFault` when an edit finds nothing to change or the text is no set.
    func version(of year: Int, from base: String) throws -> DemonstrationVersion {
        guard let told = versions.first(where: { $0.year == year }) else {
            throw DemonstrationFault(file: Self.file, key: "\(year)", problem: "is missing")
        }
        let text = try Self.edited(base, by: told.edits, year)
        let reading = Criteria.YAML.read(text)
        guard let set = reading.set else {
            let faults = reading.faults.filter { !$0.isWarning }.map {
                "\($0.key) at \($0.place), line \($0.line ?? 0)"
            }
            throw DemonstrationFault(
                file: "criteria.yaml", key: "the set of \(year)", problem: faults.joined(separator: "; "))
        }
        return DemonstrationVersion(text: text, published: told.published, set: set)
    }

    /// The rules of recognition as they were published anew with a version of the set.
    func laterRules(than base: String) throws -> [DemonstrationRulesVersion] {
        try versions.compactMap { told in
            try told.rules.map {
                DemonstrationRulesVersion(text: try Self.edited(base, by: $0, told.year), published: told.published)
            }
        }
    }

    private static func edited(_ base: String, by edits: [Edit], _ year: Int) throws -> String {
        var text = base
        for edit in edits {
            let begin = edit.at.map { text.range(of: $0)?.upperBound } ?? text.startIndex
            guard let begin, let place = text[begin...].range(of: edit.from) else {
                throw DemonstrationFault(
                    file: file, key: "\(year), \(edit.at ?? "the beginning")", problem: "no such place: \(edit.from)")
            }
            text.replaceSubrange(place, with: edit.to)
        }
        return text
    }
}

/// The rules of recognition after the first ones.
struct DemonstrationRulesVersion: Sendable {
    let text: String
    let published: Day
}

/// One version of the set.
struct DemonstrationVersion: Sendable {
    let text: String
    let published: Day
    let set: CriteriaSet
}
