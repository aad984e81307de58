import Core
import Criteria
import Database
import Web

/// An area's own indicators.
enum RecognitionOwnRoutes {
    static let routes: [Route] = [
        .get("/dossiers/:id/own", .signedIn, RecognitionOwnOutput.self) { try page($0) },
        .post("/dossiers/:id/own", .holding(.registerArea), RecognitionOwnForm.self, again: { try page($0) }) {
            try propose($0, $1)
        },
        .post(
            "/dossiers/:id/own/:own", .holding(.leadConsultation), RecognitionOwnAnswerForm.self,
            again: { try page($0) }
        ) { try answer($0, $1) },
    ]

    private static func page(_ call: Call<Actor>) throws -> RecognitionOwnOutput {
        let dossier = try call.dossier()
        let set = try RecognitionStore.criteria(of: dossier, call.reader)
        let all = try RecognitionStore.ownIndicators(of: dossier.id, call.reader)
        let isOpen = dossier.state == .assessing
        let mayAnswer = isOpen && call.authority.allows(call.who, .leadConsultation, dossier)
        return RecognitionOwnOutput(
            dossier: RecognitionDossierAnswer(dossier, set), most: set.ownIndicators,
            lines: all.map {
                RecognitionOwnOutput.Line(
                    $0, for: dossier.aim, mayAnswer: mayAnswer && $0.proposer != call.who.person)
            },
            mayPropose: isOpen && set.ownIndicators > 0
                && call.authority.allows(call.who, .registerArea, dossier))
    }

    private static func propose(_ call: Call<Actor>, _ form: RecognitionOwnForm) throws -> Change {
        let dossier = try call.dossier()
        let permit = try call.permit(.registerArea, dossier)
        let all = try RecognitionStore.ownIndicators(of: dossier.id, call.reader)
        let most = try RecognitionStore.criteria(of: dossier, call.reader).ownIndicators
        guard dossier.state == .assessing else { throw Refusal(.conflict, "recognition.own.refusal.notNow") }
        if let refusal = form.proposal.refusal(
            most: most, before: all.count { $0.state.stands }, on: call.today)
        {
            throw refusal
        }
        return .write(permit, as: "ownIndicator.propose") { tx in
            let id = try RecognitionStore.propose(form.proposal, for: dossier, Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: id, location: "/dossiers/\(dossier.id)/own", version: 1, flash: "recognition.flash.ownProposed")
        }
    }

    private static func answer(_ call: Call<Actor>, _ form: RecognitionOwnAnswerForm) throws -> Change {
        let dossier = try call.dossier()
        let permit = try call.permit(.leadConsultation, dossier)
        let own = try call.id("own")
        guard try RecognitionStore.ownIndicators(of: dossier.id, call.reader).contains(where: { $0.id == own }) else {
            throw NotFound()
        }
        let reason = form.declines ? form.reason : nil
        return .write(permit, as: "ownIndicator.answer") { tx in
            let revision = try RecognitionStore.answer(
                own, of: dossier, declining: reason, Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: own, location: "/dossiers/\(dossier.id)/own", version: revision,
                flash: reason == nil ? "recognition.flash.ownAgreed" : "recognition.flash.ownDeclined")
        }
    }
}
