import Core
import Criteria
import Database
import Organisation
import Web

/// A paper in an answer.
struct OfficesDocumentAnswer: Encodable, Sendable {
    let id: ID
    let fileName: String
    let fileKind: String
    let bytes: Int
    let caption: String
    let codes: [String]
    let by: String?
    let at: Instant

    init(_ document: Offices.Document) {
        id = document.id
        fileName = document.fileName
        fileKind = document.fileKind
        bytes = document.bytes
        caption = document.caption
        codes = document.codes
        by = document.adder
        at = document.at
    }

    var href: String { OfficesRoutes.file(id) }

    static let sample = OfficesDocumentAnswer(
        Offices.Document(
            id: OfficesSamples.id, grid: OfficesSamples.id, fileName: "a.pdf", fileKind: "pdf", bytes: 9,
            caption: "Sample", codes: ["V.1"], adder: "Sample", at: .first))
}

/// One paper as evidence for whole columns: what there is, and the form that adds one.
struct OfficesDocumentsOutput: Output {
    let grid: OfficesGridAnswer
    let columns: [OfficesColumnAnswer]
    let documents: [OfficesDocumentAnswer]
    let mayEnter: Bool

    static var sample: OfficesDocumentsOutput {
        OfficesDocumentsOutput(grid: OfficesSamples.grid, columns: [.sample], documents: [.sample], mayEnter: true)
    }

    static func of(_ call: Call<Actor>) throws -> OfficesDocumentsOutput {
        let grid = try call.grid()
        return OfficesDocumentsOutput(
            grid: OfficesGridAnswer(grid, try OfficesStore.fillings(of: [grid], call.reader)[grid.id]),
            columns: try OfficesStore.indicators(of: grid, call.reader).map(OfficesColumnAnswer.init),
            documents: try OfficesStore.papers(ofGrids: [grid.id], call.reader)[grid.id, default: []].map(
                OfficesDocumentAnswer.init),
            mayEnter: call.maySupply(grid))
    }

    struct Content: Sendable {
        struct Row: Sendable {
            let href: String
            let caption: String
            let text: String
            let removal: FormView?
        }

        struct Pick: Sendable {
            let id: String
            let label: String
            let checked: Bool
        }

        let head: WebHead
        let rows: [Row]
        let none: String?
        let form: FormView?
        let secretField: WebField?
        let otherFields: [WebField]
        let picks: [Pick]
        let columnError: String?
    }

    func page(_ view: View) -> Page {
        let title = view("offices.documents.title")
        let form =
            mayEnter ? view.form(OfficesDocumentForm.self, action: "\(grid.href)/documents") : nil
        return Page(
            "offices-documents", title: title,
            Content(
                head: WebHead(
                    title: title, lead: grid.office, crumbs: grid.crumbs(view) + [WebCrumb(grid.office, grid.href)]),
                rows: documents.map { document in
                    Content.Row(
                        href: document.href, caption: document.caption,
                        text: [
                            document.codes.joined(separator: ", "), document.fileName, document.by,
                            view.day(document.at.day),
                        ].compactMap { $0 }.joined(separator: " · "),
                        removal: mayEnter
                            ? view.form(
                                OfficesDocumentRemoval.self, action: "\(grid.href)/documents/\(document.id)/removal",
                                hasPrimary: false) : nil)
                },
                none: documents.isEmpty ? view("offices.documents.none") : nil, form: form,
                secretField: form?.field["secret"],
                otherFields: ["file", "caption"].compactMap { form?.field[$0] },
                picks: form.map { form in
                    columns.map { column in
                        let field = "column.\(column.code)"
                        return Content.Pick(
                            id: field, label: "\(column.code) \(column.name(view))",
                            checked: form.typed.map { $0[field] != nil } ?? (columns.count == 1))
                    }
                } ?? [], columnError: form?.messages["column"]))
    }
}
