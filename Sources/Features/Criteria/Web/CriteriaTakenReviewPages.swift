import Core
import Database
import Organisation
import Web

/// What came of one criterion at the end of the term.
struct CriteriaTakenReviewOutput: Output {
    let taken: CriteriaTakenAnswer
    let reviewedBy: String?
    let mayReview: Bool
    /// Whether the reader may open the consultation at which it was taken on.
    let seesConsultation: Bool

    static var sample: CriteriaTakenReviewOutput {
        CriteriaTakenReviewOutput(taken: .sample, reviewedBy: "Nguyen A", mayReview: true, seesConsultation: true)
    }

    static func find(_ call: Call<Actor>) throws -> (TakenCriterion, Territory) {
        let taken = try CriteriaTakenStore.taken(call.id("id"), call.reader)
        return (taken, try OrganisationStore.territory(taken.territory, seenBy: call.sight, call.reader))
    }

    /// Of one's own organisation, or as who led the consultation.
    static func mayReview(_ call: Call<Actor>, _ taken: TakenCriterion) -> Bool {
        if call.authority.allows(call.who, .leadConsultation, taken) { return true }
        return call.authority.allows(call.who, .takeOnCriteria, taken)
            && call.takingOn.contains(taken.organisation)
    }

    static func of(_ call: Call<Actor>) throws -> CriteriaTakenReviewOutput {
        let (taken, _) = try find(call)
        let name = try CriteriaStore.set(taken.set, call.reader).indicator(taken.code)?.name
        let consultation = try CriteriaTakenStore.consultation(taken.consultation, call.reader)
        return CriteriaTakenReviewOutput(
            taken: CriteriaTakenAnswer(taken, name ?? Criteria.Name(taken.code)), reviewedBy: taken.reviewedBy,
            mayReview: mayReview(call, taken),
            seesConsultation: try OrganisationStore.covers(call.sight, consultation.territory, call.reader))
    }

    struct Content: Sendable {
        let head: WebHead
        let facts: WebFacts
        let form: FormView?
        let fields: [WebField]
        let mistake: FormView?
    }

    func page(_ view: View) -> Page {
        let title = "\(taken.code) \(taken.name(view))"
        var facts = [
            WebFact(view("criteria.fact.answerable"), taken.organisationName),
            WebFact(view("criteria.taken.place"), taken.territory.headed { view($0, $1) }),
            WebFact(view("criteria.takeOn.target.label"), taken.target),
            WebFact(view("criteria.consultation.until.label"), view.day(taken.until)),
        ]
        if let review = taken.review {
            facts.append(WebFact(view("criteria.takenReview.review.label"), review, status: taken.status(view)))
        }
        if let mistake = taken.mistake {
            facts.append(WebFact(view("criteria.takenMistake.why.label"), mistake.why, status: taken.status(view)))
            facts.append(
                WebFact(
                    view("criteria.taken.mistakeBy"),
                    [mistake.by, view.language.format.moment(mistake.at)].compactMap(\.self).joined(separator: ", ")))
        }
        if let why = taken.earlyWhy { facts.append(WebFact(view("criteria.taken.early"), why)) }
        if let reviewedBy { facts.append(WebFact(view("criteria.consultation.recorder"), reviewedBy)) }
        let form = view.form(
            CriteriaTakenReviewForm.self, action: "/taken-criteria/\(taken.id)/review",
            filled: [
                "outcome": taken.outcome?.rawValue ?? "", "review": taken.review ?? "",
                "reached": taken.reached ?? "", "earlyWhy": taken.earlyWhy ?? "",
            ], hints: ["earlyWhy": view("criteria.taken.earlyHint", ["day": view.day(taken.until)])])
        let isOver = view.today >= taken.until
        let isOpen = mayReview && taken.mistake == nil
        return Page(
            "criteria-taken-review", title: title,
            Content(
                head: WebHead(
                    title: title, lead: taken.organisationName,
                    crumbs: [
                        WebCrumb(view("criteria.taken.title"), "/territories/\(taken.territory.id)/taken-on"),
                        WebCrumb(
                            view("criteria.taken.one"),
                            seesConsultation ? "/consultations/\(taken.consultation)" : nil),
                    ], status: taken.status(view)),
                facts: WebFacts(facts: facts),
                form: isOpen ? form : nil,
                fields: form.fields.filter { isOpen && (!isOver || !["early", "earlyWhy"].contains($0.name)) },
                // Once a result is written nothing of it was a slip of the pen.
                mistake: isOpen && taken.outcome == nil
                    ? view.form(
                        CriteriaTakenMistakeForm.self, action: "/taken-criteria/\(taken.id)/mistake", hasPrimary: false)
                    : nil))
    }
}
