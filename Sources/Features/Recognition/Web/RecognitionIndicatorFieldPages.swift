import Core
import Criteria
import Web

/// The form of one indicator: the field that its kind asks for, "does not apply" beside it, and the page of two values
/// that were saved at once.
extension RecognitionIndicatorOutput {
    func valueForm(_ view: View) -> FormView {
        view.form(
            RecognitionValueForm.self, action: mayFill ? here : "\(home)/typed-values/\(asked.code)",
            filled: [
                "value": own?.value.counted ?? own?.value.typed ?? "", "note": own?.note ?? "",
                "why": own?.value.why ?? "",
            ],
            labels: ["value": asked.name.shown(view)], hints: hints(view))
    }

    private func hints(_ view: View) -> [String: String] {
        var hints = asked.notApplicableIf.map { ["why": view("recognition.indicator.naHint", ["case": $0])] } ?? [:]
        if asked.kind == "percentage" { hints["value"] = view("recognition.indicator.pairHint") }
        return hints
    }

    /// The one field of the form that depends on the indicator: a number with its unit, yes or no, or a list of grades.
    func valueField(_ form: FormView, _ view: View) -> WebField? {
        guard var field = form.field["value"] else { return nil }
        field.label = view(
            asked.of.isEmpty ? "recognition.indicator.value" : "recognition.indicator.valueOf", ["of": asked.of])
        func offer(_ options: [WebOption]) {
            field.isInput = false
            field.isRadio = true
            field.options = options.map {
                WebOption(value: $0.value, label: $0.label, selected: $0.value == field.value, hint: $0.hint)
            }
        }
        let notApplies =
            asked.notApplicableIf.map {
                [
                    WebOption(
                        value: Recognition.ValueText.notApplicable, label: view("recognition.value.notApplicable"),
                        hint: $0)
                ]
            } ?? []
        switch asked.kind {
        case "yesNo":
            offer(
                [
                    WebOption(value: "yes", label: view("recognition.value.yes")),
                    WebOption(value: "no", label: view("recognition.value.no")),
                ] + notApplies)
        case "grade": offer(asked.grades.map { WebOption(value: $0.code, label: $0.name) } + notApplies)
        default:
            // The keys for decimals have no stroke, which "158/214" needs.
            field.inputmode = asked.kind == "percentage" ? "text" : "decimal"
            field.size = "m"
            field.unit = unit(view)
            // What does not apply is ticked beside; the field keeps numbers only.
            if field.value == Recognition.ValueText.notApplicable { field.value = "" }
        }
        return field
    }

    private func unit(_ view: View) -> String? {
        switch asked.unit {
        case Criteria.Measure.none.rawValue: nil
        case Criteria.Measure.percent.rawValue: "%"
        default: view("criteria.unit.\(asked.unit).many")
        }
    }

    /// Beside a number: a second button that says "does not apply" and sends its reason.
    func notApplicable(_ form: FormView?, _ view: View) -> WebOption? {
        guard form != nil, let when = asked.notApplicableIf, asked.kind != "yesNo", asked.kind != "grade" else {
            return nil
        }
        return WebOption(
            value: Recognition.ValueText.notApplicable, label: view("recognition.indicator.na"),
            selected: own?.value.kind == "na" || form?.typed?["value"] == Recognition.ValueText.notApplicable,
            hint: when)
    }

    func conflict(_ view: View) -> Content.Conflict? {
        guard mayFill || mayType, let own, let back = view.submitted, back.form == RecognitionValueForm.name,
            back.errors.contains(where: { $0.key == RecognitionValueRoutes.conflictKey })
        else { return nil }
        let typed = back.input.values["value"] ?? ""
        let number = Quantity.parse(typed).map { view.language.format.quantity($0) } ?? typed
        let known = asked.grades.first { $0.code == typed }?.name
        let words = [
            "yes": "recognition.value.yes", "no": "recognition.value.no", "na": "recognition.value.notApplicable",
        ]
        let mine = words[typed].map { view($0) } ?? known ?? [number, unit(view) ?? ""].joined(separator: "\u{A0}")
        return Content.Conflict(
            title: view("recognition.conflict.title"),
            theirs: own.value.shown(view), theirsText: savedText(own, view), theirsNote: own.note,
            mine: mine, mineNote: back.input.values["note"].flatMap { $0.isEmpty ? nil : $0 },
            version: "\(own.version)", keepHref: here)
    }

    func savedText(_ entry: RecognitionEntryAnswer, _ view: View) -> String {
        let moment = view.language.format.moment(entry.at)
        if entry.source != .area {
            return view(
                "recognition.supply.savedBy",
                ["office": entry.office ?? view("recognition.indicator.nobody"), "moment": moment])
        }
        var text =
            entry.enteredBy.map { view("recognition.indicator.savedBy", ["person": $0, "moment": moment]) }
            ?? view("recognition.indicator.saved", ["moment": moment])
        if isWaiting { text += ", " + view("recognition.review.confirmation.\(mayFill ? "waitsHere" : "waits")") }
        if let confirmedBy { text += ", " + view("recognition.review.confirmation.by", ["person": confirmedBy]) }
        return text
    }
}
