import Core
import Database
import Documents

extension Recognition {
    /// One piece of a dossier's evidence (minh chứng) in one of its versions. Closed by default: the public sees only
    /// pictures, and those only once the commune released them.
    package struct Evidence: Sendable {
        /// Of this version: what its file is asked for by.
        package let id: ID
        /// The same for all versions.
        package let piece: ID
        /// From 1.
        package let version: Int
        package let dossier: ID
        package let kind: EvidenceKind
        /// The area's own, or the commune's note of its visit.
        package let side: Side
        /// Of a picture or document.
        package let fileKind: FileKind?
        /// As the sender's device called it; shown, never used as a path.
        package let fileName: String
        /// In pixels; 0 for what is no picture.
        package let width: Int
        package let height: Int
        package let bytes: Int
        /// The lines of a document's list.
        package let lines: Int?
        package let office: String?
        package let seenOn: Day?
        package let seen: String?
        package let note: String?
        package let addedBy: String?
        /// For whom it was added, on an office held by delegation: both names stay.
        package var giver: String?
        package let at: Instant
        package let isReleased: Bool
        /// When a newer version took its place.
        package let replacedAt: Instant?
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

    /// A file of evidence on its way out.
    package struct EvidenceFile: Sendable {
        package let address: ContentAddress
        package let kind: FileKind
        /// By which it is saved: of the product's own making.
        package let name: String
        package let dossier: ID
        package let codes: [String]
        /// Everybody may open it.
        package let isReleased: Bool
    }

    /// What others learn of evidence that stays closed: "danh sách, 36 dòng".
    package struct ClosedEvidence: Sendable, Equatable {
        package let kind: EvidenceKind
        package let fileKind: FileKind?
        package let lines: Int?
        package let codes: [String]
    }
}

extension RecognitionStore {
    /// The evidence of a dossier in its newest versions, oldest first; what was taken out is not in it.
    package static func evidence(of dossier: ID, _ reader: any Reader) throws -> [Recognition.Evidence] {
        try evidence("e.dossier_id = \(dossier) AND e.replaced_at IS NULL", reader)
    }

    /// All versions of one piece, the newest first; empty when the dossier has none of this id.
    package static func versions(
        of piece: ID, in dossier: ID, _ reader: any Reader
    ) throws -> [Recognition.Evidence] {
        try evidence("e.dossier_id = \(dossier) AND e.piece_id = \(piece)", reader).sorted { $0.version > $1.version }
    }

    /// The pictures that the commune released to the public, of a recognised area's dossier. Without names: who added
    /// it, and as what it lay on their phone.
    package static func publicEvidence(of dossier: ID, _ reader: any Reader) throws -> [Recognition.Evidence] {
        try evidence(
            "e.dossier_id = \(dossier) AND e.kind = 'picture' AND e.released_at IS NOT NULL AND e.replaced_at IS NULL",
            reader
        ).map {
            Recognition.Evidence(
                id: $0.id, piece: $0.piece, version: $0.version, dossier: $0.dossier, kind: $0.kind, side: $0.side,
                fileKind: $0.fileKind, fileName: "", width: $0.width, height: $0.height, bytes: $0.bytes, lines: nil,
                office: nil, seenOn: nil, seen: nil, note: $0.note, addedBy: nil, at: $0.at, isReleased: true,
                replacedAt: nil, codes: $0.codes)
        }
    }

    /// What a dossier rests on besides released pictures, as far as everybody may know: kinds and counts, nothing of
    /// their content (people.md rule 10).
    package static func closedEvidence(
        of dossier: ID, _ reader: any Reader
    ) throws -> [Recognition.ClosedEvidence] {
        try evidence("e.dossier_id = \(dossier) AND e.released_at IS NULL AND e.replaced_at IS NULL", reader).map {
            Recognition.ClosedEvidence(kind: $0.kind, fileKind: $0.fileKind, lines: $0.lines, codes: $0.codes)
        }
    }

