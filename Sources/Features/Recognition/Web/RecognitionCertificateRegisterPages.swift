import Core
import Criteria
import Organisation
import Web

/// The register of titles in figures: held, granted, raised, withdrawn, lapsed.
struct RecognitionTitlesOutput: Output {
    struct Movement: Encodable, Sendable {
        let title: String
        let name: String
        let level: String
        let before: Int
        let granted: Int
        let ended: [String: Int]
        let after: Int

        init(_ movement: Recognition.TitleMovement) {
            title = movement.title
            name = movement.name
            level = movement.level.rawValue
            before = movement.before
            granted = movement.granted
            ended = Dictionary(uniqueKeysWithValues: movement.ended.map { ($0.rawValue, $1) })
            after = movement.after
        }
    }

    let territory: TerritoryTitle
    let year: Int
    let thisYear: Int
    let until: Day
    let movements: [Movement]
    /// Enters titles that areas hold from before this system.
    let mayRecord: Bool

    static var sample: RecognitionTitlesOutput {
        RecognitionTitlesOutput(
            territory: RecognitionSamples.province, year: 2026, thisYear: 2026, until: RecognitionSamples.day,
            movements: [
                Movement(
                    Recognition.TitleMovement(
                        title: "model", name: "Sample", level: .province, before: 12, granted: 4,
                        ended: [.raised: 1], after: 15))
            ], mayRecord: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let years: WebFilters
        let table: WebTable?
        let note: String
        let all: WebLink
        /// Titles of communes and districts stand in a register of their own.
        let units: WebLink
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.certificate.register.title", ["place": view.named(territory)])
        return Page(
            "recognition-titles", title: title,
            Content(
                head: WebHead(
                    title: title,
                    lead: view(
                        "recognition.certificate.register.lead", ["year": "\(year)", "until": view.day(until)])),
                years: WebFilters(
                    label: view("recognition.column.year"),
                    links: (thisYear - 4...thisYear).reversed().map {
                        WebFilter("/titles?year=\($0)", "\($0)", current: $0 == year)
                    }),
                table: movements.isEmpty ? nil : table(view),
                note: view("recognition.certificate.register.note"),
                all: WebLink("/titles/held", view("recognition.register.open")),
                units: WebLink("/unit-titles", view("recognition.certificate.register.units")),
                empty: movements.isEmpty
                    ? WebEmpty(
                        title: view("recognition.certificate.register.none"),
                        text: view(
                            mayRecord
                                ? "recognition.earlier.empty.text" : "recognition.certificate.register.noneText"),
                        first: mayRecord ? view("recognition.earlier.empty.first") : nil,
                        action: mayRecord
                            ? WebButton("/titles/imports/new", view("recognition.earlier.new.title")) : nil,
                        example: mayRecord
                            ? WebLink("/titles/earlier/new", view("recognition.earlier.one.title")) : nil) : nil))
    }

    private func table(_ view: View) -> WebTable {
        let endings = Recognition.HeldTitle.Ending.allCases
        func number(_ number: Int) -> WebCell { .number(view.language.format.integer(number)) }
        return WebTable(
            columns: [
                WebColumn(view("recognition.column.title")),
                WebColumn(view("recognition.certificate.register.before"), isNumber: true),
                WebColumn(view("recognition.certificate.register.granted"), isNumber: true),
            ]
                + endings.map {
                    WebColumn(view("recognition.certificate.register.ended.\($0.rawValue)"), isNumber: true)
                } + [WebColumn(view("recognition.certificate.register.after"), isNumber: true)],
            rows: movements.map { movement in
                WebRow(
                    [
                        .head(movement.name, also: view("criteria.level.\(movement.level)")), number(movement.before),
                        number(movement.granted),
                    ] + endings.map { number(movement.ended[$0.rawValue] ?? 0) } + [number(movement.after)])
            })
    }
}
