import Core
import Database
import Web

/// Before rules are published: what will happen, what hinders it.
struct CriteriaRulesPublicationOutput: Output {
    let record: CriteriaRulesRecordAnswer
    let isPossible: Bool
    let faults: [CriteriaFaultAnswer]
    /// The version that this one puts out of use.
    let replaces: [CriteriaRulesRecordAnswer]
    private let behind: CriteriaBehind<Shown>

    private enum CodingKeys: CodingKey { case record, isPossible, faults, replaces }

    struct Shown: Sendable {
        let record: StoredCriteriaRules
        let faults: [Criteria.Fault]
        let replaces: [StoredCriteriaRules]
    }

    static var sample: CriteriaRulesPublicationOutput {
        CriteriaRulesPublicationOutput(Shown(record: .sample, faults: [.sample], replaces: [.sample]))
    }

    private init(_ shown: Shown) {
        record = CriteriaRulesRecordAnswer(shown.record)
        isPossible = shown.faults.allSatisfy(\.isWarning)
        faults = shown.faults.map(CriteriaFaultAnswer.init)
        replaces = shown.replaces.map(CriteriaRulesRecordAnswer.init)
        behind = CriteriaBehind(shown)
    }

    static func of(_ call: Call<Actor>) throws -> CriteriaRulesPublicationOutput {
        let record = try CriteriaRulesImports.draft(call)
        _ = try call.permit(.publishCriteria, record)
        return CriteriaRulesPublicationOutput(
            Shown(
                record: record, faults: try CriteriaRulesStore.publication(of: record, on: call.today, call.reader),
                replaces: try CriteriaRulesStore.versions(of: record, seenBy: call.sight, call.reader)
                    .filter { $0.status == .published }))
    }

    static func publish(_ call: Call<Actor>, _ form: CriteriaPublicationForm) throws -> Change {
        let record = try CriteriaRulesImports.draft(call)
        let permit = try call.permit(.publishCriteria, record)
        try CriteriaRulesImports.same(record, form.revision)
        let refusals = try CriteriaRulesStore.publication(of: record, on: call.today, call.reader).filter {
            !$0.isWarning
        }
        .map { Refusal(.invalid, $0.words, field: $0.place, $0.arguments) }
        if let refusal = Refusal.of(refusals) { throw refusal }
        let document = try form.document(of: record.label, from: record.effectiveFrom, on: call.today)
        let person = call.who.person
        return .write(permit, as: "rules.publish") { tx in
            try CriteriaRulesStore.publish(record, by: person, document: document, tx)
            return Receipt(
                id: record.id, location: record.href, version: record.revision + 1,
                flash: "criteria.rules.flash.published")
        }
    }

    func page(_ view: View) -> Page {
        let shown = behind.value
        let texts = CriteriaTexts(view)
        let form = view.form(
            CriteriaPublicationForm.self, action: shown.record.href + "/publication",
            filled: ["revision": "\(shown.record.revision)"])
        let isPast = shown.record.effectiveFrom < view.today
        var actions = form.actions
        actions.link = WebLink(shown.record.href, view("criteria.publication.back"))
        let title = view("criteria.rules.publicationTitle")
        let hindering = shown.faults.filter { !$0.isWarning }.count
        return Page(
            "criteria-publication", title: title,
            CriteriaPublicationOutput.Content(
                head: WebHead(
                    title: title, lead: shown.record.name(in: view.language),
                    crumbs: [
                        WebCrumb(view("criteria.rules.list"), "/rules"),
                        WebCrumb("\(shown.record.code) · \(shown.record.version)", shown.record.href),
                    ], status: texts.status(shown.record.status)),
                errors: isPossible || view.submitted?.isConflict == true ? form.errors : nil,
                notice: isPossible
                    ? WebNotice(
                        .wait, bold: view("criteria.publication.once"), text: view("criteria.publication.onceText"))
                    : WebNotice(.error, text: view("criteria.publication.hindered")),
                people: nil, will: will(view),
                facts: WebFacts(facts: [
                    WebFact(view("criteria.about.subject"), view("criteria.subject.\(shown.record.subject.rawValue)")),
                    WebFact(
                        view("criteria.about.issuer"),
                        shown.record.issuer.isEmpty ? view("criteria.text.notGiven") : shown.record.issuer),
                ]),
                differences: shown.replaces.map {
                    WebLink(
                        "\(shown.record.href)/difference/\($0.id)",
                        view("criteria.set.difference", ["version": view.language.format.integer($0.version)]))
                },
                faultsTitle: shown.faults.isEmpty
                    ? nil
                    : view(
                        isPossible ? "criteria.set.warned" : "criteria.set.hindered",
                        ["count": view.language.format.integer(isPossible ? shown.faults.count : hindering)]),
                faults: shown.faults.isEmpty ? nil : CriteriaFaultList(shown.faults, view),
                form: isPossible
                    ? CriteriaPublicationOutput.Pressed(
                        action: form.action, revision: "\(shown.record.revision)",
                        fields: form.fields.filter { $0.name != "revision" && ($0.name != "past" || isPast) },
                        actions: actions) : nil,
                mend: isPossible ? nil : WebLink(shown.record.href + "/text", view("criteria.set.edit"))))
    }

    private func will(_ view: View) -> [String] {
        let shown = behind.value
        let day = view.day(shown.record.effectiveFrom)
        return [
            view("criteria.rules.will.everybody"), view("criteria.rules.will.from", ["day": day]),
            view("criteria.publication.never"),
        ]
            + (shown.record.effectiveFrom < view.today ? [view("criteria.publication.pastStart", ["day": day])] : [])
            + shown.replaces.map {
                view("criteria.rules.will.replaces", ["version": "\($0.version)", "day": day])
            }
    }
}
