import Core
import Database
import Documents

extension Recognition {
    /// One picture of a dossier's evidence (minh chứng). Closed by default: the public sees it only once the commune
    /// released it.
    package struct Evidence: Sendable {
        package let id: ID
        package let dossier: ID
        /// As the sender's device called it; shown, never used as a path.
        package let fileName: String
        package let width: Int
        package let height: Int
        package let bytes: Int
        package let note: String?
        package let addedBy: String?
        package let at: Instant
        package let isReleased: Bool
        /// The indicators it speaks for.
        package let codes: [String]
    }

    /// When and where a picture's device says it was taken: for the checker alone (people.md rule 10).
    package struct EvidenceOrigin: Sendable, Equatable {
        package let takenAt: String?
        /// Millionths of a degree.
        package let latitude: Int?
        package let longitude: Int?
    }

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
}

extension RecognitionStore {
    /// The most pictures of one indicator: six are what a whole recognition should cost.
    package static let picturesLimit = 12

    /// Records a picture as evidence for one indicator.
    package static func add(
        _ picture: Recognition.PreparedPicture, to dossier: ID, code: String, note: String?, _ deed: Recognition.Deed,
        _ tx: Transaction
    ) throws -> ID {
        let id = tx.ids.next()
        try tx.execute(
            """
            INSERT INTO evidence (id, dossier_id, kind, address, thumbnail, file_name, width, height, bytes, note,
                added_by, at)
            VALUES (\(id), \(dossier), 'picture', \(picture.address.hex), \(picture.thumbnail.hex), \(picture.fileName),
                \(picture.width), \(picture.height), \(picture.bytes), \(note), \(deed.person), \(deed.at))
            """)
        try tx.execute("INSERT INTO evidence_use (evidence_id, code) VALUES (\(id), \(code))")
        let origin = picture.origin
        if origin != .unknown {
            try tx.execute(
                """
                INSERT INTO evidence_origin (evidence_id, taken_at, latitude, longitude)
                VALUES (\(id), \(origin.instantText), \(millionths(origin.latitude)), \(millionths(origin.longitude)))
                """)
        }
        return id
    }

    /// Takes a picture out of the dossier. Its row stays, so that the story can say who did it.
    package static func remove(evidence: ID, from dossier: ID, _ deed: Recognition.Deed, _ tx: Transaction) throws {
        let touched = try tx.execute(
            """
            UPDATE evidence SET removed_at = \(deed.at), removed_by = \(deed.person), released_at = NULL
            WHERE id = \(evidence) AND dossier_id = \(dossier) AND removed_at IS NULL
            """)
        guard touched == 1 else { throw NotFound() }
        try tx.execute("DELETE FROM evidence_origin WHERE evidence_id = \(evidence)")
    }

    /// Lets the public see a picture, or no longer.
    package static func release(
        evidence: ID, of dossier: ID, _ isReleased: Bool, _ deed: Recognition.Deed, _ tx: Transaction
    ) throws {
        try tx.execute(
            """
            UPDATE evidence SET released_at = \(isReleased ? deed.at : nil)
            WHERE id = \(evidence) AND dossier_id = \(dossier) AND removed_at IS NULL
            """)
    }

    /// The evidence of a dossier, oldest first; what was taken out is not in it.
    package static func evidence(of dossier: ID, _ reader: any Reader) throws -> [Recognition.Evidence] {
        try evidence("e.dossier_id = \(dossier)", reader)
    }

    /// The pictures that the commune released to the public, of a recognised area's dossier.
    package static func publicEvidence(of dossier: ID, _ reader: any Reader) throws -> [Recognition.Evidence] {
        try evidence("e.dossier_id = \(dossier) AND e.released_at IS NOT NULL", reader).map {
            Recognition.Evidence(
                id: $0.id, dossier: $0.dossier, fileName: "", width: $0.width, height: $0.height, bytes: $0.bytes,
                note: $0.note, addedBy: nil, at: $0.at, isReleased: true, codes: $0.codes)
        }
    }

