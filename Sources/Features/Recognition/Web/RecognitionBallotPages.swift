import Ballots
import Core
import Criteria
import Organisation
import Web

/// The household ballot: slips that went out, two entries of the count, and the result once both agree.
struct RecognitionBallotOutput: Output {
    /// One figure in which the entries differ.
    struct Difference: Encodable, Sendable {
        let figure: Recognition.BallotFigure
        let first: String
        let second: String
    }

    struct Entry: Encodable, Sendable {
        let place: Int
        let person: String?
        let at: Instant
        let isOwn: Bool
    }

    let dossier: RecognitionDossierAnswer
    let actions: [Recognition.Action]
    let terms: RecognitionTermsAnswer
    /// Nil before the posting.
    let stage: Recognition.Ballot.Stage?
    let households: Int?
    let handedOut: Int?
    let mayHandOut: Bool
    /// This person may enter a count, or put their own right.
    let mayCount: Bool
    /// Words' key of why not.
    let barred: String?
    /// Who entered, never what.
    let entries: [Entry]
    /// This person's own entry, field by field.
    let own: [String: String]
    /// Only for the two who counted.
    let differences: [Difference]
    let result: RecognitionBallotResultAnswer?
    let counters: [String]
    /// Who brought the box of paper; nil before the count stands.
    let fetchedBy: String?
    /// The last day of the posting: nothing is counted before it is over. Nil before the posting.
    let last: Day?
    let isOver: Bool
    let background: RecognitionBackgroundAnswer
    /// Asked besides the overall question.
    let topics: [Ballots.Question]
    /// Answering by code, where the commune opened it.
    let box: RecognitionBoxAnswer?
    let mayOpenBox: Bool
    /// Of the frozen result.
    let hash: String?
    /// Whether counting again says the same.
    let holds: Bool?

