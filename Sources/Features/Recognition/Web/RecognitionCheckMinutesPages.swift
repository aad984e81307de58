import Core
import Organisation
import Web

/// The minutes of the commune's check (biên bản kiểm tra hồ sơ) on A4, drafted from what was entered.
struct RecognitionCheckMinutesOutput: Output {
    struct End: Encodable, Sendable {
        let isAccepted: Bool
        let at: Instant
        let checker: String?
        let body: String?
        let remark: String?
    }

    struct Line: Encodable, Sendable {
        let code: String
        let name: RecognitionName
        let own: RecognitionValueAnswer?
        let check: RecognitionValueAnswer?
        /// Why it was sent back.
        let reason: String?
    }

    let dossier: RecognitionDossierAnswer
    /// Nil while the commune is still at it.
    let end: End?
    /// Who else was there.
    let attended: [Recognition.Attendee]
    let indicators: Int
    /// What the commune saw otherwise, or sent back.
    let lines: [Line]
    let total: Int
    let maximum: Int

    static var sample: RecognitionCheckMinutesOutput {
        let value = RecognitionValueAnswer(RecognitionSamples.entry.value, RecognitionSamples.indicator)
        return RecognitionCheckMinutesOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set),
            end: End(
                isAccepted: false, at: RecognitionSamples.instant, checker: "Sample", body: "Sample",
                remark: "Sample"), attended: [Recognition.Attendee("Sample", duty: "Sample")], indicators: 27,
            lines: [Line(code: "III.3", name: .sample, own: value, check: value, reason: "The list differs.")],
            total: 400, maximum: 500)
    }

    func page(_ view: View) -> Page {
        let commune = dossier.commune ?? dossier.area
        let blank = view("recognition.review.paper.blank")
        return RecognitionMinutes(
            back: WebLink("/dossiers/\(dossier.id)", view("recognition.check.minutes.back")),
            document: WebDocumentHead(
                superior: [],
                issuer: (end?.body
                    ?? view(
                        "recognition.review.paper.front", ["commune": commune.named { view($0, $1) }])).uppercased(),
                symbol: view("recognition.check.minutes.symbol"), place: commune.name,
                dayText: end.map { view.language.format.paperDate($0.at.day) }
                    ?? view(
                        "recognition.paper.openDay",
                        ["month": "\(view.today.month)", "year": "\(view.today.year)"]),
                isDraft: end == nil),
            kind: view("recognition.review.paper.minutes"),
            about: view(
                "recognition.check.minutes.about",
                [
                    "title": dossier.titleName.shown(view), "year": "\(dossier.year)",
                    "area": dossier.areaNameInside(view),
                ]),
            parts: [present(view), found(view), conclusion(view)],
            signs: [
                RecognitionMinutes.Sign(view("recognition.check.minutes.signArea"), nil, blank: blank),
                RecognitionMinutes.Sign(view("recognition.check.minutes.signCommune"), end?.checker, blank: blank),
            ],
            trace: view.trace(
                record: dossier.id, revision: dossier.revision,
                valid: view(
                    end == nil ? "recognition.check.minutes.notValid" : "recognition.review.paper.valid"),
                opens: "/dossiers/\(dossier.id)/check/minutes")
        ).page
    }

    private func present(_ view: View) -> RecognitionMinutes.Part {
        RecognitionMinutes.Part(
            view("recognition.check.minutes.present"),
            paragraphs: [
                view(
                    "recognition.check.minutes.checker",
                    ["name": end?.checker ?? view("recognition.check.minutes.dots")]),
                view("recognition.check.minutes.others"),
            ], table: .signing(attended, blank: 3, view))
    }

    private func found(_ view: View) -> RecognitionMinutes.Part {
        RecognitionMinutes.Part(
            view("recognition.check.minutes.found"),
            paragraphs: [
                view(
                    lines.isEmpty ? "recognition.check.minutes.allAlike" : "recognition.check.minutes.someDiffer",
                    ["count": "\(indicators)", "differ": "\(lines.count)"])
            ],
            table: lines.isEmpty
                ? nil
                : RecognitionMinutes.Table(
                    [
                        view("recognition.panel.visiting.code"), view("recognition.column.indicator"),
                        view("recognition.side.self"), view("recognition.side.check"),
                        view("recognition.column.reason"),
                    ],
                    lines.map { line in
                        [
                            line.code, line.name.shown(view), line.own?.shown(view) ?? "",
                            line.check?.shown(view) ?? view("recognition.check.same"), line.reason ?? "",
                        ]
                    }))
    }

    private func conclusion(_ view: View) -> RecognitionMinutes.Part {
        let sum = view(
            "recognition.check.summary", ["points": view.points(total), "maximum": view.points(maximum)])
        let word =
            switch end?.isAccepted {
            case true?: view("recognition.check.minutes.accepted\(dossier.isDecidedHere ? "Own" : "")")
            case false?: view("recognition.check.minutes.returned")
            case nil: view("recognition.check.minutes.open")
            }
        return RecognitionMinutes.Part(
            view("recognition.check.minutes.concludes"),
            paragraphs: [sum, word, end?.remark].compactMap { $0 })
    }
}
