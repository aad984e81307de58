import Core
import Criteria
import Database
import Organisation
import Web

/// Telling, confirming, following, looking again, withdrawing.
enum PracticesActRoutes {
    private static let preset = [
        Field("place", .record, optional: true), Field("criterion", .text(120), optional: true),
    ]

    static let routes: [Route] = [
        .get("/practices/new", .holding(.sharePractice), PracticeFormOutput.self, query: preset) {
            try PracticeFormOutput.new($0)
        },
        .post(
            "/practices", .holding(.sharePractice), PracticeForm.self, again: { try PracticeFormOutput.new($0) }
        ) { try add($0, $1) },
        .get("/practices/:id/text", .holding(.sharePractice), PracticeFormOutput.self) {
            try PracticeFormOutput.change($0)
        },
        .post(
            "/practices/:id/text", .holding(.sharePractice), PracticeForm.self,
            again: { try PracticeFormOutput.change($0) }
        ) { try tell($0, $1) },
        .post(
            "/practices/:id/confirmation", .holding(.confirmPractice), PracticeConfirmForm.self,
            again: { try PracticeOutput.of($0) }
        ) { try confirm($0, $1) },
        .post(
            "/practices/:id/withdrawal", .holding(.sharePractice), PracticeWithdrawForm.self,
            again: { try PracticeOutput.of($0) }
        ) { try withdraw($0, $1) },
        .get("/practices/:id/followings/new", .holding(.sharePractice), PracticeFollowOutput.self) {
            try PracticeFollowOutput.of($0)
        },
        .post(
            "/practices/:id/followings", .holding(.sharePractice), PracticeFollowForm.self,
            again: { try PracticeFollowOutput.of($0) }
        ) { try follow($0, $1) },
        .get("/practices/:id/looks/new", .holding(.confirmPractice), PracticeLookOutput.self) {
            try PracticeLookOutput.of($0)
        },
        .post(
            "/practices/:id/looks", .holding(.confirmPractice), PracticeLookForm.self,
            again: { try PracticeLookOutput.of($0) }
        ) { try look($0, $1) },
    ]

    /// Whether a set that applies at the place has the indicator; names come and go, the codes stay.
    private static func refusal(of form: PracticeForm, at place: ID, _ call: Call<Actor>) throws -> Refusal? {
        let known = try PracticeCriteria.all(for: place, today: call.today, call.reader)
        return known.contains { $0.set == form.set && $0.code == form.code }
            ? nil : Refusal(.invalid, "practices.refusal.unknownCriterion", field: "criterion")
    }

    private static func add(_ call: Call<Actor>, _ form: PracticeForm) throws -> Change {
        var faults = FormFaults()
        let found = try faults.record("place") {
            try OrganisationStore.territory(form.place, seenBy: call.sight, call.reader)
        }
        let asked = try found.map { try call.permit(.sharePractice, $0) }
        if let found {
            if !found.stands || (found.kind != .area && !TerritoryKind.communes.contains(found.kind)) {
                faults.add(Refusal(.invalid, "web.field.choice", field: "place"))
            }
            faults.add(try refusal(of: form, at: found.id, call))
        }
        faults.add(form.text.refusal)
        let permit = try faults.found(asked)
        let (place, hand) = (permit.subject, try PracticeHand(permit))
        return .write(permit, as: "practice.share") { tx in
            let id = try PracticesStore.add(
                form.text, at: place.id, set: form.set, code: form.code, hand, tx)
            tx.note("practice", to: "\(id)")
            return Receipt(id: id, location: "/practices/\(id)", version: 1, flash: "practices.flash.shared")
        }
    }

    private static func spoken(_ call: Call<Actor>) throws -> Permit<Practice> {
        let practice = try call.practice()
        let permit = try call.permit(.sharePractice, practice)
        guard call.speaks(for: practice) else { throw Refusal(.forbidden, "practices.refusal.notYours") }
        guard practice.state != .withdrawn else { throw Refusal(.conflict, "practices.refusal.withdrawn") }
        return permit
    }

