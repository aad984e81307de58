import Core
import Database
import Organisation

extension CriteriaTakenStore {
    /// Writes a consultation down.
    @discardableResult
    package static func record(
        day: Day, until: Day, conclusion: String, bodies: [ID], in territory: ID, for set: ID, by person: ID?,
        _ tx: Transaction
    ) throws -> ID {
        if let refusal = Criteria.TakenOn.refusal(day: day, until: until, bodies: bodies.count, on: tx.now.day) {
            throw refusal
        }
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO consultation (id, territory_id, criteria_set_id, day, until_day, conclusion, recorded_by, at)
            VALUES (\(id), \(territory), \(set), \(day), \(until), \(conclusion), \(person), \(tx.now))
            """)
        for body in bodies {
            try tx.execute(
                "INSERT INTO consultation_body (consultation_id, organisation_id) VALUES (\(id), \(body))")
        }
        tx.note("consultation", to: "\(day.isoText) \(bodies.count)")
        return id
    }

    /// Who answers for an indicator already, for this place or one above it.
    package static func owners(
        of code: String, in territory: ID, on day: Day, _ reader: any Reader
    ) throws -> [Criteria.TakenOn.Owner] {
        try taken(code, for: territory, withBelow: false, on: day, reader)
            .map { Criteria.TakenOn.Owner($0.organisation, $0.organisationName) }
    }

    /// Takes a criterion on.
    @discardableResult
    package static func takeOn(
        _ new: NewTakenCriterion, isShared: Bool, by person: ID?, _ tx: Transaction
    ) throws -> ID {
        let consultation = try consultation(new.consultation, tx)
        if let refusal = Criteria.TakenOn.refusalToTakeOn(until: consultation.until, on: tx.now.day, .vi) {
            throw refusal
        }
        let owners = try owners(of: new.code, in: new.territory, on: consultation.day, tx)
        if let refusal = Criteria.TakenOn.refusal(
            new.organisation, present: Set(consultation.bodies.map(\.organisation)), owners: owners,
            isShared: isShared)
        {
            throw refusal
        }
        guard try CriteriaStore.set(consultation.set, tx).indicator(new.code) != nil else {
            throw Refusal(.invalid, "web.field.choice", field: "code")
        }
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO taken_criterion (id, consultation_id, territory_id, organisation_id, code, target, target_number,
                taken_by, taken_at, revision)
            VALUES (\(id), \(new.consultation), \(new.territory), \(new.organisation), \(new.code), \(new.target),
                \(new.number?.thousandths), \(person), \(tx.now), 1)
            """)
        tx.note("taken_criterion", to: new.code)
        return id
    }

    /// Writes down what came of it.
    ///
    /// - Parameter earlyWhy: why that is written before the end of the term; nothing of it is kept after the end.
    package static func review(
        _ taken: TakenCriterion, outcome: Criteria.TakenOn.Outcome, words: String, reached: Quantity?,
        earlyWhy: String? = nil, by person: ID?, _ tx: Transaction
    ) throws {
        let today = tx.now.day
        guard taken.mistake == nil else { throw Refusal(.conflict, "criteria.taken.refusal.mistaken") }
        if let refusal = Criteria.TakenOn.refusal(
            review: outcome, until: taken.until, on: today, isConfirmed: earlyWhy != nil, why: earlyWhy, .vi)
        {
            throw refusal
        }
        let earlyWhy = today < taken.until ? earlyWhy : nil
        try tx.move("taken_criterion", taken.id, from: taken.revision)
        try tx.execute(
            """
            UPDATE taken_criterion SET outcome = \(outcome.rawValue), review = \(words),
                reached_number = \(reached?.thousandths), early_why = \(earlyWhy),
                reviewed_by = \(person), reviewed_at = \(tx.now)
            WHERE id = \(taken.id)
            """)
        tx.note("taken_criterion.outcome", from: taken.outcome?.rawValue, to: outcome.rawValue)
        if let earlyWhy { tx.note("taken_criterion.early", to: earlyWhy) }
    }

    /// Says of a criterion that it was written down by mistake. It stays readable with the reason and counts for nothing;
    /// it can be taken on again as it should have been.
    /// - Throws: `Refusal` `.conflict` once its result was written, or when it was said before.
    package static func mistake(_ taken: TakenCriterion, why: String, by person: ID?, _ tx: Transaction) throws {
        if let refusal = Criteria.TakenOn.refusalToUnwrite(taken.outcome, isMistaken: taken.mistake != nil) {
            throw refusal
        }
        try tx.move("taken_criterion", taken.id, from: taken.revision)
        try tx.execute(
            """
            UPDATE taken_criterion SET mistake_why = \(why), mistaken_by = \(person), mistaken_at = \(tx.now)
            WHERE id = \(taken.id)
            """)
        tx.note("taken_criterion.mistake", from: taken.code, to: why)
    }
}
