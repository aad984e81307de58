import Core
import Criteria
import Goals
import Organisation
import Web

/// Everything that `/` answers. Which of its parts are there follows from `HomeSkeleton`; the JSON is the same value.
struct HomeOutput: Output {
    let skeleton: HomeSkeleton
    let greeting: HomeGreeting
    /// Late ones first, then by day.
    let duties: [HomeDuty]
    /// How many of them are past their day.
    let late: Int
    /// What others did to dossiers in sight, newest first.
    let news: [HomeNews]
    /// For an area's own people; one for each of their areas.
    let areas: [HomeArea]
    /// What the bodies of this person took on, and of which nothing was said at the end of a term.
    var taken: [HomeTaken] = []
    /// For officers of a commune.
    let commune: HomeCommune?
    /// For the level above.
    let province: HomeProvince?
    /// For the administrator of a new installation.
    var setUp: HomeSetUp?

    struct Content: Sendable {
        let head: WebHead
        /// One phone screen: then nothing else is drawn.
        let leader: HomeLeaderContent?
        let area: HomeAreaContent?
        let overview: HomeOverviewContent?
        let calm: HomeCalmContent?
    }

    func page(_ view: View) -> Page {
        let texts = HomeTexts(view: view)
        return Page(
            "home-page", title: texts.title(self),
            Content(
                head: texts.head(self),
                leader: skeleton == .standingCommittee ? texts.leader(self) : nil,
                area: skeleton == .area ? texts.area(self) : nil,
                overview: skeleton == .commune || skeleton == .province ? texts.overview(self) : nil,
                calm: skeleton == .calm ? texts.calm(self) : nil))
    }
}

/// Who is greeted, and as what.
struct HomeGreeting: Encodable, Sendable {
    let name: String
    /// The office in whose name the page greets; nil without one. Membership is no office.
    let office: Role?
    /// Where the office is held.
    let territory: TerritoryTitle?
    /// In whose name one acts: "Ủy ban MTTQ Việt Nam xã Đơn Dương".
    let organisation: String
    /// All offices one holds in areas, the one greeted first: a person has one home for all of them.
    var offices: [HomeOffice] = []
}

/// One office of the person greeted.
struct HomeOffice: Encodable, Sendable, Equatable {
    let role: Role
    let territory: TerritoryTitle?
    /// Whose office it is, where one stands in for somebody.
    let standsFor: String?
}

/// Something that waits for this person.
struct HomeDuty: Encodable, Sendable, HomeWaiting {
    /// What is to be done, as the last word of a key below `home.duty`.
    let act: HomeAct
    /// The dossier, decision or request it is about; nil for what is yet to be made.
    let subject: ID?
    /// The dossier's area; nil of a decision.
    let area: TerritoryTitle?
    /// "outstanding", "model".
    let title: String
    /// As its criteria set has it.
    let titleName: HomeName
    /// How many there are of what the act counts: indicators to mend or to fill, areas of a decision.
    let count: Int?
    /// Which ones, "III.2, V.5", or who asked; nil where it would say nothing.
    let named: String?
    /// The recognition year; nil where it has none.
    let year: Int?
    /// The last day; nil when nothing hurries.
    let due: Day?
    /// Minutes it should take; nil when nobody estimated.
    let minutes: Int?
    /// The page where it is done.
    let href: String
    /// Of a feature that brings its own words; then `act` is `other`.
    var waiting: Waiting?
    /// Who sent back what is to be mended: `commune` or `panel`.
    var returnedBy: String?
    /// How far the act has come, as the last word of a key below `home.duty.<act>.step`: of a posted dossier how its
    /// ballot stands, and `named` has those whose entry of the count is awaited.
    var step: String?
    /// The last day of the posting.
    var until: Day?
}

extension HomeDuty {
    init(_ waiting: Waiting) {
        self.init(
            act: .other, subject: waiting.subject, area: nil, title: "", titleName: HomeName(Criteria.Name("")),
            count: nil, named: nil, year: waiting.arguments["year"].flatMap { Int($0) }, due: waiting.due,
            minutes: waiting.minutes, href: waiting.href, waiting: waiting)
    }
}

/// The acts that home asks for.
enum HomeAct: String, CaseIterable, Codable, Sendable {
    /// What a feature tells in its own words.
    case other
    /// The area fills in its values and hands in.
    case assess
    /// The area holds the residents' review meeting and posts what it carried.
    case review
    /// Posting and ballot are over or under way; the area hands the dossier to the commune.
    case post
    /// The area puts right what came back.
    case mend
    /// The commune checks.
    case check
    /// The commune sends its list to the panel.
    case forward
    /// A panel one sits on scores, visits and concludes.
    case appraise
    /// Appraised dossiers are put into a draft decision.
    case propose
    /// Number, day, signer and scan of the signed paper are entered.
    case issue
    /// The area registers for this year.
    case register
    /// The head says yes to what a helper typed.
    case confirm
    /// Values of which new criteria ask something else.
    case reconfirm
    /// A count of the household ballot is entered.
    case count
    /// Somebody's request that a record about them be corrected is answered.
    case correct
    /// The area answers residents' comments.
    case answer
    /// The commune reads residents' comments first.
    case moderate
    /// A member of a panel declares what ties them to its dossiers.
    case declare
    /// A member of a panel scores blind.
    case score
    /// A panel is formed for submissions that have none.
    case panel
    /// A commune that decides itself forms its own panel.
    case ownPanel
    /// Certificates are handed over.
    case give
}

