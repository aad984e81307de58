import Core
import Database
import Web

/// Asking that what is kept about oneself be put right.
struct PeopleAskForm: Form {
    static let name = "people.ask"
    static let fields = [Field("text", .longText(1_000))]

    let text: String

    init?(_ read: FormReader) {
        guard let text = read.text("text") else { return nil }
        self.text = text
    }
}

/// The answer, with what is written anew where that was right to ask.
struct PeopleAnswerForm: Form {
    static let name = "people.answerCorrection"
    static let fields = [
        Field("outcome", .choice(PeopleCorrection.Outcome.allCases.map(\.rawValue))),
        Field("name", .text(200), optional: true, autocomplete: "off"),
        Field("birthYear", .whole(1900...2100), optional: true),
        Field("phone", .text(20), optional: true, autocomplete: "off"),
        Field("answer", .longText(1_000)),
    ]

    let outcome: PeopleCorrection.Outcome
    let personName: String?
    let birthYear: Int?
    let phone: String?
    let answer: String

    init?(_ read: FormReader) {
        let outcome = read.choice("outcome").flatMap(PeopleCorrection.Outcome.init(rawValue:))
        personName = read.text("name")
        birthYear = read.text("birthYear") == nil ? nil : read.whole("birthYear")
        let typed = read.text("phone")
        phone = typed.flatMap(PeoplePhone.init)?.digits
        if typed != nil, phone == nil { read.refuse("phone", "people.refusal.phone") }
        let answer = read.text("answer")
        guard let outcome, let answer else { return nil }
        self.outcome = outcome
        self.answer = answer
    }
}

enum PeopleCorrectionRoutes {
    static let routes: [Route] = [
        .get("/account/corrections", .signedIn, PeopleOwnCorrectionsOutput.self) { try own($0) },
        .post("/account/corrections", .signedIn, PeopleAskForm.self, again: { try own($0) }) { try ask($0, $1) },
        .get("/corrections", .holding(.answerCorrections), PeopleCorrectionsOutput.self) { call in
            PeopleCorrectionsOutput(corrections: try PeopleCorrectionStore.all(seenBy: call.sight, call.reader))
        },
        .get("/corrections/:id", .holding(.answerCorrections), PeopleCorrectionOutput.self) { try one($0) },
        .post("/corrections/:id", .holding(.answerCorrections), PeopleAnswerForm.self, again: { try one($0) }) {
            try answer($0, $1)
        },
    ]

    private static func own(_ call: Call<Actor>) throws -> PeopleOwnCorrectionsOutput {
        PeopleOwnCorrectionsOutput(
            corrections: try PeopleCorrectionStore.ofSelf(call.who.person, call.reader),
            due: PeopleCorrection.answeredWithin.lastDay(from: call.today, in: .vietnam))
    }

    private static func ask(_ call: Call<Actor>, _ form: PeopleAskForm) throws -> Change {
        let permit = try PeopleAccountRoutes.own(call)
        let person = permit.subject
        guard try PeopleCorrectionStore.countOpen(of: person.id, call.reader) < PeopleCorrectionStore.mostOpen else {
            throw Refusal(
                .conflict, "people.refusal.tooManyCorrections", field: "text",
                ["most": "\(PeopleCorrectionStore.mostOpen)"])
        }
        guard let territory = person.place.first else { throw NotFound() }
        let due = PeopleCorrection.answeredWithin.lastDay(from: call.today, in: .vietnam)
        return .write(permit, as: "correction.ask") { tx in
            let id = tx.ids.next()
            try PeopleCorrectionStore.ask(id, form.text, of: person, territory: territory, due: due, tx)
            return Receipt(id: id, location: "/account/corrections", version: 1, flash: "people.flash.asked")
        }
    }

    private static func found(_ call: Call<Actor>) throws -> PeopleCorrection {
        let correction = try PeopleCorrectionStore.correction(try call.id("id"), seenBy: call.sight, call.reader)
        // One's own stands on one's own page, and somebody else answers it.
        guard correction.person.id != call.who.person else { throw NotFound() }
        return correction
    }

    private static func one(_ call: Call<Actor>) throws -> PeopleCorrectionOutput {
        let correction = try found(call)
        let person = try PeopleStore.person(correction.person.id, today: call.today, call.reader)
        return PeopleCorrectionOutput(
            correction: correction, name: person.name, birthYear: person.birthYear, phone: person.phone)
    }

    private static func answer(_ call: Call<Actor>, _ form: PeopleAnswerForm) throws -> Change {
        let correction = try found(call)
        let permit = try call.permit(.answerCorrections, correction)
        guard correction.answeredAt == nil else { throw Refusal(.conflict, "people.refusal.answeredAlready") }
        let person = try PeopleStore.person(correction.person.id, today: call.today, call.reader)
        let changes =
            (form.personName.map { $0 != person.name } ?? false)
            || (form.birthYear.map { $0 != person.birthYear } ?? false)
            || (form.phone.map { $0 != person.phone } ?? false)
        var faults = FormFaults()
        if form.outcome == .kept, changes {
            faults.add(Refusal(.invalid, "people.refusal.keptButChanged", field: "outcome"))
        }
        faults.add(PeopleBirthYear.refusal(form.birthYear, today: call.today))
        try faults.say()
        let actor = call.who.person
        return .write(permit, as: "correction.answer") { tx in
            try tx.move("correction", correction.id, from: correction.revision)
            if form.outcome == .corrected, changes {
                try PeopleCorrectionStore.correct(
                    person, name: form.personName, birthYear: form.birthYear, phone: form.phone, tx)
            }
            try PeopleCorrectionStore.answer(correction, form.outcome, form.answer, by: actor, tx)
            tx.note("correction.of", to: "\(person.id)")
            tx.note("correction.outcome", to: form.outcome.rawValue)
            return Receipt(
                id: correction.id, location: "/corrections", version: correction.revision + 1,
                flash: "people.flash.answered")
        }
    }
}
