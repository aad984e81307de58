import Core
import Organisation
import Web

/// The page on which an area registers.
struct RecognitionRegistrationOutput: Output {
    struct Title: Encodable, Sendable {
        let code: String
        /// What the form sends for it.
        let choice: String
        let level: String?
        /// Who would decide, where several may; nil where one does.
        let decider: String?
        /// Who decides, also where only one does; nil where nothing names them.
        let body: String?
        let name: RecognitionName
        /// A title that must be held before.
        let after: RecognitionName?
        let precondition: String
        let minimum: Int?
        /// Of the years offered those for which the area is registered with this decider already.
        let takenYears: [Int]
    }

    /// A title of the set that the area cannot register for now.
    struct Closed: Encodable, Sendable {
        let code: String
        /// Of the decider, where several may decide.
        let level: String?
        let name: RecognitionName
        /// The rule that says why, as the same refusal answers it.
        let because: Refusal
        /// The one that runs, where that is why.
        let dossier: ID?

        enum CodingKeys: String, CodingKey { case code, level, name, rule, dossier }

        func encode(to encoder: any Encoder) throws {
            var box = encoder.container(keyedBy: CodingKeys.self)
            try box.encode(code, forKey: .code)
            try box.encodeIfPresent(level, forKey: .level)
            try box.encode(name, forKey: .name)
            try box.encode(because.key, forKey: .rule)
            try box.encodeIfPresent(dossier, forKey: .dossier)
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
    /// How many indicators of its own the area may name with it.
    let ownRoom: Int
    /// The page was asked for with the fields for them.
    let namesOwn: Bool
    /// What the area's survey for the year found; nil when there is none yet.
    var survey: RecognitionSurveyMark?

    static var sample: RecognitionRegistrationOutput {
        RecognitionRegistrationOutput(
            area: RecognitionSamples.territory, criteria: "SAMPLE", criteriaName: .sample, criteriaVersion: 1,
            indicatorCount: 27,
            titles: [
                Title(
                    code: "model", choice: "model", level: "province", decider: "Standing board",
                    body: "Standing board", name: .sample,
                    after: .sample, precondition: "x", minimum: 9_000, takenYears: [2026])
            ],
            closed: [
                Closed(
                    code: "outstanding", level: "commune", name: .sample,
                    because: Refusal(
                        .invalid, "recognition.refusal.lowerThanHeld", ["title": "Sample", "held": "Sample"]),
                    dossier: RecognitionSamples.id)
            ],
            years: [2027, 2026], lateYears: [2026], registrationEnds: RecognitionSamples.day, ownRoom: 2,
            namesOwn: true, survey: .sample)
    }

    struct Content: Sendable {
        struct Own: Sendable {
            let lead: String
            let parts: [RecognitionRegistrationOwn.Part]
        }

        let head: WebHead
        /// Nil where nothing can be registered for.
        let form: FormView?
        let chosen: [WebField]
        /// The area's own indicators, for whoever asked for them: most registrations name none, and are short to read.
        let own: Own?
        let ownLink: WebLink?
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
            WebOption(
                value: title.choice, label: named(title.name, title.level, title.decider, view), hint: hint(title, view)
            )
        }
        let years = years.map { year in
            let last = lateYears.contains(year) ? view("recognition.registration.year.late") : nil
            return WebOption(value: "\(year)", label: "\(year)", hint: last)
        }
        let form = form(view, options, years)
        let showsOwn = ownRoom > 0 && (namesOwn || RecognitionRegistrationOwn.isOpen(form))
        return Page(
            "recognition-registration", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("recognition.registration.lead"),
                    crumbs: [
                        WebCrumb(name, "/areas/\(area.id)/dossiers"), WebCrumb(view("recognition.registration.crumb")),
                    ]),
                form: titles.isEmpty ? nil : form, chosen: ["title", "year", "reason"].compactMap { form.field[$0] },
                own: showsOwn
                    ? Content.Own(
                        lead: view("recognition.own.rule", ["most": "\(ownRoom)"]),
                        parts: RecognitionRegistrationOwn.parts(of: form, room: ownRoom, view)) : nil,
                ownLink: ownRoom == 0 || showsOwn
                    ? nil
                    : WebLink("/areas/\(area.id)/dossiers/new?own=yes", view("recognition.registration.ownFold")),
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
            filled: ["year": years.first?.value ?? "", "title": isOneTitle ? titles.first?.value ?? "" : ""],
            options: ["title": titles, "year": years].merging(RecognitionRegistrationOwn.options(view)) { $1 },
            labels: RecognitionRegistrationOwn.labels(view))
    }

    /// Of one title that several may decide on, the usual decider is preset.
    private var isOneTitle: Bool { Set(titles.map(\.code)).count == 1 }

    /// A title, with its decider's level where several may decide on it.
    private func named(_ name: RecognitionName, _ level: String?, _ decider: String?, _ view: View) -> String {
        guard let level, decider != nil else { return name.shown(view) }
        return view("recognition.held.line", ["title": name.shown(view), "level": view("criteria.level.\(level)")])
    }

    private func closedRows(_ view: View) -> WebRows {
        WebRows(
            rows: closed.map { one in
                WebLine(
                    title: named(one.name, one.level, one.level, view), href: one.dossier.map { "/dossiers/\($0)" },
                    text: view(one.because.key, one.because.arguments))
            })
    }

    private func empty(_ view: View) -> WebEmpty {
        let (title, text) =
            closed.contains { $0.dossier != nil } ? ("runsTitle", "runsText") : ("noneTitle", "noneText")
        return WebEmpty(
            title: view("recognition.registration.\(title)"), text: view("recognition.registration.\(text)"),
            example: WebLink("/areas/\(area.id)/titles", view("recognition.next.open")))
    }

    private func hint(_ title: Title, _ view: View) -> String {
        var parts: [String] = []
        if let body = title.body {
            parts.append(view("recognition.registration.decides", ["body": body]))
        }
        if let minimum = title.minimum {
            parts.append(view("recognition.registration.needs", ["points": view.points(minimum)]))
        }
        if let after = title.after {
            parts.append(view("recognition.registration.afterHeld", ["title": after.shown(view)]))
        }
        if !title.precondition.isEmpty { parts.append(title.precondition) }
        parts += title.takenYears.map { view("recognition.registration.taken", ["year": "\($0)"]) }
        return parts.joined(separator: " ")
    }
}
