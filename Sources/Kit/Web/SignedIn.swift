import Core
import Database

/// A session that holds: who it is, and what the layout says of them.
package struct SignedIn: Sendable {
    package let actor: Actor
    package let session: ID
    /// The session's own secret, from which CSRF tokens are masked; it never leaves the server as it is.
    package let csrfSecret: [UInt8]
    /// In whose name they act: "Thôn Thông Xanh, xã Đơn Dương".
    package let organisation: String
    /// The same in the reader's words, where it is made of words: an area's kind has its own in each language.
    private let named: (@Sendable (Words) -> String)?
    /// What this person must do before anything else; nil when nothing stands in the way.
    package let first: FirstDuty?

    package init(
        actor: Actor, session: ID, csrfSecret: [UInt8], organisation: String,
        named: (@Sendable (Words) -> String)? = nil, first: FirstDuty? = nil
    ) {
        self.first = first
        self.actor = actor
        self.session = session
        self.csrfSecret = csrfSecret
        self.organisation = organisation
        self.named = named
    }

    /// The organisation as it is called in a language.
    package func organisation(in words: Words) -> String { named?(words) ?? organisation }
}

/// Something to be done before anything else: choose one's own password, set up the second step. Until then every
/// route that needs a signed-in person leads there.
package struct FirstDuty: Error, Sendable, Equatable {
    /// The page where it is done.
    package let href: String
    /// Words' key of why, for who does not come with a browser.
    package let key: String
    /// The routes' paths that stay open meanwhile.
    package let open: Set<String>

    package init(_ href: String, _ key: String, open: Set<String>) {
        self.href = href
        self.key = key
        self.open = open
    }
}

/// Finds the session of a token, on the request's own snapshot. Nil when it has ended or its account is closed.
package typealias SessionLookup = @Sendable (_ token: String, _ now: Instant, _ reader: any Reader) throws -> SignedIn?

/// A link of the top bar.
package struct NavigationItem: Sendable {
    package let href: String
    /// Words' key.
    package let label: String
    package let isFor: @Sendable (SignedIn?) -> Bool

    package init(_ href: String, _ label: String, for isFor: @escaping @Sendable (SignedIn?) -> Bool) {
        self.href = href
        self.label = label
        self.isFor = isFor
    }
}

/// A capability of the product as the site sees it.
package struct Feature: Sendable {
    package let name: String
    package let routes: [Route]
    package let migrations: [Migration]
    package let navigation: [NavigationItem]
    /// What of it waits for a person, for home.
    package let waiting: WaitingSource?

    package init(
        _ name: String, routes: [Route] = [], migrations: [Migration] = [], navigation: [NavigationItem] = [],
        waiting: WaitingSource? = nil
    ) {
        self.name = name
        self.routes = routes
        self.migrations = migrations
        self.navigation = navigation
        self.waiting = waiting
    }
}
