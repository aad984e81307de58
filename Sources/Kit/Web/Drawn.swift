import Mustache

/// HTML written in code: for the few lists that are shown so often that leading each row through a template is most of
/// what their page costs (decision 0024). Markup can only be a literal of the program; whatever else goes in is escaped.
///
/// A template shows it as `{{{drawn}}}`, the one tag that is not escaped; a test keeps all others away.
package struct Drawn: Sendable, MustacheCustomRenderable {
    private var html = ""

    /// - Parameter bytes: about how long it will be.
    package init(reserving bytes: Int = 0) { html.reserveCapacity(bytes) }

    /// Adds markup as it stands in the code.
    package mutating func markup(_ literal: StaticString) {
        literal.withUTF8Buffer { html += String(decoding: $0, as: UTF8.self) }
    }

    /// Adds a text, escaped.
    package mutating func text(_ text: String) { html += HTMLBytes().escapeText(text) }

    package var renderText: String { html }
    package var isNull: Bool { html.isEmpty }
}
