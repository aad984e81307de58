import Core
import Criteria
import Web

/// What is to be known of a dossier besides its values and the result of its ballot.
struct RecognitionBackgroundAnswer: Encodable, Sendable {
    struct Change: Encodable, Sendable {
        let from: Int?
        let to: Int
        let reason: String
        let person: String?
        let day: Day
    }

    struct Before: Encodable, Sendable {
        let year: Int
        let households: Int
        let now: Int
    }

    struct Earlier: Encodable, Sendable {
        let from: Day
        let last: Day
        /// Nil where it ended without a result.
        let ballot: RecognitionPanelBallotAnswer?
    }

    /// Of the number of households, by the commune.
    let changes: [Change]
    /// Where the area recorded more households in a year before.
    let before: Before?
    /// Ballots of the same area, title and year that were held before.
    let earlier: [Earlier]

    init(_ background: Recognition.Background) {
        changes = background.changes.map {
            Change(from: $0.from, to: $0.to, reason: $0.reason, person: $0.person, day: $0.at.day)
        }
        before = background.before.map { Before(year: $0.year, households: $0.households, now: $0.now) }
        earlier = background.earlier.map { earlier in
            Earlier(
                from: earlier.days.from, last: earlier.days.last,
                ballot: earlier.ballot.map { RecognitionPanelBallotAnswer($0, earlier.terms) })
        }
    }

    static let sample = RecognitionBackgroundAnswer(RecognitionSamples.background)

    /// One sentence each.
    func texts(_ view: View) -> [String] { householdTexts(view) + ballotTexts(view) }

    func notices(_ view: View) -> [WebNotice] { texts(view).map { WebNotice(.wait, text: $0) } }

    func householdTexts(_ view: View) -> [String] {
        let format = view.language.format
        let changed = changes.map { change in
            view(
                change.from == nil ? "recognition.households.set" : "recognition.households.changed",
                [
                    "from": change.from.map { format.integer($0) } ?? "", "to": format.integer(change.to),
                    "day": view.day(change.day),
                    "person": change.person ?? view("recognition.households.commune"), "reason": change.reason,
                ])
        }
        return changed
            + (before.map { before in
                [
                    view(
                        "recognition.households.fewer",
                        [
                            "now": format.integer(before.now), "year": "\(before.year)",
                            "before": format.integer(before.households),
                        ])
                ]
            } ?? [])
    }

    func ballotTexts(_ view: View) -> [String] {
        earlier.map { earlier in
            view(
                earlier.ballot == nil ? "recognition.ballot.earlier.none" : "recognition.ballot.earlier.result",
                [
                    "from": view.day(earlier.from), "last": view.day(earlier.last),
                    "text": earlier.ballot?.shown(view) ?? "",
                ])
        }
    }
}

extension RecognitionSamples {
    static let background = Recognition.Background(
        changes: [
            Recognition.HouseholdsChange(from: 214, to: 210, reason: "Moved.", person: "Sample", at: instant)
        ],
        before: Recognition.HouseholdsBefore(year: 2025, households: 214, now: 210),
        earlier: [
            Recognition.EarlierBallot(
                days: postingDays,
                ballot: Recognition.PanelBallot(
                    households: 214, handedOut: 214, returned: 163, valid: 161, satisfied: 89),
                terms: .standard)
        ])
}
