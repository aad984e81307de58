import Core
import Criteria
import Web

/// A field for one indicator's value: a number, or one of a few answers.
struct RechecksField: Sendable {
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
        _ group: String, _ line: RechecksOneOutput.Line, label: String, standing: String?, _ form: FormView,
        _ view: View
    ) {
        field = "\(group).\(line.code)"
        self.label = label
        let value = form.typed?[field] ?? standing ?? ""
        typed = value
        error = form.messages[field]
        switch line.unit {
        case Criteria.Measure.none.rawValue: unit = nil
        case Criteria.Measure.percent.rawValue: unit = "%"
        default: unit = Criteria.Measure(rawValue: line.unit).map { view("criteria.unit.\($0.rawValue).many") }
        }
        let none = Option(value: "", label: view("rechecks.look.none"), selected: value.isEmpty)
        switch line.kind {
        case "yesNo":
            options =
                [none]
                + [("yes", "recognition.value.yes"), ("no", "recognition.value.no")].map {
                    Option(value: $0, label: view($1), selected: value == $0)
                }
        case "grade":
            options = [none] + line.grades.map { Option(value: $0.code, label: $0.name, selected: value == $0.code) }
        default: options = []
        }
        isChoice = !options.isEmpty
    }
}

/// A line of text beside an indicator.
struct RechecksTextField: Sendable {
    let field: String
    /// One line, for a note beside a value.
    let isShort: Bool
    let label: String
    let typed: String
    let error: String?

    init(_ field: String, isShort: Bool = false, label: String, standing: String?, _ form: FormView) {
        self.field = field
        self.isShort = isShort
        self.label = label
        typed = form.typed?[field] ?? standing ?? ""
        error = form.messages[field]
    }
}
