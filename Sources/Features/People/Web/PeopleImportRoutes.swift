import Core
import Database
import Documents
import Organisation
import Web

/// A file of people on its way to its preview.
struct PeopleImportForm: Form {
    static let name = "people.importForm"
    static let fileBytes = 5 << 20
    static let fields: [Field] = [Field("file", .file(fileBytes), accept: ".xlsx,.csv"), Field("base", .record)]

    let file: UploadedFile
    let base: ID

    init?(_ read: FormReader) {
        let file = read.file("file")
        let base = read.record("base")
        guard let file, let base else { return nil }
        self.file = file
        self.base = base
    }
}

struct PeopleImportConfirmation: Button {
    static let name = "people.importConfirm"
}

struct PeopleImportReversal: Button {
    static let name = "people.importReverse"
}

/// Imports of people: choose a file, look at what it would do, carry it out, take it back.
enum PeopleImportRoutes {
    static func routes(_ references: [PeopleReference]) -> [Route] {
        [
            .get(
                "/people/imports", .holding(.importPeople), PeopleImportsOutput.self,
                query: [Field("before", .record, optional: true)]
            ) { try list($0) },
            .get("/people/imports/new", .holding(.importPeople), PeopleImportNewOutput.self) { try new($0) },
            .post(
                "/people/imports", .holding(.importPeople), PeopleImportForm.self,
                bodyLimit: PeopleImportForm.fileBytes + 65_536, again: { try new($0) }
            ) { try preview($0, $1) },
            .get(
                "/people/imports/:id", .holding(.importPeople), PeopleImportOutput.self,
                query: [Field("after", .whole(0...10_000_000), optional: true)]
            ) { try one($0) },
            .post(
                "/people/imports/:id/confirmation", .holding(.importPeople), PeopleImportConfirmation.self,
                again: { try one($0) }
            ) { call, _ in try confirm(call) },
            .post(
                "/people/imports/:id/reversal", .holding(.importPeople), PeopleImportReversal.self,
                again: { try one($0) }
            ) { call, _ in try reverse(call, references) },
        ]
    }

    private static func list(_ call: Call<Actor>) throws -> PeopleImportsOutput {
        let before = call.query["before"].flatMap { ID($0) }
        let found = try PeopleImportStore.batches(seenBy: call.sight, before: before, call.reader)
        let shown = Array(found.prefix(PeopleImportStore.batchesShown))
        return PeopleImportsOutput(
            imports: shown, next: found.count > shown.count ? shown.last?.id : nil, before: before)
    }

    private static func new(_ call: Call<Actor>) throws -> PeopleImportNewOutput {
        let able = call.who.grants.filter {
            $0.role.capabilities.contains(.importPeople) && $0.term.contains(call.today)
        }
        return PeopleImportNewOutput(
            bases: try OrganisationStore.roots(
                of: Sight(person: call.who.person, roots: able.map(\.territory)), call.reader))
    }

    private static func preview(_ call: Call<Actor>, _ form: PeopleImportForm) throws -> Change {
        let base = try OrganisationStore.territory(form.base, seenBy: call.sight, call.reader)
        let permit = try call.permit(.importPeople, base)
        let (sight, today) = (call.sight, call.today)
        return .write(
            permit, as: "peopleImport.preview",
            after: { database in
                let known = try await database.read {
                    try PeopleImport.known(below: base.id, by: sight, today: today, $0)
                }
                return try await SlowWork.run {
                    try PeopleImport.read(form.file.bytes, named: form.file.name, known)
                }
            },
            { tx, plan in
                let name = String(VietnameseText.tidied(form.file.name).prefix(200))
                let id = try PeopleImportStore.keep(
                    plan, fileName: name, base: base.id, by: sight.person, letters: { Column.letters($0) }, tx)
                tx.note("import.file", to: name)
                return Receipt(id: id, location: "/people/imports/\(id)", version: 1)
            })
    }

    private static func batch(_ call: Call<Actor>) throws -> PeopleImportBatch {
        try PeopleImportStore.batch(try call.id("id"), seenBy: call.sight, call.reader)
    }

    private static func one(_ call: Call<Actor>) throws -> PeopleImportOutput {
        let batch = try batch(call)
        let titles = try OrganisationStore.titles(of: [batch.territory], call.reader)
        guard let base = titles[batch.territory] else { throw NotFound() }
        let after = call.query["after"].flatMap { Int($0) }
        let shown = PeopleImportStore.rowsShown
        let found = try PeopleImportStore.rows(
            of: batch.id, after: after.map { $0 - 1 } ?? -1, limit: shown + 1, call.reader)
        return PeopleImportOutput(
            batch: batch, base: base, remarks: try PeopleImportStore.remarks(of: batch.id, call.reader),
            rows: Array(found.prefix(shown)), next: found.count > shown ? found[shown].number : nil, after: after,
            mayConfirm: call.authority.allows(call.who, .importPeople, batch))
    }

    private static func confirm(_ call: Call<Actor>) throws -> Change {
        let batch = try batch(call)
        let permit = try call.permit(.importPeople, batch)
        let sight = call.sight
        let isInvented = try PeopleDemonstration.isMarked(call.reader)
        return .write(permit, as: "peopleImport.confirm") { tx in
            try tx.move("people_import", batch.id, from: batch.revision)
            try PeopleImportStore.carryOut(batch, by: sight, isInvented: isInvented, tx)
            tx.note("import.added", to: "\(batch.added)")
            tx.note("import.given", to: "\(batch.given)")
            return Receipt(
                id: batch.id, location: "/people/imports/\(batch.id)", version: batch.revision + 1,
                flash: "organisation.import.flash.done")
        }
    }

    private static func reverse(_ call: Call<Actor>, _ references: [PeopleReference]) throws -> Change {
        let batch = try batch(call)
        let permit = try call.permit(.importPeople, batch)
        return .write(permit, as: "peopleImport.undo") { tx in
            try tx.move("people_import", batch.id, from: batch.revision)
            try PeopleImportStore.undo(batch, references, tx)
            tx.note("import.state", from: "done", to: "undone")
            return Receipt(
                id: batch.id, location: "/people/imports/\(batch.id)", version: batch.revision + 1,
                flash: "organisation.import.flash.undone")
        }
    }
}
