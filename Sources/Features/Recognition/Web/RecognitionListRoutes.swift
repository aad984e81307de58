import Core
import Criteria
import Database
import Organisation
import Web

/// The list of dossiers.
enum RecognitionListRoutes {
    static func routes(_ calendar: Recognition.YearCalendar) -> [Route] {
        [
            .get(
                "/dossiers", .signedIn, RecognitionListOutput.self,
                query: [
                    Field("year", .whole(1_900...2_200), optional: true),
                    Field("state", .choice(Recognition.State.allCases.map(\.rawValue)), optional: true),
                    Field("title", .text(40), optional: true), Field("search", .text(80), optional: true),
                    Field("after", .record, optional: true), Field("before", .record, optional: true),
                ]
            ) { try list($0) }
        ]
    }

    private static func list(_ call: Call<Actor>) throws -> RecognitionListOutput {
        let (sight, reader) = (call.sight, call.reader)
        let years = try RecognitionStore.years(seenBy: sight, reader)
        let asked = call.query["year"].flatMap { Int($0) }
        let year = asked ?? (years.contains(call.today.year) ? call.today.year : years.first ?? call.today.year)
        let filter = Recognition.Filter(
            year: year, state: call.query["state"].flatMap(Recognition.State.init(rawValue:)),
            title: call.query["title"].flatMap(\.nilWhenEmpty), search: call.query["search"] ?? "")
        let after = call.query["after"].flatMap { ID($0) }
        let before = call.query["before"].flatMap { ID($0) }
        let page = try RecognitionStore.list(filter, seenBy: sight, after: after, before: before, reader)
        let counts = try RecognitionStore.counts(year: year, title: filter.title, seenBy: sight, reader)
        var titles: [RecognitionListOutput.TitleChoice] = []
        if let set = try CriteriaStore.current(.residentialArea, on: call.today, reader)?.set {
            titles = set.titles.map { .init(code: $0.code, name: RecognitionName($0.name)) }
        }
        return RecognitionListOutput(
            year: year, years: Array(Set(years + [year])).sorted(by: >), state: filter.state, title: filter.title,
            search: filter.search, titles: titles,
            counts: Dictionary(uniqueKeysWithValues: counts.map { ($0.rawValue, $1) }),
            dossiers: try page.lines.map { RecognitionLineAnswer($0, try CriteriaStore.set($0.criteriaSet, reader)) },
            next: page.next, previous: page.previous,
            views: try SavedViews.of(call.who.person, on: .dossiers, reader))
    }
}
