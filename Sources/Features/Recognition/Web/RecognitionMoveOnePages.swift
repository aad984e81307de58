import Core
import Criteria
import Organisation
import Web

/// What moving to a newer version means for one dossier, indicator by indicator.
struct RecognitionMoveOneOutput: Output {
    let target: RecognitionMoveTargetAnswer
    let dossier: RecognitionDossierAnswer
    /// Why it stays with its version; nil when it may move.
    let stays: String?
    let kept: Int
    let lines: [RecognitionMoveLineAnswer]
    let rules: [RecognitionMoveRuleAnswer]
    /// The page with all that differs between the two versions.
    let difference: String?
    /// It goes back to the self-assessment.
    let reopens: Bool
    let seen: String

    static var sample: RecognitionMoveOneOutput {
        let plan = RecognitionMoveOutput.sample.plans[0]
        return RecognitionMoveOneOutput(
            target: RecognitionMoveOutput.sample.target,
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set),
            stays: "recognition.move.stays.posted", kept: 20, lines: plan.lines, rules: plan.rules,
            difference: plan.difference, reopens: true, seen: "00ff")
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice
        let indicators: WebTable?
        let rules: WebTable?
        let difference: WebLink?
        let form: FormView?
        let shown: [WebField]
        let seen: String
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.move.one")
        let form = view.form(RecognitionMoveOneForm.self, action: "\(target.href)/move/\(dossier.id)")
        return Page(
            "recognition-move-one", title: title,
            Content(
                head: WebHead(
                    title: title, lead: dossier.place(view),
                    crumbs: [
                        WebCrumb(target.name, target.href),
                        WebCrumb(view("recognition.move.title"), "\(target.href)/move"),
                        WebCrumb(dossier.titleName.shown(view), "/dossiers/\(dossier.id)"),
                    ]),
                notice: notice(view),
                indicators: RecognitionMoveLineAnswer.table(lines, view),
                rules: RecognitionMoveRuleAnswer.table(rules, view),
                difference: RecognitionMoveRuleAnswer.link(difference, view),
                form: stays == nil ? form : nil, shown: form.fields.filter { $0.name == "reason" },
                seen: seen))
    }

    private func notice(_ view: View) -> WebNotice {
        if let stays { return WebNotice(.plain, bold: view("recognition.move.staysShort"), text: view(stays)) }
        return WebNotice(
            .wait,
            text: view(
                reopens ? "recognition.move.reopens" : "recognition.move.keepsState", ["kept": "\(kept)"]))
    }
}

/// The moves that a dossier went through, each with what it changed: read by the area.
struct RecognitionMovesOutput: Output {
    struct Moved: Encodable, Sendable {
        let at: Instant
        let by: String?
        /// "KDC 1", "KDC 2".
        let setFrom: String
        let setTo: String
        let setFromHref: String
        let setToHref: String
        let rulesFrom: String?
        let rulesTo: String?
        let lines: [RecognitionMoveLineAnswer]
        let rules: [RecognitionMoveRuleAnswer]
        /// The page with all that differs between the two versions.
        let difference: String?
    }

    let dossier: RecognitionDossierAnswer
    let moves: [Moved]

    static var sample: RecognitionMovesOutput {
        let plan = RecognitionMoveOutput.sample.plans[0]
        return RecognitionMovesOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set),
            moves: [
                Moved(
                    at: RecognitionSamples.instant, by: "Sample", setFrom: "SAMPLE 1", setTo: "SAMPLE 2",
                    setFromHref: "/criteria/1", setToHref: "/criteria/2", rulesFrom: "RULES 1", rulesTo: "RULES 2",
                    lines: plan.lines, rules: plan.rules, difference: plan.difference)
            ])
    }

    struct Content: Sendable {
        struct Moved: Sendable {
            let title: String
            let facts: WebFacts
            let indicators: WebTable?
            let rules: WebTable?
            let difference: WebLink?
        }

        let head: WebHead
        let moves: [Content.Moved]
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.move.story")
        return Page(
            "recognition-moves", title: title,
            Content(
                head: WebHead(
                    title: title, lead: dossier.place(view),
                    crumbs: dossier.crumbs(view)
                        + [WebCrumb(dossier.titleName.shown(view), "/dossiers/\(dossier.id)")]),
                moves: moves.map { moved($0, view) },
                empty: moves.isEmpty
                    ? WebEmpty(
                        title: view("recognition.move.never.title"), text: view("recognition.move.never.text")) : nil))
    }

    private func moved(_ moved: Moved, _ view: View) -> Content.Moved {
        // What stayed as it was is no change and is left out.
        var facts: [WebFact] = []
        if moved.setFrom != moved.setTo {
            facts = [
                WebFact(view("recognition.move.setFrom"), moved.setFrom, href: moved.setFromHref),
                WebFact(view("recognition.move.setTo"), moved.setTo, href: moved.setToHref),
            ]
        }
        if let rules = moved.rulesTo, rules != moved.rulesFrom {
            facts.append(
                WebFact(
                    view("recognition.move.rulesTo"), moved.rulesFrom.map { "\($0) → \(rules)" } ?? rules))
        }
        if let by = moved.by { facts.append(WebFact(view("recognition.move.by"), by)) }
        return Content.Moved(
            title: view("recognition.move.on", ["day": view.day(moved.at.day)]), facts: WebFacts(facts: facts),
            indicators: RecognitionMoveLineAnswer.table(moved.lines, view),
            rules: RecognitionMoveRuleAnswer.table(moved.rules, view),
            difference: RecognitionMoveRuleAnswer.link(moved.difference, view))
    }
}
