import Core
import Database
import Documents

extension Recognition {
    /// A picture that was made anew and put into the store of files, about to be recorded.
    package struct PreparedPicture: Sendable {
        package let address: ContentAddress
        package let thumbnail: ContentAddress
        package let fileName: String
        package let width: Int
        package let height: Int
        package let bytes: Int
        package let origin: PictureOrigin

        package init(
            address: ContentAddress, thumbnail: ContentAddress, fileName: String, width: Int, height: Int, bytes: Int,
            origin: PictureOrigin
        ) {
            self.address = address
            self.thumbnail = thumbnail
            self.fileName = fileName
            self.width = width
            self.height = height
            self.bytes = bytes
            self.origin = origin
        }
    }

    /// A document that was looked through and put into the store of files as it came, about to be recorded.
    package struct PreparedDocument: Sendable {
        package let address: ContentAddress
        package let file: DocumentFile
        package let fileName: String
        package let bytes: Int

        package init(address: ContentAddress, file: DocumentFile, fileName: String, bytes: Int) {
            self.address = address
            self.file = file
            self.fileName = fileName
            self.bytes = bytes
        }
    }

    /// What is about to be recorded as evidence.
    package enum NewEvidence: Sendable {
        case picture(PreparedPicture)
        case document(PreparedDocument)
        case observation(Observation)
    }
}

extension RecognitionStore {
    /// Records a picture as evidence for one indicator.
    package static func add(
        _ picture: Recognition.PreparedPicture, to dossier: ID, code: String, note: String?, _ deed: Recognition.Deed,
        _ tx: Transaction
    ) throws -> ID {
        try add(.picture(picture), to: dossier, code: code, note: note, deed, tx)
    }

    /// Records a new piece of evidence for one indicator. Answers its id.
    ///
    /// - Parameter side: `check` for the note of the commune's own visit.
    package static func add(
        _ new: Recognition.NewEvidence, to dossier: ID, code: String, note: String?, side: Recognition.Side = .own,
        _ deed: Recognition.Deed, _ tx: Transaction
    ) throws -> ID {
        let id = tx.ids.next()
        try insert(new, id, piece: id, version: 1, dossier, side, note, deed, tx)
        try tx.execute("INSERT INTO evidence_use (piece_id, code) VALUES (\(id), \(code))")
        return id
    }

    /// Puts a newer version in the place of a piece's last one, which stays in the history with both names. What the
    /// public may see is decided anew.
    package static func replace(
        piece: ID, of dossier: ID, by new: Recognition.NewEvidence, note: String?, _ deed: Recognition.Deed,
        _ tx: Transaction
    ) throws {
        let last = try tx.one(
            """
            SELECT id, version, side FROM evidence WHERE piece_id = \(piece) AND dossier_id = \(dossier)
            AND replaced_at IS NULL AND removed_at IS NULL
            """)
        let (old, version) = (try last.id("id"), try last.integer("version"))
        try tx.execute("UPDATE evidence SET replaced_at = \(deed.at), released_at = NULL WHERE id = \(old)")
        try tx.execute("DELETE FROM evidence_origin WHERE evidence_id = \(old)")
        let side = Recognition.Side(rawValue: try last.text("side")) ?? .own
        try insert(new, tx.ids.next(), piece: piece, version: version + 1, dossier, side, note, deed, tx)
    }

