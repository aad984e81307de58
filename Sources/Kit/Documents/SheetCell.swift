/// What stands in one cell of a file that is written.
package enum SheetCell: Equatable, Sendable {
    /// Always text, whatever it looks like; never a formula, link or number.
    case text(String)
    case number(Double)
    /// Kept exactly: beyond 15 digits it is written as text, since spreadsheets would round it.
    case integer(Int)
    case empty
}

/// A column of a sheet that is written.
package struct SheetColumn: Equatable, Sendable {
    /// The words of the head line.
    package let title: String
    /// The width in characters of the usual digit, 1...255.
    package let width: Double

    package init(_ title: String, width: Double = 16) {
        self.title = title
        self.width = width
    }
}
