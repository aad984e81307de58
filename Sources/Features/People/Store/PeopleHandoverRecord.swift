import Core
import Organisation

/// An office about to change hands, as whoever draws up the handover sees it.
package struct HandoverOffice: Codable, Sendable, Equatable {
    package let id: ID
    package let version: Int
    package let role: Role
    package let holder: PersonName
    package let organisation: PersonName
    package let territory: TerritoryTitle
    package let above: TerritoryTitle?
    package let from: Day
    /// The first day without; nil while nobody knows it.
    package let until: Day?

    package init(
        id: ID, version: Int, role: Role, holder: PersonName, organisation: PersonName, territory: TerritoryTitle,
        above: TerritoryTitle?, from: Day, until: Day?
    ) {
        self.id = id
        self.version = version
        self.role = role
        self.holder = holder
        self.organisation = organisation
        self.territory = territory
        self.above = above
        self.from = from
        self.until = until
    }
}

/// What hangs on an office and ends with it.
package struct HandoverEnds: Codable, Sendable, Equatable {
    /// Who types for the holder.
    package let helpers: [String]
    /// Who stands in for the holder.
    package let standIns: [String]
    /// Browsers in which the holder is signed in.
    package let devices: Int
    /// The holder keeps another office, so the account stays signed in.
    package let keepsOthers: Bool

    package init(helpers: [String], standIns: [String], devices: Int, keepsOthers: Bool) {
        self.helpers = helpers
        self.standIns = standIns
        self.devices = devices
        self.keepsOthers = keepsOthers
    }
}

/// A handover (bàn giao) of one office.
package struct Handover: Governed, Encodable {
    package static let kind = "handover"

    /// How far a handover has come: drawn up, completed, or withdrawn.
    package enum State: String, Codable, Sendable, CaseIterable { case drawn, completed, withdrawn }

    package let id: ID
    package let office: HandoverOffice
    /// Nil while the successor is known by name only.
    package let receiver: PersonName?
    package let receiverName: String
    package let receiverBirthYear: Int?
    /// The successor's first day, if it is carried out by then.
    package let day: Day
    package let papers: String?
    package let money: String?
    package let keys: String?
    package let remarks: String?
    /// What was open on the day it was drawn up, as the feature that knows it wrote it.
    package let openWork: String
    package let drawnBy: PersonName
    package let drawnAt: Instant
    package let completedBy: PersonName?
    package let completedAt: Instant?
    package let state: State
    package let revision: Int
    package let place: [ID]

    /// The day on which the office changes hands: that of the paper, or the one on which it was carried out where that
    /// came later. Until then the giver held the office, and what they did in it stays theirs.
    package func begins(on today: Day) -> Day { max(day, completedAt?.day ?? today) }

    private enum CodingKeys: CodingKey {
        case id, office, receiver, receiverName, day, papers, money, keys, remarks, drawnBy, drawnAt, completedBy
        case completedAt, state, revision
    }

    package init(
        id: ID, office: HandoverOffice, receiver: PersonName?, receiverName: String, receiverBirthYear: Int?, day: Day,
        papers: String?, money: String?, keys: String?, remarks: String?, openWork: String, drawnBy: PersonName,
        drawnAt: Instant, completedBy: PersonName?, completedAt: Instant?, state: State, revision: Int, place: [ID]
    ) {
        self.id = id
        self.office = office
        self.receiver = receiver
        self.receiverName = receiverName
        self.receiverBirthYear = receiverBirthYear
        self.day = day
        self.papers = papers
        self.money = money
        self.keys = keys
        self.remarks = remarks
        self.openWork = openWork
        self.drawnBy = drawnBy
        self.drawnAt = drawnAt
        self.completedBy = completedBy
        self.completedAt = completedAt
        self.state = state
        self.revision = revision
        self.place = place
    }
}

/// What is written into a new handover.
package struct NewHandover: Sendable {
    package let office: HandoverOffice
    package let receiver: PersonName?
    package let receiverName: String
    package let receiverBirthYear: Int?
    package let day: Day
    package let papers: String?
    package let money: String?
    package let keys: String?
    package let remarks: String?
    package let openWork: String

    package init(
        office: HandoverOffice, receiver: PersonName?, receiverName: String, receiverBirthYear: Int?, day: Day,
        papers: String?, money: String?, keys: String?, remarks: String?, openWork: String
    ) {
        self.office = office
        self.receiver = receiver
        self.receiverName = receiverName
        self.receiverBirthYear = receiverBirthYear
        self.day = day
        self.papers = papers
        self.money = money
        self.keys = keys
        self.remarks = remarks
        self.openWork = openWork
    }
}
