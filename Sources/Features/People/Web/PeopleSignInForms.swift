import Core
import Web

/// Signing in by name and password.
struct PeopleSignInForm: Form {
    static let name = "people.signIn"
    static let fields = [
        Field("name", .text(120), autocomplete: "username"),
        Field("password", .secret, autocomplete: "current-password"),
        Field("ownDevice", .flag, optional: true),
    ]

    let signInName: String
    let password: String
    let isOwnDevice: Bool

    init?(_ read: FormReader) {
        let name = read.text("name")
        let password = read.text("password")
        isOwnDevice = read.flag("ownDevice")
        guard let name, let password else { return nil }
        signInName = name
        self.password = password
    }
}

/// A slip's code and the password chosen with it.
struct PeopleActivationForm: Form {
    static let name = "people.activation"
    static let fields = [
        Field("code", .text(30), autocomplete: "one-time-code"),
        Field("password", .secret, autocomplete: "new-password"),
        Field("again", .secret, autocomplete: "new-password"),
        Field("ownDevice", .flag, optional: true),
    ]

    let code: PeopleSlipCode
    let password: String
    let isOwnDevice: Bool

    init?(_ read: FormReader) {
        let typed = read.text("code")
        let code = typed.flatMap(PeopleSlipCode.init(typed:))
        if typed != nil, code == nil { read.refuse("code", "people.refusal.slipForm") }
        let password = PeopleNewPassword.read(read)
        isOwnDevice = read.flag("ownDevice")
        guard let code, let password else { return nil }
        self.code = code
        self.password = password
    }
}

/// The two fields of a new password: long enough, and typed alike.
enum PeopleNewPassword {
    static func read(_ read: FormReader) -> String? {
        let password = read.text("password")
        let again = read.text("again")
        let fault = password.flatMap { PeoplePasswordRule.fault($0, name: "", signInName: "") }
        if let fault {
            read.refuse("password", "people.password.\(fault.rawValue)", ["least": "\(PeoplePasswordRule.least)"])
        }
        if let password, let again, again != password { read.refuse("again", "people.refusal.passwordsDiffer") }
        return fault == nil && again == password ? password : nil
    }
}

struct PeopleSignOutButton: Button {
    static let name = "people.signOut"
}
