import Core
import Organisation
import Web

/// Telling a practice, or telling it anew.
struct PracticeFormOutput: Output {
    /// Nil for a new one.
    let practice: Practice?
    let places: [TerritoryTitle]
    let criteria: [PracticeCriterion]
    let chosenPlace: ID?
    let chosenCriterion: String?

    static var sample: PracticeFormOutput {
        PracticeFormOutput(
            practice: .sample, places: [.practiceSample], criteria: [.sample], chosenPlace: Practice.sample.area.id,
            chosenCriterion: PracticeCriterion.sample.key)
    }

    static func new(_ call: Call<Actor>) throws -> PracticeFormOutput {
        let places = try call.tellingPlaces()
        let asked = call.query["place"].flatMap { ID($0) }
        let chosen = places.first { $0.id == asked } ?? (places.count == 1 ? places.first : nil)
        guard let place = chosen ?? places.first else { throw Refusal(.forbidden, "practices.refusal.noPlace") }
        return PracticeFormOutput(
            practice: nil, places: places,
            criteria: try PracticeCriteria.all(for: place.id, today: call.today, call.reader),
            chosenPlace: chosen?.id, chosenCriterion: call.query["criterion"])
    }

    static func change(_ call: Call<Actor>) throws -> PracticeFormOutput {
        let practice = try call.practice()
        guard call.speaks(for: practice) else { throw Refusal(.forbidden, "practices.refusal.notYours") }
        return PracticeFormOutput(
            practice: practice, places: [practice.area],
            criteria: try PracticeCriteria.all(for: practice.area.id, today: call.today, call.reader),
            chosenPlace: practice.area.id, chosenCriterion: practice.criterion.key)
    }

    struct Content: Sendable {
        let head: WebHead
        let form: FormView
        /// The form's fields with the indicators to choose from.
        let shown: [WebField]
        let notice: WebNotice?
        let back: WebLink
    }

    func page(_ view: View) -> Page {
        let texts = PracticeTexts(view: view)
        let title = view(practice == nil ? "practices.new.title" : "practices.change.title")
        let home = practice.map { "/practices/\($0.id)" }
        let form = view.form(
            PracticeForm.self, action: home.map { "\($0)/text" } ?? "/practices", filled: filled(view),
            options: ["place": places.map { WebOption(value: "\($0.id)", label: texts.headed($0)) }])
        return Page(
            "practices-form", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("practices.new.lead"),
                    crumbs: [WebCrumb(view("practices.list.title"), "/practices")]
                        + (practice.map { [WebCrumb($0.text.name, "/practices/\($0.id)")] } ?? [])),
                form: form, shown: form.fields.map { offering($0, view) },
                notice: criteria.isEmpty
                    ? WebNotice(.plain, text: view("practices.new.noSet"))
                    : practice?.state == .confirmed ? WebNotice(.ask, text: view("practices.change.again")) : nil,
                back: WebLink(home ?? "/practices", view("practices.paper.back"))))
    }

    private func filled(_ view: View) -> [String: String] {
        var filled = ["place": chosenPlace.map { "\($0)" } ?? "", "criterion": chosenCriterion ?? ""]
        guard let text = practice?.text else { return filled }
        filled["name"] = text.name
        filled["story"] = text.story
        filled["sources"] = text.sources
        filled["cost"] = text.cost.map { view.language.format.integer(Int($0.dong)) }
        filled["labourDays"] = text.labourDays.map { "\($0)" }
        filled["weeks"] = text.weeks.map { "\($0)" }
        return filled
    }

    /// The criterion is chosen from the sets that apply at the place.
    private func offering(_ field: WebField, _ view: View) -> WebField {
        guard field.name == "criterion" else { return field }
        var field = field
        field.isInput = false
        field.isChoice = true
        field.choose = view("practices.form.criterion.choose")
        field.options = criteria.map {
            WebOption(value: $0.key, label: $0.shown(in: view.language), selected: $0.key == field.value)
        }
        return field
    }
}

/// "We followed this."
struct PracticeFollowOutput: Output {
    let practice: Practice
    let places: [TerritoryTitle]
    let chosen: ID?
    /// What the chosen place said before.
    let before: PracticeFollowing?

    static var sample: PracticeFollowOutput {
        PracticeFollowOutput(
            practice: .sample, places: [.practiceSample], chosen: TerritoryTitle.practiceSample.id, before: .sample)
    }

    static func of(_ call: Call<Actor>) throws -> PracticeFollowOutput {
        let practice = try call.practice()
        let places = try call.tellingPlaces()
        let asked = call.query["place"].flatMap { ID($0) }
        let chosen = places.first { $0.id == asked } ?? (places.count == 1 ? places.first : nil)
        return PracticeFollowOutput(
            practice: practice, places: places, chosen: chosen?.id,
            before: try PracticesStore.followings(of: practice.id, call.reader).first { $0.area.id == chosen?.id })
    }

    func page(_ view: View) -> Page {
        let texts = PracticeTexts(view: view)
        let home = "/practices/\(practice.id)"
        var filled = ["place": chosen.map { "\($0)" } ?? ""]
        if let before {
            filled["since"] = view.day(before.since)
            filled["changed"] = before.changed
            filled["result"] = before.result
            filled["different"] = before.different
        }
        let title = view("practices.follow.title")
        return Page(
            "practices-act", title: title,
            PracticeActContent(
                head: WebHead(
                    title: title, lead: view("practices.follow.lead", ["name": practice.text.name]),
                    crumbs: [
                        WebCrumb(view("practices.list.title"), "/practices"), WebCrumb(practice.text.name, home),
                    ]),
                form: view.form(
                    PracticeFollowForm.self, action: "\(home)/followings", filled: filled,
                    options: ["place": places.map { WebOption(value: "\($0.id)", label: texts.headed($0)) }]),
                back: WebLink(home, view("practices.paper.back"))))
    }
}

/// The commune says what it found.
struct PracticeLookOutput: Output {
    let practice: Practice

    static var sample: PracticeLookOutput { PracticeLookOutput(practice: .sample) }

    static func of(_ call: Call<Actor>) throws -> PracticeLookOutput {
        PracticeLookOutput(practice: try call.practice())
    }

    func page(_ view: View) -> Page {
        let home = "/practices/\(practice.id)"
        let title = view("practices.look.title")
        return Page(
            "practices-act", title: title,
            PracticeActContent(
                head: WebHead(
                    title: title, lead: practice.text.name,
                    crumbs: [
                        WebCrumb(view("practices.list.title"), "/practices"), WebCrumb(practice.text.name, home),
                    ]),
                form: view.form(
                    PracticeLookForm.self, action: "\(home)/looks", filled: ["day": view.day(view.today)]),
                back: WebLink(home, view("practices.paper.back"))))
    }
}

/// A page that is one form.
struct PracticeActContent: Sendable {
    let head: WebHead
    let form: FormView
    let back: WebLink
}
