import Core
import Web

/// What another feature tells on an area's page, besides the link to a page of its own: the title it holds, where its
/// dossier is, who holds which office.
package struct AreaTelling: Sendable {
    /// One line, in the reader's language.
    package struct Line: Encodable, Sendable {
        package let label: String
        package let text: String
        package let href: String?

        package init(_ label: String, _ text: String, href: String? = nil) {
            self.label = label
            self.text = text
            self.href = href
        }

        static let sample = Line("Title", "Model", href: "/areas/1/titles")
    }

    /// The lines about an area that the asking person may see; none is no line.
    let lines: @Sendable (_ area: ID, _ call: Call<Actor>) throws -> [Line]

    package init(_ lines: @escaping @Sendable (_ area: ID, _ call: Call<Actor>) throws -> [Line]) {
        self.lines = lines
    }
}
