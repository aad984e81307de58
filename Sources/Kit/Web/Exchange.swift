import Core
import Database
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// One request to one route, from its headers to its answer.
struct Exchange: Sendable {
    let site: Site
    let route: Route
    let asJSON: Bool

    func answer(_ request: Request, _ context: SiteContext) async -> Response {
        let answers = Answers(site: site, request: request, context: context, asJSON: asJSON)
        do {
            switch route.method {
            case .get: return try await show(request, context, answers)
            case .post: return try await act(request, context, answers)
            }
        } catch {
            return await answers.failure(error)
        }
    }

    private func show(_ request: Request, _ context: SiteContext, _ answers: Answers) async throws -> Response {
        let asked = try Asked(request, context, answers)
        if let file = route.file {
            let answer = try await site.database.read { try file(asked.inquiry(site, route, $0)) }
            return try await answer.response(to: request)
        }
        let (output, signedIn) = try await site.database.read { reader in
            let inquiry = try asked.inquiry(site, route, reader)
            try check(route.fields, asked.query)
            return (try route.show(inquiry), inquiry.signedIn)
        }
        if let noted = output as? any NotedOutput { try await noted.note(in: site.database) }
        return try answers.shown(output, to: signedIn)
    }

    /// A query is checked like a form, but an empty field is the same as none.
    private func check(_ fields: [Field], _ query: [String: String]) throws {
        let reader = FormReader(fields, RawInput(values: query))
        for field in fields {
            switch field.kind {
            case .text, .longText, .secret: _ = reader.text(field.name)
            case .whole: _ = reader.whole(field.name)
            case .quantity: _ = reader.quantity(field.name)
            case .day: _ = reader.day(field.name)
            case .choice: _ = reader.choice(field.name)
            case .record: _ = reader.record(field.name)
            case .flag, .file, .group: break
            }
        }
        if let refusal = Refusal.of(reader.errors.map { Refusal(.invalid, $0.key, field: $0.field, $0.arguments) }) {
            throw refusal
        }
    }

    /// What the snapshot said of a form.
    private enum Looked: Sendable {
        case change(Change)
        case again(any Output, [FieldError])
    }

    private func act(_ request: Request, _ context: SiteContext, _ answers: Answers) async throws -> Response {
        try refuseForeign(request)
        let asked = try Asked(request, context, answers)
        let input: RawInput
        do {
            input = try await readBody(request)
        } catch let refusal as Refusal where refusal.kind == .tooLarge && !asJSON && route.formName != nil {
            // Back on the form's own page, which knows what to do next; nothing of what was sent could be read.
            let field = route.fields.first { if case .file = $0.kind { true } else { false } }?.name
            return try await again(
                Refusal(.tooLarge, refusal.key, field: field, refusal.arguments), RawInput(), asked, answers)
        }
        let fingerprint = Fingerprint.of(route.label, parameters: asked.parameters, input, without: route.secretFields)
        let operation = try operation(request, input, fingerprint)
        let looked: Looked
        let signedIn: SignedIn?
        do {
            (looked, signedIn) = try await site.database.read { reader -> (Looked, SignedIn?) in
                let inquiry = try asked.inquiry(site, route, reader)
                try refuseForged(input, inquiry.signedIn, answers)
                guard let act = route.act else { throw NotFound() }
                switch try act(inquiry, input) {
                case .change(let change): return (.change(change), inquiry.signedIn)
                case .refused(let errors): return (.again(try route.show(inquiry), errors), inquiry.signedIn)
                }
            }
        } catch let refusal as Refusal where refusal.isShownOnItsPage {
            return try await again(refusal, input, asked, answers)
        }
        switch looked {
        case .again(let output, let errors):
            return try answers.again(output, submitted(input, errors, 422, isConflict: false), to: signedIn)
        case .change(let change):
            do {
                let written = try await change.carryOut(site.database, operation)
                return try answers.done(written, change, to: signedIn)
            } catch let refusal as Refusal where refusal.isShownOnItsPage {
                return try await again(refusal, input, asked, answers)
            }
        }
    }

    /// The form's page once more, on a fresh snapshot, with the refusal beside its field.
    private func again(_ refusal: Refusal, _ input: RawInput, _ asked: Asked, _ answers: Answers) async throws
        -> Response
    {
        let errors = refusal.all.map { FieldError($0.field, $0.key, $0.arguments) }
        let back = submitted(input, errors, refusal.kind.status, isConflict: refusal.kind == .conflict)
        do {
            let (output, signedIn) = try await site.database.read { reader in
                let inquiry = try asked.inquiry(site, route, reader)
                return (try route.show(inquiry), inquiry.signedIn)
            }
            return try answers.again(output, back, to: signedIn)
        } catch {
            // Its page is gone meanwhile: the refusal alone still says what happened.
            throw refusal
        }
    }

