import Core
import Criteria
import Organisation
import Recognition
import Web

/// A dossier's figure beside the one that an office put in afterwards, in an answer.
struct OfficesKeptAnswer: Encodable, Sendable {
    let dossier: ID
    let area: TerritoryTitle
    let code: String
    let state: Recognition.State
    /// What the dossier rests on.
    let kept: OfficesValueAnswer
    /// What the office holds; nil when it was taken out.
    let now: OfficesValueAnswer?

    /// Nil for an area or a column that the page does not show.
    init?(
        _ kept: Offices.Kept, now: Criteria.Value?, _ areas: [ID: TerritoryTitle], _ columns: [OfficesColumnAnswer]
    ) {
        guard let area = areas[kept.area], let column = columns.first(where: { $0.code == kept.code }) else {
            return nil
        }
        self.init(
            dossier: kept.dossier, area: area, code: kept.code, state: kept.state,
            kept: OfficesValueAnswer(kept.value, column), now: now.map { OfficesValueAnswer($0, column) })
    }

    private init(
        dossier: ID, area: TerritoryTitle, code: String, state: Recognition.State, kept: OfficesValueAnswer,
        now: OfficesValueAnswer?
    ) {
        self.dossier = dossier
        self.area = area
        self.code = code
        self.state = state
        self.kept = kept
        self.now = now
    }

    static let sample = OfficesKeptAnswer(
        dossier: OfficesSamples.id, area: OfficesSamples.area, code: "V.1", state: .recognised, kept: .sample,
        now: .sample)

    private var href: String { "/dossiers/\(dossier)" }

    /// For the office: which dossier, and both figures.
    func line(_ view: View) -> WebLine {
        WebLine(
            title: view("offices.kept.line", ["area": view.headed(area), "code": code]), href: href,
            text: view(
                "offices.kept.both",
                ["kept": kept.shown(view), "now": now?.shown(view) ?? view("offices.cell.emptied")]),
            status: WebStatus(state.isDecided ? .done : .waiting, view("recognition.state.\(state.rawValue)")))
    }

    /// For the area: what its dossier rests on.
    func notice(changed at: Instant?, _ view: View) -> WebNotice {
        WebNotice(
            .plain,
            bold: view(
                "offices.kept.notice",
                ["day": at.map { view.day($0.day) } ?? "", "value": kept.shown(view)]),
            text: view(state.isDecided ? "offices.kept.decided" : "offices.kept.gone"),
            action: WebLink(href, view("offices.kept.open")))
    }
}
