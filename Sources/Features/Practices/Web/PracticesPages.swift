import Core
import Organisation
import Web

/// One practice as a story: what, at what cost, how it looks, who followed, whether it is alive.
struct PracticeOutput: Output {
    let practice: Practice
    let pictures: [PracticePicture]
    let followings: [PracticeFollowing]
    let looks: [PracticeLook]
    /// Places of the caller that may say they followed.
    let mayFollow: Bool
    /// Those of them that said so already.
    let ownFollowings: [ID]
    let speaks: Bool
    let mayConfirm: Bool

    static var sample: PracticeOutput {
        PracticeOutput(
            practice: .sample, pictures: [.sample], followings: [.sample], looks: [.sample], mayFollow: true,
            ownFollowings: [TerritoryTitle.practiceSample.id], speaks: true, mayConfirm: true)
    }

    static func of(_ call: Call<Actor>) throws -> PracticeOutput {
        let practice = try call.practice()
        let stands = practice.state != .withdrawn
        let isNear = try OrganisationStore.covers(call.sight, practice.area.id, call.reader)
        let own = try call.who.holds(.sharePractice) && practice.state == .confirmed ? call.tellingPlaces() : []
        let followings = try PracticesStore.followings(of: practice.id, call.reader)
        let places = Set(own.map(\.id))
        return PracticeOutput(
            practice: practice,
            pictures: try PracticesStore.pictures(of: practice.id, onlyReleased: !isNear, call.reader),
            followings: followings,
            looks: try PracticesStore.looks(at: practice.id, call.reader).map { isNear ? $0 : $0.withoutName },
            mayFollow: own.contains { $0.id != practice.area.id },
            ownFollowings: followings.map(\.area.id).filter(places.contains),
            speaks: stands && call.speaks(for: practice),
            mayConfirm: stands && call.authority.allows(call.who, .confirmPractice, practice))
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice?
        let story: [String]
        let facts: WebFacts
        let pictures: [PracticePictureCard]
        let addPictures: String?
        let noPictures: String?
        let followers: [PracticeFollower]
        let noFollowers: String?
        let follow: String?
        let looks: WebHistory?
        let noLooks: String?
        let look: String?
        let confirm: FormView?
        let confirmText: String?
        let withdraw: FormView?
        let withdrawOpen: String
        let links: [WebLink]
        let trace: WebTrace
    }

    private var home: String { "/practices/\(practice.id)" }

    func page(_ view: View) -> Page {
        let texts = PracticeTexts(view: view)
        let events = looks.map { event($0, texts) }
        return Page(
            "practices-practice", title: practice.text.name,
            Content(
                head: WebHead(
                    title: practice.text.name, lead: texts.place(practice.area, practice.above),
                    crumbs: [WebCrumb(view("practices.list.title"), "/practices")], status: texts.status(practice)),
                notice: notice(view), story: texts.paragraphs(practice.text.story), facts: facts(texts),
                pictures: pictures.map {
                    PracticePictureCard($0, of: practice, mayRelease: mayConfirm, mayRemove: speaks, view)
                },
                addPictures: speaks ? "\(home)/pictures/new" : nil,
                noPictures: pictures.isEmpty ? view("practices.page.noPictures") : nil,
                followers: followings.map {
                    PracticeFollower(
                        $0,
                        changeHref: ownFollowings.contains($0.area.id)
                            ? "\(home)/followings/new?place=\($0.area.id)" : nil, texts)
                },
                noFollowers: followings.isEmpty ? view("practices.page.noFollowers") : nil,
                follow: mayFollow ? "\(home)/followings/new" : nil,
                looks: events.isEmpty ? nil : WebHistory(events: events),
                noLooks: events.isEmpty ? view("practices.page.noLooks") : nil,
                look: mayConfirm ? "\(home)/looks/new" : nil,
                confirm: mayConfirm
                    ? view.form(
                        PracticeConfirmForm.self, action: "\(home)/confirmation",
                        filled: ["public": practice.isPublic ? "yes" : "no"],
                        hasPrimary: practice.state == .shared) : nil,
                confirmText: mayConfirm
                    ? view(practice.state == .shared ? "practices.page.confirm" : "practices.page.confirmed") : nil,
                withdraw: speaks
                    ? view.form(PracticeWithdrawForm.self, action: "\(home)/withdrawal", hasPrimary: false) : nil,
                withdrawOpen: view.submitted?.form == PracticeWithdrawForm.name ? "open" : "",
                links: links(view), trace: texts.trace("\(practice.id)", revision: practice.revision, opens: home)))
    }

    private func links(_ view: View) -> [WebLink] {
        var links = [WebLink("\(home)/paper", view("practices.paper.open"))]
        if speaks { links.append(WebLink("\(home)/text", view("practices.page.tellAnew"))) }
        return links
    }

