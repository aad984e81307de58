import Core
import Database
import Organisation
import People
import Web

/// Handing an office over: drawn up, printed and signed, carried out.
enum HomeHandoverRoutes {
    static func routes(_ waiting: [WaitingSource]) -> [Route] {
        [
            .get("/handovers", .signedIn, HandoversOutput.self) { try HandoversOutput.of($0) },
            .get(
                "/handovers/new", .holding(.handOver), HandoverNewOutput.self,
                query: [Field("office", .record, optional: true)]
            ) { try HandoverNewOutput.of($0, waiting) },
            .post(
                "/handovers", .holding(.handOver), HandoverForm.self,
                again: { try HandoverNewOutput.of($0, waiting) }
            ) { try draw($0, $1, waiting) },
            .get("/handovers/:id", .signedIn, HandoverOutput.self) { try HandoverOutput.of($0) },
            .get("/handovers/:id/paper", .signedIn, HandoverPaperOutput.self) { try HandoverPaperOutput.of($0) },
            .post(
                "/handovers/:id/completion", .holding(.manageAccounts), HandoverCompletionForm.self,
                again: { try HandoverOutput.of($0) }
            ) { call, _ in try complete(call) },
            .post(
                "/handovers/:id/withdrawal", .holding(.handOver), HandoverWithdrawButton.self,
                again: { try HandoverOutput.of($0) }
            ) { call, _ in try withdraw(call) },
        ]
    }

    private static func draw(
        _ call: Call<Actor>, _ form: HandoverForm, _ waiting: [WaitingSource]
    ) throws -> Change {
        guard
            let office = try HandoverStore.offices(of: call.who, today: call.today, call.reader).first(where: {
                $0.id == form.office
            })
        else { throw Refusal(.forbidden, "home.handover.refusal.notYourOffice") }
        let place = try OrganisationStore.territory(office.territory.id, seenBy: call.sight, call.reader)
        let permit = try call.permit(.handOver, place)
        var found =
            HandoverRules.refusal(
                of: office.holder.id, to: form.person, day: form.day, from: office.from, until: office.until,
                today: call.today)?.all ?? []
        let neighbours = try HandoverStore.neighbours(of: office, call.reader)
        let receiver = form.person.flatMap { id in neighbours.first { $0.id == id } }
        if form.person != nil, form.person != office.holder.id, receiver == nil {
            found.append(Refusal(.invalid, "web.field.choice", field: "person"))
        }
        if let refusal = Refusal.of(found) { throw refusal }
        let new = NewHandover(
            office: office, receiver: receiver, receiverName: receiver?.name ?? VietnameseText.tidied(form.name ?? ""),
            receiverBirthYear: form.birthYear, day: form.day, papers: form.papers, money: form.money, keys: form.keys,
            remarks: form.remarks, openWork: try HomeStore.work(of: office, call, waiting).text)
        let person = call.who.person
        return .write(permit, as: "handover.draw") { tx in
            let id = try HandoverStore.draw(new, by: person, tx)
            tx.note("office", to: "\(office.role.rawValue) \(office.id)")
            tx.note("giver", to: "\(office.holder.id)")
            tx.note("receiver", to: new.receiver.map { "\($0.id)" } ?? new.receiverName)
            tx.note("day", to: "\(new.day)")
            return Receipt(id: id, location: "/handovers/\(id)", version: 1, flash: "home.handover.flash.drawn")
        }
    }

    static func needed(_ handover: Handover) -> Capability {
        HandoverRules.needed(isArea: handover.office.territory.kind == .area)
    }

    private static func complete(_ call: Call<Actor>) throws -> Change {
        let handover = try HandoverStore.handover(call.id("id"), seenBy: call.sight, call.reader)
        let permit = try call.permit(needed(handover), handover)
        if let refusal = HandoverRules.refusalToComplete(
            giver: handover.office.holder.id, receiver: handover.receiver?.id, by: call.who.person)
        {
            throw refusal
        }
        guard handover.state == .drawn else { throw Refusal(.conflict, "home.handover.refusal.over") }
        let isInvented = try HandoverStore.isDemonstration(call.reader)
        let person = call.who.person
        return .write(permit, as: "handover.complete") { tx in
            let receiver = try HandoverStore.complete(handover, by: person, isInvented: isInvented, tx)
            tx.note("giver", to: "\(handover.office.holder.id)")
            tx.note("receiver", to: "\(receiver)")
            tx.note("day", to: "\(handover.begins(on: tx.now.day))")
            return Receipt(
                id: handover.id, location: "/handovers/\(handover.id)", version: handover.revision + 1,
                flash: "home.handover.flash.completed")
        }
    }

    private static func withdraw(_ call: Call<Actor>) throws -> Change {
        let handover = try HandoverStore.handover(call.id("id"), seenBy: call.sight, call.reader)
        let permit = try call.permit(.handOver, handover)
        guard handover.state == .drawn else { throw Refusal(.conflict, "home.handover.refusal.over") }
        let person = call.who.person
        guard handover.drawnBy.id == person || handover.office.holder.id == person else {
            throw Refusal(.forbidden, "home.handover.refusal.notDrawnByYou")
        }
        return .write(permit, as: "handover.withdraw") { tx in
            try HandoverStore.withdraw(handover, by: person, tx)
            return Receipt(
                id: handover.id, location: "/handovers", version: handover.revision + 1,
                flash: "home.handover.flash.withdrawn")
        }
    }
}
