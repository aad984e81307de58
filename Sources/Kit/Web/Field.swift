import Core

/// One field of a form: its name, what may stand in it, and whether it must. The label and hint stand in the words
/// under the form's name: `recognition.register.title.label`, `.hint`.
package struct Field: Sendable {
    /// What a person types into it, with its limits.
    package enum Kind: Sendable {
        /// One line; the most letters.
        case text(Int)
        /// Several lines; the most letters.
        case longText(Int)
        case secret
        /// A whole number within a range.
        case whole(ClosedRange<Int>)
        /// A quantity as typed in Vietnamese, 1.234,5.
        case quantity
        case day
        /// One of these; the label of each stands under `<form>.<field>.option.<value>`.
        case choice([String])
        /// The id of a record that the page offered.
        case record
        case flag
        /// An uploaded file; the most bytes.
        case file(Int)
        /// A group of lines, one for each of a set of records: `reason.III-2`; the most letters of each.
        case group(Int)
    }

    package let name: String
    package let kind: Kind
    package let isRequired: Bool
    /// Behind the field: "%", "hộ"; a words' key.
    package let unit: String?
    package let autocomplete: String?
    /// Of a file: the kinds a browser offers to choose from, such as "image/*"; what is taken is decided by content.
    package let accept: String?
    /// Of a file: more than one at once; read with `FormReader.files`.
    package let several: Bool
    /// Of a file: a phone opens its camera at once; elsewhere it is like any other.
    package let capture: Bool
    /// Digits are typed, though it is no number: a phone shows its keys of digits.
    package let isDigits: Bool

    package init(
        _ name: String, _ kind: Kind, optional: Bool = false, unit: String? = nil, autocomplete: String? = nil,
        accept: String? = nil, several: Bool = false, capture: Bool = false, digits: Bool = false
    ) {
        self.isDigits = digits
        self.name = name
        self.kind = kind
        self.isRequired = !optional
        self.unit = unit
        self.autocomplete = autocomplete
        self.accept = accept
        self.several = several
        self.capture = capture
    }
}

/// Typed input. A form lists its fields in the order they are shown and builds its value only when all are right.
package protocol Form: Sendable {
    /// Words' prefix, such as `recognition.register`; also tells the forms of one page apart.
    static var name: String { get }
    static var fields: [Field] { get }
    /// Texts that may stand in for a field while others are looked at, where its kind does not tell what it takes: a
    /// code of a shape of its own.
    static var standIns: [String: [String]] { get }
    /// Reads every field, so that all errors are found; nil when there were any.
    init?(_ read: FormReader)
}

extension Form {
    package static var standIns: [String: [String]] { [:] }
}

/// What was sent, before anything is known of it.
package struct RawInput: Sendable {
    package var values: [String: String] = [:]
    package var files: [String: UploadedFile] = [:]

    package init(values: [String: String] = [:], files: [String: UploadedFile] = [:]) {
        self.values = values
        self.files = files
    }
}

