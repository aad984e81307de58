import Core

/// The values of one line of a plan, as they are kept: fields in a fixed order between signs that no name can hold.
/// A hundred thousand of them are written and read again within a second, which JSON would not be.
struct ImportRecord: Codable, Sendable, Equatable {
    let kind: String
    let name: String
    let code: String?
    let place: ID?
    let parent: ID?
    let order: Int?
    let households: Int?
    let people: Int?
    let areaClass: String?
    let asOf: Int?
    let isInvented: Bool
    let from: Day?
    let until: Day?
    let successions: [ID]
    let region: String?

    private static let separator = Character("\u{1F}")

    init(_ record: OrganisationImport.Record, _ resolve: (OrganisationImport.Reference) -> ID) {
        kind = record.kind
        name = record.name
        code = record.code
        place = record.place.map(resolve)
        parent = record.parent.map(resolve)
        order = record.order
        households = record.households
        people = record.people
        areaClass = record.areaClass
        asOf = record.asOf
        isInvented = record.isInvented
        from = record.from
        until = record.until
        successions = record.successions.map(resolve)
        region = record.region
    }

    init(_ text: String) {
        let fields = text.split(separator: ImportRecord.separator, omittingEmptySubsequences: false).map(String.init)
        func field(_ index: Int) -> String? {
            index < fields.count && !fields[index].isEmpty ? fields[index] : nil
        }
        kind = field(0) ?? ""
        name = field(1) ?? ""
        code = field(2)
        place = field(3).flatMap { ID($0) }
        parent = field(4).flatMap { ID($0) }
        order = field(5).flatMap { Int($0) }
        households = field(6).flatMap { Int($0) }
        people = field(7).flatMap { Int($0) }
        areaClass = field(8)
        asOf = field(9).flatMap { Int($0) }
        isInvented = field(10) == "1"
        from = field(11).flatMap { Day(iso: $0) }
        until = field(12).flatMap { Day(iso: $0) }
        successions = (field(13) ?? "").split(separator: ",").compactMap { ID($0) }
        region = field(14)
    }

    var text: String {
        let fields: [String?] = [
            kind, name, code, place?.description, parent?.description, order.map(String.init),
            households.map(String.init), people.map(String.init), areaClass, asOf.map(String.init),
            isInvented ? "1" : nil, from?.isoText, until?.isoText,
            successions.isEmpty ? nil : successions.map(\.description).joined(separator: ","), region,
        ]
        // Nothing is written for the empty end of the line.
        let last = fields.lastIndex { $0 != nil } ?? 0
        return fields[0...last].map { $0 ?? "" }.joined(separator: "\u{1F}")
    }

    var profile: AreaProfile {
        AreaProfile(
            households: households, people: people, areaClass: areaClass, region: region, asOf: asOf,
            isInvented: isInvented)
    }

    var designation: Designation? { Designation(rawValue: kind) }

    /// What a change of the tree is made of.
    var change: TerritoryChange {
        TerritoryChange(designation: designation, name: name, code: code, parent: place, order: order)
    }
}

/// Pairs of texts as imports keep them: a line each, with a sign between that no title can hold.
package enum ImportText {
    /// Pairs in one text, a line each.
    package static func text(_ pairs: [(String, String)]) -> String {
        pairs.map { "\($0.0)\u{1F}\($0.1.replacing("\n", with: " "))" }.joined(separator: "\n")
    }

    /// A remark's places.
    package static func text(_ arguments: [String: String]) -> String {
        text(arguments.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    /// What was kept so; lines that are no pair are left out.
    package static func columns(_ text: String) -> [ImportColumn] {
        text.split(separator: "\n").compactMap { line in
            let halves = line.split(separator: "\u{1F}" as Character, omittingEmptySubsequences: false)
            return halves.count == 2 ? ImportColumn(name: String(halves[0]), letters: String(halves[1])) : nil
        }
    }

    /// A remark’s places as they were kept.
    package static func arguments(_ text: String) -> [String: String] {
        Dictionary(columns(text).map { ($0.name, $0.letters) }, uniquingKeysWith: { first, _ in first })
    }
}
