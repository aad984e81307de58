import Core
import Database
import Web

/// Keeps the present filter of a list under a name.
struct SavedViewForm: Form {
    static let name = "organisation.views.form"
    static let fields: [Field] = [
        Field("list", .choice(ViewedList.allCases.map(\.rawValue))), Field("query", .text(600)),
        Field("name", .text(60)),
    ]

    let list: ViewedList
    let query: String
    let viewName: String

    init?(_ read: FormReader) {
        let list = read.choice("list").flatMap(ViewedList.init(rawValue:))
        let query = read.text("query")
        let name = read.text("name")
        if let query, !SavedViews.isQuery(query) { read.refuse("query", "web.field.choice") }
        guard let list, let query, let name else { return nil }
        self.list = list
        self.query = query
        viewName = VietnameseText.tidied(name)
    }
}

struct SavedViewRemoval: Button {
    static let name = "organisation.views.removal"
}

/// What a person keeps for themselves; no permit stands behind it, because nobody else has it and it opens nothing.
enum ViewRoutes {
    static let all: [Route] = [
        .get("/views", .signedIn, SavedViewsOutput.self) { try SavedViewsOutput.of($0) },
        .post("/views", .signedIn, SavedViewForm.self, again: { try SavedViewsOutput.of($0) }, save),
        .post("/views/:id/removal", .signedIn, SavedViewRemoval.self, again: { try SavedViewsOutput.of($0) }) {
            call, _ in try remove(call)
        },
    ]

    private static func save(_ call: Call<Actor>, _ form: SavedViewForm) throws -> Change {
        let kept = try SavedViews.of(call.who.person, on: form.list, call.reader)
        guard kept.count < SavedViews.most || kept.contains(where: { $0.name == form.viewName }) else {
            throw Refusal(
                .invalid, "organisation.views.refusal.tooMany", field: "name", ["most": "\(SavedViews.most)"])
        }
        let person = call.who.person
        return .session { database in
            try await database.unattended(.session) { tx in
                let view = SavedView(id: tx.ids.next(), list: form.list, name: form.viewName, query: form.query)
                try SavedViews.put(view, of: person, tx)
                return Receipt(location: view.href, flash: "organisation.views.flash.saved")
            }.receipt
        }
    }

    private static func remove(_ call: Call<Actor>) throws -> Change {
        let person = call.who.person
        let id = try call.id("id")
        guard try SavedViews.of(person, call.reader).contains(where: { $0.id == id }) else { throw NotFound() }
        return .session { database in
            try await database.unattended(.session) { tx in
                try SavedViews.remove(id, of: person, tx)
                return Receipt(location: "/views", flash: "organisation.views.flash.removed")
            }.receipt
        }
    }
}

/// A person's own filters, to be opened or taken out.
struct SavedViewsOutput: Output {
    let views: [SavedView]

    static var sample: SavedViewsOutput {
        SavedViewsOutput(views: [
            SavedView(id: ID(high: 1, low: 1), list: .areas, name: "Don Duong", query: "q=don")
        ])
    }

    static func of(_ call: Call<Actor>) throws -> SavedViewsOutput {
        SavedViewsOutput(views: try SavedViews.of(call.who.person, call.reader))
    }

    struct Line: Sendable {
        let name: String
        let href: String
        let list: String
        let removal: FormView
    }

    /// A name that was refused, to be put right.
    struct Again: Sendable {
        let form: FormView
        let list: String
        let query: String
        let field: WebField?
    }

    struct Content: Sendable {
        let head: WebHead
        let again: Again?
        let lines: [Line]
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let title = view("organisation.views.title")
        let form = view.form(SavedViewForm.self, action: "/views")
        return Page(
            "organisation-views", title: title,
            Content(
                head: WebHead(title: title, lead: view("organisation.views.lead")),
                again: form.typed.map { typed in
                    Again(
                        form: form, list: typed["list"] ?? "", query: typed["query"] ?? "", field: form.field["name"])
                },
                lines: views.map { one in
                    Line(
                        name: one.name, href: one.href, list: view("organisation.views.list.\(one.list.rawValue)"),
                        removal: view.form(SavedViewRemoval.self, action: "/views/\(one.id)/removal", hasPrimary: false)
                    )
                },
                empty: views.isEmpty
                    ? WebEmpty(
                        title: view("organisation.views.none"), text: view("organisation.views.noneText"),
                        example: WebLink("/areas", view("organisation.nav.areas"))) : nil))
    }
}
