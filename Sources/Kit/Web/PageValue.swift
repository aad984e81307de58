import Mustache

/// A value that a page shows by the hundred and that therefore tells templates its fields itself: reflection costs
/// about 0.4 µs a field, which is most of the time of a list of fifty rows. Everything else is a plain struct.
///
///     package func child(named name: String) -> Any? {
///         switch name {
///         case "name": name_
///         case "note": shown(note)      // an optional
///         default: nil
///         }
///     }
///
/// A test holds the names against the stored properties.
package protocol PageValue: MustacheParent, Sendable {}

extension PageValue {
    /// An optional field: what it holds, or nothing, said aloud, so that the look-up ends here and does not climb to
    /// an outer object of the same name.
    package func shown(_ value: (any Sendable)?) -> Any { value ?? Absent.value }
}

/// Nothing, said aloud.
struct Absent: MustacheCustomRenderable {
    static let value = Absent()

    var renderText: String { "" }
    var isNull: Bool { true }
}
