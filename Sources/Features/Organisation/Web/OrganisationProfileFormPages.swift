import Core
import Database
import Web

/// One form of the profile: a year's numbers, a group, a model, a day of the calendar, a version of the convention.
struct ProfileFormOutput: Output {
    let area: Area
    let part: ProfilePart
    /// The entry that is changed; nil for a new one.
    let entry: ID?
    /// What stands in the fields, as texts.
    let filled: [String: String]
    /// The last look at the model by somebody from outside: then the area says nothing of it here.
    let look: AreaModelLook?

    static var sample: ProfileFormOutput {
        let id = ID(high: 1, low: 2)
        return ProfileFormOutput(
            area: .sample, part: .groups, entry: id, filled: ["name": "To 1"],
            look: AreaModelLook(
                day: .first, isAlive: true, words: "x", organisation: "UBND", by: id, at: Day.first.start))
    }

    static func of(_ call: Call<Actor>, _ part: ProfilePart) throws -> ProfileFormOutput {
        let area = try OrganisationStore.area(call.id("id"), seenBy: call.sight, call.reader)
        let entry = try call.parameters["entry"].map { _ in try call.id("entry") }
        return ProfileFormOutput(
            area: area, part: part, entry: entry, filled: try filled(area, part, entry, call),
            look: part == .models ? try entry.flatMap { try OrganisationStore.lastLook(at: $0, call.reader) } : nil)
    }

    private static func filled(
        _ area: Area, _ part: ProfilePart, _ entry: ID?, _ call: Call<Actor>
    ) throws -> [String: String] {
        let format = call.language.format
        func text(_ day: Day?) -> String { day.map { format.day($0) } ?? "" }
        func text(_ number: Int?) -> String { number.map { "\($0)" } ?? "" }
        func found<Entry>(_ all: [Entry], _ id: (Entry) -> ID) throws -> Entry? {
            guard let entry else { return nil }
            guard let found = all.first(where: { id($0) == entry }) else { throw NotFound() }
            return found
        }
        switch part {
        case .numbers:
            return [
                "year": "\(call.today.year)", "households": text(area.households), "people": text(area.people),
                "class": area.areaClass ?? "", "region": area.region ?? "",
            ]
        case .strengths: return try StrengthsQuery.filled(area, call)
        case .groups:
            guard let group = try found(OrganisationStore.groups(of: area.id, call.reader), \.id) else {
                return ["kind": AreaGroupKind.selfManaged.rawValue]
            }
            return [
                "name": group.name, "kind": group.kind.rawValue, "households": text(group.households),
                "since": text(group.since), "ended": text(group.endedOn),
            ]
        case .conventions:
            // The next version begins with the words of the last.
            let last = try OrganisationStore.conventions(of: area.id, call.reader).first
            return [
                "kind": (last?.kind ?? .quyUoc).rawValue, "text": last?.text ?? "", "households": text(area.households),
            ]
        case .models:
            guard let model = try found(OrganisationStore.models(of: area.id, call.reader), \.id) else { return [:] }
            return [
                "name": model.name, "kind": model.kind.rawValue, "since": text(model.since),
                "size": model.size?.text(in: .vi) ?? "", "unit": model.unit ?? "", "looked": text(model.lookedOn),
                "alive": model.isAlive.map { $0 ? "yes" : "no" } ?? "",
            ]
        case .occasions:
            guard let day = try found(OrganisationStore.occasions(of: area.id, call.reader), \.id) else {
                return ["yearly": "on"]
            }
            return [
                "name": day.name, "kind": day.kind.rawValue, "from": text(day.from), "until": text(day.until),
                "yearly": day.isYearly ? "on" : "", "note": day.note ?? "",
            ]
        }
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice?
        let form: FormView
        let shown: [WebField]
        let removal: FormView?
        let back: WebLink
    }

    func page(_ view: View) -> Page {
        let title = view("organisation.profile.\(part.rawValue).\(entry == nil ? "new" : "change")")
        let home = "/areas/\(area.id)/profile"
        let action = home + "/\(part.rawValue)" + (entry.map { "/\($0)" } ?? "")
        let form = form(view, action)
        return Page(
            "organisation-profile-form", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("organisation.profile.\(part.rawValue).about"),
                    crumbs: [
                        WebCrumb(view.headed(area.title), "/areas/\(area.id)"),
                        WebCrumb(view("organisation.profile.title"), home),
                    ]),
                notice: notice(view), form: form,
                shown: look == nil ? form.fields : form.fields.filter { !["looked", "alive"].contains($0.name) },
                // What was looked at stays on the list.
                removal: entry == nil || look != nil
                    ? nil : view.form(EntryRemoval.self, action: action + "/removal", hasPrimary: false),
                back: WebLink(home, view("organisation.profile.back"))))
    }

    /// Who looked at the model and when, where the fields of a look would stand.
    private func notice(_ view: View) -> WebNotice? {
        guard let look, let entry else { return nil }
        return WebNotice(
            .plain,
            bold: view(
                "organisation.profile.models.lookedBy", ["organisation": look.organisation, "day": view.day(look.day)]),
            text: view("organisation.profile.models.lookedBySays.\(look.isAlive ? "yes" : "no")"),
            action: WebLink("/models/\(entry)", view("organisation.profile.models.openLooks")))
    }

    private func form(_ view: View, _ action: String) -> FormView {
        switch part {
        case .numbers: view.form(YearForm.self, action: action, filled: filled)
        case .strengths:
            view.form(StrengthsForm.self, action: StrengthsQuery.action(action, filled, view), filled: filled)
        case .groups: view.form(GroupForm.self, action: action, filled: filled)
        case .conventions: view.form(ConventionForm.self, action: action, filled: filled)
        case .models: view.form(ModelForm.self, action: action, filled: filled)
        case .occasions: view.form(OccasionForm.self, action: action, filled: filled)
        }
    }
}

extension Area {
    static var sample: Area {
        let id = ID(high: 1, low: 1)
        return Area(
            territory: Territory(
                id: id, kind: .area, designation: .thon, name: "Thong Xanh", code: "1", parent: id, validFrom: .first,
                validUntil: .last, revision: 1, place: [id]), areaKind: .thon, households: 214, people: 858,
            areaClass: "rural", asOf: 2026, isInvented: true)
    }
}