/// One file as it was sent.
package struct UploadedFile: Sendable {
    /// As the sender's machine calls it; shown, never used as a path.
    package let name: String
    package let bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// Something wrong in one field.
package struct FieldError: Sendable, Equatable {
    /// The field; nil for the form as a whole.
    package let field: String?
    /// Words' key.
    package let key: String
    package let arguments: [String: String]

    package init(_ field: String?, _ key: String, _ arguments: [String: String] = [:]) {
        self.field = field
        self.key = key
        self.arguments = arguments
    }
}

/// Reads the fields of one form out of what was sent and gathers what is wrong.
package final class FormReader {
    private let fields: [String: Field]
    private let input: RawInput
    package private(set) var errors: [FieldError] = []

    package init(_ fields: [Field], _ input: RawInput) {
        self.fields = Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.input = input
    }

    /// Says that a field is wrong, or with nil the whole form.
    package func refuse(_ field: String?, _ key: String, _ arguments: [String: String] = [:]) {
        errors.append(FieldError(field, key, arguments))
    }

    /// The trimmed text; nil when it is missing or too long.
    package func text(_ name: String) -> String? {
        guard let raw = raw(name) else { return nil }
        switch fields[name]?.kind {
        case .text(let most), .longText(let most):
            guard raw.count <= most else {
                refuse(name, "web.field.tooLong", ["most": "\(most)", "found": "\(raw.count)"])
                return nil
            }
            if case .text = fields[name]?.kind, raw.contains(where: \.isNewline) {
                refuse(name, "web.field.oneLine")
                return nil
            }
            return raw
        case .secret:
            guard raw.utf8.count <= 256 else {
                refuse(name, "web.field.tooLong", ["most": "256", "found": "\(raw.utf8.count)"])
                return nil
            }
            return input.values[name]
        default: return raw
        }
    }

    /// A whole number within the field’s range; nil when it is missing or wrong.
    package func whole(_ name: String) -> Int? {
        guard let raw = raw(name) else { return nil }
        guard let quantity = Quantity.parse(raw), quantity.thousandths % 1000 == 0 else {
            refuse(name, "web.field.whole")
            return nil
        }
        let number = Int(quantity.thousandths / 1000)
        if case .whole(let range) = fields[name]?.kind, !range.contains(number) {
            refuse(name, "web.field.range", ["least": "\(range.lowerBound)", "most": "\(range.upperBound)"])
            return nil
        }
        return number
    }

    /// A number with up to three decimals; nil when it is missing or wrong.
    package func quantity(_ name: String) -> Quantity? {
        guard let raw = raw(name) else { return nil }
        guard let quantity = Quantity.parse(raw) else {
            refuse(name, "web.field.quantity")
            return nil
        }
        return quantity
    }

    /// A day as people write it; nil when it is missing or none.
    package func day(_ name: String) -> Day? {
        guard let raw = raw(name) else { return nil }
        guard let day = Day.parse(raw) else {
            refuse(name, "web.field.day")
            return nil
        }
        return day
    }

    /// One of the field’s values; nil when it is missing or another.
    package func choice(_ name: String) -> String? {
        guard let raw = raw(name) else { return nil }
        guard case .choice(let values) = fields[name]?.kind, values.contains(raw) else {
            refuse(name, "web.field.choice")
            return nil
        }
        return raw
    }

    /// A record’s id; nil when it is missing or no id. Whether there is such a record is the handler’s question.
    package func record(_ name: String) -> ID? {
        guard let raw = raw(name) else { return nil }
        guard let id = ID(raw) else {
            refuse(name, "web.field.choice")
            return nil
        }
        return id
    }

    /// Whether the box was ticked.
    package func flag(_ name: String) -> Bool {
        ["on", "true", "1", "yes"].contains(input.values[name] ?? "")
    }

    /// A file with something in it; nil when it is missing, empty or too large.
    package func file(_ name: String) -> UploadedFile? {
        guard let file = input.files[name], !file.bytes.isEmpty || !file.name.isEmpty else {
            if fields[name]?.isRequired == true { refuse(name, "web.field.fileMissing") }
            return nil
        }
        guard !file.bytes.isEmpty else {
            refuse(name, "web.field.fileEmpty")
            return nil
        }
        if case .file(let most) = fields[name]?.kind, file.bytes.count > most {
            refuse(name, "web.field.fileTooLarge", ["most": "\(most / 1_048_576)"])
            return nil
        }
        return file
    }

    /// All files of a field that takes several, in the order sent; the first stands under the field's own name, the
    /// others under `name#2`, `name#3`.
    package func files(_ name: String, most: Int) -> [UploadedFile] {
        guard let first = file(name) else { return [] }
        var files = [first]
        while let next = input.files["\(name)#\(files.count + 1)"] {
            guard files.count < most else {
                refuse(name, "web.field.tooManyFiles", ["most": "\(most)"])
                return []
            }
            guard !next.bytes.isEmpty else {
                refuse(name, "web.field.fileEmpty")
                return []
            }
            if case .file(let limit) = fields[name]?.kind, next.bytes.count > limit {
                refuse(name, "web.field.fileTooLarge", ["most": "\(limit / 1_048_576)"])
                return []
            }
            files.append(next)
        }
        return files
    }

    /// The non-empty lines of a group by their record's name.
    package func group(_ name: String) -> [String: String] {
        var lines: [String: String] = [:]
        for (key, value) in input.values where key.hasPrefix(name + ".") {
            let text = value.trimmingBlanks
            guard !text.isEmpty else { continue }
            if case .group(let most) = fields[name]?.kind, text.count > most {
                refuse(key, "web.field.tooLong", ["most": "\(most)", "found": "\(text.count)"])
                continue
            }
            lines[String(key.dropFirst(name.count + 1))] = text
        }
        return lines
    }

    private func raw(_ name: String) -> String? {
        let text = (input.values[name] ?? "").trimmingBlanks
        guard text.isEmpty else { return text }
        if fields[name]?.isRequired == true { refuse(name, "web.field.missing") }
        return nil
    }
}

extension String {
    var trimmingBlanks: String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
