import Core
import Web

/// Puts the commune's list together: which dossiers, and what stands before the list.
struct RecognitionSubmissionDraftForm: Form {
    static let name = "recognition.submission.draft"
    static let fields = [
        Field("year", .whole(1_900...2_200)), Field("listed", .group(3), optional: true),
        Field("text", .longText(4_000)),
    ]

    let year: Int
    let listed: Set<ID>
    let text: String

    init?(_ read: FormReader) {
        let year = read.whole("year")
        let listed = read.group("listed")
        let text = read.text("text")
        guard let year, let text else { return nil }
        self.year = year
        self.listed = Set(listed.keys.compactMap { ID($0) })
        self.text = text
    }
}

/// Words a draft anew.
struct RecognitionSubmissionTextForm: Form {
    static let name = "recognition.submission.wording"
    static let fields = [Field("text", .longText(4_000))]

    let text: String

    init?(_ read: FormReader) {
        guard let text = read.text("text") else { return nil }
        self.text = text
    }
}

/// Enters the signed submission and sends the list on.
struct RecognitionSubmissionSendingForm: Form {
    static let name = "recognition.submission.sending"
    static let fields = [
        Field("number", .text(40)), Field("day", .day), Field("signer", .text(80)), Field("office", .text(120)),
    ]

    let paper: Recognition.SubmissionPaper

    init?(_ read: FormReader) {
        let number = read.text("number")
        let day = read.day("day")
        let signer = read.text("signer")
        let office = read.text("office")
        guard let number, let day, let signer, let office else { return nil }
        paper = Recognition.SubmissionPaper(number: number, day: day, signer: signer, office: office)
    }
}

struct RecognitionSubmissionDiscardButton: Button { static let name = "recognition.submission.discard" }

/// The commune takes its list back, before it was received.
struct RecognitionSubmissionRecallForm: Form {
    static let name = "recognition.submission.recalling"
    static let fields = [Field("reason", .text(300))]

    let reason: String

    init?(_ read: FormReader) {
        guard let reason = read.text("reason") else { return nil }
        self.reason = reason
    }
}

/// The deciding level says that it has the list.
struct RecognitionSubmissionReceivingButton: Button { static let name = "recognition.submission.receiving" }
