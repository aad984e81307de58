import Core
import Criteria

extension Recognition {
    /// The rules of an appraisal panel (tổ thẩm định). Two of them are assumed, as the rest of the demonstration's
    /// rules: a panel of three, and two blind scores for what is judged.
    package enum PanelRules {
        /// The least members of a panel where its dossiers' criteria say none.
        package static let leastMembers = 3
        /// The least blind scores of a judged indicator. With three members one may have declared a conflict; with one
        /// score alone there would be nobody to differ.
        package static let leastScores = 2

        /// The least members for dossiers under these criteria: the most that one of them asks for.
        package static func leastMembers(under sets: [CriteriaSet]) -> Int {
            sets.map { $0.procedure?.panelMembers ?? leastMembers }.max() ?? leastMembers
        }

        /// Whether all members score an indicator blind: it is judged, or mandatory. Of the others some are drawn for
        /// two scores (`PanelDraw`); the rest the panel confirms or changes.
        package static func isScoredByAll(_ indicator: Criteria.Indicator) -> Bool {
            isJudged(indicator) || indicator.isMandatory
        }

        /// Whether the panel judges an indicator: its set names the panel as its verifier, or it is points that only
        /// somebody who looked can give.
        package static func isJudged(_ indicator: Criteria.Indicator) -> Bool {
            indicator.kind == .points || VietnameseText.folded(indicator.verifier).contains("tham dinh")
        }
    }

    /// What a member of a panel is on it.
    package enum PanelDuty: String, Sendable, CaseIterable, Codable { case chair, secretary, member }

    /// A member of a panel as a rule needs to know them.
    package struct PanelSeat: Sendable, Equatable {
        package let person: ID
        package let name: String
        package let duty: PanelDuty

        package init(_ person: ID, _ name: String, _ duty: PanelDuty) {
            self.person = person
            self.name = name
            self.duty = duty
        }
    }

    /// What a member says of themselves and one dossier, before scoring it.
    package enum Declaration: String, Sendable, CaseIterable, Codable {
        /// Nothing ties them to the area.
        case none
        /// They live there.
        case resident
        /// Somebody of their family leads or stands for the area.
        case kin
        /// Something else does: work, money, a quarrel. Said in words.
        case conflict
    }

    /// Why a member does not score a dossier.
    package enum PanelTie: Sendable, Equatable {
        /// They hold an office in the area or in its commune.
        case office
        case resident
        case kin
        case conflict
        /// They had the dossier in hand before.
        case hand(Hand)

        /// The end of the words' key under `recognition.panel.tie`.
        package var word: String {
            switch self {
            case .office: "office"
            case .resident: "resident"
            case .kin: "kin"
            case .conflict: "conflict"
            case .hand: "hand"
            }
        }
    }

    /// Where one member stands to one dossier.
    package struct PanelStanding: Sendable, Equatable {
        package let seat: PanelSeat
        package let declaration: Declaration?
        package let reason: String?
        /// They gave their seat to another. What they scored before stays, with their name.
        package let hasLeft: Bool
        private let offices: Bool
        private let hands: Hands

        /// - Parameters:
        ///   - declaration: nil while nothing was declared.
        ///   - hasOffice: any role in the area or its commune.
        ///   - hands: what they did to the dossier before.
        package init(
            _ seat: PanelSeat, declaration: Declaration?, reason: String? = nil, hasOffice: Bool = false,
            hands: Hands = .none, hasLeft: Bool = false
        ) {
            self.hasLeft = hasLeft
            self.seat = seat
            self.declaration = declaration
            self.reason = reason
            offices = hasOffice
            self.hands = hands
        }

        /// What bars them; nil when nothing is known to.
        package var tie: PanelTie? {
            if offices { return .office }
            let barring = LifeCycle.step(.forwarded, .score)?.apart ?? []
            if let hand = barring.first(where: hands.did.contains) { return .hand(hand) }
            switch declaration {
            case .resident: return .resident
            case .kin: return .kin
            case .conflict: return .conflict
            case .some(.none), nil: return nil
            }
        }

        /// Their score is waited for.
        package var isExpected: Bool { tie == nil && !hasLeft }
        /// What they gave counts.
        package var counts: Bool { tie == nil && declaration == Declaration.none }
        /// They may score now.
        package var isAble: Bool { counts && !hasLeft }

        /// Why they may not score.
        package var refusalToScore: Refusal? {
            if hasLeft { return Refusal(.forbidden, "recognition.panel.refusal.notMember") }
            return switch tie {
            case .office: Refusal(.forbidden, "recognition.panel.refusal.tie.office")
            case .resident: Refusal(.forbidden, "recognition.panel.refusal.tie.resident")
            case .kin: Refusal(.forbidden, "recognition.panel.refusal.tie.kin")
            case .conflict: Refusal(.forbidden, "recognition.panel.refusal.tie.conflict")
            case .hand(let hand): Refusal(.forbidden, "recognition.refusal.apart.\(hand.rawValue)")
            case nil:
                declaration == nil ? Refusal(.invalid, "recognition.panel.refusal.declareFirst") : nil
            }
        }
    }

