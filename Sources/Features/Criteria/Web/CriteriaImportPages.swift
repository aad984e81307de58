import Core
import Database
import Organisation
import Web

/// The form for a new set, or for another text of a draft.
struct CriteriaImportOutput: Output {
    /// The draft whose text is replaced; nil for a new set.
    let draft: CriteriaRecordAnswer?
    /// The text as it stands; nil for a new set.
    let text: String?
    /// For whom this person may import.
    let territories: [TerritoryTitle]

    static var sample: CriteriaImportOutput {
        CriteriaImportOutput(
            draft: CriteriaRecordAnswer(.sample), text: "code: KDC",
            territories: [
                TerritoryTitle(id: ID(high: 1, low: 2), kind: .province, designation: .province, name: "Lam Dong")
            ])
    }

    static func new(_ call: Call<Actor>) throws -> CriteriaImportOutput {
        let able = call.who.grants.filter {
            $0.role.capabilities.contains(.importCriteria) && $0.term.contains(call.today)
        }
        let titles = try OrganisationStore.titles(of: Array(Set(able.map(\.territory))), call.reader)
        return CriteriaImportOutput(
            draft: nil, text: nil,
            territories: titles.values.sorted {
                ($0.kind.rawValue, $0.name, $0.id) < ($1.kind.rawValue, $1.name, $1.id)
            })
    }

    static func replacing(_ call: Call<Actor>) throws -> CriteriaImportOutput {
        let record = try CriteriaStore.draft(call)
        // Visible, but somebody else's to change: said before anything is typed.
        _ = try call.permit(.importCriteria, record)
        return CriteriaImportOutput(
            draft: CriteriaRecordAnswer(record), text: try CriteriaStore.source(record.id, call.reader), territories: []
        )
    }

    struct Content: Sendable {
        let head: WebHead
        let action: String
        let errors: WebErrors?
        let faultsTitle: String?
        let faults: CriteriaFaultList?
        let fields: [WebField]
        /// The set's text, in a field as tall as the window: a set is some hundred lines.
        let whole: WebField?
        /// Not empty for a draft.
        let revision: String?
        let actions: WebActions
        let removal: Removal?
    }

    struct Removal: Sendable {
        let action: String
        let revision: String
        let actions: WebActions
    }

    func page(_ view: View) -> Page {
        var form =
            draft.map {
                view.form(
                    CriteriaTextForm.self, action: "/criteria/\($0.id)/text",
                    filled: ["text": text ?? "", "revision": "\($0.revision)"])
            }
            ?? view.form(
                CriteriaImportForm.self, action: "/criteria",
                filled: territories.count == 1 ? ["territory": "\(territories[0].id)"] : [:],
                options: [
                    "territory": territories.map { title in
                        WebOption(value: "\(title.id)", label: title.headed { view($0, $1) })
                    }
                ])
        let typed = kept(view)
        let removal = view.form(CriteriaRemovalForm.self, action: "")
        let faults = typed.map { Criteria.YAML.read($0).faults } ?? []
        let hindering = faults.filter { !$0.isWarning }.count
        if hindering > 0, form.errors != nil {
            // The list below says each with its line; the summary says how many and where to begin.
            form.errors = WebErrors(
                count: hindering,
                links: [
                    WebErrors.Link(field: "faults", text: view("criteria.import.see"))
                ], kept: nil)
        }
        form.actions.link = WebLink(draft.map { "/criteria/\($0.id)" } ?? "/criteria", view("criteria.import.back"))
        let title = view(draft == nil ? "criteria.import.title" : "criteria.draft.title")
        return Page(
            "criteria-import", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view(draft == nil ? "criteria.import.lead" : "criteria.draft.lead"),
                    crumbs: [WebCrumb(view("criteria.list.title"), "/criteria")]
                        + (draft.map { [WebCrumb("\($0.code) · \($0.version)", "/criteria/\($0.id)")] } ?? [])),
                action: form.action, errors: form.errors ?? removal.errors,
                faultsTitle: hindering > 0 ? view("criteria.import.faults", ["count": format(hindering, view)]) : nil,
                faults: hindering > 0 ? CriteriaFaultList(faults, view) : nil,
                fields: shown(form, typed).filter { $0.name != "text" },
                whole: shown(form, typed).first { $0.name == "text" },
                // After a conflict the next press is meant for what stands there now.
                revision: draft.map {
                    view.submitted?.isConflict == true ? "\($0.revision)" : form.field["revision"]?.value ?? ""
                }, actions: form.actions,
                removal: draft.map {
                    Removal(
                        action: "/criteria/\($0.id)/removal", revision: "\($0.revision)",
                        actions: WebActions(verb: view("criteria.removal.verb"), isPrimary: false))
                }))
    }

    private func format(_ number: Int, _ view: View) -> String { view.language.format.integer(number) }

    /// What was sent and refused: the file's text, else the field's.
    private func kept(_ view: View) -> String? {
        guard let back = view.submitted, [CriteriaImportForm.name, CriteriaTextForm.name].contains(back.form) else {
            return nil
        }
        if let file = back.input.files["file"], !file.bytes.isEmpty { return CriteriaTextInput.decoded(file.bytes) }
        return back.input.values["text"].flatMap { $0.isEmpty ? nil : CriteriaTextInput.tidied($0) }
    }

    /// The text of a file that was refused comes back in the field, where it can be mended.
    private func shown(_ form: FormView, _ typed: String?) -> [WebField] {
        form.fields.filter { $0.name != "revision" }.map { field in
            var field = field
            if field.name == "text", let typed { field.value = typed }
            return field
        }
    }
}