/// "Thôn mình năm nay".
struct HomeArea: Encodable, Sendable {
    let area: TerritoryTitle
    let year: Int
    /// This year's dossier; nil while none is registered.
    let dossier: HomeDossier?
    /// Titles the area holds today.
    let held: [HomeHeld]
    /// Its dossiers of other years, the newest first; three at most.
    var others: [HomeOtherYear] = []
    /// Since when the title is gone that this year's dossier won, where a decision took it back.
    var takenBackOn: Day?
}

/// A dossier of another year, as far as home tells of it.
struct HomeOtherYear: Encodable, Sendable {
    let dossier: ID
    let year: Int
    let title: String
    /// Of the decider.
    let level: String
    /// There is another one of this year and title: its level tells them apart.
    let isAlike: Bool
    /// As the life cycle calls it: "posted".
    let state: String
    /// While it is being reviewed: the meeting was held.
    var isReviewed = false
    /// Since when the title it won is gone, where a decision took it back.
    var takenBackOn: Day?
}

/// A criterion that a body of this person's answers for.
struct HomeTaken: Encodable, Sendable {
    let id: ID
    let code: String
    let name: HomeName
    let target: String
    let place: TerritoryTitle
    /// Of what one area's organisation took on: in how many areas of the commune somebody did, and of how many.
    let areas: Int?
    let all: Int?
    /// The last day of the term.
    let until: Day
    /// `met`, `partly`, `unmet`; nil while nothing was said.
    let outcome: Criteria.TakenOn.Outcome?
}

/// A title that is held.
struct HomeHeld: Encodable, Sendable {
    let title: String
    let level: String
    /// The first day without; nil when it has no end.
    let until: Day?
}

/// A dossier of this year, as the overviews show it.
struct HomeDossier: Encodable, Sendable {
    let id: ID
    let area: TerritoryTitle
    let commune: TerritoryTitle
    let title: String
    /// Of the decider.
    let level: String
    /// As the life cycle calls it: "returned".
    let state: String
    /// While it is being reviewed: the meeting was held.
    var isReviewed = false
    let standing: HomeStanding
    /// The last day of the awaited step; nil when nothing is awaited.
    let due: Day?
    /// Points from the furthest view there is; nil while nobody put a value.
    let points: HomePoints?
    /// Whose points they are, as the last word of a key: "self", "check", "appraisal".
    let side: String?
    /// Indicators that came back with a reason and are still with the area.
    let returned: [String]

    func isLate(on today: Day) -> Bool { due.map { $0 < today } ?? false }
}

/// The areas of a commune: four figures, who is late, areas by groups.
struct HomeCommune: Encodable, Sendable {
    let territory: TerritoryTitle
    let year: Int
    /// How many areas there are, registered or not.
    let areas: Int
    /// Registered ones in the official order, and those that gave their registration back.
    let dossiers: [HomeDossier]
    let late: [HomeLateLine]
    let heat: HomeHeat?
    /// What this month's paperwork cost the middle area.
    var burden: HomeBurdenMark?
}

/// Communes side by side.
struct HomeProvince: Encodable, Sendable {
    struct Line: Encodable, Sendable {
        let commune: TerritoryTitle
        let areas: Int
        /// Registrations that stand; those given back are apart.
        let registered: Int
        let passed: Int
        let mending: Int
        let notPassed: Int
        let underWay: Int
        let withdrawn: Int
        /// How many are past a day.
        let late: Int
    }

    struct Chart: Encodable, Sendable {
        let title: String
        /// One per area that registered, best first; those that gave it back last.
        let units: [HomeUnit]
    }

    let territory: TerritoryTitle
    let year: Int
    let areas: Int
    let communes: [Line]
    /// By title, the higher one first.
    let charts: [Chart]
    let late: [HomeLateCommune]
    /// The last day for the next decision: that of the dossiers which wait for one, the calendar's while none does.
    let decisionDue: Day?
    /// What the calendar of the rules in force says.
    var decisionPlanned: Day?
    /// Titles that areas and communes hold today.
    var titles: Goals.Tiles?
    /// What this month's paperwork cost the middle area.
    var burden: HomeBurdenMark?
}
