import Core
import Database
import Documents
import Recognition
import Web

/// Evidence of what was found or mended.
extension RechecksActing {
    static func addEvidence(
        _ call: Call<Actor>, _ form: RechecksEvidenceForm, _ files: ContentStore
    ) throws -> Change {
        let recheck = try call.recheck()
        guard recheck.stage.awaits != nil else {
            throw Refusal(.conflict, "rechecks.refusal.notNow.\(recheck.state.rawValue)")
        }
        let isArea = call.authority.allows(call.who, .answerNotice, recheck)
        let permit = try call.permit(isArea ? .answerNotice : .recheckTitles, recheck)
        let finding = try RechecksStore.finding(of: recheck, call.reader)
        guard finding.listed.contains(form.code) else {
            throw Refusal(.invalid, "web.field.choice", field: "code")
        }
        let side: Rechecks.Side = isArea ? .area : .commune
        if let file = form.file {
            return .write(
                permit, as: "recheck.evidence",
                preparing: { try RechecksFiles.taken(file, files) }
            ) { tx, piece in
                _ = try RechecksStore.add(
                    piece, code: form.code, side: side, to: recheck.id, Recognition.Deed(permit, tx), tx)
                return receipt(recheck, "evidence")
            }
        }
        let observation = try Recognition.Observation(
            kind: isArea ? .witness : .visit, office: form.office ?? "", day: form.day ?? call.today,
            seen: form.seen ?? "", today: call.today)
        return .write(permit, as: "recheck.evidence") { tx in
            _ = try RechecksStore.add(
                .observation(observation), code: form.code, side: side, to: recheck.id, Recognition.Deed(permit, tx), tx
            )
            return receipt(recheck, "evidence")
        }
    }
}

/// Files of a re-check on their way in, looked through as those of a dossier are.
enum RechecksFiles {
    static func taken(_ upload: UploadedFile, _ files: ContentStore) throws -> RechecksStore.NewEvidence {
        let taken = try RecognitionFiles.evidence([("file", upload)], files)
        switch taken.first {
        case .picture(let picture):
            return .file(
                .picture, address: picture.address, type: FileKind.jpeg.mediaType, name: picture.fileName)
        case .document(let document):
            return .file(
                .document, address: document.address, type: document.file.kind.mediaType, name: document.fileName)
        case .observation, nil: throw Refusal(.invalid, "rechecks.refusal.noEvidence", field: "file")
        }
    }
}
