import Core
import Database
import Organisation
import Web

/// The form for new rules, or for another text of a draft.
struct CriteriaRulesImportOutput: Output {
    /// The draft whose text is replaced; nil for new rules.
    let draft: CriteriaRulesRecordAnswer?
    let text: String?
    /// For whom this person may import.
    let territories: [TerritoryTitle]

    static var sample: CriteriaRulesImportOutput {
        CriteriaRulesImportOutput(
            draft: CriteriaRulesRecordAnswer(.sample), text: "kind: rules",
            territories: [
                TerritoryTitle(id: ID(high: 1, low: 2), kind: .province, designation: .province, name: "Lam Dong")
            ])
    }

    static func new(_ call: Call<Actor>) throws -> CriteriaRulesImportOutput {
        CriteriaRulesImportOutput(draft: nil, text: nil, territories: try CriteriaImportOutput.new(call).territories)
    }

    static func replacing(_ call: Call<Actor>) throws -> CriteriaRulesImportOutput {
        let record = try CriteriaRulesImports.draft(call)
        _ = try call.permit(.importCriteria, record)
        return CriteriaRulesImportOutput(
            draft: CriteriaRulesRecordAnswer(record), text: try CriteriaRulesStore.source(record.id, call.reader),
            territories: [])
    }

    func page(_ view: View) -> Page {
        var form =
            draft.map {
                view.form(
                    CriteriaTextForm.self, action: "/rules/\($0.id)/text",
                    filled: ["text": text ?? "", "revision": "\($0.revision)"])
            }
            ?? view.form(
                CriteriaRulesImportForm.self, action: "/rules",
                filled: territories.count == 1 ? ["territory": "\(territories[0].id)"] : [:],
                options: [
                    "territory": territories.map { title in
                        WebOption(value: "\(title.id)", label: title.headed { view($0, $1) })
                    }
                ])
        let typed = kept(view)
        let faults = typed.map { Criteria.YAML.readRules($0).faults } ?? []
        let hindering = faults.filter { !$0.isWarning }.count
        if hindering > 0, form.errors != nil {
            form.errors = WebErrors(
                count: hindering, links: [WebErrors.Link(field: "faults", text: view("criteria.import.see"))],
                kept: nil)
        }
        form.actions.link = WebLink(draft.map { "/rules/\($0.id)" } ?? "/rules", view("criteria.import.back"))
        let title = view(draft == nil ? "criteria.rules.importTitle" : "criteria.draft.title")
        let fields = form.fields.filter { $0.name != "revision" }.map { field in
            var field = field
            // The text of a file that was refused comes back in the field, where it can be mended.
            if field.name == "text", let typed { field.value = typed }
            return field
        }
        return Page(
            "criteria-rules-import", title: title,
            CriteriaImportOutput.Content(
                head: WebHead(
                    title: title, lead: view(draft == nil ? "criteria.rules.importLead" : "criteria.draft.lead"),
                    crumbs: [WebCrumb(view("criteria.rules.list"), "/rules")]
                        + (draft.map { [WebCrumb("\($0.code) · \($0.version)", "/rules/\($0.id)")] } ?? [])),
                action: form.action,
                errors: form.errors ?? view.form(CriteriaRemovalForm.self, action: "").errors,
                faultsTitle: hindering > 0
                    ? view("criteria.import.faults", ["count": view.language.format.integer(hindering)]) : nil,
                faults: hindering > 0 ? CriteriaFaultList(faults, view) : nil,
                fields: fields.filter { $0.name != "text" }, whole: fields.first { $0.name == "text" },
                revision: draft.map {
                    view.submitted?.isConflict == true ? "\($0.revision)" : form.field["revision"]?.value ?? ""
                }, actions: form.actions,
                removal: draft.map {
                    CriteriaImportOutput.Removal(
                        action: "/rules/\($0.id)/removal", revision: "\($0.revision)",
                        actions: WebActions(verb: view("criteria.removal.verb"), isPrimary: false))
                }))
    }

