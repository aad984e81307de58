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

        /// Where a long list is cut into groups: how far one has come, and the group whose fields stand here.
        struct Parts: Sendable {
            let progress: String
            let bar: WebBar
            let links: WebFilters
            let title: String
            let code: String
        }

        struct Said: Sendable {
            let title: String
            let text: String
            let rows: WebRows?
            let who: String
            let papers: [WebLink]
        }

        let head: WebHead
        let now: WebNow?
        let constructed: String
        let barred: WebNotice?
        let lookForm: FormView?
        let parts: Parts?
        let lookRows: [Row]
        /// What offices hold and nobody is asked for again, and the fields for what was seen otherwise.
        let given: WebRows?
        let givenText: String?
        let givenRows: [Row]
        let givenOpen: String
        let conclude: FormView?
        let concludeNote: String?
        /// What fell or is otherwise to be looked at; what still holds is folded away under its number.
        let found: WebTable?
        let holding: WebTable?
        let holdingTitle: String
        let isLookedAt: Bool
        let mendForm: FormView?
        let mendRows: [Row]
        /// Why a column is empty: what held at recognition is not known.
        let grantedNote: String?
        let notifyForm: FormView?
        let notifyTerm: String
        let signForm: FormView?
        let retractForm: FormView?
        let notifyRows: [Row]
        let answerForm: FormView?
        let answerRows: [Row]
        let keepForm: FormView?
        let keepNote: String?
        let extendForm: FormView?
        let summonForm: FormView?
        let postponeForm: FormView?
        let hearForm: FormView?
        let proposeForm: FormView?
        let proposeHeard: String
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
    private var mayKeep: Bool { may(.keep) && lacking.allSatisfy(\.isMended) }

    private var path: String { "/rechecks/\(recheck.id)" }

    func page(_ view: View) -> Page {
        let title = view(
            "rechecks.one.title", ["area": recheck.areaName(view), "year": "\(recheck.year)"])
        let look = may(.look) ? view.form(RechecksLookForm.self, action: "\(path)/looks") : nil
        // A refused group comes back with what was typed in it.
        let part = parts.first { $0.code == look?.typed?["group"] } ?? parts.first(where: \.isCurrent)
        let mend = may(.mend) && !lacking.isEmpty ? view.form(RechecksMendForm.self, action: "\(path)/mending") : nil
        let notify =
            may(.draft)
            ? view.form(
                RechecksNoticeForm.self, action: "\(path)/notice", filled: ["mendDays": "\(mending.days)"]) : nil
        let answer = may(.answer) ? view.form(RechecksAnswerForm.self, action: "\(path)/answer") : nil
        return Page(
            "rechecks-one", title: title,
            Content(
                head: head(title, view), now: now(view), constructed: view("rechecks.one.constructed"),
                barred: barred.map { WebNotice(.plain, text: view($0)) }, lookForm: look,
                parts: look == nil ? nil : part.map { partsView($0, view) },
                lookRows: look.map { form in
                    lines.filter { (part == nil || $0.part == part?.code) && $0.office == nil }
                        .map { lookRow($0, form, view) }
                } ?? [],
                given: look == nil || given.isEmpty ? nil : WebRows(rows: given.map { givenLine($0, view) }),
                givenText: look == nil || given.isEmpty ? nil : givenText(view),
                givenRows: look.map { form in
                    lines.filter { (part == nil || $0.part == part?.code) && $0.office != nil }
                        .map { lookRow($0, form, view) }
                } ?? [],
                givenOpen: look?.messages.keys.contains { key in
                    given.contains { key == "value.\($0.code)" || key == "note.\($0.code)" }
                } == true ? "open" : "",
                conclude: may(.pass) && isComplete
                    ? view.form(RechecksConcludeButton.self, action: "\(path)/conclusion") : nil,
                concludeNote: may(.pass) ? concludeNote(view) : nil,
                found: found(notable, view), holding: found(holding, view),
                holdingTitle: view("rechecks.one.holding", ["count": "\(holding.count)"]),
                isLookedAt: lines.contains { $0.first != nil }, mendForm: mend,
                mendRows: mend.map { form in lacking.map { mendRow($0, form, view) } } ?? [],
                grantedNote: grantedNote(view), notifyForm: notify,
                notifyTerm: view("rechecks.notify.term", ["term": mending.shown(view)]),
                signForm: may(.notify) ? view.form(RechecksSignForm.self, action: "\(path)/notice/issue") : nil,
                retractForm: may(.retract)
                    ? view.form(RechecksRetractButton.self, action: "\(path)/notice/removal", hasPrimary: false) : nil,
                notifyRows: notify.map { form in
                    lacking.map { textRow($0, "reason", "rechecks.notify.reason.label", form, view) }
                } ?? [],
                answerForm: answer,
                answerRows: answer.map { form in
                    lacking.map { textRow($0, "done", "rechecks.answer.done.label", form, view) }
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
                        filled: ["hearingDay": view.day(firstHearing), "time": "08:00"], hasPrimary: false) : nil,
                postponeForm: may(.postpone)
                    ? view.form(
                        RechecksPostponeForm.self, action: "\(path)/postponement",
                        filled: [
                            "hearingDay": view.day(firstHearing), "time": hearings.first?.time ?? "",
                            "place": hearings.first?.place ?? "",
                        ], hasPrimary: false) : nil,
                hearForm: may(.hear) ? view.form(RechecksHearForm.self, action: "\(path)/hearing") : nil,
                proposeForm: may(.propose)
                    ? view.form(
                        RechecksProposeForm.self, action: "\(path)/withdrawal", hasPrimary: false) : nil,
                proposeHeard: heard(view),
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

    private func partsView(_ part: PartAnswer, _ view: View) -> Content.Parts {
        let looked = parts.reduce(0) { $0 + $1.looked }
        let progress = view(
            "rechecks.look.progress", ["looked": "\(looked)", "count": "\(lines.count)"])
        return Content.Parts(
            progress: progress, bar: WebBar(percent: looked * 100 / max(1, lines.count), label: progress),
            links: WebFilters(
                label: view("rechecks.look.groups"),
                links: parts.map {
                    WebFilter(
                        "\(path)?group=\($0.code)#h-look", $0.code, current: $0.code == part.code,
                        count: "\($0.looked)/\($0.listed)")
                }), title: "\(part.code). \(part.name)", code: part.code)
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
            next: recheck.next(view),
            due: recheck.due.map { view("rechecks.one.due", ["day": view.day($0)]) })
    }

    private func concludeNote(_ view: View) -> String {
        let open = lines.filter { $0.first == nil }
        if !open.isEmpty {
            return view(
                "rechecks.conclude.open",
                ["count": "\(open.count)", "codes": open.map(\.code).joined(separator: ", ")])
        }
        let codes = ["codes": lacking.map(\.code).joined(separator: ", ")]
        if lacking.isEmpty { return view("rechecks.conclude.allMet") }
        return view("rechecks.conclude.\(lacking.allSatisfy(\.hasFallen) ? "fallen" : "lacking")", codes)
    }

    /// Why nothing stands under "at recognition".
    private func grantedNote(_ view: View) -> String? { lines.grantedNote(recheck, view) }

    private func keepNote(_ view: View) -> String {
        let open = lacking.filter { !$0.isMended }
        return open.isEmpty
            ? view("rechecks.keep.ready")
            : view("rechecks.keep.unmended", ["codes": open.map(\.code).joined(separator: ", ")])
    }

    private func heard(_ view: View) -> String {
        hearings.first.map { hearing in
            view(
                hearing.came == true ? "recognition.paper.heardCame" : "recognition.paper.heardNot",
                ["day": view.day(hearing.day), "invited": view.day(hearing.invitedAt.day)])
        } ?? ""
    }

    private var given: [Line] { lines.filter { $0.office != nil } }

    private func givenText(_ view: View) -> String {
        view(
            "rechecks.given.text",
            ["given": "\(given.count)", "count": "\(lines.count)", "left": "\(lines.count - given.count)"])
    }

    private func givenLine(_ line: Line, _ view: View) -> WebLine {
        WebLine(
            title: "\(line.code) \(line.name)",
            href: "/areas/\(recheck.area.id)/office-values/\(line.code)?year=\(recheck.year)",
            text: [
                line.first?.shown(view), line.office, line.paper,
                bound(line, view).map { view("rechecks.one.demand", ["value": $0]) },
            ].compactMap { $0 }.joined(separator: " · "), status: result(line, view))
    }

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

}
