import Core
import Documents
import Web

/// One piece of evidence as pages and programs are told.
struct RecognitionEvidenceAnswer: Encodable, Sendable {
    /// Of the piece; the same for all its versions.
    let id: ID
    /// Of this version: its file is asked for by it.
    let file: ID
    let version: Int
    let kind: Recognition.EvidenceKind
    let side: Recognition.Side
    /// `jpeg`, `pdf`, `docx`, `xlsx`; nil without a file.
    let fileKind: String?
    let fileName: String?
    let bytes: Int?
    /// Of a document with a list.
    let lines: Int?
    let office: String?
    let seenOn: Day?
    let seen: String?
    let note: String?
    let codes: [String]
    let addedBy: String?
    /// For whom, on an office held by delegation.
    let giver: String?
    let at: Instant
    let isReleased: Bool
    /// Whether this person opens its file: others learn that it is there, and no name that its sender gave it.
    let isOpen: Bool
    let replacedAt: Instant?
    /// Only for whoever checks: what the device noted.
    let takenAt: String?
    let place: String?

    /// "Ka Hương, thay Ya Thương": whoever added it, and in whose office.
    func added(_ view: View) -> String {
        let who = addedBy ?? view("recognition.indicator.nobody")
        return [who, giver.map { view("people.role.onBehalf", ["giver": $0]) }].compactMap { $0 }.joined(
            separator: ", ")
    }

    init(
        _ evidence: Recognition.Evidence, _ origin: Recognition.EvidenceOrigin?,
        _ reading: Recognition.EvidenceReading
    ) {
        isOpen = reading.opens(isReleased: evidence.isReleased, codes: evidence.codes)
        id = evidence.piece
        file = evidence.id
        version = evidence.version
        kind = evidence.kind
        side = evidence.side
        fileKind = evidence.fileKind?.rawValue
        fileName = evidence.fileName.isEmpty || !isOpen ? nil : evidence.fileName
        bytes = evidence.bytes > 0 ? evidence.bytes : nil
        lines = evidence.lines
        office = evidence.office
        seenOn = evidence.seenOn
        seen = evidence.seen
        note = evidence.note
        codes = evidence.codes
        addedBy = evidence.addedBy
        giver = evidence.giver
        at = evidence.at
        isReleased = evidence.isReleased
        replacedAt = evidence.replacedAt
        takenAt = origin?.takenAt
        if let latitude = origin?.latitude, let longitude = origin?.longitude {
            place =
                "\(Quantity(thousandths: Int64(latitude / 1_000)).text(in: .en)), "
                + Quantity(thousandths: Int64(longitude / 1_000)).text(in: .en)
        } else {
            place = nil
        }
    }

    static var sample: RecognitionEvidenceAnswer {
        RecognitionEvidenceAnswer(
            RecognitionSamples.evidence,
            Recognition.EvidenceOrigin(takenAt: "2026-09-05T19:00:00", latitude: 11_800_000, longitude: 108_500_000),
            Recognition.EvidenceReading(of: .submitted, capabilities: [.checkDossier]))
    }

    /// Its file lies there and this person does not open it.
    var isClosed: Bool { kind.hasFile && !isOpen }

    /// "PDF, 36 dòng, 120 kB", "Ảnh", "Người xác nhận: …".
    func heading(_ view: View) -> String {
        switch kind {
        case .picture: return view("recognition.evidence.kind.picture")
        case .document:
            let kind = (fileKind ?? "").uppercased()
            return lines.map {
                view("recognition.evidence.list", ["kind": kind, "lines": view.language.format.integer($0)])
            } ?? view("recognition.evidence.paper", ["kind": kind])
        case .witness, .visit: return view("recognition.evidence.kind.\(kind.rawValue)")
        }
    }

    /// Everything about it in short lines.
    func texts(_ view: View) -> [String] {
        var texts: [String] = []
        if let office, let seenOn {
            texts.append(view("recognition.evidence.seenBy", ["office": office, "day": view.day(seenOn)]))
        }
        if let seen { texts.append(seen) }
        if let note { texts.append(note) }
        let who = added(view)
        texts.append(view("recognition.evidence.added", ["person": who, "day": view.day(at.day)]))
        return texts
    }

    var origin: String? {
        let text = [takenAt?.replacing("T", with: " "), place].compactMap { $0 }.joined(separator: " · ")
        return text.isEmpty ? nil : text
    }
}

struct RecognitionEvidenceIndicator: Encodable, Sendable {
    let code: String
    let name: RecognitionName

    static let sample = RecognitionEvidenceIndicator(code: "III.3", name: .sample)
}

/// A piece as it stands in a list: a thumbnail, a document's sign, or words alone. For the partial
/// `recognition-evidence-cards`.
struct RecognitionEvidenceCard: Sendable {
    /// What a tap on the picture or sign opens.
    let href: String
    let thumbnail: String?
    let alt: String
    /// On a document's sign: "PDF".
    let sign: String?
    /// In the place of a picture, for what has no file.
    let isWords: Bool
    let heading: String
    /// In the place of a file that this person does not open.
    let closed: String?
    let texts: [String]
    let codes: String?
    let origin: String?
    let versions: String?
    let released: WebStatus?
    let pageHref: String
    /// Where the two questions are answered that come before the public.
    let release: String?
    /// Takes it back in.
    let closing: String?
    let removal: String?

    /// - Parameters:
    ///   - home: the dossier's address.
    ///   - showsCodes: also which indicators it speaks for.
    init(
        _ piece: RecognitionEvidenceAnswer, home: String, mayChange: Bool, mayRelease: Bool, showsCodes: Bool,
        _ view: View
    ) {
        let page = "\(home)/evidence/\(piece.id)"
        pageHref = page
        switch piece.kind {
        case .picture where piece.isOpen: href = "/evidence/\(piece.file)/picture"
        case .document where piece.isOpen: href = "/evidence/\(piece.file)/document"
        default: href = page
        }
        thumbnail = piece.kind == .picture && piece.isOpen ? "/evidence/\(piece.file)/thumbnail" : nil
        switch piece.kind {
        case .document: sign = (piece.fileKind ?? "").uppercased()
        case .picture where piece.isClosed: sign = view("recognition.evidence.kind.picture")
        default: sign = nil
        }
        closed = piece.isClosed ? view("recognition.evidence.closed.short") : nil
        isWords = !piece.kind.hasFile
        alt = piece.note ?? view("recognition.evidence.alt", ["code": piece.codes.joined(separator: ", ")])
        heading = piece.heading(view)
        texts = piece.texts(view)
        codes =
            showsCodes
            ? view("recognition.evidence.codes", ["codes": piece.codes.joined(separator: ", ")]) : nil
        origin = piece.origin.map { view("recognition.evidence.origin", ["origin": $0]) }
        versions = piece.version > 1 ? view("recognition.evidence.version", ["version": "\(piece.version)"]) : nil
        released = piece.isReleased ? WebStatus(.done, view("recognition.evidence.released")) : nil
        release = mayRelease && piece.kind.mayBePublic && !piece.isReleased ? "\(page)#release" : nil
        closing = mayRelease && piece.isReleased ? "\(page)/closing" : nil
        removal = mayChange && piece.side == .own ? "\(page)/removal" : nil
    }
}
