import Core
import Criteria
import Database
import Documents
import Organisation
import Recognition
import Web

/// The round, one re-check with its acts, its papers and files.
enum RechecksRoutes {
    static func routes(_ files: ContentStore, _ held: @escaping RechecksHeld) -> [Route] {
        [
            .get(
                "/rechecks", .signedIn, RechecksRoundOutput.self,
                query: [
                    Field("territory", .record, optional: true), Field("year", .whole(1_900...2_200), optional: true),
                    Field("state", .choice(Rechecks.State.allCases.map(\.rawValue)), optional: true),
                    Field("after", .record, optional: true),
                ]
            ) { try round($0) },
            .post(
                "/territories/:id/rechecks", .holding(.recheckTitles), RechecksOpenForm.self,
                again: { try round($0, of: $0.id("id")) }
            ) { try open($0, $1, held) },
            .post(
                "/territories/:id/rechecks/missing", .holding(.recheckTitles), RechecksAddButton.self,
                again: { try round($0, of: $0.id("id")) }
            ) { call, _ in try add(call, held) },
            .get(
                "/rechecks/:id", .signedIn, RechecksOneOutput.self, query: [Field("group", .text(40), optional: true)]
            ) { try RechecksReading.page($0) },
            .get("/rechecks/:id/notice", .signedIn, RechecksPaperOutput.self) { try RechecksReading.notice($0) },
            .get("/rechecks/:id/invitation", .signedIn, RechecksPaperOutput.self) {
                try RechecksReading.invitation($0)
            },
            .get("/rechecks/:id/hearing", .signedIn, RechecksPaperOutput.self) { try RechecksReading.hearing($0) },
            .post(
                "/rechecks/:id/evidence", .signedIn, RechecksEvidenceForm.self, bodyLimit: 24 << 20,
                again: { try RechecksReading.page($0) }
            ) { try RechecksActing.addEvidence($0, $1, files) },
            .file("/rechecks/:id/evidence/:evidenceID/file", .signedIn) { try file($0, files) },
        ] + RechecksActing.routes + RechecksNoticeRoutes.routes(files)
    }

    /// The year of the round one works on: the present one.
    private static func round(_ call: Call<Actor>, of unit: ID? = nil) throws -> RechecksRoundOutput {
        let sight = try call.recheckSight()
        let asked = unit ?? call.query["territory"].flatMap { ID($0) }
        guard let id = asked ?? sight.roots.first else { throw NotFound() }
        let territory = try RecognitionStore.territory(id, seenBy: sight, call.reader)
        let year = call.query["year"].flatMap { Int($0) } ?? call.today.year
        let state = call.query["state"].flatMap { Rechecks.State(rawValue: $0) }
        let counts = try RechecksStore.counts(
            under: id, year: year, seenBy: sight, on: call.today, call.reader)
        let (rechecks, next) = try RechecksStore.rechecks(
            under: id, year: year, state: state, seenBy: sight, on: call.today,
            after: call.query["after"].flatMap { ID($0) }, call.reader)
        let isCommune = TerritoryKind.communes.contains(territory.kind)
        let round = isCommune ? try RechecksStore.round(of: id, year: year, call.reader) : nil
        let mayBegin =
            isCommune && year == call.today.year && call.authority.allows(call.who, .recheckTitles, territory)
        let mayOpen = mayBegin && round == nil
        let missing =
            mayBegin
            ? try round.map { try RechecksStore.areasMissing(in: $0, on: call.today, call.reader) } ?? [] : []
        let elsewhere =
            isCommune && year == call.today.year
            ? try RechecksStore.underWay(before: year, under: id, seenBy: sight, on: call.today, call.reader) : []
        let titles =
            mayOpen
            ? try RechecksStore.candidates(under: id, year: year, on: call.today, call.reader).count : 0
        return RechecksRoundOutput(
            territory: territory.title, year: year, thisYear: call.today.year, state: state,
            mayOpen: mayOpen && titles > 0, titles: titles, missing: missing,
            elsewhere: elsewhere.map(RechecksAnswer.init),
            communes: counts.map { line in
                RechecksRoundOutput.Commune(
                    territory: line.commune, due: line.due,
                    counts: Dictionary(uniqueKeysWithValues: line.counts.map { ($0.rawValue, $1) }))
            }, rechecks: rechecks.map(RechecksAnswer.init), next: next,
            views: try SavedViews.of(call.who.person, on: .rechecks, call.reader))
    }

