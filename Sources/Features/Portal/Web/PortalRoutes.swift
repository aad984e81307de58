import Core
import Criteria
import Database
import Documents
import Organisation
import Web

/// The routes of the portal. All of them are open: what they answer is published by law or by the decision itself.
enum PortalRoutes {
    static let search: [Field] = [
        Field("q", .text(100), optional: true), Field("commune", .record, optional: true),
        Field("title", .text(40), optional: true),
        Field("level", .choice(["commune", "district", "province", "national"]), optional: true),
        Field("after", .record, optional: true),
    ]

    static func all(_ targets: @escaping PortalTargets) -> [Route] { [home(targets)] + rest }

    private static func home(_ targets: @escaping PortalTargets) -> Route {
        .get("/portal", .open(because: "what the register of titles says is published"), PortalHomeOutput.self) {
            call in
            let store = PortalStore(today: call.today, reader: call.reader)
            let unit = try store.governing()
            return PortalHomeOutput(
                territory: try store.top(), areas: try store.countAreas(), titles: try store.counts(),
                communes: try store.communes(), decisions: try store.decisions(limit: 5).lines,
                postings: try store.postings(), asOf: call.today,
                targets: try unit.map {
                    try store.targets(targets($0.id, call.today.year, call.reader), year: call.today.year)
                } ?? [], unit: unit)
        }
    }

    private static let rest: [Route] = [
        .get(
            "/portal/areas", .open(because: "names of residential areas and the titles they hold are published"),
            PortalAreasOutput.self, query: search
        ) { call in
            let store = PortalStore(today: call.today, reader: call.reader)
            let filter = PortalFilter(call.query)
            let found = try store.areas(filter)
            return PortalAreasOutput(
                filter: filter, communes: try store.communes().map(\.commune), titles: try store.counts(),
                lines: found.lines, next: found.next)
        },
        .file("/portal/areas.csv", .open(because: "the register of titles as open data")) { call in
            try PortalOpenData.areas(PortalStore(today: call.today, reader: call.reader), call.language)
        },
        .get(
            "/portal/areas/:id",
            .open(
                because: "an area's title, what it achieved and by which decision are published; small numbers are not"),
            PortalAreaOutput.self
        ) { call in
            try PortalStore(today: call.today, reader: call.reader).area(call.id("id"))
        },
        .get(
            "/portal/criteria", .open(because: "everybody may know by what areas are judged"), PortalCriteriaOutput.self
        ) { call in
            PortalCriteriaOutput(
                sets: try PortalStore(today: call.today, reader: call.reader).criteriaSets(),
                rules: try CriteriaRulesStore.published(call.reader).map(PortalRulesLine.init))
        },
        .get(
            "/portal/criteria/:code", .open(because: "everybody may know by what areas are judged"),
            PortalSetOutput.self, query: [Field("version", .whole(1...9_999), optional: true)]
        ) { call in
            try PortalStore(today: call.today, reader: call.reader).criteriaSet(
                call.parameter("code"), version: call.query["version"].flatMap { Int($0) })
        },
        .get(
            "/portal/rules/:code", .open(because: "everybody may know by which steps areas are recognised"),
            PortalRulesOutput.self, query: [Field("version", .whole(1...9_999), optional: true)]
        ) { call in
            let record = try CriteriaRulesStore.published(
                call.parameter("code"), version: call.query["version"].flatMap { Int($0) }, call.reader)
            return PortalRulesOutput(record, try CriteriaRulesStore.rules(record.id, call.reader))
        },
        .get(
            "/portal/decisions", .open(because: "issued decisions are published"), PortalDecisionsOutput.self,
            query: [Field("after", .record, optional: true)]
        ) { call in
            let after = call.query["after"].flatMap { ID($0) }
            let found = try PortalStore(today: call.today, reader: call.reader).decisions(after: after)
            return PortalDecisionsOutput(decisions: found.lines, next: found.next, isFurther: after != nil)
        },
        .get(
            "/portal/decisions/:id", .open(because: "issued decisions are published; drafts are not found here"),
            PortalDecisionOutput.self
        ) { call in
            try PortalStore(today: call.today, reader: call.reader).decision(call.id("id"))
        },
        .get(
            "/portal/about", .open(because: "what is done with data must be known to everybody"), PortalAboutOutput.self
        ) {
            PortalAboutOutput(asOf: $0.today)
        },
    ]
}

extension PortalFilter {
    /// From an address; what is empty is the same as none. The fields were checked before.
    init(_ query: [String: String]) {
        self.init(
            words: query["q"] ?? "", commune: query["commune"].flatMap { ID($0) },
            title: query["title"].flatMap { $0.isEmpty ? nil : $0 },
            level: query["level"].flatMap { $0.isEmpty ? nil : $0 }, after: query["after"].flatMap { ID($0) })
    }
}

/// The register of titles as a table for everybody's own use.
enum PortalOpenData {
    /// No more rows than a spreadsheet of a province needs; beyond that the JSON interface pages.
    static let most = 20_000

    static func areas(_ store: PortalStore, _ language: Language) throws -> FileAnswer {
        let writer = CSVWriter(guarding: .apostrophe)
        var bytes = CSVWriter.mark + writer.line(columns.map { .text($0) })
        var filter = PortalFilter()
        var count = 0
        repeat {
            let found = try store.areas(filter)
            for line in found.lines { bytes += writer.line(cells(line)) }
            count += found.lines.count
            filter.after = found.next
        } while filter.after != nil && count < most
        let content = bytes
        return FileAnswer(
            type: "text/csv; charset=utf-8", name: "kieu-mau-areas.csv", tag: tag(content), isShown: false
        ) { content }
    }

    /// Names of columns are those of the JSON interface, the same in every language.
    private static let columns = [
        "id", "designation", "name", "commune_id", "commune", "households", "title", "title_name", "level", "from",
        "until", "decision_number", "decision_day", "is_invented",
    ]

    private static func cells(_ line: PortalAreaLine) -> [SheetCell] {
        [
            .text(line.area.id.description), .text(line.area.designation.rawValue), .text(line.area.name),
            .text(line.commune?.id.description ?? ""), .text(line.commune?.name ?? ""),
            line.households.map { .integer($0) } ?? .empty, .text(line.title?.title ?? ""),
            .text(line.title?.name ?? ""), .text(line.title?.level ?? ""), .text(line.title?.from.isoText ?? ""),
            .text(line.title?.until?.isoText ?? ""), .text(line.title?.number ?? ""),
            .text(line.title?.day.isoText ?? ""), .text(line.isInvented ? "yes" : "no"),
        ]
    }

    /// Equal bytes, equal tag (FNV-1a): it guards against nothing but sending the same twice.
    private static func tag(_ bytes: [UInt8]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
