/// A table that becomes cards under 40rem: `web-table`.
package struct WebTable: Sendable {
    package let caption: String?
    package let columns: [WebColumn]
    package let rows: [WebRow]
    package let foot: WebRow?

    /// Cells without a name of their own take their column's, which a card shows beside the value.
    package init(caption: String? = nil, columns: [WebColumn], rows: [WebRow], foot: WebRow? = nil) {
        self.caption = caption
        self.columns = columns
        self.rows = rows.map { $0.named(by: columns) }
        self.foot = foot?.named(by: columns)
    }
}

/// One column's head.
package struct WebColumn: Sendable {
    package let name: String
    /// Right aligned, and so are the cells under it.
    package let isNumber: Bool

    package init(_ name: String, isNumber: Bool = false) {
        self.name = name
        self.isNumber = isNumber
    }
}

/// One line of a table, a cell for each column.
package struct WebRow: Sendable {
    package let cells: [WebCell]

    package init(_ cells: [WebCell]) { self.cells = cells }

    fileprivate func named(by columns: [WebColumn]) -> WebRow {
        WebRow(
            cells.enumerated().map { index, cell in
                var cell = cell
                if index < columns.count {
                    if cell.name.isEmpty { cell.name = columns[index].name }
                    if columns[index].isNumber { cell.isNumber = true }
                }
                return cell
            })
    }
}

/// A cell of a table: `web-cell`. What is nil draws nothing.
package struct WebCell: Sendable {
    /// The column's name, shown on a card. `WebTable` fills it in.
    package var name: String
    package let text: String?
    package let href: String?
    /// The first cell of its row, the card's title.
    package let isHead: Bool
    package var isNumber: Bool
    package let status: WebStatus?
    /// A second, quiet line.
    package let also: String?
    package let bar: WebBar?
    package let five: WebFive?

    package init(
        name: String = "", text: String? = nil, href: String? = nil, isHead: Bool = false, isNumber: Bool = false,
        status: WebStatus? = nil, also: String? = nil, bar: WebBar? = nil, five: WebFive? = nil
    ) {
        self.name = name
        self.text = text
        self.href = href
        self.isHead = isHead
        self.isNumber = isNumber
        self.status = status
        self.also = also
        self.bar = bar
        self.five = five
    }

    /// The first cell of a row: what the row is about.
    package static func head(
        _ text: String, href: String? = nil, also: String? = nil, status: WebStatus? = nil
    ) -> WebCell {
        WebCell(text: text, href: href, isHead: true, status: status, also: also)
    }

    /// A text; nil leaves the cell empty.
    package static func text(_ text: String?, href: String? = nil, also: String? = nil) -> WebCell {
        WebCell(text: text, href: href, also: also)
    }

    /// - Parameter text: written out in the reader's language.
    package static func number(
        _ text: String?, href: String? = nil, also: String? = nil, bar: WebBar? = nil, five: WebFive? = nil
    ) -> WebCell {
        WebCell(text: text, href: href, isNumber: true, also: also, bar: bar, five: five)
    }

    /// How something stands.
    package static func status(_ status: WebStatus, also: String? = nil) -> WebCell {
        WebCell(status: status, also: also)
    }

    /// A link and its words.
    package static func link(_ link: WebLink) -> WebCell { WebCell(text: link.label, href: link.href) }
}
