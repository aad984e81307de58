import Core
import Web

/// Another name of a unit from a day on.
struct TerritoryNameForm: Form {
    static let name = "organisation.change.territoryName"
    static let fields: [Field] = [
        Field("designation", .choice(Designation.allCases.filter { $0 != .country }.map(\.rawValue))),
        Field("name", .text(80)), Field("code", .text(20), optional: true), Field("day", .day),
        Field("document", .text(120), optional: true),
    ]

    let designation: Designation
    let unitName: String
    let code: String?
    let day: Day
    let document: String?

    init?(_ read: FormReader) {
        let designation = read.choice("designation").flatMap(Designation.init(rawValue:))
        let name = read.text("name")
        code = read.text("code")
        let day = read.day("day")
        document = read.text("document")
        guard let designation, let name, let day else { return nil }
        self.designation = designation
        unitName = name
        self.day = day
    }
}

struct TerritoryPlaceForm: Form {
    static let name = "organisation.change.territoryPlace"
    static let fields: [Field] = [
        Field("parent", .record), Field("day", .day), Field("document", .text(120), optional: true),
    ]

    let parent: ID
    let day: Day
    let document: String?

    init?(_ read: FormReader) {
        let (parent, day) = (read.record("parent"), read.day("day"))
        document = read.text("document")
        guard let parent, let day else { return nil }
        self.parent = parent
        self.day = day
    }
}

struct TerritoryEndForm: Form {
    static let name = "organisation.change.territoryEnd"
    static let fields: [Field] = [
        Field("successor", .record, optional: true), Field("day", .day), Field("document", .text(120), optional: true),
    ]

    let successor: ID?
    let day: Day
    let document: String?

    init?(_ read: FormReader) {
        successor = read.record("successor")
        let day = read.day("day")
        document = read.text("document")
        guard let day else { return nil }
        self.day = day
    }
}

struct BodyNameForm: Form {
    static let name = "organisation.change.bodyName"
    static let fields: [Field] = [Field("name", .text(160)), Field("day", .day)]

    let bodyName: String
    let day: Day

    init?(_ read: FormReader) {
        let (name, day) = (read.text("name"), read.day("day"))
        guard let name, let day else { return nil }
        bodyName = name
        self.day = day
    }
}

struct BodyPlaceForm: Form {
    static let name = "organisation.change.bodyPlace"
    static let fields: [Field] = [
        Field("territory", .record), Field("parent", .record, optional: true), Field("day", .day),
    ]

    let territory: ID
    let parent: ID?
    let day: Day

    init?(_ read: FormReader) {
        let territory = read.record("territory")
        parent = read.record("parent")
        let day = read.day("day")
        guard let territory, let day else { return nil }
        self.territory = territory
        self.day = day
    }
}

struct BodyEndForm: Form {
    static let name = "organisation.change.bodyEnd"
    static let fields: [Field] = [Field("successor", .record, optional: true), Field("day", .day)]

    let successor: ID?
    let day: Day

    init?(_ read: FormReader) {
        successor = read.record("successor")
        let day = read.day("day")
        guard let day else { return nil }
        self.day = day
    }
}

/// What is done with each organisation on an ended territory: "do" as proposed, "later", or "end" without a successor.
struct StrandedForm: Form {
    static let name = "organisation.stranded"
    static let fields: [Field] = [Field("day", .day), Field("to", .group(8), optional: true)]

    let day: Day
    let choices: [ID: String]

    init?(_ read: FormReader) {
        let day = read.day("day")
        let typed = read.group("to")
        choices = Dictionary(
            typed.compactMap { key, value in ID(key).map { ($0, value) } }, uniquingKeysWith: { first, _ in first })
        guard let day else { return nil }
        self.day = day
    }
}