extension CriteriaStore {
    /// The draft named in the path; what was published meanwhile is said, not hidden.
    static func draft(_ call: Call<Actor>) throws -> StoredCriteriaSet {
        let record = try stored(call.id("id"), seenBy: call.sight, call.reader)
        guard record.status == .draft else { throw Refusal(.conflict, "criteria.refusal.published") }
        return record
    }
}

/// What is done with texts and drafts.
enum CriteriaImports {
    static func add(_ call: Call<Actor>, _ form: CriteriaImportForm) throws -> Change {
        let owner: Territory
        do {
            owner = try OrganisationStore.territory(form.territory, seenBy: call.sight, call.reader)
        } catch is NotFound {
            throw Refusal(.invalid, "web.field.choice", field: "territory")
        }
        let permit = try call.permit(.importCriteria, owner)
        let draft = try accepted(form.text, owner.id, call)
        if let refusal = try CriteriaStore.refusal(of: draft, call.reader) { throw refusal }
        let isWarned = !Criteria.peopleWarnings(in: draft.set).isEmpty
        return .write(permit, as: "criteriaSet.import") { tx in
            let id = try CriteriaStore.add(draft, tx)
            return Receipt(
                id: id, location: "/criteria/\(id)", version: 1,
                flash: isWarned ? "criteria.flash.importedWarned" : "criteria.flash.imported")
        }
    }

    static func replace(_ call: Call<Actor>, _ form: CriteriaTextForm) throws -> Change {
        let record = try CriteriaStore.draft(call)
        let permit = try call.permit(.importCriteria, record)
        try same(record, form.revision)
        let draft = try accepted(form.text, record.territory, call)
        try CriteriaStore.refuseOther(draft, than: record)
        let isWarned = !Criteria.peopleWarnings(in: draft.set).isEmpty
        return .write(permit, as: "criteriaSet.change") { tx in
            try CriteriaStore.replace(record, with: draft, tx)
            return Receipt(
                id: record.id, location: record.href, version: record.revision + 1,
                flash: isWarned ? "criteria.flash.changedWarned" : "criteria.flash.changed")
        }
    }

    static func remove(_ call: Call<Actor>, _ form: CriteriaRemovalForm) throws -> Change {
        let record = try CriteriaStore.draft(call)
        let permit = try call.permit(.importCriteria, record)
        try same(record, form.revision)
        return .write(permit, as: "criteriaSet.remove") { tx in
            try CriteriaStore.remove(record, tx)
            return Receipt(id: record.id, location: "/criteria", flash: "criteria.flash.removed")
        }
    }

    /// The person saw this revision, or is told that somebody was faster.
    static func same(_ record: StoredCriteriaSet, _ revision: Int) throws {
        guard record.revision == revision else { throw Refusal(.conflict, "web.refusal.movedMeanwhile") }
    }

    /// The text as a draft, or every fault at once, each under its place in the file.
    private static func accepted(_ text: String, _ owner: ID, _ call: Call<Actor>) throws -> NewCriteriaSet {
        do {
            return try NewCriteriaSet(text, for: owner, by: call.who.person)
        } catch let faulty as FaultyCriteria {
            let refusals = faulty.faults.filter { !$0.isWarning }.map { fault in
                Refusal(
                    .invalid, fault.words, field: fault.place.isEmpty ? "text" : fault.place, fault.arguments)
            }
            throw Refusal.of(refusals) ?? Refusal(.invalid, "criteria.refusal.noText", field: "text")
        }
    }
}
