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
        /// Households for it at the sitting that decides.
        let votes: Int?
        let isCarried: Bool?
        /// What the area did about it since.
        let word: String?
    }

    let dossier: RecognitionDossierAnswer
    let actions: [Recognition.Action]
    let terms: RecognitionTermsAnswer
    let sittings: [RecognitionSittingAnswer]
    /// The sitting whose votes count.
    let deciding: RecognitionSittingAnswer?
    let lines: [Line]
    /// Voted down and without a word yet.
    let open: [String]
    /// The sitting that is being put right.
    let correcting: RecognitionSittingAnswer?
    let correctingVotes: [String: Int]

    static var sample: RecognitionReviewOutput {
        let sitting = RecognitionSittingAnswer(RecognitionSamples.sitting)
        return RecognitionReviewOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set),
            actions: [.hold, .fill, .post],
            terms: RecognitionTermsAnswer(.standard, households: 214), sittings: [sitting], deciding: sitting,
            lines: [
                Line(
                    code: "III.3", name: .sample, group: "III", groupName: .sample, votes: 74, isCarried: false,
                    word: "Pinned anew.")
            ],
            open: ["III.3"], correcting: sitting, correctingVotes: ["III.3": 74])
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
        let votes: WebTable?
        let votesText: String?
        let work: FormView?
        let workFields: [WebField]
        let sitting: FormView?
        let sittingTitle: String
        let sittingOpen: String
        let sittingFields: [WebField]
        let corrected: String?
        let voteGroups: [VoteGroup]
        let opening: FormView?
        let openingText: String
    }

    private var home: String { "/dossiers/\(dossier.id)" }
    private func may(_ action: Recognition.Action) -> Bool { actions.contains(action) }

    func page(_ view: View) -> Page {
        let title = view("recognition.review.title", ["area": dossier.areaName(view)])
        let sitting = may(.hold) ? sittingForm(view) : nil
        let mayPost = may(.post) && deciding != nil && open.isEmpty
        let work = deciding.map { !$0.votedDown.isEmpty } == true && may(.fill) ? workForm(view) : nil
        return Page(
            "recognition-review", title: title,
            Content(
                head: WebHead(
                    title: title, lead: dossier.place(view),
                    crumbs: dossier.crumbs(view) + [WebCrumb(dossier.titleName.shown(view), home)],
                    status: view.status(dossier.state)),
                notice: notice(view), rule: rule(view),
                constructed: terms.isConstructed ? view("recognition.review.constructed") : nil,
                sittings: sittings.isEmpty ? nil : WebRows(rows: sittings.reversed().map { line($0, view) }),
                noSittings: sittings.isEmpty ? view("recognition.review.none") : nil, prints: prints(view),
                votes: deciding.map { votesTable($0, view) },
                votesText: deciding.map {
                    view(
                        "recognition.review.votesText",
                        ["needed": view.language.format.integer($0.neededVotes), "size": $0.size(view)])
                },
                work: work, workFields: work.map { workFields($0, view) } ?? [], sitting: sitting,
                sittingTitle: view(
                    correcting == nil ? "recognition.review.sitting.new" : "recognition.review.sitting.again"),
                sittingOpen: deciding == nil || correcting != nil || sitting?.errors != nil ? "open" : "",
                sittingFields: sitting.map { fields($0) } ?? [], corrected: correcting.map { "\($0.id)" },
                voteGroups: sitting.map { voteGroups($0, view) } ?? [],
                opening: mayPost
                    ? view.form(
                        RecognitionPostingForm.self, action: "\(home)/posting",
                        filled: ["from": view.day(view.today)]) : nil,
                openingText: view("recognition.posting.opening.text", ["days": "\(terms.postingDays)"])))
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
            return view("recognition.review.ruleOpen")
        }
        let format = view.language.format
        return view(
            "recognition.review.rule",
            ["needed": format.integer(needed), "households": format.integer(households)])
    }

    private func line(_ sitting: RecognitionSittingAnswer, _ view: View) -> WebLine {
        var texts = [
            sitting.venue,
            view("recognition.review.led", ["chair": sitting.chair, "secretary": sitting.secretary]),
        ]
        if !sitting.hasQuorum {
            let format = view.language.format
            texts.append(
                view(
                    "recognition.review.shortRule",
                    ["needed": format.integer(sitting.needed), "households": format.integer(sitting.households)]))
        }
        if !sitting.votedDown.isEmpty {
            texts.append(view("recognition.review.votedDown", ["codes": sitting.votedDown.joined(separator: ", ")]))
        }
        return WebLine(
            title: "\(view.language.format.weekdayAndDay(sitting.day)): \(sitting.size(view))",
            href: may(.hold) ? "\(home)/review?correct=\(sitting.id)" : nil, text: texts.joined(separator: " · "),
            status: sitting.status(view))
    }

    private func prints(_ view: View) -> [WebLink] {
        var links = [WebLink("\(home)/review/attendance", view("recognition.review.printAttendance"))]
        if !sittings.isEmpty {
            links.append(WebLink("\(home)/review/minutes", view("recognition.review.printMinutes")))
        }
        return links
    }

    private func votesTable(_ sitting: RecognitionSittingAnswer, _ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("recognition.column.indicator")),
                WebColumn(view("recognition.review.column.votes"), isNumber: true),
                WebColumn(view("recognition.column.verdict")),
            ],
            rows: lines.map { line in
                let status =
                    line.isCarried == false
                    ? WebStatus(
                        line.word == nil ? .unmet : .waiting,
                        view(line.word == nil ? "recognition.review.isDown" : "recognition.review.isWorkedOn"))
                    : WebStatus(.done, view("recognition.review.isCarried"))
                return WebRow([
                    .head("\(line.code) \(line.name.shown(view))", href: "\(home)/values/\(line.code)"),
                    .number(line.votes.map { "\(view.language.format.integer($0))/\(sitting.present)" }),
                    .status(status, also: line.word),
                ])
            })
    }

    private func workForm(_ view: View) -> FormView {
        view.form(RecognitionReviewWorkForm.self, action: "\(home)/review/work", hasPrimary: !open.isEmpty)
    }

    private func workFields(_ form: FormView, _ view: View) -> [WebField] {
        // A field of the posting's form is the mould: a group has none of its own.
        guard
            var field = view.form(RecognitionAnswerForm.self, action: "").field["answer"]
        else { return [] }
        return lines.filter { $0.isCarried == false }.map { line in
            field.id = "word.\(line.code)"
            field.name = field.id
            field.label = "\(line.code) \(line.name.shown(view))"
            field.hint = view("recognition.review.work.word.hint", ["votes": "\(line.votes ?? 0)"])
            field.value = form.typed?[field.name] ?? line.word
            field.error = form.messages[field.name]
            return field
        }
    }

    private func sittingForm(_ view: View) -> FormView {
        let last = correcting ?? sittings.last
        return view.form(
            RecognitionSittingForm.self, action: "\(home)/review/sittings",
            filled: [
                "day": view.day(correcting?.day ?? view.today), "present": correcting.map { "\($0.present)" } ?? "",
                "venue": last?.venue ?? "", "chair": last?.chair ?? "", "secretary": last?.secretary ?? "",
                "minutes": correcting?.minutes ?? "",
            ],
            hints: terms.needed.map { needed in
                [
                    "present": view(
                        "recognition.review.sitting.present.needed",
                        ["needed": "\(needed)", "households": "\(terms.households ?? 0)"])
                ]
            } ?? [:], hasPrimary: deciding == nil || correcting != nil)
    }

    private func fields(_ form: FormView) -> [WebField] {
        ["day", "present", "venue", "chair", "secretary", "minutes"].compactMap { form.field[$0] }
    }

    private func voteGroups(_ form: FormView, _ view: View) -> [Content.VoteGroup] {
        var groups: [Content.VoteGroup] = []
        for code in lines.map(\.group) where groups.last?.title.hasPrefix("\(code). ") != true {
            let own = lines.filter { $0.group == code }
            let fields = own.map { line in
                let id = "votes.\(line.code)"
                return Content.VoteField(
                    id: id, label: "\(line.code) \(line.name.shown(view))",
                    value: form.typed?[id] ?? correctingVotes[line.code].map { "\($0)" } ?? "",
                    error: form.messages[id])
            }
            groups.append(
                Content.VoteGroup(title: "\(code). \(own.first?.groupName.shown(view) ?? "")", fields: fields))
        }
        return groups
    }
}
