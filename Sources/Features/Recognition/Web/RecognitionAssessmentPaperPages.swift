import Core
import Criteria
import Database
import Organisation
import Web

/// The self-assessment (bản tự đánh giá) on A4: values, notes and points by group, the evidence in a list, the
/// signatures of who wrote it and of the head of the Front work committee.
struct RecognitionAssessmentPaperOutput: Output {
    struct Line: Encodable, Sendable {
        let code: String
        let name: RecognitionName
        let value: RecognitionValueAnswer?
        let note: String?
        let verdict: RecognitionVerdictAnswer
    }

    struct Group: Encodable, Sendable {
        let code: String
        let name: RecognitionName
        let points: Int
        let maximum: Int
        let lines: [Line]
    }

    let dossier: RecognitionDossierAnswer
    let criteriaName: RecognitionName
    let households: Int?
    let people: Int?
    /// When it was closed or handed in last; nil while the area works on it.
    let closedOn: Day?
    let groups: [Group]
    let total: Int
    let maximum: Int
    let minimum: Int?
    let evidence: [RecognitionEvidenceAnswer]

    static var sample: RecognitionAssessmentPaperOutput {
        let line = Line(
            code: "III.3", name: .sample,
            value: RecognitionValueAnswer(RecognitionSamples.entry.value, RecognitionSamples.indicator),
            note: "Counted at night.",
            verdict: RecognitionVerdictAnswer(Criteria.Verdict(.met, points: 400), of: RecognitionSamples.indicator))
        return RecognitionAssessmentPaperOutput(
            dossier: RecognitionDossierAnswer(RecognitionSamples.dossier, RecognitionSamples.set),
            criteriaName: .sample, households: 214, people: 858, closedOn: RecognitionSamples.day,
            groups: [Group(code: "III", name: .sample, points: 400, maximum: 500, lines: [line])], total: 400,
            maximum: 500, minimum: 400, evidence: [.sample])
    }

    struct Content: Sendable {
        struct Row: Sendable {
            let code: String
            let name: String
            let value: String
            let points: String
            let note: String
        }

        struct Part: Sendable {
            let name: String
            let points: String
            let rows: [Row]
        }

        struct Piece: Sendable {
            let number: String
            let heading: String
            let text: String
            let codes: String
        }

        let back: WebLink
        let document: WebDocumentHead
        let about: String
        let paragraphs: [String]
        let parts: [Part]
        let total: String
        let evidence: [Piece]
        let hasEvidence: Bool
        let noEvidence: String?
        let writer: String
        let head: String
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let about = view(
            "recognition.assessment.paper.about",
            ["title": dossier.titleName.shown(view), "year": "\(dossier.year)", "area": dossier.areaNameInside(view)])
        let format = view.language.format
        return Page(
            "recognition-assessment-paper", title: about,
            Content(
                back: WebLink("/dossiers/\(dossier.id)/assessment", view("recognition.assessment.paper.back")),
                document: RecognitionAreaPaper.head(
                    dossier, symbol: view("recognition.assessment.paper.symbol"), day: closedOn,
                    isDraft: closedOn == nil, view),
                about: about, paragraphs: paragraphs(view), parts: groups.map { part($0, view) },
                total: view(
                    "recognition.assessment.paper.points",
                    ["points": view.points(total), "maximum": view.points(maximum)]),
                evidence: evidence.enumerated().map { index, piece in
                    Content.Piece(
                        number: format.integer(index + 1), heading: piece.heading(view),
                        text: piece.texts(view).joined(separator: " · "), codes: piece.codes.joined(separator: ", "))
                },
                hasEvidence: !evidence.isEmpty,
                noEvidence: evidence.isEmpty ? view("recognition.assessment.paper.noEvidence") : nil,
                writer: view("recognition.assessment.paper.sign"), head: view("recognition.review.paper.head"),
                trace: view.trace(
                    record: dossier.id, revision: dossier.revision,
                    valid: view(
                        closedOn == nil ? "recognition.assessment.paper.notValid" : "recognition.review.paper.valid"),
                    opens: "/dossiers/\(dossier.id)")))
    }

