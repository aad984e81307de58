import Core
import Criteria
import Database
import Organisation
import Recognition

/// taken-on.yaml: consultations with what organisations took on, and an area's own indicators.
struct DemonstrationTakenOnFile: Decodable, Sendable {
    struct Review: Decodable, Sendable {
        let outcome: String
        let day: Day
        let text: String
        let reached: Int?
        /// Why it is said before the end of the term; nil when it is not.
        let early: String?
    }

    struct Taken: Decodable, Sendable {
        let body: String
        let code: String
        /// Nil: all areas of the unit.
        let area: String?
        let target: String
        let number: Int?
        let review: Review?
    }

    struct Consultation: Decodable, Sendable {
        let day: Day
        let until: Day
        let unit: String
        let by: String
        let bodies: [String]
        let conclusion: String
        let taken: [Taken]
    }

    struct Own: Decodable, Sendable {
        let area: String
        let meeting: Day
        let proposed: Day
        let by: String
        let name: String
        let unit: String
        let threshold: Int
        let evidence: String
        let verifier: String
        let agreed: Day
        let agreedBy: String
        let value: Int
        let filled: Day

        private enum CodingKeys: String, CodingKey {
            case area, meeting, proposed, by, name, unit, threshold, evidence, verifier, agreed, value, filled
            case agreedBy = "agreed_by"
        }
    }

    let consultations: [Consultation]
    let own: [Own]
}

/// The frame, the rules of recognition, who took on which criterion, and an area's own indicator.
enum DemonstrationCriteria {
    private static let file = "taken-on.yaml"

    static func happenings(_ story: DemonstrationFiles) throws -> [DemonstrationHappening] {
        var happenings: [DemonstrationHappening] = []
        // Before the set that was derived from the one and is governed by the other.
        if let day = Day(year: story.year.year - 1, month: 12, day: 15) {
            happenings.append(
                try DemonstrationHappening(day, "09:30", "frame.yaml", "the frame") { scene in
                    let (text, owner) = (scene.story.frame, try Self.owner(scene))
                    try await scene.database.unattended(.seed) { tx in
                        Receipt(id: try CriteriaStore.addPublished(text, for: owner.place, by: owner.person, tx))
                    }
                })
        }
        if let day = Day(year: story.year.year - 1, month: 12, day: 18) {
            happenings.append(
                try DemonstrationHappening(day, "10:20", "rules.yaml", "the rules") { scene in
                    let (text, owner) = (scene.story.rules, try Self.owner(scene))
                    try await scene.database.unattended(.seed) { tx in
                        Receipt(id: try CriteriaRulesStore.addPublished(text, for: owner.place, by: owner.person, tx))
                    }
                })
        }
        for rules in story.laterRules {
            happenings.append(
                try DemonstrationHappening(rules.published, "10:20", "rules.yaml", "the later rules") { scene in
                    let owner = try Self.owner(scene)
                    try await scene.database.unattended(.seed) { tx in
                        Receipt(
                            id: try CriteriaRulesStore.addPublished(
                                rules.text, for: owner.place, by: owner.person, tx))
                    }
                })
        }
        for consultation in story.takenOn.consultations {
            happenings.append(
                try DemonstrationHappening(consultation.day, "16:30", file, consultation.unit) {
                    try await record(consultation, $0)
                })
            for taken in consultation.taken {
                guard let review = taken.review else { continue }
                happenings.append(
                    try DemonstrationHappening(review.day, "15:10", file, taken.code) {
                        try await say(review, of: taken, at: consultation, $0)
                    })
            }
        }
        for own in story.takenOn.own { happenings += try steps(of: own) }
        return happenings
    }

    /// Those who decide in the story's year publish what they decide by.
    private static func owner(_ scene: DemonstrationScene) throws -> (place: ID, person: ID?) {
        let body = scene.story.year.drafts.first?.decidedBy ?? ""
        let publisher = try scene.story.cast.first { person in
            person.roles.contains { $0.organisation == body && $0.role.role.capabilities.contains(.publishCriteria) }
        }.map { try scene.person($0.key) }
        return (try scene.place(ofBody: body), publisher)
    }

    private static func quantity(_ number: Int?) -> Quantity? {
        number.map { Quantity(thousandths: Int64($0) * 1_000) }
    }

