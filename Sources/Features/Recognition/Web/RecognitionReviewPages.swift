import Core
import Criteria
import Organisation
import Web

/// The residents' review meeting: its sittings, votes, what was voted down, and the way to the posting.
struct RecognitionReviewOutput: Output {
    struct Line: Encodable, Sendable {
        let code: String
        let name: RecognitionName
        let group: String
        let groupName: RecognitionName
        /// Households for it at the last vote on it, and how many were there.
        let votes: Int?
        let present: Int?
        /// It was voted upon apart from the list.
        let isDisputed: Bool
        let isCarried: Bool?
        /// What the area did about it since.
        let word: String?
    }

    let dossier: RecognitionDossierAnswer
    let actions: [Recognition.Action]
    let terms: RecognitionTermsAnswer
    let sittings: [RecognitionSittingAnswer]
    /// The sitting that voted on the list.
    let deciding: RecognitionSittingAnswer?
    let lines: [Line]
    /// What the last vote on it did not carry.
    let down: [String]
    /// Voted down and without a word yet.
    let open: [String]
    /// The sitting that is being put right.
    let correcting: RecognitionSittingAnswer?
    let correctingVotes: [String: Int]
    /// What the form begins with: where the area met last, and who led.
    let usual: Usual?
    /// Another sitting is asked for though nothing is left to vote upon.
    let isAsked: Bool
    let background: RecognitionBackgroundAnswer
    /// What the area's profile says by now, where the dossier is measured against another number.
    let recorded: Int?
    let mayChangeHouseholds: Bool

    struct Usual: Encodable, Sendable {
        let venue: String
        let chair: String
        let secretary: String
        let attended: [Recognition.Attendee]
    }

