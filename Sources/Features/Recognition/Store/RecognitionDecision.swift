import Core
import Criteria
import Database
import Documents
import Organisation

extension Recognition {
    /// A decision (quyết định) on a title for a list of areas: a draft until the signed paper is entered.
    package struct Decision: Governed {
        package static let kind = "decision"

        /// What a decision does.
        package enum Purpose: String, Sendable, CaseIterable, Codable {
            /// Recognises areas, or refuses them.
            case grant
            /// Takes titles back.
            case withdrawal
        }

        /// The signed and stamped paper, as a file.
        package struct Scan: Sendable, Equatable {
            package let address: ContentAddress
            /// "application/pdf", "image/jpeg".
            package let type: String
            package let name: String

            package init(address: ContentAddress, type: String, name: String) {
                self.address = address
                self.type = type
                self.name = name
            }
        }

        package let id: ID
        /// The unit whose body decides.
        package let territory: TerritoryTitle
        package let organisation: ID
        package let body: String
        package let title: String
        package let level: Criteria.Level
        package let year: Int
        package let state: DecisionState
        package let number: String?
        package let day: Day?
        package let signer: String?
        package let office: String?
        package let scan: Scan?
        package let draftedAt: Instant
        package let issuedAt: Instant?
        package let recognised: Int
        package let refused: Int
        /// How many titles it takes back.
        package let withdrawn: Int
        package let purpose: Purpose
        package let revision: Int
        package let place: [ID]

        package var isDraft: Bool { state == .draft }

        /// What still keeps it a draft.
        package var missing: [Missing] {
            var missing: [Missing] = []
            if number == nil { missing.append(.number) }
            if day == nil { missing.append(.day) }
            if signer == nil { missing.append(.signer) }
            if scan == nil { missing.append(.scan) }
            return missing
        }
    }

    /// What a decision says of one dossier.
    package struct DecisionItem: Sendable {
        package let dossier: Dossier
        package let outcome: Outcome
        package let reason: String?

        package init(dossier: Dossier, outcome: Outcome, reason: String?) {
            self.dossier = dossier
            self.outcome = outcome
            self.reason = reason
        }
    }

    /// A decision about to be drafted.
    package struct NewDecision: Sendable {
        /// The most areas of one decision: each is two fields of the form on which it is put together, and a form takes
        /// two thousand. The others go on the next one.
        package static let most = 900

        package let territory: ID
        package let organisation: ID
        package let title: String
        package let level: Criteria.Level
        package let year: Int
        package let items: [DecisionItem]

        package init(
            territory: ID, organisation: ID, title: String, level: Criteria.Level, year: Int, items: [DecisionItem]
        ) {
            self.territory = territory
            self.organisation = organisation
            self.title = title
            self.level = level
            self.year = year
            self.items = items
        }
    }
}

extension TerritoryKind {
    /// The deciding level of a body that stands on a unit of this kind.
    package var decidingLevel: Criteria.Level {
        switch self {
        case .country: .national
        case .province: .province
        case .district: .district
        case .commune, .ward, .town, .area: .commune
        }
    }
}
