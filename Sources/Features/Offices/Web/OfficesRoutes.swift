import Core
import Criteria
import Database
import Documents
import Organisation
import Web

/// The routes of the offices' grid.
enum OfficesRoutes {
    static func area(_ area: ID, year: Int) -> String { "/areas/\(area)/office-values?year=\(year)" }
    static func figure(_ area: ID, _ code: String, year: Int) -> String {
        "/areas/\(area)/office-values/\(code)?year=\(year)"
    }
    static func file(_ document: ID) -> String { "/office-documents/\(document)" }
    static func template(_ grid: ID) -> String { "/offices/\(grid)/template" }

    private static let yearField = Field("year", .whole(2_000...2_200), optional: true)
    private static let placeField = Field("place", .record, optional: true)

    static func routes(_ files: ContentStore, _ saved: @escaping OfficesSaved) -> [Route] {
        lists + grids(saved) + saves(saved) + OfficesTemplateRoutes.routes + OfficesDocumentRoutes.routes(files)
            + areas(saved)
    }

    private static let lists: [Route] = [
        .get("/offices", .signedIn, OfficesListOutput.self) { try OfficesListOutput.of($0) },
        .get("/offices/missing", .signedIn, OfficesMissingOutput.self, query: [placeField, yearField]) {
            try OfficesMissingOutput.of($0)
        },
        .get(
            "/offices/assignments/new", .holding(.checkDossier), OfficesAssignmentOutput.self,
            query: [placeField, yearField]
        ) { try OfficesAssignmentOutput.of($0) },
        .post(
            "/offices/assignments", .holding(.checkDossier), OfficesAssignmentForm.self,
            again: { try OfficesAssignmentOutput.of($0) }
        ) { try OfficesAssignmentRoutes.assign($0, $1) },
        .get("/offices/:id/assignment", .holding(.checkDossier), OfficesTermsOutput.self) {
            try OfficesTermsOutput.of($0)
        },
        .post(
            "/offices/:id/assignment", .holding(.checkDossier), OfficesTermsForm.self,
            again: { try OfficesTermsOutput.of($0) }
        ) { try OfficesAssignmentRoutes.change($0, $1) },
    ]

    private static func grids(_ saved: @escaping OfficesSaved) -> [Route] {
        [
            .get(
                "/offices/:id", .signedIn, OfficesGridOutput.self, query: [Field("column", .text(40), optional: true)]
            ) { try OfficesGridOutput.of($0) },
            .post(
                "/offices/:id/values", .holding(.supplyValues), OfficesGridForm.self, bodyLimit: 1 << 20,
                again: { try OfficesGridOutput.of($0) }
            ) { try OfficesSaveRoutes.type($0, $1, saved) },
            .get("/offices/:id/objections", .signedIn, OfficesObjectionsOutput.self) {
                try OfficesObjectionsOutput.of($0)
            },
            .get("/offices/:id/paper", .signedIn, OfficesPaperOutput.self) { try OfficesPaperOutput.of($0) },
        ]
    }

    private static func saves(_ saved: @escaping OfficesSaved) -> [Route] {
        [
            .get(
                "/offices/:id/paste", .holding(.supplyValues), OfficesPasteOutput.self,
                query: [Field("column", .text(40), optional: true)]
            ) { try OfficesPasteOutput.of($0) },
            .post(
                "/offices/:id/paste", .holding(.supplyValues), OfficesPasteForm.self, bodyLimit: 2 << 20,
                again: { try OfficesPasteOutput.of($0) }
            ) { try OfficesSaveRoutes.paste($0, $1) },
            .post(
                "/offices/:id/file", .holding(.supplyValues), OfficesFileForm.self,
                bodyLimit: OfficesFileForm.fileBytes + 65_536, again: { try OfficesPasteOutput.of($0) }
            ) { try OfficesSaveRoutes.file($0, $1) },
            .get("/offices/:id/saves/:save", .signedIn, OfficesSaveOutput.self) { try OfficesSaveOutput.of($0) },
            .post(
                "/offices/:id/saves/:save/confirmation", .holding(.supplyValues), OfficesConfirmationForm.self,
                again: { try OfficesSaveOutput.of($0) }
            ) { try OfficesSaveRoutes.confirm($0, $1, saved) },
            .post(
                "/offices/:id/saves/:save/reversal", .holding(.supplyValues), OfficesReversal.self,
                again: { try OfficesSaveOutput.of($0) }
            ) { call, _ in try OfficesSaveRoutes.reverse(call, saved) },
        ]
    }

    private static func areas(_ saved: @escaping OfficesSaved) -> [Route] {
        [
            .get("/areas/:id/office-values", .signedIn, OfficesAreaOutput.self, query: [yearField]) {
                try OfficesAreaOutput.of($0)
            },
            .get("/areas/:id/office-values/:code", .signedIn, OfficesFigureOutput.self, query: [yearField]) {
                try OfficesFigureOutput.of($0)
            },
            .post(
                "/areas/:id/office-values/:code/:year/objections", .holding(.fillAssessment), OfficesObjectionForm.self,
                again: { try OfficesFigureOutput.of($0) }
            ) { try OfficesObjectionRoutes.object($0, $1) },
            .get("/objections/:id", .signedIn, OfficesObjectionOutput.self) { try OfficesObjectionOutput.of($0) },
            .post(
                "/objections/:id/answer", .holding(.supplyValues), OfficesAnswerForm.self,
                again: { try OfficesObjectionOutput.of($0) }
            ) { try OfficesObjectionRoutes.answer($0, $1, saved) },
        ]
    }
}

extension Call where Who == Actor {
    /// The grid named in the path, if this person may see it.
    func grid() throws -> Offices.Grid { try OfficesStore.grid(id("id"), seenBy: sight, reader) }

    /// Why this person does not enter an office's figures at a place; nil when they do: as its own clerk, or as the
    /// commune's culture officer.
    private func refusalToSupply(_ subject: some Governed, of office: ID) -> Refusal? {
        let grants = who.grants.filter {
            $0.role.capabilities.contains(.supplyValues) && subject.place.contains($0.territory)
                && $0.term.contains(today)
        }
        let refusals = grants.map { Offices.refusalToEnter($0, office: office) }
        return refusals.contains { $0 == nil } ? nil : Offices.refusalToEnter(nil, office: office)
    }

    /// The permit to enter an office's figures.
    func permitToSupply<Subject: Governed>(_ subject: Subject, of office: ID) throws -> Permit<Subject> {
        let permit = try permit(.supplyValues, subject)
        if let refusal = refusalToSupply(subject, of: office) { throw refusal }
        return permit
    }

    func maySupply(_ grid: Offices.Grid) -> Bool {
        authority.allows(who, .supplyValues, grid) && refusalToSupply(grid, of: grid.organisation) == nil
    }

    /// The year asked for in the path or the query; this one otherwise.
    var yearAsked: Int {
        let typed = parameters["year"] ?? query["year"]
        return typed.flatMap { Int($0) }.flatMap { (2_000...2_200).contains($0) ? $0 : nil } ?? today.year
    }
}
