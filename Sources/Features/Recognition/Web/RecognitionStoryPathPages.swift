import Core
import Criteria
import Database
import Organisation
import Web

/// What happened between self-assessment and submission, and what still stands before it.
struct RecognitionPathAnswer: Encodable, Sendable {
    /// The sitting that decides; without one the last that took place.
    let sitting: RecognitionSittingAnswer?
    /// Voted down and without a word yet.
    let open: [String]
    let posting: RecognitionPostingAnswer?
    /// Comments that were let through, and of these the ones without an answer.
    let comments: Int
    let unanswered: Int
    /// Comments that nobody read; only for the commune.
    let unread: Int?
    let ballotStage: Recognition.Ballot.Stage?
    let ballot: RecognitionBallotResultAnswer?
    /// What keeps a posted dossier from being submitted: words' keys.
    let conditions: [RecognitionDossierOutput.Reason]
    /// What the ballot fell short of; the dossier goes on with it.
    let shortfall: RecognitionDossierOutput.Reason?
    /// The commune's check and the panel's work, as far as the reader may know.
    let appraisal: RecognitionPathAppraisal?

    static let sample = RecognitionPathAnswer(
        sitting: RecognitionSittingAnswer(RecognitionSamples.sitting), open: ["III.3"],
        posting: RecognitionPostingAnswer(RecognitionSamples.postingDays, on: RecognitionSamples.day), comments: 2,
        unanswered: 1, unread: 1, ballotStage: .fixed, ballot: .sample,
        conditions: [
            RecognitionDossierOutput.Reason(
                key: "recognition.posting.refusal.unanswered", vietnamese: ["count": "1"], english: ["count": "1"])
        ],
        shortfall: RecognitionDossierOutput.Reason(
            key: "recognition.ballot.shortfall.fewSatisfied", vietnamese: ["needed": "80%"], english: ["needed": "80%"]),
        appraisal: .sample)

    init(
        sitting: RecognitionSittingAnswer?, open: [String], posting: RecognitionPostingAnswer?, comments: Int,
        unanswered: Int, unread: Int?, ballotStage: Recognition.Ballot.Stage?, ballot: RecognitionBallotResultAnswer?,
        conditions: [RecognitionDossierOutput.Reason], shortfall: RecognitionDossierOutput.Reason?,
        appraisal: RecognitionPathAppraisal? = nil
    ) {
        self.appraisal = appraisal
        self.shortfall = shortfall
        self.sitting = sitting
        self.open = open
        self.posting = posting
        self.comments = comments
        self.unanswered = unanswered
        self.unread = unread
        self.ballotStage = ballotStage
        self.ballot = ballot
        self.conditions = conditions
    }

    init(of dossier: Recognition.Dossier, _ set: CriteriaSet, _ call: Call<Actor>) throws {
        let reader = call.reader
        let review = try RecognitionStore.review(of: dossier.id, reader)
        let posting = try RecognitionStore.posting(of: dossier.id, reader)
        let terms = Recognition.Terms.of(set, for: dossier.title)
        let found = posting == nil ? [] : try RecognitionStore.comments(on: dossier, reader)
        let passed = found.filter { $0.state == .passed }
        let isCommune = try RecognitionPostingRoutes.isCommune(call, dossier)
        func refusals(_ language: Language) -> [Refusal] {
            guard dossier.state == .posted else { return [] }
            return Recognition.Readiness.refusal(
                posting: posting?.days, unanswered: passed.count { $0.answer == nil }, ballot: posting?.ballot,
                by: terms, on: call.today, language: language)?.all ?? []
        }
        let english = refusals(.en)
        self.init(
            sitting: (review.deciding ?? review.sittings.last).map { RecognitionSittingAnswer($0) },
            open: review.open, posting: posting.map { RecognitionPostingAnswer($0.days, on: call.today) },
            comments: passed.count, unanswered: passed.count { $0.answer == nil },
            unread: isCommune ? found.count { $0.state == .received } : nil, ballotStage: posting?.ballot.stage,
            ballot: posting.flatMap { RecognitionBallotResultAnswer($0.ballot, by: terms) },
            conditions: refusals(.vi).enumerated().map { index, refusal in
                RecognitionDossierOutput.Reason(
                    key: refusal.key, vietnamese: refusal.arguments,
                    english: index < english.count ? english[index].arguments : refusal.arguments)
            },
            shortfall: Recognition.Readiness.shortfall(of: posting?.ballot, by: terms).map {
                RecognitionDossierOutput.Reason(key: $0.key, vietnamese: $0.arguments, english: $0.arguments)
            }, appraisal: try RecognitionPathAppraisal(of: dossier, on: call.today, reader))
    }
}

/// One part of the way on the dossier's page: what happened there, and where it is done.
struct RecognitionPathPanel: Sendable {
    let id: String
    let title: String
    let facts: WebFacts
    let link: WebLink?
}

