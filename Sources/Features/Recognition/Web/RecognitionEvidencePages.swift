import Core
import Web

/// All evidence of a dossier.
struct RecognitionEvidenceListOutput: Output {
    let dossier: RecognitionDossierAnswer
    let kind: Recognition.EvidenceKind?
    /// By kind, of all.
    let counts: [String: Int]
    let evidence: [RecognitionEvidenceAnswer]
    /// Indicators with a value of the area's own and no evidence yet.
    let bare: [RecognitionEvidenceIndicator]
    let mayAdd: Bool

    static var sample: RecognitionEvidenceListOutput {
        RecognitionEvidenceListOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set), kind: .picture,
            counts: ["picture": 1], evidence: [.sample], bare: [.sample], mayAdd: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let filters: WebFilters?
        let cards: [RecognitionEvidenceCard]
        let empty: WebEmpty?
        let bareText: String?
        let bare: [WebLink]
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let home = "/dossiers/\(dossier.id)"
        let title = view("recognition.evidence.listTitle", ["area": dossier.areaName(view)])
        let all = counts.values.reduce(0, +)
        let filters = WebFilters(
            label: view("recognition.evidence.filter"),
            links: [
                WebFilter("\(home)/evidence", view("recognition.evidence.all"), current: kind == nil, count: "\(all)")
            ]
                + Recognition.EvidenceKind.allCases.map {
                    WebFilter(
                        "\(home)/evidence?kind=\($0.rawValue)", view("recognition.evidence.kind.\($0.rawValue)"),
                        current: kind == $0, count: "\(counts[$0.rawValue] ?? 0)")
                })
        return Page(
            "recognition-evidence-list", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("recognition.evidence.listLead"),
                    crumbs: dossier.crumbs(view) + [WebCrumb(dossier.heading(view), home)]),
                filters: all == 0 ? nil : filters,
                cards: evidence.map {
                    RecognitionEvidenceCard(
                        $0, home: home, mayChange: false, mayRelease: false, showsCodes: true, view)
                },
                empty: evidence.isEmpty ? empty(view, home) : nil,
                bareText: bare.isEmpty ? nil : view("recognition.evidence.bare", ["count": "\(bare.count)"]),
                bare: bare.map {
                    WebLink("\(home)/values/\($0.code)#evidence", "\($0.code). \($0.name.shown(view))")
                },
                trace: WebTrace(
                    isDemo: view.isDemonstration, printed: view.language.format.moment(view.now),
                    record: "\(dossier.id)", revision: "\(dossier.revision)",
                    valid: view("recognition.dossier.printValid"))))
    }

    private func empty(_ view: View, _ home: String) -> WebEmpty {
        WebEmpty(
            title: view("recognition.evidence.empty.title"), text: view("recognition.evidence.empty.text"),
            first: mayAdd ? view("recognition.evidence.empty.first") : nil,
            action: mayAdd ? WebButton("\(home)/assessment", view("recognition.evidence.empty.action")) : nil)
    }
}

/// One piece: what it shows, which indicators it speaks for, what it was before.
struct RecognitionEvidenceOutput: Output {
    let dossier: RecognitionDossierAnswer
    let evidence: RecognitionEvidenceAnswer
    /// The newest first.
    let earlier: [RecognitionEvidenceAnswer]
    let indicators: [RecognitionEvidenceIndicator]
    let mayChange: Bool
    let mayRelease: Bool

