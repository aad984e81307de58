import Core
import Database
import Organisation

extension Recognition {
    /// The commune's submission (tờ trình) with its list of areas: a draft until number, day and signer are in and it
    /// is sent.
    package struct Submission: Governed {
        package static let kind = "submission"

        package let id: ID
        package let territory: TerritoryTitle
        package let organisation: ID
        package let body: String
        package let year: Int
        package let state: SubmissionState
        /// What it says before the list.
        package let text: String
        package let number: String?
        package let day: Day?
        package let signer: String?
        package let office: String?
        package let draftedAt: Instant
        package let sentAt: Instant?
        package let receivedAt: Instant?
        /// When and why the commune took it back.
        package let recalledAt: Instant?
        package let recalledWhy: String?
        /// How many areas stand on it.
        package let count: Int
        package let revision: Int
        package let place: [ID]

        package var isDraft: Bool { state == .draft }

        /// What still keeps it a draft.
        package var missing: [Missing] {
            var missing: [Missing] = []
            if number == nil { missing.append(.number) }
            if day == nil { missing.append(.day) }
            if signer == nil { missing.append(.signer) }
            return missing
        }
    }

    /// One area of a submission's list.
    package struct SubmissionItem: Sendable {
        package let dossier: Dossier
        /// Hundredths of a point by the commune's values, as they were when it was sent; nil in a draft.
        package let points: Int?
    }

    /// A list as its commune puts it together.
    package struct NewSubmission: Sendable {
        /// The commune.
        package let territory: ID
        package let organisation: ID
        package let year: Int
        package let text: String
        package let dossiers: [ID]

        package init(territory: ID, organisation: ID, year: Int, text: String, dossiers: [ID]) {
            self.territory = territory
            self.organisation = organisation
            self.year = year
            self.text = text
            self.dossiers = dossiers
        }
    }
}
