import Core
import Organisation
import Web

/// "Tài khoản": who one is here, what one may do and until when, on which devices one is signed in, and everything
/// that is recorded about oneself: what is kept, who looked at it, who changed it.
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
    let phone: String?
    let hasSecondStep: Bool
    let mayHavePIN: Bool
    let hasPIN: Bool
    let roles: [PeopleRoleLine]
    let devices: [Device]
    let corrections: [PeopleCorrection]
    let views: [PeopleViewLine]
    let acts: [PeopleActLine]
    let actsOfOthers: [PeopleActLine]
    /// What other features tell of one's own work.
    var notes: [Waiting] = []

    /// Sessions beyond these are folded away.
    static let devicesShown = 5

    static var sample: PeopleAccountOutput {
        let id = ID(high: 0x7000, low: 1 << 63 | 1)
        let act = PeopleActLine(at: .first, act: "account.disable", by: "Ka Huong", giver: "Mai Loan")
        let device = { (isThis: Bool) in
            Device(
                id: id, family: "chrome", kind: "android", isThis: isThis, isOwnDevice: true, since: .first,
                lastSeen: .first)
        }
        return PeopleAccountOutput(
            id: id, name: "Ya Thuong", signInName: "yathuong", birthYear: 1968, phone: "0912345678",
            hasSecondStep: true, mayHavePIN: true, hasPIN: true, roles: [.sample],
            devices: [device(true)] + Array(repeating: device(false), count: 6), corrections: [.sample],
            views: [PeopleViewLine(at: .first, by: "Ka Huong", role: "communeFrontChair", giver: "Mai Loan")],
            acts: [act], actsOfOthers: [act],
            notes: [Waiting("people.account.note", href: "/account")])
    }

    struct Content: Sendable {
        struct DeviceRow: Sendable {
            let name: String
            let text: String
            /// Where the button sends; nil for the device in hand.
            let endHref: String?
        }

        struct MoreDevices: Sendable {
            let title: String
            let rows: [DeviceRow]
        }

        let head: WebHead
        let facts: WebFacts
        let notes: WebRows?
        let roles: WebRows?
        let noRoles: WebNotice?
        let safety: WebRows
        let devices: [DeviceRow]
        let moreDevices: MoreDevices?
        let hasOthers: Bool
        let corrections: WebRows?
        let views: WebHistory?
        let acts: WebHistory?
        let actsOfOthers: WebHistory?
        let printed: WebTrace
    }

    func page(_ view: View) -> Page {
        let title = view("people.account.title")
        let rows = devices.map { row($0, view) }
        let rest = Array(rows.dropFirst(Self.devicesShown))
        return Page(
            "people-account", title: title,
            Content(
                head: WebHead(title: name, before: title), facts: facts(view),
                notes: notes.isEmpty
                    ? nil
                    : WebRows(
                        rows: notes.map { note in
                            WebLine(
                                title: view("\(note.words).title", note.arguments), href: note.href,
                                text: view("\(note.words).why", note.arguments))
                        }),
                roles: roles.isEmpty ? nil : WebRows(rows: roles.map { $0.row(view) }),
                noRoles: roles.isEmpty ? WebNotice(.plain, text: view("people.account.noRoles")) : nil,
                safety: WebRows(rows: safety(view)), devices: Array(rows.prefix(Self.devicesShown)),
                moreDevices: rest.isEmpty
                    ? nil
                    : Content.MoreDevices(
                        title: view("people.account.moreDevices", ["count": "\(rest.count)"]), rows: rest),
                hasOthers: devices.count > 1,
                corrections: corrections.isEmpty
                    ? nil : WebRows(rows: corrections.prefix(3).map { $0.row(view, href: nil) }),
                views: views.history(view), acts: acts.history(view), actsOfOthers: actsOfOthers.history(view),
                printed: WebTrace(
                    isDemo: view.isDemonstration, printed: view.language.format.moment(view.now), record: signInName,
                    revision: "1", valid: view("people.account.printValid"))))
    }

    private func safety(_ view: View) -> [WebLine] {
        func line(_ name: String, _ href: String, _ state: WebStatus? = nil) -> WebLine {
            WebLine(
                title: view("people.account.\(name)Title"), href: href, text: view("people.account.\(name)Text"),
                status: state)
        }
        func state(_ isOn: Bool) -> WebStatus {
            WebStatus(isOn ? .done : .none, view(isOn ? "people.account.isOn" : "people.account.isOff"))
        }
        var lines = [
            line("password", "/account/password"), line("secondStep", "/account/second-step", state(hasSecondStep)),
        ]
        if mayHavePIN || hasPIN { lines.append(line("pin", "/account/pin", state(hasPIN))) }
        return lines
    }

    private func facts(_ view: View) -> WebFacts {
        var facts = [
            WebFact(view("people.account.name"), name), WebFact(view("people.account.signInName"), signInName),
        ]
        if let birthYear { facts.append(WebFact(view("people.account.birthYear"), "\(birthYear)")) }
        if let phone { facts.append(WebFact(view("people.account.phone"), phone)) }
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
