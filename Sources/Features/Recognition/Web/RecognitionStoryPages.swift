import Core
import Criteria
import Organisation
import Web

/// The dossier's answer as a page (look.md: head, now-bar, story line, points, differences, evidence, history).
extension RecognitionDossierOutput {
    struct Content: Sendable {
        let head: WebHead
        let now: WebNow
        let story: WebStory
        let surveyNotice: WebNotice?
        let surveyPlan: WebTable?
        let points: WebTable
        let pointsText: String
        let passes: WebNotice
        let differences: WebTable?
        let differencesText: String
        let path: [RecognitionPathPanel]
        let submission: FormView?
        let submissionNotes: [String]
        let assessmentHref: String
        let assessmentPaper: WebLink
        let checkHref: String?
        let cards: [RecognitionEvidenceCard]
        let evidenceHref: String
        let noPictures: String?
        let picturesText: String
        let history: WebHistory
        /// A closed dossier leads on: to the titles and what comes next, or to the refusal and the right to answer it.
        let whatNext: WebLink?
        let own: WebLink
        let withdrawal: FormView?
        let withdrawalOpen: String
        let trace: WebTrace
    }

    /// The newest ones; all stand on a page of their own.
    private static var cardsShown: Int { 6 }

    func page(_ view: View) -> Page {
        let title = dossier.heading(view)
        return Page(
            "recognition-dossier", title: title,
            Content(
                head: WebHead(
                    title: title, lead: lead(view), crumbs: dossier.crumbs(view), status: headStatus(view)),
                now: now(view), story: WebStory(stations: stations(view)),
                surveyNotice: survey == nil && Recognition.LifeCycle.stage(dossier.state).isClosed
                    ? nil : RecognitionSurveyMark.notice(survey, of: dossier.area.id, view),
                surveyPlan: RecognitionSurveyMark.planTable(survey, view), points: pointsTable(view),
                pointsText: pointsText(view), passes: passes(view),
                differences: differences.isEmpty ? nil : differenceTable(view),
                differencesText: view(
                    differences.isEmpty ? "recognition.dossier.noDifferences" : "recognition.dossier.differencesText",
                    ["count": "\(differences.count)", "all": "\(indicatorCount)"]),
                path: pathPanels(view), submission: submissionForm(view), submissionNotes: submissionNotes(view),
                assessmentHref: "/dossiers/\(dossier.id)/assessment",
                assessmentPaper: WebLink(
                    "/dossiers/\(dossier.id)/assessment/paper", view("recognition.assessment.paper.print")),
                checkHref: may(.accept) ? "/dossiers/\(dossier.id)/check" : nil,
                cards: evidence.suffix(Self.cardsShown).map {
                    RecognitionEvidenceCard(
                        $0, home: "/dossiers/\(dossier.id)", mayChange: false, mayRelease: false, showsCodes: true, view
                    )
                },
                evidenceHref: "/dossiers/\(dossier.id)/evidence",
                noPictures: evidence.isEmpty ? view("recognition.dossier.noPictures") : nil,
                picturesText: view(
                    "recognition.dossier.picturesText",
                    [
                        "count": "\(evidence.count)", "pictures": "\(evidence.count { $0.kind == .picture })",
                        "released": "\(evidence.count { $0.isReleased })",
                    ]),
                history: WebHistory(
                    events: told.map { event($0, view) },
                    all: hasMoved
                        ? WebLink("/dossiers/\(dossier.id)/moves", view("recognition.dossier.moves")) : nil),
                whatNext: whatNext(view),
                own: WebLink("/dossiers/\(dossier.id)/own", view("recognition.dossier.own")),
                withdrawal: may(.withdraw)
                    ? view.form(
                        RecognitionWithdrawalForm.self, action: "/dossiers/\(dossier.id)/withdrawal", hasPrimary: false)
                    : nil,
                withdrawalOpen: view.submitted?.form == RecognitionWithdrawalForm.name ? "open" : "",
                trace: WebTrace(
                    isDemo: view.isDemonstration, printed: view.language.format.moment(view.now),
                    record: "\(dossier.id)", revision: "\(dossier.revision)",
                    valid: view("recognition.dossier.printValid"))))
    }

