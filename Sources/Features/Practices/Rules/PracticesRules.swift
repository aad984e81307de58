import Core

/// Where a practice stands.
package enum PracticeState: String, Sendable, CaseIterable, Codable {
    /// Told, and read by those who see the place; the commune has not looked yet.
    case shared
    /// The commune said that it is so: everybody who signs in reads it.
    case confirmed
    /// Taken back, with the reason.
    case withdrawn
}

/// What is told of a practice.
package struct PracticeText: Sendable, Equatable, Codable {
    package let name: String
    package let story: String
    /// The money by source, in words: "ngân sách xã 12 triệu, nhân dân góp 30 triệu".
    package let sources: String?
    package let cost: Money?
    /// Days of labour of all together.
    package let labourDays: Int?
    /// From the first meeting until it worked.
    package let weeks: Int?

    package init(name: String, story: String, sources: String?, cost: Money?, labourDays: Int?, weeks: Int?) {
        self.name = VietnameseText.tidied(name)
        self.story = story
        self.sources = sources
        self.cost = cost
        self.labourDays = labourDays
        self.weeks = weeks
    }

    /// What cannot stand in it, all at once.
    package var refusal: Refusal? {
        var found: [Refusal] = []
        for (field, text) in [("name", name), ("story", story), ("sources", sources ?? "")] {
            if let key = PracticeRules.fault(in: text) { found.append(Refusal(.invalid, key, field: field)) }
        }
        if let cost, cost < .zero { found.append(Refusal(.invalid, "practices.refusal.costNegative", field: "cost")) }
        if let cost, cost > .zero, sources == nil {
            found.append(Refusal(.invalid, "practices.refusal.costWithoutSource", field: "sources"))
        }
        return Refusal.of(found)
    }
}

