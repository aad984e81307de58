import Core
import Criteria
import Database
import Documents
import Organisation
import Web

/// Pictures as evidence: taken in, shown, taken out, released to the public.
enum RecognitionEvidenceRoutes {
    static func routes(_ files: ContentStore) -> [Route] {
        [
            .post(
                "/dossiers/:id/values/:code/evidence", .holding(.fillAssessment), RecognitionEvidenceForm.self,
                bodyLimit: 64 << 20, again: { try RecognitionValueRoutes.indicator($0) }
            ) { try add($0, $1, files) },
            .post(
                "/dossiers/:id/evidence/:evidenceID/removal", .holding(.fillAssessment),
                RecognitionEvidenceRemovalButton.self, again: { try RecognitionDossierRoutes.assessment($0) }
            ) { call, _ in try remove(call) },
            .post(
                "/dossiers/:id/evidence/:evidenceID/release", .holding(.checkDossier), RecognitionReleaseForm.self,
                again: { try RecognitionDossierRoutes.assessment($0) }
            ) { try release($0, $1) },
            .file("/evidence/:id/picture", .open(because: "a picture the commune released is public")) {
                try file($0, isThumbnail: false, files)
            },
            .file("/evidence/:id/thumbnail", .open(because: "a picture the commune released is public")) {
                try file($0, isThumbnail: true, files)
            },
        ]
    }

    private static func add(
        _ call: Call<Actor>, _ form: RecognitionEvidenceForm, _ files: ContentStore
    ) throws -> Change {
        let dossier = try call.dossier()
        let set = try CriteriaStore.set(dossier.criteriaSet, call.reader)
        guard let code = try set.indicator(call.parameter("code"), for: dossier.title)?.code else { throw NotFound() }
        let permit = try call.permit(.fillAssessment, dossier)
        _ = try Recognition.LifeCycle.next(dossier.state, .fill, holding: [permit.capability])
        return .write(
            permit, as: "evidence.add",
            preparing: {
                try form.pictures.map { try RecognitionFiles.picture($0, files, field: "picture") }
            }
        ) { tx, pictures in
            let held = try tx.one(
                """
                SELECT count(*) AS many FROM evidence e JOIN evidence_use u ON u.evidence_id = e.id
                WHERE e.dossier_id = \(dossier.id) AND u.code = \(code) AND e.removed_at IS NULL
                """
            ).integer("many")
            guard held + pictures.count <= RecognitionStore.picturesLimit else {
                throw Refusal(
                    .invalid, "recognition.refusal.tooManyPictures", field: "picture",
                    ["most": "\(RecognitionStore.picturesLimit)", "held": "\(held)"])
            }
            var first: ID?
            for picture in pictures {
                let id = try RecognitionStore.add(
                    picture, to: dossier.id, code: code, note: form.note, Recognition.Deed(permit, tx), tx)
                first = first ?? id
            }
            tx.note("evidence.\(code)", to: "\(pictures.count), not secret by the sender's word")
            return Receipt(
                id: first, location: "/dossiers/\(dossier.id)/values/\(code)",
                flash: "recognition.flash.evidenceAdded")
        }
    }

    private static func remove(_ call: Call<Actor>) throws -> Change {
        let dossier = try call.dossier()
        let (evidence, back) = try evidence(call, dossier)
        let permit = try call.permit(.fillAssessment, dossier)
        _ = try Recognition.LifeCycle.next(dossier.state, .fill, holding: [permit.capability])
        return .write(permit, as: "evidence.remove") { tx in
            try RecognitionStore.remove(evidence: evidence, from: dossier.id, Recognition.Deed(permit, tx), tx)
            return Receipt(id: evidence, location: back, flash: "recognition.flash.evidenceRemoved")
        }
    }

    private static func release(_ call: Call<Actor>, _ form: RecognitionReleaseForm) throws -> Change {
        let dossier = try call.dossier()
        let (evidence, back) = try evidence(call, dossier)
        let permit = try call.permit(.checkDossier, dossier)
        return .write(permit, as: "evidence.release") { tx in
            try RecognitionStore.release(
                evidence: evidence, of: dossier.id, form.isPublic, Recognition.Deed(permit, tx), tx)
            tx.note("evidence.public", to: form.isPublic ? "yes" : "no")
            return Receipt(
                id: evidence, location: back,
                flash: form.isPublic ? "recognition.flash.released" : "recognition.flash.closed")
        }
    }