    static var sample: RecognitionEvidenceOutput {
        RecognitionEvidenceOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set), evidence: .sample,
            earlier: [.sample], indicators: [.sample], mayChange: true, mayRelease: true)
    }

    struct Content: Sendable {
        struct Use: Sendable {
            let name: String
            let label: String
            let checked: Bool
        }

        let head: WebHead
        let picture: String?
        let pictureHref: String
        let alt: String
        let documentHref: String?
        let documentText: String
        let facts: WebFacts
        let closed: WebNotice?
        let released: WebStatus?
        let never: String?
        let uses: FormView?
        let usesError: String?
        let useLines: [Content.Use]
        let usesText: String
        let replaceHref: String?
        /// Before the public sees it, whoever looked answers two questions.
        let release: FormView?
        let closing: String?
        let removal: String?
        let history: WebHistory
        let backHref: String
        let earlierLinks: [WebLink]
    }

    private var home: String { "/dossiers/\(dossier.id)" }
    private var here: String { "\(home)/evidence/\(evidence.id)" }

    func page(_ view: View) -> Page {
        let card = RecognitionEvidenceCard(
            evidence, home: home, mayChange: mayChange, mayRelease: mayRelease, showsCodes: true, view)
        let form =
            mayChange ? view.form(RecognitionEvidenceUsesForm.self, action: "\(here)/uses", hasPrimary: false) : nil
        let title = evidence.note ?? card.heading
        return Page(
            "recognition-evidence", title: title,
            Content(
                head: WebHead(
                    title: title,
                    crumbs: dossier.crumbs(view) + [
                        WebCrumb(dossier.heading(view), home),
                        WebCrumb(view("recognition.evidence.crumb"), "\(home)/evidence"),
                    ]),
                picture: evidence.kind == .picture && evidence.isOpen ? card.href : nil, pictureHref: card.href,
                alt: card.alt, documentHref: evidence.kind == .document && evidence.isOpen ? card.href : nil,
                documentText: view("recognition.evidence.save", ["what": card.heading]), facts: facts(view),
                closed: evidence.isClosed
                    ? WebNotice(
                        .plain, bold: view("recognition.evidence.closed.title"),
                        text: view("recognition.evidence.closed.text", ["place": dossier.placeInside(view)])) : nil,
                released: card.released,
                never: evidence.kind.mayBePublic ? nil : view("recognition.evidence.never"), uses: form,
                usesError: form?.messages["use"],
                useLines: indicators.map { indicator in
                    let name = "use.\(indicator.code)"
                    return Content.Use(
                        name: name, label: "\(indicator.code). \(indicator.name.shown(view))",
                        checked: form?.typed.map { $0[name] != nil } ?? evidence.codes.contains(indicator.code))
                },
                usesText: view("recognition.evidence.codes", ["codes": evidence.codes.joined(separator: ", ")]),
                replaceHref: mayChange && evidence.kind.hasFile ? "\(here)/revisions/new" : nil,
                release: card.release == nil ? nil : view.form(RecognitionReleaseForm.self, action: "\(here)/release"),
                closing: card.closing, removal: card.removal,
                history: WebHistory(events: ([evidence] + earlier).map { event($0, view) }),
                backHref: evidence.codes.first.map { "\(home)/values/\($0)#evidence" } ?? home,
                earlierLinks: earlier.filter { $0.kind.hasFile && $0.isOpen }.map { past in
                    WebLink(
                        "/evidence/\(past.file)/\(past.kind.rawValue)",
                        view("recognition.evidence.openVersion", ["version": "\(past.version)"]))
                }))
    }

    private func facts(_ view: View) -> WebFacts {
        var facts = [WebFact(view("recognition.evidence.fact.kind"), evidence.heading(view))]
        if let office = evidence.office { facts.append(WebFact(view("recognition.evidence.fact.office"), office)) }
        if let day = evidence.seenOn { facts.append(WebFact(view("recognition.evidence.fact.day"), view.day(day))) }
        if let seen = evidence.seen { facts.append(WebFact(view("recognition.evidence.fact.seen"), seen)) }
        if let note = evidence.note { facts.append(WebFact(view("recognition.evidence.fact.note"), note)) }
        if let name = evidence.fileName { facts.append(WebFact(view("recognition.evidence.fact.file"), name)) }
        if let bytes = evidence.bytes {
            facts.append(
                WebFact(
                    view("recognition.evidence.fact.size"), view.language.format.integer(max(1, bytes / 1_000)) + " kB")
            )
        }
        facts.append(
            WebFact(
                view("recognition.evidence.fact.side"), view("recognition.side.\(evidence.side.rawValue)")))
        if let origin = evidence.origin { facts.append(WebFact(view("recognition.evidence.fact.origin"), origin)) }
        return WebFacts(facts: facts)
    }

    private func event(_ version: RecognitionEvidenceAnswer, _ view: View) -> WebEvent {
        let who = version.added(view)
        let what = [version.fileName, version.note].compactMap { $0 }.joined(separator: " · ")
        return WebEvent(
            state: version.replacedAt == nil ? .done : .none,
            title: view(
                "recognition.evidence.versionLine",
                ["version": "\(version.version)", "moment": view.language.format.moment(version.at)]),
            text: what.isEmpty ? who : "\(who) · \(what)")
    }
}

