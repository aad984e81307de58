import Core
import Testing

@testable import Web

/// Somebody's term, as a form with everything in it that may be missing while the rest is wrong.
private struct TermForm: Form {
    static let name = "test.term"
    static let fields = [
        Field("name", .text(40)), Field("second", .text(40)), Field("kind", .choice(["a", "b", "c"])),
        Field("place", .record), Field("from", .day), Field("until", .day, optional: true),
        Field("present", .whole(0...100)), Field("votes", .whole(0...100)), Field("code", .text(9)),
        Field("note", .group(5), optional: true),
    ]
    static let standIns = ["code": ["abc-123"]]

    let name: String
    let second: String
    let kind: String
    let place: ID
    let from: Day
    let until: Day?
    let present: Int
    let votes: Int

    init?(_ read: FormReader) {
        let (name, second, kind) = (read.text("name"), read.text("second"), read.choice("kind"))
        let (place, from) = (read.record("place"), read.day("from"))
        until = read.day("until")
        let (present, votes) = (read.whole("present"), read.whole("votes"))
        let code = read.text("code")
        if let code, !code.hasPrefix("abc-") { read.refuse("code", "test.code") }
        _ = read.group("note")
        guard let name, let second, let kind, let place, let from, let present, let votes, code != nil else {
            return nil
        }
        (self.name, self.second, self.kind, self.place, self.from) = (name, second, kind, place, from)
        (self.present, self.votes) = (present, votes)
    }
}

private struct SecretForm: Form {
    static let name = "test.secret"
    static let fields = [Field("password", .secret), Field("name", .text(40))]
    let name: String

    init?(_ read: FormReader) {
        let (password, name) = (read.text("password"), read.text("name"))
        guard password != nil, let name else { return nil }
        self.name = name
    }
}

@Suite("What else is wrong with a form that is not whole") struct FormMeaningTests {
    private static let known = ID(high: 9, low: 9)
    private static let right = [
        "name": "Ya Thương", "second": "Ka Hương", "kind": "a", "place": "\(known)", "from": "1/3/2026",
        "until": "1/4/2026", "present": "50", "votes": "20", "code": "abc-1",
    ]

    private func look(_ form: TermForm) throws {
        var faults = FormFaults()
        func wrong(_ field: String, _ key: String, _ arguments: [String: String] = [:]) {
            faults.add(Refusal(.invalid, key, field: field, arguments))
        }
        if form.name == "Nobody" { wrong("name", "unknown") }
        if form.name == form.second { wrong("second", "same") }
        if let until = form.until, until < form.from { wrong("until", "before") }
        if form.kind == "b", form.until != nil { wrong("until", "noEnd") }
        if form.votes > form.present { wrong("votes", "more", ["present": "\(form.present)"]) }
        let place = try faults.record("place") {
            guard form.place == Self.known else { throw NotFound() }
            return form.place
        }
        _ = try faults.found(place)
    }

    /// What is told: "field key", those of the fields themselves first.
    private func told(_ changes: [String: String?]) -> [String] {
        var values = Self.right
        for (name, value) in changes { values[name] = value }
        let input = RawInput(values: values)
        let reader = FormReader(TermForm.fields, input)
        _ = TermForm(reader)
        let besides = Route.besides(reader.errors, TermForm.self, input, standsIn: true, look)
        return (reader.errors + besides).map { "\($0.field ?? "-") \($0.key)" }
    }

    @Test func aMissingFieldDoesNotHideWhatIsWrongWithTheOthers() {
        #expect(told(["second": nil, "name": "Nobody"]) == ["second web.field.missing", "name unknown"])
        #expect(told(["name": nil, "until": "1/2/2026"]) == ["name web.field.missing", "until before"])
        #expect(
            told(["votes": "x", "place": "\(ID(high: 1, low: 1))"]) == [
                "votes web.field.whole", "place web.field.choice",
            ])
        #expect(
            told(["name": nil, "kind": nil, "from": "?", "present": "101", "place": "\(ID(high: 1, low: 1))"]) == [
                "name web.field.missing", "kind web.field.missing", "from web.field.day", "present web.field.range",
                "place web.field.choice",
            ], "however many are missing")
        #expect(told(["place": nil, "name": "Nobody"]) == ["place web.field.missing", "name unknown"])
        #expect(told(["code": "?", "name": "Nobody"]) == ["code test.code", "name unknown"], "of a shape of its own")
        #expect(told(["note.x": "too long", "name": "Nobody"]) == ["note.x web.field.tooLong", "name unknown"])
        #expect(told(["until": "?", "name": "Nobody"]) == ["until web.field.day", "name unknown"])
    }

    /// What hangs on the missing field is not judged.
    @Test(arguments: ["name", "second", "kind", "place", "from", "present", "votes", "code"])
    func nobodyIsToldOfAFaultThatIsNone(_ field: String) {
        #expect(told([field: nil]) == ["\(field) web.field.missing"])
        #expect(told([field: nil, "until": nil]) == ["\(field) web.field.missing"])
    }

    @Test func severalMissingFieldsAreNoFaultsOfOneAnother() {
        let missing = told(["name": nil, "second": nil, "kind": nil, "from": nil, "present": nil, "votes": nil])
        #expect(missing.allSatisfy { $0.hasSuffix("web.field.missing") } && missing.count == 6)
        #expect(told(["present": "?", "votes": "?"]).count == 2)
    }

    @Test func secretsAreNotGuessedAtNorIsAnythingSaidToStrangers() {
        let input = RawInput(values: ["name": "Nobody"])
        let reader = FormReader(SecretForm.fields, input)
        _ = SecretForm(reader)
        #expect(
            Route.besides(reader.errors, SecretForm.self, input, standsIn: true) { _ in
                throw Refusal(.invalid, "unknown", field: "name")
            }.isEmpty)
        var values = Self.right
        values["second"] = nil
        values["name"] = "Nobody"
        let term = FormReader(TermForm.fields, RawInput(values: values))
        _ = TermForm(term)
        #expect(
            Route.besides(term.errors, TermForm.self, RawInput(values: values), standsIn: false, look).isEmpty)
    }

    @Test func aFaultOfAnotherKindSaysNothing() {
        let input = RawInput(values: Self.right.filter { $0.key != "second" })
        let found = [FieldError("second", "web.field.missing")]
        for error in [Refusal(.conflict, "x", field: "name"), Refusal(.forbidden, "x")] {
            #expect(Route.besides(found, TermForm.self, input, standsIn: true) { _ in throw error }.isEmpty)
        }
        #expect(Route.besides(found, TermForm.self, input, standsIn: true) { _ in throw NotFound() }.isEmpty)
    }

    @Test func looksAreBounded() {
        var looks = 0
        var input = RawInput(values: Self.right)
        for name in ["name", "second", "kind", "from", "present", "votes"] { input.values[name] = nil }
        let found = ["name", "second", "kind", "from", "present", "votes"].map { FieldError($0, "web.field.missing") }
        let told = Route.besides(found, TermForm.self, input, standsIn: true) { _ in
            looks += 1
            throw Refusal(.invalid, "always", field: "until")
        }
        #expect(told == [FieldError("until", "always")] && (2...32).contains(looks))
        looks = 0
        _ = Route.besides(found, TermForm.self, input, standsIn: true) { _ in looks += 1 }
        #expect(looks == 1, "where nothing else is wrong one look is enough")
    }
}
