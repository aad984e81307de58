import Core
import Database

/// Something that waits for a person, as a feature tells home. Its words stand in the feature's own words under
/// `<words>.title`, `<words>.why` and `<words>.verb`, with `arguments` in their places.
package struct Waiting: Encodable, Sendable, Equatable {
    package let words: String
    package let arguments: [String: String]
    /// The record it is about; nil for what is yet to be made.
    package let subject: ID?
    /// The last day on which it is in time; nil when nothing hurries.
    package let due: Day?
    /// How long it should take; nil when nobody estimated.
    package let minutes: Int?
    /// The page where it is done.
    package let href: String

    package init(
        _ words: String, _ arguments: [String: String] = [:], subject: ID? = nil, due: Day? = nil, minutes: Int? = nil,
        href: String
    ) {
        self.words = words
        self.arguments = arguments
        self.subject = subject
        self.due = due
        self.minutes = minutes
        self.href = href
    }
}

/// Finds what of a feature waits for a person on a day. It asks nothing of the database for whoever has no part in it.
package typealias WaitingSource = @Sendable (Actor, Day, any Reader) throws -> [Waiting]
