import Core
import Database
import Web

/// Organisation (tổ chức, địa bàn): the tree of territory from the country to the residential area, the organisations
/// that stand on it, and what held on which day. Upstream of all features: it knows no other one.
///
///   what a unit is        `Territory`, `Area`, `Organisation`, `TerritoryTitle` (its name in a line)
///   reading the tree      `OrganisationStore`: `territory`, `area`, `areas`, `path`, `titles`, `children`,
///                         `organisations`; with `Sight`, or `public…` for the portal
///   an area's profile     `OrganisationStore.book`, `years`, `strengths`, `occasions(in:on:)`; `putYear`, `putGroup` …
///                         to write it
///   another day           `OrganisationStore.states`, `children(of:on:)`, `successions`, `successors`
///   writing the tree      `OrganisationStore.addTerritories`, `change`, `end`, `setProfile`, `addOrganisations` …
///   what others hang in   `SearchKind` (the page "tìm"), `AreaLink` (an area's page), `ImportReference` (what stands
///                         in the way of taking an import back)
///
/// A unit's life: it comes (an import, a seed), is renamed, recoded or moved from a day on (the state before is closed,
/// never changed), and ends with the note of what came of it. GSO codes are used again by other units: a code names a
/// unit only together with a day.
///
/// Basis: Luật Tổ chức chính quyền địa phương; the reorganisation of 1/7/2025 (no districts); M2.2, D3.1.
package enum OrganisationFeature {
    /// - Parameters:
    ///   - searches: what other features let people find.
    ///   - areaLinks: links of other features on an area's page.
    ///   - telling: what other features tell on an area's page.
    ///   - references: tables of other features that point to units or organisations.
    ///   - navigation: the links of all other features, for "mục lục".
    package static func feature(
        searches: [SearchKind] = [], areaLinks: [AreaLink] = [.dossiers], telling: [AreaTelling] = [],
        references: [ImportReference] = .roles, navigation: [NavigationItem] = []
    ) -> Feature {
        let own = [
            NavigationItem("/areas", "organisation.nav.areas") { $0 != nil },
            NavigationItem("/organisations", "organisation.nav.trees") { $0 != nil },
            NavigationItem("/search", "organisation.nav.search") { $0 != nil },
            NavigationItem("/imports", "organisation.nav.imports") { $0?.actor.holds(.importTerritory) == true },
        ]
        let ownKinds = [
            SearchKind("organisation.search.areas") { try OrganisationStore.findAreas($0, $1, $2, $3) },
            SearchKind("organisation.search.territories") { try OrganisationStore.findTerritories($0, $1, $2, $3) },
            SearchKind("organisation.search.organisations") { try OrganisationStore.findOrganisations($0, $1, $2, $3) },
            SearchKind("organisation.search.models") { try OrganisationStore.findModels($0, $1, $2, $3) },
        ]
        return Feature(
            "organisation",
            routes: pages(ownKinds + searches, areaLinks, telling, navigation + own) + ProfileRoutes.all
                + ChangeRoutes.all
                + ViewRoutes.all
                + ImportRoutes.all(references),
            migrations: OrganisationSchema.migrations, navigation: own)
    }

    private static func pages(
        _ kinds: [SearchKind], _ links: [AreaLink], _ telling: [AreaTelling], _ navigation: [NavigationItem]
    ) -> [Route] {
        [
            .get("/areas", .signedIn, AreasOutput.self, query: AreasQuery.fields) { try AreasOutput.of($0) },
            .get("/areas/:id", .signedIn, AreaOutput.self) { try AreaOutput.of($0, links: links, telling: telling) },
            .get("/territories/:id", .signedIn, TerritoryOutput.self, query: TerritoryQuery.fields) {
                try TerritoryOutput.of($0)
            },
            .get("/organisations/:id", .signedIn, OrganisationOutput.self) { try OrganisationOutput.of($0) },
            .get("/search", .signedIn, SearchOutput.self, query: SearchQuery.fields) {
                try SearchOutput.of($0, kinds: kinds)
            },
            .get(
                "/contents", .open(because: "it lists only what the visitor may open"), ContentsOutput.self
            ) { ContentsOutput.of($0, navigation: navigation) },
        ]
    }
}
