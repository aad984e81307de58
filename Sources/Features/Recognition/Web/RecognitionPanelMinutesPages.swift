import Core
import Criteria
import Organisation
import Web

/// The minutes of the appraisal as they are printed on A4. The area reads them once they are closed; then no value is
/// told by who gave it.
struct RecognitionPanelMinutesOutput: Output {
    let appraisal: RecognitionAppraisalOutput
    /// The unit of the panel.
    let place: TerritoryTitle

    static var sample: RecognitionPanelMinutesOutput {
        RecognitionPanelMinutesOutput(appraisal: .sample, place: RecognitionSamples.province)
    }

    private var isDraft: Bool { appraisal.end == nil || appraisal.end == .returned }

    func page(_ view: View) -> Page {
        let dossier = appraisal.dossier
        let blank = view("recognition.panel.minutes.blank")
        return RecognitionMinutes(
            back: WebLink("/dossiers/\(dossier.id)/appraisal", view("recognition.panel.minutes.back")),
            document: WebDocumentHead(
                superior: [appraisal.panel.body.uppercased()], issuer: appraisal.panel.name.uppercased(),
                symbol: view("recognition.panel.minutes.symbol"), place: place.name,
                dayText: appraisal.endedAt.map { view.language.format.paperDate($0.day) }
                    ?? view(
                        "recognition.paper.openDay",
                        ["month": "\(view.today.month)", "year": "\(view.today.year)"]),
                isDraft: isDraft),
            kind: view("recognition.panel.minutes.title"),
            about: view(
                "recognition.panel.minutes.about",
                ["area": dossier.placeInside(view), "title": dossier.titleName.shown(view), "year": "\(dossier.year)"]),
            parts: [present(view), ties(view), visits(view), offices(view), values(view), conclusion(view)],
            signs: [
                RecognitionMinutes.Sign(
                    view("recognition.panel.minutes.signSecretary"), isDraft ? nil : seat(.secretary), blank: blank),
                RecognitionMinutes.Sign(
                    view("recognition.panel.minutes.signChair"), isDraft ? nil : seat(.chair), blank: blank),
            ],
            recipients: [
                view("recognition.panel.minutes.forDecider"), view("recognition.panel.visiting.forArea"),
                view("recognition.paper.recipientFile"),
            ],
            trace: view.trace(
                record: dossier.id, revision: dossier.revision,
                valid: view(isDraft ? "recognition.panel.minutes.notValid" : "recognition.panel.minutes.valid"),
                opens: "/dossiers/\(dossier.id)/minutes")
        ).page
    }

    private func seat(_ duty: Recognition.PanelDuty) -> String? {
        appraisal.seats.first { $0.duty == duty && !$0.hasLeft }?.name
    }

    private func present(_ view: View) -> RecognitionMinutes.Part {
        func duty(_ seat: RecognitionAppraisalOutput.Seat) -> String {
            view("recognition.panel.duty.\(seat.duty.rawValue)")
        }
        let seated = appraisal.seats.filter { !$0.hasLeft }.map {
            Recognition.Attendee($0.name, duty: view("recognition.panel.minutes.seat", ["duty": duty($0)]))
        }
        return RecognitionMinutes.Part(
            view("recognition.panel.minutes.present"),
            items: appraisal.seats.filter(\.hasLeft).map {
                view("recognition.panel.minutes.former", ["name": $0.name, "duty": duty($0).lowercased()])
            }, table: .signing(seated + appraisal.attended, view))
    }

    private func ties(_ view: View) -> RecognitionMinutes.Part {
        let tied = appraisal.seats.compactMap { seat in
            seat.tie.map { "\(seat.name): \(view("recognition.panel.tie.\($0)"))" }
        }
        return RecognitionMinutes.Part(
            view("recognition.panel.minutes.conflicts"),
            items: tied.isEmpty ? [view("recognition.panel.minutes.noConflict")] : tied)
    }

