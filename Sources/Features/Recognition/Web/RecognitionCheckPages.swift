import Core
import Criteria
import Organisation
import Web

/// The commune's check: every indicator of a dossier in one table.
struct RecognitionCheckOutput: Output {
    struct Line: Encodable, Sendable {
        let code: String
        let name: RecognitionName
        let group: String
        let kind: String
        let grades: [RecognitionIndicatorOutput.Choice]
        let unit: String
        let threshold: RecognitionIndicatorOutput.Threshold?
        let own: RecognitionEntryAnswer?
        let verdict: RecognitionVerdictAnswer
        let check: RecognitionValueAnswer?
        /// What the commune put before the area mended it; it counts only when it is typed again.
        let before: RecognitionValueAnswer?
        let checkVersion: Int
        let pictures: [ID]
        /// Why it was sent back before, and whether the area changed it since.
        let returnReason: String?
        /// `commune` or `panel`.
        let returnedBy: Recognition.Party?
        let isMended: Bool
    }

    struct Group: Encodable, Sendable {
        let code: String
        let name: RecognitionName
        let lines: [Line]
    }

    let dossier: RecognitionDossierAnswer
    let actions: [Recognition.Action]
    /// Words' key of why this person may not check this one; nil when they may.
    let barred: String?
    let groups: [Group]
    let total: Int
    let maximum: Int
    let reasons: [RecognitionDossierOutput.Reason]
    /// How long the area has for what comes back, by the rules of the dossier.
    let mendingDays: Int
    /// Whether only working days are counted.
    let mendingIsWorking: Bool
    /// Whether the households' answer reaches the shares of the title; nil without a count that stands.
    let ballotPasses: Bool?
    let background: RecognitionBackgroundAnswer