extension RecognitionDossierOutput {
    /// Meeting, posting and ballot, as far as the dossier has come.
    func pathPanels(_ view: View) -> [RecognitionPathPanel] {
        guard dossier.state != .assessing else { return [] }
        let home = "/dossiers/\(dossier.id)"
        var panels: [RecognitionPathPanel] = []
        if path.sitting != nil || dossier.state == .reviewing {
            panels.append(
                RecognitionPathPanel(
                    id: "h-review", title: view("recognition.review.heading"), facts: reviewFacts(view),
                    link: WebLink("\(home)/review", view("recognition.review.see"))))
        }
        let later = path.appraisal?.panels(home, view) ?? []
        guard let posting = path.posting else { return panels + later }
        panels.append(
            RecognitionPathPanel(
                id: "h-posting", title: view("recognition.posting.heading"), facts: postingFacts(posting, view),
                link: WebLink("\(home)/posting", view("recognition.posting.see"))))
        panels.append(
            RecognitionPathPanel(
                id: "h-ballot", title: view("recognition.ballot.heading"), facts: ballotFacts(view),
                link: WebLink("\(home)/ballot", view("recognition.ballot.see"))))
        return panels + later
    }

    private func reviewFacts(_ view: View) -> WebFacts {
        guard let sitting = path.sitting else {
            return WebFacts(facts: [WebFact(view("recognition.review.held"), view("recognition.review.none"))])
        }
        var facts = [
            WebFact(view("recognition.review.held"), view.day(sitting.day)),
            WebFact(view("recognition.review.came"), sitting.size(view), status: sitting.status(view)),
        ]
        if !sitting.votedDown.isEmpty {
            facts.append(
                WebFact(
                    view("recognition.posting.public.votedDown"), sitting.votedDown.joined(separator: ", "),
                    status: path.open.isEmpty
                        ? WebStatus(.done, view("recognition.review.isWorkedOn"))
                        : WebStatus(.waiting, view("recognition.review.isDown"))))
        }
        return WebFacts(facts: facts)
    }

    private func postingFacts(_ posting: RecognitionPostingAnswer, _ view: View) -> WebFacts {
        var facts = [
            WebFact(view("recognition.posting.when"), posting.text(view), status: posting.status(view)),
            WebFact(
                view("recognition.posting.comments"),
                view(
                    "recognition.posting.commentCount",
                    ["count": "\(path.comments)", "unanswered": "\(path.unanswered)"])),
        ]
        if let unread = path.unread, unread > 0 {
            facts.append(
                WebFact(
                    view("recognition.posting.unread"), "\(unread)",
                    status: WebStatus(.waiting, view("recognition.posting.state.received"))))
        }
        return WebFacts(facts: facts)
    }

    private func ballotFacts(_ view: View) -> WebFacts {
        if let ballot = path.ballot { return WebFacts(facts: ballot.facts(view)) }
        return WebFacts(facts: [
            WebFact(
                view("recognition.ballot.where"),
                view("recognition.ballot.stage.\(path.ballotStage?.rawValue ?? "none")"))
        ])
    }

    /// Where a station's doing stands.
    func stationHref(_ station: Recognition.Station) -> String? {
        let home = "/dossiers/\(dossier.id)"
        switch station {
        case .registration: return "/areas/\(dossier.area.id)/dossiers"
        case .assessment: return "\(home)/assessment"
        case .review: return path.sitting != nil || dossier.state == .reviewing ? "\(home)/review" : nil
        case .posting: return path.posting == nil ? nil : "\(home)/posting"
        case .check: return may(.accept) ? "\(home)/check" : nil
        case .decision: return decision.map { "/decisions/\($0)" }
        case .appraisal: return path.appraisal?.conclusion == nil ? nil : "\(home)/appraisal"
        case .submission: return nil
        }
    }

    /// When a station was, once it is passed: the meeting's own day and the posting's own span, of the others the day on
    /// which they ended.
    func stationDay(_ station: Recognition.Station, _ passed: Day, _ view: View) -> String {
        switch station {
        case .review: view.day(path.sitting?.day ?? passed)
        case .posting:
            path.posting.map {
                view("recognition.station.span", ["from": view.day($0.from), "last": view.day($0.last)])
            } ?? view.day(passed)
        case .registration, .assessment, .check, .submission, .appraisal, .decision: view.day(passed)
        }
    }

    /// Handing a posted or mended dossier to the commune.
    func submissionForm(_ view: View) -> FormView? {
        guard may(.submit) else { return nil }
        return view.form(
            RecognitionSubmissionButton.self, action: "/dossiers/\(dossier.id)/submission",
            hasPrimary: path.conditions.isEmpty && dossier.state == .posted)
    }

    /// What is left to do before that, in words.
    func submissionNotes(_ view: View) -> [String] {
        (path.conditions + (path.shortfall.map { [$0] } ?? [])).map {
            view($0.key, view.language == .en ? $0.english : $0.vietnamese)
        }
    }
}
