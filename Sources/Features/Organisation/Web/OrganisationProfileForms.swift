import Core
import Web

/// Households, people, class and region of one year.
struct YearForm: Form {
    static let name = "organisation.profile.numbers"
    static let fields: [Field] = [
        Field("year", .whole(1_990...2_200)),
        Field("households", .whole(0...100_000), unit: "organisation.profile.unit.households"),
        Field("people", .whole(0...1_000_000), unit: "organisation.profile.unit.people"),
        Field("class", .choice(["rural", "town"]), optional: true),
        Field("region", .choice(AreaRegion.allCases.map(\.rawValue)), optional: true),
    ]

    let year: Int
    let households: Int
    let people: Int
    let areaClass: String?
    let region: String?

    init?(_ read: FormReader) {
        let (year, households, people) = (read.whole("year"), read.whole("households"), read.whole("people"))
        areaClass = read.choice("class")
        region = read.choice("region")
        guard let year, let households, let people else { return nil }
        self.year = year
        self.households = households
        self.people = people
    }
}

struct GroupForm: Form {
    static let name = "organisation.profile.groups"
    static let fields: [Field] = [
        Field("name", .text(80)), Field("kind", .choice(AreaGroupKind.allCases.map(\.rawValue))),
        Field("households", .whole(0...10_000), optional: true, unit: "organisation.profile.unit.households"),
        Field("since", .day, optional: true), Field("ended", .day, optional: true),
    ]

    let name: String
    let kind: AreaGroupKind
    let households: Int?
    let since: Day?
    let ended: Day?

    init?(_ read: FormReader) {
        let name = read.text("name")
        let kind = read.choice("kind").flatMap(AreaGroupKind.init(rawValue:))
        households = read.whole("households")
        since = read.day("since")
        ended = read.day("ended")
        guard let name, let kind else { return nil }
        self.name = name
        self.kind = kind
    }

    func group(_ id: ID) -> AreaGroup {
        AreaGroup(id: id, name: name, kind: kind, households: households, since: since, endedOn: ended)
    }
}

struct ConventionForm: Form {
    static let name = "organisation.profile.conventions"
    static let fields: [Field] = [
        Field("kind", .choice(ConventionKind.allCases.map(\.rawValue))), Field("text", .longText(20_000)),
        Field("adopted", .day), Field("votes", .whole(0...100_000), unit: "organisation.profile.unit.households"),
        Field("households", .whole(1...100_000), unit: "organisation.profile.unit.households"),
        Field("body", .text(120), optional: true), Field("recognised", .day, optional: true),
        Field("document", .text(120), optional: true),
    ]

    let kind: ConventionKind
    let text: String
    let adopted: Day
    let votes: Int
    let households: Int
    let body: String?
    let recognised: Day?
    let document: String?

    init?(_ read: FormReader) {
        let kind = read.choice("kind").flatMap(ConventionKind.init(rawValue:))
        let text = read.text("text")
        let adopted = read.day("adopted")
        let (votes, households) = (read.whole("votes"), read.whole("households"))
        body = read.text("body")
        recognised = read.day("recognised")
        document = read.text("document")
        guard let kind, let text, let adopted, let votes, let households else { return nil }
        self.kind = kind
        self.text = text
        self.adopted = adopted
        self.votes = votes
        self.households = households
    }

    func convention(_ id: ID, version: Int) -> Convention {
        Convention(
            id: id, version: version, kind: kind, text: text, adoptedOn: adopted, votesFor: votes,
            households: households, recognisedBy: body, recognisedOn: recognised, recognitionDocument: document)
    }
}

/// Writes down that a version was recognised, where that came after the people adopted it.
struct ConventionRecognitionForm: Form {
    static let name = "organisation.profile.recognition"
    static let fields: [Field] = [
        Field("body", .text(120)), Field("recognised", .day), Field("document", .text(120)),
    ]

    let body: String
    let recognised: Day
    let document: String

    init?(_ read: FormReader) {
        let (body, recognised, document) = (read.text("body"), read.day("recognised"), read.text("document"))
        guard let body, let recognised, let document else { return nil }
        self.body = body
        self.recognised = recognised
        self.document = document
    }
}

struct ModelForm: Form {
    static let name = "organisation.profile.models"
    static let fields: [Field] = [
        Field("name", .text(120)), Field("kind", .choice(AreaModelKind.allCases.map(\.rawValue)), optional: true),
        Field("since", .whole(1_945...2_200), optional: true), Field("size", .quantity, optional: true),
        Field("unit", .text(30), optional: true),
        Field("looked", .day, optional: true), Field("alive", .choice(["yes", "no"]), optional: true),
    ]

    let name: String
    let kind: AreaModelKind
    let since: Int?
    let size: Quantity?
    let unit: String?
    let looked: Day?
    let isAlive: Bool?

    init?(_ read: FormReader) {
        let name = read.text("name")
        kind = read.choice("kind").flatMap(AreaModelKind.init(rawValue:)) ?? .other
        since = read.whole("since")
        size = read.quantity("size")
        unit = read.text("unit")
        looked = read.day("looked")
        isAlive = read.choice("alive").map { $0 == "yes" }
        guard let name else { return nil }
        self.name = name
    }

    /// - Parameter look: what somebody from outside found; the area's own word is not asked then.
    func model(_ id: ID, under look: AreaModelLook? = nil) -> AreaModel {
        AreaModel(
            id: id, name: name, kind: kind, since: since, size: size, unit: unit,
            lookedOn: look == nil ? looked : nil, isAlive: look == nil ? isAlive : nil)
    }
}

struct OccasionForm: Form {
    static let name = "organisation.profile.occasions"
    static let fields: [Field] = [
        Field("name", .text(80)), Field("kind", .choice(OccasionKind.allCases.map(\.rawValue))), Field("from", .day),
        Field("until", .day, optional: true), Field("yearly", .flag, optional: true),
        Field("note", .text(200), optional: true),
    ]

    let name: String
    let kind: OccasionKind
    let from: Day
    let until: Day?
    let isYearly: Bool
    let note: String?

    init?(_ read: FormReader) {
        let name = read.text("name")
        let kind = read.choice("kind").flatMap(OccasionKind.init(rawValue:))
        let from = read.day("from")
        until = read.day("until")
        isYearly = read.flag("yearly")
        note = read.text("note")
        guard let name, let kind, let from else { return nil }
        self.name = name
        self.kind = kind
        self.from = from
    }

    func occasion(_ id: ID) -> Occasion {
        Occasion(
            id: id, kind: kind, name: name, from: from, until: until ?? from, isYearly: isYearly, note: note)
    }
}

/// Takes an entry out of the profile.
struct EntryRemoval: Button {
    static let name = "organisation.profile.removal"
}
