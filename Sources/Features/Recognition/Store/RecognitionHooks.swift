import Core
import Database

/// What features further down add to recognition. Recognition knows none of them; App hands these over.
package struct RecognitionHooks: Sendable {
    /// What follows, in the same transaction, when a dossier was registered (or taken up again).
    package var registered: @Sendable (_ dossier: ID, Transaction) throws -> Void
    /// What follows, in the same transaction, when dossiers were moved to a newer version of their criteria or rules: by
    /// dossier the indicators that are new to it.
    package var moved: @Sendable (_ fresh: [ID: [String]], Transaction) throws -> Void = { _, _ in }
    /// Whether an area was surveyed against a criteria set for a year, and what the survey found.
    package var survey: @Sendable (_ area: ID, _ set: ID, _ year: Int, any Reader) throws -> RecognitionSurveyMark?
    /// Which indicators of a dossier offices fill in, by code. Without objections and papers where a value is about to
    /// be saved: that is done most in the whole product.
    package var supply:
        @Sendable (Recognition.Dossier, Day, _ isWhole: Bool, any Reader) throws -> [String: RecognitionSupply]
    /// Which organisations hold values of a dossier, by indicator's code: whom a panel asks to confirm them.
    package var holders: @Sendable (Recognition.Dossier, any Reader) throws -> [String: ID]

    /// Why a person leaves signing a decision that takes titles back to another, by what they did before it was
    /// proposed; nil when nothing stands in the way.
    package var withdrawing: @Sendable (_ person: ID, _ titles: [ID], Day, any Reader) throws -> Refusal?
    /// What follows, in the same transaction, when a draft that takes titles back was thrown away.
    package var discarded: @Sendable (_ titles: [ID], Recognition.Deed, Transaction) throws -> Void = { _, _, _ in }
    /// What follows, in the same transaction, when a decision took titles back.
    package var withdrawn: @Sendable (_ titles: [ID], Recognition.Deed, Transaction) throws -> Void = { _, _, _ in }

    package init(
        registered: @escaping @Sendable (ID, Transaction) throws -> Void = { _, _ in },
        survey: @escaping @Sendable (ID, ID, Int, any Reader) throws -> RecognitionSurveyMark? = { _, _, _, _ in nil },
        supply: @escaping @Sendable (Recognition.Dossier, Day, Bool, any Reader) throws -> [String: RecognitionSupply] =
            {
                _, _, _, _ in [:]
            },
        holders: @escaping @Sendable (Recognition.Dossier, any Reader) throws -> [String: ID] = { _, _ in [:] },
        withdrawing: @escaping @Sendable (ID, [ID], Day, any Reader) throws -> Refusal? = { _, _, _, _ in nil }
    ) {
        self.withdrawing = withdrawing
        self.holders = holders
        self.registered = registered
        self.survey = survey
        self.supply = supply
    }
}

/// What recognition shows of an area's survey (khảo sát) before registration.
package struct RecognitionSurveyMark: Encodable, Sendable, Equatable {
    /// The day on which it was concluded.
    package let day: Day
    /// Indicators that did not meet their threshold on that day, of all.
    package let gaps: Int
    package let indicators: Int
    /// Items of the year's plan, and how many of them are done.
    package let planned: Int
    package let done: Int
    package let href: String
    /// The plan itself, by the day until which each item is due.
    package let plan: [RecognitionPlanItem]

    package init(
        day: Day, gaps: Int, indicators: Int, planned: Int, done: Int, href: String, plan: [RecognitionPlanItem]
    ) {
        self.plan = plan
        self.day = day
        self.gaps = gaps
        self.indicators = indicators
        self.planned = planned
        self.done = done
        self.href = href
    }
}

/// An item of the year's plan, as the dossier shows it.
package struct RecognitionPlanItem: Encodable, Sendable, Equatable {
    /// The indicator it is for.
    package let code: String
    package let what: String
    /// The organisation that answers for it.
    package let owner: String
    package let until: Day
    package let doneOn: Day?

    package init(code: String, what: String, owner: String, until: Day, doneOn: Day?) {
        self.code = code
        self.what = what
        self.owner = owner
        self.until = until
        self.doneOn = doneOn
    }
}
