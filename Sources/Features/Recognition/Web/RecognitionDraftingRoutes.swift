import Core
import Criteria
import Database
import Documents
import Organisation
import Web

/// Putting a draft together. A seat drafts for the dossiers of its own level alone.
enum RecognitionDrafting {
    static func groups(_ seats: [Recognition.Seat], _ call: Call<Actor>) throws -> [RecognitionDecisionListOutput
        .Waiting]
    {
        let seats = Recognition.Seat.each(seats)
        return try seats.flatMap { seat in
            let unit = seat.grant.territory
            let names = try CriteriaStore.current(.residentialArea, on: call.today, for: unit, call.reader)?.set
            return try RecognitionStore.appraisedGroups(
                under: unit, level: seat.level, seenBy: call.sight, call.reader
            ).map { group in
                RecognitionDecisionListOutput.Waiting(
                    title: group.title,
                    titleName: RecognitionName(names?.title(group.title)?.name ?? Criteria.Name(group.title)),
                    year: group.year, level: seats.count > 1 ? seat.level.rawValue : nil, count: group.count)
            }
        }
    }

    static func page(_ call: Call<Actor>) throws -> RecognitionDraftOutput {
        let seats = try call.seats(.draftDecision)
        guard let usual = seats.first else { throw NotFound() }
        let groups = try groups(seats, call)
        let level = call.query["level"] ?? groups.first?.level
        let asked = call.query["title"]?.nilWhenEmpty
        let ofLevel = Recognition.Seat.each(seats.filter { $0.level.rawValue == level })
        // Of several units of a level the one below which the asked dossiers stand.
        let seat =
            try ofLevel.first { seat in
                try RecognitionStore.appraisedGroups(
                    under: seat.grant.territory, level: seat.level, seenBy: call.sight, call.reader
                ).contains { one in
                    one.title == asked ?? one.title && "\(one.year)" == call.query["year"] ?? "\(one.year)"
                }
            } ?? ofLevel.first ?? usual
        let territory = seat.grant.territory
        let set = try CriteriaStore.current(.residentialArea, on: call.today, for: territory, call.reader)?.set
        let title = asked ?? groups.first?.title ?? set?.titles.last?.code ?? Criteria.Title.model
        let year = call.query["year"].flatMap { Int($0) } ?? groups.first?.year ?? call.today.year
        let (dossiers, left) = try RecognitionStore.appraised(
            title: title, year: year, level: seat.level, under: territory, seenBy: call.sight, call.reader)
        let assessments = try RecognitionStore.assessments(dossiers, call.reader)
        let households = try RecognitionStore.households(of: dossiers.map(\.area.id), call.reader)
        let conclusions = try RecognitionStore.conclusions(of: dossiers.map(\.id), call.reader)
        let preceding = try RecognitionStore.preceding(of: dossiers, on: call.today, call.reader)
        let lines = try dossiers.map { dossier in
            let score = assessments[dossier.id]?.score(.appraisal)
            let before = preceding[dossier.id] ?? .nothing
            let appraisal = conclusions[dossier.id]
            let terms = assessments[dossier.id].map { Recognition.Terms.of($0.set, for: dossier.title) }
            return RecognitionDraftOutput.Line(
                dossier: try dossier.answer(call.reader), households: households[dossier.area.id],
                total: score?.total ?? 0, maximum: score?.maximum ?? 0,
                reasons: score.map(RecognitionGroups.reasons) ?? [], conclusion: appraisal?.conclusion,
                panelWord: appraisal?.reason ?? appraisal?.remark,
                ballot: before.ballot.flatMap { ballot in terms.map { RecognitionPanelBallotAnswer(ballot, $0) } },
                lacks: before.lacks)
        }
        let name =
            lines.first?.dossier.titleName ?? set?.title(title).map { RecognitionName($0.name) }
            ?? groups.first { $0.title == title }?.titleName
        // A title that neither the criteria nor any dossier knows is an address that was typed wrong.
        guard let name = name ?? (asked == nil ? RecognitionName(Criteria.Name("")) : nil) else { throw NotFound() }
        let (barred, signers) = try signing(dossiers.map(\.id), in: territory, call)
        return RecognitionDraftOutput(
            title: title, titleName: name, year: year, level: seat.level.rawValue,
            body: try RecognitionStore.organisationName(seat.grant.organisation, call.reader) ?? "",
            groups: groups, dossiers: lines, left: left, barred: barred, signers: signers)
    }

    /// Why whoever drafts will not sign this draft, said before it is made, and who may.
    private static func signing(
        _ dossiers: [ID], in territory: ID, _ call: Call<Actor>
    ) throws -> (barred: String?, signers: [String]?) {
        guard let step = Recognition.LifeCycle.step(.proposed, .recognise) else { return (nil, nil) }
        let (person, reader) = (call.who.person, call.reader)
        guard let refusal = try RecognitionStore.hands(of: person, onAny: dossiers, reader).refusal(of: step) else {
            return (nil, nil)
        }
        let signers = try RecognitionStore.signers(of: territory, besides: person, on: call.today, reader) {
            try RecognitionStore.hands(of: $0, onAny: dossiers, reader).refusal(of: step) == nil
        }
        return (refusal.key, signers)
    }