    static var sample: RecognitionBallotOutput {
        RecognitionBallotOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set), actions: [.count],
            terms: RecognitionTermsAnswer(.standard, households: 214), stage: .differing, households: 214,
            handedOut: 214, mayHandOut: true, mayCount: true, barred: "recognition.refusal.apart.filled",
            entries: [Entry(place: 1, person: "Sample", at: RecognitionSamples.instant, isOwn: true)],
            own: ["returned": "163"],
            differences: [Difference(figure: .satisfied, first: "149", second: "148")], result: .sample,
            counters: ["Sample"], fetchedBy: "Sample", last: RecognitionSamples.day, isOver: true, background: .sample,
            topics: RecognitionSamples.topics, box: .sample, mayOpenBox: true,
            hash: String(repeating: "0", count: 64), holds: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice
        let background: [WebNotice]
        let rule: String
        let constructed: String?
        let facts: WebFacts?
        let entries: WebRows?
        let differences: WebTable?
        let slips: FormView?
        let count: FormView?
        /// Of the count, before what was said to each topic.
        let figures: [WebField]
        /// The names of those who counted: last, as they stand on the minutes.
        let countedBy: [WebField]
        let countTitle: String
        let barred: WebNotice?
        let result: WebFacts?
        let topicTable: WebTable?
        let topics: [RecognitionTopicFields]
        let box: WebFacts?
        let boxLink: WebLink?
        let openBox: FormView?
        let trust: WebFacts?
        let prints: [WebLink]
    }

    private var home: String { "/dossiers/\(dossier.id)" }

    func page(_ view: View) -> Page {
        let title = view("recognition.ballot.title", ["area": dossier.areaName(view)])
        let format = view.language.format
        let count = mayCount ? countForm(view) : nil
        return Page(
            "recognition-ballot", title: title,
            Content(
                head: WebHead(
                    title: title, lead: dossier.place(view),
                    crumbs: dossier.crumbs(view) + [WebCrumb(dossier.titleName.shown(view), home)],
                    status: result?.status(view)),
                notice: notice(view), background: background.notices(view),
                rule: view(
                    "recognition.ballot.rule",
                    ["response": percent(terms.response), "satisfied": percent(terms.satisfied)]),
                constructed: terms.mark(view),
                facts: result != nil
                    ? nil
                    : households.map { households in
                        WebFacts(facts: [
                            WebFact(view("recognition.column.households"), format.integer(households)),
                            WebFact(
                                view("recognition.ballot.fact.\(box == nil ? "handedOut" : "handedOutPaper")"),
                                handedOut.map { format.integer($0) } ?? view("recognition.ballot.notYet")),
                        ])
                    },
                entries: entries.isEmpty
                    ? nil
                    : WebRows(
                        rows: entries.map { entry in
                            WebLine(
                                title: view("recognition.ballot.place.\(entry.place == 1 ? "first" : "second")"),
                                text: [entry.person, format.moment(entry.at)].compactMap { $0 }.joined(separator: ", "),
                                status: WebStatus(.done, view("recognition.ballot.entered")))
                        }),
                differences: differences.isEmpty ? nil : table(view),
                slips: mayHandOut
                    ? view.form(
                        RecognitionSlipsForm.self, action: "\(home)/ballot/slips",
                        filled: ["slips": "\(handedOut ?? households ?? 0)"], hasPrimary: handedOut == nil) : nil,
                count: count, figures: count?.fields.filter { !RecognitionCountForm.names.contains($0.name) } ?? [],
                countedBy: RecognitionCountForm.names.compactMap { count?.field[$0] },
                countTitle: view(own.isEmpty ? "recognition.ballot.entry.title" : "recognition.ballot.entry.again"),
                barred: barred.map { WebNotice(.plain, text: view($0)) },
                result: result.map { result in
                    WebFacts(
                        facts: result.facts(view)
                            + [
                                ("counters", counters.isEmpty ? nil : counters.joined(separator: ", ")),
                                ("fetchedBy", fetchedBy),
                            ].compactMap { name, said in
                                said.map { WebFact(view("recognition.ballot.fact.\(name)"), $0) }
                            })
                },
                topicTable: result?.topicTable(topics, view),
                topics: mayCount ? RecognitionTopicFields.of(topics, filled: own, view) : [],
                box: box?.facts(view),
                boxLink: box.map { WebLink("/ballots/\($0.ballot)", view("recognition.ballot.box.open")) },
                openBox: mayOpenBox
                    ? view.form(RecognitionBoxForm.self, action: "\(home)/ballot/box", hasPrimary: false) : nil,
                trust: hash.map { BallotsTrust.facts($0, holds: holds, view) },
                prints: stage == nil
                    ? []
                    : [
                        WebLink("\(home)/ballot/slip", view("recognition.ballot.printSlip")),
                        WebLink("\(home)/ballot/minutes", view("recognition.ballot.printMinutes")),
                    ]))
    }

    /// The form of a count, with what is wrong in the order in which its fields stand: figures, topics, names.
    private func countForm(_ view: View) -> FormView {
        var form = view.form(
            RecognitionCountForm.self, action: "\(home)/ballot/entries", filled: own,
            labels: RecognitionTopicFields.labels(of: topics, view))
        guard let errors = form.errors else { return form }
        let names = RecognitionCountForm.names
        let order =
            form.fields.map(\.name).filter { !names.contains($0) }
            + RecognitionTopicFields.of(topics, filled: [:], view).flatMap(\.inputs).map(\.id) + names
        let links = order.flatMap { field in errors.links.filter { $0.field == field } }
        let others = errors.links.filter { link in !order.contains { $0 == link.field } }
        form.errors = WebErrors(count: errors.count, links: links + others, kept: errors.kept)
        return form
    }

    private func percent(_ share: String) -> String { share.replacing("%", with: "\u{A0}%") }

    private func notice(_ view: View) -> WebNotice {
        guard let stage else { return WebNotice(.plain, text: view("recognition.ballot.stage.none")) }
        if stage == .open, !isOver, let last {
            return WebNotice(
                .plain,
                text: view(
                    "recognition.ballot.stage.out",
                    ["last": view.day(last), "next": view.day(last.adding(days: 1))]))
        }
        let kind: WebNotice.Kind =
            switch stage {
            case .prepared, .open, .once: .plain
            case .differing, .box: .wait
            case .fixed: .done
            }
        return WebNotice(kind, text: view("recognition.ballot.stage.\(stage.rawValue)"))
    }

    private func table(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("recognition.ballot.column.figure")),
                WebColumn(view("recognition.ballot.place.first"), isNumber: true),
                WebColumn(view("recognition.ballot.place.second"), isNumber: true),
            ],
            rows: differences.map { difference in
                WebRow([
                    .head(view("recognition.ballot.fact.\(difference.figure.rawValue)")), .number(difference.first),
                    .number(difference.second),
                ])
            })
    }
}
