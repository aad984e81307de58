import Core
import Documents
import Web

/// Adds files to an indicator: from the camera, from the phone's pictures, or documents. Whether they are secret is
/// asked before anything is chosen (people.md rule 2), and the answer comes with them.
struct RecognitionEvidenceForm: Form {
    static let name = "recognition.evidence.form"
    static let fileLimit = 20 << 20
    static let pictures = "image/jpeg,image/png,image/webp,image/heic"
    static let documents = ".pdf,.docx,.xlsx"
    static let fields = [
        RecognitionSecrecy.field,
        Field("camera", .file(fileLimit), optional: true, accept: "image/*", capture: true),
        Field("picture", .file(fileLimit), optional: true, accept: pictures, several: true),
        Field("document", .file(fileLimit), optional: true, accept: documents, several: true),
        Field("caption", .text(200), optional: true),
    ]

    /// Each with the field it came in, for what is wrong with it.
    let files: [(field: String, file: UploadedFile)]
    let note: String?

    init?(_ read: FormReader) {
        let secret = RecognitionSecrecy.answer(read)
        var files: [(field: String, file: UploadedFile)] = []
        for field in ["camera", "picture", "document"] {
            files += read.files(field, most: Recognition.EvidenceLimit.atOnce).map { (field, $0) }
        }
        note = read.text("caption")
        // A file that cannot be taken is said already, and of a secret one none is asked for.
        let isSaid = read.errors.contains { ["camera", "picture", "document"].contains($0.field) }
        if secret != "yes", files.isEmpty, !isSaid {
            read.refuse("picture", "recognition.evidence.refusal.noFile")
        }
        if files.count > Recognition.EvidenceLimit.atOnce {
            read.refuse("picture", "web.field.tooManyFiles", ["most": "\(Recognition.EvidenceLimit.atOnce)"])
        }
        guard secret == "no", read.errors.isEmpty else { return nil }
        self.files = files
    }
}

/// Puts a newer file in the place of one.
struct RecognitionRevisionForm: Form {
    static let name = "recognition.evidence.revision"
    static let fields = [
        RecognitionSecrecy.field,
        Field(
            "file", .file(RecognitionEvidenceForm.fileLimit),
            accept: "\(RecognitionEvidenceForm.pictures),\(RecognitionEvidenceForm.documents)"),
        Field("caption", .text(200), optional: true),
    ]

    let file: UploadedFile
    let note: String?

    init?(_ read: FormReader) {
        let secret = RecognitionSecrecy.answer(read)
        let file = read.file("file")
        note = read.text("caption")
        guard secret == "no", let file else { return nil }
        self.file = file
    }
}

/// The question that comes before any file.
enum RecognitionSecrecy {
    static let field = Field("secret", .choice(["no", "yes"]))

    /// `no`, `yes`, or nil where nobody answered; refused in words when something secret is in it.
    static func answer(_ read: FormReader) -> String? {
        let answer = read.choice("secret")
        if answer == "yes" { read.refuse("secret", "recognition.refusal.secret") }
        return answer
    }
}

/// A named office saw it, or somebody was there: evidence without a file.
struct RecognitionObservationForm: Form {
    static let name = "recognition.evidence.observation"
    static let fields = [
        Field("kind", .choice([Recognition.EvidenceKind.witness.rawValue, Recognition.EvidenceKind.visit.rawValue])),
        Field("office", .text(120)), Field("day", .day), Field("seen", .longText(500)),
    ]

    let kind: Recognition.EvidenceKind
    let office: String
    let day: Day
    let seen: String

    init?(_ read: FormReader) {
        let kind = read.choice("kind").flatMap(Recognition.EvidenceKind.init(rawValue:))
        let office = read.text("office")
        let day = read.day("day")
        let seen = read.text("seen")
        guard let kind, let office, let day, let seen else { return nil }
        self.kind = kind
        self.office = office
        self.day = day
        self.seen = seen
    }
}

/// Which indicators a piece speaks for: `use.<code>` for each.
struct RecognitionEvidenceUsesForm: Form {
    static let name = "recognition.evidence.uses"
    static let fields = [Field("use", .group(8), optional: true)]

    let codes: [String]

    init?(_ read: FormReader) {
        codes = read.group("use").keys.sorted()
        guard !codes.isEmpty else {
            read.refuse("use", "recognition.evidence.refusal.noUse")
            return nil
        }
        guard codes.count <= Recognition.EvidenceLimit.uses else {
            read.refuse(
                "use", "recognition.evidence.refusal.manyUses", ["most": "\(Recognition.EvidenceLimit.uses)"])
            return nil
        }
    }
}

struct RecognitionEvidenceRemovalButton: Button { static let name = "recognition.evidenceRemoval" }

/// Lets the public see a picture: both questions are answered by somebody who looked at it.
struct RecognitionReleaseForm: Form {
    static let name = "recognition.release"
    static let fields = PictureCare.questions.map { Field($0, .choice(PictureCare.allCases.map(\.rawValue))) }

    let children: PictureCare
    let plates: PictureCare

    init?(_ read: FormReader) {
        let children = read.choice("children").flatMap(PictureCare.init(rawValue:))
        let plates = read.choice("plates").flatMap(PictureCare.init(rawValue:))
        for question in PictureCare.standing(children: children, plates: plates) {
            read.refuse(question, "recognition.release.refusal.\(question)")
        }
        guard let children, let plates, read.errors.isEmpty else { return nil }
        self.children = children
        self.plates = plates
    }
}

/// Takes a picture back in that the public sees.
struct RecognitionReleaseEndButton: Button { static let name = "recognition.releaseEnd" }