    private static func tell(_ call: Call<Actor>, _ form: PracticeForm) throws -> Change {
        let permit = try spoken(call)
        let practice = permit.subject
        var faults = FormFaults()
        if form.place != practice.area.id {
            faults.add(Refusal(.invalid, "practices.refusal.moved", field: "place"))
        }
        faults.add(try refusal(of: form, at: practice.area.id, call))
        faults.add(form.text.refusal)
        try faults.say()
        return .write(permit, as: "practice.tell") { tx in
            try PracticesStore.tell(form.text, of: practice, set: form.set, code: form.code, tx)
            tx.note("story", from: practice.text.story, to: form.text.story)
            tx.note("cost", from: practice.text.cost.map { "\($0.dong)" }, to: form.text.cost.map { "\($0.dong)" })
            return Receipt(
                id: practice.id, location: "/practices/\(practice.id)", version: practice.revision + 1,
                flash: practice.state == .confirmed ? "practices.flash.toldAnew" : "practices.flash.shared")
        }
    }

    private static func confirm(_ call: Call<Actor>, _ form: PracticeConfirmForm) throws -> Change {
        let practice = try call.practice()
        let permit = try call.permit(.confirmPractice, practice)
        let hand = try PracticeHand(permit)
        guard practice.state != .withdrawn else { throw Refusal(.conflict, "practices.refusal.withdrawn") }
        return .write(permit, as: "practice.confirm") { tx in
            try PracticesStore.confirm(practice, isPublic: form.isPublic, hand, tx)
            tx.note("public", from: practice.isPublic ? "yes" : "no", to: form.isPublic ? "yes" : "no")
            return Receipt(
                id: practice.id, location: "/practices/\(practice.id)", version: practice.revision + 1,
                flash: form.isPublic ? "practices.flash.confirmedPublic" : "practices.flash.confirmed")
        }
    }

    private static func withdraw(_ call: Call<Actor>, _ form: PracticeWithdrawForm) throws -> Change {
        let permit = try spoken(call)
        let (practice, hand) = (permit.subject, try PracticeHand(permit))
        if let key = PracticeRules.fault(in: form.why) { throw Refusal(.invalid, key, field: "why") }
        return .write(permit, as: "practice.withdraw") { tx in
            try PracticesStore.withdraw(practice, why: form.why, hand, tx)
            tx.note("why", to: form.why)
            return Receipt(
                id: practice.id, location: "/practices/\(practice.id)", version: practice.revision + 1,
                flash: "practices.flash.withdrawn")
        }
    }

    private static func follow(_ call: Call<Actor>, _ form: PracticeFollowForm) throws -> Change {
        let practice = try call.practice()
        var faults = FormFaults()
        let found = try faults.record("place") {
            try OrganisationStore.territory(form.following.territory, seenBy: call.sight, call.reader)
        }
        let asked = try found.map { try call.permit(.sharePractice, $0) }
        if let found, practice.state != .confirmed, practice.area.id != found.id {
            throw Refusal(.conflict, "practices.refusal.notConfirmed")
        }
        faults.add(
            PracticeRules.refusalToFollow(
                from: practice.area.id, to: form.following.territory, since: form.following.since, today: call.today,
                texts: form.texts))
        let permit = try faults.found(asked)
        let (place, hand) = (permit.subject, try PracticeHand(permit))
        let before = try PracticesStore.followings(of: practice.id, call.reader).first { $0.area.id == place.id }
        return .write(permit, as: "practice.follow") { tx in
            try PracticesStore.follow(practice.id, form.following, hand, tx)
            tx.note("practice", to: "\(practice.id)")
            tx.note("changed", from: before?.changed, to: form.following.changed)
            tx.note("result", from: before?.result, to: form.following.result)
            return Receipt(
                id: practice.id, location: "/practices/\(practice.id)", flash: "practices.flash.followed")
        }
    }

    private static func look(_ call: Call<Actor>, _ form: PracticeLookForm) throws -> Change {
        let practice = try call.practice()
        let permit = try call.permit(.confirmPractice, practice)
        let hand = try PracticeHand(permit)
        guard practice.state != .withdrawn else { throw Refusal(.conflict, "practices.refusal.withdrawn") }
        if let refusal = PracticeRules.refusalToLook(
            on: form.day, isAlive: form.isAlive, words: form.words, today: call.today)
        {
            throw refusal
        }
        return .write(permit, as: "practice.look") { tx in
            try PracticesStore.look(
                at: practice.id, on: form.day, isAlive: form.isAlive, words: form.words, hand, tx)
            tx.note("alive", to: form.isAlive ? "yes" : "no")
            return Receipt(
                id: practice.id, location: "/practices/\(practice.id)", flash: "practices.flash.looked")
        }
    }
}
