import Core
import Criteria
import Database
import Documents
import Organisation
import Web

/// Evidence: taken in, looked at, replaced, taken out, released to the public.
enum RecognitionEvidenceRoutes {
    /// Six files of 20 MB do not come at once; six photographs as phones make them do.
    private static let bodyLimit = 64 << 20
    private static let pictureReason = "a picture the commune released is public"

    static func routes(_ files: ContentStore) -> [Route] {
        [
            .get(
                "/dossiers/:id/evidence", .signedIn, RecognitionEvidenceListOutput.self,
                query: [Field("kind", .choice(Recognition.EvidenceKind.allCases.map(\.rawValue)), optional: true)]
            ) { try RecognitionEvidenceParts.list($0) },
            .get("/dossiers/:id/evidence/:evidenceID", .signedIn, RecognitionEvidenceOutput.self) {
                try RecognitionEvidenceParts.piece($0)
            },
            .get(
                "/dossiers/:id/values/:code/evidence/new", .signedIn, RecognitionEvidenceNewOutput.self,
                query: [Field("secret", .choice(["no", "yes"]), optional: true)]
            ) { try RecognitionEvidenceParts.new($0) },
            .post(
                "/dossiers/:id/values/:code/evidence", .holding(.fillAssessment), RecognitionEvidenceForm.self,
                bodyLimit: bodyLimit, again: { try RecognitionEvidenceParts.new($0) }
            ) { try add($0, $1, files) },
            .post(
                "/dossiers/:id/values/:code/observations", .signedIn, RecognitionObservationForm.self,
                again: { try RecognitionEvidenceParts.new($0) }
            ) { try observe($0, $1) },
            .get(
                "/dossiers/:id/evidence/:evidenceID/revisions/new", .signedIn, RecognitionEvidenceNewOutput.self,
                query: [Field("secret", .choice(["no", "yes"]), optional: true)]
            ) { try RecognitionEvidenceParts.newer($0) },
            .post(
                "/dossiers/:id/evidence/:evidenceID/revisions", .holding(.fillAssessment),
                RecognitionRevisionForm.self, bodyLimit: bodyLimit, again: { try RecognitionEvidenceParts.newer($0) }
            ) { try replace($0, $1, files) },
            .post(
                "/dossiers/:id/evidence/:evidenceID/uses", .holding(.fillAssessment), RecognitionEvidenceUsesForm.self,
                again: { try RecognitionEvidenceParts.piece($0) }
            ) { try use($0, $1) },
            .post(
                "/dossiers/:id/evidence/:evidenceID/removal", .holding(.fillAssessment),
                RecognitionEvidenceRemovalButton.self, again: { try RecognitionEvidenceParts.piece($0) }
            ) { call, _ in try remove(call) },
            .post(
                "/dossiers/:id/evidence/:evidenceID/release", .holding(.checkDossier), RecognitionReleaseForm.self,
                again: { try RecognitionEvidenceParts.piece($0) }
            ) { try release($0, children: $1.children, plates: $1.plates) },
            .post(
                "/dossiers/:id/evidence/:evidenceID/closing", .holding(.checkDossier), RecognitionReleaseEndButton.self,
                again: { try RecognitionEvidenceParts.piece($0) }
            ) { call, _ in try release(call, children: nil, plates: nil) },
            .file("/evidence/:id/picture", .open(because: pictureReason)) {
                try picture($0, isThumbnail: false, files)
            },
            .file("/evidence/:id/thumbnail", .open(because: pictureReason)) {
                try picture($0, isThumbnail: true, files)
            },
            .file("/evidence/:id/document", .signedIn) { try document($0, files) },
        ]
    }

    private static func add(
        _ call: Call<Actor>, _ form: RecognitionEvidenceForm, _ files: ContentStore
    ) throws -> Change {
        let dossier = try call.dossier()
        let code = try RecognitionEvidenceParts.indicator(call, dossier).code
        let permit = try call.permit(.fillAssessment, dossier)
        _ = try Recognition.LifeCycle.next(dossier.state, .fill, holding: [permit.capability])
        if let refusal = try RecognitionStore.refusalToFill(code, of: dossier, call.reader) { throw refusal }
        // Before any file is kept; once more where it counts, since another may have added some meanwhile.
        let held = try RecognitionStore.evidenceCount(of: dossier.id, code: code, call.reader)
        if let refusal = Recognition.EvidenceLimit.refusal(held: held, adding: form.files.count) { throw refusal }
        return .write(
            permit, as: "evidence.add",
            preparing: { try RecognitionFiles.evidence(form.files, files) }
        ) { tx, pieces in
            let held = try RecognitionStore.evidenceCount(of: dossier.id, code: code, tx)
            if let refusal = Recognition.EvidenceLimit.refusal(held: held, adding: pieces.count) { throw refusal }
            var first: ID?
            for piece in pieces {
                let id = try RecognitionStore.add(
                    piece, to: dossier.id, code: code, note: form.note, Recognition.Deed(permit, tx), tx)
                first = first ?? id
            }
            tx.note("evidence.\(code)", to: "\(pieces.count), not secret by the sender's word")
            return Receipt(
                id: first, location: "/dossiers/\(dossier.id)/values/\(code)",
                flash: "recognition.flash.evidenceAdded")
        }
    }

