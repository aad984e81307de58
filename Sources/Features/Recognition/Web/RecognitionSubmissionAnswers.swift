import Core
import Criteria
import Organisation
import Web

/// A submission as pages show it.
struct RecognitionSubmissionAnswer: Encodable, Sendable {
    let id: ID
    let territory: TerritoryTitle
    let body: String
    let year: Int
    let state: Recognition.SubmissionState
    let text: String
    let number: String?
    let day: Day?
    let signer: String?
    let office: String?
    let missing: [Recognition.Missing]
    let count: Int
    let draftedAt: Instant
    let sentAt: Instant?
    let receivedAt: Instant?
    /// When and why the commune took it back.
    let recalledAt: Instant?
    let recalledWhy: String?
    let revision: Int

    init(_ submission: Recognition.Submission) {
        id = submission.id
        territory = submission.territory
        body = submission.body
        year = submission.year
        state = submission.state
        text = submission.text
        number = submission.number
        day = submission.day
        signer = submission.signer
        office = submission.office
        missing = submission.missing
        count = submission.count
        draftedAt = submission.draftedAt
        sentAt = submission.sentAt
        receivedAt = submission.receivedAt
        recalledAt = submission.recalledAt
        recalledWhy = submission.recalledWhy
        revision = submission.revision
    }

    static let sample = RecognitionSubmissionAnswer(
        Recognition.Submission(
            id: RecognitionSamples.id, territory: RecognitionSamples.commune, organisation: RecognitionSamples.id,
            body: "Sample", year: 2026, state: .draft, text: "Sample", number: "12/TTr", day: RecognitionSamples.day,
            signer: "Sample", office: "Chair", draftedAt: RecognitionSamples.instant,
            sentAt: RecognitionSamples.instant, receivedAt: RecognitionSamples.instant,
            recalledAt: RecognitionSamples.instant, recalledWhy: "Sample", count: 1, revision: 1,
            place: [RecognitionSamples.id]))

    func name(_ view: View) -> String {
        number.map { view("recognition.submission.named", ["number": $0]) }
            ?? view("recognition.submission.draftNamed", ["year": "\(year)"])
    }

    func status(_ view: View) -> WebStatus {
        switch state {
        case .draft: WebStatus(.draft, view("recognition.decision.draft"))
        case .sent: WebStatus(.waiting, view("recognition.submission.sent"))
        case .received: WebStatus(.done, view("recognition.submission.received"))
        case .recalled: WebStatus(.returned, view("recognition.submission.recalled"))
        }
    }
}

/// The household ballot beside an area: shares, or with few slips only whether it passed.
struct RecognitionPanelBallotAnswer: Encodable, Sendable {
    let households: Int
    /// Nil with fewer valid slips than answers could be guessed from.
    let returned: Int?
    let valid: Int?
    let satisfied: Int?
    let passes: Bool

    init(_ ballot: Recognition.PanelBallot, _ terms: Recognition.Terms) {
        households = ballot.households
        returned = ballot.showsShares ? ballot.returned : nil
        valid = ballot.showsShares ? ballot.valid : nil
        satisfied = ballot.showsShares ? ballot.satisfied : nil
        passes =
            terms.response.isReached(by: ballot.returned, of: ballot.households)
            && terms.satisfied.isReached(by: ballot.satisfied, of: ballot.valid)
    }

    static let sample = RecognitionPanelBallotAnswer(
        Recognition.PanelBallot(households: 214, handedOut: 214, returned: 163, valid: 161, satisfied: 149), .standard)

    /// "76,2 % phiếu về, 92,5 % hài lòng".
    func shown(_ view: View) -> String {
        guard let returned, let valid, let satisfied,
            let response = Quantity.percent(returned, of: households),
            let share = Quantity.percent(satisfied, of: valid)
        else { return view(passes ? "recognition.submission.ballotPasses" : "recognition.submission.ballotPassesNot") }
        let format = view.language.format
        return view(
            passes ? "recognition.submission.ballotShares" : "recognition.submission.ballotSharesNot",
            ["response": format.percent(rounded(response)), "share": format.percent(rounded(share))])
    }