    private static func insert(
        _ new: Recognition.NewEvidence, _ id: ID, piece: ID, version: Int, _ dossier: ID, _ side: Recognition.Side,
        _ note: String?, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        switch new {
        case .picture(let picture):
            try tx.execute(
                """
                INSERT INTO evidence (id, piece_id, version, dossier_id, kind, side, address, thumbnail, file_kind,
                    file_name, width, height, bytes, note, added_by, giver_id, at)
                VALUES (\(id), \(piece), \(version), \(dossier), 'picture', \(side.rawValue), \(picture.address.hex),
                    \(picture.thumbnail.hex), 'jpeg', \(picture.fileName), \(picture.width), \(picture.height),
                    \(picture.bytes), \(note), \(deed.person), \(deed.giver),
                    \(deed.at))
                """)
            let origin = picture.origin
            guard origin != .unknown else { return }
            try tx.execute(
                """
                INSERT INTO evidence_origin (evidence_id, taken_at, latitude, longitude)
                VALUES (\(id), \(origin.instantText), \(millionths(origin.latitude)), \(millionths(origin.longitude)))
                """)
        case .document(let document):
            try tx.execute(
                """
                INSERT INTO evidence (id, piece_id, version, dossier_id, kind, side, address, file_kind, file_name,
                    bytes, line_count, note, added_by, giver_id, at)
                VALUES (\(id), \(piece), \(version), \(dossier), 'document', \(side.rawValue),
                    \(document.address.hex), \(document.file.kind.rawValue), \(document.fileName), \(document.bytes),
                    \(document.file.lines), \(note), \(deed.person), \(deed.giver),
                    \(deed.at))
                """)
        case .observation(let observation):
            try tx.execute(
                """
                INSERT INTO evidence (id, piece_id, version, dossier_id, kind, side, office, seen_on, seen, note,
                    added_by, giver_id, at)
                VALUES (\(id), \(piece), \(version), \(dossier), \(observation.kind.rawValue), \(side.rawValue),
                    \(observation.office), \(observation.day), \(observation.seen), \(note), \(deed.person),
                    \(deed.giver), \(deed.at))
                """)
        }
    }

    /// Says anew which indicators a piece speaks for; the caller has made sure that there is at least one.
    package static func use(
        piece: ID, of dossier: ID, for codes: [String], _ tx: Transaction
    ) throws {
        _ = try tx.one(
            """
            SELECT id FROM evidence WHERE id = \(piece) AND piece_id = \(piece) AND dossier_id = \(dossier)
            AND removed_at IS NULL
            """)
        try tx.execute("DELETE FROM evidence_use WHERE piece_id = \(piece)")
        for code in codes {
            try tx.execute("INSERT INTO evidence_use (piece_id, code) VALUES (\(piece), \(code))")
        }
    }

    /// Takes a piece out of the dossier in all its versions. The rows stay, so that the story can say who did it.
    package static func remove(evidence piece: ID, from dossier: ID, _ deed: Recognition.Deed, _ tx: Transaction) throws
    {
        let touched = try tx.execute(
            """
            UPDATE evidence SET removed_at = \(deed.at), removed_by = \(deed.person), released_at = NULL
            WHERE piece_id = \(piece) AND dossier_id = \(dossier) AND removed_at IS NULL
            """)
        guard touched > 0 else { throw NotFound() }
        try tx.execute(
            "DELETE FROM evidence_origin WHERE evidence_id IN (SELECT id FROM evidence WHERE piece_id = \(piece))")
    }

    /// Lets the public see a picture after both questions were answered, or no longer (both nil).
    /// - Throws: a `Refusal` for what is never public: a document, a witness, a visit.
    package static func release(
        evidence piece: ID, of dossier: ID, children: PictureCare?, plates: PictureCare?, _ deed: Recognition.Deed,
        _ tx: Transaction
    ) throws {
        let isOut = children != nil && plates != nil
        let touched = try tx.execute(
            """
            UPDATE evidence SET released_at = \(isOut ? deed.at : nil), children = \(children?.rawValue),
                plates = \(plates?.rawValue)
            WHERE piece_id = \(piece) AND dossier_id = \(dossier) AND kind = 'picture' AND removed_at IS NULL
            AND replaced_at IS NULL
            """)
        guard touched == 1 else { throw Refusal(.invalid, "recognition.evidence.refusal.neverPublic") }
    }

    /// When a dossier closes nobody needs to know any more where a picture was taken.
    static func forgetOrigins(of dossier: ID, _ tx: Transaction) throws {
        try tx.execute(
            """
            DELETE FROM evidence_origin WHERE evidence_id IN (SELECT id FROM evidence WHERE dossier_id = \(dossier))
            """)
    }

    private static func millionths(_ degrees: Double?) -> Int? {
        degrees.map { Int(($0 * 1_000_000).rounded()) }
    }
}
