import Core
import Database

/// Someone without an account.
package struct Visitor: Sendable {}

/// Who a route lets in. There is no default: a route without one does not compile.
package struct Access<Who: Sendable>: Sendable {
    /// The three ways to let somebody in.
    package enum Rule: Sendable, Equatable {
        /// Everyone, for the reason given; it stands in docs/access.md.
        case open(because: String)
        case signedIn
        /// Someone with a role that includes the capability, somewhere; where exactly is the permit's question.
        case holding(Capability)
    }

    package let rule: Rule
}

extension Access where Who == Visitor {
    /// Everyone, for a reason that is written down.
    package static func open(because reason: String) -> Access { Access(rule: .open(because: reason)) }
}

extension Access where Who == Actor {
    package static var signedIn: Access { Access(rule: .signedIn) }
    /// Whoever holds the capability somewhere.
    package static func holding(_ capability: Capability) -> Access { Access(rule: .holding(capability)) }
}

/// A request as a handler sees it: who asks for what, on which day, and a snapshot of the database to read from.
package struct Call<Who: Sendable> {
    package let who: Who
    /// The signed-in person, also on open pages.
    package let signedIn: SignedIn?
    package let reader: any Reader
    package let now: Instant
    package let language: Language
    /// For what is written into a file; pages have their `View`.
    package let words: Words
    package let authority: Authority
    package let parameters: [String: String]
    package let query: [String: String]
    /// Where the request came from, for slowing guesses down; never stored with what was done.
    package let source: String
    /// The session token as sent, for the routes that end it.
    package let token: String?
    /// The secret by which a browser that has signed in before is known again.
    package let knownDevice: String?
    /// What the browser says it is; never stored as it stands.
    package let agent: String?

    package var today: Day { authority.today }

    /// The record named in the path. What is no id is not there.
    package func id(_ name: String) throws(NotFound) -> ID {
        guard let id = parameters[name].flatMap({ ID($0) }) else { throw NotFound() }
        return id
    }

    /// A word of the path that is no id.
    package func parameter(_ name: String) throws(NotFound) -> String {
        guard let value = parameters[name] else { throw NotFound() }
        return value
    }
}

extension Call where Who == Actor {
    package var sight: Sight { who.sight }

    /// Leave to do this to this record today, or the refusal with its reason.
    package func permit<Subject: Governed>(
        _ capability: Capability, _ subject: Subject
    ) throws(Refusal) -> Permit<Subject> {
        try authority.permit(who, to: capability, subject)
    }
}

/// What a handler wants done. Deciding it is quick and has no effect; the effect is carried out by the lane.
package struct Change: Sendable {
    let carryOut: @Sendable (Database, Operation) async throws -> Written
    /// What the answer carries besides: a cookie to set or to drop.
    let cookie: CookieChange?
    /// Shown instead of a redirection: a secret that is seen once.
    let show: (@Sendable (Written) -> any Output)?

    /// An act under a permit. The effect touches nothing but the transaction: it may run more than once.
    package static func write<Subject>(
        _ permit: Permit<Subject>, as act: String, cookie: CookieChange? = nil,
        showing: (@Sendable (Written) -> any Output)? = nil,
        _ effect: @escaping @Sendable (Transaction) throws -> Receipt
    ) -> Change {
        Change(
            carryOut: { try await $0.write(permit, $1, as: act, effect) }, cookie: cookie, show: showing)
    }

    /// An act under a permit with work before it that needs the database or other tasks (counting a guess, a slow
    /// hash), done once the permit is given, outside the act's transaction.
    package static func write<Subject, Prepared: Sendable>(
        _ permit: Permit<Subject>, as act: String, cookie: CookieChange? = nil,
        showing: (@Sendable (Written) -> any Output)? = nil,
        after prepare: @escaping @Sendable (Database) async throws -> Prepared,
        _ effect: @escaping @Sendable (Transaction, Prepared) throws -> Receipt
    ) -> Change {
        Change(
            carryOut: { database, operation in
                let prepared = try await prepare(database)
                return try await database.write(permit, operation, as: act) { try effect($0, prepared) }
            }, cookie: cookie, show: showing)
    }

    /// An act under a permit with slow work before it (a picture, a spreadsheet), done once the permit is given,
    /// outside any transaction.
    package static func write<Subject, Prepared: Sendable>(
        _ permit: Permit<Subject>, as act: String, preparing: @escaping @Sendable () throws -> Prepared,
        _ effect: @escaping @Sendable (Transaction, Prepared) throws -> Receipt
    ) -> Change {
        Change(
            carryOut: { database, operation in
                let prepared = try await SlowWork.run(preparing)
                return try await database.write(permit, operation, as: act) { try effect($0, prepared) }
            }, cookie: nil, show: nil)
    }

    /// An act that is kept in any case and may still be answered with a refusal: of two people who saved the same
    /// thing the second one's words go into the history, and they are told.
    ///
    /// - Parameter refusing: reads the refusal off the receipt, so that a repetition answers the same.
    package static func write<Subject>(
        _ permit: Permit<Subject>, as act: String, refusing: @escaping @Sendable (Receipt) -> Refusal?,
        _ effect: @escaping @Sendable (Transaction) throws -> Receipt
    ) -> Change {
        Change(
            carryOut: { database, operation in
                let written = try await database.write(permit, operation, as: act, effect)
                if let refusal = refusing(written.receipt) { throw refusal }
                return written
            }, cookie: nil, show: nil)
    }

    /// What nobody's permit stands behind: signing in and out.
    package static func session(
        cookie: CookieChange? = nil, _ carryOut: @escaping @Sendable (Database) async throws -> Receipt
    ) -> Change {
        Change(
            carryOut: { database, _ in Written(receipt: try await carryOut(database), repeated: false) },
            cookie: cookie, show: nil)
    }
}