    private func submitted(_ input: RawInput, _ errors: [FieldError], _ status: Int, isConflict: Bool) -> Submitted {
        Submitted(
            form: route.formName ?? "", input: input, errors: errors, status: status, isConflict: isConflict)
    }

    /// A page of another site may not send forms here.
    private func refuseForeign(_ request: Request) throws(Refusal) {
        let foreign = Refusal(.forbidden, "web.refusal.foreign")
        if let sender = request.headers[.fetchSite] {
            guard sender == "same-origin" || sender == "none" else { throw foreign }
        } else if let origin = request.headers[.origin] {
            // Browsers too old to say where a request comes from still name its origin.
            let host = request.head.authority ?? ""
            guard origin.split(separator: "/").last.map(String.init) == host else { throw foreign }
        }
    }

    /// A form carries its page's token; JSON carries a header that no foreign page can send unasked.
    private func refuseForged(_ input: RawInput, _ signedIn: SignedIn?, _ answers: Answers) throws(Refusal) {
        if asJSON { return }
        let secret = signedIn?.csrfSecret ?? answers.visitorSecret
        guard let secret, CSRF.holds(input.values["csrf"] ?? "", for: secret) else {
            throw Refusal(.forbidden, "web.refusal.pageTooOld")
        }
    }

    private func readBody(_ request: Request) async throws -> RawInput {
        let limit = route.bodyLimit
        let tooLarge = Refusal(.tooLarge, "web.refusal.bodyTooLarge", ["most": "\(max(1, limit / 1_048_576))"])
        let length = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard length <= limit else { throw tooLarge }
        var bytes: [UInt8] = []
        // Room for a photograph at once: growing by doubling would hold it twice. What is claimed is not believed.
        bytes.reserveCapacity(min(max(length, 0), 8 << 20))
        for try await part in request.body {
            bytes.append(contentsOf: part.readableBytesView)
            if bytes.count > limit { throw tooLarge }
        }
        return try Body.read(bytes, contentType: request.headers[.contentType])
    }

    private func operation(_ request: Request, _ input: RawInput, _ fingerprint: [UInt8]) throws(Refusal) -> Operation {
        if asJSON {
            guard let id = request.headers[.idempotencyKey].flatMap({ ID($0) }) else {
                throw Refusal(.invalid, "web.refusal.keyMissing", field: "Idempotency-Key")
            }
            return Operation(id: id, fingerprint: fingerprint)
        }
        guard let page = input.values["operation"].flatMap({ ID($0) }) else {
            throw Refusal(.forbidden, "web.refusal.pageTooOld")
        }
        return Operation(
            id: Fingerprint.operation(page: page, fingerprint), fingerprint: fingerprint,
            seconds: PageMark.seconds(since: page, now: site.database.world.clock.now()))
    }
}

extension Refusal {
    /// Whether the form's own page says it, beside what was typed. Somebody who may not be there gets another page.
    fileprivate var isShownOnItsPage: Bool { kind != .forbidden && kind != .unknownPerson }
}

/// The parts of a request that a snapshot is asked with.
struct Asked: Sendable {
    let parameters: [String: String]
    let query: [String: String]
    let token: String?
    let language: Language
    let source: String
    let knownDevice: String?
    let agent: String?

    /// Finds the session and holds it against the route's rule.
    func inquiry(_ site: Site, _ route: Route, _ reader: any Reader) throws -> Inquiry {
        let now = site.database.world.clock.now()
        let signedIn = try token.flatMap { try site.sessionLookup($0, now, reader) }
        switch route.access {
        case .open: break
        case .signedIn:
            guard let signedIn else { throw Refusal(.unknownPerson, "web.refusal.signIn") }
            if let first = signedIn.first, !first.open.contains(route.path) { throw first }
        case .holding(let capability):
            guard let signedIn else { throw Refusal(.unknownPerson, "web.refusal.signIn") }
            if let first = signedIn.first, !first.open.contains(route.path) { throw first }
            if site.settings.off.contains(capability) { throw NotFound() }
            guard signedIn.actor.holds(capability) else {
                throw Refusal(.forbidden, "web.forbidden.noRole", ["capability": capability.rawValue])
            }
        }
        return Inquiry(
            signedIn: signedIn, reader: reader, now: now, language: language, words: site.words(language),
            authority: Authority(today: now.day, off: site.settings.off), parameters: parameters, query: query,
            source: source, token: token, knownDevice: knownDevice, agent: agent)
    }
}

extension Asked {
    init(_ request: Request, _ context: SiteContext, _ answers: Answers) throws(Refusal) {
        parameters = Dictionary(
            context.parameters.map { (String($0.key), String($0.value)) }, uniquingKeysWith: { first, _ in first })
        query = try request.uri.query.map { text throws(Refusal) in try Body.form(Array(text.utf8)) } ?? [:]
        token = answers.sessionToken
        language = answers.language
        source = answers.source
        knownDevice = answers.knownDevice
        agent = request.headers[.userAgent]
    }
}
