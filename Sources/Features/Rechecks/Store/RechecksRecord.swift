import Core
import Criteria
import Database
import Organisation
import Recognition

extension Rechecks {
    /// The re-check of one title in one year's round.
    package struct Recheck: Governed {
        package static let kind = "recheck"

        package let id: ID
        package let round: ID
        package let year: Int
        package let title: ID
        package let area: TerritoryTitle
        package let commune: TerritoryTitle?
        /// The title's code and its name as it was granted.
        package let code: String
        package let name: String
        package let level: Criteria.Level
        /// Of the decision that granted it.
        package let number: String
        package let day: Day
        package let body: String
        package let from: Day
        package let until: Day?
        /// The dossier it rests on; nil for one from an older register.
        package let dossier: ID?
        package let scope: Kind
        package let criteriaSet: ID
        /// The version of the rules of recognition in force when the round was opened: this re-check keeps it.
        package let rules: ID?
        /// The area's own indicators as its dossier agreed them.
        package let own: String?
        package let areaClass: String?
        /// The economic region whose thresholds hold: the dossier's, or the area's where there is none.
        package let region: String?
        /// What was written, and what follows from it on the day of asking.
        package let written: State
        package let state: State
        package let since: Instant
        package let due: Day?
        /// The draft or decision that takes the title back.
        package let withdrawal: ID?
        package let revision: Int
        package let place: [ID]

        package var aim: Criteria.Aim { Criteria.Aim(code, level: level, areaClass: areaClass, region: region) }
        package var stage: LifeCycle.Stage { LifeCycle.stage(state) }
    }

    /// The year's round of re-checks of one unit, with the day by which it is to be done.
    package struct Round: Sendable {
        package let id: ID
        package let territory: ID
        package let year: Int
        package let openedOn: Day
        package let dueOn: Day
    }

    /// What was found at one indicator, by whom.
    package struct Look: Sendable {
        package let found: Found
        package let note: String?
        package let by: String?
        package let at: Instant
        /// The office whose figure was taken instead of looking, and the paper it rests on.
        package var office: String? = nil
        package var paper: String? = nil
    }

    /// A notice (thông báo): a draft until its signed paper is in.
    package struct Notice: Sendable {
        /// The signed notice: who entered it, its scan, and the last day for mending.
        package struct Paper: Sendable {
            package let signed: Recognition.SignedPaper
            package let scan: Recognition.Decision.Scan
            package let mendUntil: Day
            package let by: String?
            package let at: Instant
        }

        package let id: ID
        /// How long the area has from the day of the signed paper.
        package let term: Deadline
        package let by: String?
        package let at: Instant
        /// By indicator.
        package let reasons: [String: String]
        package let paper: Paper?

        package var isDraft: Bool { paper == nil }
    }

    /// What the area answered to a notice.
    package struct Answer: Sendable {
        package let text: String
        package let by: String?
        package let at: Instant
        /// What was done, by indicator.
        package let done: [String: String]
    }

    /// What an invitation to be heard says (giấy mời).
    package struct Invitation: Sendable, Equatable {
        package let day: Day
        /// Minutes after midnight.
        package let time: Int
        package let place: String
        /// Why a withdrawal is considered: what the hearing is about.
        package let reason: String
        /// As the office numbers its papers: "15"; nil while it is written by hand.
        package let number: String?

        package init(day: Day, time: Int, place: String, reason: String, number: String? = nil) {
            self.day = day
            self.time = time
            self.place = place
            self.reason = reason
            self.number = number
        }
    }

    /// A hearing before a title is taken back: whom it invited, who came, what was said.
    package struct HearingRecord: Sendable {
        package let id: ID
        package let invitation: Invitation
        package let invitedBy: String?
        package let invitedAt: Instant
        package let came: Bool?
        /// Those who came, with their duties.
        package let present: [Recognition.Attendee]
        package let minutes: String?
        package let heldBy: String?
        package let heldAt: Instant?
        /// Why its day was put off; nil where it was not. Then another invitation took its place.
        package let putOff: String?

        /// Invited, and neither held nor put off.
        package var isAwaited: Bool { heldAt == nil && putOff == nil }
        package var hearing: Hearing { Hearing(invitedOn: invitedAt.day, day: invitation.day) }
    }

    /// One piece of evidence of a re-check, a file or what somebody saw.
    package struct Evidence: Sendable {
        package let id: ID
        package let code: String
        package let side: Side
        package let kind: Recognition.EvidenceKind
        package let address: String?
        package let fileType: String?
        package let fileName: String?
        package let office: String?
        package let seenOn: Day?
        package let seen: String?
        package let by: String?
        package let at: Instant
    }

    /// Who put the evidence in.
    package enum Side: String, Sendable, CaseIterable, Codable { case area, commune }

    /// One act of its history.
    package struct Event: Sendable {
        package let action: Action
        package let to: State
        package let by: String?
        package let organisation: String?
        package let reason: String?
        package let at: Instant
    }
}

/// A stored word that the program does not know: written by a newer one.
struct RechecksUnknownWord: Error {
    let column: String
    let word: String
}

extension Row {
    func word<Choice: RawRepresentable<String>>(_ column: String) throws -> Choice {
        let word = try text(column)
        guard let choice = Choice(rawValue: word) else { throw RechecksUnknownWord(column: column, word: word) }
        return choice
    }

    func place(_ id: String, _ prefix: String) throws -> TerritoryTitle {
        TerritoryTitle(
            id: try self.id(id), kind: try word("\(prefix)_kind"), designation: try word("\(prefix)_designation"),
            name: try text("\(prefix)_name"))
    }

    /// A value from its three columns.
    func criteriaValue() throws -> Criteria.Value {
        let kind = try text("value_kind")
        switch kind {
        case "yes": return .yes(try integer("value_number") == 1)
        case "quantity": return .quantity(Quantity(thousandths: Int64(try integer("value_number"))))
        case "grade": return .grade(try text("value_text"))
        case "na": return .notApplicable(reason: try optionalText("value_text") ?? "")
        default: throw RechecksUnknownWord(column: "value_kind", word: kind)
        }
    }
}

extension Criteria.Value {
    /// As it stands in the three columns.
    var columns: (kind: String, number: Int?, text: String?) {
        switch self {
        case .yes(let yes): ("yes", yes ? 1 : 0, nil)
        case .quantity(let quantity): ("quantity", Int(quantity.thousandths), nil)
        case .grade(let code): ("grade", nil, code)
        case .notApplicable(let reason): ("na", nil, reason)
        }
    }
}
