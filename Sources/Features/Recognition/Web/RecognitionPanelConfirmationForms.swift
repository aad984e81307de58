import Core
import Web

/// The panel asks every office about the values it holds.
struct RecognitionConfirmationAskingButton: Button { static let name = "recognition.confirmation.asking" }

/// An office answers: each of its values as it stands, or its own one with a reason.
struct RecognitionOfficeConfirmationForm: Form {
    static let name = "recognition.confirmation.answering"
    static let fields = [
        Field("answer", .group(10), optional: true), Field("value", .group(30), optional: true),
        Field("reason", .group(500), optional: true),
    ]

    /// By the question's id.
    let answers: [ID: Recognition.Confirmed]
    let values: [ID: String]
    let reasons: [ID: String]

    init?(_ read: FormReader) {
        let answers = read.group("answer").compactMapValues(Recognition.Confirmed.init(rawValue:))
        values = Self.byID(read.group("value"))
        reasons = Self.byID(read.group("reason"))
        self.answers = Self.byID(answers)
        guard !self.answers.isEmpty else {
            read.refuse(nil, "recognition.confirmation.refusal.nothing")
            return nil
        }
    }

    private static func byID<Value>(_ lines: [String: Value]) -> [ID: Value] {
        Dictionary(
            lines.compactMap { key, value in ID(key).map { ($0, value) } }, uniquingKeysWith: { first, _ in first })
    }
}
