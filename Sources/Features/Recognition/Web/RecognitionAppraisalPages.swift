import Core
import Criteria
import Organisation
import Web

extension RecognitionAppraisalOutput {
    struct Content: Sendable {
        struct Row: Sendable {
            let title: String
            let href: String
            let threshold: String?
            let own: String
            let note: String?
            let check: String
            /// Nil for those outside the panel.
            let scores: String?
            let panel: String
            let reason: String?
            let verdict: WebStatus
        }

        struct Matrix: Sendable {
            let showsScores: Bool
            let rows: [Row]
        }

        struct Scoring: Sendable {
            let title: String
            let text: String
            let value: RecognitionPanelField
            let note: RecognitionPanelText
            /// Folded away until something stands in it.
            let noteOpen: String
        }

        struct Settling: Sendable {
            let title: String
            let text: String
            let value: RecognitionPanelField
            let reason: RecognitionPanelText
        }

        struct Returning: Sendable {
            let title: String
            let reason: RecognitionPanelText
        }

        let head: WebHead
        let notice: WebNotice
        let barred: WebNotice?
        let scoringForm: FormView?
        let scoring: [Scoring]
        let opening: FormView?
        let openingText: String
        let differing: Matrix?
        let noDifference: String?
        let same: Matrix?
        let sameTitle: String
        let settlingForm: FormView?
        let settling: [Settling]
        let changing: [Settling]
        let changingOpen: String
        let summary: String
        let finding: WebNotice
        let ballot: String?
        let background: [WebNotice]
        let conclusionForm: FormView?
        /// Why one answer is ticked already, or none.
        let preset: String
        let lacking: [String]
        let returnForm: FormView?
        let returnOpen: String
        let returning: [Returning]
        let remarkField: WebField?
        let seats: WebFacts
        let asking: FormView?
        /// Where an office says otherwise.
        let confirmations: WebTable?
        let silentTitle: String
        let silent: WebTable?
        let confirmedTitle: String
        let confirmed: WebTable?
        let noConfirmations: String?
        let draw: String?
        let visits: WebRows?
        let noVisits: String
        let visitHref: String?
        let matrixHref: String
        let minutesHref: String
        let dossierHref: String
    }

    private var here: String { "/dossiers/\(dossier.id)/appraisal" }

