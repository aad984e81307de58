import Core
import Organisation
import Web

/// A panel's routes of field checks: what is planned, day by day, and the form for another day. For the panel alone.
struct RecognitionPanelRouteOutput: Output {
    struct Stop: Encodable, Sendable {
        let dossier: ID
        let area: TerritoryTitle
        let commune: TerritoryTitle?
        let titleName: RecognitionName
        let start: Int
        let isAnnounced: Bool
        let hasHappened: Bool
    }

    struct Planned: Encodable, Sendable {
        let day: Day
        let stops: [Stop]
    }

    struct Open: Encodable, Sendable {
        let dossier: ID
        let area: TerritoryTitle
        let commune: TerritoryTitle?
        let due: Day?
    }

    let panel: RecognitionPanelAnswer
    let days: [Planned]
    /// Dossiers without minutes yet.
    let open: [Open]
    let mayPlan: Bool
    /// Of the visits that were made, those that came unannounced.
    let unannounced: Int
    let visits: Int

    static var sample: RecognitionPanelRouteOutput {
        RecognitionPanelRouteOutput(
            panel: .sample,
            days: [
                Planned(
                    day: RecognitionSamples.day,
                    stops: [
                        Stop(
                            dossier: RecognitionSamples.id, area: RecognitionSamples.area,
                            commune: RecognitionSamples.commune, titleName: .sample, start: 510, isAnnounced: false,
                            hasHappened: false)
                    ])
            ],
            open: [
                Open(
                    dossier: RecognitionSamples.id, area: RecognitionSamples.area, commune: RecognitionSamples.commune,
                    due: RecognitionSamples.day)
            ], mayPlan: true, unannounced: 1, visits: 3)
    }

    struct Content: Sendable {
        struct Day: Sendable {
            let title: String
            let paper: WebLink
            let rows: WebRows
        }

        struct Row: Sendable {
            let startField: String
            let announcedField: String
            let name: String
            let place: String?
            let start: String
            let isAnnounced: Bool
            let error: String?
        }

        let head: WebHead
        let share: WebNotice
        let days: [Day]
        let noDays: String?
        let form: FormView?
        let dayField: WebField?
        let rows: [Row]
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.route.title")
        let form = view.form(
            RecognitionPanelRouteForm.self, action: "/panels/\(panel.id)/route",
            filled: ["day": view.day(view.today.adding(days: 1))])
        return Page(
            "recognition-route", title: title,
            Content(
                head: WebHead(
                    title: title, lead: panel.name,
                    crumbs: [
                        WebCrumb(view("recognition.panel.list"), "/panels"),
                        WebCrumb(panel.name, "/panels/\(panel.id)"),
                    ]),
                share: share(view), days: days.map { day($0, view) },
                noDays: days.isEmpty ? view("recognition.route.none") : nil,
                form: mayPlan && !open.isEmpty ? form : nil, dayField: form.field["day"],
                rows: open.map { row($0, form, view) }))
    }

    private func share(_ view: View) -> WebNotice {
        guard visits > 0 else { return WebNotice(.plain, text: view("recognition.route.rule")) }
        let text = view("recognition.route.share", ["count": "\(unannounced)", "all": "\(visits)"])
        return Recognition.VisitRoute.hasEnoughUnannounced(unannounced, of: visits)
            ? WebNotice(.done, bold: text, text: view("recognition.route.rule"))
            : WebNotice(.wait, bold: text, text: view("recognition.route.rule"))
    }

    private func day(_ planned: Planned, _ view: View) -> Content.Day {
        Content.Day(
            title: view.language.format.weekdayAndDay(planned.day),
            paper: WebLink(
                "/panels/\(panel.id)/route/paper?day=\(planned.day.isoText)", view("recognition.route.print")),
            rows: WebRows(
                rows: planned.stops.map { stop in
                    WebLine(
                        title: "\(Recognition.VisitRoute.clock(stop.start)) \(view.named(stop.area))",
                        href: "/dossiers/\(stop.dossier)/visit",
                        text: [stop.commune.map { view.named($0) }, stop.titleName.shown(view)].compactMap { $0 }
                            .joined(separator: " · "),
                        status: stop.hasHappened
                            ? WebStatus(.done, view("recognition.route.happened"))
                            : WebStatus(
                                stop.isAnnounced ? .waiting : .question,
                                view(stop.isAnnounced ? "recognition.route.announced" : "recognition.route.unannounced")
                            ))
                }))
    }

    private func row(_ open: Open, _ form: FormView, _ view: View) -> Content.Row {
        let (start, announced) = ("start.\(open.dossier)", "announced.\(open.dossier)")
        return Content.Row(
            startField: start, announcedField: announced, name: view.named(open.area),
            place: [
                open.commune.map { view.named($0) },
                open.due.map { view("recognition.route.due", ["day": view.day($0)]) },
            ].compactMap { $0 }.joined(separator: " · ").nilWhenEmpty,
            start: form.typed?[start] ?? "", isAnnounced: form.typed?[announced] != nil,
            error: form.messages[start])
    }
}

/// The route of one day on A4: where, when, and what to take along.
struct RecognitionPanelRoutePaperOutput: Output {
    let route: RecognitionPanelRouteOutput
    let day: Day

    static var sample: RecognitionPanelRoutePaperOutput {
        RecognitionPanelRoutePaperOutput(route: .sample, day: RecognitionSamples.day)
    }

    func page(_ view: View) -> Page {
        let panel = route.panel
        let stops = route.days.first { $0.day == day }?.stops ?? []
        return RecognitionMinutes(
            back: WebLink("/panels/\(panel.id)/route", view("recognition.route.back")),
            document: WebDocumentHead(
                superior: [panel.body.uppercased()], issuer: panel.name.uppercased(),
                place: stops.first?.commune?.name ?? panel.body, dayText: view.language.format.paperDate(day)),
            kind: view("recognition.route.paper"),
            about: view("recognition.route.paperAbout", ["day": view.language.format.weekdayAndDay(day)]),
            parts: [
                RecognitionMinutes.Part(
                    paragraphs: [
                        view(
                            "recognition.route.members",
                            ["names": panel.members.map(\.name).joined(separator: ", ")])
                    ],
                    table: RecognitionMinutes.Table(
                        [
                            view("recognition.paper.order"), view("recognition.route.time"),
                            view("recognition.column.area"), view("recognition.column.commune"),
                            view("recognition.route.told"), view("recognition.route.done"),
                        ],
                        stops.enumerated().map { index, stop in
                            [
                                "\(index + 1)", Recognition.VisitRoute.clock(stop.start), view.named(stop.area),
                                stop.commune.map { view.named($0) } ?? "",
                                view(
                                    stop.isAnnounced ? "recognition.route.announced" : "recognition.route.unannounced"),
                                "",
                            ]
                        }))
            ],
            signs: [
                RecognitionMinutes.Sign(
                    view("recognition.panel.minutes.signChair"), nil, blank: view("recognition.panel.visiting.blank"))
            ],
            trace: view.trace(
                record: panel.id, revision: panel.revision, valid: view("recognition.route.valid"),
                opens: "/panels/\(panel.id)/route")
        ).page
    }
}