    private func visits(_ view: View) -> RecognitionMinutes.Part {
        RecognitionMinutes.Part(
            view("recognition.panel.minutes.checked"),
            items: appraisal.visits.map {
                view(
                    $0.isAnnounced ? "recognition.panel.minutes.visit" : "recognition.panel.minutes.visitUnannounced",
                    ["day": view.day($0.day), "names": $0.members.joined(separator: ", "), "count": "\($0.looks)"])
            })
    }

    /// What offices confirmed of the values they hold.
    private func offices(_ view: View) -> RecognitionMinutes.Part {
        let asked = appraisal.confirmations
        let confirmed = asked.filter { $0.answer == .confirmed }
        let silent = asked.filter { $0.answer == nil }
        var items: [String] = []
        if !confirmed.isEmpty {
            items.append(
                view(
                    "recognition.panel.minutes.confirmed",
                    ["codes": confirmed.map(\.code).joined(separator: ", ")]))
        }
        items += asked.filter { $0.answer == .differs }.map { line in
            view(
                "recognition.panel.minutes.differs",
                [
                    "office": line.office, "code": line.code, "value": line.value?.shown(view) ?? "",
                    "reason": line.reason ?? "",
                ])
        }
        if !silent.isEmpty {
            items.append(
                view("recognition.panel.minutes.silent", ["codes": silent.map(\.code).joined(separator: ", ")]))
        }
        return RecognitionMinutes.Part(
            view("recognition.panel.minutes.offices"),
            items: items.isEmpty ? [view("recognition.panel.minutes.noneAsked")] : items)
    }

    private func values(_ view: View) -> RecognitionMinutes.Part {
        let drawn = appraisal.lines.filter(\.isDrawn).map(\.code)
        let rows = appraisal.lines.filter { $0.differs || $0.isJudged }
        let showsScores = !appraisal.isOutside
        return RecognitionMinutes.Part(
            view("recognition.panel.minutes.values"),
            paragraphs: drawn.isEmpty
                ? []
                : [
                    view(
                        "recognition.panel.minutes.drawn",
                        ["codes": drawn.joined(separator: ", "), "seed": appraisal.panel.seed])
                ],
            table: RecognitionMinutes.Table(
                [
                    view("recognition.panel.visiting.code"), view("recognition.column.indicator"),
                    view("recognition.side.self"), view("recognition.side.check"),
                ] + (showsScores ? [view("recognition.panel.scores")] : [])
                    + [view("recognition.side.appraisal"), view("recognition.column.reason")],
                rows.map { line in
                    [line.code, line.name.shown(view), line.own?.shown(view) ?? "", line.check?.shown(view) ?? ""]
                        + (showsScores
                            ? [line.scores.map { "\($0.member): \($0.value.shown(view))" }.joined(separator: "; ")]
                            : [])
                        + [line.panel?.shown(view) ?? "", line.reason ?? ""]
                }))
    }

    private func conclusion(_ view: View) -> RecognitionMinutes.Part {
        let sums = view(
            "recognition.panel.appraisal.summary",
            ["points": view.points(appraisal.total), "maximum": view.points(appraisal.maximum)])
        let word =
            switch appraisal.end {
            case .passes, .passesNot: view("recognition.panel.minutes.conclusion.\(appraisal.end?.rawValue ?? "")")
            default: view("recognition.panel.minutes.conclusion.open")
            }
        let texts: [String?] = [
            [sums, appraisal.ballot.map { "\($0.shown(view))." }].compactMap { $0 }.joined(separator: " "), word,
            appraisal.deviation.map { view("recognition.panel.appraisal.deviation", ["reason": $0]) },
            appraisal.remark,
        ]
        return RecognitionMinutes.Part(
            view("recognition.panel.minutes.concludes"), paragraphs: texts.compactMap { $0 },
            items: appraisal.reasons.map { view($0.key, view.language == .en ? $0.english : $0.vietnamese) }
                + appraisal.ballotFaults.map { view("recognition.panel.ballotFault.\($0)") })
    }
}
