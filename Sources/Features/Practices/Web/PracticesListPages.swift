import Core
import Organisation
import Web

/// The list of practices.
struct PracticesOutput: Output {
    struct Chosen: Encodable, Sendable {
        let words: String?
        let criterion: PracticeCriterion?
        let under: TerritoryTitle?
        let isAlive: Bool?
        let state: PracticeState?
        let isFurther: Bool
    }

    let practices: [Practice]
    /// The cursor of the next page: `?after=`.
    let next: ID?
    let chosen: Chosen
    /// What the list can be narrowed to.
    let criteria: [PracticeCriterion]
    let communes: [TerritoryTitle]
    /// How many wait for this commune's word; nil for whoever has none.
    let waiting: Int?
    let mayTell: Bool
    /// This person's own filters.
    var views: [SavedView] = []

    static var sample: PracticesOutput {
        PracticesOutput(
            practices: [.sample], next: Practice.sample.id,
            chosen: Chosen(
                words: "be", criterion: .sample, under: .practiceSample, isAlive: true, state: .confirmed,
                isFurther: true),
            criteria: [.sample], communes: [.practiceSampleAbove], waiting: 1, mayTell: true,
            views: [SavedView(id: Practice.sample.id, list: .practices, name: "Alive", query: "alive=yes")])
    }

    static func of(_ call: Call<Actor>) throws -> PracticesOutput {
        let words = call.query["q"] ?? ""
        let parts = (call.query["criterion"] ?? "").split(separator: "/", maxSplits: 1).map(String.init)
        let filter = PracticeFilter(
            words: VietnameseText.searchWords(words), set: parts.count == 2 ? parts[0] : nil,
            code: parts.count == 2 ? parts[1] : nil, under: call.query["under"].flatMap { ID($0) },
            isAlive: call.query["alive"].flatMap { $0.isEmpty ? nil : $0 == "yes" },
            state: call.query["state"].flatMap(PracticeState.init(rawValue:)))
        let after = call.query["after"].flatMap { ID($0) }
        let limit = 30
        let found = try PracticesStore.practices(
            filter, seenBy: call.sight, after: after, limit: limit, today: call.today, call.reader)
        let criteria = try call.sight.roots.first.map {
            try PracticeCriteria.all(for: $0, today: call.today, call.reader)
        }
        var named = PracticeCriteria(today: call.today, call.reader)
        return PracticesOutput(
            practices: Array(found.prefix(limit)), next: found.count > limit ? found[limit - 1].id : nil,
            chosen: Chosen(
                words: words.isEmpty ? nil : words,
                criterion: try parts.count == 2 ? named.find(parts[0], parts[1]) : nil,
                under: try filter.under.flatMap { try OrganisationStore.titles(of: [$0], call.reader)[$0] },
                isAlive: filter.isAlive, state: filter.state, isFurther: after != nil),
            criteria: criteria ?? [], communes: try OrganisationStore.communes(seenBy: call.sight, call.reader),
            waiting: call.who.holds(.confirmPractice)
                ? try PracticesStore.waiting(seenBy: call.sight, call.reader) : nil,
            mayTell: call.who.holds(.sharePractice),
            views: try SavedViews.of(call.who.person, on: .practices, call.reader))
    }

    struct Choice: Sendable {
        let id: String
        let label: String
        let options: [WebOption]
    }

