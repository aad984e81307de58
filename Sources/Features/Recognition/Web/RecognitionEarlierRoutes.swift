import Core
import Criteria
import Database
import Documents
import Organisation
import Web

/// Titles that areas held before this system: from a file that is looked at, carried out and taken back, or one by one.
/// Whoever may enter a decision below a unit enters its earlier ones.
enum RecognitionEarlierRoutes {
    static func routes(_ references: [RecognitionTitleReference]) -> [Route] {
        [
            .get("/titles/imports", .holding(.issueDecision), RecognitionEarlierListOutput.self) { call in
                RecognitionEarlierListOutput(
                    imports: try RecognitionEarlierStore.batches(seenBy: call.sight, call.reader),
                    mayRecord: try !bases(call).isEmpty)
            },
            .get("/titles/imports/new", .holding(.issueDecision), RecognitionEarlierFileOutput.self) { try file($0) },
            .post(
                "/titles/imports", .holding(.issueDecision), RecognitionEarlierFileForm.self,
                bodyLimit: RecognitionEarlierFileForm.fileBytes + 65_536, again: { try file($0) }
            ) { try preview($0, $1) },
            .get("/titles/imports/:id", .holding(.issueDecision), RecognitionEarlierOutput.self) { try one($0) },
            .post(
                "/titles/imports/:id/confirmation", .holding(.issueDecision), RecognitionEarlierConfirmation.self,
                again: { try one($0) }
            ) { call, _ in try confirm(call) },
            .post(
                "/titles/imports/:id/reversal", .holding(.issueDecision), RecognitionEarlierReversal.self,
                again: { try one($0) }
            ) { call, _ in try reverse(call, references) },
            .get(
                "/titles/earlier/new", .holding(.issueDecision), RecognitionEarlierFormOutput.self,
                query: [Field("area", .record, optional: true)]
            ) { try form($0) },
            .post(
                "/titles/earlier", .holding(.issueDecision), RecognitionEarlierForm.self, again: { try form($0) }
            ) { try record($0, $1) },
        ]
    }

    static func bases(_ call: Call<Actor>) throws -> [TerritoryTitle] {
        try RecognitionEarlierStore.bases(of: call.who, on: call.today, call.reader)
    }

    /// Whether this person enters earlier titles at a place.
    static func mayRecord(at place: [ID], _ call: Call<Actor>) throws -> Bool {
        guard call.who.holds(.issueDecision) else { return false }
        return try bases(call).contains { place.contains($0.id) }
    }

    /// The pages for choosing: nobody gets there who could not go on.
    private static func ownBases(_ call: Call<Actor>) throws -> [TerritoryTitle] {
        let bases = try bases(call)
        guard !bases.isEmpty else { throw Refusal(.forbidden, "recognition.earlier.refusal.notDecider") }
        return bases
    }

    private static func permit<Subject: Governed>(
        over subject: Subject, _ call: Call<Actor>
    ) throws -> Permit<Subject> {
        let permit = try call.permit(.issueDecision, subject)
        guard try mayRecord(at: subject.place, call) else {
            throw Refusal(.forbidden, "recognition.earlier.refusal.notDecider")
        }
        return permit
    }

    private static func titles(below base: ID?, _ call: Call<Actor>) throws -> [Criteria.Title] {
        guard let base else { return [] }
        let set = try CriteriaStore.current(.residentialArea, on: call.today, for: base, call.reader)?.set
        guard let titles = set?.titles, !titles.isEmpty else { return [] }
        guard try RecognitionStore.decidingLevel(of: base, call.reader) == .commune else { return titles }
        return titles.filter { $0.deciders.contains { $0.level == .commune } }
    }

    /// The unit chosen, this person's right over it, and the body they act for.
    private static func allowed(
        _ base: ID, _ call: Call<Actor>
    ) throws -> (permit: Permit<Territory>, own: ID?) {
        let territory = try RecognitionStore.territory(base, seenBy: call.sight, call.reader)
        let permit = try permit(over: territory, call)
        guard try !titles(below: base, call).isEmpty else {
            throw Refusal(.invalid, "recognition.earlier.refusal.noCriteria")
        }
        return (permit, permit.grant?.organisation)
    }

    // A file.

    private static func file(_ call: Call<Actor>) throws -> RecognitionEarlierFileOutput {
        let bases = try ownBases(call)
        return RecognitionEarlierFileOutput(
            bases: bases, titles: try titles(below: bases.first?.id, call).map { RecognitionName($0.name) })
    }

    private static func preview(_ call: Call<Actor>, _ form: RecognitionEarlierFileForm) throws -> Change {
        let (permit, own) = try allowed(form.base, call)
        let (base, person, today) = (form.base, call.who.person, call.today)
        return .write(
            permit, as: "titleImport.preview",
            after: { database in
                let known = try await database.read {
                    try RecognitionEarlier.known(below: base, own: own, today: today, $0)
                }
                return try await SlowWork.run {
                    try RecognitionEarlier.read(form.file.bytes, named: form.file.name, known)
                }
            },
            { tx, plan in
                let name = String(VietnameseText.tidied(form.file.name).prefix(200))
                let id = try RecognitionEarlierStore.keep(
                    plan, fileName: name, isForm: false, base: base, by: person, letters: { Column.letters($0) }, tx)
                tx.note("import.file", to: name)
                return Receipt(id: id, location: "/titles/imports/\(id)", version: 1)
            })
    }

