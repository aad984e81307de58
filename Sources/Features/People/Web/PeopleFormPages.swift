import Core
import Web

/// A page of one form, drawn by `people-form`: what most steps of one's own account need.
struct PeopleFormContent: Sendable {
    /// Something taken back, folded away.
    struct Removal: Sendable {
        let title: String
        let text: String
        let action: String
        let verb: String
    }

    let head: WebHead
    var notice: WebNotice?
    var rows: WebRows?
    var form: FormView?
    var removal: Removal?
    var back: WebLink?
}

/// The page on which one chooses another password, also the first thing whoever got one from somebody else sees.
struct PeoplePasswordOutput: Output {
    let mustChange: Bool
    /// Nobody in a demonstration has one.
    let hasPassword: Bool

    static var sample: PeoplePasswordOutput { PeoplePasswordOutput(mustChange: true, hasPassword: true) }

    func page(_ view: View) -> Page {
        let title = view("people.account.passwordTitle")
        return Page(
            "people-form", title: title,
            PeopleFormContent(
                head: WebHead(
                    title: title, lead: view("people.account.passwordLead"),
                    crumbs: [WebCrumb(view("people.account.title"), "/account"), WebCrumb(title)]),
                notice: notice(view),
                form: hasPassword
                    ? view.form(
                        PeoplePasswordForm.self, action: "/account/password",
                        hints: [
                            "password": view(
                                "people.activation.password.advice", ["least": "\(PeoplePasswordRule.least)"])
                        ]
                    ).keeping(view("people.newPassword.kept")) : nil,
                back: WebLink("/account", view("people.account.back"))))
    }

    private func notice(_ view: View) -> WebNotice? {
        guard hasPassword else { return WebNotice(.plain, text: view("people.account.noPassword")) }
        return mustChange ? WebNotice(.wait, text: view("people.account.mustChange")) : nil
    }
}

/// The second step of signing in: the telephone's code.
struct PeopleCodeOutput: Output {
    /// Nobody has given a password here a moment ago, or it is too long ago.
    let isOver: Bool

    static var sample: PeopleCodeOutput { PeopleCodeOutput(isOver: true) }

    func page(_ view: View) -> Page {
        let title = view("people.code.title")
        return Page(
            "people-form", title: title,
            PeopleFormContent(
                head: WebHead(title: title, lead: view("people.code.lead")),
                notice: isOver
                    ? WebNotice(
                        .ask, text: view("people.refusal.stepOver"),
                        action: WebLink("/sign-in", view("people.signIn.title")))
                    : nil,
                form: isOver ? nil : view.form(PeopleCodeForm.self, action: "/sign-in/code"),
                back: WebLink("/sign-in", view("people.code.back"))))
    }
}

/// Six digits for this telephone.
struct PeoplePINOutput: Output {
    enum Standing: String, Encodable, Sendable {
        case open
        /// A PIN stands on this device.
        case set
        /// The browser was not called one's own at signing in.
        case shared
        /// No office for which it is meant.
        case notMeant
        /// A demonstration: there is no password for which it could stand.
        case demonstration
    }

    let standing: Standing

    static var sample: PeoplePINOutput { PeoplePINOutput(standing: .set) }

    func page(_ view: View) -> Page {
        let title = view("people.pin.title")
        let hasForm = standing == .open || standing == .set
        return Page(
            "people-form", title: title,
            PeopleFormContent(
                head: WebHead(
                    title: title, lead: view("people.pin.lead"),
                    crumbs: [WebCrumb(view("people.account.title"), "/account"), WebCrumb(title)]),
                notice: notice(view),
                form: hasForm
                    ? view.form(PeoplePINForm.self, action: "/account/pin").keeping(view("people.pin.kept")) : nil,
                removal: standing == .set
                    ? PeopleFormContent.Removal(
                        title: view("people.removePIN.title"), text: view("people.removePIN.text"),
                        action: "/account/pin/removal", verb: view("people.removePIN.verb")) : nil,
                back: WebLink("/account", view("people.account.back"))))
    }

    private func notice(_ view: View) -> WebNotice? {
        switch standing {
        case .open: nil
        case .demonstration: WebNotice(.plain, text: view("people.account.noPassword"))
        default: WebNotice(.plain, text: view("people.pin.standing.\(standing.rawValue)"))
        }
    }
}

/// Switching the second step off, for whom it is not required.
struct PeopleStepOffOutput: Output {
    static var sample: PeopleStepOffOutput { PeopleStepOffOutput() }

    func page(_ view: View) -> Page {
        let title = view("people.secondStep.off")
        return Page(
            "people-form", title: title,
            PeopleFormContent(
                head: WebHead(
                    title: title, lead: view("people.secondStep.offText"),
                    crumbs: [
                        WebCrumb(view("people.account.title"), "/account"),
                        WebCrumb(view("people.secondStep.title"), "/account/second-step"), WebCrumb(title),
                    ]),
                form: view.form(PeopleStepOffForm.self, action: "/account/second-step/removal"),
                back: WebLink("/account/second-step", view("people.secondStep.backHere"))))
    }
}
