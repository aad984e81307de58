import Core
import Criteria

extension Recognition {
    /// What happened to a title, one row of its history each. The raw value stands in `title_event.act`.
    package enum TitleAct: String, Sendable, CaseIterable, Codable {
        /// Granted to an area that held nothing of the same ladder.
        case grant
        /// Granted over a lower title, or the same one of a lower level.
        case upgrade
        /// Granted again for another term.
        case renewal
        /// Looked at again and kept.
        case keep
        /// An indicator fell; it is looked at more closely.
        case watch
        /// The area was told what fell, and until when it can be mended.
        case notice
        /// The area was told that the term ends soon.
        case warning
        /// A higher title or level took its place.
        case raised
        /// The same title for another term took its place.
        case renewed
        /// The term ended.
        case lapse
        /// Taken back by a decision.
        case withdrawal
        /// The area became part of another one.
        case merger

        /// What it adds to the number of titles held of its kind.
        package var change: Int {
            switch self {
            case .grant, .upgrade, .renewal: 1
            case .keep, .watch, .notice, .warning: 0
            case .raised, .renewed, .lapse, .withdrawal, .merger: -1
            }
        }

        /// Watch and notice concern the area, its commune and the decider, and nobody else (people.md 11 and 12).
        package var isPublic: Bool {
            switch self {
            case .watch, .notice, .warning: false
            default: true
            }
        }
    }

    /// How a title stands on a day. It is never stored: it follows from the rows.
    package enum TitleStanding: String, Sendable, CaseIterable, Codable {
        /// Not granted yet on that day.
        case ahead
        case valid
        case watched
        case noticed
        case raised
        case renewed
        case lapsed
        case withdrawn
        case merged

        package var holds: Bool {
            switch self {
            case .valid, .watched, .noticed: true
            default: false
            }
        }

        /// What everybody may know of it.
        package var shownToAll: TitleStanding { holds ? .valid : self }

        /// The standing after one more row. What has ended stays so.
        package func after(_ act: TitleAct) -> TitleStanding {
            switch act {
            case .grant, .upgrade, .renewal: return self == .ahead ? .valid : self
            case .warning: return self
            default: break
            }
            guard holds else { return self }
            switch act {
            case .keep: return .valid
            case .watch: return .watched
            case .notice: return .noticed
            case .raised: return .raised
            case .renewed: return .renewed
            case .lapse: return .lapsed
            case .withdrawal: return .withdrawn
            case .merger: return .merged
            case .grant, .upgrade, .renewal, .warning: return self
            }
        }
    }

    /// Titles are counted apart by what is won and by the level that decided.
    package struct TitleKind: Hashable, Sendable {
        package let code: String
        package let level: Criteria.Level

        package init(_ code: String, _ level: Criteria.Level) {
            self.code = code
            self.level = level
        }
    }

    /// One row of a title's history.
    package struct TitleEvent: Sendable, Equatable {
        package let title: ID
        package let kind: TitleKind
        package let act: TitleAct
        package let day: Day
        /// Of the row that begins a title: the first day without it; nil where no term is set.
        package let until: Day?

        package init(title: ID, kind: TitleKind, act: TitleAct, day: Day, until: Day? = nil) {
            self.title = title
            self.kind = kind
            self.act = act
            self.day = day
            self.until = until
        }
    }

    /// What moved the number of titles held of one kind. Renewal takes one away and puts one there.
    package struct TitleAccount: Sendable, Equatable {
        package var granted = 0
        package var upgraded = 0
        package var renewals = 0
        package var raised = 0
        package var renewed = 0
        package var lapsed = 0
        package var withdrawn = 0
        package var merged = 0

        package init() {}

        /// Grants and upgrades, less what was raised further, withdrawn, lapsed or merged.
        package var total: Int { granted + upgraded + renewals - raised - renewed - lapsed - withdrawn - merged }

        mutating func count(_ act: TitleAct) {
            switch act {
            case .grant: granted += 1
            case .upgrade: upgraded += 1
            case .renewal: renewals += 1
            case .raised: raised += 1
            case .renewed: renewed += 1
            case .lapse: lapsed += 1
            case .withdrawal: withdrawn += 1
            case .merger: merged += 1
            case .keep, .watch, .notice, .warning: break
            }
        }
    }

    /// The rows of many titles, in the order in which they were written.
    package struct TitleHistory: Sendable {
        package let events: [TitleEvent]

        package init(_ events: [TitleEvent]) { self.events = events }

        /// How every title stands on a day. A term that is over has ended the title, whether or not a row says so yet.
        package func standings(on day: Day) -> [ID: TitleStanding] {
            var standings: [ID: TitleStanding] = [:]
            var ends: [ID: Day] = [:]
            for event in events {
                if let until = event.until { ends[event.title] = until }
                guard event.day <= day, ends[event.title].map({ event.day <= $0 }) ?? true else { continue }
                standings[event.title] = (standings[event.title] ?? .ahead).after(event.act)
            }
            for (title, until) in ends where until <= day {
                if let standing = standings[title], standing.holds { standings[title] = .lapsed }
            }
            return standings
        }

        /// How many titles of each kind are held on a day: found by asking each title.
        package func held(on day: Day) -> [TitleKind: Int] {
            var kinds: [ID: TitleKind] = [:]
            for event in events { kinds[event.title] = event.kind }
            var held: [TitleKind: Int] = [:]
            for (title, standing) in standings(on: day) where standing.holds {
                if let kind = kinds[title] { held[kind, default: 0] += 1 }
            }
            return held
        }

        /// The same from the other side: what was granted and upgraded, less what was raised, withdrawn and lapsed.
        package func accounts(until day: Day) -> [TitleKind: TitleAccount] {
            var accounts: [TitleKind: TitleAccount] = [:]
            for event in completed(on: day) where event.day <= day {
                accounts[event.kind, default: TitleAccount()].count(event.act)
            }
            return accounts
        }

        /// With a lapse for each title whose term is over and that no row has ended.
        package func completed(on day: Day) -> [TitleEvent] {
            var open: [ID: TitleEvent] = [:]
            for event in events where event.day <= day {
                if event.act.change > 0 { open[event.title] = event }
                if event.act.change < 0 { open[event.title] = nil }
            }
            let lapses = open.values.compactMap { begun in
                begun.until.flatMap { until in
                    until <= day
                        ? TitleEvent(title: begun.title, kind: begun.kind, act: .lapse, day: until) : nil
                }
            }
            return events + lapses
        }
    }
}
