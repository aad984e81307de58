import Core
import Criteria
import Web

/// A file of titles held before, on its way to its preview.
struct RecognitionEarlierFileForm: Form {
    static let name = "recognition.earlier.file"
    static let fileBytes = 5 << 20
    static let fields: [Field] = [Field("file", .file(fileBytes), accept: ".xlsx,.csv"), Field("base", .record)]

    let file: UploadedFile
    let base: ID

    init?(_ read: FormReader) {
        let file = read.file("file")
        let base = read.record("base")
        guard let file, let base else { return nil }
        self.file = file
        self.base = base
    }
}

/// One title that one area holds already.
struct RecognitionEarlierForm: Form {
    static let name = "recognition.earlier.form"
    static let fields: [Field] = [
        Field("base", .record), Field("area", .text(120)), Field("commune", .text(120), optional: true),
        // Titles are data of the criteria set, so the page brings the choices.
        Field("title", .choice([])), Field("body", .text(200), optional: true),
        Field("level", .choice(Criteria.Level.allCases.map(\.rawValue)), optional: true),
        Field("number", .text(RecognitionEarlier.Planner.numberLength)), Field("day", .day),
        Field("year", .whole(1_900...2_200), optional: true), Field("until", .day, optional: true),
        Field("note", .longText(RecognitionEarlier.Planner.noteLength), optional: true),
    ]

    let base: ID
    /// Name or code.
    let area: String
    let commune: String
    let title: String
    let body: String
    let level: String
    let number: String
    let day: Day
    let year: Int?
    /// The last day on which it holds.
    let until: Day?
    let note: String

    init?(_ read: FormReader) {
        let base = read.record("base")
        let area = read.text("area")
        commune = read.text("commune") ?? ""
        let title = read.text("title")
        body = read.text("body") ?? ""
        level = read.choice("level") ?? ""
        let number = read.text("number")
        let day = read.day("day")
        year = read.whole("year")
        until = read.day("until")
        note = read.text("note") ?? ""
        guard let base, let area, let title, let number, let day else { return nil }
        self.base = base
        self.area = area
        self.title = title
        self.number = number
        self.day = day
    }

    /// As a row of a file that has every column.
    var cells: [String] {
        RecognitionEarlier.Column.allCases.map { column in
            switch column {
            case .areaCode: ""
            case .area: area
            case .commune: commune
            case .title: title
            case .level: level
            case .body: body
            case .number: number
            case .day: day.isoText
            case .year: year.map { "\($0)" } ?? ""
            case .until: until?.isoText ?? ""
            case .note: note
            }
        }
    }
}

struct RecognitionEarlierConfirmation: Button {
    static let name = "recognition.earlier.confirm"
}

struct RecognitionEarlierReversal: Button {
    static let name = "recognition.earlier.reverse"
}
