// Portal ("Cổng khu dân cư"): the public side, for everybody, without an account.
//
// What it shows is published anyway: which residential areas hold which title, by which decision and until when, what
// they achieved, and by what they were judged. What it never shows is held by rules with tests of their own:
//
//   Rules/PortalSmallNumber.swift   counts from 1 to 4 that may point at somebody read "dưới 5" (docs/people.md, rule 4)
//   Rules/PortalProfile.swift       what of an area's profile is public (rule 4)
//   Rules/PortalStanding.swift      before a signed decision no plate, no point, nothing late or sent back (rule 11)
//   Rules/PortalAchievement.swift   what an area achieved, group by group
//   Store/                          statements without a sight, so each selects public columns only; of persons only
//                                   the office of a signer (rule 10: evidence is closed until the commune releases it)
//   Web/                            pages that print, JSON of the same values, the register as CSV
//
// Basis: directive on model residential areas, M0 and M1.2; directive on the example set at home, D3.2: people are
// informed about policy, criteria and results. The portal can be left out of an installation as a whole.

import Core
import Database
import Web

/// A target (chỉ tiêu) of a unit for a year: so many areas with a title. Who set it by which document is not told here.
package struct PortalTarget: Sendable, Equatable {
    /// The code of the areas' title: "model".
    package let title: String
    package let value: Int

    package init(title: String, value: Int) {
        self.title = title
        self.value = value
    }
}

/// The targets of a unit for a year. The portal knows no targets itself: App hands this over.
package typealias PortalTargets = @Sendable (_ unit: ID, _ year: Int, any Reader) throws -> [PortalTarget]

/// What App mounts: the pages for everybody.
package enum PortalFeature {
    /// - Parameter targets: what the unit at the top has set itself for a year.
    package static func feature(targets: @escaping PortalTargets = { _, _, _ in [] }) -> Feature {
        Feature(
            "portal", routes: PortalRoutes.all(targets) + PortalPracticeRoutes.routes,
            navigation: [
                NavigationItem("/portal/areas", "portal.nav.areas", for: { $0 == nil }),
                NavigationItem("/portal/decisions", "portal.nav.decisions", for: { $0 == nil }),
                NavigationItem("/portal/criteria", "portal.nav.criteria", for: { $0 == nil }),
                NavigationItem("/portal/practices", "portal.nav.practices", for: { $0 == nil }),
                NavigationItem("/portal/about", "portal.nav.about", for: { $0 == nil }),
                // Whoever is signed in looks in by one link.
                NavigationItem("/portal", "portal.nav.portal", for: { $0 != nil }),
            ])
    }
}
