import Core
import Database

/// What a route answers: a value that is the JSON answer as it is, and the page that shows it.
package protocol Output: Encodable, Sendable {
    /// A believable value with at least one element in every list and something in every optional: the JSON schema
    /// and the check of templates are made from it.
    static var sample: Self { get }
    func page(_ view: View) -> Page
}

/// An answer that is shown only once it is written down that it was: who looked at the record of a person.
package protocol NotedOutput: Output {
    /// Writes the note, before anything is shown. A failure shows nothing.
    func note(in database: Database) async throws
}

/// An answer without a page of its own: on to another address of this site, perhaps with a choice remembered.
package struct Redirect: Output {
    package let location: String
    /// The reader's choice of language, kept in a cookie.
    package let language: Language?

    package init(to location: String, language: Language? = nil) {
        self.location = location
        self.language = language
    }

    package static var sample: Redirect { Redirect(to: "/", language: .vi) }

    /// Never rendered: the answer is a redirection.
    package func page(_ view: View) -> Page { Page("web-error", title: location, self) }
}

/// A page about to be rendered: its template, its title and a struct whose stored properties the template names.
package struct Page: Sendable {
    package let template: String
    package let title: String
    package let content: any Sendable

    package init(_ template: String, title: String, _ content: any Sendable) {
        self.template = template
        self.title = title
        self.content = content
    }
}

/// A form that was refused, on its way back to its page.
package struct Submitted: Sendable {
    package let form: String
    package let input: RawInput
    package let errors: [FieldError]
    package let status: Int
    /// Somebody else changed the same thing meanwhile: the page shows both values.
    package let isConflict: Bool
}

/// What a page is made with besides its value: the reader's language, the day, the words, the person.
package struct View: Sendable {
    package let words: Words
    package let today: Day
    package let now: Instant
    package let signedIn: SignedIn?
    package let authority: Authority
    package let submitted: Submitted?
    package let isDemonstration: Bool
    /// Where people reach this installation.
    package var address = SiteAddress.thisMachine()

    package var language: Language { words.language }

    /// A path of this site as a whole address, for what leaves the screen: a code on paper, a line to hand on.
    package func absolute(_ path: String) -> String { address.url(path) }

    /// The words of a key in the reader’s language, with their places filled.
    package func callAsFunction(_ key: String, _ arguments: [String: String] = [:]) -> String { words(key, arguments) }

    /// A day in the reader’s language.
    package func day(_ day: Day) -> String { language.format.day(day) }

    /// Whether this person may do this to this subject today: what a button is shown by.
    package func allows(_ capability: Capability, _ subject: some Governed) -> Bool {
        signedIn.map { authority.allows($0.actor, capability, subject) } ?? false
    }

    /// A form ready for its template: filled with what is known, or, after a refusal, with what was typed and what
    /// is wrong with it.
    ///
    /// - Parameters:
    ///   - filled: values by field, as texts.
    ///   - options: what a `.record` or `.choice` field offers; a choice's own values have words.
    ///   - labels: labels that are data, such as an indicator's name; the others stand in the words. Those of a group's
    ///     fields (`reason.I.4`) name them in the summary of errors.
    ///   - apart: begins the fields' ids where another form of the page has fields of the same names.
    package func form<Input: Form>(
        _ type: Input.Type, action: String, filled: [String: String] = [:], options: [String: [WebOption]] = [:],
        labels: [String: String] = [:], hints: [String: String] = [:], units: [String: String] = [:],
        hasPrimary: Bool = true, apart: String? = nil
    ) -> FormView {
        func id(_ name: String) -> String { apart.map { "\($0)-\(name)" } ?? name }
        let back = submitted.flatMap { $0.form == Input.name ? $0 : nil }
        let errors = back?.errors ?? []
        let messages = Dictionary(
            errors.compactMap { error in error.field.map { ($0, words(error.key, error.arguments)) } },
            uniquingKeysWith: { first, _ in first })
        let fields = Input.fields.filter { if case .group = $0.kind { false } else { true } }.map { field in
            var shown = WebField(
                field, form: Input.name, value: back?.input.values[field.name] ?? filled[field.name],
                error: messages[field.name], options: options[field.name] ?? [], label: labels[field.name],
                hint: hints[field.name], unit: units[field.name], words)
            shown.id = id(field.name)
            return shown
        }
        let labelOf = Dictionary(fields.map { ($0.name, $0.label) }, uniquingKeysWith: { first, _ in first })
        let links = errors.map { error -> WebErrors.Link in
            let text = words(error.key, error.arguments)
            guard let field = error.field else { return WebErrors.Link(field: nil, text: text) }
            return WebErrors.Link(
                field: id(field), text: (labelOf[field] ?? labels[field]).map { "\($0): \(text)" } ?? text)
        }
        let hasFile = Input.fields.contains { if case .file = $0.kind { true } else { false } }
        // A browser never fills in a file again, and of what was too large to be read nothing is left.
        let kept = back?.status == 413 && back?.input.values.isEmpty == true ? "lost" : hasFile ? "keptNoFile" : "kept"
        return FormView(
            action: action,
            errors: links.isEmpty
                ? nil : WebErrors(count: links.count, links: links, kept: words("web.errors.\(kept)")),
            fields: fields,
            field: Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }),
            hasFile: hasFile,
            actions: WebActions(verb: words("\(Input.name).verb"), isPrimary: hasPrimary), messages: messages,
            typed: back?.input.values)
    }
}

/// A form in a template: `{{#form}}…{{/form}}`, `{{#fields}}{{> web-field}}{{/fields}}`.
package struct FormView: Sendable {
    package let action: String
    package var errors: WebErrors?
    package let fields: [WebField]
    /// By name, for pages that place fields one by one.
    package let field: [String: WebField]
    package let hasFile: Bool
    package var actions: WebActions
    /// Errors by field, for groups that the page draws itself.
    package let messages: [String: String]
    /// What was typed, after a refusal.
    package let typed: [String: String]?
}