    /// The area notes witnesses and visits while it fills in; the commune its own visit while it checks.
    private static func observe(_ call: Call<Actor>, _ form: RecognitionObservationForm) throws -> Change {
        let dossier = try call.dossier()
        let code = try RecognitionEvidenceParts.indicator(call, dossier).code
        let observation = try Recognition.Observation(
            kind: form.kind, office: form.office, day: form.day, seen: form.seen, today: call.today)
        let isCheck = try RecognitionEvidenceParts.notesOwnVisit(call, dossier)
        let permit = try call.permit(isCheck ? .checkDossier : .fillAssessment, dossier)
        if isCheck {
            guard form.kind == .visit else {
                throw Refusal(.invalid, "recognition.evidence.refusal.onlyVisit", field: "kind")
            }
        } else {
            _ = try Recognition.LifeCycle.next(dossier.state, .fill, holding: [permit.capability])
            if let refusal = try RecognitionStore.refusalToFill(code, of: dossier, call.reader) { throw refusal }
        }
        return .write(permit, as: "evidence.observe") { tx in
            let held = try RecognitionStore.evidenceCount(of: dossier.id, code: code, tx)
            if let refusal = Recognition.EvidenceLimit.refusal(held: held, adding: 1) { throw refusal }
            let id = try RecognitionStore.add(
                .observation(observation), to: dossier.id, code: code, note: nil, side: isCheck ? .check : .own,
                Recognition.Deed(permit, tx), tx)
            tx.note("evidence.\(code)", to: form.kind.rawValue)
            return Receipt(
                id: id, location: "/dossiers/\(dossier.id)/values/\(code)",
                flash: "recognition.evidence.flash.observed")
        }
    }

    private static func replace(
        _ call: Call<Actor>, _ form: RecognitionRevisionForm, _ files: ContentStore
    ) throws -> Change {
        let dossier = try call.dossier()
        let piece = try RecognitionEvidenceParts.newest(call, dossier)
        let permit = try own(piece, call, dossier)
        guard piece.kind.hasFile else {
            throw Refusal(.invalid, "recognition.evidence.refusal.noFileToReplace", field: "file")
        }
        return .write(
            permit, as: "evidence.replace",
            preparing: { try RecognitionFiles.evidence([("file", form.file)], files) }
        ) { tx, made in
            guard let newer = made.first else { throw NotFound() }
            try RecognitionStore.replace(
                piece: piece.piece, of: dossier.id, by: newer, note: form.note ?? piece.note,
                Recognition.Deed(permit, tx), tx)
            tx.note(
                "evidence.version", from: "\(piece.version)",
                to: "\(piece.version + 1), not secret by the sender's word")
            return Receipt(
                id: piece.piece, location: "/dossiers/\(dossier.id)/evidence/\(piece.piece)",
                version: piece.version + 1, flash: "recognition.evidence.flash.replaced")
        }
    }

    private static func use(_ call: Call<Actor>, _ form: RecognitionEvidenceUsesForm) throws -> Change {
        let dossier = try call.dossier()
        let piece = try RecognitionEvidenceParts.newest(call, dossier)
        let permit = try own(piece, call, dossier)
        let known = Set(try RecognitionStore.criteria(of: dossier, call.reader).codes(for: dossier.title))
        guard form.codes.allSatisfy(known.contains) else {
            throw Refusal(.invalid, "recognition.evidence.refusal.unknownUse", field: "use")
        }
        return .write(permit, as: "evidence.use") { tx in
            for code in form.codes where !piece.codes.contains(code) {
                let held = try RecognitionStore.evidenceCount(of: dossier.id, code: code, tx)
                if Recognition.EvidenceLimit.refusal(held: held, adding: 1) != nil {
                    throw Refusal(
                        .invalid, "recognition.evidence.refusal.fullUse", field: "use",
                        ["code": code, "most": "\(Recognition.EvidenceLimit.perIndicator)"])
                }
            }
            try RecognitionStore.use(piece: piece.piece, of: dossier.id, for: form.codes, tx)
            tx.note(
                "evidence.uses", from: piece.codes.joined(separator: " "), to: form.codes.joined(separator: " "))
            return Receipt(
                id: piece.piece, location: "/dossiers/\(dossier.id)/evidence/\(piece.piece)",
                flash: "recognition.evidence.flash.used")
        }
    }