    func page(_ view: View) -> Page {
        let title = view("recognition.panel.appraisal.title", ["area": dossier.areaName(view)])
        let scoring = view.form(
            RecognitionPanelScoringForm.self, action: "\(here)/scores", hasPrimary: true)
        let settling = view.form(
            RecognitionPanelSettlementForm.self, action: "\(here)/settlement", hasPrimary: !mayScore)
        let returning = view.form(RecognitionPanelReturnForm.self, action: "\(here)/return", hasPrimary: false)
        let blind = lines.filter { $0.isJudged && !$0.isOpen }
        let mine = blind.filter(\.isMine)
        let differing = lines.filter(\.differs)
        let same = lines.filter { !$0.differs }
        let toSettle = lines.filter {
            $0.isJudged && $0.isOpen && ($0.scoresDiffer || $0.reason != nil || $0.panel == nil)
        }
        let toChange = lines.filter { line in
            (!line.isJudged || line.isOpen) && !toSettle.contains { $0.code == line.code }
        }
        return Page(
            "recognition-appraisal", title: title,
            Content(
                head: WebHead(
                    title: title,
                    lead: [dossier.titleName.shown(view), "\(dossier.year)", dossier.place(view), panel.name]
                        .joined(separator: " · "),
                    crumbs: isOutside
                        ? dossier.crumbs(view) + [WebCrumb(dossier.titleName.shown(view), "/dossiers/\(dossier.id)")]
                        : [
                            WebCrumb(view("recognition.panel.list"), "/panels"),
                            WebCrumb(panel.name, "/panels/\(panel.id)"),
                        ],
                    status: dossier.status(view, due: end == nil ? dossier.due : nil)),
                notice: notice(view),
                barred: barred.map { WebNotice(.wait, text: view($0.key, $0.arguments)) },
                scoringForm: mayScore && !mine.isEmpty ? scoring : nil,
                scoring: mine.map { self.scoring($0, scoring, view) },
                opening: mayPreside && !blind.isEmpty
                    ? view.form(RecognitionPanelClosingButton.self, action: "\(here)/opening", hasPrimary: false) : nil,
                openingText: view(
                    "recognition.panel.closing.what", ["least": "\(Recognition.PanelRules.leastScores)"]),
                differing: matrix(differing, view),
                noDifference: differing.isEmpty ? view("recognition.panel.appraisal.noDifference") : nil,
                same: matrix(same, view),
                sameTitle: view("recognition.panel.appraisal.same", ["count": "\(same.count)"]),
                settlingForm: maySettle ? settling : nil,
                settling: maySettle ? toSettle.map { self.settling($0, settling, view) } : [],
                changing: maySettle ? toChange.map { self.settling($0, settling, view) } : [],
                changingOpen: opens(toChange, settling) ? "open" : "",
                summary: view(
                    "recognition.panel.appraisal.summary",
                    ["points": view.points(total), "maximum": view.points(maximum)]),
                finding: findingNotice(view), ballot: ballot?.shown(view), background: background.notices(view),
                conclusionForm: maySettle ? conclusionForm(view) : nil,
                preset: view("recognition.panel.finding.\(lacking.isEmpty ? "preset" : "presetNot")"),
                lacking: mayPreside ? lacking.map { view($0.key, $0.arguments) } : [],
                returnForm: mayPreside ? returning : nil,
                returnOpen: returning.errors == nil ? "" : "open",
                returning: mayPreside
                    ? lines.map { line in
                        Content.Returning(
                            title: "\(line.code) \(line.name.shown(view))",
                            reason: RecognitionPanelText(
                                "back", line.code, label: view("recognition.check.reason"), standing: nil, returning))
                    } : [],
                remarkField: returning.field["word"], seats: seats(view), asking: askingForm(view),
                confirmations: confirmationTable(.differs, view),
                silentTitle: view(
                    "recognition.confirmation.silentFold", ["count": "\(confirmations.count { $0.answer == nil })"]),
                silent: confirmationTable(nil, view),
                confirmedTitle: view(
                    "recognition.confirmation.confirmedFold",
                    ["count": "\(confirmations.count { $0.answer == .confirmed })"]),
                confirmed: confirmationTable(.confirmed, view),
                noConfirmations: confirmations.isEmpty ? view("recognition.confirmation.noneAsked") : nil,
                draw: drawText(view), visits: visitRows(view), noVisits: view("recognition.panel.visiting.none"),
                visitHref: isOutside ? nil : "/dossiers/\(dossier.id)/visit",
                matrixHref: "/dossiers/\(dossier.id)/matrix", minutesHref: "/dossiers/\(dossier.id)/minutes",
                dossierHref: "/dossiers/\(dossier.id)"))
    }

    private func opens(_ lines: [Line], _ form: FormView) -> Bool {
        lines.contains { form.messages["value.\($0.code)"] != nil || form.messages["reason.\($0.code)"] != nil }
    }

    private func notice(_ view: View) -> WebNotice {
        switch end {
        case .passes, .passesNot:
            return WebNotice(
                end == .passes ? .done : .plain, bold: view("recognition.panel.end.\(end?.rawValue ?? "")"),
                text: view(
                    "recognition.panel.appraisal.ended",
                    ["day": endedAt.map { view.day($0.day) } ?? "", "name": ender ?? ""]))
        case .returned: return WebNotice(.wait, text: view("recognition.panel.end.returned"))
        case nil:
            return WebNotice(
                .plain,
                text: presiding.map {
                    // Once the last one has scored, all scores stand open below.
                    let judged = lines.filter(\.isJudged)
                    let isAllOpen = !judged.isEmpty && judged.allSatisfy(\.isOpen)
                    return view("recognition.panel.appraisal.\(isAllOpen ? "howOpen" : "how")", ["name": $0])
                }
                    ?? view("recognition.panel.refusal.nobodyPresides"))
        }
    }

