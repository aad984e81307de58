import Core
import Database
import Organisation

/// Why a signed paper cannot be entered for a draft: what stands in the register, and what it rests on.
extension RecognitionStore {
    /// Refuses a number that this body used in the paper's year.
    package static func refusal(
        ofNumber paper: Recognition.SignedPaper, for decision: Recognition.Decision, _ reader: any Reader
    ) throws -> Refusal? {
        let taken = try reader.first(
            """
            SELECT id FROM decision WHERE organisation_id = \(decision.organisation) AND number_year = \(paper.day.year)
                AND number_key = \(paper.key) AND id <> \(decision.id)
            """)
        return taken.map { _ in
            Refusal(
                .invalid, "recognition.refusal.numberTaken", field: "number",
                ["number": paper.number, "year": "\(paper.day.year)"])
        }
    }

    /// Refuses a day before the panel concluded on an area that the decision names, or a refusal was looked at again: it
    /// rests on that, and the minutes on the posting and the ballot.
    package static func refusal(
        ofDay paper: Recognition.SignedPaper, for decision: Recognition.Decision, in language: Language = .vi,
        _ reader: any Reader
    ) throws -> Refusal? {
        let last = try reader.first(
            """
            SELECT v.at, v.action, t.name FROM decision_item i JOIN dossier_event v ON v.dossier_id = i.dossier_id
            JOIN dossier d ON d.id = i.dossier_id JOIN territory t ON t.id = d.territory_id
            WHERE i.decision_id = \(decision.id) AND v.action IN ('conclude', 'reconsider')
            ORDER BY v.at DESC, v.id LIMIT 1
            """)
        guard let last else { return nil }
        return paper.refusal(
            after: try last.choice("action"), of: try last.instant("at").day, on: try last.text("name"), in: language)
    }

    /// That the area was granted a higher title meanwhile: which one, and by which decision.
    static func refusal(
        of dossier: Recognition.Dossier, under higher: Recognition.Rung, _ tx: Transaction
    ) throws -> Refusal {
        let (level, arguments) = try meanwhile(dossier, higher, tx)
        return Refusal(.conflict, "recognition.refusal.higherMeanwhile.\(level)", arguments)
    }

    /// That this body granted the area the same title meanwhile: by which decision.
    static func refusal(
        of dossier: Recognition.Dossier, beside same: Recognition.Rung, _ tx: Transaction
    ) throws -> Refusal {
        Refusal(.conflict, "recognition.refusal.sameMeanwhile", try meanwhile(dossier, same, tx).arguments)
    }

    private static func meanwhile(
        _ dossier: Recognition.Dossier, _ rung: Recognition.Rung, _ tx: Transaction
    ) throws -> (level: String, arguments: [String: String]) {
        let held = try tx.one(
            """
            SELECT g.title_name, g.level, x.number, x.day FROM title_grant g JOIN decision x ON x.id = g.decision_id
            WHERE g.id = \(rung.title)
            """)
        return (
            try held.text("level"),
            [
                "area": dossier.area.name, "held": try held.text("title_name"), "number": try held.text("number"),
                "day": Language.vi.format.day(try held.day("day")),
            ]
        )
    }
}
