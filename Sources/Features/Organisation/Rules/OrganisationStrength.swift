import Core

/// The organisations of an area whose strength its profile knows: a closed list, those of the glossary.
///
/// Religious organisations are not among them: their members would tell the religion of a place (docs/people.md,
/// rule 4).
package enum AreaStrengthKind: String, Sendable, CaseIterable, Codable {
    /// Ban Công tác Mặt trận.
    case frontWorkCommittee = "front_work_committee"
    /// Chi bộ.
    case partyCell = "party_cell"
    case farmers
    case women
    case veterans
    case youth
    case elderly
    /// Tổ công đoàn, nghiệp đoàn.
    case labour
    /// Hội Chữ thập đỏ.
    case redCross = "red_cross"
    /// Hội Khuyến học.
    case studyPromotion = "study_promotion"
}

/// How many people an organisation of an area counts. A sum and never a name.
package struct AreaStrength: Codable, Sendable, Equatable {
    package let kind: AreaStrengthKind
    package let members: Int

    package init(_ kind: AreaStrengthKind, _ members: Int) {
        self.kind = kind
        self.members = members
    }
}

/// The strengths of an area's organisations in one year.
///
/// Small numbers stand as they are: rule 4 of docs/people.md binds public pages and counts of poverty, crime, drugs,
/// illness, disability and mediation, which tell something bad of the few who are counted. How large a branch is, is
/// read out at its own meeting and tells nothing of a person but that somebody belongs to it. The pages that show it
/// are for people with an office over the area; the portal shows none of it, so that no small cell lets a neighbour
/// guess who is in the Party (rule 14).
package struct AreaStrengths: Codable, Sendable, Equatable {
    package let year: Int
    /// In the order of the kinds; a kind that nobody told is absent.
    package let bodies: [AreaStrength]

    package init(year: Int, bodies: [AreaStrength]) {
        self.year = year
        self.bodies = AreaStrengthKind.allCases.compactMap { kind in bodies.first { $0.kind == kind } }
    }

    /// Members of one organisation; nil where nobody counted them.
    package func members(of kind: AreaStrengthKind) -> Int? { bodies.first { $0.kind == kind }?.members }

    /// What cannot be: a year to come, an organisation with more members than the area has people. All of it at once.
    ///
    /// - Parameter people: of the area in that year; nil where nobody counted them, which bounds nothing.
    package func refusal(on today: Day, people: Int?) -> Refusal? {
        var found: [Refusal] = []
        if year > today.year {
            found.append(
                Refusal(.invalid, "organisation.profile.refusal.yearAhead", field: "year", ["year": "\(today.year)"]))
        }
        if let people {
            found += bodies.filter { $0.members > people }.map {
                Refusal(
                    .invalid, "organisation.profile.refusal.moreThanPeople", field: $0.kind.rawValue,
                    ["members": "\($0.members)", "people": "\(people)"])
            }
        }
        return Refusal.of(found)
    }
}

extension AreaYear {
    /// Why a year's people cannot be fewer than an organisation's members of the same year.
    package func refusal(under strengths: AreaStrengths?) -> Refusal? {
        guard let people, let largest = strengths?.bodies.max(by: { $0.members < $1.members }),
            largest.members > people
        else { return nil }
        return Refusal(
            .invalid, "organisation.profile.refusal.fewerThanMembers", field: "people",
            ["members": "\(largest.members)", "people": "\(people)"])
    }
}
