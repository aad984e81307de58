import Ballots
import Core
import Criteria
import Organisation
import Web

/// What four sides say, indicator by indicator: the area, the commune, the panel, the residents.
struct RecognitionFourWayOutput: Output {
    /// What households answered to a topic of their ballot; never told with few slips.
    struct Household: Encodable, Sendable {
        let topic: String
        let question: RecognitionName
        let satisfied: Int
        let unsatisfied: Int
        let noOpinion: Int
        let valid: Int
        /// Fewer are satisfied than the title asks for.
        let isLow: Bool

        init(_ answer: Recognition.TopicAnswer, _ question: Ballots.Question?) {
            topic = answer.topic
            self.question = RecognitionName(
                Criteria.Name(question?.vi ?? answer.topic, en: question?.en ?? answer.topic))
            satisfied = answer.satisfied
            unsatisfied = answer.unsatisfied
            noOpinion = answer.noOpinion
            valid = answer.valid
            isLow = answer.isLow
        }

        static let sample = Household(
            Recognition.TopicAnswer(
                Ballots.Tally.Line(code: "III", satisfied: 118, unsatisfied: 31, noOpinion: 12), needed: .percent(80)),
            Ballots.Question(code: "III", vi: "Sample", en: "Sample"))

        /// "73,3 % of 161 slips".
        func shown(_ view: View) -> String {
            let format = view.language.format
            let tenths = valid > 0 ? (satisfied * 2_000 + valid) / (2 * valid) : 0
            return view(
                "recognition.fourWay.satisfied",
                [
                    "share": format.percent(Quantity(thousandths: Int64(tenths) * 100)),
                    "valid": format.integer(valid),
                ])
        }
    }

    struct Line: Encodable, Sendable {
        let code: String
        let name: RecognitionName
        let own: RecognitionValueAnswer?
        let check: RecognitionValueAnswer?
        /// Nil while the panel's value is blind or open.
        let panel: RecognitionValueAnswer?
        /// Households for it at the meeting, of those present.
        let votes: Int?
        let present: Int?
        let isCarried: Bool?
        let isDisputed: Bool
        /// By the ballot, where it asked about the indicator's topic and enough slips came.
        let households: Household?
        /// Hundredths of a point between the most and the least that a side gives.
        let difference: Int
        let differs: Bool
        /// Too few households are satisfied with what some side gives points for.
        let isDoubted: Bool
    }

    enum Order: String, Encodable, Sendable, CaseIterable { case difference, code }

    let dossier: RecognitionDossierAnswer
    let order: Order
    let lines: [Line]
    let ballot: RecognitionPanelBallotAnswer?
    /// Topics of the ballot that belong to no indicator.
    let topics: [Household]
    /// The panel has the dossier, and has not concluded.
    let isOpen: Bool

    static var sample: RecognitionFourWayOutput {
        let value = RecognitionValueAnswer(RecognitionSamples.entry.value, RecognitionSamples.indicator)
        return RecognitionFourWayOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set), order: .difference,
            lines: [
                Line(
                    code: "III.3", name: .sample, own: value, check: value, panel: value, votes: 139, present: 158,
                    isCarried: true, isDisputed: true, households: .sample, difference: 200, differs: true,
                    isDoubted: true)
            ], ballot: .sample, topics: [.sample], isOpen: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice?
        let orders: WebFilters
        let ballot: String?
        let topics: WebTable?
        let table: WebTable
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.fourWay.title", ["area": dossier.areaName(view)])
        let here = "/dossiers/\(dossier.id)"
        return Page(
            "recognition-four-way", title: title,
            Content(
                head: WebHead(
                    title: title,
                    lead: [
                        dossier.titleName.shown(view), "\(dossier.year)",
                        view("recognition.fourWay.count", ["count": "\(lines.count(where: \.differs))"]),
                    ].joined(separator: " · "),
                    crumbs: dossier.crumbs(view) + [
                        WebCrumb(dossier.titleName.shown(view), here),
                        WebCrumb(view("recognition.panel.column"), "\(here)/appraisal"),
                    ], status: dossier.status(view)),
                notice: isOpen ? WebNotice(.plain, text: view("recognition.fourWay.blind")) : nil,
                orders: WebFilters(
                    label: view("recognition.fourWay.order"),
                    links: Order.allCases.map {
                        WebFilter(
                            "\(here)/matrix?order=\($0.rawValue)", view("recognition.fourWay.by.\($0.rawValue)"),
                            current: $0 == order)
                    }),
                ballot: ballot.map { view("recognition.fourWay.ballot", ["text": $0.shown(view)]) },
                topics: topicTable(view), table: table(view)))
    }

    /// What was asked beside the indicators, a topic a line.
    private func topicTable(_ view: View) -> WebTable? {
        let format = view.language.format
        return topics.isEmpty
            ? nil
            : WebTable(
                columns: [
                    WebColumn(view("recognition.ballot.column.topic")),
                    WebColumn(view("recognition.ballot.fact.satisfied"), isNumber: true),
                    WebColumn(view("recognition.ballot.fact.unsatisfied"), isNumber: true),
                    WebColumn(view("recognition.ballot.fact.noOpinion"), isNumber: true),
                ],
                rows: topics.map { topic in
                    WebRow([
                        .head(topic.question.shown(view)),
                        .number(
                            format.integer(topic.satisfied),
                            also: topic.isLow ? view("recognition.fourWay.low") : nil),
                        .number(format.integer(topic.unsatisfied)), .number(format.integer(topic.noOpinion)),
                    ])
                })
    }

    /// What the meeting said and, below, what the households' slips say of the topic.
    private func residents(_ line: Line, _ view: View) -> WebCell {
        let format = view.language.format
        let meeting = line.votes.map { votes in
            view(
                line.isCarried == false ? "recognition.fourWay.votedDown" : "recognition.fourWay.carried",
                ["votes": format.integer(votes), "present": line.present.map { format.integer($0) } ?? ""])
        }
        let also = [
            line.isDisputed ? view("recognition.fourWay.apart") : nil,
            line.households.map { $0.shown(view) },
            line.households?.isLow == true ? view("recognition.fourWay.low") : nil,
        ].compactMap { $0 }
        return .text(meeting, also: also.isEmpty ? nil : also.joined(separator: "; "))
    }

    private func table(_ view: View) -> WebTable {
        return WebTable(
            columns: [
                WebColumn(view("recognition.column.indicator")), WebColumn(view("recognition.side.self")),
                WebColumn(view("recognition.side.check")), WebColumn(view("recognition.side.appraisal")),
                WebColumn(view("recognition.fourWay.residents")),
                WebColumn(view("recognition.fourWay.difference"), isNumber: true),
            ],
            rows: lines.map { line in
                WebRow([
                    .head("\(line.code) \(line.name.shown(view))", href: "/dossiers/\(dossier.id)/values/\(line.code)"),
                    .text(line.own?.shown(view) ?? view("recognition.verdict.missing")),
                    .text(line.check?.shown(view)), .text(line.panel?.shown(view)),
                    residents(line, view),
                    .number(
                        view.points(line.difference),
                        also: line.differs && line.difference == 0
                            ? view(line.isDoubted ? "recognition.fourWay.doubted" : "recognition.fourWay.valueOnly")
                            : nil),
                ])
            })
    }
}
