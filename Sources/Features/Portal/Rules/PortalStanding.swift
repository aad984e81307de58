import Core

/// What the public may know of a running dossier. Before a signed decision there is no plate, no point and no state of
/// the work: only that the area is on its way, and that from the moment on which the commune found the dossier in
/// order, which is when the commune lets it be told. What came back, is late or was refused is never on a public page
/// (docs/people.md, rule 11). A posting says more, because it hangs on the area's own board: it is shown while it hangs.
package enum PortalStanding: String, CaseIterable, Sendable, Codable {
    case silent
    /// "Đang đăng ký".
    case registered

    /// - Parameter state: the raw value of the dossier's state in the life cycle.
    package static func of(_ state: String) -> PortalStanding {
        switch state {
        case _ where told.contains(state): .registered
        default: .silent
        }
    }

    /// The states of which the public is told.
    package static let told = ["accepted", "forwarded", "appraised", "proposed"]
}

/// A title in its time, as the plate says it.
package enum PortalTerm {
    /// The last day of a title; nil where no term is set.
    package static func lastDay(until: Day?) -> Day? { until.map { $0.adding(days: -1) } }

    /// The day on which somebody looks again, year by year after the decision: the next one on or after today and
    /// before the end; nil when no look is asked for or none is left.
    package static func nextLook(from: Day, until: Day?, months: Int?, today: Day) -> Day? {
        guard let months, months > 0 else { return nil }
        // A title has at most a few dozen looks; the bound keeps a strange set from running on.
        for round in 1...240 {
            let look = from.adding(months: months * round)
            if let until, look >= until { return nil }
            if look >= today { return look }
        }
        return nil
    }
}
