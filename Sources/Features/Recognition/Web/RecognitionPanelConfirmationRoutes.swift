import Core
import Criteria
import Database
import Organisation
import Web

/// Offices confirm what they hold, on the panel's request.
enum RecognitionPanelConfirmationRoutes {
    static let routes: [Route] = [
        .get("/confirmations", .holding(.supplyValues), RecognitionConfirmationListOutput.self) { try list($0) },
        .post(
            "/confirmations", .holding(.supplyValues), RecognitionOfficeConfirmationForm.self, again: { try list($0) }
        ) {
            try answer($0, $1)
        },
    ]

    /// In whose name this person answers today.
    private static func grants(_ call: Call<Actor>) -> [Grant] {
        call.who.grants.filter { $0.role.capabilities.contains(.supplyValues) && $0.term.contains(call.today) }
    }

    private static func list(_ call: Call<Actor>) throws -> RecognitionConfirmationListOutput {
        let asked = try RecognitionStore.confirmations(askedOf: grants(call).map(\.organisation), call.reader)
        var order: [ID] = []
        var groups: [ID: (dossier: Recognition.Dossier, lines: [RecognitionConfirmationAnswer])] = [:]
        let sets = try RecognitionStore.criteria(of: asked.map(\.dossier), call.reader)
        for one in asked {
            let id = one.dossier.id
            if groups[id] == nil { order.append(id) }
            guard let indicator = sets[id]?.indicators.first(where: { $0.code == one.confirmation.code }) else {
                continue
            }
            groups[id, default: (one.dossier, [])].lines
                .append(RecognitionConfirmationAnswer(one.confirmation, indicator))
        }
        return RecognitionConfirmationListOutput(
            groups: order.compactMap { id in
                groups[id].map { group in
                    let title = sets[id]?.title(group.dossier.title)?.name
                    return RecognitionConfirmationListOutput.Group(
                        dossier: id, area: group.dossier.area,
                        titleName: RecognitionName(title ?? Criteria.Name(group.dossier.title)),
                        year: group.dossier.year, lines: group.lines)
                }
            }, open: asked.count { $0.confirmation.answer == nil })
    }

    private static func answer(_ call: Call<Actor>, _ form: RecognitionOfficeConfirmationForm) throws -> Change {
        let grants = grants(call)
        guard let grant = grants.first else { throw NotFound() }
        let territory = try RecognitionStore.territory(grant.territory, seenBy: call.sight, call.reader)
        let permit = try call.permit(.supplyValues, territory)
        let organisations = grants.map(\.organisation)
        let asked = try RecognitionStore.confirmations(askedOf: organisations, call.reader)
        let sets = try RecognitionStore.criteria(of: asked.map(\.dossier), call.reader)
        var answers: [(id: ID, answer: Recognition.ConfirmationAnswer)] = []
        var refusals: [Refusal] = []
        for (id, answer) in form.answers.sorted(by: { $0.key < $1.key }) {
            guard let one = asked.first(where: { $0.confirmation.id == id }),
                let indicator = sets[one.dossier.id]?.indicators.first(where: { $0.code == one.confirmation.code })
            else { throw Refusal(.conflict, "recognition.confirmation.refusal.tooLate") }
            do throws(Refusal) {
                var value: Criteria.Value?
                if answer == .differs, let typed = form.values[id] {
                    value = try Recognition.ValueText.read(
                        typed, reason: form.reasons[id], for: indicator, field: "value.\(id)")
                }
                let answered = Recognition.ConfirmationAnswer(
                    answer, value: value, reason: answer == .differs ? form.reasons[id] : nil)
                if let refusal = answered.refusal(asked: one.confirmation.asked, key: "\(id)") { throw refusal }
                answers.append((id, answered))
            } catch { refusals.append(error) }
        }
        if let refusal = Refusal.of(refusals) { throw refusal }
        let kept = answers
        return .write(permit, as: "confirmation.answer") { tx in
            for one in kept {
                try RecognitionStore.confirm(
                    one.id, one.answer, for: organisations, Recognition.Deed(permit, tx), tx)
            }
            return Receipt(
                id: territory.id, location: "/confirmations", flash: "recognition.confirmation.flash.answered")
        }
    }

    /// What waits for an office, for home.
    static func waiting(_ actor: Actor, _ today: Day, _ reader: any Reader) throws -> [Waiting] {
        let organisations = actor.grants.filter {
            $0.role.capabilities.contains(.supplyValues) && $0.term.contains(today)
        }.map(\.organisation)
        guard let open = try RecognitionStore.openConfirmations(askedOf: organisations, reader) else { return [] }
        return [
            Waiting(
                "recognition.confirmation.waiting", ["count": "\(open.count)", "areas": "\(open.areas)"],
                due: open.due, minutes: max(1, open.count / 2), href: "/confirmations")
        ]
    }
}
