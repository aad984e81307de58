import Core
import Criteria
import Database
import Organisation

extension Recognition {
    /// An appraisal panel (tổ thẩm định) of a deciding level.
    package struct Panel: Governed {
        package static let kind = "panel"

        package let id: ID
        package let territory: TerritoryTitle
        package let organisation: ID
        /// The body that formed it.
        package let body: String
        package let name: String
        package let year: Int
        package let formedAt: Instant
        /// What decides the draw of second scores; published with the panel.
        package let seed: String
        /// Chair, secretary, then the others by given name.
        package let members: [PanelSeat]
        /// Who gave their seat to another after they had scored: what they gave stays, with their name.
        package let former: [PanelSeat]
        /// How many dossiers it took, and of how many the minutes are closed.
        package let taken: Int
        package let concluded: Int
        package let revision: Int
        package let place: [ID]

        package func seat(of person: ID) -> PanelSeat? { members.first { $0.person == person } }
    }

    /// A panel about to be formed.
    package struct NewPanel: Sendable {
        package let territory: ID
        package let organisation: ID
        package let name: String
        package let year: Int
        package let chair: ID?
        package let secretary: ID?
        /// All of them, chair and secretary too.
        package let members: [ID]
        package let dossiers: [ID]

        package init(
            territory: ID, organisation: ID, name: String, year: Int, chair: ID?, secretary: ID?, members: [ID],
            dossiers: [ID]
        ) {
            self.territory = territory
            self.organisation = organisation
            self.name = name
            self.year = year
            self.chair = chair
            self.secretary = secretary
            self.members = members
            self.dossiers = dossiers
        }
    }

    /// One dossier before one panel, in one round of handing in.
    package struct Appraisal: Sendable {
        /// How it ended: by its minutes, or sent back to the area.
        package enum End: String, Sendable, CaseIterable, Codable { case passes, passesNot, returned }

        package let id: ID
        package let panel: ID
        package let dossier: ID
        package let round: Int
        package let takenAt: Instant
        /// When the chair closed the blind scoring; nil while it is open or opened by itself.
        package let closedAt: Instant?
        package let endedAt: Instant?
        /// Who closed the minutes.
        package let ender: String?
        package let end: End?
        /// Why the panel concluded otherwise than the set's sums.
        package let reason: String?
        package let remark: String?
        /// Who was there besides the members when the minutes were closed.
        package let attended: [Attendee]

        package var conclusion: PanelConclusion? { end.flatMap { PanelConclusion(rawValue: $0.rawValue) } }
    }

    /// A field check (kiểm tra thực tế).
    package struct Visit: Sendable {
        /// What was seen, held against what the dossier says.
        package enum Result: String, Sendable, CaseIterable, Codable { case asWritten, otherwise, unclear }

        /// What was seen of one indicator.
        package struct Look: Sendable, Equatable {
            package let code: String
            package let result: Result
            package let note: String?

            package init(code: String, result: Result, note: String?) {
                self.code = code
                self.result = result
                self.note = note
            }
        }

        package let id: ID
        package let day: Day
        /// The area had been told.
        package let isAnnounced: Bool
        /// Members of the panel who went.
        package let members: [(person: ID, name: String)]
        /// Who else was there: the area's and the commune's.
        package let others: [Attendee]
        package let remark: String?
        package let looks: [Look]
        package let recorder: String?
    }

    /// A field check as it is recorded.
    package struct NewVisit: Sendable {
        package let day: Day
        /// Nil: as the route says, and announced where no route does.
        package let isAnnounced: Bool?
        package let members: [ID]
        package let others: [Attendee]
        package let remark: String?
        package let looks: [Visit.Look]

        package init(
            day: Day, isAnnounced: Bool? = nil, members: [ID], others: [Attendee] = [], remark: String?,
            looks: [Visit.Look]
        ) {
            self.day = day
            self.isAnnounced = isAnnounced
            self.members = members
            self.others = others
            self.remark = remark
            self.looks = looks
        }
    }

    /// Everything the panel has on one dossier.
    package struct PanelWork: Sendable {
        package let dossier: Dossier
        package let panel: Panel
        package let appraisal: Appraisal
        /// The area's and the commune's values, and the panel's once the minutes are closed.
        package let assessment: Assessment
        package let scoring: PanelScoring
        package let visits: [Visit]
        package let preceding: Preceding
        /// What offices were asked about the values they hold, and what they answered.
        package let confirmations: [Confirmation]

        package var judged: Set<String> { Set(scoring.judged) }

        /// Who may look at the area for the panel: the same who may score it.
        package var able: Set<ID> { Set(scoring.standings.filter(\.isAble).map(\.seat.person)) }

        /// Refuses a field check that somebody tied to the area, or who has declared nothing yet, makes or writes down.
        ///
        /// - Parameter people: who went and who records it.
        package func refusalToVisit(_ people: [ID]) -> Refusal? {
            let (able, people) = (able, Set(people))
            let tied = panel.members.filter { people.contains($0.person) && !able.contains($0.person) }.map(\.name)
            guard !tied.isEmpty else { return nil }
            return Refusal(
                .invalid, "recognition.panel.refusal.visitTied", field: "members",
                ["names": tied.joined(separator: ", ")])
        }

        /// The panel's value of an indicator that differs from, or judges anew, what the commune had.
        package func panelValue(_ code: String) -> Criteria.Value? {
            judged.contains(code) ? scoring.value(code) : scoring.settlements[code]?.value
        }

        /// The assessment as it will be once the minutes are closed.
        package var appraised: Assessment {
            guard appraisal.endedAt == nil else { return assessment }
            let entries = assessment.indicators.flatMap { indicator -> [Entry] in
                let code = indicator.code
                let before = [Side.own, .check].compactMap { assessment.entry(code, $0) }
                guard let value = panelValue(code) else { return before }
                return before + [
                    Entry(
                        code: code, side: .appraisal, value: value, note: scoring.settlements[code]?.reason,
                        enteredBy: nil, enterer: nil, at: appraisal.takenAt, version: 1)
                ]
            }
            return Assessment(assessment.set, for: assessment.aim, entries)
        }

        package var finding: PanelFinding {
            PanelFinding(
                appraised.score(.appraisal), ballot: preceding.ballot, by: Terms.of(assessment.set, for: dossier.title))
        }

        package var closing: PanelClosing {
            PanelClosing(
                scoring: scoring, visits: visits.count,
                least: PanelRules.leastMembers(under: [assessment.set]),
                contradicted: Recognition.contradicted(
                    confirmations, by: { panelValue($0) ?? assessment.effective($0, .check) },
                    settled: Set(scoring.settlements.keys)))
        }

        package var presiding: PanelSeat? { Recognition.presiding(scoring.standings) }

        /// Refuses what only the one who presides may do.
        package func refusalToPreside(_ person: ID) -> Refusal? {
            Recognition.refusalToPreside(scoring.standings, by: person)
        }
    }
}
