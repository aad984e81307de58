import Core
import Criteria
import Organisation
import Web

/// The self-assessment's index: what is filled, what is open, each one tap away.
struct RecognitionAssessmentOutput: Output {
    struct Line: Encodable, Sendable {
        let code: String
        let name: RecognitionName
        let points: Int
        let isMandatory: Bool
        let value: RecognitionValueAnswer?
        let verdict: RecognitionVerdictAnswer
        let returnReason: String?
        /// `commune` or `panel`.
        let returnedBy: Recognition.Party?
        /// Changed since it was sent back.
        let isMended: Bool
        let pictures: Int
        /// Who typed it for the head, whose yes it still waits for.
        let waitsFrom: String?
        let isWaiting: Bool
        /// May be worked on now: in the review only what was voted down.
        let isOpen: Bool
        /// The office that fills it in for all areas; nil where the area does.
        let supply: RecognitionSupply?
        /// Not the area's to type: an office holds it, or is still to put it in.
        let isOffices: Bool
    }

    struct Group: Encodable, Sendable {
        let code: String
        let name: RecognitionName
        let points: Int
        let maximum: Int
        let lines: [Line]
    }

    let dossier: RecognitionDossierAnswer
    let actions: [Recognition.Action]
    /// Types values that wait for the head's yes.
    let mayType: Bool
    let groups: [Group]
    let total: Int
    let maximum: Int
    let minimum: Int?
    let reasons: [RecognitionDossierOutput.Reason]
    /// The last move to a newer version, while the area fills in what it asks.
    let moved: Moved?
    /// Indicators of the area's own that the commune did not answer yet.
    let proposed: [Proposed]

    struct Moved: Encodable, Sendable {
        let at: Instant
        let version: Int
    }

