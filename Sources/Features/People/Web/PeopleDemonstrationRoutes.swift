import Core
import Database
import Web

/// Signing in as one of the cast, and moving the day: in a demonstration only.
enum PeopleDemonstrationRoutes {
    private static let reason = "the demonstration holds invented people only; elsewhere this page does not exist"
    private static let pagesOnly = "part of trying the product out, not of its interface"
    static let most = 120

    static func routes(_ demonstration: PeopleDemonstration, _ door: PeopleDoor) -> [Route] {
        [
            .get(
                "/demonstration/people", .open(because: reason), PeopleCastOutput.self,
                query: [Field("q", .text(120), optional: true)], pagesOnly: pagesOnly
            ) { try cast($0, demonstration) },
            .get(
                "/demonstration/enter/:token", .open(because: reason), PeopleEnterOutput.self, pagesOnly: pagesOnly
            ) { try enterPage($0, demonstration) },
            .post(
                "/demonstration/enter/:token", .open(because: reason), PeopleEnterButton.self, pagesOnly: pagesOnly,
                again: { try enterPage($0, demonstration) }
            ) { call, _ in
                let token = try call.parameter("token")
                let person = try local(call, demonstration, token)
                let visit = door.visit(call, isOwnDevice: true)
                return door.enter(as: person, visit) { try demonstration.use(token) }
            },
            .get(
                "/demonstration/day", .open(because: reason), PeopleDayOutput.self, pagesOnly: pagesOnly
            ) { try day($0) },
            .post(
                "/demonstration/day", .open(because: reason), PeopleDayForm.self, pagesOnly: pagesOnly,
                again: { try day($0) }
            ) { call, form in
                _ = try day(call)
                guard PeopleDemonstrationDay.range.contains(form.day) else {
                    throw Refusal(.invalid, "people.refusal.demonstrationDay", field: "day")
                }
                return PeopleDemonstrationDay.move(from: call.today, to: form.day, demonstration.moveDay)
            },
        ]
    }

    private static func marked(_ call: Call<Visitor>) throws {
        guard try PeopleDemonstration.isMarked(call.reader) else { throw NotFound() }
    }

    /// Whom a link is for, asked from this machine.
    private static func local(_ call: Call<Visitor>, _ demonstration: PeopleDemonstration, _ token: String) throws -> ID
    {
        try marked(call)
        guard PeopleDemonstration.isLocal(call.source) else { throw NotFound() }
        return try demonstration.person(of: token, now: call.now)
    }

    private static func cast(_ call: Call<Visitor>, _ demonstration: PeopleDemonstration) throws -> PeopleCastOutput {
        try marked(call)
        let q = call.query["q"] ?? ""
        let isLocal = PeopleDemonstration.isLocal(call.source)
        let people = try PeopleCastStore.people(
            VietnameseText.searchWords(q), today: call.today, limit: most + 1, call.reader)
        return PeopleCastOutput(
            cast: people.prefix(most).map { member in
                PeopleCastOutput.Member(
                    id: member.id, name: member.name, roles: member.roles,
                    token: isLocal ? demonstration.token(for: member.id, now: call.now) : nil)
            }, q: q, isCut: people.count > most, isLocal: isLocal)
    }

    private static func enterPage(_ call: Call<Visitor>, _ demonstration: PeopleDemonstration) throws
        -> PeopleEnterOutput
    {
        let token = try call.parameter("token")
        let person = try local(call, demonstration, token)
        return PeopleEnterOutput(name: try PeopleStore.name(of: person, call.reader), token: token)
    }

    private static func day(_ call: Call<Visitor>) throws -> PeopleDayOutput {
        try marked(call)
        return PeopleDayOutput(day: call.today)
    }
}

/// Moves the demonstration's day.
enum PeopleDemonstrationDay {
    /// Days on which the story makes sense: from its first records to some years ahead.
    static let range = Day(ordinal: 19_723)...Day(ordinal: 23_010)  // 2024-01-01...2032-12-31

    /// Keeps the day and then lets the process's clock follow. Sessions move along, so that nobody is signed out by
    /// a jump of a month.
    static func move(from today: Day, to day: Day, _ moveDay: @escaping @Sendable (Day) -> Void) -> Change {
        let shift = Int64(today.days(until: day)) * 86_400_000
        return .session { database in
            let written = try await database.unattended(.seed) { tx in
                try tx.execute(
                    """
                    INSERT INTO installation (name, value) VALUES ('demonstration_day', \(day.isoText))
                    ON CONFLICT (name) DO UPDATE SET value = excluded.value
                    """)
                try tx.execute(
                    """
                    UPDATE session SET last_seen_at = last_seen_at + \(shift), expires_at = expires_at + \(shift)
                    WHERE ended_at IS NULL
                    """)
                tx.note("demonstration.day", from: today.isoText, to: day.isoText)
                return Receipt(location: "/", flash: "people.flash.dayMoved")
            }
            moveDay(day)
            return written.receipt
        }
    }
}
