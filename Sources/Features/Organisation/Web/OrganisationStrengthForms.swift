import Core
import Database
import Web

/// How many people each organisation of the area counts in a year; what is left empty is not known.
struct StrengthsForm: Form {
    static let name = "organisation.profile.strengths"
    static let fields: [Field] =
        [Field("year", .whole(1_990...2_200))]
        + AreaStrengthKind.allCases.map {
            Field($0.rawValue, .whole(0...1_000_000), optional: true, unit: "organisation.profile.unit.people")
        }

    let strengths: AreaStrengths

    init?(_ read: FormReader) {
        let year = read.whole("year")
        let bodies = AreaStrengthKind.allCases.compactMap { kind in
            read.whole(kind.rawValue).map { AreaStrength(kind, $0) }
        }
        guard let year else { return nil }
        strengths = AreaStrengths(year: year, bodies: bodies)
    }
}

/// Which year stands in the form; this year where none is asked for.
enum StrengthsQuery {
    static let fields: [Field] = [Field("year", .whole(1_990...2_200), optional: true)]

    /// The year whose figures stand in the form.
    static func year(_ call: Call<Actor>) -> Int { call.query["year"].flatMap { Int($0) } ?? call.today.year }

    /// A form of another year than this one says so in its address, for what comes back from it.
    static func action(_ path: String, _ filled: [String: String], _ view: View) -> String {
        guard let year = filled["year"], year != "\(view.today.year)" else { return path }
        return "\(path)?year=\(year)"
    }

    static func filled(_ area: Area, _ call: Call<Actor>) throws -> [String: String] {
        let year = year(call)
        var filled = ["year": "\(year)"]
        let known = try OrganisationStore.strengths(of: area.id, call.reader).first { $0.year == year }
        for body in known?.bodies ?? [] { filled[body.kind.rawValue] = "\(body.members)" }
        return filled
    }
}

extension ProfileRoutes {
    static func putStrengths(_ call: Call<Actor>, _ form: StrengthsForm) throws -> Change {
        let (area, permit) = try subject(call)
        let strengths = form.strengths
        let years = try OrganisationStore.years(of: area.id, call.reader)
        // What is counted today bounds the strengths of this year, not those of a year before a split.
        let counted = years.first { $0.year == strengths.year }?.people
        let people = counted ?? (strengths.year >= call.today.year ? area.people : nil)
        var found = strengths.refusal(on: call.today, people: people)?.all ?? []
        let known = try OrganisationStore.strengths(of: area.id, call.reader).first { $0.year == strengths.year }
        // Nothing typed over something is how a slip of the pen is taken out; over nothing it says nothing.
        if strengths.bodies.isEmpty, known == nil {
            found.append(
                Refusal(
                    .invalid, "organisation.profile.refusal.noStrength",
                    field: AreaStrengthKind.allCases[0].rawValue))
        }
        // The figures in the form are another year's: over those of this one they would go unseen.
        if known != nil, strengths.year != StrengthsQuery.year(call) {
            found.append(
                Refusal(
                    .invalid, "organisation.profile.refusal.strengthYear", field: "year",
                    ["year": "\(strengths.year)"]))
        }
        if let refusal = Refusal.of(found) { throw refusal }
        return write(permit, .strengths, as: "profile.strengths", said: strengths.told, before: known?.told) { tx in
            try OrganisationStore.putStrengths(strengths, of: area.id, tx)
            return nil
        }
    }
}

extension AreaStrengths {
    /// For the audit trail: "2026: farmers 96, women 118".
    var told: String {
        "\(year): " + bodies.map { "\($0.kind.rawValue) \($0.members)" }.joined(separator: ", ")
    }

    static var sample: AreaStrengths { AreaStrengths(year: 2026, bodies: [AreaStrength(.farmers, 96)]) }

    /// One line for each organisation.
    func facts(_ view: View) -> WebFacts {
        WebFacts(
            facts: bodies.map {
                WebFact(
                    view("organisation.profile.strengths.\($0.kind.rawValue).label"),
                    view("organisation.people", ["count": view.number($0.members)]))
            })
    }
}

extension ProfileTexts {
    /// A row for each year, as households and people above; a column for each kind that was ever told.
    var strengths: WebTable {
        let kinds = AreaStrengthKind.allCases.filter { kind in book.strengths.contains { $0.members(of: kind) != nil } }
        return WebTable(
            columns: [column("year")]
                + kinds.map {
                    WebColumn(view("organisation.profile.strengths.short.\($0.rawValue)"), isNumber: true)
                },
            rows: book.strengths.map { year in
                WebRow(
                    [.head("\(year.year)", href: mayEdit ? "\(base)/strengths?year=\(year.year)" : nil)]
                        + kinds.map { kind in .number(year.members(of: kind).map { view.number($0) }) })
            })
    }
}
