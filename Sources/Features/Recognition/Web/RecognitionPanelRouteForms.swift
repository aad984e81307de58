import Core
import Web

/// A route for a day: when the panel is where, and whether the area is told.
struct RecognitionPanelRouteForm: Form {
    static let name = "recognition.route.planning"
    static let fields = [
        Field("day", .day), Field("start", .group(8), optional: true), Field("announced", .group(3), optional: true),
    ]

    let day: Day
    /// Minutes after midnight by dossier.
    let starts: [ID: Int]
    let announced: Set<ID>

    init?(_ read: FormReader) {
        let day = read.day("day")
        var starts: [ID: Int] = [:]
        for (key, typed) in read.group("start") {
            guard let id = ID(key) else { continue }
            guard let minutes = Recognition.VisitRoute.minutes(of: typed) else {
                read.refuse("start.\(key)", "recognition.route.refusal.clock")
                continue
            }
            starts[id] = minutes
        }
        announced = Set(read.group("announced").keys.compactMap { ID($0) })
        guard let day, read.errors.isEmpty else { return nil }
        self.day = day
        self.starts = starts
    }
}

/// A member leaves a formed panel; somebody takes the seat.
struct RecognitionPanelChangeForm: Form {
    static let name = "recognition.panel.changing"
    static let fields = [
        Field("leaving", .record), Field("joining", .record, optional: true), Field("reason", .text(300)),
    ]

    let leaving: ID
    let joining: ID?
    let reason: String

    init?(_ read: FormReader) {
        let leaving = read.record("leaving")
        joining = read.record("joining")
        let reason = read.text("reason")
        guard let leaving, let reason else { return nil }
        self.leaving = leaving
        self.reason = reason
    }
}
