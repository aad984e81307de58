import Core
import Criteria
import Organisation
import Recognition
import Web

extension RechecksOneOutput {
    struct Content: Sendable {
        struct Row: Sendable {
            let title: String
            let text: String
            let value: RechecksField?
            let note: RechecksTextField
        }

        struct Said: Sendable {
            let title: String
            let text: String
            let rows: WebRows?
            let who: String
            let paper: WebLink?
        }

        let head: WebHead
        let now: WebNow?
        let constructed: String
        let barred: WebNotice?
        let lookForm: FormView?
        let lookRows: [Row]
        let conclude: FormView?
        let concludeNote: String?
        let found: WebTable?
        let mendForm: FormView?
        let mendRows: [Row]
        let notifyForm: FormView?
        let notifyRows: [Row]
        let answerForm: FormView?
        let answerRows: [Row]
        let keepForm: FormView?
        let keepNote: String?
        let extendForm: FormView?
        let summonForm: FormView?
        let hearForm: FormView?
        let proposeForm: FormView?
        let notices: [Said]
        let answers: [Said]
        let hearings: [Said]
        let evidence: WebRows?
        let noEvidence: String?
        let evidenceForm: FormView?
        let draft: WebLink?
        let history: WebHistory
        let trace: WebTrace
    }

    /// Offered only once everything that fell is recorded as mended; until then the page says what is missing.
    private var mayKeep: Bool { may(.keep) && fallen.allSatisfy(\.isMended) }

    private var path: String { "/rechecks/\(recheck.id)" }

    func page(_ view: View) -> Page {
        let title = view(
            "rechecks.one.title", ["area": recheck.areaName(view), "year": "\(recheck.year)"])
        let look = may(.look) ? view.form(RechecksLookForm.self, action: "\(path)/looks") : nil
        let mend = may(.mend) && !fallen.isEmpty ? view.form(RechecksMendForm.self, action: "\(path)/mending") : nil
        let notify =
            may(.notify)
            ? view.form(
                RechecksNoticeForm.self, action: "\(path)/notice", filled: ["until": view.day(mendUntil)]) : nil
        let answer = may(.answer) ? view.form(RechecksAnswerForm.self, action: "\(path)/answer") : nil
        return Page(
            "rechecks-one", title: title,
            Content(
                head: head(title, view), now: now(view), constructed: view("rechecks.one.constructed"),
                barred: barred.map { WebNotice(.plain, text: view($0)) }, lookForm: look,
                lookRows: look.map { form in lines.map { lookRow($0, form, view) } } ?? [],
                conclude: may(.pass) && isComplete
                    ? view.form(RechecksConcludeButton.self, action: "\(path)/conclusion") : nil,
                concludeNote: may(.pass) ? concludeNote(view) : nil,
                found: lines.contains { $0.first != nil } ? found(view) : nil, mendForm: mend,
                mendRows: mend.map { form in fallen.map { mendRow($0, form, view) } } ?? [], notifyForm: notify,
                notifyRows: notify.map { form in
                    fallen.map { textRow($0, "reason", "rechecks.notify.reason.label", form, view) }
                } ?? [],
                answerForm: answer,
                answerRows: answer.map { form in
                    fallen.map { textRow($0, "done", "rechecks.answer.done.label", form, view) }
                } ?? [],
                keepForm: mayKeep ? view.form(RechecksKeepButton.self, action: "\(path)/keeping") : nil,
                keepNote: may(.keep) ? keepNote(view) : nil,
                extendForm: may(.extend)
                    ? view.form(
                        RechecksExtendForm.self, action: "\(path)/extension",
                        filled: ["longer": view.day(mendUntil)], hasPrimary: false) : nil,
                summonForm: may(.summon)
                    ? view.form(
                        RechecksSummonForm.self, action: "\(path)/summons",
                        filled: ["hearingDay": view.day(firstHearing)], hasPrimary: false) : nil,
                hearForm: may(.hear) ? view.form(RechecksHearForm.self, action: "\(path)/hearing") : nil,
                proposeForm: may(.propose)
                    ? view.form(
                        RechecksProposeForm.self, action: "\(path)/withdrawal", filled: ["heard": heard(view)],
                        hasPrimary: false) : nil,
                notices: notices.map { said($0, view) }, answers: answers.map { said($0, view) },
                hearings: hearings.map { said($0, view) },
                evidence: evidence.isEmpty ? nil : WebRows(rows: evidence.map { row($0, view) }),
                noEvidence: evidence.isEmpty ? view("rechecks.evidence.none") : nil,
                evidenceForm: mayAddEvidence ? evidenceForm(view) : nil,
                draft: recheck.withdrawal.map { WebLink("/decisions/\($0)", view("rechecks.one.decision")) },
                history: history(view),
                trace: view.trace(
                    record: recheck.id, revision: recheck.revision, valid: view("rechecks.paper.valid"), opens: path)))
    }

    private func head(_ title: String, _ view: View) -> WebHead {
        WebHead(
            title: title,
            lead: [
                recheck.titleText(view),
                view("recognition.certificate.decision", ["number": recheck.number, "day": view.day(recheck.day)]),
                view("rechecks.kind.\(recheck.scope.rawValue)"),
            ].joined(separator: " · "),
            crumbs: [
                WebCrumb(view("rechecks.round.crumb"), "/rechecks?year=\(recheck.year)"),
                WebCrumb(recheck.areaName(view), "/areas/\(recheck.area.id)/titles"),
            ], status: recheck.status(view))
    }

