import Core
import Organisation
import Web

/// The profile on an area's public page.
struct PortalProfileContent: Sendable {
    struct Section: Sendable {
        let title: String
        let text: String?
        let rows: WebRows?
        let read: Read?
    }

    /// The convention's own words, folded.
    struct Read: Sendable {
        let paragraphs: [String]
    }

    let sections: [Section]
}

extension PortalTexts {
    func profile(_ profile: PortalProfile) -> PortalProfileContent? {
        guard !profile.isEmpty else { return nil }
        return PortalProfileContent(
            sections: [groups(profile), convention(profile), models(profile), occasions(profile)].compactMap { $0 })
    }

    private func groups(_ profile: PortalProfile) -> PortalProfileContent.Section? {
        guard !profile.groups.isEmpty else { return nil }
        return PortalProfileContent.Section(
            title: view("portal.profile.groups"),
            text: counted("portal.profile.groupCount", profile.groups.count),
            rows: WebRows(
                rows: profile.groups.map { group in
                    let kind = view("organisation.profile.groups.kind.option.\(group.kind.rawValue)")
                    return WebLine(
                        // A group named after its kind says it once.
                        title: group.name, text: group.name.hasPrefix(kind) ? nil : kind,
                        right: group.isUnderFive
                            ? view("portal.profile.underFive")
                            : group.households.map { counted("portal.area.households", $0) })
                }), read: nil)
    }

    private func convention(_ profile: PortalProfile) -> PortalProfileContent.Section? {
        profile.convention.map { one in
            var text = view(
                "portal.profile.carried",
                [
                    "version": "\(one.version)", "day": view.day(one.adoptedOn),
                    "votes": format.integer(one.votesFor), "households": format.integer(one.households),
                ])
            if let body = one.recognisedBy { text += " " + view("portal.profile.recognised", ["body": body]) }
            return PortalProfileContent.Section(
                title: view("organisation.profile.conventions.kind.option.\(one.kind.rawValue)"), text: text, rows: nil,
                read: PortalProfileContent.Read(
                    paragraphs: one.text.split(whereSeparator: \.isNewline).map(String.init)))
        }
    }

    private func models(_ profile: PortalProfile) -> PortalProfileContent.Section? {
        guard !profile.models.isEmpty else { return nil }
        return PortalProfileContent.Section(
            title: view("portal.profile.models"), text: nil,
            rows: WebRows(
                rows: profile.models.map { model in
                    WebLine(
                        title: model.name,
                        text: model.since.map { view("portal.profile.since", ["year": "\($0)"]) })
                }), read: nil)
    }

    private func occasions(_ profile: PortalProfile) -> PortalProfileContent.Section? {
        guard !profile.occasions.isEmpty else { return nil }
        return PortalProfileContent.Section(
            title: view("portal.profile.calendar"), text: nil,
            rows: WebRows(
                rows: profile.occasions.map { one in
                    WebLine(
                        title: one.name, text: one.note, right: days(one))
                }), read: nil)
    }

    private func days(_ one: Occasion) -> String {
        func text(_ day: Day) -> String { one.isYearly ? String(view.day(day).prefix(5)) : view.day(day) }
        return one.from == one.until ? text(one.from) : "\(text(one.from))\u{A0}– \(text(one.until))"
    }
}
