import Core

/// An area's numbers of one year. The newest year is what the rest of the product counts with.
package struct AreaYear: Codable, Sendable, Equatable {
    package let year: Int
    package let households: Int?
    package let people: Int?
    /// "rural", "town" or another word of the criteria sets.
    package let areaClass: String?
    /// The economic region (vùng kinh tế - xã hội) by which some criteria ask different thresholds: "highlands" or
    /// another word of the criteria sets.
    package let region: String?

    package init(year: Int, households: Int?, people: Int?, areaClass: String?, region: String? = nil) {
        self.year = year
        self.households = households
        self.people = people
        self.areaClass = areaClass
        self.region = region
    }

    /// What cannot be: a year to come, fewer people than households.
    package func refusal(on today: Day) -> Refusal? {
        var found: [Refusal] = []
        if year > today.year {
            found.append(
                Refusal(.invalid, "organisation.profile.refusal.yearAhead", field: "year", ["year": "\(today.year)"]))
        }
        if let households, let people, people < households {
            found.append(
                Refusal(
                    .invalid, "organisation.profile.refusal.fewPeople", field: "people",
                    ["households": "\(households)", "people": "\(people)"]))
        }
        return Refusal.of(found)
    }
}

/// What a self-managed group (tổ tự quản) of an area is there for.
package enum AreaGroupKind: String, Sendable, CaseIterable, Codable {
    case selfManaged = "self_managed"
    /// Tổ liên gia.
    case interFamily = "inter_family"
    case security
    case environment
    case fireSafety = "fire_safety"
    /// Tổ công nghệ số cộng đồng.
    case digital
    case mediation
    case other
}

/// A self-managed group. Who leads it is no part of the profile: it is about the area, not about persons.
package struct AreaGroup: Codable, Sendable, Equatable {
    package let id: ID
    package let name: String
    package let kind: AreaGroupKind
    package let households: Int?
    package let since: Day?
    /// The first day without; nil while it works.
    package let endedOn: Day?

    package init(id: ID, name: String, kind: AreaGroupKind, households: Int?, since: Day?, endedOn: Day?) {
        self.id = id
        self.name = VietnameseText.tidied(name)
        self.kind = kind
        self.households = households
        self.since = since
        self.endedOn = endedOn
    }

    /// What cannot be of a group in an area of so many households, where somebody counted them; all of it at once.
    package func refusal(on today: Day, in area: Int?) -> Refusal? {
        var found: [Refusal] = []
        if let since, since > today {
            found.append(Refusal(.invalid, "organisation.profile.refusal.dayAhead", field: "since"))
        }
        if let endedOn, let since, endedOn < since {
            found.append(Refusal(.invalid, "organisation.profile.refusal.endsBefore", field: "ended"))
        }
        if let households, let area, households > area {
            found.append(
                Refusal(
                    .invalid, "organisation.profile.refusal.moreThanArea", field: "households", ["count": "\(area)"]))
        }
        return Refusal.of(found)
    }
}

/// Hương ước or quy ước: which word a place uses is its own.
package enum ConventionKind: String, Sendable, CaseIterable, Codable {
    case huongUoc = "huong_uoc"
    case quyUoc = "quy_uoc"
}

/// One version of an area's convention; a version is never changed, the next one follows it.
package struct Convention: Codable, Sendable, Equatable {
    package let id: ID
    /// 1, 2, …
    package let version: Int
    package let kind: ConventionKind
    package let text: String
    package let adoptedOn: Day
    /// Households that voted for it, and all households of the area on that day.
    package let votesFor: Int
    package let households: Int
    package let recognisedBy: String?
    package let recognisedOn: Day?
    /// Number and day of the decision that recognised it.
    package let recognitionDocument: String?

    package init(
        id: ID, version: Int, kind: ConventionKind, text: String, adoptedOn: Day, votesFor: Int, households: Int,
        recognisedBy: String?, recognisedOn: Day?, recognitionDocument: String? = nil
    ) {
        self.id = id
        self.version = version
        self.kind = kind
        self.text = text
        self.adoptedOn = adoptedOn
        self.votesFor = votesFor
        self.households = households
        self.recognisedBy = recognisedBy
        self.recognisedOn = recognisedOn
        self.recognitionDocument = recognitionDocument
    }

    /// More than half of all households must have voted for it (Luật Thực hiện dân chủ ở cơ sở 10/2022/QH15: other
    /// matters than contributions are carried by more than half); the recognition follows the vote.
    ///
    /// - Parameter before: the version before.
    package func refusal(on today: Day, after before: Convention?) -> Refusal? {
        var found: [Refusal] = []
        if adoptedOn > today { found.append(refused("dayAhead", "adopted")) }
        if let before, adoptedOn < before.adoptedOn { found.append(refused("olderVersion", "adopted")) }
        if votesFor > households {
            found.append(refused("moreVotes", "votes", ["votes": "\(votesFor)", "households": "\(households)"]))
        } else if votesFor * 2 <= households {
            found.append(
                refused("notCarried", "votes", ["least": "\(households / 2 + 1)", "households": "\(households)"]))
        }
        if recognisedOn != nil || recognitionDocument != nil, recognisedBy == nil {
            found.append(refused("noBody", "body"))
        }
        if let recognisedOn { found += refusals(ofRecognition: recognisedOn, on: today) }
        return Refusal.of(found)
    }

    /// What is wrong with a day of recognition: before the vote, or to come.
    private func refusals(ofRecognition day: Day, on today: Day) -> [Refusal] {
        var found: [Refusal] = []
        if day < adoptedOn { found.append(refused("recognisedBefore", "recognised")) }
        if day > today { found.append(refused("dayAhead", "recognised")) }
        return found
    }

    /// Why the recognition of this version cannot be written down on this day: it is known already, a newer version is in
    /// force, or the day cannot be.
    ///
    /// - Parameter newest: the newest version of the area.
    package func refusal(ofRecognition day: Day, on today: Day, newest: Convention?) -> Refusal? {
        if newest?.id != id { return Refusal(.conflict, "organisation.profile.refusal.newerVersion") }
        if recognisedBy != nil { return Refusal(.conflict, "organisation.profile.refusal.recognisedAlready") }
        return Refusal.of(refusals(ofRecognition: day, on: today))
    }

    private func refused(_ key: String, _ field: String, _ arguments: [String: String] = [:]) -> Refusal {
        Refusal(.invalid, "organisation.profile.refusal.\(key)", field: field, arguments)
    }
}