    /// What the page tells: a reminder of a stage that is over reminds of nothing.
    private var told: [Event] {
        events.filter { $0.action != RecognitionJobs.remind || $0.at >= dossier.since }
    }

    private var hasMoved: Bool {
        events.contains { ["adopt", "reopen"].contains($0.action) }
    }

    private func headStatus(_ view: View) -> WebStatus {
        decisionIsDraft && decision != nil
            ? WebStatus(.draft, view("recognition.decision.draft")) : dossier.status(view)
    }

    private func whatNext(_ view: View) -> WebLink? {
        switch dossier.state {
        case .recognised: WebLink("/areas/\(dossier.area.id)/titles", view("recognition.next.open"))
        case .refused: WebLink("/dossiers/\(dossier.id)/refusal", view("recognition.refused.open"))
        default: nil
        }
    }

    private func lead(_ view: View) -> String {
        var parts = [
            dossier.place(view), view("recognition.dossier.year", ["year": "\(dossier.year)"]),
            dossier.decidedAt(view),
        ]
        if let households, let people {
            let format = view.language.format
            parts.append(
                view(
                    "recognition.dossier.size",
                    ["households": format.integer(households), "people": format.integer(people)]))
        }
        if let held, let heldName {
            parts.append(
                view(
                    "recognition.dossier.holds",
                    ["title": lowered(heldName.shown(view)), "year": "\(held.day.year)"]))
        }
        parts.append(view("recognition.dossier.criteria", ["version": "\(dossier.criteriaVersion)"]))
        if let rules = dossier.rules {
            parts.append(view("recognition.dossier.rules", ["version": "\(rules.version)"]))
        }
        return parts.joined(separator: " · ")
    }

    private func now(_ view: View) -> WebNow {
        let since = view.day(dossier.since.day)
        guard let holder = dossier.holderName(view) else {
            return WebNow(
                title: view("recognition.now.closed.\(dossier.state.rawValue)", ["day": since]),
                next: nextStep(view), action: link(view))
        }
        return WebNow(
            leaf: dossier.due.map { view.leaf($0) },
            title: view("recognition.now.at", ["holder": holder, "day": since]),
            next: nextStep(view),
            due: dossier.due.map { view("recognition.now.due", ["status": lowered(view.deadline($0).word)]) },
            action: link(view))
    }

    /// What comes next, by what was done already; where the commune decides itself, its panel and no submission.
    private func nextStep(_ view: View) -> String {
        let step: String
        switch dossier.state {
        case .assessing where isFilled: step = "assessed"
        case .reviewing where dossier.isReviewed: step = path.open.isEmpty ? "reviewed" : "votedDown"
        case .posted where path.conditions.isEmpty: step = "postedDone"
        case .accepted where dossier.isDecidedHere: step = "acceptedHere"
        default: step = dossier.state.rawValue
        }
        return view("recognition.now.next.\(step)", ["codes": path.open.joined(separator: ", ")])
    }

    private var isFilled: Bool { filled == indicatorCount }