    static var sample: RecognitionAssessmentOutput {
        let line = Line(
            code: "III.3", name: .sample, points: 400, isMandatory: true,
            value: RecognitionValueAnswer(RecognitionSamples.entry.value, RecognitionSamples.indicator),
            verdict: RecognitionVerdictAnswer(Criteria.Verdict(.met, points: 400), of: RecognitionSamples.indicator),
            returnReason: "The list differs.", returnedBy: .panel, isMended: false, pictures: 2, waitsFrom: "Sample",
            isWaiting: true,
            isOpen: true, supply: .sample, isOffices: false)
        return RecognitionAssessmentOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set),
            actions: [.fill, .submit, .handIn], mayType: true,
            groups: [Group(code: "III", name: .sample, points: 400, maximum: 500, lines: [line])], total: 400,
            maximum: 500, minimum: 400, reasons: RecognitionGroups.reasons(RecognitionSamples.assessment.score(.own)),
            moved: Moved(at: RecognitionSamples.instant, version: 2),
            proposed: [.sample])
    }

    struct Content: Sendable {
        struct Group: Sendable {
            let id: String
            let title: String
            let text: String
            let rows: WebRows
        }

        /// A value that a helper typed, with the head's button.
        struct Waiting: Sendable {
            let code: String
            let title: String
            let text: String
            let href: String
        }

        let head: WebHead
        let notice: WebNotice?
        let progress: WebBar
        let progressText: String
        /// What offices fill in, and what of it is missing; nil where the area types all.
        let offices: WebLink?
        let groups: [Content.Group]
        let paper: WebLink
        let next: WebButton?
        let waiting: [Waiting]
        let confirmation: FormView?
        let confirmAll: String?
        let submission: FormView?
        /// Asked only while something waits for the commune's answer.
        let without: [WebField]
        let submissionTitle: String
        let submissionText: String
    }

    private var lines: [Line] { groups.flatMap(\.lines) }
    /// What the area types itself: the meter of its work counts nothing else.
    private var own: [Line] { lines.filter { !$0.isOffices } }
    private var supplied: [Line] { lines.filter(\.isOffices) }
    private var filled: Int { own.count { $0.value != nil } }
    private var returned: [Line] { lines.filter { $0.returnReason != nil } }
    private var mayFill: Bool { actions.contains(.fill) }

    /// The first line to do: what was sent back, then what is empty.
    private var open: Line? {
        if dossier.state == .reviewing { return own.first(where: \.isOpen) }
        return returned.first { !$0.isMended } ?? own.first { $0.value == nil }
    }

    private var waiting: [Line] { lines.filter(\.isWaiting) }

    func page(_ view: View) -> Page {
        let title = view("recognition.assessment.title", ["year": "\(dossier.year)"])
        let all = "\(own.count)"
        return Page(
            "recognition-assessment", title: title,
            Content(
                head: WebHead(
                    title: title, lead: dossier.place(view),
                    crumbs: dossier.crumbs(view) + [WebCrumb(dossier.titleName.shown(view), "/dossiers/\(dossier.id)")],
                    status: dossier.status(view, due: mayFill ? dossier.due : nil)),
                notice: notice(view),
                progress: WebBar(
                    percent: own.isEmpty ? 0 : filled * 100 / own.count,
                    label: view("recognition.assessment.progress", ["count": "\(filled)", "all": all])),
                progressText: view("recognition.assessment.progress", ["count": "\(filled)", "all": all])
                    + " "
                    + view(
                        "recognition.assessment.points",
                        ["points": view.points(total), "maximum": view.points(maximum)]),
                offices: offices(view), groups: groups.map { group($0, view) },
                paper: WebLink("/dossiers/\(dossier.id)/assessment/paper", view("recognition.assessment.paper.print")),
                next: mayFill || mayType
                    ? open.map {
                        WebButton(
                            "/dossiers/\(dossier.id)/values/\($0.code)",
                            view("recognition.assessment.goOn", ["code": $0.code]), isPrimary: true)
                    } ?? toEnd(view) : nil,
                waiting: waiting.map { waiting($0, view) },
                confirmation: mayFill && !waiting.isEmpty
                    ? view.form(
                        RecognitionConfirmationForm.self, action: "/dossiers/\(dossier.id)/confirmation",
                        hasPrimary: false) : nil,
                confirmAll: waiting.count > 1
                    ? view("recognition.review.confirmation.all", ["count": "\(waiting.count)"]) : nil,
                submission: submission(view),
                without: proposed.isEmpty ? [] : submission(view)?.fields ?? [],
                submissionTitle: view(
                    actions.contains(.handIn)
                        ? "recognition.review.handIn.title" : "recognition.assessment.submission"),
                submissionText: submissionText(view)))
    }

    /// "17 số liệu do cơ quan ghi, còn 2 chưa có", with the way to where they are seen and objected to.
    private func offices(_ view: View) -> WebLink? {
        guard !supplied.isEmpty, let href = lines.compactMap(\.supply?.href).first else { return nil }
        let missing = supplied.filter { $0.value == nil }
        let key = missing.isEmpty ? "recognition.supply.allIn" : "recognition.supply.someMissing"
        var names: [String] = []
        for office in missing.compactMap(\.supply?.office) where !names.contains(office) { names.append(office) }
        return WebLink(
            href,
            view(
                key,
                [
                    "count": "\(supplied.count)", "missing": "\(missing.count)",
                    "offices": names.joined(separator: ", "),
                ]))
    }

    /// With nothing left to fill in, down the long page to the button that closes it.
    private func toEnd(_ view: View) -> WebButton? {
        guard submission(view) != nil else { return nil }
        if !waiting.isEmpty, mayFill { return WebButton("#h-waiting", view("recognition.assessment.toWaiting")) }
        return WebButton(
            "#h-submission",
            view(actions.contains(.handIn) ? "recognition.assessment.toHandIn" : "recognition.assessment.toSubmit"))
    }

    /// Closes the self-assessment, or hands a mended dossier in again.
    private func submission(_ view: View) -> FormView? {
        if actions.contains(.handIn) {
            return view.form(
                RecognitionHandInForm.self, action: "/dossiers/\(dossier.id)/hand-in",
                hints: ["withoutOwn": withoutHint(view)],
                hasPrimary: open == nil && waiting.isEmpty)
        }
        guard mayFill, actions.contains(.submit) else { return nil }
        return view.form(
            RecognitionSubmissionButton.self, action: "/dossiers/\(dossier.id)/submission", hasPrimary: open == nil)
    }

    private func waiting(_ line: Line, _ view: View) -> Content.Waiting {
        Content.Waiting(
            code: line.code, title: "\(line.code) \(line.name.shown(view))",
            text: [
                line.value?.shown(view),
                line.waitsFrom.map { view("recognition.review.confirmation.typedBy", ["person": $0]) },
            ].compactMap { $0 }.joined(separator: " · "), href: "/dossiers/\(dossier.id)/values/\(line.code)")
    }

    private func notice(_ view: View) -> WebNotice? {
        if let moved, mayFill, dossier.state == .assessing {
            return WebNotice(
                .wait,
                bold: view(
                    "recognition.assessment.moved",
                    ["version": "\(moved.version)", "day": view.day(moved.at.day)]),
                text: view("recognition.assessment.movedText"),
                action: WebLink("/dossiers/\(dossier.id)/moves", view("recognition.assessment.movedSee")))
        }
        if dossier.state == .reviewing, mayFill {
            return WebNotice(
                .plain, text: view("recognition.review.onlyDown"),
                action: WebLink("/dossiers/\(dossier.id)/review", view("recognition.review.see")))
        }
        if mayType, !mayFill { return WebNotice(.plain, text: view("recognition.review.typist")) }
        let open = returned.filter { !$0.isMended }
        if dossier.state == .returned, !returned.isEmpty {
            return WebNotice(
                .wait,
                bold: view(
                    "recognition.assessment.returned",
                    ["count": "\(returned.count)", "by": view.returner(dossier.returnedBy ?? .commune)]),
                text: view("recognition.assessment.returnedOpen", ["count": "\(open.count)"]))
        }
        return mayFill
            ? nil : WebNotice(.plain, text: view("recognition.assessment.readOnly.\(dossier.state.rawValue)"))
    }

    private func submissionText(_ view: View) -> String {
        var text = view(
            actions.contains(.handIn) ? "recognition.review.handIn.text" : "recognition.assessment.submissionText")
        if lines.allSatisfy({ $0.value != nil }), !reasons.isEmpty {
            let whys = reasons.map { view($0.key, view.language == .en ? $0.english : $0.vietnamese) }
            text += " " + view("recognition.assessment.notYet") + " " + whys.joined(separator: " ")
        }
        return text
    }

    private func group(_ group: Group, _ view: View) -> Content.Group {
        Content.Group(
            id: "group-\(group.code)", title: "\(group.code). \(group.name.shown(view))",
            text: view(
                group.maximum > 0 ? "recognition.assessment.group" : "recognition.assessment.groupPlain",
                [
                    "count": "\(group.lines.count { $0.value != nil })", "all": "\(group.lines.count)",
                    "points": view.points(group.points), "maximum": view.points(group.maximum),
                ]),
            rows: WebRows(rows: group.lines.map { line($0, view) }))
    }

    private func line(_ line: Line, _ view: View) -> WebLine {
        var texts: [String] = []
        if let value = line.value { texts.append(value.shown(view)) }
        if line.isMandatory { texts.append(view("recognition.indicator.mandatory")) }
        if line.pictures > 0 { texts.append(view("recognition.assessment.pictures", ["count": "\(line.pictures)"])) }
        if let reason = line.returnReason {
            texts.append(
                view(
                    "recognition.assessment.returnReason",
                    ["reason": reason, "by": view.returner(line.returnedBy ?? .commune)]))
        }
        if let supply = line.supply {
            texts.append(
                view(
                    "recognition.supply.line.\(supply.standing.rawValue)",
                    ["office": supply.office, "day": view.day(supply.due)]))
            if supply.isObjected { texts.append(view("recognition.supply.objected")) }
        }
        if line.isWaiting {
            texts.append(view("recognition.review.confirmation.\(mayFill ? "waitsYours" : "waits")"))
        }
        let isOpen = line.returnReason != nil && !line.isMended && dossier.state == .returned
        return WebLine(
            title: "\(line.code) \(line.name.shown(view))", href: "/dossiers/\(dossier.id)/values/\(line.code)",
            text: texts.isEmpty ? nil : texts.joined(separator: " · "),
            status: isOpen ? WebStatus(.returned, view("recognition.assessment.toMend")) : line.verdict.status(view))
    }
}
