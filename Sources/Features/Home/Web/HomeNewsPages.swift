import Core
import Organisation
import Web

/// Something that happened to a dossier or a title.
struct HomeNews: Encodable, Sendable {
    /// Nil of what happened to a title.
    let dossier: ID?
    let area: TerritoryTitle
    let year: Int
    let title: String
    /// As the life cycle calls it: "submit", "sendBack"; of a title "titleKept" or "titleTakenBack".
    let action: String
    let at: Instant
    /// Who let the day pass, of a dossier that is overdue.
    var late: HomeHolder?
}

/// The section of what is new.
struct HomeNewsContent: Sendable {
    let title: String
    let rows: WebRows
}

extension HomeTexts {
    /// This year's dossiers that the table by groups leaves out, because they stand on another version of the criteria.
    func besideHeat(_ commune: HomeCommune) -> HomeNewsContent? {
        let columns = Set(commune.heat?.columns ?? [])
        let others = commune.dossiers.filter { $0.standing != .withdrawn && !columns.contains($0.id) }
        guard !columns.isEmpty, !others.isEmpty else { return nil }
        return HomeNewsContent(
            title: view("home.heat.others"),
            rows: WebRows(
                rows: others.map {
                    WebLine(title: headed($0.area), href: dossierHref($0.id), text: title($0.title), status: status($0))
                }))
    }
}