    static var sample: RecognitionReviewOutput {
        let sitting = RecognitionSittingAnswer(RecognitionSamples.sitting)
        return RecognitionReviewOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set),
            actions: [.hold, .fill, .post],
            terms: RecognitionTermsAnswer(.standard, households: 214), sittings: [sitting], deciding: sitting,
            lines: [
                Line(
                    code: "III.3", name: .sample, group: "III", groupName: .sample, votes: 74, present: 158,
                    isDisputed: true, isCarried: false, word: "Pinned anew.")
            ],
            down: ["III.3"], open: ["III.3"], correcting: sitting, correctingVotes: ["III.3": 74],
            usual: Usual(
                venue: "Sample", chair: "Sample", secretary: "Sample",
                attended: [Recognition.Attendee("Sample", duty: "Sample")]), isAsked: true, background: .sample,
            recorded: 210, mayChangeHouseholds: true)
    }

    struct Content: Sendable {
        struct VoteField: Sendable {
            let id: String
            let label: String
            let value: String
            let error: String?
        }

        struct VoteGroup: Sendable {
            let title: String
            let fields: [VoteField]
        }

        let head: WebHead
        let notice: WebNotice
        let rule: String
        let constructed: String?
        let sittings: WebRows?
        let noSittings: String?
        let prints: [WebLink]
        let votesText: String?
        let votes: WebTable?
        let noneApart: String?
        let withListTitle: String
        let withList: WebTable?
        let work: FormView?
        let workFields: [WebField]
        let more: WebLink?
        let sitting: FormView?
        let sittingTitle: String
        let sittingFields: [WebField]
        let votesOpen: String
        let voteGroups: [VoteGroup]
        let opinionsField: WebField?
        let placeTitle: String
        let placeOpen: String
        let placeFields: [WebField]
        let corrected: String?
        let opening: FormView?
        let openingText: String
        let households: [WebNotice]
        let changing: FormView?
        let changingOpen: String
    }

    var home: String { "/dossiers/\(dossier.id)" }
    func may(_ action: Recognition.Action) -> Bool { actions.contains(action) }

    func page(_ view: View) -> Page {
        let title = view("recognition.review.title", ["area": dossier.areaName(view)])
        // Once everything is carried the form is one link away.
        let isDone = deciding != nil && down.isEmpty && correcting == nil && !isAsked
        let isOffered = may(.hold) && (!isDone || view.submitted?.form == RecognitionSittingForm.name)
        let sitting = isOffered ? sittingForm(view) : nil
        let mayPost = may(.post) && deciding != nil && open.isEmpty
        let work = !down.isEmpty && may(.fill) ? workForm(view) : nil
        let changing = mayChangeHouseholds ? changingForm(view) : nil
        return Page(
            "recognition-review", title: title,
            Content(
                head: WebHead(
                    title: title, lead: dossier.place(view),
                    crumbs: dossier.crumbs(view) + [WebCrumb(dossier.titleName.shown(view), home)],
                    status: dossier.status(view)),
                notice: notice(view), rule: rule(view),
                constructed: terms.mark(view),
                sittings: sittings.isEmpty ? nil : WebRows(rows: sittings.reversed().map { line($0, view) }),
                noSittings: sittings.isEmpty ? view("recognition.review.none") : nil, prints: prints(view),
                votesText: deciding.map { votesText($0, view) },
                votes: votesTable(of: lines.filter(\.isDisputed), view),
                noneApart: deciding == nil || lines.contains(where: \.isDisputed)
                    ? nil : view("recognition.review.noneApart"),
                withListTitle: view(
                    "recognition.review.withList", ["count": "\(lines.count { !$0.isDisputed })"]),
                withList: deciding == nil ? nil : votesTable(of: lines.filter { !$0.isDisputed }, view),
                work: work, workFields: work.map { workFields($0, view) } ?? [],
                more: may(.hold) && sitting == nil
                    ? WebLink("\(home)/review?again=yes#sitting", view("recognition.review.sitting.more")) : nil,
                sitting: sitting,
                sittingTitle: view(
                    correcting == nil ? "recognition.review.sitting.new" : "recognition.review.sitting.again"),
                sittingFields: sitting.map { fields($0) } ?? [],
                votesOpen: sitting.map(hasVotes) == true ? "open" : "",
                voteGroups: sitting.map { voteGroups($0, view) } ?? [], opinionsField: sitting?.field["opinions"],
                placeTitle: placeTitle(view), placeOpen: sitting.map(asksPlace) == true ? "open" : "",
                placeFields: sitting.map { placeFields($0) } ?? [], corrected: correcting.map { "\($0.id)" },
                opening: mayPost
                    ? view.form(
                        RecognitionPostingForm.self, action: "\(home)/posting",
                        filled: ["from": view.day(view.today)]) : nil,
                openingText: view("recognition.posting.opening.text", ["days": "\(terms.postingDays)"]),
                households: householdNotices(view), changing: changing,
                changingOpen: changing?.errors == nil && recorded == nil ? "" : "open"))
    }

    /// Where the meeting stands, and what to do now.
    private func notice(_ view: View) -> WebNotice {
        let format = view.language.format
        guard dossier.state == .reviewing else {
            return WebNotice(.plain, text: view("recognition.review.past.\(deciding == nil ? "none" : "done")"))
        }
        guard let last = sittings.last else {
            return WebNotice(.plain, text: view("recognition.review.first"))
        }
        guard deciding != nil else {
            return WebNotice(
                .wait,
                bold: view(
                    "recognition.review.tooFew",
                    [
                        "present": format.integer(last.present), "needed": format.integer(last.needed),
                        "households": format.integer(last.households),
                    ]), text: view("recognition.review.again"))
        }
        if !open.isEmpty {
            return WebNotice(
                .wait,
                bold: view(
                    "recognition.review.down", ["count": "\(open.count)", "codes": open.joined(separator: ", ")]),
                text: view("recognition.review.downText"))
        }
        return WebNotice(.done, text: view("recognition.review.ready"))
    }

    private func rule(_ view: View) -> String {
        guard let households = terms.households, let needed = terms.needed else {
            return view("recognition.review.ruleOpen", ["quorum": share(terms.quorum, view)])
        }
        let format = view.language.format
        return view(
            "recognition.review.rule",
            [
                "needed": format.integer(needed), "households": format.integer(households),
                "quorum": share(terms.quorum, view), "carried": share(terms.carried, view),
            ])
    }

    /// A share as the rules of the dossier have it: "hơn 50 %".
    private func share(_ text: String, _ view: View) -> String {
        Criteria.Share(text: text).map { CriteriaTexts(view).share($0) } ?? text
    }
}