    private static func record(
        _ told: DemonstrationTakenOnFile.Consultation, _ scene: DemonstrationScene
    ) async throws {
        guard let set = scene.criteriaSet else { return }
        let (unit, person) = (try scene.unit(told.unit), try scene.person(told.by))
        let bodies = try told.bodies.map(scene.body)
        let taken = try told.taken.map { one in
            (try scene.body(one.body), one, try one.area.map(scene.unit) ?? unit)
        }
        try await scene.database.unattended(.seed) { tx in
            let id = try CriteriaTakenStore.record(
                day: told.day, until: told.until, conclusion: told.conclusion, bodies: bodies, in: unit, for: set,
                by: person, tx)
            for (body, one, place) in taken {
                try CriteriaTakenStore.takeOn(
                    NewTakenCriterion(
                        consultation: id, territory: place, organisation: body, code: one.code, target: one.target,
                        number: quantity(one.number)), isShared: false, by: person, tx)
            }
            return Receipt(id: id)
        }
    }

    private static func say(
        _ review: DemonstrationTakenOnFile.Review, of told: DemonstrationTakenOnFile.Taken,
        at consultation: DemonstrationTakenOnFile.Consultation, _ scene: DemonstrationScene
    ) async throws {
        let (unit, body) = (try scene.unit(consultation.unit), try scene.body(told.body))
        let person = try scene.person(consultation.by)
        guard let outcome = Criteria.TakenOn.Outcome(rawValue: review.outcome) else {
            throw DemonstrationFault(file: file, key: told.code, problem: "no outcome \(review.outcome)")
        }
        try await scene.database.unattended(.seed) { tx in
            let all = try CriteriaTakenStore.taken(told.code, for: unit, withBelow: true, on: tx.now.day, tx)
            guard let one = all.first(where: { $0.organisation == body }) else {
                throw DemonstrationFault(file: file, key: told.code, problem: "was not taken on")
            }
            try CriteriaTakenStore.review(
                one, outcome: outcome, words: review.text, reached: quantity(review.reached),
                earlyWhy: review.early, by: person, tx)
            return Receipt(id: one.id)
        }
    }

    private static func steps(of own: DemonstrationTakenOnFile.Own) throws -> [DemonstrationHappening] {
        [
            try DemonstrationHappening(own.proposed, "19:30", file, own.area) { scene in
                let id = try scene.dossier(own.area)
                let hand = DemonstrationHand(actor: try scene.actor(own.by), organisation: nil)
                let proposal = Recognition.OwnProposal(
                    name: own.name, kind: .number, unit: Criteria.Measure(rawValue: own.unit), isAtMost: false,
                    threshold: quantity(own.threshold), evidence: own.evidence, verifier: own.verifier,
                    meeting: own.meeting)
                try await scene.act(
                    hand, .registerArea, as: "ownIndicator.propose",
                    on: { try RecognitionStore.dossier(id, unattended: $0) }
                ) { dossier, deed, tx in
                    Receipt(id: try RecognitionStore.propose(proposal, for: dossier, deed, tx))
                }
            },
            try DemonstrationHappening(own.agreed, "08:40", file, own.area) { scene in
                let id = try scene.dossier(own.area)
                let hand = DemonstrationHand(actor: try scene.actor(own.agreedBy), organisation: nil)
                try await scene.act(
                    hand, .leadConsultation, as: "ownIndicator.answer",
                    on: { try RecognitionStore.dossier(id, unattended: $0) }
                ) { dossier, deed, tx in
                    for one in try RecognitionStore.ownIndicators(of: id, tx) where one.state == .proposed {
                        try RecognitionStore.answer(one.id, of: dossier, declining: nil, deed, tx)
                    }
                    return Receipt(id: id)
                }
            },
            try DemonstrationHappening(own.filled, "20:15", file, own.area) { scene in
                let id = try scene.dossier(own.area)
                let hand = DemonstrationHand(actor: try scene.actor(own.by), organisation: nil)
                let value = Criteria.Value.quantity(quantity(own.value) ?? .zero)
                try await scene.act(
                    hand, .fillAssessment, as: "value.save",
                    on: { try RecognitionStore.dossier(id, unattended: $0) }
                ) { _, deed, tx in
                    for one in try RecognitionStore.ownIndicators(of: id, tx) where one.state == .agreed {
                        _ = try RecognitionStore.save(
                            .init(code: one.indicator.code, value: value, note: nil), dossier: id, over: 0, deed, tx)
                    }
                    return Receipt(id: id)
                }
            },
        ]
    }
}
