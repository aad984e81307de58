import Core
import Database

/// What recognition shows and heeds of an indicator that an office fills in for all areas.
package struct RecognitionSupply: Encodable, Sendable, Equatable {
    /// Whether the office's figure is there.
    package enum Standing: String, Encodable, Sendable, CaseIterable {
        /// The office put the figure in.
        case held
        /// It has not, and its day has not come.
        case awaited
        /// Its day went by: the area may type the figure itself.
        case late
    }

    /// A paper of the office's for the whole column.
    package struct Paper: Encodable, Sendable, Equatable {
        package let name: String
        package let href: String

        package init(name: String, href: String) {
            self.name = name
            self.href = href
        }
    }

    package let office: String
    package let standing: Standing
    /// The last day on which the office is in time.
    package let due: Day
    /// The last day on which the area may object to the figure; nil while there is none.
    package let objectionsUntil: Day?
    /// An objection stands that is not answered.
    package let isObjected: Bool
    package let papers: [Paper]
    /// Where the area sees its figures and objects.
    package let href: String

    package init(
        office: String, standing: Standing, due: Day, objectionsUntil: Day?, isObjected: Bool, papers: [Paper],
        href: String
    ) {
        self.office = office
        self.standing = standing
        self.due = due
        self.objectionsUntil = objectionsUntil
        self.isObjected = isObjected
        self.papers = papers
        self.href = href
    }

    /// Why the area does not type this figure; nil when it may.
    ///
    /// - Parameter shown: writes a day in the reader's language.
    func refusalToType(shown: (Day) -> String) -> Refusal? {
        switch standing {
        case .late: nil
        case .held: Refusal(.invalid, "recognition.supply.refusal.held", field: "value", ["office": office])
        case .awaited:
            Refusal(
                .invalid, "recognition.supply.refusal.awaited", field: "value",
                ["office": office, "day": shown(due)])
        }
    }

    static let sample = RecognitionSupply(
        office: "Sample", standing: .held, due: RecognitionSamples.day, objectionsUntil: RecognitionSamples.day,
        isObjected: true, papers: [Paper(name: "Sample", href: "/")], href: "/")
}
