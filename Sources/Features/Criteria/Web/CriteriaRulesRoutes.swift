import Core
import Database
import Web

/// The rules of recognition.
enum CriteriaRulesRoutes {
    static let all: [Route] = [
        .get("/rules", .signedIn, CriteriaRulesListOutput.self) { try CriteriaRulesListOutput.of($0) },
        .get("/rules/new", .holding(.importCriteria), CriteriaRulesImportOutput.self) {
            try CriteriaRulesImportOutput.new($0)
        },
        .post(
            "/rules", .holding(.importCriteria), CriteriaRulesImportForm.self,
            bodyLimit: CriteriaImportForm.bodyLimit, again: { try CriteriaRulesImportOutput.new($0) }
        ) { try CriteriaRulesImports.add($0, $1) },
        .get("/rules/:id", .signedIn, CriteriaRulesOutput.self) { try CriteriaRulesOutput.of($0) },
        .get("/rules/:id/difference/:other", .signedIn, CriteriaRulesDifferenceOutput.self) {
            try CriteriaRulesDifferenceOutput.of($0)
        },
        .get("/rules/:id/text", .holding(.importCriteria), CriteriaRulesImportOutput.self) {
            try CriteriaRulesImportOutput.replacing($0)
        },
        .post(
            "/rules/:id/text", .holding(.importCriteria), CriteriaTextForm.self,
            bodyLimit: CriteriaImportForm.bodyLimit, again: { try CriteriaRulesImportOutput.replacing($0) }
        ) { try CriteriaRulesImports.replace($0, $1) },
        .post(
            "/rules/:id/removal", .holding(.importCriteria), CriteriaRemovalForm.self,
            again: { try CriteriaRulesImportOutput.replacing($0) }
        ) { try CriteriaRulesImports.remove($0, $1) },
        .get("/rules/:id/publication", .holding(.publishCriteria), CriteriaRulesPublicationOutput.self) {
            try CriteriaRulesPublicationOutput.of($0)
        },
        .post(
            "/rules/:id/publication", .holding(.publishCriteria), CriteriaPublicationForm.self,
            again: { try CriteriaRulesPublicationOutput.of($0) }
        ) { try CriteriaRulesPublicationOutput.publish($0, $1) },
        .file("/rules/:id/file", .signedIn) { call in
            let record = try CriteriaRulesStore.stored(call.id("id"), seenBy: call.sight, call.reader)
            let bytes = Array(try CriteriaRulesStore.source(record.id, call.reader).utf8)
            return FileAnswer(
                type: "text/yaml; charset=utf-8", name: "\(record.code)-\(record.version).yaml",
                tag: record.digestText, isShown: false
            ) { bytes }
        },
    ]
}
