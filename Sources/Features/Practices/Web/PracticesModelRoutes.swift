import Core
import Database
import Organisation
import People
import Web

/// Models of areas side by side, and the commune's looks at them. They are written in the area's profile.
enum PracticesModelRoutes {
    static let query: [Field] = [
        Field("q", .text(100), optional: true),
        Field("kind", .choice(AreaModelKind.allCases.map(\.rawValue)), optional: true),
        Field("under", .record, optional: true), Field("alive", .choice(["yes", "no"]), optional: true),
        Field("after", .record, optional: true),
    ]

    static let routes: [Route] = [
        .get("/models", .signedIn, ModelsOutput.self, query: query) { try ModelsOutput.of($0) },
        .get("/models/:id", .signedIn, ModelOutput.self) { try ModelOutput.of($0) },
        .post(
            "/models/:id/looks", .holding(.confirmPractice), PracticeLookForm.self, again: { try ModelOutput.of($0) }
        ) { try look($0, $1) },
    ]

    private static func look(_ call: Call<Actor>, _ form: PracticeLookForm) throws -> Change {
        let line = try OrganisationStore.model(call.id("id"), seenBy: call.sight, call.reader)
        let area = try OrganisationStore.area(line.area.id, seenBy: call.sight, call.reader)
        let permit = try call.permit(.confirmPractice, area)
        let hand = try PracticeHand(permit)
        var found =
            PracticeRules.refusalToLook(
                on: form.day, isAlive: form.isAlive, words: form.words, today: call.today)?.all ?? []
        if let since = line.model.since, form.day.year < since {
            found.append(
                Refusal(.invalid, "practices.refusal.lookBefore", field: "day", ["year": "\(since)"]))
        }
        if let refusal = Refusal.of(found) { throw refusal }
        let person = call.who.person
        return .write(permit, as: "model.look") { tx in
            try OrganisationStore.addLook(
                at: line.model.id, on: form.day, isAlive: form.isAlive, words: form.words, by: person,
                organisation: hand.organisation, tx)
            tx.note("model", to: line.model.name)
            tx.note("alive", to: form.isAlive ? "yes" : "no")
            return Receipt(
                id: line.model.id, location: "/models/\(line.model.id)", flash: "practices.flash.looked")
        }
    }
}

/// The list of models.
struct ModelsOutput: Output {
    struct Chosen: Encodable, Sendable {
        let words: String?
        let kind: AreaModelKind?
        let under: TerritoryTitle?
        let isAlive: Bool?
        let isFurther: Bool
    }

    let models: [AreaModelLine]
    let next: ID?
    let chosen: Chosen
    let communes: [TerritoryTitle]

    static var sample: ModelsOutput {
        ModelsOutput(
            models: [.practiceSample], next: AreaModelLine.practiceSample.model.id,
            chosen: Chosen(words: "hoa", kind: .waste, under: .practiceSample, isAlive: true, isFurther: true),
            communes: [.practiceSampleAbove])
    }

    static func of(_ call: Call<Actor>) throws -> ModelsOutput {
        let words = call.query["q"] ?? ""
        let filter = AreaModelFilter(
            words: VietnameseText.searchWords(words), under: call.query["under"].flatMap { ID($0) },
            kind: call.query["kind"].flatMap(AreaModelKind.init(rawValue:)),
            isAlive: call.query["alive"].flatMap { $0.isEmpty ? nil : $0 == "yes" })
        let after = call.query["after"].flatMap { ID($0) }
        let limit = 50
        let found = try OrganisationStore.models(
            filter, seenBy: call.sight, after: after, limit: limit, call.reader)
        return ModelsOutput(
            models: Array(found.prefix(limit)), next: found.count > limit ? found[limit - 1].model.id : nil,
            chosen: Chosen(
                words: words.isEmpty ? nil : words, kind: filter.kind,
                under: try filter.under.flatMap { try OrganisationStore.titles(of: [$0], call.reader)[$0] },
                isAlive: filter.isAlive, isFurther: after != nil),
            communes: try OrganisationStore.communes(seenBy: call.sight, call.reader))
    }

