import Core
import Database

/// A column of another feature's table that points to units or organisations: while rows stand there, an import that
/// brought them in cannot be taken back.
package struct ImportReference: Sendable {
    /// Words' key of what stands in the way: "phân công chức vụ".
    package let label: String
    let table: StaticString
    let column: StaticString

    package init(_ label: String, table: StaticString, column: StaticString) {
        self.label = label
        self.table = table
        self.column = column
    }
}

extension [ImportReference] {
    /// The offices that people hold, which every installation has.
    package static let roles = [
        ImportReference("organisation.import.reference.roles", table: "role_assignment", column: "territory_id"),
        ImportReference("organisation.import.reference.roles", table: "role_assignment", column: "organisation_id"),
    ]
}
