import Core
import Organisation
import Web

/// The cast: everybody with an account, each with a link that signs in once.
struct PeopleCastOutput: Output {
    struct Member: Encodable, Sendable {
        let id: ID
        let name: String
        let roles: [PeopleRoleLine]
        /// Nil where the request did not come from this machine.
        let token: String?
    }

    let cast: [Member]
    let q: String
    /// More people than are shown: look for a name.
    let isCut: Bool
    let isLocal: Bool

    static var sample: PeopleCastOutput {
        PeopleCastOutput(
            cast: [Member(id: PeopleRoleLine.sample.id, name: "Ya Thuong", roles: [.sample], token: "t")], q: "ya",
            isCut: true, isLocal: false)
    }

    struct Content: Sendable {
        struct Line: Sendable {
            let name: String
            let text: String
            let enterHref: String?
        }

        let head: WebHead
        let q: String
        let elsewhere: WebNotice?
        let lines: [Line]
        let cut: WebNotice?
        let empty: WebEmpty?
    }

    func page(_ view: View) -> Page {
        let title = view("people.cast.title")
        return Page(
            "people-cast", title: title,
            Content(
                head: WebHead(title: title, lead: view("people.cast.lead")), q: q,
                elsewhere: isLocal ? nil : WebNotice(.wait, text: view("people.cast.elsewhere")),
                lines: cast.map { member in
                    Content.Line(
                        name: member.name,
                        text: member.roles.map { "\(view("role.\($0.role.rawValue).name")), \($0.place(view))" }
                            .joined(separator: "; "),
                        enterHref: member.token.map { "/demonstration/enter/\($0)" })
                },
                cut: isCut ? WebNotice(.plain, text: view("people.cast.cut")) : nil,
                empty: cast.isEmpty
                    ? WebEmpty(title: view("people.cast.none"), text: view("people.cast.noneText")) : nil))
    }
}

/// A link of the cast list that was opened: one press, and one is that person.
struct PeopleEnterOutput: Output {
    let name: String
    let token: String

    static var sample: PeopleEnterOutput { PeopleEnterOutput(name: "Ya Thuong", token: "t") }

    struct Content: Sendable {
        let head: WebHead
        let form: FormView
    }

    func page(_ view: View) -> Page {
        let title = view("people.enter.title", ["name": name])
        return Page(
            "people-enter", title: title,
            Content(
                head: WebHead(title: title, lead: view("people.enter.lead")),
                form: view.form(PeopleEnterButton.self, action: "/demonstration/enter/\(token)")))
    }
}

struct PeopleEnterButton: Button {
    static let name = "people.enter"
}

/// The day on which the demonstration stands.
struct PeopleDayOutput: Output {
    let day: Day

    static var sample: PeopleDayOutput { PeopleDayOutput(day: .first) }

    struct Content: Sendable {
        let head: WebHead
        let form: FormView
    }

    func page(_ view: View) -> Page {
        let title = view("people.day.title")
        return Page(
            "people-day", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("people.day.lead", ["day": view.language.format.weekdayAndDay(day)])),
                form: view.form(PeopleDayForm.self, action: "/demonstration/day", filled: ["day": view.day(day)])))
    }
}

struct PeopleDayForm: Form {
    static let name = "people.day"
    static let fields = [Field("day", .day)]

    let day: Day

    init?(_ read: FormReader) {
        guard let day = read.day("day") else { return nil }
        self.day = day
    }
}
