import Core
import Criteria
import Database
import Organisation
import Web

/// An area proposes an indicator of its own.
struct RecognitionOwnForm: Form {
    static let name = "recognition.ownForm"
    static let fields: [Field] = [
        Field("name", .text(160)), Field("kind", .choice(Recognition.OwnProposal.Kind.allCases.map(\.rawValue))),
        Field("compare", .choice(["atLeast", "atMost"]), optional: true),
        Field("threshold", .quantity, optional: true),
        Field("unit", .choice(Recognition.OwnProposal.units.map(\.rawValue)), optional: true),
        Field("evidence", .text(200)), Field("verifier", .text(120)), Field("day", .day),
    ]

    let proposal: Recognition.OwnProposal

    init?(_ read: FormReader) {
        let name = read.text("name")
        let kind = read.choice("kind").flatMap(Recognition.OwnProposal.Kind.init(rawValue:))
        let compare = read.choice("compare")
        let threshold = read.quantity("threshold")
        let unit = read.choice("unit").flatMap(Criteria.Measure.init(rawValue:))
        let evidence = read.text("evidence")
        let verifier = read.text("verifier")
        let day = read.day("day")
        guard let name, let kind, let evidence, let verifier, let day else { return nil }
        proposal = Recognition.OwnProposal(
            name: name, kind: kind, unit: unit, isAtMost: compare == "atMost", threshold: threshold,
            evidence: evidence, verifier: verifier, meeting: day)
    }
}

/// The commune answers a proposal.
struct RecognitionOwnAnswerForm: Form {
    static let name = "recognition.ownAnswer"
    static let fields: [Field] = [
        Field("outcome", .choice(["agree", "decline"])), Field("reason", .longText(400), optional: true),
    ]

    /// Nil agrees.
    let declines: Bool
    let reason: String?

    init?(_ read: FormReader) {
        let outcome = read.choice("outcome")
        reason = read.text("reason")
        guard let outcome else { return nil }
        declines = outcome == "decline"
        if declines, reason == nil {
            read.refuse("reason", "recognition.own.refusal.reason")
            return nil
        }
    }
}

/// An area's own indicators: what was proposed, what the commune said, and one more while there is room.
struct RecognitionOwnOutput: Output {
    struct Line: Encodable, Sendable {
        let id: ID
        let code: String
        let name: String
        let kind: String
        let demand: String?
        let evidence: String
        let verifier: String
        let state: Recognition.OwnState
        let meeting: Day
        let proposer: String?
        let answerer: String?
        let reason: String?
        let mayAnswer: Bool
        let shown: Shown

        struct Shown: PageOnly, Sendable {
            let indicator: Criteria.Indicator
            let aim: Criteria.Aim
        }

        private enum CodingKeys: CodingKey {
            case id, code, name, kind, demand, evidence, verifier, state, meeting, proposer, answerer, reason, mayAnswer
        }

        init(_ own: Recognition.OwnIndicator, for aim: Criteria.Aim, mayAnswer: Bool) {
            id = own.id
            code = own.indicator.code
            name = own.indicator.name.vi
            kind = own.indicator.kind.word
            demand = own.indicator.bound(for: aim).map { Criteria.Format.text($0) }
            evidence = own.indicator.evidence.map(\.name).joined(separator: "; ")
            verifier = own.indicator.verifier
            state = own.state
            meeting = own.meeting
            proposer = own.proposerName
            answerer = own.answererName
            reason = own.reason
            self.mayAnswer = mayAnswer && own.state == .proposed
            shown = Shown(indicator: own.indicator, aim: aim)
        }
    }

    let dossier: RecognitionDossierAnswer
    /// How many the set has room for.
    let most: Int
    let lines: [Line]
    let mayPropose: Bool

