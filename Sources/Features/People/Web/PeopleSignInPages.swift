import Core
import Web

/// The page for signing in.
struct PeopleSignInOutput: Output {
    /// Where the reader goes on afterwards.
    let next: String
    /// Who is signed in on this browser already.
    let signedInAs: String?
    /// Whose PIN this device knows.
    let pinOf: String?

    static var sample: PeopleSignInOutput {
        PeopleSignInOutput(next: "/people", signedInAs: "Ya Thuong", pinOf: "Ya Thuong")
    }

    struct Content: Sendable {
        let head: WebHead
        let pinForm: FormView?
        let pinTitle: String?
        let passwordTitle: String?
        let form: FormView
        let already: WebNotice?
        let demonstration: WebNotice?
        let activationHref: String
    }

    func page(_ view: View) -> Page {
        let title = view("people.signIn.title")
        let query = next == "/" ? "" : "?next=\(PeopleAddress.escaped(next))"
        let action = "/sign-in" + query
        return Page(
            "people-sign-in", title: title,
            Content(
                head: WebHead(title: title, lead: view("people.signIn.lead")),
                pinForm: pinOf.map { _ in view.form(PeoplePINSignInForm.self, action: "/sign-in/pin" + query) },
                pinTitle: pinOf.map { view("people.pinSignIn.title", ["name": $0]) },
                passwordTitle: pinOf == nil ? nil : view("people.pinSignIn.orPassword"),
                form: view.form(PeopleSignInForm.self, action: action, hasPrimary: pinOf == nil).keeping(
                    view("people.signIn.kept")),
                already: signedInAs.map {
                    WebNotice(
                        .plain, text: view("people.signIn.already", ["name": $0]),
                        action: WebLink("/", view("people.signIn.goOn")))
                },
                demonstration: view.isDemonstration
                    ? WebNotice(
                        .plain, text: view("people.signIn.demonstration"),
                        action: WebLink("/demonstration/people", view("people.signIn.chooseCast"))) : nil,
                activationHref: "/activation"))
    }
}

/// The page on which a slip's code becomes a password.
struct PeopleActivationOutput: Output {
    /// The fewest letters of a password.
    let leastLetters: Int

    static var sample: PeopleActivationOutput { PeopleActivationOutput(leastLetters: PeoplePasswordRule.least) }

    struct Content: Sendable {
        let head: WebHead
        let form: FormView
        let signInHref: String
    }

    func page(_ view: View) -> Page {
        let title = view("people.activation.title")
        let least = ["least": "\(leastLetters)"]
        return Page(
            "people-activation", title: title,
            Content(
                head: WebHead(title: title, lead: view("people.activation.lead")),
                form: view.form(
                    PeopleActivationForm.self, action: "/activation",
                    hints: ["password": view("people.activation.password.advice", least)]
                ).keeping(view("people.activation.kept")),
                signInHref: "/sign-in"))
    }
}

extension FormView {
    /// The same, saying after a refusal what is still there: passwords are never sent back.
    func keeping(_ words: String) -> FormView {
        var form = self
        form.errors?.kept = words
        return form
    }
}

/// Values within addresses.
enum PeopleAddress {
    /// Percent-encoded but for letters, digits and the few signs that mean nothing in a query.
    static func escaped(_ text: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
        var out = ""
        for byte in text.utf8 {
            if plain.contains(byte) {
                out.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                out += "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }
        return out
    }

    /// `/people?q=ya&role=helper`, without what is empty.
    static func with(_ path: String, _ query: KeyValuePairs<String, String?>) -> String {
        let parts = query.compactMap { name, value -> String? in
            guard let value, !value.isEmpty else { return nil }
            return "\(name)=\(escaped(value))"
        }
        return parts.isEmpty ? path : path + "?" + parts.joined(separator: "&")
    }
}
