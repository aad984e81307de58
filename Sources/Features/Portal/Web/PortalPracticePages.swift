import Core
import Database
import Organisation
import Practices
import Web

/// What everybody reads of practices: those the commune let out. Who told, looked or followed is named as a body, never
/// as a person.
enum PortalPracticeRoutes {
    static let reason = "practices that the commune let out are there to be followed by everybody"

    static let routes: [Route] = [
        .get(
            "/portal/practices", .open(because: reason), PortalPracticesOutput.self,
            query: [
                Field("q", .text(100), optional: true), Field("under", .record, optional: true),
                Field("after", .record, optional: true),
            ]
        ) { try PortalPracticesOutput.of($0) },
        .get("/portal/practices/:id", .open(because: reason), PortalPracticeOutput.self) {
            try PortalPracticeOutput.of($0)
        },
    ]
}

/// A practice as a line of the public list.
struct PortalPracticeLine: Encodable, Sendable {
    let id: ID
    let name: String
    let area: TerritoryTitle
    let above: TerritoryTitle?
    let criterion: PracticeCriterion
    let cost: Money?
    let followers: Int
    /// At the commune's last look; nil while it has not looked again.
    let isAlive: Bool?
    let lookedOn: Day?

    init(_ practice: Practice) {
        id = practice.id
        name = practice.text.name
        area = practice.area
        above = practice.above
        // The way to the set's page is for those who sign in.
        criterion = PracticeCriterion(
            set: practice.criterion.set, code: practice.criterion.code, vi: practice.criterion.vi,
            en: practice.criterion.en, href: nil)
        cost = practice.text.cost
        followers = practice.followers
        isAlive = practice.isAlive
        lookedOn = practice.lookedOn
    }

    func alive(_ view: View) -> WebStatus? {
        isAlive.map { WebStatus($0 ? .done : .none, view("practices.alive.\($0 ? "yes" : "no")")) }
    }

    func row(_ texts: PortalTexts) -> WebLine {
        let view = texts.view
        let count = view(
            "practices.followers.\(followers == 1 ? "one" : "many")", ["count": view.language.format.integer(followers)]
        )
        return WebLine(
            title: name, href: "/portal/practices/\(id)",
            text: [
                texts.line([area] + [above].compactMap { $0 }), criterion.shown(in: view.language),
                followers > 0 ? count : nil,
            ].compactMap { $0 }.joined(separator: " · "), status: alive(view))
    }
}

/// The public list.
struct PortalPracticesOutput: Output {
    let words: String
    let under: TerritoryTitle?
    let practices: [PortalPracticeLine]
    let next: ID?
    let isFurther: Bool

    static var sample: PortalPracticesOutput {
        PortalPracticesOutput(
            words: "be", under: .portalPractice, practices: [.sample], next: PortalPracticeLine.sample.id,
            isFurther: true)
    }

    static func of(_ call: Call<Visitor>) throws -> PortalPracticesOutput {
        let words = call.query["q"] ?? ""
        let under = call.query["under"].flatMap { ID($0) }
        let after = call.query["after"].flatMap { ID($0) }
        let found = try PracticesStore.publicPractices(
            PracticeFilter(words: VietnameseText.searchWords(words), under: under), after: after, limit: 30,
            today: call.today, call.reader)
        return PortalPracticesOutput(
            words: words, under: try under.flatMap { try OrganisationStore.titles(of: [$0], call.reader)[$0] },
            practices: found.prefix(30).map(PortalPracticeLine.init), next: found.count > 30 ? found[29].id : nil,
            isFurther: after != nil)
    }

    struct Content: Sendable {
        let head: WebHead
        let words: String
        let rows: WebRows?
        let empty: WebEmpty?
        let pager: WebPager?
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let texts = PortalTexts(view: view)
        let title =
            under.map { view("practices.list.titleIn", ["place": texts.headed($0)]) } ?? view("practices.list.title")
        let base = "/portal/practices?q=\(PracticeAddressText.escaped(words))" + (under.map { "&under=\($0.id)" } ?? "")
        return Page(
            "portal-practices", title: title,
            Content(
                head: WebHead(title: title, lead: view("practices.list.lead"), crumbs: [texts.crumb, WebCrumb(title)]),
                words: words, rows: practices.isEmpty ? nil : WebRows(rows: practices.map { $0.row(texts) }),
                empty: practices.isEmpty
                    ? WebEmpty(
                        title: view(words.isEmpty ? "practices.list.emptyTitle" : "practices.list.noneTitle"),
                        text: view(words.isEmpty ? "practices.list.emptyText" : "practices.list.noneText")) : nil,
                pager: WebPager.ifNeeded(
                    previous: isFurther ? base : nil, next: next.map { "\(base)&after=\($0)" }),
                trace: texts.trace(title, worth: "portal.practices.printed", opens: base)))
    }
}

