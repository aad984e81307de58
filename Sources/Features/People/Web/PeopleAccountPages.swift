import Core
import Organisation
import Web

/// "Tài khoản": who one is here, what one may do and until when, on which devices one is signed in, and everything
/// that is recorded about oneself.
struct PeopleAccountOutput: Output {
    struct Device: Encodable, Sendable {
        let id: ID
        let family: String
        let kind: String
        let isThis: Bool
        let isOwnDevice: Bool
        let since: Instant
        let lastSeen: Instant
    }

    let id: ID
    let name: String
    let signInName: String
    let birthYear: Int?
    let mustChange: Bool
    let roles: [PeopleRoleLine]
    let devices: [Device]
    let acts: [PeopleActLine]
    let actsOfOthers: [PeopleActLine]

    static var sample: PeopleAccountOutput {
        let id = ID(high: 0x7000, low: 1 << 63 | 1)
        let act = PeopleActLine(at: .first, act: "account.disable", by: "Ka Huong")
        let device = { (isThis: Bool) in
            Device(
                id: id, family: "chrome", kind: "android", isThis: isThis, isOwnDevice: true, since: .first,
                lastSeen: .first)
        }
        return PeopleAccountOutput(
            id: id, name: "Ya Thuong", signInName: "yathuong", birthYear: 1968, mustChange: true, roles: [.sample],
            devices: [device(true), device(false)], acts: [act], actsOfOthers: [act])
    }

    struct Content: Sendable {
        struct DeviceRow: Sendable {
            let name: String
            let text: String
            /// Where the button sends; nil for the device in hand.
            let endHref: String?
        }

        let head: WebHead
        let change: WebNotice?
        let facts: WebFacts
        let roles: WebRows?
        let noRoles: WebNotice?
        let devices: [DeviceRow]
        let hasOthers: Bool
        let passwordForm: FormView
        let acts: WebHistory?
        let actsOfOthers: WebHistory?
        let printed: WebTrace
    }

    func page(_ view: View) -> Page {
        let title = view("people.account.title")
        return Page(
            "people-account", title: title,
            Content(
                head: WebHead(title: name, before: title),
                change: mustChange ? WebNotice(.wait, text: view("people.account.mustChange")) : nil,
                facts: facts(view), roles: roles.isEmpty ? nil : WebRows(rows: roles.map { $0.row(view) }),
                noRoles: roles.isEmpty ? WebNotice(.plain, text: view("people.account.noRoles")) : nil,
                devices: devices.map { row($0, view) }, hasOthers: devices.count > 1,
                passwordForm: view.form(
                    PeoplePasswordForm.self, action: "/account/password",
                    hints: [
                        "password": view(
                            "people.activation.password.advice", ["least": "\(PeoplePasswordRule.least)"])
                    ], hasPrimary: false
                ).keeping(view("people.newPassword.kept")),
                acts: acts.history(view), actsOfOthers: actsOfOthers.history(view),
                printed: WebTrace(
                    isDemo: view.isDemonstration, printed: view.language.format.moment(view.now), record: signInName,
                    revision: "1", valid: view("people.account.printValid"))))
    }

    private func facts(_ view: View) -> WebFacts {
        var facts = [
            WebFact(view("people.account.name"), name), WebFact(view("people.account.signInName"), signInName),
        ]
        if let birthYear { facts.append(WebFact(view("people.account.birthYear"), "\(birthYear)")) }
        return WebFacts(facts: facts)
    }

    private func row(_ device: Device, _ view: View) -> Content.DeviceRow {
        let family = view("people.device.family.\(device.family)")
        let kind = view("people.device.kind.\(device.kind)")
        let format = view.language.format
        let text = view(
            device.isOwnDevice ? "people.account.deviceOwn" : "people.account.deviceShared",
            ["since": format.moment(device.since), "last": format.moment(device.lastSeen)])
        return Content.DeviceRow(
            name: device.isThis
                ? view("people.account.thisDevice", ["family": family, "kind": kind])
                : view("people.account.device", ["family": family, "kind": kind]),
            text: text, endHref: device.isThis ? nil : "/account/sessions/\(device.id)/sign-out")
    }
}

extension PeopleRoleLine {
    /// "thôn Gia Hòa, xã Đồng Thông".
    func place(_ view: View) -> String {
        [territory, above].compactMap { $0 }.line { view($0, $1) }
    }

    /// "từ 01/01/2024 đến hết 31/12/2026".
    func term(_ view: View) -> String {
        guard let until else { return view("people.role.termOpen", ["from": view.day(from)]) }
        guard until > from else { return view("people.role.termNever") }
        return view("people.role.term", ["from": view.day(from), "last": view.day(until.adding(days: -1))])
    }

    func status(_ view: View) -> WebStatus {
        let state: WebState =
            switch self.state {
            case .held: .done
            case .coming: .waiting
            case .ended: .none
            }
        return WebStatus(state, view("people.role.state.\(self.state.rawValue)"))
    }

    func row(_ view: View, href: String? = nil) -> WebLine {
        WebLine(
            title: view("role.\(role.rawValue).name"), href: href ?? "/roles/\(role.rawValue)",
            text: "\(organisation.name) · \(place(view)) · \(term(view))", status: status(view))
    }
}

extension [PeopleActLine] {
    /// The line of events, newest first; nil when there are none.
    func history(_ view: View) -> WebHistory? {
        guard !isEmpty else { return nil }
        return WebHistory(
            events: map { act in
                let key = "act.\(act.act)"
                let words = view.words.has(key) ? view(key) : act.act
                let moment = view.language.format.moment(act.at)
                return WebEvent(state: .done, title: "\(moment): \(words)", text: act.by)
            })
    }
}