    static var sample: RecognitionCheckOutput {
        let indicator = RecognitionSamples.indicator
        let asked = RecognitionIndicatorParts.asked(indicator, RecognitionSamples.assessment)
        let line = Line(
            code: "III.3", name: .sample, group: "III", kind: "percentage", grades: [.init(code: "good", name: "good")],
            unit: "percent", threshold: asked.thresholds.first,
            own: RecognitionEntryAnswer(RecognitionSamples.entry, indicator),
            verdict: RecognitionVerdictAnswer(Criteria.Verdict(.met, points: 400), of: indicator),
            check: RecognitionValueAnswer(RecognitionSamples.entry.value, indicator),
            before: RecognitionValueAnswer(RecognitionSamples.entry.value, indicator), checkVersion: 1,
            pictures: [RecognitionSamples.id], returnReason: "The list differs.", returnedBy: .panel,
            isMended: true)
        return RecognitionCheckOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set),
            actions: [.accept, .sendBack], barred: nil, groups: [Group(code: "III", name: .sample, lines: [line])],
            total: 400, maximum: 500, reasons: RecognitionGroups.reasons(RecognitionSamples.assessment.score(.own)),
            mendingDays: 10, mendingIsWorking: true,
            ballotPasses: false, background: .sample)
    }

    struct Content: Sendable {
        struct Option: Sendable {
            let value: String
            let label: String
            let selected: Bool
        }

        struct Row: Sendable {
            let code: String
            let title: String
            let href: String
            let threshold: String?
            /// What the area put, and the commune where it sees it otherwise: what stands on the row's one line.
            let brief: String
            /// `open` where something is still to be seen to; empty where both agree.
            let open: String
            let note: String?
            let verdict: WebStatus
            let pictures: WebLink?
            let returned: String?
            let mended: WebStatus?
            /// A list of answers instead of a field for a number.
            let isChoice: Bool
            let options: [Content.Option]
            let typed: String
            let unit: String?
            /// "Lần trước xã ghi 81 %".
            let before: String?
            let valueError: String?
            let reason: String
            let reasonError: String?
        }

        struct Group: Sendable {
            let title: String
            let rows: [Row]
        }

        /// The way to the rows that are open.
        struct Attention: Sendable {
            let label: String
            let links: [WebLink]
        }

        let head: WebHead
        let notice: WebNotice?
        let action: String?
        let errors: WebErrors?
        let attention: Attention?
        let groups: [Content.Group]
        let summary: String
        let passes: WebNotice
        let ballot: WebNotice?
        let background: [WebNotice]
        let attendedField: WebField?
        let remarkField: WebField?
        let dossierHref: String
        /// What comes of either answer.
        let after: String
        let minutes: WebLink
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.check.title", ["area": dossier.areaName(view)])
        let may = actions.contains(.accept)
        let labels = groups.flatMap(\.lines).flatMap { line in
            ["value", "reason"].map { ("\($0).\(line.code)", "\(line.code) \(line.name.shown(view))") }
        }
        let form = view.form(
            RecognitionCheckForm.self, action: "/dossiers/\(dossier.id)/check",
            labels: Dictionary(labels, uniquingKeysWith: { first, _ in first }))
        let parts = groups.map { group in
            Content.Group(
                title: "\(group.code). \(group.name.shown(view))", rows: group.lines.map { row($0, form, view) })
        }
        return Page(
            "recognition-check", title: title,
            Content(
                head: WebHead(
                    title: title,
                    lead: "\(dossier.titleName.shown(view)) · \(dossier.year) · \(dossier.place(view))",
                    crumbs: dossier.crumbs(view) + [WebCrumb(dossier.titleName.shown(view), "/dossiers/\(dossier.id)")],
                    status: dossier.status(view, due: may ? dossier.due : nil)),
                notice: notice(may, view), action: may ? form.action : nil, errors: may ? form.errors : nil,
                attention: attention(parts.flatMap(\.rows), view), groups: parts,
                summary: view(
                    "recognition.check.summary", ["points": view.points(total), "maximum": view.points(maximum)]),
                passes: passes(view),
                ballot: ballotPasses == false
                    ? WebNotice(.wait, text: view("recognition.ballot.shortfall.check")) : nil,
                background: background.notices(view),
                attendedField: may ? form.field["attended"] : nil, remarkField: may ? form.field["remark"] : nil,
                dossierHref: "/dossiers/\(dossier.id)", after: after(view),
                minutes: WebLink("/dossiers/\(dossier.id)/check/minutes", view("recognition.check.minutes.print"))))
    }

    private func notice(_ may: Bool, _ view: View) -> WebNotice? {
        if let barred { return WebNotice(.error, text: view(barred)) }
        if may {
            let how = view("recognition.check.how")
            // Where the commune signs too, whoever answers here leaves the signing to another.
            guard dossier.isDecidedHere else { return WebNotice(.plain, text: how) }
            return WebNotice(.wait, bold: view("recognition.check.signsNot"), text: how)
        }
        return WebNotice(.plain, text: view("recognition.refusal.notNow.\(dossier.state.rawValue)"))
    }

    private func after(_ view: View) -> String {
        // Where the commune decides itself, its own panel and no submission.
        let end = dossier.isDecidedHere ? "Own" : ""
        return view(
            "recognition.check.after.\(mendingIsWorking ? "working" : "calendar")\(end)",
            ["days": view.language.format.integer(mendingDays)])
    }

    private func passes(_ view: View) -> WebNotice {
        guard !reasons.isEmpty else { return WebNotice(.done, text: view("recognition.dossier.passes")) }
        let texts = reasons.map { view($0.key, view.language == .en ? $0.english : $0.vietnamese) }
        return WebNotice(.wait, bold: view("recognition.dossier.passesNot"), text: texts.joined(separator: " "))
    }

    private func attention(_ rows: [Content.Row], _ view: View) -> Content.Attention? {
        let open = rows.filter { !$0.open.isEmpty }
        guard !open.isEmpty else { return nil }
        return Content.Attention(
            label: view(
                "recognition.check.attention",
                [
                    "open": view.language.format.integer(open.count),
                    "count": view.language.format.integer(rows.count),
                ]),
            links: open.map { WebLink("#row.\($0.code)", $0.code) })
    }

    private func brief(_ line: Line, _ view: View) -> String {
        let own = line.own?.value.shown(view) ?? view("recognition.verdict.missing")
        guard let check = line.check, check.typed != line.own?.value.typed else {
            return view("recognition.check.brief", ["own": own])
        }
        return view("recognition.check.briefBoth", ["own": own, "check": check.shown(view)])
    }

    private func row(_ line: Line, _ form: FormView, _ view: View) -> Content.Row {
        let value = "value.\(line.code)"
        let reason = "reason.\(line.code)"
        let typed = form.typed?[value] ?? line.check?.typed ?? ""
        let offered = options(line, typed, view)
        return Content.Row(
            code: line.code, title: line.name.shown(view), href: "/dossiers/\(dossier.id)/values/\(line.code)",
            threshold: line.threshold.map { threshold in
                view("recognition.check.threshold", ["value": threshold.value.shown(view)])
            },
            brief: brief(line, view),
            open: isOpen(line, typed, form) ? "open" : "",
            note: [line.own?.value.why, line.own?.note].compactMap { $0 }.joined(separator: " ").nilWhenEmpty,
            verdict: line.verdict.status(view),
            pictures: line.pictures.isEmpty
                ? nil
                : WebLink(
                    "/dossiers/\(dossier.id)/values/\(line.code)#evidence",
                    view("recognition.assessment.pictures", ["count": "\(line.pictures.count)"])),
            returned: line.returnReason.map {
                view(
                    "recognition.assessment.returnReason",
                    ["reason": $0, "by": view.returner(line.returnedBy ?? .commune)])
            },
            mended: line.returnReason == nil
                ? nil
                : line.isMended
                    ? WebStatus(.done, view("recognition.check.mended"))
                    : WebStatus(.waiting, view("recognition.check.notMended")),
            isChoice: !offered.isEmpty, options: offered, typed: typed, unit: unit(line, view),
            before: line.before.map { view("recognition.check.before", ["value": $0.shown(view)]) },
            valueError: form.messages[value],
            reason: form.typed?[reason] ?? "", reasonError: form.messages[reason])
    }

    /// Whether a row is shown whole: at fault, with a reason, seen otherwise by the commune, sent back before, or empty.
    private func isOpen(_ line: Line, _ typed: String, _ form: FormView) -> Bool {
        let codes = ["value.\(line.code)", "reason.\(line.code)"]
        if codes.contains(where: { form.messages[$0] != nil }) { return true }
        guard form.typed?["reason.\(line.code)"]?.nilWhenEmpty == nil, line.returnReason == nil, line.own != nil else {
            return true
        }
        return !typed.isEmpty && typed != line.own?.value.typed
    }

    private func options(_ line: Line, _ typed: String, _ view: View) -> [Content.Option] {
        let same = Content.Option(value: "", label: view("recognition.check.same"), selected: typed.isEmpty)
        switch line.kind {
        case "yesNo":
            return [same]
                + [("yes", "recognition.value.yes"), ("no", "recognition.value.no")].map {
                    Content.Option(value: $0, label: view($1), selected: typed == $0)
                }
        case "grade":
            return [same]
                + line.grades.map { Content.Option(value: $0.code, label: $0.name, selected: typed == $0.code) }
        default: return []
        }
    }

    private func unit(_ line: Line, _ view: View) -> String? {
        switch line.unit {
        case Criteria.Measure.none.rawValue: nil
        case Criteria.Measure.percent.rawValue: "%"
        default: view("criteria.unit.\(line.unit).many")
        }
    }
}

extension String {
    var nilWhenEmpty: String? { isEmpty ? nil : self }
}
