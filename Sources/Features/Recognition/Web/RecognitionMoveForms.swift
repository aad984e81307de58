import Core
import Web

/// Moving the dossiers of a unit to a newer version.
struct RecognitionMoveForm: Form {
    static let name = "recognition.move"
    static let fields: [Field] = [
        Field("until", .choice(Recognition.MoveLimit.allCases.map(\.rawValue))),
        Field("reason", .longText(400), optional: true), Field("under", .record), Field("seen", .text(64)),
    ]

    let until: Recognition.MoveLimit
    let reason: String?
    let under: ID
    let seen: String

    init?(_ read: FormReader) {
        let until = read.choice("until").flatMap(Recognition.MoveLimit.init(rawValue:))
        reason = read.text("reason")
        let under = read.record("under")
        let seen = read.text("seen")
        guard let until, let under, let seen else { return nil }
        self.until = until
        self.under = under
        self.seen = seen
    }
}

/// Moving one dossier.
struct RecognitionMoveOneForm: Form {
    static let name = "recognition.moveOne"
    static let fields: [Field] = [Field("reason", .longText(400), optional: true), Field("seen", .text(64))]

    let reason: String?
    let seen: String

    init?(_ read: FormReader) {
        reason = read.text("reason")
        guard let seen = read.text("seen") else { return nil }
        self.seen = seen
    }
}
