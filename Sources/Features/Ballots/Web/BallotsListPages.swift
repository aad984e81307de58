import Core
import Organisation
import Web

/// Ballots of the places where one acts.
struct BallotsListOutput: Output {
    struct Line: Encodable, Sendable {
        let ballot: BallotsAbout
        let codes: Ballots.Codes
    }

    let ballots: [Line]
    let mayPractise: Bool

    static var sample: BallotsListOutput {
        BallotsListOutput(
            ballots: [Line(ballot: BallotsSamples.about, codes: Ballots.Codes(households: 114, spares: 2, burnt: 30))],
            mayPractise: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let empty: WebEmpty?
        let table: WebTable?
        let links: [WebLink]
    }

    func page(_ view: View) -> Page {
        let title = view("ballots.list.title")
        let format = view.language.format
        return Page(
            "ballots-list", title: title,
            Content(
                head: WebHead(title: title, lead: view("ballots.list.lead")),
                empty: ballots.isEmpty
                    ? WebEmpty(
                        title: view("ballots.list.empty.title"), text: view("ballots.list.empty.text"),
                        first: view("ballots.list.empty.first")) : nil,
                table: ballots.isEmpty
                    ? nil
                    : WebTable(
                        columns: [
                            WebColumn(view("ballots.column.area")), WebColumn(view("ballots.column.days")),
                            WebColumn(view("ballots.column.codes"), isNumber: true),
                            WebColumn(view("ballots.column.burnt"), isNumber: true),
                            WebColumn(view("ballots.column.stage")),
                        ],
                        rows: ballots.map { line in
                            WebRow([
                                .head(
                                    line.ballot.area.headed { view($0, $1) }, href: "/ballots/\(line.ballot.id)",
                                    also: line.ballot.subject(view)),
                                .text(line.ballot.days(view)), .number(format.integer(line.codes.households)),
                                .number(format.integer(line.codes.burnt)), .status(line.ballot.status(view)),
                            ])
                        }),
                links: mayPractise ? [WebLink("/ballots/new", view("ballots.practice.link"))] : []))
    }
}

/// Opening a ballot for practice.
struct BallotsPracticeOutput: Output {
    struct Area: Encodable, Sendable {
        let area: TerritoryTitle
        let households: Int?
    }

    let areas: [Area]
    let last: Day

    static var sample: BallotsPracticeOutput {
        BallotsPracticeOutput(
            areas: [Area(area: BallotsSamples.area, households: 214)], last: BallotsSamples.day)
    }

    struct Content: Sendable {
        let head: WebHead
        let empty: WebNotice?
        let form: FormView?
    }

    func page(_ view: View) -> Page {
        let title = view("ballots.practice.title")
        let options = areas.map {
            WebOption(value: "\($0.area.id)", label: $0.area.headed { view($0, $1) })
        }
        return Page(
            "ballots-practice", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("ballots.practice.lead"),
                    crumbs: [WebCrumb(view("ballots.list.title"), "/ballots")]),
                empty: areas.isEmpty ? WebNotice(.plain, text: view("ballots.practice.empty")) : nil,
                form: areas.isEmpty
                    ? nil
                    : view.form(
                        BallotsPracticeForm.self, action: "/ballots", filled: ["last": view.day(last)],
                        options: ["area": options])))
    }
}
