import Core

extension Goals {
    /// What a commune or district can win. The product keeps their register and does not judge them.
    package enum UnitTitle: String, Sendable, CaseIterable, Codable {
        /// Đạt chuẩn nông thôn mới.
        case newCountryside
        /// Nâng cao.
        case advanced
        /// Kiểu mẫu.
        case model
        /// Đô thị loại III, IV, V; đô thị văn minh.
        case urban
        case other

        /// How high it stands among the titles of new countryside, each of which takes the place of the one below; nil for
        /// the others.
        package var rung: Int? {
            switch self {
            case .newCountryside: 1
            case .advanced: 2
            case .model: 3
            case .urban, .other: nil
            }
        }

        /// Whether its name tells it from another of the same kind: urban grade V is not grade IV.
        package var isNamed: Bool { self == .urban || self == .other }

        /// What two records must share to be of the same title.
        package func key(_ name: String) -> String {
            isNamed ? "\(rawValue):\(VietnameseText.nameKey(name))" : rawValue
        }
    }

    /// How a goal stands.
    package enum GoalStanding: String, Sendable, CaseIterable, Codable {
        /// The register says the unit won it.
        case reached
        case onTheWay
        /// Its day is past and the register has nothing.
        case late
        /// Given up by a document.
        case dropped
    }

    /// Reached beats all: a goal given up and won all the same was won.
    package static func standing(due: Day, reachedOn: Day?, droppedOn: Day?, on today: Day) -> GoalStanding {
        if let reachedOn, reachedOn <= today { return .reached }
        if droppedOn != nil { return .dropped }
        return due < today ? .late : .onTheWay
    }

    /// A goal as somebody means to set or change it.
    package struct GoalRule: Sendable {
        package let due: Day
        /// Another goal of this unit for the same title that is neither reached nor dropped; its day.
        package let open: Day?
        /// The day from which the unit holds the title today; nil when it does not.
        package let held: Day?

        package init(due: Day, open: Day?, held: Day? = nil) {
            self.due = due
            self.open = open
            self.held = held
        }

        /// A goal lies ahead, there is one open goal for a unit and title, and none for what the unit holds.
        package func refusal(on today: Day) -> Refusal? {
            var refusals: [Refusal] = []
            if due <= today { refusals.append(Refusal(.invalid, "goals.refusal.goalPast", field: "due")) }
            if due > today.adding(months: 12 * 30) {
                refusals.append(Refusal(.invalid, "goals.refusal.goalFar", field: "due"))
            }
            if let open {
                refusals.append(
                    Refusal(.conflict, "goals.refusal.goalOpen", field: "title", ["due": open.isoText]))
            }
            if let held {
                refusals.append(
                    Refusal(.conflict, "goals.refusal.goalHeld", field: "title", ["from": held.isoText]))
            }
            return Refusal.of(refusals)
        }
    }

    /// A title of a unit as somebody means to enter it into the register.
    package struct UnitTitleRule: Sendable {
        package let document: Document
        package let from: Day
        /// The first day without; nil where no term is set.
        package let until: Day?
        /// From where to where the unit stood.
        package let unit: Period
        /// The day from which the same title holds already; nil when it does not.
        package let held: Day?
        /// Where that title is over by now, the first day without it.
        package let heldOver: Day?

        package init(document: Document, from: Day, until: Day?, unit: Period, held: Day?, heldOver: Day? = nil) {
            self.document = document
            self.from = from
            self.until = until
            self.unit = unit
            self.held = held
            self.heldOver = heldOver
        }

        /// What is wrong with the entry, all at once; nil when nothing is.
        package func refusal(on today: Day) -> Refusal? {
            var refusals: [Refusal] = []
            if let ahead = document.refusal(on: today) { refusals.append(ahead) }
            if from < document.day {
                refusals.append(Refusal(.invalid, "goals.refusal.fromBeforeDecision", field: "from"))
            }
            if let until, until <= from {
                refusals.append(Refusal(.invalid, "goals.refusal.untilBeforeFrom", field: "last"))
            }
            // A title is given to a unit that is there on the day.
            if !unit.contains(document.day), document.day <= today {
                refusals.append(Refusal(.invalid, "goals.refusal.unitNotThen", field: "documentDay"))
            }
            if let held {
                let over = heldOver.flatMap { $0 <= today ? $0 : nil }
                refusals.append(
                    Refusal(
                        .conflict, over == nil ? "goals.refusal.heldAlready" : "goals.refusal.heldThen", field: "title",
                        ["from": held.isoText, "over": over?.isoText ?? ""]))
            }
            return Refusal.of(refusals)
        }
    }

    /// Why a title of a unit ended.
    package enum Ending: String, Sendable, CaseIterable, Codable {
        case withdrawn, lapsed, renewed, raised
        /// It never was: the entry is a slip. It holds on no day and stands in no count.
        case mistaken

        /// What a document ends a title by.
        package static let byDocument: [Ending] = [.withdrawn, .lapsed, .renewed, .raised]
    }
}
