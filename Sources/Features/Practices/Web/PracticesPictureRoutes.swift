import Core
import Database
import Documents
import Web

/// Pictures of practices: taken in, looked at, let out, taken out.
enum PracticesPictureRoutes {
    private static let bodyLimit = 64 << 20
    private static let reason = "a picture the commune released with a public practice is public"

    static func routes(_ files: ContentStore) -> [Route] {
        [
            .get(
                "/practices/:id/pictures/new", .holding(.sharePractice), PracticePicturesOutput.self,
                query: [Field("secret", .choice(["no", "yes"]), optional: true)]
            ) { try PracticePicturesOutput.of($0) },
            .post(
                "/practices/:id/pictures", .holding(.sharePractice), PracticePicturesForm.self, bodyLimit: bodyLimit,
                again: { try PracticePicturesOutput.of($0) }
            ) { try add($0, $1, files) },
            .get(
                "/practices/:id/pictures/:picture/release", .holding(.confirmPractice), PracticeReleaseOutput.self
            ) { try PracticeReleaseOutput.of($0) },
            .post(
                "/practices/:id/pictures/:picture/release", .holding(.confirmPractice), PracticeReleaseForm.self,
                again: { try PracticeReleaseOutput.of($0) }
            ) { try release($0, children: $1.children, plates: $1.plates) },
            .post(
                "/practices/:id/pictures/:picture/closing", .holding(.confirmPractice), PracticeCloseButton.self,
                again: { try PracticeReleaseOutput.of($0) }
            ) { call, _ in try release(call, children: nil, plates: nil) },
            .post(
                "/practices/:id/pictures/:picture/removal", .holding(.sharePractice), PracticePictureRemoval.self,
                again: { try PracticeReleaseOutput.of($0) }
            ) { call, _ in try remove(call) },
            .file("/practice-pictures/:id/picture", .open(because: reason)) {
                try picture($0, isThumbnail: false, files)
            },
            .file("/practice-pictures/:id/thumbnail", .open(because: reason)) {
                try picture($0, isThumbnail: true, files)
            },
        ]
    }

    /// Leave to change the pictures of a practice one speaks for.
    private static func spoken(_ call: Call<Actor>) throws -> Permit<Practice> {
        let practice = try call.practice()
        let permit = try call.permit(.sharePractice, practice)
        guard call.speaks(for: practice) else { throw Refusal(.forbidden, "practices.refusal.notYours") }
        guard practice.state != .withdrawn else { throw Refusal(.conflict, "practices.refusal.withdrawn") }
        return permit
    }

    private static func add(
        _ call: Call<Actor>, _ form: PracticePicturesForm, _ files: ContentStore
    ) throws -> Change {
        let permit = try spoken(call)
        let (practice, hand) = (permit.subject, try PracticeHand(permit))
        if let key = form.caption.flatMap(PracticeRules.fault(in:)) {
            throw Refusal(.invalid, key, field: "caption")
        }
        try limit(practice.id, adding: form.files.count, call.reader)
        return .write(permit, as: "practice.picture", preparing: { try PracticesFiles.pictures(form.files, files) }) {
            tx, pictures in
            try limit(practice.id, adding: pictures.count, tx)
            for picture in pictures {
                try PracticesStore.add(picture, caption: form.caption, to: practice.id, hand, tx)
            }
            tx.note("pictures", to: "\(pictures.count), not secret by the sender's word")
            return Receipt(
                id: practice.id, location: "/practices/\(practice.id)", flash: "practices.flash.pictures")
        }
    }

    private static func limit(_ practice: ID, adding: Int, _ reader: any Reader) throws {
        guard try PracticesStore.pictureCount(of: practice, reader) + adding <= PracticeRules.pictures else {
            throw Refusal(
                .invalid, "practices.refusal.manyPictures", field: "picture", ["most": "\(PracticeRules.pictures)"])
        }
    }

    private static func release(
        _ call: Call<Actor>, children: PictureCare?, plates: PictureCare?
    ) throws -> Change {
        let practice = try call.practice()
        let permit = try call.permit(.confirmPractice, practice)
        let (hand, picture) = (try PracticeHand(permit), try call.id("picture"))
        guard
            try PracticesStore.pictures(of: practice.id, onlyReleased: false, call.reader).contains(where: {
                $0.id == picture
            })
        else { throw NotFound() }
        return .write(permit, as: children == nil ? "practice.close" : "practice.release") { tx in
            try PracticesStore.release(
                picture: picture, of: practice.id, children: children, plates: plates, hand, tx)
            tx.note("picture", to: "\(picture)")
            tx.note("asked", to: "children \(children?.rawValue ?? "-"), plates \(plates?.rawValue ?? "-")")
            return Receipt(
                id: practice.id, location: "/practices/\(practice.id)",
                flash: children == nil ? "practices.flash.closed" : "practices.flash.released")
        }
    }

    private static func remove(_ call: Call<Actor>) throws -> Change {
        let permit = try spoken(call)
        let (practice, hand, picture) = (permit.subject, try PracticeHand(permit), try call.id("picture"))
        return .write(permit, as: "practice.pictureRemoval") { tx in
            try PracticesStore.remove(picture: picture, of: practice.id, hand, tx)
            tx.note("picture", from: "\(picture)", to: nil)
            return Receipt(
                id: practice.id, location: "/practices/\(practice.id)",
                flash: "practices.flash.pictureRemoved")
        }
    }

    private static func picture(
        _ call: Call<Visitor>, isThumbnail: Bool, _ files: ContentStore
    ) throws -> FileAnswer {
        let id = try call.id("id")
        let address = try PracticesStore.picture(
            id, isThumbnail: isThumbnail, seenBy: call.signedIn?.actor.sight, call.reader)
        return FileAnswer(type: FileKind.jpeg.mediaType, name: "\(id).jpg", tag: address.hex) {
            do { return try files.open(address) } catch DocumentFault.missing { throw NotFound() }
        }
    }
}

/// Pictures on their way in.
enum PracticesFiles {
    /// Takes pictures in by what they are and not by their names, each made anew. All are looked through before the first
    /// is kept.
    static func pictures(
        _ uploads: [(field: String, file: UploadedFile)], _ files: ContentStore
    ) throws -> [PracticeNewPicture] {
        let looked = try uploads.map { upload in
            try refusing(upload.field) { try Picture.normalise(upload.file.bytes) }
        }
        return try looked.map { picture in
            try refusing("picture") {
                PracticeNewPicture(
                    address: try files.put(picture.bytes), thumbnail: try files.put(picture.thumbnail),
                    width: picture.width, height: picture.height)
            }
        }
    }

    private static func refusing<Answer>(_ field: String, _ work: () throws -> Answer) throws -> Answer {
        do { return try work() } catch let fault as DocumentFault {
            let (kind, key): (Refusal.Kind, String) =
                switch fault {
                case .tooLarge, .tooManyPixels, .bomb: (.tooLarge, "practices.refusal.pictureTooLarge")
                case .full: (.full, "practices.refusal.diskFull")
                case .unsupportedType: (.unsupported, "practices.refusal.notAPicture")
                default: (.invalid, "practices.refusal.pictureDamaged")
                }
            throw Refusal(kind, key, field: field)
        }
    }
}
