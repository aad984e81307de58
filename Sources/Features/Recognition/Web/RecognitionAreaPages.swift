import Core
import Criteria
import Organisation
import Web

/// One dossier as a line.
struct RecognitionLineAnswer: Encodable, Sendable {
    let id: ID
    let area: TerritoryTitle
    let commune: TerritoryTitle?
    let year: Int
    let title: String
    let titleName: RecognitionName
    /// Of the decider.
    let level: String
    let state: Recognition.State
    /// While it is being reviewed: a meeting with a quorum voted on it.
    let isReviewed: Bool
    let since: Instant
    let due: Day?

    init(_ line: Recognition.Line, _ set: CriteriaSet) {
        id = line.id
        area = line.area
        commune = line.commune
        year = line.year
        title = line.title
        titleName = RecognitionName(set.title(line.title)?.name ?? Criteria.Name(line.title))
        level = line.level.rawValue
        state = line.state
        isReviewed = line.isReviewed
        since = line.since
        due = line.due
    }
}

/// A title an area holds or held.
struct RecognitionHeldAnswer: Encodable, Sendable {
    let title: String
    let name: String
    let level: String
    let number: String
    let day: Day
    let body: String
    let from: Day
    let until: Day?
    let endedOn: Day?
    let endedWhy: String?
    let holds: Bool
    /// Entered from a decision that was made before this system.
    let isEarlier: Bool

    init(_ held: Recognition.HeldTitle, on today: Day) {
        title = held.title
        name = held.name
        level = held.level.rawValue
        number = held.number
        day = held.day
        body = held.body
        from = held.from
        until = held.until
        endedOn = held.endedOn
        endedWhy = held.endedWhy?.rawValue
        holds = held.holds(on: today)
        isEarlier = held.isEarlier
    }

    func line(_ view: View) -> WebLine {
        let ended = endedWhy.flatMap { why in
            endedOn.map { view("recognition.held.ended.\(why)", ["day": view.day($0)]) }
        }
        return WebLine(
            title: view("recognition.held.line", ["title": name, "level": view("criteria.level.\(level)")]),
            text: [
                view("recognition.held.decision", ["number": number, "day": view.day(day), "body": body]),
                isEarlier ? view("recognition.earlier.mark") : nil,
            ].compactMap { $0 }.joined(separator: " · "),
            right: ended ?? until.map { view("recognition.held.until", ["day": view.day($0.adding(days: -1))]) },
            status: holds
                ? WebStatus(.done, view("recognition.held.holds")) : WebStatus(.none, view("recognition.held.past")))
    }
}

/// An area's dossiers, year by year, and its titles.
struct RecognitionAreaOutput: Output {
    let area: Territory
    let commune: TerritoryTitle?
    /// The year it would register for today, and until when.
    let registrationYear: Int
    let registrationEnds: Day?
    let isRegistered: Bool
    let dossiers: [RecognitionLineAnswer]
    let titles: [RecognitionHeldAnswer]
    /// What it may go for next.
    let next: [RecognitionNextAnswer]

    static var sample: RecognitionAreaOutput {
        RecognitionAreaOutput(
            area: RecognitionSamples.territory, commune: RecognitionSamples.commune, registrationYear: 2027,
            registrationEnds: RecognitionSamples.day, isRegistered: false,
            dossiers: [RecognitionListOutput.sampleLine],
            titles: [RecognitionHeldAnswer(RecognitionSamples.held, on: RecognitionSamples.day)], next: [.sample])
    }

    struct Content: Sendable {
        let head: WebHead
        let nextTitles: WebRows?
        let allTitles: WebLink
        let register: WebButton?
        let registerText: String?
        let empty: WebEmpty?
        let table: WebTable?
        let titles: WebRows?
        let noTitles: String
    }

    func page(_ view: View) -> Page {
        let name = view.named(area.title)
        let title = view("recognition.area.title", ["area": name])
        let mayRegister = !isRegistered && next.contains { !$0.isTaken } && view.allows(.registerArea, area)
        let button = WebButton(
            "/areas/\(area.id)/dossiers/new", view("recognition.area.register", ["year": "\(registrationYear)"]),
            isPrimary: true)
        return Page(
            "recognition-area", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("recognition.area.lead"),
                    crumbs: [WebCrumb(view("recognition.list.title"), "/dossiers"), WebCrumb(name)]),
                nextTitles: next.isEmpty ? nil : WebRows(rows: next.map { $0.line(view) }),
                allTitles: WebLink("/areas/\(area.id)/titles", view("recognition.next.open")),
                register: mayRegister && !dossiers.isEmpty ? button : nil,
                registerText: mayRegister && !dossiers.isEmpty ? deadline(view) : nil,
                empty: dossiers.isEmpty
                    ? WebEmpty(
                        title: view("recognition.area.empty"), text: view("recognition.area.emptyText"),
                        first: mayRegister ? deadline(view) : view("recognition.area.emptyOther"),
                        action: mayRegister ? button : nil) : nil,
                table: dossiers.isEmpty ? nil : table(view),
                titles: titles.isEmpty ? nil : WebRows(rows: titles.map { $0.line(view) }),
                noTitles: view("recognition.held.none")))
    }

    private func deadline(_ view: View) -> String {
        registrationEnds.map {
            view("recognition.area.registerUntil", ["year": "\(registrationYear)", "day": view.day($0)])
        }
            ?? view("recognition.area.register", ["year": "\(registrationYear)"])
    }

    private func table(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("recognition.column.year")), WebColumn(view("recognition.column.title")),
                WebColumn(view("recognition.column.state")), WebColumn(view("recognition.column.since")),
            ],
            rows: dossiers.map { line in
                WebRow([
                    .head("\(line.year)", href: "/dossiers/\(line.id)"),
                    .text(line.titleName.shown(view), also: view("criteria.level.\(line.level)")),
                    .status(view.status(line.state, at: line.level, isReviewed: line.isReviewed, due: line.due)),
                    .text(view.day(line.since.day)),
                ])
            })
    }
}
