import Core
import Criteria
import Database
import Organisation
import Web

/// Reads what the pages of evidence show.
enum RecognitionEvidenceParts {
    static func list(_ call: Call<Actor>) throws -> RecognitionEvidenceListOutput {
        let dossier = try call.dossier()
        let assessment = try RecognitionStore.assessment(dossier, call.reader)
        let all = try answers(of: dossier, call)
        let kind = call.query["kind"].flatMap(Recognition.EvidenceKind.init(rawValue:))
        let held = Dictionary(grouping: all.flatMap(\.codes), by: { $0 }).mapValues(\.count)
        return RecognitionEvidenceListOutput(
            dossier: try dossier.answer(call.reader), kind: kind,
            counts: Dictionary(grouping: all, by: \.kind.rawValue).mapValues(\.count),
            evidence: all.filter { kind == nil || $0.kind == kind },
            bare: assessment.indicators.filter { held[$0.code] == nil && assessment.entry($0.code, .own) != nil }.map {
                RecognitionEvidenceIndicator(code: $0.code, name: RecognitionName($0.name))
            },
            mayAdd: try mayFill(call, dossier))
    }

    static func piece(_ call: Call<Actor>) throws -> RecognitionEvidenceOutput {
        let dossier = try call.dossier()
        let versions = try versions(call, dossier)
        let mayCheck = call.authority.allows(call.who, .checkDossier, dossier)
        let origins = mayCheck ? try RecognitionStore.origins(of: dossier.id, call.reader) : [:]
        guard let newest = versions.first else { throw NotFound() }
        let indicators = try RecognitionStore.assessment(dossier, call.reader).indicators
        let reading = try reading(of: dossier, by: call.who, call.authority, call.reader)
        return RecognitionEvidenceOutput(
            dossier: try dossier.answer(call.reader),
            evidence: RecognitionEvidenceAnswer(newest, origins[newest.id], reading),
            earlier: versions.dropFirst().map { RecognitionEvidenceAnswer($0, nil, reading) },
            indicators: indicators.map { RecognitionEvidenceIndicator(code: $0.code, name: RecognitionName($0.name)) },
            mayChange: try newest.side == .own && mayFill(call, dossier),
            mayRelease: mayCheck && newest.kind.mayBePublic)
    }

    /// The page on which evidence is added to an indicator.
    static func new(_ call: Call<Actor>) throws -> RecognitionEvidenceNewOutput {
        let dossier = try call.dossier()
        let indicator = try indicator(call, dossier)
        let (mayFill, notesVisit) = (try mayFill(call, dossier), try notesOwnVisit(call, dossier))
        if !mayFill, !notesVisit {
            // The reason in the words of the rule that stands in the way.
            let permit = try call.permit(.fillAssessment, dossier)
            _ = try Recognition.LifeCycle.next(dossier.state, .fill, holding: [permit.capability])
        }
        return RecognitionEvidenceNewOutput(
            dossier: try dossier.answer(call.reader),
            indicator: RecognitionEvidenceIndicator(code: indicator.code, name: RecognitionName(indicator.name)),
            asked: indicator.evidence.map(\.name), replaces: nil, secret: call.query["secret"], mayAddFiles: mayFill,
            onlyVisits: notesVisit,
            held: try RecognitionStore.evidenceCount(of: dossier.id, code: indicator.code, call.reader),
            most: Recognition.EvidenceLimit.perIndicator)
    }

    /// The same page for a newer version of a piece.
    static func newer(_ call: Call<Actor>) throws -> RecognitionEvidenceNewOutput {
        let dossier = try call.dossier()
        let piece = try newest(call, dossier)
        let permit = try call.permit(.fillAssessment, dossier)
        _ = try Recognition.LifeCycle.next(dossier.state, .fill, holding: [permit.capability])
        let set = try RecognitionStore.criteria(of: dossier, call.reader)
        guard let code = piece.codes.first, let indicator = set.indicator(code, for: dossier.title),
            piece.kind.hasFile, piece.side == .own
        else { throw NotFound() }
        return RecognitionEvidenceNewOutput(
            dossier: try dossier.answer(call.reader),
            indicator: RecognitionEvidenceIndicator(code: indicator.code, name: RecognitionName(indicator.name)),
            asked: indicator.evidence.map(\.name),
            replaces: RecognitionEvidenceAnswer(
                piece, nil, try reading(of: dossier, by: call.who, call.authority, call.reader)),
            secret: call.query["secret"], mayAddFiles: true, onlyVisits: false, held: 0,
            most: Recognition.EvidenceLimit.perIndicator)
    }

    /// The evidence of a dossier as answers, with what devices noted for whoever may check.
    static func answers(
        of dossier: Recognition.Dossier, code: String? = nil, _ call: Call<Actor>
    ) throws -> [RecognitionEvidenceAnswer] {
        let mayCheck = call.authority.allows(call.who, .checkDossier, dossier)
        let origins = mayCheck ? try RecognitionStore.origins(of: dossier.id, call.reader) : [:]
        let reading = try reading(of: dossier, by: call.who, call.authority, call.reader)
        return try RecognitionStore.evidence(of: dossier.id, call.reader)
            .filter { piece in code.map(piece.codes.contains) ?? true }
            .map { RecognitionEvidenceAnswer($0, origins[$0.id], reading) }
    }

    /// Whose evidence this person opens.
    static func reading(
        of dossier: Recognition.Dossier, by actor: Actor, _ authority: Authority, _ reader: any Reader
    ) throws -> Recognition.EvidenceReading {
        let capabilities = Capability.allCases.filter {
            $0.scope == .territory && authority.allows(actor, $0, dossier)
        }
        return try RecognitionStore.reading(
            of: dossier, by: actor, with: Set(capabilities), on: authority.today, reader)
    }

    static func indicator(_ call: Call<Actor>, _ dossier: Recognition.Dossier) throws -> Criteria.Indicator {
        let set = try RecognitionStore.criteria(of: dossier, call.reader)
        guard let found = set.indicator(try call.parameter("code"), for: dossier.title) else { throw NotFound() }
        return found
    }

    /// The newest version of the piece named in the path, if the dossier has it.
    static func newest(_ call: Call<Actor>, _ dossier: Recognition.Dossier) throws -> Recognition.Evidence {
        guard let newest = try versions(call, dossier).first else { throw NotFound() }
        return newest
    }

    /// The page from which a piece is mostly come to.
    static func home(of piece: Recognition.Evidence) -> String {
        let home = "/dossiers/\(piece.dossier)"
        return piece.codes.first.map { "\(home)/values/\($0)" } ?? "\(home)/evidence"
    }

    /// Whether this person writes for the commune here: its own visit, while it checks.
    static func notesOwnVisit(_ call: Call<Actor>, _ dossier: Recognition.Dossier) throws -> Bool {
        let actions = try call.actions(on: dossier)
        return actions.contains(.accept) && !actions.contains(.fill)
    }

    private static func mayFill(_ call: Call<Actor>, _ dossier: Recognition.Dossier) throws -> Bool {
        try call.actions(on: dossier).contains(.fill)
    }

    private static func versions(
        _ call: Call<Actor>, _ dossier: Recognition.Dossier
    ) throws -> [Recognition.Evidence] {
        try RecognitionStore.versions(of: call.id("evidenceID"), in: dossier.id, call.reader)
    }
}
