import Core
import Criteria
import Organisation
import Web

/// What an area may go for next.
struct RecognitionNextAnswer: Encodable, Sendable {
    let title: String
    let titleName: RecognitionName
    let level: String
    let why: Recognition.NextTitle.Why
    /// The year it would register for, and until when.
    let year: Int
    let until: Day?
    /// It is registered for that year with this decider: nothing more can be.
    let isTaken: Bool
    /// The dossier that stands in its place, or that of another year on its way to the same title.
    let running: RecognitionLineAnswer?

    static let sample = RecognitionNextAnswer(
        title: "model", titleName: .sample, level: "province", why: .after, year: 2027, until: RecognitionSamples.day,
        isTaken: false, running: RecognitionListOutput.sampleLine)

    func line(_ view: View) -> WebLine {
        let runs = running.map { line in
            let state = line.state.word(to: Criteria.Level(rawValue: line.level), isReviewed: line.isReviewed)
            return view(
                "recognition.next.runs",
                [
                    "title": line.titleName.shown(view), "year": "\(line.year)",
                    "state": view("recognition.state.\(state)"),
                ])
        }
        let why = isTaken ? nil : view("recognition.next.why.\(why.rawValue)")
        return WebLine(
            title: view(
                "recognition.next.line",
                ["title": titleName.shown(view), "level": view("criteria.level.\(level)")]),
            href: running.map { "/dossiers/\($0.id)" },
            text: [why, runs].compactMap { $0 }.joined(separator: " "),
            right: isTaken
                ? nil : until.map { view("recognition.next.until", ["year": "\(year)", "day": view.day($0)]) })
    }
}

/// One title with its standing and its story.
struct RecognitionTitleAnswer: Encodable, Sendable {
    struct Note: Encodable, Sendable {
        let act: Recognition.TitleAct
        let day: Day
        let number: String?
        let reason: String?
    }

    let id: ID
    let held: RecognitionHeldAnswer
    let area: TerritoryTitle
    let commune: TerritoryTitle?
    /// As this reader may know it.
    let standing: Recognition.TitleStanding
    let notes: [Note]

    init(
        _ title: Recognition.HeldTitle, _ standing: Recognition.TitleStanding, _ notes: [Recognition.TitleNote],
        on today: Day
    ) {
        id = title.id
        held = RecognitionHeldAnswer(title, on: today)
        area = title.area
        commune = title.commune
        self.standing = standing
        self.notes = notes.filter { $0.title == title.id }.map {
            Note(act: $0.act, day: $0.day, number: $0.number, reason: $0.reason)
        }
    }

    static let sample = RecognitionTitleAnswer(
        RecognitionSamples.held, .valid,
        [
            Recognition.TitleNote(
                title: RecognitionSamples.id, act: .withdrawal, day: RecognitionSamples.day, number: "46",
                reason: "Sample", by: "Sample", at: RecognitionSamples.instant)
        ], on: RecognitionSamples.day)

    func status(_ view: View) -> WebStatus {
        let shape: WebState =
            switch standing {
            case .valid: .done
            case .watched: .question
            case .noticed: .returned
            case .withdrawn: .unmet
            case .ahead, .raised, .renewed, .lapsed, .merged: .none
            }
        return WebStatus(shape, view("recognition.standing.\(standing.rawValue)"))
    }

    /// "Withdrawn by decision 51", where it was.
    func ending(_ view: View) -> String? {
        guard standing == .withdrawn, let note = notes.first(where: { $0.act == .withdrawal }) else { return nil }
        return view(
            "recognition.held.withdrawnBy", ["number": note.number ?? "", "day": view.day(note.day)])
    }

    func history(_ view: View) -> WebHistory {
        WebHistory(
            events: notes.map { note in
                let shape: WebState =
                    switch note.act {
                    case .grant, .upgrade, .renewal, .keep: .done
                    case .watch: .question
                    case .notice: .returned
                    case .warning: .waiting
                    case .withdrawal: .unmet
                    case .raised, .renewed, .lapse, .merger: .none
                    }
                return WebEvent(
                    state: shape, title: "\(view.day(note.day)) \(view("recognition.titleAct.\(note.act.rawValue)"))",
                    text: [
                        note.number.map { view("recognition.decision.named", ["number": $0]) }, note.reason,
                    ].compactMap { $0 }.joined(separator: ". ").nilWhenEmpty)
            })
    }
}

/// An area's titles: how each stands, what happened to it, and what comes next.
struct RecognitionAreaTitlesOutput: Output {
    let area: TerritoryTitle
    let commune: TerritoryTitle?
    let titles: [RecognitionTitleAnswer]
    let next: [RecognitionNextAnswer]
    let mayRegister: Bool
    /// Enters a title that the area holds from before this system.
    let mayRecord: Bool

    static var sample: RecognitionAreaTitlesOutput {
        RecognitionAreaTitlesOutput(
            area: RecognitionSamples.area, commune: RecognitionSamples.commune, titles: [.sample], next: [.sample],
            mayRegister: true, mayRecord: true)
    }

    struct Content: Sendable {
        struct Title: Sendable {
            let name: String
            let status: WebStatus
            let text: String
            let ending: String?
            let certificate: WebLink?
            let history: WebHistory
        }

