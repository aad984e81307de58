import Core
import Criteria
import Database
import Documents
import Web

/// Papers for whole columns: taken in, shown, taken out, handed over.
enum OfficesDocumentRoutes {
    /// One grid holds so many papers at most.
    static let most = 30

    static func routes(_ files: ContentStore) -> [Route] {
        [
            .get("/offices/:id/documents", .signedIn, OfficesDocumentsOutput.self) {
                try OfficesDocumentsOutput.of($0)
            },
            .post(
                "/offices/:id/documents", .holding(.supplyValues), OfficesDocumentForm.self,
                bodyLimit: OfficesDocumentForm.fileBytes + 65_536, again: { try OfficesDocumentsOutput.of($0) }
            ) { try add($0, $1, files) },
            .post(
                "/offices/:id/documents/:document/removal", .holding(.supplyValues), OfficesDocumentRemoval.self,
                again: { try OfficesDocumentsOutput.of($0) }
            ) { call, _ in try remove(call) },
            .file("/office-documents/:id", .signedIn) { call in
                let (address, kind, name) = try OfficesStore.file(
                    call.id("id"), seenBy: call.sight, openedBy: openers(call), call.reader)
                let type = FileKind(rawValue: kind)?.mediaType ?? "application/octet-stream"
                return FileAnswer(type: type, name: name, tag: address.hex, isShown: false) {
                    do { return try files.open(address) } catch DocumentFault.missing { throw NotFound() }
                }
            },
        ]
    }

    /// A paper holds lists of names and is closed like any evidence (people.md rule 10): looking at the unit is not
    /// enough. Open to whoever supplies, fills in, checks, appraises or decides there.
    private static let opening: Set<Capability> = [
        .supplyValues, .fillAssessment, .typeValues, .checkDossier, .appraise, .draftDecision, .issueDecision,
    ]

    private static func openers(_ call: Call<Actor>) -> Sight {
        let roots = call.who.grants.filter {
            $0.term.contains(call.today) && !$0.role.capabilities.isDisjoint(with: opening)
        }.map(\.territory)
        return Sight(person: call.who.person, roots: Set(roots).sorted())
    }

    private static func add(
        _ call: Call<Actor>, _ form: OfficesDocumentForm, _ files: ContentStore
    ) throws -> Change {
        let grid = try call.grid()
        let permit = try call.permitToSupply(grid, of: grid.organisation)
        let known = try OfficesStore.indicators(of: grid, call.reader).map(\.code)
        guard form.codes.isSubset(of: known) else { throw Refusal(.invalid, "web.field.choice", field: "column") }
        let held = try OfficesStore.papers(ofGrids: [grid.id], call.reader)[grid.id, default: []].count
        guard held < most else {
            throw Refusal(.invalid, "offices.document.refusal.tooMany", field: "file", ["most": "\(most)"])
        }
        let codes = known.filter(form.codes.contains)
        return .write(
            permit, as: "office.document", preparing: { try keep(form.file, files) }
        ) { tx, new in
            let id = try OfficesStore.add(
                new, caption: form.caption, codes: codes, to: grid, Offices.Deed(permit, tx), tx)
            tx.note("office_document", to: "\(codes.joined(separator: " ")), not secret by the sender's word")
            return Receipt(id: id, location: "/offices/\(grid.id)/documents", flash: "offices.flash.document")
        }
    }

    /// A document as it came once it was looked through; a picture made anew.
    private static func keep(_ file: UploadedFile, _ files: ContentStore) throws -> Offices.NewDocument {
        let name = String(VietnameseText.tidied(file.name).prefix(100))
        do {
            if FileKind.beginsAsDocument(file.bytes) {
                let document = try DocumentFile.check(file.bytes)
                return Offices.NewDocument(
                    address: try files.put(file.bytes), fileKind: document.kind.rawValue, fileName: name,
                    bytes: file.bytes.count)
            }
            let picture = try Picture.normalise(file.bytes)
            return Offices.NewDocument(
                address: try files.put(picture.bytes), fileKind: FileKind.jpeg.rawValue, fileName: name,
                bytes: picture.bytes.count)
        } catch let fault as DocumentFault {
            let kind: Refusal.Kind =
                switch fault {
                case .tooLarge, .tooManyPixels, .bomb: .tooLarge
                case .unsupportedType: .unsupported
                case .full: .full
                default: .invalid
                }
            throw Refusal(kind, key(fault), field: "file", ["limit": "20", "file": String(name.prefix(60))])
        }
    }

    /// The words that recognition has for the same faults of evidence.
    private static func key(_ fault: DocumentFault) -> String {
        let base = "recognition.evidence.fault."
        switch fault {
        case .tooLarge: return base + "tooLarge"
        case .tooManyPixels: return base + "tooManyPixels"
        case .unsupportedType(let found): return base + (found == "ole" ? "old" : "unsupported")
        case .empty: return base + "empty"
        case .full: return base + "full"
        case .mixed: return base + "mixed"
        case .active(let active): return base + "active.\(active.rawValue)"
        case .marked: return base + "marked"
        case .protected: return base + "protected"
        case .bomb: return base + "bomb"
        default: return base + "damaged"
        }
    }

    private static func remove(_ call: Call<Actor>) throws -> Change {
        let grid = try call.grid()
        let permit = try call.permitToSupply(grid, of: grid.organisation)
        let document = try call.id("document")
        guard
            try OfficesStore.papers(ofGrids: [grid.id], call.reader)[grid.id, default: []].contains(where: {
                $0.id == document
            })
        else { throw NotFound() }
        return .write(permit, as: "office.documentRemoval") { tx in
            try OfficesStore.remove(document: document, of: grid, Offices.Deed(permit, tx), tx)
            return Receipt(
                id: document, location: "/offices/\(grid.id)/documents", flash: "offices.flash.documentRemoved")
        }
    }
}
