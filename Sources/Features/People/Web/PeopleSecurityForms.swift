import Core
import Web

/// The telephone's code at signing in, or one of the sheet.
struct PeopleCodeForm: Form {
    static let name = "people.code"
    static let fields = [Field("code", .text(20), autocomplete: "one-time-code")]

    let code: PeopleSecondStep.Typed

    init?(_ read: FormReader) {
        guard let typed = read.text("code") else { return nil }
        guard let code = PeopleSecondStep.Typed(typed) else {
            read.refuse("code", "people.refusal.codeForm")
            return nil
        }
        self.code = code
    }
}

/// The first code of a telephone, with the password: whoever finds an open session may not put their own telephone in.
struct PeopleConfirmStepForm: Form {
    static let name = "people.confirmStep"
    static let fields = [
        Field("code", .text(20), autocomplete: "one-time-code", digits: true),
        Field("current", .secret, autocomplete: "current-password"),
    ]

    let code: Int
    let current: String

    init?(_ read: FormReader) {
        let typed = read.text("code")
        let current = read.text("current")
        var code: Int?
        if let typed {
            if case .telephone(let digits)? = PeopleSecondStep.Typed(typed) {
                code = digits
            } else {
                read.refuse("code", "people.refusal.codeDigits")
            }
        }
        guard let code, let current else { return nil }
        self.code = code
        self.current = current
    }
}

/// New codes for the sheet.
struct PeopleSheetForm: Form {
    static let name = "people.newSheet"
    static let fields = [Field("current", .secret, autocomplete: "current-password")]

    let current: String

    init?(_ read: FormReader) {
        guard let current = read.text("current") else { return nil }
        self.current = current
    }
}

struct PeopleStepOffForm: Form {
    static let name = "people.stepOff"
    static let fields = [Field("current", .secret, autocomplete: "current-password")]

    let current: String

    init?(_ read: FormReader) {
        guard let current = read.text("current") else { return nil }
        self.current = current
    }
}

struct PeopleBeginStepButton: Button {
    static let name = "people.beginSecondStep"
}

/// Six digits for this telephone, with the password.
struct PeoplePINForm: Form {
    static let name = "people.setPIN"
    static let fields = [
        Field("pin", .secret, autocomplete: "off", digits: true),
        Field("again", .secret, autocomplete: "off", digits: true),
        Field("current", .secret, autocomplete: "current-password"),
    ]

    let pin: String
    let current: String

    init?(_ read: FormReader) {
        let pin = read.text("pin")
        let again = read.text("again")
        let current = read.text("current")
        let fault = pin.flatMap(PeoplePIN.fault)
        if let fault { read.refuse("pin", fault) }
        if let pin, let again, again != pin { read.refuse("again", "people.pin.differ") }
        guard let pin, fault == nil, again == pin, let current else { return nil }
        self.pin = pin
        self.current = current
    }
}

struct PeopleRemovePINButton: Button {
    static let name = "people.removePIN"
}

/// Signing in with the six digits.
struct PeoplePINSignInForm: Form {
    static let name = "people.pinSignIn"
    static let fields = [Field("pin", .secret, autocomplete: "off", digits: true)]

    let pin: String

    init?(_ read: FormReader) {
        guard let pin = read.text("pin") else { return nil }
        self.pin = pin
    }
}

/// Takes somebody's telephone out of their account: it was lost, and the sheet with it.
struct PeopleResetStepButton: Button {
    static let name = "people.resetStep"
}

/// Signs somebody out everywhere.
struct PeopleSignOutOfAllButton: Button {
    static let name = "people.signOutOfAll"
}
