import Core
import Criteria

extension RecognitionEarlier {
    /// What is there already, below the unit of the import.
    struct Known: Sendable {
        struct Unit: Sendable {
            let id: ID
            let parent: ID?
            let isArea: Bool
            let name: String
            let nameKey: String
            let code: String?
            /// The first day without; nil while it stands.
            let until: Day?
        }

        /// A body that may have decided; also one that ended since.
        struct Body: Sendable {
            let id: ID
            let name: String
            let nameKey: String
            let territory: ID
            /// Of the unit it stands on.
            let level: Criteria.Level
        }

        /// A title in the register.
        struct Grant: Sendable {
            let area: ID
            let kind: Recognition.TitleKind
            let body: ID
            let number: String
            let numberKey: String
            let from: Day
            let until: Day?
            let endedOn: Day?
            /// The number of the decision, made in this system, that took it back.
            var withdrawnBy: String?

            func holds(on day: Day) -> Bool {
                from <= day && (until.map { day < $0 } ?? true) && (endedOn.map { day < $0 } ?? true)
            }
        }

        /// A decision in the register.
        struct Decision: Sendable {
            let body: ID
            let numberKey: String
            let day: Day
            /// The title it gives and the level it was made at.
            let title: String
            let level: Criteria.Level
            /// Made in this system, with all the areas it names.
            let isOwn: Bool
            /// The unit whose bodies decided.
            let territory: ID
            let number: String
        }

        /// Since when an area walks the way of this system to a title; what it gave back does not count.
        struct Registration: Sendable {
            let area: ID
            let kind: Recognition.TitleKind
            let day: Day
        }

        let base: ID
        /// A commune enters what it may decide itself; the province enters the rest.
        let isCommune: Bool
        /// The body whose decisions are meant where a row names none: the one that the importer acts for.
        let own: ID?
        let titles: [Criteria.Title]
        let units: [Unit]
        let bodies: [Body]
        let grants: [Grant]
        let decisions: [Decision]
        let registrations: [Registration]
        let today: Day
        /// The key of a name without its kind: "Thôn Gia Hòa" and "Gia Hòa" are one.
        let plain: @Sendable (String) -> String
        /// Names that a mistyped one was probably meant for.
        let near: @Sendable (String, [String]) -> [String]
    }
}
