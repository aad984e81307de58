import Core
import Web

/// Another password for one's own account.
struct PeoplePasswordForm: Form {
    static let name = "people.newPassword"
    static let fields = [
        Field("current", .secret, autocomplete: "current-password"),
        Field("password", .secret, autocomplete: "new-password"),
        Field("again", .secret, autocomplete: "new-password"),
    ]

    let current: String
    let password: String

    init?(_ read: FormReader) {
        let current = read.text("current")
        let password = PeopleNewPassword.read(read)
        guard let current, let password else { return nil }
        self.current = current
        self.password = password
    }
}

/// Signs one other device out.
struct PeopleEndSessionButton: Button {
    static let name = "people.endSession"
}

/// Signs all other devices out.
struct PeopleEndOthersButton: Button {
    static let name = "people.endOthers"
}
