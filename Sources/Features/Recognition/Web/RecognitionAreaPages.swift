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
    let state: Recognition.State
    let since: Instant
    let due: Day?

    init(_ line: Recognition.Line, _ set: CriteriaSet) {
        id = line.id
        area = line.area
        commune = line.commune
        year = line.year
        title = line.title
        titleName = RecognitionName(set.title(line.title)?.name ?? Criteria.Name(line.title))
        state = line.state
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
    }

    func line(_ view: View) -> WebLine {
        let ended = endedWhy.flatMap { why in
            endedOn.map { view("recognition.held.ended.\(why)", ["day": view.day($0)]) }
        }
        return WebLine(
            title: view("recognition.held.line", ["title": name, "level": view("criteria.level.\(level)")]),
            text: view("recognition.held.decision", ["number": number, "day": view.day(day), "body": body]),
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
        let mayRegister = !isRegistered && !next.isEmpty && view.allows(.registerArea, area)
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
                    .head("\(line.year)", href: "/dossiers/\(line.id)"), .text(line.titleName.shown(view)),
                    .status(view.status(line.state, due: line.due)), .text(view.day(line.since.day)),
                ])
            })
    }
}

/// The page on which an area registers.
struct RecognitionRegistrationOutput: Output {
    struct Title: Encodable, Sendable {
        let code: String
        let name: RecognitionName
        /// A title that must be held before.
        let after: RecognitionName?
        let precondition: String
        let minimum: Int?
    }

    /// A title of the set that the area cannot register for now.
    struct Closed: Encodable, Sendable {
        let code: String
        let name: RecognitionName
        /// The rule that says why, as the same refusal answers it.
        let because: Refusal

        enum CodingKeys: String, CodingKey { case code, name, rule }

        func encode(to encoder: any Encoder) throws {
            var box = encoder.container(keyedBy: CodingKeys.self)
            try box.encode(code, forKey: .code)
            try box.encode(name, forKey: .name)
            try box.encode(because.key, forKey: .rule)
        }
    }

    let area: Territory
    let criteria: String
    let criteriaName: RecognitionName
    let criteriaVersion: Int
    let indicatorCount: Int
    /// What may be registered for next, the lowest first.
    let titles: [Title]
    let closed: [Closed]
    /// The years offered; the first is preset.
    let years: [Int]
    /// Of those, the ones whose registration is over: the commune says why.
    let lateYears: [Int]
    let registrationEnds: Day?
    /// What the area's survey for the year found; nil when there is none yet.
    var survey: RecognitionSurveyMark?

    static var sample: RecognitionRegistrationOutput {
        RecognitionRegistrationOutput(
            area: RecognitionSamples.territory, criteria: "SAMPLE", criteriaName: .sample, criteriaVersion: 1,
            indicatorCount: 27,
            titles: [
                Title(
                    code: "model", name: .sample, after: .sample, precondition: "x", minimum: 9_000)
            ],
            closed: [
                Closed(
                    code: "outstanding", name: .sample,
                    because: Refusal(
                        .invalid, "recognition.refusal.lowerThanHeld", ["title": "Sample", "held": "Sample"]))
            ],
            years: [2027, 2026], lateYears: [2026], registrationEnds: RecognitionSamples.day, survey: .sample)
    }

    struct Content: Sendable {
        let head: WebHead
        /// Nil where nothing can be registered for.
        let form: FormView?
        let noForm: WebEmpty?
        let closed: WebRows?
        let surveyNotice: WebNotice
        let lateNotice: WebNotice?
        let facts: WebFacts
    }

    func page(_ view: View) -> Page {
        let name = view.named(area.title)
        let title = view("recognition.registration.title.heading", ["area": name])
        let options = titles.map { title in
            WebOption(value: title.code, label: title.name.shown(view), hint: hint(title, view))
        }
        let years = years.map { year in
            let last = lateYears.contains(year) ? view("recognition.registration.year.late") : nil
            return WebOption(value: "\(year)", label: "\(year)", hint: last)
        }
        return Page(
            "recognition-registration", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("recognition.registration.lead"),
                    crumbs: [
                        WebCrumb(name, "/areas/\(area.id)/dossiers"), WebCrumb(view("recognition.registration.crumb")),
                    ]),
                form: titles.isEmpty ? nil : form(view, options, years),
                noForm: titles.isEmpty ? empty(view) : nil, closed: closed.isEmpty ? nil : closedRows(view),
                surveyNotice: RecognitionSurveyMark.notice(survey, of: area.id, view),
                lateNotice: lateYears.isEmpty
                    ? nil : WebNotice(.plain, text: view("recognition.registration.lateNotice")),
                facts: WebFacts(
                    facts: [
                        WebFact(view("recognition.registration.set"), criteriaName.shown(view)),
                        WebFact(view("recognition.registration.version"), "\(criteriaVersion)"),
                        WebFact(view("recognition.registration.indicators"), "\(indicatorCount)"),
                    ] + (registrationEnds.map { [WebFact(view("recognition.registration.ends"), view.day($0))] } ?? []))
            ))
    }

    private func form(_ view: View, _ titles: [WebOption], _ years: [WebOption]) -> FormView {
        view.form(
            RecognitionRegistrationForm.self, action: "/areas/\(area.id)/dossiers",
            filled: ["year": years.first?.value ?? "", "title": titles.count == 1 ? titles[0].value : ""],
            options: ["title": titles, "year": years])
    }

    private func closedRows(_ view: View) -> WebRows {
        WebRows(
            rows: closed.map { one in
                WebLine(title: one.name.shown(view), text: view(one.because.key, one.because.arguments))
            })
    }

    private func empty(_ view: View) -> WebEmpty {
        WebEmpty(
            title: view("recognition.registration.noneTitle"), text: view("recognition.registration.noneText"),
            example: WebLink("/areas/\(area.id)/titles", view("recognition.next.open")))
    }

    private func hint(_ title: Title, _ view: View) -> String {
        var parts: [String] = []
        if let minimum = title.minimum {
            parts.append(view("recognition.registration.needs", ["points": view.points(minimum)]))
        }
        if let after = title.after {
            parts.append(view("recognition.registration.afterHeld", ["title": after.shown(view)]))
        }
        if !title.precondition.isEmpty { parts.append(title.precondition) }
        return parts.joined(separator: " ")
    }
}
