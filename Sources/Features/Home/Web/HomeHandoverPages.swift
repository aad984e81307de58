import Core
import Documents
import Organisation
import People
import Web

/// Handovers that concern the reader.
struct HandoversOutput: Output {
    let handovers: [Handover]
    let mayDraw: Bool

    static var sample: HandoversOutput { HandoversOutput(handovers: [.sample], mayDraw: true) }

    static func of(_ call: Call<Actor>) throws -> HandoversOutput {
        HandoversOutput(
            handovers: try HandoverStore.handovers(seenBy: call.sight, call.reader),
            mayDraw: call.who.holds(.handOver))
    }

    struct Content: Sendable {
        let head: WebHead
        let rows: WebRows?
        let empty: WebEmpty?
        let draw: WebLink?
    }

    func page(_ view: View) -> Page {
        let title = view("home.handover.title")
        let texts = HandoverTexts(view: view)
        return Page(
            "home-handovers", title: title,
            Content(
                head: WebHead(title: title, lead: view("home.handover.lead")),
                rows: handovers.isEmpty ? nil : WebRows(rows: handovers.map(texts.row)),
                empty: handovers.isEmpty
                    ? WebEmpty(
                        title: view("home.handover.noneTitle"), text: view("home.handover.noneText"),
                        first: mayDraw ? view("home.handover.noneFirst") : nil,
                        action: mayDraw ? WebButton("/handovers/new", view("home.handover.draw")) : nil) : nil,
                draw: mayDraw && !handovers.isEmpty ? WebLink("/handovers/new", view("home.handover.draw")) : nil))
    }
}

/// Drawing one up: first which office, then to whom; what is open is shown before it is written down.
struct HandoverNewOutput: Output {
    let offices: [HandoverOffice]
    let chosen: HandoverOffice?
    let neighbours: [PersonName]
    let work: HomeHandoverWork?

    static var sample: HandoverNewOutput {
        HandoverNewOutput(
            offices: [.sample], chosen: .sample, neighbours: [PersonName(id: .sample(9), name: "Ya Thuong")],
            work: .sample)
    }

    static func of(_ call: Call<Actor>, _ waiting: [WaitingSource]) throws -> HandoverNewOutput {
        let offices = try HandoverStore.offices(of: call.who, today: call.today, call.reader)
        let asked = call.query["office"].flatMap { ID($0) }
        let chosen =
            asked.flatMap { id in offices.first { $0.id == id } }
            ?? (offices.count == 1 ? offices.first : nil)
        return HandoverNewOutput(
            offices: offices, chosen: chosen,
            neighbours: try chosen.map { try HandoverStore.neighbours(of: $0, call.reader) } ?? [],
            work: try chosen.map { try HomeStore.work(of: $0, call, waiting) })
    }

    struct Content: Sendable {
        let head: WebHead
        let choose: WebRows?
        let none: WebNotice?
        let parts: [HandoverTexts.Part]
        let form: FormView?
        let back: WebLink
    }

    func page(_ view: View) -> Page {
        let title = view("home.handover.draw")
        let texts = HandoverTexts(view: view)
        let people =
            [WebOption(value: "", label: view("home.handover.form.person.new"))]
            + neighbours.map { WebOption(value: "\($0.id)", label: $0.name) }
        return Page(
            "home-handover-new", title: title,
            Content(
                head: WebHead(
                    title: title, lead: chosen.map(texts.office) ?? view("home.handover.choose"),
                    crumbs: [WebCrumb(view("home.handover.title"), "/handovers")]),
                choose: chosen == nil && !offices.isEmpty
                    ? WebRows(
                        rows: offices.map {
                            WebLine(
                                title: texts.office($0), href: "/handovers/new?office=\($0.id)", text: $0.holder.name)
                        }) : nil,
                none: offices.isEmpty ? WebNotice(.plain, text: view("home.handover.noOffice")) : nil,
                parts: work.map { texts.parts($0, of: chosen, links: true) } ?? [],
                form: chosen.map { office in
                    view.form(
                        HandoverForm.self, action: "/handovers?office=\(office.id)",
                        filled: ["office": "\(office.id)", "day": view.day(view.today)],
                        options: [
                            "office": [WebOption(value: "\(office.id)", label: texts.office(office))], "person": people,
                        ])
                }, back: WebLink("/handovers", view("home.handover.back"))))
    }
}

