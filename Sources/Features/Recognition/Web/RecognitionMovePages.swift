import Core
import Criteria
import Organisation
import Web

/// Before dossiers move to a newer version: what differs, which move, which stay and why, each dossier with what it
/// means for it.
struct RecognitionMoveOutput: Output {
    /// The same difference for all dossiers of one version and title.
    struct Plan: Encodable, Sendable {
        let fromSet: String
        let fromVersion: Int
        let title: String
        let titleName: RecognitionName
        let dossiers: Int
        let kept: Int
        /// All but what stays the same.
        let lines: [RecognitionMoveLineAnswer]
        let rules: [RecognitionMoveRuleAnswer]
        /// The page with all that differs, also what changes nothing for a dossier.
        let difference: String?
    }

    struct Line: Encodable, Sendable {
        let dossier: ID
        let area: TerritoryTitle
        let year: Int
        let title: String
        /// As the version it stands on has it.
        let titleName: RecognitionName
        let state: Recognition.State
        /// Why it stays; nil when it moves.
        let stays: String?
        /// Its values that stay, that are asked again, that go; indicators that are new to it.
        let kept: Int
        let asked: Int
        let opened: Int
        let fresh: Int
        let gone: Int
    }

    let target: RecognitionMoveTargetAnswer
    let unit: TerritoryTitle
    let until: Recognition.MoveLimit
    let moving: Int
    let staying: Int
    let plans: [Plan]
    let dossiers: [Line]
    /// The dossier after which the next page begins.
    let next: ID?
    /// Sent back with the press: what was looked at.
    let seen: String

    static var sample: RecognitionMoveOutput {
        let aim = RecognitionSamples.dossier.aim
        let line = Recognition.MovePlan.Line(
            code: "III.3", name: RecognitionSamples.indicator.name, fate: .asked, old: RecognitionSamples.indicator,
            new: RecognitionSamples.indicator, aim: aim)
        return RecognitionMoveOutput(
            target: RecognitionMoveTargetAnswer(
                .criteria(id: RecognitionSamples.id, code: "SAMPLE", version: 2)), unit: RecognitionSamples.commune,
            until: .reviewing, moving: 1, staying: 1,
            plans: [
                Plan(
                    fromSet: "SAMPLE", fromVersion: 1, title: "model", titleName: .sample, dossiers: 1, kept: 20,
                    lines: [
                        RecognitionMoveLineAnswer(
                            line,
                            value: RecognitionValueAnswer(RecognitionSamples.entry.value, RecognitionSamples.indicator))
                    ],
                    rules: [
                        RecognitionMoveRuleAnswer(
                            Criteria.Change(.changed, "procedure.posting.calendar", old: "10", new: "14"), .sample)
                    ], difference: "/criteria/2/difference/1")
            ],
            dossiers: [
                Line(
                    dossier: RecognitionSamples.id, area: RecognitionSamples.area, year: 2026, title: "model",
                    titleName: .sample, state: .posted, stays: "recognition.move.stays.posted", kept: 3, asked: 1,
                    opened: 1, fresh: 1,
                    gone: 1)
            ], next: RecognitionSamples.id, seen: "00ff")
    }

    struct Content: Sendable {
        struct Plan: Sendable {
            let title: String
            let text: String
            let indicators: WebTable?
            let rules: WebTable?
            let difference: WebLink?
        }

        let head: WebHead
        let figures: [WebFigure]
        let plans: [Content.Plan]
        let form: FormView?
        let shown: [WebField]
        let under: String
        let seen: String
        let table: WebTable?
        let pager: WebPager?
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.move.title")
        // Nothing is chosen beforehand: one press moves many, so how far and why is said each time, once for all.
        let form = view.form(RecognitionMoveForm.self, action: "\(target.href)/move")
        let format = view.language.format
        return Page(
            "recognition-move", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("recognition.move.lead.\(target.kind)", ["version": target.name]),
                    crumbs: [
                        WebCrumb(view("recognition.move.list.\(target.kind)"), "/\(target.kind)"),
                        WebCrumb(target.name, target.href), WebCrumb(view.named(unit)),
                    ]),
                figures: [
                    WebFigure(number: format.integer(moving), whole: view("recognition.move.moving")),
                    WebFigure(number: format.integer(staying), whole: view("recognition.move.staying")),
                ],
                plans: plans.map { plan($0, view) },
                form: moving > 0 ? form : nil,
                shown: form.fields.filter { ["until", "reason"].contains($0.name) },
                under: "\(unit.id)", seen: seen, table: dossiers.isEmpty ? nil : table(view),
                pager: WebPager.ifNeeded(
                    previous: nil, next: next.map { "\(target.href)/move?under=\(unit.id)&after=\($0)" }),
                empty: moving + staying == 0
                    ? WebEmpty(
                        title: view("recognition.move.empty.title"), text: view("recognition.move.empty.text"),
                        example: WebLink(target.href, target.name)) : nil))
    }

    private func plan(_ plan: Plan, _ view: View) -> Content.Plan {
        Content.Plan(
            title: view(
                "recognition.move.plan",
                ["code": plan.fromSet, "version": "\(plan.fromVersion)", "title": plan.titleName.shown(view)]),
            text: view(
                "recognition.move.\(plan.lines.isEmpty ? "planTextNone" : "planText")",
                [
                    "count": view.language.format.integer(plan.dossiers), "kept": "\(plan.kept)",
                    "other": "\(plan.lines.count)",
                ]),
            indicators: RecognitionMoveLineAnswer.table(plan.lines, view),
            rules: RecognitionMoveRuleAnswer.table(plan.rules, view),
            difference: RecognitionMoveRuleAnswer.link(plan.difference, view))
    }

    private func table(_ view: View) -> WebTable {
        let format = view.language.format
        return WebTable(
            columns: [
                WebColumn(view("recognition.move.area")), WebColumn(view("recognition.move.state")),
                WebColumn(view("recognition.move.keptValues"), isNumber: true),
                WebColumn(view("recognition.move.again"), isNumber: true),
                WebColumn(view("recognition.move.fate.fresh"), isNumber: true),
            ],
            rows: dossiers.map { line in
                WebRow([
                    .head(
                        view.named(line.area), href: "\(target.href)/move/\(line.dossier)",
                        also: [
                            line.titleName.shown(view), "\(line.year)", line.stays.map { view($0) },
                        ].compactMap { $0 }.joined(separator: " · ")),
                    .status(
                        line.stays == nil
                            ? WebStatus(.waiting, view("recognition.move.moves"))
                            : WebStatus(.none, view("recognition.move.staysShort"))),
                    .number(format.integer(line.kept)), .number(format.integer(line.asked + line.opened)),
                    .number(format.integer(line.fresh)),
                ])
            })
    }
}