    static func draft(
        _ call: Call<Actor>, _ form: RecognitionDraftForm, _ calendar: Recognition.YearCalendar
    ) throws -> Change {
        let seats = try call.seats(.draftDecision)
        guard let usual = seats.first else { throw NotFound() }
        // Whose matter it is stands in the dossiers, not in who asks.
        let levels = try RecognitionStore.levels(of: Set(form.outcomes.keys), seenBy: call.sight, call.reader)
        let refused = levels.lazy.compactMap { Recognition.Deciding.refusal(of: $0, by: seats.map(\.level)) }.first
        if let refused { throw refused }
        let ofLevel = Recognition.Seat.each(seats.filter { $0.level == levels.first })
        let seat =
            try ofLevel.first { seat in
                try RecognitionStore.appraised(
                    title: form.title, year: form.year, level: seat.level, under: seat.grant.territory,
                    seenBy: call.sight, call.reader
                ).dossiers.contains { form.outcomes[$0.id] != nil }
            } ?? ofLevel.first ?? usual
        let id = seat.grant.territory
        let territory = try RecognitionStore.territory(id, seenBy: call.sight, call.reader)
        let permit = try call.permit(.draftDecision, territory, decidedAt: seat.level)
        let dossiers = try RecognitionStore.appraised(
            title: form.title, year: form.year, level: seat.level, under: id, seenBy: call.sight, call.reader
        ).dossiers
        let organisation = permit.grant?.organisation ?? seat.grant.organisation
        let kind = Recognition.TitleKind(form.title, seat.level)
        let held = try RecognitionStore.rungs(of: dossiers.map(\.area.id), on: call.today, call.reader)
        // A higher title of the ladder may have been issued since the registration.
        var lower: [ID: Refusal] = [:]
        for dossier in dossiers {
            let set = try RecognitionStore.criteria(of: dossier, call.reader)
            guard
                let closing = Recognition.TitleLadder(set).closing(
                    of: dossier.title, at: dossier.level, over: held[dossier.area.id] ?? [], in: set, on: call.today),
                case .lower = closing
            else { continue }
            lower[dossier.id] = closing.refusal(
                of: dossier.title, in: set, call.language, field: "outcome.\(dossier.id)")
        }
        let items = try items(
            form, dossiers, try RecognitionStore.conclusions(of: dossiers.map(\.id), call.reader),
            try RecognitionStore.preceding(of: dossiers, on: call.today, call.reader)
        ) { dossier in
            Recognition.TitleLadder.refusal(
                of: kind, by: organisation, over: held[dossier.area.id] ?? [], on: call.today,
                field: "outcome.\(dossier.id)") ?? lower[dossier.id]
        }
        let new = Recognition.NewDecision(
            territory: id, organisation: organisation, title: form.title,
            level: seat.level, year: form.year, items: items)
        return .write(permit, as: "decision.draft") { tx in
            let id = try RecognitionStore.draft(new, Recognition.Deed(permit, tx), calendar: calendar, tx)
            return Receipt(id: id, location: "/decisions/\(id)", version: 1, flash: "recognition.flash.drafted")
        }
    }

    /// The chosen dossiers with what is said of each, held against the panel's minutes, the posting and the ballot.
    private static func items(
        _ form: RecognitionDraftForm, _ dossiers: [Recognition.Dossier], _ conclusions: [ID: Recognition.Appraisal],
        _ preceding: [ID: Recognition.Preceding], holding: (Recognition.Dossier) -> Refusal?
    ) throws(Refusal) -> [Recognition.DecisionItem] {
        var items: [Recognition.DecisionItem] = []
        var refusals: [Refusal] = []
        for dossier in dossiers {
            guard let outcome = form.outcomes[dossier.id] else { continue }
            let reason = form.reasons[dossier.id]
            let listing = Recognition.DecisionListing(
                conclusion: conclusions[dossier.id]?.conclusion, preceding: preceding[dossier.id] ?? .nothing)
            refusals += listing.refusals(outcome, reason: reason, key: "\(dossier.id)")
            if outcome == .recognised, let twice = holding(dossier) { refusals.append(twice) }
            items.append(
                Recognition.DecisionItem(dossier: dossier, outcome: outcome, reason: outcome == .refused ? reason : nil)
            )
        }
        if let refusal = Refusal.of(refusals) { throw refusal }
        guard items.count == form.outcomes.count else {
            throw Refusal(.conflict, "recognition.refusal.dossierMoved")
        }
        guard !items.isEmpty else { throw Refusal(.invalid, "recognition.refusal.nothingChosen") }
        return items
    }
}
