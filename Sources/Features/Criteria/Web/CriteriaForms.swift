import Core
import Web

/// A new set: whose it is, and its text as a file or pasted.
struct CriteriaImportForm: Form {
    static let name = "criteria.import"
    static let fields: [Field] = [
        Field("territory", .record),
        Field("file", .file(Criteria.YAML.maximumBytes), optional: true, accept: ".yaml,.yml,.txt,text/plain"),
        Field("text", .longText(Criteria.YAML.maximumBytes), optional: true),
    ]
    /// A pasted text grows when it is sent as a form: a Vietnamese letter of three bytes becomes nine.
    static let bodyLimit = 4 * Criteria.YAML.maximumBytes

    let territory: ID
    let text: String

    init?(_ read: FormReader) {
        let territory = read.record("territory")
        let text = CriteriaTextInput.text(read)
        guard let territory, let text else { return nil }
        self.territory = territory
        self.text = text
    }
}

/// Another text for a draft.
struct CriteriaTextForm: Form {
    static let name = "criteria.draft"
    static let fields: [Field] = [
        Field("file", .file(Criteria.YAML.maximumBytes), optional: true, accept: ".yaml,.yml,.txt,text/plain"),
        Field("text", .longText(Criteria.YAML.maximumBytes), optional: true),
        Field("revision", .whole(0...1_000_000_000)),
    ]

    let text: String
    let revision: Int

    init?(_ read: FormReader) {
        let text = CriteriaTextInput.text(read)
        let revision = read.whole("revision")
        guard let text, let revision else { return nil }
        self.text = text
        self.revision = revision
    }
}

/// The document with which it is issued, and the revision that the person saw, so that nobody publishes what somebody
/// else changed meanwhile.
struct CriteriaPublicationForm: Form {
    static let name = "criteria.publication"
    static let fields: [Field] = [
        Field("number", .text(60), optional: true), Field("day", .day, optional: true),
        Field("past", .flag, optional: true), Field("revision", .whole(0...1_000_000_000)),
    ]

    let number: String?
    let day: Day?
    /// That it is to hold from a day that has passed was asked and agreed to.
    let isPastAgreed: Bool
    let revision: Int

    init?(_ read: FormReader) {
        number = read.text("number")
        day = read.day("day")
        isPastAgreed = read.flag("past")
        guard let revision = read.whole("revision") else { return nil }
        self.revision = revision
    }

    /// The document, or what is wrong with it.
    ///
    /// - Parameter begin: the first day from which the version is to hold.
    func document(of label: CriteriaSet.Label, from begin: Day, on today: Day) throws(Refusal) -> IssuedDocument? {
        let refusals = [
            Criteria.documentRefusal(label: label, number: number, day: day, on: today),
            begin < today && !isPastAgreed
                ? Refusal(
                    .invalid, "criteria.refusal.pastStart", field: "past",
                    ["day": Language.vi.format.day(begin)]) : nil,
        ].compactMap(\.self)
        if let refusal = Refusal.of(refusals) { throw refusal }
        guard let number, let day else { return nil }
        return IssuedDocument(number: number, day: day)
    }
}

/// Throws a draft away.
struct CriteriaRemovalForm: Form {
    static let name = "criteria.removal"
    static let fields: [Field] = [Field("revision", .whole(0...1_000_000_000))]

    let revision: Int

    init?(_ read: FormReader) {
        guard let revision = read.whole("revision") else { return nil }
        self.revision = revision
    }
}

/// A set's text, from a file or from the field.
enum CriteriaTextInput {
    static func text(_ read: FormReader) -> String? {
        let file = read.file("file")
        let typed = read.text("text")
        if let file {
            guard let text = decoded(file.bytes) else {
                read.refuse("file", "criteria.refusal.notText")
                return nil
            }
            return text
        }
        guard let typed else {
            if read.errors.allSatisfy({ $0.field != "file" && $0.field != "text" }) {
                read.refuse("text", "criteria.refusal.noText")
            }
            return nil
        }
        return tidied(typed)
    }

    /// UTF-8 with or without its mark; nil for anything else, such as a spreadsheet.
    static func decoded(_ bytes: [UInt8]) -> String? {
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else { return nil }
        return tidied(text)
    }

    /// One kind of line end, so that lines count the same on every machine.
    static func tidied(_ text: String) -> String {
        var text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        return text
    }
}
