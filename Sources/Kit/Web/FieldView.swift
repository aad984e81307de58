import Core

/// A field ready for the partial `web-field` (docs/components.md). Exactly one of the flags `isInput` … `isCheck`.
package struct WebField: Sendable {
    package var id: String
    package var name: String
    package var label: String
    package var hint: String?
    package var error: String?
    package var unit: String?
    package var value: String?
    package var isInput = false
    package var isArea = false
    package var isChoice = false
    package var isRadio = false
    package var isFile = false
    package var isCheck = false
    package var type: String?
    package var inputmode: String?
    package var autocomplete: String?
    package var size: String?
    package var options: [WebOption] = []
    package var choose: String?
    package var checked = false
    package var accept: String?
    package var several = false
    package var capture = false
    package var isOptional = false
    package var isLocked = false

    init(
        _ field: Field, form: String, value: String?, error: String?, options: [WebOption], label: String?,
        hint: String?, unit: String?, _ words: Words
    ) {
        id = field.name
        name = field.name
        self.label = label ?? words("\(form).\(field.name).label")
        let hintKey = "\(form).\(field.name).hint"
        self.hint = hint ?? (words.has(hintKey) ? words(hintKey) : nil)
        self.error = error
        self.unit = unit ?? field.unit.map { words($0) }
        self.value = value
        autocomplete = field.autocomplete
        isOptional = !field.isRequired
        if field.isDigits { inputmode = "numeric" }
        switch field.kind {
        case .text(let most):
            isInput = true
            size = most <= 12 ? "m" : most <= 40 ? "l" : nil
        case .longText: isArea = true
        case .secret:
            isInput = true
            type = "password"
            // What is secret is never sent back.
            self.value = nil
        case .whole:
            isInput = true
            inputmode = "numeric"
            size = "m"
        case .quantity:
            isInput = true
            inputmode = "decimal"
            size = "m"
        case .day:
            isInput = true
            inputmode = "numeric"
            size = "m"
            self.hint = self.hint ?? words("web.field.dayHint")
        case .choice(let values):
            let ready =
                options.isEmpty
                ? values.map { WebOption(value: $0, label: words("\(form).\(field.name).option.\($0)")) } : options
            offer(ready, words)
        case .record: offer(options, words)
        case .flag:
            isCheck = true
            checked = ["on", "true", "1", "yes"].contains(value ?? "")
            self.value = nil
            isOptional = false
        case .file:
            isFile = true
            self.value = nil
            accept = field.accept
            several = field.several
            capture = field.capture
        case .group: break
        }
    }

    /// Few choices stand open; many are folded into a list. A browser takes a list's first line for chosen, so a list
    /// of which nothing is chosen begins with an empty line: where nothing need be chosen it says so and stays, else it
    /// asks for a choice, and is gone once one is made.
    private mutating func offer(_ all: [WebOption], _ words: Words) {
        options = all.map { WebOption(value: $0.value, label: $0.label, selected: $0.value == value, hint: $0.hint) }
        if all.count <= 4 { isRadio = true } else { isChoice = true }
        guard isChoice, !all.contains(where: { $0.value.isEmpty }) else { return }
        if isOptional {
            choose = words("web.field.noChoice")
        } else if !options.contains(where: \.selected) {
            choose = words("web.field.choose")
        }
    }
}

/// One choice of a field.
package struct WebOption: Sendable {
    package let value: String
    package let label: String
    package let selected: Bool
    package let hint: String?

    package init(value: String, label: String, selected: Bool = false, hint: String? = nil) {
        self.value = value
        self.label = label
        self.selected = selected
        self.hint = hint
    }
}

/// The summary on top of a refused form: `web-errors`.
package struct WebErrors: Sendable {
    /// One fault, with the field it leads to; nil where it is about the whole form.
    package struct Link: Sendable {
        package let field: String?
        package let text: String

        package init(field: String?, text: String) {
            self.field = field
            self.text = text
        }
    }

    package let count: Int
    package let links: [Link]
    /// What stands instead of "what you typed is still there".
    package var kept: String?

    package init(count: Int, links: [Link], kept: String? = nil) {
        self.count = count
        self.links = links
        self.kept = kept
    }
}

/// A form's button: `web-actions`.
package struct WebActions: Sendable {
    package var verb: String
    package var isPrimary: Bool
    package var name: String?
    package var value: String?
    package var link: WebLink?
    package var saved: String?

    package init(
        verb: String, isPrimary: Bool = true, name: String? = nil, value: String? = nil, link: WebLink? = nil,
        saved: String? = nil
    ) {
        self.verb = verb
        self.isPrimary = isPrimary
        self.name = name
        self.value = value
        self.link = link
        self.saved = saved
    }
}

/// An address and what its link says.
package struct WebLink: Sendable {
    package let href: String
    package let label: String

    package init(_ href: String, _ label: String) {
        self.href = href
        self.label = label
    }
}
