import Core
import Criteria
import Organisation
import Web

/// A row of the typed grid: an area with a field for each column.
struct OfficesGridRow: Sendable {
    struct Field: Sendable {
        let id: String
        /// Read aloud: the area and the column.
        let label: String
        /// The column's code, shown on a phone.
        let name: String
        let typed: String
        let error: String?
        let isChoice: Bool
        let isInput: Bool
        let options: [WebOption]
        let inputmode: String
        /// Instead of a field: what stands there, where nothing is to be typed.
        let text: String?
        let also: String?
    }

    let name: String
    let href: String
    let fields: [Field]

    init(
        area: TerritoryTitle, columns: [OfficesColumnAnswer], cells: [Offices.Cell: OfficesGridOutput.Cell],
        mayEnter: Bool, back: Submitted?, _ view: View
    ) {
        name = view.headed(area)
        href = "/areas/\(area.id)/office-values"
        let messages = Dictionary(
            (back?.errors ?? []).compactMap { error in error.field.map { ($0, view(error.key, error.arguments)) } },
            uniquingKeysWith: { first, _ in first })
        let title = view.headed(area)
        fields = columns.map { column in
            let cell = cells[Offices.Cell(area: area.id, code: column.code)]
            let id = "cell.\(area.id).\(column.code)"
            let typed = back.map { $0.input.values[id] ?? "" } ?? cell?.value?.typed ?? ""
            let isOpen = mayEnter && cell?.otherOffice == nil
            return Field(
                id: id, label: "\(title), \(column.code)", name: column.code, typed: typed, error: messages[id],
                isChoice: isOpen && column.isChoice, isInput: isOpen && !column.isChoice,
                options: column.isChoice ? column.options(typed, view) : [], inputmode: "decimal",
                text: isOpen ? nil : cell?.value.map { $0.shown(view) } ?? view("offices.cell.empty"),
                also: cell?.otherOffice)
        }
    }
}

/// The summary over a refused grid: each line names the area and the column it is about.
enum OfficesGridErrors {
    /// More than so many are counted and not listed; each stands beside its cell anyway.
    private static let most = 30

    static func of(_ back: Submitted, _ areas: [TerritoryTitle], _ view: View) -> WebErrors? {
        guard !back.errors.isEmpty else { return nil }
        let names = Dictionary(areas.map { ("\($0.id)", view.headed($0)) }, uniquingKeysWith: { first, _ in first })
        let links = back.errors.prefix(most).map { error -> WebErrors.Link in
            let text = view(error.key, error.arguments)
            guard let field = error.field, field.hasPrefix("cell.") else {
                return WebErrors.Link(field: error.field, text: text)
            }
            let parts = field.dropFirst(5).split(separator: ".", maxSplits: 1).map(String.init)
            let place = parts.first.flatMap { names[$0] } ?? ""
            let code = parts.count > 1 ? parts[1] : ""
            return WebErrors.Link(
                field: names[parts.first ?? ""] == nil ? nil : field,
                text: view("offices.cell.at", ["area": place, "code": code, "text": text]))
        }
        return WebErrors(count: back.errors.count, links: Array(links), kept: nil)
    }
}

extension OfficesGridOutput.Reminded {
    func line(_ view: View) -> WebLine {
        WebLine(
            title: view("offices.reminder.\(kind.rawValue)", ["due": view.day(due), "missing": view.number(missing)]),
            text: [
                view.language.format.moment(at),
                people.isEmpty
                    ? view("offices.reminder.nobody")
                    : view("offices.reminder.to", ["people": people.joined(separator: ", ")]),
            ].joined(separator: " · "))
    }
}