    private func kept(_ view: View) -> String? {
        guard let back = view.submitted, [CriteriaRulesImportForm.name, CriteriaTextForm.name].contains(back.form)
        else { return nil }
        if let file = back.input.files["file"], !file.bytes.isEmpty { return CriteriaTextInput.decoded(file.bytes) }
        return back.input.values["text"].flatMap { $0.isEmpty ? nil : CriteriaTextInput.tidied($0) }
    }
}

/// New rules: whose they are, and their text.
struct CriteriaRulesImportForm: Form {
    static let name = "criteria.rulesImport"
    static let fields: [Field] = [
        Field("territory", .record),
        Field("file", .file(Criteria.YAML.maximumBytes), optional: true, accept: ".yaml,.yml,.txt,text/plain"),
        Field("text", .longText(Criteria.YAML.maximumBytes), optional: true),
    ]

    let territory: ID
    let text: String

    init?(_ read: FormReader) {
        let territory = read.record("territory")
        let text = CriteriaTextInput.text(read)
        guard let territory, let text else { return nil }
        self.territory = territory
        self.text = text
    }
}

/// What is done with texts and drafts of rules.
enum CriteriaRulesImports {
    static func draft(_ call: Call<Actor>) throws -> StoredCriteriaRules {
        let record = try CriteriaRulesStore.stored(call.id("id"), seenBy: call.sight, call.reader)
        guard record.status == .draft else { throw Refusal(.conflict, "criteria.refusal.published") }
        return record
    }

    static func add(_ call: Call<Actor>, _ form: CriteriaRulesImportForm) throws -> Change {
        let owner: Territory
        do {
            owner = try OrganisationStore.territory(form.territory, seenBy: call.sight, call.reader)
        } catch is NotFound {
            throw Refusal(.invalid, "web.field.choice", field: "territory")
        }
        let permit = try call.permit(.importCriteria, owner)
        let draft = try accepted(form.text, owner.id, call)
        if let refusal = try CriteriaRulesStore.refusal(of: draft, call.reader) { throw refusal }
        return .write(permit, as: "rules.import") { tx in
            let id = try CriteriaRulesStore.add(draft, tx)
            return Receipt(id: id, location: "/rules/\(id)", version: 1, flash: "criteria.rules.flash.imported")
        }
    }

    static func replace(_ call: Call<Actor>, _ form: CriteriaTextForm) throws -> Change {
        let record = try draft(call)
        let permit = try call.permit(.importCriteria, record)
        try same(record, form.revision)
        let draft = try accepted(form.text, record.territory, call)
        try CriteriaRulesStore.refuseOther(draft, than: record)
        return .write(permit, as: "rules.change") { tx in
            try CriteriaRulesStore.replace(record, with: draft, tx)
            return Receipt(
                id: record.id, location: record.href, version: record.revision + 1,
                flash: "criteria.rules.flash.changed")
        }
    }

    static func remove(_ call: Call<Actor>, _ form: CriteriaRemovalForm) throws -> Change {
        let record = try draft(call)
        let permit = try call.permit(.importCriteria, record)
        try same(record, form.revision)
        return .write(permit, as: "rules.remove") { tx in
            try CriteriaRulesStore.remove(record, tx)
            return Receipt(id: record.id, location: "/rules", flash: "criteria.rules.flash.removed")
        }
    }

    static func same(_ record: StoredCriteriaRules, _ revision: Int) throws {
        guard record.revision == revision else { throw Refusal(.conflict, "web.refusal.movedMeanwhile") }
    }

    private static func accepted(_ text: String, _ owner: ID, _ call: Call<Actor>) throws -> NewCriteriaRules {
        do {
            return try NewCriteriaRules(text, for: owner, by: call.who.person)
        } catch let faulty as FaultyCriteria {
            let refusals = faulty.faults.filter { !$0.isWarning }.map { fault in
                Refusal(.invalid, fault.words, field: fault.place.isEmpty ? "text" : fault.place, fault.arguments)
            }
            throw Refusal.of(refusals) ?? Refusal(.invalid, "criteria.refusal.noText", field: "text")
        }
    }
}
