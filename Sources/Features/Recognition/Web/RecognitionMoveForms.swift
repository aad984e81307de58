import Core
import Web

/// Moving the dossiers of a unit to a newer version.
struct RecognitionMoveForm: Form {
    static let name = "recognition.move"
    static let fields: [Field] = [
        Field("until", .choice(Recognition.MoveLimit.allCases.map(\.rawValue))),
        Field("reason", .longText(400)), Field("under", .record), Field("seen", .text(64)),
    ]

    let until: Recognition.MoveLimit
    let reason: String
    let under: ID
    let seen: String

    init?(_ read: FormReader) {
        let until = read.choice("until").flatMap(Recognition.MoveLimit.init(rawValue:))
        let reason = read.text("reason")
        let under = read.record("under")
        let seen = read.text("seen")
        guard let until, let reason, let under, let seen else { return nil }
        self.until = until
        self.reason = reason
        self.under = under
        self.seen = seen
    }
}

/// Moving one dossier.
struct RecognitionMoveOneForm: Form {
    static let name = "recognition.moveOne"
    static let fields: [Field] = [Field("reason", .longText(400)), Field("seen", .text(64))]

    let reason: String
    let seen: String

    init?(_ read: FormReader) {
        let reason = read.text("reason")
        let seen = read.text("seen")
        guard let reason, let seen else { return nil }
        self.reason = reason
        self.seen = seen
    }
}
