import Core
import Documents
import Web

/// The second step of one's own account: off, being set up, or on.
struct PeopleSecondStepOutput: Output {
    /// Nobody in a demonstration has one, so there is nothing to add a step to.
    let hasPassword: Bool
    /// Nil while it is off.
    let secret: String?
    let address: String?
    let onSince: Instant?
    let codesLeft: Int
    let isRequired: Bool

    static var sample: PeopleSecondStepOutput {
        PeopleSecondStepOutput(
            hasPassword: true, secret: "ABCD EFGH", address: "otpauth://totp/x", onSince: nil, codesLeft: 10,
            isRequired: true)
    }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice?
        let beginHref: String?
        let secret: String?
        let address: String?
        let steps: [String]
        /// Unit squares in a square of `qrSize` units, the white margin included.
        let qrPath: String?
        let qrSize: Int
        let form: FormView?
        let codesForm: FormView?
        let codesLeft: String?
        let offHref: String?
    }

    func page(_ view: View) -> Page {
        let title = view("people.secondStep.title")
        let isOn = onSince != nil
        let code = secret == nil || isOn ? nil : address.flatMap { try? QRCode($0) }
        return Page(
            "people-second-step", title: title,
            Content(
                head: WebHead(
                    title: title, lead: view("people.secondStep.lead"),
                    crumbs: [WebCrumb(view("people.account.title"), "/account"), WebCrumb(title)]),
                notice: notice(view), beginHref: secret == nil && hasPassword ? "/account/second-step/beginning" : nil,
                secret: isOn ? nil : secret, address: isOn ? nil : address,
                steps: ["install", "add", "type"].enumerated().map {
                    "\($0 + 1). \(view("people.secondStep.step.\($1)"))"
                },
                qrPath: code?.squares, qrSize: code?.wholeSide ?? 0,
                form: secret != nil && !isOn
                    ? view.form(PeopleConfirmStepForm.self, action: "/account/second-step/confirmation").keeping(
                        view("people.secondStep.kept")) : nil,
                codesForm: isOn
                    ? view.form(
                        PeopleSheetForm.self, action: "/account/second-step/recovery-codes", hasPrimary: false) : nil,
                codesLeft: isOn ? view("people.secondStep.left", ["count": "\(codesLeft)"]) : nil,
                offHref: isOn && !isRequired ? "/account/second-step/removal" : nil))
    }

    private func notice(_ view: View) -> WebNotice? {
        if let onSince {
            return WebNotice(
                .done, bold: view("people.secondStep.on"),
                text: view("people.secondStep.since", ["since": view.language.format.moment(onSince)]))
        }
        guard hasPassword else { return WebNotice(.plain, text: view("people.account.noPassword")) }
        return isRequired ? WebNotice(.wait, text: view("people.first.secondStep")) : nil
    }
}

/// The sheet of recovery codes, shown once, right after they were made.
struct PeopleSheetOutput: Output {
    let name: String
    /// Empty when the page was asked for again: only hashes are kept.
    let codes: [String]

    private enum CodingKeys: CodingKey { case name }

    static var sample: PeopleSheetOutput { PeopleSheetOutput(name: "Ya Thuong", codes: ["K7P4M-2XQ9H"]) }

    struct Content: Sendable {
        let head: WebHead
        let notice: WebNotice?
        let hasCodes: Bool
        let name: String
        let codes: [String]
    }

    func page(_ view: View) -> Page {
        let title = view("people.sheet.title")
        return Page(
            "people-sheet", title: title,
            Content(
                head: WebHead(title: title, lead: view("people.sheet.lead")),
                notice: codes.isEmpty
                    ? WebNotice(
                        .ask, text: view("people.sheet.gone"),
                        action: WebLink("/account/second-step", view("people.secondStep.title"))) : nil,
                hasCodes: !codes.isEmpty, name: name, codes: codes))
    }
}