    private static func open(
        _ call: Call<Actor>, _ form: RechecksOpenForm, _ held: @escaping RechecksHeld
    ) throws -> Change {
        let territory = try RecognitionStore.territory(call.id("id"), seenBy: call.sight, call.reader)
        guard TerritoryKind.communes.contains(territory.kind) else { throw NotFound() }
        let permit = try call.permit(.recheckTitles, territory)
        guard form.year == call.today.year else {
            throw Refusal(.invalid, "rechecks.refusal.thisYear", field: "year", ["year": "\(call.today.year)"])
        }
        if try RechecksStore.round(of: territory.id, year: form.year, call.reader) != nil {
            throw Refusal(.conflict, "rechecks.refusal.roundOpen", ["year": "\(form.year)"])
        }
        let candidates = try RechecksStore.candidates(
            under: territory.id, year: form.year, on: call.today, held: held, call.reader)
        guard !candidates.isEmpty else { throw Refusal(.invalid, "rechecks.refusal.noTitles") }
        let due = Rechecks.Terms.standard.roundEnds(openedOn: call.today)
        return .write(permit, as: "recheck.open") { tx in
            let round = try RechecksStore.open(
                candidates, territory: territory.id, year: form.year, dueOn: due, held: held,
                Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: round, location: "/rechecks?territory=\(territory.id)&year=\(form.year)",
                version: territory.revision, flash: "rechecks.flash.opened")
        }
    }

    private static func add(_ call: Call<Actor>, _ held: @escaping RechecksHeld) throws -> Change {
        let territory = try RecognitionStore.territory(call.id("id"), seenBy: call.sight, call.reader)
        guard TerritoryKind.communes.contains(territory.kind) else { throw NotFound() }
        let permit = try call.permit(.recheckTitles, territory)
        let year = call.today.year
        guard let round = try RechecksStore.round(of: territory.id, year: year, call.reader) else {
            throw Refusal(.conflict, "rechecks.refusal.noRoundYet", ["year": "\(year)"])
        }
        let candidates = try RechecksStore.candidates(
            under: territory.id, year: year, on: call.today, notIn: round.id, held: held, call.reader)
        guard !candidates.isEmpty else {
            throw Refusal(.conflict, "rechecks.refusal.noneMissing", ["year": "\(year)"])
        }
        let due = Rechecks.Terms.standard.lateEnds(round: round.dueOn, on: call.today)
        return .write(permit, as: "recheck.add") { tx in
            try RechecksStore.add(candidates, to: round, dueOn: due, held: held, Recognition.Deed(permit, tx), tx)
            return Receipt(
                id: round.id, location: "/rechecks?territory=\(territory.id)&year=\(year)",
                version: territory.revision, flash: "rechecks.flash.added")
        }
    }

    private static func file(_ call: Call<Actor>, _ files: ContentStore) throws -> FileAnswer {
        let recheck = try call.recheck()
        let id = try call.id("evidenceID")
        guard
            let piece = try RechecksStore.evidence(of: recheck.id, call.reader).first(where: { $0.id == id }),
            let address = piece.address.flatMap({ ContentAddress($0) }), let type = piece.fileType
        else { throw NotFound() }
        let isPicture = piece.kind == .picture
        return RecognitionFiles.answer(
            address, type: type, name: isPicture ? "\(address.hex.prefix(12)).jpg" : piece.fileName ?? address.hex,
            isShown: isPicture, files)
    }
}

extension Call where Who == Actor {
    /// Whom re-checks concern: who re-checks, who warns, who is heard. Nobody else knows of watch and notice.
    func recheckSight() throws -> Sight {
        let roots = who.grants.filter { grant in
            grant.term.contains(today)
                && [Capability.recheckTitles, .warnTitles, .answerNotice].contains {
                    grant.role.capabilities.contains($0)
                }
        }.map(\.territory)
        guard !roots.isEmpty else { throw NotFound() }
        return Sight(person: who.person, roots: Array(Set(roots)).sorted())
    }

    /// The re-check named in the path, if it concerns this person.
    func recheck() throws -> Rechecks.Recheck {
        try RechecksStore.recheck(id("id"), seenBy: recheckSight(), on: today, reader)
    }
}
