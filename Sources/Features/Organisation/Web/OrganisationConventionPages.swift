import Core
import Database
import Web

/// The text of one version of a convention.
struct ConventionOutput: Output {
    let area: TerritoryTitle
    let convention: Convention
    /// A newer version is in force.
    let isOlder: Bool
    /// Whether this person may write down that it was recognised: it is the newest, and nobody has.
    let mayRecognise: Bool

    static var sample: ConventionOutput {
        ConventionOutput(area: .sample(.thon), convention: .sample, isOlder: true, mayRecognise: true)
    }

    static func of(_ call: Call<Actor>) throws -> ConventionOutput {
        let area = try OrganisationStore.area(call.id("id"), seenBy: call.sight, call.reader)
        let all = try OrganisationStore.conventions(of: area.id, call.reader)
        let entry = try call.id("entry")
        guard let convention = all.first(where: { $0.id == entry }) else { throw NotFound() }
        let isOlder = all.first?.id != entry
        return ConventionOutput(
            area: area.title, convention: convention, isOlder: isOlder,
            mayRecognise: !isOlder && convention.recognisedBy == nil && area.territory.stands
                && call.authority.allows(call.who, .editAreaProfile, area))
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice?
        let paragraphs: [String]
        let recognition: FormView?
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let name = view("organisation.profile.conventions.kind.option.\(convention.kind.rawValue)").capitalisedFirst
        let title = view("organisation.profile.conventions.of", ["name": name, "area": view.named(area)])
        let texts = ProfileTexts(
            view: view, area: .sample, book: AreaBook(years: [], groups: [], conventions: [], models: [], occasions: [])
        )
        return Page(
            "organisation-convention", title: title,
            Content(
                head: WebHead(
                    title: title, lead: texts.conventionSentence(convention),
                    crumbs: [
                        WebCrumb(view.headed(area), "/areas/\(area.id)"),
                        WebCrumb(view("organisation.profile.title"), "/areas/\(area.id)/profile"),
                    ]),
                notice: isOlder ? WebNotice(.plain, text: view("organisation.profile.conventions.older")) : nil,
                paragraphs: convention.text.split(whereSeparator: \.isNewline).map(String.init),
                recognition: mayRecognise ? recognition(view) : nil,
                trace: .list(view, record: title)))
    }

    private func recognition(_ view: View) -> FormView {
        let path = "/areas/\(area.id)/profile/conventions/\(convention.id)"
        return view.form(ConventionRecognitionForm.self, action: path + "/recognition")
    }
}
