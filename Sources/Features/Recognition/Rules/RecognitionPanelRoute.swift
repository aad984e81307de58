import Core

extension Recognition {
    /// One area on a day's route of field checks.
    package struct VisitStop: Sendable, Equatable {
        package let dossier: ID
        package let area: String
        /// Minutes after midnight.
        package let start: Int
        /// The area is told beforehand.
        package let isAnnounced: Bool

        package init(dossier: ID, area: String, start: Int, isAnnounced: Bool) {
            self.dossier = dossier
            self.area = area
            self.start = start
            self.isAnnounced = isAnnounced
        }
    }

    /// A panel's route for a day: which areas, in which order, when.
    package struct VisitRoute: Sendable, Equatable {
        package let day: Day
        /// By time.
        package let stops: [VisitStop]

        package init(day: Day, stops: [VisitStop]) {
            self.day = day
            self.stops = stops.sorted { ($0.start, $0.area) < ($1.start, $1.area) }
        }

        /// Between 06:00 and 18:00 people are about.
        package static let hours = 6 * 60...18 * 60
        /// A field check takes at least this long, the way included.
        package static let leastMinutes = 30
        /// How far ahead a day is planned.
        package static let longestAhead = 60
        /// One visit in three comes unannounced. Constructed ("minh họa").
        package static let unannounced = (of: 3, least: 1)

        /// Every fault at once.
        package func refusal(on today: Day) -> Refusal? {
            var refusals: [Refusal] = []
            if day < today { refusals.append(Refusal(.invalid, "recognition.route.refusal.past", field: "day")) }
            if day > today.adding(days: Self.longestAhead) {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.route.refusal.ahead", field: "day", ["days": "\(Self.longestAhead)"]))
            }
            if stops.isEmpty { refusals.append(Refusal(.invalid, "recognition.route.refusal.empty")) }
            for stop in stops where !Self.hours.contains(stop.start) {
                refusals.append(
                    Refusal(.invalid, "recognition.route.refusal.hours", field: "start.\(stop.dossier)"))
            }
            for (one, next) in zip(stops, stops.dropFirst()) where next.start - one.start < Self.leastMinutes {
                refusals.append(
                    Refusal(
                        .invalid, "recognition.route.refusal.tooClose", field: "start.\(next.dossier)",
                        ["before": one.area, "minutes": "\(Self.leastMinutes)"]))
            }
            return Refusal.of(refusals)
        }

        /// Whether enough of a panel's visits come unannounced.
        package static func hasEnoughUnannounced(_ count: Int, of all: Int) -> Bool {
            count * unannounced.of >= all * unannounced.least
        }

        /// "8:30", "08h30" and "8" as minutes after midnight; nil when it is no time of day.
        package static func minutes(of typed: String) -> Int? {
            let parts = typed.lowercased().split(separator: ":", omittingEmptySubsequences: false)
                .flatMap { $0.split(separator: "h", omittingEmptySubsequences: false) }
                .map { $0.filter { !$0.isWhitespace } }
            guard let hours = parts.first.flatMap({ Int($0) }), parts.count <= 2 else { return nil }
            let rest = parts.count == 2 && !parts[1].isEmpty ? Int(parts[1]) : 0
            guard let minutes = rest, (0...23).contains(hours), (0...59).contains(minutes) else { return nil }
            return hours * 60 + minutes
        }

        /// "08:30".
        package static func clock(_ minutes: Int) -> String {
            func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            return "\(two(minutes / 60)):\(two(minutes % 60))"
        }
    }
}