    private func paragraphs(_ view: View) -> [String] {
        let format = view.language.format
        var texts: [String] = []
        if let households, let people {
            texts.append(
                view(
                    "recognition.assessment.paper.size",
                    [
                        "area": dossier.areaName(view), "households": format.integer(households),
                        "people": format.integer(people),
                    ]))
        }
        texts.append(
            view(
                "recognition.assessment.paper.criteria",
                ["criteria": criteriaName.shown(view), "version": "\(dossier.criteriaVersion)"]))
        let lines = groups.flatMap(\.lines)
        let filled = lines.count { $0.value != nil }
        texts.append(
            view(
                "recognition.assessment.paper.result",
                [
                    "count": format.integer(filled), "all": format.integer(lines.count),
                    "met": format.integer(lines.count { $0.verdict.outcome == "met" }),
                    "points": view.points(total), "maximum": view.points(maximum),
                ]))
        if let minimum {
            texts.append(view("recognition.assessment.paper.minimum", ["minimum": view.points(minimum)]))
        }
        return texts
    }

    private func part(_ group: Group, _ view: View) -> Content.Part {
        func share(_ points: Int, _ maximum: Int) -> String {
            maximum > 0 ? "\(view.points(points))/\(view.points(maximum))" : ""
        }
        return Content.Part(
            name: "\(group.code). \(group.name.shown(view))", points: share(group.points, group.maximum),
            rows: group.lines.map { line in
                Content.Row(
                    code: line.code, name: line.name.shown(view),
                    value: line.value?.shown(view) ?? view("recognition.verdict.missing"),
                    // What does not apply is taken out of the sum, so it counts for no points, not for none of five.
                    points: line.verdict.outcome == "notApplicable"
                        ? "–" : share(line.verdict.points, line.verdict.maximum),
                    note: [line.value?.why, line.note].compactMap { $0 }.joined(separator: ". "))
            })
    }
}

extension RecognitionDossierRoutes {
    static func assessmentPaper(_ call: Call<Actor>) throws -> RecognitionAssessmentPaperOutput {
        let (dossier, reader) = (try call.dossier(), call.reader)
        let assessment = try RecognitionStore.assessment(dossier, reader)
        let profile = try RecognitionStore.profile(of: dossier.area.id, reader)
        let score = assessment.score(.own)
        let isOpen = dossier.state == .assessing || dossier.state == .returned
        let closing: Set = [Recognition.Action.handIn.rawValue, Recognition.Action.submit.rawValue]
        return RecognitionAssessmentPaperOutput(
            dossier: RecognitionDossierAnswer(dossier, assessment.set),
            criteriaName: RecognitionName(assessment.set.name), households: profile.households, people: profile.people,
            closedOn: isOpen
                ? nil
                : try RecognitionStore.events(of: dossier.id, reader).first { closing.contains($0.action) }?.at.day,
            groups: assessment.standards.map { standard, indicators in
                RecognitionAssessmentPaperOutput.Group(
                    code: standard.code, name: RecognitionName(standard.name),
                    points: score.groups.first { $0.code == standard.code }?.points ?? 0, maximum: standard.maximum,
                    lines: indicators.map { indicator in
                        let entry = assessment.entry(indicator.code, .own)
                        return RecognitionAssessmentPaperOutput.Line(
                            code: indicator.code, name: RecognitionName(indicator.name),
                            value: entry.map { RecognitionValueAnswer($0, indicator) }, note: entry?.note,
                            verdict: RecognitionVerdictAnswer(assessment.verdict(indicator, .own), of: indicator))
                    })
            },
            total: score.total, maximum: score.maximum, minimum: score.minimum,
            evidence: try RecognitionEvidenceParts.answers(of: dossier, call).filter { $0.side == .own })
    }
}
