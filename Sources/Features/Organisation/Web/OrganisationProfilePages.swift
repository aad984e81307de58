import Core
import Database
import Web

/// "Hồ sơ khu dân cư": what an area is, year by year.
struct ProfileOutput: Output {
    let area: Area
    /// The units above it, nearest first.
    let above: [TerritoryTitle]
    let book: AreaBook

    static var sample: ProfileOutput {
        ProfileOutput(area: .sample, above: [.sample(.commune)], book: .sample)
    }

    static func of(_ call: Call<Actor>) throws -> ProfileOutput {
        let id = try call.id("id")
        let area = try OrganisationStore.area(id, seenBy: call.sight, call.reader)
        return ProfileOutput(
            area: area, above: Array(try OrganisationStore.titles(of: id, call.reader).dropFirst()),
            book: try OrganisationStore.book(of: id, call.reader))
    }

    struct Part: Sendable {
        let id: String
        let title: String
        let lead: String?
        let table: WebTable?
        /// What will stand here.
        let none: String?
        let add: WebLink?
    }

    struct Content: Sendable {
        let head: WebHead
        let paper: WebLink
        let parts: [Part]
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let title = view("organisation.profile.of", ["area": view.named(area.title)])
        return Page(
            "organisation-profile", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view.line(above),
                    crumbs: [
                        WebCrumb(view("organisation.nav.areas"), "/areas"),
                        WebCrumb(view.headed(area.title), "/areas/\(area.id)"),
                    ], status: area.isInvented ? WebStatus(.draft, view("organisation.invented")) : nil),
                paper: WebLink("/areas/\(area.id)/profile/paper", view("organisation.profile.paper.open")),
                parts: ProfileTexts(view: view, area: area, book: book).parts,
                trace: .list(view, record: view.named(area.title))))
    }
}

/// The parts of a profile as sections of a page.
struct ProfileTexts {
    let view: View
    let area: Area
    let book: AreaBook

    var mayEdit: Bool { view.allows(.editAreaProfile, area) && area.territory.stands }
    var base: String { "/areas/\(area.id)/profile" }

    var parts: [ProfileOutput.Part] {
        [
            part(.numbers, lead: nil, years), part(.strengths, lead: nil, strengths),
            part(.groups, lead: groupsLead, groups),
            part(.conventions, lead: conventionLead, conventions), part(.models, lead: modelsLead, models),
            part(.occasions, lead: nil, occasions),
        ]
    }

    private func part(_ part: ProfilePart, lead: String?, _ table: WebTable) -> ProfileOutput.Part {
        let key = "organisation.profile.\(part.rawValue)"
        let isEmpty = table.rows.isEmpty
        return ProfileOutput.Part(
            id: part.rawValue, title: view("\(key).title"), lead: lead, table: isEmpty ? nil : table,
            none: isEmpty ? view("\(key).none") : nil,
            add: mayEdit ? WebLink("\(base)/\(part.rawValue)", view("\(key).new")) : nil)
    }

    func column(_ name: String, isNumber: Bool = false) -> WebColumn {
        WebColumn(view("organisation.profile.column.\(name)"), isNumber: isNumber)
    }

    private func change(_ part: ProfilePart, _ id: ID) -> String? { mayEdit ? "\(base)/\(part.rawValue)/\(id)" : nil }

    var years: WebTable {
        // Most criteria know no regions: then nothing is said of them.
        let tellsRegion = book.years.contains { $0.region != nil }
        return WebTable(
            columns: [
                column("year"), column("households", isNumber: true), column("people", isNumber: true),
                column("class"),
            ] + (tellsRegion ? [column("region")] : []),
            rows: book.years.map { year in
                WebRow(
                    [
                        .head("\(year.year)"), .number(year.households.map { view.number($0) }),
                        .number(year.people.map { view.number($0) }), .text(year.areaClass.map { view.areaClass($0) }),
                    ] + (tellsRegion ? [.text(year.region.map { view.region($0) })] : []))
            })
    }

    /// "6 tổ tự quản đang hoạt động, 214 hộ".
    private var groupsLead: String? {
        let working = book.groups.filter { $0.endedOn == nil }
        return working.isEmpty ? nil : view("organisation.profile.groups.lead", ["count": view.number(working.count)])
    }

    var groups: WebTable {
        WebTable(
            columns: [column("group"), column("kind"), column("households", isNumber: true), column("since")],
            rows: book.groups.map { group in
                WebRow([
                    .head(
                        group.name, href: change(.groups, group.id),
                        also: group.endedOn.map { view("organisation.profile.groups.dissolved", ["day": view.day($0)]) }
                    ),
                    .text(view("organisation.profile.groups.kind.option.\(group.kind.rawValue)")),
                    .number(group.households.map { view.number($0) }), .text(group.since.map { view.day($0) }),
                ])
            })
    }

