/// Head of a page with its only `h1`: `web-head`.
package struct WebHead: Sendable {
    package let title: String
    /// Second voice under the title.
    package let lead: String?
    /// A greeting above the title.
    package let before: String?
    /// The way down to this page; may be empty.
    package let crumbs: [WebCrumb]
    package let status: WebStatus?

    package init(
        title: String, lead: String? = nil, before: String? = nil, crumbs: [WebCrumb] = [], status: WebStatus? = nil
    ) {
        self.title = title
        self.lead = lead
        self.before = before
        self.crumbs = crumbs
        self.status = status
    }
}

/// A step of the way down to a page.
package struct WebCrumb: Sendable {
    package let label: String
    /// Nil for the page itself.
    package let href: String?

    package init(_ label: String, _ href: String? = nil) {
        self.label = label
        self.href = href
    }
}

/// A notice in the page: `web-notice`. Give `bold` or `text` or both.
package struct WebNotice: Sendable {
    /// The cases' names are classes of the stylesheet and shapes of the sprite.
    package enum Kind: String, CaseIterable, Sendable { case done, wait, ask, error, plain }

    package let kind: Kind
    package let bold: String?
    package let text: String?
    package let action: WebLink?

    package init(_ kind: Kind, bold: String? = nil, text: String? = nil, action: WebLink? = nil) {
        self.kind = kind
        self.bold = bold
        self.text = text
        self.action = action
    }
}

/// What stands where there is nothing yet, and teaches the first step: `web-empty`.
package struct WebEmpty: Sendable {
    package let title: String
    package let text: String
    /// The first step in words, behind "Bước đầu tiên:".
    package let first: String?
    /// Drawn red and wide.
    package let action: WebButton?
    /// A link to one that is filled in.
    package let example: WebLink?

    package init(
        title: String, text: String, first: String? = nil, action: WebButton? = nil, example: WebLink? = nil
    ) {
        self.title = title
        self.text = text
        self.first = first
        self.action = action
        self.example = example
    }
}

/// To the neighbouring pages of a list: `web-pager`.
package struct WebPager: Sendable {
    /// Addresses with a cursor; nil at either end.
    package let previous: String?
    package let next: String?
    /// "1–50 trong 1.204".
    package let said: String?
    /// What the links are called where they lead to something else than pages of a list: to other months.
    package var previousText: String?
    package var nextText: String?

    package init(previous: String? = nil, next: String? = nil, said: String? = nil) {
        self.previous = previous
        self.next = next
        self.said = said
    }

    /// The same with words of its own for both directions.
    package func named(previous: String, next: String) -> WebPager {
        var pager = self
        // Where nothing is led to there is nothing to name.
        if self.previous != nil { pager.previousText = previous }
        if self.next != nil { pager.nextText = next }
        return pager
    }

    /// The pager, or nothing when all is on one page.
    package static func ifNeeded(previous: String?, next: String?, said: String? = nil) -> WebPager? {
        previous == nil && next == nil ? nil : WebPager(previous: previous, next: next, said: said)
    }
}

/// The ready-made choices over a list: `web-filters`.
package struct WebFilters: Sendable {
    /// Read aloud, not shown.
    package let label: String
    package let links: [WebFilter]

    package init(label: String, links: [WebFilter]) {
        self.label = label
        self.links = links
    }
}

/// One choice of a row of filters, as a link.
package struct WebFilter: Sendable {
    package let href: String
    package let label: String
    package let current: Bool
    /// How many there are, written out.
    package let count: String?

    package init(_ href: String, _ label: String, current: Bool = false, count: String? = nil) {
        self.href = href
        self.label = label
        self.current = current
        self.count = count
    }
}
