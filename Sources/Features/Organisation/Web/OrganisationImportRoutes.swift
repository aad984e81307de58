import Core
import Database
import Documents
import Web

/// The routes of imports: choose a file, look at what it would do, carry it out, take it back.
enum ImportRoutes {
    static func all(_ references: [ImportReference]) -> [Route] {
        [
            .get(
                "/imports", .holding(.importTerritory), ImportsOutput.self,
                query: [Field("before", .record, optional: true)]
            ) {
                try ImportsOutput.of($0)
            },
            .get("/imports/new", .holding(.importTerritory), ImportNewOutput.self) { try ImportNewOutput.of($0) },
            .post(
                "/imports", .holding(.importTerritory), ImportForm.self, bodyLimit: ImportForm.bodyLimit,
                again: { try ImportNewOutput.of($0) }, preview),
            .get(
                "/imports/:id", .holding(.importTerritory), ImportOutput.self,
                query: [Field("after", .whole(0...10_000_000), optional: true)]
            ) { try ImportOutput.of($0) },
            .post(
                "/imports/:id/confirmation", .holding(.importTerritory), ImportConfirmation.self,
                again: { try ImportOutput.of($0) }, confirm),
            .post(
                "/imports/:id/reversal", .holding(.undoImport), ImportReversal.self,
                again: { try ImportOutput.of($0) }
            ) { call, _ in try reverse(call, references) },
        ]
    }

    private static func preview(_ call: Call<Actor>, _ form: ImportForm) throws -> Change {
        var faults = FormFaults()
        if form.day > call.today {
            faults.add(Refusal(.invalid, "organisation.import.refusal.dayAhead", field: "day"))
        }
        let base = try faults.subject("base") {
            try OrganisationStore.territory(form.base, seenBy: call.sight, call.reader)
        }
        let permit = try call.permit(.importTerritory, base)
        let latest = try OrganisationStore.latestDay(below: base.id, form.subject, call.reader)
        if let latest, latest > form.day {
            faults.add(
                Refusal(
                    .invalid, "organisation.import.refusal.dayBehind", field: "day",
                    ["day": call.language.format.day(latest)]))
        }
        faults.add(
            OrganisationImport.refusal(
                ofHead: form.file.bytes, named: form.file.name, form.subject,
                below: OrganisationImport.Known.Unit(
                    id: base.id, parent: base.parent, designation: base.designation, name: base.name, code: nil),
                day: form.day))
        try faults.say()
        let person = call.who.person
        return .write(
            permit, as: "import.preview",
            after: { database in
                let (known, version) = try await database.read { reader in
                    (
                        try OrganisationStore.known(below: base, for: form.subject, on: form.day, reader),
                        try OrganisationStore.treeVersion(reader)
                    )
                }
                return try await SlowWork.run {
                    let plan = try OrganisationImport.read(
                        form.file.bytes, named: form.file.name, form.subject, known, form.coverage, day: form.day)
                    return ImportPreview(
                        base: base.id, subject: form.subject, coverage: form.coverage, day: form.day,
                        document: form.document, fileName: String(VietnameseText.tidied(form.file.name).prefix(200)),
                        plan: plan, letters: { Column.letters($0) }, treeVersion: version)
                }
            },
            { tx, preview in
                let id = try OrganisationStore.keep(preview, by: person, tx)
                tx.note("import.file", to: preview.fileName)
                return Receipt(id: id, location: "/imports/\(id)", version: 1)
            })
    }

    private static func confirm(_ call: Call<Actor>, _ form: ImportConfirmation) throws -> Change {
        let batch = try OrganisationStore.importBatch(call.id("id"), seenBy: call.sight, call.reader)
        let permit = try call.permit(.importTerritory, batch)
        return .write(permit, as: "import.confirm") { tx in
            try tx.move("import_batch", batch.id, from: batch.revision)
            try OrganisationStore.carryOut(batch, tx)
            tx.note("import.added", to: "\(batch.added)")
            tx.note("import.changed", to: "\(batch.changed)")
            tx.note("import.ended", to: "\(batch.ended)")
            return Receipt(
                id: batch.id, location: "/imports/\(batch.id)", version: batch.revision + 1,
                flash: "organisation.import.flash.done")
        }
    }

    private static func reverse(_ call: Call<Actor>, _ references: [ImportReference]) throws -> Change {
        let batch = try OrganisationStore.importBatch(call.id("id"), seenBy: call.sight, call.reader)
        let permit = try call.permit(.undoImport, batch)
        return .write(permit, as: "import.undo") { tx in
            try tx.move("import_batch", batch.id, from: batch.revision)
            try OrganisationStore.undo(batch, references, tx)
            tx.note("import.state", from: "done", to: "undone")
            return Receipt(
                id: batch.id, location: "/imports/\(batch.id)", version: batch.revision + 1,
                flash: "organisation.import.flash.undone")
        }
    }
}