    struct Content: Sendable {
        let head: WebHead
        let q: String
        let choices: [Choice]
        let state: String?
        let clear: WebLink?
        let filters: WebFilters?
        let views: WebViews?
        let rows: WebRows?
        let empty: WebEmpty?
        let pager: WebPager?
        let add: WebLink?
        let models: WebLink
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let texts = PracticeTexts(view: view)
        let title =
            chosen.under.map { view("practices.list.titleIn", ["place": texts.headed($0)]) }
            ?? view("practices.list.title")
        return Page(
            "practices-list", title: title,
            Content(
                head: WebHead(
                    title: title, lead: chosen.criterion?.shown(in: view.language) ?? view("practices.list.lead")),
                q: chosen.words ?? "", choices: choices(texts), state: chosen.state?.rawValue,
                clear: isNarrowed ? WebLink("/practices", view("practices.list.clear")) : nil,
                filters: waiting.map { filters($0, view) }, views: .over(.practices, views, address: address()),
                rows: practices.isEmpty
                    ? nil : WebRows(rows: practices.map { texts.row($0, href: "/practices/\($0.id)") }),
                empty: practices.isEmpty ? empty(view) : nil,
                pager: WebPager.ifNeeded(
                    previous: chosen.isFurther ? address() : nil, next: next.map { address(after: $0) }),
                add: mayTell ? WebLink("/practices/new", view("practices.new.title")) : nil,
                models: WebLink(
                    chosen.under.map { "/models?under=\($0.id)" } ?? "/models", view("practices.models.title")),
                trace: texts.trace(title, revision: 1, opens: address())))
    }

    private var isNarrowed: Bool {
        chosen.words != nil || chosen.criterion != nil || chosen.under != nil || chosen.isAlive != nil
            || chosen.state != nil
    }

    private func choices(_ texts: PracticeTexts) -> [Choice] {
        let view = texts.view
        func choice(_ id: String, _ options: [WebOption], _ chosen: String?) -> Choice {
            Choice(
                id: id, label: view("practices.list.\(id)"),
                options: [WebOption(value: "", label: view("practices.list.all"), selected: chosen == nil)]
                    + options.map { WebOption(value: $0.value, label: $0.label, selected: $0.value == chosen) })
        }
        var known = criteria
        if let own = chosen.criterion, !known.contains(where: { $0.key == own.key }) { known.append(own) }
        var places = communes
        if let own = chosen.under, !places.contains(where: { $0.id == own.id }) { places.append(own) }
        return [
            choice(
                "criterion", known.map { WebOption(value: $0.key, label: $0.shown(in: view.language)) },
                chosen.criterion?.key),
            choice(
                "under", places.map { WebOption(value: "\($0.id)", label: texts.headed($0)) },
                chosen.under.map { "\($0.id)" }),
            choice(
                "alive", ["yes", "no"].map { WebOption(value: $0, label: view("practices.alive.\($0)")) },
                chosen.isAlive.map { $0 ? "yes" : "no" }),
        ]
    }

    private func filters(_ waiting: Int, _ view: View) -> WebFilters {
        WebFilters(
            label: view("practices.list.filter"),
            links: [
                WebFilter("/practices", view("practices.list.everything"), current: chosen.state == nil),
                WebFilter(
                    "/practices?state=shared", view("practices.state.shared"), current: chosen.state == .shared,
                    count: view.language.format.integer(waiting)),
            ])
    }

    private func empty(_ view: View) -> WebEmpty {
        WebEmpty(
            title: view(isNarrowed ? "practices.list.noneTitle" : "practices.list.emptyTitle"),
            text: view(isNarrowed ? "practices.list.noneText" : "practices.list.emptyText"),
            first: mayTell ? view("practices.list.first") : nil,
            action: mayTell ? WebButton("/practices/new", view("practices.new.title")) : nil)
    }

    private func address(after: ID? = nil) -> String {
        PracticeAddress.of(
            "/practices",
            [
                ("q", chosen.words), ("criterion", chosen.criterion?.key), ("under", chosen.under.map { "\($0.id)" }),
                ("alive", chosen.isAlive.map { $0 ? "yes" : "no" }), ("state", chosen.state?.rawValue),
                ("after", after.map { "\($0)" }),
            ])
    }
}

/// An address with the choices that were made.
enum PracticeAddress {
    static func of(_ path: String, _ query: [(String, String?)]) -> String {
        let parts = query.compactMap { name, value in
            value.flatMap { $0.isEmpty ? nil : "\(name)=\(escaped($0))" }
        }
        return parts.isEmpty ? path : path + "?" + parts.joined(separator: "&")
    }

    static func escaped(_ text: String) -> String {
        var out = ""
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                out.unicodeScalars.append(Unicode.Scalar(byte))
            default: out += "%" + Hex.text([byte]).uppercased()
            }
        }
        return out
    }
}
