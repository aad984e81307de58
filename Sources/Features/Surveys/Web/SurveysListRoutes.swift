import Core
import Criteria
import Database
import Documents
import Organisation
import Web

/// Which areas surveyed themselves, and where they fall short.
enum SurveysListRoutes {
    private static let query = [
        Field("under", .record, optional: true), Field("year", .whole(1_900...2_200), optional: true),
        Field("after", .record, optional: true),
    ]

    static let routes: [Route] = [
        .get("/surveys", .signedIn, SurveysListOutput.self, query: query) { try list($0) },
        .get(
            "/surveys/rows", .signedIn, SurveysRowsOutput.self,
            query: query + [Field("code", .text(20), optional: true)]
        ) { try rows($0) },
        .file("/surveys/table.csv", .signedIn) { try table($0) },
    ]

    /// The unit named in the address, or the uppermost of this person's; of an area's own people the area.
    private static func unit(_ call: Call<Actor>) throws -> Territory { try place(call).unit }

    /// The same, and whether it is the one that stands there without any address.
    private static func place(_ call: Call<Actor>) throws -> (unit: Territory, isOwn: Bool) {
        let root = try OrganisationStore.roots(of: call.sight, call.reader).first?.id
        guard let asked = call.query["under"].flatMap({ ID($0) }) ?? root else { throw NotFound() }
        return (try OrganisationStore.territory(asked, seenBy: call.sight, call.reader), asked == root)
    }

    private static func year(_ call: Call<Actor>) throws -> Int {
        if let asked = call.query["year"].flatMap({ Int($0) }) { return asked }
        return call.today.year
    }

    private static func list(_ call: Call<Actor>) throws -> SurveysListOutput {
        let ((unit, isOwn), year) = (try place(call), try year(call))
        let after = call.query["after"].flatMap { ID($0) }
        let found = try SurveysStore.lines(
            year: year, under: unit.id, seenBy: call.sight, after: after, call.reader)
        let sums = try SurveysStore.surveyed(year: year, under: unit.id, call.reader)
        return SurveysListOutput(
            unit: unit.title, year: year, thisYear: call.today.year, areas: sums.areas, surveyed: sums.surveyed,
            lines: found.lines.map(line), next: found.next, isFurther: after != nil,
            counts: try counts(unit.id, year, call), isArea: unit.kind == .area,
            isNarrowed: !isOwn || year != call.today.year,
            views: try SavedViews.of(call.who.person, on: .surveys, call.reader))
    }

    private static func line(_ line: Surveys.Line) -> SurveysListOutput.Line {
        SurveysListOutput.Line(
            area: line.area, survey: line.survey, concludedOn: line.concludedOn, gaps: line.gaps,
            unknown: line.unknown, planned: line.planned, done: line.done, isRegistered: line.isRegistered)
    }

    private static func counts(_ unit: ID, _ year: Int, _ call: Call<Actor>) throws -> [SurveysListOutput.Count] {
        let set = try SurveysStore.usualSet(year: year, under: unit, call.reader).map {
            try CriteriaStore.set($0, call.reader)
        }
        return try SurveysStore.gapCounts(year: year, under: unit, call.reader).map { count in
            SurveysListOutput.Count(
                code: count.code, name: SurveysName(set?.indicator(count.code)?.name ?? Criteria.Name("")),
                areas: count.areas, near: count.near, unknown: count.unknown)
        }
    }

    private static func rows(_ call: Call<Actor>) throws -> SurveysRowsOutput {
        let (unit, year) = (try unit(call), try year(call))
        let code = call.query["code"] ?? ""
        let after = call.query["after"].flatMap { ID($0) }
        let found = try SurveysStore.lines(
            year: year, under: unit.id, code: code, seenBy: call.sight, after: after, call.reader)
        let counted = try counts(unit.id, year, call).first { $0.code == code }
        return SurveysRowsOutput(
            unit: unit.title, year: year, code: code, name: counted?.name ?? SurveysName(Criteria.Name("")),
            count: counted?.areas ?? found.lines.count, lines: found.lines.map(line), next: found.next,
            isFurther: after != nil)
    }

    /// No more rows than a spreadsheet of a province needs.
    private static let most = 20_000

    /// Names of columns are those of the JSON interface, the same in every language.
    private static func table(_ call: Call<Actor>) throws -> FileAnswer {
        let (unit, year) = (try unit(call), try year(call))
        let writer = CSVWriter(guarding: .apostrophe)
        var bytes =
            CSVWriter.mark
            + writer.line(
                [
                    "area_id", "designation", "name", "year", "concluded_on", "gaps", "unknown", "planned", "done",
                    "registered",
                ].map { .text($0) })
        var (after, count): (ID?, Int) = (nil, 0)
        repeat {
            let found = try SurveysStore.lines(
                year: year, under: unit.id, seenBy: call.sight, after: after, limit: 500, call.reader)
            for line in found.lines {
                bytes += writer.line(cells(line, year))
            }
            count += found.lines.count
            after = found.next
        } while after != nil && count < most
        let content = bytes
        let tag = ContentAddress(of: content).hex
        return FileAnswer(
            type: "text/csv; charset=utf-8", name: "surveys-\(year).csv", tag: tag, isShown: false
        ) { content }
    }

    private static func cells(_ line: Surveys.Line, _ year: Int) -> [SheetCell] {
        let name: [SheetCell] = [
            .text(line.area.id.description), .text(line.area.designation.rawValue), .text(line.area.name),
        ]
        let found: [SheetCell] = [
            .integer(year), .text(line.concludedOn?.isoText ?? ""), cell(line.gaps), cell(line.unknown),
        ]
        let plan: [SheetCell] = [
            .integer(line.planned), .integer(line.done), .text(line.isRegistered ? "yes" : "no"),
        ]
        return name + found + plan
    }

    private static func cell(_ number: Int?) -> SheetCell { number.map { .integer($0) } ?? .empty }
}