    private static func remove(_ call: Call<Actor>) throws -> Change {
        let dossier = try call.dossier()
        let piece = try RecognitionEvidenceParts.newest(call, dossier)
        let permit = try own(piece, call, dossier)
        return .write(permit, as: "evidence.remove") { tx in
            try RecognitionStore.remove(evidence: piece.piece, from: dossier.id, Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: piece.piece, location: RecognitionEvidenceParts.home(of: piece),
                flash: "recognition.flash.evidenceRemoved")
        }
    }

    private static func release(
        _ call: Call<Actor>, children: PictureCare?, plates: PictureCare?
    ) throws -> Change {
        let dossier = try call.dossier()
        let piece = try RecognitionEvidenceParts.newest(call, dossier)
        let permit = try call.permit(.checkDossier, dossier)
        guard piece.kind.mayBePublic else {
            throw Refusal(.invalid, "recognition.evidence.refusal.neverPublic")
        }
        let isOut = children != nil && plates != nil
        return .write(permit, as: isOut ? "evidence.release" : "evidence.close") { tx in
            try RecognitionStore.release(
                evidence: piece.piece, of: dossier.id, children: children, plates: plates,
                Recognition.Deed(permit, tx), tx)
            tx.note("evidence.public", to: isOut ? "yes" : "no")
            tx.note("asked", to: "children \(children?.rawValue ?? "-"), plates \(plates?.rawValue ?? "-")")
            return Receipt(
                id: piece.piece, location: RecognitionEvidenceParts.home(of: piece),
                flash: isOut ? "recognition.flash.released" : "recognition.flash.closed")
        }
    }

    /// The permit to change one of the area's own pieces, while the area fills in.
    private static func own(
        _ piece: Recognition.Evidence, _ call: Call<Actor>, _ dossier: Recognition.Dossier
    ) throws -> Permit<Recognition.Dossier> {
        let permit = try call.permit(.fillAssessment, dossier)
        _ = try Recognition.LifeCycle.next(dossier.state, .fill, holding: [permit.capability])
        for code in piece.codes {
            if let refusal = try RecognitionStore.refusalToFill(code, of: dossier, call.reader) { throw refusal }
        }
        guard piece.side == .own else { throw Refusal(.forbidden, "recognition.evidence.refusal.communes") }
        return permit
    }

    private static func picture(
        _ call: Call<Visitor>, isThumbnail: Bool, _ files: ContentStore
    ) throws -> FileAnswer {
        let actor = call.signedIn?.actor
        let file = try RecognitionStore.picture(
            call.id("id"), isThumbnail: isThumbnail, seenBy: actor?.sight, call.reader)
        if !file.isReleased {
            guard let actor else { throw NotFound() }
            try open(file, for: actor, call.authority, call.reader)
        }
        return RecognitionFiles.answer(
            file.address, type: file.kind.mediaType, name: file.name, isShown: true, files)
    }

    /// Handed over to be saved, under a name of the product's own: it is never shown by the server.
    private static func document(_ call: Call<Actor>, _ files: ContentStore) throws -> FileAnswer {
        let file = try RecognitionStore.document(call.id("id"), seenBy: call.sight, call.reader)
        try open(file, for: call.who, call.authority, call.reader)
        return RecognitionFiles.answer(
            file.address, type: file.kind.mediaType, name: file.name, isShown: false, files)
    }

    /// - Throws: `.forbidden` in words for whoever sees the dossier and has no hand in it.
    private static func open(
        _ file: Recognition.EvidenceFile, for actor: Actor, _ authority: Authority, _ reader: any Reader
    ) throws {
        let dossier = try RecognitionStore.dossier(file.dossier, seenBy: actor.sight, reader)
        let reading = try RecognitionEvidenceParts.reading(of: dossier, by: actor, authority, reader)
        guard reading.opens(isReleased: file.isReleased, codes: file.codes) else {
            throw Recognition.EvidenceReading.refusal
        }
    }
}
