import Core
import Criteria
import Database
import Organisation

extension Recognition {
    /// A dossier with its values and acts, told at once.
    package struct ToldDossier: Sendable {
        /// One act of its story.
        package struct Act: Sendable {
            package let action: Action
            package let at: Instant

            package init(_ action: Action, at: Instant) {
                self.action = action
                self.at = at
            }
        }

        package let id: ID
        package let registration: Registration
        /// Begins with `register`; each must be possible in the state that the one before led to.
        package let acts: [Act]
        package let values: [NewValue]
        package let filledAt: Instant
        /// In whose name the area's side acts, and the commune's.
        package let area: ID
        package let commune: ID

        package init(
            id: ID, registration: Registration, acts: [Act], values: [NewValue], filledAt: Instant, area: ID,
            commune: ID
        ) {
            self.id = id
            self.registration = registration
            self.acts = acts
            self.values = values
            self.filledAt = filledAt
            self.area = area
            self.commune = commune
        }
    }
}

extension RecognitionStore {
    /// Writes many dossiers at once with what the ordinary acts would have written, but for reminders and the audit
    /// trail. For seeds of the size of a country and benchmarks.
    ///
    /// - Throws: `Refusal` for an act that is not possible where the dossier stands.
    package static func add(
        _ told: [Recognition.ToldDossier], ids: IDSource, calendar: Recognition.YearCalendar = .standard,
        _ writer: any Writer
    ) throws {
        let events = try told.map { try story(of: $0) }
        var dossiers = BulkInsert(
            """
            INSERT INTO dossier (id, territory_id, year, title, level, area_class, region, criteria_set_id, rules_id, state,
            state_since, due_on, round, registered_at, revision) VALUES \

            """, columns: 15, writer)
        var calendars: [[ID?]: Recognition.YearCalendar] = [:]
        for versions in Set(told.map { [$0.registration.criteriaSet, $0.registration.rules] }) {
            guard let set = versions[0] else { continue }
            calendars[versions] = calendar.following(try criteria(set, rules: versions[1], writer).procedure)
        }
        for (one, story) in zip(told, events) {
            guard let first = story.first, let last = story.last else { continue }
            let r = one.registration
            let due = calendars[[r.criteriaSet, r.rules]]?.due(last.to, year: r.year, since: last.at.day)
            try dossiers.add(
                .id(one.id), .id(r.area), .integer(Int64(r.year)), .text(r.title), .text(r.level.rawValue),
                .optional(r.areaClass), .optional(r.region), .id(r.criteriaSet), .optional(r.rules),
                .text(last.to.rawValue),
                .integer(last.at.milliseconds), .optional(due), .integer(Int64(last.round)),
                .integer(first.at.milliseconds), .integer(Int64(story.count)))
        }
        try dossiers.flush()
        var rows = BulkInsert(
            """
            INSERT INTO dossier_event (dossier_id, id, action, state_from, state_to, round, organisation_id, at) VALUES \

            """, columns: 8, writer)
        for (one, story) in zip(told, events) {
            for event in story {
                let isCommune = [.checkDossier, .forwardDossiers].contains(event.step.needs)
                try rows.add(
                    .id(one.id), .id(ids.next()), .text(event.step.action.rawValue),
                    .optional(event.step.from?.rawValue), .text(event.to.rawValue), .integer(Int64(event.round)),
                    .id(isCommune ? one.commune : one.area), .integer(event.at.milliseconds))
            }
        }
        try rows.flush()
        try addValues(of: told, ids, writer)
    }

    private static func addValues(of told: [Recognition.ToldDossier], _ ids: IDSource, _ writer: any Writer) throws {
        var values = BulkInsert(
            """
            INSERT INTO indicator_value (dossier_id, side, code, value_kind, value_number, value_text, note, at, version)
            VALUES \

            """, columns: 9, writer)
        var history = BulkInsert(
            """
            INSERT INTO indicator_value_history (dossier_id, code, id, side, value_kind, value_number, value_text, note,
            at, version, outcome) VALUES \

            """, columns: 11, writer)
        for one in told {
            let at = Value.integer(one.filledAt.milliseconds)
            for value in one.values {
                let (kind, number, text) = columns(of: value.value, value.counted)
                let what: [Value] = [
                    .text(kind), number.map(Value.integer) ?? .null, .optional(text), .optional(value.note),
                ]
                try values.add(
                    .id(one.id), .text(value.side.rawValue), .text(value.code), what[0], what[1], what[2], what[3], at,
                    .integer(1))
                try history.add(
                    .id(one.id), .text(value.code), .id(ids.next()), .text(value.side.rawValue), what[0], what[1],
                    what[2], what[3], at, .integer(1), .text("saved"))
            }
        }
        try values.flush()
        try history.flush()
    }

    private struct ToldEvent {
        let step: Recognition.LifeCycle.Step
        let to: Recognition.State
        let round: Int
        let at: Instant
    }

    private static func story(of told: Recognition.ToldDossier) throws -> [ToldEvent] {
        var events: [ToldEvent] = []
        for act in told.acts {
            let step = try Recognition.LifeCycle.possible(events.last?.to, act.action)
            let round = (events.last?.round ?? 0) + (act.action == .submit ? 1 : 0)
            events.append(ToldEvent(step: step, to: step.to, round: round, at: act.at))
        }
        return events
    }
}
