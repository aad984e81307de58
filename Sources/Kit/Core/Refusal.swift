/// Something the product will not do, for a reason its user can understand: an expected answer, not a fault.
/// The words stand in a feature's `Words` under `key`; `arguments` fill their places.
package struct Refusal: Error, Sendable, Equatable {
    /// What kind of "no" it is; each has its own answer over HTTP.
    package enum Kind: String, Sendable, CaseIterable {
        /// Something typed is not right: beside the field where one is named.
        case invalid
        /// Visible, but not this person's to do.
        case forbidden
        /// Somebody else was faster, or the subject moved.
        case conflict
        /// Nobody is signed in, or no longer.
        case unknownPerson
        /// Too often in a short time.
        case tooMany
        /// More bytes, rows or pixels than the limit.
        case tooLarge
        /// A kind of file or body that is not taken here.
        case unsupported
        /// No room left on the disk; reading goes on.
        case full
        /// The engine is away; the same operation may be sent again.
        case unavailable

        /// The answer's status over HTTP.
        package var status: Int {
            switch self {
            case .invalid: 422
            case .forbidden: 403
            case .conflict: 409
            case .unknownPerson: 401
            case .tooMany: 429
            case .tooLarge: 413
            case .unsupported: 415
            case .full: 507
            case .unavailable: 503
            }
        }
    }

    package let kind: Kind
    /// The words' key, such as `recognition.refusal.thresholdOutside`.
    package let key: String
    /// The form's field beside which the words belong; nil for the summary on top.
    package let field: String?
    package let arguments: [String: String]
    /// Further refusals of the same act, so that all are shown at once.
    package let others: [Refusal]

    package init(
        _ kind: Kind, _ key: String, field: String? = nil, _ arguments: [String: String] = [:], others: [Refusal] = []
    ) {
        self.kind = kind
        self.key = key
        self.field = field
        self.arguments = arguments
        self.others = others
    }

    /// This refusal and those that came with it, without nesting.
    package var all: [Refusal] {
        [Refusal(kind, key, field: field, arguments)] + others.flatMap(\.all)
    }

    /// One refusal out of many; nil when there is none.
    package static func of(_ refusals: [Refusal]) -> Refusal? {
        guard let first = refusals.first else { return nil }
        return Refusal(
            first.kind, first.key, field: first.field, first.arguments,
            others: first.others + refusals.dropFirst())
    }
}

/// There is no such thing, or it is not for this person to know that there is.
package struct NotFound: Error, Sendable {
    package init() {}
}
