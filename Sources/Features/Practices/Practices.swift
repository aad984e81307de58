import Core
import Database
import Documents
import Organisation
import Web

/// Practices (cách làm hay) and models (mô hình): what an area did for a criterion, what it cost, who followed it, and
/// whether it is alive at the last look.
///
/// A practice is told by the area (or its commune, or an organisation), confirmed by the commune, and from then on read
/// by everybody who signs in; what the commune lets out stands on the portal, too. Whoever follows it says what they
/// did otherwise and what came of it. The commune goes and looks again, and says what it found.
///
///   shared ──confirm──▶ confirmed ──tell anew──▶ shared        any ──withdraw with a reason──▶ withdrawn
///
/// A practice belongs to an indicator by the code of its set and its own code, so a new version of the set keeps it.
/// Models are entries of an area's profile (`AreaModel`), shown here side by side with every look at them.
///
///   what may be said         `PracticeText`, `PracticeRules`: no household by name, no sum per household
///   keeping and finding      `PracticesStore`: `practices`, `practice`, `publicPractices`; `PracticesSearch.kind`
///   on an indicator's page   `PracticesStore.of(set:code:)`, which the wiring hands to Criteria
///
/// Basis: directive on model residential areas, M2.2 (survey, replicate and raise models).
package enum PracticesFeature {
    /// Where kept files are recorded. One that was taken out is shown to nobody any more.
    package static let contents = [
        ContentReference(table: "practice_picture", column: "address", where: "removed_at IS NULL"),
        ContentReference(table: "practice_picture", column: "thumbnail", where: "removed_at IS NULL"),
    ]

    /// - Parameter files: where pictures are kept.
    package static func feature(files: ContentStore) -> Feature {
        Feature(
            "practices",
            routes: PracticesRoutes.routes(files) + PracticesActRoutes.routes + PracticesPictureRoutes.routes(files)
                + PracticesModelRoutes.routes,
            migrations: PracticesSchema.migrations,
            navigation: [NavigationItem("/practices", "practices.nav") { $0 != nil }],
            waiting: PracticesDuties.source)
    }

    /// Links on an area's page.
    package static let areaLinks = [
        AreaLink("practices.area.practices") { "/practices?under=\($0)" },
        AreaLink("practices.area.models") { "/models?under=\($0)" },
    ]
}