    /// To tenths of a percent, half up.
    private func rounded(_ quantity: Quantity) -> Quantity {
        Quantity(thousandths: (quantity.thousandths + 50) / 100 * 100)
    }
}

/// An area on the commune's list.
struct RecognitionSubmissionLine: Encodable, Sendable {
    let dossier: RecognitionDossierAnswer
    /// What the dossier is measured against.
    let households: Int?
    /// Households at the review meeting that voted on the list.
    let present: Int?
    /// Of how many, on the day of the meeting.
    let invited: Int?
    /// By the commune's values, hundredths.
    let points: Int
    let maximum: Int
    let reasons: [RecognitionDossierOutput.Reason]
    let ballot: RecognitionPanelBallotAnswer?
    let background: RecognitionBackgroundAnswer
    /// What keeps it from being sent on: `posting`, `ballot`.
    let lacks: [String]

    static let sample = RecognitionSubmissionLine(
        dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set), households: 214,
        present: 158, invited: 214, points: 400, maximum: 500,
        reasons: RecognitionGroups.reasons(RecognitionSamples.assessment.score(.own)), ballot: .sample,
        background: .sample, lacks: ["posting"])

    /// The ballot as text, with what is to be known besides.
    func answered(_ view: View) -> String? {
        let besides = background.texts(view).joined(separator: " ")
        guard let told = ballot?.shown(view) else { return besides.nilWhenEmpty }
        return besides.isEmpty ? told : "\(told). \(besides)"
    }

    func status(_ view: View) -> WebStatus {
        if let lack = lacks.first { return WebStatus(.unmet, view("recognition.submission.lack.\(lack)")) }
        return reasons.isEmpty
            ? WebStatus(.done, view("recognition.draft.passes"))
            : WebStatus(.waiting, view("recognition.draft.passesNot"))
    }
}

/// An area of the commune that is not on the list, and why.
struct RecognitionSubmissionBeside: Encodable, Sendable {
    let area: TerritoryTitle
    let dossier: ID?
    let titleName: RecognitionName?
    /// Of the decider.
    let level: String?
    /// Nil: it did not register.
    let state: Recognition.State?
    /// It stands in another draft.
    let isDrafted: Bool

    static let sample = RecognitionSubmissionBeside(
        area: RecognitionSamples.area, dossier: RecognitionSamples.id, titleName: .sample, level: "province",
        state: .returned,
        isDrafted: false)

    func why(_ view: View) -> String? {
        if isDrafted { return view("recognition.submission.beside.drafted") }
        return state.map { view("recognition.state.\($0.word(to: level.flatMap(Criteria.Level.init)))") }
    }

    /// Those that registered stand with their reason; those that did not are folded away under their number.
    struct Content: Sendable {
        let registered: WebRows?
        let silentTitle: String
        let silent: WebRows?
    }

    static func content(_ all: [RecognitionSubmissionBeside], _ view: View) -> Content? {
        guard !all.isEmpty else { return nil }
        let silent = all.filter { $0.state == nil }
        return Content(
            registered: rows(all.filter { $0.state != nil }, view),
            silentTitle: view(
                "recognition.submission.beside.silent", ["count": view.language.format.integer(silent.count)]),
            silent: rows(silent, view))
    }

    private static func rows(_ all: [RecognitionSubmissionBeside], _ view: View) -> WebRows? {
        all.isEmpty
            ? nil
            : WebRows(
                rows: all.map { one in
                    WebLine(
                        title: view.named(one.area), href: one.dossier.map { "/dossiers/\($0)" },
                        text: one.dossier == nil
                            ? nil
                            : [one.titleName?.shown(view), one.why(view)].compactMap { $0 }.joined(separator: ": "))
                })
    }
}
