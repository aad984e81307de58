import Core

/// How long a session lasts (ASVS 7.3). On a shared browser it ends half an hour after it was last used; on the
/// person's own, which they say at sign-in, after thirty days; in no case does it outlive ninety days.
struct PeopleSessionTerm: Sendable, Equatable {
    let idle: Duration

    static let absolute = Duration.days(90)
    static let shared = PeopleSessionTerm(idle: .minutes(30))
    static let own = PeopleSessionTerm(idle: .days(30))

    static func term(isOwnDevice: Bool) -> PeopleSessionTerm { isOwnDevice ? own : shared }

    /// How often the moment of last use is written down at the most: a page costs no write. On a shared browser more
    /// often, because its half hour is counted from that moment.
    var touchedEvery: Duration { self == .shared ? .minutes(2) : .minutes(10) }

    /// How long the browser keeps the cookie, in seconds; nil until it is closed.
    var cookieSeconds: Int? { self == .shared ? nil : Int(idle.components.seconds) }

    func isAlive(lastSeen: Instant, expires: Instant, now: Instant) -> Bool {
        now < expires && now < lastSeen + idle
    }
}
