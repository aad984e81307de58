import Core
import Documents
import Web

/// Tells a practice, or tells it anew.
struct PracticeForm: Form {
    static let name = "practices.form"
    static let fields = [
        Field("place", .record), Field("criterion", .text(120)), Field("name", .text(120)),
        Field("story", .longText(3_000)), Field("sources", .text(300), optional: true),
        Field("cost", .text(24), optional: true, unit: "practices.unit.dong", digits: true),
        Field("labourDays", .whole(0...100_000), optional: true, unit: "practices.unit.days"),
        Field("weeks", .whole(0...520), optional: true, unit: "practices.unit.weeks"),
    ]

    let place: ID
    /// The codes of set and indicator.
    let set: String
    let code: String
    let text: PracticeText

    init?(_ read: FormReader) {
        let place = read.record("place")
        let criterion = read.text("criterion")
        let name = read.text("name")
        let story = read.text("story")
        let sources = read.text("sources")
        let typed = read.text("cost")
        let cost = typed.flatMap(Money.parse)
        if typed != nil, cost == nil { read.refuse("cost", "practices.refusal.cost") }
        let labourDays = read.whole("labourDays")
        let weeks = read.whole("weeks")
        let parts = criterion?.split(separator: "/", maxSplits: 1).map(String.init) ?? []
        guard let place, criterion != nil, let name, let story, typed == nil || cost != nil else { return nil }
        self.place = place
        set = parts.first ?? ""
        code = parts.count == 2 ? parts[1] : ""
        text = PracticeText(
            name: name, story: story, sources: sources, cost: cost, labourDays: labourDays, weeks: weeks)
    }
}

/// Adds pictures. Whether they are secret is asked first (people.md rule 2), and the answer comes with them.
struct PracticePicturesForm: Form {
    static let name = "practices.pictures"
    static let fileLimit = 20 << 20
    static let fields = [
        Field("secret", .choice(["no", "yes"])),
        Field("camera", .file(fileLimit), optional: true, accept: "image/*", capture: true),
        Field(
            "picture", .file(fileLimit), optional: true, accept: "image/jpeg,image/png,image/webp,image/heic",
            several: true),
        Field("caption", .text(160), optional: true),
    ]

    let files: [(field: String, file: UploadedFile)]
    let caption: String?

    init?(_ read: FormReader) {
        let secret = read.choice("secret")
        if secret == "yes" { read.refuse("secret", "practices.refusal.secret") }
        var files: [(field: String, file: UploadedFile)] = []
        for field in ["camera", "picture"] {
            files += read.files(field, most: PracticeRules.atOnce).map { (field, $0) }
        }
        caption = read.text("caption")
        // A file that cannot be taken is said already, and of a secret one none is asked for.
        let isSaid = read.errors.contains { $0.field == "camera" || $0.field == "picture" }
        if secret != "yes", files.isEmpty, !isSaid { read.refuse("picture", "practices.refusal.noPicture") }
        if files.count > PracticeRules.atOnce {
            read.refuse("picture", "web.field.tooManyFiles", ["most": "\(PracticeRules.atOnce)"])
        }
        guard secret == "no", read.errors.isEmpty else { return nil }
        self.files = files
    }
}

/// Lets a picture out: both questions are answered by somebody who looked at it.
struct PracticeReleaseForm: Form {
    static let name = "practices.release"
    static let fields = [
        Field("children", .choice(PictureCare.allCases.map(\.rawValue))),
        Field("plates", .choice(PictureCare.allCases.map(\.rawValue))),
    ]

    let children: PictureCare
    let plates: PictureCare

    init?(_ read: FormReader) {
        let children = read.choice("children").flatMap(PictureCare.init(rawValue:))
        let plates = read.choice("plates").flatMap(PictureCare.init(rawValue:))
        for question in PictureCare.standing(children: children, plates: plates) {
            read.refuse(question, "practices.refusal.\(question)Shown")
        }
        guard let children, let plates, read.errors.isEmpty else { return nil }
        self.children = children
        self.plates = plates
    }
}

struct PracticeCloseButton: Button { static let name = "practices.close" }
struct PracticePictureRemoval: Button { static let name = "practices.pictureRemoval" }

/// "We followed this."
struct PracticeFollowForm: Form {
    static let name = "practices.follow"
    static let fields = [
        Field("place", .record), Field("since", .day), Field("changed", .longText(1_500)),
        Field("result", .longText(1_500), optional: true), Field("different", .longText(1_000), optional: true),
    ]

    let following: PracticeNewFollowing

    init?(_ read: FormReader) {
        let place = read.record("place")
        let since = read.day("since")
        let changed = read.text("changed")
        let result = read.text("result")
        let different = read.text("different")
        guard let place, let since, let changed else { return nil }
        following = PracticeNewFollowing(
            territory: place, since: since, changed: changed, result: result, different: different)
    }

    var texts: [(field: String, text: String)] {
        [
            ("changed", following.changed), ("result", following.result ?? ""),
            ("different", following.different ?? ""),
        ]
    }
}

/// The commune went and looked, at a practice or at a model.
struct PracticeLookForm: Form {
    static let name = "practices.look"
    static let fields = [
        Field("day", .day), Field("alive", .choice(["yes", "no"])), Field("words", .longText(500), optional: true),
    ]

    let day: Day
    let isAlive: Bool
    let words: String?

    init?(_ read: FormReader) {
        let day = read.day("day")
        let alive = read.choice("alive")
        words = read.text("words")
        guard let day, let alive else { return nil }
        self.day = day
        isAlive = alive == "yes"
    }
}

/// The commune's word on a practice, and whether the public reads it.
struct PracticeConfirmForm: Form {
    static let name = "practices.confirm"
    static let fields = [Field("public", .choice(["yes", "no"]))]

    let isPublic: Bool

    init?(_ read: FormReader) {
        guard let choice = read.choice("public") else { return nil }
        isPublic = choice == "yes"
    }
}

struct PracticeWithdrawForm: Form {
    static let name = "practices.withdraw"
    static let fields = [Field("why", .longText(500))]

    let why: String

    init?(_ read: FormReader) {
        guard let why = read.text("why") else { return nil }
        self.why = why
    }
}
