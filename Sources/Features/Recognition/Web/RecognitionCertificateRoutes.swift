import Core
import Criteria
import Database
import Organisation
import Web

/// Certificates, their giving, and the register of titles in figures.
enum RecognitionCertificateRoutes {
    private static let part = [Field("part", .whole(1...10_000), optional: true)]

    static let routes: [Route] = [
        .get("/decisions/:id/certificates", .signedIn, RecognitionCertificateListOutput.self, query: part) {
            try list($0)
        },
        .get("/decisions/:id/certificates/paper", .signedIn, RecognitionCertificateOutput.self, query: part) {
            try papers($0)
        },
        .get("/decisions/:id/certificates/calling", .signedIn, RecognitionCallingOutput.self, query: part) {
            try calling($0)
        },
        .post(
            "/decisions/:id/giving", .signedIn, RecognitionGivingForm.self, again: { try list($0) }
        ) { try give($0, $1) },
        .get("/titles/:id/certificate", .signedIn, RecognitionCertificateOutput.self) { try ofTitle($0) },
        .get("/dossiers/:id/certificate", .signedIn, RecognitionCertificateOutput.self) { try ofDossier($0) },
        .get(
            "/titles", .signedIn, RecognitionTitlesOutput.self,
            query: [Field("year", .whole(1_900...2_200), optional: true)]
        ) { try titles($0) },
    ]

    private static func found(
        _ decision: Recognition.Decision, _ call: Call<Actor>
    ) throws -> (certificates: [Recognition.Certificate], part: Recognition.CertificatePart) {
        try RecognitionStore.certificates(of: decision, part: asked(call) ?? ownPart(of: decision, call), call.reader)
    }

    private static func asked(_ call: Call<Actor>) -> Int? { call.query["part"].flatMap { Int($0) } }

    /// Where nobody asked for a part a commune is shown the one with its own areas.
    private static func ownPart(of decision: Recognition.Decision, _ call: Call<Actor>) throws -> Int {
        let communes = communes(call)
        guard !communes.isEmpty, !decision.isDraft,
            try !call.allows(.issueDecision, decision, decidedAt: decision.actingLevel)
        else { return 1 }
        return try RecognitionStore.part(of: decision, below: communes, call.reader)
    }

    /// The communes in whose name this person hands certificates over.
    private static func communes(_ call: Call<Actor>) -> [ID] {
        Set(
            call.who.grants.filter {
                $0.role.capabilities.contains(.forwardDossiers) && $0.term.contains(call.today)
            }.map(\.territory)
        ).sorted()
    }

    private static func decision(_ call: Call<Actor>) throws -> Recognition.Decision {
        try RecognitionStore.decision(call.id("id"), seenBy: call.sight, call.reader)
    }

    /// Which titles of a decision this person may say were handed over: all for the body that issued it, those of its
    /// own areas for a commune.
    private static func givable(
        _ certificates: [Recognition.Certificate], _ decision: Recognition.Decision, _ call: Call<Actor>
    ) throws -> Set<ID> {
        if try call.allows(.issueDecision, decision, decidedAt: decision.actingLevel) {
            return Set(certificates.map(\.title.id))
        }
        let communes = communes(call)
        return Set(
            certificates.filter { certificate in
                certificate.title.commune.map { communes.contains($0.id) } ?? false
            }.map(\.title.id))
    }