/// What an answer does to the session's cookie.
package enum CookieChange: Sendable {
    /// A new session's token; kept for so many seconds, or until the browser is closed. With it, the secret by which
    /// this browser is known again at the next sign-in.
    case setSession(String, seconds: Int? = nil, knownDevice: String? = nil)
    case dropSession
}

/// One declaration: its page, its answer in JSON and its line of OpenAPI come from it.
package struct Route: Sendable {
    /// Pages are read and forms are sent: no other method is used.
    package enum Method: String, Sendable { case get = "GET", post = "POST" }

    package let method: Method
    /// Nouns, with `:name` for a record.
    package let path: String
    package let access: Access<Visitor>.Rule
    /// The form taken in; for GET the query's fields.
    package let fields: [Field]
    package let formName: String?
    /// A value of the output, for the description of the interface and the check of templates.
    package let sample: @Sendable () -> (any Output)?
    /// Not part of the JSON interface, for the reason given.
    package let pagesOnly: String?
    /// The most bytes a body may have.
    package let bodyLimit: Int

    let show: @Sendable (Inquiry) throws -> any Output
    let act: (@Sendable (Inquiry, RawInput) throws -> Stage)?
    /// Answers bytes instead of a page.
    var file: (@Sendable (Inquiry) throws -> FileAnswer)?

    /// What came of looking at a form within the snapshot.
    enum Stage {
        case change(Change)
        case refused([FieldError])
    }
}

/// A request before its `Who` is known to fit.
struct Inquiry {
    let signedIn: SignedIn?
    let reader: any Reader
    let now: Instant
    let language: Language
    let words: Words
    let authority: Authority
    let parameters: [String: String]
    let query: [String: String]
    let source: String
    let token: String?
    let knownDevice: String?
    let agent: String?

    func call<Who>(_ who: Who) -> Call<Who> {
        Call(
            who: who, signedIn: signedIn, reader: reader, now: now, language: language, words: words,
            authority: authority, parameters: parameters, query: query, source: source, token: token,
            knownDevice: knownDevice, agent: agent)
    }

    /// The route's rule held already, so a wrong pair is a fault of the declaration.
    func admitted<Who>(to access: Access<Who>) throws -> Call<Who> {
        if let visitor = Visitor() as? Who { return call(visitor) }
        guard let actor = signedIn?.actor as? Who else { throw Refusal(.unknownPerson, "web.refusal.signIn") }
        return call(actor)
    }
}

extension Access {
    /// The rule without its `Who`, for the list of routes.
    var bare: Access<Visitor>.Rule {
        switch rule {
        case .open(let reason): .open(because: reason)
        case .signedIn: .signedIn
        case .holding(let capability): .holding(capability)
        }
    }
}

extension Route {
    /// A page. The handler reads and answers; it cannot write.
    package static func get<Who, Shown: Output>(
        _ path: String, _ access: Access<Who>, _ output: Shown.Type, query: [Field] = [], pagesOnly: String? = nil,
        _ handler: @escaping @Sendable (Call<Who>) throws -> Shown
    ) -> Route {
        Route(
            method: .get, path: path, access: access.bare, fields: query, formName: nil, sample: { Shown.sample },
            pagesOnly: pagesOnly, bodyLimit: 0,
            show: { try handler($0.admitted(to: access)) }, act: nil)
    }

    /// A choice of the reader that only a cookie remembers, answered with a redirection.
    package static func redirect<Who>(
        _ path: String, _ access: Access<Who>, because reason: String,
        _ handler: @escaping @Sendable (Call<Who>) throws -> Redirect
    ) -> Route {
        Route(
            method: .get, path: path, access: access.bare, fields: [], formName: nil, sample: { nil },
            pagesOnly: reason, bodyLimit: 0,
            show: { try handler($0.admitted(to: access)) }, act: nil)
    }

    /// A form. When something is wrong with it the page named by `again` is shown with the errors beside the
    /// fields and what was typed still there.
    package static func post<Who, Input: Form, Shown: Output>(
        _ path: String, _ access: Access<Who>, _ form: Input.Type, pagesOnly: String? = nil, bodyLimit: Int = 262_144,
        again: @escaping @Sendable (Call<Who>) throws -> Shown,
        _ handler: @escaping @Sendable (Call<Who>, Input) throws -> Change
    ) -> Route {
        Route(
            method: .post, path: path, access: access.bare, fields: Input.fields, formName: Input.name, sample: { nil },
            pagesOnly: pagesOnly, bodyLimit: bodyLimit,
            show: { try again($0.admitted(to: access)) },
            act: { inquiry, input in
                let call = try inquiry.admitted(to: access)
                let reader = FormReader(Input.fields, input)
                let value = Input(reader)
                guard let value, reader.errors.isEmpty else {
                    let found = reader.errors.isEmpty ? [FieldError(nil, "web.field.missing")] : reader.errors
                    // Whoever is not signed in gets no answers beyond what was typed.
                    let standsIn = call.signedIn != nil
                    return .refused(
                        found + besides(found, Input.self, input, standsIn: standsIn) { _ = try handler(call, $0) })
                }
                return .change(try handler(call, value))
            })
    }

    /// The fields whose text is a secret.
    var secretFields: Set<String> {
        Set(fields.filter { if case .secret = $0.kind { true } else { false } }.map(\.name))
    }

    /// The name by which tests and documents call it.
    package var label: String { "\(method.rawValue) \(path)" }
}

/// A form without fields: a button.
package protocol Button: Form {
    init()
}

extension Button {
    package static var fields: [Field] { [] }
    package init?(_ read: FormReader) { self.init() }
}
