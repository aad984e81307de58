import Core
import Database
import Web

/// Before a set is published: what will happen, what hinders it, what is only warned about.
struct CriteriaPublicationOutput: Output {
    let record: CriteriaRecordAnswer
    let isPossible: Bool
    let faults: [CriteriaFaultAnswer]
    /// The versions that this one puts out of use.
    let replaces: [CriteriaRecordAnswer]
    private let behind: CriteriaBehind<Shown>

    private enum CodingKeys: CodingKey { case record, isPossible, faults, replaces }

    struct Shown: Sendable {
        let record: StoredCriteriaSet
        let set: CriteriaSet
        let publication: Criteria.Publication
        let replaces: [StoredCriteriaSet]
        /// The frame, where it is kept here.
        let frame: StoredCriteriaSet?
        var frameSet: CriteriaSet?
    }

    static var sample: CriteriaPublicationOutput {
        CriteriaPublicationOutput(
            Shown(
                record: .sample, set: .sample,
                publication: Criteria.Publication(of: .sample, reading: [.sample], frame: nil, newest: nil),
                replaces: [.sample], frame: .sample))
    }

    private init(_ shown: Shown) {
        record = CriteriaRecordAnswer(shown.record)
        isPossible = shown.publication.isPossible
        faults = shown.publication.faults.map(CriteriaFaultAnswer.init)
        replaces = shown.replaces.map(CriteriaRecordAnswer.init)
        behind = CriteriaBehind(shown)
    }

    static func of(_ call: Call<Actor>) throws -> CriteriaPublicationOutput {
        let record = try CriteriaStore.draft(call)
        _ = try call.permit(.publishCriteria, record)
        let set = try CriteriaStore.set(record.id, call.reader)
        return CriteriaPublicationOutput(
            Shown(
                record: record, set: set,
                publication: try CriteriaStore.publication(of: record, on: call.today, call.reader),
                replaces: try CriteriaStore.versions(of: record, seenBy: call.sight, call.reader)
                    .filter { $0.status == .published },
                frame: try set.frame.flatMap { try CriteriaStore.frameRecord($0, call.reader) },
                frameSet: try frame(of: set, call.reader)))
    }

    /// The frame that a set was derived from, where it is kept here.
    static func frame(of set: CriteriaSet, _ reader: any Reader) throws -> CriteriaSet? {
        guard let frame = set.frame, let kept = try CriteriaStore.frameRecord(frame, reader) else { return nil }
        return try CriteriaStore.set(kept.id, reader)
    }

    /// Publishes what the person saw.
    static func publish(_ call: Call<Actor>, _ form: CriteriaPublicationForm) throws -> Change {
        let record = try CriteriaStore.draft(call)
        let permit = try call.permit(.publishCriteria, record)
        try CriteriaImports.same(record, form.revision)
        let publication = try CriteriaStore.publication(of: record, on: call.today, call.reader)
        let set = try CriteriaStore.set(record.id, call.reader)
        let (frame, texts) = (try frame(of: set, call.reader), CriteriaTexts(call.words))
        let refusals = publication.hinders.map {
            Refusal(.invalid, $0.words, field: $0.place, texts.arguments(of: $0, in: set, frame: frame))
        }
        if let refusal = Refusal.of(refusals) { throw refusal }
        let document = try form.document(of: record.label, from: record.effectiveFrom, on: call.today)
        let person = call.who.person
        return .write(permit, as: "criteriaSet.publish") { tx in
            try CriteriaStore.publish(record, by: person, document: document, tx)
            return Receipt(
                id: record.id, location: record.href, version: record.revision + 1, flash: "criteria.flash.published")
        }
    }

    struct Content: Sendable {
        let head: WebHead
        let errors: WebErrors?
        let notice: WebNotice
        let people: WebNotice?
        let will: [String]
        let facts: WebFacts
        let differences: [WebLink]
        let faultsTitle: String?
        let faults: CriteriaFaultList?
        let form: Pressed?
        let mend: WebLink?
    }

    /// The button; there is none while something hinders.
    struct Pressed: Sendable {
        let action: String
        let revision: String
        let fields: [WebField]
        let actions: WebActions
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
        let faults = shown.publication.faults
        let title = view("criteria.publication.title")
        return Page(
            "criteria-publication", title: title,
            Content(
                head: WebHead(
                    title: title, lead: shown.record.name(in: view.language),
                    crumbs: [
                        WebCrumb(view("criteria.list.title"), "/criteria"),
                        WebCrumb("\(shown.record.code) · \(shown.record.version)", shown.record.href),
                    ], status: texts.status(shown.record.status)),
                // What hinders stands in the list below, whether the button was pressed or not.
                errors: isPossible || view.submitted?.isConflict == true ? form.errors : nil,
                notice: isPossible
                    ? WebNotice(
                        .wait, bold: view("criteria.publication.once"), text: view("criteria.publication.onceText"))
                    : WebNotice(.error, text: view("criteria.publication.hindered")),
                people: texts.people(shown.publication.aboutPeople, in: shown.record),
                will: will(view), facts: facts(texts, view),
                differences: shown.replaces.map {
                    WebLink(
                        "\(shown.record.href)/difference/\($0.id)",
                        view("criteria.set.difference", ["version": view.language.format.integer($0.version)]))
                }
                    + [shown.frame].compactMap(\.self).map {
                        WebLink(
                            "\(shown.record.href)/difference/\($0.id)", view("criteria.set.frameDifference"))
                    },
                faultsTitle: faults.isEmpty
                    ? nil
                    : view(
                        isPossible ? "criteria.set.warned" : "criteria.set.hindered",
                        [
                            "count": view.language.format.integer(
                                isPossible ? faults.count : shown.publication.hinders.count)
                        ]),
                faults: faults.isEmpty ? nil : CriteriaFaultList(faults, in: shown.set, frame: shown.frameSet, view),
                form: isPossible
                    ? Pressed(
                        action: form.action, revision: "\(shown.record.revision)",
                        fields: form.fields.filter { $0.name != "revision" && ($0.name != "past" || isPast) },
                        actions: actions) : nil,
                mend: isPossible ? nil : WebLink(shown.record.href + "/text", view("criteria.set.edit"))))
    }

    private func will(_ view: View) -> [String] {
        let shown = behind.value
        var lines = [
            view("criteria.publication.everybody"),
            view("criteria.publication.from", ["day": view.day(shown.record.effectiveFrom)]),
            view("criteria.publication.never"),
        ]
        lines += shown.replaces.map {
            view(
                "criteria.publication.replaces",
                [
                    "version": view.language.format.integer($0.version), "day": view.day(shown.record.effectiveFrom),
                ])
        }
        if shown.record.effectiveFrom < view.today {
            lines.append(view("criteria.publication.pastStart", ["day": view.day(shown.record.effectiveFrom)]))
        }
        if shown.record.label == .namesOnly { lines.append(view("criteria.publication.namesOnly")) }
        return lines
    }

    private func facts(_ texts: CriteriaTexts, _ view: View) -> WebFacts {
        let set = behind.value.set
        return WebFacts(facts: [
            WebFact(view("criteria.about.subject"), view("criteria.subject.\(set.subject.rawValue)")),
            WebFact(
                view("criteria.publication.titles"), set.titles.map { texts.name($0.name) }.joined(separator: ", ")),
            WebFact(view("criteria.publication.indicators"), view.language.format.integer(set.indicators.count)),
            WebFact(view("criteria.about.issuer"), set.issuer.isEmpty ? view("criteria.text.notGiven") : set.issuer),
        ])
    }
}