    private static func evidence(_ condition: SQL, _ reader: any Reader) throws -> [Recognition.Evidence] {
        var codes: [ID: [String]] = [:]
        let rows = try reader.rows(
            """
            SELECT e.id, e.piece_id, e.version, e.dossier_id, e.kind, e.side, e.file_kind, e.file_name, e.width,
                e.height, e.bytes, e.line_count, e.office, e.seen_on, e.seen, e.note, e.at, e.released_at,
                e.replaced_at, u.code, p.name AS added_by, g.name AS giver
            FROM evidence e LEFT JOIN evidence_use u ON u.piece_id = e.piece_id LEFT JOIN person p ON p.id = e.added_by
                LEFT JOIN person g ON g.id = e.giver_id
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
            guard let kind = Recognition.EvidenceKind(rawValue: try row.text("kind")),
                let side = Recognition.Side(rawValue: try row.text("side"))
            else { throw NotFound() }
            return Recognition.Evidence(
                id: id, piece: try row.id("piece_id"), version: try row.integer("version"),
                dossier: try row.id("dossier_id"), kind: kind, side: side,
                fileKind: try row.optionalText("file_kind").flatMap(FileKind.init(rawValue:)),
                fileName: try row.optionalText("file_name") ?? "", width: try row.optionalInteger("width") ?? 0,
                height: try row.optionalInteger("height") ?? 0, bytes: try row.optionalInteger("bytes") ?? 0,
                lines: try row.optionalInteger("line_count"), office: try row.optionalText("office"),
                seenOn: try row.optionalDay("seen_on"), seen: try row.optionalText("seen"),
                note: try row.optionalText("note"), addedBy: try row.optionalText("added_by"),
                giver: try row.optionalText("giver"),
                at: try row.instant("at"), isReleased: try row.optionalInstant("released_at") != nil,
                replacedAt: try row.optionalInstant("replaced_at"), codes: codes[id] ?? [])
        }
    }

    /// Where a picture's bytes are, for whoever may see the dossier; for everybody once it was released. Of one that was
    /// not, `EvidenceReading` of its dossier says whether they may also open it.
    package static func picture(
        _ id: ID, isThumbnail: Bool, seenBy sight: Sight?, _ reader: any Reader
    ) throws -> Recognition.EvidenceFile {
        let visible: SQL =
            sight.map { "(e.released_at IS NOT NULL OR \($0.covers("d.territory_id")))" } ?? "e.released_at IS NOT NULL"
        let row = try reader.one(
            """
            SELECT e.address, e.thumbnail, e.dossier_id, e.piece_id, e.released_at FROM evidence e
            JOIN dossier d ON d.id = e.dossier_id
            WHERE e.id = \(id) AND e.kind = 'picture' AND e.removed_at IS NULL AND \(visible)
            """)
        guard let address = ContentAddress(try row.text(isThumbnail ? "thumbnail" : "address")) else {
            throw NotFound()
        }
        return Recognition.EvidenceFile(
            address: address, kind: .jpeg, name: "\(id).jpg", dossier: try row.id("dossier_id"),
            codes: try codes(of: row.id("piece_id"), reader),
            isReleased: try row.optionalInstant("released_at") != nil)
    }

    /// Where a document's bytes are and what it is called here, for whoever may see the dossier and nobody else; whether
    /// they may also open it, `EvidenceReading` says. Its sender's name for it is not used: it may name people.
    package static func document(
        _ id: ID, seenBy sight: Sight, _ reader: any Reader
    ) throws -> Recognition.EvidenceFile {
        let row = try reader.one(
            """
            SELECT e.address, e.file_kind, e.dossier_id, e.piece_id
            FROM evidence e JOIN dossier d ON d.id = e.dossier_id
            WHERE e.id = \(id) AND e.kind = 'document' AND e.removed_at IS NULL AND \(sight.covers("d.territory_id"))
            """)
        guard let address = ContentAddress(try row.text("address")),
            let kind = FileKind(rawValue: try row.text("file_kind"))
        else { throw NotFound() }
        let codes = try codes(of: row.id("piece_id"), reader)
        let code = (codes.first ?? "").filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") }
        return Recognition.EvidenceFile(
            address: address, kind: kind,
            name: "minh-chung-\(code.isEmpty ? "x" : code)-\("\(id)".suffix(6)).\(kind.rawValue)",
            dossier: try row.id("dossier_id"), codes: codes, isReleased: false)
    }

    /// The indicators that a piece speaks for, in their order as text.
    private static func codes(of piece: ID, _ reader: any Reader) throws -> [String] {
        try reader.rows("SELECT code FROM evidence_use WHERE piece_id = \(piece) ORDER BY code").map {
            try $0.text("code")
        }
    }

    /// What devices noted about a dossier's pictures, by version. Only a page whose reader may check shows it.
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

    /// How many pieces speak for an indicator.
    static func evidenceCount(of dossier: ID, code: String, _ reader: any Reader) throws -> Int {
        try reader.one(
            """
            SELECT count(*) AS many FROM evidence e JOIN evidence_use u ON u.piece_id = e.piece_id
            WHERE e.dossier_id = \(dossier) AND u.code = \(code) AND e.removed_at IS NULL AND e.replaced_at IS NULL
            """
        ).integer("many")
    }
}
