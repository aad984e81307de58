import Core

extension Recognition {
    /// A member leaves a formed panel, for a reason; somebody takes the seat, or it stays empty.
    package struct PanelChange: Sendable {
        /// Who sits on it now.
        package let seats: [PanelSeat]
        package let leaving: ID
        /// Nil when the seat stays empty.
        package let joining: PanelSeat?
        package let reason: String
        /// Areas of the panel's dossiers that tie whoever joins.
        package let ties: [String]
        /// Whoever joins sat on it before.
        package let wasMember: Bool

        package init(
            seats: [PanelSeat], leaving: ID, joining: PanelSeat?, reason: String, ties: [String] = [],
            wasMember: Bool = false
        ) {
            self.seats = seats
            self.leaving = leaving
            self.joining = joining
            self.reason = reason
            self.ties = ties
            self.wasMember = wasMember
        }

        /// The duty that is taken over: who joins takes that of who leaves.
        package var duty: PanelDuty? { seats.first { $0.person == leaving }?.duty }

        package var refusal: Refusal? {
            var refusals: [Refusal] = []
            if duty == nil { refusals.append(Refusal(.invalid, "recognition.panel.refusal.notOnIt", field: "leaving")) }
            if !reason.contains(where: { !$0.isWhitespace }) {
                refusals.append(Refusal(.invalid, "recognition.panel.refusal.changeReason", field: "reason"))
            }
            if let joining {
                if wasMember || seats.contains(where: { $0.person == joining.person }) {
                    refusals.append(
                        Refusal(
                            .invalid, "recognition.panel.refusal.onItAlready", field: "joining",
                            ["name": joining.name]))
                }
                for area in ties {
                    refusals.append(
                        Refusal(
                            .invalid, "recognition.panel.refusal.ownArea", field: "joining",
                            ["member": joining.name, "area": area]))
                }
            } else if let duty, duty != .member {
                refusals.append(
                    Refusal(.invalid, "recognition.panel.refusal.dutyEmpty.\(duty.rawValue)", field: "joining"))
            }
            return Refusal.of(refusals)
        }
    }

    /// A change as it was recorded.
    package struct PanelChanged: Sendable {
        package let day: Day
        package let left: String
        package let joined: String?
        package let duty: PanelDuty
        package let reason: String
        /// They had scored: what they gave stays, with their name.
        package let hadScored: Bool

        package init(day: Day, left: String, joined: String?, duty: PanelDuty, reason: String, hadScored: Bool) {
            self.day = day
            self.left = left
            self.joined = joined
            self.duty = duty
            self.reason = reason
            self.hadScored = hadScored
        }
    }
}