    private func findingNotice(_ view: View) -> WebNotice {
        var texts = reasons.map { view($0.key, view.language == .en ? $0.english : $0.vietnamese) }
        texts += ballotFaults.map { view("recognition.panel.ballotFault.\($0)") }
        if let deviation { texts.append(view("recognition.panel.appraisal.deviation", ["reason": deviation])) }
        let text = texts.joined(separator: " ").nilWhenEmpty
        // Sums on half the values say nothing yet.
        guard lacking.isEmpty || end != nil else {
            return WebNotice(
                .plain, bold: view("recognition.panel.finding.soFar"),
                text: text ?? view("recognition.panel.finding.passes"))
        }
        return finding == .passes
            ? WebNotice(.done, bold: view("recognition.panel.finding.passes"), text: text)
            : WebNotice(.wait, bold: view("recognition.panel.finding.passesNot"), text: text)
    }

    private func conclusionForm(_ view: View) -> FormView {
        view.form(
            RecognitionPanelConclusionForm.self, action: "\(here)/conclusion",
            // Only sums on all values decide anything beforehand.
            filled: lacking.isEmpty ? ["conclusion": finding.rawValue] : [:], hasPrimary: false)
    }

    private func matrix(_ lines: [Line], _ view: View) -> Content.Matrix? {
        lines.isEmpty ? nil : Content.Matrix(showsScores: !isOutside, rows: lines.map { row($0, view) })
    }

    private func row(_ line: Line, _ view: View) -> Content.Row {
        let scores: String?
        if isOutside {
            scores = nil
        } else if !line.isJudged {
            scores = ""
        } else if line.isOpen {
            scores = line.scores.map { "\($0.member): \($0.value.shown(view))" }.joined(separator: "; ")
        } else {
            scores = view(
                "recognition.panel.blind", ["count": "\(line.scored)", "expected": "\(line.expected)"])
        }
        return Content.Row(
            title: "\(line.code) \(line.name.shown(view))", href: "/dossiers/\(dossier.id)/values/\(line.code)",
            threshold: line.threshold.map {
                view("recognition.check.threshold", ["value": $0.value.shown(view)])
            },
            own: line.own?.shown(view) ?? view("recognition.verdict.missing"), note: line.note,
            check: line.check?.shown(view) ?? view("recognition.check.same"), scores: scores,
            panel: line.panel?.shown(view)
                ?? (line.isJudged ? view("recognition.panel.open") : view("recognition.panel.asChecked")),
            reason: line.reason, verdict: line.verdict.status(view))
    }

    private func scoring(_ line: Line, _ form: FormView, _ view: View) -> Content.Scoring {
        let note = RecognitionPanelText(
            "note", line.code, label: view("recognition.panel.scoring.note"), standing: line.mineNote, form)
        let isWrong = note.error != nil || form.messages["score.\(line.code)"] != nil
        return Content.Scoring(
            title: "\(line.code) \(line.name.shown(view))",
            text: seen(line, view),
            value: RecognitionPanelField(
                "score", line, label: view("recognition.panel.scoring.score"), standing: line.mine?.typed, form, view),
            note: note, noteOpen: note.typed.isEmpty && !isWrong ? "" : "open")
    }

    private func settling(_ line: Line, _ form: FormView, _ view: View) -> Content.Settling {
        let scores = line.scores.map { "\($0.member): \($0.value.shown(view))" }.joined(separator: "; ")
        return Content.Settling(
            title: "\(line.code) \(line.name.shown(view))",
            text: [seen(line, view), scores].filter { !$0.isEmpty }.joined(separator: " · "),
            value: RecognitionPanelField(
                "value", line, label: view("recognition.panel.settling.value"),
                standing: line.reason == nil ? nil : line.panel?.typed, form, view),
            reason: RecognitionPanelText(
                "reason", line.code, label: view("recognition.panel.settling.reason"), standing: line.reason, form))
    }

    /// What area and commune say.
    private func seen(_ line: Line, _ view: View) -> String {
        var parts = [
            view("recognition.side.self") + ": " + (line.own?.shown(view) ?? view("recognition.verdict.missing"))
        ]
        if let check = line.check { parts.append(view("recognition.side.check") + ": " + check.shown(view)) }
        if let threshold = line.threshold {
            parts.append(view("recognition.check.threshold", ["value": threshold.value.shown(view)]))
        }
        return parts.joined(separator: " · ")
    }
}