/// One public practice.
struct PortalPracticeOutput: Output {
    let line: PortalPracticeLine
    let story: String
    let sources: String?
    let labourDays: Int?
    let weeks: Int?
    let by: String
    let pictures: [PracticePicture]
    let followings: [PracticeFollowing]

    static var sample: PortalPracticeOutput {
        PortalPracticeOutput(
            line: .sample, story: "Dat be.", sources: "Ngan sach xa", labourDays: 24, weeks: 6, by: "Mat tran",
            pictures: [
                PracticePicture(
                    id: PortalPracticeLine.sample.id, width: 960, height: 640, caption: "Be", isReleased: true)
            ],
            followings: [
                PracticeFollowing(
                    area: .portalPractice, above: .portalPractice, since: .first, changed: "x", result: "x",
                    different: "x", organisation: "Mat tran")
            ])
    }

    static func of(_ call: Call<Visitor>) throws -> PortalPracticeOutput {
        let practice = try PracticesStore.publicPractice(call.id("id"), today: call.today, call.reader)
        return PortalPracticeOutput(
            line: PortalPracticeLine(practice), story: practice.text.story, sources: practice.text.sources,
            labourDays: practice.text.labourDays, weeks: practice.text.weeks, by: practice.organisation.name,
            pictures: try PracticesStore.pictures(of: practice.id, onlyReleased: true, call.reader),
            followings: try PracticesStore.followings(of: practice.id, call.reader))
    }

    struct Picture: Sendable {
        let source: String
        let large: String
        let label: String
    }

    struct Follower: Sendable {
        let name: String
        let since: String
        let texts: [String]
    }

    struct Content: Sendable {
        let head: WebHead
        let story: [String]
        let facts: WebFacts
        let pictures: [Picture]
        let followers: [Follower]
        let noFollowers: String?
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let texts = PortalTexts(view: view)
        return Page(
            "portal-practice", title: line.name,
            Content(
                head: WebHead(
                    title: line.name, lead: texts.line([line.area] + [line.above].compactMap { $0 }),
                    crumbs: [texts.crumb, WebCrumb(view("practices.list.title"), "/portal/practices")],
                    status: line.alive(view)),
                story: story.split(whereSeparator: \.isNewline).map(String.init), facts: facts(view),
                pictures: pictures.map {
                    Picture(
                        source: "/practice-pictures/\($0.id)/thumbnail", large: "/practice-pictures/\($0.id)/picture",
                        label: $0.caption ?? line.name)
                },
                followers: followings.map { one in
                    Follower(
                        name: texts.line([one.area] + [one.above].compactMap { $0 }),
                        since: view("practices.page.since", ["day": view.day(one.since), "by": one.organisation]),
                        texts: [
                            one.changed, one.result.map { view("practices.page.result", ["text": $0]) },
                            one.different.map { view("practices.page.different", ["text": $0]) },
                        ].compactMap { $0 })
                }, noFollowers: followings.isEmpty ? view("practices.page.noFollowers") : nil,
                trace: texts.trace(
                    line.name, worth: "portal.practices.printed", opens: "/portal/practices/\(line.id)")))
    }

    private func facts(_ view: View) -> WebFacts {
        let format = view.language.format
        let unknown = view("practices.untold")
        return WebFacts(
            facts: [
                WebFact(view("practices.fact.criterion"), line.criterion.shown(in: view.language)),
                WebFact(view("practices.fact.by"), by),
                WebFact(view("practices.fact.cost"), line.cost.map { format.money($0) } ?? unknown),
                WebFact(view("practices.fact.sources"), sources ?? unknown),
                WebFact(
                    view("practices.fact.effort"),
                    labourDays.map { view("practices.labourDays", ["count": format.integer($0)]) } ?? unknown),
                WebFact(
                    view("practices.fact.weeks"),
                    weeks.map { view("practices.weeks", ["count": format.integer($0)]) } ?? unknown),
                WebFact(
                    view("practices.fact.alive"), line.lookedOn.map { view.day($0) } ?? view("practices.alive.never"),
                    status: line.alive(view)),
            ])
    }
}

/// Typed words in an address.
enum PracticeAddressText {
    static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"):
                String(decoding: [byte], as: UTF8.self)
            default: "%" + Hex.text([byte]).uppercased()
            }
        }.joined()
    }
}

extension TerritoryTitle {
    fileprivate static let portalPractice = TerritoryTitle(
        id: ID(high: 0x7000, low: 1 << 63 | 61), kind: .area, designation: .thon, name: "Thong Xanh")
}

extension PortalPracticeLine {
    private init(sample id: ID) {
        self.id = id
        name = "Be gom"
        area = .portalPractice
        above = .portalPractice
        criterion = PracticeCriterion(set: "KDC", code: "III.2", vi: "Duong", en: "Road", href: "/criteria/1")
        cost = Money(dong: 12_000_000)
        followers = 2
        isAlive = true
        lookedOn = .first
    }

    static let sample = PortalPracticeLine(sample: ID(high: 0x7000, low: 1 << 63 | 60))
}
