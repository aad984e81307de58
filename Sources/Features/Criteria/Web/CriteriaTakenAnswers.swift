import Core
import Organisation
import Web

/// One criterion that one organisation answers for.
struct CriteriaTakenAnswer: Encodable, Sendable {
    let id: ID
    let consultation: ID
    let territory: TerritoryTitle
    let organisation: ID
    let organisationName: String
    let code: String
    let name: CriteriaNameAnswer
    /// What the organisation wants to reach, in words, and the number where it named one: "90".
    let target: String
    let targetNumber: String?
    let until: Day
    /// `met`, `partly`, `unmet`; nil while nothing was said at the end of the term.
    let outcome: Criteria.TakenOn.Outcome?
    let review: String?
    let reached: String?
    /// Why that was written before the end of the term.
    let earlyWhy: String?
    /// That it was written down only by mistake, why and when.
    let mistake: Mistake?
    /// Of what one area's organisation took on: in how many areas of the commune somebody did, and of how many.
    let areas: CriteriaReachAnswer?
    /// Whether the reader may open it; of an area, what its commune took on stands there to be read only.
    var isOpen = true

    struct Mistake: Encodable, Sendable {
        let why: String
        let by: String?
        let at: Instant
    }

    init(_ taken: TakenCriterion, _ name: Criteria.Name, reach: Criteria.TakenOn.Reach? = nil) {
        func text(_ quantity: Quantity?) -> String? {
            quantity.map { Criteria.Format.text(thousandths: $0.thousandths) }
        }
        id = taken.id
        consultation = taken.consultation
        territory = taken.territoryTitle
        organisation = taken.organisation
        organisationName = taken.organisationName
        code = taken.code
        self.name = CriteriaNameAnswer(name)
        target = taken.target
        targetNumber = text(taken.targetNumber)
        until = taken.until
        outcome = taken.outcome
        review = taken.review
        reached = text(taken.reached)
        earlyWhy = taken.earlyWhy
        mistake = taken.mistake.map { Mistake(why: $0.why, by: $0.by, at: $0.at) }
        areas = reach.flatMap(CriteriaReachAnswer.init)
    }

    static let sample = CriteriaTakenAnswer(
        .sample, Criteria.Name("Den", en: "Lamps"), reach: .partly(1, of: 26))

    var href: String { "/taken-criteria/\(id)/review" }

    func name(_ view: View) -> String { view.language == .en ? name.en ?? name.vi : name.vi }

    /// A line under its organisation.
    func line(_ view: View, showsPlace: Bool, showsBody: Bool = false) -> WebLine {
        var parts = [view("criteria.taken.target", ["target": target])]
        if showsPlace { parts.append(territory.headed { view($0, $1) }) }
        if let areas { parts.append(areas.text(view)) }
        if let review { parts.append(review) }
        if let mistake { parts += [organisationName, view("criteria.taken.mistakeWhy", ["why": mistake.why])] }
        return WebLine(
            title: showsBody ? organisationName : "\(code) \(name(view))", href: isOpen ? href : nil,
            text: parts.joined(separator: " · "), status: status(view))
    }

    func status(_ view: View) -> WebStatus {
        if mistake != nil { return WebStatus(.none, view("criteria.taken.mistake")) }
        guard let outcome else {
            return until <= view.today
                ? WebStatus(.late, view("criteria.taken.due"))
                : WebStatus(.waiting, view("criteria.taken.until", ["day": view.day(until)]))
        }
        let word = view("criteria.taken.outcome.\(outcome.rawValue)")
        switch outcome {
        case .met: return WebStatus(.done, word)
        case .partly: return WebStatus(.waiting, word)
        case .unmet: return WebStatus(.unmet, word)
        }
    }
}

/// In how many areas something was taken on, where not in all of them.
struct CriteriaReachAnswer: Encodable, Sendable {
    let count: Int
    let all: Int

    /// Nil where it reaches everywhere, or nowhere.
    init?(_ reach: Criteria.TakenOn.Reach) {
        guard case .partly(let count, let all) = reach else { return nil }
        self.count = count
        self.all = all
    }

    func text(_ view: View) -> String {
        view(
            "criteria.taken.partly",
            ["count": view.language.format.integer(count), "all": view.language.format.integer(all)])
    }
}

extension TakenCriterion {
    static let sample = TakenCriterion(
        id: ID(high: 1, low: 21), consultation: ID(high: 1, low: 22), territory: ID(high: 1, low: 23),
        territoryTitle: TerritoryTitle(
            id: ID(high: 1, low: 23), kind: .area, designation: .thon, name: "Thong Xanh"),
        organisation: ID(high: 1, low: 24), organisationName: "Hoi Phu nu", set: ID(high: 1, low: 1), code: "I.1",
        target: "Den sang", targetNumber: Quantity(thousandths: 90_000), until: Day(ordinal: 20_818), outcome: .met,
        review: "Da xong", reached: Quantity(thousandths: 92_000), reviewedBy: "Nguyen A", earlyWhy: "Da xong som",
        mistake: TakenMistake(why: "Ghi nham", by: "Nguyen A", at: Instant(milliseconds: 1_790_000_000_000)),
        revision: 1, place: [])
}

/// A consultation with who was there.
struct CriteriaConsultationAnswer: Encodable, Sendable {
    struct Body: Encodable, Sendable {
        let id: ID
        let name: String
    }

    let id: ID
    let territory: ID
    let criteriaSet: ID
    let day: Day
    let until: Day
    let conclusion: String
    let bodies: [Body]
    let recordedBy: String?

    init(_ consultation: Consultation) {
        id = consultation.id
        territory = consultation.territory
        criteriaSet = consultation.set
        day = consultation.day
        until = consultation.until
        conclusion = consultation.conclusion
        bodies = consultation.bodies.map { Body(id: $0.organisation, name: $0.name) }
        recordedBy = consultation.recordedBy
    }

    static let sample = CriteriaConsultationAnswer(.sample)
}

extension Consultation {
    static let sample = Consultation(
        id: ID(high: 1, low: 22), territory: ID(high: 1, low: 25), set: ID(high: 1, low: 1),
        day: Day(ordinal: 20_500), until: Day(ordinal: 20_818), conclusion: "Thong nhat",
        bodies: [Criteria.TakenOn.Owner(ID(high: 1, low: 24), "Hoi Phu nu")], recordedBy: "Nguyen A")
}

extension WebPager {
    /// Onwards through what was taken on, and back to its beginning; nothing when all of it is on one page.
    static func taken(_ path: String, _ lines: Int, _ next: ID?, isFirst: Bool, _ view: View) -> WebPager? {
        ifNeeded(
            previous: isFirst ? nil : path, next: next.map { "\(path)?after=\($0)" },
            said: view("criteria.taken.lines", ["count": view.language.format.integer(lines)]))?
            .named(previous: view("criteria.taken.first"), next: view("web.pager.next"))
    }
}
