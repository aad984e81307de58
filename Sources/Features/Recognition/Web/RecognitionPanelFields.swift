import Core
import Criteria
import Web

/// A field for one indicator's value as panels and offices type it: a number, or one of a few answers.
struct RecognitionPanelField: Sendable {
    struct Option: Sendable {
        let value: String
        let label: String
        let selected: Bool
    }

    /// The field's name and id.
    let field: String
    let label: String
    let isChoice: Bool
    let options: [Option]
    let typed: String
    let unit: String?
    let error: String?

    /// - Parameter standing: the typed form of what stands; shown unless something else was typed.
    init(
        _ group: String, _ line: RecognitionAppraisalOutput.Line, label: String, standing: String?, _ form: FormView,
        _ view: View
    ) {
        self.init(
            "\(group).\(line.code)", kind: line.kind, unit: line.unit, grades: line.grades, label: label,
            standing: standing, form, view)
    }

    /// - Parameters:
    ///   - kind: of the indicator, in Criteria's word.
    ///   - unit: the measure's word.
    init(
        _ field: String, kind: String, unit: String, grades: [RecognitionIndicatorOutput.Choice], label: String,
        standing: String?, _ form: FormView, _ view: View
    ) {
        self.field = field
        self.label = label
        let value = form.typed?[field] ?? standing ?? ""
        typed = value
        error = form.messages[field]
        switch unit {
        case Criteria.Measure.none.rawValue: self.unit = nil
        case Criteria.Measure.percent.rawValue: self.unit = "%"
        default: self.unit = Criteria.Measure(rawValue: unit).map { view("criteria.unit.\($0.rawValue).many") }
        }
        let none = Option(value: "", label: view("recognition.panel.noValue"), selected: value.isEmpty)
        switch kind {
        case "yesNo":
            options =
                [none]
                + [("yes", "recognition.value.yes"), ("no", "recognition.value.no")].map {
                    Option(value: $0, label: view($1), selected: value == $0)
                }
        case "grade":
            options = [none] + grades.map { Option(value: $0.code, label: $0.name, selected: value == $0.code) }
        default: options = []
        }
        isChoice = !options.isEmpty
    }
}

/// A line of text beside an indicator.
struct RecognitionPanelText: Sendable {
    let field: String
    let label: String
    let typed: String
    let error: String?

    init(_ group: String, _ code: String, label: String, standing: String?, _ form: FormView) {
        field = "\(group).\(code)"
        self.label = label
        typed = form.typed?[field] ?? standing ?? ""
        error = form.messages[field]
    }
}
