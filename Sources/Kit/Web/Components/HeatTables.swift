/// Areas by indicators, shape and number in each cell, from 60rem: `web-heat`. Below that `WebAreaLines` stands in
/// its place.
package struct WebHeat: Sendable {
    /// One area, over its column.
    package struct Column: Sendable {
        package let name: String
        package let href: String?
        package let state: WebState
        package let word: String

        package init(_ name: String, href: String? = nil, _ status: WebStatus) {
            self.name = name
            self.href = href
            state = status.state
            word = status.word
        }
    }

    /// One group, or one indicator of the open group.
    package struct Row: Sendable {
        package let name: String
        /// "/20".
        package let of: String?
        package let href: String?
        /// An indicator of the open group.
        package let isInner: Bool
        package let cells: [WebHeatCell]

        package init(
            _ name: String, of: String? = nil, href: String? = nil, isInner: Bool = false, cells: [WebHeatCell]
        ) {
            self.name = name
            self.of = of
            self.href = href
            self.isInner = isInner
            self.cells = cells
        }
    }

    /// The sums below, one for each column.
    package struct Total: Sendable {
        package let name: String
        package let of: String?
        package let values: [String]

        package init(_ name: String, of: String? = nil, values: [String]) {
            self.name = name
            self.of = of
            self.values = values
        }
    }

    package let caption: String
    /// Head of the first column.
    package let corner: String
    package let columns: [Column]
    package let rows: [Row]
    package let total: Total?

    package init(caption: String, corner: String, columns: [Column], rows: [Row], total: Total? = nil) {
        self.caption = caption
        self.corner = corner
        self.columns = columns
        self.rows = rows
        self.total = total
    }
}

/// A cell of a heat table: `web-heat-cell`.
package struct WebHeatCell: Sendable {
    package let state: WebState
    /// Read aloud behind the value.
    package let word: String
    package let value: String
    package let href: String?

    package init(_ value: String, _ status: WebStatus, href: String? = nil) {
        state = status.state
        word = status.word
        self.value = value
        self.href = href
    }
}

/// The phone's form of a heat table; hidden from 60rem: `web-area-lines`.
package struct WebAreaLines: Sendable {
    /// One area with its state, its five groups and its total.
    package struct Line: Sendable {
        package let name: String
        package let href: String
        package let status: WebStatus
        package let five: WebFive?
        package let total: String

        package init(name: String, href: String, status: WebStatus, five: WebFive? = nil, total: String) {
            self.name = name
            self.href = href
            self.status = status
            self.five = five
            self.total = total
        }
    }

    package let lines: [Line]

    package init(lines: [Line]) { self.lines = lines }
}