    static var sample: RecognitionOwnOutput {
        let own = Recognition.OwnIndicator(
            id: RecognitionSamples.id, indicator: RecognitionSamples.indicator, state: .proposed,
            meeting: RecognitionSamples.day, proposer: RecognitionSamples.id, proposerName: "Sample",
            proposedAt: RecognitionSamples.instant, answererName: "Sample", answeredAt: RecognitionSamples.instant,
            reason: "Sample", revision: 1)
        return RecognitionOwnOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set), most: 2,
            lines: [Line(own, for: RecognitionSamples.dossier.aim, mayAnswer: true)], mayPropose: true)
    }

    struct Content: Sendable {
        struct Card: Sendable {
            let title: String
            let status: WebStatus
            let facts: WebFacts
            let form: FormView?
        }

        let head: WebHead
        let cards: [Content.Card]
        let form: FormView?
        let rule: String
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.own.title")
        return Page(
            "recognition-own", title: title,
            Content(
                head: WebHead(
                    title: title, lead: dossier.place(view),
                    crumbs: dossier.crumbs(view)
                        + [WebCrumb(dossier.titleName.shown(view), "/dossiers/\(dossier.id)")]),
                // One form a page: a refusal then belongs to one.
                cards: lines.map { card($0, hasForm: $0.id == lines.first(where: \.mayAnswer)?.id, view) },
                form: mayPropose
                    ? view.form(
                        RecognitionOwnForm.self, action: "/dossiers/\(dossier.id)/own",
                        options: [
                            "unit": Recognition.OwnProposal.units.map {
                                WebOption(value: $0.rawValue, label: view("criteria.unit.\($0.rawValue).many"))
                            }
                        ]) : nil,
                rule: view(most > 0 ? "recognition.own.rule" : "recognition.own.noRoom", ["most": "\(most)"]),
                empty: lines.isEmpty && !mayPropose
                    ? WebEmpty(title: view("recognition.own.empty.title"), text: view("recognition.own.empty.text"))
                    : nil))
    }

    private func card(_ line: Line, hasForm: Bool, _ view: View) -> Content.Card {
        let texts = CriteriaTexts(view)
        var facts = [
            WebFact(
                view("recognition.own.demand"),
                line.shown.indicator.bound(for: line.shown.aim).map {
                    texts.demand($0, of: line.shown.indicator)
                } ?? ""),
            WebFact(view("recognition.ownForm.evidence.label"), line.evidence),
            WebFact(view("recognition.ownForm.verifier.label"), line.verifier),
            WebFact(view("recognition.ownForm.day.label"), view.day(line.meeting)),
        ]
        if let proposer = line.proposer { facts.append(WebFact(view("recognition.own.proposer"), proposer)) }
        if let answerer = line.answerer {
            let who = line.state == .withdrawn ? "recognition.own.withdrawer" : "recognition.own.answerer"
            facts.append(WebFact(view(who), answerer))
        }
        if let reason = line.reason { facts.append(WebFact(view("recognition.ownAnswer.reason.label"), reason)) }
        let word = view("recognition.own.state.\(line.state.rawValue)")
        let status =
            switch line.state {
            case .proposed: WebStatus(.waiting, word)
            case .agreed: WebStatus(.done, word)
            case .declined: WebStatus(.unmet, word)
            case .withdrawn: WebStatus(.none, word)
            }
        return Content.Card(
            title: "\(line.code) \(line.name)", status: status, facts: WebFacts(facts: facts),
            form: hasForm
                ? view.form(RecognitionOwnAnswerForm.self, action: "/dossiers/\(dossier.id)/own/\(line.id)") : nil)
    }
}

extension RecognitionAssessmentOutput {
    /// An indicator of the area's own that waits for the commune's answer.
    struct Proposed: Encodable, Sendable {
        let code: String
        let name: String
        let at: Instant

        static let sample = Proposed(code: "R.1", name: "Sample", at: RecognitionSamples.instant)

        static func of(_ dossier: Recognition.Dossier, _ reader: any Reader) throws -> [Proposed] {
            guard dossier.state == .assessing else { return [] }
            return try RecognitionStore.proposedIndicators(of: dossier.id, reader).map {
                Proposed(code: $0.indicator.code, name: $0.indicator.name.vi, at: $0.proposedAt)
            }
        }
    }

    /// What stays without an answer when the self-assessment is closed, and how long each waited.
    func withoutHint(_ view: View) -> String {
        let names = proposed.map { own in
            view(
                "recognition.own.since",
                ["name": "\(own.code) \(own.name)", "days": "\(max(0, own.at.day.days(until: view.today)))"])
        }
        return view("recognition.own.withoutHint", ["names": names.joined(separator: "; ")])
    }
}