    /// By title how those ended that do not hold any more.
    private static func endings(
        _ certificates: [Recognition.Certificate], _ call: Call<Actor>
    ) -> [ID: Recognition.CertificateEnding] {
        Dictionary(
            certificates.compactMap { one in one.ending(on: call.today).map { (one.title.id, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    private static func list(_ call: Call<Actor>) throws -> RecognitionCertificateListOutput {
        let decision = try decision(call)
        let (certificates, part) = try found(decision, call)
        let givable = try givable(certificates, decision, call)
        let endings = endings(certificates, call)
        return RecognitionCertificateListOutput(
            decision: decision.id, number: decision.number ?? "", body: decision.body,
            certificates: certificates.map { certificate in
                RecognitionCertificateListOutput.Line(
                    title: certificate.title.id, area: certificate.title.area, commune: certificate.title.commune,
                    name: certificate.title.name, givenOn: certificate.givenOn, occasion: certificate.occasion,
                    givenBy: certificate.givenBy,
                    mayGive: endings[certificate.title.id] == nil && givable.contains(certificate.title.id),
                    ended: endings[certificate.title.id].map { RecognitionCertificateEndingAnswer($0) })
            }, part: part)
    }

    private static func calling(_ call: Call<Actor>) throws -> RecognitionCallingOutput {
        let decision = try decision(call)
        let (certificates, part) = try found(decision, call)
        let endings = endings(certificates, call)
        return RecognitionCallingOutput(
            decision: decision.id, number: decision.number ?? "", day: decision.day, body: decision.body,
            count: try RecognitionStore.holding(by: decision.id, on: call.today, call.reader),
            lines: certificates.filter { endings[$0.title.id] == nil }.map { one in
                RecognitionCallingOutput.Line(
                    area: one.title.area, commune: one.title.commune, name: one.title.name, givenOn: one.givenOn)
            }, part: part)
    }

    private static func papers(_ call: Call<Actor>) throws -> RecognitionCertificateOutput {
        let decision = try decision(call)
        let certificates = try found(decision, call).certificates
        let endings = endings(certificates, call)
        let holding = certificates.filter { endings[$0.title.id] == nil }
        if holding.isEmpty, !certificates.isEmpty {
            throw Refusal(.conflict, "recognition.certificate.refusal.noneHolds")
        }
        return RecognitionCertificateOutput(
            certificates: holding.map(RecognitionCertificateAnswer.init),
            back: "/decisions/\(decision.id)/certificates")
    }

    private static func ofTitle(_ call: Call<Actor>) throws -> RecognitionCertificateOutput {
        let certificate = try RecognitionStore.certificate(
            ofTitle: call.id("id"), seenBy: call.sight, call.reader)
        if let ending = certificate.ending(on: call.today) { throw ending.refusal(in: call.language) }
        let isOwn = try OrganisationStore.covers(call.sight, certificate.title.area.id, call.reader)
        return RecognitionCertificateOutput(
            certificates: [RecognitionCertificateAnswer(certificate)],
            back: isOwn
                ? "/areas/\(certificate.title.area.id)/dossiers"
                : "/decisions/\(certificate.title.decision)/certificates")
    }

    private static func ofDossier(_ call: Call<Actor>) throws -> RecognitionCertificateOutput {
        let dossier = try call.dossier()
        let certificate = try RecognitionStore.certificate(of: dossier, call.reader)
        if let ending = certificate.ending(on: call.today) { throw ending.refusal(in: call.language) }
        return RecognitionCertificateOutput(
            certificates: [RecognitionCertificateAnswer(certificate)],
            back: "/dossiers/\(dossier.id)")
    }

    private static func give(_ call: Call<Actor>, _ form: RecognitionGivingForm) throws -> Change {
        let decision = try decision(call)
        let certificates = try RecognitionStore.certificates(of: decision, titles: form.titles, call.reader)
        let given = form.titles.intersection(try givable(certificates, decision, call)).sorted()
        if given.count < form.titles.count { throw Refusal(.forbidden, "recognition.certificate.refusal.notYours") }
        if let ending = endings(certificates, call).values.first { throw ending.refusal(in: call.language) }
        if form.day > call.today { throw Refusal(.invalid, "recognition.certificate.refusal.ahead", field: "day") }
        if let signed = decision.day, form.day < signed {
            throw Refusal(.invalid, "recognition.certificate.refusal.before", field: "day")
        }
        if try call.allows(.issueDecision, decision, decidedAt: decision.actingLevel) {
            let permit = try call.permit(.issueDecision, decision, decidedAt: decision.actingLevel)
            return write(permit, given, form, decision, part: asked(call))
        }
        guard let commune = certificates.first(where: { given.contains($0.title.id) })?.title.commune else {
            throw NotFound()
        }
        let territory = try RecognitionStore.territory(commune.id, seenBy: call.sight, call.reader)
        return write(try call.permit(.forwardDossiers, territory), given, form, decision, part: asked(call))
    }

    private static func write<Subject>(
        _ permit: Permit<Subject>, _ titles: [ID], _ form: RecognitionGivingForm, _ decision: Recognition.Decision,
        part: Int?
    ) -> Change {
        .write(permit, as: "certificate.giving") { tx in
            try RecognitionStore.recordGiving(
                of: titles, on: form.day, occasion: form.occasion, Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: decision.id,
                location: "/decisions/\(decision.id)/certificates" + (part.map { "?part=\($0)" } ?? ""),
                version: decision.revision, flash: "recognition.certificate.flash.given")
        }
    }

    private static func titles(_ call: Call<Actor>) throws -> RecognitionTitlesOutput {
        let year = call.query["year"].flatMap { Int($0) } ?? call.today.year
        guard let territory = call.who.grants.first(where: { $0.term.contains(call.today) })?.territory,
            let first = Day(year: year, month: 1, day: 1), let last = Day(year: year, month: 12, day: 31)
        else { throw NotFound() }
        let until = min(last, call.today)
        return RecognitionTitlesOutput(
            territory: try RecognitionStore.title(of: territory, call.reader), year: year, thisYear: call.today.year,
            until: until,
            movements: until < first
                ? []
                : try RecognitionStore.titleMovements(under: territory, from: first, until: until, call.reader).map(
                    RecognitionTitlesOutput.Movement.init),
            mayRecord: try !RecognitionEarlierRoutes.bases(call).isEmpty)
    }
}

/// Says that certificates were handed over.
struct RecognitionGivingForm: Form {
    static let name = "recognition.certificate.giving"
    static let fields = [
        Field("day", .day), Field("occasion", .text(160), optional: true), Field("given", .group(3), optional: true),
    ]

    let day: Day
    let occasion: String?
    let titles: Set<ID>

    init?(_ read: FormReader) {
        let day = read.day("day")
        occasion = read.text("occasion")
        titles = Set(read.group("given").keys.compactMap { ID($0) })
        if titles.isEmpty { read.refuse(nil, "recognition.refusal.nothingChosen") }
        guard let day, !titles.isEmpty else { return nil }
        self.day = day
    }
}
