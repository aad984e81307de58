// Home ("Việc đang chờ"): the page everyone who is signed in begins with.
//
// Nobody starts at a menu. `/` shows what waits for this person, late ones first, each one tap from being done; then
// what others did; then figures. What stands on it follows from the roles that hold today:
//
//   Rules/HomeSkeleton.swift   which of five pages: area, commune, province, Standing Committee, calm
//   Rules/HomeOrder.swift      the order of duties, and which are late
//   Rules/HomeLate.swift       who keeps others waiting: bodies and areas, never persons (docs/people.md, rule 11)
//   Rules/HomeHeat.swift       areas by groups of criteria, in the official order
//   Rules/HomeBurden.swift     what an area's work costs in values, pictures and minutes: by area, never by person
//   …Handover…                 an office changes hands: what is open goes along on one signed paper
//   Store/                     asks the features for all of it with the person's sight; home owns no table
//   Web/                       one route, one output, a part of the page in each file
//
// Basis: directive on model residential areas, M1.3: each leader sees what waits, what is late, who has been silent.

import Core
import Database
import People
import Web

/// What App mounts: everybody's own page, the tables of areas, handovers.
package enum HomeFeature {
    /// What is open in an office on a day, as a handover keeps it. For the demonstration's past.
    ///
    /// - Parameter waiting: what of the other features waits for a person.
    package static func openWork(
        of office: HandoverOffice, today: Day, now: Instant, waiting: [WaitingSource] = [], _ reader: any Reader
    ) throws -> String {
        try HomeStore.work(of: office, today: today, now: now, waiting + [HomeHandoverDuties.source], reader).text
    }

    /// Links that stand behind those of all other features: nobody works on them every day.
    package static let aside = [
        NavigationItem("/handovers", "home.handover.nav") { $0?.actor.holds(.handOver) == true },
        NavigationItem("/burden", "home.burden.nav") { HomeBurdenRoutes.isFor($0?.actor) },
    ]

    /// What one's own areas' work cost this month, for the account page.
    package static let accountNotes = HomeBurdenRoutes.account

    /// - Parameter waiting: what of the other features waits for a person, beside recognition and corrections.
    package static func feature(waiting: [WaitingSource] = []) -> Feature {
        let all = waiting + [HomeHandoverDuties.source]
        return Feature(
            "home", routes: HomeRoutes.all(all) + HomeHandoverRoutes.routes(all) + HomeBurdenRoutes.routes,
            navigation: [NavigationItem("/", "home.nav", for: { $0 != nil })])
    }
}