        let head: WebHead
        let titles: [Title]
        let empty: WebEmpty?
        let next: WebRows?
        let noNext: String?
        let register: WebButton?
        let record: WebLink?
    }

    func page(_ view: View) -> Page {
        let name = view.named(area)
        let title = view("recognition.next.heading", ["area": name])
        return Page(
            "recognition-area-titles", title: title,
            Content(
                head: WebHead(
                    title: title, lead: commune.map { view.named($0) },
                    crumbs: [WebCrumb(name, "/areas/\(area.id)/dossiers"), WebCrumb(view("recognition.area.titles"))]),
                titles: titles.map { one in
                    let held = one.held.line(view)
                    return Content.Title(
                        name: held.title, status: one.status(view),
                        text: [held.text, held.right].compactMap { $0 }.joined(separator: " · "),
                        ending: one.ending(view),
                        certificate: one.standing.holds
                            ? WebLink("/titles/\(one.id)/certificate", view("recognition.certificate.print")) : nil,
                        history: one.history(view))
                },
                empty: titles.isEmpty
                    ? WebEmpty(title: view("recognition.held.none"), text: view("recognition.next.emptyText")) : nil,
                next: next.isEmpty ? nil : WebRows(rows: next.map { $0.line(view) }),
                noNext: next.isEmpty ? view("recognition.next.none") : nil,
                register: mayRegister && next.contains { !$0.isTaken }
                    ? WebButton("/areas/\(area.id)/dossiers/new", view("recognition.next.register"), isPrimary: true)
                    : nil,
                record: mayRecord
                    ? WebLink("/titles/earlier/new?area=\(area.id)", view("recognition.earlier.one.title")) : nil))
    }
}

/// The register (sổ danh hiệu): every title below the reader's unit with how it stands.
struct RecognitionRegisterOutput: Output {
    let territory: TerritoryTitle
    /// `holding` or `past`.
    let show: String
    let titles: [RecognitionTitleAnswer]
    let next: ID?
    /// Enters titles that areas hold from before this system.
    let mayRecord: Bool
    /// This person's own filters.
    var views: [SavedView] = []

    static var sample: RecognitionRegisterOutput {
        RecognitionRegisterOutput(
            territory: RecognitionSamples.province, show: "holding", titles: [.sample], next: RecognitionSamples.id,
            mayRecord: true,
            views: [SavedView(id: RecognitionSamples.id, list: .heldTitles, name: "Past", query: "show=past")])
    }

    struct Content: Sendable {
        let head: WebHead
        let filters: WebFilters
        let views: WebViews?
        let table: WebTable?
        let empty: WebEmpty?
        let pager: WebPager?
        let note: String
        /// To what was held before: the form, the file, what was brought in so far.
        let record: [WebLink]
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.register.title", ["place": view.named(territory)])
        return Page(
            "recognition-register", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("recognition.register.lead"),
                    crumbs: [WebCrumb(view("recognition.register.figures"), "/titles")]),
                filters: WebFilters(
                    label: view("recognition.column.state"),
                    links: ["holding", "past"].map {
                        WebFilter("/titles/held?show=\($0)", view("recognition.register.\($0)"), current: $0 == show)
                    }),
                views: .over(
                    .heldTitles, views, address: show == "holding" ? "/titles/held" : "/titles/held?show=\(show)"),
                table: titles.isEmpty ? nil : table(view),
                empty: titles.isEmpty
                    ? WebEmpty(
                        title: view("recognition.certificate.register.none"),
                        text: view(
                            mayRecord
                                ? "recognition.earlier.empty.text" : "recognition.certificate.register.noneText"),
                        first: mayRecord ? view("recognition.earlier.empty.first") : nil,
                        action: mayRecord
                            ? WebButton("/titles/imports/new", view("recognition.earlier.new.title")) : nil,
                        example: mayRecord
                            ? WebLink("/titles/earlier/new", view("recognition.earlier.one.title")) : nil) : nil,
                pager: WebPager.ifNeeded(
                    previous: nil, next: next.map { "/titles/held?show=\(show)&after=\($0)" }),
                note: view("recognition.register.note"),
                record: mayRecord && !titles.isEmpty
                    ? [
                        WebLink("/titles/earlier/new", view("recognition.earlier.one.title")),
                        WebLink("/titles/imports", view("recognition.earlier.list.title")),
                    ] : []))
    }

    private func table(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("recognition.column.area")), WebColumn(view("recognition.column.title")),
                WebColumn(view("recognition.column.state")), WebColumn(view("recognition.register.until")),
                WebColumn(view("recognition.column.decision")),
            ],
            rows: titles.map { one in
                WebRow([
                    .head(
                        view.named(one.area), href: "/areas/\(one.area.id)/titles",
                        also: one.commune.map { view.named($0) }),
                    .text(one.held.name, also: view("criteria.level.\(one.held.level)")),
                    .status(one.status(view), also: one.ending(view)),
                    .text((one.held.endedOn ?? one.held.until.map { $0.adding(days: -1) }).map { view.day($0) } ?? "–"),
                    .text(
                        one.held.number,
                        also: one.held.isEarlier
                            ? "\(view.day(one.held.day)) · \(view("recognition.earlier.mark"))" : view.day(one.held.day)
                    ),
                ])
            })
    }
}