    struct Content: Sendable {
        let head: WebHead
        let q: String
        let choices: [PracticesOutput.Choice]
        let clear: WebLink?
        let table: WebTable?
        let empty: WebEmpty?
        let pager: WebPager?
        let practices: WebLink
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let texts = PracticeTexts(view: view)
        let title =
            chosen.under.map { view("practices.models.titleIn", ["place": texts.headed($0)]) }
            ?? view("practices.models.title")
        let isNarrowed =
            chosen.words != nil || chosen.kind != nil || chosen.under != nil || chosen.isAlive != nil
        return Page(
            "practices-models", title: title,
            Content(
                head: WebHead(title: title, lead: view("practices.models.lead")), q: chosen.words ?? "",
                choices: choices(texts),
                clear: isNarrowed ? WebLink("/models", view("practices.list.clear")) : nil,
                table: models.isEmpty ? nil : table(texts),
                empty: models.isEmpty
                    ? WebEmpty(
                        title: view("practices.models.noneTitle"), text: view("practices.models.noneText"),
                        first: view("practices.models.noneFirst")) : nil,
                pager: WebPager.ifNeeded(
                    previous: chosen.isFurther ? address() : nil, next: next.map { address(after: $0) }),
                practices: WebLink(
                    chosen.under.map { "/practices?under=\($0.id)" } ?? "/practices", view("practices.list.title")),
                trace: texts.trace(title, revision: 1, opens: address())))
    }

    private func table(_ texts: PracticeTexts) -> WebTable {
        let view = texts.view
        return WebTable(
            columns: ["model", "kind", "place", "since", "size", "look"].map {
                WebColumn(view("practices.models.column.\($0)"))
            },
            rows: models.map { line in
                WebRow([
                    .head(line.model.name, href: "/models/\(line.model.id)"),
                    .text(view("organisation.profile.models.kind.option.\(line.model.kind.rawValue)")),
                    .text(texts.headed(line.area), also: line.commune.map { texts.headed($0) }),
                    .text(line.model.since.map { "\($0)" }), .text(line.model.sized(in: view.language)),
                    .status(texts.alive(line.model.isAlive), also: line.model.lookedOn.map { view.day($0) }),
                ])
            })
    }

    private func choices(_ texts: PracticeTexts) -> [PracticesOutput.Choice] {
        let view = texts.view
        func choice(_ id: String, _ options: [WebOption], _ chosen: String?) -> PracticesOutput.Choice {
            PracticesOutput.Choice(
                id: id, label: view("practices.list.\(id)"),
                options: [WebOption(value: "", label: view("practices.list.all"), selected: chosen == nil)]
                    + options.map { WebOption(value: $0.value, label: $0.label, selected: $0.value == chosen) })
        }
        var places = communes
        if let own = chosen.under, !places.contains(where: { $0.id == own.id }) { places.append(own) }
        return [
            choice(
                "kind",
                AreaModelKind.allCases.map {
                    WebOption(
                        value: $0.rawValue, label: view("organisation.profile.models.kind.option.\($0.rawValue)"))
                }, chosen.kind?.rawValue),
            choice(
                "under", places.map { WebOption(value: "\($0.id)", label: texts.headed($0)) },
                chosen.under.map { "\($0.id)" }),
            choice(
                "alive", ["yes", "no"].map { WebOption(value: $0, label: view("practices.alive.\($0)")) },
                chosen.isAlive.map { $0 ? "yes" : "no" }),
        ]
    }

    private func address(after: ID? = nil) -> String {
        PracticeAddress.of(
            "/models",
            [
                ("q", chosen.words), ("kind", chosen.kind?.rawValue), ("under", chosen.under.map { "\($0.id)" }),
                ("alive", chosen.isAlive.map { $0 ? "yes" : "no" }), ("after", after.map { "\($0)" }),
            ])
    }
}