    private static func batch(_ call: Call<Actor>) throws -> RecognitionEarlier.Batch {
        try RecognitionEarlierStore.batch(try call.id("id"), seenBy: call.sight, call.reader)
    }

    private static func one(_ call: Call<Actor>) throws -> RecognitionEarlierOutput {
        let batch = try batch(call)
        return RecognitionEarlierOutput(
            batch: batch, base: try RecognitionStore.title(of: batch.territory, call.reader),
            remarks: try RecognitionEarlierStore.remarks(of: batch.id, call.reader),
            rows: try RecognitionEarlierStore.rows(
                of: batch.id, limit: RecognitionEarlierStore.rowsShown, call.reader),
            mayConfirm: try mayRecord(at: batch.place, call))
    }

    private static func confirm(_ call: Call<Actor>) throws -> Change {
        let batch = try batch(call)
        let permit = try permit(over: batch, call)
        return .write(permit, as: "titleImport.confirm") { tx in
            try tx.move("title_import", batch.id, from: batch.revision)
            try RecognitionEarlierStore.carryOut(
                batch, own: permit.grant?.organisation, Recognition.Deed(permit, tx), tx)
            tx.note("import.added", to: "\(batch.added)")
            return Receipt(
                id: batch.id, location: "/titles/imports/\(batch.id)", version: batch.revision + 1,
                flash: "organisation.import.flash.done")
        }
    }

    private static func reverse(
        _ call: Call<Actor>, _ references: [RecognitionTitleReference]
    ) throws -> Change {
        let batch = try batch(call)
        let permit = try permit(over: batch, call)
        return .write(permit, as: "titleImport.undo") { tx in
            try tx.move("title_import", batch.id, from: batch.revision)
            try RecognitionEarlierStore.undo(batch, references, tx)
            tx.note("import.state", from: "done", to: "undone")
            return Receipt(
                id: batch.id, location: "/titles/imports/\(batch.id)", version: batch.revision + 1,
                flash: "organisation.import.flash.undone")
        }
    }

    // One title.

    private static func form(_ call: Call<Actor>) throws -> RecognitionEarlierFormOutput {
        let bases = try ownBases(call)
        var place: [TerritoryTitle] = []
        if let id = call.query["area"].flatMap({ ID($0) }) {
            let area = try RecognitionStore.territory(id, seenBy: call.sight, call.reader)
            guard area.kind == .area else { throw NotFound() }
            place = [area.title]
            if let above = area.parent { place.append(try RecognitionStore.title(of: above, call.reader)) }
        }
        let own = call.who.grants.first { $0.territory == bases.first?.id }?.organisation
        return RecognitionEarlierFormOutput(
            bases: bases, place: place,
            titles: try titles(below: bases.first?.id, call).map {
                RecognitionEarlierFormOutput.Choice(code: $0.code, name: RecognitionName($0.name))
            },
            body: try own.flatMap { try RecognitionStore.organisationName($0, call.reader) })
    }

    private static func record(_ call: Call<Actor>, _ form: RecognitionEarlierForm) throws -> Change {
        var faults = FormFaults()
        let found = try faults.record("base") { try allowed(form.base, call) }
        let (permit, own) = try faults.found(found)
        let known = try RecognitionEarlier.known(
            below: form.base, own: own, today: call.today,
            one: RecognitionEarlier.One(area: form.area, commune: form.commune), call.reader)
        var planner = RecognitionEarlier.Planner(RecognitionEarlier.Header(), known)
        planner.take(sheet: "", number: 1, cells: form.cells)
        let plan = planner.finish()
        for remark in plan.remarks where remark.isFault { faults.add(remark.refusal(call.language)) }
        if plan.unchanged > 0 {
            faults.add(Refusal(.invalid, "recognition.earlier.refusal.there", field: "number"))
        }
        try faults.say()
        guard let item = plan.items.first else { throw Refusal(.invalid, "web.field.missing") }
        let person = call.who.person
        return .write(permit, as: "title.recordEarlier") { tx in
            let id = try RecognitionEarlierStore.keep(
                plan, fileName: "\(item.areaName): \(item.titleName)", isForm: true, base: form.base, by: person,
                letters: { Column.letters($0) }, tx)
            let batch = try RecognitionEarlierStore.batch(id, made: tx)
            try RecognitionEarlierStore.carryOut(batch, own: own, Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: id, location: "/titles/imports/\(id)", version: 1, flash: "recognition.earlier.flash.recorded")
        }
    }
}

extension RecognitionEarlier.Remark {
    /// The same beside the field of the form for a single title.
    fileprivate func refusal(_ language: Language) -> Refusal {
        var arguments = arguments
        if let day = arguments["day"].flatMap({ Day(iso: $0) }) { arguments["day"] = language.format.day(day) }
        let field = subject == .areaCode ? RecognitionEarlier.Column.area : subject
        // There is one row only, so another row cannot be what stands in the way.
        return Refusal(.invalid, "recognition.earlier.remark.\(key)", field: field.rawValue, arguments)
    }
}