/// One handover: what goes over, what ends, and the button that carries it out.
struct HandoverOutput: Output {
    let handover: Handover
    let work: HomeHandoverWork
    let mayComplete: Bool
    /// Why not, where the reader could otherwise: words' key.
    let reason: String?
    let mayWithdraw: Bool
    let mayGiveSlip: Bool

    static var sample: HandoverOutput {
        HandoverOutput(
            handover: .sample, work: .sample, mayComplete: true, reason: "home.handover.refusal.over",
            mayWithdraw: true, mayGiveSlip: true)
    }

    static func of(_ call: Call<Actor>) throws -> HandoverOutput {
        let handover = try HandoverStore.handover(call.id("id"), seenBy: call.sight, call.reader)
        let isOpen = handover.state == .drawn
        let person = call.who.person
        let may = isOpen && call.authority.allows(call.who, HomeHandoverRoutes.needed(handover), handover)
        let refusal = HandoverRules.refusalToComplete(
            giver: handover.office.holder.id, receiver: handover.receiver?.id, by: person)
        return HandoverOutput(
            handover: handover, work: HomeHandoverWork.read(handover.openWork), mayComplete: may && refusal == nil,
            reason: may ? refusal?.key : nil,
            mayWithdraw: isOpen && call.authority.allows(call.who, .handOver, handover)
                && [handover.drawnBy.id, handover.office.holder.id].contains(person),
            mayGiveSlip: handover.state == .completed && call.authority.allows(call.who, .manageAccounts, handover))
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice?
        let facts: WebFacts
        let parts: [HandoverTexts.Part]
        let paper: WebLink
        let completion: FormView?
        let completionText: String?
        let withdrawal: String?
        let slip: WebLink?
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let texts = HandoverTexts(view: view)
        let home = "/handovers/\(handover.id)"
        let title = view("home.handover.of", ["office": texts.office(handover.office)])
        return Page(
            "home-handover", title: title,
            Content(
                head: WebHead(
                    title: title,
                    lead: view(
                        "home.handover.fromTo",
                        ["giver": handover.office.holder.name, "receiver": handover.receiverName]),
                    crumbs: [WebCrumb(view("home.handover.title"), "/handovers")], status: texts.status(handover)),
                notice: notice(view), facts: texts.facts(handover),
                parts: texts.parts(work, of: handover.office, links: true) + texts.typed(handover),
                paper: WebLink("\(home)/paper", view("home.handover.paper.open")),
                completion: mayComplete ? view.form(HandoverCompletionForm.self, action: "\(home)/completion") : nil,
                completionText: mayComplete
                    ? view(
                        "home.handover.completion.about",
                        [
                            "receiver": handover.receiverName, "giver": handover.office.holder.name,
                            "day": view.day(handover.begins(on: view.today)),
                        ]) : nil,
                withdrawal: mayWithdraw ? "\(home)/withdrawal" : nil,
                slip: mayGiveSlip
                    ? handover.receiver.map {
                        WebLink("/people/\($0.id)", view("home.handover.slip", ["name": $0.name]))
                    }
                    : nil, trace: texts.trace(handover)))
    }

    private func notice(_ view: View) -> WebNotice? {
        if let reason { return WebNotice(.plain, text: view(reason)) }
        switch handover.state {
        case .drawn:
            return mayComplete
                ? nil
                : WebNotice(
                    .wait, text: view("home.handover.waits\(handover.office.territory.kind == .area ? "" : "Above")"))
        case .completed:
            return WebNotice(
                .done,
                text: view(
                    "home.handover.done",
                    ["receiver": handover.receiverName, "day": view.day(handover.begins(on: view.today))]))
        case .withdrawn: return WebNotice(.plain, text: view("home.handover.state.withdrawn"))
        }
    }
}
