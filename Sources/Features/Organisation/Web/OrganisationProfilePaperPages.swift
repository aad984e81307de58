import Core
import Database
import Web

/// The profile on A4, as an office keeps it in a file.
struct ProfilePaperOutput: Output {
    let area: Area
    let above: [TerritoryTitle]
    let book: AreaBook

    static var sample: ProfilePaperOutput {
        ProfilePaperOutput(area: .sample, above: [.sample(.commune)], book: .sample)
    }

    static func of(_ call: Call<Actor>) throws -> ProfilePaperOutput {
        let profile = try ProfileOutput.of(call)
        return ProfilePaperOutput(area: profile.area, above: profile.above, book: profile.book)
    }

    struct Row: Sendable {
        let cells: [String]
    }

    struct Part: Sendable {
        let title: String
        let lead: String?
        let columns: [String]
        let rows: [Row]
        let none: String?
    }

    struct Content: Sendable {
        let back: WebLink
        let document: WebDocumentHead
        let about: String
        let parts: [Part]
        let sign: WebDocumentSign
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let title = view("organisation.profile.of", ["area": view.named(area.title)])
        let texts = ProfileTexts(view: view, area: area, book: book)
        let commune = above.first.map { view.headed($0) } ?? ""
        return Page(
            "organisation-profile-paper", title: title,
            Content(
                back: WebLink("/areas/\(area.id)/profile", view("organisation.profile.back")),
                document: WebDocumentHead(
                    superior: commune.isEmpty ? [] : [commune.uppercased()],
                    issuer: view.headed(area.title).uppercased(), place: above.first?.name ?? area.name,
                    dayText: view(
                        "organisation.profile.paper.day",
                        [
                            "day": "\(view.today.day)", "month": "\(view.today.month)", "year": "\(view.today.year)",
                        ])),
                about: title,
                parts: zip(texts.parts, tables(texts)).map { part, table in
                    Part(
                        title: part.title, lead: part.lead, columns: table.columns.map(\.name),
                        rows: table.rows.map { row in
                            Row(
                                cells: row.cells.map { cell in
                                    [cell.text ?? cell.status?.word, cell.also].compactMap { $0 }.joined(
                                        separator: ", ")
                                })
                        }, none: part.table == nil ? view("organisation.profile.paper.none") : nil)
                },
                sign: WebDocumentSign(
                    authority: view("organisation.profile.paper.signedBy"),
                    blank: view("organisation.profile.paper.sign")),
                trace: WebTrace(
                    isDemo: view.isDemonstration, printed: view.language.format.moment(view.now),
                    record: view.named(area.title), revision: "\(area.revision)", valid: view("organisation.printed"))))
    }

    private func tables(_ texts: ProfileTexts) -> [WebTable] {
        [texts.years, texts.strengths, texts.groups, texts.conventions, texts.models, texts.occasions]
    }
}
