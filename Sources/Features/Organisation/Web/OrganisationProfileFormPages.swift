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

    static var sample: ProfileFormOutput {
        ProfileFormOutput(area: .sample, part: .groups, entry: ID(high: 1, low: 2), filled: ["name": "To 1"])
    }

    static func of(_ call: Call<Actor>, _ part: ProfilePart) throws -> ProfileFormOutput {
        let area = try OrganisationStore.area(call.id("id"), seenBy: call.sight, call.reader)
        let entry = try call.parameters["entry"].map { _ in try call.id("entry") }
        return ProfileFormOutput(
            area: area, part: part, entry: entry, filled: try filled(area, part, entry, call))
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
        let form: FormView
        let removal: FormView?
        let back: WebLink
    }

    func page(_ view: View) -> Page {
        let title = view("organisation.profile.\(part.rawValue).\(entry == nil ? "new" : "change")")
        let home = "/areas/\(area.id)/profile"
        let action = home + "/\(part.rawValue)" + (entry.map { "/\($0)" } ?? "")
        return Page(
            "organisation-profile-form", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("organisation.profile.\(part.rawValue).about"),
                    crumbs: [
                        WebCrumb(view.headed(area.title), "/areas/\(area.id)"),
                        WebCrumb(view("organisation.profile.title"), home),
                    ]),
                form: form(view, action),
                removal: entry == nil
                    ? nil : view.form(EntryRemoval.self, action: action + "/removal", hasPrimary: false),
                back: WebLink(home, view("organisation.profile.back"))))
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
