import Core
import Recognition
import Web

/// The household ballot of a recognised area. With few valid slips only whether it passed.
struct PortalVote: Encodable, Sendable {
    let households: Int
    let handedOut: Int
    let returned: Int?
    let valid: Int?
    let satisfied: Int?
    let unsatisfied: Int?
    let noOpinion: Int?
    let passes: Bool

    init(_ ballot: Recognition.PublicBallot) {
        households = ballot.households
        handedOut = ballot.handedOut
        returned = ballot.count?.returned
        valid = ballot.count?.valid
        satisfied = ballot.count?.satisfied
        unsatisfied = ballot.count?.unsatisfied
        noOpinion = ballot.count?.noOpinion
        passes = ballot.passes
    }

    static let sample = PortalVote(
        Recognition.PublicBallot(
            households: 214, handedOut: 214,
            count: Recognition.BallotCount(
                returned: 163, valid: 161, satisfied: 149, unsatisfied: 7, noOpinion: 5, counters: []), passes: true))

    /// The share bar; nil with few slips.
    func share(_ texts: PortalTexts) -> WebShare? {
        guard let returned, let valid, let satisfied, let unsatisfied, let noOpinion else { return nil }
        let view = texts.view
        func number(_ count: Int) -> String { texts.format.integer(count) }
        let words = [
            "satisfied": number(satisfied), "valid": number(valid), "share": percent(satisfied, valid, texts),
            "returned": number(returned), "households": number(households),
            "response": percent(returned, households, texts),
        ]
        return WebShare(
            label: view("portal.ballot.label", words),
            counts: [
                (.yes, satisfied, view("portal.ballot.yes", ["count": number(satisfied)])),
                (.no, unsatisfied, view("portal.ballot.no", ["count": number(unsatisfied)])),
                (.silent, noOpinion, view("portal.ballot.silent", ["count": number(noOpinion)])),
            ],
            sentence: view("portal.ballot.sentence", words), note: view("portal.ballot.note", words))
    }

    /// What stands instead of a bar.
    func few(_ texts: PortalTexts) -> String? {
        valid == nil ? texts.view(passes ? "portal.ballot.passes" : "portal.ballot.passesNot") : nil
    }

    /// To tenths of a percent.
    private func percent(_ part: Int, _ whole: Int, _ texts: PortalTexts) -> String {
        guard let exact = Quantity.percent(part, of: whole) else { return "" }
        return texts.format.percent(Quantity(thousandths: (exact.thousandths + 50) / 100 * 100))
    }
}