    /// The picture named in the path, if the dossier has it, and the page of its indicator.
    private static func evidence(_ call: Call<Actor>, _ dossier: Recognition.Dossier) throws -> (ID, String) {
        let id = try call.id("evidenceID")
        guard let found = try RecognitionStore.evidence(of: dossier.id, call.reader).first(where: { $0.id == id })
        else { throw NotFound() }
        let home = "/dossiers/\(dossier.id)"
        return (id, found.codes.first.map { "\(home)/values/\($0)" } ?? home)
    }

    private static func file(
        _ call: Call<Visitor>, isThumbnail: Bool, _ files: ContentStore
    ) throws -> FileAnswer {
        let (address, name) = try RecognitionStore.picture(
            call.id("id"), isThumbnail: isThumbnail, seenBy: call.signedIn?.actor.sight, call.reader)
        return RecognitionFiles.answer(address, type: FileKind.jpeg.mediaType, name: name, isShown: true, files)
    }
}

/// Files on their way in and out.
enum RecognitionFiles {
    /// Makes a picture anew, without what its device says of time and place, and keeps it with its thumbnail. Slow:
    /// outside any transaction.
    static func picture(
        _ upload: UploadedFile, _ files: ContentStore, field: String
    ) throws -> Recognition.PreparedPicture {
        try refusing(field) {
            let picture = try Picture.normalise(upload.bytes)
            return Recognition.PreparedPicture(
                address: try files.put(picture.bytes), thumbnail: try files.put(picture.thumbnail),
                fileName: shortened(upload.name), width: picture.width, height: picture.height,
                bytes: picture.bytes.count, origin: picture.taken)
        }
    }

    /// A signed paper: a PDF as it is, a photograph of it made anew.
    static func scan(
        _ upload: UploadedFile, _ files: ContentStore, field: String
    ) throws -> Recognition.Decision.Scan {
        try refusing(field) {
            guard !upload.bytes.isEmpty else { throw DocumentFault.empty }
            guard upload.bytes.count <= Limits.standard.uploadBytes else {
                throw DocumentFault.tooLarge(limit: Limits.standard.uploadBytes)
            }
            switch FileKind.sniff(upload.bytes) {
            case .pdf?:
                return Recognition.Decision.Scan(
                    address: try files.put(upload.bytes), type: FileKind.pdf.mediaType, name: shortened(upload.name))
            case .jpeg?, .png?:
                let picture = try Picture.normalise(upload.bytes)
                return Recognition.Decision.Scan(
                    address: try files.put(picture.bytes), type: FileKind.jpeg.mediaType, name: shortened(upload.name))
            case let other:
                throw DocumentFault.unsupportedType(found: other?.rawValue ?? "?")
            }
        }
    }

    static func answer(
        _ address: ContentAddress, type: String, name: String, isShown: Bool, _ files: ContentStore
    ) -> FileAnswer {
        FileAnswer(type: type, name: name, tag: address.hex, isShown: isShown) {
            do { return try files.open(address) } catch DocumentFault.missing { throw NotFound() }
        }
    }

    /// A fault of the file in words for whoever sent it, beside its field.
    private static func refusing<Answer>(_ field: String, _ work: () throws -> Answer) throws -> Answer {
        do { return try work() } catch let fault as DocumentFault {
            let (kind, name): (Refusal.Kind, String) =
                switch fault {
                case .tooLarge: (.tooLarge, "tooLarge")
                case .tooManyPixels: (.tooLarge, "tooManyPixels")
                case .unsupportedType: (.unsupported, "unsupported")
                case .empty: (.invalid, "empty")
                case .full: (.full, "full")
                default: (.invalid, "damaged")
                }
            throw Refusal(kind, "recognition.file.\(name)", field: field, ["limit": limit(fault)])
        }
    }

    private static func limit(_ fault: DocumentFault) -> String {
        switch fault {
        case .tooLarge(let bytes): "\(bytes >> 20)"
        case .tooManyPixels(let pixels): "\(pixels / 1_000_000)"
        default: ""
        }
    }

    /// What a sender's device calls a file may be anything; a hundred letters of it are shown.
    private static func shortened(_ name: String) -> String { String(name.prefix(100)) }
}