    /// The one act if it is this person's, otherwise a link to where it is done.
    private func link(_ view: View) -> WebButton? {
        let home = "/dossiers/\(dossier.id)"
        if dossier.state == .reviewing, may(.hold) {
            let isPosting = dossier.isReviewed && path.open.isEmpty
            return WebButton(
                "\(home)/review\(isPosting ? "#h-opening" : "")",
                view("recognition.now.verb.\(isPosting ? "reviewed" : "reviewing")"), isPrimary: true)
        }
        if dossier.state == .posted, may(.submit) || may(.count) {
            let isCounting = may(.count) || path.posting?.isOver == true
            return WebButton(
                isCounting ? "\(home)/ballot" : "\(home)/posting", view("recognition.now.verb.posted"),
                isPrimary: !path.conditions.isEmpty)
        }
        if may(.fill) {
            if may(.handIn), isFilled {
                return WebButton(
                    "\(home)/assessment#h-submission", view("recognition.now.verb.assessed"), isPrimary: true)
            }
            return WebButton(
                "\(home)/assessment", view("recognition.now.verb.\(dossier.state.rawValue)"), isPrimary: true)
        }
        if may(.accept) { return WebButton("\(home)/check", view("recognition.now.verb.submitted"), isPrimary: true) }
        if may(.forward), dossier.isDecidedHere {
            return WebButton("/panels/new?year=\(dossier.year)", view("recognition.panel.form.verb"), isPrimary: true)
        }
        if may(.propose) {
            return WebButton(
                "/decisions/new?title=\(dossier.title)&year=\(dossier.year)", view("recognition.now.verb.appraised"),
                isPrimary: true)
        }
        if let decision {
            return WebButton(
                "/decisions/\(decision)",
                view(decisionIsDraft ? "recognition.now.verb.seeDraft" : "recognition.now.verb.seeDecision"),
                isPrimary: may(.recognise))
        }
        return nil
    }

    private func stations(_ view: View) -> [WebStation] {
        let current = Recognition.LifeCycle.stage(dossier.state)
        let level = Criteria.Level(rawValue: dossier.level) ?? .province
        let here = Recognition.Deciding.station(of: dossier.state, to: level)
        return Recognition.Deciding.stations(to: level).map { station in
            let day = passed[station.rawValue]
            let isCurrent = !current.isClosed && station == here
            let state: WebState =
                isCurrent ? (dossier.state == .returned ? .returned : .waiting) : stateOf(station, day, current)
            let when =
                isCurrent
                ? view("recognition.station.since", ["day": view.day(dossier.since.day)])
                : day.map { stationDay(station, $0, view) }
            return WebStation(
                state: state, name: view("recognition.station.\(station.rawValue)"), when: when, current: isCurrent,
                isAhead: day == nil && !isCurrent, href: stationHref(station))
        }
    }

    private func stateOf(_ station: Recognition.Station, _ day: Day?, _ current: Recognition.LifeCycle.Stage)
        -> WebState
    {
        guard day != nil else { return dossier.state == .withdrawn ? .none : .notbegun }
        return station == .decision && dossier.state == .refused ? .unmet : .done
    }

    private func event(_ event: Event, _ view: View) -> WebEvent {
        let state: WebState =
            switch event.action {
            case "sendBack": .returned
            case "refuse": .unmet
            case "withdraw", "unpropose": .none
            case "overdue": .late
            case "propose", "remind", "reconsider", "reappraise": .waiting
            default: .done
            }
        let codes = event.returns.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        let giver = event.giver.map { view("people.role.onBehalf", ["giver": $0]) }
        let body = event.organisation ?? (event.party == .area ? dossier.areaName(view) : nil)
        let who = [event.actor, giver, body].compactMap { $0 }.joined(separator: ", ")
        let text = [who, codes.joined(separator: " "), event.reason ?? ""].filter { !$0.isEmpty }.joined(
            separator: ". ")
        return WebEvent(
            state: state,
            title: "\(view.day(event.at.day)) "
                + view("recognition.event.\(word(event))", ["count": "\(event.returns.count)"]),
            text: text.isEmpty ? nil : text)
    }

    /// What an act is called, by whose it was.
    private func word(_ event: Event) -> String {
        switch (event.action, event.party) {
        case ("sendBack", .panel): "sendBackByPanel"
        case ("withdraw", .commune): "withdrawByCommune"
        case ("forward", _) where dossier.isDecidedHere: "forwardHere"
        default: event.action
        }
    }

    private func lowered(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }
}
