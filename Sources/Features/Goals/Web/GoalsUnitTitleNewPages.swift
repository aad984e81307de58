import Core
import Web

/// The page on which a title is entered.
struct GoalsUnitTitleNewOutput: Output {
    let units: [GoalsChoice]

    static var sample: GoalsUnitTitleNewOutput { GoalsUnitTitleNewOutput(units: [.sample]) }

    struct Content: Sendable {
        let head: WebHead
        let form: FormView
        let shown: [WebField]
        /// What the question on the page is about.
        let follows: String?
    }

    func page(_ view: View) -> Page {
        let title = view("goals.registerNew.title")
        let form = view.form(
            GoalsUnitTitleForm.self, action: "/unit-titles",
            options: ["unit": units.map { $0.option(view) }, "title": GoalsUnitTitles.options(view)])
        // What becomes of the title held is asked of who enters one that follows it.
        let question = view.submitted?.errors.first { $0.field == "ends" }?.arguments[Goals.Succession.markName]
        let isAsked = form.messages["ends"] != nil || !(form.typed?["ends"] ?? "").isEmpty
        let shown = form.fields.filter { $0.name != Goals.Succession.markName && ($0.name != "ends" || isAsked) }
        return Page(
            "goals-unit-title-new", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("goals.registerNew.lead"),
                    crumbs: [WebCrumb(view("goals.register.title"), GoalsAddress.register()), WebCrumb(title)]),
                form: form, shown: question == nil ? shown : shown.map(\.unanswered),
                follows: question ?? form.typed?[Goals.Succession.markName]))
    }
}

extension WebField {
    /// The question "what becomes of the former one" with nothing chosen: what was said to another question is no
    /// answer to this one.
    fileprivate var unanswered: WebField {
        guard name == "ends" else { return self }
        var field = self
        field.options = options.map { WebOption(value: $0.value, label: $0.label, hint: $0.hint) }
        return field
    }
}
