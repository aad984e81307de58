import Core
import Database
import Documents
import Organisation
import Recognition

/// The signed papers of a year that is over: entered on their day, certificates handed over at the feast, and what
/// areas that were refused said to it.
enum DemonstrationIssue {
    private static let file = DemonstrationRound.file

    static func happenings(
        _ story: DemonstrationFiles, _ scene: DemonstrationScene
    ) throws -> [DemonstrationHappening] {
        var happenings: [DemonstrationHappening] = []
        for (index, draft) in story.year.drafts.enumerated() {
            guard let issued = draft.issued else { continue }
            let hand = try decider(of: draft, scene)
            happenings.append(
                try DemonstrationHappening(issued.day, "15:\(30 + index * 10)", file, draft.key) {
                    try await enter(issued, draft, hand, $0)
                })
            happenings.append(
                try DemonstrationHappening(issued.given, "09:\(40 + index * 5)", file, draft.key) {
                    try await handOver(issued, draft, hand, $0)
                })
            for dossier in story.year.dossiers where dossier.title == draft.title {
                guard let answer = dossier.answer else { continue }
                happenings += try told(answer, dossier, hand, scene)
            }
        }
        return happenings
    }

    /// Who of the cast enters the body's papers.
    private static func decider(
        of draft: DemonstrationYear.Draft, _ scene: DemonstrationScene
    ) throws -> DemonstrationHand {
        let person = scene.story.cast.first { person in
            person.roles.contains {
                $0.organisation == draft.decidedBy && $0.role.role.capabilities.contains(.issueDecision)
            }
        }
        return DemonstrationHand(
            actor: try person.map { try scene.actor($0.key) }, organisation: try scene.body(draft.decidedBy))
    }

    private static func decision(
        _ draft: DemonstrationYear.Draft, _ scene: DemonstrationScene
    ) throws -> @Sendable (any Reader) throws -> Recognition.Decision {
        guard let id = scene.drafts[draft.key] else {
            throw DemonstrationFault(file: file, key: draft.key, problem: "was never drafted")
        }
        let sight = Sight(person: id, roots: [try scene.place(ofBody: draft.decidedBy)])
        return { try RecognitionStore.decision(id, seenBy: sight, $0) }
    }

    private static func enter(
        _ issued: DemonstrationYear.Issued, _ draft: DemonstrationYear.Draft, _ hand: DemonstrationHand,
        _ scene: DemonstrationScene
    ) async throws {
        let made = try Picture.normalise(DemonstrationPicture.paper.png)
        let scan = Recognition.Decision.Scan(
            address: try scene.files.put(made.bytes), type: "image/jpeg", name: "minh-hoa-\(draft.key).jpg")
        let paper = Recognition.SignedPaper(
            number: issued.number, day: issued.day, signer: issued.signer, office: issued.office)
        try await scene.act(hand, .issueDecision, as: "decision.issue", on: try decision(draft, scene)) {
            decision, deed, tx in
            try RecognitionStore.issue(decision, paper, scan: scan, deed, tx)
            return Receipt(id: decision.id)
        }
    }

    private static func handOver(
        _ issued: DemonstrationYear.Issued, _ draft: DemonstrationYear.Draft, _ hand: DemonstrationHand,
        _ scene: DemonstrationScene
    ) async throws {
        try await scene.act(hand, .issueDecision, as: "certificate.giving", on: try decision(draft, scene)) {
            decision, deed, tx in
            let titles = try RecognitionStore.certificates(of: decision, tx).certificates.map(\.title.id)
            try RecognitionStore.recordGiving(of: titles, on: issued.given, occasion: issued.occasion, deed, tx)
            return Receipt(id: decision.id)
        }
    }

    private static func told(
        _ answer: DemonstrationDossier.Answer, _ dossier: DemonstrationDossier, _ decider: DemonstrationHand,
        _ scene: DemonstrationScene
    ) throws -> [DemonstrationHappening] {
        let area = try DemonstrationHands(dossier, scene).area
        func happening(
            _ day: Day, _ clock: String, _ hand: DemonstrationHand, _ capability: Capability, as act: String,
            _ write: @escaping @Sendable (ID, Recognition.Deed, Transaction) throws -> Void
        ) throws -> DemonstrationHappening {
            try DemonstrationHappening(day, clock, file, dossier.area) { scene in
                let id = try scene.dossier(dossier.area)
                try await scene.act(
                    hand, capability, as: act, on: { try RecognitionStore.dossier(id, unattended: $0) }
                ) { _, deed, tx in
                    try write(id, deed, tx)
                    return Receipt(id: id)
                }
            }
        }
        return [
            try happening(
                answer.day, Evening.clock(dossier.area, 15), area, .answerNotice, as: "decision.answer"
            ) { try RecognitionStore.answerRefusal(of: $0, answer.text, $1, $2) },
            try happening(
                answer.replied, Morning.clock(dossier.area, 20), decider, .issueDecision, as: "decision.reply"
            ) { try RecognitionStore.replyToRefusal(of: $0, answer.reply, outcome: .upheld, $1, $2) },
        ]
    }
}
