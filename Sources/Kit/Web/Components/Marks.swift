import Core

/// How something stands: it decides shape and colour. The cases' names are the names of the shapes in the sprite and
/// of the classes in the stylesheet, which is how templates write them.
package enum WebState: String, CaseIterable, Hashable, Sendable {
    /// Done, met, sent, saved.
    case done
    /// In progress or at somebody's; also a deadline that is near.
    case waiting
    /// Sent back to be completed.
    case returned
    /// Past its deadline; the word says by how many days.
    case late
    /// Not met, refused, wrong.
    case unmet
    /// An objection or a question stands open.
    case question
    case notbegun
    /// There is none, or it was withdrawn.
    case none
    /// Not yet issued: a dashed frame without a shape.
    case draft
}

/// A state with its word: the pill of `web-status`, the bare shape of `web-shape`, an entry of `web-key`.
package struct WebStatus: Hashable, Sendable {
    package let state: WebState
    /// In the reader's language; always given, so that nothing is told by colour alone.
    package let word: String

    package init(_ state: WebState, _ word: String) {
        self.state = state
        self.word = word
    }

    package init(state: WebState, word: String) { self.init(state, word) }

    /// How far a deadline is away in calendar days: overdue by so many, today, or so many left.
    ///
    /// - Parameter ahead: the state while days are left; `.notbegun` for what nobody has begun.
    package static func deadline(_ day: Day, today: Day, ahead: WebState = .waiting, _ words: Words) -> WebStatus {
        let left = today.days(until: day)
        if left == 0 { return WebStatus(.waiting, words("web.deadline.today")) }
        // English tells one day from many; Vietnamese has the same words for both.
        let number = left.magnitude == 1 ? "one" : "many"
        let count = ["count": words.language.format.integer(abs(left))]
        return left < 0
            ? WebStatus(.late, words("web.deadline.late.\(number)", count))
            : WebStatus(ahead, words("web.deadline.left.\(number)", count))
    }
}

/// The key under a chart: `web-key`.
package struct WebKey: Sendable {
    package let states: [WebStatus]

    package init(states: [WebStatus]) { self.states = states }
}

/// A link drawn as a button, in `web-now` and `web-empty`.
package struct WebButton: Sendable {
    package let href: String
    /// What pressing it does: "Ghi kết quả".
    package let verb: String
    /// Red. One on a page; `web-empty` draws it red whatever this says.
    package let isPrimary: Bool

    package init(_ href: String, _ verb: String, isPrimary: Bool = false) {
        self.href = href
        self.verb = verb
        self.isPrimary = isPrimary
    }
}
