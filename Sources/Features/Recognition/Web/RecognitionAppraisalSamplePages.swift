import Core
import Criteria
import Organisation

extension RecognitionSamples {
    static let panel = Recognition.Panel(
        id: id, territory: province, organisation: id, body: "Sample", name: "Sample panel", year: 2026,
        formedAt: instant, seed: "0123456789", members: [Recognition.PanelSeat(id, "Sample", .chair)], former: [],
        taken: 1, concluded: 0, revision: 1,
        place: [id])

    /// With something in every place.
    static let work: Recognition.PanelWork = {
        let seat = Recognition.PanelSeat(id, "Sample", .chair)
        let forwarded = Recognition.Dossier(
            id: id, area: area, commune: commune, year: 2026, title: "model", level: .province, areaClass: nil,
            criteriaSet: id, state: .forwarded, since: instant, due: day, round: 1, registeredAt: instant, revision: 1,
            place: [id])
        return Recognition.PanelWork(
            dossier: forwarded, panel: panel,
            appraisal: Recognition.Appraisal(
                id: id, panel: id, dossier: id, round: 1, takenAt: instant, closedAt: instant, endedAt: nil,
                ender: "Sample", end: .passesNot, reason: "Sample", remark: "Sample",
                attended: [Recognition.Attendee("Sample", duty: "Sample")]),
            assessment: assessment,
            scoring: Recognition.PanelScoring(
                judged: ["III.3"], drawn: ["III.3": [id]],
                standings: [
                    Recognition.PanelStanding(seat, declaration: Recognition.Declaration.none, reason: "Sample")
                ],
                scores: [
                    Recognition.PanelScore(
                        code: "III.3", person: id, value: .quantity(Quantity(thousandths: 72_000)), note: "Sample")
                ],
                settlements: [
                    Recognition.Settlement(
                        code: "III.3", value: .quantity(Quantity(thousandths: 68_000)), reason: "Measured again.")
                ], isClosed: true),
            visits: [
                Recognition.Visit(
                    id: id, day: day, isAnnounced: false, members: [(id, "Sample")],
                    others: [Recognition.Attendee("Sample", duty: "Sample")], remark: "Sample",
                    looks: [Recognition.Visit.Look(code: "III.3", result: .otherwise, note: "Sample")],
                    recorder: "Sample")
            ],
            preceding: Recognition.Preceding(
                isPostingOver: true, isBallotFixed: true,
                ballot: Recognition.PanelBallot(
                    households: 214, handedOut: 214, returned: 163, valid: 161, satisfied: 149),
                background: RecognitionSamples.background),
            confirmations: [confirmation])
    }()

    static let confirmation = Recognition.Confirmation(
        id: id, code: "III.3", organisation: id, office: "Sample office", askedAt: instant,
        asked: .quantity(Quantity(thousandths: 72_000)), answer: .differs,
        value: .quantity(Quantity(thousandths: 68_000)), reason: "Counted again.", answerer: "Sample",
        answeredAt: instant)
}
