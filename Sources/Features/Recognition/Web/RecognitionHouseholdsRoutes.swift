import Core
import Database
import Web

/// The commune takes over a real change of an area's households, with a reason that check and panel read.
struct RecognitionHouseholdsForm: Form {
    static let name = "recognition.households"
    static let fields = [
        Field("households", .whole(1...100_000), unit: "recognition.review.unit.households"),
        Field("reason", .text(300)),
    ]

    let households: Int
    let reason: String

    init?(_ read: FormReader) {
        let households = read.whole("households")
        let reason = read.text("reason")
        guard let households, let reason else { return nil }
        self.households = households
        self.reason = reason
    }
}

enum RecognitionHouseholdsRoutes {
    static let routes: [Route] = [
        .post(
            "/dossiers/:id/households", .holding(.checkDossier), RecognitionHouseholdsForm.self,
            again: { try RecognitionReviewRoutes.review($0) }
        ) { try change($0, $1) }
    ]

    /// Whether this person may change it now: of the commune, and nobody who wrote the self-assessment.
    static func mayChange(_ call: Call<Actor>, _ dossier: Recognition.Dossier) throws -> Bool {
        guard [.assessing, .reviewing].contains(dossier.state),
            call.authority.allows(call.who, .checkDossier, dossier),
            try RecognitionStore.review(of: dossier.id, call.reader).deciding == nil
        else { return false }
        return try refusalOfHands(call, dossier) == nil
    }

    /// Whoever wrote or handed in the self-assessment does not set its measure, as they do not check it.
    private static func refusalOfHands(_ call: Call<Actor>, _ dossier: Recognition.Dossier) throws -> Refusal? {
        let hands = try RecognitionStore.hands(of: call.who.person, on: dossier.id, call.reader)
        return Recognition.LifeCycle.step(.submitted, .accept).flatMap { hands.refusal(of: $0) }
    }

    private static func change(_ call: Call<Actor>, _ form: RecognitionHouseholdsForm) throws -> Change {
        let dossier = try call.dossier()
        let permit = try call.permit(.checkDossier, dossier)
        if let refusal = try refusalOfHands(call, dossier) { throw refusal }
        return .write(permit, as: "dossier.households") { tx in
            let revision = try RecognitionStore.change(
                households: form.households, because: form.reason, of: dossier, Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: dossier.id, location: "/dossiers/\(dossier.id)/review", version: revision,
                flash: "recognition.households.flash")
        }
    }
}