    private func now(_ view: View) -> WebNow? {
        guard recheck.holder != nil else { return nil }
        return WebNow(
            leaf: recheck.due.map { view.leaf($0) },
            title: view(
                "rechecks.one.now",
                ["state": view("rechecks.state.\(recheck.state.rawValue)"), "day": view.day(recheck.since.day)]),
            next: view("rechecks.next.\(recheck.state.rawValue)"),
            due: recheck.due.map { view("rechecks.one.due", ["day": view.day($0)]) })
    }

    private func concludeNote(_ view: View) -> String {
        let open = lines.filter { $0.first == nil }
        if !open.isEmpty {
            return view(
                "rechecks.conclude.open",
                ["count": "\(open.count)", "codes": open.prefix(12).map(\.code).joined(separator: ", ")])
        }
        return fallen.isEmpty
            ? view("rechecks.conclude.allMet")
            : view("rechecks.conclude.fallen", ["codes": fallen.map(\.code).joined(separator: ", ")])
    }

    private func keepNote(_ view: View) -> String {
        let open = fallen.filter { !$0.isMended }
        return open.isEmpty
            ? view("rechecks.keep.ready")
            : view("rechecks.keep.unmended", ["codes": open.map(\.code).joined(separator: ", ")])
    }

    private func heard(_ view: View) -> String {
        hearings.first.map { hearing in
            view(
                hearing.came == true ? "rechecks.propose.heardCame" : "rechecks.propose.heardNot",
                ["day": view.day(hearing.day), "invited": view.day(hearing.invitedAt.day)])
        } ?? ""
    }

    /// What the title asks for: "from 90 %"; of yes or no and of grades the answer alone.
    private func bound(_ line: Line, _ view: View) -> String? {
        line.bound.map { bound in
            if line.kind == "yesNo" { return bound.shown(view) }
            return [view("rechecks.comparison.\(Self.signs[line.comparison] ?? "equal")"), bound.shown(view)]
                .joined(separator: " ")
        }
    }

    private func demand(_ line: Line, _ view: View) -> String {
        bound(line, view).map { view("rechecks.one.demand", ["value": $0]) } ?? ""
    }

    private static let signs = [">=": "atLeast", "<=": "atMost", ">": "above", "<": "below", "==": "equal"]

    private func lookRow(_ line: Line, _ form: FormView, _ view: View) -> Content.Row {
        Content.Row(
            title: "\(line.code) \(line.name)",
            text: [
                demand(line, view),
                line.granted.map { view("rechecks.one.granted", ["value": $0.shown(view)]) },
                view("rechecks.why.\(line.why.rawValue)"),
            ].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · "),
            value: RechecksField(
                "value", line, label: view("rechecks.look.value.label"), standing: line.first?.typed, form, view),
            note: RechecksTextField(
                "note.\(line.code)", isShort: true, label: view("rechecks.look.note.label"), standing: line.firstNote,
                form))
    }

    private func mendRow(_ line: Line, _ form: FormView, _ view: View) -> Content.Row {
        Content.Row(
            title: "\(line.code) \(line.name)",
            text: [demand(line, view), line.first.map { view("rechecks.one.found", ["value": $0.shown(view)]) }]
                .compactMap { $0 }.joined(separator: " · "),
            value: RechecksField(
                "again", line, label: view("rechecks.mend.again.label"), standing: line.again?.typed, form, view),
            note: RechecksTextField(
                "word.\(line.code)", isShort: true, label: view("rechecks.look.note.label"), standing: line.againNote,
                form))
    }

    private func textRow(
        _ line: Line, _ group: String, _ label: String, _ form: FormView, _ view: View
    ) -> Content.Row {
        Content.Row(
            title: "\(line.code) \(line.name)",
            text: [demand(line, view), line.first.map { view("rechecks.one.found", ["value": $0.shown(view)]) }]
                .compactMap { $0 }.joined(separator: " · "),
            value: nil,
            note: RechecksTextField("\(group).\(line.code)", label: view(label), standing: nil, form))
    }

    private func found(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("recognition.column.indicator")), WebColumn(view("rechecks.column.demand")),
                WebColumn(view("rechecks.column.granted")), WebColumn(view("rechecks.column.found")),
                WebColumn(view("rechecks.column.again")), WebColumn(view("rechecks.column.result")),
            ],
            rows: lines.filter { $0.first != nil }.map { line in
                WebRow([
                    .head("\(line.code) \(line.name)"), .text(bound(line, view)),
                    .text(line.granted?.shown(view) ?? "–"), .text(line.first?.shown(view), also: line.firstNote),
                    .text(line.again?.shown(view) ?? "–", also: line.againNote),
                    .status(result(line, view), also: line.lookedBy),
                ])
            })
    }

    private func result(_ line: Line, _ view: View) -> WebStatus {
        if line.hasFallen {
            return line.isMended
                ? WebStatus(.done, view("rechecks.result.mended")) : WebStatus(.unmet, view("rechecks.result.fallen"))
        }
        switch line.outcome {
        case "met": return WebStatus(.done, view("rechecks.result.met"))
        case "notApplicable": return WebStatus(.none, view("recognition.value.notApplicable"))
        default: return WebStatus(.question, view("rechecks.result.wasUnmet"))
        }
    }
}
