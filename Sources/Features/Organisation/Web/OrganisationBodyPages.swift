import Core
import Database
import Web

/// One organisation: where it stands, what is above and below it, what it was called.
struct OrganisationOutput: Output {
    let organisation: Organisation
    /// The territory it stands on and those above, nearest first.
    let place: [TerritoryTitle]
    let openable: [ID]
    let parent: Organisation?
    let below: [Organisation]
    let names: [OrganisationName]

    static var sample: OrganisationOutput {
        OrganisationOutput(
            organisation: .sample, place: [.sample(.commune)], openable: [ID(high: 1, low: 1)], parent: .sample,
            below: [.sample], names: [OrganisationName(name: "Chi bo", validFrom: .first, validUntil: .last)])
    }

    static func of(_ call: Call<Actor>) throws -> OrganisationOutput {
        let organisation = try OrganisationStore.organisation(call.id("id"), seenBy: call.sight, call.reader)
        let place = try OrganisationStore.titles(of: organisation.territory, call.reader)
        return OrganisationOutput(
            organisation: organisation, place: place,
            openable: try OrganisationStore.covered(place.map(\.id), call.sight, call.reader),
            parent: try organisation.parent.map { try OrganisationStore.publicOrganisation($0, call.reader) },
            below: try OrganisationStore.organisations(
                under: organisation.id, seenBy: call.sight, day: call.today, call.reader),
            names: try OrganisationStore.names(of: organisation.id, call.reader))
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice?
        let facts: WebFacts
        let below: WebRows?
        let names: WebRows?
        let trace: WebTrace?
    }

    func page(_ view: View) -> Page {
        Page(
            "organisation-organisation", title: organisation.name,
            Content(
                head: WebHead(
                    title: organisation.name, lead: view.line(place),
                    crumbs: view.crumbs(Array(place.dropFirst()), visible: Set(openable))
                        + place.prefix(1).map { WebCrumb(view.headed($0), link($0)) }),
                notice: organisation.validUntil.map {
                    WebNotice(.plain, text: view("organisation.ended", ["day": view.day($0)]))
                },
                facts: facts(view), below: below.isEmpty ? nil : WebRows(rows: below.map { $0.row(view) }),
                names: names.count > 1
                    ? WebRows(
                        rows: names.map {
                            WebLine(title: $0.name, right: view.span(from: $0.validFrom, until: $0.validUntil))
                        }) : nil, trace: .list(view, record: organisation.name)))
    }

    private func link(_ title: TerritoryTitle) -> String? {
        guard openable.contains(title.id) else { return nil }
        return title.kind == .area ? "/areas/\(title.id)" : "/territories/\(title.id)"
    }

    private func facts(_ view: View) -> WebFacts {
        var facts = [WebFact(view("organisation.body.kind"), view("organisation.kind.\(organisation.kind.rawValue)"))]
        if let first = place.first {
            facts.append(WebFact(view("organisation.body.territory"), view.headed(first), href: link(first)))
        }
        if let parent {
            let isOpenable = parent.place.first.map { openable.contains($0) } ?? false
            facts.append(
                WebFact(
                    view("organisation.body.parent"), parent.name,
                    href: isOpenable ? "/organisations/\(parent.id)" : nil))
        }
        if let span = view.span(from: organisation.validFrom, until: organisation.validUntil) {
            facts.append(WebFact(view("organisation.body.span"), span.capitalisedFirst))
        }
        return WebFacts(facts: facts)
    }
}