    /// "Bản 2, thông qua ngày 12/03/2025: 176 trong 214 hộ tán thành."
    private var conventionLead: String? {
        guard let now = book.conventions.first else { return nil }
        return conventionSentence(now)
    }

    func conventionSentence(_ one: Convention) -> String {
        let carried = view(
            "organisation.profile.conventions.carried",
            [
                "name": view("organisation.profile.conventions.kind.option.\(one.kind.rawValue)").capitalisedFirst,
                "version": "\(one.version)", "day": view.day(one.adoptedOn), "votes": view.number(one.votesFor),
                "households": view.number(one.households),
            ])
        guard let body = one.recognisedBy else {
            return carried + " " + view("organisation.profile.conventions.notRecognised")
        }
        let recognised =
            one.recognisedOn.map {
                view("organisation.profile.conventions.recognisedOn", ["body": body, "day": view.day($0)])
            } ?? view("organisation.profile.conventions.recognisedBy", ["body": body])
        let document = one.recognitionDocument.map {
            view("organisation.profile.conventions.recognisedIn", ["document": $0])
        }
        return [carried, recognised, document].compactMap { $0 }.joined(separator: " ")
    }

    var conventions: WebTable {
        WebTable(
            columns: [
                column("version"), column("adopted"), column("votes", isNumber: true), column("recognised"),
            ],
            rows: book.conventions.map { one in
                WebRow([
                    .head(
                        view("organisation.profile.conventions.version", ["version": "\(one.version)"]),
                        href: "\(base)/conventions/\(one.id)"),
                    .text(view.day(one.adoptedOn)),
                    .number(
                        view(
                            "organisation.profile.conventions.votesOf",
                            ["votes": view.number(one.votesFor), "households": view.number(one.households)])),
                    .text(one.recognisedBy, also: one.recognisedOn.map { view.day($0) }),
                ])
            })
    }

    private var modelsLead: String? {
        let looked = book.models.filter { $0.isAlive != nil }
        guard !looked.isEmpty else { return nil }
        return view(
            "organisation.profile.models.lead",
            ["alive": view.number(looked.count { $0.isAlive == true }), "looked": view.number(looked.count)])
    }

    var models: WebTable {
        WebTable(
            columns: [column("model"), column("kind"), column("sinceYear"), column("size"), column("look")],
            rows: book.models.map { model in
                WebRow([
                    .head(model.name, href: change(.models, model.id) ?? "/models/\(model.id)"),
                    .text(view("organisation.profile.models.kind.option.\(model.kind.rawValue)")),
                    .text(model.since.map { "\($0)" }), .text(model.sized(in: view.language)),
                    WebCell(
                        text: model.lookedOn.map { view.day($0) },
                        href: model.lookedOn.map { _ in "/models/\(model.id)" },
                        status: status(model)),
                ])
            })
    }

    private func status(_ model: AreaModel) -> WebStatus {
        switch model.isAlive {
        case true?: WebStatus(.done, view("organisation.profile.models.alive.option.yes"))
        case false?: WebStatus(.unmet, view("organisation.profile.models.alive.option.no"))
        case nil: WebStatus(.notbegun, view("organisation.profile.models.neverLooked"))
        }
    }

    var occasions: WebTable {
        WebTable(
            columns: [column("occasion"), column("kind"), column("days"), column("note")],
            rows: book.occasions.map { one in
                WebRow([
                    .head(one.name, href: change(.occasions, one.id)),
                    .text(view("organisation.profile.occasions.kind.option.\(one.kind.rawValue)")),
                    .text(days(one)), .text(one.note),
                ])
            })
    }

    /// "25/12 hằng năm", "05/04/2026 – 07/04/2026".
    func days(_ one: Occasion) -> String {
        func text(_ day: Day) -> String { one.isYearly ? String(view.day(day).prefix(5)) : view.day(day) }
        let days = one.from == one.until ? text(one.from) : "\(text(one.from))\u{A0}– \(text(one.until))"
        return one.isYearly ? view("organisation.profile.occasions.everyYear", ["days": days]) : days
    }
}

extension AreaModel {
    /// "1,2 km", "12 camera"; nil without a size.
    package func sized(in language: Language) -> String? {
        guard let size, let unit else { return nil }
        return "\(size.text(in: language)) \(unit)"
    }
}
