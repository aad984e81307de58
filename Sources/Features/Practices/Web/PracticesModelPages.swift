import Core
import Organisation
import People
import Web

/// One model of an area: what it is, and every look at it.
struct ModelOutput: Output {
    struct Look: Encodable, Sendable {
        let look: AreaModelLook
        let by: String?
    }

    let line: AreaModelLine
    let looks: [Look]
    let mayLook: Bool
    let mayChange: Bool

    static var sample: ModelOutput {
        ModelOutput(
            line: .practiceSample, looks: [Look(look: .practiceSample, by: "Ka Huong")], mayLook: true, mayChange: true)
    }

    static func of(_ call: Call<Actor>) throws -> ModelOutput {
        let line = try OrganisationStore.model(call.id("id"), seenBy: call.sight, call.reader)
        let area = try OrganisationStore.area(line.area.id, seenBy: call.sight, call.reader)
        let looks = try OrganisationStore.looks(at: line.model.id, call.reader)
        let names = try PeopleStore.names(of: Array(Set(looks.map(\.by))), call.reader)
        return ModelOutput(
            line: line, looks: looks.map { Look(look: $0, by: names[$0.by]) },
            mayLook: call.authority.allows(call.who, .confirmPractice, area),
            mayChange: call.authority.allows(call.who, .editAreaProfile, area))
    }

    struct Content: Sendable {
        let head: WebHead
        let facts: WebFacts
        let looks: WebHistory?
        let noLooks: String?
        let form: FormView?
        let links: [WebLink]
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let texts = PracticeTexts(view: view)
        let model = line.model
        let unknown = view("practices.untold")
        var links = [
            WebLink("/areas/\(line.area.id)/profile#models", view("practices.models.profile")),
            WebLink("/practices?under=\(line.area.id)", view("practices.models.practices")),
        ]
        if mayChange {
            links.append(WebLink("/areas/\(line.area.id)/profile/models/\(model.id)", view("practices.models.change")))
        }
        return Page(
            "practices-model", title: model.name,
            Content(
                head: WebHead(
                    title: model.name, lead: texts.place(line.area, line.commune),
                    crumbs: [WebCrumb(view("practices.models.title"), "/models")], status: texts.alive(model.isAlive)),
                facts: WebFacts(
                    facts: [
                        WebFact(
                            view("practices.models.column.kind"),
                            view("organisation.profile.models.kind.option.\(model.kind.rawValue)")),
                        WebFact(view("practices.models.column.since"), model.since.map { "\($0)" } ?? unknown),
                        WebFact(view("practices.models.column.size"), model.sized(in: view.language) ?? unknown),
                        WebFact(
                            view("practices.models.column.look"),
                            model.lookedOn.map { view.day($0) } ?? view("practices.alive.never")),
                    ]),
                looks: looks.isEmpty ? nil : WebHistory(events: looks.map { event($0, view) }),
                noLooks: looks.isEmpty ? view("practices.models.noLooks") : nil,
                form: mayLook
                    ? view.form(
                        PracticeLookForm.self, action: "/models/\(model.id)/looks",
                        filled: ["day": view.day(view.today)]) : nil, links: links,
                trace: texts.trace("\(model.id)", revision: 1, opens: "/models/\(model.id)")))
    }

    private func event(_ told: Look, _ view: View) -> WebEvent {
        WebEvent(
            state: told.look.isAlive ? .done : .none,
            title: view(
                "practices.page.look\(told.look.isAlive ? "Alive" : "Stopped")", ["day": view.day(told.look.day)]),
            text: [told.look.words, told.look.organisation, told.by].compactMap { $0 }.joined(separator: " · "))
    }
}
