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
    /// Where it stood, the latest first.
    let places: [OrganisationPlace]
    /// What it became.
    let successor: Successor?

    struct Successor: Encodable, Sendable {
        let id: ID
        let name: String
    }

    static var sample: OrganisationOutput {
        OrganisationOutput(
            organisation: .sample, place: [.sample(.commune)], openable: [ID(high: 1, low: 1)], parent: .sample,
            below: [.sample], names: [OrganisationName(name: "Chi bo", validFrom: .first, validUntil: .last)],
            places: [
                OrganisationPlace(validFrom: .first, validUntil: .last, territory: .sample(.commune), parent: "Dang uy")
            ], successor: Successor(id: ID(high: 1, low: 2), name: "Dang bo"))
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
            names: try OrganisationStore.names(of: organisation.id, call.reader),
            places: try OrganisationStore.places(of: organisation.id, call.reader),
            successor: try OrganisationStore.successor(of: organisation.id, call.reader).map {
                Successor(id: $0.id, name: $0.name)
            })
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice?
        let facts: WebFacts
        let below: WebRows?
        let names: WebRows?
        let places: WebTable?
        let changes: [WebLink]
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
                        }) : nil, places: places.count > 1 ? placeTable(view) : nil,
                changes: view.changes(organisation),
                trace: .list(view, record: organisation.name)))
    }

    private func placeTable(_ view: View) -> WebTable {
        WebTable(
            columns: [
                WebColumn(view("organisation.body.territory")), WebColumn(view("organisation.history.span")),
                WebColumn(view("organisation.body.parent")),
            ],
            rows: places.map { place in
                WebRow([
                    .head(view.headed(place.territory)),
                    .text(
                        view.span(from: place.validFrom, until: place.validUntil) ?? view("organisation.span.always")),
                    .text(place.parent),
                ])
            })
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
        if let successor {
            facts.append(
                WebFact(view("organisation.body.successor"), successor.name, href: "/organisations/\(successor.id)"))
        }
        facts.append(
            WebFact(
                view("organisation.body.tree"), view("organisation.trees.\(organisation.kind.tree.rawValue)"),
                href: place.first.flatMap { openable.contains($0.id) ? "/organisations?at=\($0.id)" : nil }))
        return WebFacts(facts: facts)
    }
}