    private static func evidence(_ condition: SQL, _ reader: any Reader) throws -> [Recognition.Evidence] {
        var codes: [ID: [String]] = [:]
        let rows = try reader.rows(
            """
            SELECT e.id, e.dossier_id, e.file_name, e.width, e.height, e.bytes, e.note, e.at, e.released_at, u.code,
                p.name AS added_by
            FROM evidence e LEFT JOIN evidence_use u ON u.evidence_id = e.id LEFT JOIN person p ON p.id = e.added_by
            WHERE \(condition) AND e.removed_at IS NULL ORDER BY e.at, e.id, u.code
            """)
        var order: [Row] = []
        for row in rows {
            let id = try row.id("id")
            if codes[id] == nil { order.append(row) }
            codes[id, default: []] += try row.optionalText("code").map { [$0] } ?? []
        }
        return try order.map { row in
            let id = try row.id("id")
            return Recognition.Evidence(
                id: id, dossier: try row.id("dossier_id"), fileName: try row.text("file_name"),
                width: try row.integer("width"), height: try row.integer("height"), bytes: try row.integer("bytes"),
                note: try row.optionalText("note"), addedBy: try row.optionalText("added_by"),
                at: try row.instant("at"),
                isReleased: try row.optionalInstant("released_at") != nil, codes: codes[id] ?? [])
        }
    }

    /// Where a picture's bytes are, for whoever may see the dossier; for everybody once it was released.
    package static func picture(
        _ id: ID, isThumbnail: Bool, seenBy sight: Sight?, _ reader: any Reader
    ) throws -> (address: ContentAddress, name: String) {
        let visible: SQL =
            sight.map { "(e.released_at IS NOT NULL OR \($0.covers("d.territory_id")))" } ?? "e.released_at IS NOT NULL"
        let row = try reader.one(
            """
            SELECT e.address, e.thumbnail FROM evidence e JOIN dossier d ON d.id = e.dossier_id
            WHERE e.id = \(id) AND e.removed_at IS NULL AND \(visible)
            """)
        guard let address = ContentAddress(try row.text(isThumbnail ? "thumbnail" : "address")) else {
            throw NotFound()
        }
        return (address, "\(id).jpg")
    }

    /// What devices noted about a dossier's pictures, by picture. Only a page whose reader may check shows it.
    package static func origins(
        of dossier: ID, _ reader: any Reader
    ) throws -> [ID: Recognition.EvidenceOrigin] {
        var origins: [ID: Recognition.EvidenceOrigin] = [:]
        for row in try reader.rows(
            """
            SELECT o.evidence_id, o.taken_at, o.latitude, o.longitude FROM evidence_origin o
            JOIN evidence e ON e.id = o.evidence_id WHERE e.dossier_id = \(dossier)
            """)
        {
            origins[try row.id("evidence_id")] = Recognition.EvidenceOrigin(
                takenAt: try row.optionalText("taken_at"), latitude: try row.optionalInteger("latitude"),
                longitude: try row.optionalInteger("longitude"))
        }
        return origins
    }

    /// When a dossier closes nobody needs to know any more where a picture was taken.
    static func forgetOrigins(of dossier: ID, _ tx: Transaction) throws {
        try tx.execute(
            """
            DELETE FROM evidence_origin WHERE evidence_id IN (SELECT id FROM evidence WHERE dossier_id = \(dossier))
            """)
    }

    /// Whether a kept file is recorded somewhere here: what the sweep of orphans asks.
    package static func isNeeded(_ address: ContentAddress, _ reader: any Reader) throws -> Bool {
        try reader.one(
            """
            SELECT (SELECT count(*) FROM evidence WHERE removed_at IS NULL AND address = \(address.hex))
                + (SELECT count(*) FROM evidence WHERE removed_at IS NULL AND thumbnail = \(address.hex))
                + (SELECT count(*) FROM decision WHERE scan_address = \(address.hex)) AS uses
            """
        ).integer("uses") > 0
    }

    private static func millionths(_ degrees: Double?) -> Int? {
        degrees.map { Int(($0 * 1_000_000).rounded()) }
    }
}
