import Core
import Organisation
import Web

/// The calling list of the giving day: who is called up in which order, with room to tick and to sign (picture 15's
/// paper). It names areas, never persons.
struct RecognitionCallingOutput: Output {
    struct Line: Encodable, Sendable {
        let area: TerritoryTitle
        let commune: TerritoryTitle?
        let name: String
        let givenOn: Day?
    }

    let decision: ID
    let number: String
    let day: Day?
    let body: String
    /// How many of the decision's titles hold: nobody is called up for one that ended.
    let count: Int
    let lines: [Line]
    /// Which part of all.
    let part: Recognition.CertificatePart

    static var sample: RecognitionCallingOutput {
        RecognitionCallingOutput(
            decision: RecognitionSamples.id, number: "46", day: RecognitionSamples.day, body: "Sample",
            count: 1,
            lines: [
                Line(
                    area: RecognitionSamples.area, commune: RecognitionSamples.commune, name: "Sample",
                    givenOn: RecognitionSamples.day)
            ], part: .sample)
    }

    struct Content: Sendable {
        struct Row: Sendable {
            let number: String
            let area: String
            let commune: String
            let title: String
            let given: String
        }

        let back: WebLink
        let heading: String
        let lead: String
        let rows: [Row]
        let pager: WebPager?
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let heading = view("recognition.certificate.calling.title", ["number": number])
        return Page(
            "recognition-calling", title: heading,
            Content(
                back: WebLink(
                    part.address("/decisions/\(decision)/certificates"), view("recognition.certificate.back")),
                heading: heading,
                lead: view(
                    "recognition.certificate.calling.lead",
                    [
                        "count": view.language.format.integer(count), "body": body,
                        "day": day.map { view.day($0) } ?? "",
                    ]),
                rows: lines.enumerated().map { index, line in
                    Content.Row(
                        number: "\(part.past + index + 1)", area: view.named(line.area),
                        commune: line.commune.map { view.named($0) } ?? "", title: line.name,
                        given: line.givenOn.map { view.day($0) } ?? "")
                },
                pager: part.pager("/decisions/\(decision)/certificates/calling", view),
                trace: view.trace(
                    record: decision, revision: 1, valid: view("recognition.certificate.calling.valid"),
                    opens: "/decisions/\(decision)/certificates")))
    }
}
