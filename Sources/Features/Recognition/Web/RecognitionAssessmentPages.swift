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
        /// Changed since it was sent back.
        let isMended: Bool
        let pictures: Int
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
    let groups: [Group]
    let total: Int
    let maximum: Int
    let minimum: Int?
    let reasons: [RecognitionDossierOutput.Reason]

    static var sample: RecognitionAssessmentOutput {
        let line = Line(
            code: "III.3", name: .sample, points: 400, isMandatory: true,
            value: RecognitionValueAnswer(RecognitionSamples.entry.value, RecognitionSamples.indicator),
            verdict: RecognitionVerdictAnswer(Criteria.Verdict(.met, points: 400), of: RecognitionSamples.indicator),
            returnReason: "The list differs.", isMended: false, pictures: 2)
        return RecognitionAssessmentOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set),
            actions: [.fill, .submit],
            groups: [Group(code: "III", name: .sample, points: 400, maximum: 500, lines: [line])], total: 400,
            maximum: 500, minimum: 400, reasons: RecognitionGroups.reasons(RecognitionSamples.assessment.score(.own)))
    }

    struct Content: Sendable {
        struct Group: Sendable {
            let id: String
            let title: String
            let text: String
            let rows: WebRows
        }

        let head: WebHead
        let notice: WebNotice?
        let progress: WebBar
        let progressText: String
        let groups: [Content.Group]
        let next: WebButton?
        let submission: FormView?
        let submissionText: String
    }

    private var lines: [Line] { groups.flatMap(\.lines) }
    private var filled: Int { lines.count { $0.value != nil } }
    private var returned: [Line] { lines.filter { $0.returnReason != nil } }
    private var mayFill: Bool { actions.contains(.fill) }

    /// The first line to do: what was sent back, then what is empty.
    private var open: Line? { returned.first { !$0.isMended } ?? lines.first { $0.value == nil } }

    func page(_ view: View) -> Page {
        let title = view("recognition.assessment.title", ["year": "\(dossier.year)"])
        let all = "\(lines.count)"
        return Page(
            "recognition-assessment", title: title,
            Content(
                head: WebHead(
                    title: title, lead: dossier.place(view),
                    crumbs: dossier.crumbs(view) + [WebCrumb(dossier.titleName.shown(view), "/dossiers/\(dossier.id)")],
                    status: view.status(dossier.state, due: mayFill ? dossier.due : nil)),
                notice: notice(view),
                progress: WebBar(
                    percent: lines.isEmpty ? 0 : filled * 100 / lines.count,
                    label: view("recognition.assessment.progress", ["count": "\(filled)", "all": all])),
                progressText: view("recognition.assessment.progress", ["count": "\(filled)", "all": all])
                    + " "
                    + view(
                        "recognition.assessment.points",
                        ["points": view.points(total), "maximum": view.points(maximum)]),
                groups: groups.map { group($0, view) },
                next: mayFill
                    ? open.map {
                        WebButton(
                            "/dossiers/\(dossier.id)/values/\($0.code)",
                            view("recognition.assessment.goOn", ["code": $0.code]), isPrimary: true)
                    } : nil,
                submission: mayFill && actions.contains(.submit)
                    ? view.form(
                        RecognitionSubmissionButton.self, action: "/dossiers/\(dossier.id)/submission",
                        hasPrimary: open == nil) : nil,
                submissionText: submissionText(view)))
    }

    private func notice(_ view: View) -> WebNotice? {
        let open = returned.filter { !$0.isMended }
        if dossier.state == .returned, !returned.isEmpty {
            return WebNotice(
                .wait, bold: view("recognition.assessment.returned", ["count": "\(returned.count)"]),
                text: view("recognition.assessment.returnedOpen", ["count": "\(open.count)"]))
        }
        return mayFill
            ? nil : WebNotice(.plain, text: view("recognition.assessment.readOnly.\(dossier.state.rawValue)"))
    }

    private func submissionText(_ view: View) -> String {
        var text = view("recognition.assessment.submissionText")
        if filled == lines.count, !reasons.isEmpty {
            let whys = reasons.map { view($0.key, view.language == .en ? $0.english : $0.vietnamese) }
            text += " " + view("recognition.assessment.notYet") + " " + whys.joined(separator: " ")
        }
        return text
    }

    private func group(_ group: Group, _ view: View) -> Content.Group {
        Content.Group(
            id: "group-\(group.code)", title: "\(group.code). \(group.name.shown(view))",
            text: view(
                "recognition.assessment.group",
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
            texts.append(view("recognition.assessment.returnReason", ["reason": reason]))
        }
        let isOpen = line.returnReason != nil && !line.isMended && dossier.state == .returned
        return WebLine(
            title: "\(line.code) \(line.name.shown(view))", href: "/dossiers/\(dossier.id)/values/\(line.code)",
            text: texts.isEmpty ? nil : texts.joined(separator: " · "),
            status: isOpen ? WebStatus(.returned, view("recognition.assessment.toMend")) : line.verdict.status(view))
    }
}