/// What may be told, and when. Pure: the day is handed in.
package enum PracticeRules {
    /// Pictures of one practice.
    static let pictures = 6
    /// The most files of one form.
    static let atOnce = 3

    /// Words' key of what is wrong with a text: a household by name, a sum per household, a telephone or identity number
    /// (people.md rule 3: no page lets anyone derive who gave what). Nil when nothing is.
    static func fault(in text: String) -> String? {
        let words = VietnameseText.composed(text).lowercased()
        if namesHousehold(VietnameseText.composed(text)) { return "practices.refusal.household" }
        if sumsPerHousehold(words) { return "practices.refusal.sumPerHousehold" }
        if hasLongNumber(text) { return "practices.refusal.privateNumber" }
        return nil
    }

    // "hộ ông", "hộ bà", "gia đình anh", "nhà chị": what stands before a person's name. Spelled with escapes because code
    // holds no Vietnamese letters.
    private static let houses = ["h\u{1ED9}", "gia \u{111}\u{EC}nh", "nh\u{E0}"]
    private static let persons = ["\u{F4}ng", "b\u{E0}", "anh", "ch\u{1ECB}"]
    // "bác", "cô", "chú", "cụ", "em": other words begin with them ("nhà cụ thể"), so only before a capital letter.
    private static let kin = ["b\u{E1}c", "c\u{F4}", "ch\u{FA}", "c\u{1EE5}", "em"]
    // "bà con", "anh em", "chị em", "anh chị": everybody, and nobody in particular.
    private static let everybody = ["b\u{E0} con", "anh em", "ch\u{1ECB} em", "anh ch\u{1ECB}"]
    private static let perHousehold = [
        "m\u{1ED7}i h\u{1ED9}", "m\u{1ED9}t h\u{1ED9} \u{111}\u{F3}ng", "m\u{1ED7}i nh\u{E0}",
        "m\u{1ED7}i gia \u{111}\u{EC}nh",
    ]
    private static let money = [
        "\u{111}\u{1ED3}ng", "ngh\u{EC}n", "ng\u{E0}n", "tri\u{1EC7}u", "\u{20AB}", "vn\u{111}", "vnd",
    ]

    /// - Parameter text: as it was written: a name begins with a capital letter.
    private static func namesHousehold(_ text: String) -> Bool {
        // A sign ends the thought: what stands behind it is not the house's.
        text.split { ".,;:!?\n()".contains($0) }.contains { namesHousehold(within: String($0)) }
    }

    private static func namesHousehold(within text: String) -> Bool {
        let written = text.split { !($0.isLetter || $0.isNumber || $0 == "'") }
        let words = written.map { $0.lowercased() }
        return words.indices.contains { place in
            houses.contains { house in
                let length = house.split(separator: " ").count
                guard words.count > place + length, words[place..<place + length].joined(separator: " ") == house
                else { return false }
                let person = place + length
                if kin.contains(words[person]) {
                    return written.count > person + 1 && written[person + 1].first?.isUppercase == true
                }
                let pair = words[person...].prefix(2).joined(separator: " ")
                return persons.contains(words[person]) && !everybody.contains(pair)
            }
        }
    }

    /// "mỗi hộ … đồng" within one sentence, or "đồng/hộ".
    private static func sumsPerHousehold(_ words: String) -> Bool {
        if money.contains(where: { words.contains("\($0)/h\u{1ED9}") || words.contains("\($0) / h\u{1ED9}") }) {
            return true
        }
        return words.split(whereSeparator: { ";\n!?".contains($0) }).flatMap { cut($0) }.contains { sentence in
            perHousehold.contains { has($0, in: sentence) } && sentence.contains(where: \.isNumber)
                && money.contains { has($0, in: sentence) }
        }
    }

    /// Sentences: a full stop followed by a blank; those within numbers stay.
    private static func cut(_ text: Substring) -> [String] {
        String(text).replacing(". ", with: "\n").split(separator: "\n").map(String.init)
    }

    /// Whether the words stand there as whole words.
    private static func has(_ wanted: String, in text: String) -> Bool {
        let marked = String(text.map { $0.isLetter || $0.isNumber || $0 == "\u{20AB}" ? $0 : " " })
        return (" " + marked + " ").contains(" " + wanted + " ")
    }

    /// Nine digits and more in a row, blanks and dots between them or not, that are no amount of money: amounts end in
    /// zeros.
    private static func hasLongNumber(_ text: String) -> Bool {
        var digits = ""
        for character in text + "." {
            if character.isASCII, character.isNumber {
                digits.append(character)
            } else if " .-".contains(character), !digits.isEmpty {
                continue
            } else {
                if isPrivate(digits) { return true }
                digits = ""
            }
        }
        return isPrivate(digits)
    }

    private static func isPrivate(_ digits: String) -> Bool {
        (9...12).contains(digits.count) && !digits.hasSuffix("000")
    }

    /// Why a place may not say that it followed this practice; nil when it may. It may have begun before the practice
    /// was told here.
    static func refusalToFollow(
        from own: ID, to follower: ID, since: Day, today: Day, texts: [(field: String, text: String)]
    ) -> Refusal? {
        var found: [Refusal] = []
        if own == follower { found.append(Refusal(.invalid, "practices.refusal.ownPractice", field: "place")) }
        if since > today { found.append(Refusal(.invalid, "practices.refusal.sinceAhead", field: "since")) }
        for (field, text) in texts {
            if let key = fault(in: text) { found.append(Refusal(.invalid, key, field: field)) }
        }
        return Refusal.of(found)
    }

    /// Why a look cannot be written down; nil when it can. What stopped is told with a word of why.
    static func refusalToLook(on day: Day, isAlive: Bool, words: String?, today: Day) -> Refusal? {
        var found: [Refusal] = []
        if day > today { found.append(Refusal(.invalid, "practices.refusal.lookAhead", field: "day")) }
        if !isAlive, words == nil { found.append(Refusal(.invalid, "practices.refusal.whyStopped", field: "words")) }
        if let key = words.flatMap(fault(in:)) { found.append(Refusal(.invalid, key, field: "words")) }
        return Refusal.of(found)
    }
}