/// Adding evidence to an indicator, or a newer version of a piece: first the question about secrets, then files.
struct RecognitionEvidenceNewOutput: Output {
    let dossier: RecognitionDossierAnswer
    let indicator: RecognitionEvidenceIndicator
    /// What the criteria set names as evidence.
    let asked: [String]
    let replaces: RecognitionEvidenceAnswer?
    /// `yes`, `no`; nil while it was not answered.
    let secret: String?
    let mayAddFiles: Bool
    /// The commune notes its own visit, nothing else.
    let onlyVisits: Bool
    let held: Int
    let most: Int

    static var sample: RecognitionEvidenceNewOutput {
        RecognitionEvidenceNewOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set), indicator: .sample,
            asked: ["Sample"], replaces: .sample, secret: "no", mayAddFiles: true, onlyVisits: false, held: 1, most: 12)
    }

    struct Content: Sendable {
        let head: WebHead
        let asked: String?
        let held: String?
        let question: String?
        let here: String
        let refused: WebNotice?
        let files: FormView?
        /// The question was answered before: its answer goes along unseen.
        let isAnswered: Bool
        let fileFields: [WebField]
        let observation: FormView?
        let observationOpen: String
        let backHref: String
    }

    private var home: String { "/dossiers/\(dossier.id)" }
    private var indicatorHref: String { "\(home)/values/\(indicator.code)" }

    func page(_ view: View) -> Page {
        let back = replaces.map { "\(home)/evidence/\($0.id)" } ?? "\(indicatorHref)#evidence"
        let here = replaces.map { "\(home)/evidence/\($0.id)/revisions/new" } ?? "\(indicatorHref)/evidence/new"
        let sent = view.submitted.flatMap {
            [RecognitionEvidenceForm.name, RecognitionRevisionForm.name].contains($0.form) ? $0 : nil
        }
        let answer = sent.map { $0.input.values["secret"] ?? "" } ?? secret
        let title = view(
            replaces == nil ? "recognition.evidence.new.title" : "recognition.evidence.new.replaceTitle",
            ["code": indicator.code])
        let isOpen = mayAddFiles && answer == "no"
        // What was sent without an answer comes back whole, the question among its fields.
        let isUnanswered = mayAddFiles && sent != nil && answer != "no" && answer != "yes"
        return Page(
            "recognition-evidence-new", title: title,
            Content(
                head: WebHead(
                    title: title, lead: indicator.name.shown(view),
                    crumbs: [
                        WebCrumb(dossier.areaName(view), home),
                        WebCrumb("\(indicator.code). \(indicator.name.shown(view))", indicatorHref),
                    ]),
                asked: asked.isEmpty
                    ? nil : view("recognition.indicator.evidenceAsked", ["list": asked.joined(separator: "; ")]),
                held: held == 0
                    ? nil : view("recognition.evidence.new.held", ["held": "\(held)", "most": "\(most)"]),
                question: mayAddFiles && !isOpen && !isUnanswered && answer != "yes"
                    ? view("recognition.evidence.new.question") : nil,
                here: here,
                refused: mayAddFiles && answer == "yes"
                    ? WebNotice(
                        .error, bold: view("recognition.refusal.secret"),
                        text: view("recognition.evidence.new.secretWhat"),
                        action: WebLink(back, view("recognition.evidence.new.back"))) : nil,
                files: isOpen || isUnanswered ? filesForm(view) : nil, isAnswered: isOpen,
                fileFields: isUnanswered ? filesForm(view).fields : isOpen ? fileFields(view) : [],
                observation: replaces == nil
                    ? view.form(
                        RecognitionObservationForm.self, action: "\(indicatorHref)/observations",
                        filled: ["kind": onlyVisits ? "visit" : "", "day": view.day(view.today)], hasPrimary: false)
                    : nil,
                observationOpen: onlyVisits || view.submitted?.form == RecognitionObservationForm.name ? "open" : "",
                backHref: back))
    }

    private func filesForm(_ view: View) -> FormView {
        replaces.map { view.form(RecognitionRevisionForm.self, action: "\(home)/evidence/\($0.id)/revisions") }
            ?? view.form(RecognitionEvidenceForm.self, action: "\(indicatorHref)/evidence")
    }

    /// All but the question, which was answered: its answer goes along unseen.
    private func fileFields(_ view: View) -> [WebField] {
        filesForm(view).fields.filter { $0.name != RecognitionSecrecy.field.name }
    }
}