    /// A panel about to be formed.
    package struct PanelPlan: Sendable {
        package let members: [PanelSeat]
        /// Members with an office in the area, or in the commune, of a dossier the panel is to take: name and area.
        package let tied: [(member: String, area: String)]
        package let dossiers: Int
        /// Of members, by the dossiers' criteria.
        package let least: Int
        /// Chosen to preside or to write, and not ticked as a member: who sits on it is said, not guessed.
        package let unticked: [PanelSeat]
        /// Members who had a dossier in hand before, by area: they will not score it.
        package let handed: [(area: String, members: [String])]

        package init(
            members: [PanelSeat], tied: [(member: String, area: String)], dossiers: Int,
            least: Int = PanelRules.leastMembers, unticked: [PanelSeat] = [],
            handed: [(area: String, members: [String])] = []
        ) {
            self.handed = handed
            self.least = least
            self.unticked = unticked
            self.members = members
            self.tied = tied
            self.dossiers = dossiers
        }

        /// Every fault at once.
        package var refusal: Refusal? {
            var refusals: [Refusal] = []
            if members.count < least {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.panel.refusal.tooFew", field: "members",
                        ["least": "\(least)", "count": "\(members.count)"]))
            }
            for seat in unticked {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.panel.refusal.unticked.\(seat.duty.rawValue)",
                        field: seat.duty.rawValue, ["name": seat.name]))
            }
            let seats = members + unticked
            if seats.count(where: { $0.duty == .chair }) != 1 {
                refusals.append(Refusal(.invalid, "recognition.panel.refusal.oneChair", field: "chair"))
            }
            if seats.count(where: { $0.duty == .secretary }) != 1 {
                refusals.append(Refusal(.invalid, "recognition.panel.refusal.oneSecretary", field: "secretary"))
            }
            for tie in tied {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.panel.refusal.ownArea", field: "members",
                        ["member": tie.member, "area": tie.area]))
            }
            // With too few at all that alone is said.
            for one in handed where members.count >= least && members.count - one.members.count < least {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.panel.refusal.tooFewAble", field: "members",
                        [
                            "members": one.members.joined(separator: ", "), "area": one.area,
                            "left": "\(members.count - one.members.count)", "least": "\(least)",
                        ]))
            }
            if dossiers == 0 {
                refusals.append(Refusal(.invalid, "recognition.panel.refusal.noDossiers", field: "submissions"))
            }
            return Refusal.of(refusals)
        }
    }

    /// Who leads the work on one dossier: the chair; where the chair is tied to the area, the secretary; where both
    /// are, nobody, and another panel must take it.
    package static func presiding(_ standings: [PanelStanding]) -> PanelSeat? {
        let free = standings.filter(\.isExpected).map(\.seat)
        return free.first { $0.duty == .chair } ?? free.first { $0.duty == .secretary }
    }

    /// Why a person may not do what only the one who leads may: another leads, nobody can, or they have not yet said
    /// whether anything ties them to the area. Whoever says nothing leads nothing.
    package static func refusalToPreside(_ standings: [PanelStanding], by person: ID) -> Refusal? {
        guard let seat = presiding(standings) else {
            return Refusal(.forbidden, "recognition.panel.refusal.nobodyPresides")
        }
        guard seat.person == person else {
            return Refusal(.forbidden, "recognition.panel.refusal.notPresiding", ["name": seat.name])
        }
        let isAble = standings.contains { $0.seat.person == person && $0.isAble }
        return isAble ? nil : Refusal(.invalid, "recognition.panel.refusal.declareFirst")
    }
}
