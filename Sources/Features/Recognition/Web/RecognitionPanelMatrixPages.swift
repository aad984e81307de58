import Core
import Criteria
import Organisation
import Web

/// What four sides say, indicator by indicator: the area, the commune, the panel, the residents.
struct RecognitionFourWayOutput: Output {
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
        /// Hundredths of a point between the most and the least that a side gives.
        let difference: Int
        let differs: Bool
    }

    enum Order: String, Encodable, Sendable, CaseIterable { case difference, code }

    let dossier: RecognitionDossierAnswer
    let order: Order
    let lines: [Line]
    let ballot: RecognitionPanelBallotAnswer?
    /// The panel has the dossier, and has not concluded.
    let isOpen: Bool

    static var sample: RecognitionFourWayOutput {
        let value = RecognitionValueAnswer(RecognitionSamples.entry.value, RecognitionSamples.indicator)
        return RecognitionFourWayOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set), order: .difference,
            lines: [
                Line(
                    code: "III.3", name: .sample, own: value, check: value, panel: value, votes: 139, present: 158,
                    isCarried: true, isDisputed: true, difference: 200, differs: true)
            ], ballot: .sample, isOpen: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice?
        let orders: WebFilters
        let ballot: String?
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
                    ], status: view.status(dossier.state)),
                notice: isOpen ? WebNotice(.plain, text: view("recognition.fourWay.blind")) : nil,
                orders: WebFilters(
                    label: view("recognition.fourWay.order"),
                    links: Order.allCases.map {
                        WebFilter(
                            "\(here)/matrix?order=\($0.rawValue)", view("recognition.fourWay.by.\($0.rawValue)"),
                            current: $0 == order)
                    }),
                ballot: ballot.map { view("recognition.fourWay.ballot", ["text": $0.shown(view)]) },
                table: table(view)))
    }

    private func table(_ view: View) -> WebTable {
        let format = view.language.format
        return WebTable(
            columns: [
                WebColumn(view("recognition.column.indicator")), WebColumn(view("recognition.side.self")),
                WebColumn(view("recognition.side.check")), WebColumn(view("recognition.side.appraisal")),
                WebColumn(view("recognition.fourWay.residents")),
                WebColumn(view("recognition.fourWay.difference"), isNumber: true),
            ],
            rows: lines.map { line in
                let residents = line.votes.map { votes in
                    view(
                        line.isCarried == false
                            ? "recognition.fourWay.votedDown" : "recognition.fourWay.carried",
                        [
                            "votes": format.integer(votes),
                            "present": line.present.map { format.integer($0) } ?? "",
                        ])
                }
                return WebRow([
                    .head("\(line.code) \(line.name.shown(view))", href: "/dossiers/\(dossier.id)/values/\(line.code)"),
                    .text(line.own?.shown(view) ?? view("recognition.verdict.missing")),
                    .text(line.check?.shown(view)), .text(line.panel?.shown(view)),
                    .text(
                        residents, also: line.isDisputed ? view("recognition.review.votedApart").lowercased() : nil),
                    .number(
                        view.points(line.difference),
                        also: line.differs && line.difference == 0 ? view("recognition.fourWay.valueOnly") : nil),
                ])
            })
    }
}
