import Core
import Organisation
import Web

/// A dossier that hangs on the board for residents' comments today.
struct PortalPosting: Encodable, Sendable {
    let dossier: ID
    let area: TerritoryTitle
    let commune: TerritoryTitle?
    /// The title's code and, as the criteria have it, its name.
    let title: String
    let name: PortalName
    let year: Int
    /// The last day on which comments are taken.
    let last: Day

    static var sample: PortalPosting {
        PortalPosting(
            dossier: .sample(6), area: .sampleArea, commune: .sampleCommune, title: "model",
            name: PortalName("Khu dan cu kieu mau", en: "Model residential area"), year: 2026,
            last: Day(iso: "2026-09-29") ?? .first)
    }
}

/// Pieces of evidence whose content is not published: of what kind they are, and how many of them there are.
struct PortalClosedEvidence: Encodable, Sendable, Equatable {
    /// `picture`, `document`, `witness`, `visit`.
    let kind: String
    /// Lines of a list; nil where it is none, or so short that it points to a few families.
    let lines: Int?
    let count: Int

    static var sample: [PortalClosedEvidence] {
        [
            PortalClosedEvidence(kind: "document", lines: 36, count: 1),
            PortalClosedEvidence(kind: "picture", lines: nil, count: 2),
        ]
    }
}

extension PortalTexts {
    func postings(_ postings: [PortalPosting]) -> WebRows {
        WebRows(
            rows: postings.map { posting in
                WebLine(
                    title: headed(posting.area), href: "/posted/\(posting.dossier)",
                    text: [
                        posting.commune.map { headed($0) },
                        view(
                            "portal.posted.line",
                            ["title": posting.name.text(in: view.language), "year": "\(posting.year)"]),
                    ].compactMap { $0 }.joined(separator: " · "),
                    right: view("portal.posted.until", ["day": view.day(posting.last)]))
            })
    }

    /// "danh sách, 36 dòng · 2 ảnh".
    func closed(_ evidence: [PortalClosedEvidence]) -> String? {
        guard !evidence.isEmpty else { return nil }
        let pieces = evidence.map { piece in
            piece.lines.map { view("portal.closed.list", ["lines": format.integer($0)]) }
                ?? counted("portal.closed.\(piece.kind)", piece.count)
        }
        return view("portal.closed.text", ["pieces": pieces.joined(separator: ", ")])
    }
}
