import Core
import Web

/// A file on its way to its preview.
struct ImportForm: Form {
    static let name = "organisation.import.form"
    /// The same as `Limits.uploadBytes` of files: 100,000 rows are some 5 MB.
    static let fileBytes = 20 << 20
    /// A file that is somewhat too large still arrives, so that it is told with all else and what was typed stays.
    static let bodyLimit = 32 << 20
    static let fields: [Field] = [
        Field("subject", .choice(OrganisationImport.Subject.allCases.map(\.rawValue))),
        Field("file", .file(fileBytes)),
        Field("day", .day),
        Field("coverage", .choice(OrganisationImport.Coverage.allCases.map(\.rawValue))),
        Field("base", .record),
        Field("document", .text(200), optional: true),
    ]

    let subject: OrganisationImport.Subject
    let file: UploadedFile
    let day: Day
    let coverage: OrganisationImport.Coverage
    let base: ID
    let document: String?

    init?(_ read: FormReader) {
        let subject = read.choice("subject").flatMap(OrganisationImport.Subject.init(rawValue:))
        let file = read.file("file")
        if let file, let refusal = OrganisationImport.refusal(ofFile: file.bytes, named: file.name) {
            read.refuse("file", refusal.key, refusal.arguments)
        }
        let day = read.day("day")
        let coverage = read.choice("coverage").flatMap(OrganisationImport.Coverage.init(rawValue:))
        let base = read.record("base")
        document = read.text("document")
        guard let subject, let file, let day, let coverage, let base else { return nil }
        self.subject = subject
        self.file = file
        self.day = day
        self.coverage = coverage
        self.base = base
    }
}

/// "Nhập vào sổ": carries a previewed plan out.
struct ImportConfirmation: Button {
    static let name = "organisation.import.confirm"
    init() {}
}

/// "Hoàn tác": takes a done import back.
struct ImportReversal: Button {
    static let name = "organisation.import.reverse"
    init() {}
}
