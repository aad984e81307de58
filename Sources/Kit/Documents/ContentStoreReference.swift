/// A column in which a feature records the addresses of kept files. What stands in one stays; what stands in none goes
/// with the next sweep. Every such column is in its feature's list: a test holds the schema against the lists.
package struct ContentReference: Sendable {
    package let table: StaticString
    package let column: StaticString
    /// SQL that says of a row that it still needs its file; nil when every row does.
    package let isNeeded: StaticString?

    package init(table: StaticString, column: StaticString, where isNeeded: StaticString? = nil) {
        self.table = table
        self.column = column
        self.isNeeded = isNeeded
    }
}
