import Core

/// The trees that stand side by side on one territory.
package enum OrganisationTree: String, Sendable, CaseIterable, Codable {
    case party, state, front
}

extension OrganisationKind {
    package var tree: OrganisationTree {
        switch self {
        case .partyCommittee, .standingCommittee, .massMobilisationCommission, .partyOffice, .partyCell,
            .advisoryOffice:
            .party
        case .peoplesCommittee, .healthInsuranceOffice, .communePolice, .school, .environmentOffice, .armedForces,
            .workUnit, .other:
            .state
        case .frontCommittee, .frontStandingBoard, .frontWorkCommittee, .farmersUnion, .womensUnion,
            .veteransAssociation, .labourUnion, .youthUnion, .elderlyAssociation, .redCross, .studyPromotion,
            .farmersBranch, .womensBranch, .veteransBranch, .youthBranch, .elderlyBranch, .appraisalPanel:
            .front
        }
    }
}

/// What a change of the tree is held against. Nothing already recorded changes: a change begins on a day, and that day
/// lies neither ahead nor before the present state began.
package enum OrganisationChangeRule {
    /// - Parameter began: the first day of the present state.
    package static func refusal(
        on day: Day, today: Day, began: Day, ended: Day?, in language: Language
    ) -> Refusal? {
        if ended != nil { return refused("ended", nil) }
        if day > today { return refused("dayAhead", "day") }
        if day < began {
            return Refusal(
                .invalid, "organisation.change.refusal.dayBehind", field: "day",
                ["day": language.format.day(began)])
        }
        return nil
    }

    /// Whether a unit may lie under another.
    package static func refusal(moving unit: Territory, under parent: Territory) -> Refusal? {
        if parent.id == unit.parent { return refused("samePlace", "parent") }
        if !parent.stands { return refused("parentEnded", "parent") }
        // An area lies in a commune, a commune in a province or a district, and so on upwards.
        let fits =
            unit.kind == .area
            ? TerritoryKind.communes.contains(parent.kind)
            : parent.kind.level < unit.kind.level && parent.kind.level >= unit.kind.level - 2
        return fits ? nil : refused("wrongLevel", "parent")
    }

    /// Whether a unit may end. - Parameter standing: how many units still lie in it.
    package static func refusal(ending unit: Territory, standing: Int, into successor: Territory?) -> Refusal? {
        if standing > 0 {
            return Refusal(.invalid, "organisation.change.refusal.unitsStand", ["count": "\(standing)"])
        }
        guard let successor else { return nil }
        if successor.id == unit.id || !successor.stands { return refused("successorEnded", "successor") }
        return successor.kind.level == unit.kind.level ? nil : refused("successorLevel", "successor")
    }

    /// Whether an organisation may stand under another.
    ///
    /// - Parameter above: the new parent and all above it.
    package static func refusal(placing body: ID, under above: [ID]) -> Refusal? {
        above.contains(body) ? refused("circle", "parent") : nil
    }

    /// - Parameter below: how many organisations stand below the one that ends.
    package static func refusal(ending body: Organisation, below: Int, into successor: Organisation?) -> Refusal? {
        if let successor {
            return successor.id == body.id || successor.validUntil != nil
                ? refused("successorEnded", "successor") : nil
        }
        return below > 0
            ? Refusal(.invalid, "organisation.change.refusal.bodiesStand", field: "successor", ["count": "\(below)"])
            : nil
    }

    private static func refused(_ key: String, _ field: String?) -> Refusal {
        Refusal(.invalid, "organisation.change.refusal.\(key)", field: field)
    }
}

/// What is proposed for an organisation on a territory that ended.
package enum StrandedPlan: Sendable, Equatable {
    /// On to what came of the territory.
    case move(to: ID)
    /// There is one of its kind already: it goes on as that one.
    case end(into: ID)
    /// Nothing came of the territory, or several things.
    case choose

    /// - Parameters:
    ///   - successors: what stands today for the territory.
    ///   - twin: an organisation of the same kind on the only successor.
    package static func of(successors: [ID], twin: ID?) -> StrandedPlan {
        guard let only = successors.first, successors.count == 1 else { return .choose }
        return twin.map { .end(into: $0) } ?? .move(to: only)
    }
}