    private func notice(_ view: View) -> WebNotice? {
        switch practice.state {
        case .shared: WebNotice(.wait, bold: view("practices.state.shared"), text: view("practices.page.sharedText"))
        case .withdrawn:
            WebNotice(
                .plain, bold: view("practices.state.withdrawn"),
                text: practice.withdrawnWhy.map { view("practices.page.withdrawnWhy", ["why": $0]) })
        case .confirmed: nil
        }
    }

    private func facts(_ texts: PracticeTexts) -> WebFacts {
        PracticeOutput.facts(practice, texts, links: true)
    }

    static func facts(_ practice: Practice, _ texts: PracticeTexts, links: Bool) -> WebFacts {
        let view = texts.view
        let unknown = view("practices.untold")
        return WebFacts(
            facts: [
                WebFact(
                    view("practices.fact.criterion"), practice.criterion.shown(in: view.language),
                    href: links ? practice.criterion.href : nil),
                WebFact(view("practices.fact.by"), practice.organisation.name),
                WebFact(
                    view("practices.fact.cost"), practice.text.cost.map { texts.format.money($0) } ?? unknown),
                WebFact(view("practices.fact.sources"), practice.text.sources ?? unknown),
                WebFact(
                    view("practices.fact.effort"),
                    practice.text.labourDays.map {
                        view("practices.labourDays", ["count": texts.format.integer($0)])
                    } ?? unknown),
                WebFact(
                    view("practices.fact.weeks"),
                    practice.text.weeks.map { view("practices.weeks", ["count": texts.format.integer($0)]) } ?? unknown
                ),
                WebFact(
                    view("practices.fact.alive"), practice.lookedOn.map { view.day($0) } ?? "",
                    status: texts.alive(practice.isAlive)),
                WebFact(view("practices.fact.told"), view.day(practice.sharedAt.day)),
            ])
    }

    private func event(_ look: PracticeLook, _ texts: PracticeTexts) -> WebEvent {
        let view = texts.view
        return WebEvent(
            state: look.isAlive ? .done : .none,
            title: view(
                "practices.page.look\(look.isAlive ? "Alive" : "Stopped")", ["day": view.day(look.day)]),
            text: [look.words, look.organisation, look.by].compactMap { $0 }.joined(separator: " · "))
    }
}

extension PracticeLook {
    /// For those who act elsewhere: the body that looked is enough.
    var withoutName: PracticeLook {
        PracticeLook(day: day, isAlive: isAlive, words: words, organisation: organisation, by: nil)
    }
}

/// A practice on A4, for the meeting where it is talked about.
struct PracticePaperOutput: Output {
    let practice: Practice
    let followings: [PracticeFollowing]
    let looks: [PracticeLook]

    static var sample: PracticePaperOutput {
        PracticePaperOutput(practice: .sample, followings: [.sample], looks: [.sample])
    }

    static func of(_ call: Call<Actor>) throws -> PracticePaperOutput {
        let practice = try call.practice()
        return PracticePaperOutput(
            practice: practice, followings: try PracticesStore.followings(of: practice.id, call.reader),
            looks: try PracticesStore.looks(at: practice.id, call.reader).map(\.withoutName))
    }

    struct Content: Sendable {
        let back: WebLink
        let document: WebDocumentHead
        let about: String
        let place: String
        let facts: WebFacts
        let story: [String]
        let followers: [PracticeFollower]
        let looks: [String]
        let trace: WebTrace
    }

    func page(_ view: View) -> Page {
        let texts = PracticeTexts(view: view)
        let home = "/practices/\(practice.id)"
        return Page(
            "practices-paper", title: practice.text.name,
            Content(
                back: WebLink(home, view("practices.paper.back")),
                document: WebDocumentHead(
                    superior: practice.above.map { [texts.headed($0).uppercased()] } ?? [],
                    issuer: practice.organisation.name.uppercased(),
                    place: practice.above?.name ?? practice.area.name,
                    dayText: view(
                        "practices.paper.day",
                        [
                            "day": "\(view.today.day)", "month": "\(view.today.month)", "year": "\(view.today.year)",
                        ])),
                about: practice.text.name, place: texts.place(practice.area, practice.above),
                facts: PracticeOutput.facts(practice, texts, links: false),
                story: texts.paragraphs(practice.text.story),
                followers: followings.map { PracticeFollower($0, changeHref: nil, texts) },
                looks: looks.map { look in
                    [
                        view("practices.page.look\(look.isAlive ? "Alive" : "Stopped")", ["day": view.day(look.day)]),
                        look.words, look.organisation,
                    ].compactMap { $0 }.joined(separator: " · ")
                }, trace: texts.trace("\(practice.id)", revision: practice.revision, opens: home)))
    }
}
