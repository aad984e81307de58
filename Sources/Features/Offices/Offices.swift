import Core
import Criteria
import Database
import Documents
import Organisation
import Recognition
import Web

/// What follows elsewhere, in the same transaction, when figures of some areas and a year were put in, mended or taken
/// back. Offices know nobody downstream; App hands it over.
package typealias OfficesSaved = @Sendable (_ areas: [ID], _ year: Int, Transaction) throws -> Void

/// Offices' grid (bảng số liệu của các cơ quan): offices fill in what offices hold, once, areas by indicators, so that
/// an area head types only what the area alone knows.
///
/// The commune asks: for each supplier that the criteria set names it confirms an organisation, with the last day and
/// the last day for objections. The office's clerk types the grid, pastes it out of a spreadsheet or sends a file; what
/// was pasted is shown cell by cell first. One save is one act, and one press takes it back. A figure flows into the
/// running dossiers of its year, where the area sees whose it is and may object; the office mends it or says why it
/// stands. It is kept for the area and the year whether or not there is a dossier.
///
///   typed, pasted or imported ─► saved ─► in the dossiers ─► objected to ─► mended
///                                  │                              └───────► kept, with the reason
///                                  └─► taken back, while no dossier went on with it
///   not there on its day ─► the area may type it, and the record says so
///
///   what was pasted, and what is asked about it   `Offices.Paste`, `Offices.Doubt`
///   until when                                    `Offices.Terms`
///   who supplies what                             `Offices.proposals`
///   reading and writing                           `OfficesStore`; for others `OfficesStore.held`
///   what a dossier shows of it                    `OfficesStore.supply`, `takeIn`: Recognition's hooks
///
/// Basis: directive on model residential areas, M1.3, M2.1; docs/decisions/0015-what-an-office-holds.md.
package enum OfficesFeature {
    /// Where kept files are recorded. One that was taken out is shown to nobody any more.
    package static let contents = [
        ContentReference(table: "office_document", column: "address", where: "removed_at IS NULL")
    ]

    /// - Parameter saved: what follows elsewhere when figures changed.
    package static func feature(
        files: ContentStore, saved: @escaping OfficesSaved = { _, _, _ in }
    ) -> Feature {
        Feature(
            "offices", routes: OfficesRoutes.routes(files, saved), migrations: OfficesSchema.migrations,
            navigation: [
                NavigationItem("/offices", "offices.navigation") { signedIn in
                    signedIn.map { $0.actor.holds(.supplyValues) || $0.actor.holds(.checkDossier) } ?? false
                }
            ], waiting: OfficesWaiting.source)
    }

    /// The way from an area's page to what offices say of it.
    package static let areaLinks = [AreaLink("offices.area.link") { "/areas/\($0)/office-values" }]

    /// Adds to a site's hooks what recognition shows and heeds of offices' figures.
    package static func hook(into hooks: inout RecognitionHooks) {
        let registered = hooks.registered
        hooks.registered = { dossier, tx in
            try registered(dossier, tx)
            try OfficesStore.takeIn(dossier: dossier, tx)
        }
        let moved = hooks.moved
        hooks.moved = { fresh, tx in
            try moved(fresh, tx)
            try OfficesStore.takeIn(fresh: fresh, tx)
        }
        hooks.supply = { try OfficesStore.supply(of: $0, on: $1, isWhole: $2, $3) }
    }
}
