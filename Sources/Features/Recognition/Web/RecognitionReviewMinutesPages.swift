import Core
import Criteria
import Organisation
import Web

/// The minutes of a sitting (biên bản hội nghị bình xét) on A4, drafted from what was counted: nobody writes them.
struct RecognitionReviewMinutesOutput: Output {
    let dossier: RecognitionDossierAnswer
    let sitting: RecognitionSittingAnswer
    /// The indicators that this sitting voted upon.
    let lines: [RecognitionReviewOutput.Line]

    static var sample: RecognitionReviewMinutesOutput {
        RecognitionReviewMinutesOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set),
            sitting: RecognitionSittingAnswer(RecognitionSamples.sitting), lines: RecognitionReviewOutput.sample.lines)
    }

    func page(_ view: View) -> Page {
        let title = view(
            "recognition.review.paper.about",
            ["title": dossier.titleName.shown(view), "year": "\(dossier.year)", "area": dossier.areaNameInside(view)])
        let blank = view("recognition.review.paper.blank")
        return RecognitionMinutes(
            back: WebLink("/dossiers/\(dossier.id)/review", view("recognition.review.paper.back")),
            document: RecognitionAreaPaper.head(
                dossier, symbol: view("recognition.review.paper.minutesSymbol"), day: sitting.day, view),
            kind: view("recognition.review.paper.minutes"), about: title,
            parts: [present(view)] + (sitting.hasQuorum ? [held(view), voted(view)] : []) + [
                opinions(view), end(view),
            ],
            signs: [
                RecognitionMinutes.Sign(view("recognition.review.paper.secretary"), sitting.secretary, blank: blank),
                RecognitionMinutes.Sign(view("recognition.review.paper.chair"), sitting.chair, blank: blank),
            ],
            trace: RecognitionAreaPaper.trace(dossier, opens: "review", view)
        ).page
    }

    private func present(_ view: View) -> RecognitionMinutes.Part {
        RecognitionMinutes.Part(
            view("recognition.review.paper.partPresent"),
            paragraphs: [
                view(
                    "recognition.review.paper.held",
                    ["day": view.language.format.weekdayAndDay(sitting.day), "venue": sitting.venue]),
                view("recognition.review.paper.led", ["chair": sitting.chair, "secretary": sitting.secretary]),
                view(
                    sitting.hasQuorum ? "recognition.review.paper.quorum" : "recognition.review.paper.noQuorum",
                    numbers(view)),
            ] + (sitting.attended.isEmpty ? [] : [view("recognition.review.paper.attended")]),
            table: sitting.attended.isEmpty ? nil : .signing(sitting.attended, view))
    }

    private func numbers(_ view: View) -> [String: String] {
        let format = view.language.format
        return [
            "present": format.integer(sitting.present), "households": format.integer(sitting.households),
            "needed": format.integer(sitting.needed),
        ]
    }

    private func held(_ view: View) -> RecognitionMinutes.Part {
        RecognitionMinutes.Part(
            view("recognition.review.paper.partWork"),
            paragraphs: [
                view(
                    sitting.isRest ? "recognition.review.paper.workRest" : "recognition.review.paper.work",
                    ["count": "\(lines.count)", "title": dossier.titleName.shown(view)])
            ])
    }

    /// The vote on the list in one sentence, and what was disputed in a table of its own.
    private func voted(_ view: View) -> RecognitionMinutes.Part {
        let format = view.language.format
        let apart = lines.filter { sitting.disputed.contains($0.code) }
        var paragraphs = [
            view(
                "recognition.review.paper.closing",
                ["needed": format.integer(sitting.neededVotes), "present": format.integer(sitting.present)])
        ]
        if let list = sitting.list {
            paragraphs.append(
                view(
                    list >= sitting.neededVotes
                        ? "recognition.review.paper.listCarried" : "recognition.review.paper.listNotCarried",
                    [
                        "votes": format.integer(list), "present": format.integer(sitting.present),
                        "count": "\(lines.count - apart.count)",
                    ]))
        }
        paragraphs.append(
            apart.isEmpty
                ? view("recognition.review.paper.noneApart")
                : view("recognition.review.paper.apart", ["count": "\(apart.count)"]))
        return RecognitionMinutes.Part(
            view("recognition.review.paper.partVotes"), paragraphs: paragraphs,
            table: apart.isEmpty
                ? nil
                : RecognitionMinutes.Table(
                    [
                        view("recognition.paper.order"), view("recognition.column.indicator"),
                        view("recognition.review.column.votes"), view("recognition.column.verdict"),
                    ], numbers: [2],
                    apart.enumerated().map { index, line in
                        [
                            "\(index + 1)", "\(line.code) \(line.name.shown(view))",
                            line.votes.map { format.integer($0) } ?? "",
                            view(
                                line.isCarried == false
                                    ? "recognition.review.paper.notCarried" : "recognition.review.paper.carried"),
                        ]
                    }))
    }

    private func opinions(_ view: View) -> RecognitionMinutes.Part {
        let said = sitting.opinions.split(separator: "\n").map { $0.trimmingSpaces }.filter { !$0.isEmpty }
        return RecognitionMinutes.Part(
            view("recognition.review.paper.partOpinions"),
            paragraphs: said.isEmpty ? [view("recognition.review.paper.noOpinions")] : [], items: said)
    }

    private func end(_ view: View) -> RecognitionMinutes.Part {
        var paragraphs: [String] = []
        if !sitting.hasQuorum {
            paragraphs.append(
                sitting.next.map {
                    view("recognition.review.paper.adjournedUntil", ["day": view.language.format.weekdayAndDay($0)])
                } ?? view("recognition.review.paper.adjourned"))
        } else if sitting.votedDown.isEmpty {
            paragraphs.append(view("recognition.review.paper.allCarried"))
        } else {
            paragraphs.append(
                view(
                    "recognition.review.paper.workOn",
                    ["count": "\(sitting.votedDown.count)", "codes": sitting.votedDown.joined(separator: ", ")]))
        }
        paragraphs.append(view("recognition.review.paper.read"))
        return RecognitionMinutes.Part(view("recognition.review.paper.partEnd"), paragraphs: paragraphs)
    }
}

extension StringProtocol {
    /// Without white space at either end.
    var trimmingSpaces: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text = text.dropFirst() }
        while let last = text.last, last.isWhitespace { text = text.dropLast() }
        return String(text)
    }
}
