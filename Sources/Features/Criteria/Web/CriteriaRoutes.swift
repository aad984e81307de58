import Core
import Database
import Web

enum CriteriaRoutes {
    static func all(_ examples: CriteriaExamples) -> [Route] {
        [
            .get("/criteria", .signedIn, CriteriaListOutput.self, query: CriteriaListQuery.fields) {
                try CriteriaListOutput.of($0)
            },
            .get("/criteria/new", .holding(.importCriteria), CriteriaImportOutput.self) {
                try CriteriaImportOutput.new($0)
            },
            .post(
                "/criteria", .holding(.importCriteria), CriteriaImportForm.self,
                bodyLimit: CriteriaImportForm.bodyLimit,
                again: { try CriteriaImportOutput.new($0) }
            ) { try CriteriaImports.add($0, $1) },
            .get("/criteria/:id", .signedIn, CriteriaSetOutput.self, query: CriteriaSetQuery.fields) {
                try CriteriaSetOutput.of($0)
            },
            .get("/criteria/:id/indicators/:code", .signedIn, CriteriaIndicatorOutput.self) {
                try CriteriaIndicatorOutput.of($0, examples)
            },
            .get("/criteria/:id/difference/:other", .signedIn, CriteriaDifferenceOutput.self) {
                try CriteriaDifferenceOutput.of($0)
            },
            .get("/criteria/:id/text", .holding(.importCriteria), CriteriaImportOutput.self) {
                try CriteriaImportOutput.replacing($0)
            },
            .post(
                "/criteria/:id/text", .holding(.importCriteria), CriteriaTextForm.self,
                bodyLimit: CriteriaImportForm.bodyLimit, again: { try CriteriaImportOutput.replacing($0) }
            ) { try CriteriaImports.replace($0, $1) },
            .post(
                "/criteria/:id/removal", .holding(.importCriteria), CriteriaRemovalForm.self,
                again: { try CriteriaImportOutput.replacing($0) }
            ) { try CriteriaImports.remove($0, $1) },
            .get("/criteria/:id/publication", .holding(.publishCriteria), CriteriaPublicationOutput.self) {
                try CriteriaPublicationOutput.of($0)
            },
            .post(
                "/criteria/:id/publication", .holding(.publishCriteria), CriteriaPublicationForm.self,
                again: { try CriteriaPublicationOutput.of($0) }
            ) { try CriteriaPublicationOutput.publish($0, $1) },
            .file("/criteria/:id/file", .signedIn) { call in
                let record = try CriteriaStore.stored(call.id("id"), seenBy: call.sight, call.reader)
                let bytes = Array(try CriteriaStore.source(record.id, call.reader).utf8)
                return FileAnswer(
                    type: "text/yaml; charset=utf-8", name: "\(record.code)-\(record.version).yaml",
                    tag: record.digestText,
                    isShown: false
                ) { bytes }
            },
        ]
    }
}
