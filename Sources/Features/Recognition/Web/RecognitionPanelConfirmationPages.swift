import Core
import Criteria
import Organisation
import Web

/// The panel's question to one office about one indicator, and what it answered.
struct RecognitionConfirmationAnswer: Encodable, Sendable {
    let id: ID
    let code: String
    let name: RecognitionName
    let kind: String
    let unit: String
    let grades: [RecognitionIndicatorOutput.Choice]
    let office: String
    let asked: RecognitionValueAnswer
    let askedAt: Instant
    let answer: Recognition.Confirmed?
    /// The office's own value, where it differs.
    let value: RecognitionValueAnswer?
    let reason: String?
    let answerer: String?
    let answeredAt: Instant?

    init(_ confirmation: Recognition.Confirmation, _ indicator: Criteria.Indicator) {
        if case .grade(let choices) = indicator.kind {
            grades = choices.map { RecognitionIndicatorOutput.Choice(code: $0.code, name: $0.name) }
        } else {
            grades = []
        }
        name = RecognitionName(indicator.name)
        kind = indicator.kind.word
        unit = indicator.kind == .percentage ? Criteria.Measure.percent.rawValue : indicator.unit.rawValue
        id = confirmation.id
        code = confirmation.code
        office = confirmation.office
        self.asked = RecognitionValueAnswer(confirmation.asked, indicator)
        askedAt = confirmation.askedAt
        answer = confirmation.answer
        value = confirmation.value.map { RecognitionValueAnswer($0, indicator) }
        reason = confirmation.reason
        answerer = confirmation.answerer
        answeredAt = confirmation.answeredAt
    }

    static let sample = RecognitionConfirmationAnswer(RecognitionSamples.confirmation, RecognitionSamples.indicator)

    func status(_ view: View) -> WebStatus {
        switch answer {
        case .confirmed: WebStatus(.done, view("recognition.confirmation.state.confirmed"))
        case .differs: WebStatus(.unmet, view("recognition.confirmation.state.differs"))
        case nil: WebStatus(.waiting, view("recognition.confirmation.state.open"))
        }
    }

    /// The office's value and reason, and who answered.
    func words(_ view: View) -> String? {
        [
            value?.shown(view), reason,
            answeredAt.map { at in [answerer, view.day(at.day)].compactMap { $0 }.joined(separator: ", ") },
        ].compactMap { $0 }.joined(separator: " · ").nilWhenEmpty
    }
}

/// What the panel asks of one's office, area by area.
struct RecognitionConfirmationListOutput: Output {
    struct Group: Encodable, Sendable {
        let dossier: ID
        let area: TerritoryTitle
        let titleName: RecognitionName
        let year: Int
        let lines: [RecognitionConfirmationAnswer]
    }

    let groups: [Group]
    let open: Int

    static var sample: RecognitionConfirmationListOutput {
        RecognitionConfirmationListOutput(
            groups: [
                Group(
                    dossier: RecognitionSamples.id, area: RecognitionSamples.area, titleName: .sample, year: 2026,
                    lines: [.sample])
            ], open: 1)
    }

    struct Content: Sendable {
        struct Option: Sendable {
            let value: String
            let label: String
            let selected: Bool
        }

        struct Row: Sendable {
            let field: String
            let title: String
            let text: String
            let choices: [Option]
            let value: RecognitionPanelField
            let reason: RecognitionPanelText
            let status: WebStatus
            let differsOpen: String
        }

        struct Area: Sendable {
            let title: String
            let rows: [Row]
        }

        let head: WebHead
        let notice: WebNotice?
        let form: FormView?
        let areas: [Area]
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.confirmation.heading")
        let form = view.form(RecognitionOfficeConfirmationForm.self, action: "/confirmations")
        return Page(
            "recognition-confirmations", title: title,
            Content(
                head: WebHead(title: title, lead: view("recognition.confirmation.lead")),
                notice: groups.isEmpty
                    ? nil
                    : open == 0
                        ? WebNotice(.done, text: view("recognition.confirmation.allAnswered"))
                        : WebNotice(.plain, text: view("recognition.confirmation.waits", ["count": "\(open)"])),
                form: groups.isEmpty ? nil : form,
                areas: groups.map { group in
                    Content.Area(
                        title: [view.named(group.area), group.titleName.shown(view), "\(group.year)"]
                            .joined(separator: " · "),
                        rows: group.lines.map { row($0, form, view) })
                },
                empty: groups.isEmpty
                    ? WebEmpty(
                        title: view("recognition.confirmation.none"), text: view("recognition.confirmation.noneText"))
                    : nil))
    }

    private func row(_ line: RecognitionConfirmationAnswer, _ form: FormView, _ view: View) -> Content.Row {
        let field = "answer.\(line.id)"
        let chosen = form.typed?[field] ?? line.answer?.rawValue ?? ""
        let isBad = form.messages["value.\(line.id)"] != nil || form.messages["reason.\(line.id)"] != nil
        return Content.Row(
            field: field, title: "\(line.code) \(line.name.shown(view))",
            text: view("recognition.confirmation.stands", ["value": line.asked.shown(view)]),
            choices: Recognition.Confirmed.allCases.map {
                Content.Option(
                    value: $0.rawValue, label: view("recognition.confirmation.option.\($0.rawValue)"),
                    selected: chosen == $0.rawValue)
            },
            value: RecognitionPanelField(
                "value.\(line.id)", kind: line.kind, unit: line.unit, grades: line.grades,
                label: view("recognition.confirmation.value"), standing: line.value?.typed, form, view),
            reason: RecognitionPanelText(
                "reason", "\(line.id)", label: view("recognition.confirmation.reason"), standing: line.reason, form),
            status: line.status(view), differsOpen: isBad || chosen == "differs" ? "open" : "")
    }
}