/// What a model of an area is about.
package enum AreaModelKind: String, Sendable, CaseIterable, Codable {
    case flowerRoad = "flower_road"
    case lights
    case waste
    case camera
    case selfManaged = "self_managed"
    case livelihood
    case study
    case culture
    case other
}

/// A model (mô hình) of an area: what, since when, how large, and whether it was alive when somebody last looked.
package struct AreaModel: Codable, Sendable, Equatable {
    package let id: ID
    package let name: String
    package let kind: AreaModelKind
    /// The year it began.
    package let since: Int?
    /// 1,2 (km), 12 (cameras); nil where it has no size.
    package let size: Quantity?
    /// Of what: "km", "camera", "hộ tham gia".
    package let unit: String?
    package let lookedOn: Day?
    package let isAlive: Bool?

    package init(
        id: ID, name: String, kind: AreaModelKind = .other, since: Int?, size: Quantity? = nil, unit: String? = nil,
        lookedOn: Day?, isAlive: Bool?
    ) {
        self.id = id
        self.name = VietnameseText.tidied(name)
        self.kind = kind
        self.since = since
        self.size = size
        self.unit = unit.map(VietnameseText.tidied)
        self.lookedOn = lookedOn
        self.isAlive = isAlive
    }

    /// What cannot be of a model, all of it at once.
    package func refusal(on today: Day) -> Refusal? {
        var found: [Refusal] = []
        if let since, since > today.year {
            found.append(
                Refusal(.invalid, "organisation.profile.refusal.yearAhead", field: "since", ["year": "\(today.year)"]))
        }
        if let size, size <= .zero {
            found.append(Refusal(.invalid, "organisation.profile.refusal.noSize", field: "size"))
        }
        if (size == nil) != (unit == nil) {
            found.append(
                Refusal(.invalid, "organisation.profile.refusal.sizeWhole", field: size == nil ? "size" : "unit"))
        }
        if let lookedOn, lookedOn > today {
            found.append(Refusal(.invalid, "organisation.profile.refusal.dayAhead", field: "looked"))
        }
        if (lookedOn == nil) != (isAlive == nil) {
            found.append(
                Refusal(
                    .invalid, "organisation.profile.refusal.lookWhole", field: lookedOn == nil ? "looked" : "alive"))
        }
        return Refusal.of(found)
    }
}

/// What a day of an area's own calendar is.
package enum OccasionKind: String, Sendable, CaseIterable, Codable {
    case worship, market, harvest, examination, other

    /// Worship is told to those who plan days for the area, not to the public: it would tell the religion of a place
    /// (docs/people.md, rule 4).
    package var isPublic: Bool { self != .worship }
}

/// Days on which an area has no time for anything else.
package struct Occasion: Codable, Sendable, Equatable {
    package let id: ID
    package let kind: OccasionKind
    package let name: String
    package let from: Day
    /// The last day.
    package let until: Day
    /// The same days of every year; only month and day count then.
    package let isYearly: Bool
    package let note: String?

    package init(id: ID, kind: OccasionKind, name: String, from: Day, until: Day, isYearly: Bool, note: String?) {
        self.id = id
        self.kind = kind
        self.name = VietnameseText.tidied(name)
        self.from = from
        self.until = until
        self.isYearly = isYearly
        self.note = note
    }

    /// Refuses an occasion that ends before it begins, or that lasts longer than half a year.
    package func refusal() -> Refusal? {
        if until < from {
            return Refusal(.invalid, "organisation.profile.refusal.endsBefore", field: "until")
        }
        if from.days(until: until) > 180 {
            return Refusal(.invalid, "organisation.profile.refusal.tooLong", field: "until")
        }
        return nil
    }

    /// Its days in a year: the given ones, or the same month and day. 29 February falls on the 28th where there is none.
    package func days(in year: Int) -> (from: Day, until: Day)? {
        guard isYearly else { return from.year <= year && until.year >= year ? (from, until) : nil }
        guard let first = Occasion.day(from, year) else { return nil }
        return (first, first.adding(days: from.days(until: until)))
    }

    /// Whether it falls on a day.
    package func falls(on day: Day) -> Bool {
        // One that began in December may still last.
        [day.year - 1, day.year].contains { year in
            days(in: year).map { $0.from <= day && day <= $0.until } ?? false
        }
    }

    private static func day(_ day: Day, _ year: Int) -> Day? {
        Day(year: year, month: day.month, day: day.day) ?? Day(year: year, month: day.month, day: day.day - 1)
    }
}
