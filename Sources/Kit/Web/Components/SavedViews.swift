/// A person's own named filters over a list, and a place to keep the present one: `web-views`. The form goes to
/// `/views`, which the feature that keeps them answers.
package struct WebViews: Sendable {
    /// The kept ones; may be empty.
    package let links: [WebFilter]
    /// Nil when nothing is narrowed, or when the present filter is kept already.
    package let save: Save?
    /// Where they are taken out again; nil without any.
    package let manage: String?

    /// What the form beside a list sends to keep its filters.
    package struct Save: Sendable {
        /// The list's name, as `/views` knows it.
        package let list: String
        /// The list's address behind the question mark.
        package let query: String

        package init(list: String, query: String) {
            self.list = list
            self.query = query
        }
    }

    package init(links: [WebFilter], save: Save?, manage: String?) {
        self.links = links
        self.save = save
        self.manage = manage
    }
}
