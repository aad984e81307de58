import Core
import Organisation
import Web

/// Submissions, and accepted dossiers that wait for one.
struct RecognitionSubmissionListOutput: Output {
    struct Waiting: Encodable, Sendable {
        let year: Int
        /// The deciding level the list goes to.
        let level: String
        let count: Int
    }

    let submissions: [RecognitionSubmissionAnswer]
    let waiting: [Waiting]
    let maySend: Bool
    let narrowing: RecognitionPaperNarrowing
    /// Send it as `after` for the next page.
    let next: ID?
    /// Send it as `before` for the page before.
    let previous: ID?

    static var sample: RecognitionSubmissionListOutput {
        RecognitionSubmissionListOutput(
            submissions: [.sample], waiting: [Waiting(year: 2026, level: "province", count: 3)], maySend: true,
            narrowing: .sample, next: RecognitionSamples.id, previous: RecognitionSamples.id)
    }

    func page(_ view: View) -> Page {
        let title = view("recognition.submission.list")
        return RecognitionPaperList(
            title: title, lead: view("recognition.submission.listLead"),
            waiting: waiting.map { waiting in
                WebDuty(
                    status: WebStatus(.waiting, view("recognition.duty.waiting")),
                    title: view(
                        "recognition.submission.waiting",
                        ["count": view.language.format.integer(waiting.count), "year": "\(waiting.year)"]),
                    href: "/submissions/new?year=\(waiting.year)" + (isOne(waiting) ? "" : "&level=\(waiting.level)"),
                    verb: view("recognition.submission.draft.verb"))
            }.withFirst,
            narrowing: submissions.isEmpty && narrowing.isNone
                ? nil
                : narrowing.shown(
                    "/submissions",
                    states: Recognition.SubmissionState.allCases.map {
                        let word = $0 == .draft ? "decision.draft" : "submission.\($0.rawValue)"
                        return ($0.rawValue, view("recognition.\(word)"))
                    }, view),
            table: submissions.isEmpty ? nil : table(view),
            pager: narrowing.pager("/submissions", previous: previous, next: next), empty: empty(view)
        ).page
    }

    private func empty(_ view: View) -> WebEmpty? {
        guard submissions.isEmpty else { return nil }
        guard narrowing.isNone else { return narrowing.nothing("/submissions", view) }
        return waiting.isEmpty
            ? WebEmpty(title: view("recognition.submission.none"), text: view("recognition.submission.noneText"))
            : nil
    }

    /// Whether a year's dossiers go to one decider.
    private func isOne(_ one: Waiting) -> Bool { waiting.count { $0.year == one.year } == 1 }

    private func table(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("recognition.submission.column")), WebColumn(view("recognition.column.year")),
                WebColumn(view("recognition.submission.areas"), isNumber: true),
                WebColumn(view("recognition.column.state")), WebColumn(view("recognition.column.day")),
            ],
            rows: submissions.map { one in
                WebRow([
                    .head(one.name(view), href: "/submissions/\(one.id)", also: one.body), .text("\(one.year)"),
                    .number(view.language.format.integer(one.count)), .status(one.status(view)),
                    .text(one.day.map { view.day($0) }),
                ])
            })
    }
}
