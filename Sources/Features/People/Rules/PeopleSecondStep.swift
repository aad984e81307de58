import Core

/// Who must show a second thing besides the password, and what a second step may look like.
enum PeopleSecondStep {
    /// Offices that reach over everybody's accounts or over every commune's figures: a password alone is too little
    /// for them (ASVS 6.3.3). Everybody else may have it.
    static let required: Set<Role> = [.administrator, .steeringOffice]

    /// Whether somebody with these offices must have it. A demonstration holds nothing worth a second lock.
    static func isRequired(_ roles: [Role], inDemonstration: Bool) -> Bool {
        !inDemonstration && roles.contains(where: required.contains)
    }

    /// How long one may take between the password and the code.
    static let validity = Duration.minutes(10)

    /// Codes on the sheet that is printed for the day when the telephone is lost.
    static let recoveryCodes = 10

    /// What was typed: six digits of the telephone, or a code of the sheet.
    enum Typed: Sendable, Equatable {
        case telephone(Int)
        case sheet(PeopleSlipCode)

        /// Nil when it is neither. Blanks and dashes do not matter.
        init?(_ text: String) {
            let digits = text.filter { $0 != " " && $0 != "-" && $0 != "." }
            if digits.count == 6, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits) {
                self = .telephone(number)
            } else if let code = PeopleSlipCode(typed: text) {
                self = .sheet(code)
            } else {
                return nil
            }
        }
    }
}

/// Six digits that stand for the password on one's own telephone.
///
/// The telephone is the one thing, the digits the other; so they are asked only where the device is known, and five
/// wrong tries make it forgotten.
enum PeoplePIN {
    static let length = 6
    static let tries = 5

    /// Heads of areas type on telephones in the field. Whoever also holds an office that needs a second step signs in
    /// as that office does.
    static func isFor(_ roles: [Role]) -> Bool {
        roles.contains { $0 == .areaHead || $0 == .frontWorkCommitteeHead }
            && !roles.contains(where: PeopleSecondStep.required.contains)
    }

    /// Words' key of what is wrong with it; nil when it will do.
    static func fault(_ typed: String) -> String? {
        let digits = Array(typed.utf8)
        guard digits.count == length, digits.allSatisfy({ (48...57).contains($0) }) else { return "people.pin.form" }
        let isDay = [(0, 2, 4), (4, 2, 0)].contains { day, month, year in
            func two(_ at: Int) -> Int { Int(digits[at] - 48) * 10 + Int(digits[at + 1] - 48) }
            return (1...31).contains(two(day)) && (1...12).contains(two(month)) && (30...99).contains(two(year))
        }
        return PeoplePasswordRule.isDigitsRepeated(typed) || isDay ? "people.pin.easy" : nil
    }
}
